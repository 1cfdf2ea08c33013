"""A company's colour, corrected until text in it can be read. Computed in OKLCH (Ottosson 2020; CSS Color 4, 9.4)."""

import math
import re
from dataclasses import dataclass

HOUSE_COLOUR = "#0f6673"  # verdigris, for a company that has named none
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3, for text of any size
# The hardest grounds that text stands on: by day and by night no `soft` of any hue lies nearer to the text than these.
PAPER_LIGHT, PAPER_DARK = "#e9e9e9", "#333333"
INK_LIGHT, INK_DARK = "#fcfdfd", "#0d1416"

_HEX = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\Z")


@dataclass(frozen=True, slots=True)
class ReadableColour:
    """`colour` reads on the page, and `ink` reads on `colour`; `corrected` tells that it is not quite what was asked for."""

    colour: str
    ink: str
    corrected: bool


def read_hex(text: str) -> str | None:
    """`text` as "#rrggbb" in lower case, or None when it is no colour of that form."""
    match = _HEX.match(text.strip())
    if match is None:
        return None
    digits = match[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(c * 2 for c in digits))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: str, *, dark: bool) -> ReadableColour:
    """The colour nearest in lightness to `colour` ("#rrggbb") that reads on the page and carries readable text itself."""
    lightness, chroma, hue = _to_oklch(colour)
    page, towards, ink = (PAPER_DARK, 1.0, INK_DARK) if dark else (PAPER_LIGHT, 0.0, INK_LIGHT)
    steps = 100
    for step in range(steps + 1):
        share = step / steps
        candidate = colour if step == 0 else _from_oklch(lightness + (towards - lightness) * share, chroma, hue)
        if all(contrast(candidate, ground) >= LEAST_CONTRAST for ground in (page, ink)):
            return ReadableColour(candidate, ink, corrected=step > 0)
    raise AssertionError("black on white, and white on the dark page, are readable")


def soft(colour: str, *, dark: bool) -> str:
    """A quiet background of the same hue."""
    _, chroma, hue = _to_oklch(colour)
    return _from_oklch(0.29 if dark else 0.95, min(chroma, 0.035 if dark else 0.025), hue)


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return _to_linear(red), _to_linear(green), _to_linear(blue)


def _to_linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _to_gamma(value: float) -> float:
    return value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def _to_oklch(colour: str) -> tuple[float, float, float]:
    r, g, b = _linear(colour)
    long = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    medium = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b_axis = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b_axis), math.atan2(b_axis, a)


def _from_oklch(lightness: float, chroma: float, hue: float) -> str:
    """The colour in sRGB; chroma is reduced until it exists there, so that the hue stays."""
    for step in range(51):
        channels = _channels(lightness, chroma * (1 - step / 50), hue)
        if all(-0.0005 <= value <= 1.0005 for value in channels):
            break
    return "#" + "".join(f"{round(_to_gamma(min(1.0, max(0.0, value))) * 255):02x}" for value in channels)


def _channels(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
