"""What a reader's browser meets: links, requests, accessibility, narrow screens, large type, no script."""

from __future__ import annotations

import gzip
import zipfile
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import ServedSite

PAGES = {
    "home": "",
    "year": "2023/",
    "district": "xigu/",
    "report": "xigu/2023/",
    "interim": "liuzhou-district/2024-h1/",
    "thematic": "withheld-b/2022-reform/",
    "archive": "archive/",
    "cards": "xigu/2023/cards/",
    "card": "xigu/2023/cards/05/",
    "about": "about/",
    "how-to-read": "how-to-read/",
    "accessibility": "accessibility/",
    "404": "404.html",
}
BASIC_PAGES = ("", "archive/")


def _district_paths(site: ServedSite) -> list[str]:
    return sorted(f"{path.parent.name}/" for path in site.folder.glob("*/index.html"))


def _all_paths(site: ServedSite) -> list[str]:
    return sorted(
        path.relative_to(site.folder).as_posix().removesuffix("index.html") for path in site.folder.rglob("*.html")
    )


@pytest.mark.parametrize("name", ["demo", "basic"])
def test_crawl_finds_no_broken_link_no_error_and_no_foreign_request(
    name: str, browser: Browser, request: pytest.FixtureRequest
) -> None:
    site: ServedSite = request.getfixturevalue(name)
    page = browser.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(f"{page.url} console: {message.text}"))
    page.on("pageerror", lambda error: problems.append(f"{page.url} error: {error}"))
    page.on(
        "response", lambda answer: problems.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None
    )
    # What is still loading when the crawl goes on to the next page is aborted, not lost.
    page.on("requestfailed", lambda lost: None if lost.failure == "net::ERR_ABORTED" else problems.append(lost.url))
    page.on("request", lambda sent: None if sent.url.startswith(site.url) else problems.append(f"foreign: {sent.url}"))
    ids: dict[str, set[str]] = {}
    wanted: list[tuple[str, str]] = []
    todo = [site.url]
    while todo:
        url = todo.pop()
        if url in ids:
            continue
        ids[url] = set()
        if not url.endswith("/"):  # a file, which Chromium would show with a request for an icon of its own
            if page.request.get(url).status != 200:
                problems.append(f"no file: {url}")
            continue
        response = page.goto(url)
        assert response is not None
        if response.status != 200:
            problems.append(f"{response.status}: {url}")
            continue
        ids[url] = set(page.eval_on_selector_all("[id]", "nodes => nodes.map(node => node.id)"))
        for link in page.eval_on_selector_all("a[href]", "nodes => nodes.map(node => node.href)"):
            target, fragment = urldefrag(link)
            if target.startswith(site.url):
                wanted.append((target, unquote(fragment)))
                todo.append(target)
            elif urlsplit(target).hostname == "127.0.0.1":
                problems.append(f"{url} links outside the site: {target}")
    problems += [
        f"no place #{fragment} in {target}" for target, fragment in wanted if fragment and fragment not in ids[target]
    ]
    page.close()
    assert not problems, "\n".join(sorted(set(problems)))
    built = {site.url + path for path in _all_paths(site) if not path.endswith("404.html")}
    assert built - set(ids) == set(), "pages that no link leads to"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", sorted(PAGES))
def test_axe_finds_nothing(name: str, scheme: str, browser: Browser, demo: ServedSite) -> None:
    _check_axe(browser, demo.url + PAGES[name], scheme)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_comparisons_and_pledges(scheme: str, browser: Browser, basic: ServedSite) -> None:
    for path in _all_paths(basic):
        if not path.startswith(("about", "how", "access")):
            _check_axe(browser, basic.url + path, scheme)


