"""What stands between a dishonest definition and the public."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import msgspec
import pytest
from django.utils import translation

from leadstone.domains.magnets.drafting import draft_from_example
from leadstone.domains.magnets.gap import GapCode
from leadstone.domains.magnets.honesty import VettedFacts, honesty_gaps, objections_in, shared_silently, undeclared
from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.rules import PublishFacts, gaps_of
from leadstone.domains.magnets.wording import said_in
from leadstone.domains.vetting.rules import Answer, Way
from leadstone.kernel.language import Language
from leadstone.studio.magnets.words import gap_words
from leadstone.wire.definition import (
    AskedField,
    Availability,
    Channel,
    FieldKey,
    MagnetDefinition,
    NextStep,
    decode_definition,
    encode_definition,
    with_availability,
    with_provenance,
)
from tests.magnets.definitions import CONTRACT, complete

TODAY = date(2026, 3, 2)
GAPS_OF_HONESTY = {
    GapCode.CLAIM_OPEN,
    GapCode.DECLINE_SHAMES,
    GapCode.DECLINE_IS_WORK,
    GapCode.HASTE_WITHOUT_DEADLINE,
    GapCode.SCARCITY_WITHOUT_COUNTER,
    GapCode.PHONE_FOR_FILE,
    GapCode.PROVENANCE_MISSING,
    GapCode.MESSAGE_UNDECLARED,
    GapCode.SHARING_UNDECLARED,
}


def but(**changes: Any) -> MagnetDefinition:
    return msgspec.structs.replace(complete(), **changes)


def agreeing(**changes: Any) -> MagnetDefinition:
    return but(contract=msgspec.structs.replace(CONTRACT, **changes))


def gaps(definition: MagnetDefinition, **facts: Any) -> set[tuple[str, str]]:
    return {(gap.code.value, gap.where) for gap in honesty_gaps(definition, VettedFacts(**{"today": TODAY, **facts}))}


def test_an_honest_definition_has_none() -> None:
    assert gaps(complete()) == set()


@pytest.mark.parametrize(
    ("definition", "code", "where"),
    [
        (but(title="Triple your home's value"), "claim_open", "title"),
        (but(points=("Fine", "Results guaranteed")), "claim_open", "points"),
        (agreeing(you_get="The ultimate guide, the best in the world"), "claim_open", "you_get"),
        (but(promise="Only 3 copies left"), "scarcity_without_counter", "promise"),
        (but(promise="Hurry up, it ends tonight"), "haste_without_deadline", "promise"),
        (agreeing(without_marketing="No thanks, I'd rather pay full price"), "decline_shames", "without_marketing"),
        (agreeing(without_marketing="Write to us and the guide comes by post"), "decline_is_work", "without_marketing"),
        (agreeing(without_marketing="Leave the box empty. " * 20), "decline_is_work", "without_marketing"),
    ],
)
def test_what_misleads_or_presses_is_named_with_its_place(definition: MagnetDefinition, code: str, where: str) -> None:
    assert (code, where) in gaps(definition)
    assert code in {gap.code for gap in gaps_of(definition, facts=PublishFacts(slug="guide"))}


def test_an_answer_lets_the_words_be_published_until_it_expires() -> None:
    bold = but(title="Triple your home's value")
    (one,) = objections_in(bold)
    answer = Answer(digest=one.digest, way=Way.EVIDENCE, expires_on=date(2026, 3, 31))
    assert gaps(bold, answers={one.digest: answer}) == set()
    assert gaps(bold, answers={one.digest: answer}, today=date(2026, 4, 1)) == {("claim_open", "title")}


def test_a_deadline_that_the_server_keeps_and_a_number_that_is_counted_may_be_spoken_of() -> None:
    closing = Availability(closes_at=datetime(2026, 6, 1, tzinfo=UTC), zone="Europe/Warsaw", cap=50)
    hurried = but(promise="Hurry up, it ends tonight. Only 3 copies left.")
    assert gaps(with_availability(hurried, closing)) == set()


@pytest.mark.parametrize(("required", "found"), [(True, {("phone_for_file", "asks.phone")}), (False, set())])
def test_nobody_has_to_give_a_phone_number_for_a_file(required: bool, found: set[tuple[str, str]]) -> None:
    phone = AskedField(key=FieldKey.PHONE, reason="to call you back", required=required)
    assert gaps(agreeing(asks=(*CONTRACT.asks, phone))) == found


def test_a_file_that_stands_elsewhere_needs_a_sentence_that_says_so() -> None:
    assert gaps(complete(), share=0.19) == set()
    assert gaps(complete(), share=0.2) == {("provenance_missing", "provenance")}
    assert gaps(with_provenance(complete(), "Chapter 2 is from the ministry's leaflet."), share=0.2) == set()


def test_a_definition_without_provenance_is_written_as_before_there_was_any() -> None:
    assert "provenance" not in encode_definition(with_provenance(complete(), ""))
    told = with_provenance(complete(), "From the leaflet.")
    assert decode_definition(encode_definition(told)) == told


def with_steps(draft: MagnetDefinition, steps: tuple[NextStep, ...]) -> MagnetDefinition:
    return msgspec.structs.replace(draft, contract=msgspec.structs.replace(draft.contract, next_steps=steps))


SENDS = [(key, number) for key, kind in KINDS.items() for number in range(len(kind.sends))]


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize(("key", "number"), SENDS)
def test_what_a_kind_sends_must_stand_in_the_contract_before_it_is_published(key: str, number: int, language: str) -> None:
    sent = KINDS[key].sends[number]
    draft = draft_from_example(kind=key, language=language, company="Ciepło Polskie", sells="")
    if key == "consultation":
        draft = msgspec.structs.replace(draft, settings={**draft.settings, "place": "phone"})
    steps = draft.contract.next_steps
    silent = with_steps(draft, tuple(msgspec.structs.replace(step, text="…") for step in steps))
    sentence = sent.sentences[language]
    assert sent in undeclared(silent)
    found = [gap for gap in gaps_of(silent, facts=PublishFacts(slug="one")) if gap.code is GapCode.MESSAGE_UNDECLARED]
    assert sentence in [gap.facts["sentence"] for gap in found]
    with translation.override(language):
        assert sentence in str(gap_words(next(gap for gap in found if gap.facts["sentence"] == sentence)))
    declared = with_steps(silent, (*silent.contract.next_steps, NextStep(channel=sent.channel, text=sentence)))
    assert sent not in undeclared(declared)
    # The same words about another way of reaching somebody announce nothing.
    elsewhere = with_steps(silent, (*silent.contract.next_steps, NextStep(channel=Channel.POST, text=sentence)))
    assert sent in undeclared(elsewhere)


@pytest.mark.parametrize("language", Language)
def test_what_another_system_is_told_stands_in_the_exchange(language: Language) -> None:
    draft = draft_from_example(kind="trial", language=language, company="Ciepło Polskie", sells="")
    telling = msgspec.structs.replace(draft, settings={**draft.settings, "endpoint": str(UUID(int=1)), "shares_email": True})
    (shared,) = shared_silently(telling)
    (gap,) = [gap for gap in gaps_of(telling, facts=PublishFacts(slug="one")) if gap.code is GapCode.SHARING_UNDECLARED]
    with translation.override(language):
        assert shared.sentences[language] in str(gap_words(gap))

    said = NextStep(channel=Channel.EMAIL, text=shared.sentences[language])

    assert shared_silently(with_steps(telling, (*telling.contract.next_steps, said))) == ()
    assert shared_silently(draft) == ()


@pytest.mark.parametrize(("key", "off"), [("consultation", {"reminders": []}), ("trial", {"remind_days": 0})])
def test_what_the_settings_switch_off_need_not_be_announced(key: str, off: dict[str, Any]) -> None:
    draft = draft_from_example(kind=key, language="en", company="Ciepło Polskie", sells="")
    silent = with_steps(draft, ())
    quiet = msgspec.structs.replace(silent, settings={**draft.settings, **off})
    assert len(undeclared(quiet)) == len(undeclared(silent)) - 1


def test_every_kind_whose_promise_lives_on_after_the_first_mail_says_what_it_sends() -> None:
    assert {key for key, kind in KINDS.items() if kind.sends} == {key for key, kind in KINDS.items() if kind.held}


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("kind", [key for key, kind in KINDS.items() if kind.example])
def test_the_example_of_every_kind_is_honest(kind: str, language: str) -> None:
    draft = draft_from_example(kind=kind, language=language, company="Ciepło Polskie", sells="")
    assert gaps(draft) == set()


def test_every_word_that_a_visitor_reads_is_read_here_first() -> None:
    draft = draft_from_example(kind="quiz", language="en", company="Ciepło Polskie", sells="")
    read = "\n".join(said.text for said in said_in(draft))
    for question in draft.settings["questions"]:
        assert question["text"] in read
    for outcome in draft.settings["outcomes"]:
        assert outcome["text"] in read
    for text in (draft.title, draft.promise, draft.button, draft.contract.you_get, draft.contract.deletion):
        assert text in read
