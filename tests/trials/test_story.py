"""The whole way of a trial: form, mail, page, webhook, the app's own reports by the API, and the end."""

import json
import re
from datetime import timedelta

import msgspec
from django.test import Client
from standardwebhooks.webhooks import Webhook

from leadstone.domains.access.models import Team, User
from leadstone.domains.access.rules import KeyReach, Role, Scope
from leadstone.domains.grants.models import Grant
from leadstone.domains.leads.models import Lead
from leadstone.domains.magnets import services as magnets
from leadstone.domains.magnets.models import MagnetVersion
from leadstone.domains.pipeline.models import Deal
from leadstone.domains.trials.models import Trial
from leadstone.domains.webhooks import queries as webhooks
from leadstone.domains.webhooks import services as endpoints
from leadstone.domains.webhooks.models import Delivery, Endpoint
from leadstone.domains.webhooks.rules import shown_secret, signatures
from leadstone.flows.keys_changed import make_key
from leadstone.flows.trial_links import token_of
from leadstone.infra.blobs.store import BlobStore
from leadstone.infra.outbound import Outbound
from leadstone.project.demo.trials import TRIAL
from leadstone.wire.records import MailboxProven, SubmissionReceived
from tests.cast import staff
from tests.outbound.receiver import LOOPBACK, receiver, says
from tests.portal.test_my import Visitor, visitor
from tests.worker.conftest import MONDAY, House, house

__all__ = ["house", "visitor"]

OUTBOUND = Outbound(lambda _name: [], networks=LOOPBACK)


def published(house: House, **settings: object) -> None:
    definition = msgspec.structs.replace(TRIAL, settings=TRIAL.settings | settings)
    made = magnets.create_from_definition(definition, slug="trial", by=None, now=MONDAY)
    version = magnets.publish_version(magnet_id=made.pk, slug="trial", blobs=BlobStore(house.folder.blobs), by=None, now=MONDAY)
    assert version.version_id is not None, version.gaps
    house.version = MagnetVersion.objects.get(pk=version.version_id)


def asked(house: House) -> SubmissionReceived:
    return msgspec.structs.replace(house.form("ann@home.example"), slug="trial", language="pl")


def program(*scopes: Scope, team_id: int | None = None) -> Client:
    reach = KeyReach.TEAM if team_id else KeyReach.ALL
    secret = make_key(name="App", scopes=scopes, reach=reach, team_id=team_id, expires_at=None, by=None, now=MONDAY)
    return Client(headers={"host": "127.0.0.1", "authorization": f"Bearer {secret}"})


def proven(house: House, *, at: timedelta = timedelta(minutes=3)) -> str:
    """Ann asks and presses the button; the path of her page."""
    house.journal(asked(house))
    house.work()
    mail = house.mails()[0]
    token = house.confirm_token(mail)
    when = MONDAY + at
    house.journal(MailboxProven(at=int(when.timestamp() * 1000), grant_key=str(token.key)))
    return f"/d/{token.opens}"


def test_a_trial_handed_over_by_webhook_used_and_bought(house: House, visitor: Visitor) -> None:
    endpoint_id = endpoints.add_endpoint(name="App", url="https://app.example/", events=[], by=None, now=MONDAY)
    key = Endpoint.objects.get().key
    published(house, endpoint=str(key), shares_email=True, start_url="https://app.example/login")
    page = proven(house)
    with receiver(lambda _heard, _before: says(200)) as app:
        Endpoint.objects.update(url=app.url)
        house.work(MONDAY + timedelta(minutes=3), outbound=OUTBOUND)
        [heard] = app.heard
    told = json.loads(heard.body)
    assert (told["type"], told["data"]["email"], told["data"]["days"]) == ("trial.started", "ann@home.example", 14)
    secret = webhooks.secret(endpoint_id, now=MONDAY)
    expected = signatures(
        [secret], message_id=heard.headers["webhook-id"], timestamp=int(heard.headers["webhook-timestamp"]), body=heard.body
    )
    assert heard.headers["webhook-signature"] == expected
    assert Webhook(shown_secret(secret))
    visitor.now = MONDAY + timedelta(days=2, hours=1)
    status, shown = visitor.get(page)
    assert status == 200
    assert "Dzień 3 z 14" in shown
    assert 'href="https://app.example/login"' in shown
    assert "nic samo się nie naliczy" in shown

    client, trial_id = program(Scope.WRITE_TRIALS, Scope.READ_TRIALS), told["data"]["trial_id"]
    assert client.post(f"/api/v1/trials/{trial_id}/activated").json()["state"] == "activated"
    sale = {"amount_minor": 34_800, "currency": "PLN"}
    for _ in range(2):
        bought = client.post(f"/api/v1/trials/{trial_id}/converted", sale, content_type="application/json")
        assert (bought.status_code, bought.json()["state"]) == (200, "converted")
    deal = Deal.objects.get()
    assert (deal.amount_minor, bought.json()["deal_id"], bought.json()["lead_id"]) == (34_800, deal.pk, deal.lead_id)
    refused = client.post(f"/api/v1/trials/{trial_id}/converted", {"amount_minor": 1}, content_type="application/json")
    assert (refused.status_code, refused.json()["type"]) == (422, "urn:leadstone:problem:trial_converted_otherwise")
    assert "Zostajesz z nami" in visitor.get(page)[1]


