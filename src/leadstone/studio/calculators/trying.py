"""A draft's calculator tried with answers from the address: shown, and kept nowhere."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.magnets import queries
from leadstone.studio.calculators.sampling import sampled
from leadstone.studio.shell.gate import needs


@require_safe
@needs(Right.READ_LEADS)
@never_cache
def calculate(request: HttpRequest, magnet_id: int) -> HttpResponse:
    """What these answers come to; without any, the middle of what may be answered."""
    magnet = queries.magnet_or_none(magnet_id)
    definition = queries.draft_of(magnet) if magnet else None
    if magnet is None or definition is None or definition.kind != "calculator":
        raise Http404
    typed = {name: value[:100] for name, value in request.GET.items() if isinstance(value, str)}
    return render(
        request, "calculators/try.html", {"magnet": magnet, "definition": definition, "sampled": sampled(definition, typed)}
    )
