"""Notices to people about what they asked for: one composer a kind of message, and their table.

A message's `facts` are ids only; its words are made here, when it leaves, in the reader's language.
"""

from collections.abc import Mapping

from leadstone.flows.notices import promises
from leadstone.flows.notices.desk import Compose, Desk

__all__ = ["NOTICES", "Compose", "Desk"]

NOTICES: Mapping[str, Compose] = {
    promises.QUESTION: promises.question,
}
