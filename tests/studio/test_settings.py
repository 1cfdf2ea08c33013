"""Settings: company, people, my account, this installation, and the two switches."""

import io

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.brand.models import Brand
from leadstone.infra.blobs.store import BlobStore
from leadstone.infra.outbox.models import RecordedEvent
from leadstone.infra.pictures import NotAPicture, PictureTooLarge, as_png
from tests.studio.conftest import HOST, PASSWORD, Browser

pytestmark = pytest.mark.usefixtures("company")

BRAND = {
    "company": "Ciepło Nowe",
    "language": "en",
    "sender_email": "nowe@cieplo.example",
    "postal_address": "ul. Nowa 2",
    "privacy_email": "",
    "privacy_url": "",
    "colour": "#ffcc00",
}


def picture(form: str = "JPEG", *, size: tuple[int, int] = (1200, 400)) -> bytes:
    packed = io.BytesIO()
    Image.new("RGB", size, "#1f6f6b").save(packed, form, comment=b"secret camera")
    return packed.getvalue()


def test_a_change_of_the_company_is_kept_and_told_to_the_house(admin: Client) -> None:
    before = RecordedEvent.objects.filter(kind="BrandChanged").count()
    assert admin.post("/settings/company", BRAND).status_code == 302
    brand = Brand.objects.get()
    assert (brand.company, brand.language, brand.colour) == ("Ciepło Nowe", "en", "#ffcc00")
    assert RecordedEvent.objects.filter(kind="BrandChanged").count() == before + 1


def test_a_logo_is_kept_as_a_picture_of_our_own_making(admin: Client) -> None:
    admin.post("/settings/company", BRAND | {"logo": SimpleUploadedFile("../../evil.svg", picture())})
    kept = BlobStore(settings.FOLDER.blobs).read(Brand.objects.get().logo_key)
    assert kept.startswith(b"\x89PNG")
    assert b"secret camera" not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert image.width <= 640
        assert image.height <= 240
    assert admin.get("/settings/company/logo").headers["content-type"] == "image/png"


