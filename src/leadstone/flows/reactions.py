"""Who listens to what: one table, and the reactions that tie delivery to grants."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from leadstone.domains.activities.events import ActivityDone, ActivityPlanned
from leadstone.domains.bookings.events import (
    BookingAgreed,
    BookingAskedFor,
    BookingCancelled,
    BookingDeclined,
    BookingEnded,
    BookingLost,
    BookingMoved,
)
from leadstone.domains.brand.events import BrandChanged
from leadstone.domains.campaigns.events import CampaignOpened, CostRecorded, CostTakenBack, LinksAdded
from leadstone.domains.capture.events import SubmissionAccepted
from leadstone.domains.codes.events import CodeGiven, CodesAdded, PoolRunsLow
from leadstone.domains.consent.events import AddressesStopped, MarketingLeft
from leadstone.domains.delivery import queries as delivery_queries
from leadstone.domains.delivery.events import MessageFailed, MessageHandedOver
from leadstone.domains.delivery.rules import CARRIES_THE_PROMISE, DELIVERY, LINK_AGAIN, Refusal
from leadstone.domains.delivery.services import queueing as delivery
from leadstone.domains.experiments.events import ExperimentEnded, ExperimentStarted
from leadstone.domains.grants import queries as grants_queries
from leadstone.domains.grants import services as grants
from leadstone.domains.grants.events import (
    ExchangeEnded,
    LinkRequested,
    MailboxConfirmed,
    MailboxConfirmedAgain,
    PlaceAwaited,
    PlaceFreed,
    PromiseAnswered,
    PromiseDelivered,
    PromiseUsed,
)
from leadstone.domains.inbound.events import HostsChanged
from leadstone.domains.kiosks.events import KiosksChanged
from leadstone.domains.leads.events import LeadAdded
from leadstone.domains.magnets.events import MagnetPublished, MagnetRestored, MagnetsLinked, MagnetWithdrawn
from leadstone.domains.newsletters.events import ArchiveChanged, IssueBegun
from leadstone.domains.pipeline.events import DealLost, DealMoved, DealTakenBack, DealWon, SaleChanged
from leadstone.domains.privacy.events import ContactErased
from leadstone.domains.qualification.events import LeadQualified, PromotionTakenBack
from leadstone.domains.shipments.events import ParcelRefused, ParcelReserved, StockChanged
from leadstone.domains.suppliers.events import LeadGivenBack, LeadKept, LeadsBought, NoticeDue
from leadstone.flows import booking_changed, facts_noted, letters_left, notices_due, parcels_sent, places_given, purchases_told
from leadstone.flows.bundle_published import bundle_changed, revocations_changed
from leadstone.flows.codes_told import warn_owner
from leadstone.flows.counters_published import counters_changed
from leadstone.flows.deal_touched import touch_deals
from leadstone.flows.experiments_judged import ended_by_publishing, ended_by_withdrawing
from leadstone.flows.given import codes as given_codes
from leadstone.flows.given import give_what_is_held
from leadstone.flows.given import letters as letters_given
from leadstone.flows.hooks.events import tell_forgotten, tell_qualified, tell_withdrawn, tell_won
from leadstone.flows.kiosks_changed import kiosks_changed
from leadstone.flows.lead_promoted import open_deals, withdraw_deals
from leadstone.flows.leads_assigned import assign_added_leads, assign_new_leads
from leadstone.flows.letters import grant_of
from leadstone.flows.mailed_codes import code_of
from leadstone.flows.person_forgotten import forget_local_mail, note_erased, note_stopped
from leadstone.flows.trials_due import end_with_exchange
from leadstone.flows.unfounded_kept import ask_for_basis
from leadstone.flows.words_said import campaigns_opened
from leadstone.infra.blind_index import blind_index
from leadstone.infra.outbox.services import Reactions
from leadstone.kernel.ids import new_ref


def send_what_was_promised(events: Sequence[SubmissionAccepted], /, *, now: datetime) -> None:
    """One mail for each form that took effect."""
    _queue(
        DELIVERY,
        (
            (f"submission:{event.submission_id}", {"grant_id": event.grant_id, "submission_id": event.submission_id})
            for event in events
        ),
        now=now,
    )


def send_link_again(events: Sequence[LinkRequested], /, *, now: datetime) -> None:
    """A fresh link, to the mailbox that had the old one."""
    _queue(LINK_AGAIN, ((f"link:{new_ref()}", {"grant_id": event.grant_id}) for event in events), now=now)


def note_mailed(events: Sequence[MessageHandedOver], /, *, now: datetime) -> None:
    """From now on the mailed code opens, and the promise counts as on its way."""
    messages = delivery_queries.message_facts(event.message_id for event in events)
    for message in messages.values():
        grant_id = grant_of(message.facts)
        if grant_id is not None and message.kind in CARRIES_THE_PROMISE:
            digest = grants_queries.code_digest(code_of(message.key), grant_id=grant_id)
            grants.mark_mailed(grant_id=grant_id, code_digest=digest, now=now)


def note_failed(events: Sequence[MessageFailed], /, *, now: datetime) -> None:
    """A promise that cannot be kept is an alarm; a mail that was one too many for a day is not."""
    failed = {event.message_id: event.because for event in events if event.because != Refusal.ADDRESS_LIMIT}
    for message_id, message in delivery_queries.message_facts(failed).items():
        grant_id = grant_of(message.facts)
        if grant_id is not None and message.kind in CARRIES_THE_PROMISE:
            grants.mark_failed(grant_id=grant_id, because=failed[message_id], now=now)


def _queue(kind: str, occasions: Iterable[tuple[str, dict[str, int]]], *, now: datetime) -> None:
    wanted = list(occasions)
    letters = grants_queries.letter_facts({facts["grant_id"] for _, facts in wanted})
    delivery.queue_messages(
        [
            delivery.MessageRequest(
                effect_key=effect_key,
                kind=kind,
                contact_id=letter.contact_id,
                to_address=letter.address,
                address_hash=letter.address_hash,
                network_hash=blind_index(letter.network, purpose="network") if letter.network else "",
                language=letter.language,
                facts=facts,
            )
            for effect_key, facts in wanted
            if (letter := letters.get(facts["grant_id"])) is not None
        ],
        now=now,
    )


REACTIONS: Reactions = {
    SubmissionAccepted: (send_what_was_promised, assign_new_leads, facts_noted.note_forms),
    LeadAdded: (assign_added_leads, ask_for_basis, facts_noted.note_brought),
    LinkRequested: (send_link_again,),
    MailboxConfirmed: (give_what_is_held, counters_changed, facts_noted.note_grants),
    PromiseDelivered: (facts_noted.note_grants,),
    PromiseUsed: (facts_noted.note_used,),
    PromiseAnswered: (facts_noted.note_grants,),
    PlaceAwaited: (places_given.tell_in_line, counters_changed),
    PlaceFreed: (places_given.tell_served,),
    ParcelReserved: (parcels_sent.tell_reserved,),
    ParcelRefused: (parcels_sent.tell_refused,),
    StockChanged: (counters_changed,),
    MailboxConfirmedAgain: (letters_given.add_topics,),
    MarketingLeft: (letters_left.leave_all_letters, tell_withdrawn, facts_noted.note_left),
    IssueBegun: (bundle_changed,),
    ArchiveChanged: (bundle_changed,),
    MessageHandedOver: (note_mailed, notices_due.letters_left),
    MessageFailed: (note_failed, notices_due.letters_lost),
    MagnetPublished: (ended_by_publishing, bundle_changed, places_given.places_added, counters_changed),
    MagnetWithdrawn: (ended_by_withdrawing, bundle_changed),
    ExperimentStarted: (bundle_changed,),
    ExperimentEnded: (bundle_changed,),
    MagnetRestored: (bundle_changed,),
    MagnetsLinked: (bundle_changed,),
    BrandChanged: (bundle_changed,),
    HostsChanged: (bundle_changed,),
    KiosksChanged: (kiosks_changed,),
    LinksAdded: (bundle_changed,),
    CampaignOpened: (campaigns_opened,),
    ExchangeEnded: (
        revocations_changed,
        letters_left.leave_letters_of_exchange,
        booking_changed.times_freed,
        parcels_sent.parcels_cancelled,
        places_given.places_freed,
        counters_changed,
        end_with_exchange,
    ),
    ContactErased: (forget_local_mail, note_erased, tell_forgotten),
    CostRecorded: (facts_noted.note_costs,),
    CostTakenBack: (facts_noted.note_costs,),
    DealMoved: (facts_noted.note_moves, facts_noted.note_deals),
    DealLost: (facts_noted.note_deals,),
    DealTakenBack: (facts_noted.note_deals,),
    SaleChanged: (facts_noted.note_deals,),
    DealWon: (tell_won, facts_noted.note_deals),
    AddressesStopped: (note_stopped, facts_noted.note_complaints),
    ActivityPlanned: (booking_changed.meeting_reopened, notices_due.task_open, facts_noted.note_meetings),
    NoticeDue: (notices_due.plan_tasks,),
    LeadsBought: (purchases_told.note_bought,),
    LeadGivenBack: (purchases_told.note_given_back,),
    LeadKept: (purchases_told.note_kept,),
    BookingAgreed: (booking_changed.booking_agreed,),
    BookingAskedFor: (booking_changed.booking_asked_for,),
    BookingMoved: (booking_changed.booking_moved,),
    BookingCancelled: (booking_changed.booking_cancelled,),
    BookingDeclined: (booking_changed.booking_declined,),
    BookingLost: (booking_changed.booking_lost,),
    BookingEnded: (booking_changed.booking_ended,),
    CodesAdded: (given_codes.serve_waiting, counters_changed),
    CodeGiven: (counters_changed,),
    PoolRunsLow: (warn_owner,),
    LeadQualified: (open_deals, tell_qualified, facts_noted.note_qualified),
    PromotionTakenBack: (withdraw_deals, facts_noted.note_qualified),
    ActivityDone: (
        touch_deals,
        booking_changed.meeting_done,
        notices_due.task_done,
        facts_noted.note_meetings,
    ),
}
