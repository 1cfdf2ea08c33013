"""From what a document says to a full draft: nobody faces an empty form. Pure; the words are in `draft_words`."""

import re

import msgspec

from leadstone.domains.magnets.draft_words import DRAFT_WORDS, DraftWords
from leadstone.domains.magnets.kind import Example, Kind, KindWords, Step
from leadstone.domains.magnets.kinds import KINDS
from leadstone.kernel.document import DocumentFacts, MediaType
from leadstone.wire.definition import (
    POSTAL,
    AskedField,
    Channel,
    ConsentOffer,
    Contract,
    FieldKey,
    MagnetDefinition,
    NextStep,
    Purpose,
)

RETENTION_MONTHS = 12
QUESTION_DAYS = 7
MOST_POINTS = 4
LONGEST_TITLE_TO_COPY = 180  # leaves room for the word that says that it is a copy
PROMISE_LENGTH = 240
_TELLS_KIND = (
    ("report", re.compile(r"\braport|\breport\b|\bstudy\b|\bbadani[ea]\b", re.I)),
    ("white_paper", re.compile(r"white ?paper|\bopracowanie\b|biała księga", re.I)),
    ("ebook", re.compile(r"\be-?book", re.I)),
    ("tip_sheet", re.compile(r"cheat ?sheet|tip ?sheet|check-?list|ściąg|lista kontrolna", re.I)),
    ("guide", re.compile(r"\bguide\b|\bhow to\b|poradnik|przewodnik|\bjak\b", re.I)),
)
_SAYS_NOTHING = re.compile(
    r"^(table of )?contents?$|^introduction$|^foreword$|^preface$|^summary$|^conclusions?$|^bibliography$|^references$|^index$"
    r"|^about (us|the authors?)$|^acknowledge?ments?$|^appendix|^cover$|^title page$|^copyright"
    r"|^spis treści$|^wstęp$|^wprowadzenie$|^przedmowa$|^podsumowanie$|^zakończenie$|^bibliografia$|^źródła$|^indeks$|^o nas$"
    r"|^o autor(ze|ach|ce)$|^podziękowania$|^załączniki?|^okładka$|^strona tytułowa$",
    re.I,
)
_NUMBERING = re.compile(r"^(chapter|rozdział|part|część)?\s*[\dIVX]+([.:)]\d*)*\s*[.:)–-]?\s+", re.I)


def kind_for(document: DocumentFacts) -> str:
    """The kind that the document most likely is; the marketer may say otherwise."""
    for kind, pattern in _TELLS_KIND:
        if pattern.search(document.title):
            return kind
    if document.media_type is MediaType.EPUB or (document.pages or 0) > 60:
        return "ebook"
    return "tip_sheet" if document.pages is not None and document.pages <= 2 else "guide"


def draft_from(
    document: DocumentFacts, *, kind: str, language: str, company: str, file_stem: str = "", sells: str = ""
) -> MagnetDefinition:
    """A definition that needs no more than a look: everything filled in, in `language`, from the document and the company.

    `file_stem` helps out where the document has no title; `sells` is the company's own sentence from an earlier magnet.
    """
    words = DRAFT_WORDS[language]
    title = " ".join(document.title.split()) or _title_from(file_stem) or words.untitled
    points = points_from(document.headings)
    return MagnetDefinition(
        kind=kind,
        language=language,
        title=title,
        promise=_promise(document, title=title, points=points, words=words),
        points=points,
        button=KINDS[kind].words[language].button,
        contract=_contract(
            _you_get(document, kind, language), words=words, kind=KINDS[kind].words[language], company=company, sells=sells
        ),
    )


def draft_from_example(*, kind: str, language: str, company: str, sells: str = "") -> MagnetDefinition:
    """A definition of a kind that needs no document, begun from its example; raises `LookupError` for a kind without one."""
    made, words = KINDS[kind], KINDS[kind].words[language]
    if made.example is None:
        raise LookupError(kind)
    example = made.example(language)
    return MagnetDefinition(
        kind=kind,
        language=language,
        title=example.title,
        promise=example.promise,
        button=words.button,
        contract=_with_its_own_steps(
            example,
            _with_address(
                made, _contract(words.you_get, words=DRAFT_WORDS[language], kind=words, company=company, sells=sells), language
            ),
        ),
        settings=dict(example.settings),
    )


def _with_its_own_steps(example: Example, contract: Contract) -> Contract:
    """What happens next in the words of the kind, where the usual ones would not be true."""
    if not example.steps:
        return contract
    return msgspec.structs.replace(
        contract, next_steps=example.steps, consents=example.consents, without_marketing=example.without_marketing
    )


