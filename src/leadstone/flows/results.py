"""What people's answers came to: found again from the forms that were kept, whenever it is to be told."""

from collections.abc import Mapping
from dataclasses import dataclass

from leadstone.domains.capture import queries as capture
from leadstone.domains.capture.queries import SubmissionFacts
from leadstone.domains.grants.queries import LetterFacts
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.kind import Outcome, encode_finding
from leadstone.domains.magnets.kinds import KINDS
from leadstone.wire.definition import MagnetDefinition


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The result of one form, under the words of the version that it was sent from. `code` is what a link carries of it."""

    version_id: int
    outcome: Outcome
    code: bytes


def results(grants: Mapping[int, LetterFacts], *, forms: Mapping[int, int | None]) -> dict[int, Result]:
    """Grant id → its result, where its kind of magnet tells one. `forms` names the form that is to be answered, by grant.

    Without one it is the newest; where the first result stays, it is the first, whichever form is answered. Left out: forms
    whose words were erased.
    """
    telling = {pk: facts for pk, facts in grants.items() if _tells(facts.definition)}
    if not telling:
        return {}
    newest = {pk: forms.get(pk) or facts.submission_id for pk, facts in telling.items()}
    chosen = newest | _first_forms({pk: facts for pk, facts in telling.items() if _keeps_first(facts.definition)})
    sent = capture.forms({form_id for form_id in chosen.values() if form_id})
    definitions = magnets.definitions({form.version_id for form in sent.values()})
    found = {
        pk: result_of(form, definitions[form.version_id]) for pk, pk_form in chosen.items() if (form := sent.get(pk_form or 0))
    }
    return {pk: result for pk, result in found.items() if result is not None}


def result_of(form: SubmissionFacts, definition: MagnetDefinition) -> Result | None:
    """What one form came to; None when its words were erased, or its kind of magnet tells nothing."""
    kind = KINDS.get(definition.kind)
    if kind is None or kind.asking is None or form.answers is None:
        return None
    finding = kind.asking.finding(definition, form.answers)
    outcome = kind.asking.outcome(definition, finding)
    return Result(version_id=form.version_id, outcome=outcome, code=encode_finding(finding)) if outcome else None


def _first_forms(grants: Mapping[int, LetterFacts]) -> dict[int, int | None]:
    """Grant id → the form with which its exchange began."""
    magnet_of = magnets.magnet_ids({facts.version_id for facts in grants.values()})
    pairs = {pk: (facts.contact_id, magnet_of[facts.version_id]) for pk, facts in grants.items()}
    sent = capture.accepted_forms(set(pairs.values())) if pairs else {}
    kept = {pair: [form for form in forms if form.answers is not None] for pair, forms in sent.items()}
    return {pk: kept[pair][0].submission_id for pk, pair in pairs.items() if kept[pair]}


def _tells(definition: MagnetDefinition) -> bool:
    kind = KINDS.get(definition.kind)
    return kind is not None and kind.asking is not None


def _keeps_first(definition: MagnetDefinition) -> bool:
    asking = KINDS[definition.kind].asking
    return asking is not None and asking.keeps_first(definition)
