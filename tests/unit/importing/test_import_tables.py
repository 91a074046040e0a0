"""Tables and pictures of documents: kept as such, in the item of the text before them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from docx.enum.text import WD_ALIGN_PARAGRAPH
from tests.import_documents import draw_picture, save

from nianbao.app.import_documents import place_draft
from nianbao.editions.review import show_entries
from nianbao.importing.imported import Imported, import_content
from nianbao.importing.table_words import find_unit, is_caption, name_sum
from nianbao.model import Indicator, Item, Report

_INDICATOR = Indicator.model_validate({"id": "aid", "name": "送温暖", "unit": "元"})


def make_document(*pieces: Any) -> Any:
    """Return a Word document of paragraphs and, for each list of rows, a table."""
    document = docx.Document()
    document.add_paragraph("临溪县总工会2023年工作总结")
    document.add_paragraph("一、2023年工作")
    for piece in pieces:
        if isinstance(piece, str):
            document.add_paragraph(piece)
            continue
        table = document.add_table(len(piece), len(piece[0]))
        for row, cells in zip(table.rows, piece, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    return document


def import_pieces(*pieces: Any) -> tuple[Imported, Report]:
    return import_bytes(save(make_document(*pieces)), "总结.docx")


def import_bytes(content: bytes, name: str) -> tuple[Imported, Report]:
    imported = import_content(content, name=name, indicators={"aid": _INDICATOR})
    assert imported.account.unplaced == ()
    return imported, Report.model_validate(yaml.safe_load(imported.yaml))


def read_figures(item: Item) -> list[tuple[str, str, str]]:
    """Return label, value and unit of the figures of an item's table."""
    return [(f.label, f"{f.value:f}", f.unit or "") for f in item.figures if f.cell]


_FUNDS = [
    ["项目", "2023年", "2022年", "增减（%）"],
    ["送温暖", "132.75", "118.00", "12.5"],
    ["其中：慰问", "1,024.5", "26.10", "-5.7"],
    ["合计", "553.59", "510.93", "8.3"],
]


def test_a_table_stands_with_its_caption_and_unit_in_the_item_of_the_text_before() -> None:
    imported, report = import_pieces(
        "（一）帮扶。全年发放各类资金，见下表：", "2023年帮扶资金支出情况表", "单位：万元", _FUNDS, "此外新建站点16个。"
    )
    (item,) = report.items
    assert item.table is not None
    assert (item.table.caption, item.table.unit) == ("2023年帮扶资金支出情况表", "万元")
    assert [list(item.table.header), *map(list, item.table.rows)] == _FUNDS
    assert "支出情况表" not in item.text
    assert item.text.endswith("此外新建站点16个。")
    assert read_figures(item) == [
        ("送温暖", "1327500", "元"), ("慰问", "10245000", "元"), ("帮扶资金支出合计", "5535900", "元"),
    ]  # fmt: skip
    assert not any(figure.indicator for figure in item.figures), "no number of a table is compared by itself"
    assert "# 表格是从原文认出来的" in imported.yaml
    assert imported.review == (), "a table with a heading over each column leaves nothing to ask"


def test_units_stand_in_a_column_in_a_heading_or_in_the_caption() -> None:
    _, report = import_pieces(
        "（一）组织。情况如下：",
        "表1 组织情况",
        [
            ["序号", "指标", "单位", "年度任务", "完成数"],
            ["1", "工会", "个", "600", "641"],
            ["2", "法人", "家", "2000", "2 077"],
        ],
        "（二）培训。情况如下：",
        [["内容", "期数", "人数", "经费（万元）"], ["技能", "3期", "120人", "4.5"]],
        "（三）救助。情况如下：",
        "救助情况表（单位：户、人、万元）",
        [["类别", "户数", "人数", "发放资金"], ["低保", "512", "986", "338.4"]],
    )
    first, second, third = report.items
    assert read_figures(first) == [("工会", "641", "个"), ("法人", "2077", "家")]
    assert read_figures(second) == [("技能期数", "3", "期"), ("技能人数", "120", "人"), ("技能经费", "45000", "元")]
    assert third.table is not None
    assert (third.table.caption, third.table.unit) == ("救助情况表", "户、人、万元")
    assert read_figures(third) == [
        ("低保户数", "512", "户"),
        ("低保人数", "986", "人"),
        ("低保发放资金", "3384000", "元"),
    ]


