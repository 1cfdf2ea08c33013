"""Meta and LinkedIn send a number; who it is they tell their own way, and nobody is lost while they do not."""

import hmac
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from leadstone.domains.access.models import User
from leadstone.domains.activities.models import Activity
from leadstone.domains.contacts.models import ContactPoint
from leadstone.domains.inbound import services
from leadstone.domains.inbound.models import Delivery, Door
from leadstone.domains.inbound.rules import KEPT, REFERENCE_KEPT, Knock, Provider, ProviderName
from leadstone.domains.inbound.services.doors import Change
from leadstone.domains.leads.models import Lead
from leadstone.flows import doors_changed, references_asked
from leadstone.flows.handed_over import take_in_due
from leadstone.infra.outbound import Caps, Outbound
from leadstone.integrations.linkedin.lead_forms import LinkedInLeadForms
from leadstone.integrations.meta.lead_forms import MetaLeadForms
from leadstone.project.providers import PROVIDERS
from tests.inbound.conftest import Opened, Stand
from tests.inbound.lead_servers import GRAPH_FORM, GRAPH_LEAD, LINKEDIN_FORM, LINKEDIN_LEAD, RESPONSE_ID, changed
from tests.outbound.receiver import LOOPBACK, Answer, Heard, Receiver, hangs_up, receiver, says, stays_silent

pytestmark = pytest.mark.django_db

Answers = Callable[[Heard, int], Answer]
NOTIFICATION = {
    "type": "LEAD_ACTION",
    "leadGenFormResponse": f"urn:li:leadGenFormResponse:{RESPONSE_ID}",
    "leadGenForm": "urn:li:versionedLeadGenForm:(urn:li:leadGenForm:7234246,1)",
    "owner": {"sponsoredAccount": "urn:li:sponsoredAccount:1234567"},
    "leadType": "SPONSORED",
    "leadAction": "CREATED",
    "occurredAt": 1_689_894_599_288,
}
BROKEN = b'{"field_data": [{"name": "email", "val'


def told(value: object) -> Answer:
    return says(200, json.dumps(value).encode(), content_type="application/json")


@dataclass
class Network:
    """A real server that answers as LinkedIn's or Meta's does, and a worker that asks it."""

    answers: list[Answer] = field(default_factory=list)  # in their order; the last one is given from then on
    server: Receiver | None = None

    def __call__(self, _heard: Heard, before: int) -> Answer:
        return self.answers[min(before, len(self.answers) - 1)]

    @property
    def asked(self) -> list[Heard]:
        assert self.server is not None
        return self.server.heard

    @property
    def providers(self) -> Mapping[ProviderName, Provider]:
        assert self.server is not None
        here = f"http://127.0.0.1:{self.server.port}/"
        own = {
            ProviderName.LINKEDIN: LinkedInLeadForms(rest=f"{here}rest/"),
            ProviderName.META: MetaLeadForms(graph=f"{here}v25.0/"),
        }
        return {**PROVIDERS, **own}

    def work(self, *, now: datetime | None = None) -> None:
        outbound = Outbound(lambda _name: ["127.0.0.1"], networks=LOOPBACK)
        while take_in_due(self.providers, outbound, now=now or timezone.now()):
            pass


@pytest.fixture
def network() -> Iterator[Network]:
    made = Network()
    with receiver(made) as server:
        made.server = server
        yield made


@pytest.fixture
def notified(opened: Opened, network: Network, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Stand]:
    """A door at which a number came alone."""
    monkeypatch.setattr(settings, "INBOUND_PROVIDERS", network.providers)

    def door(
        name: ProviderName = ProviderName.LINKEDIN, *, token: str = "AQX", numbers: Sequence[str] = (), **wish: object
    ) -> Stand:
        stand = opened(name, token=token, **wish)
        for number in numbers or [""]:
            assert stand.send(_notification(stand, name, number)).status_code == 200
        return stand

    return door


