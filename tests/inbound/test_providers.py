"""What is not signed is not read; what is signed is read whatever its order, spelling and size; nothing breaks the reader."""

import json
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from standardwebhooks import Webhook

from leadstone.domains.inbound.rules import MOST_BYTES, Box, Knock, Provider, ProviderName, Turned, Unreadable
from leadstone.domains.inbound.rules.boxes import decode_said, encode_said
from leadstone.domains.inbound.rules.fields import understand
from leadstone.integrations.google_leads.lead_forms import GoogleLeadForms
from leadstone.integrations.linkedin.lead_forms import LinkedInLeadForms
from leadstone.integrations.meta.lead_forms import MetaLeadForms, verify_token
from leadstone.integrations.typeform.forms import TypeformForms
from leadstone.project.providers import PROVIDERS
from tests.cast import MONDAY
from tests.inbound.lead_servers import BOX, GRAPH_FORM, GRAPH_LEAD, LINKEDIN_LEAD, TERMS

SECRET = "whsec_" + b64encode(b"s" * 32).decode()
ALL = pytest.mark.parametrize("name", list(ProviderName), ids=str)


def knock(name: ProviderName) -> tuple[Provider, Knock]:
    provider = PROVIDERS[name]
    return provider, provider.sample(secret=SECRET, provider_id="4711", now=MONDAY)


@ALL
def test_every_provider_can_be_answered(name: ProviderName) -> None:
    provider, sent = knock(name)

    assert provider.verify(sent, secret=SECRET, now=MONDAY) is None
    [said] = provider.read(sent)
    assert said.provider_id == "4711"
    assert understand(said.fields, {}).values["email"] == "ann@test.example"
    assert understand(said.fields, {}).values["name"] == "Ann Test"


@ALL
@pytest.mark.parametrize("other", ["", "whsec_", "another", SECRET + "x"])
def test_who_does_not_know_the_secret_is_not_read(name: ProviderName, other: str) -> None:
    provider, sent = knock(name)

    assert provider.verify(sent, secret=other, now=MONDAY) is Turned.FORGED


@pytest.mark.parametrize("name", [each for each in ProviderName if each is not ProviderName.GOOGLE], ids=str)
def test_a_body_that_was_changed_on_its_way_is_not_read(name: ProviderName) -> None:
    provider, sent = knock(name)
    changed = replace(sent, body=sent.body.replace(b"ann@", b"bob@"))

    assert provider.verify(changed, secret=SECRET, now=MONDAY) is Turned.FORGED
    assert provider.verify(replace(sent, headers={}), secret=SECRET, now=MONDAY) is Turned.FORGED


@ALL
@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"a"', b"\xff\xfe{", b"[" * 100_000, b'{"a":' + b"9" * 5000])
def test_what_is_no_reading_of_theirs_is_unreadable_and_breaks_nothing(name: ProviderName, body: bytes) -> None:
    provider, sent = knock(name)

    with pytest.raises(Unreadable):
        provider.read(replace(sent, body=body))


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(["entry", "changes", "value", "answers"]), inner),
)


_NAMES = st.sampled_from(["entry", "user_column_data", "lead_id", "answers", "form_response", "data", "leadAction"])


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # beside another suite
@given(told=st.dictionaries(_NAMES, _JSON))
def test_whatever_json_comes_is_read_or_unreadable(told: dict[str, object]) -> None:
    for provider in PROVIDERS.values():
        try:
            said = provider.read(Knock(json.dumps(told).encode(), {"webhook-id": "1"}))
        except Unreadable:
            continue
        for each in said:
            json.dumps(dict(each.fields)).encode()
            "".join(each.fields.values()).encode()


_SHAPES = st.sampled_from(
    [
        "formResponse",
        "answers",
        "questionId",
        "answerDetails",
        "form",
        "content",
        "questions",
        "legalInfo",
        "consents",
        "id",
        "localized",
        "field_data",
        "custom_disclaimer_responses",
        "checkbox_key",
        "legal_content",
        "custom_disclaimer",
        "checkboxes",
    ]
)
_TOLD = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_SHAPES, inner, max_size=4),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # beside another suite
@given(lead=st.dictionaries(_SHAPES, _TOLD), form=st.dictionaries(_SHAPES, _TOLD))
def test_whatever_their_own_servers_tell_is_read_or_unreadable(lead: dict[str, object], form: dict[str, object]) -> None:
    for provider in (LinkedInLeadForms(), MetaLeadForms()):
        for bodies in ([lead], [lead, form]):
            try:
                told = provider.read_fetched([json.dumps(body).encode() for body in bodies])
            except Unreadable:
                continue
            assert decode_said(encode_said(told.fields, told.boxes)) == (dict(told.fields), tuple(told.boxes))


