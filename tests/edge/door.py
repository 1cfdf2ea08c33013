"""A browser at the public door: it keeps nothing, follows nothing, and remembers the form that it was shown."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx

from leadstone.edge.app import EdgeApp
from leadstone.wire.journal import Connect, connect_sqlite
from tests.edge.installation import Installation

PERSON = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
_TOKEN = re.compile(r'name="token" value="([^"]+)"')


@dataclass
class Door:
    """The client, and the application behind it."""

    client: httpx.AsyncClient
    app: EdgeApp

    async def form_token(self, path: str = "/m/guide") -> str:
        return token_in(await self.client.get(path))

    async def send(self, *, path: str = "/m/guide", token: str | None = None, **fields: str) -> httpx.Response:
        """A form as a person sends it; `email` unless given otherwise is Ann's."""
        data = {"token": await self.form_token() if token is None else token, "email": "ann@example.com"} | fields
        return await self.client.post(path, data=data)


def token_in(response: httpx.Response) -> str:
    found = _TOKEN.search(response.text)
    assert found, "the page has no form"
    return found[1]


@asynccontextmanager
async def open_door(installation: Installation, *, connect: Connect = connect_sqlite, **settings: object) -> AsyncIterator[Door]:
    app = EdgeApp(installation.settings(**settings), connect=connect)
    await app.start()
    transport = httpx.ASGITransport(app, client=("192.0.2.7", 4711))
    try:
        async with httpx.AsyncClient(transport=transport, base_url="http://door.test", headers={"User-Agent": PERSON}) as client:
            yield Door(client, app)
    finally:
        await app.stop()
