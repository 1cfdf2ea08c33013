"""Whom the words of a search, or a tag, may mean: a bounded set of leads, so that a list need not look at every row."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from leadstone.domains.companies import queries as companies
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.leads.models import Lead
from leadstone.infra.text_index import MOST_FOUND


@dataclass(frozen=True, slots=True)
class Candidates:
    """Leads by id. `whole`: every lead that matches is one of them; else they are some of many thousands."""

    lead_ids: set[int]
    whole: bool


def candidates(words: Sequence[str]) -> Candidates:
    """The leads that may match these folded words, at most eight queries.

    A word may stand in a person's text or in their company's. So a match is a lead of a person who has all of the words, or of
    a company that has one of them; and also, whatever the others are, a lead of a person or company that has the longest one.
    """
    first = _of(people=words, firms=words)
    longest = [max(words, key=len)]
    if first.whole or longest == list(words):
        return first
    second = _of(people=longest, firms=longest)
    return second if second.whole else first


def called(tag: str) -> Candidates:
    """The leads whose person is called so, two queries."""
    people = contacts.people_called(tag)
    found = _standing(contact__in=people.ids)
    return Candidates(found, whole=people.whole and len(found) <= MOST_FOUND)


def _of(*, people: Sequence[str], firms: Sequence[str]) -> Candidates:
    named, employed = contacts.people_found(people), companies.companies_found(firms)
    found = _standing(contact__in=named.ids) | _standing(company__in=employed.ids)
    return Candidates(found, whole=named.whole and employed.whole and len(found) <= MOST_FOUND)


def _standing(**whose: Collection[int]) -> set[int]:
    leads = Lead.objects.filter(ended_at=None, **whose).order_by()
    return set(leads.values_list("pk", flat=True)[: MOST_FOUND + 1])
