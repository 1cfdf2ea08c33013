"""What a token holder sees of a trial: how far it is, how to get in, and what happens at the end."""

from datetime import datetime

from leadstone.domains.grants.queries import LetterFacts
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.kinds.trial import terms_of
from leadstone.domains.trials import queries
from leadstone.domains.trials.rules import RUNNING, State, day_of
from leadstone.flows.trial_links import start_link
from leadstone.wire.pages.held_view import HeldView


def shown(letter: LetterFacts, now: datetime) -> HeldView | None:
    """None while it is being begun. Whoever had their trial sees that one: there is no second."""
    magnet_id = magnets.magnet_ids([letter.version_id])[letter.version_id]
    found = queries.trial_of(contact_id=letter.contact_id, magnet_id=magnet_id)
    if found is None:
        return None
    # The terms of the version under which it began, whatever newer ones say.
    terms = terms_of(magnets.definitions([found.version_id])[found.version_id])
    over = found.state not in RUNNING or now >= found.ends_at
    facts = {
        "state": State.ENDED.value if over and found.state in RUNNING else found.state.value,
        "over": over,
        "day": day_of(now, started_at=found.started_at, days=found.days, zone=found.zone),
        "days": found.days,
        "began_at": found.started_at,
        "ends_at": found.ends_at,
        "zone": found.zone,
        "start_url": "" if over and found.state is not State.CONVERTED else start_link(found, terms),
        "opened_elsewhere": found.endpoint_key is not None,
        "used": found.activated_at is not None,
        "at_end": terms.at_end,
    }
    return HeldView("trials/trial.html", facts)
