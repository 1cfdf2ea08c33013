"""Writing a letter: what it says, how it looks on a phone and a desk, who would get it, and what hinders it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadstone.domains.access.rules import Right, may
from leadstone.domains.brand import queries as brand
from leadstone.domains.newsletters.queries import issues, letters
from leadstone.domains.newsletters.queries.audience import audience
from leadstone.domains.newsletters.queries.issues import IssueCard
from leadstone.domains.newsletters.rules import IssueState, Refusal
from leadstone.domains.newsletters.services import writing
from leadstone.domains.newsletters.services.writing import Draft
from leadstone.domains.vetting.linters import LANGUAGES, Linter, lint
from leadstone.flows.issue_letters import draft_texts, issue_letter
from leadstone.infra import letterhead
from leadstone.infra.letterhead import Rendered
from leadstone.kernel.language import Language, language_or
from leadstone.studio.mailbox.frame import framed
from leadstone.studio.newsletters import recipients, words
from leadstone.studio.newsletters.forms import IssueForm, SendForm
from leadstone.studio.shell.gate import actor, needs
from leadstone.wire.bundle import BrandFacts

NOBODY_YET = BrandFacts(company="", language=Language.ENGLISH, sender_email="", postal_address="")


@require_POST
@needs(Right.WRITE_LETTERS)
def new(request: HttpRequest) -> HttpResponse:
    """An empty letter of the newsletter that the form names, about all of its topics when it has only one."""
    given = request.POST.get("newsletter", "")
    known = letters.newsletter(int(given)) if given.isascii() and given.isdigit() and len(given) < 18 else None
    if known is None:
        raise Http404
    topics = [topic.key for topic in known.settings.topics]
    draft = Draft(topics=topics if len(topics) == 1 else ())
    issue_id = writing.create_issue(
        draft, magnet_id=known.magnet_id, language=known.language, by=actor(request).pk, now=timezone.now()
    )
    return redirect("issue", issue_id)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.WRITE_LETTERS)
def issue(request: HttpRequest, issue_id: int) -> HttpResponse:
    """A draft to write on, or what became of a letter."""
    card = found(issue_id)
    if request.method != "POST":
        return issue_page(request, card)
    form = IssueForm(request.POST, newsletter=letters.newsletter(card.magnet_id))
    if request.headers.get("HX-Request"):
        return _kept(request, card, form)
    if not form.is_valid():
        return issue_page(request, card, form=form, status=422)
    decision = writing.save_issue(form.draft(), issue_id=issue_id, revision=form.cleaned_data["revision"], now=timezone.now())
    if decision:
        messages.success(request, _("Saved."))
        return redirect("issue", issue_id)
    messages.error(request, str(words.REFUSED[Refusal(str(decision.because))]))
    if decision.because is not Refusal.CHANGED_MEANWHILE:
        return redirect("issue", issue_id)
    # Both were seen now, so that the next save counts.
    typed = {**request.POST.dict(), "topics": request.POST.getlist("topics"), "revision": card.revision}
    again = IssueForm(typed, newsletter=letters.newsletter(card.magnet_id))
    return issue_page(request, card, form=again, status=409)


def _kept(request: HttpRequest, card: IssueCard, form: IssueForm) -> HttpResponse:
    """What the page says after it saved by itself. It never saves over a colleague: that takes the button, and a look."""
    refused = ""
    if not form.is_valid():
        refused = " ".join(str(words) for errors in form.errors.values() for words in errors)
    else:
        kept = writing.save_issue(
            form.draft(), issue_id=card.issue_id, revision=form.cleaned_data["revision"], now=timezone.now()
        )
        refused = "" if kept else str(words.REFUSED[Refusal(str(kept.because))])
    if refused:
        return render(request, "newsletters/_keeping.html", {"form": form, "refused": refused})
    saved = found(card.issue_id)
    known = letters.newsletter(saved.magnet_id)
    context = _readiness(request, saved, known) | {"card": saved, "form": _form(saved, known), "saved": True}
    return render(request, "newsletters/_kept.html", context)


@require_safe
@needs(Right.WRITE_LETTERS)
def preview(request: HttpRequest, issue_id: int) -> HttpResponse:
    """The HTML part as a mail program shows it, in a frame that can do nothing to us."""
    return framed(_rendered(found(issue_id)).html, public_url=settings.PUBLIC_URL)


@require_POST
@needs(Right.WRITE_LETTERS)
def remove(request: HttpRequest, issue_id: int) -> HttpResponse:
    found(issue_id)
    if writing.remove_issue(issue_id=issue_id, now=timezone.now()):
        messages.success(request, _("The draft is gone."), extra_tags=reverse("issue_bring_back", args=[issue_id]))
    return redirect("newsletters")


@require_POST
@needs(Right.WRITE_LETTERS)
def bring_back(request: HttpRequest, issue_id: int) -> HttpResponse:
    if not writing.bring_back_issue(issue_id=issue_id):
        return redirect("newsletters")
    return redirect("issue", issue_id)


def found(issue_id: int) -> IssueCard:
    card = issues.issue_or_none(issue_id)
    if card is None:
        raise Http404
    return card


def issue_page(
    request: HttpRequest,
    card: IssueCard,
    *,
    form: IssueForm | None = None,
    send_form: SendForm | None = None,
    refused: tuple[Refusal, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """The one page of a letter, whatever its state."""
    known = letters.newsletter(card.magnet_id)
    shown = _rendered(card)
    is_draft = card.state is IssueState.DRAFT
    context: dict[str, Any] = {
        "card": card,
        "newsletter": known,
        "state": words.STATE[card.state],
        "tone": words.TONE[card.state],
        "purpose": words.PURPOSE[card.purpose],
        "topics": known.topic_names(card.topics) if known else list(card.topics),
        "text_part": shown.text,
        "account": recipients.account_of(card),
        "public_address": f"{settings.PUBLIC_URL}/m/{known.slug}/letters/{card.number}" if known and card.number else "",
        "sender": _sender(),
    }
    if is_draft:
        context |= _readiness(request, card, known, send_form=send_form, refused=refused) | {"form": form or _form(card, known)}
    return render(request, "newsletters/compose.html" if is_draft else "newsletters/issue.html", context, status=status)


def _readiness(
    request: HttpRequest,
    card: IssueCard,
    known: letters.NewsletterFacts | None,
    *,
    send_form: SendForm | None = None,
    refused: tuple[Refusal, ...] = (),
) -> dict[str, Any]:
    """What hinders a draft, whom it would reach, and how to send it."""
    hinders = issues.what_hinders(card, of=known)
    who = audience(magnet_id=card.magnet_id, topics=card.topics, purpose=card.purpose, now=timezone.now())
    return {
        "send_form": send_form or SendForm(initial={"revision": card.revision}, auto_id="send-%s"),
        "hinders": [words.REFUSED[each] for each in dict.fromkeys((*hinders, *refused))],
        "too_often": Refusal.TOO_OFTEN in refused,
        "may_override": may(actor(request).role, Right.OVERRIDE),
        "findings": _findings(card),
        "audience": who,
        "not_written_to": [(because, words.because_words(because), n) for because, n in who.excluded.items()],
        "languages": sorted(who.languages.items()),
        "sender": _sender(),
    }


def _sender() -> str:
    return (brand.brand_facts() or NOBODY_YET).sender_email


def _form(card: IssueCard, known: letters.NewsletterFacts | None) -> IssueForm:
    initial = {
        "subject": card.subject,
        "preheader": card.preheader,
        "body": card.body,
        "topics": list(card.topics),
        "purpose": card.purpose.value,
        "in_archive": card.in_archive,
        "revision": card.revision,
    }
    return IssueForm(initial=initial, newsletter=known)


def _findings(card: IssueCard) -> list[tuple[str, str]]:
    """Words that promise too much or press, and why; advice, which hinders nobody."""
    if card.language not in LANGUAGES:
        return []
    return [
        (text[each.start : each.end], _(each.why))
        for text in (card.subject, card.preheader, card.body)
        for linter in Linter
        for each in lint(text, linter=linter, language=card.language)
    ]


def _rendered(card: IssueCard) -> Rendered:
    letter = issue_letter(draft_texts(card), public_url=settings.PUBLIC_URL)
    return letterhead.render(
        letter, brand=brand.brand_facts() or NOBODY_YET, language=language_or(card.language, Language.ENGLISH)
    )
