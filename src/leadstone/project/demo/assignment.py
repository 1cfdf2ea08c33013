"""Whose leads they are at the demo company: one rule that speaks, one that waits to be switched on, and one hand-over."""

from datetime import datetime, time, timedelta

from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.assignment import services
from leadstone.domains.assignment.queries import AvailabilityFacts
from leadstone.domains.assignment.rules.fitting import Conditions
from leadstone.domains.assignment.services import RuleWords
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads.rules import QualityBand
from leadstone.domains.sources.rules import ChannelType
from leadstone.kernel.language import Language

GIVEN = 5  # of the newest leads; the rest stand in the open queue
ONLINE = frozenset(
    each.value
    for each in (
        ChannelType.DIRECT,
        ChannelType.SEARCH,
        ChannelType.WEBSITE,
        ChannelType.EMAIL,
        ChannelType.FACEBOOK,
        ChannelType.INSTAGRAM,
        ChannelType.ADVERTISING,
    )
)


def turns(*, emil: int, dora: int, now: datetime) -> None:
    """The rules, when Emil works, the first turns that were given, and what Dora handed to Emil."""
    hours = {weekday: (time(8), time(16)) for weekday in range(1, 5)} | {5: (time(8), time(14))}
    services.change_availability(AvailabilityFacts(hours=hours, most_open_leads=250), user_id=emil)
    polish = services.add_rule(
        RuleWords(
            name="Polskie magnesy z sieci",
            conditions=Conditions(channels=ONLINE, languages=frozenset({Language.POLISH.value})),
            weights={emil: 2, dora: 1},
            answer_within_minutes=120,
        ),
        now=now - timedelta(days=12),
    )
    services.switch_rule(rule_id=polish, on=True, now=now - timedelta(days=12))
    services.add_rule(
        RuleWords(
            name="English and strong",
            conditions=Conditions(
                languages=frozenset({Language.ENGLISH.value}), bands=frozenset({QualityBand.STRONG.value, QualityBand.FAIR.value})
            ),
            weights={dora: 1, emil: 1},
            answer_within_minutes=240,
            respects_hours=True,
        ),
        now=now - timedelta(days=2),
    )
    open_now = leads.unowned_leads(reader=THE_HOUSE, limit=100)
    given = services.assign_leads([line.lead_id for line in open_now[:GIVEN]], now=now - timedelta(hours=3))
    first = next((turn.lead_id for turn in given if turn.owner_id == dora), None)
    if first is not None:
        services.hand_over(
            lead_id=first, to=emil, by=dora, now=now - timedelta(hours=1), note="Pyta o montaż, nie o poradnik: to dla Ciebie."
        )
