"""A declared source that is an address: read by the worker once, compared with the file, and told in words when it cannot be."""

import ssl
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from leadstone.domains.access.models import User
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.models import Magnet
from leadstone.domains.vetting import queries, services
from leadstone.domains.vetting.models import Source
from leadstone.domains.vetting.rules.reading import LONGEST_SOURCE_CHARACTERS, TRY_LASTS, Unread
from leadstone.flows import sources_read
from leadstone.flows.sources_read import read_sources
from leadstone.infra.documents.whole import whole_text
from leadstone.infra.outbound import Outbound
from tests.magnets import documents
from tests.magnets.conftest import MONDAY
from tests.outbound.receiver import LOOPBACK, Answer, Receiver, certificate, drips, hangs_up, never_ends, receiver, says
from tests.vetting.test_overlap import docx
from tests.vetting.test_the_checks_at_their_door import drafted, page, publishes, signed_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("brand")]

LEAFLET = "The ministry says that " + " ".join(f"word{n}" for n in range(40))
HOME = Outbound(lambda _name: ["127.0.0.1"], networks=LOOPBACK)
HTML = {"content_type": "text/html"}


@contextmanager
def serving(answer: Answer, *, tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    with receiver(lambda _heard, _before: answer, tls=tls) as server:
        yield server


@pytest.fixture
def dora() -> Client:
    return signed_in("marketer")


@pytest.fixture
def magnet() -> Magnet:
    one = drafted("copied")
    asset = magnets.draft_of(one).asset
    assert asset is not None
    services.remember_text(asset_key=asset.key, text=LEAFLET, now=MONDAY)
    return one


def declared(magnet: Magnet, address: str) -> Source:
    return services.add_source(magnet_id=magnet.pk, name="Leaflet", address=address, by=None, now=MONDAY)


def read(outbound: Outbound = HOME) -> bool:
    return read_sources(outbound, corpus=settings.FOLDER.corpus, clock=lambda: MONDAY)


def problem_of(magnet: Magnet, address: str, outbound: Outbound = HOME) -> str:
    source = declared(magnet, address)
    assert read(outbound)
    source.refresh_from_db()
    assert (source.text, source.due_at, source.read_at, source.tried_at) == ("", None, None, MONDAY)
    return source.problem


def test_a_copy_is_found_through_the_address_that_was_named_and_stops_publishing(dora: Client, magnet: Magnet) -> None:
    block = "<div>" * 4 + f"<p>{LEAFLET}<br><img src=x></p>" + "</div>" * 4
    body = f"<!doctype html><head><title>A page</title><script>var x = 1;</script></head><body>{block}".encode()
    with serving(says(200, body, **HTML)) as server:
        dora.post(f"/magnets/{magnet.pk}/checks/sources", {"name": "Leaflet", "address": server.url})
        assert "Not read yet: it is read in a moment." in page(dora, magnet)
        assert server.heard == []  # who waits for the page waits for no server

        assert read_sources(HOME, corpus=settings.FOLDER.corpus, clock=timezone.now)

        assert [(each.method, "cookie" in each.headers) for each in server.heard] == [("GET", False)]
    found = queries.compared(magnet.pk)
    assert found is not None
    assert (found.share, found.passages[0].source) == (1.0, "Leaflet")
    seen = page(dora, magnet)
    assert "44 words to compare with" in seen
    assert "Read it again" in seen
    assert not publishes(dora, magnet)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"Plain words, as they are.", "Plain words, as they are."),
        (docx("First &amp; foremost"), "First & foremost"),
        (documents.epub(), "Rachunek za prąd"),
        (documents.polish_pdf(), "Pięć liczb w każdej ofercie"),
    ],
)
def test_what_stands_there_is_known_by_its_bytes(magnet: Magnet, body: bytes, words: str) -> None:
    with serving(says(200, body, content_type="application/octet-stream")) as server:
        source = declared(magnet, server.url)
        assert read()
    source.refresh_from_db()
    assert words in source.text
    assert source.problem == ""


