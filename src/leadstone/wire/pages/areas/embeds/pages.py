"""The pages of a form within somebody else's page: the same ones, without our own head, and sent to another address."""

from typing import Any
from urllib.parse import urlsplit

from leadstone.kernel.language import Language
from leadstone.wire.pages import urls
from leadstone.wire.pages.pages import Pages

_OWN = {"magnet.html": "embeds/magnet.html"}


class FramedPages(Pages):
    """Each page says whose pages may learn how high it is: those that may show it, and ours."""

    def render(self, template: str, *, language: Language, translated: bool = False, **facts: Any) -> str:
        ours = (urlsplit(address).netloc for address in (self.bundle.public_url, self.bundle.studio_url))
        within = {"framed": True, "place": urls.framed, "hosts": " ".join(filter(None, (*ours, *self.bundle.hosts)))}
        return super().render(_OWN.get(template, template), language=language, **{**facts, **within})
