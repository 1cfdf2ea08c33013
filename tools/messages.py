"""The message catalogues: extract, update, compile and check them, without GNU gettext.

    python tools/messages.py update [studio/magnets]    write new msgids into the .po files (of that folder)
    python tools/messages.py compile                     make the .mo beside each .po
    python tools/messages.py check                       fail when a msgid is missing, untranslated, fuzzy, or lost a placeholder

Msgids are English. A catalogue reads Python (`_`, `gettext`, `ngettext`, `pgettext` and their lazy forms), Django templates,
Jinja2 templates (`_()`, `{% trans %}`), and the `sentence` of every error class.
"""

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "leadstone"

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "npgettext": ((1, "c"), 2, 3),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
# The English catalogue of the public pages only carries what a company rewords; its msgids already are English.
COMPLETE = frozenset({"pl"})
FIELD = re.compile(r"%\((\w+)\)[sdf]|\{(\w*)[^{}]*\}")
VOLATILE = re.compile(
    r'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|Report-Msgid-Bugs-To): .*\n', re.M
)


@dataclass(frozen=True)
class CatalogueSpec:
    """One set of .po files: which sources it reads. A source belongs to the first catalogue that names it."""

    domain: str
    locale: Path
    sources: tuple[str, ...]
    templates: str  # "jinja" or "django"
    languages: tuple[str, ...] = ("pl",)

    def po_files(self) -> Iterator[tuple[str, Path]]:
        for language in self.languages:
            yield language, self.locale / language / "LC_MESSAGES" / f"{self.domain}.po"


# Kinds whose pages and letters are many keep them together, each with a catalogue of its own.
PUBLIC_AREAS = tuple(
    CatalogueSpec(
        "public", folder / "locale", (f"wire/pages/areas/{folder.name}", f"infra/letterhead/areas/{folder.name}"), "jinja"
    )
    for folder in sorted((SOURCE / "wire/pages/areas").iterdir())
    if folder.is_dir() and folder.name != "__pycache__"
)

SPECS = (
    *PUBLIC_AREAS,
    CatalogueSpec("public", SOURCE / "wire/pages/locale", ("wire/pages", "infra/letterhead"), "jinja", ("pl", "en")),
    CatalogueSpec("django", SOURCE / "studio/magnets/locale", ("studio/magnets", "domains/magnets", "infra/documents"), "django"),
    CatalogueSpec("django", SOURCE / "studio/deals/locale", ("studio/deals", "domains/pipeline"), "django"),
    CatalogueSpec("django", SOURCE / "studio/forecast/locale", ("studio/forecast",), "django"),
    CatalogueSpec("django", SOURCE / "studio/activities/locale", ("studio/activities", "domains/activities"), "django"),
    CatalogueSpec("django", SOURCE / "studio/companies/locale", ("studio/companies", "domains/companies"), "django"),
    CatalogueSpec("django", SOURCE / "studio/assignment/locale", ("studio/assignment", "domains/assignment"), "django"),
    CatalogueSpec(
        "django",
        SOURCE / "studio/qualification/locale",
        ("studio/qualification", "domains/qualification", "domains/agenda", "studio/today", "studio/templates/studio/today"),
        "django",
    ),
    CatalogueSpec(
        "django",
        SOURCE / "studio/company/locale",
        (
            "studio/company",
            "studio/templates/studio/company",
            "studio/sign_in",
            "studio/templates/account",
            "studio/templates/mfa",
            "domains/access",
            "domains/audit",
        ),
        "django",
    ),
    CatalogueSpec("django", SOURCE / "studio/quarantine/locale", ("studio/quarantine", "project/backup"), "django"),
    CatalogueSpec(
        "django",
        SOURCE / "studio/bookings/locale",
        (
            "studio/bookings",
            "domains/bookings",
        ),
        "django",
    ),
    CatalogueSpec(
        "django",
        SOURCE / "studio/codes/locale",
        (
            "studio/codes",
            "domains/codes",
        ),
        "django",
    ),
    CatalogueSpec(
        "django",
        SOURCE / "studio/shipments/locale",
        (
            "studio/shipments",
            "domains/shipments",
        ),
        "django",
    ),
    CatalogueSpec(
        "django",
        SOURCE / "studio/newsletters/locale",
        (
            "studio/newsletters",
            "domains/newsletters",
        ),
        "django",
    ),
    CatalogueSpec(
        "django",
        SOURCE / "studio/machines/locale",
        (
            "studio/machines",
            "domains/webhooks",
            "domains/trials",
            "api",
        ),
        "django",
    ),
    CatalogueSpec(
        "django",
        SOURCE / "studio/needs/locale",
        (
            "studio/needs",
            "domains/needs",
        ),
        "django",
    ),
    CatalogueSpec(
        "django",
        SOURCE / "studio/vetting/locale",
        (
            "studio/vetting",
            "domains/vetting",
        ),
        "django",
    ),
    CatalogueSpec("django", SOURCE / "studio/calculators/locale", ("studio/calculators",), "django"),
    CatalogueSpec(
        "django",
        SOURCE / "studio/campaigns/locale",
        (
            "studio/campaigns",
            "domains/campaigns",
        ),
        "django",
    ),
    CatalogueSpec(
        "django",
        SOURCE / "studio/posts/locale",
        (
            "studio/posts",
            "domains/posts",
        ),
        "django",
    ),
    CatalogueSpec(
        "django",
        SOURCE / "studio/kiosks/locale",
        (
            "studio/kiosks",
            "domains/kiosks",
        ),
        "django",
    ),
    CatalogueSpec(
        "django",
        SOURCE / "studio/inbound/locale",
        (
            "studio/inbound",
            "domains/inbound",
            "flows/letter_notes.py",
            "flows/references_asked.py",
        ),
        "django",
    ),
    CatalogueSpec(
        "django",
        SOURCE / "studio/suppliers/locale",
        (
            "studio/suppliers",
            "domains/suppliers",
            "flows/notices_due.py",
            "flows/unfounded_kept.py",
        ),
        "django",
    ),
    CatalogueSpec(
        "django",
        SOURCE / "studio/experiments/locale",
        (
            "studio/experiments",
            "domains/experiments",
        ),
        "django",
    ),
    CatalogueSpec(
        "django",
        SOURCE / "studio/results/locale",
        (
            "studio/results",
            "studio/templates/studio/results",
            "studio/charts",
            "domains/insights",
        ),
        "django",
    ),
    CatalogueSpec("django", SOURCE / "portal/locale", ("portal",), "django"),
    CatalogueSpec(
        "django", SOURCE / "studio/locale", ("studio", "domains", "flows", "infra", "integrations", "project", "kernel"), "django"
    ),
)

