"""A photo as readers see it: smaller, in one width or two, and where these stand."""

from __future__ import annotations

from nianbao.editions.addresses import ReportAddress
from nianbao.editions.edition import EditionPhoto, PhotoSize
from nianbao.editions.runs import show_line
from nianbao.model import Photo, PhotoMeasure

# A phone of 390 px shows two dots for one; a desk shows a photo some 700 px wide.
_WIDTHS_PX = (780, 1440)
# A width that saves less than a sixth is not made.
_WORTH_WHILE = 1.2
_SHOWN_DIGITS = 12


def make_photo(photo: Photo, measure: PhotoMeasure, item_id: str, address: ReportAddress) -> EditionPhoto | None:
    """Return an item's photo, never larger than it is; None where it may not be published."""
    if not photo.is_published:
        return None
    widths_px = [width_px for width_px in _WIDTHS_PX if width_px * _WORTH_WHILE < measure.width_px]
    widths_px = widths_px if len(widths_px) == len(_WIDTHS_PX) else [*widths_px, measure.width_px]
    sizes = tuple(
        PhotoSize(
            address.photo(item_id, measure.digest[:_SHOWN_DIGITS], width_px),
            width_px,
            max(1, round(measure.height_px * width_px / measure.width_px)),
        )
        for width_px in widths_px
    )
    return EditionPhoto(photo.alt or "", show_line(photo.credit) if photo.credit else (), sizes)