def _with_address(kind: Kind, contract: Contract, language: str) -> Contract:
    """What is sent by post asks where to: a name for the label, and the address."""
    if kind.held is not Step.PARCEL:
        return contract
    reasons = DRAFT_WORDS[language].address_reasons
    asked = tuple(
        AskedField(key=key, reason=reasons[key], required=key is not FieldKey.COUNTRY) for key in (FieldKey.NAME, *POSTAL)
    )
    return msgspec.structs.replace(contract, asks=(*contract.asks, *asked))


def draft_in_language(definition: MagnetDefinition, *, language: str, company: str, sells: str = "") -> MagnetDefinition:
    """The same magnet to be translated: its own words wait to be, its contract and boxes are drafted anew in `language`."""
    kind = KINDS[definition.kind].words[language]
    contract = _contract(
        kind.you_get.format(format="PDF", pages=""), words=DRAFT_WORDS[language], kind=kind, company=company, sells=sells
    )
    asked = {ask.key: ask for ask in contract.asks}
    asks = tuple(asked.get(ask.key, ask) for ask in definition.contract.asks) or contract.asks
    return msgspec.structs.replace(
        definition,
        language=language,
        button=kind.button,
        asset=None,
        contract=msgspec.structs.replace(contract, asks=asks, retention_months=definition.contract.retention_months),
    )


def copied_title(title: str, *, language: str) -> str:
    """The title of a copy, which says that it is one."""
    words = DRAFT_WORDS.get(language, DRAFT_WORDS["en"])
    return words.copied.format(title=title[:LONGEST_TITLE_TO_COPY].rstrip())


def _you_get(document: DocumentFacts, kind: str, language: str) -> str:
    pages = f" ({DRAFT_WORDS[language].pages(document.pages)})" if document.pages else ""
    return KINDS[kind].words[language].you_get.format(format=document.media_type.name, pages=pages)


def points_from(headings: tuple[str, ...]) -> tuple[str, ...]:
    """The headings that tell a visitor something, without their numbers."""
    plain = (_NUMBERING.sub("", heading).strip(" .:") for heading in headings)
    telling = [text for text in plain if len(text) >= 6 and not _SAYS_NOTHING.search(text)]
    return tuple(dict.fromkeys(text[:1].upper() + text[1:] for text in telling))[:MOST_POINTS]


def _promise(document: DocumentFacts, *, title: str, points: tuple[str, ...], words: DraftWords) -> str:
    if document.lead.strip():
        return first_sentences(document.lead, most=PROMISE_LENGTH)
    if points:
        return words.promise_from_points.format(points=words.joined([point[:1].lower() + point[1:] for point in points[:3]]))
    if document.pages:
        return words.promise_from_pages.format(title=title, pages=words.pages(document.pages))
    return words.promise_from_nothing.format(title=title)


def first_sentences(text: str, *, most: int) -> str:
    """Whole sentences from the beginning of `text`, at most `most` characters; a cut at a word when the first is longer."""
    taken = ""
    for sentence in re.split(r"(?<=[.!?…])\s+", text):
        longer = f"{taken} {sentence}".strip()
        if len(longer) > most:
            break
        taken = longer
    return taken or text[:most].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def _contract(you_get: str, *, words: DraftWords, kind: KindWords, company: str, sells: str) -> Contract:
    facts = {"company": company, "subject": kind.subject, "object": kind.object, "months": RETENTION_MONTHS}
    letter = Purpose.NEWSLETTER
    return Contract(
        you_get=you_get,
        asks=(AskedField(key=FieldKey.EMAIL, reason=words.email_reason.format(**facts), required=True),),
        next_steps=(
            NextStep(channel=Channel.EMAIL, text=kind.delivery or words.delivery_step),
            NextStep(channel=Channel.EMAIL, text=words.question_step, asks_after_days=QUESTION_DAYS),
            NextStep(channel=Channel.EMAIL, text=words.letter_step, purpose=letter),
        ),
        sells=sells or words.sells.format(**facts),
        scored=words.scored,
        without_marketing=words.without_marketing.format(**facts),
        retention_months=RETENTION_MONTHS,
        deletion=words.deletion.format(**facts),
        consents=(
            ConsentOffer(key="newsletter-email", purpose=letter, channel=Channel.EMAIL, text=words.letter_box.format(**facts)),
        ),
    )


def _title_from(file_stem: str) -> str:
    words = re.sub(r"[_\-.]+", " ", file_stem)
    words = " ".join(re.sub(r"\b(final|v\d+|kopia|copy|druk|print|\d{6,})\b", " ", words, flags=re.I).split())
    return words[:1].upper() + words[1:] if re.search(r"[^\W\d_]{3}", words) else ""
