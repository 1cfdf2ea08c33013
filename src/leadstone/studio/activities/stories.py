"""What staff did, one sentence for each thing, merged with the rest of the story."""

from collections.abc import Sequence
from itertools import chain

from django.utils.translation import gettext as _

from leadstone.domains.access.rules import Reader
from leadstone.domains.activities import queries
from leadstone.domains.activities.queries import ActivityFacts
from leadstone.domains.activities.rules import About, ActivityKind, Outcome
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads.queries.facts import seen_leads_of
from leadstone.studio.activities.words import CALLED, nobody, title_of
from leadstone.studio.leads import card as lead_words
from leadstone.studio.words.timeline import Line


def merged(*parts: Sequence[Line]) -> list[Line]:
    """The lines of all parts, the latest first."""
    return sorted(chain(*parts), key=lambda line: line.at, reverse=True)


def lines_about(about: About, *, reader: Reader) -> list[Line]:
    """What was done or written down about it."""
    return [line_of(facts) for facts in queries.done_activities(about, reader=reader)]


def of_contact(contact_id: int, *, reader: Reader) -> list[Line]:
    """The stories of all leads of a person that the reader sees; what belongs to the person is told once."""
    told: dict[tuple[object, str, str], Line] = {}
    for lead_id in seen_leads_of(contact_id, reader=reader):
        for line in lead_words.story(leads.lead_card(lead_id, reader=reader)):
            told.setdefault((line.at, line.text, line.under), line)
    return merged(list(told.values()), lines_about(About(contact_id=contact_id), reader=reader))


def line_of(facts: ActivityFacts) -> Line:
    """The sentence of one thing that was done; what was written about it stands under it."""
    return Line(facts.done_at or facts.created_at, _sentence(facts), facts.text)


def _sentence(facts: ActivityFacts) -> str:
    by = facts.by_name or facts.owner_name or nobody()
    if facts.kind is ActivityKind.NOTE:
        return _("%(by)s noted") % {"by": by}
    if facts.outcome is not None and facts.outcome in CALLED:
        return str(CALLED[facts.outcome]).format(by=facts.owner_name or by)
    words = {"by": facts.owner_name or by, "title": title_of(facts)}
    if facts.outcome is Outcome.CANCELLED:
        return _("%(by)s called off: %(title)s") % words
    if facts.kind is ActivityKind.MEETING:
        return (_("%(by)s met them: %(title)s") if facts.outcome is Outcome.HELD else _("They did not come: %(title)s")) % words
    return _("%(by)s did: %(title)s") % words
