"""Answers that were chosen give their tags, once the mailbox that they came from is proven."""

from collections.abc import Collection, Mapping, Sequence

from leadstone.domains.capture.queries import SubmissionFacts
from leadstone.domains.contacts.rules import Tagged, TagSource
from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.questionnaire import tags_in
from leadstone.wire.definition import MagnetDefinition


def tags_answered(
    forms: Mapping[tuple[int, int], Sequence[SubmissionFacts]],
    definitions: Mapping[int, MagnetDefinition],
    *,
    answered: Collection[str],
) -> list[Tagged]:
    """What the forms of these exchanges call whoever sent them; of forms that the mailbox did not answer, nothing."""
    told = [
        Tagged(
            contact_id=contact_id,
            names=_tags_of(form, definitions[form.version_id]),
            source=TagSource.ANSWER,
            said_ref=form.ref,
        )
        for (contact_id, _magnet_id), sent in forms.items()
        for form in sent
        if form.ref in answered
    ]
    return [each for each in told if each.names]


def _tags_of(form: SubmissionFacts, definition: MagnetDefinition) -> tuple[str, ...]:
    kind = KINDS.get(definition.kind)
    return tags_in(kind.asking.questions(definition), form.answers or {}) if kind and kind.asking else ()
