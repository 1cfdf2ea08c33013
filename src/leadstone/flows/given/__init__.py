"""What is given once a mailbox is proven, for the kinds whose gift lives in the database: one story a file, and their table."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from leadstone.domains.grants import queries as grants
from leadstone.domains.grants.events import MailboxConfirmed
from leadstone.domains.grants.queries import LetterFacts
from leadstone.domains.grants.rules import STANDING
from leadstone.domains.magnets.kind import Step
from leadstone.domains.magnets.kinds import KINDS
from leadstone.flows.given import bookings, codes, letters, parcels, trials

# Gives what was promised to each, once; called again for the same grants it changes nothing. All of them stand.
Giver = Callable[[Sequence[LetterFacts], datetime], None]

GIVERS: Mapping[Step, Giver] = {
    Step.CODE: codes.give_codes,
    Step.LETTERS: letters.give_letters,
    Step.SLOT: bookings.give_times,
    Step.PARCEL: parcels.give_parcels,
    Step.TRIAL: trials.give_trials,
}


def give_what_is_held(events: Sequence[MailboxConfirmed], /, *, now: datetime) -> None:
    """The reaction to proven mailboxes: each grant to the story of its kind."""
    waiting: dict[Step, list[LetterFacts]] = {}
    proven = grants.letter_facts({event.grant_id for event in events}).values()
    # Somebody may have undone the exchange before its turn came, or before a turn that failed is repeated.
    for facts in (each for each in proven if each.state in STANDING):
        held = KINDS[facts.definition.kind].held if facts.definition.kind in KINDS else None
        if held is not None:
            waiting.setdefault(held, []).append(facts)
    for step, asked in waiting.items():
        GIVERS[step](asked, now)
