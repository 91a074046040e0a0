"""A photo as files: smaller, upright, and without what its camera wrote into it (place, time, device)."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from functools import cache, partial
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from PIL import Image, ImageOps

from nianbao.artefact import DeferredArtefact
from nianbao.editions.edition import EditionPhoto
from nianbao.errors import DataError, DataErrors

_QUALITY = 84
# A phone's profile of colours has some hundred bytes, and says nothing of who took the photo.
_LONGEST_PROFILE_BYTES = 4096
_WHITE = (255, 255, 255)


def write_photo_file(photo: EditionPhoto, path: Path) -> Iterator[DeferredArtefact]:
    """Yield the widths of a photo, yet to be made of the file at `path`. Making raises: DataErrors."""
    for size in photo.sizes:
        # The path holds the photo's digest.
        key = blake2b(f"{_name_maker()}\n{size.site_path}".encode(), digest_size=16).hexdigest()
        yield DeferredArtefact(size.site_path, key, partial(_make, path, size.width_px))


@cache
def _name_maker() -> str:
    """What makes them, in full: this module and Pillow."""
    return f"pillow {version('pillow')}\n{Path(__file__).read_text(encoding='utf-8')}"


def _make(path: Path, width_px: int) -> bytes:
    try:
        return shrink_photo(path.read_bytes(), width_px)
    except (OSError, ValueError, SyntaxError) as failure:
        raise DataErrors(
            [DataError(path.name, 0, "", "照片刚才还在，现在读不了", "看看是不是有别的程序在改它，再生成一次")]
        ) from failure


def shrink_photo(content: bytes, width_px: int) -> bytes:
    """Return a picture as a JPEG of that width, px, upright; of an animation its first frame.

    Nothing of its metadata is kept but the profile of its colours. Raises: OSError, ValueError.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        source = Image.open(io.BytesIO(content))
        source.draft("RGB", (2 * width_px, 2 * width_px))
        profile = source.info.get("icc_profile") if source.mode == "RGB" else None
        image = _flatten(ImageOps.exif_transpose(source))
    height_px = max(1, round(image.height * width_px / image.width))
    image = image.resize((width_px, height_px), Image.Resampling.LANCZOS)
    image.info.clear()
    stream = io.BytesIO()
    kept = profile if profile and len(profile) <= _LONGEST_PROFILE_BYTES else None
    image.save(stream, "JPEG", quality=_QUALITY, optimize=True, progressive=True, icc_profile=kept)
    return stream.getvalue()


def _flatten(image: Image.Image) -> Image.Image:
    """Return the image in RGB, on white where it is transparent."""
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        ground = Image.new("RGB", layer.size, _WHITE)
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    return image.convert("RGB")
