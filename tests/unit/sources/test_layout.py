"""What belongs under data/ and what editors leave there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nianbao.sources.layout import check_layout, list_report_paths


def make_files(data_dir: Path, *names: str) -> None:
    for name in names:
        path = data_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def test_leftovers_hidden_files_and_schemas_are_passed_over(tmp_path: Path) -> None:
    make_files(tmp_path, "a/2023.yml", "districts.yml", "indicators.yml", "schema/report.schema.json", "README.md")
    make_files(tmp_path, "a/2023.yml~", "a/2023.yml.bak", "a/2023.bak2.yml", "a/.2023.yml.swp", "a/.2023.yml.5.new")
    make_files(tmp_path, "a/~$2023.docx", "a/#2023.yml#", ".git/x.yml", ".DS_Store", "a/Thumbs.db", "desktop.ini")
    assert check_layout(tmp_path, root=tmp_path, districts=["a"], locate_district=str) == ()
    assert list_report_paths(tmp_path) == (tmp_path / "a/2023.yml",)


def test_no_folder_holds_no_reports(tmp_path: Path) -> None:
    assert list_report_paths(tmp_path / "data") == ()


def test_folders_must_be_districts_unless_those_are_not_known(tmp_path: Path) -> None:
    make_files(tmp_path, "Dongli/2023.yml", "other/2023.yml")

    def check(districts: list[str] | None) -> list[tuple[str, str]]:
        errors = check_layout(tmp_path, root=tmp_path, districts=districts, locate_district=lambda slug: f"{slug}:1")
        return [(error.file, error.fix) for error in errors]

    assert check(["dongli"]) == [
        ("Dongli", "是否指 dongli（dongli:1）；目录名要与代号（slug）相同"),
        ("other", "先在 data/districts.yml 里添上它"),
    ]
    assert check(None) == []


def test_a_folder_named_like_a_report_is_no_report(tmp_path: Path) -> None:
    make_files(tmp_path, "a/2023.yml/x.txt")
    assert list_report_paths(tmp_path) == ()
    assert [error.problem for error in check_layout(tmp_path, root=tmp_path, districts=["a"], locate_district=str)] == [
        "地区的目录里不能再有目录"
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    make_files(tmp_path, "a/2022.yml")
    os.mkfifo(tmp_path / "a" / "2023.yml")
    (error,) = check_layout(tmp_path, root=tmp_path, districts=["a"], locate_district=str)
    assert (error.file, error.problem) == ("a/2023.yml", "不是文件，读不了")
