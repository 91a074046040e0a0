"""Each site of tests/sites_invalid gives exactly the message in its expected.txt; those of tests/sites give none."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from nianbao.errors import format_errors
from tests.site_building import check_folder

TESTS_DIR = Path(__file__).parents[1]
CASES = sorted(path.parent for path in (TESTS_DIR / "sites_invalid").glob("*/expected.txt"))
SITES = sorted(path.parent for path in (TESTS_DIR / "sites").glob("*/data"))


def _make_too_large(site: Path) -> None:
    report = site / "data/dongli/2023.yml"
    report.parent.mkdir()
    with report.open("wb") as stream:
        stream.truncate(20_000_000)


def _make_symlinks(site: Path) -> None:
    data_dir = site / "data"
    outside = site / "outside"
    shutil.copytree(data_dir / "xiting", outside)
    (data_dir / "dongli").symlink_to(outside)
    (data_dir / "xiting/2022.yml").symlink_to(outside / "2023.yml")
    (data_dir / "xiting/2021.yml").symlink_to(site / "nowhere.yml")


# What a git checkout cannot or should not hold is made when the test runs.
PREPARATIONS: dict[str, Callable[[Path], None]] = {"too_large": _make_too_large, "symlink_out": _make_symlinks}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_invalid_site_gives_its_whole_message(case: Path, tmp_path: Path) -> None:
    site = case
    if case.name in PREPARATIONS:
        site = shutil.copytree(case, tmp_path / case.name)
        PREPARATIONS[case.name](site)
    message = format_errors(check_folder(site / "data", root=site))
    assert message + "\n" == (case / "expected.txt").read_text(encoding="utf-8")
    assert "处需要改" in message


def test_there_are_cases() -> None:
    assert len(CASES) > 20
    assert PREPARATIONS.keys() <= {case.name for case in CASES}


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_a_valid_site_gives_no_message(site: Path) -> None:
    assert format_errors(check_folder(site / "data", root=site)) == ""


def test_the_demo_data_give_no_message() -> None:
    root = TESTS_DIR.parent
    assert format_errors(check_folder(root / "data", root=root)) == ""


def test_a_missing_data_folder_is_one_mistake(tmp_path: Path) -> None:
    errors = check_folder(tmp_path / "data", root=tmp_path)
    assert [str(error) for error in errors] == ["data: 没有这个目录\n  改法：数据放在 data/ 里"]
