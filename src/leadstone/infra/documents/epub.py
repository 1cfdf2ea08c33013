"""Reading an EPUB (EPUB 3.3, OCF 3.3): title, language, chapters, first paragraph, cover."""

import posixpath
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

from leadstone.infra.documents.covers import cover_from_bytes
from leadstone.infra.documents.report import Report
from leadstone.infra.documents.texts import clean, guess_language
from leadstone.kernel.document import DocumentFacts, MediaType

PART_BYTES = 2 * 1024 * 1024
COVER_BYTES = 20 * 1024 * 1024
CHAPTERS_READ = 8
_SKIPPED = frozenset({"script", "style", "head"})


class Part(HTMLParser):
    """One XML or XHTML part, read leniently and without entities of its own, so that a broken book still says something.

    `elements` holds (tag, attributes, text) in document order; the text is what stands directly or deeper inside.
    """

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str], list[str]]] = []
        self._open: list[tuple[str, list[str]]] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        text: list[str] = []
        self.elements.append((tag, {name: value or "" for name, value in attrs}, text))
        self._open.append((tag, text))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}, []))

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, -1, -1):
            if self._open[depth][0] == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        if not any(tag in _SKIPPED for tag, _ in self._open):
            for _, text in self._open[-12:]:
                text.append(data)

    def texts(self, *tags: str) -> list[str]:
        return [clean("".join(text), limit=600) for tag, _, text in self.elements if tag in tags]

    def attributes(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes, _ in self.elements if name == tag]


def read_epub(path: Path) -> Report:
    """What the book says; a book without a readable package document gives the type alone."""
    with zipfile.ZipFile(path) as archive:
        container = _part(archive, "META-INF/container.xml")
        roots = container.attributes("rootfile") if container else []
        package_path = roots[0].get("full-path", "") if roots else ""
        package = _part(archive, package_path)
        if package is None:
            return Report(facts=DocumentFacts(media_type=MediaType.EPUB, readable=False))
        return _read(archive, package, posixpath.dirname(package_path))


def _read(archive: zipfile.ZipFile, package: Part, folder: str) -> Report:
    items = {item.get("id", ""): item for item in package.attributes("item")}
    spine = [items[ref["idref"]].get("href", "") for ref in package.attributes("itemref") if ref.get("idref") in items]
    chapters = [part for href in spine[:CHAPTERS_READ] if (part := _part(archive, _join(folder, href)))]
    paragraphs = [text for chapter in chapters for text in chapter.texts("p")]
    text = " ".join(paragraphs)
    declared = next(iter(package.texts("dc:language")), "")[:2].lower()
    descriptions = [Part(found).texts("p") or [clean(found, limit=600)] for found in package.texts("dc:description")]
    leads = [text for found in descriptions for text in found] + paragraphs
    headings = _contents(archive, items, folder) or [text for chapter in chapters for text in chapter.texts("h1", "h2")]
    return Report(
        facts=DocumentFacts(
            media_type=MediaType.EPUB,
            title=next(iter(package.texts("dc:title")), ""),
            lead=next((lead for lead in leads if len(lead) >= 60), ""),
            headings=tuple(dict.fromkeys(text for text in headings if text))[:40],
            excerpt=clean(text, limit=2000),
            language=guess_language(text) or (declared if declared in {"pl", "en"} else ""),
        ),
        cover=_cover(archive, package, items, folder),
    )


def _contents(archive: zipfile.ZipFile, items: dict[str, dict[str, str]], folder: str) -> list[str]:
    for item in items.values():
        if "nav" in item.get("properties", "").split():
            navigation = _part(archive, _join(folder, item.get("href", "")))
            return navigation.texts("a") if navigation else []
        if item.get("media-type") == "application/x-dtbncx+xml":
            contents = _part(archive, _join(folder, item.get("href", "")))
            return contents.texts("text")[1:] if contents else []
    return []


def _cover(archive: zipfile.ZipFile, package: Part, items: dict[str, dict[str, str]], folder: str) -> bytes:
    named = [meta.get("content", "") for meta in package.attributes("meta") if meta.get("name") == "cover"]
    candidates = [item for item in items.values() if "cover-image" in item.get("properties", "").split()]
    candidates += [items[name] for name in named if name in items]
    for item in candidates:
        data = _bytes(archive, _join(folder, item.get("href", "")), limit=COVER_BYTES)
        if data and (cover := cover_from_bytes(data)):
            return cover
    return b""


def _join(folder: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(href.split("#", maxsplit=1)[0])))


def _part(archive: zipfile.ZipFile, name: str) -> Part | None:
    data = _bytes(archive, name, limit=PART_BYTES)
    return Part(data.decode("utf-8-sig", "replace")) if data else None


def _bytes(archive: zipfile.ZipFile, name: str, *, limit: int) -> bytes:
    try:
        with archive.open(name) as entry:
            return entry.read(limit)
    except KeyError:
        return b""
