"""Where a visit came from, as a hidden field of a form carries it from page to page: there are no cookies."""

from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from leadstone.wire.records import Origin

LONGEST_LABEL = 120


@lru_cache(maxsize=4096)
def pack_origin(origin: Origin) -> str:
    """An origin as the hidden field of a form carries it from the view to the submission."""
    return urlencode({name: value for name in Origin.__struct_fields__ if (value := getattr(origin, name))})


@lru_cache(maxsize=4096)
def unpack_origin(text: str) -> Origin:
    """The origin in a hidden field. A visitor may write there what they like: it is a claim, cut to size."""
    try:
        pairs = parse_qsl(text[:2000], max_num_fields=len(Origin.__struct_fields__))
    except ValueError:
        return Origin()
    return Origin(**{name: label(value) for name, value in pairs if name in Origin.__struct_fields__})


def label(text: str) -> str:
    """What a visitor says about themselves, cut to size and without what nobody can print."""
    return "".join(c for c in text if c.isprintable())[:LONGEST_LABEL].strip()
