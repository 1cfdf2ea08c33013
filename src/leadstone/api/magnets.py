"""What is on offer."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from leadstone.api.door import KeyWith
from leadstone.domains.access.rules import Scope
from leadstone.domains.insights.queries.figures import figures
from leadstone.domains.magnets import queries as magnets

router = Router(tags=["magnets"])


class MagnetOut(Schema):
    """A magnet as visitors see it."""

    id: int
    slug: str
    kind: str = Field(examples=["guide", "quiz", "trial"])
    language: str
    title: str
    promise: str
    version: int = Field(description="The number of the version that visitors see.")
    live: bool = Field(description="False when it was withdrawn.")
    url: str


class MagnetList(Schema):
    items: list[MagnetOut]


@router.get("", response=MagnetList, auth=KeyWith(Scope.READ_MAGNETS), summary="Published magnets", operation_id="list_magnets")
def list_magnets(request: HttpRequest) -> MagnetList:
    """Everything that was ever published, by address; what was withdrawn too."""
    return MagnetList(
        items=[
            MagnetOut(
                id=each.magnet_id,
                slug=each.slug,
                kind=each.current.definition.kind,
                language=each.current.definition.language,
                title=each.current.definition.title,
                promise=each.current.definition.promise,
                version=each.current.number,
                live=each.live,
                url=f"{settings.PUBLIC_URL}/m/{each.slug}",
            )
            for each in magnets.published_magnets()
        ]
    )


class FiguresOut(Schema):
    """What one magnet brought since `since`; the figures of the screen "Results"."""

    magnet_id: int
    title: str
    since: datetime
    views: int = Field(description="Page views by people; what only programs fetched is not counted.")
    submissions: int
    proven: int = Field(description="Mailboxes that were proven.")
    delivered: int = Field(description="Complete deliveries.")
    kept: int = Field(description="“Did you get what was promised?”: yes.")
    partly: int
    broken: int
    leads: int
    customers: int
    revenue: Mapping[str, int] = Field(description="Currency → grosze, cents …", examples=[{"PLN": 1840000}])


class FiguresList(Schema):
    items: list[FiguresOut]


@router.get(
    "/figures",
    response=FiguresList,
    auth=KeyWith(Scope.READ_FIGURES),
    summary="What each magnet brings",
    operation_id="list_magnet_figures",
)
def list_figures(request: HttpRequest) -> FiguresList:
    """Every magnet over the last 90 days; first whichever brought the most customers."""
    rows = figures(now=timezone.now())
    return FiguresList(items=[FiguresOut(**{name: getattr(row, name) for name in FiguresOut.model_fields}) for row in rows])
