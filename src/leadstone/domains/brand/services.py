"""The only writes of the brand."""

from datetime import datetime

from django.db import transaction

from leadstone.domains.brand.events import BrandChanged
from leadstone.domains.brand.models import Brand
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.errors import LeadstoneError
from leadstone.wire.bundle import BrandFacts


class AlreadySetUp(LeadstoneError):
    code = "already_set_up"
    sentence = "This installation is already set up; sign in instead."


class NotSetUp(LeadstoneError):
    code = "not_set_up"
    sentence = "This installation is not set up yet."


@transaction.atomic
def set_up_brand(*, company: str, language: str, sender_email: str, postal_address: str, now: datetime) -> None:
    """Say for the first time who publishes here. Raises `AlreadySetUp`."""
    if Brand.objects.filter(pk=1).exists():
        raise AlreadySetUp
    Brand.objects.create(
        pk=1, company=company, language=language, sender_email=sender_email, postal_address=postal_address, set_up_at=now
    )
    outbox.record(BrandChanged(), at=now)


@transaction.atomic
def change_brand(facts: BrandFacts, *, now: datetime) -> None:
    """Replace everything that the brand says with `facts`. Raises `NotSetUp`."""
    changed = Brand.objects.filter(pk=1).update(
        company=facts.company,
        language=facts.language,
        sender_email=facts.sender_email,
        postal_address=facts.postal_address,
        privacy_email=facts.privacy_email,
        privacy_url=facts.privacy_url,
        colour=facts.colour,
        logo_key=facts.logo_key or "",
    )
    if not changed:
        raise NotSetUp
    outbox.record(BrandChanged(), at=now)
