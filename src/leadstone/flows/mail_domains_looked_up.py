"""The DNS has answered whether some domains take mail: the leads from there are judged again."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from leadstone.domains.contacts import services as contacts
from leadstone.domains.leads import queries as leads_queries
from leadstone.domains.leads import services as leads

RESCORED_AT_ONCE = 500


@transaction.atomic
def mail_domains_looked_up(answers: Mapping[str, bool | None], *, now: datetime) -> None:
    """Domain → whether it takes mail; None: could not be told, which changes no lead."""
    changed = contacts.note_mail_domains(answers, now=now)
    lead_ids = leads_queries.lead_ids_at(changed)
    for start in range(0, len(lead_ids), RESCORED_AT_ONCE):
        leads.rescore(lead_ids[start : start + RESCORED_AT_ONCE])
