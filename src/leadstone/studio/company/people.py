"""Accounts: everybody's, and one's own."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from leadstone.domains.access import queries, services
from leadstone.domains.access.rules import Right, Role
from leadstone.kernel.errors import LeadstoneError
from leadstone.studio.company.forms import AccountForm, PasswordForm, PersonForm
from leadstone.studio.shell.gate import actor, needs
from leadstone.studio.words.people import ROLE, ROLE_MEANS


@needs(Right.MANAGE_PEOPLE)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who may sign in, and the form for one more."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _add(form):
        messages.success(request, _("%(name)s can sign in now.") % {"name": form.cleaned_data["name"]})
        return redirect("people")
    page = {
        "form": form,
        "staff": [(member, ROLE[member.role]) for member in queries.staff()],
        "roles": [(role.value, ROLE[role], ROLE_MEANS[role]) for role in Role],
        "tab": "people",
    }
    return render(request, "studio/company/people.html", page, status=422 if form.is_bound else 200)


@needs(Right.MANAGE_PEOPLE)
@require_POST
def role(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give somebody another role, or close or reopen the account."""
    asked = request.POST.get("role", "")
    if asked not in set(Role) or queries.member(user_id) is None:
        raise Http404
    try:
        services.change_role(user_id=user_id, role=Role(asked), is_active=request.POST.get("active") == "yes")
        messages.success(request, _("Kept."))
    except LeadstoneError as mistake:
        messages.error(request, _(mistake.sentence))
    return redirect("people")


@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Name, language and theme of whoever is signed in."""
    me = actor(request)
    form = AccountForm(request.POST or None, initial={"name": me.name, "language": request.LANGUAGE_CODE, "theme": me.theme})
    if request.method == "POST" and form.is_valid():
        services.change_account(user_id=me.pk, **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("account")
    return _account_page(request, form=form, password_form=PasswordForm(user=me))


@sensitive_post_parameters("old", "new")
@require_POST
def password(request: HttpRequest) -> HttpResponse:
    """A new password; every other session of this account ends."""
    me = actor(request)
    form = PasswordForm(request.POST, user=me)
    if form.is_valid():
        try:
            services.change_password(user_id=me.pk, password=form.cleaned_data["new"])
        except ValidationError as weak:
            form.add_error("new", weak)
        else:
            me.refresh_from_db()
            update_session_auth_hash(request, me)
            messages.success(request, _("Your password is changed. Everywhere else you are signed out."))
            return redirect("account")
    own = AccountForm(initial={"name": me.name, "language": request.LANGUAGE_CODE, "theme": me.theme})
    return _account_page(request, form=own, password_form=form)


def _account_page(request: HttpRequest, *, form: AccountForm, password_form: PasswordForm) -> HttpResponse:
    bound = form.is_bound or password_form.is_bound
    page = {"form": form, "password_form": password_form, "tab": "account"}
    return render(request, "studio/company/account.html", page, status=422 if bound else 200)


def _add(form: PersonForm) -> bool:
    """Whether the account is open now; if not, the form says why."""
    told = form.cleaned_data
    try:
        services.create_user(email=told["email"], name=told["name"], role=Role(told["role"]), password=told["password"])
    except ValidationError as weak:
        form.add_error("password", weak)
    except LeadstoneError as mistake:
        form.add_error("email", _(mistake.sentence))
    return not form.errors
