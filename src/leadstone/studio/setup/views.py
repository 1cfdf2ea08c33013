"""The first start."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from leadstone.domains.access import queries as accounts
from leadstone.domains.access.rules import Role
from leadstone.domains.brand import queries as brand_queries
from leadstone.domains.brand import services as brand
from leadstone.flows import staff_changed
from leadstone.kernel.errors import LeadstoneError
from leadstone.studio.setup.forms import SetUpForm
from leadstone.studio.setup.key import note_set_up
from leadstone.studio.shell.gate import open_to_all

FIRST_MAGNET = "/magnets/"


@open_to_all
@sensitive_post_parameters("key", "password")
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Take company, sender and first account in one form, and lead to the first magnet."""
    if brand_queries.is_set_up():
        return HttpResponseRedirect("/")
    form = SetUpForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        user_id = _keep(form)
        if user_id is not None:
            note_set_up(settings.FOLDER)
            user = accounts.for_sign_in(user_id)
            login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
            return HttpResponseRedirect(FIRST_MAGNET)
    return render(request, "studio/setup.html", {"form": form}, status=422 if form.is_bound else 200)


def _keep(form: SetUpForm) -> int | None:
    """The new account's id; None when the form now says what is wrong."""
    told: dict[str, Any] = form.cleaned_data
    try:
        with transaction.atomic():
            brand.set_up_brand(**{name: told[name] for name in SetUpForm.COMPANY}, now=timezone.now())
            account = {name: told[name] for name in SetUpForm.ACCOUNT}
            return staff_changed.open_account(
                **account, role=Role.ADMIN, language=told["language"], team_id=None, by=None, now=timezone.now()
            )
    except ValidationError as weak:
        form.add_error("password", weak)
    except LeadstoneError as mistake:
        form.add_error("email", _(mistake.sentence))
    return None
