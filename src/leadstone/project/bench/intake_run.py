"""One run of the intake measurement; the process's environment names its folder and its empty database."""

import asyncio
import io
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime

from django.conf import settings
from django.core.management import call_command

from leadstone.domains.brand import services as brand
from leadstone.domains.delivery import queries as delivery
from leadstone.domains.leads import queries as leads
from leadstone.domains.magnets import services as magnets
from leadstone.flows.journal_drained import drain
from leadstone.flows.reactions import REACTIONS
from leadstone.infra.blobs.store import BlobStore
from leadstone.infra.documents.intake import KeptDocument
from leadstone.infra.keys import core_keys
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.document import DocumentFacts, MediaType
from leadstone.kernel.ids import new_ref
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
from leadstone.wire.journal import JournalReader
from leadstone.wire.journal_writer import JournalWriter
from leadstone.wire.records import Origin, SubmissionReceived
from leadstone.worker.intake import DRAIN_AT_ONCE

SLUG = "guide"
WORDS = Contract(
    you_get="The guide as a PDF file.",
    asks=(
        AskedField(key=FieldKey.EMAIL, reason="to send the guide", required=True),
        AskedField(key=FieldKey.NAME, reason="to address you"),
        AskedField(key=FieldKey.PHONE, reason="to call back"),
    ),
    next_steps=(
        NextStep(channel=Channel.EMAIL, text="One letter a month", purpose=Purpose.NEWSLETTER),
        NextStep(channel=Channel.PHONE, text="One call, if you leave a number"),
    ),
    sells="We sell heating audits.",
    scored="We judge how well our audit may fit.",
    without_marketing="Leave the box empty.",
    retention_months=12,
    deletion="After 12 quiet months.",
    consents=(ConsentOffer(key="newsletter-email", purpose=Purpose.NEWSLETTER, channel=Channel.EMAIL, text="One letter"),),
)


def main(count: int) -> None:
    """Prepare everything, take `count` submissions in, print the figures as one line of JSON."""
    call_command("migrate", interactive=False, verbosity=0)
    version_id = _publish_guide()
    keys = core_keys(settings.FOLDER)
    asyncio.run(_fill_journal(forms(count, version_id=version_id), public_key=keys.journal_public_key))
    reader = JournalReader(settings.FOLDER.journal, keys.journal_private_key)
    started = time.perf_counter()
    _work_until_nothing_waits(reader)
    seconds = time.perf_counter() - started
    figures = {
        "submissions": count,
        "seconds": round(seconds, 3),
        "submissions_per_s": int(count / seconds),
        "leads": leads.total_leads(),
        "messages": sum(delivery.messages_by_state().values()),
    }
    print(json.dumps(figures))


def forms(count: int, *, version_id: int) -> Iterator[SubmissionReceived]:
    """What visitors send: nine strangers in ten, a third with the newsletter ticked, several from one company."""
    at = int(time.time() * 1000)
    for number in range(count):
        person = number if number % 10 else max(0, number - 7)
        yield SubmissionReceived(
            at=at,
            ref=new_ref(),
            nonce=new_ref(),
            slug=SLUG,
            version_id=version_id,
            language="en",
            answers={
                "email": f"anna.nowak{person}@zaklad{person % 500}.com.pl",
                "name": f"Anna Nowak {'Maria' if person % 2 else 'Ewa'}",
                "phone": f"+48 601 {person // 1000 % 1000:03} {person % 1000:03}",
            },
            ticked=("newsletter-email",) if number % 3 == 0 else (),
            origin=Origin(source="facebook", medium="social", campaign="autumn"),
            fill_ms=9000,
            network=f"192.0.{person % 256}.0/24",
        )


def _publish_guide() -> int:
    now = datetime.now(UTC)
    brand.set_up_brand(company="Bench", language="en", sender_email="bench@example.com", postal_address="1 Bench Street", now=now)
    blobs = BlobStore(settings.FOLDER.blobs)
    file = blobs.write(io.BytesIO(b"%PDF-1.7 bench"), limit_bytes=1000)
    kept = KeptDocument(file=file, facts=DocumentFacts(media_type=MediaType.PDF, title="Guide"), cover=None)
    magnet = magnets.create_from_document(kept=kept, kind="guide", by=None, now=now)
    definition = MagnetDefinition(
        kind="guide", language="en", title="Guide", promise="It tells.", button="Send me the guide", contract=WORDS
    )
    magnets.save_draft(magnet_id=magnet.pk, definition=definition, slug=SLUG, now=now)
    published = magnets.publish_version(magnet_id=magnet.pk, slug=SLUG, blobs=blobs, by=None, now=now)
    if published.version_id is None:
        raise RuntimeError(f"the bench guide has gaps: {published.gaps}")
    return published.version_id


async def _fill_journal(records: Iterator[SubmissionReceived], *, public_key: str) -> None:
    writer = JournalWriter(settings.FOLDER.journal, public_key)
    waiting = list(records)
    for start in range(0, len(waiting), 1000):
        await asyncio.gather(*(writer.append(record) for record in waiting[start : start + 1000]))
    await writer.close()


def _work_until_nothing_waits(reader: JournalReader) -> None:
    while True:
        now = datetime.now(UTC)
        drained = drain(reader, now=now, limit=DRAIN_AT_ONCE)
        reacted = outbox.react(REACTIONS, now=now)
        if not drained and not reacted:
            return
