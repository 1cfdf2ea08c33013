"""`/metrics` on the studio's port, in the Prometheus text format; counts only, nobody is in them."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from leadstone import __version__
from leadstone.project.environment import environment
from leadstone.project.figures import Figures, figures

LOOPBACK = {"127.0.0.1", "::1"}


class InstallationCollector(Collector):
    """Turns one reading of the figures into metrics."""

    def __init__(self, found: Figures) -> None:
        self._found = found

    def collect(self) -> Iterable[Metric]:
        found = self._found
        for name, words, number in (
            ("submissions", "Raw submissions kept.", found.submissions),
            ("contacts", "People known.", found.contacts),
            ("leads", "Sales interests.", found.leads),
            ("journal_backlog", "Journal records that the worker has not taken in yet.", found.journal_backlog),
            ("quarantined_records", "Records that failed alone and wait for a person.", found.quarantined),
            ("quarantine", "1 while no mail may leave from here: a restored or copied installation.", int(found.quarantine)),
            ("events_waiting", "Recorded events that wait for a reaction.", found.events_waiting),
        ):
            yield GaugeMetricFamily(f"leadstone_{name}", words, value=number)
        messages = GaugeMetricFamily("leadstone_messages", "Messages by state.", labels=["state"])
        for state, number in found.messages.items():
            messages.add_metric([state], number)
        yield messages
        up = GaugeMetricFamily("leadstone_process_up", "1 while the process runs.", labels=["process"])
        for process in found.processes:
            up.add_metric([process.name], int(process.running))
        yield up
        edge = CounterMetricFamily("leadstone_edge", "What the edge counted since its start.", labels=["what"])
        for what, number in sorted(found.edge.items()):
            edge.add_metric([what], number)
        yield edge
        build = GaugeMetricFamily("leadstone_build_info", "The running version.", labels=["version"])
        build.add_metric([__version__], 1)
        yield build


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures for a collector on this machine, or for a signed-in member of staff; nobody else learns that they exist."""
    is_local = request.META.get("REMOTE_ADDR") in LOOPBACK and "X-Forwarded-For" not in request.headers
    if not is_local and not request.user.is_authenticated:
        raise Http404
    registry = CollectorRegistry()
    registry.register(InstallationCollector(figures(environment())))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
