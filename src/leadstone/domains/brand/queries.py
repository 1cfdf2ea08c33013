"""The only reads of the brand that others may call."""

from leadstone.domains.brand.models import Brand
from leadstone.wire.bundle import BrandFacts


def brand_facts() -> BrandFacts | None:
    """How the company presents itself, or None before the first set-up."""
    brand = Brand.objects.filter(pk=1).first()
    if brand is None:
        return None
    return BrandFacts(
        company=brand.company,
        language=brand.language,
        sender_email=brand.sender_email,
        postal_address=brand.postal_address,
        colour=brand.colour,
        logo_key=brand.logo_key or None,
        privacy_email=brand.privacy_email,
        privacy_url=brand.privacy_url,
    )


def is_set_up() -> bool:
    """Whether somebody has said who publishes here."""
    return Brand.objects.filter(pk=1).exists()
