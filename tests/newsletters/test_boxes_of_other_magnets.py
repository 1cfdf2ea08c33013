"""Letters that a box of another magnet promised are sent, by a topic that somebody chose for it."""

from datetime import timedelta

import pytest

from leadstone.domains.contacts.models import Contact
from leadstone.domains.magnets.models import Magnet
from leadstone.domains.newsletters.models import Subscription
from leadstone.domains.newsletters.queries import boxes
from leadstone.domains.newsletters.queries.audience import AudienceFilter, audience, audience_lines
from leadstone.domains.newsletters.rules import Refusal
from leadstone.domains.newsletters.services.keeping import keep_box
from leadstone.domains.privacy import services as privacy
from leadstone.flows import preferences
from leadstone.portal.topics import own_newsletters
from leadstone.wire.definition import Purpose
from leadstone.wire.records import ExchangeUndone, LeftMarketing, MailboxProven
from tests.newsletters.conftest import Letters
from tests.worker.conftest import MONDAY

LATER = MONDAY + timedelta(hours=1)


class Guided(Letters):
    """The house whose guide has a box for letters too."""

    guide_id: int

    def tick(self, email: str, *, confirmed: bool = True) -> int:
        """Ask for the guide with the box ticked; returns the id of the person."""
        version, self.version = self.version, self.guide
        self.journal(self.form(email, ticked=True))
        self.version = version
        self.work()
        if confirmed:
            self.confirm(email)
        return Contact.objects.get(points__value=email).pk

    def keep(self, topic: str = "practice") -> None:
        assert keep_box(source_id=self.guide_id, magnet_id=self.magnet_id, topic=topic, by=1, now=MONDAY)


@pytest.fixture
def letters(letters: Letters) -> Guided:
    made = Guided(letters.folder, letters.version)
    made.magnet_id = letters.magnet_id
    guide = Magnet.objects.get(slug="guide")
    made.guide, made.guide_id = guide.versions.get(), guide.pk  # type: ignore[attr-defined]
    return made


def got(letters: Letters) -> list[str]:
    return sorted(mail.envelope.to.split("@")[0] for mail in letters.mails() if mail.envelope.subject == "March")


def test_a_promise_that_no_topic_keeps_is_counted_and_reaches_nobody(letters: Guided) -> None:
    letters.tick("ann@home.example")

    (box,) = boxes.boxes()
    assert (box.source_id, box.people, box.newsletter_id) == (letters.guide_id, 1, None)
    assert box.words == "Also send me one letter a month about heating costs."
    letters.send(letters.write(), at=LATER)
    assert got(letters) == []


def test_once_a_topic_keeps_it_everybody_who_agreed_before_or_after_gets_its_letters_and_no_others(letters: Guided) -> None:
    letters.tick("ann@home.example")
    letters.keep("practice")
    letters.tick("bob@home.example", confirmed=False)
    letters.tick("cleo@home.example")

    letters.send(letters.write(topics=("practice",)), at=LATER)
    assert got(letters) == ["ann", "cleo"]

    letters.send(letters.write(topics=("rules",)), at=LATER + timedelta(days=40))
    assert got(letters) == ["ann", "cleo"]
    assert not Subscription.objects.exists()


def test_who_chose_the_topic_too_gets_one_letter(letters: Guided) -> None:
    letters.tick("ann@home.example")
    letters.subscribe("ann@home.example", "practice", at=MONDAY + timedelta(minutes=5))
    letters.keep()

    letters.send(letters.write(), at=LATER)

    assert got(letters) == ["ann"]


def test_the_audience_counts_them_apart_and_names_the_words(letters: Guided) -> None:
    ann = letters.tick("ann@home.example")
    letters.subscribe("dora@home.example", "practice")
    letters.keep()
    asked = {"magnet_id": letters.magnet_id, "topics": ["practice"], "now": LATER}

    counted = audience(purpose=Purpose.NEWSLETTER, **asked)  # type: ignore[arg-type]
    (line,) = audience_lines(AudienceFilter(promised=True), purpose=Purpose.NEWSLETTER, **asked)  # type: ignore[arg-type]
    offers = audience(purpose=Purpose.OFFERS, **asked)  # type: ignore[arg-type]

    assert (counted.readers, counted.would_get, counted.promised) == (2, 2, 1)
    assert (line.contact_id, line.promised[0].words) == (ann, "Also send me one letter a month about heating costs.")
    assert (offers.would_get, offers.promised) == (0, 0)


