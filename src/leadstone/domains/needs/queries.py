"""The only reads of needs that others may call. A theme with parts is read as one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from leadstone.domains.magnets import queries as magnets
from leadstone.domains.needs.models import Answering, Theme, Voice
from leadstone.domains.needs.rules.listening import Source, Verdict, spoken_by
from leadstone.domains.needs.rules.naming import Match, match
from leadstone.domains.needs.rules.terms import terms_of
from leadstone.domains.needs.texts import texts_of, typed_terms
from leadstone.kernel.folding import fold
from leadstone.wire.bundle import PublishedMagnet

WEEKS = 12
RECENT = timedelta(days=28)


class ThemeOrder(StrEnum):
    PEOPLE = "people"
    RISING = "rising"
    NEWEST = "newest"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Answer:
    """A magnet that answers a theme. `words`: what both speak of; `confirmed`: a person said so."""

    magnet_id: int
    title: str
    live: bool
    share: float
    words: tuple[str, ...]
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeLine:
    """One theme with its parts: how many people, and how many of them lately."""

    theme_id: int
    name: str
    named: bool
    language: str
    words: Sequence[str]
    people: int
    said: int
    recent: int  # people in the last four weeks
    before: int  # and in the four before
    weeks: Sequence[int]  # what was said in each of the last twelve, the oldest first
    last_at: datetime | None
    answers: Sequence[Answer]
    parts: Sequence["Part"]


@dataclass(frozen=True, slots=True)
class Part:
    """A theme that was joined to another."""

    theme_id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceLine:
    """What somebody said, with where and when; personal."""

    voice_id: int
    contact_id: int | None
    magnet_id: int | None
    source: Source
    text: str
    said_at: datetime
    pinned: bool


def root_of(theme_id: int) -> int:
    """The theme that a theme is shown as; raises `Theme.DoesNotExist`."""
    parents = dict(Theme.objects.values_list("pk", "parent_id"))
    if theme_id not in parents:
        raise Theme.DoesNotExist
    return _root(theme_id, parents)


def _root(theme_id: int, parents: Mapping[int, int | None]) -> int:
    seen = set()
    while (parent := parents.get(theme_id)) is not None and theme_id not in seen:
        seen.add(theme_id)
        theme_id = parent
    return theme_id


def parts_of(theme_id: int) -> list[int]:
    """The ids of a theme and of everything that was joined to it."""
    parents = dict(Theme.objects.values_list("pk", "parent_id"))
    return [pk for pk in sorted(parents) if pk == theme_id or _root(pk, parents) == theme_id]


def themes(
    *, now: datetime, order: ThemeOrder = ThemeOrder.PEOPLE, search: str = "", answered: bool | None = None
) -> list[ThemeLine]:
    """Every theme that stands alone. `answered`: only those with a magnet, or only those without."""
    rows = list(Theme.objects.order_by("pk"))
    parents = {row.pk: row.parent_id for row in rows}
    roots: dict[int, list[Theme]] = defaultdict(list)
    for row in rows:
        roots[_root(row.pk, parents)].append(row)
    voices: dict[int, list[tuple[int, datetime]]] = defaultdict(list)
    said = Voice.objects.filter(theme__isnull=False).values_list("pk", "theme_id", "contact_id", "said_at")
    for pk, theme_id, contact_id, said_at in said:
        voices[_root(theme_id or 0, parents)].append((contact_id or -pk, said_at))
    by_id = {row.pk: row for row in rows}
    offered = _offered()
    decided = _decided()
    lines = [
        _line(by_id[root], members, voices.get(root, []), offered=offered, decided=decided, now=now)
        for root, members in roots.items()
    ]
    wanted = fold(search)
    shown = [
        line
        for line in lines
        if line.people
        and (not wanted or wanted in fold(" ".join((line.name, *line.words))))
        and (answered is None or bool(line.answers) is answered)
    ]
    return sorted(shown, key=lambda line: (_rank(line, order), fold(line.name), line.theme_id))


def theme(theme_id: int, *, now: datetime) -> ThemeLine | None:
    """One theme; None for one that there is not, or that is part of another."""
    return next((line for line in themes(now=now) if line.theme_id == theme_id), None)


def theme_names() -> list[tuple[int, str]]:
    """Id and name of each theme that stands alone, by name."""
    rows = Theme.objects.filter(parent=None).values_list("pk", "name")
    return sorted(((pk, name) for pk, name in rows), key=lambda row: (fold(row[1]), row[0]))


def has_theme(theme_id: int) -> bool:
    return Theme.objects.filter(pk=theme_id).exists()


def theme_of_voice(voice_id: int) -> tuple[int | None, int | None] | None:
    """The theme and the person of a voice; None when there is no such voice."""
    return Voice.objects.filter(pk=voice_id).values_list("theme_id", "contact_id").first()


def heard() -> int:
    """How many answers were listened to, in themes or not."""
    return Voice.objects.count()


def voices_of(theme_id: int) -> list[VoiceLine]:
    """What was said in a theme and its parts, the newest first; what is forgotten meanwhile is left out."""
    rows = list(
        Voice.objects.filter(theme_id__in=parts_of(theme_id))
        .select_related("submission__version", "grant")
        .order_by("-said_at", "-pk")
    )
    return _voices(rows)


def loose_voices(*, limit: int) -> list[VoiceLine]:
    """What belongs to no theme yet, the newest first."""
    rows = Voice.objects.filter(theme=None).select_related("submission__version", "grant").order_by("-said_at", "-pk")
    return _voices(list(rows[:limit]))


def _voices(rows: Sequence[Voice]) -> list[VoiceLine]:
    texts = texts_of(rows)
    return [
        VoiceLine(
            voice_id=row.pk,
            contact_id=row.contact_id,
            magnet_id=_magnet_of(row),
            source=Source(row.source),
            text=texts[row.pk],
            said_at=row.said_at,
            pinned=row.pinned,
        )
        for row in rows
        if row.pk in texts
    ]


def _magnet_of(row: Voice) -> int | None:
    if row.grant is not None:
        return row.grant.magnet_id
    return row.submission.version.magnet_id if row.submission else None


def split_words(theme_id: int) -> list[tuple[str, str, int]]:
    """The words by which a theme could be split: stem, word, how many sayings hold it; none that all of them hold."""
    rows = list(Voice.objects.filter(theme_id__in=parts_of(theme_id)))
    typed = typed_terms(rows, texts_of(rows))
    counts: dict[str, int] = defaultdict(int)
    people: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        for stem in typed.get(row.pk, {}):
            counts[stem] += 1
            people[stem].add(row.contact_id or -row.pk)
    words = {stem: word for terms in typed.values() for stem, word in sorted(terms.items())}
    fit = [(stem, words[stem], number) for stem, number in counts.items() if len(people[stem]) >= 2 and number < len(typed)]
    return sorted(fit, key=lambda each: (-each[2], each[1]))[:12]


def magnets_to_choose(theme: ThemeLine) -> list[tuple[int, str]]:
    """Magnets that do not count as an answer yet, by title."""
    counted = {answer.magnet_id for answer in theme.answers}
    return [(pk, title) for pk, title in magnets.titles().items() if pk not in counted]


def _offered() -> list[tuple[PublishedMagnet, dict[str, str]]]:
    """Live magnets with what they speak of."""
    return [
        (each, terms_of(spoken_by(each.current.definition), language=each.current.definition.language))
        for each in magnets.published_magnets()
        if each.live
    ]


def _decided() -> dict[int, dict[int, Verdict]]:
    found: dict[int, dict[int, Verdict]] = defaultdict(dict)
    for theme_id, magnet_id, verdict in Answering.objects.values_list("theme_id", "magnet_id", "verdict"):
        found[theme_id][magnet_id] = Verdict(verdict)
    return found


def _line(
    row: Theme,
    members: Sequence[Theme],
    voices: Sequence[tuple[int, datetime]],
    *,
    offered: Sequence[tuple[PublishedMagnet, dict[str, str]]],
    decided: Mapping[int, Mapping[int, Verdict]],
    now: datetime,
) -> ThemeLine:
    core: dict[str, float] = {}
    words: list[str] = []
    verdicts: dict[int, Verdict] = {}
    for member in sorted(members, key=lambda each: (each.pk != row.pk, each.pk)):
        core |= {stem: max(score, core.get(stem, 0.0)) for stem, score in member.core.items()}
        words += [word for word in member.words if word not in words]
        verdicts = {**decided.get(member.pk, {}), **verdicts}
    return ThemeLine(
        theme_id=row.pk,
        name=row.name,
        named=row.named_by_id is not None,
        language=row.language,
        words=words,
        people=len({who for who, _at in voices}),
        said=len(voices),
        recent=len({who for who, at in voices if at >= now - RECENT}),
        before=len({who for who, at in voices if now - 2 * RECENT <= at < now - RECENT}),
        weeks=_weeks((at for _who, at in voices), until=now.astimezone(UTC).date() + timedelta(days=1)),
        last_at=max((at for _who, at in voices), default=None),
        answers=_answers(core, offered=offered, verdicts=verdicts),
        parts=[Part(member.pk, member.name) for member in members if member.pk != row.pk],
    )


def _weeks(moments: Iterable[datetime], *, until: date) -> list[int]:
    weeks = [0] * WEEKS
    for at in moments:
        ago = (until - timedelta(days=1) - at.astimezone(UTC).date()).days // 7
        if 0 <= ago < WEEKS:
            weeks[WEEKS - 1 - ago] += 1
    return weeks


def _answers(
    core: Mapping[str, float], *, offered: Sequence[tuple[PublishedMagnet, dict[str, str]]], verdicts: Mapping[int, Verdict]
) -> list[Answer]:
    found = []
    seen = set()
    for each, spoken in offered:
        seen.add(each.magnet_id)
        fit = match(core, spoken)
        verdict = verdicts.get(each.magnet_id)
        if verdict is Verdict.YES or (fit.answers and verdict is not Verdict.NO):
            found.append(_answer(each.magnet_id, each.current.definition.title, fit, live=True, verdict=verdict))
    titles = magnets.titles() if any(verdict is Verdict.YES for verdict in verdicts.values()) else {}
    found += [
        _answer(magnet_id, titles.get(magnet_id, ""), Match(0.0, ()), live=False, verdict=verdict)
        for magnet_id, verdict in verdicts.items()
        if verdict is Verdict.YES and magnet_id not in seen
    ]
    return sorted(found, key=lambda answer: (not answer.confirmed, -answer.share, answer.magnet_id))


def _answer(magnet_id: int, title: str, fit: Match, *, live: bool, verdict: Verdict | None) -> Answer:
    return Answer(magnet_id, title, live, fit.share, fit.words, verdict is Verdict.YES)


def _rank(line: ThemeLine, order: ThemeOrder) -> tuple[float, float]:
    if order is ThemeOrder.NAME:
        return (0, 0)
    if order is ThemeOrder.RISING:
        return (-(line.recent - line.before), -line.people)
    if order is ThemeOrder.NEWEST:
        return (-(line.last_at.timestamp() if line.last_at else 0), 0)
    return (-line.people, -line.recent)
