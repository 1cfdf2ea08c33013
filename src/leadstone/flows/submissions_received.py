"""Forms that the edge acknowledged become people, consents, grants and leads: a batch at a time, in one transaction."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import msgspec
from django.db import transaction

from leadstone.domains.campaigns.rules.placing import Placed
from leadstone.domains.capture import services as capture
from leadstone.domains.capture.events import SubmissionAccepted
from leadstone.domains.capture.rules import ReceivedRecord, Verdict
from leadstone.domains.capture.services import Judged
from leadstone.domains.companies import services as companies
from leadstone.domains.consent import services as consent
from leadstone.domains.consent.rules import Method
from leadstone.domains.contacts import queries as contacts_queries
from leadstone.domains.contacts import services as contacts
from leadstone.domains.contacts.rules import Claim
from leadstone.domains.contacts.services import Person
from leadstone.domains.grants import services as grants
from leadstone.domains.leads import services as leads
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.questionnaire import PREFIX, claims_in
from leadstone.domains.magnets.special import agreed_in
from leadstone.domains.tracking import services as tracking
from leadstone.domains.tracking.rules import TouchKind
from leadstone.flows.origins import place
from leadstone.infra.outbox import services as outbox
from leadstone.wire.definition import ConsentOffer, MagnetDefinition

# Ref of a form that was filled in beside a member of staff → who took it down, as the consent ledger names them.
Met = Mapping[str, str]
NOBODY_MET: Met = {}


@transaction.atomic
def submissions_received(batch: Sequence[ReceivedRecord], *, now: datetime, met: Met = NOBODY_MET) -> None:
    """Keep every submission; give those that are accepted their effects. What was kept before is passed over.

    No network call. Raises `UnfitSubmission` for a record that the edge would not have acknowledged; then nothing is kept.
    """
    version_ids = {place.record.version_id for place in batch}
    definitions = magnets.definitions(version_ids)
    judged = capture.judge_submissions(batch, definitions=definitions, at=lambda ms: time_of(ms, now=now))
    accepted = [each for each in judged if each.verdict is Verdict.ACCEPTED]
    at_company = companies.remember_companies(_companies_seen(accepted), now=now)
    people = contacts.remember_contacts([_claim(each, definitions) for each in accepted], at_company, now=now)
    # Whoever stood before one of us asked themselves. Anybody may have typed the address of somebody whom we know without a
    # reason: that they asked shows when the mailbox is proven.
    contacts.mark_founded({person.contact_id for ref, person in people.items() if person.known and ref in met})
    kept = capture.keep_submissions(judged, contacts=_whose(accepted, judged, people))
    consent.record_asked(_asked(accepted, people, definitions, met))
    placed = dict(zip((each.record.ref for each in accepted), place([each.record.origin for each in accepted]), strict=True))
    tracking.note_touches(
        [
            _touched(
                each,
                people[each.record.ref],
                placed[each.record.ref],
                kind=TouchKind.MET if each.record.ref in met else TouchKind.FORM,
            )
            for each in accepted
        ]
    )
    magnet_ids = magnets.magnet_ids(version_ids)
    granted = grants.grant_all([_request(each, people, kept, magnet_ids) for each in accepted])
    opened = leads.open_leads(
        [
            leads.Interest(
                contact_id=people[each.record.ref].contact_id,
                company_id=at_company.get(each.address.domain),
                magnet_id=magnet_ids[each.record.version_id],
                version_id=each.record.version_id,
                submission_id=kept[each.record.ref],
                channel=placed[each.record.ref].channel,
                campaign_id=placed[each.record.ref].campaign_id,
                at=each.received_at,
            )
            for each in accepted
        ]
    )
    outbox.record(
        *(
            SubmissionAccepted(
                submission_id=kept[each.record.ref],
                grant_id=granted[kept[each.record.ref]],
                lead_id=opened[kept[each.record.ref]],
                contact_id=people[each.record.ref].contact_id,
            )
            for each in accepted
        ),
        at=now,
    )


def time_of(milliseconds: int, *, now: datetime) -> datetime:
    """A record's time; an edge whose clock runs ahead does not write into our future."""
    latest = int(now.timestamp() * 1000)
    return datetime.fromtimestamp(max(0, min(milliseconds, latest)) / 1000, tz=UTC)


