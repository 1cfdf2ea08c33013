"""Whether a port can be listened on, told before a server fails on it."""

import errno
import socket

from leadstone.kernel.errors import LeadstoneError


class PortTaken(LeadstoneError):
    code = "port_taken"
    sentence = "Port {port} on {host} is taken by another program. Stop it, or choose another port with {option}."


class PortForbidden(LeadstoneError):
    code = "port_forbidden"
    sentence = "Port {port} needs more rights than this user has. Choose one above 1023 with {option}."


class NoSuchAddress(LeadstoneError):
    code = "no_such_address"
    sentence = "This machine has no address {host} to listen on."


def refuse_taken_port(*, host: str, port: int, option: str) -> None:
    """Raise the mistake that listening on `host` and `port` would meet; nothing when it would work."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            if fault.errno == errno.EADDRINUSE:
                raise PortTaken(host=host, port=port, option=option) from fault
            if fault.errno in {errno.EACCES, errno.EPERM}:
                raise PortForbidden(port=port, option=option) from fault
            raise NoSuchAddress(host=host) from fault
