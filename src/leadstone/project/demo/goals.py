"""What each month of the demo company should bring."""

from datetime import datetime

from leadstone.domains.pipeline.services.goals import set_goal
from leadstone.kernel.money import Currency
from leadstone.kernel.periods import months_from, quarter_of

# Whole złoty, over the months from the first of the quarter on: heating audits are bought before and after the cold.
GOALS = (140_000, 150_000, 110_000, 90_000, 110_000, 130_000, 150_000, 160_000)


def goals(*, now: datetime) -> None:
    """A goal for each month of this quarter, and for the five months that follow the present one."""
    today = now.date()
    months = {each.first for each in (*months_from(quarter_of(today).first or today, count=3), *months_from(today, count=6))}
    for month, amount in zip(sorted(each for each in months if each), GOALS, strict=False):
        set_goal(month=month, currency=Currency.PLN, amount_minor=amount * 100)
