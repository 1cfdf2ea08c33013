"""Chromium for the tests that need eyes and hands."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

# Debian's browser as root, asking nobody on the network for anything.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# A whole other suite may run beside: whoever waits for the page waits for as long as a page may take then.
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for a module and no longer: as long as it lives, Playwright keeps an event loop running in this thread,
    which Django takes for a mistake and `asyncio.run` refuses to share."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("LEADSTONE_CHROMIUM") or "/usr/bin/chromium", args=list(QUIET)
        )
        yield chromium
        chromium.close()


def press(page: Page, key: str) -> None:
    """Press a key that a script listens to: a page may be seen a moment before its scripts have run."""
    page.wait_for_load_state()
    page.keyboard.press(key)