def test_the_person_sees_it_on_my_page_and_what_they_choose_there_counts(letters: Guided) -> None:
    ann = letters.tick("ann@home.example")
    letters.keep("practice")

    (shown,) = own_newsletters(ann)
    assert (shown.keys, shown.promised[0].words) == ({"practice"}, "Also send me one letter a month about heating costs.")

    assert preferences.choose_topics(ann, magnet_id=letters.magnet_id, topics=["rules"], now=LATER)
    (shown,) = own_newsletters(ann)
    assert shown.keys == {"rules"}
    letters.send(letters.write(topics=("practice",)), at=LATER)
    assert got(letters) == []


def test_who_chose_no_topic_at_all_finds_the_way_back(letters: Guided) -> None:
    ann = letters.tick("ann@home.example")
    letters.keep()
    preferences.choose_topics(ann, magnet_id=letters.magnet_id, topics=[], now=LATER)

    (shown,) = own_newsletters(ann)

    assert shown.keys == frozenset()


@pytest.mark.parametrize("way", ["left", "undone", "erased"])
def test_leaving_works_as_before(letters: Guided, way: str) -> None:
    ann = letters.tick("ann@home.example")
    letters.keep()
    at = int(LATER.timestamp() * 1000)
    if way == "left":
        letters.journal(LeftMarketing(at=at, contact_key=str(Contact.objects.get().key), one_click=True))
    elif way == "undone":
        letters.journal(ExchangeUndone(at=at, grant_key=str(letters.grant_key(letters.mails()[-1]))))
    else:
        privacy.erase_contact(ann, now=LATER)
    letters.work(LATER)

    letters.send(letters.write(), at=LATER + timedelta(hours=1))

    assert got(letters) == []
    assert boxes.boxes()[0].people == 0
    assert own_newsletters(ann) == []


def test_undoing_the_guide_ends_its_letters_though_others_are_allowed(letters: Guided) -> None:
    ann = letters.tick("ann@home.example")
    guide_mail = letters.mails()[-1]
    letters.subscribe("ann@home.example", "rules", at=MONDAY + timedelta(minutes=5))
    letters.keep("practice")
    letters.journal(ExchangeUndone(at=int(LATER.timestamp() * 1000), grant_key=str(letters.grant_key(guide_mail))))
    letters.work(LATER)

    assert {key for each in own_newsletters(ann) for key in each.keys} <= {"rules"}


def test_only_a_topic_of_the_newsletter_can_keep_it_and_no_other_newsletter_takes_it_over(letters: Guided) -> None:
    unknown = keep_box(source_id=letters.guide_id, magnet_id=letters.magnet_id, topic="castle", by=1, now=MONDAY)
    itself = keep_box(source_id=letters.magnet_id, magnet_id=letters.magnet_id, topic="practice", by=1, now=MONDAY)
    letters.keep()

    assert (unknown.because, itself.because) == (Refusal.TOPIC_UNKNOWN, Refusal.NOT_ITS_BOX)
    assert boxes.boxes()[0].topic == "practice"
    letters.keep("")
    assert boxes.boxes()[0].newsletter_id is None


def test_who_answers_a_second_form_of_the_guide_is_asked_for_nothing_again(letters: Guided) -> None:
    ann = letters.tick("ann@home.example")
    letters.keep()
    preferences.choose_topics(ann, magnet_id=letters.magnet_id, topics=["rules"], now=LATER)
    key = str(letters.grant_key(letters.mails()[-1]))
    letters.journal(MailboxProven(at=int(LATER.timestamp() * 1000) + 1000, grant_key=key, form=""))
    letters.work(LATER + timedelta(minutes=1))

    assert own_newsletters(ann)[0].keys == {"rules"}
