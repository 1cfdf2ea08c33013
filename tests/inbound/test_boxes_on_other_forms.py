"""A tick on another form: worth what somebody here said of exactly its words, and nothing before the mailbox is proven."""

import json

import pytest
from django.test import Client
from django.utils import timezone
from standardwebhooks import Webhook

from leadstone.domains.access.models import User
from leadstone.domains.capture.models import Submission
from leadstone.domains.consent.models import ConsentRecord, Permission
from leadstone.domains.consent.queries import verify_ledger
from leadstone.domains.contacts.models import Contact
from leadstone.domains.inbound import services
from leadstone.domains.inbound.models import AskedBox, Delivery, Door
from leadstone.domains.inbound.rules import Knock
from leadstone.domains.inbound.rules.boxes import Means
from leadstone.flows import doors_changed
from tests.cast import Guide, confirm, visitor
from tests.inbound.conftest import HOST, Opened, Stand, work
from tests.inbound.lead_servers import BOX, TERMS
from tests.studio.conftest import company

__all__ = ["company"]

pytestmark = pytest.mark.django_db


def send(stand: Stand, number: str, *boxes: dict[str, object], email: str = "ann@test.example") -> None:
    body, at = json.dumps({"email": email, "name": "Ann", "boxes": boxes}), timezone.now()
    signed = Webhook(stand.secret).sign(number, at, body)
    headers = {"webhook-id": number, "webhook-timestamp": str(int(at.timestamp())), "webhook-signature": signed}
    assert stand.send(Knock(body.encode(), headers)).status_code == 200
    work()


def box(words: str = BOX, *, ticked: bool = True, free: bool = True) -> dict[str, object]:
    return {"words": words, "ticked": ticked, "free": free, "language": "pl"}


def say(stand: Stand, means: Means, *, words: str = BOX, by: User) -> bool:
    row = AskedBox.objects.get(words=words)
    return doors_changed.say_box(stand.door.pk, box_id=row.pk, means=means, by=by.pk, now=timezone.now())


def recorded() -> list[tuple[str, str, str, str]]:
    rows = ConsentRecord.objects.order_by("sequence")
    return [(each.act, each.purpose, each.channel, each.wording.text if each.wording else "") for each in rows]


def test_a_box_of_which_nobody_said_anything_is_no_consent(opened: Opened) -> None:
    stand = opened()
    send(stand, "1", box())

    assert recorded() == []
    assert [(each.words, each.means, each.language) for each in AskedBox.objects.all()] == [(BOX, "", "pl")]


def test_a_tick_is_recorded_with_its_words_the_door_and_when_it_was(opened: Opened, dora: User) -> None:
    stand = opened()
    send(stand, "1", box(ticked=False))
    say(stand, Means.OFFERS_PHONE, by=dora)
    send(stand, "2", box(), email="bea@test.example")

    [record] = ConsentRecord.objects.all()
    assert recorded() == [("asked", "offers", "phone", BOX)]
    assert (record.method, record.collector, record.version_id) == ("lead_form", f"door:{stand.door.pk}", None)
    assert record.at == Delivery.objects.get(provider_id="2").said_at
    assert record.contact_id == Contact.objects.get(points__value="bea@test.example").pk
    assert Permission.objects.get().act == "asked"
    assert verify_ledger().intact


def test_whoever_ticked_it_before_anybody_said_what_it_means_is_not_forgotten(opened: Opened, dora: User) -> None:
    stand = opened()
    send(stand, "1", box())
    send(stand, "2", box(ticked=False), email="bea@test.example")
    assert say(stand, Means.OFFERS_EMAIL, by=dora)
    assert say(stand, Means.OFFERS_EMAIL, by=dora)

    assert recorded() == [("asked", "offers", "email", BOX)]


