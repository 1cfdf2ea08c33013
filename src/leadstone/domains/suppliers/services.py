"""The only writes of suppliers and of what was bought from them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from leadstone.domains.suppliers import queries
from leadstone.domains.suppliers.events import LeadGivenBack, LeadKept, LeadsBought, NoticeDue
from leadstone.domains.suppliers.models import Batch, Errand, Notice, Purchase, Supplier
from leadstone.domains.suppliers.rules import (
    Asks,
    How,
    NoticeState,
    NotReturned,
    Offered,
    Refused,
    Returned,
    State,
    Wants,
    may_give_back,
    notice_due,
)
from leadstone.infra.bulk import insert_rows
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.errors import LeadstoneError


class CurrencyStays(LeadstoneError):
    code = "currency_stays"
    sentence = "What was bought is owed in the old currency. Open another supplier for the new one."


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What we agreed with a supplier, as it is entered."""

    name: str
    email: str
    campaign_id: int
    price_minor: int
    currency: str
    wants: frozenset[Wants]
    oldest_days: int | None
    a_day: int | None
    return_days: int
    notice_days: int
    source: str
    tells_itself: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One row of a delivery: bought as `lead_id`, or refused."""

    row: int
    offered: Offered
    lead_id: int | None = None
    refused: Refused | None = None


@transaction.atomic
def open_supplier(agreed: Agreed, *, by: int, now: datetime) -> int:
    """Begin to buy from somebody; returns the id."""
    row = Supplier(created_at=now, created_by_id=by)
    _describe(row, agreed)
    row.save(force_insert=True)
    return row.pk


@transaction.atomic
def change_supplier(supplier_id: int, agreed: Agreed) -> None:
    """Other terms; what was bought keeps its price. Raises `NoSuchSupplier`, `CurrencyStays`."""
    row = _held(supplier_id)
    if agreed.currency != row.currency and queries.has_bought(supplier_id):
        raise CurrencyStays
    _describe(row, agreed)
    row.save()


@transaction.atomic
def end_supplier(supplier_id: int, *, now: datetime) -> None:
    """Buy nothing more from them; everything that was bought stays. Raises `NoSuchSupplier`."""
    _held(supplier_id)
    Supplier.objects.filter(pk=supplier_id, ended_at=None).update(ended_at=now)


@transaction.atomic
def begin_again(supplier_id: int) -> None:
    """Undo `end_supplier`. Raises `NoSuchSupplier`."""
    _held(supplier_id)
    Supplier.objects.filter(pk=supplier_id).update(ended_at=None)


@transaction.atomic
def hold_supplier(supplier_id: int) -> queries.SupplierFacts:
    """The supplier, held until the transaction ends: two deliveries at once are looked at one after the other, so that
    neither buys what the other has bought. Raises `NoSuchSupplier`."""
    _held(supplier_id)
    return queries.supplier(supplier_id)


def find_batch(supplier_id: int, *, digest: str) -> int | None:
    """The delivery that was this very file; None when it is new."""
    return Batch.objects.filter(supplier_id=supplier_id, digest=digest).values_list("pk", flat=True).first()


@transaction.atomic
def keep_batch(
    supplier: queries.SupplierFacts, judged: Sequence[Judged], *, digest: str, name: str, by: int | None, now: datetime
) -> int:
    """Write down a delivery with what became of each row; returns its id. Of what was refused only the reason is kept."""
    batch = Batch.objects.create(supplier_id=supplier.supplier_id, digest=digest, name=name[:200], at=now, by_id=by)
    insert_rows([_purchase(batch, supplier, one, now=now) for one in judged])
    outbox.record(LeadsBought(batch_id=batch.pk, supplier_id=supplier.supplier_id), at=now)
    return batch.pk


@transaction.atomic
def owe_notices(lead_sources: Mapping[int, str], *, within_days: int, received_at: datetime) -> None:
    """Lead id → where we have them from: each person is to be told, in time. A lead whose person is told already stays so."""
    known = set(Notice.objects.filter(lead_id__in=lead_sources).values_list("lead_id", flat=True))
    received_on = received_at.date()
    fresh = {lead_id: source for lead_id, source in lead_sources.items() if lead_id not in known}
    insert_rows(
        [
            Notice(
                lead_id=lead_id,
                received_on=received_on,
                due_on=notice_due(received_on, within_days=within_days),
                source=source[:300],
            )
            for lead_id, source in fresh.items()
        ]
    )
    outbox.record(*(NoticeDue(lead_id=lead_id) for lead_id in fresh), at=received_at)


@transaction.atomic
def renew_notices(lead_ids: Collection[int], *, now: datetime) -> None:
    """These may be told now, and could not before: whoever is due and is nobody's task is told of again."""
    due = Notice.objects.filter(lead_id__in=lead_ids, state=NoticeState.DUE.value, activity_id=None)
    outbox.record(*(NoticeDue(lead_id=pk) for pk in due.order_by("pk").values_list("lead_id", flat=True)), at=now)


