"""A file of the lake that is missing or damaged: named, never summed up, and the figures go on once it is back."""

from datetime import timedelta
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import time_machine

from leadstone.domains.insights import queries as insights
from leadstone.domains.insights import services
from leadstone.domains.insights.models import LakeFile
from leadstone.domains.insights.services import Lake
from leadstone.infra.lake.folder import Fault
from leadstone.project.environment import environment
from leadstone.project.findings import Level
from leadstone.project.integrity import examine
from tests.cast import MONDAY, Guide, ask
from tests.insights.engine import quick_lake
from tests.insights.test_the_lake import keep, row_of
from tests.studio.conftest import browser_of, company
from tests.studio.test_proof import Browser, marketer_of

__all__ = ["browser_of", "company"]

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return quick_lake(tmp_path / "lake")


@pytest.fixture
def kept(guide: Guide, lake: Lake) -> Path:
    """The one file of a lake that holds what three people did."""
    for name in ("ann", "bob", "eve"):
        ask(guide, f"{name}@example.com", now=MONDAY)
    keep(lake, now=MONDAY + HOUR)
    return lake.folder.path(LakeFile.objects.get().name)


def damage(path: Path) -> None:
    """One bit, in the middle; the size stays."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def of_lake(lake: Lake) -> list[tuple[Level, str]]:
    given = environment().model_copy(update={"data": lake.folder.root.parent})
    return [(one.level, one.seen) for one in examine(given) if one.what == "event lake"]


def test_check_counts_files_that_are_as_they_were_written(lake: Lake, kept: Path) -> None:
    [(level, seen)] = of_lake(lake)
    assert (level, seen) == (Level.GOOD, f"1 files with {LakeFile.objects.get().facts} facts, each as it was written")


@pytest.mark.parametrize(("harm", "words"), [(Path.unlink, "is not there"), (damage, "does not hold what was written")])
def test_check_names_the_broken_file_and_what_to_do(lake: Lake, kept: Path, harm: object, words: str) -> None:
    harm(kept)  # type: ignore[operator]
    [(level, seen)] = of_lake(lake)
    assert level is Level.BAD
    assert str(kept) in seen
    assert words in seen
    assert "2026-11" in seen
    assert f"copy DIR/lake/{kept.parent.name}/{kept.name} here" in seen


@pytest.mark.parametrize(("harm", "fault"), [(Path.unlink, Fault.MISSING), (damage, Fault.CHANGED)])
def test_nothing_is_summed_up_from_it_and_all_is_once_it_is_back(
    guide: Guide, lake: Lake, kept: Path, harm: object, fault: Fault
) -> None:
    whole = kept.read_bytes()
    harm(kept)  # type: ignore[operator]
    ask(guide, "late@example.com", now=MONDAY + HOUR)
    keep(lake, now=MONDAY + 3 * HOUR)

    told = insights.lake_state()
    assert [(one.name, one.fault) for one in told.broken] == [(f"{kept.parent.name}/{kept.name}", fault)]
    assert told.summed_at == MONDAY + HOUR
    assert row_of(guide).leads == 3

    kept.write_bytes(whole)
    keep(lake, now=MONDAY + 4 * HOUR)

    told = insights.lake_state()
    assert (told.broken, told.summed_at) == ([], MONDAY + 4 * HOUR)
    assert row_of(guide).leads == 4


def test_a_damaged_file_is_not_merged_into_one_with_a_record_of_its_own(guide: Guide, lake: Lake, kept: Path) -> None:
    for number in range(7):
        ask(guide, f"p{number}@example.com", now=MONDAY + HOUR)
        keep(lake, now=MONDAY + (number + 2) * HOUR)
    assert LakeFile.objects.filter(replaced_at=None).count() == 8
    damage(kept)
    ask(guide, "ninth@example.com", now=MONDAY + HOUR)
    keep(lake, now=MONDAY + 20 * HOUR)

    assert LakeFile.objects.filter(replaced_at=None).count() == 9
    assert [one.fault for one in services.find_broken(lake)] == [Fault.CHANGED]


@time_machine.travel(MONDAY + 4 * HOUR, tick=False)
def test_the_screens_say_that_their_figures_stand_still(guide: Guide, lake: Lake, kept: Path, browser_of: Browser) -> None:
    damage(kept)
    ask(guide, "late@example.com", now=MONDAY + HOUR)
    keep(lake, now=MONDAY + 3 * HOUR)
    marketer = marketer_of(browser_of)
    for screen in ("proof", "cohorts", "time", "credit", "sources"):
        page = marketer.get(f"/results/{screen}/").content.decode()
        assert "These figures are not brought up to date" in page, screen
        assert kept.name in page, screen
    report = pdfium.PdfDocument(marketer.get("/results/month.pdf?key=2026-11-01").content)
    assert "These figures are as of 16 November 2026" in " ".join(report[0].get_textpage().get_text_bounded().split())
