"""Settings: company, people, my account, this installation."""

import io

import msgspec
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leadstone.domains.access.rules import Right, may
from leadstone.domains.brand import queries as brand_queries
from leadstone.domains.brand import services as brand
from leadstone.infra.blobs.store import BlobStore
from leadstone.infra.pictures import NotAPicture, PictureTooLarge, as_png
from leadstone.kernel.colour import HOUSE_COLOUR, read_hex, readable
from leadstone.studio.company.forms import BrandForm
from leadstone.studio.shell.gate import actor, needs
from leadstone.wire.bundle import BrandFacts

LOGO_BOX = (640, 240)  # twice what a page shows, for fine screens
LARGEST_LOGO_BYTES = 5_000_000
FIELDS = ("company", "language", "sender_email", "postal_address", "privacy_email", "privacy_url", "colour")


@require_safe
@needs(Right.OWN_ACCOUNT)
def settings_home(request: HttpRequest) -> HttpResponse:
    """The first of the settings that this reader may change."""
    return redirect("company" if may(actor(request).role, Right.MANAGE_COMPANY) else "account")


@needs(Right.MANAGE_COMPANY)
@require_http_methods(["GET", "POST"])
def company(request: HttpRequest) -> HttpResponse:
    """How the company presents itself to visitors."""
    facts = brand_queries.brand_facts()
    if facts is None:
        raise Http404
    form = BrandForm(request.POST or None, request.FILES or None, initial={name: getattr(facts, name) for name in FIELDS})
    if request.method == "POST" and form.is_valid():
        changed = _changed(facts, form)
        if changed is not None:
            brand.change_brand(changed, now=timezone.now())
            messages.success(request, _("Kept. Public pages and mails change within seconds."))
            return redirect("company")
    colour = (form["colour"].value() if form.is_bound else facts.colour) or ""
    page = {"form": form, "brand": facts, "tab": "company", **_contrast(str(colour))}
    return render(request, "studio/company/company.html", page, status=422 if form.is_bound else 200)


@needs(Right.MANAGE_COMPANY)
@require_safe
def contrast(request: HttpRequest) -> HttpResponse:
    """How a colour will look on the pages, before it is kept."""
    return render(request, "studio/company/_contrast.html", _contrast(request.GET.get("colour", "")))


@require_safe
@needs(Right.OWN_ACCOUNT)
def logo(request: HttpRequest) -> HttpResponse:
    """The company's logo, as the public pages show it."""
    facts = brand_queries.brand_facts()
    blobs = BlobStore(settings.FOLDER.blobs)
    if facts is None or not facts.logo_key or not blobs.has(facts.logo_key):
        raise Http404
    return HttpResponse(blobs.read(facts.logo_key), content_type="image/png", headers={"Cache-Control": "private, max-age=60"})


def _contrast(typed: str) -> dict[str, object]:
    """Facts of the contrast note: what was asked for, and what readers will see on light and dark pages."""
    asked = read_hex(typed) if typed.strip() else HOUSE_COLOUR
    if asked is None:
        return {"asked": "", "sides": ()}
    return {
        "asked": asked,
        "house": not typed.strip(),
        "sides": tuple((side, readable(asked, dark=side == "dark")) for side in ("light", "dark")),
    }


def _changed(facts: BrandFacts, form: BrandForm) -> BrandFacts | None:
    """The brand as the form has it; None when the form now says what is wrong with the logo."""
    told = {name: form.cleaned_data[name] for name in FIELDS}
    logo_key = None if form.cleaned_data["without_logo"] else facts.logo_key
    if upload := form.cleaned_data["logo"]:
        try:
            logo_key = _keep_logo(upload)
        except (NotAPicture, PictureTooLarge) as mistake:
            form.add_error("logo", _(mistake.sentence))
            return None
    return msgspec.structs.replace(facts, logo_key=logo_key, **told)


def _keep_logo(upload: "UploadedFile[bytes]") -> str:
    if (upload.size or 0) > LARGEST_LOGO_BYTES:
        raise PictureTooLarge
    picture = as_png(upload.read(), box=LOGO_BOX)
    return BlobStore(settings.FOLDER.blobs).write(io.BytesIO(picture), limit_bytes=LARGEST_LOGO_BYTES).key
