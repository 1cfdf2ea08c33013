"""The screens for other programs: a key shown once, an address refused in words, a message sent again, a list to keep."""

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leadstone.domains.access.models import ApiKey
from leadstone.domains.access.rules import Reach, Role, Thing
from leadstone.domains.access.services import change_reaches
from leadstone.domains.audit.models import AuditLine
from leadstone.domains.delivery.services import hosts
from leadstone.domains.leads.models import Lead
from leadstone.domains.trials.models import Trial
from leadstone.domains.webhooks import services
from leadstone.domains.webhooks.models import Delivery, Endpoint
from leadstone.domains.webhooks.rules import Attempt, EventKind, State
from leadstone.domains.webhooks.services import Occasion
from leadstone.infra.host import this_host
from tests.cast import MONDAY, staff
from tests.studio.conftest import Browser
from tests.trials.conftest import begin, trial_magnet

SCREENS = ("/machines/", "/machines/webhooks", "/machines/deliveries", "/machines/deliveries.csv")
KEY = {"name": "Web shop", "scopes": ["magnets:read"], "reach": "all", "team": "", "expires_on": ""}
ENDPOINT = {"name": "App", "url": "https://app.example/hooks", "events": ["deal.won"]}


def words(page: Any) -> str:
    return str(page.content.decode())


def audited(action: str) -> list[dict[str, Any]]:
    return [row.facts for row in AuditLine.objects.filter(action=action).order_by("pk")]


@pytest.fixture
def key(admin: Client) -> ApiKey:
    admin.post("/machines/", KEY)
    return ApiKey.objects.get()


@pytest.fixture
def endpoint(admin: Client) -> Endpoint:
    admin.post("/machines/webhooks", ENDPOINT)
    return Endpoint.objects.get()


@pytest.fixture
def dead(endpoint: Endpoint) -> Delivery:
    """A message that was given up, for the endpoint answered that it is gone."""
    hosts.arrive(this_host(), now=MONDAY)
    services.queue([Occasion(kind=EventKind.TEST, key="test:1", at=MONDAY, only_to=endpoint.key)], now=MONDAY)
    [pk] = services.claim(worker="w", busy=(), limit=1, now=MONDAY)
    services.settle(pk, Attempt(410), worker="w", now=MONDAY)
    return Delivery.objects.get()


@pytest.mark.parametrize("role", list(Role))
def test_only_who_manages_machines_comes_in(browser_of: Browser, role: Role) -> None:
    client = browser_of(role)
    allowed = role in {Role.ADMIN, Role.MANAGER}
    assert {client.get(path).status_code for path in SCREENS} == {200 if allowed else 403}
    assert {client.post(path, {}).status_code for path in ("/machines/", "/machines/webhooks")} == {422 if allowed else 403}
    assert not ApiKey.objects.exists()


def test_a_key_is_shown_once_and_never_again(admin: Client) -> None:
    shown = re.search(r"lsk_[\w-]+", words(admin.post("/machines/", KEY)))
    assert shown
    assert shown[0] not in words(admin.get("/machines/"))
    assert shown[0] not in repr(list(ApiKey.objects.values_list())) + repr(list(AuditLine.objects.values_list()))
    headers = {"host": "127.0.0.1", "authorization": f"Bearer {shown[0]}"}
    assert Client(headers=headers).get("/api/v1/magnets").status_code == 200


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["everything"]}, "scopes"),
        ({"reach": "own"}, "reach"),
        ({"reach": "team"}, "team"),
        ({"team": "999999"}, "team"),
        ({"expires_on": "yesterday"}, "expires_on"),
    ],
)
def test_a_key_that_does_not_do_is_refused_beside_its_field(admin: Client, said: dict[str, Any], field: str) -> None:
    answer = admin.post("/machines/", KEY | said)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert not ApiKey.objects.exists()


