"""What is done with the endpoints of other systems, each with its line in the audit log; lines name ids, never a secret."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from leadstone.domains.audit import services as audit
from leadstone.domains.audit.rules import Action, Subject
from leadstone.domains.webhooks import queries, services
from leadstone.domains.webhooks.queries import EndpointFacts
from leadstone.domains.webhooks.rules import EventKind, shown_secret
from leadstone.domains.webhooks.services import Occasion
from leadstone.infra.outbound import Networks
from leadstone.kernel.ids import new_ref


@transaction.atomic
def add_endpoint(*, name: str, url: str, events: Collection[EventKind], networks: Networks, by: int, now: datetime) -> int:
    """Raises `BadEndpointAddress` or `TooManyEndpoints`."""
    endpoint_id = services.add_endpoint(name=name, url=url, events=events, networks=networks, by=by, now=now)
    _note(endpoint_id, how="added", by=by, now=now)
    return endpoint_id


@transaction.atomic
def change_endpoint(
    *, endpoint_id: int, name: str, url: str, events: Collection[EventKind], networks: Networks, by: int, now: datetime
) -> None:
    """Raises `BadEndpointAddress`."""
    services.change_endpoint(endpoint_id=endpoint_id, name=name, url=url, events=events, networks=networks)
    _note(endpoint_id, how="changed", by=by, now=now)


@transaction.atomic
def show_secret(endpoint_id: int, *, by: int, now: datetime) -> str:
    """The secret for whoever sets the other system up."""
    _note(endpoint_id, how="secret shown", by=by, now=now)
    return shown_secret(queries.secret(endpoint_id, now=now))


@transaction.atomic
def rotate_secret(endpoint_id: int, *, by: int, now: datetime) -> None:
    services.rotate_secret(endpoint_id=endpoint_id, now=now)
    _note(endpoint_id, how="secret rotated", by=by, now=now)


@transaction.atomic
def stop_or_resume(endpoint_id: int, *, stop: bool, by: int, now: datetime) -> None:
    if stop:
        services.stop_endpoint(endpoint_id=endpoint_id)
    else:
        services.resume_endpoint(endpoint_id=endpoint_id, now=now)
    _note(endpoint_id, how="stopped" if stop else "resumed", by=by, now=now)


@transaction.atomic
def remove_endpoint(endpoint_id: int, *, by: int, now: datetime) -> bool:
    removed = services.remove_endpoint(endpoint_id=endpoint_id, now=now)
    if removed:
        _note(endpoint_id, how="removed", by=by, now=now)
    return removed


@transaction.atomic
def bring_endpoint_back(endpoint_id: int, *, by: int, now: datetime) -> bool:
    back = services.bring_endpoint_back(endpoint_id=endpoint_id, now=now)
    if back:
        _note(endpoint_id, how="brought back", by=by, now=now)
    return back


def send_test(endpoint: EndpointFacts, *, now: datetime) -> None:
    """A message that means nothing, at once."""
    occasion = Occasion(kind=EventKind.TEST, key=f"test:{new_ref()}", at=now, only_to=endpoint.key)
    services.queue([occasion], now=now)


def _note(endpoint_id: int, *, how: str, by: int, now: datetime) -> None:
    audit.note(
        actor_id=by,
        action=Action.ENDPOINT_CHANGED,
        subject=Subject.ENDPOINT,
        subject_id=endpoint_id,
        facts={"how": how},
        now=now,
    )