@pytest.mark.parametrize("upload", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", b"\x00" * 100])
def test_what_is_no_picture_is_refused_beside_its_field_and_nothing_else_is_lost(admin: Client, upload: bytes) -> None:
    answer = admin.post("/settings/company", BRAND | {"logo": SimpleUploadedFile("logo.png", upload)})
    assert answer.status_code == 422
    assert "not a picture that we can read" in answer.content.decode()
    assert "ul. Nowa 2" in answer.content.decode()
    assert Brand.objects.get().company == "Ciepło Polskie"


def test_a_picture_of_absurd_size_is_refused_before_it_is_unpacked() -> None:
    packed = io.BytesIO()
    Image.new("1", (9000, 9000)).save(packed, "PNG")
    assert len(packed.getvalue()) < 100_000
    with pytest.raises(PictureTooLarge):
        as_png(packed.getvalue(), box=(640, 240))
    with pytest.raises(NotAPicture):
        as_png(b"", box=(640, 240))


def test_the_logo_can_be_taken_away(admin: Client) -> None:
    admin.post("/settings/company", BRAND | {"logo": SimpleUploadedFile("logo.png", picture("PNG"))})
    admin.post("/settings/company", BRAND | {"without_logo": "on"})
    assert Brand.objects.get().logo_key == ""
    assert admin.get("/settings/company/logo").status_code == 404


def test_the_contrast_note_says_how_a_colour_will_be_corrected(admin: Client) -> None:
    page = admin.get("/settings/company/contrast", {"colour": "#ffee00"}).content.decode()
    assert "corrected, so that everybody can read it" in page
    assert "exactly yours" in admin.get("/settings/company/contrast", {"colour": "#005f56"}).content.decode()
    assert "six digits" in admin.get("/settings/company/contrast", {"colour": "red; }"}).content.decode()


def test_a_colour_that_is_none_is_refused(admin: Client) -> None:
    assert admin.post("/settings/company", BRAND | {"colour": "verdigris"}).status_code == 422
    assert Brand.objects.get().colour == ""


def test_somebody_new_can_sign_in_with_the_first_password(admin: Client) -> None:
    told = {"name": "Emil Nowak", "email": "emil@cieplo.example", "role": "rep", "password": PASSWORD}
    assert admin.post("/settings/people", told).status_code == 302
    newcomer = Client(headers=HOST)
    newcomer.post("/sign-in", {"login": "emil@cieplo.example", "password": PASSWORD})
    assert newcomer.get("/").status_code == 200


def test_a_weak_password_and_a_taken_address_are_said_beside_their_fields(admin: Client) -> None:
    told = {"name": "Emil", "email": "emil@cieplo.example", "role": "rep", "password": "1234567890"}
    assert admin.post("/settings/people", told).context["form"].errors["password"]
    taken = {**told, "email": User.objects.get().email, "password": PASSWORD}
    assert admin.post("/settings/people", taken).context["form"].errors["email"]
    assert User.objects.count() == 1


def test_closing_the_last_administrator_is_refused_in_words(admin: Client) -> None:
    me = User.objects.get()
    answer = admin.post(f"/settings/people/{me.pk}", {"role": "rep", "active": "yes"}, follow=True)
    assert "one administrator left" in answer.content.decode()
    me.refresh_from_db()
    assert me.role == "admin"


def test_a_closed_account_is_out_at_once(admin: Client, browser_of: Browser) -> None:
    rep = browser_of(Role.REP)
    assert rep.get("/").status_code == 200
    emil = User.objects.get(role="rep")
    admin.post(f"/settings/people/{emil.pk}", {"role": "rep"})
    assert rep.get("/").status_code == 302


def test_a_new_password_needs_the_old_one_and_ends_every_other_session(admin: Client) -> None:
    me = User.objects.get()
    me.set_password(PASSWORD)
    me.save()
    here, elsewhere = Client(headers=HOST), Client(headers=HOST)
    for client in (here, elsewhere):
        client.post("/sign-in", {"login": me.email, "password": PASSWORD})
    assert here.post("/settings/account/password", {"old": "wrong", "new": "another sentence"}).status_code == 422
    assert elsewhere.get("/").status_code == 200
    assert here.post("/settings/account/password", {"old": PASSWORD, "new": "another sentence"}).status_code == 302
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302


def test_language_follows_the_account_and_is_switched_by_a_post_only(admin: Client) -> None:
    assert admin.get("/language").status_code == 405
    admin.post("/language", {"language": "pl", "next": "/leads/"})
    page = admin.get("/").content.decode()
    assert '<html lang="pl"' in page
    assert "Ustawienia" in page
    assert User.objects.get().language == "pl"


def test_a_stranger_reads_the_entrance_in_the_language_of_the_browser_or_the_chosen_one(stranger: Client) -> None:
    assert "Zaloguj się" in stranger.get("/sign-in", headers={"accept-language": "pl-PL,pl;q=0.9"}).content.decode()
    stranger.post("/language", {"language": "en"})
    assert "Sign in" in stranger.get("/sign-in", headers={"accept-language": "pl"}).content.decode()


def test_the_theme_is_kept_with_the_account(admin: Client) -> None:
    admin.post("/theme", {"theme": "dark", "next": "/"})
    assert 'data-theme="dark"' in admin.get("/").content.decode()
    admin.post("/theme", {"theme": "<script>"})
    assert User.objects.get().theme == "dark"


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_a_switch_leads_back_to_our_own_pages_only(admin: Client, away: str) -> None:
    assert admin.post("/theme", {"theme": "dark", "next": away}).headers["location"] == "/"


def test_times_are_told_by_the_clock_of_the_reader_and_a_made_up_zone_is_ignored(admin: Client) -> None:
    admin.cookies["leadstone_zone"] = "Europe/Warsaw"
    assert admin.get("/").status_code == 200
    admin.cookies["leadstone_zone"] = "../../etc/passwd"
    assert admin.get("/").status_code == 200


def test_the_installation_page_shows_settings_without_passwords(admin: Client) -> None:
    page = admin.get("/settings/installation").content.decode()
    assert "LEADSTONE_MAIL_URL" in page
    password = settings.DATABASES["default"].get("PASSWORD")
    assert not password or str(password) not in page