def _companies_seen(accepted: Sequence[Judged]) -> dict[str, str]:
    """Mail domain → the company as the first visitor from there wrote it."""
    seen: dict[str, str] = {}
    for each in accepted:
        domain, claimed = each.address.domain, each.form.answers.get("company", "")
        seen[domain] = seen.get(domain) or claimed
    return seen


def _claim(each: Judged, definitions: Mapping[int, MagnetDefinition]) -> Claim:
    return Claim(
        ref=each.record.ref,
        said_at=each.received_at,
        language=each.record.language[:8],
        address=each.address,
        # Answers to questions stay with the form, but for those that a question asks about the contact; what was typed into a
        # field that says the same counts for more.
        values=_claimed(each, definitions[each.record.version_id])
        | {key: value for key, value in each.form.answers.items() if not key.startswith(PREFIX)},
    )


def _claimed(each: Judged, definition: MagnetDefinition) -> dict[str, str]:
    kind = KINDS.get(definition.kind)
    return claims_in(kind.asking.questions(definition), each.form.answers) if kind and kind.asking else {}


def _whose(accepted: Sequence[Judged], judged: Sequence[Judged], people: Mapping[str, Person]) -> dict[str, int]:
    """Address key → contact id: a repeated form belongs to whom the first belonged, a machine's to nobody whom it made up."""
    by_address = {each.address.key: people[each.record.ref].contact_id for each in accepted}
    repeated = {each.address.key for each in judged if each.verdict is Verdict.REPEATED} - set(by_address)
    return by_address | contacts_queries.contact_ids_by_address(repeated)


def _asked(
    accepted: Sequence[Judged], people: Mapping[str, Person], definitions: Mapping[int, MagnetDefinition], met: Met
) -> list[consent.Asked]:
    return [
        consent.Asked(
            contact_id=people[each.record.ref].contact_id,
            address_key=each.address.key,
            offer=offer,
            language=definitions[each.record.version_id].language,
            version_id=each.record.version_id,
            at=each.received_at,
            method=Method.IN_PERSON if each.record.ref in met else Method.FORM,
            collector=met.get(each.record.ref, "edge"),
            evidence={"ref": each.record.ref, "address": each.address.value, "network": each.record.network},
        )
        for each in accepted
        for offer in _agreed(each, definitions[each.record.version_id])
    ]


def _agreed(each: Judged, definition: MagnetDefinition) -> list[ConsentOffer]:
    """The boxes that were ticked: those of the contract, and the explicit consents beside answers of a special kind."""
    ticked = [offer for offer in definition.contract.consents if offer.key in each.form.ticked]
    return ticked + agreed_in(definition, each.form.answers)


def _touched(each: Judged, person: Person, placed: Placed, *, kind: TouchKind) -> tracking.Touched:
    return tracking.Touched(
        contact_id=person.contact_id,
        at=each.received_at,
        kind=kind,
        channel=placed.channel,
        campaign_id=placed.campaign_id,
        link_id=placed.link_id,
        origin=msgspec.to_builtins(each.record.origin),
        version_id=each.record.version_id,
        submission_ref=each.record.ref,
    )


def _request(
    each: Judged, people: Mapping[str, Person], kept: Mapping[str, int], magnet_ids: Mapping[int, int]
) -> grants.Request:
    return grants.Request(
        contact_id=people[each.record.ref].contact_id,
        magnet_id=magnet_ids[each.record.version_id],
        version_id=each.record.version_id,
        submission_id=kept[each.record.ref],
        at=each.received_at,
    )
