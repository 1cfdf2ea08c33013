"""The door for kiosks: a page that works without a network, and what it hands over once there is one.

Nothing is acknowledged before it is durable, and nothing here can open what came.
"""

import hashlib
from functools import lru_cache
from pathlib import Path

import msgspec

from leadstone.edge.answer import HTML, JSON, NEVER_STORED, NOT_INDEXED, PLAIN_HEADERS, Answer, Headers
from leadstone.edge.context import RETRY_SECONDS, Edge
from leadstone.edge.request import Refused, Request
from leadstone.kernel.language import Language
from leadstone.wire.journal import JournalUnavailable, now_ms
from leadstone.wire.kiosk import LARGEST_ENTRY, MOST_ENTRIES, KioskDevice, Sent, is_signed
from leadstone.wire.pages import urls
from leadstone.wire.pages.areas.kiosks.offer import offer_for
from leadstone.wire.pages.areas.kiosks.page import CODE, STYLE, WORKER, kiosk_page, manifest, worker_script
from leadstone.wire.records import KioskHandedOver

ENTRIES = "/kiosk/entries"
MOST_BYTES = MOST_ENTRIES * (LARGEST_ENTRY * 4 // 3 + 100) + 1000  # base64, and what stands around it
NOSNIFF = (b"x-content-type-options", b"nosniff")
REVALIDATED = (b"cache-control", b"no-cache")
_decoder = msgspec.json.Decoder(Sent)
_POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; media-src 'self' blob:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)


async def show(edge: Edge, request: Request) -> Answer:
    """The page, the same for every device and every visitor; what differs is on the device."""
    html = kiosk_page(edge.now.pages, language=edge.language(request))
    headers: Headers = [
        HTML,
        NOSNIFF,
        (b"content-security-policy", _POLICY.encode()),
        (b"permissions-policy", b"camera=(self), microphone=(), geolocation=(), browsing-topics=()"),
        # The link that pairs a device is opened here.
        (b"referrer-policy", b"no-referrer"),
        REVALIDATED,
        NOT_INDEXED,
        *(pair for pair in edge.now.headers if pair[0] == b"strict-transport-security"),
    ]
    return Answer(200, html.encode(), headers)


async def part(edge: Edge, request: Request, name: str) -> Answer | None:
    """The service worker, which has to stand beside the page, and what makes the page installable."""
    pages = edge.now.pages
    if name == "manifest.webmanifest":
        return Answer(200, manifest(pages).encode(), [(b"content-type", b"application/manifest+json"), NOSNIFF, REVALIDATED])
    if name != "worker.js" or not (edge.settings.static / WORKER).exists():
        raise Refused(404)
    kept = ["/kiosk", "/kiosk/manifest.webmanifest", *(urls.static(each) for each in (CODE, STYLE)), *pages_kept(edge)]
    body = worker_script(_content(edge.settings.static / WORKER), kept=kept, revision=_revision(edge))
    return Answer(
        200,
        body,
        [
            (b"content-type", b"text/javascript; charset=utf-8"),
            NOSNIFF,
            (b"content-security-policy", b"default-src 'none'; connect-src 'self'"),
            (b"service-worker-allowed", b"/kiosk"),
            REVALIDATED,
        ],
    )


async def take(edge: Edge, request: Request, name: str) -> Answer:
    """`/kiosk/entries`: what a device hands over. `/kiosk/pair`: a device introduces itself; the portal knows its link."""
    if name == "pair":
        return await pair(edge, request)
    if name != "entries":
        raise Refused(404)
    key, device = _allowed(edge, request)
    body = await request.body(most=MOST_BYTES)
    signature = request.header(b"authorization").decode("latin-1").rpartition(".")[2]
    if device is None or not is_signed(body, signature, path=ENTRIES, device=key, public_key=device.public_key):
        # Also a moment after it was paired, until the edge has been told: the device keeps all and asks again.
        edge.seen["kiosk_unknown"] += 1
        return _said({"because": "unknown"}, status=401)
    try:
        sent = _decoder.decode(body)
    except msgspec.DecodeError:
        edge.seen["kiosk_unreadable"] += 1
        return _said({"because": "unreadable"}, status=400)
    record = KioskHandedOver(at=now_ms(), device=key, clock=sent.clock, waiting=sent.waiting, entries=sent.entries)
    try:
        await edge.ledger.append(record)
    except JournalUnavailable:
        edge.seen["kiosk_unavailable"] += 1
        answer = _said({"because": "later"}, status=503)
        answer.headers.append((b"retry-after", str(RETRY_SECONDS).encode()))
        return answer
    edge.seen["kiosk_entries"] += len(sent.entries)
    return _said(_told(edge, device, sent))


async def pair(edge: Edge, request: Request) -> Answer:
    now = now_ms() // 1000
    if not edge.limits.may_try_code(network=request.network(edge.settings.trusted_proxies), now=now):
        return _said({"because": "later"}, status=429)
    return await edge.from_portal(request)


def pages_kept(edge: Edge) -> list[str]:
    """What the page needs beside its own code: the house's look in the company's colour, its icon, logo and typeface."""
    pages = edge.now.pages
    names = [pages.stylesheet_name, pages.icon_name, "source-serif-4.woff2", "source-serif-4-ext.woff2"]
    if pages.bundle.brand.logo_key:
        names.append(pages.bundle.brand.logo_key)
    return [urls.static(each) for each in names]


def _allowed(edge: Edge, request: Request) -> tuple[str, KioskDevice | None]:
    """Which device says it asks, judged before its body is read. Raises `Refused(429)` for one that asks all the time."""
    scheme, _, rest = request.header(b"authorization").decode("latin-1").partition(" ")
    key = rest.partition(".")[0] if scheme.lower() == "kiosk" else ""
    device = edge.shelf.kiosks.devices.get(key)
    now = now_ms() // 1000
    network = request.network(edge.settings.trusted_proxies)
    if not edge.limits.may_hand_over(device=key if device else "", network=network, now=now):
        edge.seen["kiosk_refused"] += 1
        raise Refused(429, headers=[(b"retry-after", str(edge.limits.wait_seconds(now=now)).encode())])
    return key, device


def _told(edge: Edge, device: KioskDevice, sent: Sent) -> dict[str, object]:
    offer = offer_for(device, edge.now.bundle, seal_key=edge.shelf.kiosks.seal_key)
    told: dict[str, object] = {"taken": [entry.key for entry in sent.entries], "revoked": device.revoked}
    return told if offer["revision"] == sent.offer else told | {"offer": offer}


def _said(what: dict[str, object], *, status: int = 200) -> Answer:
    return Answer(status, msgspec.json.encode(what), [JSON, NEVER_STORED, *PLAIN_HEADERS])


def _revision(edge: Edge) -> str:
    """Changes with anything that a device keeps."""
    pages = edge.now.pages
    parts = [kiosk_page(pages, language=Language.ENGLISH), manifest(pages), *pages_kept(edge)]
    digest = hashlib.sha256("\0".join(parts).encode())
    for name in (CODE, STYLE, WORKER):
        digest.update(_content(edge.settings.static / name))
    return digest.hexdigest()[:16]


def _content(path: Path) -> bytes:
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _read(path: Path, changed: int) -> bytes:
    return path.read_bytes()