def test_a_box_of_linkedin_that_had_to_be_ticked_is_no_free_choice_and_words_are_those_of_the_form() -> None:
    told = LinkedInLeadForms().read_fetched([json.dumps(LINKEDIN_LEAD).encode()])

    assert told.boxes == (Box(words=TERMS, ticked=True, free=False, language="es"), Box(words=BOX, ticked=True, language="es"))
    assert told.fields["Cuál es tu color favorito"] == "Rojo"


def test_of_meta_only_boxes_with_words_are_known_and_one_that_was_ticked_beforehand_is_no_free_choice() -> None:
    lead, form = json.dumps(GRAPH_LEAD).encode(), json.dumps(GRAPH_FORM).encode()
    asked = MetaLeadForms().read_fetched([lead])

    assert asked.boxes == ()
    assert asked.more.startswith("https://graph.facebook.com/v25.0/501?fields=locale,legal_content%7Bcustom_disclaimer")
    assert MetaLeadForms().read_fetched([lead, form]).boxes == (
        Box(words=BOX, ticked=True, language="pl"),
        Box(words="Chcę newsletter.", ticked=False, language="pl"),
        Box(words="Partnerzy też.", ticked=True, free=False, language="pl"),
    )


def test_a_legal_question_of_typeform_is_a_box_with_its_words() -> None:
    definition = {"fields": [{"id": "a", "type": "legal", "title": BOX}]}
    answers = [{"type": "boolean", "boolean": True, "field": {"id": "a", "type": "legal"}}]
    form = {"token": "1", "definition": definition, "answers": answers}
    [said] = TypeformForms().read(Knock(json.dumps({"event_type": "form_response", "form_response": form}).encode(), {}))

    assert said.boxes == (Box(words=BOX, ticked=True),)


def test_a_script_of_one_s_own_says_boxes_with_their_words() -> None:
    boxes = [{"words": BOX, "ticked": True, "language": "pl-PL"}, {"words": " ", "ticked": True}, {"ticked": True}, 5]
    body = json.dumps({"email": "a@a.example", "boxes": boxes}).encode()
    [said] = PROVIDERS[ProviderName.GENERIC].read(Knock(body, {"webhook-id": "1"}))

    assert said.boxes == (Box(words=BOX, ticked=True, language="pl"),)
    assert said.fields == {"email": "a@a.example"}


def test_meta_sends_many_people_at_once_and_other_news_beside_them() -> None:
    changes = [
        {"field": "feed", "value": {"item": "like"}},
        {"field": "leadgen", "value": {"leadgen_id": "1", "field_data": [{"name": "Your E-mail?", "values": ["a@a.example"]}]}},
        {"field": "leadgen", "value": {"leadgen_id": "2", "created_time": 1_767_000_000, "page_id": "9", "form_id": "8"}},
    ]
    told = MetaLeadForms().read(Knock(json.dumps({"object": "page", "entry": [{"id": "9", "changes": changes}]}).encode(), {}))

    assert [each.provider_id for each in told] == ["1", "2"]
    assert told[0].fields == {"Your E-mail?": "a@a.example"}
    assert told[0].fetch == ""
    assert told[1].fetch == "https://graph.facebook.com/v25.0/2?fields=field_data,custom_disclaimer_responses,form_id"
    assert told[1].at == datetime.fromtimestamp(1_767_000_000, tz=UTC)


def test_news_of_meta_that_are_no_changes_keep_nobody_out() -> None:
    lead = {"id": "9", "changes": [{"field": "leadgen", "value": {"leadgen_id": "1"}}]}
    body = json.dumps({"object": "page", "entry": [{"id": "9", "messaging": [{"message": {"text": "Hi"}}]}, lead]}).encode()

    assert [each.provider_id for each in MetaLeadForms().read(Knock(body, {}))] == ["1"]


