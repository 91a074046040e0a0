"""The open entries of a draft are told in the words of its page, and stand where they belong."""

from __future__ import annotations

import lxml.html
import pytest
from tests.card_fixtures import make_edition_of
from tests.unit.editions.test_shown_is_written import read_page

from nianbao.model import Report

_REPORT = {
    "period": "2023", "kind": "annual", "title": "一年",
    "parts": [
        {"role": "results", "title": "做的事", "sections": [{"title": "书屋", "items": [
            {"id": "library", "title": "开门", "text": "藏书2300册，借出4100余册次。", "figures": [
                {"id": "books", "quote": "藏书2300册", "label": "书屋藏书"},
                {"quote": "4100余册次", "label": "借阅"}]}]}]},
        {"role": "plan", "title": "打算", "sections": [
            {"items": [{"id": "p-bus", "text": "让公交车停到书屋门口，等到末班车来。"}]}]},
    ],
}  # fmt: skip
_ITEM = "parts[0].sections[0].items[0]"


@pytest.mark.parametrize(
    ("place", "where", "holder", "figure"),
    [
        ("title", "报告的标题", "", ""),
        ("period", "时段", "", ""),
        ("published_on", "报告的发布日期", "", ""),
        ("parts", "整份报告", "", ""),
        ("parts[1].role", "打算 · 是成绩、不足还是安排", "_p2", ""),
        ("parts[0].sections[0]", "书屋", "_s1-1", ""),
        (_ITEM, "开门", "library", ""),
        (f"{_ITEM}.figures", "开门 · 数字", "library", ""),
        (f"{_ITEM}.figures[0]", "开门 · 藏书2300册", "library", "library-books"),
        (f"{_ITEM}.figures[1].indicator", "开门 · 4100余册次 · 可比指标", "library", "library-4100余册次"),
        ("parts[1].sections[0].items[0]", "让公交车停到书屋门口，等到末班车来。", "p-bus", ""),
        ("parts[7].sections[0]", "parts[7].sections[0]", "", ""),
        (f"{_ITEM}.figures[9]", "开门", "library", ""),
    ],
)
def test_a_place_is_named_and_found(place: str, where: str, holder: str, figure: str) -> None:
    review = [{"place": place, "question": "对吗<？", "chose": "一“年”", "source": "去年&今年"}]
    edition = make_edition_of(Report.model_validate(_REPORT | {"review": review}))
    (entry,) = edition.entries
    assert (entry.where, entry.holder, entry.figure) == (where, holder, figure)
    page: lxml.html.HtmlElement = read_page(edition)
    (note,) = page.xpath("//*[@id='_review-1']")
    assert note.xpath("ancestor::*[@id][1]/@id")[:1] == ([holder] if holder else [])
    assert [" ".join(p.text_content().split()) for p in note.iter("p")] == [
        f"请核对 1{where}", "对吗<？", "现在写的是“一“年””", "原文：去年&今年",
    ]  # fmt: skip
    (link,) = page.xpath("//section[@class='draft']//a")
    assert link.get("href") == "#_review-1"
    queried = page.xpath("//a[@class='fig queried']/@id")
    assert queried == ([figure] if figure else [])
    assert note.xpath(".//a/@href") == ([f"#{figure}"] if figure else [])


def test_a_report_has_no_band() -> None:
    page = read_page(make_edition_of(Report.model_validate(_REPORT)))
    assert not page.xpath("//*[@class='draft' or @class='query']")
