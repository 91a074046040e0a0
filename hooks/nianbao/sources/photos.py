"""The photos of a report: found beside it, whole and of a sane size."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from nianbao.errors import DataError
from nianbao.model import Photo, PhotoMeasure, Report
from nianbao.model.places import KeyPath, format_place
from nianbao.sources.cross_check import find_line
from nianbao.sources.files import name_file
from nianbao.sources.layout import list_pictures
from nianbao.sources.near_miss import find_near_miss

PHOTO_LIMIT_BYTES = 20_000_000
_MOST_MEGAPIXELS = 64
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# Which EXIF orientations lie on their side.
_SIDEWAYS = frozenset({5, 6, 7, 8})
_ORIENTATION = 0x0112
# Decoded so large a photo is seen to be whole; JPEG is decoded small much faster.
_LOOK_PX = 256


class FoundPhoto(NamedTuple):
    """A photo's file and its measure."""

    path: Path
    measure: PhotoMeasure


@dataclass(slots=True)
class Photos:
    """The photos of a report by their item's id, the mistakes, and remarks on what is not published, in Chinese."""

    found: dict[str, FoundPhoto] = field(default_factory=dict)
    errors: list[DataError] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_photos(report: Report, path: Path, *, root: Path) -> Photos:
    """Return the photos of the report at `path`, which stand in its folder."""
    photos = Photos()
    named = {
        ("parts", p, "sections", s, "items", i, "photo"): (item.id, item.photo)
        for p, part in enumerate(report.parts)
        for s, section in enumerate(part.sections)
        for i, item in enumerate(section.items)
        if item.photo is not None
    }
    if not named:
        return photos
    there = {file.name: file for file in list_pictures(path.parent)}

    def tell(key_path: KeyPath, problem: str, fix: str) -> DataError:
        return DataError(name_file(path, root=root), find_line(path, key_path), format_place(key_path), problem, fix)

    for key_path, (item_id, photo) in named.items():
        measured = _measure_photo(photo, there)
        if not isinstance(measured, PhotoMeasure):
            photos.errors.append(tell((*key_path, "file"), *measured))
            continue
        photos.found[item_id] = FoundPhoto(there[photo.file], measured)
        if not photo.is_published:
            photos.remarks.append(str(tell(key_path, *_explain_unpublished(photo))))
    return photos


def _explain_unpublished(photo: Photo) -> tuple[str, str]:
    lacks = [("alt", "照片里是什么"), ("consent", "谁同意公开，如 本人同意")]
    lacking = [f"{name}（{what}）" for name, what in lacks if not getattr(photo, name)]
    return f"照片 {photo.file} 没有发布：没有写 {'、'.join(lacking)}", "要发布就补上；不发布就删去 photo"


def _measure_photo(photo: Photo, there: Mapping[str, Path]) -> PhotoMeasure | tuple[str, str]:
    """Return the measure of a photo, or what is wrong with its file and what to do."""
    path = there.get(photo.file)
    if path is None:
        near = find_near_miss(photo.file, there)
        fix = f"是否指 {near}" if near else "把照片和报告放在同一个文件夹里"
        return f"没有 {photo.file} 这个文件", fix
    try:
        if path.stat().st_size > PHOTO_LIMIT_BYTES:
            size, limit = path.stat().st_size / 1_000_000, PHOTO_LIMIT_BYTES // 1_000_000
            return f"{photo.file} 有 {size:.1f} MB，最多 {limit} MB", "用看图软件把照片缩小，再存一份"
        content = path.read_bytes()
        return _measure_content(content)
    except OSError as failure:
        if failure.strerror:
            return f"{photo.file} 读不了（{failure.strerror}）", "检查文件的权限和磁盘"
    except _TooManyPixels:
        return f"{photo.file} 的像素太多，最多 {_MOST_MEGAPIXELS} 百万", "用看图软件把照片缩小，再存一份"
    except Exception:
        pass
    return f"{photo.file} 打不开：不是图片，或已经损坏", "用看图软件打开，另存为 JPG；打不开就换一张"


class _TooManyPixels(Exception):  # noqa: N818 - told, not raised further
    pass


def _measure_content(content: bytes) -> PhotoMeasure:
    """Return the measure of a picture that decodes to its end. Raises: _TooManyPixels, and whatever decoders do."""
    from io import BytesIO  # noqa: PLC0415

    from PIL import Image  # noqa: PLC0415 - only where there are photos

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            image = Image.open(BytesIO(content), formats=_FORMATS)
        except Image.DecompressionBombError as failure:
            raise _TooManyPixels from failure
        width_px, height_px = image.size
        if width_px * height_px > _MOST_MEGAPIXELS * 1_000_000:
            raise _TooManyPixels
        is_sideways = image.getexif().get(_ORIENTATION) in _SIDEWAYS
        image.draft("RGB", (_LOOK_PX, _LOOK_PX))
        image.load()
    size_px = (height_px, width_px) if is_sideways else (width_px, height_px)
    return PhotoMeasure(hashlib.sha256(content).hexdigest(), *size_px)
