"""Nobody's address reaches a log line, whoever wrote it."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from leadstone.infra.logs import configure_logs, without_personal_data


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    configure_logs(form="json", level="info", process="test")
    written = io.StringIO()
    handler = root.handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    yield written
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()


def test_a_line_is_one_json_object_with_its_process(lines: io.StringIO) -> None:
    structlog.get_logger().info("message.refused", message_id=7, because="suppressed")

    told = json.loads(lines.getvalue())
    assert (told["event"], told["message_id"], told["process"], told["level"]) == ("message.refused", 7, "test", "info")


def test_an_address_in_a_field_is_dropped(lines: io.StringIO) -> None:
    structlog.get_logger().info("form.kept", note="from ann.lee+x@mail.example.com and so on")

    assert "ann.lee" not in lines.getvalue()
    assert "[e-mail]" in lines.getvalue()


def test_an_address_in_a_traceback_is_dropped(lines: io.StringIO) -> None:
    try:
        raise ValueError("Key (email)=(ann@mail.example.com) exists, call +48 601 234 567")
    except ValueError:
        structlog.get_logger().exception("fault")

    assert "ann@" not in lines.getvalue()
    assert "601" not in lines.getvalue()
    assert "ValueError" in lines.getvalue()


def test_a_library_that_logs_an_address_is_caught_too(lines: io.StringIO) -> None:
    logging.getLogger("some.library").warning("could not reach %s", "ann@mail.example.com", extra={"phones": ["601 234 567"]})

    assert "ann@" not in lines.getvalue()
    assert "234 567" not in lines.getvalue()


@pytest.mark.parametrize("door", ["my", "c", "d", "u"])
def test_the_token_of_a_link_is_dropped_whoever_writes_the_address_down(lines: io.StringIO, door: str) -> None:
    token = "AbCd_-" * 5
    logging.getLogger("django.request").warning("Not Found: %s", f"/{door}/{token}")
    logging.getLogger("httpx").warning("Gone: http://127.0.0.1:8001/%s/%s/leave", door, token)

    assert token not in lines.getvalue()
    assert f"/{door}/[token]/leave" in lines.getvalue()


def test_the_edge_does_not_write_down_what_it_asks_the_portal(lines: io.StringIO) -> None:
    logging.getLogger("httpx").info("HTTP Request: GET http://127.0.0.1:8001/my/x")

    assert lines.getvalue() == ""


@pytest.mark.parametrize(
    "harmless",
    [
        "2026-11-22T01:31:35.123456Z",
        "10.0.0.0/24",
        "3.11.7",
        "message 123456",
        "a1b2c3d4e5f60718293a4b5c",
        "1,234,567 rows",
        "8170",
    ],
)
def test_times_and_ids_stay_readable(harmless: str) -> None:
    assert without_personal_data(None, "", {"value": harmless})["value"] == harmless


@given(st.emails(), st.text(max_size=20), st.text(max_size=20))
def test_no_address_survives_anywhere_in_a_field(address: str, before: str, after: str) -> None:
    told = without_personal_data(None, "", {"value": {"deep": [f"{before} {address} {after}"]}})

    assert address not in str(told)
