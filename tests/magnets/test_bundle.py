"""What is published reaches the edge whole, and nothing that a mailed link needs is taken away."""

import struct
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from tests.magnets.conftest import MONDAY
from tests.magnets.definitions import complete

from leadstone.domains.brand.models import Brand
from leadstone.domains.magnets import services
from leadstone.domains.magnets.models import Magnet
from leadstone.flows.bundle_published import publish_bundle, publish_revocations
from leadstone.infra import share_pictures
from leadstone.infra.blobs.store import BlobStore
from leadstone.infra.keys import core_keys
from leadstone.wire.bundle import Bundle, Revocations
from leadstone.wire.data_folder import DataFolder

pytestmark = pytest.mark.django_db


def publish(folder: DataFolder) -> Bundle:
    publish_bundle(folder, public_url="https://guides.example/", studio_url="http://127.0.0.1:8001")
    return msgspec.json.decode((folder.bundle / "manifest.json").read_bytes(), type=Bundle)


def make_public(magnet: Magnet, blobs: BlobStore) -> int:
    outcome = services.publish_version(magnet_id=magnet.pk, slug=magnet.slug, blobs=blobs, by=None, now=MONDAY)
    assert outcome.version_id is not None, outcome.gaps
    return outcome.version_id


def test_a_published_magnet_reaches_the_bundle_with_its_file_and_the_public_halves_of_the_keys(
    brand: Brand, drafted: Callable[..., Magnet], blobs: BlobStore, folder: DataFolder
) -> None:
    version_id = make_public(drafted(), blobs)

    bundle = publish(folder)

    (magnet,) = bundle.magnets
    assert (magnet.slug, magnet.live, magnet.current.version_id) == ("guide", True, version_id)
    assert magnet.current.definition.asset is not None
    assert (folder.bundle / "files" / magnet.current.definition.asset.key).read_bytes() == b"%PDF-1.7 the guide"
    assert bundle.brand.company == brand.company
    assert bundle.public_url == "https://guides.example"
    keys = core_keys(folder)
    assert (bundle.token_verify_key, bundle.journal_public_key) == (keys.token_verify_key, keys.journal_public_key)
    manifest = (folder.bundle / "manifest.json").read_text()
    assert keys.token_seed not in manifest
    assert keys.journal_private_key not in manifest


def test_a_draft_stays_out_of_the_bundle(brand: Brand, drafted: Callable[..., Magnet], folder: DataFolder) -> None:
    drafted()

    assert publish(folder).magnets == ()


def test_publishing_the_same_twice_writes_nothing(
    brand: Brand, drafted: Callable[..., Magnet], blobs: BlobStore, folder: DataFolder
) -> None:
    make_public(drafted(), blobs)
    first = publish(folder)
    before = (folder.bundle / "manifest.json").stat()

    second = publish(folder)

    after = (folder.bundle / "manifest.json").stat()
    assert second.revision == first.revision
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_new_version_keeps_the_old_one_and_its_file(
    brand: Brand, drafted: Callable[..., Magnet], stored: Callable[[bytes], str], blobs: BlobStore, folder: DataFolder
) -> None:
    magnet = drafted()
    make_public(magnet, blobs)
    old = publish(folder)
    changed = msgspec.structs.replace(complete(asset_key=stored(b"%PDF-1.7 second edition")), title="Second edition")
    Magnet.objects.filter(pk=magnet.pk).update(draft=msgspec.to_builtins(changed))
    make_public(magnet, blobs)

    new = publish(folder)

    assert [version.number for version in new.magnets[0].versions] == [1, 2]
    assert new.magnets[0].versions[0] == old.magnets[0].versions[0]
    assert new.revision != old.revision
    for version in new.magnets[0].versions:
        assert version.definition.asset is not None
        assert (folder.bundle / "files" / version.definition.asset.key).exists()


def test_a_withdrawn_magnet_is_gone_for_visitors_but_its_mailed_links_keep_their_file(
    brand: Brand, drafted: Callable[..., Magnet], blobs: BlobStore, folder: DataFolder
) -> None:
    magnet = drafted()
    make_public(magnet, blobs)
    publish(folder)
    services.withdraw(magnet_id=magnet.pk, now=MONDAY)

    bundle = publish(folder)

    assert bundle.magnets[0].live is False
    assert bundle.magnets[0].current.definition.asset is not None
    assert (folder.bundle / "files" / bundle.magnets[0].current.definition.asset.key).exists()


