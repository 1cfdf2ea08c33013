"""The wheel carries everything that a machine without Node needs, and nothing that belongs to the workshop."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

NEEDED = (
    "leadstone/studio/static/built/studio.css",
    "leadstone/studio/static/served/staticfiles.json",
    "leadstone/wire/pages/static/public.css",
    "leadstone/wire/pages/static/source-serif-4.woff2",
    "leadstone/wire/pages/locale/pl/LC_MESSAGES/public.mo",
    "leadstone/studio/locale/pl/LC_MESSAGES/django.mo",
    "leadstone/project/demo/files/heat-pump-quote.pdf",
    "leadstone/project/demo/names.json",
    "leadstone/wire/pages/templates/kinds/any.html",
)


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    into = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(into)], cwd=ROOT, check=True, capture_output=True
    )
    (wheel,) = into.glob("leadstone-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize("needed", NEEDED)
def test_the_wheel_holds_what_runs(names: set[str], needed: str) -> None:
    assert needed in names


def test_the_wheel_holds_the_licence_and_the_notice(names: set[str]) -> None:
    assert {Path(name).name for name in names if "/licenses/" in name} == {"LICENSE", "NOTICE"}


def test_the_wheel_holds_no_test_and_no_workshop(names: set[str]) -> None:
    assert [name for name in names if name.startswith(("tests", "tools", "node_modules")) or "__pycache__" in name] == []
