"""What is found through the index is what looking at every row would find, and nothing of an erased person stays in it."""

import random
from typing import Any

import pytest
from django.db import connection

from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.companies import services as companies
from leadstone.domains.companies.models import Company
from leadstone.domains.contacts import services as contacts
from leadstone.domains.contacts.models import Contact
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads.rules import LeadFilter, Order
from leadstone.domains.privacy import services as privacy
from leadstone.infra import text_index
from leadstone.kernel.folding import fold
from leadstone.kernel.ids import new_key
from tests.cast import MONDAY, Guide, ask

pytestmark = pytest.mark.django_db

LETTERS = "aąbcłśż019 @.-+\"'*()^:%_\\ßNEARANDORÉ"


def person(text: str) -> Contact:
    return Contact.objects.create(key=new_key(), name=text[:200], search=fold(text), created_at=MONDAY)


def found(*words: str) -> set[int]:
    return set(text_index.with_all([fold(word) for word in words], model=Contact).ids)


def test_the_index_finds_what_looking_at_every_row_finds() -> None:
    chance = random.Random(1)
    people = [person("".join(chance.choices(LETTERS, k=chance.randint(0, 40)))) for _ in range(200)]
    for _ in range(400):
        text = chance.choice(people).search
        start = chance.randrange(len(text) + 1)
        words = [word for word in text[start : start + chance.randint(1, 9)].split() if word]
        if not words:
            continue
        scanned_all = {each.pk for each in people if all(word in each.search for word in words)}
        scanned_any = {each.pk for each in people if any(word in each.search for word in words)}
        assert set(text_index.with_all(words, model=Contact).ids) == scanned_all, words
        assert set(text_index.with_any(words, model=Contact).ids) == scanned_any, words


@pytest.mark.parametrize(
    "word", ['ann"', '"ann"', "ann*", "*ann", "NEAR(", "ann OR", "-ann", "^ann", "ann:", "a\\b", "'--", "%ann%", "_nn"]
)
def test_what_means_something_to_the_index_is_only_text(word: str) -> None:
    person("Ann Nowak")
    holder = person(f"x {word} y")
    assert found(*word.split()) == {holder.pk}


def test_a_person_is_found_by_any_part_in_any_spelling() -> None:
    jan = person("Jan Żółć Łódź 601 234 567 601234567 jan.zolc@młyn.pl")
    for part in ("łódź", "LODZ", "odz", "żół", "123456", "601234567", "zolc@ml", "ó"):
        assert found(part) == {jan.pk}, part
    assert found("lodz", "jan") == {jan.pk}
    assert found("lodz", "ewa") == set()


def test_the_index_follows_every_change() -> None:
    ann = person("Ann Kowalska")
    Contact.objects.filter(pk=ann.pk).update(search="ann nowak")
    assert (found("kowalska"), found("nowak")) == (set(), {ann.pk})
    Contact.objects.filter(pk=ann.pk).update(name="Other")
    assert found("nowak") == {ann.pk}
    Contact.objects.filter(pk=ann.pk).delete()
    assert found("nowak") == set()


def test_of_a_word_that_thousands_have_only_so_many_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_index, "MOST_FOUND", 3)
    for _ in range(3):
        person("Ann Nowak")
    assert text_index.with_all(["nowak"], model=Contact).whole
    person("Ann Nowak")
    many = text_index.with_all(["nowak"], model=Contact)
    assert (len(many.ids), many.whole) == (3, False)


@pytest.mark.parametrize("most", [0, 1, 2, 1000])
@pytest.mark.parametrize("order", Order)
def test_a_list_is_the_same_however_many_the_index_gives(
    guide: Guide, monkeypatch: pytest.MonkeyPatch, most: int, order: Order
) -> None:
    ask(guide, "jan@zaklad.com.pl", name="Jan Nowak")
    ask(guide, "ewa@zaklad.com.pl", name="Ewa Nowak")
    ask(guide, "ola@example.com", name="Ola Zaklad")
    monkeypatch.setattr(text_index, "MOST_FOUND", most)
    monkeypatch.setattr(leads.searching, "MOST_FOUND", most)

    def shown(search: str) -> set[str]:
        page = leads.lead_page(LeadFilter(search=search, order=order), reader=THE_HOUSE)
        assert page.count.number <= len(page.lines)
        assert page.count.number == len(page.lines) or not page.count.exact
        return {line.name for line in page.lines}

    assert shown("zaklad") == {"Jan Nowak", "Ewa Nowak", "Ola Zaklad"}
    assert shown("nowak zaklad") == {"Jan Nowak", "Ewa Nowak"}
    assert shown("jan zaklad.com") == {"Jan Nowak"}
    assert shown("jan ewa") == set()


def test_nothing_of_an_erased_person_or_of_their_company_stays_in_the_index(guide: Guide) -> None:
    who = ask(guide, "jan@qxzaklad.com.pl", name="Jan Qxwyz", company="Qxmill")
    tidy()  # what is in a segment of the index on the disk does not leave it by itself
    privacy.erase_contact(who.contact_id, now=MONDAY)
    assert found("qxwyz") == set()
    assert text_index.with_any(["qxzaklad"], model=Company).ids == []
    assert remains("wyz") == (connection.vendor == "sqlite")
    tidy()
    assert not remains("wyz")


def tidy() -> None:
    contacts.tidy_search()
    companies.tidy_search()


def remains(trigram: str) -> bool:
    """Whether the index itself still knows a text with these three letters (PostgreSQL: its vacuum sees to that)."""
    if connection.vendor != "sqlite":
        return Contact.objects.filter(search__contains=trigram).exists()
    with connection.cursor() as cursor:
        blocks: list[Any] = []
        for table in ("contacts_contact_text", "companies_company_text"):
            cursor.execute(f"SELECT block FROM {table}_data UNION ALL SELECT CAST(c0 AS blob) FROM {table}_content")
            blocks += [bytes(row[0]) for row in cursor.fetchall()]
    # A page keeps of each term what differs from the one before, so that the last letters alone may stand there.
    return any(trigram.encode() in block or trigram[1:].encode() in block for block in blocks)
