"""What a line of the audit log adds to its action, in words: the names of today for what it keeps as keys."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext

from leadstone.domains.access import queries as access
from leadstone.domains.pipeline import queries as pipeline
from leadstone.domains.pipeline.rules import Requirement
from leadstone.domains.qualification import queries as qualification
from leadstone.studio.company.words import FACT
from leadstone.studio.deals.words import MISSING, named
from leadstone.studio.words.numbers import whole

# The lists that may be taken out as a file, by the name that their line keeps.
LISTS: Mapping[str, str | Promise] = {
    "activities": gettext_lazy("Tasks"),
    "audit": gettext_lazy("Audit log"),
    "bookings": gettext_lazy("Bookings"),
    "companies": gettext_lazy("Companies"),
    "deals": gettext_lazy("Deals"),
    "leads": gettext_lazy("Leads"),
    "needs": gettext_lazy("Needs"),
    "parcels": gettext_lazy("Parcels"),
    "redemptions": gettext_lazy("Redemptions"),
    "results": gettext_lazy("Results"),
    "trials": gettext_lazy("Trials"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """What things are called today, by the keys that stay the same. Those that are gone are in none of these."""

    people: Mapping[int, str]
    teams: Mapping[int, str]
    stages: Mapping[str, str]
    points: Mapping[str, str]


def names() -> Names:
    return Names(
        people=access.names(),
        teams={team.team_id: team.name for team in access.teams()},
        stages={stage.key: named(stage.names) for stage in pipeline.stages(archived=True)},
        points={point.key: named(point.names) for point in qualification.points(archived=True)},
    )


def fact_in_words(name: str, value: int | str, known: Names) -> str:
    """One fact of a line; what has no words is shown as it is kept."""
    if name == "rows" and isinstance(value, int):
        return ngettext("%(n)s row", "%(n)s rows", value) % {"n": whole(value)}
    if name == "key" and isinstance(value, int):
        return gettext("by key %(n)s") % {"n": value}
    if name == "team" and isinstance(value, int):
        return _team(value, known)
    if name == "stage":
        return gettext("to “%(stage)s”") % {"stage": known.stages.get(str(value), value)}
    if name == "missing":
        missing = [_missing(key.strip(), known) for key in str(value).split(",")]
        return gettext("without: %(missing)s") % {"missing": ", ".join(missing)}
    words = FACT.get((name, str(value)))
    return str(words) if words is not None else f"{name.replace('_', ' ')}: {value}"


def _team(team_id: int, known: Names) -> str:
    if not team_id:
        return gettext("no team")
    return known.teams.get(team_id) or gettext("team %(n)s") % {"n": team_id}


def _missing(key: str, known: Names) -> str:
    """A point of the checklist, or what a stage asks."""
    return str(MISSING[Requirement(key)]) if key in set(Requirement) else known.points.get(key, key)
