"""What newsletters tell the house."""

from leadstone.kernel.events import Event


class IssueBegun(Event, frozen=True, kw_only=True):
    """The first letters of an issue leave; from now on it stands in the archive, if it is meant to."""

    issue_id: int


class ArchiveChanged(Event, frozen=True, kw_only=True):
    """An issue came into the public archive, or left it."""

    issue_id: int
