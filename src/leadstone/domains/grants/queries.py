"""The only reads of grants that others may call."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate

from leadstone.domains.contacts import queries as contacts
from leadstone.domains.grants.models import Grant, PromiseWarning
from leadstone.domains.grants.rules import PROMISED_WITHIN, Answers, Ending, GrantState, Rating
from leadstone.domains.magnets import queries as magnets
from leadstone.infra.blind_index import blind_index
from leadstone.kernel.language import Language, language_or
from leadstone.wire.definition import MagnetDefinition


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """What the mail that delivers a grant is composed from. Nothing in it was typed by a visitor but the address."""

    grant_id: int
    grant_key: UUID
    state: GrantState
    version_id: int
    submission_id: int | None
    definition: MagnetDefinition
    language: Language
    contact_id: int
    contact_key: UUID
    address: str
    address_hash: str
    proven: bool
    network: str
    requests: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantFacts:
    """A grant and its fate."""

    grant_id: int
    key: UUID
    contact_id: int | None
    magnet_id: int
    magnet_title: str
    version_id: int
    state: GrantState
    requests: int
    promised_at: datetime
    mailed_at: datetime | None
    opened_at: datetime | None
    delivered_at: datetime | None
    ended_at: datetime | None
    ended_because: str
    rating: Rating | None
    rated_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fates:
    """What became of the promises of one magnet. Ratings answer "did you get what was promised?"."""

    promised: int = 0
    opened: int = 0  # the mailbox was proven
    delivered: int = 0
    failed: int = 0
    undone: int = 0
    kept: int = 0
    partly: int = 0
    broken: int = 0


def fates_by_magnet(*, since: datetime) -> dict[int, Fates]:
    """Magnet id → what became of everything promised since then; a magnet that promised nothing is left out."""
    rows = Grant.objects.filter(promised_at__gte=since).order_by().values_list("magnet_id")
    counted = rows.annotate(
        promised=Count("pk"),
        opened=Count("opened_at"),
        delivered=Count("delivered_at"),
        failed=Count("pk", filter=Q(state=GrantState.FAILED.value)),
        undone=Count("pk", filter=Q(state=GrantState.UNDONE.value)),
        kept=Count("pk", filter=Q(rating=Rating.YES.value)),
        partly=Count("pk", filter=Q(rating=Rating.PARTLY.value)),
        broken=Count("pk", filter=Q(rating=Rating.NO.value)),
    )
    names = ("promised", "opened", "delivered", "failed", "undone", "kept", "partly", "broken")
    return {magnet_id: Fates(**dict(zip(names, counts, strict=True))) for magnet_id, *counts in counted}


@dataclass(frozen=True, slots=True)
class PersonFate:
    """What became of one person's promise. `complained`: they said that it was not them, or undid the exchange."""

    opened_at: datetime | None
    complained: bool
    rated_at: datetime | None
    kept: bool


def fates_of_people(magnet_id: int, *, version_ids: Collection[int]) -> dict[int, PersonFate]:
    """Contact id → what became of the magnet for everybody who sent a form of one of these versions."""
    rows = Grant.objects.filter(magnet_id=magnet_id, contact__submissions__version_id__in=version_ids).distinct()
    columns = rows.values_list("contact_id", "opened_at", "state", "rated_at", "rating")
    return {
        contact_id: PersonFate(opened_at, state == GrantState.UNDONE.value, rated_at, rating == Rating.YES.value)
        for contact_id, opened_at, state, rated_at, rating in columns
        if contact_id is not None
    }


