"""What MkDocs says, in Chinese, with the place and what to do: one table, message → sentence.

A filter of log handlers, since MkDocs has no catalogue of messages. What the table does not know stays as it is.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import NamedTuple

from nianbao.app.settings_checks import SETTINGS_FILE, explain_nav, find_text
from nianbao.errors import DataError

_SETTING = r"Config value '(?P<key>[\w.]+)': "
_PAGE = r"Doc file '(?P<page>[^']+)' contains "
_EXTENSION = _SETTING + r"Failed to load extension '(?P<name>[^']+)'\.\n"
_NO_SETTING = r"Aborted with a configuration error!|Aborted with \d+ configuration warnings? in 'strict' mode!"
_SPELLING = "检查名字有没有写错"
_CHECK = "检查路径有没有写错；别的页面写成相对的路径，如 about.md、../about.md"
_GUESS = r"(?: Did you mean '(?P<guess>[^']*)'\?)?"
_NOT_FOUND = r"'?(?P<template>[^']+?)'? not found in search paths: .+"


class _Saying(NamedTuple):
    """`pattern` is of the whole message; its groups fill the rest. `sought` is the text that marks the line."""

    pattern: str
    problem: str
    fix: str = ""
    sought: str = ""


_SAYINGS = (
    # While it works.
    _Saying(r"Cleaning site directory", "正在生成网站……"),
    _Saying(r"Building documentation\b.*", ""),
    _Saying(r"Documentation built in (?P<seconds>[\d.]+) seconds", "用了 {seconds} 秒"),
    _Saying(r"Watching paths for changes: (?P<paths>.*)", "这些文件一保存，网页就更新：{paths}"),
    _Saying(r"Serving on (?P<url>\S+)(?P<rest>.*)", "预览在 {url}，用浏览器打开；按 Ctrl+C 结束"),
    _Saying(r"Detected file changes", "有文件保存了"),
    _Saying(r"Reloading browsers", "网页更新了"),
    _Saying(r"Browser connected: (?P<url>.*)", "浏览器打开了 {url}"),
    _Saying(r"Shutting down\.\.\.", "预览结束"),
    _Saying(r"An error happened during the rebuild\..*", "没有更新：改好上面说的，再保存，网页会自己恢复"),
    # Pages.
    _Saying(
        r"The following pages exist in the docs directory, but are not included in the \"nav\" configuration:"
        r"\n  - (?P<pages>.*)",
        "这些页面不在导航里，只能从别的页面点进去：\n  - {pages}",
        "要放进导航，就在 mkdocs.yml 的 nav 下面加一行，如 - 页面名: 文件名.md；不要就写进 not_in_nav",
    ),
    _Saying(r"A reference to '(?P<nav>[^']*)' is included in the 'nav' configuration, .*", "", "", "{nav}"),
    _Saying(
        r"An absolute path to '(?P<link>[^']*)' is included in the 'nav' configuration, .*",
        f"{SETTINGS_FILE}: nav: {{link}} 以 / 开头，不是 docs/ 里的页面",
        "是 docs/ 里的页面就去掉开头的 /；是别的网站就写全 https://……",
    ),
    _Saying(
        _PAGE
        + r"a link '(?P<link>[^']*)', but the target(?: '[^']*')? is not found among documentation files\."
        + _GUESS,
        "链接 {link} 指向的文件不在 docs/ 里",
        _CHECK,
    ),
    _Saying(
        _PAGE + r"an unrecognized relative link '(?P<link>[^']*)', it was left as is\." + _GUESS,
        "链接 {link} 不是 docs/ 里的文件，照原样留着",
        _CHECK,
    ),
    _Saying(
        _PAGE + r"an absolute link '(?P<link>[^']*)', it was left as is\." + _GUESS,
        "链接 {link} 以 / 开头，照原样留着；网站放在别的文件夹里，它就断了",
        "写成相对的路径，如 ../xigu/2023/",
    ),
    _Saying(
        _PAGE + r"a link '(?P<link>[^']*)', but there is no such anchor on this page\..*",
        "链接 {link}：这一页没有这个标题",
        "改成这一页有的标题，或者在标题后面写上 {{ #代号 }}",
    ),
    _Saying(
        _PAGE + r"a link '(?P<link>[^']*)', but the doc '(?P<other>[^']*)' does not contain an anchor '.*'\.",
        "链接 {link}：docs/{other} 里没有这个标题",
        "改成那一页有的标题，或者在那个标题后面写上 {{ #代号 }}",
    ),
    _Saying(
        _PAGE + r"a link to '(?P<link>[^']*)' which is excluded from the built site\.",
        "链接 {link} 指向的文件没有发布",
        "看 mkdocs.yml 的 exclude_docs、draft_docs",
    ),
    _Saying(
        r"Excluding '(?P<page>[^']*)' from the site because it conflicts with '(?P<other>[^']*)'\.",
        "与 docs/{other} 是同一个网址，没有发布",
        "给其中一个换个名字",
    ),
    _Saying(r"Encoding error reading file: (?P<page>.*)", "编码不是 UTF-8", "存成 UTF-8"),
    _Saying(
        r"(?:Error building page '(?P<page>[^']+)': )?'?\.icons/(?P<icon>[^']+)\.svg'? not found .*",
        "没有图标 {icon}",
        "检查 mkdocs.yml 里的 icon 有没有写错，如 material/account-group",
        "{icon}",
    ),
    _Saying(
        rf"(?:Error building page '(?P<page>[^']+)': )?{_NOT_FOUND}",
        "没有模板 {template}",
        "检查这一页开头的 template 和 overrides/ 里的名字有没有写错",
        "{template}",
    ),
    # mkdocs.yml.
    _Saying(
        _SETTING + r"Unrecognised configuration name: .*", "没有这个设置", "检查名字有没有写错；不用就删去", "{key}"
    ),
    _Saying(
        _SETTING + r'The "(?P<name>[^"]+)" plugin is not installed',
        "没有“{name}”这个插件",
        "检查名字有没有写错；没有装的，先用 pip 装上",
        "{name}",
    ),
    _Saying(_EXTENSION + r".*ModuleNotFoundError: .*", "没有“{name}”这个 Markdown 扩展", _SPELLING, "{name}"),
    _Saying(
        _EXTENSION + r".*KeyError: '?(?P<option>[^'\n]+)'?", "扩展 {name} 没有 {option} 这一项", _SPELLING, "{option}"
    ),
    _Saying(_EXTENSION + r".*\n(?P<english>[^\n]+)", "扩展 {name} 用不了（{english}）", "检查它下面的几项", "{name}"),
    _Saying(
        _SETTING + r"Unrecognised theme name: '(?P<name>[^']+)'.*", "没有主题 {name}", "写 name: material", "{name}"
    ),
    _Saying(_SETTING + r"The URL isn't valid, .*", "不是网址", "写全，如 https://nianbao.example.cn/"),
    _Saying(_SETTING + r"The path '(?P<path>[^']+)' isn't an existing .*", "没有 {path}", "检查路径有没有写错"),
    _Saying(
        _SETTING + r"The path set in custom_dir \('(?P<path>[^']+)'\) does not exist\.",
        "没有文件夹 {path}",
        "检查 custom_dir 有没有写错",
        "custom_dir",
    ),
    _Saying(_SETTING + r"Required configuration not provided\.", "没有写，必须有", "补上"),
    _Saying(_SETTING + r"Expected type: <class 'bool'> but received: .*", "写得不对", "写 true 或 false"),
    _Saying(
        _SETTING + r"Expected type: <class 'str'> but received: .*",
        "要写一行文字",
        "写成一行文字；本来就是文字，就给它加引号",
    ),
    _Saying(
        _SETTING + r"(?P<english>.*)",
        "写得不对（{english}）",
        "对照 https://www.mkdocs.org/user-guide/configuration/ 改",
    ),
    # At the end.
    _Saying(_NO_SETTING, "没有生成。"),
)
_STAMP = re.compile(r"\[[\d:]+\] ")  # of a preview
_PATTERNS = tuple(re.compile(saying.pattern, re.DOTALL) for saying in _SAYINGS)


class Interpreter(logging.Filter):
    """Puts records of MkDocs into Chinese. `root` holds mkdocs.yml, `docs_dir` the pages; both as far as known."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path()
        self.docs_dir = Path("docs")

    def filter(self, record: logging.LogRecord) -> bool:
        """Change a record's message; False for one that says nothing to staff."""
        message = record.getMessage()
        told = self.translate(message)
        if told != message:
            record.msg, record.args = told, ()
        return bool(told)

    def translate(self, message: str) -> str:
        """Return a message in Chinese, with its place; as it is where it is not known."""
        stamp = _STAMP.match(message)
        at = stamp.end() if stamp else 0
        for pattern, saying in zip(_PATTERNS, _SAYINGS, strict=True):
            if found := pattern.fullmatch(message, at):
                return message[:at] + self._tell(saying, {key: text or "" for key, text in found.groupdict().items()})
        return message

    def _tell(self, saying: _Saying, groups: dict[str, str]) -> str:
        problem, fix = saying.problem.format(**groups), saying.fix.format(**groups)
        if "nav" in groups:
            problem, fix = explain_nav(groups["nav"])
        if groups.get("guess"):
            fix = f"是否指 {groups['guess']}"
        if not problem:
            return ""
        file, line, key = "", 0, groups.get("key", "nav" if "nav" in groups else "")
        if page := groups.get("page"):
            file, line = f"{self.docs_dir.name}/{page}", find_text(self.docs_dir / page, groups.get("link") or "\0")
        elif key or "icon" in groups:
            sought = saying.sought.format(**groups) or f"{key}:"
            file, line = SETTINGS_FILE, find_text(self.root / SETTINGS_FILE, sought)
        if "\n" in problem:  # a list of several lines
            return f"{problem}\n  改法：{fix}"
        return str(DataError(file, line, key, problem, fix))
