"""The checks look at magnets, so they share the brand that magnets are tested with."""

from tests.magnets.conftest import brand

__all__ = ["brand"]
