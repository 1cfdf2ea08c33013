"""Badges and cards as people really have them, read with a camera that sees them, and from odd codes."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
import segno
from playwright.sync_api import Browser, expect, sync_playwright

from leadstone.wire.pages.pages import STATIC
from tests.browser import QUIET
from tests.edge.installation import Installation
from tests.edge.serving import Serving, serving
from tests.kiosks.device_page import stand_at

pytestmark = pytest.mark.browser

ASSETS = STATIC.parent / "assets" / "kiosk"
BADGE = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Żółć;Łucja;;;\r\nFN:Łucja Żółć\r\nORG:Ciepło i Dom;Sprzedaż\r\nTITLE:Kierowniczka\r\n"
    "TEL;TYPE=CELL:+48 601 234 567\r\nEMAIL;TYPE=INTERNET:lucja@cieplo.example\r\nEND:VCARD\r\n"
)
WIDTH, HEIGHT = 640, 480


def film_of(words: str, path: Path) -> Path:
    """A film for Chromium's fake camera (YUV4MPEG2): a QR code held before it."""
    code = segno.make(words, error="m", micro=False)
    rows = [bytes(row) for row in code.matrix]
    scale = (HEIGHT - 80) // len(rows)
    left, top = (WIDTH - scale * len(rows)) // 2, (HEIGHT - scale * len(rows)) // 2
    grey = bytearray(b"\xeb" * (WIDTH * HEIGHT))
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            for line in range(scale) if dark else ():
                at = (top + y * scale + line) * WIDTH + left + x * scale
                grey[at : at + scale] = b"\x10" * scale
    frame = b"FRAME\n" + bytes(grey) + b"\x80" * (WIDTH * HEIGHT // 2)
    path.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * 5)
    return path


@pytest.fixture(scope="module")
def with_camera(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    film = film_of(BADGE, tmp_path_factory.mktemp("film") / "badge.y4m")
    camera = (
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    )
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=[*QUIET, *camera])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    made = Installation(tmp_path_factory.mktemp("kiosk"))
    (made.root / "static").symlink_to(STATIC)
    made.publish()
    with serving(made) as running:
        yield running


def test_the_camera_reads_a_badge_into_both_forms_and_keeps_nothing_by_itself(with_camera: Browser, served: Serving) -> None:
    with stand_at(served, with_camera) as stand:
        stand.pair()
        stand.page.get_by_role("button", name="Scan my badge or card").click()
        expect(stand.page.get_by_label("E-mail")).to_have_value("lucja@cieplo.example")
        expect(stand.page.get_by_label("Your name")).to_have_value("Łucja Żółć")
        expect(stand.page.get_by_text("Read. Please look whether it is right.")).to_be_visible()
        expect(stand.page.get_by_role("dialog")).to_be_hidden()
        assert stand.handed_over() == []
        assert "lucja" not in stand.dump().replace("lucja@cieplo.example", "", 1)

        stand.page.get_by_role("button", name="Start over").click()
        expect(stand.page.get_by_label("E-mail")).to_have_value("")
        stand.to_desk()
        stand.page.get_by_role("button", name="Scan a badge or card").click()
        expect(stand.page.locator("#c-phone")).to_have_value("+48 601 234 567")
        stand.page.get_by_role("button", name="Keep the card").click()
        expect(stand.page.get_by_role("status")).to_contain_text("The lead will be yours")
        expect(stand.page.locator("#waiting-state")).to_contain_text("all has been handed over")
        assert stand.handed_over()[0]["values"] == {
            "name": "Łucja Żółć",
            "company": "Ciepło i Dom",
            "position": "Kierowniczka",
            "email": "lucja@cieplo.example",
            "phone": "+48 601 234 567",
        }


