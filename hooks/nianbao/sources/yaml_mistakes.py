"""A second, slower reading of a YAML text that went wrong: every mistake, and the line of every key."""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

from nianbao.errors import DataError
from nianbao.model.places import KeyPath, format_place
from nianbao.sources.wording import show_value
from nianbao.sources.yaml_events import NESTING_LIMIT, open_events
from nianbao.sources.yaml_syntax import explain_syntax
from nianbao.text.odd_characters import describe_refused, find_refused
from nianbao.text.yaml_scalars import RefusedScalarError, type_scalar


@dataclass(frozen=True, slots=True)
class Trace:
    """The lines of a text's keys (by path, from 1) and the mistakes in it; complete up to the first broken line."""

    lines: dict[KeyPath, int]
    errors: tuple[DataError, ...]


# Past this many mistakes a text is no report but an attack or an accident, and nobody reads on.
_MISTAKE_LIMIT = 50
_NO_KEY = "?"


@dataclass(slots=True)
class _Container:
    key_path: KeyPath
    is_mapping: bool
    key: str | None = None
    is_key: bool = False
    keys: dict[str, int] = field(default_factory=dict)
    length: int = 0


def trace_yaml(text: str, *, file: str, is_plain: bool = True) -> Trace:
    """Return the lines and all mistakes of a text; a broken line ends the reading, being itself the last mistake.

    `is_plain`: what YAML has beside plain data (tags, anchors, merge keys, odd numbers) is a mistake, too.
    """
    tracer = _Tracer(text, file, is_plain=is_plain)
    try:
        tracer.read()
    except yaml.YAMLError as failure:
        mistake = explain_syntax(failure, text)
        tracer.refuse(mistake.line, (), mistake.problem, mistake.fix)
    return Trace(tracer.lines, tuple(tracer.errors))


class _Tracer:
    def __init__(self, text: str, file: str, *, is_plain: bool) -> None:
        self.text = text
        self.file = file
        self.is_plain = is_plain
        self.lines: dict[KeyPath, int] = {}
        self.errors: list[DataError] = []
        self._open: list[_Container] = []
        self._lines_with_features: set[int] = set()

    def refuse(self, line: int, key_path: KeyPath, problem: str, fix: str = "") -> None:
        self.errors.append(DataError(self.file, line, format_place(key_path), problem, fix))

    def refuse_feature(self, line: int, key_path: KeyPath, problem: str, fix: str) -> None:
        """Note something that YAML has and nobody needs here, once a line: an alias bomb is one mistake many times."""
        if self.is_plain and line not in self._lines_with_features:
            self._lines_with_features.add(line)
            self.refuse(line, key_path, problem, fix)

    def read(self) -> None:
        next_event = open_events(self.text)
        documents = 0
        while (event := next_event()) is not None:
            line = event.start_mark.line + 1 if event.start_mark else 0
            if len(self.errors) >= _MISTAKE_LIMIT:
                self.refuse(line, (), f"前面已有 {_MISTAKE_LIMIT} 处错误，从这里起没有再读", "先改好前面的")
                return
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.refuse(
                        line, (), "一个文件里只能有一份报告，这里却用 --- 开始了第二份", "拆成两个文件，或删去这一行"
                    )
                    return
            elif isinstance(event, yaml.AliasEvent):
                self._read_alias(event, line)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._enter(event, line)
                if len(self._open) > NESTING_LIMIT:
                    self.refuse(line, (), f"嵌套超过 {NESTING_LIMIT} 层", "检查缩进和括号")
                    return
            elif isinstance(event, yaml.CollectionEndEvent):
                if self._open.pop().is_key:
                    self._open[-1].key = _NO_KEY
            elif isinstance(event, yaml.ScalarEvent):
                self._read_scalar(event, line)

    def _read_alias(self, event: yaml.AliasEvent, line: int) -> None:
        holder = self._open[-1] if self._open else None
        if holder and holder.is_mapping and holder.key is None:
            key_path = holder.key_path
            holder.key = _NO_KEY
        else:
            key_path = self._place(line)
        self.refuse_feature(
            line, key_path, f"不支持 YAML 引用“*{event.anchor}”", "把内容写全；星号本来就是正文，就给整段加引号"
        )

    def _place(self, line: int) -> KeyPath:
        """Return the path of the value that begins here, and count it."""
        if not self._open:
            key_path: KeyPath = ()
        else:
            holder = self._open[-1]
            if holder.is_mapping:
                key_path = (*holder.key_path, holder.key or "")
                holder.key = None
            else:
                key_path = (*holder.key_path, holder.length)
                holder.length += 1
        self.lines.setdefault(key_path, line)
        return key_path

    def _enter(self, event: yaml.CollectionStartEvent, line: int) -> None:
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        holder = self._open[-1] if self._open else None
        if holder and holder.is_mapping and holder.key is None:
            self.refuse(
                line, holder.key_path, "名称只能是文字，不能是列表或“名称: 内容”", "写成“名称: 内容”，半角冒号后空一格"
            )
            self._open.append(_Container((*holder.key_path, _NO_KEY), is_mapping, is_key=True))
            return
        key_path = self._place(line)
        self._refuse_properties(event, line, key_path)
        self._open.append(_Container(key_path, is_mapping))

    def _read_scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        holder = self._open[-1] if self._open else None
        if holder and holder.is_mapping and holder.key is None:
            self._read_key(holder, event, line)
            return
        key_path = self._place(line)
        self._refuse_properties(event, line, key_path)
        self._refuse_escapes(event, line, key_path)
        if event.implicit[0] and self.is_plain:
            try:
                type_scalar(event.value)
            except RefusedScalarError as refused:
                self.refuse(
                    line,
                    key_path,
                    f"不接受{show_value(event.value)}：{refused}",
                    "是文字就加引号；是数就写成普通的十进制",
                )

    def _read_key(self, holder: _Container, event: yaml.ScalarEvent, line: int) -> None:
        key = event.value
        key_path = (*holder.key_path, key)
        self._refuse_properties(event, line, key_path)
        self._refuse_escapes(event, line, key_path)
        holder.key = key
        if key == "<<" and event.implicit[0]:
            self.refuse_feature(line, key_path, "不支持 YAML 合并键“<<”", "把内容写全")
        elif key in holder.keys:
            self.refuse(
                line, key_path, f"{show_value(key)}写了两次，前一次在第 {holder.keys[key]} 行", "留下一处，删去另一处"
            )
        else:
            holder.keys[key] = line
            self.lines[key_path] = line

    def _refuse_escapes(self, event: yaml.ScalarEvent, line: int, key_path: KeyPath) -> None:
        for character in find_refused(event.value)[:1]:
            problem, fix = describe_refused(character)
            self.refuse(line, key_path, f"用反斜杠写出的内容{problem}", fix)

    def _refuse_properties(self, event: yaml.NodeEvent, line: int, key_path: KeyPath) -> None:
        if event.anchor is not None:
            self.refuse_feature(
                line, key_path, f"不支持 YAML 锚点“&{event.anchor}”", "删去；& 本来就是正文，就给整段加引号"
            )
        tag = getattr(event, "tag", None)
        if tag is not None:
            self.refuse_feature(
                line, key_path, f"不支持 YAML 标签{show_value(tag)}", "删去；! 本来就是正文，就给整段加引号"
            )
