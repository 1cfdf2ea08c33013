"""The files of the lake held to their records: nothing is summed up from a file that is not what was written."""

import structlog

from leadstone.domains.insights.models import LakeFile
from leadstone.domains.insights.queries.lake import BrokenFile, broken_as
from leadstone.domains.insights.services.writing import Lake
from leadstone.infra.lake.folder import LandedFile

log = structlog.get_logger()


def find_broken(lake: Lake) -> list[BrokenFile]:
    """The files that count and are missing, or hold other bytes than were written. Reads every byte of the lake."""
    return [
        broken_as(row, fault)
        for row in LakeFile.objects.filter(replaced_at=None).order_by("month", "pk")
        if (fault := lake.folder.fault_of(LandedFile(row.name, row.size_bytes, row.digest))) is not None
    ]


def hold_to_records(lake: Lake) -> bool:
    """Whether every file that counts is whole; the screens are told of those that are not. Only while the lake is held."""
    broken = find_broken(lake)
    LakeFile.objects.exclude(fault="").exclude(name__in=[one.name for one in broken]).update(fault="")
    for one in broken:
        LakeFile.objects.filter(name=one.name).update(fault=one.fault.value)
        log.error("lake.broken", file=one.name, fault=one.fault.value)
    return not broken
