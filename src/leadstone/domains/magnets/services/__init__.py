"""The only writes of magnets."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.db import transaction

from leadstone.domains.brand import queries as brand
from leadstone.domains.magnets import drafting, queries
from leadstone.domains.magnets.events import MagnetPublished, MagnetRestored, MagnetsLinked, MagnetWithdrawn
from leadstone.domains.magnets.gap import Gap
from leadstone.domains.magnets.kind import Step
from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.models import Asset, DraftBefore, Magnet, MagnetVersion
from leadstone.domains.magnets.question_views import without_pictures
from leadstone.domains.magnets.rules import LONGEST_TITLE, file_name, gaps_of, is_slug, may_link, slug_of
from leadstone.domains.vetting import services as vetting
from leadstone.infra.blobs.store import BlobStore
from leadstone.infra.documents.intake import KeptDocument
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.decision import YES, Decision
from leadstone.kernel.document import DocumentFacts, MediaType
from leadstone.kernel.ids import new_key
from leadstone.kernel.language import Language, language_or
from leadstone.wire.definition import AssetFacts, MagnetDefinition, encode_definition

UNDO_STEPS = 100


@dataclass(frozen=True, slots=True)
class Publication:
    """What came of the wish to publish: a version, or the gaps that are in its way."""

    version_id: int | None
    gaps: tuple[Gap, ...] = ()


@transaction.atomic
def create_from_document(*, kept: KeptDocument, file_stem: str = "", kind: str = "", by: int | None, now: datetime) -> Magnet:
    """A new magnet whose draft is written from the document, in the document's language (else the company's).

    `file_stem` is the uploaded name without its ending: used as a title when the document has none, kept nowhere.
    """
    who = brand.brand_facts()
    spoken = language_or(who.language if who else None, Language.ENGLISH)
    language = language_or(kept.facts.language, spoken)
    last = queries.last_contract(language)
    definition = drafting.draft_from(
        kept.facts,
        kind=kind if kind in KINDS and Step.FILE in KINDS[kind].steps else drafting.kind_for(kept.facts),
        language=language,
        company=who.company if who else "",
        file_stem=file_stem,
        sells=last.sells if last else "",
    )
    slug = _free_slug(slug_of(definition.title, otherwise=definition.kind))
    asset = _keep_asset(kept, slug=slug, by=by, now=now)
    return _created(msgspec.structs.replace(definition, asset=asset), slug=slug, by=by, now=now)


@transaction.atomic
def create_from_example(*, kind: str, language: str = "", by: int | None, now: datetime) -> Magnet:
    """A new magnet of a kind that needs no document, begun from its example in `language` (else the company's).

    Raises `LookupError` for a kind that has none.
    """
    who = brand.brand_facts()
    spoken = language_or(language, language_or(who.language if who else None, Language.ENGLISH))
    last = queries.last_contract(spoken)
    company, sells = who.company if who else "", last.sells if last else ""
    definition = drafting.draft_from_example(kind=kind, language=spoken, company=company, sells=sells)
    return _created(definition, slug=_free_slug(kind.replace("_", "-")), by=by, now=now)


@transaction.atomic
def create_from_definition(definition: MagnetDefinition, *, slug: str, by: int | None, now: datetime) -> Magnet:
    """A new draft with exactly these words, under `slug` or the free address next to it. Its file and pictures stay behind.

    A name in a foreign file could be that of any file that is stored here, and pictures are shown to everybody.
    """
    wanted = slug if is_slug(slug) else slug_of(definition.title, otherwise=definition.kind)
    kept = msgspec.structs.replace(definition, asset=None, settings=without_pictures(definition.settings))
    return _created(kept, slug=_free_slug(wanted), by=by, now=now)


@transaction.atomic
def create_about(*, title: str, points: Sequence[str], language: str, by: int | None, now: datetime) -> Magnet:
    """A draft of a guide that begins with a title and a few points, and still lacks its file."""
    who = brand.brand_facts()
    last = queries.last_contract(language)
    definition = drafting.draft_from(
        DocumentFacts(media_type=MediaType.PDF, title=title[:LONGEST_TITLE], headings=tuple(points)),
        kind="guide",
        language=language,
        company=who.company if who else "",
        sells=last.sells if last else "",
    )
    return _created(definition, slug=_free_slug(slug_of(definition.title, otherwise="guide")), by=by, now=now)


@transaction.atomic
def duplicate(*, magnet_id: int, by: int | None, now: datetime) -> Magnet:
    """A draft with the same words and the same file under an address of its own; figures and languages stay behind."""
    magnet = queries.magnet(magnet_id)
    draft = queries.draft_of(magnet)
    slug = _free_slug(f"{magnet.slug}-copy")
    copy = msgspec.structs.replace(draft, title=drafting.copied_title(draft.title, language=draft.language))
    # A stored file never changes, so that two magnets may give the same one; its name on a disk is each one's own.
    asset = msgspec.structs.replace(draft.asset, name=file_name(slug, MediaType(draft.asset.media_type))) if draft.asset else None
    return _created(msgspec.structs.replace(copy, asset=asset), slug=slug, by=by, now=now)


@transaction.atomic
def create_in_language(*, magnet_id: int, language: str, by: int | None, now: datetime) -> tuple[Decision, Magnet | None]:
    """The same magnet in another language, as a draft to be translated: contract and boxes begin in that language's own words.

    The file stays behind, for it speaks the first language.
    """
    magnet = locked(magnet_id)
    family = [magnet.language, *(other.language for other in queries.family_of(magnet_id))]
    decision = may_link(own=family, others=[language], same=False)
    if not decision:
        return decision, None
    who = brand.brand_facts()
    last = queries.last_contract(language)
    definition = drafting.draft_in_language(
        queries.draft_of(magnet), language=language, company=who.company if who else "", sells=last.sells if last else ""
    )
    made = _created(definition, slug=_free_slug(f"{magnet.slug}-{language}"), by=by, now=now)
    _make_family([magnet, made], now=now)
    return YES, made


@transaction.atomic
def link_languages(*, magnet_id: int, other_id: int, now: datetime) -> Decision:
    """Let two magnets be one in two languages, with all that they are one with already."""
    magnet, other = locked(magnet_id), locked(other_id)
    own = [magnet, *queries.family_of(magnet_id)]
    others = [other, *queries.family_of(other_id)]
    decision = may_link(
        own=[each.language for each in own], others=[each.language for each in others], same=magnet_id == other_id
    )
    if decision:
        _make_family([*own, *others], now=now)
    return decision


@transaction.atomic
def leave_family(*, magnet_id: int, now: datetime) -> list[int]:
    """Let a magnet stand alone again; returns the ids of those that it was one with, so that it can be undone."""
    others = queries.family_of(magnet_id)
    if others:
        Magnet.objects.filter(pk=magnet_id).update(family="")
        outbox.record(MagnetsLinked(magnet_id=magnet_id), at=now)
    if len(others) == 1:
        Magnet.objects.filter(pk=others[0].pk).update(family="")
    return [other.pk for other in others]


def _make_family(magnets: Sequence[Magnet], *, now: datetime) -> None:
    name = next((each.family for each in magnets if each.family), "") or str(new_key())
    Magnet.objects.filter(pk__in=[each.pk for each in magnets]).update(family=name)
    outbox.record(MagnetsLinked(magnet_id=magnets[0].pk), at=now)


def _created(definition: MagnetDefinition, *, slug: str, by: int | None, now: datetime) -> Magnet:
    return Magnet.objects.create(
        slug=slug,
        kind=definition.kind,
        language=definition.language,
        title=definition.title[:LONGEST_TITLE],
        draft=msgspec.to_builtins(definition),
        created_at=now,
        created_by_id=by,
        updated_at=now,
    )


@transaction.atomic
def replace_file(*, magnet_id: int, kept: KeptDocument, by: int | None, now: datetime) -> None:
    """Give the draft another file; the words stay, and what is published stays until the next version."""
    magnet = locked(magnet_id)
    asset = _keep_asset(kept, slug=magnet.slug, by=by, now=now)
    DraftBefore.objects.create(magnet=magnet, draft=magnet.draft, at=now)
    _set_draft(magnet, msgspec.structs.replace(queries.draft_of(magnet), asset=asset), now=now)


@transaction.atomic
def save_draft(*, magnet_id: int, definition: MagnetDefinition, slug: str, now: datetime) -> bool:
    """Keep `definition` as the draft; returns whether anything changed.

    The file stays the one that was uploaded, whatever `definition` says. The address changes only while the magnet was
    never published and `slug` is free; publishing names the gap otherwise.
    """
    magnet = locked(magnet_id)
    before = queries.draft_of(magnet)
    if _slug_may_become(magnet, slug):
        magnet.slug = slug
    asset = before.asset
    if asset is not None:
        asset = msgspec.structs.replace(asset, name=file_name(magnet.slug, MediaType(asset.media_type)))
    wanted = msgspec.structs.replace(definition, asset=asset)
    if wanted == before:
        magnet.save(update_fields=["slug"])
        return False
    DraftBefore.objects.create(magnet=magnet, draft=magnet.draft, at=now)
    _forget_oldest_steps(magnet_id)
    _set_draft(magnet, wanted, now=now)
    return True


@transaction.atomic
def undo_draft(*, magnet_id: int, now: datetime) -> bool:
    """Take back the last change of the draft; returns whether there was one."""
    magnet = locked(magnet_id)
    last = DraftBefore.objects.filter(magnet=magnet).order_by("-pk").first()
    if last is None:
        return False
    _set_draft(magnet, msgspec.convert(last.draft, MagnetDefinition), now=now)
    last.delete()
    return True


@transaction.atomic
def publish_version(
    *,
    magnet_id: int,
    slug: str,
    blobs: BlobStore,
    by: int | None,
    now: datetime,
    in_stock: bool = True,
    corpus: Iterable[tuple[str, str]] = (),
) -> Publication:
    """Make the draft an immutable version under `slug`, or name every gap. The only way to the public.

    `in_stock`: whether there is something to send, for what is sent. `corpus`: texts (name, text) to compare the file with,
    beside those that are known.

    Publishing words that are public already makes no second version; a withdrawn magnet is offered again.
    """
    magnet = locked(magnet_id)
    definition = queries.draft_of(magnet)
    stored = is_stored(definition, blobs)
    compare_file(magnet_id=magnet_id, corpus=corpus, now=now)
    facts = queries.publish_facts(magnet=magnet, slug=slug, file_stored=stored, today=now.date(), in_stock=in_stock)
    gaps = gaps_of(definition, facts=facts)
    if gaps:
        return Publication(None, gaps)
    words = encode_definition(definition)
    last = MagnetVersion.objects.filter(magnet=magnet).order_by("-number").first()
    version = last if last is not None and last.definition == words else new_version(magnet, words, by=by, now=now)
    magnet.slug = magnet.slug if last else slug
    magnet.withdrawn_at, magnet.updated_at = None, now
    magnet.save(update_fields=["slug", "withdrawn_at", "updated_at"])
    outbox.record(MagnetPublished(magnet_id=magnet.pk, version_id=version.pk), at=now)
    return Publication(version.pk)


@transaction.atomic
def withdraw(*, magnet_id: int, now: datetime) -> bool:
    """Offer the magnet no longer; links that were mailed still open. Returns whether it was offered before."""
    withdrawn = Magnet.objects.filter(pk=magnet_id, withdrawn_at__isnull=True).update(withdrawn_at=now, updated_at=now) == 1
    if withdrawn:
        outbox.record(MagnetWithdrawn(magnet_id=magnet_id), at=now)
    return withdrawn


@transaction.atomic
def restore(*, magnet_id: int, now: datetime) -> bool:
    """Offer a withdrawn magnet again, in its last version. Returns whether it was withdrawn before."""
    restored = Magnet.objects.filter(pk=magnet_id, withdrawn_at__isnull=False).update(withdrawn_at=None, updated_at=now) == 1
    if restored:
        outbox.record(MagnetRestored(magnet_id=magnet_id), at=now)
    return restored


def compare_file(*, magnet_id: int, corpus: Iterable[tuple[str, str]] = (), now: datetime) -> None:
    """Look for the words of the draft's file in the files of other magnets, in its declared sources and in `corpus`.

    What was compared already since the last change of any of these is compared again: it takes a moment, and is always true.
    """
    asset = queries.draft_of(queries.magnet(magnet_id)).asset
    if asset is not None:
        others = queries.files_of_others(magnet_id)
        vetting.compare(magnet_id=magnet_id, asset_key=asset.key, others=others, corpus=corpus, now=now)


def _keep_asset(kept: KeptDocument, *, slug: str, by: int | None, now: datetime) -> AssetFacts:
    name = file_name(slug, kept.facts.media_type)
    Asset.objects.create(
        key=kept.file.key,
        media_type=kept.facts.media_type.value,
        size_bytes=kept.file.size_bytes,
        sha256=kept.file.sha256,
        name=name,
        pages=kept.facts.pages,
        cover_key=kept.cover.key if kept.cover else "",
        created_at=now,
        created_by_id=by,
    )
    if kept.text:
        vetting.remember_text(asset_key=kept.file.key, text=kept.text, now=now)
    return AssetFacts(
        key=kept.file.key,
        media_type=kept.facts.media_type.value,
        size_bytes=kept.file.size_bytes,
        name=name,
        pages=kept.facts.pages,
        cover_key=kept.cover.key if kept.cover else None,
    )


def _free_slug(wanted: str) -> str:
    number, slug = 1, wanted
    while queries.slug_is_taken(slug):
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def is_stored(definition: MagnetDefinition, blobs: BlobStore) -> bool:
    return definition.asset is not None and blobs.has(definition.asset.key)


def locked(magnet_id: int) -> Magnet:
    magnet = Magnet.objects.select_for_update().filter(pk=magnet_id).first()
    if magnet is None:
        raise queries.NoSuchMagnet
    return magnet


def _slug_may_become(magnet: Magnet, slug: str) -> bool:
    return is_slug(slug) and not queries.was_published(magnet.pk) and not queries.slug_is_taken(slug, by_other_than=magnet.pk)


def _set_draft(magnet: Magnet, definition: MagnetDefinition, *, now: datetime) -> None:
    magnet.draft = msgspec.to_builtins(definition)
    magnet.title = definition.title[:LONGEST_TITLE]
    magnet.kind, magnet.language = definition.kind, definition.language
    magnet.updated_at = now
    magnet.save(update_fields=["draft", "title", "kind", "language", "slug", "updated_at"])


def _forget_oldest_steps(magnet_id: int) -> None:
    kept = DraftBefore.objects.filter(magnet_id=magnet_id).order_by("-pk").values_list("pk", flat=True)[:UNDO_STEPS]
    DraftBefore.objects.filter(magnet_id=magnet_id).exclude(pk__in=list(kept)).delete()


def new_version(magnet: Magnet, words: str, *, by: int | None, now: datetime) -> MagnetVersion:
    """The next version of a locked magnet."""
    last = MagnetVersion.objects.filter(magnet=magnet).order_by("-number").first()
    return MagnetVersion.objects.create(
        magnet=magnet,
        number=last.number + 1 if last else 1,
        definition=words,
        digest=hashlib.sha256(words.encode()).hexdigest(),
        published_at=now,
        published_by_id=by,
    )
