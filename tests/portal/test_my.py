"""The page of a token holder: everything that we know, and the way out of it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leadstone.domains.consent import queries as consent
from leadstone.domains.contacts import services as people
from leadstone.domains.contacts.models import Contact, ContactPoint
from leadstone.domains.contacts.rules import Tagged, TagSource
from leadstone.domains.grants.models import Grant
from leadstone.infra.keys import load_or_create_secret
from leadstone.infra.stored_tokens import services as stored_tokens
from leadstone.wire.records import MailboxProven
from tests.worker.conftest import MONDAY, PUBLIC_URL, House


class Visitor:
    """A browser behind the edge: it carries the door key, no cookie, and says where its forms come from."""

    def __init__(self, house: House) -> None:
        self._client = Client(enforce_csrf_checks=True)
        self.headers = {"X-Leadstone-Door": load_or_create_secret(house.folder.keys / "door.key")}
        self.now = MONDAY

    def get(self, path: str) -> tuple[int, str]:
        response = self._client.get(path, headers=self.headers, **{"leadstone.now": self.now})
        assert not response.cookies
        return response.status_code, response.content.decode()

    def fetch(self, path: str) -> HttpResponse:
        """The whole answer, for what is no page."""
        response: HttpResponse = self._client.get(path, headers=self.headers, **{"leadstone.now": self.now})
        assert not response.cookies
        return response

    def post(self, path: str, data: dict[str, str] | None = None, *, origin: str = PUBLIC_URL) -> tuple[int, str]:
        headers = {**self.headers, "Origin": origin}
        response = self._client.post(path, data or {}, headers=headers, **{"leadstone.now": self.now})
        assert not response.cookies
        return response.status_code, response.headers.get("Location", response.content.decode())


@pytest.fixture
def visitor(house: House, settings: object) -> Visitor:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"public_url": PUBLIC_URL})  # type: ignore[attr-defined]
    return Visitor(house)


@pytest.fixture
def ann(house: House) -> Contact:
    """Ann ticked the newsletter, proved her mailbox and has her guide."""
    form = house.form("ann@home.example", ticked=True)
    form.answers["name"] = "Ann Żółw"
    house.journal(form)
    house.work()
    house.journal(MailboxProven(at=int(MONDAY.timestamp() * 1000), grant_key=str(house.grant_key(house.mails()[0]))))
    house.work()
    return ContactPoint.objects.get().contact


@pytest.fixture
def link(ann: Contact) -> str:
    tokens = stored_tokens.mint([str(ann.pk)], purpose="my", expires_at=MONDAY + timedelta(days=30), now=MONDAY)
    return f"/my/{tokens[str(ann.pk)]}"


def test_the_page_shows_what_is_known_and_why_we_wrote(visitor: Visitor, link: str) -> None:
    status, page = visitor.get(link)

    assert status == 200
    for words in ("ann@home.example", "Also send me one letter a month", "Read a heat-pump quote", "allowed", "open it here"):
        assert words in page, words


def test_the_page_shows_what_we_call_the_person_and_who_said_so_but_nothing_that_was_taken_away(
    visitor: Visitor, ann: Contact, link: str
) -> None:
    tags = ((TagSource.ANSWER, "Flat <roof>"), (TagSource.STAFF, "Neighbour"), (TagSource.PROGRAM, "Gas"))
    said = [Tagged(contact_id=ann.pk, names=[name], source=source, said_ref="1") for source, name in tags]
    people.tag_people(said, now=MONDAY)
    gone = people.add_tag(ann.pk, name="Grumpy", by=1, now=MONDAY)
    people.remove_tag(ann.pk, tag_id=gone or 0, now=MONDAY)

    page = visitor.get(link)[1]

    for name, whose in (("Flat &lt;roof&gt;", "By an answer of yours"), ("Neighbour", "by one of us"), ("Gas", "by a program")):
        assert whose in page.partition(f">{name}<")[2].partition("</dd>")[0], name
    assert "Grumpy" not in page


def test_looking_changes_nothing(visitor: Visitor, link: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        visitor.get(link)
        visitor.get(f"{link}/leave")
        visitor.get(f"{link}/withdraw")
        visitor.get(f"{link}/undo")

    assert not [q["sql"] for q in queries if re.match(r"\s*(INSERT|UPDATE|DELETE)", q["sql"])]


@pytest.mark.parametrize("path", ["/my/unknown", "/my/" + "x" * 5000, "/my/%00", "/my/..%2f"])
def test_a_wrong_link_tells_nothing(visitor: Visitor, ann: Contact, path: str) -> None:
    status, page = visitor.get(path)

    assert status == 404
    assert "ann" not in page.lower()


def test_a_link_ends_after_thirty_days(visitor: Visitor, link: str) -> None:
    visitor.now = MONDAY + timedelta(days=31)

    assert visitor.get(link)[0] == 404


def test_one_purpose_can_be_taken_back(visitor: Visitor, ann: Contact, link: str) -> None:
    status, location = visitor.post(f"{link}/withdraw", {"purpose": "newsletter"})

    assert (status, location) == (303, f"{link}?done=withdrawn&lang=en")
    assert set(consent.permissions_of([ann.pk])[ann.pk].values()) == {"withdrawn"}
    assert "we no longer write to you for this" in visitor.get(location)[1]


def test_leaving_everything_stops_all_marketing_and_is_the_same_twice(visitor: Visitor, ann: Contact, link: str) -> None:
    for _ in range(2):
        assert visitor.post(f"{link}/leave")[0] == 303

    hashes = {ContactPoint.objects.get(contact=ann).key}
    assert hashes
    assert set(consent.permissions_of([ann.pk])[ann.pk].values()) == {"withdrawn"}
    assert len([line for line in consent.history_of(ann.pk) if line.act == "withdrawn"]) == 1
    assert consent.verify_ledger().intact


def test_an_exchange_can_be_undone_and_then_nobody_is_known(visitor: Visitor, ann: Contact, link: str) -> None:
    key = str(Grant.objects.get().key)

    assert visitor.post(f"{link}/undo", {"grant": key})[0] == 303

    assert Grant.objects.get(key=key).state == "undone"
    assert ContactPoint.objects.count() == 0
    assert visitor.get(link)[0] == 404


def test_somebody_elses_exchange_cannot_be_undone(house: House, visitor: Visitor, link: str) -> None:
    house.journal(house.form("bob@home.example"))
    house.work(MONDAY + timedelta(minutes=1))
    other = Grant.objects.latest("pk")

    visitor.post(f"{link}/undo", {"grant": str(other.key)})
    visitor.post(f"{link}/undo", {"grant": "nonsense"})

    other.refresh_from_db()
    assert other.state != "undone"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://warm.example", "https://warm.example.evil.example"])
def test_another_site_cannot_press_the_buttons(visitor: Visitor, ann: Contact, link: str, origin: str) -> None:
    for action in ("leave", "withdraw", "undo"):
        assert visitor.post(f"{link}/{action}", {"purpose": "newsletter"}, origin=origin)[0] == 403

    assert set(consent.permissions_of([ann.pk])[ann.pk].values()) == {"given"}


def test_without_the_door_key_there_is_no_portal(visitor: Visitor, link: str) -> None:
    right = visitor.headers
    assert Client().get(link).status_code == 404
    visitor.headers = {"X-Leadstone-Door": "0" * 96}
    assert visitor.get(link)[0] == 403
    visitor.headers = {"X-Leadstone-Door": "ż"}
    assert visitor.get(link)[0] == 403
    visitor.headers = right
    assert visitor.get("/")[0] == 404, "the studio is not behind this door"


def test_the_page_speaks_polish_too(visitor: Visitor, link: str) -> None:
    english, polish = visitor.get(f"{link}?lang=en")[1], visitor.get(f"{link}?lang=pl")[1]

    assert 'lang="pl"' in polish
    for words in re.findall(r"<h[12][^>]*>([^<]+)</h", english):
        assert f">{words}</h" not in polish, f"untranslated: {words}"