ODD: dict[str, tuple[str, dict[str, str] | None]] = {
    "vcard 4 with uris, groups and quoted parameters": (
        "BEGIN:VCARD\nVERSION:4.0\nFN:Jan Kowalski\nitem1.EMAIL;PREF=1:jan@firma.example\nEMAIL:old@firma.example\n"
        'TEL;VALUE=uri;TYPE="voice,work":tel:+48-22-555-01-01;ext=9\nTEL;VALUE=uri;TYPE=cell:tel:+48601000000\n'
        "ORG:Firma\\, Spółka\\; z o.o.;Dział\nEND:VCARD",
        {"name": "Jan Kowalski", "email": "jan@firma.example", "phone": "+48601000000", "company": "Firma, Spółka; z o.o."},
    ),
    "vcard 2.1 in quoted-printable with a soft break": (
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C5=BB=C3=B3=C5=82=C4=87;=C5=81ucja\r\n"
        "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C5=81ucja =\r\n=C5=BB=C3=B3=C5=82=C4=87\r\nTEL;CELL:601234567\r\nEND:VCARD",
        {"name": "Łucja Żółć", "phone": "601234567"},
    ),
    "vcard 2.1 in latin 2": (
        "BEGIN:VCARD\nVERSION:2.1\nFN;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-2:=A3ukasz\nEMAIL:l@x.example\nEND:VCARD",
        {"name": "Łukasz", "email": "l@x.example"},
    ),
    "folded lines, no FN, a fax before the phone": (
        "BEGIN:VCARD\nVERSION:3.0\nN:Nowak;Anna;Maria;dr;\nTEL;TYPE=FAX:221111111\nTEL;TYPE=WORK:222222222\n"
        "EMAIL:anna.nowak@bardzo-dluga-\n nazwa.example\nEND:VCARD",
        {"name": "dr Anna Maria Nowak", "phone": "222222222", "email": "anna.nowak@bardzo-dluga-nazwa.example"},
    ),
    "a value with an equals sign at its end is no soft break": (
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ala\nNOTE:a=\nEMAIL:ala@x.example\nEND:VCARD",
        {"name": "Ala", "email": "ala@x.example"},
    ),
    "mecard": (
        "MECARD:N:Kowalski,Jan;TEL:+48601000000;EMAIL:jan@firma.example;ORG:A\\;B;NOTE:x;;",
        {"name": "Jan Kowalski", "phone": "+48601000000", "email": "jan@firma.example", "company": "A;B"},
    ),
    "bizcard": (
        "BIZCARD:N:Sean;X:Owen;T:Engineer;C:Acme;B:+15551234567;E:sean@acme.example;;",
        {"name": "Sean Owen", "phone": "+15551234567", "email": "sean@acme.example", "company": "Acme", "position": "Engineer"},
    ),
    "mailto": ("mailto:jan@firma.example?subject=Hello", {"email": "jan@firma.example"}),
    "tel": ("tel:+48 601 000 000", {"phone": "+48 601 000 000"}),
    "words in lines": (
        "Jan Kowalski\nFirma Sp. z o.o.\ntel. 601 234 567\njan@firma.example\nhttps://firma.example/jan",
        {"name": "Jan Kowalski", "company": "Firma Sp. z o.o.", "phone": "601 234 567", "email": "jan@firma.example"},
    ),
    "a badge with semicolons": (
        "4711;Jan Kowalski;Firma;jan@firma.example",
        {"name": "Jan Kowalski", "company": "Firma", "email": "jan@firma.example"},
    ),
    "a ticket of the fair": ("https://fair.example/t/8f3a", None),
    "a number of a ticket": ("TICKET-4711", None),
    "nothing": ("", None),
    "noise of any length": ("a@" * 50_000 + "+1" * 50_000, None),
    "soft breaks without an end": (
        "BEGIN:VCARD\n" + "FN;QUOTED-PRINTABLE:x=\n" * 30_000,
        {"name": ("x" + "FN;QUOTED-PRINTABLE:x" * 20)[:200]},
    ),
    "an empty vcard": ("BEGIN:VCARD\nVERSION:3.0\nEND:VCARD", None),
    "markup is words": (
        "BEGIN:VCARD\nFN:<img src=x onerror=alert(1)>\nEMAIL:m@x.example\nEND:VCARD",
        {"name": "<img src=x onerror=alert(1)>", "email": "m@x.example"},
    ),
}


def test_odd_cards_are_read_as_a_person_would(with_camera: Browser) -> None:
    code = base64.b64encode((ASSETS / "cards.js").read_bytes()).decode()
    texts = [text for text, _ in ODD.values()]
    read = with_camera.new_page().evaluate(
        """async ([code, texts]) => {
            const {readCard} = await import("data:text/javascript;base64," + code);
            return texts.map(readCard);
        }""",
        [code, texts],
    )

    assert dict(zip(ODD, read, strict=True)) == {name: card for name, (_, card) in ODD.items()}