Found = tuple[str, str | tuple[str, ...], str | None, list[str]]  # place, msgid or (one, many), context, comments


def sources_of(spec: CatalogueSpec) -> Iterator[Path]:
    """The files that `spec` reads and no earlier catalogue does, in a stable order."""
    earlier = [SOURCE / name for other in SPECS[: SPECS.index(spec)] for name in other.sources]
    for name in spec.sources:
        named = SOURCE / name
        for path in sorted(named.rglob("*")) if named.is_dir() else [named]:
            if path.suffix in {".py", ".html", ".txt", ".mjml", ".jinja"} and not any(
                path.is_relative_to(taken) for taken in earlier
            ):
                yield path


def messages_of(spec: CatalogueSpec) -> Iterator[Found]:
    for path in sources_of(spec):
        place = path.relative_to(ROOT).as_posix()
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".py":
            yield from _calls(text, place)
            yield from _sentences(text, place)
        elif spec.templates == "jinja":
            yield from _found("jinja2.ext:babel_extract", text, place)
        else:
            # templatize() leaves Python-like lines; their indentation means nothing and would stop the tokenizer.
            lines = templatize(text, origin=place).splitlines()
            yield from _calls("\n".join(line.strip() for line in lines) + "\n", place)


def _calls(text: str, place: str) -> Iterator[Found]:
    yield from _found("python", text, place)


def _found(method: str, text: str, place: str) -> Iterator[Found]:
    options = {"trimmed": "true", "newstyle_gettext": "true"} if "jinja" in method else {}
    for _line, message, comments, context in extract(
        method,
        io.BytesIO(text.encode()),
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        options=options,
        strip_comment_tags=True,
    ):
        yield place, message, context, comments


def _sentences(text: str, place: str) -> Iterator[Found]:
    """The `sentence = "…"` of each class: the words of a named mistake."""
    for node in ast.walk(ast.parse(text)):
        for line in node.body if isinstance(node, ast.ClassDef) else ():
            match line:
                case ast.Assign(targets=[ast.Name(id="sentence")], value=ast.Constant(value=str(words))):
                    yield place, words, None, []


def template_of(spec: CatalogueSpec) -> Catalog:
    """Every msgid of the catalogue as the sources have it now."""
    catalogue = Catalog(domain=spec.domain, project="Leadstone", fuzzy=False)
    for place, message, context, comments in messages_of(spec):
        catalogue.add(message, locations=[(place, 1)], context=context, auto_comments=comments)
    return catalogue


