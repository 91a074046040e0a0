"""The frame in a browser: Material's components, the menu, the palette and colours of a site's own, on every page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from nianbao.writers.colours import measure_contrast
from tests.browser.conftest import ServedSite

REPORT, COMPONENTS = "dongli/2023/", "components/"
KINDS = {"home": "", "report": REPORT, "components": COMPONENTS, "in a section": "guide/write/", "404": "404.html"}
# The boxes of Material's task lists have no label, and its annotations of code no text.
MATERIALS_OWN = {"label", "link-name"}


def scheme(page: Page) -> object:
    return page.evaluate("document.body.dataset.mdColorScheme")


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_no_error_no_foreign_request_no_barrier_and_nothing_wider_than_the_screen(
    name: str, width: int, mode: str, browser: Browser, material: ServedSite
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=mode)  # type: ignore[arg-type]
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda sent: None if sent.url.startswith(material.url) else problems.append(sent.url))
    page.goto(material.url + KINDS[name], wait_until="networkidle")
    assert not problems
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.dataset.own") == "loaded", "extra_javascript"
    found = Axe().run(page, options={"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21aa"]})
    barriers = {rule["id"] for rule in found.response["violations"]} - (
        MATERIALS_OWN if name == "components" else set()
    )
    assert not barriers, found.generate_report()
    context.close()


def test_the_palette_is_remembered_on_every_page(browser: Browser, material: ServedSite) -> None:
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(material.url + REPORT)
    assert scheme(page) == "default"
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_title("改为浅色").click()
    page.get_by_title("改为深色").click()
    assert scheme(page) == "slate"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != paper
    for path in (COMPONENTS, "", REPORT):
        page.goto(material.url + path)
        assert scheme(page) == "slate", path
    page.goto(material.url + COMPONENTS)
    page.get_by_title("跟随系统").click()
    page.get_by_title("改为浅色").click()
    page.goto(material.url + REPORT)
    page.emulate_media(color_scheme="dark")
    assert scheme(page) == "default", "what was chosen on Material's page holds here, whatever the system says"
    context.close()


def test_the_system_s_change_shows_where_the_palette_follows_it(browser: Browser, material: ServedSite) -> None:
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    for path in (REPORT, COMPONENTS):
        page.goto(material.url + path)
        page.emulate_media(color_scheme="dark")
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        page.emulate_media(color_scheme="light")
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    context.close()


@pytest.mark.parametrize("path", [REPORT, COMPONENTS])
@pytest.mark.parametrize("has_script", [True, False])
def test_the_menu_on_a_phone(path: str, has_script: bool, browser: Browser, material: ServedSite) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=has_script)
    page = context.new_page()
    page.goto(material.url + path)
    link = page.locator(".menu").get_by_role("link", name="怎样查")
    expect(link).to_be_hidden()
    page.locator(".menu > summary").click()
    expect(link).to_be_visible()
    outside = page.locator(".menu").get_by_role("link", name="中国政府网")
    expect(outside).to_have_attribute("href", "https://www.gov.cn/")
    if has_script:
        page.keyboard.press("Escape")
        expect(link).to_be_hidden()
        page.locator(".menu > summary").click()
    link.click()
    page.wait_for_url(material.url + "guide/find/")
    context.close()


@pytest.mark.parametrize("path", [REPORT, COMPONENTS])
@pytest.mark.parametrize(("width", "font_px"), [(320, 16), (390, 16), (390, 20), (390, 24), (640, 24)])
def test_the_menu_opens_inside_the_screen(
    path: str, width: int, font_px: int, browser: Browser, material: ServedSite
) -> None:
    with open_page(browser, material.url + path, width=width, font_px=font_px) as page:
        page.locator(".menu > summary").click()
        panel = page.locator(".menu > nav").bounding_box()
        opener = page.locator(".menu > summary").bounding_box()
    assert panel
    assert opener
    assert panel["x"] >= 0
    assert panel["x"] + panel["width"] <= width
    assert abs(opener["x"] + opener["width"] - panel["x"] - panel["width"]) < 12, "it hangs under the word"


@pytest.mark.parametrize("font_px", [16, 24])
def test_no_closing_mark_begins_a_line(font_px: int, browser: Browser, material: ServedSite) -> None:
    for width in range(300, 520, 6):
        with open_page(browser, material.url + COMPONENTS, width=width, font_px=font_px) as page:
            assert page.evaluate(PARTED) == [], width


# What stands before a closing mark or a note's mark, in another line than these.
PARTED = """() => {
  const last = node => [...node.getClientRects()].at(-1), parted = [];
  for (const one of document.querySelectorAll(".md-content p :is(kbd, code, sup)")) {
    const outer = one.closest(".keys") ?? one;
    for (const [side, at] of [["nextSibling", 0], ...(one.matches("sup") ? [["previousSibling", -1]] : [])]) {
      const text = outer[side];
      if (!(text instanceof Text) || (at === 0 && !/^[。，、]/.test(text.data))) continue;
      const range = new Range();
      const place = at === 0 ? 0 : text.length - 1;
      range.setStart(text, place);
      range.setEnd(text, place + 1);
      if (Math.abs(last(range).bottom - last(one).bottom) > 16) parted.push(`${one.textContent}|${text.data}`);
    }
  }
  return parted;
}"""


def test_no_column_is_cut_where_letters_are_large(browser: Browser, material: ServedSite) -> None:
    with open_page(browser, material.url + COMPONENTS, width=390, font_px=24) as page:
        cut = page.eval_on_selector_all(
            ".md-typeset__scrollwrap", "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).length"
        )
        lines = page.eval_on_selector_all("td .nb", "all => all.map(one => one.getClientRects().length)")
    assert not cut
    assert len(lines) >= 4
    assert set(lines) == {1}


@pytest.mark.parametrize("width", [390, 1280])
def test_what_stands_in_a_page_has_one_right_edge(width: int, browser: Browser, material: ServedSite) -> None:
    with open_page(browser, material.url + COMPONENTS, width=width) as page:
        edges = page.eval_on_selector_all(
            ".md-content__inner > :is(p, .admonition, details, .tabbed-set, .highlight, .grid), .tabbed-labels",
            "all => all.map(one => one.getBoundingClientRect()).map(box => [box.left, box.right].map(Math.round))",
        )
    assert len(edges) > 10
    assert len({tuple(edge) for edge in edges}) == 1


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_what_is_to_be_tapped_is_seen(mode: str, browser: Browser, material: ServedSite) -> None:
    with open_page(browser, material.url + COMPONENTS, width=390, mode=mode) as page:
        ground = read_colour(page, ".md-content pre code", "background-color")
        button = read_colour(page, ".md-code__button, .md-clipboard", "color")
        paper = read_colour(page, "body", "background-color")
        box = page.locator(".task-list-item [type=checkbox]:not(:checked) + *").evaluate(
            "node => getComputedStyle(node, '::before').borderTopColor"
        )
    assert measure_contrast(button, ground) >= 3
    assert measure_contrast(as_hex(box), paper) >= 3


def test_a_printed_page_is_black_on_white(browser: Browser, material: ServedSite) -> None:
    with open_page(browser, material.url + COMPONENTS, width=1280, mode="dark") as page:
        page.emulate_media(media="print")
        assert read_colour(page, "body", "background-color") == "#ffffff"
        assert read_colour(page, ".md-typeset p", "color") == "#000000"
        for name in (".pages", ".footer-nav", ".md-social", ".md-code__nav, .md-clipboard", ".site-header"):
            expect(page.locator(name).first).to_be_hidden()


@contextmanager
def open_page(browser: Browser, url: str, *, width: int, font_px: int = 16, mode: str = "light") -> Iterator[Page]:
    """A page of that width in px, for a reader whose letters are of that size."""
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=mode)  # type: ignore[arg-type]
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Page.enable")
    session.send("Page.setFontSizes", {"fontSizes": {"standard": font_px, "fixed": font_px * 13 // 16}})
    page.goto(url, wait_until="load")
    yield page
    context.close()


def read_colour(page: Page, selector: str, name: str) -> str:
    return as_hex(
        page.locator(selector).first.evaluate("(node, name) => getComputedStyle(node).getPropertyValue(name)", name)
    )


def as_hex(colour: str) -> str:
    return "#" + "".join(f"{int(channel):02x}" for channel in re.findall(r"\d+", colour)[:3])


def test_sections_open_in_the_header_of_a_wide_page(browser: Browser, material: ServedSite) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 844})
    page = context.new_page()
    page.goto(material.url + REPORT)
    page.locator(".site-nav summary", has_text="指南").click()
    link = page.locator(".site-nav").get_by_role("link", name="关于")
    expect(link).to_be_visible()
    page.locator("main").click(position={"x": 5, "y": 5})
    expect(link).to_be_hidden()
    context.close()


def test_a_colour_of_the_site_s_own_is_on_pages_of_both_kinds(browser: Browser, material: ServedSite) -> None:
    page = browser.new_page(color_scheme="light")
    page.goto(material.url + REPORT)
    assert page.locator(".period").first.evaluate("node => getComputedStyle(node).color") == "rgb(11, 122, 75)"
    page.goto(material.url + COMPONENTS)
    link = page.locator(".md-typeset p a").first
    assert link.evaluate("node => getComputedStyle(node).color") == "rgb(7, 92, 56)"
    page.close()


def test_the_notice_that_was_closed_stays_closed_on_every_page(browser: Browser, material: ServedSite) -> None:
    for first, second in ((REPORT, COMPONENTS), (COMPONENTS, REPORT)):
        context = browser.new_context()
        page = context.new_page()
        page.goto(material.url + first)
        notice = page.locator("[data-md-component=announce]")
        expect(notice).to_contain_text("报告征求意见")
        notice.locator("button").click()
        expect(notice).to_be_hidden()
        page.goto(material.url + second)
        expect(notice).to_be_hidden()
        context.close()


def test_components_work(browser: Browser, material: ServedSite) -> None:
    page = browser.new_page()
    page.goto(material.url + COMPONENTS)
    page.get_by_text("下半年", exact=True).click()
    expect(page.get_by_text("走访学校 15 所。")).to_be_visible()
    page.get_by_text("收起的提示").click()
    expect(page.get_by_text("打开才看得见。")).to_be_visible()
    assert page.locator(".twemoji svg").count() >= 4, "icons are set into the page"
    expect(page.get_by_text("😄")).to_be_visible()
    page.close()


def test_search_reads_its_index(browser: Browser, material: ServedSite) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 844})
    with page.expect_response("**/search/search_index.json") as answer:
        page.goto(material.url + COMPONENTS)
        page.get_by_placeholder("搜索").click()
    assert answer.value.ok
    page.close()


def test_a_report_is_found_from_a_report(browser: Browser, material: ServedSite) -> None:
    page = browser.new_page()
    page.goto(f"{material.url}xiting/2023/")
    page.get_by_role("link", name="搜索").click()
    expect(page.locator("#__search"), "Material opens it for ?q=").to_be_checked()
    expect(page.locator("input[name=query]")).to_be_focused()
    page.locator("input[name=query]").fill("国庆")
    page.locator("input[name=query]").press("End")  # Material hears keys alone
    page.locator(".md-search-result__link[href*='dongli/2023/'][href$='#opening']").first.click()
    page.wait_for_url(re.compile(r"/dongli/2023/.*#opening$"))
    assert "早了三天" in page.locator("#opening").inner_text()
    page.close()
