"""Before publishing: every gap is named, with its place, and there is no other way to the public."""

import io
from collections.abc import Callable, Iterable
from typing import Any

import msgspec
import pytest
from tests.codes.test_terms import GAPS_OF_CODES
from tests.magnets.conftest import MONDAY
from tests.magnets.definitions import CONTRACT, complete
from tests.magnets.test_kind_gaps import GAPS_OF_KINDS
from tests.magnets.test_parcel_and_offer_gaps import GAPS_OF_PARCELS
from tests.magnets.test_quiz_rules import GAPS_OF_QUESTIONS
from tests.vetting.test_honesty import GAPS_OF_HONESTY

from leadstone.domains.brand.models import Brand
from leadstone.domains.magnets import services
from leadstone.domains.magnets.gap import Gap, GapCode
from leadstone.domains.magnets.models import Magnet, MagnetVersion
from leadstone.domains.magnets.rules import PublishFacts, gaps_of
from leadstone.infra.blobs.store import BlobStore
from leadstone.wire.definition import (
    AskedField,
    Channel,
    ConsentOffer,
    Contract,
    FieldKey,
    MagnetDefinition,
    NextStep,
    Purpose,
)

EMAIL = CONTRACT.asks[0]
LETTER = CONTRACT.next_steps[1]
BOX = CONTRACT.consents[0]
PHONE = AskedField(key=FieldKey.PHONE, reason="to call you back")
CALL = NextStep(channel=Channel.PHONE, text="One call within two days.", purpose=Purpose.OFFERS)
CALL_BOX = ConsentOffer(key="offers-phone", purpose=Purpose.OFFERS, channel=Channel.PHONE, text="Call me about an audit.")


def but(**changes: Any) -> MagnetDefinition:
    """The complete definition, changed in one place; contract fields by their own names."""
    of_contract = {name: value for name, value in changes.items() if name in Contract.__struct_fields__}
    of_magnet = {name: value for name, value in changes.items() if name not in of_contract}
    return msgspec.structs.replace(complete(), contract=msgspec.structs.replace(CONTRACT, **of_contract), **of_magnet)


def gaps(definition: MagnetDefinition, **facts: Any) -> set[tuple[str, str]]:
    found: Iterable[Gap] = gaps_of(definition, facts=PublishFacts(**{"slug": "guide", **facts}))
    return {(gap.code.value, gap.where) for gap in found}


def with_call(**changes: Any) -> dict[str, Any]:
    return {
        "asks": (EMAIL, PHONE),
        "next_steps": (*CONTRACT.next_steps, CALL),
        "consents": (BOX, CALL_BOX),
        **changes,
    }


GAPS = [
    (GapCode.KIND_UNKNOWN, "kind", but(kind="lottery")),
    (GapCode.SETTINGS_WRONG, "kind", but(settings={"countdown": 3})),
    (GapCode.LANGUAGE_UNKNOWN, "language", but(language="tlh")),
    (GapCode.TITLE_MISSING, "title", but(title="  ")),
    (GapCode.TITLE_TOO_LONG, "title", but(title="x" * 201)),
    (GapCode.PROMISE_MISSING, "promise", but(promise="")),
    (GapCode.BUTTON_MISSING, "button", but(button="")),
    (GapCode.PROOF_MISSING, "proof", but(kind="report")),
    (GapCode.FILE_MISSING, "file", but(asset=None)),
    (GapCode.FILE_UNFIT, "file", but(asset=msgspec.structs.replace(complete().asset, media_type="text/html"))),
    (GapCode.LINK_DAYS_WRONG, "link_days", but(link_days=0)),
    (GapCode.LINK_USES_WRONG, "link_uses", but(link_uses=101)),
    (GapCode.YOU_GET_MISSING, "you_get", but(you_get="")),
    (GapCode.EMAIL_NOT_ASKED, "asks.email", but(asks=())),
    (GapCode.EMAIL_NOT_ASKED, "asks.email", but(asks=(msgspec.structs.replace(EMAIL, required=False),))),
    (GapCode.FIELD_TWICE, "asks.email", but(asks=(EMAIL, EMAIL))),
    (GapCode.FIELD_WITHOUT_REASON, "asks.name", but(asks=(EMAIL, AskedField(key=FieldKey.NAME, reason=" ")))),
    (GapCode.CALL_UNDECLARED, "asks.phone", but(asks=(EMAIL, PHONE))),
    (GapCode.STEP_WITHOUT_WORDS, "steps.0", but(next_steps=(NextStep(channel=Channel.EMAIL, text=""), LETTER))),
    (GapCode.STEP_WITHOUT_CONSENT, "steps.1", but(consents=())),
    (GapCode.STEP_UNREACHABLE, "steps.2", but(**with_call(asks=(EMAIL,)))),
    (GapCode.STEP_UNDECLARED, "consents.0", but(next_steps=CONTRACT.next_steps[:1])),
    (GapCode.CONSENT_WITHOUT_WORDS, "consents.0", but(consents=(msgspec.structs.replace(BOX, text=""),))),
    (GapCode.CONSENT_TWICE, "consents.1", but(consents=(BOX, BOX))),
    (GapCode.SELLS_MISSING, "sells", but(sells="")),
    (GapCode.SCORED_MISSING, "scored", but(scored="")),
    (GapCode.WITHOUT_MARKETING_MISSING, "without_marketing", but(without_marketing="")),
    (GapCode.WITHOUT_EMAIL_WRONG, "without_email_url", but(without_email_url="javascript:alert(1)")),
    (GapCode.RETENTION_WRONG, "retention_months", but(retention_months=0, deletion="Never.")),
    (GapCode.DELETION_MISSING, "deletion", but(deletion="")),
    (GapCode.DELETION_DIFFERS, "deletion", but(retention_months=36)),
]