def test_a_revoked_key_opens_nothing_until_that_is_undone_within_minutes(admin: Client, key: ApiKey) -> None:
    page = words(admin.post(f"/machines/keys/{key.pk}/revoke", follow=True))
    assert f"/machines/keys/{key.pk}/back" in page
    key.refresh_from_db()
    assert key.revoked_at is not None
    admin.post(f"/machines/keys/{key.pk}/back")
    key.refresh_from_db()
    assert key.revoked_at is None
    ApiKey.objects.update(revoked_at=timezone.now() - timedelta(minutes=11))
    admin.post(f"/machines/keys/{key.pk}/back")
    key.refresh_from_db()
    assert key.revoked_at is not None
    assert [len(audited(action)) for action in ("key_made", "key_revoked", "key_back")] == [1, 1, 1]


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("app.example", "This is no web address."),
        ("http://app.example/hooks", "An address begins with https://"),
        ("ftp://app.example/", "An address begins with https://"),
        ("https://ann:secret@app.example/", "No name or password in the address"),
        ("https://localhost/", "Write a public name"),
        ("https://app/", "Write a public name"),
        ("https://0x7f.1/", "Write a public name"),
        ("https://app.example:22/", "Only the ports of the web are asked"),
        ("https://127.0.0.1/", "a network that is not the public one"),
        ("https://192.168.1.10/hooks", "a network that is not the public one"),
        ("https://169.254.169.254/", "a network that is not the public one"),
        ("https://[::1]/", "a network that is not the public one"),
    ],
)
def test_an_address_that_we_do_not_ask_is_refused_in_words_beside_the_field(
    admin: Client, endpoint: Endpoint, url: str, says: str
) -> None:
    for path in ("/machines/webhooks", f"/machines/webhooks/{endpoint.pk}"):
        answer = admin.post(path, ENDPOINT | {"url": url})
        assert answer.status_code == 422
        assert says in str(answer.context["form"].errors["url"])
    assert [row.url for row in Endpoint.objects.all()] == [ENDPOINT["url"]]


def test_a_network_that_the_installation_names_may_be_told(admin: Client, settings: Any) -> None:
    settings.OUTBOUND_NETWORKS = ["10.0.0.0/8"]
    assert admin.post("/machines/webhooks", ENDPOINT | {"url": "http://10.1.2.3:3000/hooks"}).status_code == 200


@pytest.mark.parametrize(("said", "field"), [({"name": " "}, "name"), ({"events": ["deal.lost"]}, "events")])
def test_an_endpoint_that_does_not_do_is_refused(admin: Client, said: dict[str, Any], field: str) -> None:
    answer = admin.post("/machines/webhooks", ENDPOINT | said)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {field})
    assert not Endpoint.objects.exists()


def test_the_secret_stands_on_no_page_that_can_be_opened_by_its_address(admin: Client, endpoint: Endpoint) -> None:
    answer = admin.post(f"/machines/webhooks/{endpoint.pk}/secret")
    assert "whsec_" in words(answer)
    assert "no-store" in answer["Cache-Control"]
    assert admin.get(f"/machines/webhooks/{endpoint.pk}/secret").status_code == 405
    for path in ("/machines/webhooks", f"/machines/webhooks/{endpoint.pk}"):
        assert "whsec_" not in words(admin.get(path))


def test_a_new_secret_is_another_one_and_the_screen_says_how_long_both_sign(admin: Client, endpoint: Endpoint) -> None:
    def secret(page: Any) -> str:
        found = re.search(r"whsec_[^\"]+", words(page))
        assert found
        return found[0]

    old = secret(admin.post(f"/machines/webhooks/{endpoint.pk}/secret"))
    assert secret(admin.post(f"/machines/webhooks/{endpoint.pk}/rotate")) != old
    assert "signs beside it until" in words(admin.get(f"/machines/webhooks/{endpoint.pk}"))
    assert [facts["how"] for facts in audited("endpoint_changed")] == [
        "added",
        "secret shown",
        "secret shown",
        "secret rotated",
        "secret shown",
    ]


def test_an_endpoint_is_stopped_and_removed_and_both_can_be_undone(admin: Client, endpoint: Endpoint) -> None:
    for act, undo, field in (("stop", "stop", "stopped"), ("remove", "back", "removed_at")):
        before = getattr(endpoint, field)
        page = words(admin.post(f"/machines/webhooks/{endpoint.pk}/{act}", follow=True))
        assert f"/machines/webhooks/{endpoint.pk}/{undo}" in page
        endpoint.refresh_from_db()
        assert getattr(endpoint, field) != before
        admin.post(f"/machines/webhooks/{endpoint.pk}/{undo}")
        endpoint.refresh_from_db()
        assert getattr(endpoint, field) == before


def test_a_removed_endpoint_is_nowhere(admin: Client, endpoint: Endpoint) -> None:
    admin.post(f"/machines/webhooks/{endpoint.pk}/remove")
    acts = ("secret", "rotate", "test", "stop", "remove")
    assert admin.get(f"/machines/webhooks/{endpoint.pk}").status_code == 404
    assert {admin.post(f"/machines/webhooks/{endpoint.pk}/{act}").status_code for act in acts} == {404}


def test_a_test_is_queued_for_that_endpoint_alone(admin: Client, endpoint: Endpoint) -> None:
    admin.post("/machines/webhooks", ENDPOINT | {"name": "CRM"})
    admin.post(f"/machines/webhooks/{endpoint.pk}/test")
    assert list(Delivery.objects.values_list("endpoint_id", "kind", "state")) == [(endpoint.pk, "test", "waiting")]


