"""Reports to draw: short, normal and extreme texts that together call for every layout."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from nianbao.editions.edition import Edition
from nianbao.model import District, PhotoMeasure, Report
from nianbao.pipeline.data_folder import read_data_folder
from nianbao.pipeline.jobs import make_lone_edition
from nianbao.sources.store import read_report
from nianbao.views.card.pack import CardPack, plan_pack

ROOT = Path(__file__).parents[1]
SITE_URL = "https://example.org/nianbao/"
_CLAUSES = ("青年志愿者走进社区", "陪孩子们读书写字", "帮老人修好了家里的电灯", "把道理讲得明白", "大家一起出力")
_LONG_TITLE = "把青春写在这座城市每一条街道每一个村庄每一间教室里的这一年"
_LONG_LABEL = "在全区各个街道和乡镇的团支部里参加主题学习教育的团员和青年"
_LONG_PUBLISHER = "共青团某某市某某区某某街道工作委员会和某某高新技术产业开发区委员会"


def _repeat(length: int) -> str:
    """Running text of about `length` characters."""
    text = ""
    while len(text) < length:
        text += _CLAUSES[len(text) % len(_CLAUSES)] + ("。" if len(text) % 7 == 0 else "，")
    return text[:length].rstrip("，。") + "。"


def make_report(size: str) -> Report:
    """Return a made-up report: `size` is short, normal or extreme."""
    title, length, name = {
        "short": ("同行", 24, "学习"),
        "normal": ("青春同行 一起出力", 130, "学习有阵地"),
        "extreme": (
            _LONG_TITLE,
            800,
            "一个写得很长很长长到一行放不下的小标题还要再长一点",
        ),
    }[size]
    lead = _repeat({"short": 20, "normal": 90, "extreme": 600}[size])
    filler = _repeat(length)
    short = _repeat(min(length, 60))
    extreme = size == "extreme"
    figures = [
        {
            "quote": "5270名",
            "label": "参加学习的青年" if not extreme else _LONG_LABEL,
        },
        {"quote": "137.05万元", "label": "争取的资金"},
        {"quote": "20余场次", "label": "办的活动"},
        {"quote": "100%", "label": "录入率"},
    ]
    numbers = "参加的有5270名，资金137.05万元，活动20余场次，录入率100%。"
    rows = {"short": 2, "normal": 4, "extreme": 40}[size]
    results = [
        {"id": "strong", "title": name, "text": f"{short}覆盖了123456789人次。", "figures": [
            {"quote": "123456789人次", "label": "覆盖的人次"}]},
        make_table_item("many", rows, 4, title=name, text=numbers + short, figures=figures),
        {"id": "plain", "title": name, "text": filler},
    ]  # fmt: skip
    if extreme:
        results += [{"id": f"more-{at}", "title": name, "text": filler} for at in range(9)]
    return Report.model_validate(
        {
            "schema": 1, "period": "2023-H1" if extreme else "2023", "kind": "annual", "title": title,
            "publisher": _LONG_PUBLISHER if extreme else "共青团某区委员会",
            "lead": lead,
            "parts": [
                {"role": "results", "title": "这一年做成的事", "lead": lead,
                 "sections": [{"title": name, "items": results}]},
                {"role": "problems", "title": "还有哪些不足", "sections": [{"items": [
                    {"id": f"q-{at}", "title": name, "text": short if at else _repeat(50)} for at in range(5)]}]},
                {"role": "plan", "title": "下一年打算", "sections": [{"items": [
                    {"id": f"p-{at}", "title": name, "text": filler} for at in range(4)]}]},
            ],
        }
    )  # fmt: skip


@cache
def make_pack(size: str, *, has_address: bool = True) -> CardPack:
    """Return the pack of a made-up report."""
    return make_pack_of(make_report(size), has_address=has_address)


def make_pack_of(report: Report, *, has_address: bool = True) -> CardPack:
    """Return the pack of a report."""
    return plan(make_edition_of(report), has_address=has_address)


def make_edition_of(report: Report, *, photos: Mapping[str, PhotoMeasure] | None = None) -> Edition:
    """Return the edition of a report of 某区."""
    district = District.model_validate({"slug": "mouqu", "name": "某区"})
    return make_lone_edition(report, district, stem=report.period, photos=photos)


def plan(edition: Edition, *, has_address: bool = True) -> CardPack:
    """Return the pack of an edition."""
    return plan_pack(edition, site_url=SITE_URL if has_address else "", drawn_by="tests")


def edit_report(report: Report, change: Callable[[dict[str, Any]], None]) -> Report:
    """Return the report as it is after `change` of its YAML's content."""
    content = report.model_dump(mode="json", by_alias=True, exclude_unset=True)
    change(content)
    edited = Report.model_validate(content)
    assert edited != report
    return edited


