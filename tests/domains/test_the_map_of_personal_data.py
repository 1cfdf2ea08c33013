"""Every column of every table is declared, and what is declared is what an erasure reaches."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from leadstone.domains.access.models import User
from leadstone.domains.capture.models import Submission
from leadstone.domains.consent import queries as consent
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.contacts.models import Contact
from leadstone.domains.delivery.models import Message
from leadstone.domains.leads.models import Lead
from leadstone.domains.leads.rules import Basis
from leadstone.domains.pipeline.services import record_deal
from leadstone.domains.privacy import services as privacy
from leadstone.domains.privacy.rules import Erased, Whose, kept_until
from leadstone.domains.privacy.rules.data_map import DATABASE, EDGE_STATE, JOURNAL, TEXT_INDEX
from leadstone.domains.sources.rules import ChannelType
from leadstone.edge.state import EdgeState
from leadstone.flows.exchange_undone import exchanges_undone
from leadstone.flows.lead_added import add_lead
from leadstone.flows.reactions import REACTIONS
from leadstone.infra.mail.maildir import mail_id_of
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.language import Language
from leadstone.kernel.money import Currency
from leadstone.wire.definition import Channel
from leadstone.wire.journal import connect_sqlite, open_journal
from leadstone.wire.records import ExchangeUndone, Origin
from tests.cast import MONDAY, NEWSLETTER, Guide, Visitor, ask, confirm, form, leave, published, receive, visitor

pytestmark = pytest.mark.django_db

MARK = "zyxwqmark"


def real_columns() -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for column in connection.introspection.get_table_description(cursor, table):
                yield table, column.name


def file_columns(path: Path) -> set[tuple[str, str]]:
    found = set()
    with sqlite3.connect(path) as file:
        for (table,) in file.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall():
            found |= {(table, row[1]) for row in file.execute(f"PRAGMA table_info({table})")}
    return found


def declared(tables: dict[str, object]) -> set[tuple[str, str]]:
    return {(name, column) for name, table in tables.items() for column in (*table.plain, *table.personal)}  # type: ignore[attr-defined]


def test_every_column_of_the_database_is_declared_and_nothing_else() -> None:
    beside = TEXT_INDEX if connection.vendor == "sqlite" else {}
    assert set(real_columns()) == declared({**DATABASE, **beside})


def test_every_column_of_the_journal_and_of_the_edge_is_declared(tmp_path: Path) -> None:
    journal, _ = open_journal(tmp_path / "journal", connect=connect_sqlite)
    journal.close()
    assert file_columns(tmp_path / "journal") == declared(dict(JOURNAL))
    EdgeState(tmp_path / "edge", key=b"k" * 32)
    assert file_columns(tmp_path / "edge") == declared(dict(EDGE_STATE))


def test_no_column_is_both_plain_and_personal() -> None:
    for table in (*DATABASE.values(), *TEXT_INDEX.values(), *JOURNAL.values(), *EDGE_STATE.values()):
        assert not table.plain & set(table.personal)


def test_what_is_to_be_erased_by_person_can_be_found_by_person() -> None:
    by_itself = {Erased.STAYS, Erased.RUNS_OUT, Erased.BY_ACCOUNT}
    for name, table in DATABASE.items():
        if table.whose is Whose.VISITOR and {column.erased for column in table.personal.values()} - by_itself:
            model = next(m for m in apps.get_models(include_auto_created=True) if m._meta.db_table == name)
            assert not model._default_manager.filter(**{table.subject: 1}).exists(), name


@pytest.fixture
def marked(guide: Guide, emil: User) -> Visitor:
    """Somebody whose every value bears the mark, in every table that can hold one."""
    email = f"{MARK}@{MARK}.example.com"
    record = form(
        guide,
        email,
        name=f"{MARK} Nowak",
        phone="+48 601 234 567",
        company=f"{MARK} sp. z o.o.",
        question=f"{MARK}?",
        ticked=[NEWSLETTER.key],
        origin=Origin(source=MARK, campaign=MARK, referrer_host=f"{MARK}.com"),
    )
    receive(record, form(guide, email, name=MARK, suspicion="honeypot"))
    who = visitor(guide, email, ref=record.ref)
    confirm(who)
    outbox.react(REACTIONS, now=MONDAY)
    Message.objects.update(subject=MARK)
    lead = Lead.objects.get()
    record_deal(lead_id=lead.pk, title=MARK, amount_minor=1, currency=Currency.PLN, by=emil.pk, now=MONDAY)
    lead.changes.create(before="new", after="working", at=MONDAY, note=MARK)
    Lead.objects.update(where_met=MARK)
    return who


def places_of(mark: str) -> set[str]:
    """The columns that hold `mark` anywhere in the database."""
    found = set()
    with connection.cursor() as cursor:
        for table, column in real_columns():
            quoted = connection.ops.quote_name(column)
            cursor.execute(f"SELECT count(*) FROM {table} WHERE lower(CAST({quoted} AS text)) LIKE %s", [f"%{mark}%"])
            if cursor.fetchone()[0]:
                found.add(f"{table}.{column}")
    return found


def test_the_mark_reaches_every_table_that_the_erasure_must_reach(marked: Visitor) -> None:
    tables = {place.partition(".")[0] for place in places_of(MARK)}
    assert tables >= {
        "capture_submission",
        "companies_company",
        "consent_consentevidence",
        "contacts_contact",
        "contacts_contactpoint",
        "contacts_maildomain",
        "contacts_statement",
        "delivery_message",
        "leads_lead",
        "leads_statuschange",
        "pipeline_deal",
        "tracking_touch",
    }


def test_after_an_erasure_nothing_of_the_person_is_found_anywhere(marked: Visitor) -> None:
    privacy.erase_contact(marked.contact_id, now=MONDAY)
    assert places_of(MARK) == set()
    assert places_of("601 234 567") | places_of("601234567") == set()


def test_an_erasure_reaches_the_local_mailbox_and_leaves_the_mail_of_others(marked: Visitor, ann: Visitor) -> None:
    outbox.react(REACTIONS, now=MONDAY)
    folder: Path = settings.FOLDER.mail / "new"
    folder.mkdir(parents=True, exist_ok=True)
    keys = dict(Message.objects.values_list("contact_id", "key"))
    for key in keys.values():
        (folder / mail_id_of(key)).write_text(f"To: {MARK}")
    privacy.erase_contact(marked.contact_id, now=MONDAY)
    outbox.react(REACTIONS, now=MONDAY)
    assert [path.name for path in folder.iterdir()] == [mail_id_of(keys[ann.contact_id])]


def test_an_erasure_leaves_the_ledger_intact_the_counts_equal_and_a_stop_behind(marked: Visitor) -> None:
    mailbox = contacts.mailboxes([marked.contact_id])[marked.contact_id]
    before = Submission.objects.count(), Lead.objects.count(), Message.objects.count()
    privacy.erase_contact(marked.contact_id, now=MONDAY)
    privacy.erase_contact(marked.contact_id, now=MONDAY + timedelta(days=1))
    assert (Submission.objects.count(), Lead.objects.count(), Message.objects.count()) == before
    assert consent.verify_ledger().intact
    assert consent.stops_in_force([mailbox.address_hash], channel=Channel.EMAIL)
    assert contacts.count_contacts() == 0


def test_an_erasure_touches_nobody_else(marked: Visitor, ann: Visitor) -> None:
    def rows(who: Visitor) -> str:
        return json.dumps(
            [list(Contact.objects.filter(pk=who.contact_id).values()), str(contacts.statements_of([who.contact_id]))], default=str
        )

    before = rows(ann)
    privacy.erase_contact(marked.contact_id, now=MONDAY)
    assert rows(ann) == before


def test_undoing_the_only_exchange_forgets_the_person(guide: Guide) -> None:
    who = ask(guide, f"{MARK}@{MARK}.example.com", name=MARK, company=MARK, ticked=[NEWSLETTER.key])
    confirm(who)
    exchanges_undone([ExchangeUndone(at=0, grant_key=str(who.grant_key))], now=MONDAY)
    assert places_of(MARK) == set()
    assert Lead.objects.filter(ended_at=None).count() == 0
    assert consent.permissions_of([who.contact_id])[who.contact_id].popitem()[1] == "withdrawn"
    assert consent.verify_ledger().intact


def test_undoing_one_of_two_exchanges_forgets_only_what_was_said_there(guide: Guide) -> None:
    first = ask(guide, "ann@example.com", name="Ann", question=MARK, ticked=[NEWSLETTER.key])
    other = published()
    second = ask(other, "ann@example.com", name="Ann")
    confirm(second)
    exchanges_undone([ExchangeUndone(at=0, grant_key=str(first.grant_key))], now=MONDAY)
    assert places_of(MARK) == set()
    assert contacts.mailboxes([second.contact_id])[second.contact_id].value == "ann@example.com"
    assert list(Lead.objects.filter(ended_at=None).values_list("magnet_id", flat=True)) == [other.magnet_id]


def test_undoing_keeps_what_a_colleague_knows(guide: Guide, emil: object) -> None:
    lead_id = add_lead(
        name="Ann",
        email="ann@example.com",
        phone="",
        company="",
        channel=ChannelType.TRADE_FAIR,
        where_met="Poznań",
        basis=Basis.GAVE_CARD,
        by=emil.pk,  # type: ignore[attr-defined]
        language=Language.ENGLISH,
        now=MONDAY,
    )
    who = ask(guide, "ann@example.com")
    exchanges_undone([ExchangeUndone(at=0, grant_key=str(who.grant_key))], now=MONDAY)
    assert list(Lead.objects.filter(ended_at=None).values_list("pk", flat=True)) == [lead_id]
    assert Contact.objects.get(pk=who.contact_id).name == "Ann"


def test_what_the_contract_says_is_kept_and_not_a_day_longer(guide: Guide) -> None:
    who = ask(guide, "ann@example.com", name=MARK)
    assert privacy.forget_what_is_due(now=MONDAY + timedelta(days=364)) == 0
    assert places_of(MARK)
    assert privacy.forget_what_is_due(now=MONDAY + timedelta(days=366)) == 1
    assert places_of(MARK) == set()
    assert contacts.mailboxes([who.contact_id]) == {}


def test_who_agreed_to_letters_is_kept_though_the_form_is_forgotten(ann: Visitor) -> None:
    assert privacy.forget_what_is_due(now=MONDAY + timedelta(days=366)) == 1
    assert Submission.objects.get().payload is None
    assert contacts.mailboxes([ann.contact_id])
    leave(ann)


def test_months_end_on_the_last_day_of_a_shorter_month() -> None:
    assert kept_until(MONDAY.replace(month=8, day=31), months=6).isoformat()[:10] == "2027-02-28"
    assert kept_until(MONDAY, months=12) == MONDAY.replace(year=2027)