def _notification(stand: Stand, name: ProviderName, number: str) -> Knock:
    if name is ProviderName.META:
        value = {"leadgen_id": number or "77", "form_id": "501", "page_id": "9", "created_time": 1_689_894_599}
        body = json.dumps({"object": "page", "entry": [{"id": "9", "changes": [{"field": "leadgen", "value": value}]}]}).encode()
        return Knock(body, {"x-hub-signature-256": "sha256=" + hmac.new(stand.secret.encode(), body, "sha256").hexdigest()})
    urn = f"urn:li:leadGenFormResponse:{number}" if number else NOTIFICATION["leadGenFormResponse"]
    body = json.dumps(NOTIFICATION | {"leadGenFormResponse": urn}).encode()
    return Knock(body, {"x-li-signature": hmac.new(stand.secret.encode(), b"hmacsha256=" + body, "sha256").hexdigest()})


def standing() -> list[tuple[str, str]]:
    return list(Delivery.objects.order_by("pk").values_list("state", "because"))


def trouble() -> tuple[str, datetime | None]:
    door = Door.objects.get()
    return door.trouble, door.asks_from


def test_linkedin_is_asked_as_its_documentation_says_and_the_answers_are_a_lead(
    notified: Callable[..., Stand], network: Network
) -> None:
    network.answers = [told(LINKEDIN_LEAD)]
    stand = notified()
    network.work()
    stand.send(_notification(stand, ProviderName.LINKEDIN, ""))
    network.work()

    [heard] = network.asked
    assert heard.path.startswith(f"/rest/leadFormResponses/{RESPONSE_ID}?fields=")
    assert heard.headers["authorization"] == "Bearer AQX"
    assert heard.headers["x-restli-protocol-version"] == "2.0.0"
    assert heard.headers["linkedin-version"] == "202606"
    assert standing() == [("accepted", "")]
    lead = Lead.objects.get()
    assert set(ContactPoint.objects.filter(contact=lead.contact).values_list("value", flat=True)) == {"kevin@test.example"}
    # What the house has no place for is named, and may be given a meaning.
    assert Delivery.objects.get().unused == ["Cuál es tu color favorito", "JOB_FUNCTION", "campo_escondido"]
    assert "kevin" not in json.dumps(list(Delivery.objects.values("sealed", "provider_id", "fetch")))


def test_where_linkedin_tells_the_form_by_itself_it_is_asked_for_too(notified: Callable[..., Stand], network: Network) -> None:
    network.answers = [told({key: value for key, value in LINKEDIN_LEAD.items() if key != "form"}), told(LINKEDIN_FORM)]
    notified()
    network.work()

    assert [heard.path.partition("?")[0] for heard in network.asked] == [
        f"/rest/leadFormResponses/{RESPONSE_ID}",
        "/rest/leadForms/7234246",
    ]
    assert standing() == [("accepted", "")]


def test_a_form_that_may_not_be_read_leaves_the_answers_under_the_numbers_of_their_questions(
    notified: Callable[..., Stand], network: Network
) -> None:
    network.answers = [told({key: value for key, value in LINKEDIN_LEAD.items() if key != "form"}), says(404)]
    notified()
    network.work()

    assert standing() == [("refused", "nobody_to_reach")]
    assert "question 307234246" in Delivery.objects.get().unused
    assert trouble() == ("", None)


def test_a_test_lead_of_linkedin_makes_nobody(notified: Callable[..., Stand], network: Network) -> None:
    network.answers = [told(LINKEDIN_LEAD | {"testLead": True})]
    notified()
    network.work()

    assert standing() == [("accepted", "")]
    assert not Lead.objects.exists()


def test_meta_is_asked_for_the_answers_and_for_the_words_beside_the_boxes(
    notified: Callable[..., Stand], network: Network
) -> None:
    network.answers = [told(GRAPH_LEAD), told(GRAPH_FORM)]
    notified(ProviderName.META, token="EAAB")
    network.work()

    assert [heard.path.partition("?")[0] for heard in network.asked] == ["/v25.0/77", "/v25.0/501"]
    assert network.asked[0].path.endswith("?fields=field_data,custom_disclaimer_responses,form_id")
    assert {heard.headers["authorization"] for heard in network.asked} == {"Bearer EAAB"}
    assert standing() == [("accepted", "")]
    assert ContactPoint.objects.filter(value="ann@test.example").exists()