@transaction.atomic
def keep_errand(supplier_id: int, *, asks: Asks, due_on: date, owner_id: int, activity_id: int) -> None:
    """Somebody has this task for all people of a supplier who are due on a day; one that was done before is forgotten for it."""
    Errand.objects.update_or_create(
        supplier_id=supplier_id, asks=asks.value, due_on=due_on, owner_id=owner_id, defaults={"activity_id": activity_id}
    )


@transaction.atomic
def note_task(lead_ids: Collection[int], *, activity_id: int | None) -> None:
    """Somebody has the task of telling them; None: nobody has."""
    Notice.objects.filter(lead_id__in=lead_ids, state=NoticeState.DUE.value).update(activity_id=activity_id)


@transaction.atomic
def note_letters(keys: Mapping[int, str]) -> set[int]:
    """Lead id → the key of a letter to its person. Returns those whose letter may be written: nobody has one already, and
    somebody has to tell them."""
    due = Notice.objects.select_for_update().filter(lead_id__in=keys, state=NoticeState.DUE.value, message_key="")
    rows = list(due.only("pk", "lead_id").order_by("pk"))
    for row in rows:
        row.message_key = keys[row.lead_id]
    Notice.objects.bulk_update(rows, ["message_key"], batch_size=500)
    return {row.lead_id for row in rows}


@transaction.atomic
def note_letter_lost(lead_ids: Collection[int]) -> None:
    """The letters did not leave: somebody has to tell them another way."""
    Notice.objects.filter(lead_id__in=lead_ids, state=NoticeState.DUE.value).update(message_key="")


@transaction.atomic
def note_told(lead_ids: Collection[int], *, how: How, by: int | None, now: datetime) -> set[int]:
    """These people were told; returns whom nobody had told before."""
    due = Notice.objects.select_for_update().filter(lead_id__in=lead_ids, state=NoticeState.DUE.value)
    told = set(due.values_list("lead_id", flat=True))
    Notice.objects.filter(lead_id__in=told).update(state=NoticeState.TOLD.value, told_at=now, told_by_id=by, how=how.value)
    return told


@transaction.atomic
def take_back_told(lead_ids: Collection[int], *, told_at: datetime) -> set[int]:
    """Undo `note_told` of that moment; returns those whom it concerns."""
    rows = Notice.objects.select_for_update().filter(lead_id__in=lead_ids, state=NoticeState.TOLD.value, told_at=told_at)
    untold = set(rows.values_list("lead_id", flat=True))
    blank = {"state": NoticeState.DUE.value, "told_at": None, "told_by": None, "how": "", "message_key": ""}
    Notice.objects.filter(lead_id__in=untold).update(**blank)
    return untold


