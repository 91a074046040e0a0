"""What is wrong with a line that is no YAML, in the words of people who never heard of YAML."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml
from yaml.reader import ReaderError

_QUOTE_IT = "给整段内容加引号：'…'"
_NO_SPACE = re.compile(r"\s*(?:- +)*([A-Za-z_]\w*):(?=[^\s:/])")
_WIDE_COLON = re.compile(r"\s*(?:- +)*([A-Za-z_]\w*)：")
_WIDE_COMMA = re.compile(r"，\s*[a-z_]+:")
_SPECIAL_STARTS = {"alias": "*", "anchor": "&", "tag": "!", "directive": "%"}
_CLOSINGS = frozenset("\"'}]")


class SyntaxMistake(NamedTuple):
    """A broken line, from 1, what is wrong with it, and what to do."""

    line: int
    problem: str
    fix: str


class _Place:
    """Where the parser stopped, where the thing began that it was reading, and the lines around."""

    def __init__(self, failure: yaml.MarkedYAMLError, lines: list[str]) -> None:
        mark = failure.problem_mark or failure.context_mark
        start = failure.context_mark or mark
        self.problem = str(failure.problem)
        self.context = str(failure.context)
        # The end of the text is past its last line, which is the one to look at.
        last_line = next((number for number in range(len(lines), 0, -1) if lines[number - 1].strip()), 1)
        self.line = min(mark.line + 1, last_line) if mark else 1
        self.start_line = min(start.line + 1, last_line) if start else 1
        self.text = self._line_at(lines, self.line)
        self.start_text = self._line_at(lines, self.start_line)
        self.column = mark.column if mark else 0
        self.character = self.text[self.column : self.column + 1]
        written = [number for number in range(1, self.line) if self._line_at(lines, number).split("#")[0].strip()]
        self.earlier_line = written[-1] if written else self.line
        self.earlier_text = self._line_at(lines, self.earlier_line)

    @staticmethod
    def _line_at(lines: list[str], number: int) -> str:
        return lines[number - 1] if 0 < number <= len(lines) else ""


def explain_syntax(failure: yaml.YAMLError, text: str) -> SyntaxMistake:
    """Return the first broken line of a text, said in Chinese; both libyaml's and PyYAML's own wording are known."""
    lines = text.splitlines()
    if isinstance(failure, ReaderError):
        character = chr(failure.character)
        line = next((number for number, content in enumerate(lines, start=1) if character in content), 1)
        return SyntaxMistake(line, f"有不能用的控制字符 U+{failure.character:04X}", "删去它")
    if not isinstance(failure, yaml.MarkedYAMLError):
        return SyntaxMistake(1, f"YAML 写法有误（{failure}）", "")
    place = _Place(failure, lines)
    for explain in (_explain_characters, _explain_colons, _explain_brackets, _explain_structure):
        mistake = explain(place)
        if mistake:
            return mistake
    return SyntaxMistake(place.line, f"YAML 写法有误（{place.problem}）", f"检查这一行和上一行；或{_QUOTE_IT}")


def _explain_characters(place: _Place) -> SyntaxMistake | None:
    if place.character == "\t" or "tab character" in place.problem:
        return SyntaxMistake(
            place.line,
            "缩进用了制表符（Tab）",
            "换成空格；VS Code：F1 → “将缩进转换为空格”（Convert Indentation to Spaces）",
        )
    special = next((sign for name, sign in _SPECIAL_STARTS.items() if name in place.context), None)
    if special is None and "cannot start any token" in place.problem:
        special = place.character
    if special:
        return SyntaxMistake(place.line, f"内容以“{special}”开头，在 YAML 里另有意思", _QUOTE_IT)
    if "escape character" in place.problem:
        return SyntaxMistake(place.line, "双引号里的反斜杠“\\”用法不对", "改用单引号，或把反斜杠写两次")
    if "quoted scalar" in place.context:
        return SyntaxMistake(place.start_line, "引号没有闭合", "在内容末尾补上同样的半角引号，或删去开头的引号")
    if "block scalar" in place.context:
        return SyntaxMistake(
            place.line, "“|”或“>”后面不能接着写字", "正文从下一行开始写，并多缩进两格；本来就是正文，就给整段加引号"
        )
    return None


def _explain_colons(place: _Place) -> SyntaxMistake | None:
    if "could not find expected ':'" in place.problem:
        return _explain_key(place.start_line, place.start_text) or SyntaxMistake(
            place.start_line, "这一行少了冒号", "写成“名称: 内容”，半角冒号后空一格；是上一行的正文，就多缩进两格"
        )
    if "mapping values are not allowed" not in place.problem:
        return None
    earlier = _explain_key(place.earlier_line, place.earlier_text)
    if earlier:
        return earlier
    before = place.text[: place.column]
    if ": " in before:
        return SyntaxMistake(place.line, "这一行里有两个半角冒号", f"内容里的冒号改成全角“：”，或{_QUOTE_IT}")
    return SyntaxMistake(place.line, "缩进与上文对不齐", "同一层的名称左对齐，只用空格；上一行的内容没写完，就加引号")


def explain_wide_colon(name: str) -> tuple[str, str]:
    """Return what is wrong with `name：`, and what to do."""
    return f"“{name}”后面用了全角冒号“：”", f"改成“{name}: ”，半角冒号后空一格"


def _explain_key(line: int, text: str) -> SyntaxMistake | None:
    wide = _WIDE_COLON.match(text)
    if wide:
        return SyntaxMistake(line, *explain_wide_colon(wide[1]))
    close = _NO_SPACE.match(text)
    if close:
        return SyntaxMistake(line, f"“{close[1]}:”后面少一个空格", f"写成“{close[1]}: 内容”")
    return None


def _explain_brackets(place: _Place) -> SyntaxMistake | None:
    if "flow" not in place.context:
        return None
    if _WIDE_COMMA.search(place.start_text):
        return SyntaxMistake(place.start_line, "括号里用了全角逗号“，”", "各项之间用半角逗号加空格“, ”")
    return SyntaxMistake(
        place.start_line,
        "花括号或方括号里少了逗号，或没有闭合",
        "写成 {quote: 5270名, label: 团员}；内容里有半角逗号、冒号，就给它加引号",
    )


def _explain_structure(place: _Place) -> SyntaxMistake | None:
    if "sequence entries are not allowed" in place.problem:
        return SyntaxMistake(place.line, "“- ”不能和“名称:”写在一行", "换到下一行，多缩进两格")
    # What should have been a key was taken for text, which ended here.
    key = _explain_key(place.earlier_line, place.earlier_text) if "expected" in place.problem else None
    if key:
        return key
    if "<document start>" in place.problem:
        return SyntaxMistake(place.line, "“...”之后还有内容", "删去“...”那一行；一个文件只写一份报告")
    if "block" not in place.context:
        return None
    before = place.text[: place.column].rstrip()
    if before and before[-1] in _CLOSINGS:
        return SyntaxMistake(place.line, "引号或括号后面多了字", _QUOTE_IT)
    return SyntaxMistake(place.line, "缩进与上文对不齐", "同一层的名称或“- ”左对齐，只用空格")
