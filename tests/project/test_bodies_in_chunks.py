"""A program that does not know beforehand how much it will say is heard to the end."""

from io import BytesIO
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from django.conf import settings

from leadstone.project.wsgi import with_length


def read_by(environ: WSGIEnvironment) -> tuple[str, bytes]:
    """The length that the application is told, and what it reads by it."""
    heard: list[tuple[str, bytes]] = []

    def application(told: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        length = str(told.get("CONTENT_LENGTH", ""))
        heard.append((length, told["wsgi.input"].read(int(length or 0))))
        return []

    with_length(application)(environ, lambda *said: lambda more: None)
    return heard[0]


@pytest.mark.parametrize("coding", ["chunked", "Chunked", "gzip, chunked"])
def test_a_body_in_chunks_is_read_whole(coding: str) -> None:
    assert read_by({"HTTP_TRANSFER_ENCODING": coding, "wsgi.input": BytesIO(b"abc")}) == ("3", b"abc")


def test_a_length_that_was_announced_stands() -> None:
    announced = {"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": "2", "wsgi.input": BytesIO(b"abc")}

    assert read_by(announced) == ("2", b"ab")
    assert read_by({"wsgi.input": BytesIO(b"abc")}) == ("", b"")


def test_of_a_body_without_end_no_more_is_read_than_would_be_refused() -> None:
    most = int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)
    length, body = read_by({"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input": BytesIO(b"x" * (most + 1000))})

    assert (length, len(body)) == (str(most + 1), most + 1)
