"""From a card on a counter to a lead of its campaign: worker, journal and public door are the real ones."""

import asyncio
import re
from datetime import UTC, datetime

import httpx

from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.campaigns.queries.links import LinkFacts, link
from leadstone.domains.campaigns.rules import Place
from leadstone.domains.campaigns.services.links import add_link
from leadstone.domains.leads.models import Lead
from leadstone.domains.tracking.models import PageViews, Touch
from leadstone.edge.app import EdgeApp
from leadstone.edge.settings import EdgeSettings
from leadstone.studio.campaigns.figures import brought, link_rows
from leadstone.wire.link_codes import spelled
from leadstone.wire.pages.pages import STATIC
from tests.campaigns.cast import campaign
from tests.edge.door import PERSON, token_in
from tests.worker.conftest import PUBLIC_URL, House, house

__all__ = ["house"]


def scanned_and_sent(house: House, way: LinkFacts) -> None:
    """Ann scans the card, reads the page and sends its form; somebody else only types the code."""

    async def visit() -> None:
        app = EdgeApp(
            EdgeSettings(
                folder=house.folder,
                journal=house.folder.journal,
                static=STATIC,
                public_url=PUBLIC_URL,
                portal_url="http://127.0.0.1:9",
                least_fill_ms=0,
            )
        )
        await app.start()
        try:
            browser = httpx.AsyncClient(
                transport=httpx.ASGITransport(app),
                base_url=PUBLIC_URL,
                headers={"User-Agent": PERSON},
                follow_redirects=True,
            )
            async with browser:
                page = await browser.get(f"/q/{way.code}")
                origin = re.search(r'name="origin" value="([^"]*)"', page.text)
                assert origin is not None
                data = {"token": token_in(page), "origin": origin[1], "email": "ann@home.example"}
                sent = await browser.post(str(page.url), data=data, follow_redirects=False)
                assert sent.status_code == 303
                typed = await browser.get("/q", params={"code": spelled(way.code).lower()})
                assert typed.url.params["via"] == way.code
                assert not browser.cookies
        finally:
            await app.stop()

    asyncio.run(visit())


def test_a_scan_becomes_a_view_a_form_and_a_lead_and_the_campaign_counts_each(house: House) -> None:
    now = datetime.now(UTC)
    fair = campaign("budma", at=now)
    made = add_link(campaign_id=fair, magnet_id=house.version.magnet_id, label="Cards", place=Place.COUNTER, by=None, now=now)
    way = link(made)
    house.work(now)  # the bundle with the new code

    scanned_and_sent(house, way)
    house.work(datetime.now(UTC))

    lead = Lead.objects.get()
    assert (lead.campaign_id, lead.channel) == (fair, "trade_fair")
    assert Touch.objects.get().link_id == way.link_id
    assert PageViews.objects.get(link_id=way.link_id).people == 2
    figures = brought([fair], reader=THE_HOUSE)[fair]
    assert (figures.uses, figures.views, figures.leads.leads) == (2, 2, 1)
    (row,) = link_rows(fair, reader=THE_HOUSE)
    assert (row.figures.scanned, row.figures.opened, row.leads, row.customers) == (2, 0, 1, 0)
