"""What people chose who stopped half way is kept, of versions that say so, and goes when their form is sent after all."""

import re
from collections.abc import Sequence
from datetime import datetime

from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.questionnaire import PREFIX
from leadstone.domains.magnets.stopped import chosen_in, keeps_stopped
from leadstone.domains.tracking import services as tracking
from leadstone.domains.tracking.services import Stopped
from leadstone.flows.submissions_received import time_of
from leadstone.wire.definition import MagnetDefinition
from leadstone.wire.records import QuestionsAsked, StoppedRun

_RUN = re.compile(r"[0-9a-f]{16}")


def keep_who_stopped(batch: Sequence[QuestionsAsked], *, now: datetime) -> None:
    """Belongs into a transaction. A record is a claim, so that each answer is read again under the words of its version."""
    definitions = magnets.definitions({run.version_id for record in batch for run in record.stopped})
    kept: dict[str, Stopped] = {}
    finished: set[str] = set()
    for record in batch:
        day = time_of(record.at, now=now).date()
        for run in record.stopped:
            chosen = _chosen(run, definitions.get(run.version_id))
            if chosen and _RUN.fullmatch(run.run):
                kept[run.run] = Stopped(run=run.run, version_id=run.version_id, day=day, answers=chosen)
        finished.update(record.finished)
    tracking.keep_stopped([each for run, each in kept.items() if run not in finished])
    tracking.drop_stopped(finished)


def _chosen(run: StoppedRun, definition: MagnetDefinition | None) -> dict[str, str]:
    if definition is None or not keeps_stopped(definition):
        return {}
    asking = KINDS[definition.kind].asking
    answers = {PREFIX + key: answer for key, answer in run.answers.items()}
    return chosen_in(asking.questions(definition), answers) if asking else {}
