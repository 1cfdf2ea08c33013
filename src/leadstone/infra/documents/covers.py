"""A cover that is safe and light: whatever came in, a small PNG of our own making goes out."""

import io

from PIL import Image

MOST_BYTES = 60_000
MOST_PIXELS = 40_000_000
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_TRIES = ((480, 256), (480, 128), (480, 64), (400, 64), (320, 64), (320, 32), (240, 32), (240, 16), (160, 16), (120, 8))


def cover_from_bytes(data: bytes) -> bytes:
    """The cover as PNG, or nothing when `data` is no picture that we read or is unreasonably large."""
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                return b""
            return encode_cover(image)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return b""


def encode_cover(image: Image.Image) -> bytes:
    """`image` as a PNG of at most `MOST_BYTES` and 480 pixels width; nothing when it is a line rather than a page."""
    if not 0.3 <= image.width / max(image.height, 1) <= 3:
        return b""
    flat = _on_white(image)
    for width, colours in _TRIES:
        small = flat.resize((width, max(1, round(flat.height * width / flat.width))), Image.Resampling.LANCZOS)
        packed = io.BytesIO()
        small.quantize(colors=colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
            packed, "PNG", optimize=True
        )
        if packed.tell() <= MOST_BYTES:
            return packed.getvalue()
    return b""


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layer = image.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(paper, layer).convert("RGB")
    return image.convert("RGB")