def test_meta_sends_a_thousand_together() -> None:
    value = {"leadgen_id": 444444444444, "page_id": 444444444444, "form_id": 444444444444, "created_time": 1_588_890_044}
    changes = [{"field": "leadgen", "value": value | {"leadgen_id": 1_000_000_000_000 + number}} for number in range(1000)]
    body = json.dumps({"object": "page", "entry": [{"id": "444444444444", "time": 1_588_890_045, "changes": changes}]}).encode()

    assert len(body) < MOST_BYTES
    assert len({each.provider_id for each in MetaLeadForms().read(Knock(body, {}))}) == 1000


def test_who_was_made_up_by_meta_s_own_tool_is_a_test() -> None:
    answers = {"email": "test@meta.com", "full_name": "<test lead: dummy data for full_name>"}
    field_data = [{"name": name, "values": [text]} for name, text in answers.items()]
    value = {"leadgen_id": "1", "field_data": field_data}
    body = json.dumps({"object": "page", "entry": [{"changes": [{"field": "leadgen", "value": value}]}]}).encode()

    assert MetaLeadForms().read(Knock(body, {}))[0].is_test
    assert MetaLeadForms().read_fetched([json.dumps({"id": "1", "field_data": field_data}).encode()]).is_test
    assert not MetaLeadForms().read_fetched([json.dumps({"id": "1", "field_data": field_data[:1]}).encode()]).is_test


def test_meta_cannot_be_made_to_ask_another_address() -> None:
    value = {"leadgen_id": "1/../../me?x="}
    body = json.dumps({"entry": [{"changes": [{"field": "leadgen", "value": value}]}]}).encode()

    assert MetaLeadForms().read(Knock(body, {}))[0].fetch == ""


def test_meta_proves_itself_before_its_challenge_is_answered() -> None:
    asked = {"hub.mode": "subscribe", "hub.verify_token": verify_token(SECRET), "hub.challenge": "1158201444"}
    meta = MetaLeadForms()

    assert meta.challenge(asked, secret=SECRET) == ("text/plain", "1158201444")
    assert meta.challenge(asked | {"hub.verify_token": "guessed"}, secret=SECRET) is None
    assert meta.challenge(asked | {"hub.challenge": "<script>"}, secret=SECRET) is None
    assert meta.challenge({}, secret=SECRET) is None


def test_linkedin_is_answered_with_its_code_signed() -> None:
    """The response is the hexadecimal HMAC-SHA256 of the code, as LinkedIn's documentation gives it."""
    answered = LinkedInLeadForms().challenge({"challengeCode": "890e4665-4dfe-4ab1-b689-ed553bceeed0"}, secret="secret")

    assert answered is not None
    assert json.loads(answered[1]) == {
        "challengeCode": "890e4665-4dfe-4ab1-b689-ed553bceeed0",
        "challengeResponse": "9585d359e64d6a2013e0cf377f702b7141313246286c6891f22e3bfcc3938f65",
    }


def test_linkedin_telling_that_a_lead_was_deleted_brings_nobody() -> None:
    body = json.dumps({"type": "LEAD_ACTION", "leadAction": "DELETED", "leadGenFormResponse": "urn:li:x:1"}).encode()

    assert LinkedInLeadForms().read(Knock(body, {})) == []


def test_google_names_its_own_questions_by_their_words() -> None:
    columns = [
        {"column_id": "EMAIL", "string_value": "a@a.example", "column_name": "User Email"},
        {"column_id": "0", "string_value": "Tomorrow", "column_name": "When shall we call?"},
    ]
    told = {"lead_id": "1", "user_column_data": columns, "google_key": SECRET}
    [said] = GoogleLeadForms().read(Knock(json.dumps(told).encode(), {}))

    assert said.fields == {"EMAIL": "a@a.example", "When shall we call?": "Tomorrow"}
    assert not said.is_test


def test_typeform_answers_are_known_by_their_questions_whatever_their_order() -> None:
    form = {
        "token": "t1",
        "submitted_at": "2026-03-01T10:00:00Z",
        "definition": {"fields": [{"id": "a", "title": "Firma"}, {"id": "b", "title": "Budget"}, {"id": "c", "title": "Adres"}]},
        "answers": [
            {"type": "email", "email": "a@a.example", "field": {"id": "c"}},
            {"type": "choices", "choices": {"labels": ["big", "small"]}, "field": {"id": "b"}},
            {"type": "text", "text": "Łódź Sp. z o.o.", "field": {"id": "a"}},
        ],
        "hidden": {"utm_source": "x"},
    }
    [said] = TypeformForms().read(Knock(json.dumps({"event_type": "form_response", "form_response": form}).encode(), {}))

    assert said.fields == {"email": "a@a.example", "Budget": "big, small", "Firma": "Łódź Sp. z o.o.", "utm_source": "x"}
    assert said.at == datetime(2026, 3, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "1970-01-01T00:00:00Z", "", [], 5])
