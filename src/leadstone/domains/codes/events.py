"""What codes tell the house."""

from leadstone.kernel.events import Event


class CodesAdded(Event, frozen=True, kw_only=True):
    """A pool has more codes: whoever waits may get one."""

    pool_id: int


class CodeGiven(Event, frozen=True, kw_only=True):
    """A code of a list went to somebody: one less is left."""

    pool_id: int


class PoolRunsLow(Event, frozen=True, kw_only=True):
    """A list of codes is nearly used up; told once until it is filled again."""

    pool_id: int
