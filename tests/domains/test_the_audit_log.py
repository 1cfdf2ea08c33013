"""S9: what staff read and took out is written down at once, chained soon after, and cannot be changed unseen."""

from datetime import UTC, date, timedelta, timezone

import pytest
from django.db import DatabaseError, connection, transaction

from leadstone.domains.audit import queries, services
from leadstone.domains.audit.models import AuditHead, AuditLine
from leadstone.domains.audit.rules import Action, AuditFilter, Break, Subject
from tests.cast import MONDAY

pytestmark = pytest.mark.django_db


def written(number: int, *, by: int = 1, action: Action = Action.READ) -> None:
    for minute in range(number):
        services.note(
            actor_id=by,
            action=action,
            subject=Subject.LEAD,
            subject_id=minute + 1,
            facts={"rows": minute, "list": "leads"},
            now=MONDAY + timedelta(minutes=minute, microseconds=7),
        )


def tamper(statement: str) -> None:
    """Change the table as somebody would who owns the database: with the triggers off."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_auditline DISABLE TRIGGER audit_line_keeps")
            cursor.execute(statement)
            cursor.execute("ALTER TABLE audit_auditline ENABLE TRIGGER audit_line_keeps")
        else:
            cursor.execute("DROP TRIGGER audit_line_keeps_update")
            cursor.execute("DROP TRIGGER audit_line_keeps_delete")
            cursor.execute(statement)


def test_lines_wait_for_their_place_and_the_chain_then_holds() -> None:
    written(5)
    assert queries.verify().waiting == 5
    end = services.chain(limit=3)
    assert end is not None
    assert (end.sequence, end.more) == (3, True)
    services.chain()
    state = queries.verify()
    assert (state.intact, state.lines, state.checked, state.waiting) == (True, 5, 5, 0)
    assert state.since == MONDAY + timedelta(microseconds=7)
    assert services.chain() is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditline SET actor_id = 2 WHERE sequence = 2",
        "UPDATE audit_auditline SET sequence = NULL WHERE sequence = 2",
        "UPDATE audit_auditline SET sequence = 99, actor_id = 2 WHERE sequence IS NULL",
        "UPDATE audit_auditline SET facts = '{}' WHERE sequence IS NULL",
        "DELETE FROM audit_auditline WHERE sequence = 3",
        "DELETE FROM audit_auditline WHERE sequence IS NULL",
    ],
)
def test_the_database_refuses_to_change_or_delete_a_line(statement: str) -> None:
    written(3)
    services.chain()
    written(1)
    before = list(AuditLine.objects.order_by("pk").values())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(AuditLine.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    ("statement", "wrong", "at"),
    [
        ("UPDATE audit_auditline SET subject_id = 9 WHERE sequence = 2", Break.CHANGED_LINE, 2),
        ("DELETE FROM audit_auditline WHERE sequence = 2", Break.MISSING_LINE, 2),
        ("DELETE FROM audit_auditline WHERE sequence = 4", Break.MISSING_END, 4),
        ("DELETE FROM audit_auditline", Break.MISSING_END, 1),
    ],
)
def test_who_owns_the_database_cannot_change_a_line_unseen(statement: str, wrong: Break, at: int) -> None:
    written(4)
    services.chain()
    tamper(statement)
    state = queries.verify()
    assert (state.broken, state.broken_at) == (wrong, at)


def test_a_line_that_was_written_again_with_a_fitting_hash_breaks_the_next_one() -> None:
    written(4)
    services.chain()
    forged = AuditLine.objects.get(sequence=2)
    forged.subject_id = 9
    own = queries.hash_of(queries.entry_of(forged), previous=forged.previous)
    tamper(f"UPDATE audit_auditline SET subject_id = 9, hash = '{own}' WHERE sequence = 2")
    state = queries.verify()
    assert (state.broken, state.broken_at) == (Break.BROKEN_CHAIN, 3)


def test_the_newest_lines_can_be_looked_at_alone() -> None:
    written(6)
    services.chain()
    assert queries.verify(newest=2).checked == 2
    tamper("UPDATE audit_auditline SET subject_id = 9 WHERE sequence = 2")
    assert queries.verify(newest=2).intact
    assert queries.verify(newest=5).broken_at == 2
    AuditHead.objects.update(hash="f" * 64)
    assert queries.verify(newest=2).broken is Break.MISSING_END


def test_lines_are_found_by_person_action_subject_and_day_of_the_reader() -> None:
    written(3)
    written(2, by=2, action=Action.EXPORTED)
    services.note(actor_id=None, action=Action.ACCOUNT_RESET, subject=Subject.USER, subject_id=1, now=MONDAY)

    def found(chosen: AuditFilter, *, hours: int = 0) -> int:
        zone = timezone(timedelta(hours=hours)) if hours else UTC
        page = queries.line_page(chosen, zone=zone)
        assert len(list(queries.each_line(chosen, zone=zone))) == page.count == len(page.lines)
        return page.count

    assert found(AuditFilter()) == 6
    assert found(AuditFilter(actor_id=2)) == 2
    assert found(AuditFilter(by_the_house=True)) == 1
    assert found(AuditFilter(action=Action.READ, subject=Subject.LEAD, subject_id=1)) == 1
    assert found(AuditFilter(since=MONDAY.date(), until=MONDAY.date())) == 6
    assert found(AuditFilter(until=MONDAY.date() - timedelta(days=1))) == 0
    assert found(AuditFilter(since=MONDAY.date()), hours=-10) == 0
    assert found(AuditFilter(until=date.max)) == 6


def test_pages_follow_each_other_without_a_gap() -> None:
    written(7)
    pages = [queries.line_page(AuditFilter(), zone=UTC, page=number, size=3) for number in (1, 2, 3, 4)]
    assert [line.subject_id for page in pages for line in page.lines] == [7, 6, 5, 4, 3, 2, 1]
    assert [page.has_next for page in pages] == [True, True, False, False]
