"""A published guide, and an experiment on its promise."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from leadstone.domains.brand.models import Brand
from leadstone.domains.experiments import queries, services
from leadstone.domains.experiments.queries import ExperimentFacts
from leadstone.domains.experiments.rules import Aspect
from leadstone.domains.experiments.rules.overlay import Overlay
from leadstone.domains.experiments.services import Wanted
from leadstone.domains.magnets import services as magnets
from leadstone.domains.magnets.models import Magnet
from leadstone.infra.blobs.store import BlobStore
from leadstone.wire.definition import FieldKey
from tests.cast import MONDAY, definition

OTHER_WORDS = Overlay(title="A warm house without gas", promise="What a heat pump costs, from forty houses like yours.")


@pytest.fixture
def blobs(tmp_path: Path) -> BlobStore:
    return BlobStore(tmp_path / "blobs")


@pytest.fixture
def magnet(db: None, blobs: BlobStore) -> Magnet:
    """A guide that was published by the services, file and all."""
    Brand.objects.update_or_create(
        pk=1,
        defaults={
            "company": "Ciepło Polskie",
            "language": "en",
            "sender_email": "guides@cieplo.example",
            "postal_address": "ul. Prosta 1, Warszawa",
            "set_up_at": MONDAY,
        },
    )
    told = definition()
    assert told.asset is not None
    key = blobs.write(io.BytesIO(b"%PDF-1.7"), limit_bytes=1000).key
    # Nobody is called: that would have to be declared.
    asks = tuple(ask for ask in told.contract.asks if ask.key is not FieldKey.PHONE)
    told = msgspec.structs.replace(
        told,
        asset=msgspec.structs.replace(told.asset, key=key),
        contract=msgspec.structs.replace(told.contract, asks=asks),
    )
    row = Magnet.objects.create(
        slug="guide",
        kind=told.kind,
        language=told.language,
        draft=msgspec.to_builtins(told),
        title=told.title,
        created_at=MONDAY,
        updated_at=MONDAY,
    )
    outcome = magnets.publish_version(magnet_id=row.pk, slug="guide", blobs=blobs, by=None, now=MONDAY)
    assert outcome.version_id is not None, outcome.gaps
    return row


@pytest.fixture
def drafted(magnet: Magnet) -> Callable[..., int]:
    """Writes an experiment; returns its id."""

    def write(aspect: Aspect = Aspect.PROMISE, overlay: Overlay = OTHER_WORDS, **plan: object) -> int:
        wanted = Wanted(**({"name": "Warmer words", "least_change": 50} | plan))  # type: ignore[arg-type]
        experiment_id = services.draft(magnet_id=magnet.pk, aspect=aspect, wanted=wanted, by=None, now=MONDAY)
        assert services.change(experiment_id=experiment_id, wanted=wanted, overlay=overlay)
        return experiment_id

    return write


@pytest.fixture
def started(drafted: Callable[..., int], blobs: BlobStore) -> Callable[..., ExperimentFacts]:
    """Writes an experiment and starts it."""

    def begin(*, now: datetime = MONDAY + timedelta(hours=1), **told: object) -> ExperimentFacts:
        experiment_id = drafted(**told)
        begun = services.start(experiment_id=experiment_id, blobs=blobs, by=None, now=now)
        assert begun.decision, (begun.decision, begun.gaps)
        return queries.experiment(experiment_id)

    return begin
