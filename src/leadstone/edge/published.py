"""What is published now: the bundle as the edge reads it, looked at again twice a second, never half of one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import msgspec
import structlog

from leadstone.domains.capture.rules import FormCheck, form_check
from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.offering import limits_met
from leadstone.domains.magnets.question_views import asks_first, pictures_in, questions_on_form
from leadstone.edge.answer import Header, Headers, page_headers, page_policy
from leadstone.wire.bundle import BrandFacts, Bundle, Counters, PublishedMagnet, PublishedVersion, Revocations
from leadstone.wire.definition import ALWAYS, Availability
from leadstone.wire.form_token import FormToken
from leadstone.wire.kiosk import Kiosks
from leadstone.wire.pages import Pages
from leadstone.wire.pages.areas.embeds.pages import FramedPages
from leadstone.wire.pages.question_view import QuestionView
from leadstone.wire.tokens import Verifier

log = structlog.get_logger()

T = TypeVar("T")
Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Published:
    """One revision of the bundle with all that is made from it once. `verifier` is None before anything was published."""

    bundle: Bundle
    pages: Pages
    frames: Pages  # the same within somebody else's page
    magnets: dict[str, PublishedMagnet]
    versions: dict[int, tuple[PublishedMagnet, PublishedVersion]]
    checks: dict[int, FormCheck]  # by version
    asking: frozenset[str]  # addresses of the magnets that ask questions before their form, or in it
    on_form: dict[int, tuple[QuestionView, ...]]  # by version: the questions that stand in its form
    limited: dict[str, Availability]  # by address: the offers with a beginning, an end or a number
    pictures: frozenset[str]  # covers, logo, icons, pictures of answers and to share: the only files that need no token
    verifier: Verifier | None
    headers: Headers
    framing: Header  # the policy of what pages of `hosts` may show within themselves
    hosts: frozenset[str]


@dataclass(slots=True)
class Shelf:
    """Holds the current revision. A bundle that cannot be read leaves the last good one in place."""

    folder: Path
    static: Path
    public_url: str
    on_change: Callable[[Published], None]
    current: Published = field(init=False)
    revoked: frozenset[str] = frozenset()
    counters: Counters = field(default_factory=Counters)
    kiosks: Kiosks = field(default_factory=Kiosks)
    _stamps: dict[str, Stamp | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.current = _prepared(_nothing(self.public_url), self.static)

    @property
    def ready(self) -> bool:
        return self.current.verifier is not None

    def file(self, key: str) -> Path:
        return self.folder / "files" / key

    def look(self) -> None:
        """Read what has changed on disk since the last look."""
        if self._changed("manifest.json"):
            self._read_manifest()
        if self._changed("revocations.json"):
            self._read_revocations()
        if self._changed("counters.json"):
            self.counters = _read(self.folder / "counters.json", Counters) or self.counters
        if self._changed("kiosks.json"):
            self.kiosks = _read(self.folder / "kiosks.json", Kiosks) or self.kiosks

    def _read_manifest(self) -> None:
        bundle = _read(self.folder / "manifest.json", Bundle)
        if bundle is None:
            return
        try:
            current = _prepared(bundle, self.static)
        except ValueError:
            log.exception("bundle.unusable", revision=bundle.revision)
            return
        self.current = current
        self.on_change(current)
        log.info("bundle.loaded", revision=bundle.revision, magnets=len(bundle.magnets))

    def _read_revocations(self) -> None:
        revocations = _read(self.folder / "revocations.json", Revocations)
        if revocations is not None:
            self.revoked = revocations.grant_keys

    def _changed(self, name: str) -> bool:
        try:
            stat = (self.folder / name).stat()
        except FileNotFoundError:
            stamp = None
        else:
            stamp = (stat.st_mtime_ns, stat.st_ino, stat.st_size)
        changed = stamp is not None and stamp != self._stamps.get(name)
        self._stamps[name] = stamp
        return changed


def _read(path: Path, shape: type[T]) -> T | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=shape)
    except (OSError, msgspec.DecodeError):
        log.exception("bundle.unreadable", file=path.name)
        return None


def _nothing(public_url: str) -> Bundle:
    """What an installation shows before its first bundle: the look, and no company yet."""
    brand = BrandFacts(company="", language="en", sender_email="", postal_address="")
    return Bundle(revision="", brand=brand, magnets=(), token_verify_key="", journal_public_key="", public_url=public_url)


def asks(version: PublishedVersion) -> bool:
    """Whether a version has questions before its form, or in it."""
    kind = KINDS.get(version.definition.kind)
    return kind is not None and kind.asking is not None


def version_seen(magnet: PublishedMagnet, token: FormToken | None) -> PublishedVersion | None:
    """The version of this magnet that a form showed, as its token names it."""
    if token is not None:
        for version in reversed(magnet.versions):
            if version.version_id == token.version_id:
                return version
    return None


def _prepared(bundle: Bundle, static: Path) -> Published:
    versions = {version.version_id: (magnet, version) for magnet in bundle.magnets for version in magnet.versions}
    covers = (version.definition.asset.cover_key for _, version in versions.values() if version.definition.asset)
    asked = (key for _, version in versions.values() for key in pictures_in(version.definition))
    shared = (name for magnet in bundle.magnets for name in magnet.share_pictures.values())
    secure = bundle.public_url.startswith("https://")
    return Published(
        bundle=bundle,
        pages=Pages(bundle, static, asks_first=asks_first),
        frames=FramedPages(bundle, static, asks_first=asks_first),
        magnets={magnet.slug: magnet for magnet in bundle.magnets},
        versions=versions,
        checks={version_id: form_check(version.definition) for version_id, (_, version) in versions.items()},
        asking=frozenset(magnet.slug for magnet, version in versions.values() if asks(version)),
        on_form={
            version_id: views for version_id, (_, version) in versions.items() if (views := questions_on_form(version.definition))
        },
        limited={magnet.slug: limits for magnet in bundle.magnets if (limits := limits_met(magnet.current.definition)) != ALWAYS},
        pictures=frozenset(key for key in (*covers, *asked, *shared, *bundle.app_icons.values(), bundle.brand.logo_key) if key),
        verifier=Verifier(bundle.token_verify_key) if bundle.token_verify_key else None,
        headers=page_headers(policy=page_policy(studio_url=bundle.studio_url), secure=secure),
        framing=page_policy(studio_url=bundle.studio_url, hosts=bundle.hosts),
        hosts=frozenset(bundle.hosts),
    )
