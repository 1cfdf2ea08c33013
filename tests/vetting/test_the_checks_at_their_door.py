"""The page of checks, and the gate of publishing that listens to it."""

import io
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from leadstone.domains.access.models import User
from leadstone.domains.activities.models import Activity
from leadstone.domains.audit.models import AuditLine
from leadstone.domains.magnets import queries, services
from leadstone.domains.magnets.models import Magnet, MagnetVersion
from leadstone.domains.vetting.models import ClaimAnswer, Source
from leadstone.domains.vetting.services import remember_text
from leadstone.flows.evidence_expired import tell_of_expiry
from leadstone.infra.blobs.store import BlobStore
from leadstone.wire.definition import with_provenance
from tests.magnets import documents
from tests.magnets.conftest import MONDAY
from tests.magnets.definitions import complete

pytestmark = pytest.mark.usefixtures("brand")
BOLD = "Triple your home's value"


def signed_in(role: str) -> Client:
    user = User.objects.create(email=f"{role}@example.com", name=role.title(), role=role, language="en")
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    return client


@pytest.fixture
def dora(db: None) -> Client:
    return signed_in("marketer")


@pytest.fixture
def boss(db: None) -> Client:
    return signed_in("manager")


def drafted(slug: str = "guide", **changes: Any) -> Magnet:
    key = BlobStore(settings.FOLDER.blobs).write(io.BytesIO(b"%PDF-1.7 " + slug.encode()), limit_bytes=100).key
    definition = msgspec.structs.replace(complete(asset_key=key), **changes)
    return Magnet.objects.create(
        slug=slug,
        kind="guide",
        language="en",
        title=definition.title,
        draft=msgspec.to_builtins(definition),
        created_at=MONDAY,
        updated_at=MONDAY,
    )


@pytest.fixture
def magnet(db: None) -> Magnet:
    return drafted(title=BOLD)


def page(client: Client, magnet: Magnet) -> str:
    return client.get(f"/magnets/{magnet.pk}/checks").content.decode()


def digest(client: Client, magnet: Magnet) -> str:
    (one,) = client.get(f"/magnets/{magnet.pk}/checks").context["objections"]
    return str(one.objection.digest)


def publishes(client: Client, magnet: Magnet) -> bool:
    client.post(f"/magnets/{magnet.pk}/publish")
    return MagnetVersion.objects.filter(magnet=magnet).exists()


def evidence(**changes: Any) -> dict[str, Any]:
    today = timezone.now().date()
    return {
        "who": "Institute of Buildings",
        "address": "https://example.org/study",
        "dated_on": (today - timedelta(days=30)).isoformat(),
        "expires_on": (today + timedelta(days=30)).isoformat(),
        **changes,
    }


def test_a_bold_title_is_marked_in_the_editor_and_on_the_page_and_is_not_published(dora: Client, magnet: Magnet) -> None:
    assert "<mark>Triple your home</mark>" in dora.get(f"/magnets/{magnet.pk}/").content.decode()
    assert "<mark>Triple your home</mark>" in page(dora, magnet)
    assert not publishes(dora, magnet)


def test_evidence_lets_it_be_published_and_names_who_gave_it(dora: Client, magnet: Magnet) -> None:
    dora.post(f"/magnets/{magnet.pk}/checks/evidence", {"digest": digest(dora, magnet), **evidence()})
    assert "Shown by Institute of Buildings" in page(dora, magnet)
    assert "Given by Marketer." in page(dora, magnet)
    assert publishes(dora, magnet)