def test_a_table_of_another_year_or_of_a_plan_has_no_figures() -> None:
    _, report = import_pieces(
        "（一）往年。往年情况如下：", "2021年资金情况表", [["项目", "金额"], ["送温暖", "12"]], "二、2024年工作计划",
        "（一）任务。任务如下：", "任务分解表", [["任务", "数量"], ["建会", "30家"]],
    )  # fmt: skip
    assert [item.table is not None for item in report.items] == [True, True]
    assert not any(read_figures(item) for item in report.items)


def test_a_table_with_no_text_before_it_is_an_item_of_its_own() -> None:
    _, report = import_pieces("送温暖情况表", [["项目", "户数"], ["慰问", "12户"]], "（一）帮扶。帮了12户。")
    first, second = report.items
    assert (first.text, first.title) == ("", None)
    assert first.table is not None
    assert first.table.caption == "送温暖情况表"
    assert second.table is None


def test_a_second_table_is_an_item_after_the_first() -> None:
    table = [["项目", "户数"], ["慰问", "12户"]]
    _, report = import_pieces("（一）帮扶。情况见下表。", "表1 慰问", table, "表2 助学", table, "（二）建会。建会3家。")
    assert [(item.title, item.table.caption if item.table else None) for item in report.items] == [
        ("帮扶", "表1 慰问"), (None, "表2 助学"), ("建会", None),
    ]  # fmt: skip


def test_merged_cells_are_spread_and_headings_joined() -> None:
    document = make_document("（一）帮扶。见下表：", [[""] * 5] * 5)
    table = document.tables[0]
    rows = [
        ["类别", "项目", "2023年", "", "2022年"], ["", "", "户数", "金额（万元）", "户数"],
        ["帮扶", "送温暖", "12", "3.5", "9"], ["", "助学", "4", "1.2", "3"], ["合计", "", "16", "4.7", "12"],
    ]  # fmt: skip
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    for one, other in (((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 2), (0, 3)), ((2, 0), (3, 0)), ((4, 0), (4, 1))):
        table.cell(*one).merge(table.cell(*other))
    _, report = import_bytes(save(document), "总结.docx")
    (item,) = report.items
    assert item.table is not None
    assert item.table.header == ("类别", "项目", "2023年/户数", "2023年/金额（万元）", "2022年/户数")
    assert item.table.rows[1] == ("", "助学", "4", "1.2", "3")
    assert read_figures(item) == [
        ("送温暖户数", "12", ""), ("送温暖金额", "35000", "元"), ("助学户数", "4", ""), ("助学金额", "12000", "元"),
        ("合计户数", "16", ""), ("合计金额", "47000", "元"),
    ]  # fmt: skip


