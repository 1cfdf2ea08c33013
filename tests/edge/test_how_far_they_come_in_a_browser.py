"""Going back in the browser's own history, as phones do, is no new form: what was counted stays counted once."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from leadstone.project.demo.quiz import QUIZ
from leadstone.wire.bundle import PublishedMagnet, PublishedVersion
from leadstone.wire.pages.pages import STATIC
from leadstone.wire.records import QuestionsAsked
from tests.browser import browser
from tests.edge.door import PERSON
from tests.edge.installation import Installation
from tests.edge.serving import serving

__all__ = ["browser"]

pytestmark = pytest.mark.browser


def test_the_history_of_the_browser_counts_nothing_twice(browser: Browser, tmp_path: Path) -> None:
    version = PublishedVersion(version_id=9, number=1, definition=QUIZ)
    made = Installation(tmp_path, magnets=[PublishedMagnet(slug="quiz", magnet_id=2, versions=(version,))])
    (made.root / "static").symlink_to(STATIC)
    made.publish()
    with serving(made) as running:
        shown = browser.new_context(user_agent=PERSON)
        page = shown.new_page()
        page.goto(f"http://127.0.0.1:{running.port}/m/quiz?lang=pl")
        page.get_by_role("button", name="Zacznij").click()
        for _again in range(2):
            page.get_by_label("Starszy").check()
            page.get_by_role("button", name="Dalej").click()
            page.get_by_text("Co jest ocieplone?").wait_for()
            page.go_back()
            page.get_by_text("Na jakim etapie jest dom?").wait_for()
        page.go_back()
        page.get_by_role("button", name="Zacznij").click()
        page.get_by_text("Na jakim etapie jest dom?").wait_for()
        shown.close()
        running.stop()

    counts = [count for record in made.journaled() if isinstance(record, QuestionsAsked) for count in record.counts]
    assert {count.question: (count.shown, count.answered) for count in counts} == {"stage": (1, 1), "walls": (1, 0)}
