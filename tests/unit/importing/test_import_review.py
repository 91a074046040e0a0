"""What the import is not sure of is the draft's `review`: at its place, merged, no more than a person will read."""

from __future__ import annotations

from dataclasses import replace

import yaml

from nianbao.importing.account import Account, Leftover
from nianbao.importing.doubts import Doubt, Note, Weight
from nianbao.importing.draft import Draft, DraftFigure, DraftItem, DraftPart, DraftSection
from nianbao.importing.draft_yaml import write_draft
from nianbao.importing.review import review_draft
from nianbao.importing.source_text import EMPTY_PASSAGE, Passage
from nianbao.model import Kind, Report, Role
from nianbao.text.numerals import find_quantities

TEXT = "全年发展团员12名，办读书会30场。"


def make_item(number: int, notes: tuple[Note, ...] = (), figure_notes: tuple[tuple[Note, ...], ...] = ()) -> DraftItem:
    figures = tuple(
        DraftFigure(f"n{at}", quote, label, find_quantities(quote)[0], notes=noted)
        for at, (quote, label, noted) in enumerate(
            zip(("12名", "30场"), ("团员", "读书会"), figure_notes or ((), ()), strict=True), 1
        )
    )
    return DraftItem(f"results-{number}", Passage("读书", ()), (Passage(TEXT, ()),), figures, notes)


def make_draft(*items: DraftItem, notes: tuple[Note, ...] = (), part_notes: tuple[Note, ...] = ()) -> Draft:
    sections = (DraftSection(EMPTY_PASSAGE, (), items),)
    part = DraftPart(Role.RESULTS, Passage("2023年工作", ()), (), sections, part_notes)
    return Draft("2023", Kind.ANNUAL, Passage("总结", ()), "", None, "总结.txt", "0" * 64, (), (part,), notes)


def account(*unplaced: Leftover) -> Account:
    return Account(100, 100, 0, 0, 0, (), unplaced)


def test_a_doubt_stands_at_its_place_and_a_remark_stays_a_comment() -> None:
    draft = make_draft(
        make_item(1, notes=("原文这里有图片 a.png", Doubt("是这一条，还是整节？"))),
        make_item(2, figure_notes=((Doubt("是它吗？", "团员", "发展团员12名", "label"),), ())),
        notes=("全角数字改成了半角", Doubt("哪一天发布？", field="published_on")),
        part_notes=(Doubt("是不足吗？", "成绩", "今年工作", "role"),),
    )
    review = review_draft(draft, unplaced=(), characters=100)
    written = write_draft(draft, account(), review)
    report = Report.model_validate(yaml.safe_load(written))
    assert report.review == review.entries
    assert [(entry.place, entry.question, entry.chose, entry.source) for entry in report.review] == [
        ("published_on", "哪一天发布？", "", ""),
        ("parts[0].role", "是不足吗？", "成绩", "今年工作"),
        ("parts[0].sections[0].items[0]", "是这一条，还是整节？", "", ""),
        ("parts[0].sections[0].items[1].figures[0].label", "是它吗？", "团员", "发展团员12名"),
    ]
    assert "# 全角数字改成了半角\n" in written
    assert "          # 原文这里有图片 a.png\n          - id: results-1\n" in written
    assert written.index("source:") < written.index("\nreview:") < written.index("\nparts:")
    assert written.count("请核对") == 1, "in the line that says what to do with the entries, and at no place"


def test_a_draft_without_doubts_has_no_review() -> None:
    draft = make_draft(make_item(1, notes=("原文这里有图片 a.png",)))
    assert "review:" not in write_draft(draft, account(), review_draft(draft, unplaced=(), characters=100))


def test_the_figures_of_an_item_are_one_entry() -> None:
    asked = tuple(
        (Doubt("说的是什么？", chose, "发展团员12名，办读书会30场。", "label"),) for chose in ("团员", "读书会")
    )
    (entry,) = review_draft(make_draft(make_item(1, figure_notes=asked)), unplaced=(), characters=100).entries
    assert (entry.place, entry.question) == ("parts[0].sections[0].items[0].figures", "说的是什么？")
    assert (entry.chose, entry.source) == ("12名：团员；30场：读书会", TEXT[2:])


def test_of_too_many_those_are_asked_on_which_most_hangs_and_the_others_are_remarks() -> None:
    items = [make_item(n, notes=(Doubt(f"第 {n} 条？", weight=Weight.FORM),)) for n in range(9)]
    items[8] = replace(items[8], notes=(Doubt("哪个数对？", weight=Weight.FACT),))
    draft = make_draft(*items)
    review = review_draft(draft, unplaced=(), characters=3000)
    asked = [entry.question for entry in review.entries]
    assert asked == ["第 0 条？", "第 1 条？", "第 2 条？", "第 3 条？", "第 4 条？", "哪个数对？"]
    written = write_draft(draft, account(), review)
    assert [f"          # 第 {n} 条？\n" in written for n in (4, 5, 6, 7)] == [False, True, True, True]
    assert len(review_draft(draft, unplaced=(), characters=3001).entries) == 9


def test_what_is_missing_is_asked_for() -> None:
    draft = replace(make_draft(make_item(1)), period="")
    lost = Leftover(7, "一段没有位置的话", "没有找到位置")
    review = review_draft(draft, unplaced=(lost, lost), characters=100)
    assert [(entry.place, entry.chose) for entry in review.entries] == [("period", ""), ("parts", "")]
    assert review.entries[1].question.startswith("原文有 2 段没有放进去")
    assert review.entries[1].source == "一段没有位置的话"
    assert "#   第 7 行 没有找到位置：一段没有位置的话" in write_draft(draft, account(lost, lost), review)
