"""The only reads of magnets that others may call."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from leadstone.domains.brand import queries as brand
from leadstone.domains.magnets.honesty import VettedFacts
from leadstone.domains.magnets.models import Asset, Magnet, MagnetVersion
from leadstone.domains.magnets.question_views import pictures_in
from leadstone.domains.magnets.rules import PublishFacts
from leadstone.domains.vetting import queries as vetting
from leadstone.kernel.errors import LeadstoneError
from leadstone.wire.bundle import PublishedMagnet, PublishedVersion
from leadstone.wire.definition import Contract, MagnetDefinition, availability_of, decode_definition


class NoSuchMagnet(LeadstoneError):
    code = "no_such_magnet"
    sentence = "There is no such magnet."


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionFacts:
    """A version as it was published; `words` are the exact bytes that were digested."""

    version_id: int
    number: int
    definition: MagnetDefinition
    words: str
    digest: str
    published_at: datetime
    published_by: str  # the name, empty when the account is gone


def magnets() -> QuerySet[Magnet]:
    """Every magnet, the one that was changed last first; `published` tells whether it has a version."""
    published = Exists(MagnetVersion.objects.filter(magnet=OuterRef("pk")))
    return Magnet.objects.annotate(published=published).order_by("-updated_at", "-pk")


def magnet(magnet_id: int) -> Magnet:
    """The magnet; raises `NoSuchMagnet`."""
    found = Magnet.objects.filter(pk=magnet_id).first()
    if found is None:
        raise NoSuchMagnet
    return found


def titles() -> dict[int, str]:
    """Magnet id → title, by title."""
    return dict(Magnet.objects.order_by("title", "pk").values_list("pk", "title"))


def offered_titles() -> dict[int, str]:
    """Magnet id → title of what is published and not withdrawn, by title."""
    rows = Magnet.objects.filter(versions__isnull=False, withdrawn_at=None).distinct()
    return dict(rows.order_by("title", "pk").values_list("pk", "title"))


def offered_addresses() -> dict[str, str]:
    """Slug → title of what is published and not withdrawn, by title."""
    rows = Magnet.objects.filter(versions__isnull=False, withdrawn_at=None).distinct()
    return dict(rows.order_by("title", "pk").values_list("slug", "title"))


def family_of(magnet_id: int) -> list[Magnet]:
    """The same magnet in other languages, by language; empty when it stands alone."""
    family = Magnet.objects.filter(pk=magnet_id).values_list("family", flat=True).first()
    if not family:
        return []
    return list(Magnet.objects.filter(family=family).exclude(pk=magnet_id).order_by("language", "pk"))


def could_be_siblings(magnet_id: int) -> list[Magnet]:
    """Magnets that may be the same one in another language, by title: none that is withdrawn or speaks for it already."""
    found = magnet(magnet_id)
    taken = {found.language, *(other.language for other in family_of(magnet_id))}
    rows = Magnet.objects.filter(withdrawn_at=None).exclude(pk=magnet_id).exclude(language__in=taken)
    return list(rows.filter(family="").order_by("title", "pk"))


def makers(magnet_ids: Iterable[int]) -> dict[int, int]:
    """Magnet id → who of the staff made it; magnets whose maker's account is gone are left out."""
    rows = Magnet.objects.filter(pk__in=set(magnet_ids), created_by__isnull=False)
    return {pk: maker for pk, maker in rows.values_list("pk", "created_by_id") if maker is not None}


def magnet_or_none(magnet_id: int) -> Magnet | None:
    return Magnet.objects.filter(pk=magnet_id).first()


def is_cover(key: str) -> bool:
    """Whether a storage name is that of a cover: those may be shown, the files behind them may not."""
    return bool(key) and Asset.objects.filter(cover_key=key).exists()


def shown_pictures() -> frozenset[str]:
    """Storage names of the pictures that the questions of drafts and versions show."""
    drafts = [msgspec.convert(draft, MagnetDefinition) for draft in Magnet.objects.values_list("draft", flat=True)]
    told = [version.definition for each in published_magnets() for version in each.versions]
    return frozenset().union(*(pictures_in(definition) for definition in (*drafts, *told)))


def by_slug(slug: str) -> Magnet | None:
    """The magnet at a public address, published or not."""
    return Magnet.objects.filter(slug=slug).first()


def draft_of(magnet: Magnet) -> MagnetDefinition:
    return msgspec.convert(magnet.draft, MagnetDefinition)


def can_undo(magnet_id: int) -> bool:
    """Whether a change of the draft can be undone."""
    return Magnet.objects.filter(pk=magnet_id, before__isnull=False).exists()


def slug_is_taken(slug: str, *, by_other_than: int = 0) -> bool:
    return Magnet.objects.filter(slug=slug).exclude(pk=by_other_than).exists()


def was_published(magnet_id: int) -> bool:
    return MagnetVersion.objects.filter(magnet_id=magnet_id).exists()


def publish_facts(*, magnet: Magnet, slug: str, file_stored: bool, today: date, in_stock: bool = True) -> PublishFacts:
    """What the rules must know besides the words. A published address is fixed, whatever `slug` says.

    `today`: evidence that ended before is none.
    """
    asset = draft_of(magnet).asset
    vetted = vetting.vetted(magnet.pk, asset_key=asset.key if asset else "")
    address = magnet.slug if was_published(magnet.pk) else slug
    return PublishFacts(
        slug=address,
        slug_taken=slug_is_taken(address, by_other_than=magnet.pk),
        brand_complete=brand.brand_facts() is not None,
        file_stored=file_stored,
        in_stock=in_stock,
        vetted=VettedFacts(today=today, answers=vetted.answers, share=vetted.share),
    )


