"""What a device collected becomes leads, once, whatever happens on the way."""

from datetime import timedelta

import pytest

from leadstone.domains.access.models import User
from leadstone.domains.activities.models import Activity
from leadstone.domains.campaigns.models import Campaign
from leadstone.domains.consent.models import ConsentRecord, Permission
from leadstone.domains.contacts.models import Contact, Statement
from leadstone.domains.kiosks import services as kiosks
from leadstone.domains.kiosks.models import Kiosk, KioskEntry
from leadstone.domains.kiosks.rules import HELD_FOR, EntryState
from leadstone.domains.leads.models import Lead
from leadstone.domains.tracking.models import Touch
from leadstone.flows.kiosks_changed import decide_held, revoke_kiosk, take_back_revocation
from leadstone.infra.outbox.models import RecordedEvent
from leadstone.wire.kiosk import SealedEntry
from tests.cast import MONDAY, NEWSLETTER, Guide, published
from tests.kiosks.stand import Device, fair, paired

pytestmark = pytest.mark.django_db

EVENING = MONDAY + timedelta(hours=9)


@pytest.fixture
def campaign(db: None) -> Campaign:
    return fair()


@pytest.fixture
def device(guide: Guide, emil: User, campaign: Campaign) -> Device:
    return paired(guide, emil, campaign=campaign)


def states() -> list[str]:
    return sorted(KioskEntry.objects.values_list("state", flat=True))


def test_a_visit_becomes_a_lead_of_the_campaign_and_its_mail_is_due(guide: Guide, device: Device, campaign: Campaign) -> None:
    device.hands_over(device.visit(guide, "ann@example.com", at=MONDAY, phone="601 234 567"), at=EVENING)

    lead = Lead.objects.get()
    assert (lead.channel, lead.campaign_id, lead.magnet_id) == ("trade_fair", campaign.pk, guide.magnet_id)
    assert lead.opened_at == MONDAY
    touch = Touch.objects.get()
    assert (touch.kind, touch.campaign_id, touch.at) == ("met", campaign.pk, MONDAY)
    assert Statement.objects.get().state == "claimed"
    assert RecordedEvent.objects.filter(kind="SubmissionAccepted").count() == 1
    assert states() == ["taken"]
    assert bytes(KioskEntry.objects.get().sealed) == b""


def test_a_tick_is_recorded_with_its_words_its_time_and_who_stood_beside(guide: Guide, device: Device, emil: User) -> None:
    device.hands_over(device.visit(guide, "ann@example.com", at=MONDAY, ticked=[NEWSLETTER.key]), at=EVENING)

    said = ConsentRecord.objects.select_related("wording").get()
    assert (said.act, said.method, said.collector, said.at) == ("asked", "in_person", f"staff:{emil.pk}", MONDAY)
    assert said.wording is not None
    assert said.wording.text == NEWSLETTER.text
    # A typed address is a claim: nothing may be sent on the strength of it.
    assert Permission.objects.get().act == "asked"


def test_however_often_it_is_sent_it_is_one_lead(guide: Guide, device: Device) -> None:
    people = [device.visit(guide, f"visitor{number}@example.com", at=MONDAY) for number in range(3)]

    for _ in range(3):
        device.hands_over(*people, at=EVENING)
    device.hands_over(people[0], people[0], people[2], at=EVENING)

    assert Lead.objects.count() == 3
    assert KioskEntry.objects.count() == 3
    assert RecordedEvent.objects.filter(kind="SubmissionAccepted").count() == 3


def test_a_clock_that_is_wrong_moves_no_visit(guide: Guide, device: Device) -> None:
    device.wrong_by = timedelta(days=-3650)

    device.hands_over(device.visit(guide, "ann@example.com", at=MONDAY), at=EVENING)

    entry = KioskEntry.objects.get()
    assert entry.collected_at == MONDAY
    assert entry.device_at == MONDAY + device.wrong_by
    assert entry.arrived_at == EVENING
    assert Lead.objects.get().opened_at == MONDAY


