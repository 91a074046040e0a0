"""Every field has a limit, which is told with what is there, what may be, and what to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from nianbao.errors import DataErrors, format_errors
from nianbao.pipeline.options import Options, read_options
from nianbao.sources.schema import format_schemas
from nianbao.sources.store import read_districts, read_indicators, read_report

_ITEM: dict[str, Any] = {"id": "a", "text": "覆盖5270名团员。", "figures": [{"quote": "5270名", "label": "团员"}]}


def _read(tmp_path: Path, *, item: dict[str, Any] | None = None, **fields: Any) -> str:
    report = {
        "period": 2023, "kind": "annual", "title": "青春",
        "parts": [{"role": "results", "title": "做的事", "sections": [{"items": [_ITEM | (item or {})]}]}],
    }  # fmt: skip
    path = tmp_path / "data" / "xigu" / "2023.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(report | fields, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return format_errors(read_report(path, root=tmp_path)[1])


def test_a_title_of_300_characters_is_told(tmp_path: Path) -> None:
    assert _read(tmp_path, title="长" * 300) == (
        "data/xigu/2023.yml:3: title: 有 300 字，最多 120 字\n"
        "  改法：标题只留一句短话，其余的话放进 lead 或正文\n共 1 处需要改。"
    )
    assert _read(tmp_path, title=f"  {'长' * 120}  ") == ""


@pytest.mark.parametrize(
    ("field", "value", "most"),
    [
        ("title", "长" * 121, "120 字"), ("text", "覆盖5270名。" + "长" * 20_000, "20000 字"),
        ("figures", [{"quote": "5270名", "label": "团" * 61}], "60 字"),
        ("figures", [{"quote": "5270名" + "长" * 120, "label": "团"}], "120 字"),
        ("figures", [{"quote": "5270名", "label": "团", "unit": "名" * 21}], "20 字"),
        ("figures", [{"quote": "5270名", "label": f"团{at}"} for at in range(101)], "100 项"),
    ],
)  # fmt: skip
def test_the_fields_of_an_item_have_limits(tmp_path: Path, field: str, value: object, most: str) -> None:
    assert f"最多 {most}" in _read(tmp_path, item={field: value})


def test_a_report_has_limits_as_a_whole(tmp_path: Path) -> None:
    def part(count: int, text: str, figures: int) -> dict[str, Any]:
        written = text + "".join(f"有{number}名。" for number in range(1000, 1000 + figures))
        items = [
            {"id": f"i-{id(written)}-{at}", "text": written,
             "figures": [{"quote": f"{number}名", "label": "团员"} for number in range(1000, 1000 + figures)]}
            for at in range(count)
        ]  # fmt: skip
        return {"role": "results", "title": "做的事", "sections": [{"items": items}]}

    message = _read(tmp_path, parts=[part(200, "好。", 0), part(101, "也好。", 0)])
    assert "parts: 一共有 301 条，一份报告最多 300 条" in message
    assert "figures 一共有 1010 个数，一份报告最多 1000 个" in _read(tmp_path, parts=[part(101, "好。", 10)])
    assert "字，一份报告最多 200000 字" in _read(tmp_path, parts=[part(11, "好。" * 9_999, 0)])


def test_past_a_hundred_mistakes_of_form_the_rest_is_counted(tmp_path: Path) -> None:
    message = _read(tmp_path, **{f"extra{at}": 1 for at in range(5000)})
    assert "约 4900 处错误，没有列出\n  改法：先改好前面的" in message
    assert message.endswith("共 101 处需要改。")


@pytest.mark.parametrize(
    "value",
    ["1e999999999", "'1e999999999'", "-1e999999999", "9" * 10_000, ".inf", ".nan", "sNaN", "'5_270'",
     "５２７０", "٥٢٧٠",
     "5.27e3", "0x10", "1_000", "true", "[1]", "{a: 1}", "1e-999999999", "0.1234567890123"],
)  # fmt: skip
def test_only_a_plain_number_is_a_value(tmp_path: Path, value: str) -> None:
    _read(tmp_path)
    path = tmp_path / "data" / "xigu" / "2023.yml"
    written = path.read_text(encoding="utf-8").replace("label: 团员", f"label: 团员\n        value: {value}")
    path.write_text(written, encoding="utf-8")
    line = written.splitlines().index(f"        value: {value}") + 1
    message = format_errors(read_report(path, root=tmp_path)[1])
    assert message.startswith(f"data/xigu/2023.yml:{line}: parts[0].sections[0].items[0].figures[0].value: ")
    assert len(message) < 300


def test_full_width_digits_are_told_with_their_half_width_spelling(tmp_path: Path) -> None:
    message = _read(
        tmp_path,
        item={"text": "覆盖１，５２７．５万元。", "figures": [{"quote": "１，５２７．５万元", "label": "资金"}]},
    )
    assert "“１，５２７．５万元”用了全角数字" in message
    assert "正文和 quote 都改成半角：1,527.5万元" in message


def test_registers_have_limits(tmp_path: Path) -> None:
    (tmp_path / "districts.yml").write_text(f"- {{slug: xigu, name: {'长' * 21}}}\n", encoding="utf-8")
    (tmp_path / "indicators.yml").write_text(f"- {{id: a, name: {'长' * 61}, unit: 名}}\n", encoding="utf-8")
    assert "districts.yml:1: [0].name: 有 21 字，最多 20 字" in format_errors(
        read_districts(tmp_path, root=tmp_path)[1]
    )
    assert "indicators.yml:1: [0].name: 有 61 字，最多 60 字" in format_errors(
        read_indicators(tmp_path, root=tmp_path)[1]
    )


def test_options_have_limits_and_hold_no_unseen_character() -> None:
    with pytest.raises(DataErrors, match="有 121 字，最多 120 字"):
        read_options({"publisher": "长" * 121})
    with pytest.raises(DataErrors, match=r"extra\.nianbao\.footer_pages: 有 21 项，最多 20 项"):
        read_options({"footer_pages": ["about.md"] * 21})
    with pytest.raises(DataErrors, match=r"extra\.nianbao\.footer_pages: 有看不见的字符 U\+2062"):
        read_options({"footer_pages": ["ab\u2062out.md"]})


def _list_unlimited(schema: Any, path: str = "") -> list[str]:
    """The texts and lists of a schema that may be of any length."""
    if isinstance(schema, list):
        return [found for entry in schema for found in _list_unlimited(entry, path)]
    if not isinstance(schema, dict):
        return []
    types = schema.get("type", [])
    is_text = "string" in types and not {"enum", "const", "format", "maxLength"} & schema.keys()
    is_open_list = "array" in types and "maxItems" not in schema
    found = [path] if is_open_list or (is_text and not str(schema.get("pattern", "+")).endswith("}$")) else []
    return found + [entry for key, value in schema.items() for entry in _list_unlimited(value, f"{path}/{key}")]


def test_every_text_and_list_of_the_schemas_has_a_limit() -> None:
    schemas = {name: json.loads(text) for name, text in format_schemas().items()}
    unlimited = [place for name, schema in schemas.items() for place in _list_unlimited(schema, name)]
    # The registers are as long as there are districts; a period's pattern says its length, a value is a number.
    assert [p for p in unlimited if not p.endswith(("schema.json", "/period", "/value"))] == []
    assert _list_unlimited(Options.model_json_schema()) == []
