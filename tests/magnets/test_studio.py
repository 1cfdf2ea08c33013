"""The marketer's screens at their door."""

import io
import re
from typing import Any

import msgspec
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.magnets import documents
from tests.magnets.conftest import MONDAY
from tests.magnets.definitions import CONTRACT, complete

from leadstone.domains.access.models import User
from leadstone.domains.brand.models import Brand
from leadstone.domains.magnets import queries
from leadstone.domains.magnets.models import Magnet, MagnetVersion
from leadstone.flows.bundle_published import publish_bundle
from leadstone.infra.blobs.store import BlobStore
from leadstone.kernel.language import Language
from leadstone.studio.magnets.forms import DraftForms
from leadstone.studio.magnets.previews import page_bytes
from leadstone.wire.bundle import Bundle, PublishedVersion
from leadstone.wire.data_folder import DataFolder
from leadstone.wire.definition import (
    AskedField,
    Availability,
    Channel,
    ConsentOffer,
    FieldKey,
    MagnetDefinition,
    NextStep,
    Purpose,
    availability_of,
    with_availability,
)
from leadstone.wire.pages import FormView, Pages

pytestmark = pytest.mark.usefixtures("brand")


def user(role: str, *, language: str = "en") -> User:
    return User.objects.create(email=f"{role}@example.com", name=role.title(), role=role, language=language)


@pytest.fixture
def dora(db: None) -> Client:
    """The marketer's browser."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user("marketer"))
    return client


@pytest.fixture
def magnet(brand: Brand) -> Magnet:
    """A complete draft whose file lies in the studio's own store."""
    store = BlobStore(settings.FOLDER.blobs)
    definition = complete(asset_key=store.write(io.BytesIO(b"%PDF-1.7"), limit_bytes=100).key)
    return Magnet.objects.create(
        slug="guide",
        kind="guide",
        language="en",
        title=definition.title,
        draft=msgspec.to_builtins(definition),
        created_at=MONDAY,
        updated_at=MONDAY,
    )


