"""What those chose who stopped half way with questions."""

from collections import Counter
from datetime import date

from leadstone.domains.tracking.models import StoppedRun


def chosen_by_stopped(version_id: int, *, since: date) -> tuple[int, dict[str, Counter[str]]]:
    """How many stopped half way from that day on, and key of a question → what was chosen there → by how many of them."""
    runs = StoppedRun.objects.filter(version_id=version_id, day__gte=since).values_list("answers", flat=True)
    found: dict[str, Counter[str]] = {}
    number = 0
    for answers in runs.iterator():
        number += 1
        for question, chosen in answers.items():
            found.setdefault(question, Counter()).update(chosen.split())
    return number, found
