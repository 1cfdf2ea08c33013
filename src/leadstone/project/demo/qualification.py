"""What the salespeople have established so far, whom they come back to today, and the one prospect that was waved through."""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads import services as leads_services
from leadstone.domains.leads.queries import LeadLine
from leadstone.domains.leads.rules import Because, LeadFilter, Status
from leadstone.domains.qualification import queries, services

BEGUN = 24  # leads in talks of which something is established
BACK_TODAY = 3
# What people said, by the point that it establishes. (Polish, for the leads are.)
SAID: Mapping[str, Sequence[str]] = {
    "intent": (
        "Chce wymienić kocioł przed następną zimą, pyta o kolejność prac.",
        "Decyzja zapadła na zebraniu, szukają wykonawcy.",
        "Kocioł ma 19 lat, drugi raz naprawiać nie będzie.",
    ),
    "interest": (
        "Pyta o audyt i co dokładnie w nim jest.",
        "Prosi o przykład raportu z audytu dla podobnego domu.",
    ),
    "need": ("Rachunki za gaz 11 200 zł rocznie przy 140 m².", "Dwie łazienki, ciepłej wody brakuje wieczorem."),
    "budget": ("Odłożone 40 tys., reszta z dotacji.", "Zmieści się w 60 tys., jeśli dotacja przejdzie."),
    "authority": ("Decyduje razem z żoną, oboje byli przy rozmowie.",),
    "time": ("Najpóźniej do września, przed sezonem.",),
}
WAVED_THROUGH = "Zarząd zdecydował przy nas na targach; potwierdzenie na piśmie przyślą w przyszłym tygodniu."


def receipts_and_returns(*, emil: int, admin: int, chance: random.Random, now: datetime) -> None:
    """Fill checklists in part, bring a few leads back today, and let a manager override once, with a reason."""
    working = leads.lead_page(LeadFilter(status=Status.WORKING, owner_id=emil), reader=THE_HOUSE, size=BEGUN + 1).lines
    for line in working[:BEGUN]:
        _establish(line, by=emil, chance=chance, now=now)
    for line in working[BEGUN:]:
        services.override_promotion(lead_id=line.lead_id, reason=WAVED_THROUGH, by=admin, now=now - timedelta(hours=4))
    _bring_back(by=emil, now=now)


def _establish(line: LeadLine, *, by: int, chance: random.Random, now: datetime) -> None:
    """One to three points; never both of those that make a prospect, which the board has enough of."""
    spared = chance.choice(("intent", "interest"))
    open_keys = [key for key in SAID if key != spared]
    at = min(line.opened_at + timedelta(days=2, hours=chance.randint(1, 6)), now - timedelta(minutes=20))
    ids = {point.key: point.point_id for point in queries.points()}
    for key in chance.sample(open_keys, chance.choice((1, 1, 2, 3))):
        text = chance.choice(SAID[key])
        services.write_evidence(lead_id=line.lead_id, point_id=ids[key], text=text, by=by, now=at)


def _bring_back(*, by: int, now: datetime) -> None:
    """A few that were put back a month ago until today."""
    asleep = leads.lead_page(LeadFilter(status=Status.NURTURING, owner_id=by), reader=THE_HOUSE, size=BACK_TODAY).lines
    for line in asleep:
        at = now - timedelta(days=30)
        leads_services.put_back(
            lead_id=line.lead_id,
            on=now.date(),
            because=Because.NOT_NOW,
            note="Prosi o telefon po rozliczeniu sezonu.",
            by=by,
            today=at.date(),
            now=max(at, line.opened_at + timedelta(hours=1)),
        )
