"""Requests of ours to other people's servers: the one HTTP client that leaves the house.

Owns: which addresses may be asked, and how long and how much we listen.
Promises: a name is looked up once, and the connection goes to the very address that was checked.
Never: follows a redirect, uses a proxy, or reaches a network of our own that nobody named.
"""

from leadstone.infra.outbound.client import Answered, Caps, Failed, Outbound, Refused, Result, Trouble
from leadstone.infra.outbound.networks import Networks, read_networks
from leadstone.infra.outbound.target import Refusal, Target, read_target

__all__ = [
    "Answered",
    "Caps",
    "Failed",
    "Networks",
    "Outbound",
    "Refusal",
    "Refused",
    "Result",
    "Target",
    "Trouble",
    "read_networks",
    "read_target",
]
