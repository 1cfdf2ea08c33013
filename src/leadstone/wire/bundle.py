"""The bundle: everything the edge may know, as immutable files that the worker publishes and the edge re-reads.

Layout of the folder: `manifest.json` (a `Bundle`, replaced atomically), `revocations.json` (a `Revocations`, likewise),
`counters.json` (a `Counters`, likewise), `files/<storage name>` (assets, covers, logo; random names, never changed).
"""

from datetime import datetime

import msgspec

from leadstone.wire.definition import MagnetDefinition
from leadstone.wire.letter_body import Block


class BrandFacts(msgspec.Struct, frozen=True, kw_only=True):
    """How the company presents itself to visitors."""

    company: str
    language: str
    sender_email: str
    postal_address: str
    colour: str = ""  # "#1f6f6b", as the company typed it; renderers correct its contrast
    logo_key: str | None = None
    privacy_email: str = ""
    privacy_url: str = ""


class PublishedVersion(msgspec.Struct, frozen=True, kw_only=True):
    """One immutable version of a magnet."""

    version_id: int
    number: int
    definition: MagnetDefinition


class PublishedArm(msgspec.Struct, frozen=True, kw_only=True):
    """One of the ways to say it that are compared, and how many visitors meet it beside the others."""

    version_id: int
    weight: int


class PublishedExperiment(msgspec.Struct, frozen=True, kw_only=True):
    """Visitors are spread over the arms by `salt` (see `domains.experiments.rules.assignment`)."""

    salt: str
    arms: tuple[PublishedArm, ...]


class PublishedMagnet(msgspec.Struct, frozen=True, kw_only=True):
    """A public address and its versions; the last one is shown, the others may still be answered."""

    slug: str
    magnet_id: int
    versions: tuple[PublishedVersion, ...]  # oldest first, never empty
    live: bool = True  # False: withdrawn, the page answers 410
    family: str = ""  # shared by the versions of one magnet in several languages; "" stands alone
    experiment: PublishedExperiment | None = None  # its arms are among the versions, and never the current one
    share_pictures: dict[str, str] = {}  # version id that visitors meet, as text → its picture beside links, by storage name

    @property
    def current(self) -> PublishedVersion:
        return self.versions[-1]

    def numbered(self, number: str) -> PublishedVersion:
        """The version with this number, as an address names it; the current one for whatever is none."""
        return next((version for version in self.versions if str(version.number) == number), self.current)


class PublishedIssue(msgspec.Struct, frozen=True, kw_only=True):
    """One letter of a newsletter as everybody may read it: nothing in it is about its readers."""

    key: str  # its name in feeds, for ever
    number: int
    language: str
    subject: str
    preheader: str
    topics: tuple[str, ...]  # their names
    blocks: tuple[Block, ...]
    at: datetime


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """What is published, and the public halves of the keys."""

    revision: str  # digest of the content
    brand: BrandFacts
    magnets: tuple[PublishedMagnet, ...]
    token_verify_key: str  # hex, Ed25519
    journal_public_key: str  # hex, X25519
    public_url: str
    studio_url: str = ""
    letters: dict[str, tuple[PublishedIssue, ...]] = {}  # address of a newsletter → its public issues, the newest first
    links: dict[str, str] = {}  # code of a tracked link → address of the magnet that it leads to
    app_icons: dict[str, str] = {}  # side in pixels, as text → name of the file: the icon of an installed page
    hosts: tuple[str, ...] = ()  # whose pages may show our forms: "www.example.com", "localhost:3000"


class Revocations(msgspec.Struct, frozen=True, kw_only=True):
    """Grants whose tokens no longer open anything."""

    grant_keys: frozenset[str] = frozenset()


class Counters(msgspec.Struct, frozen=True, kw_only=True):
    """How many are left of what is limited. Links of limited magnets open what they give only for whoever has a place."""

    left: dict[str, int] = {}  # magnet id, as text → how many, never below zero; a magnet that is not limited is left out
    placed: frozenset[str] = frozenset()  # keys of the grants that have a place