def test_words_that_were_changed_are_other_words(opened: Opened, dora: User) -> None:
    stand = opened()
    send(stand, "1", box())
    say(stand, Means.OFFERS_EMAIL, by=dora)
    before = len(recorded())
    send(stand, "2", box(BOX + " I partnerom."), email="bea@test.example")

    assert len(recorded()) == before
    assert AskedBox.objects.filter(means="").count() == 1


def test_a_box_that_had_to_be_ticked_is_no_free_choice_and_nobody_may_make_it_one(opened: Opened, dora: User) -> None:
    stand = opened()
    send(stand, "1", box(TERMS, free=False))

    assert not say(stand, Means.OFFERS_EMAIL, words=TERMS, by=dora)
    assert say(stand, Means.NOTHING, words=TERMS, by=dora)
    send(stand, "2", box(TERMS, free=False), email="bea@test.example")
    assert recorded() == []


def test_terms_and_privacy_are_no_consent_to_anything(opened: Opened, dora: User) -> None:
    stand = opened()
    send(stand, "1", box(TERMS))
    say(stand, Means.NOTHING, words=TERMS, by=dora)
    send(stand, "2", box(TERMS), email="bea@test.example")

    assert recorded() == []


def test_words_that_are_other_each_time_do_not_fill_the_table(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_WORDINGS", 3)
    stand = opened()
    for number in range(6):
        send(stand, str(number), box(f"Words, number {number}."))

    assert AskedBox.objects.count() == 3


def test_words_of_another_door_are_not_for_this_one_to_say(opened: Opened, dora: User) -> None:
    stand, other = opened(), opened()
    send(stand, "1", box())

    assert not say(other, Means.OFFERS_EMAIL, by=dora)


def test_the_button_in_the_mail_of_the_magnet_confirms_what_was_ticked_there(opened: Opened, guide: Guide, dora: User) -> None:
    stand = opened(magnet_id=guide.magnet_id)
    send(stand, "1", box())
    say(stand, Means.OFFERS_PHONE, by=dora)
    send(stand, "2", box(), email="bea@test.example")
    send(stand, "3", box(ticked=False), email="cleo@test.example")
    assert {act for act, *_ in recorded()} == {"asked"}

    for address in ("bea@test.example", "cleo@test.example"):
        confirm(visitor(guide, address), now=timezone.now())

    given = ConsentRecord.objects.filter(act="given")
    assert [(each.purpose, each.channel, each.wording.text) for each in given if each.wording] == [("offers", "phone", BOX)]
    assert given.get().contact_id == Contact.objects.get(points__value="bea@test.example").pk
    assert given.get().version_id == guide.version_id
    assert Submission.objects.count() == 3


def test_a_form_of_the_same_day_without_the_tick_leaves_it_in_doubt(opened: Opened, guide: Guide, dora: User) -> None:
    stand = opened(magnet_id=guide.magnet_id)
    send(stand, "1", box())
    say(stand, Means.OFFERS_PHONE, by=dora)
    send(stand, "2", box(ticked=False))
    assert recorded()
    confirm(visitor(guide, "ann@test.example"), now=timezone.now())

    assert not ConsentRecord.objects.filter(act="given").exists()


def test_the_door_shows_the_words_and_takes_what_they_mean(opened: Opened, company: None, dora: User) -> None:
    stand = opened()
    send(stand, "1", box("<b>Call me</b>"), box(TERMS, free=False))
    client = Client(headers=HOST)
    client.force_login(dora)
    page = client.get(f"/ways-in/{stand.door.pk}").content.decode()

    assert "&lt;b&gt;Call me&lt;/b&gt;" in page
    assert page.count('name="means"') == 1
    row = AskedBox.objects.get(free=True)
    for wrong in ("offers:fax", "special:email"):
        assert client.post(f"/ways-in/{stand.door.pk}/box/{row.pk}", {"means": wrong}).status_code == 404
    assert client.post(f"/ways-in/{stand.door.pk}/box/{row.pk}", {"means": "offers:phone"}).status_code == 302
    row.refresh_from_db()
    assert row.means == "offers:phone"
    assert Door.objects.get().pk == stand.door.pk
