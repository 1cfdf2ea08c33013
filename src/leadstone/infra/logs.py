"""Log lines as fields, for people or for machines, and never with somebody's address in them.

Code keeps personal values out by logging ids only. The last net here replaces what looks like an e-mail address, a telephone
number or the token of a link anyway, also inside tracebacks and lines of libraries.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, Literal

import structlog

# Before the @ all that RFC 5322 allows without quotes, braces and apostrophes included.
EMAIL = re.compile(r"[^\s@<>\"(),:;\[\]]{1,64}@[^\s@<>\"'(),:;\[\]{}=]{1,253}")
# International with a plus, or nine digits in a row or in groups of three as Poles write them.
PHONE = re.compile(r"(?<![\w.-])(?:\+\d[\d ()./-]{7,18}\d|\d{3}[ -]?\d{3}[ -]?\d{3})(?![\w.-]?\d)")
# Whoever reads the token of a link may open it.
TOKEN = re.compile(r"/(my|c|d|u|welcome|calendar)/[\w-]{20,}")
Fields = MutableMapping[str, Any]


def without_personal_data(_logger: object, _method: str, fields: Fields) -> Fields:
    """Replace every text in `fields` that looks like an address or a number; a structlog processor."""
    for key, value in fields.items():
        fields[key] = _cleaned(value)
    return fields


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return _without_values(value)
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_cleaned(inner) for inner in value]
    return value if isinstance(value, (int, float, type(None))) else _cleaned(str(value))


def _without_values(text: str) -> str:
    if "/" in text:
        text = TOKEN.sub(r"/\1/[token]", text)
    return PHONE.sub("[phone]", EMAIL.sub("[e-mail]", text)) if "@" in text or any(c.isdigit() for c in text) else text


def _named(process: str) -> Any:
    def name_process(_logger: object, _method: str, fields: Fields) -> Fields:
        return {**fields, "process": process}

    return name_process


def configure_logs(*, form: Literal["text", "json"], level: str, process: str) -> None:
    """Send every log line of this process, structlog's and the standard library's, to standard error in one form."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        structlog.processors.format_exc_info,
    ]
    last = (
        structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=False, timestamp_key="at")
    )
    # For people the supervisor puts the name before each line already.
    named = [_named(process)] if form == "json" else []
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        # Lines below the level cost one comparison: nothing of them is put together.
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *named, without_personal_data, last],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    # It writes down every address that it asks, and those of the portal hold tokens.
    logging.getLogger("httpx").setLevel(max(logging.WARNING, root.level))
