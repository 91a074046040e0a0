"""Tables on a phone: they scroll in their own box, what a row is of stays in sight, and a figure leads to its cell."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import ServedSite

_PAGE = "xiting/2023/"


@pytest.mark.parametrize("width_px", [320, 390])
def test_a_wide_table_scrolls_in_its_own_box(width_px: int, browser: Browser, basic: ServedSite) -> None:
    context = browser.new_context(viewport={"width": width_px, "height": 844})
    page = context.new_page()
    page.goto(basic.url + _PAGE)
    box = page.locator(".sheet .table")
    name = page.locator(".sheet tbody th").first
    assert page.evaluate("document.documentElement.scrollWidth") == width_px
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    before = name.bounding_box()
    box.evaluate("box => { box.scrollLeft = 200; }")
    after = name.bounding_box()
    context.close()
    assert before is not None
    assert after is not None
    assert after["x"] == pytest.approx(before["x"], abs=1)


def test_a_figure_leads_to_its_cell_and_tells_its_unit(browser: Browser, basic: ServedSite) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{basic.url}{_PAGE}#stage-hexi")
    cell = page.locator("td:has(:target)")
    assert cell.inner_text() == "1,204"
    shown = cell.bounding_box()
    assert shown is not None
    assert 0 <= shown["x"] < 390
    assert page.locator(".sheet td.n a").count() == 3
    page.goto(f"{basic.url}{_PAGE}#stage-2-3")
    assert page.locator("td:has(:target)").inner_text() == "1 015"
    page.locator("#stage-hexi").click()
    assert page.locator(".figure-note b").inner_text() == "1,204人次"
    context.close()


def test_numbers_stand_on_the_right_under_their_heading(browser: Browser, basic: ServedSite) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(basic.url + _PAGE)
    rights = page.locator(".sheet tr > :nth-child(3)").evaluate_all(
        "cells => cells.map((c) => [getComputedStyle(c).textAlign, Math.round(c.getBoundingClientRect().right)])"
    )
    context.close()
    assert len(rights) == 4
    assert {align for align, _ in rights} == {"right"}
    assert len({right for _, right in rights}) == 1
