"""Every part of the machine door: where it stands, and its router. A new part is a line here."""

from collections.abc import Sequence

from ninja import NinjaAPI, Router

from leadstone import __version__
from leadstone.api import campaigns, leads, magnets, redemptions, suppliers, trials
from leadstone.api.problems import answer_problems

ROUTERS: Sequence[tuple[str, Router]] = (
    ("/magnets", magnets.router),
    ("/campaigns", campaigns.router),
    ("/leads", leads.router),
    ("/suppliers", suppliers.router),
    ("/trials", trials.router),
    ("/redemptions", redemptions.router),
)


def make_api() -> NinjaAPI:
    """The API with every router, its mistakes answered as problems."""
    api = NinjaAPI(title="Leadstone", version=__version__, docs_url=None, openapi_url=None, urls_namespace="api-1")
    answer_problems(api)
    for place, router in ROUTERS:
        api.add_router(place, router)
    return api