def test_a_caption_and_a_note_may_stand_in_rows_of_their_own() -> None:
    document = make_document("（一）帮扶。见下表：", [[""] * 2] * 5)
    table = document.tables[0]
    for row, texts in enumerate(
        (["帮扶情况表", ""], ["单位：户", ""], ["项目", "数量"], ["慰问", "12"], ["注：不含镇。", ""])
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    for row in (0, 1, 4):
        table.cell(row, 0).merge(table.cell(row, 1))
    _, report = import_bytes(save(document), "总结.docx")
    (item,) = report.items
    assert item.table is not None
    assert (item.table.caption, item.table.unit, item.table.header) == ("帮扶情况表", "户", ("项目", "数量"))
    assert read_figures(item) == [("慰问", "12", "户")]
    assert "注：不含镇。" in item.text


def test_a_table_of_a_page_is_one_and_what_lays_it_out_is_none() -> None:
    page = """<html><body><table><tr><td><a href="/">首页</a></td><td><a href="/n">新闻</a></td></tr>
<tr><td><a href="/a">公开</a></td><td><a href="/b">服务</a></td></tr></table>
<h1>东湖区工会2023年工作总结</h1><p>一、帮扶工作</p><p>全年帮扶困难职工多户，具体的情况见下面的表，请各单位对照执行。</p>
<table><caption>帮扶情况表</caption><tr><th rowspan="2">项目</th><th colspan="2">2023年</th></tr>
<tr><th>户数</th><th>金额（万元）</th></tr><tr><td>慰问</td><td>12户</td><td>3.5</td></tr></table>
<p>二、建会工作</p><p>全年新建工会3家，发展会员多名，走访企业，宣传工会法，受到职工欢迎。</p></body></html>"""
    imported, report = import_bytes(page.encode(), "总结.html")
    (table,) = [item.table for item in report.items if item.table]
    assert table.caption == "帮扶情况表"
    assert table.header == ("项目", "2023年/户数", "2023年/金额（万元）")
    assert table.rows == (("慰问", "12户", "3.5"),)
    assert "首页" not in str(report)
    assert imported.account.unplaced == ()


def test_what_is_filled_in_at_the_head_of_a_page_is_no_table() -> None:
    _, report = import_pieces("（一）帮扶。帮了12户。", [["索引号：", "0142"], ["主题分类：", "工会"]])
    assert not any(item.table for item in report.items)


def test_rows_between_tabs_are_a_table_under_a_caption_or_a_unit_alone() -> None:
    rows = "项目\t2023年\t2022年\n送温暖\t132.75\t118.00\n金秋助学\t24.60\t26.10\n"
    head = "临溪县总工会2023年工作总结\n一、2023年工作\n（一）帮扶。见下表：\n"
    _, report = import_bytes(f"{head}单位：万元\n{rows}（二）建会。3家。\n".encode(), "总结.txt")
    (table,) = [item.table for item in report.items if item.table]
    assert (table.unit, table.header) == ("万元", ("项目", "2023年", "2022年"))
    _, without = import_bytes(f"{head}{rows}（二）建会。3家。\n".encode(), "总结.txt")
    assert not any(item.table for item in without.items)


def test_a_table_of_markdown_is_one() -> None:
    text = "# 临溪县总工会2023年工作总结\n\n## 帮扶\n\n帮扶情况如下。\n\n| 项目 | 数量 |\n|---|---|\n| 慰问 | 12户 |\n"
    _, report = import_bytes(text.encode(), "总结.md")
    (table,) = [item.table for item in report.items if item.table]
    assert (table.header, table.rows) == (("项目", "数量"), (("慰问", "12户"),))


@pytest.mark.parametrize(
    "rows", [[["甲", "乙"]] * 130, [["列"] * 14, ["1"] * 14]], ids=["too many rows", "too many columns"]
)
def test_what_is_too_large_for_a_table_stays_text(rows: list[list[str]]) -> None:
    _, report = import_pieces("（一）帮扶。见下表。", rows)
    assert not any(item.table for item in report.items)


def add_picture(document: Any, caption: str = "", *, is_centred: bool = True) -> None:
    """Add a picture unlike those before: of two alike one is kept."""
    document.add_picture(draw_picture(len(document.inline_shapes)))
    if caption:
        paragraph = document.add_paragraph(caption)
        if is_centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def test_a_picture_is_the_photo_of_its_item_and_its_caption_the_alt(tmp_path: Path) -> None:
    document = make_document("（一）入队。举行仪式3次。")
    add_picture(document, "图1  新队员入队仪式（摄影：余蓉）")
    document.add_paragraph("（二）劳动。收稻谷460斤。")
    add_picture(document, "小小稻田丰收节")
    document.add_paragraph("（三）实践。活动56次。")
    add_picture(document, "这一段只是正文，没有居中", is_centred=False)
    imported, report = import_bytes(save(document), "总结.docx")
    photos = [item.photo for item in report.items]
    assert [(p.file, p.alt, p.credit) for p in photos if p] == [
        ("2023-image-1.png", "新队员入队仪式", "摄影：余蓉"), ("2023-image-2.png", "小小稻田丰收节", None),
        ("2023-image-3.png", None, None),
    ]  # fmt: skip
    assert not any(photo and photo.is_published for photo in photos)
    asked = [(entry.place, "alt" in entry.question) for entry in imported.review if entry.place.endswith("photo")]
    assert asked == [(f"parts[0].sections[0].items[{place}].photo", place == 2) for place in range(3)]
    places = [entry.where for entry in show_entries(report)]
    assert places[0] == "入队 · 照片"
    written = place_draft(imported, tmp_path, is_forced=False)
    assert [path.name for path in written.picture_paths] == [photo.file for photo in photos if photo]
    assert "图1" not in str(report)
    assert report.items[2].text.endswith("这一段只是正文，没有居中")


def test_a_second_picture_of_an_item_is_told() -> None:
    document = make_document("（一）入队。举行仪式3次。")
    add_picture(document)
    add_picture(document)
    imported, report = import_bytes(save(document), "总结.docx")
    assert [item.photo.file for item in report.items if item.photo] == ["2023-image-1.png"]
    assert "# 原文这里还有图片 image-2.png，一条只能有一张照片" in imported.yaml


def test_a_picture_that_stands_at_no_text_of_the_report_is_told() -> None:
    document = make_document("（一）入队。举行仪式3次。", "临溪县总工会", "2023年12月30日")
    add_picture(document)
    imported, report = import_bytes(save(document), "总结.docx")
    assert not any(item.photo for item in report.items)
    assert [picture.name for picture in imported.pictures] == ["image-1.png"]
    assert "# 原文还有图片 image-1.png，没有放进条目\n" in imported.yaml


def test_a_table_without_sure_headings_is_asked_about() -> None:
    imported, report = import_pieces("（一）帮扶。情况如下：", [["慰问", "12", "3"], ["助学", "9", "4"]])
    (entry,) = imported.review
    assert (entry.place, entry.question[:6]) == ("parts[0].sections[0].items[0].table", "表头没有认准")
    assert show_entries(report)[0].where == "帮扶 · 表格"


@pytest.mark.parametrize("last", ["注意事项。", "一" * 70])
def test_tables_of_an_attachment_are_cut_with_it(last: str) -> None:
    """A row ends no text: a foot with a table in it is a foot, whatever its cells hold."""
    text = "（一）帮扶。全年慰问职工12户，发放各类帮扶资金，困难职工的生活得到改善，覆盖面比上年扩大，群众满意。"
    _, report = import_pieces(text, "特此报告。", "附件：名单", [["姓名", "事项"], ["张三", last]])
    assert not any(item.table for item in report.items)
    assert last not in str(report)


def test_headings_that_could_be_a_menu_stay_with_their_table() -> None:
    rows = [["平台", "微信", "微博", "视频"], ["推送（条）", "120", "48", "9"], ["关注（人）", "2100", "860", "75"]]
    _, report = import_pieces("（一）宣传。各平台情况见下表。", rows)
    assert [item.table.header for item in report.items if item.table] == [("平台", "微信", "微博", "视频")]


def test_a_table_at_the_end_of_the_text_is_no_foot() -> None:
    rows = [["项目", "数量"], ["慰问", "12户"], ["联系电话：", "2870116"]]
    _, report = import_pieces("（一）帮扶。全年慰问职工，情况见下表。", rows)
    assert [item.table.rows[0] for item in report.items if item.table] == [("慰问", "12户")]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("2023年帮扶资金支出情况表", True), ("表1 各镇完成情况", True), ("附表2：收支明细", True),
     ("培训情况统计表（单位：人）", True), ("具体情况见下表", False), ("全县人大代表", False), ("一、统计表", False),
     ("帮扶情况见下表。", False)],
)  # fmt: skip
def test_captions_are_told_from_sentences(text: str, *, is_one: bool) -> None:
    assert is_caption(text) is is_one


def test_a_unit_is_what_numbers_count_in_and_no_office() -> None:
    assert [find_unit(text) is not None for text in ("单位：万元", "（单位：人、万元）", "计量单位:户")] == [True] * 3
    assert [find_unit(text) for text in ("单位：县总工会", "填报单位：万元")] == [None, None]


def test_a_sum_is_named_in_the_words_of_its_caption() -> None:
    captions = ("2023年帮扶资金支出情况表", "表2 各镇培训人数统计表", "表1：救助（单位：户）")
    assert [name_sum(caption) for caption in captions] == ["帮扶资金支出", "镇培训人数", "救助"]
