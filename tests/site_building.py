"""Builds real sites with the real command, for tests that look at what comes out."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from nianbao.errors import DataError
from nianbao.pipeline.check import check_data
from nianbao.pipeline.data_folder import read_data_folder

ROOT = Path(__file__).resolve().parent.parent


def make_project(
    folder: Path, *, data_dir: Path, site_url: str = "https://example.org/nianbao/", **options: str | bool
) -> Path:
    """Make a project in `folder` with the data of `data_dir` and all else of this project; no pictures unless asked."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(data_dir, folder / "data", symlinks=True)
    if not (folder / "data" / "schema").exists():
        shutil.copytree(ROOT / "data" / "schema", folder / "data" / "schema")
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    settings["site_url"] = site_url
    settings["docs_dir"] = str(ROOT / "docs")
    settings["theme"]["custom_dir"] = str(ROOT / "overrides")
    settings["hooks"] = [str(ROOT / "hooks" / "mkdocs_hooks.py")]
    settings["watch"] = ["data"]
    settings["extra"]["nianbao"].update({"cards": False, **options})
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return folder


def make_material_project(folder: Path) -> Path:
    """Make a project in `folder` that sets much of what MkDocs and Material offer (tests/sites/material)."""
    shutil.copytree(ROOT / "tests" / "sites" / "material", folder)
    shutil.copytree(ROOT / "tests" / "sites" / "basic" / "data", folder / "data")
    shutil.copytree(ROOT / "data" / "schema", folder / "data" / "schema")
    (folder / "hooks").mkdir()
    shutil.copy(ROOT / "hooks" / "mkdocs_hooks.py", folder / "hooks")
    return folder


def check_folder(data_dir: Path, *, root: Path) -> tuple[DataError, ...]:
    """Return every mistake of a data folder, as `nianbao check` finds them."""
    return check_data(read_data_folder(data_dir, root=root), workers=1)


def run_mkdocs(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `mkdocs` in `folder` and return what it printed and its exit code."""
    command = [sys.executable, "-m", "mkdocs", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)


def build_site(folder: Path) -> Path:
    """Build the project in `folder` strictly and return the site's folder."""
    done = run_mkdocs(folder, "build", "--strict")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Warning" not in done.stderr, done.stderr
    return folder / "site"
