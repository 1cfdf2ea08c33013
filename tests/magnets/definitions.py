"""Definitions to begin a test with: complete, so that a test breaks exactly one thing."""

from leadstone.wire.definition import (
    AskedField,
    AssetFacts,
    Channel,
    ConsentOffer,
    Contract,
    FieldKey,
    MagnetDefinition,
    NextStep,
    Purpose,
)

CONTRACT = Contract(
    you_get="The guide as a PDF file, to keep for good.",
    asks=(AskedField(key=FieldKey.EMAIL, reason="to send you the guide", required=True),),
    next_steps=(
        NextStep(channel=Channel.EMAIL, text="One mail with your link."),
        NextStep(
            channel=Channel.EMAIL, text="One letter a month about heating costs, if you tick the box.", purpose=Purpose.NEWSLETTER
        ),
    ),
    sells="We sell heating audits.",
    scored="We rate answers to see who needs us soon.",
    without_marketing="Leave the box empty and the guide comes all the same.",
    retention_months=12,
    deletion="After 12 quiet months, or with one click in the mail.",
    consents=(
        ConsentOffer(
            key="newsletter-email",
            purpose=Purpose.NEWSLETTER,
            channel=Channel.EMAIL,
            text="Also send me one letter a month about heating costs.",
        ),
    ),
)


def complete(*, asset_key: str = "a" * 40, cover_key: str | None = None) -> MagnetDefinition:
    """A definition without a gap, provided that `asset_key` is stored."""
    return MagnetDefinition(
        kind="guide",
        language="en",
        title="Read a heat-pump quote like an engineer",
        promise="Five lines in every offer decide what you will really pay.",
        points=("The number that sellers leave out", "A worksheet for four offers"),
        button="Send me the guide",
        contract=CONTRACT,
        asset=AssetFacts(
            key=asset_key, media_type="application/pdf", size_bytes=2048, name="read-a-quote.pdf", pages=18, cover_key=cover_key
        ),
    )
