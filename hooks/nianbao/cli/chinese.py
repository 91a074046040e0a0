"""click in Chinese: its words, its names for values, and how wide a Chinese character is in a table.

click asks gettext for each of its words, and gettext knows no Chinese ones: click comes without catalogues. So `_` is
replaced in click's modules, and nowhere else; gettext, which other libraries ask, stays as it is.
"""

from __future__ import annotations

import importlib
import unicodedata
from typing import Any

import click

_WORDS = {
    "Options": "选项",
    "Commands": "命令",
    "Positional arguments": "参数",
    "Show this message and exit.": "显示这些说明。",
    "required": "必写",
    "default: {default}": "默认 {default}",
    "env var: {var}": "环境变量 {var}",
    "file": "文件",
    "directory": "文件夹",
    "path": "路径",
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "运行 {command} {option} 看用法",
    "Invalid value: {message}": "写得不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 写得不对：{message}",
    "Missing argument": "少写了",
    "Missing option": "少写了",
    "Missing parameter": "少写了",
    "Missing command.": "少写了命令",
    "Choose from:\n\t{choices}": "可写：\n\t{choices}",
    "No such option {name!r}.": "没有 {name} 这个选项",
    "No such command {name!r}.": "没有“{name}”这个命令",
    "Did you mean {possibility}?": "是否指 {possibility}",
    "(Did you mean one of: {possibilities}?)": "是否指其中之一：{possibilities}",
    "Got unexpected extra argument ({args})": "多写了 {args}",
    "Got unexpected extra arguments ({args})": "多写了 {args}",
    "Option {name!r} does not take a value.": "{name} 后面不写值",
    "Option {name!r} requires an argument.": "{name} 后面要写一个值",
    "Option {name!r} requires {nargs} arguments.": "{name} 后面要写 {nargs} 个值",
    "Argument {name!r} takes {nargs} values.": "{name} 要写 {nargs} 个值",
    "{value!r} is not {choice}.": "没有“{value}”",
    "{value!r} is not one of {choices}.": "没有“{value}”",
    "{value!r} is not a valid {number_type}.": "“{value}”不是{number_type}",
    "{value} is not in the range {range}.": "{value} 不在 {range} 的范围里",
    "{name} {filename!r} does not exist.": "没有这个{name}：{filename}",
    "{name} {filename!r} is a file.": "{filename} 是文件，这里要写{name}",
    "{name} {filename!r} is a directory.": "{filename} 是文件夹，这里要写{name}",
    "{name} {filename!r} is not readable.": "{filename} 读不了，没有权限",
    "{name} {filename!r} is not writable.": "{filename} 写不了，没有权限",
    "Could not open file {filename!r}: {message}": "打不开 {filename}：{message}",
    "unknown error": "原因不明",
}
# What click shows in the place of a value; these names do not go through gettext.
_VALUES = {"text": "文字", "integer": "整数", "integer range": "整数", "float": "数", "float range": "数"}
_MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line of usage; click's names for what may follow do not go through gettext."""
        args = args.replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 [参数…]")
        super().write_usage(prog, args, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        """Write a heading with a Chinese colon."""
        self.write(f"{' ' * self.current_indent}{heading}：\n")


def speak_chinese() -> None:
    """Let click speak Chinese in this process: to be called before commands are declared."""
    for name in _MODULES:
        module: Any = importlib.import_module(f"click.{name}")
        module._ = _translate
        if hasattr(module, "ngettext"):
            module.ngettext = _translate_number
    formatting: Any = importlib.import_module("click.formatting")
    formatting.term_len = measure_columns
    for kind in (click.STRING, click.INT, click.FLOAT, click.IntRange, click.FloatRange):
        kind.name = _VALUES.get(kind.name, kind.name)
    click.Context.formatter_class = _Formatter


def measure_columns(text: str) -> int:
    """Return how many columns a terminal gives a text: two for each Chinese character."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in click.unstyle(text))


def _translate(message: str) -> str:
    return _WORDS.get(message, message)


def _translate_number(one: str, many: str, count: int) -> str:
    return _translate(one if count == 1 else many)
