"""What needs somebody now: broken promises first, then people who wait."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadstone.domains.access.rules import Reader
from leadstone.domains.capture import queries as capture
from leadstone.domains.delivery import queries as delivery
from leadstone.domains.delivery.rules import State
from leadstone.domains.grants import queries as grants
from leadstone.domains.grants.queries import GrantFacts
from leadstone.domains.suppliers.queries.notices import NoticeFilter, Standing, count_notices

OVERDUE_AFTER = timedelta(minutes=10)
MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One sentence about what is broken, what it means, and where to look."""

    title: str
    text: str
    url: str = ""
    link: str = ""


def alarms(*, reader: Reader, now: datetime) -> list[Alarm]:
    """Every promise that is not being kept, the worst first; of people who must be told, those in reach of the reader."""
    return [*_failed(grants.failed_grants(MOST)), *_overdue(now), *_untold(reader), *_unsure(), *_quarantined()]


def _failed(failed: list[GrantFacts]) -> Iterator[Alarm]:
    if failed:
        yield Alarm(
            title=ngettext("%(n)d promise was broken", "%(n)d promises were broken", len(failed)) % {"n": len(failed)},
            text=_("The mail with “%(title)s” could not be delivered. Look at the addresses, or call them.")
            % {"title": failed[0].magnet_title},
            url=reverse("leads") + "?proven=no",
            link=_("Whose mailbox is not proven"),
        )


def _overdue(now: datetime) -> Iterator[Alarm]:
    late = grants.overdue_grants(promised_before=now - OVERDUE_AFTER, limit=MOST)
    if late:
        yield Alarm(
            title=ngettext("%(n)d person waits for a mail", "%(n)d people wait for a mail", len(late)) % {"n": len(late)},
            text=_("It should have left within ten minutes. Is a worker running, does the mail server answer?"),
        )


def _untold(reader: Reader) -> Iterator[Alarm]:
    late = count_notices(NoticeFilter(standing=Standing.LATE), reader=reader, today=timezone.localdate())
    if late:
        yield Alarm(
            title=ngettext(
                "%(n)d person does not know that we have their data", "%(n)d people do not know that we have their data", late
            )
            % {"n": late},
            text=_("They did not come to us themselves, and their day has passed. The law gives a month."),
            url=f"{reverse('people_to_tell')}?standing={Standing.LATE}",
            link=_("Tell them"),
        )


def _unsure() -> Iterator[Alarm]:
    unsure = [message for message in delivery.troubled(limit=MOST) if message.state is State.UNKNOWN]
    if unsure:
        yield Alarm(
            title=ngettext("%(n)d mail may not have left", "%(n)d mails may not have left", len(unsure)) % {"n": len(unsure)},
            text=_("The connection broke at the last moment. We do not send it again by ourselves."),
        )


def _quarantined() -> Iterator[Alarm]:
    sealed = capture.quarantined()
    if sealed:
        yield Alarm(
            title=ngettext("%(n)d form could not be read", "%(n)d forms could not be read", len(sealed)) % {"n": len(sealed)},
            text=_("It is kept, sealed, and lost to nobody. The log says what stood in the way."),
        )
