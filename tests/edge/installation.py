"""A published installation in a folder, as the worker would leave it, and the private halves of its keys."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from uuid import UUID, uuid4

import msgspec

from leadstone.edge.settings import EdgeSettings, LimitSettings
from leadstone.wire.bundle import BrandFacts, Bundle, PublishedMagnet, PublishedVersion, Revocations
from leadstone.wire.data_folder import DataFolder
from leadstone.wire.definition import (
    AskedField,
    AssetFacts,
    Channel,
    ConsentOffer,
    Contract,
    FieldKey,
    MagnetDefinition,
    NextStep,
    Purpose,
)
from leadstone.wire.journal import JournalReader
from leadstone.wire.records import AnyRecord
from leadstone.wire.sealing import UnreadableRecord, new_private_key, public_key_of
from leadstone.wire.tokens import Signer, mint_confirm, mint_deliver, mint_leave

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 4000
LOOPBACK = ip_network("127.0.0.0/8")


def guide(**changes: object) -> MagnetDefinition:
    """An honest guide that asks for an address, and a name if one likes."""
    contract = Contract(
        you_get="The PDF, for good",
        asks=(
            AskedField(key=FieldKey.EMAIL, reason="to send you the guide", required=True),
            AskedField(key=FieldKey.NAME, reason="to address you"),
            AskedField(key=FieldKey.QUESTION, reason="to answer it"),
        ),
        next_steps=(NextStep(channel=Channel.EMAIL, text="One mail with your link"),),
        sells="We sell heating audits.",
        scored="Your answers are scored to see whom we can help.",
        without_marketing="Leave the box empty.",
        retention_months=12,
        deletion="After 12 quiet months.",
        consents=(
            ConsentOffer(
                key="newsletter-email", purpose=Purpose.NEWSLETTER, channel=Channel.EMAIL, text="Send me one letter a month."
            ),
        ),
    )
    asset = AssetFacts(key="Zk3f9aQ1", media_type="application/pdf", size_bytes=len(PDF), name="Przewodnik „pompa”.pdf", pages=18)
    definition = MagnetDefinition(
        kind="guide",
        language="en",
        title="Read a heat-pump quote like an engineer",
        promise="Five lines decide what you will pay.",
        points=("The number that sellers leave out",),
        button="Send me the guide",
        contract=contract,
        asset=asset,
        link_uses=3,
    )
    return msgspec.structs.replace(definition, **changes)


@dataclass
class Installation:
    """`root` is the data folder. Change `magnets` and `publish()` again, as the worker does."""

    root: Path
    signer: Signer = field(default_factory=lambda: Signer(Signer.new_seed()))
    private_key: str = field(default_factory=new_private_key)
    magnets: Sequence[PublishedMagnet] = ()
    links: dict[str, str] = field(default_factory=dict)
    hosts: tuple[str, ...] = ()
    app_icons: dict[str, str] = field(default_factory=dict)
    revision: int = 0

    def __post_init__(self) -> None:
        if not self.magnets:
            version = PublishedVersion(version_id=7, number=1, definition=guide())
            self.magnets = (PublishedMagnet(slug="guide", magnet_id=1, versions=(version,)),)

    @property
    def folder(self) -> DataFolder:
        return DataFolder(self.root)

    def publish(self, *, revoked: Sequence[UUID] = ()) -> None:
        self.revision += 1
        files = self.folder.bundle / "files"
        files.mkdir(parents=True, exist_ok=True)
        (files / "Zk3f9aQ1").write_bytes(PDF)
        bundle = Bundle(
            revision=str(self.revision),
            brand=BrandFacts(
                company="Ciepło Polskie",
                language="en",
                sender_email="guides@cieplo.example",
                postal_address="ul. Prosta 1, Warszawa",
                colour="#1f6f6b",
            ),
            magnets=tuple(self.magnets),
            token_verify_key=self.signer.verify_key,
            journal_public_key=public_key_of(self.private_key),
            public_url="http://127.0.0.1:8110",
            studio_url="http://127.0.0.1:8111",
            links=self.links,
            hosts=self.hosts,
            app_icons=self.app_icons,
        )
        self._replace("manifest.json", msgspec.json.encode(bundle))
        self._replace("revocations.json", msgspec.json.encode(Revocations(grant_keys=frozenset(str(key) for key in revoked))))

    def _replace(self, name: str, content: bytes) -> None:
        draft = self.folder.bundle / f".{name}"
        draft.write_bytes(content)
        os.replace(draft, self.folder.bundle / name)

    def settings(self, **changes: object) -> EdgeSettings:
        given: dict[str, object] = {
            "folder": self.folder,
            "journal": self.folder.journal,
            "static": self.root / "static",
            "public_url": "http://127.0.0.1:8110",
            "portal_url": "http://127.0.0.1:9",
            "least_fill_ms": 0,
            "limits": LimitSettings(lifted=(LOOPBACK,)),
        }
        return EdgeSettings(**(given | changes))  # type: ignore[arg-type]

    def journaled(self) -> list[AnyRecord | UnreadableRecord]:
        """Every record that is durable, as the worker reads it."""
        reader = JournalReader(self.folder.journal, self.private_key)
        try:
            return [record for commit in reader.read(after=0, limit=1_000_000) for record in commit.records]
        finally:
            reader.close()

    def deliver_token(self, grant_key: UUID | None = None, *, version_id: int = 7, days: float = 30) -> str:
        return mint_deliver(self.signer, grant_key=grant_key or uuid4(), version_id=version_id, expires_at=_in(days))

    def confirm_token(self, grant_key: UUID | None = None, *, version_id: int = 7, days: float = 30) -> str:
        return mint_confirm(self.signer, grant_key=grant_key or uuid4(), version_id=version_id, expires_at=_in(days))

    def leave_token(self, contact_key: UUID | None = None, *, days: float = 365) -> str:
        return mint_leave(self.signer, contact_key=contact_key or uuid4(), expires_at=_in(days))


def _in(days: float) -> datetime:
    return datetime.now(UTC) + timedelta(days=days)
