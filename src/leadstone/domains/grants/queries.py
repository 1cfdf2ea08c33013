"""The only reads of grants that others may call."""

from uuid import UUID

from leadstone.domains.grants.models import Grant
from leadstone.domains.grants.rules import GrantState


def revoked_keys() -> frozenset[UUID]:
    """The grants whose links open nothing any more."""
    return frozenset(Grant.objects.filter(state=GrantState.UNDONE.value).values_list("key", flat=True))
