"""Mistakes in a site's own templates, by file and line: no traceback through Jinja for an open bracket."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from pathlib import Path

import jinja2

from nianbao.errors import DataError
from nianbao.theme import THEME_DIR

_FIX = "改这一行；不知道怎么改，就删去这个文件，用主题里的那一个"


def explain_template_mistake(error: BaseException, template_dirs: Sequence[Path]) -> DataError | None:
    """Return what is wrong where `error` came out of a template of the site's own; None for any other error.

    `template_dirs` are the folders of templates, the theme's among them. The file is named from the parent of its own.
    """
    if isinstance(error, jinja2.TemplateSyntaxError):
        places = [(error.filename or "", error.lineno)]
    elif isinstance(error, UnicodeDecodeError):
        paths = [path for folder in template_dirs for path in folder.rglob("*.html") if path.is_file()]
        places = [(str(path), 0) for path in paths if path.read_bytes() == error.object]
    else:
        places = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    for name, line in reversed(places):
        for folder in template_dirs:
            if folder != THEME_DIR and Path(name).is_relative_to(folder):
                return DataError(Path(name).relative_to(folder.parent).as_posix(), line, "", _tell(error), _FIX)
    return None


def _tell(error: BaseException) -> str:
    if isinstance(error, jinja2.TemplateSyntaxError):
        return f"模板写错了：{error.message}"
    if isinstance(error, jinja2.TemplateNotFound):
        return f"没有这个模板：{error.name}"
    if isinstance(error, jinja2.UndefinedError):
        return f"模板里用了没有的名字：{error.message}"
    if isinstance(error, UnicodeDecodeError):
        return "文件不是 UTF-8 编码，多半是记事本存成了 GBK：另存一次，编码选 UTF-8"
    return f"模板运行出错：{error}"