def files_of_others(magnet_id: int) -> dict[str, str]:
    """Storage name → title, of the files that the drafts of other magnets give."""
    rows = Magnet.objects.exclude(pk=magnet_id).values_list("draft__asset__key", "title")
    return {key: title for key, title in rows if key}


def current_version(magnet_id: int) -> VersionFacts | None:
    """The version that visitors see (or last saw), or None before the first publication."""
    return next(iter(versions(magnet_id)), None)


def versions(magnet_id: int) -> list[VersionFacts]:
    """Every version of a magnet, the newest first."""
    rows = MagnetVersion.objects.filter(magnet_id=magnet_id).select_related("published_by").order_by("-number")
    return [
        VersionFacts(
            version_id=row.pk,
            number=row.number,
            definition=decode_definition(row.definition),
            words=row.definition,
            digest=row.digest,
            published_at=row.published_at,
            published_by=row.published_by.name if row.published_by else "",
        )
        for row in rows
    ]


def definitions(version_ids: Iterable[int]) -> dict[int, MagnetDefinition]:
    """Version id → what that version says, for the versions that exist."""
    rows = MagnetVersion.objects.filter(pk__in=set(version_ids)).values_list("pk", "definition")
    return {pk: decode_definition(text) for pk, text in rows}


def all_definitions() -> dict[int, MagnetDefinition]:
    """Version id → what that version says, for every version that was ever published."""
    return {pk: decode_definition(text) for pk, text in MagnetVersion.objects.values_list("pk", "definition")}


@dataclass(frozen=True, slots=True)
class Limits:
    """To how many a magnet is offered: `cap` by its newest version (None: to everybody again), and the versions that have one."""

    cap: int | None
    versions: frozenset[int]


def limits(magnet_ids: Iterable[int] | None = None) -> dict[int, Limits]:
    """Magnet id → its limits, for those of these magnets (or of all) that were ever offered to a number of people."""
    rows = MagnetVersion.objects.filter(definition__contains=_LIMITED).order_by("number")
    if magnet_ids is not None:
        rows = rows.filter(magnet_id__in=set(magnet_ids))
    capped: dict[int, set[int]] = {}
    for pk, magnet_id, text in rows.values_list("pk", "magnet_id", "definition"):
        if availability_of(decode_definition(text)).cap is not None:
            capped.setdefault(magnet_id, set()).add(pk)
    newest = MagnetVersion.objects.filter(magnet_id__in=capped).order_by("number").values_list("magnet_id", "definition")
    caps = {magnet_id: availability_of(decode_definition(text)).cap for magnet_id, text in newest}
    return {magnet_id: Limits(caps[magnet_id], frozenset(versions)) for magnet_id, versions in capped.items()}


# What only a definition with limits holds: within a person's words the quotation marks would be escaped.
_LIMITED = '"availability":{'


def magnet_ids(version_ids: Iterable[int]) -> dict[int, int]:
    """Version id → magnet id."""
    return dict(MagnetVersion.objects.filter(pk__in=set(version_ids)).values_list("pk", "magnet_id"))


def version_ids(magnet_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """Magnet id → the ids of all its versions."""
    found: dict[int, frozenset[int]] = {magnet_id: frozenset() for magnet_id in magnet_ids}
    for magnet_id, pk in MagnetVersion.objects.filter(magnet_id__in=found).values_list("magnet_id", "pk"):
        found[magnet_id] |= {pk}
    return found


def slugs(version_ids: Iterable[int]) -> dict[int, str]:
    """Version id → the public address of its magnet."""
    return dict(MagnetVersion.objects.filter(pk__in=set(version_ids)).values_list("pk", "magnet__slug"))


def published_magnets() -> tuple[PublishedMagnet, ...]:
    """Everything that was ever published, by address; withdrawn magnets too, for their mailed links still open."""
    oldest_first = Prefetch("versions", MagnetVersion.objects.order_by("number"))
    rows = Magnet.objects.filter(versions__isnull=False).distinct().prefetch_related(oldest_first).order_by("slug")
    return tuple(
        PublishedMagnet(
            slug=row.slug,
            magnet_id=row.pk,
            live=row.withdrawn_at is None,
            family=row.family,
            versions=tuple(
                PublishedVersion(version_id=version.pk, number=version.number, definition=decode_definition(version.definition))
                for version in row.versions.all()
            ),
        )
        for row in rows
    )


def last_contract(language: str) -> Contract | None:
    """The contract that was published last in a language: a company describes what it sells only once."""
    rows = MagnetVersion.objects.filter(magnet__language=language, magnet__withdrawn_at__isnull=True)
    newest = rows.order_by("-published_at", "-pk").first()
    return decode_definition(newest.definition).contract if newest else None


def stored_keys() -> set[str]:
    """The storage names of every file and cover that a magnet ever had."""
    pairs = Asset.objects.values_list("key", "cover_key")
    return {key for pair in pairs for key in pair if key}
