"""Cards as a reader of the site meets them: pictures, their pages, the download, the QR codes' way back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from tests.site_building import ROOT, build_site, make_project, run_mkdocs

ADDRESS = "https://example.org/nianbao/"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = ROOT / "tests" / "sites" / "hostile-text" / "data"
    folder = make_project(tmp_path_factory.mktemp("cards"), data_dir=data, cards=True)
    build_site(folder)
    return folder


def walls(project: Path) -> list[Path]:
    found = sorted((project / "site").glob("*/*/cards"))
    assert found
    return found


def test_every_card_has_a_page_with_the_picture_and_its_words(project: Path) -> None:
    for wall in walls(project):
        pictures = sorted(wall.glob("[0-9][0-9]*-*.png"))
        pages = sorted(wall.glob("[0-9][0-9]*/index.html"))
        assert len(pictures) == len(pages) > 2
        for picture, page in zip(pictures, pages, strict=True):
            html = page.read_text(encoding="utf-8")
            assert f'src="../../../../{picture.relative_to(project / "site").as_posix()}"' in html
            assert re.search(r'<img [^>]*alt="[^"]{8,}"', html)
            assert (
                f'<meta property="og:image" content="{ADDRESS}{picture.relative_to(project / "site").as_posix()}">'
                in html
            )


def test_an_item_leads_to_its_card_and_the_card_to_its_item(project: Path) -> None:
    seen = 0
    for wall in walls(project):
        report = (wall.parent / "index.html").read_text(encoding="utf-8")
        parts = re.split(r'<(?:article class="item"|li) id="([^"]+)" data-number', report)[1:]
        for item_id, html in zip(parts[::2], parts[1::2], strict=True):
            link = re.search(r'<p class="act"><a href="([^"]+)">存为图片</a>', html)
            if link is None:
                continue
            page = (wall.parent / link[1] / "index.html").resolve().read_text(encoding="utf-8")
            place = wall.parent.relative_to(project / "site").as_posix()
            assert f'href="../../../../{place}/#{item_id}"' in page
            seen += 1
    assert seen >= 3


def test_qr_codes_lead_to_the_cards_own_pages(project: Path) -> None:
    for wall in walls(project):
        for picture in sorted(wall.glob("[0-9][0-9]*-*.png")):
            with Image.open(picture) as image:
                (code,) = zxingcpp.read_barcodes(image.convert("RGB"))
            assert code.text.startswith(ADDRESS)
            assert (project / "site" / code.text.removeprefix(ADDRESS) / "index.html").is_file()


def test_a_report_is_shared_with_its_cover_and_a_thumbnail(project: Path) -> None:
    for wall in walls(project):
        (thumbnail,) = wall.glob("share-*.png")
        (cover,) = wall.glob("square-1-*.png")
        assert thumbnail.stat().st_size <= 32_000
        with Image.open(cover) as image:
            assert image.size == (1080, 1080)
        report = (wall.parent / "index.html").read_text(encoding="utf-8")
        for name, picture in (('property="og:image"', cover), ('itemprop="image"', thumbnail)):
            assert f'<meta {name} content="{ADDRESS}{picture.relative_to(project / "site").as_posix()}">' in report
        assert f'href="../../{wall.relative_to(project / "site").as_posix()}/"' in report


def test_a_second_build_draws_none_and_one_edit_only_what_it_changed(project: Path) -> None:
    def times() -> dict[str, int]:
        return {path.name: path.stat().st_mtime_ns for path in (project / "site").glob("*/*/cards/*.png")}

    before = times()
    build_site(project)
    assert times() == before, "the very files of the cache"
    report = next(path for path in sorted((project / "data").glob("*/*.yml")))
    text = report.read_text(encoding="utf-8")
    last = text.rindex("text: ")
    report.write_text(text[:last] + text[last:].replace("。", "了。", 1), encoding="utf-8")
    build_site(project)
    after = times()
    new = set(after) - set(before)
    assert 0 < len(new) < len(after) / 2, sorted(new)
    assert all(after[name] == before[name] for name in set(after) & set(before))


def test_without_an_address_there_is_no_code_and_the_build_says_so(tmp_path: Path) -> None:
    data = ROOT / "tests" / "sites" / "hostile-text" / "data"
    folder = make_project(tmp_path / "p", data_dir=data, site_url="", cards=True)
    done = run_mkdocs(folder, "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert "没有二维码" in done.stderr
    picture = next(folder.glob("site/*/*/cards/01-*.png"))
    with Image.open(picture) as image:
        assert zxingcpp.read_barcodes(image.convert("RGB")) == []