def edit_item(report: Report, item_id: str, **fields: Any) -> Report:
    """Return the report with other fields for one of its items."""

    def change(content: dict[str, Any]) -> None:
        items = [item for part in content["parts"] for section in part["sections"] for item in section["items"]]
        (item,) = (item for item in items if item["id"] == item_id)
        item.update(fields)

    return edit_report(report, change)


def _plain(length: int) -> str:
    """Characters without any mark."""
    return ("青年志愿者走进社区陪孩子们读书写字" * (length // 17 + 1))[:length]


def _make_odd(
    *, title: str = "同行", publisher: str = "共青团某区委员会", section: str = "这一节", section_lead: str = "",
    items: list[str] | None = None, item_title: str = "学习", problems_lead: str = "", plan: list[str] | None = None,
) -> Report:  # fmt: skip
    def make_items(key: str, texts: list[str], name: str) -> list[dict[str, str]]:
        named = {"title": name} if name else {}
        return [{"id": f"{key}-{at}", **named, "text": text} for at, text in enumerate(texts)]

    def make_section(name: str, lead: str, made: list[dict[str, str]]) -> dict[str, Any]:
        return {**({"title": name} if name else {}), **({"lead": lead} if lead else {}), "items": made}

    parts: list[dict[str, Any]] = [
        {
            "role": "results", "title": "做成的事", "lead": "XX这一年，做成了几件事。",
            "sections": [
                make_section(section, section_lead, make_items("r", items or [_repeat(60)], item_title)),
                make_section("只有一条的一节", "只有一条，也有开头的话。", make_items("one", [_repeat(40)], "一条")),
                make_section("", "没有标题的一节，也有开头的话。", make_items("none", [_repeat(40)], "另一条")),
                make_section("只有话的一节", "这一节没有条目，只有这几句话。", []),
            ],
        },
        {
            "role": "problems", "title": "不足", **({"lead": problems_lead} if problems_lead else {}),
            "sections": [
                make_section("不足的一节", "不足的话。", make_items("q", ["不深。", "不实。"], "还不够")),
                make_section("只有话的不足", "不足里没有条目的一节。", []),
            ],
        },
        {
            "role": "plan", "title": "打算",
            "sections": [
                make_section("打算的一节", "打算这一节的话。", make_items("p", plan or [_repeat(90)], "")),
                make_section("只有话的打算", "打算里没有条目的一节。", []),
            ],
        },
    ]  # fmt: skip
    return Report.model_validate(
        {
            "schema": 1, "period": "2023", "kind": "annual", "title": title, "publisher": publisher,
            "lead": "XX这一年。", "parts": parts,
        }
    )  # fmt: skip


def _make_longest(line: str) -> Report:
    """A report whose titles, publisher, labels and quotes are all `line`, as long as the model allows."""

    def make_items(key: str, text: str) -> list[dict[str, Any]]:
        return [{"id": f"{key}-{at}", "title": line, "text": text} for at in range(3)]

    results: list[dict[str, Any]] = make_items("r", _repeat(60))
    for at, item in enumerate(results):
        item["text"] = f"{line[:60]}有{at + 1}270名，资金137.05万元。{item['text']}"
        item["figures"] = [
            {"quote": f"{line[:60]}有{at + 1}270名", "label": line[:60]},
            {"quote": "137.05万元", "label": line[:60]},
        ]
    return Report.model_validate(
        {
            "schema": 1, "period": "2023", "kind": "annual", "title": line, "publisher": line[:60], "lead": line,
            "parts": [
                {"role": "results", "title": line, "lead": line,
                 "sections": [{"title": line, "lead": line, "items": results}]},
                {"role": "problems", "title": line, "sections": [{"title": line, "items": make_items("q", "不深。")}]},
                {"role": "plan", "title": line, "sections": [{"title": line, "items": make_items("p", _repeat(90))}]},
            ],
        }
    )  # fmt: skip


def make_table_item(
    item_id: str, rows: int, columns: int, *, cell: str = "12,345", name: str = "困难职工帮扶", **fields: Any
) -> dict[str, Any]:
    """Return an item with a table: names, then numbers, the second column with figures, a sum last."""
    names = [f"{name}{row}" for row in range(1, rows)] + ["合计"]
    table = {
        "caption": "2023年帮扶资金支出情况表",
        "unit": "万元",
        "header": ["项目", *(f"{2023 - at}年" for at in range(columns - 1))],
        "rows": [[of, *[cell] * (columns - 1)] for of in names],
    }
    figures = [{"quote": cell, "label": f"{of[-20:]}支出", "cell": [row, 2]} for row, of in enumerate(names, 1)]
    return {
        "id": item_id,
        "table": table | fields.pop("table", {}),
        "figures": fields.pop("figures", figures),
        **fields,
    }


def _make_tables(*items: dict[str, Any]) -> Report:
    parts = [{"role": "results", "title": "做成的事", "sections": [{"title": "一节", "items": list(items)}]}]
    return Report.model_validate({"period": "2023", "kind": "annual", "title": "同行", "parts": parts})


ODD_REPORTS: dict[str, Report] = {
    "tables": _make_tables(
        make_table_item("plain", 5, 4, title="帮扶", text="情况见下表：\n\n此外还有几句。"),
        make_table_item("alone", 4, 5),
        make_table_item("long", 30, 4, title="很长的表"),
        make_table_item("some", 16, 3, title="要两张卡片的表"),
        make_table_item("wide", 6, 12, title="很宽的表"),
        make_table_item("one", 1, 1, title="只有一格", figures=[]),
        make_table_item("bare", 4, 2, title="没有表头", table={"header": ["", ""]}),
    ),
    "tables of long words": _make_tables(
        make_table_item("names", 8, 4, name=_plain(100), title=_plain(100)),
        make_table_item("heads", 4, 6, table={"header": [_plain(110)] * 6}),
        make_table_item("words", 3, 4, cell=_plain(120), figures=[]),
        make_table_item("numbers", 4, 12, cell="123,456,789,012.34万元", figures=[]),
        make_table_item("letters", 3, 3, cell="W" * 120, name="W" * 110, figures=[], table={"caption": "W" * 120}),
    ),
    "leads everywhere": _make_odd(section_lead=_repeat(60), items=[_repeat(60)] * 3, problems_lead="有两处。"),
    "long leads": _make_odd(section_lead=_repeat(1500), items=[_repeat(80)] * 3, problems_lead=_repeat(300)),
    "items without titles": _make_odd(
        item_title="", items=[f"{_plain(33)}，{_repeat(80)}"] * 8, plan=[_plain(700)] * 8
    ),
    "a title of 30 characters": _make_odd(title=_plain(30)),
    "a title of 80 characters": _make_odd(title=_plain(80)),
    "a title of 120 characters": _make_odd(title=_plain(120)),
    "a long publisher": _make_odd(publisher=_plain(34)),
    "a very long publisher": _make_odd(publisher=_plain(60)),
    "long titles of items": _make_odd(section=_plain(60), item_title=_plain(80), items=[_repeat(80)] * 3),
    "an item of 5,000 characters": _make_odd(items=[_repeat(5000)]),
    "dots": _make_odd(title="五·四青年", section="五·四·三", item_title="甲·乙", items=["五·四。"] * 3),
    "no section title": _make_odd(section="", items=[_repeat(80)] * 3),
    "the longest of everything": _make_longest(_plain(120)),
    "a word of 120 letters everywhere": _make_longest("W" * 120),
    "120 items": _make_odd(items=[_repeat(60)] * 120),
}


@cache
def read_editions() -> dict[str, Edition]:
    """Return the editions of the reports in data/, by district and period."""
    folder = read_data_folder(ROOT / "data", root=ROOT)
    editions = {}
    for slug, paths in folder.paths.items():
        for path in paths:
            report, errors = read_report(path, root=ROOT, indicators=folder.indicators)
            assert report is not None, errors
            editions[f"{slug}/{path.stem}"] = make_lone_edition(report, folder.districts[slug], stem=path.stem)
    return editions


@cache
def read_packs() -> dict[str, CardPack]:
    """Return the packs of the reports in data/, by district and period."""
    return {name: plan(edition) for name, edition in read_editions().items()}
