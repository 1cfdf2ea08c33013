"""What is published reaches the edge: the database, the brand and the public keys become a folder of immutable files.

Only the worker writes the folder. Any number of workers may: the folder's lock makes the last reading the last writing.
Nothing is ever removed from `files/`, because a link that was mailed may still need it.
"""

import errno
import fcntl
import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

import msgspec
import structlog
from django.conf import settings

from leadstone.domains.brand import queries as brand
from leadstone.domains.campaigns.queries import links as campaign_links
from leadstone.domains.experiments import queries as experiments
from leadstone.domains.grants import queries as grants
from leadstone.domains.inbound import queries as inbound
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.question_views import pictures_in
from leadstone.domains.newsletters.queries import letters as newsletters
from leadstone.infra.app_icons import SIDES, AppIcon, icon_name, icon_png
from leadstone.infra.blobs.store import BlobStore, NoSuchBlob, sync_folder
from leadstone.infra.keys import core_keys
from leadstone.infra.share_pictures import NotSet, Shape, SharePicture, share_name, share_png
from leadstone.kernel.colour import HOUSE_COLOUR, read_hex, readable
from leadstone.kernel.events import Event
from leadstone.kernel.language import Language
from leadstone.wire.bundle import BrandFacts, Bundle, Counters, PublishedMagnet, PublishedVersion, Revocations
from leadstone.wire.data_folder import DataFolder
from leadstone.wire.definition import MagnetDefinition
from leadstone.wire.kiosk import Kiosks
from leadstone.wire.pages import phrases
from leadstone.wire.pages.needle import needle

log = structlog.get_logger()

EDGE_READS_WITHIN_SECONDS = 1.0

# What the edge shows before anybody has said who publishes here: no magnet can be published without a brand.
NOBODY_YET = BrandFacts(company="", language=Language.ENGLISH, sender_email="", postal_address="")


def bundle_changed(events: Sequence[Event], /, *, now: datetime) -> None:
    """The reaction to everything that changes a public page: one publication for the whole batch."""
    publish_bundle(settings.FOLDER, public_url=settings.ENVIRONMENT.public_url, studio_url=settings.ENVIRONMENT.studio_url)


def revocations_changed(events: Sequence[Event], /, *, now: datetime) -> None:
    """The reaction to everything that ends a grant."""
    publish_revocations(settings.FOLDER)


def publish_bundle(folder: DataFolder, *, public_url: str, studio_url: str) -> str:
    """Write the bundle as the database has it now; returns its revision. Writes nothing when nothing changed."""
    keys = core_keys(folder)
    with _only_writer(folder.bundle):
        who, files = brand.brand_facts() or NOBODY_YET, folder.bundle / "files"
        published = _with_experiments(magnets.published_magnets())
        copied = _copy_files(_needed_files(published, who), blobs=BlobStore(folder.blobs), files=files)
        published = tuple(_with_pictures(magnet, who, files=files) for magnet in published)
        bundle = Bundle(
            revision="",
            brand=who,
            magnets=published,
            token_verify_key=keys.token_verify_key,
            journal_public_key=keys.journal_public_key,
            public_url=public_url.rstrip("/"),
            studio_url=studio_url.rstrip("/"),
            letters=newsletters.archive(),
            links=campaign_links.published_links(),
            hosts=inbound.allowed_hosts(),
            app_icons=_app_icons(who, files=files),
        )
        bundle = msgspec.structs.replace(bundle, revision=hashlib.sha256(_encode(bundle)).hexdigest()[:16])
        if _replace(folder.bundle / "manifest.json", _encode(bundle)):
            log.info("bundle.published", revision=bundle.revision, magnets=len(published), files_copied=copied)
    return bundle.revision


def _with_experiments(published: Sequence[PublishedMagnet]) -> tuple[PublishedMagnet, ...]:
    """The magnets with what is compared on them now; what is withdrawn is compared by nobody."""
    running = experiments.published()
    return tuple(
        msgspec.structs.replace(magnet, experiment=running[magnet.magnet_id])
        if magnet.live and magnet.magnet_id in running
        else magnet
        for magnet in published
    )


def _with_pictures(magnet: PublishedMagnet, who: BrandFacts, *, files: Path) -> PublishedMagnet:
    """The magnet with a picture for each version that visitors meet, made now if nobody made it before."""
    if not magnet.live:
        return magnet
    arms = {arm.version_id for arm in magnet.experiment.arms} if magnet.experiment else set()
    met = [version for version in magnet.versions if version is magnet.current or version.version_id in arms]
    pictures = {version.version_id: _share_picture(version, who, files=files) for version in met}
    return msgspec.structs.replace(magnet, share_pictures={str(pk): name for pk, name in pictures.items() if name})


