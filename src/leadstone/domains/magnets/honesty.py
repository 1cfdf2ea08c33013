"""What a definition may not do to its reader: claim without proof, press, hide where it comes from, or do what it did not say."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from leadstone.domains.magnets.gap import Gap, GapCode
from leadstone.domains.magnets.kind import Kept, Sent, Shared, Step
from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.wording import said_in
from leadstone.domains.vetting.rules import Answer, Objection, Standing, objections, standing
from leadstone.domains.vetting.rules.overlap import asks_for_a_statement
from leadstone.wire.definition import FieldKey, MagnetDefinition, availability_of, provenance_of

_HASTE = frozenset({"countdown", "ends_soon", "hurry"})
_SCARCITY = frozenset({"few_left", "low_stock"})
_SHAME = frozenset({"shaming_no"})
LONGEST_WAY_OUT = 300  # characters: whoever says no reads no more than whoever says yes
# Saying yes takes one tick; saying no may take no letter and no call.
_WORK = re.compile(
    r"(?<!\w)(?:(?:call|phone|ring|contact|write to|e-?mail|ask) us|send (?:us )?(?:a|an) (?:letter|e-?mail|request)"
    r"|zadzwoń|zatelefonuj|napisz do nas|skontaktuj się|wyślij (?:do )?(?:nas|nam|list|pismo|e-?mail)|poproś nas)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class VettedFacts:
    """Who answers for which words, on which day that is asked, and what share of the file stands elsewhere."""

    today: date = date.max
    answers: Mapping[str, Answer] = field(default_factory=dict)
    share: float = 0.0


class Practice(StrEnum):
    """A way to press a visitor that is looked for in every definition."""

    PRETICKED = "preticked"
    DECLINE_SHAMES = "decline_shames"
    DECLINE_IS_WORK = "decline_is_work"
    HASTE_WITHOUT_DEADLINE = "haste_without_deadline"
    SCARCITY_WITHOUT_COUNTER = "scarcity_without_counter"
    PHONE_FOR_FILE = "phone_for_file"


_CODE: Mapping[Practice, GapCode] = {
    Practice.DECLINE_SHAMES: GapCode.DECLINE_SHAMES,
    Practice.DECLINE_IS_WORK: GapCode.DECLINE_IS_WORK,
    Practice.HASTE_WITHOUT_DEADLINE: GapCode.HASTE_WITHOUT_DEADLINE,
    Practice.SCARCITY_WITHOUT_COUNTER: GapCode.SCARCITY_WITHOUT_COUNTER,
    Practice.PHONE_FOR_FILE: GapCode.PHONE_FOR_FILE,
}
PRACTICE_OF: Mapping[GapCode, Practice] = {code: practice for practice, code in _CODE.items()}


def objections_in(definition: MagnetDefinition) -> tuple[Objection, ...]:
    """What the linters say of it, less what the definition itself makes true: a deadline that is kept, a number that counts."""
    found = objections(said_in(definition), language=definition.language)
    limits = availability_of(definition)
    true = frozenset[str]()
    if limits.closes_at is not None:
        true |= _HASTE
    if limits.cap is not None or _kept_by_the_database(definition, Step.PARCEL):
        true |= _SCARCITY
    return tuple(one for one in found if one.rule not in true)


def honesty_gaps(definition: MagnetDefinition, facts: VettedFacts) -> Iterator[Gap]:
    """Everything here that stands between it and the public."""
    for one in objections_in(definition):
        held = standing(one, facts.answers, today=facts.today)
        if held is not Standing.ANSWERED:
            yield Gap(_code_of(one), one.where, {"words": one.words, "why": one.why, "digest": one.digest, "standing": held})
    way_out = definition.contract.without_marketing
    if _WORK.search(way_out) or len(way_out) > LONGEST_WAY_OUT:
        yield Gap(GapCode.DECLINE_IS_WORK, "without_marketing", {"most": str(LONGEST_WAY_OUT)})
    if asks_for_a_file_by_phone(definition):
        yield Gap(GapCode.PHONE_FOR_FILE, "asks.phone")
    if asks_for_a_statement(facts.share) and not provenance_of(definition).strip():
        yield Gap(GapCode.PROVENANCE_MISSING, "provenance", {"share": f"{facts.share:.0%}"})
    for sent in undeclared(definition):
        yield Gap(GapCode.MESSAGE_UNDECLARED, "next_steps", {"sentence": sent.sentence_in(definition.language)})
    for shared in shared_silently(definition):
        yield Gap(GapCode.SHARING_UNDECLARED, "next_steps", {"sentence": shared.sentence_in(definition.language)})
    for kept in kept_silently(definition):
        yield Gap(GapCode.KEEPING_UNDECLARED, "scored", {"sentence": kept.sentence_in(definition.language)})


def asks_for_a_file_by_phone(definition: MagnetDefinition) -> bool:
    """Whether nobody gets a file or a result without giving a telephone number that it does not need."""
    kind = KINDS.get(definition.kind)
    needless = kind is not None and kind.held is None
    return needless and any(asked.key is FieldKey.PHONE and asked.required for asked in definition.contract.asks)


def undeclared(definition: MagnetDefinition) -> tuple[Sent, ...]:
    """What the kind sends by itself and the contract does not say; asked of published versions too, for a kind may learn more."""
    kind = KINDS.get(definition.kind)
    if kind is None:
        return ()
    return tuple(sent for sent in kind.sends if sent.sent_if(definition.settings) and not _says(definition, sent))


def shared_silently(definition: MagnetDefinition) -> tuple[Shared, ...]:
    """What other systems are told and no sentence of the contract says; asked of published versions too."""
    kind = KINDS.get(definition.kind)
    return tuple(
        shared
        for shared in (kind.shares if kind else ())
        if shared.shared_if(definition.settings) and not _told(definition, shared.told_by)
    )


def kept_silently(definition: MagnetDefinition) -> tuple[Kept, ...]:
    """What is kept of people who leave no address and no sentence of the contract says."""
    kind = KINDS.get(definition.kind)
    return tuple(
        kept for kept in (kind.keeps if kind else ()) if kept.kept_if(definition.settings) and not _told(definition, kept.told_by)
    )


def _told(definition: MagnetDefinition, pattern: str) -> bool:
    """Whether any sentence of the contract says it."""
    contract = definition.contract
    told = [
        *(step.text for step in contract.next_steps),
        *(asked.reason for asked in contract.asks),
        *(contract.you_get, contract.sells, contract.scored, contract.without_marketing, contract.deletion),
    ]
    return any(re.search(pattern, text, re.IGNORECASE) for text in told)


def _says(definition: MagnetDefinition, sent: Sent) -> bool:
    steps = (step for step in definition.contract.next_steps if step.channel is sent.channel)
    return any(re.search(sent.told_by, step.text, re.IGNORECASE) for step in steps)


def _code_of(objection: Objection) -> GapCode:
    if objection.rule in _HASTE:
        return GapCode.HASTE_WITHOUT_DEADLINE
    if objection.rule in _SCARCITY:
        return GapCode.SCARCITY_WITHOUT_COUNTER
    return GapCode.DECLINE_SHAMES if objection.rule in _SHAME else GapCode.CLAIM_OPEN


def _kept_by_the_database(definition: MagnetDefinition, step: Step) -> bool:
    kind = KINDS.get(definition.kind)
    return kind is not None and kind.held is step
