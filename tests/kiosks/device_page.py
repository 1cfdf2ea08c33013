"""The page of a kiosk in a real browser at a real edge; the test plays the house behind it, and holds its private key."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import msgspec
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from leadstone.wire.kiosk import KioskDevice, Kiosks, SealedEntry, open_entry, public_key_of
from leadstone.wire.records import KioskHandedOver
from tests.edge.serving import Serving

SECRET = "5e" * 32
DEVICE = "d" * 22
LINK = "a-link-that-works-once"

# Everything that the browser keeps for this page, as text: each store of IndexedDB, both storages, cookies and caches.
DUMP = """async () => {
  const bytes = (value) => Array.from(new Uint8Array(value), (byte) => String.fromCharCode(byte)).join("");
  const told = (value) => JSON.stringify(value, (key, part) => part instanceof Uint8Array ? bytes(part) : part);
  const parts = [told({...localStorage}), told({...sessionStorage}), document.cookie, document.documentElement.outerHTML];
  for (const input of document.querySelectorAll("input, textarea")) parts.push(input.value);
  for (const {name} of await indexedDB.databases()) {
    const open = indexedDB.open(name);
    await new Promise((resolve) => { open.onsuccess = resolve; });
    for (const store of open.result.objectStoreNames) {
      const all = open.result.transaction(store).objectStore(store).getAll();
      await new Promise((resolve) => { all.onsuccess = resolve; });
      parts.push(store + told(all.result));
    }
    open.result.close();
  }
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) parts.push(request.url);
  }
  parts.push(location.href, String(history.length));
  return parts.join("\\n");
}"""


@dataclass
class Stand:
    """A device and the house that it talks to."""

    served: Serving
    context: BrowserContext
    page: Page
    magnet_id: int = 1
    faults: list[str] = field(default_factory=list)
    records_before: int = 0  # in the journal, of the devices before this one

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.served.port}/kiosk"

    def pair(self) -> None:
        self.page.goto(f"{self.url}#pair={LINK}")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Read a heat-pump quote like an engineer")

    def answer_pairing(self, route: Route) -> None:
        told = json.loads(route.request.post_data or "{}")
        if told["secret"] != LINK:
            route.fulfill(json={"because": "dead"})
            return
        self.publish(told["public_key"])
        route.fulfill(json={"device": DEVICE})

    def publish(self, public_key: str, *, revoked: bool = False) -> None:
        device = KioskDevice(
            public_key=public_key, magnet_id=self.magnet_id, name="Tablet 1", campaign="Warsaw Home 2026", revoked=revoked
        )
        known = Kiosks(seal_key=public_key_of(SECRET), devices={DEVICE: device})
        self.served.installation._replace("kiosks.json", msgspec.json.encode(known))

    def revoke(self) -> None:
        known = msgspec.json.decode((self.served.installation.folder.bundle / "kiosks.json").read_bytes(), type=Kiosks)
        self.publish(known.devices[DEVICE].public_key, revoked=True)

    def fill_in(self, email: str, **said: str) -> None:
        self.page.get_by_label("E-mail").fill(email)
        for label, text in said.items():
            self.page.get_by_label(label.replace("_", " ")).fill(text)

    def send(self, email: str, **said: str) -> None:
        """A visitor fills in the form, sends it, and is thanked; then the form is empty again."""
        self.fill_in(email, **said)
        self.page.get_by_role("button", name="Send me the guide").click()
        expect(self.page.get_by_role("heading", name="Thank you")).to_be_visible()
        self.page.get_by_role("button", name="Next person").click()
        expect(self.page.get_by_label("E-mail")).to_have_value("")

    def to_desk(self) -> None:
        self.page.get_by_role("button", name="Staff").click()
        expect(self.page.get_by_role("heading", name="For staff")).to_be_visible()

    def dump(self) -> str:
        return str(self.page.evaluate(DUMP))

    def sealed(self) -> list[SealedEntry]:
        """What this device handed over, as it lies in the journal; each entry as often as it was sent."""
        records = self.served.installation.journaled()[self.records_before :]
        return [entry for record in records if isinstance(record, KioskHandedOver) for entry in record.entries]

    def handed_over(self) -> list[dict[str, object]]:
        """What the house can read of that."""
        return [_opened(entry) for entry in self.sealed()]


def _opened(entry: SealedEntry) -> dict[str, object]:
    return open_entry(entry.sealed, secret=SECRET, device=DEVICE, key=entry.key)


@contextmanager
def stand_at(served: Serving, browser: Browser, **options: object) -> Iterator[Stand]:
    """A fresh device, not paired yet."""
    (served.installation.folder.bundle / "kiosks.json").unlink(missing_ok=True)
    context = browser.new_context(**{"viewport": {"width": 1180, "height": 820}, "locale": "en-GB"} | options)  # type: ignore[arg-type]
    page = context.new_page()
    stand = Stand(served, context, page, records_before=len(served.installation.journaled()))
    context.route("**/kiosk/pair", stand.answer_pairing)
    page.on("pageerror", lambda error: stand.faults.append(str(error)))
    page.on("console", lambda line: stand.faults.append(line.text) if line.type == "error" else None)
    try:
        yield stand
    finally:
        context.close()
