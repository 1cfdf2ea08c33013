"""Forms on pages of one's own: the hosts that may show them, and what is pasted there."""

import re
from html import unescape

import msgspec
import pytest
from django.conf import settings
from django.test import Client

from leadstone.domains.access.models import User
from leadstone.domains.audit.models import AuditLine
from leadstone.domains.inbound.models import AllowedHost
from leadstone.domains.inbound.queries import allowed_hosts
from leadstone.domains.inbound.rules.hosts import HostError, ReadHost, read_host
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.models import Magnet
from leadstone.domains.magnets.offering import begins_with_a_time
from leadstone.flows.bundle_published import publish_bundle
from leadstone.project.demo.quiz import QUIZ
from leadstone.wire.bundle import Bundle
from leadstone.wire.pages.areas.embeds import snippets
from tests.campaigns.cast import campaign, link_to
from tests.cast import Guide
from tests.edge.installation import guide as definition
from tests.inbound.test_the_studio import doras, text
from tests.studio.conftest import company

__all__ = ["company", "doras"]


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("www.Firma.pl", "www.firma.pl"),
        (" firma.example. ", "firma.example"),
        ("żółw.pl", "xn--w-uga1v8h.pl"),
        ("localhost", "localhost"),
        ("localhost:3000", "localhost:3000"),
        ("127.0.0.1:8080", "127.0.0.1:8080"),
    ],
)
def test_a_host_is_read_as_people_type_it(typed: str, host: str) -> None:
    assert read_host(typed) == ReadHost(host)


@pytest.mark.parametrize(
    ("typed", "error", "instead"),
    [
        ("", HostError.EMPTY, ""),
        ("https://www.firma.pl/kontakt", HostError.WHOLE_ADDRESS, "www.firma.pl"),
        ("firma.pl/kontakt", HostError.WHOLE_ADDRESS, "firma.pl"),
        ("https://[::1", HostError.WHOLE_ADDRESS, ""),
        ("firma.pl:8443", HostError.PORT, "firma.pl"),
        ("localhost:99999", HostError.PORT, ""),
        ("*.firma.pl", HostError.NOT_A_HOST, ""),
        ("*", HostError.NOT_A_HOST, ""),
        ("firma", HostError.NOT_A_HOST, ""),
        ("firma.pl; script-src *", HostError.NOT_A_HOST, ""),
        ("firma.pl\r\nx", HostError.NOT_A_HOST, ""),
        ("10.0.0.7", HostError.NOT_A_HOST, ""),
        ("straße.example", HostError.NOT_A_HOST, ""),  # to a browser not strasse.example
        ("fir\u200dma.example", HostError.NOT_A_HOST, ""),
        ("a" * 64 + ".pl", HostError.NOT_A_HOST, ""),
        (("a" * 60 + ".") * 5 + "pl", HostError.NOT_A_HOST, ""),
    ],
)
def test_what_is_no_host_says_why_and_what_was_meant(typed: str, error: HostError, instead: str) -> None:
    assert read_host(typed) == ReadHost(error=error, instead=instead)


@pytest.mark.django_db
def test_a_host_is_allowed_published_audited_and_taken_off_again(doras: Client, dora: User, guide: Guide) -> None:
    allowed = doras.post(f"/ways-in/pages/allow?magnet={guide.magnet_id}&lang=en", {"host": "WWW.firma.example"})
    assert allowed.headers["Location"] == f"/ways-in/pages?magnet={guide.magnet_id}&lang=en"
    doras.post("/ways-in/pages/allow", {"host": "www.firma.example"})

    row = AllowedHost.objects.get()
    assert (row.host, row.added_by_id) == ("www.firma.example", dora.pk)
    page = text(doras.get("/ways-in/pages"))
    assert "www.firma.example" in page
    assert 'action="/ways-in/pages/forbid/www.firma.example"' in page
    assert published().hosts == ("www.firma.example",)

    taken = text(doras.post("/ways-in/pages/forbid/www.firma.example", follow=True))
    assert allowed_hosts() == ()
    assert 'action="/ways-in/pages/allow/www.firma.example"' in taken
    assert published().hosts == ()
    doras.post("/ways-in/pages/allow/www.firma.example")
    assert allowed_hosts() == ("www.firma.example",)
    told = [line.facts["how"] for line in AuditLine.objects.filter(action="door_changed", actor_id=dora.pk).order_by("pk")]
    assert told == ["host_allowed", "host_forbidden", "host_allowed"]


