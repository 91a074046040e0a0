"""A draft in a preview: the band leads to each place, without a script, in a page that reads well."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.site_building import ROOT, make_project
from tests.sites.test_serve import Preview

REVIEW = """
review:
  - {place: title, question: 推广语里还有一个标题，用哪一个？, chose: 书屋开门那天下着雨, source: 一年回看}
  - {place: 'parts[0].title', question: 原文没有这一级标题，这样写行吗？, chose: 2023年做的事}
  - place: parts[0].sections[0].items[0].figures[0].label
    question: 这个数说的是什么？
    chose: 书屋藏书
    source: 书屋9月28日开门，藏书2300册，头三个月借出4100余册次，来过的读者给出97.5%的满意率。
  - {place: 'parts[0].sections[1]', question: 原文里这一节在上一节之下，并列行吗？}
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data_dir = ROOT / "tests" / "sites" / "basic" / "data"
    folder: Path = make_project(tmp_path_factory.mktemp("draft") / "p", data_dir=data_dir)
    report = folder / "data/dongli/2023.yml"
    report.write_text(report.read_text(encoding="utf-8") + REVIEW, encoding="utf-8")
    running = Preview(folder)
    yield f"http://{running.address}/nianbao/dongli/2023/"
    running.end()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width_px", [320, 390, 1280])
def test_the_band_leads_to_each_place(width_px: int, scheme: str, browser: Browser, address: str) -> None:
    context = browser.new_context(
        java_script_enabled=False,
        reduced_motion="reduce",
        viewport={"width": width_px, "height": 844},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.goto(address)
    band = page.locator(".draft")
    assert "草稿 还有 4 处请核对" in " ".join(band.inner_text().split())
    top = band.bounding_box()
    assert top
    assert top["y"] < 844 / 4, "above the report"
    links = band.locator("ol a")
    assert links.count() == 4
    for number in range(1, 5):
        page.goto(address)
        links.nth(number - 1).click()
        assert page.url.endswith(f"#_review-{number}")
        note = page.locator(f"#_review-{number}")
        assert note.is_visible()
        box = note.bounding_box()
        assert box
        assert 0 <= box["y"] < 844, "in sight"
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width_px
    queried = page.locator(".fig.queried")
    assert queried.inner_text() == "2300册"
    page.locator("#_review-3 a").click()
    assert unquote(page.url).endswith(f"#{queried.get_attribute('id')}")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_draft(scheme: str, browser: Browser, address: str) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 390, "height": 844}, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    page.add_style_tag(content="html { font-size: 150% }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    found = Axe().run(page)
    context.close()
    assert found.violations_count == 0, found.generate_report()