def test_a_lost_file_does_not_keep_the_others_from_the_public(
    brand: Brand, drafted: Callable[..., Magnet], blobs: BlobStore, folder: DataFolder
) -> None:
    lost, found = drafted("lost"), drafted("found")
    make_public(lost, blobs)
    make_public(found, blobs)
    blobs.delete(lost.draft["asset"]["key"])

    bundle = publish(folder)

    assert {magnet.slug for magnet in bundle.magnets} == {"lost", "found"}
    assert (folder.bundle / "files" / found.draft["asset"]["key"]).exists()


def test_before_the_first_set_up_there_is_an_empty_bundle_so_that_the_edge_can_start(db: None, folder: DataFolder) -> None:
    Brand.objects.all().delete()

    bundle = publish(folder)

    assert (bundle.magnets, bundle.brand.company) == ((), "")


def test_a_reader_never_sees_half_a_bundle(
    brand: Brand, drafted: Callable[..., Magnet], blobs: BlobStore, folder: DataFolder
) -> None:
    make_public(drafted(), blobs)
    publish(folder)
    seen: list[str] = []
    problems: list[str] = []
    done = threading.Event()
    reader = threading.Thread(target=_read_until, args=(folder.bundle, done, seen, problems))
    reader.start()
    written = set()
    try:
        for number in range(60):
            Brand.objects.filter(pk=1).update(company="Ciepło " * (1 + number % 25))
            written.add(publish(folder).revision)
    finally:
        done.set()
        reader.join()

    assert problems == []
    assert len(set(seen) & written) > 1, "the reader saw no change at all"
    assert [path.name for path in folder.bundle.glob(".manifest*")] == []


def _read_until(bundle: Path, done: threading.Event, seen: list[str], problems: list[str]) -> None:
    while not done.is_set():
        try:
            found = msgspec.json.decode((bundle / "manifest.json").read_bytes(), type=Bundle)
        except (OSError, msgspec.DecodeError) as broken:
            problems.append(repr(broken))
            return
        seen.append(found.revision)
        for magnet in found.magnets:
            assert magnet.current.definition.asset is not None
            if not (bundle / "files" / magnet.current.definition.asset.key).exists():
                problems.append("a manifest came before its files")


def test_revocations_are_published_as_an_empty_list_at_first(db: None, folder: DataFolder) -> None:
    assert publish_revocations(folder) == 0
    assert msgspec.json.decode((folder.bundle / "revocations.json").read_bytes(), type=Revocations) == Revocations()


def test_a_published_magnet_has_a_picture_to_share_that_is_made_once(
    brand: Brand, drafted: Callable[..., Magnet], blobs: BlobStore, folder: DataFolder
) -> None:
    version_id = make_public(drafted(), blobs)
    name = publish(folder).magnets[0].share_pictures[str(version_id)]
    picture = folder.bundle / "files" / name

    assert struct.unpack(">II", picture.read_bytes()[16:24]) == (1200, 630)
    before = picture.stat().st_mtime_ns
    publish(folder)
    assert picture.stat().st_mtime_ns == before

    Brand.objects.update(colour="#803020")
    again = publish(folder).magnets[0].share_pictures[str(version_id)]
    assert again != name, "another colour is another picture under another name"
    assert (folder.bundle / "files" / again).exists()


def test_the_icons_of_an_installed_page_are_squares_in_the_colour_of_the_company(brand: Brand, folder: DataFolder) -> None:
    icons = publish(folder).app_icons

    for side in (180, 192, 512):
        made = (folder.bundle / "files" / icons[str(side)]).read_bytes()
        assert struct.unpack(">II", made[16:24]) == (side, side)
    Brand.objects.update(colour="#803020")
    assert set(publish(folder).app_icons.values()).isdisjoint(icons.values())


def test_a_magnet_whose_picture_cannot_be_set_is_published_all_the_same(
    brand: Brand,
    drafted: Callable[..., Magnet],
    blobs: BlobStore,
    folder: DataFolder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder.bundle.mkdir(parents=True)
    broken = folder.bundle.parent / "broken.typ"
    broken.write_text("#panic()")
    monkeypatch.setattr(share_pictures, "_TEMPLATE", broken)
    share_pictures.share_png.cache_clear()
    version_id = make_public(drafted(), blobs)

    magnet = publish(folder).magnets[0]

    assert magnet.current.version_id == version_id
    assert magnet.share_pictures == {}
