"""A process of its own that looks into an installation's database while workers live and die: one command a line, JSON back.

Run as `python -m tests.worker.witness` with the installation's environment.
"""

import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadstone.project.settings")
django.setup()

from leadstone.domains.brand.models import Brand  # noqa: E402 - models exist only after setup
from leadstone.domains.consent import services as consent  # noqa: E402
from leadstone.domains.consent.rules import Method  # noqa: E402
from leadstone.domains.contacts import queries as contacts  # noqa: E402
from leadstone.domains.delivery import queries  # noqa: E402
from leadstone.domains.delivery.models import Mailing, Message  # noqa: E402
from leadstone.domains.delivery.services.queueing import MessageRequest, queue_messages  # noqa: E402
from leadstone.domains.grants.models import Grant  # noqa: E402
from leadstone.domains.newsletters.queries import issues  # noqa: E402
from leadstone.domains.webhooks import services as webhooks  # noqa: E402
from leadstone.domains.webhooks.models import Delivery  # noqa: E402
from leadstone.domains.webhooks.rules import EventKind  # noqa: E402
from leadstone.kernel.ids import new_key  # noqa: E402
from leadstone.wire.definition import Purpose  # noqa: E402
from tests.delivery.people import mailing_to, people  # noqa: E402
from tests.newsletters.making import planned_issue  # noqa: E402
from tests.outbound.receiver import LOOPBACK  # noqa: E402
from tests.worker.publishing import publish  # noqa: E402


def now() -> datetime:
    return datetime.now(UTC)


def seed(recipients: int, asked_for: int) -> int:
    """A mailing to `recipients` who agreed, and `asked_for` letters to others; returns the mailing's id."""
    Brand.objects.create(
        pk=1, company="Warm", language="en", sender_email="hello@warm.example", postal_address="1 Street", set_up_at=now()
    )
    version = publish("guide")
    willing = people([f"m{n}@home.example" for n in range(recipients)], gave=Purpose.NEWSLETTER)
    mailing = mailing_to(willing, now=now())
    Mailing.objects.update(texts={"en": {"subject": "March", "paragraphs": ["Hello."]}})
    visitors = people([f"t{n}@home.example" for n in range(asked_for)])
    grants = Grant.objects.bulk_create(
        [
            Grant(key=new_key(), contact=c, magnet_id=version.magnet_id, version=version, state="promised", promised_at=now())
            for c in visitors
        ]
    )
    letters = [(grant, contacts.mailboxes([grant.contact_id])[grant.contact_id]) for grant in grants if grant.contact_id]
    queue_messages(
        [
            MessageRequest(
                effect_key=f"grant:{grant.pk}",
                kind="delivery",
                contact_id=box.contact_id,
                to_address=box.value,
                address_hash=box.address_hash,
                language="en",
                facts={"grant_id": grant.pk},
            )
            for grant, box in letters
        ],
        now=now(),
    )
    return mailing


def account(mailing: int) -> dict[str, Any]:
    """The account as it stands at this moment, and how many asked-for letters still wait."""
    found = queries.accounting(mailing)
    return {
        "adds_up": found.adds_up,
        "targeted": found.targeted,
        "sent": found.sent,
        "unknown": found.unknown,
        "pending": found.pending,
        "failed": sum(found.failed.values()),
        "excluded": sum(found.excluded.values()),
        "asked_for_pending": Message.objects.filter(message_class="transactional", finished_at=None).count(),
    }


def seed_issue(readers: int) -> int:
    """A planned issue of a newsletter that `readers` subscribed to and agreed to; returns its id."""
    if not Brand.objects.exists():
        Brand.objects.create(
            pk=1, company="Warm", language="en", sender_email="hello@warm.example", postal_address="1 Street", set_up_at=now()
        )
    willing = people([f"m{n}@home.example" for n in range(readers)], gave=Purpose.NEWSLETTER)
    return planned_issue([contact.pk for contact in willing], now=now())


def issue(issue_id: int) -> dict[str, Any]:
    """Where an issue is, with its account once it has one."""
    card = issues.issue(issue_id)
    begun = account(card.mailing_id) if card.mailing_id else {}
    return {"state": card.state.value, "all_reached": card.all_reached, **begun}


def seed_hooks(url: str, number: int) -> None:
    """An endpoint at a server on this machine, and so many messages that wait for it."""
    webhooks.add_endpoint(name="App", url=url, events=[EventKind.TEST], by=None, now=now(), networks=LOOPBACK)
    occasions = [webhooks.Occasion(kind=EventKind.TEST, key=f"test:{n}", at=now()) for n in range(number)]
    webhooks.queue(occasions, now=now())


def hooks() -> dict[str, str]:
    """The `webhook-id` of each message, and where it stands."""
    return {f"msg_{key.hex}": state for key, state in Delivery.objects.values_list("key", "state")}


def leave(number: int) -> str:
    """One recipient unsubscribes; returns the state of their message right after the commit."""
    email = f"m{number}@home.example"
    contact_id = contacts.find_contact(address_key=email)
    assert contact_id is not None
    box = contacts.mailboxes([contact_id])[contact_id]
    owner = consent.MailboxOwner(contact_id=contact_id, address_key=box.key, address_hash=box.address_hash)
    consent.withdraw_marketing([owner], method=Method.ONE_CLICK, collector="edge", now=now())
    found = Message.objects.filter(contact_id=contact_id).values_list("state", flat=True).first()
    return str(found or "unreached")


COMMANDS: dict[str, Callable[..., Any]] = {
    "seed": seed,
    "seed_issue": seed_issue,
    "account": account,
    "issue": issue,
    "leave": leave,
    "seed_hooks": seed_hooks,
    "hooks": hooks,
}


def main() -> None:
    for line in sys.stdin:
        command, *arguments = json.loads(line)
        print(json.dumps(COMMANDS[command](*arguments)), flush=True)


if __name__ == "__main__":
    main()