def test_a_trial_opened_by_its_link_ends_by_itself_and_says_so(house: House, visitor: Visitor) -> None:
    published(house)
    page = proven(house)
    visitor.now = MONDAY + timedelta(minutes=4)
    status, shown = visitor.get(page)
    assert status == 202
    house.work(MONDAY + timedelta(minutes=4))
    status, shown = visitor.get(page)
    token = re.search(r"trial_token=([0-9a-f]+)", shown)
    assert token is not None
    client = program(Scope.WRITE_TRIALS)
    body = {"token": token[1]}
    first = client.post("/api/v1/trials/start", body, content_type="application/json")
    again = client.post("/api/v1/trials/start", body, content_type="application/json")
    assert (first.status_code, first.json()["email"]) == (200, None)
    assert (again.status_code, again.json()["type"]) == (422, "urn:leadstone:problem:trial_token_used")

    end = Trial.objects.get().ends_at
    house.work(end - timedelta(days=2))
    house.work(end + timedelta(minutes=1))
    subjects = [mail.envelope.subject for mail in house.mails()]
    assert len(subjects) == 3
    assert "okres próbny się skończył" in subjects[0]
    assert "okres próbny kończy się" in subjects[1]
    for mail in house.mails()[:2]:
        assert "Nic nie pobieramy" in mail.text
    visitor.now = end + timedelta(hours=1)
    shown = visitor.get(page)[1]
    assert "nic nie zostało pobrane" in shown
    assert "trial_token" not in shown
    assert client.post(f"/api/v1/trials/{first.json()['id']}/used").status_code == 422


def test_looking_at_the_page_writes_nothing(house: House, visitor: Visitor) -> None:
    published(house)
    page = proven(house)
    house.work(MONDAY + timedelta(minutes=4))
    visitor.now = MONDAY + timedelta(minutes=5)
    before = list(Trial.objects.values_list()), list(Grant.objects.values_list()), list(Delivery.objects.values_list())
    for _ in range(3):
        assert visitor.get(page)[0] == 200
    assert before == (list(Trial.objects.values_list()), list(Grant.objects.values_list()), list(Delivery.objects.values_list()))


def test_a_key_that_cannot_see_the_lead_cannot_see_its_trial(house: House) -> None:
    published(house)
    proven(house)
    house.work(MONDAY + timedelta(minutes=4))
    trial = Trial.objects.get()
    here, there = (Team.objects.create(name=name, created_at=MONDAY) for name in ("Here", "There"))
    owner = staff("Gosia", Role.REP)
    User.objects.filter(pk=owner.pk).update(team=there)
    Lead.objects.update(owner=owner)
    path = f"/api/v1/trials/{trial.key}"
    assert program(Scope.READ_TRIALS, team_id=there.pk).get(path).status_code == 200
    assert program(Scope.READ_TRIALS, team_id=here.pk).get(path).status_code == 404
    hidden = program(Scope.WRITE_TRIALS, team_id=here.pk)
    assert hidden.post(f"{path}/activated").status_code == 404
    token = hidden.post("/api/v1/trials/start", {"token": token_of(trial.key)}, content_type="application/json")
    assert token.status_code == 404
    assert Trial.objects.get().activated_at is None
