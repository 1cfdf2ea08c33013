"""Who may be written to by hand: the answer for a screen, and for the flow that writes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from leadstone.domains.capture import queries as capture
from leadstone.domains.consent import queries as consent
from leadstone.domains.consent.packs import pack_for
from leadstone.domains.consent.rules import NOTHING_KNOWN, Ground, SubjectKind
from leadstone.domains.consent.rules.writing import WritingDecision, WritingFacts, may_write_by_hand
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.contacts.queries import Mailbox, PointFacts
from leadstone.domains.contacts.rules import PointKind
from leadstone.domains.delivery import queries as delivery
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads.queries import LeadPeople, standing
from leadstone.domains.leads.rules import Status
from leadstone.domains.qualification import queries as qualification
from leadstone.wire.definition import Channel, FieldKey

# An address tells no country; the gateway goes by the strictest law too.
ANYWHERE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingAnswer:
    """Whether somebody may write to the person of a lead, and where to. `question`: what they asked and nobody answered."""

    decision: WritingDecision
    mailbox: Mailbox | None
    question: str


def writing_answer(lead_id: int, *, on: date) -> WritingAnswer:
    """The answer for one lead that exists; `on` decides by which law."""
    return writing_answers([lead_id], on=on)[lead_id]


def writing_answers(lead_ids: Collection[int], *, on: date) -> dict[int, WritingAnswer]:
    """Lead id → the answer, for those that exist; a fixed number of queries, however many."""
    people = leads.people_of(lead_ids)
    persons = {each.contact_id for each in people.values() if each.contact_id is not None}
    mailboxes, ways = contacts.mailboxes(persons), contacts.points_of(persons)
    known = consent.consent_facts([(box.contact_id, box.address_hash) for box in mailboxes.values()], channel=Channel.EMAIL)
    questions, prospects = _unanswered(people), _prospects(lead_ids)
    pack = pack_for(ANYWHERE, on=on)
    answers = {}
    for lead_id, each in people.items():
        mailbox = mailboxes.get(each.contact_id or 0)
        facts = WritingFacts(
            consent=known[mailbox.contact_id, mailbox.address_hash] if mailbox else NOTHING_KNOWN,
            ground=Ground(each.basis),
            kind=SubjectKind.BUSINESS if each.company_id else SubjectKind.PERSON,
            has_address=mailbox is not None,
            failed=mailbox is not None and _failed(mailbox, ways.get(mailbox.contact_id, [])),
            proven=mailbox is not None and mailbox.proven,
            asked=lead_id in questions,
            in_talks=lead_id in prospects,
        )
        answers[lead_id] = WritingAnswer(
            decision=may_write_by_hand(facts, pack=pack), mailbox=mailbox, question=questions.get(lead_id, "")
        )
    return answers


def _failed(mailbox: Mailbox, ways: Sequence[PointFacts]) -> bool:
    """Whether letters to this mailbox come back."""
    same = next((way for way in ways if way.kind is PointKind.EMAIL and way.key == mailbox.key), None)
    return same is not None and same.failed_at is not None


def _prospects(lead_ids: Collection[int]) -> set[int]:
    """Which leads became prospects on receipts; a manager's override shows no conversation."""
    qualified = {lead_id for lead_id, status in standing.statuses(lead_ids).items() if status is Status.QUALIFIED}
    promotions = qualification.standing_promotions(qualified) if qualified else {}
    return {lead_id for lead_id, promotion in promotions.items() if not promotion.missing}


def _unanswered(people: Mapping[int, LeadPeople]) -> dict[int, str]:
    """Lead id → what its form asked, while no mail by hand has answered it."""
    forms = standing.submissions_of(people)
    asked = capture.answers_to(FieldKey.QUESTION, set(forms.values()))
    waiting = {lead_id: asked[form] for lead_id, form in forms.items() if asked.get(form)}
    written_to = delivery.written_to_by_hand({people[lead_id].contact_id or 0 for lead_id in waiting})
    return {lead_id: question for lead_id, question in waiting.items() if (people[lead_id].contact_id or 0) not in written_to}
