"""How this installation runs; read only, because it is set where it is started."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right
from leadstone.studio.shell.gate import needs


@needs(Right.MANAGE_COMPANY)
@require_safe
def installation(request: HttpRequest) -> HttpResponse:
    """Every setting with its value and its sentence; passwords within addresses are left out."""
    return render(request, "studio/company/installation.html", {"told": settings.INSTALLATION, "tab": "installation"})
