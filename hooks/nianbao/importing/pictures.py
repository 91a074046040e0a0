"""The pictures of a document: those that a page can show, drawn anew without what cameras write into them."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from PIL import Image, ImageOps

from nianbao.importing.source_text import Picture

PICTURE_LIMIT_BYTES = 8_000_000
ALL_PICTURES_LIMIT_BYTES = 40_000_000
PICTURES_LIMIT = 60
PIXELS_LIMIT = 40_000_000
# By how a file begins: its format, and in which one it is written anew. Of an animation the first picture stays.
_FORMATS: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "PNG", "png"),
    (b"\xff\xd8\xff", "JPEG", "jpg"),
    (b"GIF87a", "GIF", "png"),
    (b"GIF89a", "GIF", "png"),
    (b"RIFF", "WEBP", "webp"),
)
_WRITTEN = {"png": ("PNG", {}), "jpg": ("JPEG", {"quality": 90}), "webp": ("WEBP", {"quality": 90})}
_MODES = {"png": ("1", "L", "LA", "P", "RGB", "RGBA"), "jpg": ("L", "RGB"), "webp": ("RGB", "RGBA")}


class _LeftOutError(Exception):
    """A picture that is not kept; the message is why, in Chinese."""


@dataclass(slots=True)
class PictureBox:
    """Keeps the pictures of one document, each content once, under names of its own making."""

    pictures: list[Picture] = field(default_factory=list)
    _names: dict[bytes, str] = field(default_factory=dict)
    _left_out: Counter[str] = field(default_factory=Counter)
    _read_bytes: int = 0

    def add(self, content: bytes, *, kind: str = "") -> str:
        """Return the name of a picture; empty when it is left out, which `tell` tells. `kind` is its file's suffix."""
        digest = hashlib.sha256(content).digest()
        if digest not in self._names:
            try:
                self._names[digest] = self._keep(content, kind)
            except _LeftOutError as reason:
                self._names[digest] = ""
                self._left_out[str(reason)] += 1
        return self._names[digest]

    def tell(self) -> Sequence[str]:
        """Return a line on what was left out, and why; none when nothing was."""
        if not self._left_out:
            return ()
        reasons = "，".join(f"{count} 张{reason}" for reason, count in sorted(self._left_out.items()))
        return (
            f"原文有 {self._left_out.total()} 张图片没有保存：{reasons}；要用就另存为 png 或 jpg，放进地区的文件夹",
        )

    def _keep(self, content: bytes, kind: str) -> str:
        if len(self.pictures) >= PICTURES_LIMIT:
            raise _LeftOutError(f"在前 {PICTURES_LIMIT} 张之后")
        # Looked at before it is drawn, which takes time.
        self._check_room(self._read_bytes + len(content))
        drawn, suffix = _draw_anew(content, kind)
        self._check_room(sum(len(picture.content) for picture in self.pictures) + len(drawn))
        self._read_bytes += len(content)
        same = next((picture.name for picture in self.pictures if picture.content == drawn), "")
        name = same or f"image-{len(self.pictures) + 1}.{suffix}"
        if not same:
            self.pictures.append(Picture(name, drawn))
        return name

    def _check_room(self, size_bytes: int) -> None:
        if size_bytes > ALL_PICTURES_LIMIT_BYTES:
            raise _LeftOutError(f"放进去就超过一共 {ALL_PICTURES_LIMIT_BYTES // 1_000_000} MB")


def _draw_anew(content: bytes, kind: str) -> tuple[bytes, str]:
    """Return a picture's pixels as a new file, and its suffix. Raises: _LeftOutError."""
    if len(content) > PICTURE_LIMIT_BYTES:
        raise _LeftOutError(f"超过 {PICTURE_LIMIT_BYTES // 1_000_000} MB")
    format_name, suffix = next(((name, new) for magic, name, new in _FORMATS if content.startswith(magic)), ("", ""))
    if not format_name:
        shown = kind if kind.isascii() and kind.isalnum() and len(kind) <= 5 else ""
        raise _LeftOutError(
            f"是 {shown} 格式" if shown not in {"", "png", "jpg", "jpeg"} else "不是 png、jpg、gif、webp"
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the limit on pixels is our own
            image = Image.open(io.BytesIO(content), formats=(format_name,))
            if image.width * image.height > PIXELS_LIMIT:
                raise _LeftOutError(f"大过 {PIXELS_LIMIT // 1_000_000} 百万像素")
            turned = ImageOps.exif_transpose(image)
            if turned.mode not in _MODES[suffix]:
                turned = turned.convert("RGBA" if suffix != "jpg" and turned.has_transparency_data else "RGB")
            # Comments, places and profiles stand here, and some formats write what they find.
            for key in set(turned.info) - ({"transparency"} if suffix == "png" else set()):
                del turned.info[key]
            drawn = io.BytesIO()
            written, options = _WRITTEN[suffix]
            turned.save(drawn, written, **options)
    except _LeftOutError:
        raise
    except Image.DecompressionBombError:
        raise _LeftOutError(f"大过 {PIXELS_LIMIT // 1_000_000} 百万像素") from None
    except MemoryError:
        raise
    except Exception:  # Pillow's readers raise whatever their formats make them
        raise _LeftOutError("已损坏") from None
    if drawn.tell() > PICTURE_LIMIT_BYTES:
        raise _LeftOutError(f"超过 {PICTURE_LIMIT_BYTES // 1_000_000} MB")
    return drawn.getvalue(), suffix
