"""Whole builds with the real `mkdocs`: fixture sites, hostile text, mistakes, and what a failed build leaves."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.site_building import ROOT, build_site, make_project, run_mkdocs

# Every element that a page of ours is made of; img, iframe, object, form and the like are not among them.
PAGE_TAGS = set(
    "html head meta link title script body a header div nav main article section h1 h2 h3 h4 p span small b i strong "
    "ul ol li data time table thead tbody tr th td details summary code svg rect path footer em".split()
)
SITES = sorted(path.parent for path in (ROOT / "tests" / "sites").glob("*/data"))


def tree(site: Path) -> dict[str, str]:
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(make_project(tmp_path_factory.mktemp("demo"), data_dir=ROOT / "data"))


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_fixture_sites_build_strictly(site: Path, tmp_path: Path) -> None:
    built = build_site(make_project(tmp_path / "p", data_dir=site / "data"))
    reports = list((site / "data").glob("*/*.yml"))
    assert reports
    for report in reports:
        assert (built / report.parent.name / report.stem.lower() / "index.html").is_file()
    assert not (tmp_path / "p" / "site.building").exists()


def test_two_builds_give_the_same_bytes(demo_site: Path, tmp_path: Path) -> None:
    assert tree(build_site(make_project(tmp_path / "again", data_dir=ROOT / "data"))) == tree(demo_site)


def test_the_site_holds_only_what_it_uses(demo_site: Path) -> None:
    names = set(tree(demo_site))
    assert not any("decisions" in name or "readme" in name.lower() for name in names)
    kept = {name for name in names if name.startswith("assets/")}
    assert {re.sub(r"\.[0-9a-f]{8,10}\.(min\.)?", ".", name) for name in kept} == {
        "assets/style.css", "assets/script.js", "assets/icon.svg", "assets/share.png", "assets/document.css",
        "assets/frame.js", "assets/images/favicon.png", "assets/javascripts/bundle.js", "assets/stylesheets/main.css",
        "assets/stylesheets/palette.css",
    }  # fmt: skip
    for schema in ("report", "districts", "indicators"):
        assert json.loads((demo_site / "data" / "schema" / f"{schema}.schema.json").read_text(encoding="utf-8"))


def test_every_page_is_in_the_sitemap_at_the_final_address(demo_site: Path) -> None:
    text = (demo_site / "sitemap.xml").read_text(encoding="utf-8")
    found = set(re.findall(r"<loc>(.*?)</loc>", text))
    pages = {path.parent.relative_to(demo_site).as_posix() for path in demo_site.rglob("index.html")}
    assert found == {f"https://example.org/nianbao/{'' if page == '.' else page + '/'}" for page in pages}


class _Head(HTMLParser):
    """Gathers a page's meta elements, link relations and headings."""

    def __init__(self) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self.headings: list[int] = []
        self.scripts: list[str] = []
        self.handlers: list[str] = []
        self.tags: set[str] = set()
        self._in_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.handlers += [name for name in values if name.startswith("on") or name == "style"]
        if tag == "meta":
            name = values.get("name") or values.get("property") or values.get("itemprop")
            if name and "media" not in values:
                self.meta[f"itemprop:{name}" if "itemprop" in values else name] = values["content"]
        elif tag == "link":
            self.links[values["rel"]] = values["href"]
        elif re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self._in_data = tag == "script" and values.get("type") == "application/ld+json"

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._in_data = False

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.scripts.append(data)


def read_head(path: Path) -> _Head:
    head = _Head()
    head.feed(path.read_text(encoding="utf-8"))
    return head


def test_a_report_says_of_itself_what_is_known_and_nothing_else(demo_site: Path) -> None:
    head = read_head(demo_site / "xigu" / "2023" / "index.html")
    address = "https://example.org/nianbao/xigu/2023/"
    assert head.links["canonical"] == head.meta["og:url"] == address
    assert head.meta["og:type"] == "article"
    assert head.meta["og:image"] == head.meta["itemprop:image"] == "https://example.org/nianbao/assets/share.png"
    assert head.meta["itemprop:name"] == head.meta["og:title"]
    assert head.meta["SiteName"] == "年报"
    assert head.meta["SiteDomain"] == "example.org"
    assert head.meta["ArticleTitle"]
    assert head.meta["ContentSource"] == "共青团西固区委员会"
    assert "PubDate" not in head.meta, "no source gives a date"
    assert "SiteIDCode" not in head.meta
    (data,) = map(json.loads, head.scripts)
    assert data["@type"] == "Report"
    assert data["url"] == address
    assert data["temporalCoverage"] == "2023-01-01/2023-12-31"
    assert "datePublished" not in data