def test_what_was_given_up_is_sent_again_under_its_old_id(admin: Client, dead: Delivery) -> None:
    assert dead.state == State.DEAD
    page = words(admin.get(f"/machines/deliveries/{dead.pk}"))
    assert f"msg_{dead.key.hex}" in page
    assert "from Leadstone" in page
    admin.post(f"/machines/deliveries/{dead.pk}/again")
    again = Delivery.objects.get()
    assert (again.pk, again.key, again.state, again.attempts) == (dead.pk, dead.key, State.WAITING, 0)


def test_everything_of_one_endpoint_that_was_given_up_is_sent_again_at_once(admin: Client, dead: Delivery) -> None:
    for other in ("999999", "nobody"):
        Delivery.objects.update(state=State.DEAD.value)
        admin.post("/machines/deliveries/again", {"endpoint": other})
        assert Delivery.objects.get().state == (State.DEAD if other.isdigit() else State.WAITING)
    Delivery.objects.update(state=State.DEAD.value)
    admin.post("/machines/deliveries/again", {"endpoint": str(dead.endpoint_id)})
    assert Delivery.objects.get().state == State.WAITING


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 1),
        ("?state=dead", 1),
        ("?state=waiting", 0),
        ("?event=test", 1),
        ("?event=deal.won", 0),
        ("?endpoint=999999", 0),
        ("?state=odd&event=odd&endpoint=odd&page=odd", 1),
        ("?endpoint=" + "9" * 40, 1),
    ],
)
def test_the_messages_are_filtered_by_the_address_and_the_file_holds_the_same(
    admin: Client, dead: Delivery, query: str, found: int
) -> None:
    assert len(admin.get(f"/machines/deliveries{query}").context["rows"]) == found
    assert len(file(admin, f"/machines/deliveries.csv{query}")) == found
    assert [(facts["list"], facts["rows"]) for facts in audited("exported")] == [("webhooks", found)]


def file(client: Client, path: str) -> list[list[str]]:
    """The rows of a file below its titles."""
    answer = client.get(path)
    assert answer.streaming
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode())))[1:]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["bob@example.org", "ann@example.org"]),
        ("?order=ending", ["ann@example.org", "bob@example.org"]),
        ("?state=activated", ["bob@example.org"]),
        ("?state=undone", []),
        ("?magnet=MAGNET", ["ann@example.org"]),
        ("?magnet=999999", []),
        ("?state=odd&magnet=odd&order=odd&page=odd", ["bob@example.org", "ann@example.org"]),
    ],
)
def test_the_trials_are_filtered_and_ordered_by_the_address_and_the_file_holds_the_same(
    admin: Client, query: str, found: list[str]
) -> None:
    first, second = trial_magnet("first"), trial_magnet("second", days=30)
    people = {begin(first, "ann@example.org").contact_id: "ann@example.org"}
    people[begin(second, "bob@example.org", now=MONDAY + timedelta(days=1)).contact_id] = "bob@example.org"
    Trial.objects.filter(magnet_id=second.magnet_id).update(state="activated")
    query = query.replace("MAGNET", str(first.magnet_id))

    rows = admin.get(f"/trials/{query}").context["rows"]

    assert [people[row["line"].contact_id] for row in rows] == found
    assert len(file(admin, f"/trials/list.csv{query}")) == len(found)
    assert [(facts["list"], facts["rows"]) for facts in audited("exported")] == [("trials", len(found))]


def test_a_trial_of_whom_the_reader_may_not_see_has_no_row_on_the_screen_and_none_in_the_file(browser_of: Browser) -> None:
    magnet = trial_magnet()
    who, mine = begin(magnet), begin(magnet, "bob@example.org")
    change_reaches({(Role.MANAGER, Thing.LEADS): Reach.OWN, (Role.REP, Thing.LEADS): Reach.OWN})
    Lead.objects.filter(pk=mine.lead_id).update(owner=staff("Emil", Role.REP))
    Lead.objects.filter(pk=who.lead_id).update(owner=staff("Gosia", Role.REP))
    rep, manager, admin = browser_of(Role.REP), browser_of(Role.MANAGER), browser_of(Role.ADMIN)

    seen = [[row["lead_id"] for row in each.get("/trials/?order=ending").context["rows"]] for each in (rep, manager, admin)]

    assert [sorted(rows) for rows in seen] == [[mine.lead_id], [], sorted([who.lead_id, mine.lead_id])]
    assert [len(file(each, "/trials/list.csv")) for each in (manager, admin)] == [0, 2]


def test_whoever_manages_no_machines_reads_trials_and_is_led_to_none(browser_of: Browser) -> None:
    begin(trial_magnet())
    for role in (Role.REP, Role.MARKETER):
        page = browser_of(role).get("/trials/")
        assert page.status_code == 200
        assert "/machines/" not in page.content.decode()