def published() -> Bundle:
    publish_bundle(settings.FOLDER, public_url="http://127.0.0.1:8110", studio_url="http://127.0.0.1:8111")
    return msgspec.json.decode((settings.FOLDER.bundle / "manifest.json").read_bytes(), type=Bundle)


@pytest.mark.django_db
def test_what_is_no_host_is_refused_beside_its_field(doras: Client) -> None:
    for wrong in ("", "https://www.firma.example/kontakt", "*.firma.example", "x" * 400):
        refused = doras.post("/ways-in/pages/allow", {"host": wrong})
        assert refused.status_code == 422
        assert text(refused).count('aria-invalid="true"') == 1
    assert "www.firma.example?" in text(doras.post("/ways-in/pages/allow", {"host": "https://www.firma.example/x"}))
    assert doras.post("/ways-in/pages/allow/no host").status_code == 302
    assert allowed_hosts() == ()


@pytest.mark.django_db
def test_what_is_pasted_names_the_magnet_the_language_and_the_link_that_were_chosen(doras: Client, guide: Guide) -> None:
    slug, code = magnets.magnet(guide.magnet_id).slug, link_to(guide, campaign()).code

    page = doras.get(f"/ways-in/pages?magnet={guide.magnet_id}&lang=en&via={code}")
    script, frame, plain = (unescape(each) for each in re.findall(r"<textarea[^>]*>([^<]*)</textarea>", text(page)))
    public = settings.ENVIRONMENT.public_url
    assert f'<script src="{public}/s/embed.js" data-magnet="{slug}"' in script
    assert f'data-lang="en" data-via="{code}" async></script>' in script
    assert f'<iframe src="{public}/m/{slug}/embed?lang=en&amp;via={code}"' in frame
    assert f'<form method="post" action="{public}/m/{slug}?lang=en&amp;via={code}"' in plain
    assert 'name="email" autocomplete="email" required' in plain
    assert "On the next page" in plain
    assert "Na następnej stronie" in text(doras.get(f"/ways-in/pages?magnet={guide.magnet_id}&lang=pl"))


@pytest.mark.django_db
def test_nonsense_in_the_address_shows_the_first_magnet(doras: Client, guide: Guide) -> None:
    for magnet in ("99999", "x", "-1", ""):
        page = text(doras.get(f"/ways-in/pages?magnet={magnet}&lang=xx&via=%3Cnothing-like-it%3E"))
        assert f'data-magnet="{guide.slug}"' in unescape(page)
        assert "data-via" not in unescape(page)


@pytest.mark.django_db
def test_the_page_of_a_published_magnet_leads_there(doras: Client, guide: Guide) -> None:
    Magnet.objects.filter(pk=guide.magnet_id).update(draft=msgspec.to_builtins(guide.definition))

    assert f'href="/ways-in/pages?magnet={guide.magnet_id}"' in text(doras.get(f"/magnets/{guide.magnet_id}/"))


@pytest.mark.django_db
def test_without_a_magnet_the_page_says_what_comes_first(doras: Client) -> None:
    assert 'href="/magnets/"' in text(doras.get("/ways-in/pages")).partition('id="paste"')[2]


def test_no_word_of_a_magnet_breaks_out_of_what_is_pasted() -> None:
    hostile = definition(title='"><script>alert(1)</script>', button="</button><b>")
    place = snippets.Place(public_url="https://l.example/", slug="guide", definition=hostile, language="en")

    for made in (snippets.script(place), snippets.frame(place), snippets.plain_form(place)):
        assert "<script>" not in made
        assert "<b>" not in made
        assert "style" not in made
        assert not re.search(r"\son\w+=|javascript:", made)


def test_a_quiz_in_plain_html_is_a_button_that_leads_to_its_first_question() -> None:
    place = snippets.Place(
        public_url="https://l.example", slug="quiz", definition=QUIZ, language="pl", link="ABC", asks_first=True
    )

    assert not begins_with_a_time(QUIZ)
    made = snippets.plain_form(place)
    assert made.startswith('<form action="https://l.example/m/quiz">')
    assert 'name="via" value="ABC"' in made
    assert "email" not in made
