"""The packing table in Chromium, with a mouse and without scripts."""

import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from leadstone.domains.access.rules import Role
from leadstone.domains.shipments.models import Parcel
from leadstone.domains.shipments.services.parcels import open_parcels
from tests.cast import MONDAY, Guide, staff
from tests.shipments.test_parallel_parcels import received, sample, wanted
from tests.studio.conftest import company
from tests.studio.test_browser import enter

__all__ = ["company", "sample"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("width", [390, 1440])
def test_a_parcel_is_ticked_where_its_box_is_seen_and_opened_anywhere_else(
    live_server: LiveServer, company: None, sample: Guide, browser: Browser, width: int
) -> None:
    received(sample, 1)
    open_parcels(wanted(sample, 1), now=MONDAY)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
        context = browser.new_context(viewport={"width": width, "height": 844}, java_script_enabled=False)
        enter(context, staff("Emil", Role.REP), live_server.url)
        page = context.new_page()
        page.goto(f"{live_server.url}/parcels/")

        place = page.get_by_role("checkbox").bounding_box()
        assert place is not None
        page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)

        expect(page.get_by_role("checkbox")).to_be_checked()
        expect(page).to_have_url(f"{live_server.url}/parcels/")
        page.get_by_role("cell", name="Warszawa").click(force=True)
        expect(page).to_have_url(f"{live_server.url}/parcels/{Parcel.objects.get().pk}")
        context.close()
