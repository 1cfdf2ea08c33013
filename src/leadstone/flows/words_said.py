"""Words in address lines that nobody knew: found, given a meaning once, and the visits of before placed by it too."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from leadstone.domains.campaigns.events import CampaignOpened
from leadstone.domains.campaigns.queries import campaigns
from leadstone.domains.campaigns.queries.vocabulary import vocabulary
from leadstone.domains.campaigns.rules import SpelledField
from leadstone.domains.campaigns.rules.placing import Meaning, folded, place_of, wild_in, words_of
from leadstone.domains.campaigns.services import spellings
from leadstone.domains.leads import services as leads
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.sources.rules import ChannelType
from leadstone.domains.tracking import services as tracking
from leadstone.domains.tracking.queries import words as tracked
from leadstone.domains.tracking.rules import VisitStep
from leadstone.domains.tracking.services import ViewKey
from leadstone.flows import facts_moved
from leadstone.flows.origins import place
from leadstone.wire.records import Origin

MOST_EXAMPLES = 3
_AT_ONCE = 500


@dataclass(slots=True)
class WildWord:
    """A word that nobody said the meaning of. `written`: as people wrote it, a few ways at most."""

    field: SpelledField
    word: str
    views: int
    forms: int
    written: list[str]
    channel: ChannelType  # what its visits count as so far


@dataclass(frozen=True, slots=True)
class Changed:
    """What a meaning changed of before: forms, and totals of page views."""

    forms: int
    views: int


def wild_words(*, since: datetime) -> list[WildWord]:
    """The words since then that name no campaign and no channel, the most frequent first."""
    said = tracked.said(since=since)
    known = vocabulary(codes=set(), words={pair for each in said for pair in words_of(each.origin).items()})
    found: dict[tuple[SpelledField, str], WildWord] = {}
    for each in said:
        for name, word in wild_in(each.origin, known).items():
            wild = found.setdefault((name, word), WildWord(name, word, 0, 0, [], channel=place_of(each.origin, known).channel))
            wild.views += each.views
            wild.forms += each.forms
            written = _written(each.origin, name)
            if written not in wild.written and len(wild.written) < MOST_EXAMPLES:
                wild.written.append(written)
    return sorted(found.values(), key=lambda each: (-each.forms, -each.views, each.field, each.word))


@transaction.atomic
def say(meaning: Meaning, *, field: SpelledField, word: str, by: int, now: datetime) -> tuple[int, Changed]:
    """Give a word its meaning, and place every visit that said it. Returns the id of the saying, and what it changed.

    Raises what `spellings.say_spelling` raises.
    """
    spelling_id = spellings.say_spelling(meaning, field=field, word=word, by=by, now=now)
    return spelling_id, _place_anew(field, folded(word))


@transaction.atomic
def unsay(spelling_id: int) -> Changed | None:
    """Take a meaning back: its visits stand where they stood. None when nothing was said."""
    said = spellings.unsay_spelling(spelling_id=spelling_id)
    return _place_anew(*said) if said else None


@transaction.atomic
def campaigns_opened(events: Sequence[CampaignOpened], /, *, now: datetime) -> None:
    """Visits that named a campaign before anybody entered it here."""
    for facts in campaigns.campaigns_by_id({event.campaign_id for event in events}).values():
        _place_anew(SpelledField.CAMPAIGN, facts.key)


def _place_anew(field: SpelledField, word: str) -> Changed:
    def says(origin: Origin) -> bool:
        return words_of(origin).get(field) == word

    return Changed(forms=_place_forms(says), views=_place_views(says))


def _place_forms(says: tracked.Says) -> int:
    forms = list(tracked.forms_that_say(says))
    moved: dict[tuple[ChannelType, int | None, int | None], list[int]] = {}
    refs: dict[str, tuple[ChannelType, int | None]] = {}
    before: dict[str, tuple[str, int | None, int | None]] = {}
    for form, new in zip(forms, place([form.origin for form in forms]), strict=True):
        if form.placed != (new.channel, new.campaign_id, new.link_id):
            moved.setdefault((new.channel, new.campaign_id, new.link_id), []).append(form.touch_id)
            if form.submission_ref:
                refs[form.submission_ref] = (new.channel, new.campaign_id)
                before[form.submission_ref] = form.placed
    tracking.place_touches(moved)
    named = list(refs.items())
    for start in range(0, len(named), _AT_ONCE):
        portion = dict(named[start : start + _AT_ONCE])
        facts_moved.move_leads(leads.place_leads(portion))
        facts_moved.move_touches({ref: before[ref] for ref in portion})
    return sum(map(len, moved.values()))


def _place_views(says: tracked.Says) -> int:
    rows = tracked.views_that_say(says)
    moved: list[int] = []
    before: dict[ViewKey, tuple[int, int]] = {}
    totals: dict[ViewKey, tuple[int, int]] = {}
    for row, new in zip(rows, place([row.origin for row in rows]), strict=True):
        if (row.channel, row.campaign_id) == (new.channel, new.campaign_id or 0):
            continue
        moved.append(row.row_id)
        _add(before, _view_key(row, channel=ChannelType(row.channel), campaign_id=row.campaign_id), row)
        _add(totals, _view_key(row, channel=new.channel, campaign_id=new.campaign_id or 0), row)
    tracking.place_views(moved, totals=totals)
    facts_moved.move_views(before, totals, magnet_of=magnets.magnet_ids({key.version_id for key in totals}))
    return sum(people for key, (people, _machines) in totals.items() if key.step is VisitStep.VIEW)


def _add(totals: dict[ViewKey, tuple[int, int]], key: ViewKey, row: tracked.ViewRow) -> None:
    people, machines = totals.get(key, (0, 0))
    totals[key] = (people + row.people, machines + row.machines)


def _view_key(row: tracked.ViewRow, *, channel: ChannelType, campaign_id: int) -> ViewKey:
    return ViewKey(
        version_id=row.version_id,
        day=row.day,
        channel=channel,
        source=row.origin.source,
        medium=row.origin.medium,
        said_campaign=row.origin.campaign,
        campaign_id=campaign_id,
        step=row.step,
    )


def _written(origin: Origin, name: SpelledField) -> str:
    return {SpelledField.SOURCE: origin.source, SpelledField.MEDIUM: origin.medium, SpelledField.CAMPAIGN: origin.campaign}[name]
