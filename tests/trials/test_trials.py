"""A trial from the proven mailbox to its end: once a person, by the clock on the wall, told to whom it concerns."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest

from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.brand.services import set_up_brand
from leadstone.domains.delivery.models import Message
from leadstone.domains.grants import queries as grant_queries
from leadstone.domains.grants import services as grants
from leadstone.domains.grants.models import Grant
from leadstone.domains.grants.rules import Ending
from leadstone.domains.magnets.kinds.trial import terms_of
from leadstone.domains.pipeline.models import Deal
from leadstone.domains.privacy import services as privacy
from leadstone.domains.qualification import queries as qualification
from leadstone.domains.trials import queries, services
from leadstone.domains.trials.models import Trial
from leadstone.domains.trials.rules import MOVES, State, day_of, end_of, may_move, reminder_of
from leadstone.domains.webhooks import queries as webhooks
from leadstone.domains.webhooks import services as hooks
from leadstone.domains.webhooks.models import Delivery, Endpoint
from leadstone.domains.webhooks.rules import EventKind
from leadstone.flows import trial_reports
from leadstone.flows.given.trials import give_trials
from leadstone.flows.hooks import body_of
from leadstone.flows.letters import Letters
from leadstone.flows.trial_links import read_token, start_link, token_of
from leadstone.flows.trials_due import remind_and_end
from leadstone.kernel.money import Currency
from leadstone.wire.tokens import Signer
from tests.cast import MONDAY, Guide, ask, confirm
from tests.trials.conftest import AT_END, begin, react, trial_magnet

WARSAW = "Europe/Warsaw"


def the_trial() -> queries.TrialFacts:
    return queries.trial_by_key(Trial.objects.get().key)


def bodies() -> list[dict]:  # type: ignore[type-arg]
    ids = list(Delivery.objects.order_by("pk").values_list("pk", flat=True))
    return [json.loads(body_of(parcel) or b"null") for parcel in webhooks.parcels(ids, now=MONDAY)]


def test_a_trial_begins_with_the_proven_mailbox_and_not_before(app: Guide) -> None:
    who = ask(app, "ann@zaklad.example.com")
    react(MONDAY)
    assert not Trial.objects.exists()
    confirm(who)
    react(MONDAY + timedelta(minutes=3))
    trial = the_trial()
    assert (trial.state, trial.days, trial.contact_id) == (State.STARTED, 14, who.contact_id)
    assert trial.ends_at - trial.started_at == timedelta(days=14)


def test_a_second_request_begins_no_second_trial_and_finds_the_first(app: Guide) -> None:
    who = begin(app)
    first = the_trial()
    later = MONDAY + timedelta(days=5)
    again = ask(app, who.email, now=later)
    confirm(again, now=later)
    react(later)
    assert the_trial() == first
    [letter] = grant_queries.letter_facts([again.grant_id]).values()
    give_trials([letter, letter], later)
    assert the_trial() == first


def test_after_an_undone_exchange_the_old_trial_stays_over_under_the_new_grant(app: Guide) -> None:
    who = begin(app)
    grants.undo(who.grant_key, because=Ending.UNDONE, now=MONDAY)
    react(MONDAY)
    assert the_trial().state is State.UNDONE
    again = begin(app, who.email, now=MONDAY + timedelta(days=1))
    assert again.grant_id != who.grant_id
    assert (the_trial().state, the_trial().grant_id) == (State.UNDONE, again.grant_id)


@pytest.mark.parametrize(
    ("began", "ends"),
    [
        ("2026-03-20T10:00", "2026-04-03T10:00"),  # summer time begins on 29 March
        ("2026-10-20T10:00", "2026-11-03T10:00"),  # and ends on 25 October
        ("2026-03-15T02:30", "2026-03-29T03:30"),  # half past two does not exist on the last day
        ("2024-02-20T10:00", "2024-03-05T10:00"),
    ],
)
def test_it_ends_at_the_same_time_of_day_also_when_clocks_change(began: str, ends: str) -> None:
    zone = ZoneInfo(WARSAW)
    start = datetime.fromisoformat(began).replace(tzinfo=zone).astimezone(UTC)
    end = end_of(start, days=14, zone=WARSAW)
    assert end.astimezone(zone).replace(tzinfo=None).isoformat(timespec="minutes") == ends


def test_the_days_are_counted_from_one_to_the_last() -> None:
    start = datetime(2026, 3, 20, 9, tzinfo=UTC)
    days = [
        day_of(start + timedelta(hours=hours), started_at=start, days=14, zone=WARSAW) for hours in (0, 23, 24, 24 * 10, 24 * 40)
    ]
    assert days == [1, 1, 2, 11, 14]


def test_the_reminder_comes_in_the_morning_some_days_before_the_end() -> None:
    end = datetime(2026, 11, 30, 22, 30, tzinfo=UTC)
    at = reminder_of(end, days_before=3, zone=WARSAW, started_at=MONDAY)
    assert at is not None
    assert at.astimezone(ZoneInfo(WARSAW)).isoformat() == "2026-11-27T09:00:00+01:00"
    assert reminder_of(end, days_before=0, zone=WARSAW, started_at=MONDAY) is None
    assert reminder_of(end, days_before=3, zone=WARSAW, started_at=end - timedelta(days=2)) is None


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("to", list(State))
def test_states_move_as_their_table_says(state: State, to: State) -> None:
    assert may_move(state, to) is (to in MOVES.get(state, frozenset()))
    assert not may_move(State.UNDONE, to)


def test_the_endpoint_that_opens_accounts_hears_the_address_only_where_the_terms_share_it(endpoint: Endpoint) -> None:
    other = hooks.add_endpoint(name="CRM", url="https://crm.example/", events=[EventKind.TRIAL_STARTED], by=None, now=MONDAY)
    begin(trial_magnet("a", endpoint=str(endpoint.key), shares_email=True))
    begin(trial_magnet("b", endpoint=str(endpoint.key)), "bob@example.org")
    rows = zip(Delivery.objects.order_by("pk"), bodies(), strict=True)
    told = [(row.endpoint_id == other, body["data"].get("email")) for row, body in rows]
    assert told == [(False, "ann@zaklad.example.com"), (True, None), (False, None), (True, None)]
    assert "ann@" not in repr(list(Delivery.objects.values_list()))
    assert {body["type"] for body in bodies()} == {"trial.started"}


def test_the_reminder_and_the_end_are_mailed_once_and_told(endpoint: Endpoint) -> None:
    begin(trial_magnet(endpoint=str(endpoint.key)))
    trial = the_trial()
    for moment in (trial.ends_at - timedelta(days=4), trial.ends_at - timedelta(days=2), trial.ends_at - timedelta(days=1)):
        remind_and_end(now=moment)
    assert list(Message.objects.filter(kind__startswith="trial").values_list("kind", flat=True)) == ["trial_ending"]
    for moment in (trial.ends_at, trial.ends_at + timedelta(hours=1)):
        remind_and_end(now=moment)
    assert the_trial().state is State.ENDED
    assert sorted(Message.objects.filter(kind__startswith="trial").values_list("kind", flat=True)) == [
        "trial_ended",
        "trial_ending",
    ]
    assert [body["type"] for body in bodies()] == ["trial.started", "trial.ending", "trial.ended"]


@pytest.mark.parametrize(("language", "plain"), [("en", "nothing is charged by itself"), ("pl", "nic samo się nie naliczy")])
def test_the_letters_say_plainly_that_nothing_is_charged(app: Guide, language: str, plain: str) -> None:
    set_up_brand(company="Ciepło", language="pl", sender_email="b@cieplo.example", postal_address="Prosta 1", now=MONDAY)
    begin(app)
    trial = the_trial()
    letters = Letters(public_url="https://x.example", token_seed=Signer.new_seed())
    remind_and_end(now=trial.ends_at - timedelta(days=2))
    Message.objects.update(language=language)
    [ending] = letters.compose(
        list(Message.objects.filter(kind="trial_ending").values_list("pk", flat=True)), now=trial.ends_at - timedelta(days=2)
    ).values()
    assert plain in ending.text
    assert AT_END in ending.text
    remind_and_end(now=trial.ends_at)
    [ended] = letters.compose(
        list(Message.objects.filter(kind="trial_ended").values_list("pk", flat=True)), now=trial.ends_at
    ).values()
    assert AT_END in ended.text


def test_a_letter_that_is_no_longer_true_is_not_said(app: Guide) -> None:
    set_up_brand(company="Ciepło", language="pl", sender_email="b@cieplo.example", postal_address="Prosta 1", now=MONDAY)
    begin(app)
    trial = the_trial()
    near = trial.ends_at - timedelta(days=2)
    remind_and_end(now=near)
    trial_reports.bought(trial.key, amount_minor=None, currency=Currency.PLN, now=near)
    letters = Letters(public_url="https://x.example", token_seed=Signer.new_seed())
    assert letters.compose(list(Message.objects.filter(kind="trial_ending").values_list("pk", flat=True)), now=near) == {}


def test_a_start_link_opens_one_account_once(app: Guide) -> None:
    begin(app)
    trial = the_trial()
    link = start_link(trial, terms_of(app.definition))
    query = parse_qs(urlsplit(link).query)
    assert query["plan"] == ["try"]
    token = query["trial_token"][0]
    assert read_token(token) == trial.key
    assert trial_reports.start_by_token(token, now=MONDAY).state is State.ACTIVATED
    with pytest.raises(trial_reports.TokenUsed):
        trial_reports.start_by_token(token, now=MONDAY)
    assert "trial_token" not in start_link(the_trial(), terms_of(app.definition))


FORGED = {
    "one digit off": lambda token: token[:-1] + ("0" if token[-1] != "0" else "1"),
    "another trial": lambda token: "f" * 32 + token[32:],
    "no digits": lambda _token: "ż",
    "nothing": lambda _token: "",
}


@pytest.mark.parametrize("forged", FORGED)
def test_a_token_that_we_did_not_make_names_nothing(app: Guide, forged: str) -> None:
    begin(app)
    token = FORGED[forged](token_of(the_trial().key))
    assert read_token(token) is None
    with pytest.raises(queries.NoSuchTrial):
        trial_reports.start_by_token(token, now=MONDAY)


def test_where_a_webhook_opens_the_account_the_link_carries_no_token(endpoint: Endpoint) -> None:
    magnet = trial_magnet(endpoint=str(endpoint.key))
    begin(magnet)
    assert start_link(the_trial(), terms_of(magnet.definition)) == "https://app.example/start?plan=try"


def test_going_in_is_evidence_and_being_shown_the_way_is_not(app: Guide) -> None:
    who = begin(app)
    Grant.objects.filter(pk=who.grant_id).update(delivered_at=MONDAY)

    def evidence() -> list[str]:
        return [s.about for s in qualification.sources_of(who.lead_id, reader=THE_HOUSE) if s.kind == "delivered"]

    assert evidence() == []
    trial_reports.went_in(the_trial().key, now=MONDAY + timedelta(hours=1))
    assert evidence() == ["tried"]


def test_a_conversion_with_an_amount_is_one_won_deal_however_often_it_is_told(app: Guide) -> None:
    who = begin(app)
    key = the_trial().key
    for _ in range(3):
        trial_reports.bought(key, amount_minor=49_900, currency=Currency.PLN, now=MONDAY + timedelta(days=2))
    deal = Deal.objects.get()
    assert (deal.lead_id, deal.amount_minor, deal.currency, deal.recorded_by_id) == (who.lead_id, 49_900, "PLN", None)
    assert deal.won_at is not None
    assert (the_trial().state, the_trial().deal_id) == (State.CONVERTED, deal.pk)
    with pytest.raises(services.ConvertedOtherwise):
        trial_reports.bought(key, amount_minor=1, currency=Currency.PLN, now=MONDAY + timedelta(days=3))
    remind_and_end(now=MONDAY + timedelta(days=40))
    assert the_trial().state is State.CONVERTED


def test_after_the_end_nobody_goes_in_but_whoever_comes_back_may_still_buy(app: Guide) -> None:
    begin(app)
    key, over = the_trial().key, MONDAY + timedelta(days=20)
    remind_and_end(now=over)
    for report in (trial_reports.went_in, trial_reports.used):
        with pytest.raises(services.TrialOver):
            report(key, now=over)
    assert trial_reports.bought(key, amount_minor=10_000, currency=Currency.PLN, now=over).state is State.CONVERTED


def test_whoever_is_forgotten_has_no_trial_any_more_and_the_account_is_to_be_closed(endpoint: Endpoint) -> None:
    who = begin(trial_magnet(endpoint=str(endpoint.key), shares_email=True))
    privacy.erase_contact(who.contact_id, now=MONDAY + timedelta(days=1))
    react(MONDAY + timedelta(days=1))
    assert the_trial().state is State.UNDONE
    assert [body["type"] for body in bodies()] == ["trial.started", "trial.ended"]
    assert "ann@" not in json.dumps(bodies())
    with pytest.raises(services.TrialOver):
        trial_reports.bought(the_trial().key, amount_minor=1, currency=Currency.PLN, now=MONDAY)