def upload(content: bytes, name: str = "offer.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def posted(magnet: Magnet, **changes: Any) -> dict[str, Any]:
    """What a browser sends from the editor as it stands, with some fields changed."""
    forms = DraftForms(queries.draft_of(queries.magnet(magnet.pk)), slug=magnet.slug)
    data: dict[str, Any] = {}
    for form in forms._all():
        for field in form:
            data[field.html_name] = "" if field.value() is None else field.value()
    return {**data, **changes}


def draft(magnet: Magnet) -> MagnetDefinition:
    return queries.draft_of(queries.magnet(magnet.pk))


def test_without_a_magnet_the_page_teaches_how_to_begin(dora: Client) -> None:
    page = dora.get("/magnets/").content.decode()

    assert "Your first magnet" in page
    assert 'type="file"' in page


def test_a_dropped_document_becomes_a_draft_to_look_at(dora: Client) -> None:
    answer = dora.post("/magnets/drop", {"file": upload(documents.polish_pdf())}, follow=True)

    magnet = Magnet.objects.get()
    assert answer.redirect_chain == [(f"/magnets/{magnet.pk}/", 302)]
    assert "Jak czytać ofertę na pompę ciepła" in answer.content.decode()
    assert "Nothing is missing." in answer.content.decode()


@pytest.mark.parametrize("content", [b"", b"MZ not a document", documents.password_pdf()])
def test_a_bad_file_is_refused_in_words_where_it_was_dropped(content: bytes, dora: Client) -> None:
    answer = dora.post("/magnets/drop", {"file": upload(content)})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Magnet.objects.exists()


def test_sending_the_editor_as_it_stands_changes_nothing(dora: Client, magnet: Magnet) -> None:
    before = draft(magnet)

    assert dora.post(f"/magnets/{magnet.pk}/draft", posted(magnet)).status_code == 302

    after = draft(magnet)
    assert before.asset is not None
    assert after == msgspec.structs.replace(before, asset=msgspec.structs.replace(before.asset, name="guide.pdf"))


RICH = msgspec.structs.replace(
    complete(),
    contract=msgspec.structs.replace(
        CONTRACT,
        asks=(
            CONTRACT.asks[0],
            AskedField(key=FieldKey.PHONE, reason="to call you back", required=True),
            AskedField(key=FieldKey.QUESTION, reason="to answer it"),
        ),
        next_steps=(*CONTRACT.next_steps, NextStep(channel=Channel.PHONE, text="One call.", purpose=Purpose.OFFERS)),
        consents=(
            *CONTRACT.consents,
            ConsentOffer(key="offers-phone", purpose=Purpose.OFFERS, channel=Channel.PHONE, text="Call me."),
        ),
    ),
)


def test_every_part_of_a_contract_survives_the_form() -> None:
    forms = DraftForms(RICH, slug="guide")
    data = {field.html_name: "" if field.value() is None else field.value() for form in forms._all() for field in form}

    assert DraftForms(RICH, slug="guide", data=data).definition() == RICH


def test_a_gap_stands_beside_its_field_while_one_types(dora: Client, magnet: Magnet) -> None:
    answer = dora.post(
        f"/magnets/{magnet.pk}/draft", posted(magnet, **{"ask-phone-asked": "optional"}), headers={"hx-request": "true"}
    )

    page = answer.content.decode()
    assert answer.headers["HX-Trigger"] == "draft-saved"
    beside = re.search(r'<p class="gap" id="gap-asks-phone"[^>]*>([^<]*)</p>', page)
    assert beside is not None
    assert "Why do you ask?" in beside[1]
    assert 'id="gap-title" hx-swap-oob="true" hidden' in page


def test_a_gap_of_a_row_stands_at_the_row_though_blank_rows_come_before(magnet: Magnet) -> None:
    data = posted(magnet, **{"step-0-text": "", "step-1-box": ""})

    forms = DraftForms(draft(magnet), slug="guide", data=data)

    assert forms.slot("steps.0") == "step-1"


def test_what_cannot_be_read_is_said_beside_the_field_and_the_old_value_stays(dora: Client, magnet: Magnet) -> None:
    answer = dora.post(f"/magnets/{magnet.pk}/draft", posted(magnet, retention_months="soon", title="Another title"))

    assert answer.status_code == 422
    assert 'id="id_retention_months_error"' in answer.content.decode()
    assert (draft(magnet).title, draft(magnet).contract.retention_months) == ("Another title", 12)


def test_a_form_that_came_in_part_keeps_what_can_only_be_chosen(dora: Client, magnet: Magnet) -> None:
    before = draft(magnet)

    answer = dora.post(f"/magnets/{magnet.pk}/draft", {"title": "Cut short on its way"})

    assert answer.status_code < 500
    after = draft(magnet)
    assert after.title == "Cut short on its way"
    assert (after.incentive, after.sales_intent) == (before.incentive, before.sales_intent)
    assert (after.kind, after.language) == (before.kind, before.language)


def test_changing_the_months_changes_the_sentence_that_names_them(dora: Client, magnet: Magnet) -> None:
    dora.post(f"/magnets/{magnet.pk}/draft", posted(magnet, retention_months="6"))

    assert draft(magnet).contract.deletion == "After 6 quiet months, or with one click in the mail."


def test_the_last_change_can_be_taken_back(dora: Client, magnet: Magnet) -> None:
    dora.post(f"/magnets/{magnet.pk}/draft", posted(magnet, title="Worse"))
    dora.post(f"/magnets/{magnet.pk}/undo")

    assert draft(magnet).title == "Read a heat-pump quote like an engineer"


def test_publishing_names_every_gap_and_loses_nothing_that_was_typed(dora: Client, magnet: Magnet) -> None:
    answer = dora.post(f"/magnets/{magnet.pk}/publish", posted(magnet, sells="", promise="", button="Gimme"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "2 things are missing before it can be published" in page
    assert "Say what you sell." in page
    assert "Gimme" in page
    assert not MagnetVersion.objects.exists()


def test_publishing_keeps_what_was_typed_and_leads_to_the_trial(dora: Client, magnet: Magnet) -> None:
    answer = dora.post(f"/magnets/{magnet.pk}/publish", posted(magnet, title="Read a quote", slug="read-a-quote"))

    assert answer.headers["Location"] == f"/magnets/{magnet.pk}/try"
    (version,) = queries.versions(magnet.pk)
    assert version.definition.title == "Read a quote"
    assert version.published_by == "Marketer"
    assert queries.magnet(magnet.pk).slug == "read-a-quote"
    assert f"{settings.PUBLIC_URL}/m/read-a-quote" in dora.get(answer.headers["Location"]).content.decode()


def test_an_address_that_is_taken_is_named_and_nothing_is_lost(dora: Client, magnet: Magnet) -> None:
    Magnet.objects.create(slug="taken", kind="guide", language="en", title="x", draft={}, created_at=MONDAY, updated_at=MONDAY)

    answer = dora.post(f"/magnets/{magnet.pk}/publish", posted(magnet, slug="taken"))

    assert "Another magnet already lives at “taken”." in answer.content.decode()
    assert queries.magnet(magnet.pk).slug == "guide"


def test_withdrawing_offers_the_way_back(dora: Client, magnet: Magnet) -> None:
    dora.post(f"/magnets/{magnet.pk}/publish", posted(magnet))

    page = dora.post(f"/magnets/{magnet.pk}/withdraw", follow=True).content.decode()
    assert f'action="/magnets/{magnet.pk}/restore"' in page
    dora.post(f"/magnets/{magnet.pk}/restore")

    assert queries.published_magnets()[0].live


@pytest.mark.parametrize("language", Language)
def test_the_preview_shows_the_bytes_that_the_edge_will_send(language: Language, folder: DataFolder) -> None:
    definition = msgspec.structs.replace(complete(), language=language.value)
    version = PublishedVersion(version_id=77, number=3, definition=definition)
    publish_bundle(folder, public_url=settings.PUBLIC_URL, studio_url=settings.STUDIO_URL)
    at_the_edge = Pages(msgspec.json.decode((folder.bundle / "manifest.json").read_bytes(), type=Bundle))

    assert page_bytes(definition, "guide") == b"".join(at_the_edge.magnet_parts(version, "guide", language=language))
    assert (
        page_bytes(definition, "guide")
        == at_the_edge.magnet(version, "guide", language=language, form=FormView(token="")).encode()
    )


def test_the_preview_finds_its_stylesheet_and_gives_no_file_away(dora: Client, magnet: Magnet) -> None:
    page = dora.get(f"/magnets/{magnet.pk}/preview")

    (stylesheet,) = re.findall(r'href="(/s/public-[0-9a-f]+\.css)"', page.content.decode())
    assert dora.get(stylesheet).headers["Content-Type"].startswith("text/css")
    assert "form-action 'none'" in page.headers["Content-Security-Policy"]
    asset = draft(magnet).asset
    assert asset is not None
    assert dora.get(f"/s/{asset.key}").status_code == 404


def test_old_words_can_be_read_in_the_history(dora: Client, magnet: Magnet) -> None:
    dora.post(f"/magnets/{magnet.pk}/publish", posted(magnet))
    dora.post(f"/magnets/{magnet.pk}/publish", posted(magnet, sells="We sell boats now."))

    page = dora.get(f"/magnets/{magnet.pk}/versions").content.decode()
    assert "We sell heating audits." in page
    assert "We sell boats now." in page
    assert b"We sell heating audits." in dora.get(f"/magnets/{magnet.pk}/versions/1").content


@pytest.mark.parametrize("act", ["draft", "publish", "withdraw", "restore", "undo", "file", ""])
@pytest.mark.parametrize("role", ["rep", "privacy_officer"])
def test_who_may_not_edit_changes_nothing(role: str, act: str, magnet: Magnet) -> None:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user(role))
    before = list(Magnet.objects.values())

    address = f"/magnets/{magnet.pk}/{act}" if act else "/magnets/drop"
    answer = client.post(address, {"title": "Hacked", "file": upload(documents.polish_pdf())})

    assert answer.status_code == 403
    assert list(Magnet.objects.values()) == before


def test_who_may_not_edit_may_read(magnet: Magnet) -> None:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user("rep"))

    page = client.get(f"/magnets/{magnet.pk}/").content.decode()

    assert "Read a heat-pump quote" in page
    assert "Publish" not in page


def test_a_get_changes_nothing(dora: Client, magnet: Magnet) -> None:
    before = Magnet.objects.values().get(pk=magnet.pk)

    for part in ("", "draft", "publish", "withdraw", "undo", "preview", "versions", "try"):
        dora.get(f"/magnets/{magnet.pk}/{part}")

    assert Magnet.objects.values().get(pk=magnet.pk) == before


@pytest.mark.parametrize(("kind", "offered"), [("consultation", False), ("guide", True)])
def test_a_waiting_list_is_offered_only_where_people_can_wait(kind: str, offered: bool) -> None:
    drafted = with_availability(msgspec.structs.replace(complete(), kind=kind), Availability(cap=5, waiting=True))

    forms = DraftForms(drafted, slug="one")
    typed = DraftForms(drafted, slug="one", data={"offer-cap": "5", "offer-waiting": "on"})

    assert ("waiting" in forms.offer.fields) is offered
    assert availability_of(typed.definition()).waiting is offered
