"""Pictures to share a magnet with, in the company's colour and the magnet's own language."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.brand import queries as brand
from leadstone.domains.magnets import queries as magnets
from leadstone.flows.bundle_published import NOBODY_YET, picture_to_share
from leadstone.infra.share_pictures import Shape, share_png
from leadstone.studio.shell.gate import needs


@require_safe
@needs(Right.RUN_CAMPAIGNS)
def share_picture(request: HttpRequest, magnet_id: int, shape: str) -> HttpResponse:
    """The picture of what is published now; 404 for what never was, and for another shape."""
    version = magnets.current_version(magnet_id)
    if version is None or shape not in set(Shape):
        raise Http404
    picture = picture_to_share(version.definition, brand.brand_facts() or NOBODY_YET)
    headers = {"Content-Disposition": f'inline; filename="{shape}-{magnet_id}.png"', "Cache-Control": "no-store"}
    return HttpResponse(share_png(picture, Shape(shape)), content_type="image/png", headers=headers)
