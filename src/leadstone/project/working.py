"""Starting a worker: the one place that hands it the surroundings and the integrations."""

import signal
from types import FrameType

from leadstone.domains.delivery.rules import Limits
from leadstone.domains.inbound.rules.mail_doors import read_letterbox
from leadstone.infra.logs import configure_logs
from leadstone.infra.mail.url import read_mail_url
from leadstone.infra.outbound import Networks, Outbound, read_networks
from leadstone.integrations.dns.addresses import AddressLookup
from leadstone.integrations.dns.mail_domains import MailDomainLookup
from leadstone.integrations.inbound_mail.mailbox import BadMailboxUrl, ImapMailbox, read_mailbox_url
from leadstone.project.environment import Environment, environment
from leadstone.project.lifeline import leave_with_parent
from leadstone.project.providers import PROVIDERS
from leadstone.wire.journal import journal_file
from leadstone.worker.loop import Worker, WorkerOptions


def options_from(surroundings: Environment) -> WorkerOptions:
    """What the settings mean for a worker; raises `BadMailUrl`, `BadMailboxUrl` or `BadJournalUrl`."""
    folder = surroundings.folder
    mailbox, letterbox = read_mailbox_url(surroundings.inbound_mail_url), read_letterbox(surroundings.inbound_mail_address)
    if mailbox and not letterbox:
        raise BadMailboxUrl(problem="LEADSTONE_INBOUND_MAIL_ADDRESS does not say which addresses are ours")
    return WorkerOptions(
        folder=folder,
        journal=journal_file(surroundings.journal_url, default=folder.journal),
        public_url=surroundings.public_url,
        studio_url=surroundings.studio_url,
        mail=read_mail_url(surroundings.mail_url),
        limits=Limits(unproven_an_hour=surroundings.mail_budget_per_hour),
        takes_mail=MailDomainLookup().takes_mail,
        lake_months=surroundings.lake_months,
        outbound=Outbound(AddressLookup().addresses, Networks(own=read_networks(surroundings.outbound_networks.split(",")))),
        providers=PROVIDERS,
        mailbox=ImapMailbox(mailbox) if mailbox else None,
        letterbox=letterbox,
    )


def run_worker(*, once: bool = False) -> None:
    """Work until SIGTERM or SIGINT; with `once`, do what is due now and return."""
    surroundings = environment()
    configure_logs(form=surroundings.log_format, level=surroundings.log_level, process="worker")
    worker = Worker(options_from(surroundings))
    if once:
        try:
            worker.run_once()
        finally:
            worker.close()
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        worker.stop()

    for wish in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wish, stop)
    leave_with_parent()
    worker.run()
