"""Which topic of a newsletter keeps the letters that another magnet's box promises."""

from datetime import datetime

from django.db import transaction

from leadstone.domains.audit.rules import Action, Subject
from leadstone.domains.audit.services import note
from leadstone.domains.newsletters.models import LetterBox
from leadstone.domains.newsletters.queries import boxes, letters
from leadstone.domains.newsletters.rules import Refusal
from leadstone.kernel.decision import YES, Decision


@transaction.atomic
def keep_box(*, source_id: int, magnet_id: int, topic: str, by: int, now: datetime) -> Decision:
    """From now on letters about `topic` of the newsletter keep what the box of `source_id` promises; empty: none of it does.

    It holds for everybody who agreed to those words, or will. A box that another newsletter keeps is left to that one.
    """
    box, known = boxes.box(source_id), letters.newsletter(magnet_id)
    if box is None or known is None or (box.newsletter_id not in (None, magnet_id)):
        return Decision(False, Refusal.NOT_ITS_BOX)
    if topic and topic not in {each.key for each in known.settings.topics}:
        return Decision(False, Refusal.TOPIC_UNKNOWN)
    if topic == (box.topic if box.newsletter_id else ""):
        return YES
    if topic:
        told = {"magnet_id": magnet_id, "topic": topic, "since": now, "by_id": by}
        LetterBox.objects.update_or_create(source_id=source_id, defaults=told)
    else:
        LetterBox.objects.filter(source_id=source_id).delete()
    facts: dict[str, int | str] = {"newsletter": magnet_id, "topic": topic, "before": box.topic, "people": box.people}
    note(actor_id=by, action=Action.BOX_KEPT, subject=Subject.MAGNET, subject_id=source_id, facts=facts, now=now)
    return YES
