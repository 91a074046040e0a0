"""The JSON Schema (2020-12) of the data files, for editors: it completes and checks as one types."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from nianbao.model import District, Indicator, Report
from nianbao.model.base import Line
from nianbao.sources.choices import CHOICES
from nianbao.sources.whole_file import write_whole

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_FILES: Mapping[str, tuple[TypeAdapter[Any], str]] = {
    "report.schema.json": (TypeAdapter(Report), "一份报告：data/<地区>/<时段>.yml"),
    "districts.schema.json": (TypeAdapter(tuple[District, ...]), "地区名册：data/districts.yml"),
    "indicators.schema.json": (TypeAdapter(tuple[Indicator, ...]), "指标名册：data/indicators.yml"),
}
_DESCRIPTIONS = {
    "Report": "一份报告",
    "Part": "报告的一个部分：成绩、不足或安排",
    "Section": "部分里的一节",
    "Item": "一条：做成的、没做好的或要做的一件事",
    "Table": "条目里的一张表格",
    "Photo": "条目里的一张照片",
    "Figure": "正文或表格里的一个数，由 quote 锚在原句或那一格上",
    "Source": "报告所依据的原文件",
    "ReviewEntry": "导入时拿不准、要人核对的一处",
    "Revision": "发布后的一次更正",
    "District": "一个地区",
    "Indicator": "一个可比的指标",
    "Kind": "报告的种类",
    "Role": "部分的作用",
    "Qualifier": "数的确切程度",
}
_LINE_PATTERN = TypeAdapter(Line).json_schema()["pattern"]
# A text of each pattern that digits alone can fill, with the least and the greatest such number.
_NUMERIC_TEXTS = (("2023", 1900, 2099), ("620104", 100_000, 999_999))


def format_schemas() -> dict[str, str]:
    """Return the schemas by file name, as JSON; the same on every machine."""
    return {name: _format(_describe_file(adapter, title)) for name, (adapter, title) in _FILES.items()}


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Write the schemas into a folder, which is made where it is missing; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, content in format_schemas().items():
        path = folder / name
        write_whole(path, content.encode())
        paths.append(path)
    return tuple(paths)


def _describe_file(adapter: TypeAdapter[Any], title: str) -> dict[str, Any]:
    schema = _adapt(adapter.json_schema(by_alias=True, mode="validation"))
    definitions = schema.pop("$defs", {})
    described = {name: _describe_definition(name, body) for name, body in definitions.items()}
    return {"$schema": _DIALECT, "title": title, **_describe_definition("Report", schema), "$defs": described}


def _describe_definition(name: str, body: dict[str, Any]) -> dict[str, Any]:
    """Return a definition with its Chinese description, and the meanings of its values where it is a closed list."""
    described = {key: value for key, value in body.items() if key not in {"title", "description"}}
    if body.get("type") != "array":
        described = {"description": _DESCRIPTIONS[name], **described}
    if "enum" in body:
        # Not of the norm, but what the YAML language server shows beside each value.
        described["enumDescriptions"] = [CHOICES[name.lower()][value] for value in body["enum"]]
    return described


def _adapt(schema: Any) -> Any:
    """Return a schema without pydantic's English titles and idle defaults, and with numbers where YAML has them."""
    if isinstance(schema, list):
        return [_adapt(entry) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    adapted = {
        key: {name: _adapt(field) for name, field in value.items()} if key in {"properties", "$defs"} else _adapt(value)
        for key, value in schema.items()
        if not (key == "title" and isinstance(value, str)) and not (key == "default" and value is None)
    }
    if adapted.get("type") == "string" and "enum" not in adapted and "format" not in adapted:
        adapted.update(_number_form(str(adapted.get("pattern", ""))))
    return _join_alternatives(adapted)


def _number_form(pattern: str) -> dict[str, Any]:
    """Return the type of a text that YAML 1.2 reads as a number unless it is quoted; the store takes it as written."""
    if pattern == _LINE_PATTERN or not pattern:
        return {"type": ["string", "number"]}
    for example, least, greatest in _NUMERIC_TEXTS:
        if re.search(pattern, example):
            return {"type": ["string", "integer"], "minimum": least, "maximum": greatest}
    return {}


def _join_alternatives(schema: dict[str, Any]) -> dict[str, Any]:
    """Return `anyOf` of types as one list of types, since editors explain that better; references stay apart."""
    options = schema.get("anyOf")
    if not options or any("type" not in option for option in options):
        return schema
    if options[0] == {"type": "number"}:
        options = [options[0], options[-1]]
    types = [entry for option in options for entry in _as_list(option["type"])]
    rest = {key: value for key, value in schema.items() if key != "anyOf"}
    return {**options[0], "type": types, **rest}


def _as_list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _format(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