def test_an_old_polish_page_keeps_its_letters(magnet: Magnet) -> None:
    body = "<html><p>Zażółć gęślą jaźń</p>".encode("iso-8859-2")
    with serving(says(200, body, content_type="text/html; charset=ISO-8859-2")) as server:
        source = declared(magnet, server.url)
        assert read()
    source.refresh_from_db()
    assert source.text == "Zażółć gęślą jaźń"


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (says(301, location="http://127.0.0.1/there"), Unread.LEADS_ON),
        (says(401), Unread.NOT_LET_IN),
        (says(403, LEAFLET.encode()), Unread.NOT_LET_IN),
        (says(404, LEAFLET.encode()), Unread.NOT_THERE),
        (says(503), Unread.SENT_AWAY),
        (says(204), Unread.SENT_AWAY),
        (says(200), Unread.NO_WORDS),
        (says(200, b"<html><script>draw()</script></html>"), Unread.NO_WORDS),
        (says(200, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), Unread.NO_TEXT),
        (says(200, b"PK\x03\x04 and nothing more"), Unread.UNREADABLE),
        (hangs_up, Unread.SILENT),
    ],
)
def test_whatever_keeps_us_out_is_kept_as_a_reason_and_no_text(magnet: Magnet, answer: Answer, problem: Unread) -> None:
    with serving(answer) as server:
        assert problem_of(magnet, server.url) == problem
        assert len(server.heard) == 1
    assert not read()


@pytest.mark.parametrize(("answer", "problem"), [(never_ends, Unread.TOO_LARGE), (drips, Unread.SILENT)])
def test_neither_an_endless_page_nor_a_slow_one_holds_the_worker(
    magnet: Magnet, answer: Answer, problem: Unread, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources_read, "LARGEST", 200_000)
    monkeypatch.setattr(sources_read, "PATIENCE_SECONDS", 1.0)
    with serving(answer) as server:
        assert problem_of(magnet, server.url) == problem


def test_a_stranger_with_a_certificate_of_his_own_is_not_read(magnet: Magnet) -> None:
    theirs, _trusting = certificate()
    with serving(says(200, LEAFLET.encode()), tls=theirs) as server:
        assert problem_of(magnet, f"https://hooks.example:{server.port}/") == Unread.CERTIFICATE


@pytest.mark.parametrize(
    ("address", "resolve", "words"),
    [
        ("http://127.0.0.1/secret", ["1.1.1.1"], "It leads into a private network"),
        ("http://169.254.169.254/latest", ["1.1.1.1"], "It leads into a private network"),
        ("https://intern.example/", ["1.1.1.1", "10.0.0.8"], "It leads into a private network"),
        ("https://nobody.example/", [], "There is no server of this name."),
        ("https://user:pass@public.example/", ["1.1.1.1"], "We cannot ask an address that is written like this."),
    ],
)
def test_an_address_that_may_not_be_asked_is_told_in_words_with_a_button_to_try_again(
    dora: Client,
    magnet: Magnet,
    address: str,
    resolve: list[str],
    words: str,
) -> None:
    assert problem_of(magnet, address, Outbound(lambda _name: resolve))
    seen = page(dora, magnet)
    assert words in seen
    assert "Could not be read" in seen
    assert "Read it again" in seen


def test_a_server_of_our_own_is_never_knocked_at(magnet: Magnet) -> None:
    with serving(says(200, LEAFLET.encode())) as server:
        assert problem_of(magnet, server.url, Outbound(lambda _name: ["127.0.0.1"])) == Unread.PRIVATE
        assert server.heard == []


def test_reading_again_succeeds_and_a_later_failure_keeps_what_was_read(dora: Client, magnet: Magnet) -> None:
    answers: list[Answer] = [says(503), says(200, LEAFLET.encode()), says(404)]
    with receiver(lambda _heard, before: answers[before]) as server:
        source = declared(magnet, server.url)
        again = f"/magnets/{magnet.pk}/checks/sources/{source.pk}/read"

        def try_it() -> str:
            assert read_sources(HOME, corpus=settings.FOLDER.corpus, clock=timezone.now)
            return page(dora, magnet)

        assert "The server answered with an error." in try_it()
        dora.post(again)
        dora.post(again)  # twice asks once
        seen = try_it()
        assert ("Could not be read" in seen, "44 words to compare with" in seen) == (False, True)
        dora.post(again)
        seen = try_it()
        assert ("The server says that there is no such page." in seen, "44 words to compare with" in seen) == (True, True)
        assert len(server.heard) == 3


