"""A magnet's definition out as a file and in again: the same bytes for every kind, a clear sentence for every bad file."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from leadstone.domains.magnets import queries, services
from leadstone.domains.magnets.drafting import draft_from, draft_from_example
from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.models import Magnet
from leadstone.kernel.document import DocumentFacts, MediaType
from leadstone.kernel.errors import LeadstoneError
from leadstone.project import magnet_files
from leadstone.project.cli import data
from leadstone.project.cli.entry import main
from leadstone.project.demo.calculator import CALCULATOR
from leadstone.project.demo.quiz import QUIZ
from leadstone.project.magnet_files import export_magnet, import_magnet
from leadstone.wire.definition import AssetFacts, MagnetDefinition, encode_definition
from tests.cast import MONDAY

FILE = AssetFacts(key="0" * 40, media_type="application/pdf", size_bytes=12, name="poradnik.pdf", pages=3)


def one_of(kind: str) -> MagnetDefinition:
    if KINDS[kind].example:
        return draft_from_example(kind=kind, language="pl", company="Ciepło Polskie")
    document = DocumentFacts(
        media_type=MediaType.PDF, title="Żółty kaloryfer „na zimno”", headings=("Rozdział 1. Piec",), pages=3
    )
    return msgspec.structs.replace(draft_from(document, kind=kind, language="pl", company="Ciepło Polskie"), asset=FILE)


def exported(slug: str, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    export_magnet(slug=slug)
    return capsys.readouterr().out


def definition_at(slug: str) -> MagnetDefinition:
    magnet = queries.by_slug(slug)
    assert magnet is not None
    return queries.draft_of(magnet)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "definition", [*map(one_of, KINDS), QUIZ, CALCULATOR], ids=lambda each: f"{each.kind}: {each.title[:20]}"
)
def test_what_was_exported_comes_back_with_the_same_bytes(
    definition: MagnetDefinition, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    services.create_from_definition(definition, slug="first", by=None, now=MONDAY)
    told = exported("first", capsys)
    (tmp_path / "magnet.json").write_text(told.replace('"slug": "first"', '"slug": "second"'))

    import_magnet(file=tmp_path / "magnet.json")

    # The file itself is no part of a definition: it is added by hand, and the draft says that it is missing.
    assert encode_definition(definition_at("second")) == encode_definition(msgspec.structs.replace(definition, asset=None))
    assert exported("second", capsys) == told.replace('"slug": "first"', '"slug": "second"')


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_names_a_setting_like_something_that_every_definition_has(kind: str) -> None:
    assert not set(KINDS[kind].settings.__struct_fields__) & {*MagnetDefinition.__struct_fields__, "slug"}


@pytest.mark.django_db
def test_a_quiz_has_its_outcomes_where_one_looks_for_them(capsys: pytest.CaptureFixture[str]) -> None:
    services.create_from_definition(QUIZ, slug="quiz", by=None, now=MONDAY)

    told = json.loads(exported("quiz", capsys))

    assert [outcome["key"] for outcome in told["outcomes"]] == ["first-the-house", "nearly", "ready"]


@pytest.mark.django_db
def test_a_file_may_come_from_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    services.create_from_definition(QUIZ, slug="quiz", by=None, now=MONDAY)
    told = exported("quiz", capsys).replace('"slug": "quiz"', '"slug": "again"')
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(told.encode())))

    import_magnet(file=Path("-"))

    assert definition_at("again") == QUIZ


BAD: dict[str, tuple[Any, str]] = {
    "nothing at all": (b"", "truncated"),
    "no JSON": (b"title: A guide", "malformed"),
    "not UTF-8": (b'{"title": "\xff"}', "utf-8"),
    "a list": ([1, 2], "Expected `object`"),
    "no kind": ({"language": "pl", "title": "A"}, "kind"),
    "a kind that does not exist": ({"kind": "horoscope", "language": "pl", "title": "A"}, "no kind of magnet called 'horoscope'"),
    "a title that is a number": ({"kind": "guide", "language": "pl", "title": 7}, "$.title"),
    "settings that the kind does not know": ({"kind": "guide", "language": "pl", "title": "A", "outcomes": []}, "outcomes"),
    "a question of no type": (
        {"kind": "quiz", "language": "pl", "title": "A", "questions": [{"key": "a", "text": "b", "type": "guess"}]},
        "guess",
    ),
    "deeper than anybody writes": (b'{"a":' * 5000, ""),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("content", "because"), BAD.values(), ids=BAD)
def test_a_bad_file_is_refused_in_one_sentence_and_nothing_is_begun(content: Any, because: str, tmp_path: Path) -> None:
    file = tmp_path / "magnet.json"
    file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())

    with pytest.raises(LeadstoneError) as refused:
        import_magnet(file=file)

    assert str(file) in str(refused.value)
    assert because.lower() in str(refused.value).lower()
    assert "\n" not in str(refused.value)
    assert not Magnet.objects.exists()


@pytest.mark.django_db
def test_a_file_that_is_not_there_and_a_magnet_that_is_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(LeadstoneError, match=r"missing\.json"):
        import_magnet(file=tmp_path / "missing.json")
    with pytest.raises(LeadstoneError, match="no such magnet"):
        export_magnet(slug="missing")


@pytest.mark.django_db
def test_the_command_ends_with_one_for_a_bad_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bad.json").write_text("{}")
    # The test's own database and settings stand for those that the command would open.
    monkeypatch.setattr(data, "set_environment", lambda **given: None)
    monkeypatch.setattr(data, "load_with_database", lambda name: magnet_files)

    with pytest.raises(SystemExit) as ended:
        main(["import", "magnet", str(tmp_path / "bad.json")])

    assert ended.value.code == 1
    assert "is no definition of a magnet" in capsys.readouterr().err