@pytest.mark.parametrize(("code", "where", "definition"), GAPS, ids=[f"{code}@{where}" for code, where, _ in GAPS])
def test_a_gap_is_named_with_its_place(code: GapCode, where: str, definition: MagnetDefinition) -> None:
    assert gaps(definition) == {(code.value, where)}


@pytest.mark.parametrize(
    ("code", "where", "facts"),
    [
        (GapCode.BRAND_MISSING, "brand", {"brand_complete": False}),
        (GapCode.SLUG_WRONG, "slug", {"slug": "Ł adny adres"}),
        (GapCode.SLUG_TAKEN, "slug", {"slug_taken": True}),
        (GapCode.FILE_LOST, "file", {"file_stored": False}),
    ],
)
def test_a_gap_that_the_words_cannot_show_is_named_too(code: GapCode, where: str, facts: dict[str, Any]) -> None:
    assert gaps(complete(), **facts) == {(code.value, where)}


def test_the_table_above_leaves_no_gap_out() -> None:
    shown_by_facts = {GapCode.BRAND_MISSING, GapCode.SLUG_WRONG, GapCode.SLUG_TAKEN, GapCode.FILE_LOST}
    of_others = GAPS_OF_CODES | GAPS_OF_HONESTY | GAPS_OF_KINDS | GAPS_OF_PARCELS | GAPS_OF_QUESTIONS
    # tests/magnets/test_answers_that_want_to_buy.py
    of_others |= {GapCode.SIGNS_NOT_TOLD}
    # tests/magnets/test_explicit_consent.py and test_what_is_kept_of_those_who_stop.py
    of_others |= {GapCode.EXPLICIT_CONSENT_THIN, GapCode.SPECIAL_FOR_US}
    of_others |= {GapCode.STOPPED_WITHOUT_REASON, GapCode.KEEPING_UNDECLARED}
    assert {code for code, _, _ in GAPS} | shown_by_facts | of_others == set(GapCode)


def test_a_complete_definition_has_no_gap_with_and_without_a_call() -> None:
    assert gaps(complete()) == set()
    assert gaps(but(**with_call())) == set()


def test_everything_missing_is_named_at_once_not_one_by_one() -> None:
    found = gaps(MagnetDefinition(kind="guide", language="en", title=""), slug="")

    assert {code for code, _ in found} >= {"title_missing", "file_missing", "sells_missing", "slug_wrong", "email_not_asked"}


@pytest.mark.parametrize(("code", "definition"), [(code, definition) for code, _, definition in GAPS])
@pytest.mark.usefixtures("brand")
def test_nothing_with_a_gap_is_published(
    code: GapCode, definition: MagnetDefinition, drafted: Callable[..., Magnet], blobs: BlobStore
) -> None:
    file = blobs.write(io.BytesIO(b"%PDF"), limit_bytes=10)
    asset = definition.asset and msgspec.structs.replace(definition.asset, key=file.key)
    magnet = drafted("guide", msgspec.structs.replace(definition, asset=asset))

    outcome = services.publish_version(magnet_id=magnet.pk, slug="guide", blobs=blobs, by=None, now=MONDAY)

    assert outcome.version_id is None
    assert code in {gap.code for gap in outcome.gaps}
    assert not MagnetVersion.objects.exists()


@pytest.mark.django_db
def test_without_a_brand_nothing_is_published(drafted: Callable[..., Magnet], blobs: BlobStore) -> None:
    Brand.objects.all().delete()
    magnet = drafted()

    outcome = services.publish_version(magnet_id=magnet.pk, slug="guide", blobs=blobs, by=None, now=MONDAY)

    assert [gap.code for gap in outcome.gaps] == [GapCode.BRAND_MISSING]


def test_an_address_that_another_magnet_has_is_a_gap(brand: Brand, drafted: Callable[..., Magnet], blobs: BlobStore) -> None:
    drafted("guide")
    magnet = drafted("other")

    outcome = services.publish_version(magnet_id=magnet.pk, slug="guide", blobs=blobs, by=None, now=MONDAY)

    assert [(gap.code, gap.facts["slug"]) for gap in outcome.gaps] == [(GapCode.SLUG_TAKEN, "guide")]
