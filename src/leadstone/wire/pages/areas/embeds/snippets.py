"""What is pasted into a page of somebody else: a script, a frame, or a plain form. None sets a cookie or loads a third party."""

from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from leadstone.wire.definition import AskedField, FieldKey, MagnetDefinition
from leadstone.wire.pages import phrases, urls

_TYPES = {FieldKey.EMAIL: "email", FieldKey.PHONE: "tel"}
_EMAIL = AskedField(key=FieldKey.EMAIL, reason="", required=True)


def _(message: str) -> str:
    """Marks a msgid for extraction; it is translated when it is shown."""
    return message


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What is shown, and for whom it counts. `asks_first`: something comes before its form, so that none can stand elsewhere."""

    public_url: str
    slug: str
    definition: MagnetDefinition
    language: str
    link: str = ""  # code of a tracked link
    asks_first: bool = False

    @property
    def query(self) -> dict[str, str]:
        return {"lang": self.language} | ({"via": self.link} if self.link else {})

    def address(self, path: str) -> str:
        """A page of ours, as it stands within an attribute."""
        return escape(f"{self.public_url.rstrip('/')}{path}?{urlencode(self.query)}")

    @property
    def script(self) -> str:
        return escape(self.public_url.rstrip("/") + urls.static("embed.js"))


def script(place: Place) -> str:
    """The form stands where the script stands, as high as what it shows; without scripts there is a link."""
    named = {"magnet": place.slug, "title": place.definition.title, "lang": place.language, "via": place.link}
    said = " ".join(f'data-{name}="{escape(value)}"' for name, value in named.items() if value)
    link = f'<a href="{place.address(urls.magnet(place.slug))}">{escape(place.definition.title)}</a>'
    return f'<script src="{place.script}" {said} async></script>\n<noscript>{link}</noscript>'


def frame(place: Place) -> str:
    """The frame itself; the script behind it only keeps it as high as its page."""
    named = f'src="{place.address(urls.framed(place.slug))}" title="{escape(place.definition.title)}"'
    size = 'width="100%" height="900" frameborder="0"'
    return f'<iframe {named} data-leadstone {size}></iframe>\n<script src="{place.script}" async></script>'


def plain_form(place: Place) -> str:
    """HTML and nothing else. What is typed comes along to our page, where one press sends it."""
    words = phrases.translations(place.language).gettext
    button = escape(place.definition.button or words(_("Send it to me")))
    if place.asks_first:
        return _way_there(place, button=button)
    asks = place.definition.contract.asks
    if not any(asked.key is FieldKey.EMAIL for asked in asks):
        asks = (_EMAIL, *asks)
    fields = "\n".join(_field(asked, label=words(phrases.FIELD_LABELS[asked.key])) for asked in asks)
    note = escape(words(_("On the next page you see what you get and what we ask, and send it by one press.")))
    return (
        f'<form method="post" action="{place.address(urls.magnet(place.slug))}" accept-charset="utf-8">\n{fields}\n'
        f"  <p><button>{button}</button></p>\n  <p><small>{note}</small></p>\n</form>"
    )


def _way_there(place: Place, *, button: str) -> str:
    """A button alone: what comes first is asked on our page."""
    hidden = "".join(f'  <input type="hidden" name="{name}" value="{escape(value)}">\n' for name, value in place.query.items())
    address = escape(place.public_url.rstrip("/") + urls.magnet(place.slug))
    return f'<form action="{address}">\n{hidden}  <button>{button}</button>\n</form>'


def _field(asked: AskedField, *, label: str) -> str:
    key = asked.key
    required = " required" if asked.required or key is FieldKey.EMAIL else ""
    if key is FieldKey.QUESTION:
        return f'  <p><label>{escape(label)}<br><textarea name="{key}" rows="4"{required}></textarea></label></p>'
    autofill = f' autocomplete="{phrases.AUTOCOMPLETE[key]}"' if key in phrases.AUTOCOMPLETE else ""
    return f'  <p><label>{escape(label)}<br><input type="{_TYPES.get(key, "text")}" name="{key}"{autofill}{required}></label></p>'
