"""What the documents say is what the code is."""

from leadstone.project.settings_reference import reference
from tests.architecture.source import ROOT


def test_the_settings_page_is_the_declarations() -> None:
    assert (ROOT / "docs" / "settings.md").read_text() == reference()
