"""The Django process: studio, and portal for requests that carry the door key."""

import os
from collections.abc import Iterable
from io import BytesIO
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadstone.project.settings")


def with_length(inner: WSGIApplication) -> WSGIApplication:
    """Let `inner` know how long a body is that came in chunks (RFC 9112, 7.1): Django reads no further than it is told.

    What is longer than any request that we read is cut off, and still too long.
    """

    def measured(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower() and not environ.get("CONTENT_LENGTH"):
            body = environ["wsgi.input"].read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
            environ |= {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        return inner(environ, start_response)

    return measured


application = with_length(get_wsgi_application())
