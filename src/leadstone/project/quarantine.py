"""`leadstone quarantine lift`: let mail leave from a restored or copied installation."""

from datetime import UTC, datetime

from leadstone.domains.delivery import queries as delivery
from leadstone.domains.delivery.services import hosts
from leadstone.infra.host import this_host
from leadstone.infra.logs import configure_logs
from leadstone.project.environment import environment


def lift(*, send_waiting: bool) -> None:
    """Admit this host and say what became of the mail that waited; says so too when there was nothing to lift."""
    configure_logs(form=environment().log_format, level="error", process="quarantine")
    host = this_host()
    if not delivery.standing(host).quarantine:
        print("Mail may leave from here already; nothing was changed.")
        return
    dropped = hosts.lift_quarantine(host, send_waiting=send_waiting, by=None, now=datetime.now(UTC))
    print("Mail may leave from here again.")
    if dropped:
        print(f"{dropped:,} messages that waited when the copy was made were dropped, as the original may have sent them.")
