"""Members of staff are reminded of what they planned: each reminder once, by the same gate as every other message."""

from datetime import datetime

from django.db import transaction

from leadstone.domains.activities import queries as activities
from leadstone.domains.activities import services
from leadstone.domains.delivery.rules import REMINDER
from leadstone.domains.delivery.services import queueing as delivery

AT_ONCE = 100


@transaction.atomic
def send_reminders(*, now: datetime) -> int:
    """Queue a mail for each reminder that is due and nobody has taken yet; returns how many."""
    mine = [pk for pk in activities.reminder_ids(now=now, limit=AT_ONCE) if services.note_reminded(activity_id=pk, now=now)]
    reminders = activities.reminder_facts(mine).values()
    delivery.queue_messages(
        [
            delivery.MessageRequest(
                effect_key=f"reminder:{facts.activity_id}:{int(facts.remind_at.timestamp())}",
                kind=REMINDER,
                contact_id=None,
                to_address=facts.to_address,
                address_hash="",  # the limits of visitors are not counted for staff
                language=facts.language,
                facts={"activity_id": facts.activity_id},
            )
            for facts in reminders
        ],
        now=now,
    )
    return len(mine)