def grant_ids_of(contact_ids: Collection[int]) -> list[int]:
    """Every grant of these people."""
    return list(Grant.objects.filter(contact_id__in=contact_ids).order_by("pk").values_list("pk", flat=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantSteps:
    """How far one promise came, for whoever counts. `rating`: a value of `rules.Rating`, or empty."""

    grant_id: int
    contact_id: int
    magnet_id: int
    opened_at: datetime | None
    delivered_at: datetime | None
    rating: str
    rated_at: datetime | None


def grant_steps(grant_ids: Collection[int]) -> list[GrantSteps]:
    """The steps of the grants that still have somebody whose they are."""
    columns = GrantSteps.__slots__
    rows = Grant.objects.filter(pk__in=grant_ids, contact__isnull=False).values_list("pk", *columns[1:])
    return [GrantSteps(**dict(zip(columns, row, strict=True))) for row in rows]


def letter_facts(grant_ids: Collection[int]) -> dict[int, LetterFacts]:
    """Grant id → facts, for the grants that still have somebody to write to."""
    rows = list(
        Grant.objects.filter(pk__in=grant_ids, contact__isnull=False).values_list(
            "pk", "key", "state", "version_id", "contact_id", "submission_id", "submission__payload", "requests"
        )
    )
    mailboxes = contacts.mailboxes({contact_id for _, _, _, _, contact_id, _, _, _ in rows if contact_id})
    definitions = magnets.definitions({version_id for _, _, _, version_id, *_ in rows})
    found = {}
    for grant_id, key, state, version_id, contact_id, submission_id, payload, requests in rows:
        mailbox = mailboxes.get(contact_id or 0)
        if mailbox is None:
            continue
        definition = definitions[version_id]
        found[grant_id] = LetterFacts(
            grant_id=grant_id,
            grant_key=key,
            state=GrantState(state),
            version_id=version_id,
            submission_id=submission_id,
            definition=definition,
            language=language_or(mailbox.language, language_or(definition.language, Language.ENGLISH)),
            contact_id=mailbox.contact_id,
            contact_key=mailbox.contact_key,
            address=mailbox.value,
            address_hash=mailbox.address_hash,
            proven=mailbox.proven,
            network=(payload or {}).get("network", ""),
            requests=requests,
        )
    return found


def grants_of(contact_id: int) -> list[GrantFacts]:
    """Everything a person was promised, the oldest first."""
    rows = Grant.objects.filter(contact_id=contact_id).select_related("magnet").order_by("promised_at", "pk")
    return [_facts(row) for row in rows]


def grant(grant_id: int) -> GrantFacts | None:
    row = Grant.objects.filter(pk=grant_id).select_related("magnet").first()
    return _facts(row) if row else None


def disowned(grant_keys: Collection[UUID]) -> set[int]:
    """Whose mailboxes these grants went to that were ended by "not me"; the others are left out."""
    rows = Grant.objects.filter(key__in=grant_keys, state=GrantState.UNDONE.value, ended_because=Ending.NOT_ME.value)
    pairs = rows.values_list("contact_id", "submission__contact_id")
    return {found for contact_id, asked_by in pairs if (found := contact_id or asked_by) is not None}


def failed_grants(limit: int = 100) -> list[GrantFacts]:
    """Broken promises, the latest first: each is an alarm until it is mended."""
    rows = Grant.objects.filter(state=GrantState.FAILED.value).select_related("magnet").order_by("-promised_at")
    return [_facts(row) for row in rows[:limit]]


def overdue_grants(*, promised_before: datetime, limit: int = 100) -> list[GrantFacts]:
    """Promises older than this whose mail has not left yet, the oldest first."""
    rows = Grant.objects.filter(state=GrantState.PROMISED.value, promised_at__lt=promised_before)
    return [_facts(row) for row in rows.select_related("magnet").order_by("promised_at")[:limit]]


def grant_ids_by_key(keys: Collection[UUID]) -> dict[UUID, int]:
    """Grant key (as tokens name it) → id; unknown keys are left out."""
    return dict(Grant.objects.filter(key__in=keys).values_list("key", "pk"))


def undone_pairs(contact_ids: Collection[int], *, because: str) -> set[tuple[int, int]]:
    """(contact id, magnet id) of the exchanges that ended for this reason and did not begin anew."""
    rows = Grant.objects.filter(contact_id__in=contact_ids, state=GrantState.UNDONE.value, ended_because=because)
    return {(contact_id, magnet_id) for contact_id, magnet_id in rows.values_list("contact_id", "magnet_id") if contact_id}


def standing_grants(contact_id: int) -> int:
    """How many exchanges with this person were not undone."""
    return Grant.objects.filter(~Q(state=GrantState.UNDONE.value), contact_id=contact_id).count()


def revoked_keys() -> frozenset[UUID]:
    """The grants whose links open nothing any more."""
    return frozenset(Grant.objects.filter(state=GrantState.UNDONE.value).values_list("key", flat=True))


def places_left() -> dict[int, int]:
    """Magnet id → how many places are left, for every magnet that is offered to a number of people now."""
    caps = {magnet_id: limits.cap for magnet_id, limits in magnets.limits().items() if limits.cap is not None}
    rows = Grant.objects.filter(magnet_id__in=caps, place__isnull=False).order_by().values_list("magnet_id")
    taken = dict(rows.annotate(number=Count("pk")))
    return {magnet_id: max(0, cap - taken.get(magnet_id, 0)) for magnet_id, cap in caps.items()}


def placed_keys() -> frozenset[UUID]:
    """The grants that have one of a limited number of places."""
    return frozenset(Grant.objects.filter(place__isnull=False).values_list("key", flat=True))


def place_in_line(grant_id: int) -> int | None:
    """How many stand in line up to and with this grant; None when it does not wait."""
    row = Grant.objects.filter(pk=grant_id, state=GrantState.WAITING.value).first()
    if row is None or row.waiting_since is None:
        return None
    line = Grant.objects.filter(magnet_id=row.magnet_id, state=GrantState.WAITING.value, contact__isnull=False)
    return line.filter(Q(waiting_since__lt=row.waiting_since) | Q(waiting_since=row.waiting_since, pk__lte=row.pk)).count()


def magnets_of(grant_ids: Collection[int]) -> set[int]:
    """The magnets that these grants are of."""
    return set(Grant.objects.filter(pk__in=grant_ids).values_list("magnet_id", flat=True))


def code_digest(code: str, *, grant_id: int) -> str:
    """What is kept of a mailed code: without this installation's key it is worth nothing."""
    return blind_index(f"{grant_id}:{code.strip()}", purpose="mailed code")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How the promises of one magnet were kept. `in_time`: the mail left within ten minutes; `late`: it did not."""

    promised: int = 0
    in_time: int = 0
    late: int = 0
    opened: int = 0
    delivered: int = 0
    asked: int = 0  # who got the one question by mail


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingWords:
    """What somebody added to their answer; personal."""

    grant_id: int
    contact_id: int
    magnet_id: int
    language: str
    rating: Rating
    words: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """That the score of a magnet fell: from `before` to `recent`."""

    magnet_id: int
    said_at: datetime
    recent: Answers
    before: Answers
    seen: bool


def kept_promises(magnet_id: int, *, since: datetime) -> Kept:
    """What became of everything that a magnet promised since then."""
    left = Q(mailed_at__gte=F("promised_at"))
    in_time = left & Q(mailed_at__lte=F("promised_at") + PROMISED_WITHIN)
    late = (left & Q(mailed_at__gt=F("promised_at") + PROMISED_WITHIN)) | Q(state=GrantState.FAILED.value)
    counted = Grant.objects.filter(magnet_id=magnet_id, promised_at__gte=since).aggregate(
        promised=Count("pk"),
        in_time=Count("pk", filter=in_time),
        late=Count("pk", filter=late),
        opened=Count("opened_at"),
        delivered=Count("delivered_at"),
        asked=Count("asked_at"),
    )
    return Kept(**counted)


def ratings_by_day(*, since: datetime, magnet_ids: Collection[int] | None = None) -> dict[int, dict[date, Answers]]:
    """Magnet id → day (UTC) → the answers that were given on it; days and magnets without one are left out."""
    rows = Grant.objects.filter(rated_at__gte=since).exclude(rating="")
    if magnet_ids is not None:
        rows = rows.filter(magnet_id__in=magnet_ids)
    per_day = rows.annotate(day=TruncDate("rated_at", tzinfo=UTC)).order_by().values_list("magnet_id", "day", "rating")
    found: dict[int, dict[date, Answers]] = {}
    for magnet_id, day, rating, number in per_day.annotate(number=Count("pk")):
        days = found.setdefault(magnet_id, {})
        days[day] = days.get(day, Answers()) + Answers(**{rating: number})
    return found


def rating_words(*, magnet_id: int | None = None, since: datetime | None = None, limit: int = 0) -> list[RatingWords]:
    """What people added to their answers, the newest first; forgotten words are left out. `limit` 0: all."""
    rows = Grant.objects.exclude(rating_words="").filter(contact__isnull=False, rated_at__isnull=False)
    rows = rows.filter(magnet_id=magnet_id) if magnet_id is not None else rows
    rows = rows.filter(rated_at__gte=since) if since is not None else rows
    rows = rows.select_related("contact").order_by("-rated_at", "-pk")
    return [_words(row) for row in (rows[:limit] if limit else rows)]


def words_of_ratings(grant_ids: Collection[int]) -> dict[int, str]:
    """Grant id → what was added to its answer; those without words are left out."""
    return dict(Grant.objects.filter(pk__in=grant_ids).exclude(rating_words="").values_list("pk", "rating_words"))


def warnings(*, magnet_id: int | None = None) -> list[Warned]:
    """The falls that were said and are not over, the newest first."""
    rows = PromiseWarning.objects.filter(ended_at=None)
    rows = rows.filter(magnet_id=magnet_id) if magnet_id is not None else rows
    return [
        Warned(
            magnet_id=row.magnet_id,
            said_at=row.said_at,
            recent=_answers(row.recent),
            before=_answers(row.before),
            seen=row.seen_at is not None,
        )
        for row in rows.order_by("-said_at", "-pk")
    ]


def warned_last(magnet_id: int) -> datetime | None:
    """When the last warning of a magnet ended; None when there was none."""
    ended = PromiseWarning.objects.filter(magnet_id=magnet_id, ended_at__isnull=False).order_by("-ended_at")
    return ended.values_list("ended_at", flat=True).first()


def _answers(told: Sequence[int]) -> Answers:
    yes, partly, no = told
    return Answers(yes, partly, no)


def _words(row: Grant) -> RatingWords:
    assert row.contact_id is not None  # narrowed by the query
    assert row.rated_at is not None
    return RatingWords(
        grant_id=row.pk,
        contact_id=row.contact_id,
        magnet_id=row.magnet_id,
        language=row.contact.language if row.contact else "",
        rating=Rating(row.rating),
        words=row.rating_words,
        at=row.rated_at,
    )


def _facts(row: Grant) -> GrantFacts:
    return GrantFacts(
        grant_id=row.pk,
        key=row.key,
        contact_id=row.contact_id,
        magnet_id=row.magnet_id,
        magnet_title=row.magnet.title,
        version_id=row.version_id,
        state=GrantState(row.state),
        requests=row.requests,
        promised_at=row.promised_at,
        mailed_at=row.mailed_at,
        opened_at=row.opened_at,
        delivered_at=row.delivered_at,
        ended_at=row.ended_at,
        ended_because=row.ended_because,
        rating=Rating(row.rating) if row.rating else None,
        rated_at=row.rated_at,
    )
