"""The worker: a few threads with their own tasks, and a graceful end.

Intake must not wait for mail servers, mail must not wait for the DNS, and nothing waits for what is merely tidy.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue

import structlog
from django.db import connection

from leadstone.domains.delivery.rules import Limits
from leadstone.domains.delivery.services import gateway, hosts
from leadstone.domains.inbound.rules import ProviderName
from leadstone.domains.inbound.rules.mail_doors import Letterbox
from leadstone.domains.insights import services as insights
from leadstone.domains.insights.services import Lake
from leadstone.domains.needs import services as needs
from leadstone.flows.booking_changed import send_booking_reminders
from leadstone.flows.calendars_read import read_calendars
from leadstone.flows.codes_told import remind_of_ends
from leadstone.flows.evidence_expired import tell_of_expiry
from leadstone.flows.experiments_judged import stop_what_harms
from leadstone.flows.facts_gathered import gather_facts
from leadstone.flows.handed_over import Providers, take_in_due
from leadstone.flows.letters import Letters
from leadstone.flows.letters_sent import send_issues
from leadstone.flows.mail_received import Mailbox, read_mailbox
from leadstone.flows.notices_due import write_what_is_due
from leadstone.flows.promises_asked import ask_whether_kept
from leadstone.flows.promises_watched import watch_promises
from leadstone.flows.reminders_sent import send_reminders
from leadstone.flows.sources_read import read_sources
from leadstone.flows.trials_due import remind_and_end
from leadstone.infra.host import this_host
from leadstone.infra.keys import core_keys
from leadstone.infra.mail.url import MailUrl
from leadstone.infra.outbound import Outbound
from leadstone.wire.data_folder import DataFolder
from leadstone.worker.hooks import Messengers
from leadstone.worker.intake import Intake
from leadstone.worker.presence import Presence
from leadstone.worker.sending import Sender
from leadstone.worker.task import Rota, Task
from leadstone.worker.upkeep import TakesMail, Upkeep

log = structlog.get_logger()

WORKERS_FOLDER = "workers"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerOptions:
    """What the surroundings decide; `mail` None is the local mailbox, `takes_mail` None leaves the DNS alone."""

    folder: DataFolder
    journal: Path
    public_url: str
    studio_url: str = ""
    mail: MailUrl | None = None
    limits: Limits = field(default_factory=Limits)
    couriers: int = 4
    takes_mail: TakesMail | None = None
    lake_months: int | None = None  # how long the event lake keeps what happened; None: it is not written
    outbound: Outbound | None = None  # None: nobody is told by webhooks, no calendar and no source is read
    providers: Providers = field(default_factory=dict)  # who hands people over to us
    mailbox: Mailbox | None = None  # where letters wait; None: a mail server hands them over, or nobody does
    letterbox: Letterbox | None = None  # which addresses are ours


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Worker:
    """One worker; any number may share a database. Use either `run` or `run_once`."""

    def __init__(self, options: WorkerOptions, *, clock: Callable[[], datetime] = _utc_now) -> None:
        self._clock = clock
        self._frozen: datetime | None = None  # the time of `run_once`
        self._stop = threading.Event()
        # The one thing that a signal handler may safely use: it can be re-entered, an Event cannot.
        self._stop_wishes: SimpleQueue[None] = SimpleQueue()
        self._mail_wakes = threading.Event()
        self.presence = Presence(options.folder.run / WORKERS_FOLDER)
        keys = core_keys(options.folder)
        self._intake = Intake(
            journal=options.journal, private_key=keys.journal_private_key, clock=self._now, on_reacted=self._mail_wakes.set
        )
        self._sender = Sender(
            worker=self.presence.worker,
            open_line=lambda: gateway.open_line(options.mail, local=options.folder.mail),
            compose=Letters(public_url=options.public_url, token_seed=keys.token_seed, studio_url=options.studio_url).compose,
            limits=options.limits,
            clock=self._now,
            couriers=options.couriers,
        )
        self._outbound = options.outbound
        self._providers = options.providers
        self._mailbox = options.mailbox
        self._letterbox = options.letterbox
        self._corpus = options.folder.corpus
        self._lake = Lake.at(options.folder.lake)
        self._lake_months = options.lake_months
        self._messengers = Messengers(worker=self.presence.worker, outbound=options.outbound, clock=self._now)
        self._upkeep = Upkeep(
            folder=options.folder,
            journal=options.journal,
            journal_private_key=keys.journal_private_key,
            public_url=options.public_url,
            studio_url=options.studio_url,
            presence=self.presence,
            takes_mail=options.takes_mail,
            clock=self._now,
        )
        self._rotas = self._make_rotas()

    def run(self) -> None:
        """Work until `stop`; then finish the message in hand and return. Every task starts at once."""
        threads = [threading.Thread(target=self._thread, args=(rota, wakes), name=rota.name) for rota, wakes in self._rotas]
        for thread in threads:
            thread.start()
        log.info("worker.started", worker=self.presence.worker)
        self._stop_wishes.get()
        self._stop.set()
        for _, wakes in self._rotas:
            wakes.set()
        for thread in threads:
            thread.join()
        self._intake.close()
        self.presence.leave()
        log.info("worker.stopped", worker=self.presence.worker)

    def stop(self) -> None:
        """May be called from a signal handler or another thread, any number of times."""
        self._stop_wishes.put(None)

    def run_once(self, now: datetime | None = None) -> None:
        """Do all that is due at `now` in this thread, and return when nothing is left. Failures are raised."""
        frozen = now or self._clock()
        self._frozen = frozen
        try:
            self._upkeep.publish()
            self._upkeep.reclaim()
            self._upkeep.release_times()
            self._remind()
            while self._end_trials():
                pass
            while self._ask_whether_kept():
                pass
            self._remind_of_codes()
            while self._send_issues():
                pass
            while self._read_mailbox() or self._take_in():
                pass
            for _ in range(1000):
                moved = self._intake.drain() | self._intake.react()
                self._sender.run_until_idle()
                if not moved and not self._intake.react():
                    break
            self._send_issues()
            self._watch_promises()
            self._watch_experiments()
            while self._gather_needs():
                pass
            self._upkeep.look_up_domains()
            while self._upkeep.chain_audit():
                pass
            while self._arrive():
                pass
            while self._read_sources():
                pass
            self._messengers.run_until_idle()
            while self._keep_lake():
                pass
        finally:
            self._frozen = None

    def close(self) -> None:
        """After `run_once`: close the lines and say goodbye."""
        self._sender.finish()
        self._intake.close()
        self.presence.leave()

    def _now(self) -> datetime:
        return self._frozen or self._clock()

    def _make_rotas(self) -> list[tuple[Rota, threading.Event]]:
        upkeep = self._upkeep
        plan: dict[str, list[Task]] = {
            "intake": [
                Task("drain", self._intake.drain, 0.1),
                Task("react", self._intake.react, 0.25),
                Task("arrive", self._arrive, 30),
            ],
            "mail": [Task("send", self._send, 0.25)],
            "hooks": [Task("tell", self._tell, 0.5)],
            "inbound": [Task("take_in", self._take_in, 2)],
            # A mail server may be slow to answer; nobody else waits for it.
            "letters": [Task("read_mailbox", self._read_mailbox, 60)],
            "names": [
                Task("look_up_domains", upkeep.look_up_domains, 2),
                Task("read_calendars", self._read_calendars, 60),
                Task("read_sources", self._read_sources, 5),
            ],
            # The reading process may take its time; nobody else waits for it.
            "lake": [Task("keep_lake", self._keep_lake, 60), Task("tidy_lake", self._tidy_lake, 3600)],
            "upkeep": [
                Task("publish", upkeep.publish, 60),
                Task("heartbeat", self._beat, 5),
                Task("reclaim", upkeep.reclaim, 5),
                Task("remind", self._remind, 5),
                Task("end_trials", self._end_trials, 30),
                Task("send_issues", self._send_issues, 1),
                Task("release_times", upkeep.release_times, 10),
                Task("remind_of_codes", self._remind_of_codes, 3600),
                Task("ask_whether_kept", self._ask_whether_kept, 60),
                Task("watch_promises", self._watch_promises, 3600),
                Task("watch_experiments", self._watch_experiments, 3600),
                Task("tell_of_expiry", self._tell_of_expiry, 3600),
                Task("tell_where_from", self._tell_where_from, 600),
                Task("gather_needs", self._gather_needs, 60),
                Task("chain_audit", upkeep.chain_audit, 60),
                Task("trim_journal", upkeep.trim_journal, 3600),
                Task("forget", upkeep.forget, 3600),
                Task("retry_quarantined", upkeep.retry_quarantined, 3600),
                Task("tidy_search", upkeep.tidy_search, 24 * 3600),
                Task("keep_statistics", upkeep.keep_statistics, 24 * 3600),
            ],
        }
        wakes = {"mail": self._mail_wakes}
        return [
            (Rota(name, tasks, clock=self._now, monotonic=time.monotonic), wakes.get(name, threading.Event()))
            for name, tasks in plan.items()
        ]

    def _arrive(self) -> bool:
        """Say that mail would leave from here. A copy first takes in what its original may have answered already."""
        if self._intake.drain() or self._intake.react():
            return True
        hosts.arrive(this_host(), now=self._now())
        return False

    def _remind(self) -> bool:
        if not send_reminders(now=self._now()) + send_booking_reminders(now=self._now()):
            return False
        self._mail_wakes.set()
        return True

    def _remind_of_codes(self) -> bool:
        return remind_of_ends(now=self._now()) > 0

    def _ask_whether_kept(self) -> bool:
        if not ask_whether_kept(now=self._now()):
            return False
        self._mail_wakes.set()
        return True

    def _tell_of_expiry(self) -> bool:
        return tell_of_expiry(now=self._now()) > 0

    def _tell_where_from(self) -> bool:
        if not write_what_is_due(now=self._now()):
            return False
        self._mail_wakes.set()
        return True

    def _gather_needs(self) -> bool:
        return needs.gather_if_due(now=self._now())

    def _watch_promises(self) -> bool:
        watch_promises(now=self._now())
        return False

    def _watch_experiments(self) -> bool:
        stop_what_harms(now=self._now())
        return False

    def _send_issues(self) -> bool:
        more = send_issues(now=self._now())
        if more:
            self._mail_wakes.set()
        return more

    def _end_trials(self) -> bool:
        if not remind_and_end(now=self._now()):
            return False
        self._mail_wakes.set()
        return True

    def _read_calendars(self) -> bool:
        return self._outbound is not None and read_calendars(self._outbound, clock=self._now) > 0

    def _read_sources(self) -> bool:
        return self._outbound is not None and read_sources(self._outbound, corpus=self._corpus, clock=self._now)

    def _take_in(self) -> bool:
        return bool(self._providers) and take_in_due(self._providers, self._outbound, now=self._now())

    def _read_mailbox(self) -> bool:
        provider = self._providers.get(ProviderName.MAIL)
        if self._mailbox is None or self._letterbox is None or provider is None:
            return False
        return read_mailbox(self._mailbox, letterbox=self._letterbox, provider=provider, clock=self._now)

    def _keep_lake(self) -> bool:
        if self._lake_months is None:
            return False
        return gather_facts(now=self._now()) or insights.keep_lake(self._lake, now=self._now())

    def _tidy_lake(self) -> bool:
        if self._lake_months is not None:
            insights.tidy_lake(self._lake, months=self._lake_months, now=self._now())
        return False

    def _send(self) -> bool:
        return self._sender.step(wait_seconds=0.25) or not self._sender.idle

    def _tell(self) -> bool:
        return self._messengers.step(wait_seconds=0.25) or not self._messengers.idle

    def _beat(self) -> bool:
        tasks = [task for rota, _ in self._rotas for task in rota.tasks]
        facts = {
            task.name: {
                "ok_at": task.health.ok_at.isoformat() if task.health.ok_at else None,
                "failures": task.health.failures_in_a_row,
            }
            for task in tasks
        }
        self.presence.beat(now=self._now(), facts=facts)
        return False

    def _thread(self, rota: Rota, wakes: threading.Event) -> None:
        try:
            rota.run(stop=self._stop, wakes=wakes)
            if rota.name == "mail":
                self._sender.finish()
            if rota.name == "hooks":
                self._messengers.finish()
        finally:
            connection.close()