def test_what_is_configured_is_said(tmp_path: Path) -> None:
    site = build_site(
        make_project(
            tmp_path / "p",
            data_dir=ROOT / "tests" / "sites" / "basic" / "data",
            publisher="测试主办单位",
            contact="mail@example.org",
            icp="测ICP备00000000号",
            police="测公网安备00000000000000号",
            site_id_code="0000000000",
        )
    )
    html = (site / "index.html").read_text(encoding="utf-8")
    for text in ("测试主办单位", "mail@example.org", "测ICP备00000000号", "测公网安备00000000000000号"):
        assert text in html
    assert read_head(site / "index.html").meta["SiteIDCode"] == "0000000000"
    dated = [path for path in site.glob("*/*/index.html") if "PubDate" in read_head(path).meta]
    assert dated, "the fixture has a report with a date"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", read_head(dated[0]).meta["PubDate"])


def test_nothing_is_said_where_nothing_is_configured(demo_site: Path) -> None:
    html = (demo_site / "index.html").read_text(encoding="utf-8")
    assert "备案" not in html
    assert "联系方式：" not in html
    assert "网站标识码" not in html


def test_without_an_address_no_page_claims_one(tmp_path: Path) -> None:
    site = build_site(make_project(tmp_path / "p", data_dir=ROOT / "data", site_url=""))
    head = read_head(site / "xigu" / "2023" / "index.html")
    assert "canonical" not in head.links
    assert "og:url" not in head.meta
    assert not (site / "sitemap.xml").exists()


def test_headings_never_skip_a_level_and_no_handler_is_inline(demo_site: Path) -> None:
    for path in demo_site.rglob("*.html"):
        head = read_head(path)
        assert head.headings[0] == 1, path
        assert head.headings.count(1) == 1, path
        steps = zip(head.headings, head.headings[1:], strict=False)
        assert all(after <= before + 1 for before, after in steps), (path, head.headings)
        assert head.handlers == [], path


def test_hostile_text_is_shown_as_text_everywhere(tmp_path: Path) -> None:
    site = build_site(make_project(tmp_path / "p", data_dir=ROOT / "tests" / "sites" / "hostile-text" / "data"))
    reports = [path.read_text(encoding="utf-8") for path in site.glob("[a-z]*/[0-9]*/index.html")]
    assert any("&lt;script&gt;" in html for html in reports)
    assert any("{{" in html for html in reports), "braces are text, not a template"
    light = [path for path in site.rglob("*.html") if "__md_scope" not in path.read_text(encoding="utf-8")]
    assert len(light) > len(reports), "and no text of the data is in the others, which are Material's"
    for path in light:
        head = read_head(path)
        assert head.handlers == [], path
        assert head.tags <= PAGE_TAGS, path
        for text in head.scripts:
            assert json.loads(text)["@context"] == "https://schema.org"


def test_a_mistake_stops_the_build_with_the_text_of_the_check_and_the_old_site_stays(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "p", data_dir=ROOT / "data")
    before = tree(build_site(folder))
    report = folder / "data" / "xigu" / "2023.yml"
    report.write_text(report.read_text(encoding="utf-8").replace("kind: annual", "kind: anual"), encoding="utf-8")
    done = run_mkdocs(folder, "build", "--strict")
    checked = subprocess.run(
        [sys.executable, "-m", "nianbao", "check"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == checked.returncode == 1
    assert "data/xigu/2023.yml" in checked.stderr
    assert checked.stderr.strip() in done.stderr
    assert "Traceback" not in done.stderr + done.stdout + checked.stderr
    assert tree(folder / "site") == before


def test_a_district_may_not_take_the_address_of_a_page(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "p", data_dir=ROOT / "data")
    registers = folder / "data" / "districts.yml"
    registers.write_text(registers.read_text(encoding="utf-8").replace("slug: xigu", "slug: about"), encoding="utf-8")
    shutil.move(folder / "data" / "xigu", folder / "data" / "about")
    done = run_mkdocs(folder, "build", "--strict")
    assert done.returncode == 1
    assert "docs/about.md: 网址 /about/ 本站自己要用" in done.stderr
    assert "Traceback" not in done.stderr


def test_json_errors_are_for_programs(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "p", data_dir=ROOT / "data")
    report = folder / "data" / "xigu" / "2023.yml"
    report.write_text(report.read_text(encoding="utf-8").replace("kind: annual", "kind: anual"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "nianbao", "check", "--format", "json"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    (error,) = json.loads(done.stdout)
    assert (error["file"], error["key"]) == ("data/xigu/2023.yml", "kind")
    assert error["line"] > 0
    assert done.returncode == 1


def test_a_killed_build_leaves_the_old_site(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "p", data_dir=ROOT / "data")
    before = tree(build_site(folder))
    for _ in range(3):
        command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
        build = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while build.poll() is None and not (folder / "site.building").exists():
            pass
        build.kill()
        build.wait()
        assert tree(folder / "site") == before
    assert tree(build_site(folder)) == before, "and the next build is whole"
    assert not (folder / "site.building").exists()
