"""Webhooks against a real server that answers as it is told: slow, broken, gone; none delays another (promise S6)."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import ip_network

import pytest
from standardwebhooks.webhooks import Webhook

from leadstone.domains.delivery.services import hosts
from leadstone.domains.webhooks import queries, services
from leadstone.domains.webhooks.models import Delivery, Endpoint
from leadstone.domains.webhooks.rules import Attempt, EventKind, State, shown_secret
from leadstone.domains.webhooks.services import Occasion
from leadstone.flows.hooks_sent import claim_hooks
from leadstone.infra.host import this_host
from leadstone.infra.outbound import Networks, Outbound
from leadstone.worker.hooks import Messengers
from tests.cast import MONDAY
from tests.outbound.receiver import LOOPBACK, Answer, Receiver, hangs_up, never_ends, receiver, says, stays_silent

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class House:
    """A worker's messengers on a clock of their own."""

    now: datetime = MONDAY
    messengers: Messengers = field(init=False)

    def __post_init__(self) -> None:
        client = Outbound(lambda _name: ["127.0.0.1"], networks=LOOPBACK)
        self.messengers = Messengers(worker="w1", outbound=client, clock=lambda: self.now)

    def tell(self, number: int = 1, *, kind: EventKind = EventKind.TEST) -> None:
        endpoints = queries.endpoints()
        occasions = [Occasion(kind=kind, key=f"test:{number}", at=self.now, only_to=each.key) for each in endpoints]
        services.queue(occasions, now=self.now)

    def work(self) -> None:
        self.messengers.run_until_idle()


@pytest.fixture
def house() -> House:
    hosts.arrive(this_host(), now=MONDAY)
    return House()


def endpoint(server: Receiver, name: str = "App") -> int:
    """An endpoint at a server on this machine."""
    endpoint_id = services.add_endpoint(name=name, url="https://hooks.example/", events=[EventKind.TEST], by=None, now=MONDAY)
    Endpoint.objects.filter(pk=endpoint_id).update(url=server.url)
    return endpoint_id


def states() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def test_what_is_told_arrives_once_and_the_reference_library_believes_it(house: House) -> None:
    with receiver(lambda _heard, _before: says(204)) as server:
        endpoint_id = endpoint(server)
        house.now = datetime.now(tz=MONDAY.tzinfo)
        house.tell()
        house.tell()
        house.work()
        house.work()
    [heard] = server.heard
    told = Webhook(shown_secret(queries.secret(endpoint_id, now=house.now))).verify(heard.body, heard.headers)
    assert (told["type"], told["data"], heard.method) == ("test", {"hello": "from Leadstone"}, "POST")
    assert set(told) == {"type", "timestamp", "data"}
    assert states() == ["delivered"]


@pytest.mark.parametrize(
    ("answer", "because"),
    [
        (says(500), (500, "")),
        (says(301, location="https://elsewhere.example/"), (301, "")),
        (hangs_up, (None, "broke_off")),
    ],
)
def test_a_failure_is_tried_again_with_growing_waits_until_it_is_a_dead_letter(
    house: House, answer: Answer, because: tuple[int | None, str]
) -> None:
    with receiver(lambda _heard, _before: answer) as server:
        endpoint(server)
        house.tell()
        moments = []
        while states() != ["dead"]:
            house.work()
            moments.append(house.now)
            house.now = Delivery.objects.get().due_at
    assert len(server.heard) == 10
    assert timedelta(hours=75) <= moments[-1] - MONDAY < timedelta(hours=76)
    assert len({heard.headers["webhook-id"] for heard in server.heard}) == 1
    assert Delivery.objects.values_list("status", "because").get() == because


def test_a_dead_letter_is_sent_again_under_its_old_id(house: House) -> None:
    broken = True
    with receiver(lambda _heard, _before: says(500 if broken else 200)) as server:
        endpoint(server)
        house.tell()
        while states() != ["dead"]:
            house.work()
            house.now = Delivery.objects.get().due_at
        broken = False
        row = Delivery.objects.get()
        assert services.send_again([row.pk], now=house.now) == 1
        house.work()
    assert states() == ["delivered"]
    assert len({heard.headers["webhook-id"] for heard in server.heard}) == 1


def test_410_stops_the_endpoint_until_somebody_lets_it_go_on(house: House) -> None:
    gone = True
    with receiver(lambda _heard, _before: says(410 if gone else 200)) as server:
        endpoint_id = endpoint(server)
        house.tell(1)
        house.work()
        house.tell(2)
        house.work()
        assert (len(server.heard), states()) == (1, ["dead", "waiting"])
        gone = False
        services.resume_endpoint(endpoint_id=endpoint_id, now=house.now)
        house.work()
    assert states() == ["dead", "delivered"]


def test_a_huge_answer_is_heard_and_not_read(house: House) -> None:
    with receiver(lambda _heard, _before: never_ends) as server:
        endpoint(server)
        house.tell()
        house.work()
    assert states() == ["delivered"]


def test_one_silent_endpoint_delays_no_other(house: House) -> None:
    with (
        receiver(lambda _heard, _before: stays_silent) as silent,
        receiver(lambda _heard, _before: says(200)) as quick,
    ):
        for server, name in ((silent, "Silent"), (quick, "Quick")):
            endpoint(server, name)
        for number in range(10):
            house.tell(number)
        while len(quick.heard) < 10:
            house.messengers.step(wait_seconds=0.05)
        # The silent one still holds its first request, and has held only that.
        assert len(silent.heard) == 1
        assert not house.messengers.idle
        silent.closing.set()
        house.messengers.finish()
    assert states().count("delivered") == 10


