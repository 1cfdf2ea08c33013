"""The words of an issue stand in people's mailboxes, so the database itself keeps them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from leadstone.domains.newsletters.models import Issue
from leadstone.domains.newsletters.services import writing
from tests.newsletters.conftest import Letters
from tests.worker.conftest import MONDAY

LATER = MONDAY + timedelta(hours=1)


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "April"},
        {"preheader": "Other"},
        {"body": "Other"},
        {"topics": ["rules"]},
        {"purpose": "offers"},
        {"number": 7},
        {"mailing_id": None},
        {"begun_at": None},
    ],
)
def test_the_database_refuses_to_change_an_issue_that_was_sent(letters: Letters, change: dict[str, object]) -> None:
    letters.subscribe("ann@home.example")
    issue = letters.write()
    letters.send(issue, at=LATER)

    with pytest.raises(IntegrityError, match="sent"), transaction.atomic():
        Issue.objects.filter(pk=issue).update(**change)

    assert Issue.objects.get().subject == "March"


def test_the_database_refuses_to_delete_an_issue_that_was_sent(letters: Letters) -> None:
    issue = letters.write()
    letters.send(issue, at=LATER)

    with pytest.raises(IntegrityError, match="sent"), transaction.atomic():
        Issue.objects.filter(pk=issue)._raw_delete("default")

    assert Issue.objects.filter(pk=issue).exists()


def test_a_draft_may_change_and_what_was_sent_may_leave_the_archive(letters: Letters) -> None:
    draft, sent = letters.write(), letters.write(topics=("rules",))
    letters.send(sent, at=LATER)

    assert Issue.objects.filter(pk=draft).update(subject="April") == 1
    assert writing.show_in_archive(issue_id=sent, shown=False, now=LATER)
    assert not Issue.objects.get(pk=sent).in_archive
