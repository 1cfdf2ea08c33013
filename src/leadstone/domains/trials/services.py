"""The only writes of trials."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from leadstone.domains.trials.models import Trial
from leadstone.domains.trials.queries import NoSuchTrial
from leadstone.domains.trials.rules import RUNNING, State, end_of, may_move, origins_of, reminder_of
from leadstone.kernel.errors import LeadstoneError
from leadstone.kernel.ids import new_key
from leadstone.kernel.money import Currency


class TrialOver(LeadstoneError):
    code = "trial_over"
    sentence = "This trial is over: its days have passed, or the exchange was undone."


class ConvertedOtherwise(LeadstoneError):
    code = "trial_converted_otherwise"
    sentence = "This trial was converted before, with another amount."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A trial that somebody proved their mailbox for."""

    contact_id: int
    magnet_id: int
    version_id: int
    grant_id: int
    days: int
    zone: str
    remind_days: int
    endpoint_key: UUID | None


@transaction.atomic
def start(wish: Wish, *, now: datetime) -> int | None:
    """Begin the trial and return its id; None when they had theirs already: there is one a person and magnet, and it is not
    begun anew by asking again. The one that they had is found under the new grant too.
    """
    known = Trial.objects.filter(contact_id=wish.contact_id, magnet_id=wish.magnet_id)
    if known.exists():
        known.exclude(grant_id=wish.grant_id).update(grant_id=wish.grant_id)
        return None
    ends_at = end_of(now, days=wish.days, zone=wish.zone)
    try:
        with transaction.atomic():
            row = Trial.objects.create(
                key=new_key(),
                contact_id=wish.contact_id,
                magnet_id=wish.magnet_id,
                version_id=wish.version_id,
                grant_id=wish.grant_id,
                days=wish.days,
                zone=wish.zone,
                started_at=now,
                ends_at=ends_at,
                remind_at=reminder_of(ends_at, days_before=wish.remind_days, zone=wish.zone, started_at=now),
                endpoint_key=wish.endpoint_key,
            )
    except IntegrityError:
        return None  # another worker began it at the same moment
    return row.pk


@transaction.atomic
def activate(*, key: UUID, at: datetime) -> bool:
    """They went in; False when they had before. Raises `NoSuchTrial` or `TrialOver`."""
    row = _locked(key)
    if row.activated_at is not None:
        return False
    if State(row.state) not in RUNNING:
        raise TrialOver
    row.state, row.activated_at, row.used_at, row.uses = State.ACTIVATED.value, at, at, 1
    row.save()
    return True


@transaction.atomic
def note_use(*, key: UUID, at: datetime) -> bool:
    """They used it once more; True when it was the first time that we heard of. Raises `NoSuchTrial` or `TrialOver`."""
    first = activate(key=key, at=at)
    if not first:
        row = _locked(key)
        if State(row.state) in {State.UNDONE, State.ENDED}:
            raise TrialOver
        row.used_at = max(row.used_at or at, at)
        row.uses += 1
        row.save()
    return first


@transaction.atomic
def convert(*, key: UUID, amount_minor: int | None, currency: Currency, at: datetime) -> bool:
    """They bought; False when that was said before, in the same words.

    Raises `NoSuchTrial`, `TrialOver` or `ConvertedOtherwise`.
    """
    row = _locked(key)
    if row.converted_at is not None:
        if (row.amount_minor, row.currency) != (amount_minor, currency.value):
            raise ConvertedOtherwise
        return False
    if not may_move(State(row.state), State.CONVERTED):
        raise TrialOver
    row.state, row.converted_at, row.remind_at = State.CONVERTED.value, at, None
    row.amount_minor, row.currency = amount_minor, currency.value
    row.save()
    return True


@transaction.atomic
def note_deal(*, key: UUID, deal_id: int) -> None:
    """The sale that a conversion became."""
    Trial.objects.filter(key=key).update(deal_id=deal_id)


@transaction.atomic
def claim_reminders(*, now: datetime, limit: int) -> list[int]:
    """Trials whose holders are to be reminded of the end now; each is claimed once."""
    due = Trial.objects.filter(remind_at__lte=now).order_by("remind_at", "pk").values_list("pk", flat=True)[:limit]
    running = [state.value for state in RUNNING]
    claimed = []
    for pk in list(due):
        waiting = Trial.objects.filter(pk=pk, remind_at__lte=now)
        standing = waiting.filter(state__in=running, ends_at__gt=now)
        if standing.update(remind_at=None):
            claimed.append(pk)
        else:
            waiting.update(remind_at=None)
    return claimed


@transaction.atomic
def end_due(*, now: datetime, limit: int) -> list[int]:
    """End the trials whose days are over; returns those that ended now."""
    running = [state.value for state in RUNNING]
    due = Trial.objects.filter(state__in=running, ends_at__lte=now).order_by("ends_at", "pk").values_list("pk", flat=True)[:limit]
    return [
        pk
        for pk in list(due)
        if Trial.objects.filter(pk=pk, state__in=running).update(state=State.ENDED.value, ended_at=F("ends_at"), remind_at=None)
    ]


@transaction.atomic
def undo(grant_ids: Collection[int], *, now: datetime) -> list[int]:
    """The exchanges were undone: their trials are over. Returns those that were not before."""
    rows = Trial.objects.filter(grant_id__in=grant_ids, state__in=origins_of(State.UNDONE))
    ids = list(rows.values_list("pk", flat=True))
    Trial.objects.filter(pk__in=ids).update(state=State.UNDONE.value, ended_at=now, remind_at=None)
    return ids


def _locked(key: UUID) -> Trial:
    row = Trial.objects.select_for_update().filter(key=key).first()
    if row is None:
        raise NoSuchTrial
    return row
