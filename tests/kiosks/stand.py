"""A device as a browser would be one, and a stand that it is paired for."""

import json
import secrets
from base64 import b64encode, urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from leadstone.domains.access.models import User
from leadstone.domains.campaigns.models import Campaign
from leadstone.domains.kiosks import services as kiosks
from leadstone.domains.sources.rules import ChannelType
from leadstone.flows.kiosk_entries import kiosks_handed_over
from leadstone.infra.keys import kiosk_secret
from leadstone.wire.kiosk import SealedEntry, public_key_of, seal_entry, signed_bytes
from leadstone.wire.records import KioskHandedOver
from tests.cast import MONDAY, Guide


def new_name() -> str:
    return secrets.token_urlsafe(16)


def milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)


@dataclass
class Device:
    """What a device does by itself: it seals, and it signs. Its clock may be wrong."""

    seal_key: str
    key: str = ""
    wrong_by: timedelta = timedelta()
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @property
    def public_key(self) -> str:
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint).hex()

    def clock(self, at: datetime) -> int:
        return milliseconds(at + self.wrong_by)

    def sealed(self, content: object, *, name: str = "") -> SealedEntry:
        name = name or new_name()
        words = json.dumps(content).encode().ljust(512)
        sealed = seal_entry(words, public_key=self.seal_key, device=self.key, key=name, nonce=secrets.token_bytes(12))
        return SealedEntry(key=name, sealed=sealed)

    def visit(self, guide: Guide, email: str, *, at: datetime, name: str = "", **said: object) -> SealedEntry:
        answers = {"email": email, **{key: str(text) for key, text in said.items() if key != "ticked"}}
        told = {
            "kind": "visit",
            "at": self.clock(at),
            "language": "en",
            "version_id": guide.version_id,
            "answers": answers,
            "ticked": said.get("ticked", []),
        }
        return self.sealed(told, name=name)

    def card(self, *, at: datetime, name: str = "", rating: str | None = None, note: str = "", **values: str) -> SealedEntry:
        told = {"kind": "card", "at": self.clock(at), "language": "en", "values": values, "rating": rating, "note": note}
        return self.sealed(told, name=name)

    def rating(self, about: str, *, at: datetime, rating: str | None = None, note: str = "", name: str = "") -> SealedEntry:
        return self.sealed({"kind": "rating", "at": self.clock(at), "about": about, "rating": rating, "note": note}, name=name)

    def record(self, *entries: SealedEntry, at: datetime, waiting: int = 0) -> KioskHandedOver:
        return KioskHandedOver(at=milliseconds(at), device=self.key, clock=self.clock(at), waiting=waiting, entries=entries)

    def hands_over(self, *entries: SealedEntry, at: datetime, waiting: int = 0) -> None:
        """As the journal gives it to the worker."""
        kiosks_handed_over([self.record(*entries, at=at, waiting=waiting)], now=at)

    def signature(self, body: bytes, *, path: str = "/kiosk/entries") -> str:
        der = self.private.sign(signed_bytes(body, path=path, device=self.key), ec.ECDSA(hashes.SHA256()))
        r, s = decode_dss_signature(der)
        return urlsafe_b64encode(r.to_bytes(32) + s.to_bytes(32)).decode().rstrip("=")

    def authorization(self, body: bytes) -> dict[str, str]:
        return {"authorization": f"Kiosk {self.key}.{self.signature(body)}", "content-type": "application/json"}


def body_of(*entries: SealedEntry, clock: int = 1, waiting: int = 0, offer: str = "") -> bytes:
    """The request's body as the page makes it."""
    told = [[entry.key, b64encode(entry.sealed).decode()] for entry in entries]
    return json.dumps({"clock": clock, "waiting": waiting, "offer": offer, "entries": told}).encode()


def fair(owner: User | None = None, *, name: str = "Warsaw Home 2026", channel: ChannelType = ChannelType.TRADE_FAIR) -> Campaign:
    return Campaign.objects.create(
        key=name.lower().replace(" ", "-"),
        name=name,
        channel=channel.value,
        starts_on=MONDAY.date(),
        created_at=MONDAY,
        owner=owner,
    )


def paired(guide: Guide, collector: User, *, campaign: Campaign | None = None, now: datetime = MONDAY) -> Device:
    """A device that opened its link."""
    wish = kiosks.Wish(
        name="Tablet at the door",
        magnet_id=guide.magnet_id,
        campaign_id=campaign.pk if campaign else None,
        language="en",
        collector_id=collector.pk,
    )
    made = kiosks.make_kiosk(wish, now=now)
    device = Device(public_key_of(kiosk_secret(settings.FOLDER)))
    device.key = kiosks.pair(made.secret, public_key=device.public_key, now=now) or ""
    return device
