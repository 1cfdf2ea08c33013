"""Everything that the page of checks shows of one magnet."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from leadstone.domains.access.rules import Right, may
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.honesty import (
    PRACTICE_OF,
    Practice,
    VettedFacts,
    honesty_gaps,
    objections_in,
    shared_silently,
    undeclared,
)
from leadstone.domains.magnets.kind import Sent, Shared
from leadstone.domains.magnets.wording import said_in, topic_of
from leadstone.domains.vetting import queries
from leadstone.domains.vetting.queries import GivenAnswer
from leadstone.domains.vetting.rules import Objection, Standing, standing
from leadstone.domains.vetting.rules.match import Fit, fit_of
from leadstone.domains.vetting.rules.overlap import SHARE_THAT_ASKS
from leadstone.domains.vetting.rules.reading import Unread
from leadstone.studio.magnets.words import LINTERS
from leadstone.studio.shell.gate import actor
from leadstone.studio.vetting.forms import ApprovalForm, EvidenceForm, SourceForm
from leadstone.studio.vetting.words import PRACTICE, STANDING, UNREAD_ADDRESS, place_name
from leadstone.wire.definition import MagnetDefinition, provenance_of

if TYPE_CHECKING:
    from leadstone.domains.magnets.models import Magnet
    from leadstone.domains.vetting.models import Source

_QUESTIONS, _OUTCOMES = "questions.", "outcomes."


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownObjection:
    """Words that are objected to, where they stand, and who answers for them."""

    objection: Objection
    place: str
    why: str
    standing: Standing
    standing_words: str
    given: GivenAnswer | None
    evidence: EvidenceForm
    approval: ApprovalForm
    unfolded: bool

    @property
    def anchor(self) -> str:
        return f"words-{self.objection.digest[:12]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSource:
    """A declared source, and how far its address was read."""

    source: "Source"

    @property
    def by_hand(self) -> bool:
        """Its text was pasted, or came as a file: nothing is read at its address."""
        return bool(self.source.text) and self.source.read_at is None

    @property
    def waits(self) -> bool:
        return self.source.due_at is not None

    @property
    def problem(self) -> str:
        """Why the last try failed; empty when it did not, and while another one is due."""
        code = "" if self.waits else self.source.problem
        return str(UNREAD_ADDRESS[Unread(code)]) if code else ""

    @property
    def may_be_read(self) -> bool:
        return bool(self.source.address) and not self.by_hand and not self.waits


def context_of(
    request: HttpRequest, magnet: "Magnet", *, today: date, typed: tuple[str, Any] | None = None, source: SourceForm | None = None
) -> dict[str, Any]:
    """`typed`: the digest and the form that was sent and is not right; `source`: the form of a source that is not right."""
    definition = magnets.draft_of(magnet)
    asset = definition.asset
    vetted = queries.vetted(magnet.pk, asset_key=asset.key if asset else "")
    facts = VettedFacts(today=today, answers=vetted.answers, share=vetted.share)
    compared = queries.compared(magnet.pk)
    live = magnets.current_version(magnet.pk)
    return {
        "magnet": magnet,
        "definition": definition,
        "objections": shown_objections(magnet, definition, today=today, typed=typed),
        "practices": practices(definition, facts),
        "asset": asset,
        "asset_read": asset is not None and queries.is_read(asset.key),
        "compared": compared if compared and asset and compared.asset_key == asset.key else None,
        "threshold": SHARE_THAT_ASKS,
        "statement": provenance_of(definition),
        "sources": [ShownSource(source=one) for one in queries.sources_of(magnet.pk)],
        "source_form": source or SourceForm(),
        "undeclared": _unsaid(definition),
        "undeclared_live": _unsaid(live.definition) if live else [],
        "sends": _declared(definition),
        "fit": fit_in(definition),
        "editable": may(actor(request).role, Right.EDIT_MAGNETS),
        "approves": may(actor(request).role, Right.APPROVE_CLAIMS),
    }


def shown_objections(
    magnet: "Magnet", definition: MagnetDefinition, *, today: date, typed: tuple[str, Any] | None = None
) -> list[ShownObjection]:
    """The open ones first, in the order of the editor."""
    given = queries.answers_of(magnet.pk)
    answers = {digest: one.answer for digest, one in given.items()}
    shown = [_shown(one, standing(one, answers, today=today), given.get(one.digest), typed) for one in objections_in(definition)]
    return sorted(shown, key=lambda one: one.standing is Standing.ANSWERED)


def practices(definition: MagnetDefinition, facts: VettedFacts) -> list[tuple[str, bool]]:
    """Each practice that is looked for, in words, and whether the definition is free of it."""
    found = {PRACTICE_OF[gap.code] for gap in honesty_gaps(definition, facts) if gap.code in PRACTICE_OF}
    return [(str(PRACTICE[practice]), practice not in found) for practice in Practice]


def fit_in(definition: MagnetDefinition) -> Fit | None:
    """How what a quiz advises, and what the company sells, fit what it asks about; None where nothing is advised."""
    said = said_in(definition)
    told = [one.text for one in said if one.where.startswith(_OUTCOMES)]
    if not told:
        return None
    asked = [topic_of(definition), *(one.text for one in said if one.where.startswith(_QUESTIONS))]
    others = [topic_of(other) for other in magnets.all_definitions().values()]
    return fit_of("\n".join(asked), "\n".join((*told, definition.contract.sells)), corpus=others)


def _shown(objection: Objection, held: Standing, given: GivenAnswer | None, typed: tuple[str, Any] | None) -> ShownObjection:
    form = typed[1] if typed and typed[0] == objection.digest else None
    return ShownObjection(
        objection=objection,
        place=place_name(objection.where),
        why=str(LINTERS[objection.why]),
        standing=held,
        standing_words=str(STANDING[held]),
        given=given,
        evidence=form if isinstance(form, EvidenceForm) else EvidenceForm(auto_id=f"e{objection.digest[:8]}_%s"),
        approval=form if isinstance(form, ApprovalForm) else ApprovalForm(auto_id=f"a{objection.digest[:8]}_%s"),
        unfolded=form is not None,
    )


def _unsaid(definition: MagnetDefinition) -> list[str]:
    """What the contract would have to say of what really happens, in its language."""
    unsaid: tuple[Sent | Shared, ...] = (*undeclared(definition), *shared_silently(definition))
    return [each.sentence_in(definition.language) for each in unsaid]


def _declared(definition: MagnetDefinition) -> list[str]:
    return [step.text for step in definition.contract.next_steps]
