"""Pictures that somebody uploads: whatever came in, a PNG of our own making goes out."""

import io

from PIL import Image

from leadstone.kernel.errors import LeadstoneError

MOST_BYTES = 5_000_000
MOST_PIXELS = 20_000_000
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


class NotAPicture(LeadstoneError):
    code = "not_a_picture"
    sentence = "This is not a picture that we can read. Use PNG, JPEG or WebP."


class PictureTooLarge(LeadstoneError):
    code = "picture_too_large"
    sentence = "This picture is too large. 5 MB and 20 megapixels are enough for any logo."


def as_png(data: bytes, *, box: tuple[int, int]) -> bytes:
    """The picture in `data`, made to fit into `box` (width, height), as PNG without metadata; transparency stays.

    Raises `NotAPicture` or `PictureTooLarge`; nothing is unpacked before its size is known.
    """
    if len(data) > MOST_BYTES:
        raise PictureTooLarge
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise PictureTooLarge
            clean = image.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as unreadable:
        raise NotAPicture from unreadable
    clean.thumbnail(box, Image.Resampling.LANCZOS)
    packed = io.BytesIO()
    clean.save(packed, "PNG", optimize=True)
    return packed.getvalue()
