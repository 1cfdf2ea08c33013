"""What keeps an installation tidy: the bundle, dead workers, mail domains, the journal, retention."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from leadstone import __version__
from leadstone.domains.access import services as access
from leadstone.domains.audit import services as audit
from leadstone.domains.bookings import services as bookings
from leadstone.domains.capture import queries as capture
from leadstone.domains.companies import services as companies
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.contacts import services as contacts_services
from leadstone.domains.delivery.services import upkeep as delivery
from leadstone.domains.grants import services as grants
from leadstone.domains.inbound import services as inbound
from leadstone.domains.inbound.rules import KEPT, REFERENCE_KEPT
from leadstone.domains.inbound.services import doors
from leadstone.domains.kiosks import services as kiosks
from leadstone.domains.kiosks.rules import HELD_FOR
from leadstone.domains.privacy import services as privacy
from leadstone.domains.webhooks import services as webhooks
from leadstone.flows.bundle_published import publish_bundle, publish_revocations
from leadstone.flows.counters_published import publish_counters
from leadstone.flows.kiosks_changed import publish_kiosks
from leadstone.flows.mail_domains_looked_up import mail_domains_looked_up
from leadstone.flows.quarantine_retried import end_quarantine, retry_quarantined
from leadstone.flows.unfounded_kept import forget_unfounded
from leadstone.infra.outbox import services as outbox
from leadstone.infra.statistics import keep_statistics
from leadstone.infra.stored_tokens import services as stored_tokens
from leadstone.wire.data_folder import DataFolder
from leadstone.wire.journal import JournalReader
from leadstone.worker.presence import Presence

log = structlog.get_logger()

TakesMail = Callable[[str], bool | None]

DOMAINS_AT_ONCE = 5
JOURNAL_KEPT = timedelta(days=7)
EVENTS_KEPT = timedelta(days=30)
ANSWERS_KEPT = timedelta(hours=24)  # docs/api.md promises it


class Upkeep:
    """Each method is one task's portion: it returns whether there is more to do at once."""

    def __init__(
        self,
        *,
        folder: DataFolder,
        journal: Path,
        journal_private_key: str,
        public_url: str,
        studio_url: str,
        presence: Presence,
        takes_mail: TakesMail | None,
        clock: Callable[[], datetime],
    ) -> None:
        self._folder = folder
        self._journal = journal
        self._journal_private_key = journal_private_key
        self._public_url = public_url
        self._studio_url = studio_url
        self._presence = presence
        self._takes_mail = takes_mail
        self._clock = clock

    def publish(self) -> bool:
        """Bring the bundle up to date, should an event have been missed or the folder have been emptied."""
        publish_bundle(self._folder, public_url=self._public_url, studio_url=self._studio_url)
        publish_revocations(self._folder)
        publish_counters(self._folder)
        publish_kiosks(self._folder)
        return False

    def reclaim(self) -> bool:
        """Take over what dead workers left."""
        gone = self._presence.gone()
        touched = delivery.reclaim(gone=gone, now=self._clock()) + webhooks.reclaim(gone=gone, now=self._clock())
        if not touched:
            self._presence.bury(gone, now=self._clock())
        return touched > 0

    def look_up_domains(self) -> bool:
        """Ask the DNS about a few mail domains that are due; the answers are written down together."""
        if self._takes_mail is None:
            return False
        due = contacts.domains_to_look_up(now=self._clock(), limit=DOMAINS_AT_ONCE)
        answers = {domain: self._takes_mail(domain) for domain in due}
        if answers:
            mail_domains_looked_up(answers, now=self._clock())
        return len(due) == DOMAINS_AT_ONCE

    def chain_audit(self) -> bool:
        """Give the lines of the audit log their place in its chain. The end goes to this log too, which no table can rewrite."""
        end = audit.chain()
        if end is None:
            return False
        log.info("audit.chained", through=end.sequence, hash=end.hash)
        return end.more

    def release_times(self) -> bool:
        """Give back the times that nobody proved to want."""
        return bookings.release_overdue(now=self._clock()) > 0

    def trim_journal(self) -> bool:
        """Delete records that took effect a week ago."""
        reader = JournalReader(self._journal, self._journal_private_key)
        try:
            through = capture.cursor(reader.stream)
            before = self._clock() - JOURNAL_KEPT
            trimmed = reader.trim(through=through, before=int(before.timestamp() * 1000))
        finally:
            reader.close()
        if trimmed:
            log.info("journal.trimmed", commits=trimmed)
        return False

    def forget(self) -> bool:
        """Delete what has run out: codes, attempts, links to the portal, sessions, answers to programs, events that were answered
        long ago, and forms that were kept as long as they may be."""
        now = self._clock()
        grants.forget_attempts(before=now)
        stored_tokens.forget_expired(now=now)
        access.forget_sessions(now=now)
        access.forget_answers(before=now - ANSWERS_KEPT)
        webhooks.forget_finished(now=now)
        more_events = outbox.forget_answered(before=now - EVENTS_KEPT) > 0
        end_quarantine(now=now)
        privacy.forget_who_stopped(now=now)
        forget_unfounded(now=now)
        kiosks.forget_sealed(before=now - HELD_FOR)
        inbound.forget_said(before=now - KEPT, references_before=now - REFERENCE_KEPT)
        doors.forget_old_secrets(now=now)
        return privacy.forget_what_is_due(now=now) > 0 or more_events

    def tidy_search(self) -> bool:
        """Leave nothing of texts that were changed or erased in the indexes of the search."""
        contacts_services.tidy_search()
        companies.tidy_search()
        return False

    def keep_statistics(self) -> bool:
        """A list that grew from ten rows to a million is read another way."""
        keep_statistics()
        return False

    def retry_quarantined(self) -> bool:
        """Give what failed alone another chance: at the start, should this be another version, and as time passes."""
        retry_quarantined(version=__version__, now=self._clock())
        return False
