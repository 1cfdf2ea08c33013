"""A newsletter with readers and a planned issue, made without screens and mails."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from leadstone.domains.magnets import drafting
from leadstone.domains.magnets.models import Magnet, MagnetVersion
from leadstone.domains.newsletters.services import sending, subscribing, writing
from leadstone.domains.newsletters.services.writing import Draft
from leadstone.wire.definition import MagnetDefinition, encode_definition

BODY = "Dear reader,\n\n## What we measured\n\n- 41 houses\n- see [the table](https://warm.example/table)"


def newsletter_definition(language: str = "en", **settings: object) -> MagnetDefinition:
    """Complete and honest: two topics, at most one letter a month; `settings` replace some of it."""
    made = drafting.draft_from_example(kind="newsletter", language=language, company="Warm Homes")
    return msgspec.structs.replace(made, title="Warm letters", settings=made.settings | settings)


def published_newsletter(*, now: datetime, slug: str = "letters", **settings: object) -> int:
    """A published one; returns the id of its magnet."""
    told = newsletter_definition(**settings)
    magnet = Magnet.objects.create(
        slug=slug, kind=told.kind, language=told.language, draft={}, title=told.title, created_at=now, updated_at=now
    )
    words = encode_definition(told)
    MagnetVersion.objects.create(magnet=magnet, number=1, definition=words, digest="1" * 64, published_at=now)
    return magnet.pk


def planned_issue(contact_ids: Sequence[int], *, now: datetime) -> int:
    """An issue that leaves at once, to people who read its topic; returns its id."""
    magnet_id = published_newsletter(now=now)
    subscribing.subscribe({(contact_id, magnet_id): ["practice"] for contact_id in contact_ids}, now=now)
    draft = Draft(subject="March", body=BODY, topics=("practice",))
    issue_id = writing.create_issue(draft, magnet_id=magnet_id, language="en", by=None, now=now)
    refused = sending.plan_issue(issue_id=issue_id, revision=1, at=now, wall="", zone="Europe/Warsaw", by=1, now=now)
    assert refused == ()
    return issue_id
