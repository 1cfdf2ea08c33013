"""How far the lake was told of what had happened before it was there."""

from datetime import datetime

from django.db import transaction

from leadstone.domains.insights.models import Refresh

GATHERING, GATHERED = "gathering", "gathered"


def gathered() -> bool:
    """Whether the lake was told of everything; when it was not, nobody ends the telling before the open transaction ends."""
    if Refresh.objects.filter(name=GATHERED).exists():
        return True
    list(Refresh.objects.select_for_update().filter(name=GATHERING))
    return Refresh.objects.filter(name=GATHERED).exists()


@transaction.atomic
def hold_gathering(*, now: datetime) -> int | None:
    """The id of the last lead that was told of (0: none yet), held until the open transaction ends; None when all is done."""
    Refresh.objects.get_or_create(name=GATHERING, defaults={"at": now, "facts": 0})
    row = Refresh.objects.select_for_update().get(name=GATHERING)
    return None if Refresh.objects.filter(name=GATHERED).exists() else row.facts


@transaction.atomic
def note_gathered(lead_id: int, *, now: datetime) -> None:
    Refresh.objects.filter(name=GATHERING).update(at=now, facts=lead_id)


@transaction.atomic
def end_gathering(*, now: datetime) -> None:
    Refresh.objects.get_or_create(name=GATHERED, defaults={"at": now, "facts": 0})