def test_a_rating_is_a_note_on_the_card_whenever_it_arrives(guide: Guide, device: Device, emil: User) -> None:
    visit = device.visit(guide, "ann@example.com", at=MONDAY)
    heard = device.rating(visit.key, at=MONDAY + timedelta(minutes=1), rating="hot", note="Builds in May.")

    device.hands_over(heard, at=EVENING)
    assert states() == ["early"]
    device.hands_over(visit, at=EVENING)

    note = Activity.objects.get()
    assert (note.lead_id, note.created_by_id, note.kind) == (Lead.objects.get().pk, emil.pk, "note")
    assert note.text == "Warsaw Home 2026: hot\nBuilds in May."
    assert states() == ["taken", "taken"]
    assert not any(bytes(row.sealed) for row in KioskEntry.objects.all())


def test_a_card_is_a_lead_of_the_collector_and_no_mail_goes_out(
    guide: Guide, device: Device, emil: User, campaign: Campaign
) -> None:
    device.hands_over(
        device.card(
            at=MONDAY, name="Bob Lis", company="Dom", email="bob@dom.example.com", rating="warm", note="Has a catalogue."
        ),
        at=EVENING,
    )

    lead = Lead.objects.get()
    assert (lead.owner_id, lead.basis, lead.campaign_id, lead.where_met) == (emil.pk, "gave_card", campaign.pk, campaign.name)
    assert Activity.objects.get().text == "Warsaw Home 2026: warm\nHas a catalogue."
    assert not RecordedEvent.objects.filter(kind="SubmissionAccepted").exists()
    assert not ConsentRecord.objects.exists()


def test_a_form_with_one_wrong_answer_is_a_form_without_it(guide: Guide, device: Device) -> None:
    device.hands_over(device.visit(guide, "ann@example.com", at=MONDAY, phone="123", company="Dom"), at=EVENING)

    assert RecordedEvent.objects.filter(kind="SubmissionAccepted").count() == 1
    assert Statement.objects.get().values == {"email": "ann@example.com", "company": "Dom"}
    assert Activity.objects.get().text == "phone: 123"


def test_whoever_mistyped_their_address_can_still_be_called(guide: Guide, device: Device) -> None:
    device.hands_over(device.visit(guide, "ann@example", at=MONDAY, phone="601 234 567", ticked=[NEWSLETTER.key]), at=EVENING)

    assert Lead.objects.get().basis == "asked_us"
    assert Activity.objects.get().text == "email: ann@example"
    assert not ConsentRecord.objects.exists()
    assert not RecordedEvent.objects.filter(kind="SubmissionAccepted").exists()


def _nested(depth: int) -> object:
    return [_nested(depth - 1)] if depth else 1


def _garbage(device: Device, guide: Guide, other: Guide) -> list[SealedEntry]:
    whole = device.visit(guide, "ann@example.com", at=MONDAY)
    stranger = Device(device.seal_key, key="x" * 22)
    return [
        device.sealed([1, 2]),
        device.sealed({"kind": "visit"}),
        device.sealed({"kind": "party", "at": 1}),
        device.sealed({"kind": "rating", "at": -1, "about": "x"}),
        device.visit(other, "ann@example.com", at=MONDAY),
        device.visit(guide, "nobody", at=MONDAY),
        device.card(at=MONDAY, name="Nobody"),
        # Sealed by another device, or renamed on the way.
        stranger.visit(guide, "ann@example.com", at=MONDAY),
        SealedEntry(key="y" * 22, sealed=whole.sealed),
        SealedEntry(key="z" * 22, sealed=whole.sealed[:-1] + bytes([whole.sealed[-1] ^ 1])),
        SealedEntry(key="q" * 22, sealed=b"\1" + b"\0" * 300),
        SealedEntry(key="w" * 22, sealed=b"?"),
        device.sealed({"kind": "card", "at": 1, "language": "en", "values": {}, "more": _nested(480)}),
    ]


