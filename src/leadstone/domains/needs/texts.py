"""What was said, read where it is kept; and the terms of it."""

from collections.abc import Iterable, Mapping

from leadstone.domains.capture import queries as capture
from leadstone.domains.grants import queries as grants
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.needs.models import Voice
from leadstone.domains.needs.rules.gathering import Saying
from leadstone.domains.needs.rules.listening import text_at
from leadstone.domains.needs.rules.terms import terms_of

AT_ONCE = 5000


def texts_of(voices: Iterable[Voice]) -> dict[int, str]:
    """Voice id → what was said; what was erased or taken back is left out."""
    found: dict[int, str] = {}
    told = list(voices)
    for begin in range(0, len(told), AT_ONCE):
        found |= _texts(told[begin : begin + AT_ONCE])
    return found


def _texts(voices: list[Voice]) -> dict[int, str]:
    forms = capture.forms({voice.submission_id for voice in voices if voice.submission_id})
    definitions = magnets.definitions({form.version_id for form in forms.values()})
    ratings = grants.words_of_ratings([voice.grant_id for voice in voices if voice.grant_id])
    found = {}
    for voice in voices:
        form = forms.get(voice.submission_id or 0)
        if voice.grant_id:
            text = ratings.get(voice.grant_id, "")
        elif form is not None and form.answers is not None:
            text = text_at(definitions[form.version_id], form.answers, voice.field)
        else:
            text = ""
        if text:
            found[voice.pk] = text
    return found


def typed_terms(voices: Iterable[Voice], texts: Mapping[int, str]) -> dict[int, dict[str, str]]:
    """Voice id → stem → the word as it was typed."""
    return {voice.pk: terms_of(texts[voice.pk], language=voice.language) for voice in voices if voice.pk in texts}


def sayings(voices: Iterable[Voice], typed: Mapping[int, Mapping[str, str]]) -> list[Saying]:
    """The voices as the rules take them."""
    return [
        Saying(key=voice.pk, person=str(voice.contact_id or f"v{voice.pk}"), terms=tuple(sorted(typed[voice.pk])))
        for voice in voices
        if voice.pk in typed
    ]
