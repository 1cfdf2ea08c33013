"""A published version never changes: not through the services, not through the database."""

import hashlib
from collections.abc import Callable

import msgspec
import pytest
from django.db import DatabaseError, connection, transaction
from tests.magnets.conftest import MONDAY

from leadstone.domains.access.models import User
from leadstone.domains.brand.models import Brand
from leadstone.domains.magnets import queries, services
from leadstone.domains.magnets.models import Magnet, MagnetVersion
from leadstone.infra.blobs.store import BlobStore
from leadstone.infra.outbox.models import RecordedEvent
from leadstone.wire.definition import encode_definition


def publish(magnet: Magnet, blobs: BlobStore, *, by: int | None = None) -> MagnetVersion:
    outcome = services.publish_version(magnet_id=magnet.pk, slug=magnet.slug, blobs=blobs, by=by, now=MONDAY)
    assert outcome.version_id is not None, outcome.gaps
    return MagnetVersion.objects.get(pk=outcome.version_id)


def retitle(magnet: Magnet, title: str) -> None:
    changed = msgspec.structs.replace(queries.draft_of(queries.magnet(magnet.pk)), title=title)
    assert services.save_draft(magnet_id=magnet.pk, definition=changed, slug=magnet.slug, now=MONDAY)


def test_a_version_holds_the_canonical_words_and_their_digest(
    brand: Brand, drafted: Callable[..., Magnet], blobs: BlobStore
) -> None:
    magnet = drafted()

    version = publish(magnet, blobs)

    assert version.number == 1
    assert version.definition == encode_definition(queries.draft_of(magnet))
    assert version.digest == hashlib.sha256(version.definition.encode()).hexdigest()


def test_old_words_are_kept_byte_for_byte_when_the_draft_goes_on(
    brand: Brand, drafted: Callable[..., Magnet], blobs: BlobStore
) -> None:
    magnet = drafted()
    first = publish(magnet, blobs)
    retitle(magnet, "Read a quote, second edition – żółć ﷽ 🧲")
    second = publish(magnet, blobs)
    retitle(magnet, "Third thoughts")

    newest, oldest = queries.versions(magnet.pk)
    assert oldest.words == first.definition
    assert newest.words == second.definition
    assert newest.definition.title == "Read a quote, second edition – żółć ﷽ 🧲"
    assert encode_definition(newest.definition) == newest.words


def test_publishing_the_same_words_again_makes_no_second_version(
    brand: Brand, drafted: Callable[..., Magnet], blobs: BlobStore
) -> None:
    magnet = drafted()

    assert publish(magnet, blobs).pk == publish(magnet, blobs).pk


def test_the_address_is_fixed_once_visitors_know_it(brand: Brand, drafted: Callable[..., Magnet], blobs: BlobStore) -> None:
    magnet = drafted("guide")
    publish(magnet, blobs)

    services.save_draft(magnet_id=magnet.pk, definition=queries.draft_of(magnet), slug="elsewhere", now=MONDAY)
    outcome = services.publish_version(magnet_id=magnet.pk, slug="elsewhere", blobs=blobs, by=None, now=MONDAY)

    assert outcome.gaps == ()
    assert queries.magnet(magnet.pk).slug == "guide"


@pytest.mark.parametrize("column", ["definition", "digest", "number", "published_at", "magnet_id", "id"])
def test_the_database_refuses_to_change_a_version(
    column: str, brand: Brand, drafted: Callable[..., Magnet], blobs: BlobStore
) -> None:
    version = publish(drafted(), blobs)

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE magnets_magnetversion SET {column} = {column} WHERE id = %s", [version.pk])


def test_the_database_refuses_to_delete_a_version(brand: Brand, drafted: Callable[..., Magnet], blobs: BlobStore) -> None:
    version = publish(drafted(), blobs)

    with pytest.raises(DatabaseError, match="never"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM magnets_magnetversion WHERE id = %s", [version.pk])
    with pytest.raises(DatabaseError, match="never"), transaction.atomic():
        version.delete()
    assert MagnetVersion.objects.filter(pk=version.pk).exists()


def test_removing_an_account_leaves_what_it_published(brand: Brand, drafted: Callable[..., Magnet], blobs: BlobStore) -> None:
    dora = User.objects.create(email="dora@example.com", name="Dora", role="marketer")
    version = publish(drafted(), blobs, by=dora.pk)
    assert queries.versions(version.magnet_id)[0].published_by == "Dora"

    dora.delete()

    assert queries.versions(version.magnet_id)[0].published_by == ""


def test_withdrawing_and_restoring_happen_once_and_tell_the_house(
    brand: Brand, drafted: Callable[..., Magnet], blobs: BlobStore
) -> None:
    magnet = drafted()
    version = publish(magnet, blobs)

    outcomes = [services.withdraw(magnet_id=magnet.pk, now=MONDAY) for _ in range(2)]
    outcomes += [services.restore(magnet_id=magnet.pk, now=MONDAY) for _ in range(2)]

    assert outcomes == [True, False, True, False]
    events = RecordedEvent.objects.filter(kind__startswith="Magnet").order_by("pk").values_list("kind", "payload")
    assert list(events) == [
        ("MagnetPublished", {"magnet_id": magnet.pk, "version_id": version.pk}),
        ("MagnetWithdrawn", {"magnet_id": magnet.pk}),
        ("MagnetRestored", {"magnet_id": magnet.pk}),
    ]


def test_publishing_a_withdrawn_magnet_offers_it_again(brand: Brand, drafted: Callable[..., Magnet], blobs: BlobStore) -> None:
    magnet = drafted()
    publish(magnet, blobs)
    services.withdraw(magnet_id=magnet.pk, now=MONDAY)

    publish(magnet, blobs)

    assert queries.published_magnets()[0].live


def test_a_change_of_the_draft_can_be_taken_back_step_by_step(brand: Brand, drafted: Callable[..., Magnet]) -> None:
    magnet = drafted()
    title = magnet.title
    retitle(magnet, "One")
    retitle(magnet, "Two")

    undone = [services.undo_draft(magnet_id=magnet.pk, now=MONDAY) for _ in range(3)]

    assert undone == [True, True, False]
    assert queries.draft_of(queries.magnet(magnet.pk)).title == queries.magnet(magnet.pk).title == title


def test_saving_what_is_there_already_is_no_step(brand: Brand, drafted: Callable[..., Magnet]) -> None:
    magnet = drafted()
    same = queries.draft_of(magnet)
    services.save_draft(magnet_id=magnet.pk, definition=same, slug=magnet.slug, now=MONDAY)

    assert not services.save_draft(magnet_id=magnet.pk, definition=same, slug=magnet.slug, now=MONDAY)


def test_a_form_cannot_name_another_file(brand: Brand, drafted: Callable[..., Magnet]) -> None:
    magnet = drafted()
    draft = queries.draft_of(magnet)
    assert draft.asset is not None
    stolen = msgspec.structs.replace(draft, asset=msgspec.structs.replace(draft.asset, key="f" * 40))

    services.save_draft(magnet_id=magnet.pk, definition=stolen, slug=magnet.slug, now=MONDAY)

    kept = queries.draft_of(queries.magnet(magnet.pk)).asset
    assert kept is not None
    assert kept.key == draft.asset.key
