"""Who may be written to by hand: the answer for a screen, and for the flow that writes."""

from dataclasses import dataclass
from datetime import date

from leadstone.domains.capture import queries as capture
from leadstone.domains.consent import queries as consent
from leadstone.domains.consent.packs import pack_for
from leadstone.domains.consent.rules import NOTHING_KNOWN, Ground, SubjectKind
from leadstone.domains.consent.rules.writing import WritingDecision, WritingFacts, may_write_by_hand
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.contacts.queries import Mailbox
from leadstone.domains.contacts.rules import PointKind
from leadstone.domains.delivery import queries as delivery
from leadstone.domains.delivery.rules import PERSONAL, State
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads.queries import standing
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
    people = leads.people_of([lead_id])[lead_id]
    contact_id = people.contact_id or 0
    mailbox = contacts.mailboxes([contact_id]).get(contact_id)
    question = _unanswered(lead_id, contact_id)
    ways = contacts.points_of([contact_id]).get(contact_id, [])
    address = next((way for way in ways if mailbox is not None and way.key == mailbox.key and way.kind is PointKind.EMAIL), None)
    known = consent.consent_facts([(contact_id, mailbox.address_hash)], channel=Channel.EMAIL) if mailbox else {}
    facts = WritingFacts(
        consent=next(iter(known.values()), NOTHING_KNOWN),
        ground=Ground(people.basis),
        kind=SubjectKind.BUSINESS if people.company_id else SubjectKind.PERSON,
        has_address=mailbox is not None,
        failed=address is not None and address.failed_at is not None,
        proven=mailbox is not None and mailbox.proven,
        asked=bool(question),
        in_talks=_is_prospect(lead_id),
    )
    return WritingAnswer(decision=may_write_by_hand(facts, pack=pack_for(ANYWHERE, on=on)), mailbox=mailbox, question=question)


def _is_prospect(lead_id: int) -> bool:
    """Whether the lead became a prospect on receipts; a manager's override shows no conversation."""
    if standing.statuses([lead_id]).get(lead_id) is not Status.QUALIFIED:
        return False
    promotion = qualification.standing_promotion(lead_id)
    return promotion is not None and not promotion.missing


def _unanswered(lead_id: int, contact_id: int) -> str:
    """What the form of this lead asked, while no mail by hand has answered it."""
    submission_id = standing.submission_of(lead_id)
    question = capture.answers_to(FieldKey.QUESTION, [submission_id]).get(submission_id, "") if submission_id else ""
    if not question:
        return ""
    written = [each for each in delivery.told(contact_id) if each.kind == PERSONAL and each.state is not State.EXCLUDED]
    return "" if written else question
