"""When and how much somebody takes."""

from django.db import transaction

from leadstone.domains.assignment.models import Availability
from leadstone.domains.assignment.queries import AvailabilityFacts
from leadstone.domains.assignment.rules.hours import stored_hours


@transaction.atomic
def change_availability(said: AvailabilityFacts, *, user_id: int) -> None:
    """From now on somebody works at these hours, is away on these days, and takes no more than this."""
    Availability.objects.update_or_create(
        user_id=user_id,
        defaults={
            "hours": stored_hours(said.hours),
            "most_open_leads": said.most_open_leads,
            "away_from": said.away_from,
            "away_until": said.away_until,
        },
    )
