"""The options of a build, as mkdocs.yml holds them under extra.nianbao."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import Field, Strict, ValidationError

from nianbao.errors import DataError, DataErrors
from nianbao.model.base import Few, FileName, Frozen, Line, Remark
from nianbao.pipeline.option_mistakes import explain_option, find_line
from nianbao.text.odd_characters import describe_refused, find_refused


class Options(Frozen):
    """What can be set. A field of the footer or the head that is not set is not shown."""

    cache_dir: Annotated[FileName, Strict()] = Field(".cache/nianbao", description="缓存文件夹，可以随时删掉")
    cards: bool = Field(True, description="要不要画图片卡片")
    leave_out: Few[Line] = Field((), description="不生成哪几种文件，如 report.json、figures.csv")
    workers: Annotated[int, Field(ge=0, le=256)] = Field(0, description="同时用几个进程，0 为自动")
    cluster: FileName | None = Field(
        None, description="Dask 调度程序的地址，如 tcp://10.0.0.1:8786，在几台机器上一起生成"
    )
    publisher: Line | None = Field(None, description="页脚的主办单位")
    contact: Remark | None = Field(None, description="页脚的联系方式")
    icp: Line | None = Field(None, description="ICP 备案号")
    police: Line | None = Field(None, description="公安备案号")
    site_id_code: Line | None = Field(None, description="政府网站标识码")
    site_domain: FileName | None = Field(None, description="网站域名，不写则取自 site_url")
    share_image: FileName | None = Field(None, description="没有卡片的页面分享时的图，docs/ 里的路径")
    footer_pages: Few[FileName] = Field((), description="页脚链接的页面，docs/ 里的路径")


def read_options(raw: object, *, settings: Path = Path("mkdocs.yml")) -> Options:
    """Return the options from extra.nianbao; `settings` is read for the lines of mistakes. Raises: DataErrors."""
    try:
        options = Options.model_validate({} if raw is None else raw)
    except ValidationError as failure:
        raise DataErrors(
            DataError(
                settings.name, find_line(settings, ("extra", "nianbao", *error["loc"])),
                ".".join(map(str, ("extra", "nianbao", *error["loc"]))),
                *explain_option(error["loc"], error["input"], Options.model_json_schema()),
            )
            for error in failure.errors()
        ) from None  # fmt: skip
    texts = {name: "".join(value) if isinstance(value, tuple) else str(value) for name, value in options}
    refused = {name: found for name, text in texts.items() if (found := find_refused(text))}
    if refused:
        raise DataErrors(
            DataError(
                settings.name, find_line(settings, ("extra", "nianbao", name)), f"extra.nianbao.{name}",
                *describe_refused(found[0]),
            )
            for name, found in refused.items()
        )  # fmt: skip
    return options


def read_project_options(root: Path) -> Options:
    """Return the options of the mkdocs.yml in a folder, or those without one, as a build has them. Raises: DataErrors.

    Without MkDocs: its tags (!ENV, !!python/name) give nothing here, and MkDocs refuses what is no YAML.
    """
    extra = read_settings(root).get("extra")
    return read_options(extra.get("nianbao") if isinstance(extra, dict) else None, settings=root / "mkdocs.yml")


def read_settings(root: Path) -> dict[str, Any]:
    """Return the mkdocs.yml in a folder, as it is written; nothing where there is none, or where it is no mapping."""
    try:
        settings = yaml.load((root / "mkdocs.yml").read_bytes(), _SettingsLoader)
    except (OSError, yaml.YAMLError, ValueError):
        settings = None
    return settings if isinstance(settings, dict) else {}


class _SettingsLoader(yaml.SafeLoader):
    """A loader that passes over tags."""


_SettingsLoader.add_multi_constructor("", lambda _loader, _suffix, _node: None)