def test_a_clock_that_was_never_set_says_nothing(at: object) -> None:
    told = json.dumps({"form_response": {"token": "t1", "submitted_at": at}}).encode()

    assert TypeformForms().read(Knock(told, {}))[0].at is None


@pytest.mark.parametrize(
    "answer",
    [{"type": []}, {"type": "text", "text": {}}, {"type": "text", "text": "Ann", "field": {"id": [], "ref": "name"}}],
)
def test_a_typeform_of_another_shape_breaks_nothing(answer: dict[str, object]) -> None:
    body = json.dumps({"form_response": {"token": "t1", "answers": [answer]}}).encode()
    [said] = TypeformForms().read(Knock(body, {}))

    assert said.fields in ({}, {"name": "Ann"})


@pytest.mark.parametrize("depth", [3, 20, 200, 900])
def test_lists_within_lists_within_lists_are_read_or_left_out(depth: int) -> None:
    body = ('{"email": "ann@a.example", "question": ' + "[" * depth + '"Hi"' + "]" * depth + "}").encode()
    try:
        [said] = PROVIDERS[ProviderName.GENERIC].read(Knock(body, {"webhook-id": "1"}))
    except Unreadable:
        return
    assert said.fields == {"email": "ann@a.example", "question": "Hi" if depth < 5 else ""}


def test_the_questions_of_a_group_are_known_by_their_own_words() -> None:
    parts = [{"id": "f", "title": "First name", "subfield_key": "first_name"}, {"id": "l", "title": "Nazwisko"}]
    form = {
        "token": "t1",
        "definition": {"fields": [{"id": "c", "title": "Who are you?", "type": "contact_info", "properties": {"fields": parts}}]},
        "answers": [
            {"type": "text", "text": "Ann", "field": {"id": "f", "ref": "01H531", "type": "short_text"}},
            {"type": "text", "text": "Lis", "field": {"id": "l", "ref": "01H532", "type": "short_text"}},
            {"type": "email", "email": "ann@a.example", "field": {"id": "e", "ref": "01H533", "type": "email"}},
        ],
    }
    [said] = TypeformForms().read(Knock(json.dumps({"form_response": form}).encode(), {}))

    assert understand(said.fields, {}).values == {"name": "Ann Lis", "email": "ann@a.example"}


def test_the_reference_library_of_standard_webhooks_is_understood() -> None:
    generic = PROVIDERS[ProviderName.GENERIC]
    body = '{"email": "ann@a.example"}'
    headers = {
        "webhook-id": "m1",
        "webhook-timestamp": str(int(MONDAY.timestamp())),
        "webhook-signature": "v1,AAAA " + Webhook(SECRET).sign("m1", MONDAY, body),
    }
    sent = Knock(body.encode(), headers)

    assert generic.verify(sent, secret=SECRET, now=MONDAY) is None
    assert generic.verify(sent, secret=SECRET, now=MONDAY + timedelta(minutes=5, seconds=1)) is Turned.TOO_OLD
    assert generic.verify(sent, secret=SECRET, now=MONDAY - timedelta(minutes=6)) is Turned.TOO_OLD
    assert generic.verify(replace(sent, headers=headers | {"webhook-id": "m2"}), secret=SECRET, now=MONDAY) is Turned.FORGED


def test_usual_names_are_known_in_two_languages_and_what_a_door_says_comes_first() -> None:
    said = {"Imię": "Łucja", "NAZWISKO:": "Lis", "Adres e-mail": "l@l.example", "Nr telefonu": "601", "Ulubiony kolor": "red"}

    assert understand(said, {}).values == {"name": "Łucja Lis", "email": "l@l.example", "phone": "601"}
    assert understand(said, {}).unused == ("Ulubiony kolor",)
    told = understand(said, {"Ulubiony kolor": "question", "Nr telefonu": ""})
    assert told.values["question"] == "red"
    assert "phone" not in told.values
    assert told.unused == ()
