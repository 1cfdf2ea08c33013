"""Listening to what came in, and gathering it: reading and counting outside of any transaction, writing in short ones."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import structlog
from django.db import transaction

from leadstone.domains.capture import queries as capture
from leadstone.domains.grants import queries as grants
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.needs.models import Gathering, Theme, Voice
from leadstone.domains.needs.rules import gathering as rules
from leadstone.domains.needs.rules.listening import Source, heard_in, tells_of_a_need
from leadstone.domains.needs.rules.naming import name_of, words_of
from leadstone.domains.needs.rules.terms import language_of
from leadstone.domains.needs.texts import sayings, texts_of, typed_terms

log = structlog.get_logger()

AT_ONCE = 2000
# Two workers may commit their forms in another order than they took their numbers.
LOOK_BACK = 500
RATED_BACK = timedelta(hours=1)
REFRESH_AFTER = timedelta(hours=1)  # names and words follow what was erased
MOST_VOICES = 20_000  # the newest; older ones stay counted in their themes


@transaction.atomic
def listen(*, now: datetime) -> tuple[int, bool]:
    """Note who said what is worth gathering since the last time; returns how many were new, and whether more waits."""
    state, _made = Gathering.objects.select_for_update().get_or_create(pk=1)
    forms = capture.forms_after(max(0, state.submissions_through - LOOK_BACK), limit=AT_ONCE + LOOK_BACK)
    definitions = magnets.definitions({form.version_id for form in forms})
    found = [
        Voice(
            source=heard.source.value,
            submission_id=form.submission_id,
            field=heard.field,
            contact_id=form.contact_id,
            language=language_of(heard.text, otherwise=form.language),
            said_at=form.received_at,
        )
        for form in forms
        for heard in heard_in(definitions[form.version_id], form.answers or {})
    ]
    since = state.rated_through - RATED_BACK if state.rated_through else None
    found += [
        Voice(
            source=Source.RATING.value,
            grant_id=said.grant_id,
            field="",
            contact_id=said.contact_id,
            language=language_of(said.words, otherwise=said.language or "en"),
            said_at=said.at,
        )
        for said in grants.rating_words(since=since)
        if tells_of_a_need(said.rating, said.words)
    ]
    before = Voice.objects.count()
    Voice.objects.bulk_create(found, ignore_conflicts=True, batch_size=500)
    state.submissions_through = max([state.submissions_through, *(form.submission_id for form in forms)])
    state.rated_through = now
    state.save(update_fields=["submissions_through", "rated_through"])
    return Voice.objects.count() - before, len(forms) >= AT_ONCE + LOOK_BACK


def gather_if_due(*, now: datetime) -> bool:
    """Listen, and gather when there is something new or an hour has passed; returns whether more waits at once."""
    fresh, more = listen(now=now)
    last = Gathering.objects.values_list("at", flat=True).get(pk=1)
    if more or not (fresh or last is None or now - last >= REFRESH_AFTER):
        return more
    # Whoever moves the time does the work; another worker finds it moved.
    if Gathering.objects.filter(pk=1, at=last).update(at=now):
        gather(now=now)
    return False


def gather(*, now: datetime) -> None:
    """Put loose voices into themes, make new themes, and let words and names follow what was said."""
    voices = list(Voice.objects.order_by("-said_at", "-pk")[:MOST_VOICES])
    texts = texts_of(voices)
    typed = typed_terms(voices, texts)
    said = {saying.key: saying for saying in sayings(voices, typed)}
    in_theme: dict[int, list[rules.Saying]] = defaultdict(list)
    loose = []
    for voice in voices:
        if voice.pk not in said:
            continue
        if voice.theme_id is not None:
            in_theme[voice.theme_id].append(said[voice.pk])
        elif not voice.pinned:
            loose.append(said[voice.pk])
    found = rules.gather(themes=in_theme, loose=loose)
    languages = {voice.pk: voice.language for voice in voices}
    weight = rules.weights_of(said.values())
    with transaction.atomic():
        _forget([voice.pk for voice in voices if voice.pk not in texts])
        for key, theme_id in found.joined.items():
            _put([key], theme_id)
            in_theme[theme_id].append(said[key])
        for keys in found.new:
            language = Counter(languages[key] for key in keys).most_common(1)[0][0]
            theme = Theme.objects.create(name="", language=language, created_at=now)
            _put(keys, theme.pk)
            in_theme[theme.pk] = [said[key] for key in keys]
        _refresh(in_theme, typed, weight)
    log.info("needs.gathered", voices=len(voices), joined=len(found.joined), themes=len(found.new))


def refresh_theme(theme_ids: Sequence[int]) -> None:
    """Let words and names of these themes follow what is in them now; call it inside the transaction that changed them."""
    voices = list(Voice.objects.order_by("-said_at", "-pk")[:MOST_VOICES])
    typed = typed_terms(voices, texts_of(voices))
    said = sayings(voices, typed)
    of_voice = {voice.pk: voice.theme_id for voice in voices}
    weight = rules.weights_of(said)
    in_theme: dict[int, list[rules.Saying]] = {theme_id: [] for theme_id in theme_ids}
    for saying in said:
        theme_id = of_voice[saying.key]
        if theme_id in in_theme:
            in_theme[theme_id].append(saying)
    _refresh(in_theme, typed, weight, only=set(theme_ids))


def _put(keys: Sequence[int], theme_id: int) -> None:
    """Only what is still loose: a person may have decided meanwhile."""
    Voice.objects.filter(pk__in=keys, theme=None, pinned=False).update(theme_id=theme_id)


def _forget(keys: Sequence[int]) -> None:
    for begin in range(0, len(keys), 500):
        Voice.objects.filter(pk__in=keys[begin : begin + 500]).delete()


def _refresh(
    in_theme: Mapping[int, Sequence[rules.Saying]],
    typed: Mapping[int, Mapping[str, str]],
    weight: Mapping[str, float],
    *,
    only: set[int] | None = None,
) -> None:
    """New words for each theme; a gathered one that nobody named and nothing is left in goes."""
    changed = []
    for theme in Theme.objects.select_for_update().order_by("pk"):
        if only is not None and theme.pk not in only:
            continue
        members = in_theme.get(theme.pk, ())
        if not members and _nobodys(theme):
            theme.delete()
            continue
        if not members and theme.core:
            continue  # what it was about is known by older voices
        theme.core = {stem: round(score, 4) for stem, score in rules.core_of(members, weight).items()}
        theme.words = words_of(theme.core, [typed[saying.key] for saying in members])
        if theme.named_by_id is None:
            theme.name = name_of(theme.words)[:120] or theme.name
        changed.append(theme)
    Theme.objects.bulk_update(changed, ["core", "words", "name"], batch_size=200)


def _nobodys(theme: Theme) -> bool:
    touched = theme.named_by_id is not None or theme.made_by_id is not None or theme.parent_id is not None
    return not (touched or theme.parts.exists() or theme.answers.exists() or theme.voices.exists())