@transaction.atomic
def drop_notices(lead_ids: Collection[int]) -> None:
    """Nothing is kept of these people any more: nobody has to be told."""
    Notice.objects.filter(lead_id__in=lead_ids, state=NoticeState.DUE.value).update(state=NoticeState.NOT_NEEDED.value)


@transaction.atomic
def give_back(purchase_id: int, *, because: Returned, note: str, by: int, now: datetime) -> NotReturned | None:
    """Give a lead back: its price is owed to us. None: done; else why not. Raises `NoSuchPurchase`."""
    row = Purchase.objects.select_for_update().select_related("supplier").filter(pk=purchase_id).first()
    if row is None:
        raise queries.NoSuchPurchase
    within = timedelta(days=row.supplier.return_days)
    objection = may_give_back(State(row.state), bought_at=row.at, because=because, note=note, within=within, now=now)
    if objection is None:
        row.state, row.returned, row.returned_at = State.OWED.value, because.value, now
        row.returned_by_id, row.return_note = by, note.strip()[:300]
        row.save(update_fields=["state", "returned", "returned_at", "returned_by", "return_note"])
        outbox.record(LeadGivenBack(purchase_id=row.pk, lead_id=row.lead_id), at=now)
    return objection


@transaction.atomic
def keep_after_all(purchase_id: int, *, returned_at: datetime) -> bool:
    """Undo `give_back` of that moment; False when it was credited meanwhile."""
    rows = Purchase.objects.filter(pk=purchase_id, state=State.OWED.value, returned_at=returned_at)
    kept = bool(rows.update(state=State.ACCEPTED.value, returned="", returned_at=None, returned_by=None, return_note=""))
    if kept:
        outbox.record(LeadKept(purchase_id=purchase_id), at=returned_at)
    return kept


@transaction.atomic
def note_credited(supplier_id: int, *, now: datetime) -> int:
    """The supplier credited everything that they owed; returns how many leads that was."""
    rows = Purchase.objects.filter(supplier_id=supplier_id, state=State.OWED.value)
    return rows.update(state=State.CREDITED.value, credited_at=now)


@transaction.atomic
def take_back_credited(supplier_id: int, *, credited_at: datetime) -> int:
    """Undo `note_credited` of that moment."""
    rows = Purchase.objects.filter(supplier_id=supplier_id, state=State.CREDITED.value, credited_at=credited_at)
    return rows.update(state=State.OWED.value, credited_at=None)


def _held(supplier_id: int) -> Supplier:
    row = Supplier.objects.select_for_update().filter(pk=supplier_id).first()
    if row is None:
        raise queries.NoSuchSupplier
    return row


def _describe(row: Supplier, agreed: Agreed) -> None:
    row.name, row.email, row.campaign_id = agreed.name.strip()[:160], agreed.email.strip(), agreed.campaign_id
    row.price_minor, row.currency = agreed.price_minor, agreed.currency
    row.wants = sorted(want.value for want in agreed.wants)
    row.oldest_days, row.a_day = agreed.oldest_days, agreed.a_day
    row.return_days, row.notice_days = agreed.return_days, agreed.notice_days
    row.tells_itself = agreed.tells_itself
    row.source, row.note = agreed.source.strip()[:300], agreed.note.strip()[:2000]


def _purchase(batch: Batch, supplier: queries.SupplierFacts, one: Judged, *, now: datetime) -> Purchase:
    bought = one.refused is None
    return Purchase(
        batch=batch,
        supplier_id=supplier.supplier_id,
        row=one.row,
        reference=one.offered.reference[:120],
        state=(State.ACCEPTED if bought else State.REFUSED).value,
        refused=one.refused.value if one.refused else "",
        lead_id=one.lead_id if bought else None,
        price_minor=supplier.price_minor if bought else 0,
        currency=supplier.currency,
        at=now,
        source=one.offered.source[:300] if bought else "",
        words=one.offered.words if bought else "",
        agreed_at=one.offered.agreed_at if bought else None,
    )