def test_a_token_that_has_run_out_is_told_at_the_door_and_to_whoever_made_it_and_nobody_is_given_up(
    notified: Callable[..., Stand], network: Network, emil: User, dora: User
) -> None:
    network.answers = [
        says(401, b'{"serviceErrorCode": 65602, "message": "The token used in the request has expired", "status": 401}')
    ]
    stand = notified(numbers=["a-1", "a-2", "a-3"])
    Door.objects.update(made_by=dora)
    start = timezone.now()
    for hours in (0, 1, 7, 30, 24 * 40):
        network.work(now=start + timedelta(hours=hours))

    assert trouble()[0] == "token_over"
    assert len(network.asked) == 4, "one question for all who wait, and only every six hours"
    assert standing()[0] == ("waiting", "not_told")
    assert {state for state, _because in standing()} == {"waiting"}
    [task] = Activity.objects.all()
    assert (task.owner, task.kind, task.done_at) == (dora, "task", None)
    assert "Ogrzewanie" in task.title
    assert "AQX" not in task.text

    network.answers = [told(LINKEDIN_LEAD)]
    wanted = Change(name="Ogrzewanie", language="pl", basis="asked_us", token="AQY")
    assert doors_changed.change_door(stand.door.pk, wanted, by=dora.pk, now=start)
    network.work()

    assert network.asked[-1].headers["authorization"] == "Bearer AQY"
    assert standing() == [("accepted", "")] * 3
    assert trouble() == ("", None)
    task.refresh_from_db()
    assert task.done_at is not None


def test_a_token_that_works_again_by_itself_ends_the_trouble_and_its_task(
    notified: Callable[..., Stand], network: Network, dora: User
) -> None:
    network.answers = [says(403), told(LINKEDIN_LEAD)]
    notified()
    network.work()
    assert trouble()[0] == "no_right"
    assert Activity.objects.get().owner == dora, "nobody made the door: whoever may change it minds it"

    network.work(now=timezone.now() + timedelta(hours=7))

    assert standing() == [("accepted", "")]
    assert trouble() == ("", None)
    assert Activity.objects.get().done_at is not None


@pytest.mark.parametrize(
    ("name", "answer", "expected"),
    [
        (ProviderName.LINKEDIN, says(426), "old_version"),
        (ProviderName.META, says(400, b'{"error": {"code": 190, "error_subcode": 463, "type": "OAuthException"}}'), "token_over"),
        (ProviderName.META, says(400, b'{"error": {"code": 200, "type": "OAuthException"}}'), "no_right"),
        (ProviderName.META, says(403, b'{"error": {"code": 4}}'), "too_often"),
        (ProviderName.META, says(400, b'{"error": {"code": 80005}}'), "too_often"),
        (ProviderName.META, says(500, b'{"error": {"code": 1}}'), "silent"),
    ],
)
def test_each_service_says_in_its_own_way_what_is_wrong(
    notified: Callable[..., Stand], network: Network, name: ProviderName, answer: Answer, expected: str
) -> None:
    network.answers = [answer]
    notified(name)
    network.work()

    assert trouble()[0] == expected
    assert standing()[0][0] == "waiting"


def test_too_many_questions_wait_as_long_as_the_service_asks(notified: Callable[..., Stand], network: Network) -> None:
    network.answers = [says(429, retry_after="3600"), told(LINKEDIN_LEAD)]
    notified(numbers=["a-1", "a-2"])
    start = timezone.now()
    network.work(now=start)
    assert trouble() == ("too_often", start + timedelta(hours=1))
    network.work(now=start + timedelta(minutes=59))
    assert len(network.asked) == 1
    assert not Activity.objects.exists(), "it passes by itself"

    network.work(now=start + timedelta(minutes=61))

    assert standing() == [("accepted", "")] * 2
    assert Delivery.objects.filter(attempts=0).count() == 2


