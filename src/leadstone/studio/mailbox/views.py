"""The local mailbox: every message of an installation without a mail server."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right
from leadstone.infra.mail import mailbox
from leadstone.infra.mail.mailbox import OpenedMail
from leadstone.studio.leads.filters import read_page
from leadstone.studio.mailbox.frame import framed
from leadstone.studio.shell.gate import needs

PAGE_SIZE = 50


@require_safe
@needs(Right.READ_MAILBOX)
def mails(request: HttpRequest) -> HttpResponse:
    """The messages, the latest first, and the opened one beside them."""
    number = read_page(request.GET)
    page = mailbox.list_mails(settings.FOLDER.mail, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    return render(request, "studio/mailbox/mails.html", _page(page, number=number) | {"opened": None})


@require_safe
@needs(Right.READ_MAILBOX)
def mail(request: HttpRequest, mail_id: str) -> HttpResponse:
    """One message; its HTML is shown in a frame of its own that runs nothing."""
    opened = _find(mail_id)
    number = read_page(request.GET)
    page = mailbox.list_mails(settings.FOLDER.mail, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    return render(request, "studio/mailbox/mails.html", _page(page, number=number) | {"opened": opened})


@require_safe
@needs(Right.READ_MAILBOX)
def body(request: HttpRequest, mail_id: str) -> HttpResponse:
    """The HTML part alone, for the frame: no script, no form, links into a new tab."""
    return framed(_find(mail_id).html, public_url=settings.PUBLIC_URL)


def _find(mail_id: str) -> OpenedMail:
    found = mailbox.open_mail(settings.FOLDER.mail, mail_id)
    if found is None:
        raise Http404
    return found


def _page(page: mailbox.MailPage, *, number: int) -> dict[str, object]:
    paginator = Paginator(range(page.total), PAGE_SIZE)
    return {"mails": page.mails, "total": page.total, "number": number, "has_next": number < paginator.num_pages}