def test_whoever_only_reads_may_not_have_an_address_asked(magnet: Magnet) -> None:
    source = declared(magnet, "https://example.org/")
    Source.objects.update(due_at=None)
    rep = signed_in("rep")
    assert rep.post(f"/magnets/{magnet.pk}/checks/sources/{source.pk}/read").status_code == 403
    assert "Read it" not in page(rep, magnet)
    assert not read()


def test_the_screen_says_it_in_polish(magnet: Magnet) -> None:
    declared(magnet, "https://example.org/")
    boss = signed_in("manager")
    User.objects.update(language="pl")
    assert "Jeszcze nieprzeczytane: zaraz przeczytamy." in page(boss, magnet)
    assert read(Outbound(lambda _name: ["10.0.0.8"]))
    seen = page(boss, magnet)
    assert "Nie udało się przeczytać" in seen
    assert "Prowadzi do prywatnej sieci" in seen
    assert "Przeczytaj jeszcze raz" in seen


def test_a_text_given_by_hand_is_not_replaced_by_what_the_address_says(dora: Client, magnet: Magnet) -> None:
    sent = {"name": "Leaflet", "address": "https://example.org/", "text": LEAFLET}
    dora.post(f"/magnets/{magnet.pk}/checks/sources", sent)
    assert not read()
    assert not services.read_again(magnet_id=magnet.pk, source_id=Source.objects.get().pk, now=MONDAY)
    assert "Read it" not in page(dora, magnet)


def test_a_source_that_was_taken_out_is_not_asked_and_one_that_came_back_is(magnet: Magnet) -> None:
    with serving(says(200, LEAFLET.encode())) as server:
        source = declared(magnet, server.url)
        services.remove_source(magnet_id=magnet.pk, source_id=source.pk, now=MONDAY)
        assert not read()
        services.restore_source(magnet_id=magnet.pk, source_id=source.pk)
        assert read()


def test_no_more_is_kept_than_may_be_pasted(magnet: Magnet) -> None:
    with serving(says(200, b"word " * (LONGEST_SOURCE_CHARACTERS // 4))) as server:
        source = declared(magnet, server.url)
        assert read()
    source.refresh_from_db()
    assert len(source.text) == LONGEST_SOURCE_CHARACTERS


def test_of_two_workers_that_see_an_address_waiting_at_once_one_reads_it(magnet: Magnet, monkeypatch: pytest.MonkeyPatch) -> None:
    declared(magnet, "https://example.org/")
    both_have_seen_it, update = threading.Barrier(2), QuerySet.update

    def after_both(rows: QuerySet[Source], **changes: object) -> int:
        both_have_seen_it.wait(20)
        return update(rows, **changes)

    def claim(_number: int) -> services.Reading | None:
        try:
            return services.claim_reading(now=MONDAY)
        finally:
            connections.close_all()

    monkeypatch.setattr(QuerySet, "update", after_both)
    with ThreadPoolExecutor(max_workers=2) as workers:
        claims = list(workers.map(claim, range(2)))
    assert sum(each is not None for each in claims) == 1


def test_what_a_dead_worker_left_is_read_by_another_and_the_late_one_changes_nothing(magnet: Magnet) -> None:
    declared(magnet, "https://example.org/")
    late = services.claim_reading(now=MONDAY)
    assert late is not None
    assert services.claim_reading(now=MONDAY + TRY_LASTS - timedelta(seconds=1)) is None
    other = services.claim_reading(now=MONDAY + TRY_LASTS)
    assert other is not None

    assert not services.keep_reading(late, text="old", now=MONDAY)
    assert services.keep_reading(other, text="new", now=MONDAY)
    assert not services.note_unread(late, because=Unread.SILENT, now=MONDAY)
    assert (Source.objects.get().text, Source.objects.get().problem) == ("new", "")


def test_words_are_found_however_deep_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "deep.html"
    path.write_text("<html><head><title>No</title><style>p {}</style>" + "<div><p>" * 60 + "Deep <b>words</b>")
    assert whole_text(path) == "Deep words"
