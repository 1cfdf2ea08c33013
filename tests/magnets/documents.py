"""Real documents made on the spot, and files that wish us ill."""

import io
import stat
import struct
import zipfile
from functools import cache

import typst

POLISH = """
#set document(title: "{title}")
#set page(paper: "a5")
#set text(lang: "pl", size: 11pt)
#align(center)[#text(size: 26pt, weight: "bold")[Jak czytać ofertę na pompę ciepła]]
#v(1em)
#text(size: 14pt)[Poradnik dla właścicieli domów]

Pięć liczb w każdej ofercie decyduje o tym, ile naprawdę zapłacisz przez piętnaście lat. Pokazujemy, gdzie ich szukać.

#pagebreak()
= Spis treści
= Wstęp
Tekst wstępu, który jest dość długi, żeby był akapitem i żeby się nie gubił w całości tej strony.
= 1. Liczba, której nie ma w ofercie
O tym, jak zapytać sprzedawcę o zużycie prądu przy minus piętnastu stopniach i co zrobić z odpowiedzią.
= 2. Arkusz do porównania czterech ofert
To, co da się porównać, jest na jednej kartce, a reszta nie ma znaczenia dla rachunku.
= 3. Kiedy pompa ciepła to zła odpowiedź
Nie każdy dom jest na to gotowy i nie ma w tym nic złego.
"""

ENGLISH = """
#set page(paper: "a4")
#set text(lang: "en", size: 11pt)
#text(size: 28pt)[Read a heat-pump quote like an engineer]

Five lines in every offer decide what you will really pay over fifteen years. We show you where they are.

#pagebreak()
#text(size: 18pt)[Introduction]

This is what the book is about and how it came to be that we wrote it.

#text(size: 18pt)[The number that sellers leave out]

Ask for the power that it takes at minus fifteen degrees, and what you will do with the answer is up to you.

#text(size: 18pt)[A worksheet for four offers]

All that can be compared is on one page, and the rest of it does not change the bill.
"""


@cache
def polish_pdf(title: str = "") -> bytes:
    return bytes(typst.compile(POLISH.replace("{title}", title).encode()))


@cache
def english_pdf() -> bytes:
    return bytes(typst.compile(ENGLISH.encode()))


def password_pdf() -> bytes:
    """A PDF whose trailer names an encryption dictionary that no empty password opens (ISO 32000-1 §7.6)."""
    owner, user = "41" * 32, "42" * 32
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>",
        f"<</Filter/Standard/V 2/R 3/Length 128/P -44/O<{owner}>/U<{user}>>>".encode(),
    ]
    body = io.BytesIO()
    body.write(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(body.tell())
        body.write(b"%d 0 obj\n%b\nendobj\n" % (number, content))
    start = body.tell()
    body.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        body.write(b"%010d 00000 n \n" % place)
    trailer = b"<</Size %d/Root 1 0 R/Encrypt 4 0 R/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]>>"
    body.write(b"trailer\n" + trailer % (len(objects) + 1) + b"\nstartxref\n%d\n%%%%EOF\n" % start)
    return body.getvalue()


def archive(entries: dict[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as file:
        for name, content in entries.items():
            file.writestr(zipfile.ZipInfo(name) if name.endswith("/") else name, content)
    return packed.getvalue()


def bomb() -> bytes:
    return archive({"worksheet.csv": b"\0" * (60 * 1024 * 1024)})


def lying_archive() -> bytes:
    """An entry whose header says that it unpacks to one byte."""
    honest = archive({"a.txt": b"x" * 100_000})
    return honest.replace(struct.pack("<I", 100_000), struct.pack("<I", 1))


def link_archive() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        link = zipfile.ZipInfo("link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(link, "/etc/passwd")
    return packed.getvalue()


def locked_archive() -> bytes:
    plain = bytearray(archive({"a.txt": b"secret"}, compression=zipfile.ZIP_STORED))
    plain[6] |= 1  # the flag in the local header
    plain[plain.index(b"PK\x01\x02") + 8] |= 1  # and in the central directory
    return bytes(plain)


def overlapping_archive() -> bytes:
    """Two directory entries that unpack the same packed bytes."""
    packed = bytearray(archive({"a": b"x" * 5000}, compression=zipfile.ZIP_STORED))
    start, end = packed.index(b"PK\x01\x02"), packed.index(b"PK\x05\x06")
    entry = bytes(packed[start:end])
    tail = bytearray(packed[end:])
    tail[8:12] = struct.pack("<HH", 2, 2)
    tail[12:16] = struct.pack("<I", 2 * len(entry))
    return bytes(packed[:start] + entry + entry.replace(b"a", b"b", 1) + tail)


def epub(*, title: str = "Ciepło bez tajemnic", extra: dict[str, bytes] | None = None, cover: bytes = b"") -> bytes:
    container = b"""<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>"""
    package = f"""<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>{title}</dc:title>
      <dc:language>pl</dc:language></metadata><manifest>
      <item id="nav" href="nav.xhtml" properties="nav"/><item id="one" href="one.xhtml"/>
      <item id="pic" href="cover.png" properties="cover-image"/></manifest><spine><itemref idref="one"/></spine></package>"""
    nav = '<nav><a href="one.xhtml">Rachunek za prąd bez zgadywania</a> <a href="b">Co zrobić przed zimą</a></nav>'
    chapter = "<h1>Rachunek</h1><p>To jest książka o tym, jak ogrzać dom i nie zapłacić za to więcej, niż trzeba.</p>"
    return archive(
        {
            "mimetype": b"application/epub+zip",
            "META-INF/container.xml": container,
            "OEBPS/book.opf": package.encode(),
            "OEBPS/nav.xhtml": nav.encode(),
            "OEBPS/one.xhtml": chapter.encode(),
            **({"OEBPS/cover.png": cover} if cover else {}),
            **(extra or {}),
        },
        compression=zipfile.ZIP_STORED,
    )
