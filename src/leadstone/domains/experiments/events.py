"""What happened to an experiment."""

from leadstone.kernel.events import Event


class ExperimentStarted(Event, frozen=True):
    """From now on visitors of the magnet meet one arm or the other."""

    experiment_id: int


class ExperimentEnded(Event, frozen=True):
    """Everybody meets the same words again."""

    experiment_id: int