def test_what_a_dead_worker_had_in_hand_is_sent_again_under_the_same_id(house: House) -> None:
    """Killed between the request and its note: at least once, and whoever listens can tell."""
    with receiver(lambda _heard, _before: says(200)) as server:
        endpoint(server)
        house.tell()
        assert claim_hooks(worker="dead", busy=(), limit=5, now=house.now) == [Delivery.objects.get().pk]
        house.work()
        assert server.heard == []
        assert services.reclaim(gone=["dead"], now=house.now) == 1
        house.work()
        Delivery.objects.update(state=State.SENDING.value, claimed_by="other", lease_until=house.now + timedelta(minutes=1))
        assert services.reclaim(gone=[], now=house.now) == 0
        house.now += timedelta(minutes=1)
        assert services.reclaim(gone=[], now=house.now) == 1
        house.work()
    assert [heard.headers["webhook-id"] for heard in server.heard] == [f"msg_{Delivery.objects.get().key.hex}"] * 2


def test_a_result_that_comes_after_the_lease_was_lost_changes_nothing(house: House) -> None:
    with receiver(lambda _heard, _before: says(200)) as server:
        endpoint(server)
        house.tell()
    [pk] = services.claim(worker="slow", busy=(), limit=5, now=house.now)
    house.now += timedelta(minutes=2)
    services.reclaim(gone=[], now=house.now)
    assert services.settle(pk, Attempt(200), worker="slow", now=house.now) is None
    assert states() == ["waiting"]


def test_after_a_rotation_both_secrets_hold_for_a_day_and_then_only_the_new_one(house: House) -> None:
    with receiver(lambda _heard, _before: says(200)) as server:
        endpoint_id = endpoint(server)
        house.now = datetime.now(tz=MONDAY.tzinfo)
        old = shown_secret(queries.secret(endpoint_id, now=house.now))
        services.rotate_secret(endpoint_id=endpoint_id, now=house.now)
        new = shown_secret(queries.secret(endpoint_id, now=house.now))
        house.tell(1)
        house.work()
        [heard] = server.heard
        for secret in (old, new):
            Webhook(secret).verify(heard.body, heard.headers)
        assert old != new
        row = Endpoint.objects.get()
        assert len(queries.secrets_of(row, now=house.now + timedelta(hours=25))) == 1


def test_an_endpoint_hears_only_what_it_chose(house: House) -> None:
    with receiver(lambda _heard, _before: says(200)) as server:
        endpoint_id = endpoint(server)
        services.change_endpoint(endpoint_id=endpoint_id, name="App", url="https://hooks.example/", events=[EventKind.DEAL_WON])
        for kind in (EventKind.DEAL_WON, EventKind.LEAD_QUALIFIED):
            services.queue([Occasion(kind=kind, key=kind.value, at=MONDAY)], now=MONDAY)
    assert [row.kind for row in Delivery.objects.all()] == ["deal.won"]


def test_from_a_copy_nothing_leaves_until_a_person_lets_it_and_what_waited_is_dropped(house: House) -> None:
    with receiver(lambda _heard, _before: says(200)) as server:
        endpoint(server)
        house.tell(1)
        house.now += timedelta(hours=1)
        hosts.begin_quarantine(this_host(), now=house.now)
        house.tell(2)
        house.work()
        assert server.heard == []
        hosts.lift_quarantine(this_host(), send_waiting=False, by=None, now=house.now + timedelta(minutes=1))
        house.work()
    assert states() == ["dropped", "delivered"]
    assert len(server.heard) == 1


@pytest.mark.parametrize(
    ("url", "because"),
    [
        ("hooks.example", "not_an_address"),
        ("ftp://hooks.example/", "scheme"),
        ("http://hooks.example/", "scheme"),
        ("https://a:b@hooks.example/", "user"),
        ("https://localhost/", "host"),
        ("https://hooks.example:25/", "port"),
        ("https://127.0.0.1/", "private"),
        ("https://10.1.2.3/", "private"),
        ("http://10.1.2.3/", "private"),
        ("https://[::1]/", "private"),
        ("https://169.254.169.254/latest/meta-data", "private"),
    ],
)
def test_an_odd_address_is_refused_when_it_is_typed(house: House, url: str, because: str) -> None:
    with pytest.raises(services.BadEndpointAddress) as refused:
        services.add_endpoint(name="App", url=url, events=[], by=None, now=MONDAY)
    assert refused.value.because == because
    assert not Endpoint.objects.exists()


@pytest.mark.parametrize("url", ["http://10.1.2.3:3000/hooks", "https://app.office.example:3000/hooks"])
def test_a_machine_in_a_network_that_somebody_named_may_be_told_on_any_port(house: House, url: str) -> None:
    own = Networks(own=(ip_network("10.0.0.0/8"),))
    services.add_endpoint(name="App", url=url, events=[], by=None, now=MONDAY, networks=own)
    with pytest.raises(services.BadEndpointAddress):
        services.add_endpoint(name="App", url=url, events=[], by=None, now=MONDAY)


def test_a_name_that_leads_home_is_refused_when_it_is_asked(house: House) -> None:
    services.add_endpoint(name="App", url="https://hooks.example/", events=[EventKind.TEST], by=None, now=MONDAY)
    house.messengers = Messengers(worker="w1", outbound=Outbound(lambda _name: ["10.1.2.3"]), clock=lambda: house.now)
    house.tell()
    house.work()
    row = Delivery.objects.get()
    assert (row.state, row.because) == ("waiting", "refused_private")


def test_no_body_waits_in_the_database(house: House) -> None:
    with receiver(lambda _heard, _before: says(500)) as server:
        endpoint(server)
        house.tell()
        house.work()
    body = json.loads(server.heard[0].body)
    assert body["data"]["hello"] not in repr(Delivery.objects.values_list().get())
