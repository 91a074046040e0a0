"""A colour of a site's own, as a browser shows it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

from nianbao.cli import main
from tests.browser.conftest import ServedSite, serve
from tests.site_building import ROOT, build_site


@pytest.fixture(scope="module")
def blue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedSite]:
    """A new site where the example in own.css is no comment any more."""
    site = tmp_path_factory.mktemp("own") / "site"
    given = ["--url", "https://nianbao.invalid/nianbao/", "--district-name", "西亭", "--district", "xiting"]
    assert CliRunner().invoke(main, ["init", str(site), *given]).exit_code == 0
    shutil.copytree(ROOT / "tests/sites/basic/data/xiting", site / "data/xiting", dirs_exist_ok=True)
    shutil.copy(ROOT / "tests/sites/basic/data/indicators.yml", site / "data/indicators.yml")
    own = site / "docs" / "assets" / "own.css"
    lines = own.read_text(encoding="utf-8").splitlines()
    own.write_text("\n".join(line for line in lines if line not in {"/*", "*/"}) + "\n", encoding="utf-8")
    settings = site / "mkdocs.yml"
    without = settings.read_text(encoding="utf-8").replace("    footer_pages:", "    cards: false\n    footer_pages:")
    settings.write_text(without, encoding="utf-8")
    yield from serve(build_site(site))


@pytest.mark.parametrize(("scheme", "colour"), [("light", "#1b5e9e"), ("dark", "#7db8ee")])
def test_the_example_of_a_colour_works_on_every_page(
    blue: ServedSite, browser: Browser, scheme: str, colour: str
) -> None:
    page = browser.new_page(color_scheme="dark" if scheme == "dark" else "light")
    for name in ("", "xiting/2023/", "about/", "archive/"):
        page.goto(blue.url + name)
        assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--flag').trim()") == colour, name
    page.close()
