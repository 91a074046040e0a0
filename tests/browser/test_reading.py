"""Report text as it is set on screens of all widths, and what the first view of a wall of cards loads."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import ServedSite

REPORTS = (
    "xigu/2023/", "yangling/2023/", "liuzhou-district/2024-h1/", "withheld-a/2022/", "withheld-b/2022-reform/",
)  # fmt: skip
# Of every line: how far one Chinese character stands from the next, on average, in em, the text of it, and whether it
# is of even text.
_MEASURE_LINES = """() => {
  const measured = [], chinese = /[\\u4e00-\\u9fff]/;
  for (const paragraph of document.querySelectorAll(".item p:not(.act, .pledge), .lines p:not(.act, .pledge)")) {
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT), style = getComputedStyle(paragraph);
    const em = parseFloat(style.fontSize), even = style.textAlign === "justify";
    let line = [];
    const close = () => {
      const steps = [];
      for (let at = 1; at < line.length; at++) {
        const [before, box] = line[at - 1], [after, next] = line[at];
        if (chinese.test(before) && chinese.test(after)) steps.push((next.left - box.left) / em);
      }
      const mean = steps.length ? steps.reduce((sum, step) => sum + step) / steps.length : 1;
      measured.push([mean, line.map(([character]) => character).join(""), even]);
      line = [];
    };
    for (let node; (node = walker.nextNode());) {
      for (let index = 0; index < node.length; index++) {
        const range = document.createRange();
        range.setStart(node, index); range.setEnd(node, index + 1);
        for (const box of range.getClientRects()) {
          if (line.length && box.left < line.at(-1)[1].left - em) close();
          line.push([node.data[index], box]);
        }
      }
    }
    close();
  }
  return measured;
}"""


@pytest.mark.parametrize("font_percent", [100, 150])
@pytest.mark.parametrize("width_px", [360, 375, 390, 414, 768, 1024, 1280])
def test_no_line_of_a_report_is_torn_open(width_px: int, font_percent: int, browser: Browser, demo: ServedSite) -> None:
    context = browser.new_context(viewport={"width": width_px, "height": 844}, bypass_csp=True)
    page = context.new_page()
    lines: list[tuple[float, str, bool]] = []
    for path in REPORTS:
        page.goto(demo.url + path)
        page.add_style_tag(content=f"html {{ font-size: {font_percent}% }}")
        lines += page.evaluate(_MEASURE_LINES)
    context.close()
    assert len(lines) > 300
    assert [line for line in lines if line[0] > 1.12] == []
    # What ends a paragraph is short; half of the others tell how many characters a line takes.
    longest = sorted(len(text) for _, text, even in lines if even)
    assert not longest or longest[len(longest) // 2] >= 24
    if width_px < 768:
        assert not longest, "on a phone no text is even"
    elif font_percent == 100:
        assert longest


@pytest.mark.parametrize("density", [1.75, 2, 3, 3.5])
def test_the_first_view_of_a_wall_is_light(density: float, browser: Browser, demo: ServedSite) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=density)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    received: list[int] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(demo.url + "xigu/2023/cards/", wait_until="networkidle")
    shown = page.eval_on_selector_all("main img", "images => images.map(image => image.currentSrc).filter(Boolean)")
    eager = page.locator("main img:not([loading])").count()
    context.close()
    assert eager == 4
    assert len(shown) >= 4
    assert [address for address in shown if "/cards/small/" not in address] == []
    assert len(received) >= 7
    assert sum(received) <= 200_000


def test_every_picture_of_a_wall_is_small_and_leads_to_a_large_one(browser: Browser, demo: ServedSite) -> None:
    small = sorted(demo.folder.glob("*/*/cards/small/*.png"))
    large = sorted(demo.folder.glob("*/*/cards/*.png"))
    assert [path.name for path in small] == [path.name for path in large]
    assert max(path.stat().st_size for path in small) <= 8192
    page = browser.new_page(viewport={"width": 1280, "height": 844})
    page.goto(demo.url + "xigu/2023/cards/")
    links = page.eval_on_selector_all(
        "main picture",
        "all => all.map(one => [one.closest('a').href, new URL(one.firstChild.srcset, document.baseURI).href])",
    )
    page.close()
    assert len(links) > 20
    for target, picture in links:
        assert target == picture or target.endswith("/"), "the picture itself, or its page"
