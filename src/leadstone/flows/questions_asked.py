"""How far people came with questions, as the edge counted it, becomes totals of a day."""

from collections.abc import Sequence
from datetime import datetime
from itertools import zip_longest

from django.db import transaction

from leadstone.domains.magnets import queries as magnets
from leadstone.domains.tracking import services as tracking
from leadstone.domains.tracking.rules import LONGEST_KEY
from leadstone.domains.tracking.services import Counted, QuestionKey
from leadstone.flows.stopped_kept import keep_who_stopped
from leadstone.flows.submissions_received import time_of
from leadstone.wire.records import TOOK_SECONDS, QuestionCount, QuestionsAsked


@transaction.atomic
def questions_asked(batch: Sequence[QuestionsAsked], *, now: datetime) -> None:
    """Totals of questions since the edge last told them."""
    known = magnets.magnet_ids({count.version_id for record in batch for count in record.counts})
    totals: dict[QuestionKey, Counted] = {}
    for record in batch:
        day = time_of(record.at, now=now).date()
        for count in record.counts:
            if count.version_id in known:
                key = QuestionKey(count.version_id, day, count.question[:LONGEST_KEY])
                totals[key] = _together(totals.get(key, Counted()), count)
    tracking.add_questions(totals)
    keep_who_stopped(batch, now=now)


def _together(counted: Counted, count: QuestionCount) -> Counted:
    took = zip_longest(counted.took, count.took[: len(TOOK_SECONDS) + 1], fillvalue=0)
    return Counted(
        shown=counted.shown + max(0, count.shown),
        shown_to_machines=counted.shown_to_machines + max(0, count.shown_to_machines),
        answered=counted.answered + max(0, count.answered),
        answered_by_machines=counted.answered_by_machines + max(0, count.answered_by_machines),
        took=tuple(before + max(0, more) for before, more in took),
    )
