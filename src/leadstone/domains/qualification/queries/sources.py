"""Evidence that is already in the house: what a person answered, proved and used, and what staff wrote down about them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from leadstone.domains.access.rules import Reader
from leadstone.domains.activities import queries as activities
from leadstone.domains.activities.queries import ActivityFacts
from leadstone.domains.activities.rules import About, ActivityKind, Outcome
from leadstone.domains.capture import queries as capture
from leadstone.domains.capture.queries import SubmissionFacts
from leadstone.domains.capture.rules import Verdict
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.contacts.rules import PointKind
from leadstone.domains.delivery import queries as delivery
from leadstone.domains.delivery.rules import PERSONAL
from leadstone.domains.grants import queries as grants
from leadstone.domains.grants.rules import Rating
from leadstone.domains.leads.queries import standing as leads
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.buying_signs import signs_in
from leadstone.domains.qualification.queries.checklist import Checklist
from leadstone.domains.qualification.rules import TRIED, EvidenceKind
from leadstone.domains.trials import queries as trials
from leadstone.wire.definition import FieldKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One thing that could fill a point. `said` are the words that show it; `about`: a magnet's title, an outcome, a rating."""

    kind: EvidenceKind
    source_id: int
    said: str
    about: str
    at: datetime
    used: bool = False  # it is a receipt of another point already


def sources_of(lead_id: int, *, reader: Reader) -> list[Source]:
    """Everything that may serve as evidence for a lead, the latest first; empty when it does not exist.

    Of what was written down about its person and company, what the reader may see: another team may work the same company.
    """
    subject = leads.subjects([lead_id]).get(lead_id)
    if subject is None:
        return []
    found = [*_of_person(subject.contact_id)] if subject.contact_id else []
    about = About(lead_id=lead_id, contact_id=subject.contact_id, company_id=subject.company_id)
    ours = _our_own_words(subject.contact_id)
    found += [each for each in _written_down(activities.done_activities(about, reader=reader)) if each.source_id not in ours]
    return sorted(found, key=lambda source: (source.at, source.source_id), reverse=True)


def source_of(lead_id: int, *, kind: EvidenceKind, source_id: int, reader: Reader) -> Source | None:
    """The source that a receipt names, if it exists, is about this lead's person or company, and the reader may see it."""
    return next((each for each in sources_of(lead_id, reader=reader) if (each.kind, each.source_id) == (kind, source_id)), None)


def suggestions_for(listed: Checklist, *, reader: Reader) -> dict[int, list[Source]]:
    """Point id → what could fill it, as far as the reader sees, and is no receipt of it yet; points without any are left out.

    What shows nothing yet comes first, then what was marked beforehand as speaking for it, then the latest: one note may
    establish two points, but rarely does.
    """
    taken = {(receipt.kind, receipt.source_id) for each in listed.points for receipt in each.receipts}
    sources = [replace(each, used=(each.kind, each.source_id) in taken) for each in sources_of(listed.lead_id, reader=reader)]
    sources.sort(key=lambda source: (source.used, source.kind is not EvidenceKind.SIGN))
    found = {}
    for checked in listed.points:
        own = {(receipt.kind, receipt.source_id) for receipt in checked.receipts}
        fitting = [s for s in sources if s.kind in checked.point.takes and (s.kind, s.source_id) not in own]
        if fitting:
            found[checked.point.point_id] = fitting
    return found


def _our_own_words(contact_id: int | None) -> set[int]:
    """Ids of the notes that are mails which we wrote: what we say shows nothing about what they want."""
    told = delivery.told(contact_id) if contact_id else []
    return {note_id for each in told if each.kind == PERSONAL and isinstance(note_id := each.facts.get("note_id"), int)}


def _written_down(done: Iterable[ActivityFacts]) -> Iterator[Source]:
    """Calls in which somebody spoke, meetings that took place, notes."""
    for each in done:
        kind = _SHOWS.get((each.kind, each.outcome))
        if kind is not None and each.done_at is not None:
            outcome = each.outcome.value if each.outcome else ""
            said = each.text.strip() or each.title
            yield Source(kind=kind, source_id=each.activity_id, said=said, about=outcome, at=each.done_at)


_SHOWS: Mapping[tuple[ActivityKind, Outcome | None], EvidenceKind] = {
    (ActivityKind.NOTE, None): EvidenceKind.NOTE,
    (ActivityKind.CALL, Outcome.REACHED): EvidenceKind.CALL,
    (ActivityKind.CALL, Outcome.CALL_BACK): EvidenceKind.CALL,
    (ActivityKind.CALL, Outcome.MEETING_AGREED): EvidenceKind.CALL,
    (ActivityKind.MEETING, Outcome.HELD): EvidenceKind.MEETING,
}


def _of_forms(forms: Sequence[SubmissionFacts]) -> Iterator[Source]:
    """What they typed as a question, and the answers they chose that stand for a wish to buy. Erased forms say nothing."""
    definitions = magnets.definitions({form.version_id for form in forms})
    for form in forms:
        answers = form.answers or {}
        question = answers.get(FieldKey.QUESTION, "").strip()
        if question:
            yield Source(kind=EvidenceKind.ANSWER, source_id=form.submission_id, said=question, about="", at=form.received_at)
        definition = definitions.get(form.version_id)
        signs = signs_in(definition, answers) if definition and answers and form.verdict is Verdict.ACCEPTED else ()
        if definition and signs:
            said = "; ".join(f"{asked} {chosen}" for asked, chosen in signs)
            about = definition.title
            yield Source(kind=EvidenceKind.SIGN, source_id=form.submission_id, said=said, about=about, at=form.received_at)


def _of_person(contact_id: int) -> Iterator[Source]:
    yield from _of_forms(capture.submissions_of(contact_id))
    for point in contacts.points_of([contact_id]).get(contact_id, []):
        if point.proven_at is not None and point.failed_at is None:
            kind = EvidenceKind.PROVEN_MAILBOX if point.kind is PointKind.EMAIL else EvidenceKind.PROVEN_PHONE
            yield Source(kind=kind, source_id=point.point_id, said=point.value, about="", at=point.proven_at)
    exchanges = grants.grants_of(contact_id)
    tried = trials.uses_of_grants([grant.grant_id for grant in exchanges])
    for grant in exchanges:
        # Having been shown the way into a trial is no use of it; having gone in is.
        used_at = grant.rated_at or tried.get(grant.grant_id, grant.delivered_at)
        if used_at is not None and grant.ended_at is None and grant.rating is not Rating.NO:
            rating = grant.rating.value if grant.rating else (TRIED if tried.get(grant.grant_id) else "")
            yield Source(kind=EvidenceKind.DELIVERED, source_id=grant.grant_id, said=grant.magnet_title, about=rating, at=used_at)