def _share_picture(version: PublishedVersion, who: BrandFacts, *, files: Path) -> str:
    """The name of its picture among the files; empty when there is none, which keeps no magnet from the public."""
    picture = picture_to_share(version.definition, who)
    name = share_name(picture, Shape.WIDE)
    try:
        _draw_once(files / name, lambda: share_png(picture, Shape.WIDE))
    except NotSet:
        log.exception("bundle.no_share_picture", version_id=version.version_id)
        return ""
    return name


def _app_icons(who: BrandFacts, *, files: Path) -> dict[str, str]:
    """Side → name of the icon among the files, made now if nobody made it before."""
    colours = readable(read_hex(who.colour) or HOUSE_COLOUR, dark=False)
    icons = [AppIcon(sign=needle(colours.ink), ground=colours.colour, side=side) for side in SIDES]
    for icon in icons:
        _draw_once(files / icon_name(icon), partial(icon_png, icon))
    return {str(icon.side): icon_name(icon) for icon in icons}


def _draw_once(path: Path, draw: Callable[[], bytes]) -> None:
    """A picture whose name says what is on it."""
    if not path.exists():
        _put(path, io.BytesIO(draw()))
        sync_folder(path.parent)


def picture_to_share(definition: MagnetDefinition, who: BrandFacts) -> SharePicture:
    """What stands on the picture of a magnet, in the magnet's own language and the company's colour."""
    kind = phrases.KINDS.get(definition.kind, "")
    return SharePicture(
        title=definition.title,
        promise=definition.promise,
        kind=phrases.translations(definition.language).gettext(kind) if kind else "",
        company=who.company,
        colour=read_hex(who.colour) or HOUSE_COLOUR,
        language=definition.language,
    )


def reached_the_public(folder: DataFolder, *, version_id: int, now: datetime) -> bool:
    """Whether visitors see this version: it is in the bundle, and the edge had the time to read it."""
    manifest = folder.bundle / "manifest.json"
    try:
        written_at = manifest.stat().st_mtime
        bundle = msgspec.json.decode(manifest.read_bytes(), type=Bundle)
    except FileNotFoundError:
        return False
    shown = {magnet.current.version_id for magnet in bundle.magnets if magnet.live}
    return version_id in shown and now.timestamp() - written_at > EDGE_READS_WITHIN_SECONDS


def publish_revocations(folder: DataFolder) -> int:
    """Write which grants no longer open anything; returns how many. Writes nothing when nothing changed."""
    with _only_writer(folder.bundle):
        revoked = Revocations(grant_keys=frozenset(str(key) for key in grants.revoked_keys()))
        if _replace(folder.bundle / "revocations.json", _encode(revoked)):
            log.info("revocations.published", grants=len(revoked.grant_keys))
    return len(revoked.grant_keys)


def replace_in_bundle(folder: DataFolder, name: str, value: Counters | Kiosks) -> bool:
    """Put one small file into the bundle, whole; returns whether it changed."""
    with _only_writer(folder.bundle):
        return _replace(folder.bundle / name, _encode(value))


def _needed_files(published: Sequence[PublishedMagnet], who: BrandFacts) -> set[str]:
    assets = [version.definition.asset for magnet in published for version in magnet.versions if version.definition.asset]
    keys = {key for asset in assets for key in (asset.key, asset.cover_key)} | {who.logo_key}
    shown = {key for magnet in published for version in magnet.versions for key in pictures_in(version.definition)}
    return {key for key in keys if key} | shown


def _copy_files(keys: set[str], *, blobs: BlobStore, files: Path) -> int:
    files.mkdir(mode=0o750, parents=True, exist_ok=True)
    missing = [key for key in sorted(keys) if not (files / key).exists()]
    copied = 0
    for key in missing:
        try:
            _link_or_copy(blobs.path(key), files / key)
            copied += 1
        except NoSuchBlob:
            # One lost file must not keep the other magnets from the public; its own page answers honestly.
            log.error("bundle.file_lost", key=key)
    if copied:
        sync_folder(files)
    return copied


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError as refused:
        # Another disk, or a file system without hard links: then a copy.
        if refused.errno not in {errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP}:
            raise
        with source.open("rb") as content:
            _put(target, content)


def _encode(value: Bundle | Counters | Kiosks | Revocations) -> bytes:
    return msgspec.json.encode(value, order="deterministic")


def _replace(path: Path, content: bytes) -> bool:
    """Put `content` at `path` so that a reader sees the old file or the new one, whole; returns whether it changed."""
    if path.exists() and path.read_bytes() == content:
        return False
    _put(path, io.BytesIO(content))
    sync_folder(path.parent)
    return True


def _put(path: Path, content: BinaryIO) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            shutil.copyfileobj(content, file)
            os.fchmod(file.fileno(), 0o640)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


@contextmanager
def _only_writer(folder: Path) -> Iterator[None]:
    folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    with (folder / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