def _check_axe(browser: Browser, url: str, scheme: str) -> None:
    # axe is injected as a script, which the site's own policy rightly refuses.
    context = browser.new_context(color_scheme=scheme, viewport={"width": 390, "height": 844}, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(url)
    page.eval_on_selector_all("details", "nodes => nodes.forEach(node => { node.open = true })")
    found = Axe().run(page)
    context.close()
    assert found.violations_count == 0, f"{url}\n{found.generate_report()}"


@pytest.mark.parametrize("font_percent", [100, 150])
@pytest.mark.parametrize("width_px", [320, 390, 768, 1280, 1440])
def test_nothing_overflows(
    width_px: int, font_percent: int, browser: Browser, demo: ServedSite, basic: ServedSite
) -> None:
    context = browser.new_context(viewport={"width": width_px, "height": 800}, bypass_csp=True)
    page = context.new_page()
    urls = [demo.url + path for path in PAGES.values()] + [basic.url + path for path in _district_paths(basic)]
    for url in urls:
        page.goto(url)
        page.add_style_tag(content=f"html {{ font-size: {font_percent}% }}")
        page.eval_on_selector_all("details", "nodes => nodes.forEach(node => { node.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width_px, url
        assert _cut_off(page) == [], url
    context.close()


def _cut_off(page: Page) -> list[str]:
    """Texts that reach past the right edge and cannot be scrolled to."""
    return page.evaluate(  # type: ignore[no-any-return]
        """() => [...document.querySelectorAll("main :is(h1, h2, h3, h4, p, li, td, th, b, a)")]
            .filter(node => !node.closest(".contents, .table, table, .visually-hidden"))
            .filter(node => node.getBoundingClientRect().right > innerWidth + 1)
            .map(node => node.textContent.trim().slice(0, 40))"""
    )


def test_a_number_never_parts_from_its_unit(browser: Browser, demo: ServedSite) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 800})
    for name in ("report", "interim", "thematic"):
        page.goto(demo.url + PAGES[name])
        parted = page.eval_on_selector_all(
            ".fig", "nodes => nodes.filter(node => node.getClientRects().length > 1).map(node => node.textContent)"
        )
        assert parted == []
    page.close()


def test_no_line_begins_with_a_closing_mark_and_no_last_line_is_one_character(
    browser: Browser, demo: ServedSite
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(demo.url + PAGES["report"])
    lines = page.evaluate(
        """() => [...document.querySelectorAll(".item p:not(.act), .lines p:not(.act)")].map(paragraph => {
            const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT), lines = [];
            let top = null;
            for (let node; (node = walker.nextNode());) {
                for (let index = 0; index < node.length; index++) {
                    const range = document.createRange();
                    range.setStart(node, index); range.setEnd(node, index + 1);
                    const box = range.getBoundingClientRect();
                    if (top === null || box.top > top + 8) { lines.push(""); top = box.top; }
                    lines[lines.length - 1] += node.data[index];
                }
            }
            return lines;
        })"""
    )
    page.close()
    assert len(lines) > 10
    assert all(len(paragraph) > 1 for paragraph in lines if len("".join(paragraph)) > 60)
    assert [line for paragraph in lines for line in paragraph if line[0] in "，。、；：！？）》”"] == []
    assert [line for paragraph in lines for line in paragraph if line[-1] in "（《“"] == []
    assert [paragraph[-1] for paragraph in lines if len(paragraph[-1].strip("。”）")) < 2] == []


def test_a_figure_leads_to_itself_and_tells_its_sense(browser: Browser, demo: ServedSite) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(demo.url + PAGES["report"])
    figure = page.locator("a.fig", has_text="5270名").first
    anchor = figure.get_attribute("id")
    assert anchor
    assert anchor == "study-members"
    figure.click()
    assert unquote(urldefrag(page.url)[1]) == anchor
    note = page.locator(".figure-note")
    note.wait_for()
    assert "5270名" in note.inner_text()
    assert "确数" in note.inner_text()
    assert unquote(page.evaluate("navigator.clipboard.readText()")).endswith(f"#{anchor}")
    assert page.evaluate("getComputedStyle(document.querySelector(':target')).animationName") == "flash"
    page.keyboard.press("Escape")
    assert not note.is_visible()
    context.close()


def test_a_refused_clipboard_falls_back(browser: Browser, demo: ServedSite) -> None:
    page = browser.new_page()
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))")
    page.goto(demo.url + PAGES["report"])
    page.locator("a.fig").first.click()
    note = page.locator(".figure-note")
    note.wait_for()
    assert "链接" in note.inner_text()
    assert page.locator("textarea").count() == 0
    page.close()


def test_all_is_there_without_javascript(browser: Browser, demo: ServedSite) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(demo.url + PAGES["report"])
    page.locator(".keys a").first.click()
    assert "#" in page.url
    assert page.locator(".item").count() >= 12
    page.locator("details.figures summary").click()
    assert page.locator("details.figures td").first.is_visible()
    context.close()


def test_nothing_shifts(browser: Browser, demo: ServedSite) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.add_init_script(
        """window.shifts = [];
        const observer = new PerformanceObserver(list => window.shifts.push(...list.getEntries()));
        observer.observe({ type: 'layout-shift', buffered: true });
        // All is shown when two frames were drawn after the fonts came.
        window.sumShifts = () => document.fonts.ready
            .then(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))
            .then(() => window.shifts.concat(observer.takeRecords()).reduce((sum, entry) => sum + entry.value, 0))"""
    )
    for path in PAGES.values():
        page.goto(demo.url + path, wait_until="load")
        assert page.evaluate("sumShifts()") == 0, path
    page.close()