@pytest.mark.parametrize("answer", [says(500), says(200, BROKEN), hangs_up, stays_silent], ids=["500", "broken", "gone", "slow"])
def test_a_server_that_is_broken_is_asked_again_and_then_tells(
    notified: Callable[..., Stand], network: Network, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(references_asked, "CAPS", Caps(seconds=0.3))
    network.answers = [answer, told(LINKEDIN_LEAD)]
    notified()
    start = timezone.now()
    network.work(now=start)
    assert standing() == [("waiting", "not_told")]
    network.work(now=start + timedelta(seconds=30))
    assert len(network.asked) == 1, "asked again before its time"

    network.work(now=start + timedelta(minutes=2))
    network.work(now=start + timedelta(minutes=3))

    assert len(network.asked) == 2
    assert standing() == [("accepted", "")]
    assert trouble() == ("", None)


def test_one_who_is_gone_there_is_given_up_alone_and_can_be_tried_again_by_hand(
    notified: Callable[..., Stand], network: Network, dora: User
) -> None:
    network.answers = [says(404)]
    stand = notified()
    start = timezone.now()
    for hours in (0, 1, 3, 10, 40, 80, 120):
        network.work(now=start + timedelta(hours=hours))
    assert standing() == [("failed", "turned_down")]
    assert len(network.asked) == 6
    assert trouble() == ("", None)

    network.answers = [told(LINKEDIN_LEAD)]
    assert doors_changed.try_again(stand.door.pk, by=dora.pk, now=timezone.now()) == 1
    network.work()

    assert standing() == [("accepted", "")]


def test_a_door_without_a_token_says_so_and_asks_once_it_has_one(
    notified: Callable[..., Stand], network: Network, dora: User
) -> None:
    network.answers = [told(LINKEDIN_LEAD)]
    stand = notified(token="")
    network.work()
    assert standing() == [("refused", "no_data")]
    assert network.asked == []

    wanted = Change(name="Ogrzewanie", language="pl", basis="asked_us", token="AQX")
    doors_changed.change_door(stand.door.pk, wanted, by=dora.pk, now=timezone.now())
    network.work()

    assert standing() == [("accepted", "")]


def test_a_number_is_kept_as_long_as_the_service_keeps_who_it_is_and_what_was_told_for_a_week(
    notified: Callable[..., Stand], network: Network
) -> None:
    network.answers = [says(401)]
    notified()
    start = timezone.now()

    def forget(*, days: int) -> None:
        at = start + timedelta(days=days)
        services.forget_said(before=at - KEPT, references_before=at - REFERENCE_KEPT)

    forget(days=60)
    network.answers = [told(changed(LINKEDIN_LEAD, email="nobody"))]
    network.work(now=start + timedelta(days=60))
    assert standing() == [("refused", "nobody_to_reach")]

    forget(days=66)
    assert Delivery.objects.get().sealed
    forget(days=68)
    assert not Delivery.objects.get().sealed


def test_a_number_that_nobody_tells_of_ends_with_the_service_s_own_memory(
    notified: Callable[..., Stand], network: Network
) -> None:
    network.answers = [says(401)]
    notified()
    services.forget_said(before=timezone.now(), references_before=timezone.now() + timedelta(seconds=1))

    assert standing() == [("failed", "run_out")]
    assert Delivery.objects.get().fetch == ""


def test_a_reference_cannot_name_another_address(notified: Callable[..., Stand], network: Network) -> None:
    network.answers = [told(LINKEDIN_LEAD)]
    notified(numbers=["../../v2/me?x="])
    network.work()

    assert network.asked == []
    assert standing() == [("refused", "no_data")]


def test_an_address_within_our_own_network_is_not_asked(notified: Callable[..., Stand], network: Network) -> None:
    notified()
    take_in_due(network.providers, Outbound(lambda _name: ["127.0.0.1"]), now=timezone.now())

    assert network.asked == []
    assert standing() == [("waiting", "not_told")]