def update(folder: str) -> None:
    for spec in SPECS:
        if folder and spec.locale != SOURCE / folder / "locale":
            continue
        template = template_of(spec)
        if not len(template):
            continue
        for language, path in spec.po_files():
            catalogue = read(path, language) if path.exists() else Catalog(locale=language, domain=spec.domain, fuzzy=False)
            catalogue.update(template, no_fuzzy_matching=True)
            catalogue.obsolete.clear()
            write(catalogue, path)


def read(path: Path, language: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language)


def write(catalogue: Catalog, path: Path) -> None:
    """Sorted, without dates and line numbers, so that a change of the file is a change of words."""
    catalogue.header_comment = (
        f"# {catalogue.locale.english_name if catalogue.locale else ''} words of Leadstone. SPDX-License-Identifier: Apache-2.0"
    )
    catalogue.fuzzy = False
    text = io.BytesIO()
    write_po(text, catalogue, width=120, include_lineno=False, sort_output=True, omit_header=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(VOLATILE.sub("", text.getvalue().decode()), encoding="utf-8")


def compile_all() -> None:
    for path in SOURCE.rglob("*.po"):
        language = path.parent.parent.name
        draft = path.with_suffix(".mo.new")
        with draft.open("wb") as file:
            write_mo(file, read(path, language))
        draft.replace(path.with_suffix(".mo"))


def problems() -> Iterator[str]:
    """One line for each msgid that a reader would see in the wrong language, or that would fail when filled in."""
    for spec in SPECS:
        template = template_of(spec)
        for language, path in spec.po_files():
            if language in COMPLETE and len(template):
                shown = path.relative_to(ROOT).as_posix()
                if not path.exists():
                    yield f"{shown}: missing; run `python tools/messages.py update`"
                    continue
                catalogue = read(path, language)
                yield from (f"{shown}: {line}" for line in gaps(template, catalogue))
    studio = [(spec.locale.parent.name, path) for spec in SPECS if spec.domain == "django" for _language, path in spec.po_files()]
    yield from quarrels({area: read(path, "pl") for area, path in studio if path.exists()})


def quarrels(catalogues: Mapping[str, Catalog]) -> Iterator[str]:
    """Words that two areas say differently. They are read as one catalogue, so one of them never shows: give one a context."""
    said: dict[tuple[str, str], dict[str, str]] = {}
    for area, catalogue in catalogues.items():
        for message in _real(catalogue):
            if all(_texts(message.string)):
                said.setdefault((message.context or "", _first(message.id)), {}).setdefault(str(message.string), area)
    for (_context, msgid), ways in said.items():
        if len(ways) > 1:
            yield f"{msgid!r} is said in several ways: " + ", ".join(f"{text!r} ({area})" for text, area in ways.items())


def gaps(template: Catalog, catalogue: Catalog) -> Iterator[str]:
    """What `catalogue` lacks to say everything that `template` asks for."""
    for wanted in _real(template):
        have = catalogue.get(wanted.id, wanted.context)
        named = f"{_first(wanted.id)!r} ({wanted.locations[0][0]})"
        if have is None:
            yield f"missing: {named}"
        elif not all(_texts(have.string)) or not have.string:
            yield f"untranslated: {named}"
        elif have.fuzzy:
            yield f"fuzzy: {named}"
        elif any(not _fields(text) <= _fields(*_texts(wanted.id)) for text in _texts(have.string)):
            yield f"a placeholder that the original does not have: {named}"
        elif _fields(*_texts(wanted.id)) != _fields(*_texts(have.string)):
            yield f"a placeholder is lost: {named}"


def _real(catalogue: Catalog) -> Iterable[Message]:
    return (message for message in catalogue if message.id)


def _texts(text: object) -> tuple[str, ...]:
    return tuple(str(part) for part in text) if isinstance(text, (tuple, list)) else (str(text or ""),)


def _first(text: object) -> str:
    return _texts(text)[0]


def _fields(*texts: str) -> set[str]:
    return {name or braced for text in texts for name, braced in FIELD.findall(text)}


def check() -> int:
    lines = list(problems())
    for line in lines[:60]:
        print(line)
    if lines:
        print(f"messages: {len(lines)} problems", file=sys.stderr)
    return 1 if lines else 0


def main() -> int:
    reader = argparse.ArgumentParser(description="Update, compile or check the message catalogues.")
    reader.add_argument("action", nargs="?", choices=["update", "compile", "check"], default="check")
    reader.add_argument(
        "folder", nargs="?", default="", help="for update: only the catalogue of this folder, like studio/magnets"
    )
    reader.add_argument("--check", action="store_true", help="the same as the action `check`")
    given = reader.parse_args()
    settings.configure()  # templatize() asks Django for its settings, of which the defaults will do
    if given.action == "update":
        update(given.folder)
    elif given.action == "compile":
        compile_all()
    else:
        return check()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
