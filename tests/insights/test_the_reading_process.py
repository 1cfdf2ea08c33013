"""The process that reads the lake: it reaches one folder, ends with its answer, and nobody else loads what it loads."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from leadstone.domains.insights.rules.facts import COLUMNS, Fact, FactKind, UnfitFact, line_of
from leadstone.domains.insights.services.writing import CHILD
from leadstone.infra.lake.asking import Engine, LakeUnread
from leadstone.infra.lake.engine import open_engine
from leadstone.infra.lake.folder import LakeFolder
from leadstone.infra.lake.orders import Ask, Question, Write
from tests.cast import MONDAY


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    (tmp_path / "lake").mkdir()
    return Engine(folder=tmp_path / "lake", module=CHILD)


def test_it_writes_a_file_and_answers_from_it(engine: Engine) -> None:
    facts = [Fact(at=MONDAY, kind=FactKind.SUBMIT, lead=lead) for lead in (1, 2, 2)]
    with LakeFolder(engine.folder).scratch("\n".join(map(line_of, facts))) as lines:
        target = str(engine.folder / "one.parquet")
        assert engine.write(Write(lines=str(lines), target=target, columns=COLUMNS, sorted_by=("lead", "at"))) == 3

    told = engine.ask(Ask(files=(target,), questions=(Question(measure="people", arguments={"by": ["kind"]}),)))
    assert told.answers == ([["submit", 2]],)
    assert not list(engine.folder.glob("staging/*"))


def test_it_says_in_one_sentence_why_it_cannot(engine: Engine) -> None:
    with pytest.raises(LakeUnread, match="No files found"):
        engine.ask(Ask(files=(str(engine.folder / "missing.parquet"),), questions=(Question(measure="extent"),)))


def test_it_reads_nothing_outside_of_its_folder(engine: Engine, tmp_path: Path) -> None:
    outside = tmp_path / "secret.csv"
    outside.write_text("1\n")
    order = Write(lines=str(outside), target=str(engine.folder / "x.parquet"), columns={"a": "BIGINT"})
    with pytest.raises(LakeUnread, match="Permission"):
        engine.write(order)


@pytest.mark.parametrize(
    "attempt",
    [
        "SELECT * FROM read_text('/etc/passwd')",
        "COPY (SELECT 1) TO '/tmp/leadstone-escape.csv'",
        "SELECT * FROM read_parquet('https://192.0.2.1/x.parquet')",
        "INSTALL httpfs",
        "LOAD httpfs",
        "ATTACH '/tmp/leadstone-escape.db' AS other",
        "SET enable_external_access = true",
        "SET memory_limit = '100GB'",
    ],
)
def test_its_engine_has_no_way_out(tmp_path: Path, attempt: str) -> None:
    engine = open_engine(str(tmp_path), memory_mb=64, threads=1)
    with pytest.raises(Exception, match=r"Permission|disabled|locked"):
        engine.execute(attempt).fetchall()


def test_a_folder_with_a_quote_in_its_name_is_no_way_out_either(tmp_path: Path) -> None:
    folder = tmp_path / "o'lake"
    folder.mkdir()
    (folder / "a.csv").write_text("7\n")
    engine = open_engine(str(folder), memory_mb=64, threads=1)
    assert engine.read_csv(str(folder / "a.csv"), header=False).fetchall() == [(7,)]


@pytest.mark.parametrize("word", ["a,b", 'x"', "two\nlines", "=1+1"])
def test_no_word_breaks_a_line(word: str) -> None:
    with pytest.raises(UnfitFact):
        line_of(Fact(at=MONDAY, kind=FactKind.SUBMIT, variant=word))


@pytest.mark.parametrize("module", ["leadstone.worker.loop", "leadstone.project.urls_studio", "leadstone.project.urls_portal"])
def test_no_process_that_stays_loads_the_engine(module: str, tmp_path: Path) -> None:
    program = f"import django, json, sys; django.setup(); import {module}; print(json.dumps(sorted(sys.modules)))"
    surroundings = os.environ | {"LEADSTONE_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "leadstone.project.settings"}
    done = subprocess.run([sys.executable, "-c", program], env=surroundings, capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}
    assert loaded & {"duckdb", "narwhals", "pyarrow", "pandas"} == set()
