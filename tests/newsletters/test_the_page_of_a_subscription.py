"""What a subscriber's link shows, and the choice of other topics there."""

import re
from datetime import timedelta

from leadstone.domains.newsletters.models import Subscription
from tests.newsletters.conftest import Letters
from tests.portal.test_my import Visitor, visitor
from tests.worker.conftest import MONDAY

__all__ = ["visitor"]


def link_of(letters: Letters) -> str:
    return f"/d/{letters.confirm_token(letters.mails()[0]).opens}"


def boxes(page: str) -> dict[str, bool]:
    """Topic → whether it is ticked."""
    found = re.findall(r'<input type="checkbox" name="topic" value="([^"]*)"( checked)?>', page)
    return {key: bool(checked) for key, checked in found}


def test_a_reader_sees_the_topics_that_they_read_and_those_that_they_could(letters: Letters, visitor: Visitor) -> None:
    letters.subscribe("ann@home.example", "practice")

    status, page = visitor.get(link_of(letters))

    assert status == 200
    assert boxes(page) == {"practice": True, "rules": False}


def test_other_topics_are_read_from_now_on(letters: Letters, visitor: Visitor) -> None:
    letters.subscribe("ann@home.example", "practice")

    status, location = visitor.post(f"{link_of(letters)}/letters", {"topic": "rules"})

    assert status == 303
    assert location.startswith("/d/")
    assert list(Subscription.objects.values_list("topic", flat=True)) == ["rules"]
    visitor.now = MONDAY + timedelta(minutes=1)
    assert boxes(visitor.get(link_of(letters))[1]) == {"practice": False, "rules": True}
