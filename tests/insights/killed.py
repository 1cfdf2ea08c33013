"""A worker that stages facts and writes them, again and again, until it is killed; and what is there when all is written."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Sum

from leadstone.domains.insights import services
from leadstone.domains.insights.models import LakeFile, StagedFacts
from leadstone.domains.insights.rules.facts import Fact, FactKind
from leadstone.domains.insights.services import Lake
from tests.insights.engine import quick_lake

AT = datetime(2026, 3, 1, tzinfo=UTC)


def count() -> int:
    """How many facts there are, on their way and in files."""
    staged = StagedFacts.objects.aggregate(all=Sum("facts", default=0))["all"]
    return int(staged + LakeFile.objects.filter(replaced_at=None).aggregate(all=Sum("facts", default=0))["all"])


def lake() -> Lake:
    return quick_lake(Path(os.environ["LEADSTONE_DATA"]) / "lake")


def work() -> None:
    now = AT
    while True:
        now += timedelta(seconds=1)
        with transaction.atomic():
            first = count() + 1  # were one lost or doubled, numbers would be there twice or be missing
            services.note_facts(Fact(at=AT, kind=FactKind.SUBMIT, lead=number) for number in range(first, first + 20))
        services.keep_lake(lake(), now=now)


def finish() -> None:
    """Write what is left, sweep, and print the names of the files that count."""
    while services.keep_lake(lake(), now=AT):
        pass
    services.tidy_lake(lake(), months=36, now=AT)
    print(*LakeFile.objects.filter(replaced_at=None).values_list("name", flat=True))
