"""The only writes of the agenda."""

from datetime import datetime

from django.db import transaction

from leadstone.domains.agenda.models import PutOff


@transaction.atomic
def put_off(*, user_id: int, lead_id: int, until: datetime, now: datetime) -> None:
    """Keep a lead out of somebody's queue until then; nobody else's queue changes."""
    PutOff.objects.update_or_create(user_id=user_id, lead_id=lead_id, defaults={"until": until, "at": now})


@transaction.atomic
def bring_back(*, user_id: int, lead_id: int) -> bool:
    """Undo `put_off`; False when nothing was put off."""
    gone, _rows = PutOff.objects.filter(user_id=user_id, lead_id=lead_id).delete()
    return bool(gone)
