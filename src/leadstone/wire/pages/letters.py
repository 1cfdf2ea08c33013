"""The public archive of a newsletter: its list, one letter, and the feed (Atom, RFC 4287)."""

from datetime import UTC, datetime
from xml.etree import ElementTree

from leadstone.kernel.language import Language
from leadstone.wire.bundle import PublishedIssue, PublishedVersion
from leadstone.wire.pages import Pages

MOST_IN_FEED = 20
ATOM = "http://www.w3.org/2005/Atom"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def archive_page(pages: Pages, version: PublishedVersion, slug: str, *, language: Language) -> str:
    """Every public letter of a newsletter, the newest first."""
    return pages.render(
        "newsletters/archive.html",
        language=language,
        magnet=version.definition,
        slug=slug,
        issues=pages.bundle.letters.get(slug, ()),
        feed_url=feed_url(slug),
        translated=True,
    )


def letter_page(pages: Pages, version: PublishedVersion, slug: str, issue: PublishedIssue, *, language: Language) -> str:
    """One letter as everybody may read it."""
    numbers = [each.number for each in pages.bundle.letters.get(slug, ())]
    place = numbers.index(issue.number)
    return pages.render(
        "newsletters/letter.html",
        language=language,
        magnet=version.definition,
        slug=slug,
        issue=issue,
        newer=numbers[place - 1] if place else None,
        older=numbers[place + 1] if place + 1 < len(numbers) else None,
        feed_url=feed_url(slug),
        translated=True,
    )


def feed(pages: Pages, version: PublishedVersion, slug: str) -> bytes:
    """The newest letters as an Atom feed. An entry keeps its id for ever, and never changes: what was sent does not."""
    ElementTree.register_namespace("", ATOM)
    issues = pages.bundle.letters.get(slug, ())[:MOST_IN_FEED]
    base = f"{pages.bundle.public_url}/m/{slug}"
    definition = version.definition
    root = ElementTree.Element(f"{{{ATOM}}}feed", {_XML_LANG: definition.language})
    _add(root, "id", f"{base}/letters")
    _add(root, "title", f"{definition.title} · {pages.bundle.brand.company}")
    if definition.promise:
        _add(root, "subtitle", definition.promise)
    _add(root, "updated", _rfc3339(issues[0].at if issues else datetime.fromtimestamp(0, UTC)))
    _add(_add(root, "author"), "name", pages.bundle.brand.company or "Leadstone")
    _link(root, "self", f"{base}/feed.xml", "application/atom+xml")
    _link(root, "alternate", f"{base}/letters", "text/html")
    for issue in issues:
        entry = _add(root, "entry")
        entry.set(_XML_LANG, issue.language)
        _add(entry, "id", f"urn:uuid:{issue.key}")
        _add(entry, "title", issue.subject)
        _add(entry, "published", _rfc3339(issue.at))
        _add(entry, "updated", _rfc3339(issue.at))
        _link(entry, "alternate", f"{base}/letters/{issue.number}", "text/html")
        for topic in issue.topics:
            _add(entry, "category").set("term", topic)
        if issue.preheader:
            _add(entry, "summary", issue.preheader)
        html = pages.render("newsletters/blocks.html", language=Language.ENGLISH, blocks=issue.blocks)
        _add(entry, "content", html).set("type", "html")
    told: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return told


def feed_url(slug: str) -> str:
    return f"/m/{slug}/feed.xml"


def _add(parent: ElementTree.Element, name: str, text: str | None = None) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}")
    made.text = text
    return made


def _link(parent: ElementTree.Element, rel: str, href: str, media_type: str) -> None:
    link = _add(parent, "link")
    for name, value in (("rel", rel), ("href", href), ("type", media_type)):
        link.set(name, value)


def _rfc3339(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
