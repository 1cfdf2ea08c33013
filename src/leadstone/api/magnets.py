"""What is on offer."""

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from leadstone.api.door import KeyWith
from leadstone.domains.access.rules import Scope
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
