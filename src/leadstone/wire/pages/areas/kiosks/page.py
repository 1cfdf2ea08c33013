"""The page of a kiosk and what makes it installable. Rendered once for all devices; the offer is on the device."""

import json
from collections.abc import Mapping, Sequence

from leadstone.kernel.colour import HOUSE_COLOUR, read_hex
from leadstone.kernel.language import Language
from leadstone.wire.pages import urls
from leadstone.wire.pages.areas.kiosks.words import words_of
from leadstone.wire.pages.pages import Pages

CODE, STYLE, WORKER = "kiosk.js", "kiosk.css", "kiosk-worker.js"  # built assets, under /s/ but for the worker
INSTALLED, ON_APPLE = ("192", "512"), "180"  # sides of icons


def kiosk_page(pages: Pages, *, language: Language) -> str:
    return pages.render(
        "kiosks/kiosk.html",
        language=language,
        words=words_of(language),
        all_words={tag.value: words_of(tag) for tag in Language},
        apple_icon=pages.bundle.app_icons.get(ON_APPLE, ""),
    )


def manifest(pages: Pages) -> str:
    """The web app manifest (W3C Web Application Manifest)."""
    brand = pages.bundle.brand
    name = brand.company or "Leadstone"
    return json.dumps(
        {
            "id": "/kiosk",
            "name": name,
            "short_name": name[:12],
            "lang": brand.language,
            "start_url": "/kiosk",
            "scope": "/kiosk",
            "display": "fullscreen",
            "display_override": ["fullscreen", "standalone"],
            "background_color": "#fbfaf8",
            "theme_color": read_hex(brand.colour) or HOUSE_COLOUR,
            "icons": [*_drawn(pages.bundle.app_icons), _icon(pages.icon_name, sizes="any", kind="image/svg+xml")],
        },
        ensure_ascii=False,
    )


def _drawn(names: Mapping[str, str]) -> list[dict[str, str]]:
    """Those that an installed page needs, each also to be cut to the shape that a device likes."""
    return [
        _icon(names[side], sizes=f"{side}x{side}", kind="image/png", purpose=purpose)
        for side in INSTALLED
        if side in names
        for purpose in ("any", "maskable")
    ]


def _icon(name: str, *, sizes: str, kind: str, purpose: str = "any") -> dict[str, str]:
    return {"src": urls.static(name), "sizes": sizes, "type": kind, "purpose": purpose}


def worker_script(code: bytes, *, kept: Sequence[str], revision: str) -> bytes:
    """The service worker with what it keeps; other content is another worker, which a browser installs by itself."""
    return f"self.KEPT={json.dumps(list(kept))};self.REVISION={json.dumps(revision)};\n".encode() + code