def test_pages_are_light(browser: Browser, demo: ServedSite) -> None:
    for name in ("report", "interim", "thematic"):
        html = (demo.folder / PAGES[name] / "index.html").read_bytes()
        assert len(gzip.compress(html, 6)) <= 15_000, name
    page = browser.new_page()
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(gzip.compress(response.body(), 6))))
    page.goto(demo.url + PAGES["report"], wait_until="networkidle")
    page.close()
    assert len(sizes) >= 3
    assert sum(sizes) <= 90_000


def test_print_shows_all_items_and_no_controls(browser: Browser, demo: ServedSite) -> None:
    page = browser.new_page()
    page.goto(demo.url + PAGES["report"])
    page.emulate_media(media="print")
    assert not page.locator(".site-header").is_visible()
    assert not page.locator(".contents").is_visible()
    assert not page.locator(".to-cards, .act").first.is_visible()
    assert all(card.is_visible() for card in page.locator(".item").all())
    assert all(
        page.evaluate("card => getComputedStyle(card).display + getComputedStyle(card, '::before').float", card)
        == "blockleft"
        for card in page.locator(".item").element_handles()
    ), "the number stands beside its title"
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF-")
    page.close()


@pytest.mark.parametrize("font_percent", [100, 150])
def test_large_numbers_stay_with_their_units_inside_their_column(
    font_percent: int, browser: Browser, demo: ServedSite, basic: ServedSite
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 800}, bypass_csp=True)
    page = context.new_page()
    for url in (demo.url, demo.url + "xigu/2023/", demo.url + "withheld-a/", basic.url + "dongli/"):
        page.goto(url)
        page.add_style_tag(content=f"html {{ font-size: {font_percent}% }}")
        spoiled = page.eval_on_selector_all(
            ".keys b, .newest b, .totals > li > b",
            """nodes => nodes.filter(node => {
                const range = document.createRange();
                range.selectNodeContents(node);
                const box = range.getBoundingClientRect(), column = node.closest("li").getBoundingClientRect();
                return box.right > column.right + 1 || box.height > 1.9 * parseFloat(getComputedStyle(node).fontSize);
            }).map(node => node.textContent)""",
        )
        assert spoiled == [], url
    context.close()


def test_the_wall_leads_through_all_cards_on_a_phone(browser: Browser, demo: ServedSite) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(demo.url + "xigu/2023/cards/")
    links = page.locator(".pictures a")
    count = links.count()
    assert count > 20
    for picture in page.locator("main img").all():
        picture.scroll_into_view_if_needed()
        page.wait_for_function("picture => picture.complete && picture.naturalWidth > 0", arg=picture.element_handle())
        box = picture.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        assert box["height"] < 844, "no long picture fills the wall"
    links.first.click()
    for _ in range(count - 1):
        page.locator("a[rel=next]").click()
    assert page.locator("a[rel=next]").count() == 0
    assert f"第 {count} 张，共 {count} 张" in page.inner_text("main")
    alt = page.locator("figure img").get_attribute("alt") or ""
    words = page.locator(".card-text p:not(.org, .to-cards)").all_inner_texts()
    assert words
    assert all(paragraph in alt for paragraph in words)
    page.close()


def test_all_pictures_come_as_one_file_packed_in_the_browser(browser: Browser, demo: ServedSite) -> None:
    page = browser.new_page()
    wall = next(demo.folder.glob("*/*/cards/index.html")).parent
    page.goto(f"{demo.url}{wall.relative_to(demo.folder).as_posix()}/")
    with page.expect_download() as download:
        page.locator("button.pack").click()
    with zipfile.ZipFile(download.value.path()) as opened:
        assert opened.testzip() is None
        packed = {name.rpartition("/")[2]: opened.read(name) for name in opened.namelist()}
    assert packed == {path.name: path.read_bytes() for path in wall.glob("*.png")}
    page.close()


def test_the_download_is_not_offered_where_it_cannot_be_saved(browser: Browser, demo: ServedSite) -> None:
    wall = next(demo.folder.glob("*/*/cards/index.html")).parent.relative_to(demo.folder).as_posix()
    for options in ({"user_agent": "Mozilla/5.0 MicroMessenger/8.0"}, {"java_script_enabled": False}):
        context = browser.new_context(**options)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{demo.url}{wall}/")
        assert not page.locator("button.pack").is_visible()
        context.close()
