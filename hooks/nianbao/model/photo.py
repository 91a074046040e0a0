"""A photo of an item, as its YAML file holds it, and as it is measured."""

from __future__ import annotations

import re
from typing import Annotated, NamedTuple

from pydantic import Field, StringConstraints

from nianbao.model.base import Frozen, Line, Name

# Not a path: a file of the report's own folder. Without (?i:…), which editors' schemas do not know.
_PHOTO_NAME = r"^[^/\\:\x00-\x1f]+\.([jJ][pP][eE]?[gG]|[pP][nN][gG]|[wW][eE][bB][pP]|[gG][iI][fF])$"
PhotoName = Annotated[str, StringConstraints(pattern=_PHOTO_NAME, max_length=120)]
# 未征得同意, 待确认, 无: no consent, though the field is not empty. 没有人像 is a reason that needs none.
_NO_CONSENT = re.compile(r"\s*(?:未|没|否|不|待|尚|暂|无|no\b)(?!.{0,3}(?:人像|人物|人脸|露脸|出镜))", re.IGNORECASE)


class Photo(Frozen):
    """A picture beside the report's file. Without `alt` and `consent` it is kept, and not published."""

    file: PhotoName = Field(description="图片的文件名，文件与报告放在同一个文件夹里，如 2023-image-1.jpg")
    alt: Line | None = Field(None, description="照片里是什么，一句话，给看不见图的人听；没有就不发布")
    credit: Name | None = Field(None, description="摄影者或提供者")
    consent: Line | None = Field(None, description="谁同意了公开，如 本人同意、监护人书面同意、没有人像；没有就不发布")

    @property
    def has_consent(self) -> bool:
        """Whether it says that those in the picture agree, or need not be asked."""
        return self.consent is not None and not _NO_CONSENT.match(self.consent)

    @property
    def is_published(self) -> bool:
        """Whether readers may see it."""
        return self.alt is not None and self.has_consent


class PhotoMeasure(NamedTuple):
    """A photo's digest, and its size as it is shown, upright, in px."""

    digest: str
    width_px: int
    height_px: int
