"""Letters about the end of a trial, composed when they leave; what is no longer true is not said."""

from leadstone.domains.delivery.queries import MessageFacts
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.kinds.trial import terms_of
from leadstone.domains.trials import queries
from leadstone.domains.trials.queries import TrialFacts
from leadstone.domains.trials.rules import RUNNING, State
from leadstone.flows.notices.desk import Desk
from leadstone.flows.trial_links import start_link
from leadstone.infra.letterhead import NoticeLetter
from leadstone.infra.letterhead.areas import trials as words

TRIAL_ENDING = "trial_ending"
TRIAL_ENDED = "trial_ended"


def ending(row: MessageFacts, desk: Desk) -> NoticeLetter | None:
    """Nothing, when they bought, undid it, or it has ended meanwhile."""
    trial = _trial(row)
    if trial is None or trial.state not in RUNNING or desk.grant is None or desk.now >= trial.ends_at:
        return None
    return words.ending(_sheet(trial, desk))


def ended(row: MessageFacts, desk: Desk) -> NoticeLetter | None:
    """Nothing, when they bought or undid it meanwhile."""
    trial = _trial(row)
    if trial is None or trial.state is not State.ENDED or desk.grant is None:
        return None
    return words.ended(_sheet(trial, desk))


def _trial(row: MessageFacts) -> TrialFacts | None:
    found = row.facts.get("trial_id")
    return queries.trial(found) if isinstance(found, int) else None


def _sheet(trial: TrialFacts, desk: Desk) -> words.Sheet:
    # The words under which it began, whatever newer versions say.
    definition = magnets.definitions([trial.version_id])[trial.version_id]
    terms = terms_of(definition)
    return words.Sheet(
        title=definition.title,
        company=desk.company,
        ends_at=trial.ends_at,
        zone=trial.zone,
        at_end=terms.at_end,
        start_url=start_link(trial, terms),
        used=trial.activated_at is not None,
        my_url=desk.my_url,
        language=desk.language,
    )
