"""What people decide about themes. Gathering keeps to it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from leadstone.domains.magnets import services as magnets
from leadstone.domains.needs import queries
from leadstone.domains.needs.models import Answering, Theme, Voice
from leadstone.domains.needs.rules.listening import Verdict
from leadstone.domains.needs.rules.offering import points_for
from leadstone.domains.needs.services.gathering import refresh_theme
from leadstone.domains.needs.texts import texts_of, typed_terms

LONGEST_NAME = 120


@transaction.atomic
def rename(*, theme_id: int, name: str, by: int | None) -> str:
    """Call a theme so; an empty name gives it back to its words. Returns the name that it had."""
    theme = Theme.objects.select_for_update().get(pk=theme_id)
    before = theme.name if theme.named_by_id is not None else ""
    given = " ".join(name.split())[:LONGEST_NAME]
    theme.named_by_id = by if given else None
    theme.name = given or theme.name
    theme.save(update_fields=["name", "named_by_id"])
    if not given:
        refresh_theme([theme_id])
    return before


@transaction.atomic
def join(*, theme_id: int, into_id: int) -> bool:
    """Let a theme be part of another; False when it is the same, or would be part of itself. `take_apart` undoes it exactly."""
    if queries.root_of(theme_id) == queries.root_of(into_id):
        return False
    Theme.objects.filter(pk=queries.root_of(theme_id)).update(parent_id=queries.root_of(into_id))
    return True


@transaction.atomic
def take_apart(*, part_id: int) -> bool:
    """Let a part stand alone again; False when it does."""
    return bool(Theme.objects.filter(pk=part_id, parent__isnull=False).update(parent=None))


@transaction.atomic
def split_by_word(*, theme_id: int, stem: str, by: int, now: datetime) -> int | None:
    """Make a theme of its own of what says this word; returns its id. None when nobody says it, or everybody.

    What moved stays where it was put, and joining the new theme to the old one shows the same again.
    """
    theme = Theme.objects.get(pk=theme_id)
    voices = list(Voice.objects.filter(theme_id__in=queries.parts_of(theme_id)))
    typed = typed_terms(voices, texts_of(voices))
    says = [voice.pk for voice in voices if stem in typed.get(voice.pk, {})]
    if not says or len(says) == len(voices):
        return None
    made = Theme.objects.create(name="", language=theme.language, made_by_id=by, created_at=now)
    Voice.objects.filter(pk__in=says).update(theme=made, pinned=True)
    refresh_theme([made.pk, *queries.parts_of(theme_id)])
    return made.pk


@transaction.atomic
def move_voice(*, voice_id: int, to_id: int | None) -> int | None:
    """Put what somebody said into another theme, or into none; it stays there. Returns where it was."""
    voice = Voice.objects.select_for_update().get(pk=voice_id)
    before = voice.theme_id
    Voice.objects.filter(pk=voice_id).update(theme_id=to_id, pinned=True)
    refresh_theme([each for each in (before, to_id) if each is not None])
    return before


@transaction.atomic
def decide_answer(*, theme_id: int, magnet_id: int, verdict: Verdict, by: int, now: datetime) -> None:
    """Say that a magnet answers a theme, or that it does not; the last word counts."""
    told = {"verdict": verdict.value, "by_id": by, "at": now}
    Answering.objects.update_or_create(theme_id=theme_id, magnet_id=magnet_id, defaults=told)


@transaction.atomic
def forget_decision(*, theme_id: int, magnet_id: int) -> None:
    """Let the words decide again."""
    Answering.objects.filter(theme_id=theme_id, magnet_id=magnet_id).delete()


@transaction.atomic
def begin_magnet(*, theme_id: int, by: int, now: datetime) -> int:
    """A draft that begins with what the theme is about, and counts as its answer; returns the magnet's id."""
    theme = Theme.objects.get(pk=theme_id)
    words: Sequence[str] = theme.words
    made = magnets.create_about(
        title=theme.name, points=points_for(words, language=theme.language), language=theme.language, by=by, now=now
    )
    decide_answer(theme_id=theme_id, magnet_id=made.pk, verdict=Verdict.YES, by=by, now=now)
    return made.pk
