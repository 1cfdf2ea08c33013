"""What capture tells the house."""

from leadstone.kernel.events import Event


class SubmissionAccepted(Event, frozen=True, kw_only=True):
    """A form took effect: it has its contact, its grant and its lead."""

    submission_id: int
    grant_id: int
    lead_id: int
    contact_id: int
