"""Issues leave when their time has come: begun, handed to their readers in portions, ended when every letter met its fate."""

from datetime import datetime, timedelta

from leadstone.domains.newsletters.queries import issues
from leadstone.domains.newsletters.rules import IssueState
from leadstone.domains.newsletters.services import sending


def send_issues(*, now: datetime) -> bool:
    """One portion of each issue that is under way; returns whether there is more to do at once."""
    for issue_id in issues.due_issues(now=now):
        sending.begin_issue(issue_id=issue_id, now=now)
    more = False
    for issue_id, state in issues.running_issues(ended_after=now - STILL_RETRIED):
        if state is IssueState.SENDING and not sending.pause_in_a_copy(issue_id=issue_id, now=now):
            more |= sending.reach_next(issue_id=issue_id, now=now)
            sending.end_if_done(issue_id=issue_id, now=now)
        else:
            sending.keep_holding(issue_id=issue_id, now=now)
    return more


# Longer than the gateway tries a letter again: what a worker had in hand when somebody stopped it may come back until then.
STILL_RETRIED = timedelta(days=3)
