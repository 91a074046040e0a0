"""The options of a build, as mkdocs.yml holds them under extra.nianbao."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, Strict, ValidationError

from nianbao.errors import DataError, DataErrors
from nianbao.model.base import Frozen, Line
from nianbao.pipeline.option_mistakes import explain_option, find_line


class Options(Frozen):
    """What can be set. A field of the footer or the head that is not set is not shown."""

    cache_dir: Annotated[Line, Strict()] = Field(".cache/nianbao", description="缓存文件夹，可以随时删掉")
    cards: bool = Field(True, description="要不要画图片卡片")
    leave_out: tuple[Line, ...] = Field((), description="不生成哪几种文件，如 report.json、figures.csv")
    workers: Annotated[int, Field(ge=0, le=256)] = Field(0, description="同时用几个进程，0 为自动")
    publisher: Line | None = Field(None, description="页脚的主办单位")
    contact: Line | None = Field(None, description="页脚的联系方式")
    icp: Line | None = Field(None, description="ICP 备案号")
    police: Line | None = Field(None, description="公安备案号")
    site_id_code: Line | None = Field(None, description="政府网站标识码")
    site_domain: Line | None = Field(None, description="网站域名，不写则取自 site_url")
    share_image: Line | None = Field(None, description="没有卡片的页面分享时的图，docs/ 里的路径")
    footer_pages: tuple[Line, ...] = Field((), description="页脚链接的页面，docs/ 里的路径")


def read_options(raw: object, *, settings: Path = Path("mkdocs.yml")) -> Options:
    """Return the options from extra.nianbao; `settings` is read for the lines of mistakes. Raises: DataErrors."""
    try:
        return Options.model_validate({} if raw is None else raw)
    except ValidationError as failure:
        raise DataErrors(
            DataError(
                settings.name, find_line(settings, ("extra", "nianbao", *error["loc"])),
                ".".join(map(str, ("extra", "nianbao", *error["loc"]))),
                *explain_option(error["loc"], error["input"], Options.model_json_schema()),
            )
            for error in failure.errors()
        ) from None  # fmt: skip
