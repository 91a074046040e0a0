"""The example's address: said at each build, and never published."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from nianbao.pipeline.site import warn_of_example
from tests.site_building import ROOT, make_project, run_mkdocs

_DATA = ROOT / "tests" / "sites" / "basic" / "data"


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=x", "-c", "user.email=x@localhost", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


def _make_repository(tmp_path: Path, site_url: str) -> tuple[Path, Path]:
    project = make_project(tmp_path / "project", data_dir=_DATA, site_url=site_url)
    remote = tmp_path / "remote.git"
    _git(tmp_path, "init", "--quiet", "--bare", str(remote))
    _git(project, "init", "--quiet")
    _git(project, "remote", "add", "origin", str(remote))
    _git(project, "commit", "--quiet", "--allow-empty", "-m", "x")
    _git(project, "config", "user.name", "x")
    _git(project, "config", "user.email", "x@localhost")
    return project, remote


def test_it_is_said_at_a_strict_build_that_passes(tmp_path: Path) -> None:
    done = run_mkdocs(make_project(tmp_path / "p", data_dir=_DATA), "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert "网址 https://example.org/nianbao/ 只是示例" in done.stderr
    assert "改法：发布前把 mkdocs.yml 里的 site_url 改成" in done.stderr


def test_gh_deploy_refuses_it_before_anything_is_pushed(tmp_path: Path) -> None:
    project, remote = _make_repository(tmp_path, "https://example.org/nianbao/")
    done = run_mkdocs(project, "gh-deploy")
    assert done.returncode == 1
    assert "没有发布：网址 https://example.org/nianbao/ 只是示例" in done.stderr
    assert "Traceback" not in done.stderr
    assert _git(remote, "branch", "--list") == ""
    assert _git(project, "branch", "--list", "gh-pages") == ""
    assert not (project / "site").exists()


def test_gh_deploy_publishes_an_address_of_ones_own(tmp_path: Path) -> None:
    project, remote = _make_repository(tmp_path, "https://nianbao.invalid/")
    done = run_mkdocs(project, "gh-deploy")
    assert done.returncode == 0, done.stderr
    assert "只是示例" not in done.stderr
    assert "index.html" in _git(remote, "ls-tree", "--name-only", "gh-pages")


@pytest.mark.parametrize(
    ("url", "is_example"),
    [
        ("https://example.org/", True), ("https://www.example.com/a/", True), ("http://EXAMPLE.net:8000/", True),
        ("https://a.example/", True), ("https://myexample.org/", False), ("https://example.org.cn/", False),
        ("", False), ("https://gov.cn/example.org/", False),
    ],
)  # fmt: skip
def test_which_addresses_are_examples(url: str, *, is_example: bool) -> None:
    assert bool(warn_of_example(url)) == is_example
