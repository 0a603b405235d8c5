"""Pictures are drawn anew: what is hidden in them, such as where they were taken, does not come along."""

import io
import warnings
from typing import TYPE_CHECKING

from alongside.foundation.documents.refused import NotAccepted

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

MOST_DOTS = 60_000_000
QUALITY = 88


def is_png(content: bytes) -> bool:
    return content.startswith(b"\x89PNG\r\n\x1a\n")


def is_jpeg(content: bytes) -> bool:
    return content.startswith(b"\xff\xd8\xff")


def check_png(content: bytes) -> bytes:
    return _drawn(content, "PNG")


def check_jpeg(content: bytes) -> bytes:
    return _drawn(content, "JPEG")


def _drawn(content: bytes, form: str) -> bytes:
    """The first picture in it, turned upright, without any of its notes."""
    # Loaded where it is used: it takes long, and most processes never open a picture.
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=(form,)) as found:
                if found.width * found.height > MOST_DOTS:
                    raise NotAccepted("too_many_dots")
                upright = ImageOps.exif_transpose(found)
                return _written(upright, form)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as problem:
        raise NotAccepted("too_many_dots") from problem
    except (OSError, ValueError, SyntaxError, EOFError, UnidentifiedImageError) as problem:
        raise NotAccepted("damaged") from problem


def _written(picture: "Picture", form: str) -> bytes:
    from PIL import Image

    keeps = {"JPEG": ("L", "RGB"), "PNG": ("1", "L", "LA", "P", "RGB", "RGBA")}[form]
    drawn = picture if picture.mode in keeps else picture.convert("RGB")
    bare = Image.new(drawn.mode, drawn.size)
    if drawn.mode == "P":
        bare = drawn.convert("RGBA")
    else:
        bare.paste(drawn)
    bare.info.clear()
    written = io.BytesIO()
    bare.save(written, form, **({"quality": QUALITY} if form == "JPEG" else {"optimize": False}))
    return written.getvalue()