def test_garbage_holds_nobody_up_and_is_counted(guide: Guide, device: Device, published_other: Guide) -> None:
    garbage = _garbage(device, guide, published_other)

    device.hands_over(*garbage, device.visit(guide, "bob@example.com", at=MONDAY), at=EVENING)

    assert Contact.objects.count() == 1
    assert states() == ["taken", *["unreadable"] * len(garbage)]
    assert all(bytes(row.sealed) for row in KioskEntry.objects.filter(state="unreadable"))


def test_a_device_that_nobody_paired_changes_nothing(guide: Guide, device: Device) -> None:
    stranger = Device(device.seal_key, key="s" * 22)

    stranger.hands_over(stranger.visit(guide, "ann@example.com", at=MONDAY), at=EVENING)

    assert not Lead.objects.exists()
    assert not KioskEntry.objects.exists()


def test_what_comes_after_a_revocation_waits_for_a_person(guide: Guide, device: Device, dora: User) -> None:
    kiosk_id = Kiosk.objects.get().pk
    device.hands_over(device.visit(guide, "ann@example.com", at=MONDAY), at=MONDAY)
    revoke_kiosk(kiosk_id, by=dora.pk, now=EVENING)

    # Collected before the revocation, says the device: its clock is in the hands of whoever has it.
    device.hands_over(device.visit(guide, "bob@example.com", at=MONDAY), at=EVENING + timedelta(minutes=1))

    assert Lead.objects.count() == 1
    assert states() == ["held", "taken"]
    assert decide_held(kiosk_id, take=True, by=dora.pk, now=EVENING + timedelta(hours=1)) == 1
    assert Lead.objects.count() == 2
    assert states() == ["taken", "taken"]


def test_what_is_discarded_leaves_nothing(guide: Guide, device: Device, dora: User) -> None:
    kiosk_id = Kiosk.objects.get().pk
    revoke_kiosk(kiosk_id, by=dora.pk, now=MONDAY)
    device.hands_over(device.visit(guide, "bob@example.com", at=MONDAY), at=EVENING)

    assert decide_held(kiosk_id, take=False, by=dora.pk, now=EVENING) == 1
    assert decide_held(kiosk_id, take=True, by=dora.pk, now=EVENING) == 0

    assert not Lead.objects.exists()
    assert bytes(KioskEntry.objects.get().sealed) == b""


def test_an_undone_revocation_takes_in_what_came_meanwhile(guide: Guide, device: Device, dora: User) -> None:
    kiosk_id = Kiosk.objects.get().pk
    revoke_kiosk(kiosk_id, by=dora.pk, now=EVENING)
    device.hands_over(device.visit(guide, "bob@example.com", at=MONDAY), at=EVENING + timedelta(seconds=5))

    assert take_back_revocation(kiosk_id, by=dora.pk, now=EVENING + timedelta(seconds=9))

    assert Lead.objects.count() == 1
    assert not take_back_revocation(kiosk_id, by=dora.pk, now=EVENING + timedelta(seconds=10))


def test_what_nobody_decides_about_is_forgotten(guide: Guide, device: Device, dora: User) -> None:
    revoke_kiosk(Kiosk.objects.get().pk, by=dora.pk, now=MONDAY)
    device.hands_over(device.visit(guide, "bob@example.com", at=MONDAY), at=EVENING)

    assert kiosks.forget_sealed(before=EVENING) == 0
    assert kiosks.forget_sealed(before=EVENING + HELD_FOR) == 1

    assert states() == [EntryState.DISCARDED.value]
    assert bytes(KioskEntry.objects.get().sealed) == b""


def test_a_device_tells_how_much_waits_and_an_old_telling_changes_nothing(device: Device) -> None:
    device.hands_over(at=EVENING, waiting=4)
    device.hands_over(at=MONDAY, waiting=9)

    row = Kiosk.objects.get()
    assert (row.seen_at, row.waiting) == (EVENING, 4)


@pytest.fixture
def published_other(db: None) -> Guide:
    return published("other")
