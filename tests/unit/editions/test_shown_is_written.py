"""What is shown is what is written: every page has its report's text, markers beside numbers aside."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from lxml import html
from tests.card_fixtures import ODD_REPORTS, make_edition_of

from nianbao.editions.edition import Edition
from nianbao.model import Report
from nianbao.pipeline.data_folder import read_data_folder
from nianbao.text.display import widen_punctuation
from nianbao.theme import THEME_DIR
from nianbao.views.page.report import view_report
from nianbao.views.page.site import SiteView
from nianbao.writers.pages import PageWriter, Shell

ROOT = Path(__file__).parents[3]
_WRITER = PageWriter(
    [THEME_DIR], dict.fromkeys(range(5), Shell("<html>", "<body>", "</body></html>")), SiteView.empty()
)
_MARKER = re.compile(r"[一二三四五六七八九十]+(?:是|要|、是)[：:，]?|(?:首先|其次|再次|再者|最后)[，,、：:]")


def read_data() -> dict[str, Report]:
    folder = read_data_folder(ROOT / "data", root=ROOT)
    return {
        f"{slug}/{path.stem}": Report.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        for slug, paths in folder.paths.items()
        for path in paths
    }


def squeeze(text: str) -> str:
    return "".join(text.split())


def read_page(edition: Edition) -> html.HtmlElement:
    """Return the page of an edition, parsed."""
    return html.fromstring(_WRITER.write_page("report", view_report(edition, None)).content.decode())


def show(report: Report) -> dict[str, tuple[str, str]]:
    """Each item's title and text as its page has them, by the item's id."""
    page = read_page(make_edition_of(report))
    shown = {}
    for item in report.items:
        element = page.get_element_by_id(item.id)
        heading = "".join(h.text_content() for h in element.iterchildren("h3", "h4"))
        text = "".join(p.text_content() for p in element.iterchildren("p") if not p.get("class"))
        shown[item.id] = (squeeze(heading), squeeze(text))
    return shown


@pytest.mark.parametrize("name", [*sorted(read_data()), *sorted(ODD_REPORTS)])
def test_a_page_tells_its_report_s_text(name: str) -> None:
    report = ODD_REPORTS.get(name) or read_data()[name]
    shown = show(report)
    for item in report.items:
        for written, told in zip((item.title or "", item.text), shown[item.id], strict=True):
            whole = squeeze(widen_punctuation(written))
            # The only thing that may be left out is a marker that counts on, at the beginning.
            assert whole.endswith(told)
            assert whole == told or _MARKER.fullmatch(whole.removesuffix(told))


def _make(*items: dict[str, object]) -> Report:
    parts = [{"role": "results", "title": "成绩", "sections": [{"items": list(items)}]}]
    return Report.model_validate({"period": "2023", "kind": "annual", "title": "报告", "parts": parts})


def test_a_number_that_is_part_of_a_word_is_no_marker() -> None:
    report = _make(
        {"id": "a", "title": "三要素保障有力", "text": "办成了。"}, {"id": "b", "title": "办班", "text": "也办了。"}
    )
    assert show(report)["a"] == ("三要素保障有力", "办成了。")


def test_markers_that_count_on_give_way_to_the_numbers_beside_them() -> None:
    report = _make({"id": "a", "title": "一是加强学习", "text": "学。"}, {"id": "b", "text": "二是办好实事。做。"})
    assert show(report) == {"a": ("加强学习", "学。"), "b": ("", "办好实事。做。")}


def test_a_zero_is_no_mask() -> None:
    edition = make_edition_of(_make({"id": "a", "text": "从二〇〇三年起，一直在办。"}))
    assert not edition.has_withheld
    masked = make_edition_of(_make({"id": "a", "text": "某〇〇局的同志。"}))
    assert masked.has_withheld
