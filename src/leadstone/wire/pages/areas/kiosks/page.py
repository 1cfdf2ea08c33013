"""The page of a kiosk and what makes it installable. Rendered once for all devices; the offer is on the device."""

import json
from collections.abc import Sequence

from leadstone.kernel.colour import HOUSE_COLOUR, read_hex
from leadstone.kernel.language import Language
from leadstone.wire.pages.areas.kiosks.words import words_of
from leadstone.wire.pages.pages import Pages

CODE, STYLE, WORKER = "kiosk.js", "kiosk.css", "kiosk-worker.js"  # built assets, under /s/ but for the worker


def kiosk_page(pages: Pages, *, language: Language) -> str:
    return pages.render(
        "kiosks/kiosk.html", language=language, words=words_of(language), all_words={tag.value: words_of(tag) for tag in Language}
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
            "icons": [{"src": f"/s/{pages.icon_name}", "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
        },
        ensure_ascii=False,
    )


def worker_script(code: bytes, *, kept: Sequence[str], revision: str) -> bytes:
    """The service worker with what it keeps; other content is another worker, which a browser installs by itself."""
    return f"self.KEPT={json.dumps(list(kept))};self.REVISION={json.dumps(revision)};\n".encode() + code
