"""HTML of strangers as text: its words, whatever it asks for.

A style, a table or a number in it may ask for more white space than there is memory, so none of them is followed: a row is a
line, its cells stand beside each other, and what is hidden stays hidden.
"""

from collections.abc import Mapping

from inscriptis import get_text
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.html_properties import Display
from inscriptis.model.config import ParserConfig
from inscriptis.model.html_document_state import HtmlDocumentState
from inscriptis.model.html_element import HtmlElement
from inscriptis.model.tag import CustomHtmlTagHandlerMapping
from inscriptis.model.tag.list_tag import li_start_handler


def shown(html: str) -> str:
    """What a reader of this HTML would read, in time and memory that grow with its length alone."""
    plain = "".join(sign for sign in html if sign.isprintable() or sign in "\n\t")
    try:
        text: str = get_text(f"<html><body>{plain}</body></html>", _config())
    except RecursionError:
        return ""
    return text


def _config() -> ParserConfig:
    rows = HtmlElement(display=Display.block)
    config = ParserConfig(
        css=CSS_PROFILES["relaxed"] | {"table": rows, "caption": rows, "tr": rows},
        custom_html_tag_handler_mapping=CustomHtmlTagHandlerMapping(
            start_tag_mapping={"table": _nothing, "tr": _nothing, "td": _apart, "th": _apart, "li": _item},
            end_tag_mapping={"table": _nothing_more, "td": _nothing_more, "th": _nothing_more},
        ),
    )
    config.attribute_handler.attribute_mapping = {"style": _hidden}
    return config


def _hidden(style: str, element: HtmlElement) -> None:
    if "display:none" in "".join(style.lower().split()):
        element.display = Display.none


def _nothing(state: HtmlDocumentState, attributes: Mapping[str, str]) -> None:
    return None


def _nothing_more(state: HtmlDocumentState) -> None:
    return None


def _apart(state: HtmlDocumentState, attributes: Mapping[str, str]) -> None:
    state.tags[-1].write(" ")


def _item(state: HtmlDocumentState, attributes: Mapping[str, str]) -> None:
    """An item without the number that it gives itself."""
    li_start_handler(state, {})
