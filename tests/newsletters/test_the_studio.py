"""The composer at its door: what it says, refuses and undoes, for each role."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leadstone.domains.access.rules import Role
from leadstone.domains.audit.models import AuditLine
from leadstone.domains.magnets import services as magnets
from leadstone.domains.newsletters.models import Issue
from leadstone.domains.newsletters.rules import IssueState
from leadstone.domains.newsletters.services import sending
from leadstone.infra.blobs.store import BlobStore
from tests.newsletters.making import BODY, newsletter_definition
from tests.studio.conftest import Browser, admin, browser_of, company

__all__ = ["admin", "browser_of", "company"]


@pytest.fixture
def magnet_id(company: None, settings: object) -> int:
    now = timezone.now()
    made = magnets.create_from_definition(newsletter_definition(), slug="letters", by=None, now=now)
    done = magnets.publish_version(
        magnet_id=made.pk,
        slug="letters",
        blobs=BlobStore(settings.FOLDER.blobs),
        by=None,
        now=now,  # type: ignore[attr-defined]
    )
    assert done.version_id is not None, done.gaps
    return made.pk


def written(client: Client, magnet_id: int, **changes: object) -> Issue:
    client.post(reverse("issue_new"), {"newsletter": magnet_id})
    issue = Issue.objects.latest("pk")
    told = {"subject": "March", "body": BODY, "topics": ["practice"], "purpose": "newsletter", "revision": issue.revision}
    answer = client.post(reverse("issue", args=[issue.pk]), told | changes)
    assert answer.status_code == 302, answer.content.decode()
    issue.refresh_from_db()
    return issue


def send(client: Client, issue: Issue, **told: object) -> object:
    return client.post(reverse("issue_send", args=[issue.pk]), {"revision": issue.revision, **told})


def test_a_letter_is_written_seen_and_sent_and_may_be_taken_back(browser_of: Browser, magnet_id: int) -> None:
    dora = browser_of(Role.MARKETER)
    issue = written(dora, magnet_id)

    page = dora.get(reverse("issue", args=[issue.pk])).content.decode()
    assert "Ready to leave" in page
    assert "41 houses" in dora.get(reverse("issue_preview", args=[issue.pk])).content.decode()
    assert send(dora, issue).status_code == 302  # type: ignore[attr-defined]
    issue.refresh_from_db()
    assert issue.state == "scheduled"

    dora.post(reverse("issue_take_back", args=[issue.pk]))
    issue.refresh_from_db()
    assert issue.state == "draft"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"subject": ""}, "It needs a subject."),
        ({"body": " \n "}, "There is nothing in it yet."),
        ({"topics": []}, "Say what it is about"),
        ({"body": "[us](/about)"}, "A link must be a whole web address"),
        ({"body": "[us](javascript:alert(1))"}, "A link must be a whole web address"),
        ({"body": "a\u202eb"}, "characters that cannot be seen"),
    ],
)
def test_what_hinders_stands_beside_the_letter_and_stops_it(
    browser_of: Browser, magnet_id: int, changes: dict[str, object], said: str
) -> None:
    dora = browser_of(Role.MARKETER)
    issue = written(dora, magnet_id, **changes)

    assert said in dora.get(reverse("issue", args=[issue.pk])).content.decode()
    refused = send(dora, issue)
    assert refused.status_code == 422  # type: ignore[attr-defined]
    issue.refresh_from_db()
    assert issue.state == "draft"


@pytest.mark.parametrize("subject", ["March\r\nBcc: mallory@evil.example", "March\nX: y", "March\u2028Bcc: x", "March\x85Bcc: x"])
def test_a_subject_never_grows_a_header(browser_of: Browser, magnet_id: int, subject: str) -> None:
    dora = browser_of(Role.MARKETER)
    issue = written(dora, magnet_id, subject=subject)

    assert send(dora, issue).status_code == 422  # type: ignore[attr-defined]
    assert Issue.objects.get(pk=issue.pk).state == "draft"


def test_the_promise_is_kept_unless_a_manager_says_why_and_the_log_knows(browser_of: Browser, magnet_id: int) -> None:
    dora, manager = browser_of(Role.MARKETER), browser_of(Role.MANAGER)
    assert send(dora, written(dora, magnet_id)).status_code == 302  # type: ignore[attr-defined]
    second = written(dora, magnet_id)

    refused = send(dora, second)
    assert "That would break the promise" in refused.content.decode()  # type: ignore[attr-defined]
    assert send(dora, second, reason="I want to").status_code == 403  # type: ignore[attr-defined]
    assert send(manager, second, reason="The grant ends on Friday").status_code == 302  # type: ignore[attr-defined]

    second.refresh_from_db()
    assert (second.state, second.beyond_promise) == ("scheduled", "The grant ends on Friday")
    assert AuditLine.objects.filter(action="overridden", facts__issue=second.pk).count() == 1


def test_a_letter_of_the_next_month_keeps_the_promise(browser_of: Browser, magnet_id: int) -> None:
    dora = browser_of(Role.MARKETER)
    assert send(dora, written(dora, magnet_id)).status_code == 302  # type: ignore[attr-defined]
    later = (timezone.localtime() + timedelta(days=32)).strftime("%Y-%m-%dT%H:%M")

    assert send(dora, written(dora, magnet_id), at=later).status_code == 302  # type: ignore[attr-defined]


def test_nobody_saves_over_what_a_colleague_saved_meanwhile(browser_of: Browser, magnet_id: int) -> None:
    dora = browser_of(Role.MARKETER)
    issue = written(dora, magnet_id)
    stale = {"subject": "Mine", "body": "Mine", "topics": ["rules"], "revision": issue.revision - 1}

    answer = dora.post(reverse("issue", args=[issue.pk]), stale)

    assert answer.status_code == 409
    assert 'value="Mine"' in answer.content.decode()
    issue.refresh_from_db()
    assert issue.subject == "March"


def test_what_was_planned_does_not_change_and_a_draft_thrown_away_comes_back(browser_of: Browser, magnet_id: int) -> None:
    dora = browser_of(Role.MARKETER)
    issue = written(dora, magnet_id)
    dora.post(reverse("issue_remove", args=[issue.pk]))
    assert dora.get(reverse("issue", args=[issue.pk])).status_code == 404
    dora.post(reverse("issue_bring_back", args=[issue.pk]))
    send(dora, issue)

    dora.post(reverse("issue", args=[issue.pk]), {"subject": "Other", "body": "x", "revision": issue.revision})

    issue.refresh_from_db()
    assert (issue.subject, issue.state) == ("March", "scheduled")


@pytest.mark.parametrize("name", ["newsletters", "newsletters_csv"])
def test_the_list_filters_by_its_address_and_survives_any(browser_of: Browser, magnet_id: int, name: str) -> None:
    dora = browser_of(Role.MARKETER)
    written(dora, magnet_id)

    for query in ("", "?state=draft&order=subject", f"?newsletter={magnet_id}", "?state=x&newsletter=²", "?page=99999999"):
        answer = dora.get(reverse(name) + query)
        assert answer.status_code == 200
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert "March" in text.decode()


@pytest.mark.parametrize("role", [Role.REP, Role.PRIVACY_OFFICER])
def test_who_may_not_write_letters_sees_none(browser_of: Browser, magnet_id: int, role: Role) -> None:
    issue = written(browser_of(Role.MARKETER), magnet_id)
    stranger = browser_of(role)

    for name, args in (("newsletters", []), ("issue", [issue.pk]), ("issue_preview", [issue.pk])):
        assert stranger.get(reverse(name, args=args)).status_code == 403
    assert stranger.post(reverse("issue_send", args=[issue.pk]), {"revision": issue.revision}).status_code == 403


def test_markup_in_a_letter_stays_text_in_preview_and_page(browser_of: Browser, magnet_id: int) -> None:
    dora = browser_of(Role.MARKETER)
    nasty = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    issue = written(dora, magnet_id, subject=nasty, body=f'## {nasty}\n\n- [{nasty}](https://x.example/"onmouseover=alert(1))')

    for name in ("issue", "issue_preview"):
        answer = dora.get(reverse(name, args=[issue.pk]))
        assert "<script>alert" not in answer.content.decode()
        assert "<img src=x" not in answer.content.decode()
    assert "sandbox" in dora.get(reverse("issue_preview", args=[issue.pk])).headers["Content-Security-Policy"]


def test_a_letter_on_its_way_is_held_goes_on_and_is_stopped_each_said_once(browser_of: Browser, magnet_id: int) -> None:
    dora = browser_of(Role.MARKETER)
    issue = written(dora, magnet_id)
    now = timezone.now()
    told = {"at": now, "wall": "", "zone": "Europe/Warsaw", "by": issue.created_by_id, "now": now}
    assert sending.plan_issue(issue_id=issue.pk, revision=issue.revision, **told) == ()
    assert sending.begin_issue(issue_id=issue.pk, now=now)

    def act(name: str) -> str:
        return dora.post(reverse(name, args=[issue.pk]), follow=True).content.decode()

    held = act("issue_hold")
    assert "Held. What was in a worker’s hand still leaves." in held
    assert reverse("issue_go_on", args=[issue.pk]) in held
    assert "Held. What was in" not in act("issue_hold")
    assert "It goes on." in act("issue_go_on")
    act("issue_hold")
    assert "Stopped: nobody else gets it." in act("issue_stop")
    assert "It goes on." not in act("issue_go_on")
    assert Issue.objects.get().state == IssueState.STOPPED


def test_the_archive_takes_a_letter_out_and_in_again_and_offers_to_undo_it(browser_of: Browser, magnet_id: int) -> None:
    dora = browser_of(Role.MARKETER)
    issue = written(dora, magnet_id)
    Issue.objects.update(state=IssueState.SENT, in_archive=True)
    archive = reverse("issue_archive", args=[issue.pk])

    out = dora.post(archive, follow=True).content.decode()
    back = dora.post(archive, follow=True).content.decode()

    assert ("It is no longer public." in out, archive in out) == (True, True)
    assert "It is public in a moment." in back
