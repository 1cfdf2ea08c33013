"""The rules: in order, each as a sentence; added, changed, moved, switched on and off, taken away."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.assignment import queries, services
from leadstone.domains.assignment.queries import NoSuchRule, OwnerRuleFacts
from leadstone.domains.leads import queries as leads
from leadstone.domains.magnets import queries as magnets
from leadstone.studio.assignment.forms import RuleForm, rule_initial
from leadstone.studio.assignment.panels import colleagues
from leadstone.studio.assignment.sentences import rule_sentence, rule_terms
from leadstone.studio.shell.gate import needs, reader


@require_safe
@needs(Right.ASSIGN_LEADS)
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule as a sentence, in the order in which they are asked."""
    titles = magnets.titles()
    found = [(rule, rule_sentence(rule, magnets=titles), rule_terms(rule)) for rule in queries.owner_rules()]
    facts = {"rules": found, "open_count": leads.count_unowned(reader=reader(request)), "people": colleagues()}
    return render(request, "assignment/rules.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.ASSIGN_LEADS)
def rule_add(request: HttpRequest) -> HttpResponse:
    """A new rule; it is a draft, and the next page shows what it would have done."""
    form = RuleForm(request.POST or None, colleagues=colleagues(), magnets=magnets.titles())
    if request.method == "POST" and form.is_valid():
        rule_id = services.add_rule(form.words(), now=timezone.now())
        messages.success(request, _("Kept as a draft. This is what it would have done."))
        return redirect("rule_simulation", rule_id)
    return render(request, "assignment/rule.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.ASSIGN_LEADS)
def rule(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Change a rule; one that is on speaks anew from now on."""
    found = find_rule(rule_id)
    form = RuleForm(request.POST or None, initial=rule_initial(found), colleagues=colleagues(), magnets=magnets.titles())
    if request.method == "POST" and form.is_valid():
        services.change_rule(form.words(), rule_id=rule_id)
        messages.success(request, _("Kept."))
        return redirect("assignment") if found.active_since else redirect("rule_simulation", rule_id)
    return render(request, "assignment/rule.html", {"form": form, "rule": found}, status=422 if form.errors else 200)


@require_POST
@needs(Right.ASSIGN_LEADS)
def rule_on(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Let a rule speak from now on."""
    find_rule(rule_id)
    services.switch_rule(rule_id=rule_id, on=True, now=timezone.now())
    messages.success(request, _("On: it speaks for leads that come from now on."), extra_tags=reverse("rule_off", args=[rule_id]))
    return redirect("assignment")


@require_POST
@needs(Right.ASSIGN_LEADS)
def rule_off(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Make a draft of a rule; what it gave stays given."""
    find_rule(rule_id)
    services.switch_rule(rule_id=rule_id, on=False, now=timezone.now())
    messages.success(request, _("Off: a draft again."), extra_tags=reverse("rule_on", args=[rule_id]))
    return redirect("assignment")


@require_POST
@needs(Right.ASSIGN_LEADS)
def rule_move(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Ask a rule one place earlier or later."""
    find_rule(rule_id)
    if request.POST.get("where") not in ("up", "down"):
        raise Http404
    services.move_rule(rule_id=rule_id, up=request.POST["where"] == "up")
    return redirect(f"{reverse('assignment')}#rule-{rule_id}")


@require_POST
@needs(Right.ASSIGN_LEADS)
def rule_remove(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Take a draft away; the toast brings it back."""
    find_rule(rule_id)
    if services.remove_rule(rule_id=rule_id, now=timezone.now()):
        messages.success(request, _("Taken away."), extra_tags=reverse("rule_restore", args=[rule_id]))
    else:
        messages.error(request, _("A rule that is on is switched off first."))
    return redirect("assignment")


@require_POST
@needs(Right.ASSIGN_LEADS)
def rule_restore(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Bring a rule back."""
    if not services.restore_rule(rule_id=rule_id):
        raise Http404
    messages.success(request, _("Undone."))
    return redirect("assignment")


def find_rule(rule_id: int) -> OwnerRuleFacts:
    """The rule; 404 when there is none."""
    try:
        return queries.owner_rule(rule_id)
    except NoSuchRule as missing:
        raise Http404 from missing