def test_evidence_may_be_a_file_which_staff_may_take_out_again(dora: Client, magnet: Magnet) -> None:
    file = SimpleUploadedFile("study.pdf", b"%PDF-1.7 study")
    dora.post(f"/magnets/{magnet.pk}/checks/evidence", {"digest": digest(dora, magnet), **evidence(address="", file=file)})
    answer = ClaimAnswer.objects.get()
    taken = dora.get(f"/magnets/{magnet.pk}/checks/answers/{answer.pk}/file")
    assert b"".join(taken.streaming_content) == b"%PDF-1.7 study"  # type: ignore[attr-defined]
    assert "attachment" in taken["Content-Disposition"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"address": ""}, "Give a file or a web address."),
        ({"who": ""}, "Say who measured or said it."),
        ({"expires_on": "2020-01-01"}, "until which day it holds"),
        ({"address": "", "file": SimpleUploadedFile("study.pdf", b"MZ")}, "This is not a PDF, PNG or JPEG file."),
    ],
)
def test_what_evidence_lacks_is_said_beside_the_field(changes: dict[str, Any], words: str, dora: Client, magnet: Magnet) -> None:
    sent = {"digest": digest(dora, magnet), **evidence(**changes)}
    answer = dora.post(f"/magnets/{magnet.pk}/checks/evidence", sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ClaimAnswer.objects.exists()


def test_a_manager_lets_words_stand_by_name_and_with_a_reason_and_a_marketer_may_not(
    dora: Client, boss: Client, magnet: Magnet
) -> None:
    sent = {"digest": digest(dora, magnet), "reason": "Measured in 12 houses, see the archive."}
    address = f"/magnets/{magnet.pk}/checks/approve"
    assert dora.post(address, sent).status_code == 403
    assert boss.post(address, {**sent, "reason": " "}).status_code == 422

    boss.post(address, sent)

    assert "Manager lets them stand" in page(dora, magnet)
    assert AuditLine.objects.get(action="claim_approved").subject_id == magnet.pk
    assert publishes(dora, magnet)


def test_an_answer_that_is_taken_back_opens_the_words_again_and_can_be_put_back(dora: Client, magnet: Magnet) -> None:
    dora.post(f"/magnets/{magnet.pk}/checks/evidence", {"digest": digest(dora, magnet), **evidence()})
    answer = ClaimAnswer.objects.get()
    dora.post(f"/magnets/{magnet.pk}/checks/answers/{answer.pk}/back")
    assert not publishes(dora, magnet)
    dora.post(f"/magnets/{magnet.pk}/checks/answers/{answer.pk}/again")
    assert publishes(dora, magnet)


def test_other_words_are_open_again(dora: Client, magnet: Magnet) -> None:
    dora.post(f"/magnets/{magnet.pk}/checks/evidence", {"digest": digest(dora, magnet), **evidence()})
    bolder = msgspec.structs.replace(queries.draft_of(magnet), title="Triple your home's value in a weekend")
    services.save_draft(magnet_id=magnet.pk, definition=bolder, slug="guide", now=MONDAY)
    assert not publishes(dora, magnet)


def test_an_answer_for_words_that_are_gone_is_not_taken(dora: Client, magnet: Magnet) -> None:
    old = digest(dora, magnet)
    plain = msgspec.structs.replace(queries.draft_of(magnet), title="What your home is worth")
    services.save_draft(magnet_id=magnet.pk, definition=plain, slug="guide", now=MONDAY)
    assert dora.post(f"/magnets/{magnet.pk}/checks/evidence", {"digest": old, **evidence()}).status_code == 404


def test_expired_evidence_is_told_once_as_a_task_of_whoever_gave_it(dora: Client, magnet: Magnet) -> None:
    dora.post(f"/magnets/{magnet.pk}/checks/evidence", {"digest": digest(dora, magnet), **evidence()})
    later = timezone.now() + timedelta(days=31)
    assert tell_of_expiry(now=timezone.now()) == 0

    assert tell_of_expiry(now=later) == 1
    assert tell_of_expiry(now=later) == 0

    assert Activity.objects.get().title == f"Evidence has expired: {BOLD}"


def test_a_copied_file_is_shown_passage_by_passage_and_asks_for_a_sentence_that_visitors_see(dora: Client) -> None:
    leaflet = "The ministry says that " + " ".join(f"word{n}" for n in range(40))
    first, second = drafted("first"), drafted("second")
    for one in (first, second):
        asset = queries.draft_of(one).asset
        assert asset is not None
        remember_text(asset_key=asset.key, text=leaflet, now=MONDAY)

    dora.post(f"/magnets/{second.pk}/checks/compare")

    assert page(dora, second).count("The ministry says that") == 2
    assert not publishes(dora, second)
    told = with_provenance(queries.draft_of(second), "Chapter 2 is the ministry's leaflet.")
    services.save_draft(magnet_id=second.pk, definition=told, slug="second", now=MONDAY)
    assert publishes(dora, second)
    shown = dora.get(f"/magnets/{second.pk}/preview").content.decode()
    assert "Where it comes from:" in shown
    assert "ministry" in shown


def test_a_source_is_named_compared_removed_and_put_back(dora: Client, magnet: Magnet) -> None:
    here = f"/magnets/{magnet.pk}/checks/sources"
    dora.post(here, {"name": "Leaflet", "address": "https://example.org/leaflet"})
    dora.post(here, {"name": "Offer", "file": SimpleUploadedFile("offer.pdf", documents.polish_pdf())})
    leaflet, offer = Source.objects.order_by("pk")
    assert (leaflet.words, offer.words > 20) == (0, True)
    assert "Not read yet: it is read in a moment." in page(dora, magnet)

    dora.post(f"{here}/{leaflet.pk}/remove")
    assert "Leaflet" not in page(dora, magnet)
    dora.post(f"{here}/{leaflet.pk}/restore")
    assert "Leaflet" in page(dora, magnet)


def test_a_source_without_anything_to_find_it_by_is_refused_in_words(dora: Client, magnet: Magnet) -> None:
    answer = dora.post(f"/magnets/{magnet.pk}/checks/sources", {"name": "Somewhere"})
    assert answer.status_code == 422
    assert "Give an address, a file or the text." in answer.content.decode()


def test_the_words_of_a_dropped_document_are_kept_to_compare_with(dora: Client) -> None:
    dora.post("/magnets/drop", {"file": SimpleUploadedFile("offer.pdf", documents.polish_pdf())})
    dora.post("/magnets/drop", {"file": SimpleUploadedFile("offer.pdf", documents.polish_pdf())})
    newest = Magnet.objects.order_by("-pk")[0]
    dora.post(f"/magnets/{newest.pk}/checks/compare")
    assert dora.get(f"/magnets/{newest.pk}/checks").context["compared"].share > 0.9


def test_whoever_only_reads_sees_the_checks_and_no_forms(db: None, magnet: Magnet) -> None:
    seen = page(signed_in("rep"), magnet)
    assert "<mark>" in seen
    assert "Show evidence" not in seen


@pytest.fixture
def corpus(db: None) -> Iterator[Path]:
    folder: Path = settings.FOLDER.corpus
    folder.mkdir(parents=True)
    yield folder
    shutil.rmtree(folder)


def test_a_text_of_the_corpus_is_found_at_publishing_too(dora: Client, corpus: Path) -> None:
    leaflet = "The ministry says that " + " ".join(f"word{n}" for n in range(40))
    one = drafted("alone")
    asset = queries.draft_of(one).asset
    assert asset is not None
    remember_text(asset_key=asset.key, text=leaflet, now=MONDAY)
    (corpus / "leaflet.txt").write_text(leaflet)

    assert not publishes(dora, one)
    assert "leaflet.txt" in page(dora, one)
