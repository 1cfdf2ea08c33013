"""Nobody faces an empty form: a document becomes a draft that lacks nothing, in its own language."""

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.magnets import documents
from tests.magnets.conftest import MONDAY

from leadstone.domains.brand.models import Brand
from leadstone.domains.magnets import drafting, queries, services
from leadstone.domains.magnets.draft_words import DRAFT_WORDS
from leadstone.domains.magnets.gap import GapCode
from leadstone.domains.magnets.kind import Step
from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.models import Magnet
from leadstone.domains.magnets.rules import PublishFacts, gaps_of
from leadstone.infra.blobs.store import BlobStore
from leadstone.infra.documents.intake import take_in
from leadstone.kernel.document import DocumentFacts, MediaType
from leadstone.kernel.language import Language


def drop(content: bytes, blobs: BlobStore, **more: Any) -> Magnet:
    kept = take_in(io.BytesIO(content), blobs=blobs)
    return services.create_from_document(kept=kept, by=None, now=MONDAY, **more)


def test_a_polish_guide_becomes_a_polish_draft_without_a_gap(brand: Brand, blobs: BlobStore) -> None:
    magnet = drop(documents.polish_pdf(), blobs)

    draft = queries.draft_of(magnet)
    assert (magnet.slug, draft.kind, draft.language) == ("jak-czytac-oferte-na-pompe-ciepla", "guide", "pl")
    assert draft.promise == (
        "Pięć liczb w każdej ofercie decyduje o tym, ile naprawdę zapłacisz przez piętnaście lat. Pokazujemy, gdzie ich szukać."
    )
    assert draft.points == (
        "Liczba, której nie ma w ofercie",
        "Arkusz do porównania czterech ofert",
        "Kiedy pompa ciepła to zła odpowiedź",
    )
    assert draft.button == "Wyślij mi poradnik"
    assert draft.contract.you_get == "Poradnik w pliku PDF (2 strony), na zawsze."
    assert "Ciepło Polskie" in draft.contract.sells
    assert "12 miesiącach" in draft.contract.deletion
    assert draft.asset is not None
    assert draft.asset.name == "jak-czytac-oferte-na-pompe-ciepla.pdf"
    assert draft.asset.cover_key is not None
    assert gaps_of(draft, facts=PublishFacts(slug=magnet.slug)) == ()


def test_an_english_guide_becomes_an_english_draft_and_is_public_at_once(brand: Brand, blobs: BlobStore) -> None:
    magnet = drop(documents.english_pdf(), blobs, kind="guide")

    outcome = services.publish_version(magnet_id=magnet.pk, slug=magnet.slug, blobs=blobs, by=None, now=MONDAY)

    assert outcome.gaps == ()
    draft = queries.draft_of(magnet)
    assert draft.points == ("The number that sellers leave out", "A worksheet for four offers")
    assert draft.contract.asks[0].reason == "to send you the guide"


def test_garbage_that_calls_itself_a_pdf_still_gives_a_draft_in_the_company_s_language(brand: Brand, blobs: BlobStore) -> None:
    magnet = drop(b"%PDF-1.4 \xff\xfe\x00 nothing here", blobs, file_stem="Raport_roczny_2026_final")

    draft = queries.draft_of(magnet)
    assert (draft.title, draft.language) == ("Raport roczny 2026", "pl")
    assert gaps_of(draft, facts=PublishFacts(slug=magnet.slug)) == ()


def test_two_magnets_from_one_document_have_two_addresses(brand: Brand, blobs: BlobStore) -> None:
    first, second = drop(documents.polish_pdf(), blobs), drop(documents.polish_pdf(), blobs)

    assert second.slug == f"{first.slug}-2"


def test_what_the_company_sells_is_written_once(brand: Brand, blobs: BlobStore) -> None:
    first = drop(documents.polish_pdf(), blobs)
    Magnet.objects.filter(pk=first.pk).update(
        draft={**first.draft, "contract": {**first.draft["contract"], "sells": "Robimy audyty."}}
    )
    services.publish_version(magnet_id=first.pk, slug=first.slug, blobs=blobs, by=None, now=MONDAY)

    assert queries.draft_of(drop(documents.polish_pdf(), blobs)).contract.sells == "Robimy audyty."
    assert queries.draft_of(drop(documents.english_pdf(), blobs)).contract.sells != "Robimy audyty."


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({"title": "Raport o cenach energii"}, "report"),
        ({"title": "How to insulate"}, "guide"),
        ({"title": "Ściąga z przepisów", "pages": 9}, "tip_sheet"),
        ({"title": "White paper: heat"}, "white_paper"),
        ({"title": "Cokolwiek", "pages": 1}, "tip_sheet"),
        ({"title": "Cokolwiek", "pages": 120}, "ebook"),
        ({"title": "Cokolwiek", "media_type": MediaType.EPUB}, "ebook"),
        ({"title": "Cokolwiek", "pages": 12}, "guide"),
    ],
)
def test_the_kind_is_guessed_from_what_the_document_is(facts: dict[str, Any], kind: str) -> None:
    assert drafting.kind_for(DocumentFacts(**{"media_type": MediaType.PDF, **facts})) == kind


@pytest.mark.parametrize("kind", [key for key in KINDS if Step.FILE in KINDS[key].steps])
@pytest.mark.parametrize("language", Language)
@given(
    facts=st.builds(
        DocumentFacts,
        media_type=st.just(MediaType.PDF),
        title=st.text(max_size=200),
        lead=st.text(max_size=600),
        headings=st.lists(st.text(max_size=80), max_size=6).map(tuple),
        pages=st.none() | st.integers(1, 5000),
    )
)
def test_every_document_gives_a_draft_that_lacks_at_most_its_proof(kind: str, language: Language, facts: DocumentFacts) -> None:
    draft = drafting.draft_from(facts, kind=kind, language=language, company="Ciepło")

    lacking = {gap.code for gap in gaps_of(draft, facts=PublishFacts(slug="x"))}
    # What a document claims of itself is objected to as anything else.
    objected = {GapCode.CLAIM_OPEN, GapCode.HASTE_WITHOUT_DEADLINE, GapCode.SCARCITY_WITHOUT_COUNTER}
    assert lacking - objected <= {GapCode.FILE_MISSING, GapCode.PROOF_MISSING}
    assert "{" not in draft.contract.you_get + draft.button + draft.contract.deletion


def test_every_kind_and_every_language_has_its_words() -> None:
    downloads = {"report", "guide", "tip_sheet", "white_paper", "ebook"}
    others = {"quiz", "calculator", "consultation", "sample", "newsletter", "trial", "discount_club", "free_shipping"}
    assert set(KINDS) == downloads | others
    assert set(DRAFT_WORDS) == set(Language)
    assert all(set(kind.words) == set(Language) for kind in KINDS.values())


@pytest.mark.parametrize(
    ("count", "words"), [(1, "1 strona"), (3, "3 strony"), (12, "12 stron"), (22, "22 strony"), (112, "112 stron")]
)
def test_polish_pages_are_counted_as_polish_counts(count: int, words: str) -> None:
    assert DRAFT_WORDS["pl"].pages(count) == words
