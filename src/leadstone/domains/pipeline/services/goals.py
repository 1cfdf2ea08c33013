"""What a month should bring."""

from datetime import date

from django.db import transaction

from leadstone.domains.pipeline.models import Goal
from leadstone.domains.pipeline.services.versions import NotAnAmount
from leadstone.kernel.money import LARGEST_MINOR, Currency


@transaction.atomic
def set_goal(*, month: date, currency: Currency, amount_minor: int | None) -> None:
    """Keep the goal of the month that `month` lies in; None takes it away. Raises `NotAnAmount`."""
    first = month.replace(day=1)
    if amount_minor is None:
        Goal.objects.filter(month=first, currency=currency.value).delete()
        return
    if not 0 < amount_minor <= LARGEST_MINOR:
        raise NotAnAmount
    Goal.objects.update_or_create(month=first, currency=currency.value, defaults={"amount_minor": amount_minor})
