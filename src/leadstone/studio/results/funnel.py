"""The way from a look at the page to a customer, as steps that a chart and a table both show."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leadstone.domains.insights.queries import MagnetFigures

WIDTH = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: how many, which share of the step before, how wide its bar is (0 to 100), and its rows."""

    words: str | Promise
    number: int
    share: float | None
    width: float
    url: str = ""

    @property
    def width_text(self) -> str:
        """For SVG, which writes decimals with a point in every language."""
        return f"{self.width:.2f}"


def funnel(figures: MagnetFigures) -> list[Step]:
    rows = {"magnet": str(figures.magnet_id), "from": figures.since.date().isoformat()}
    leads = f"{reverse('leads')}?{urlencode(rows)}"
    proven = f"{reverse('leads')}?{urlencode(rows | {'proven': 'yes'})}"
    counted: list[tuple[str | Promise, int, str]] = [
        (_("looked at the page"), figures.views, ""),
        (_("asked for it"), figures.submissions, leads),
        (_("proved the mailbox"), figures.proven, proven),
        (_("took the whole file"), figures.delivered, ""),
        (_("became customers"), figures.customers, "#customers"),
    ]
    widest = max((number for _words, number, _url in counted), default=0) or 1
    steps, before = [], 0
    for words, number, url in counted:
        share = number / before if before else None
        steps.append(
            Step(words=words, number=number, share=share, width=round(WIDTH * number / widest, 2), url=url if number else "")
        )
        before = number
    return steps
