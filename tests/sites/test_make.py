"""`make` and its .venv: too old a Python is refused, a half-made .venv made anew, a site needs no tools of tests.

The locks are cut to few packages, with their hashes: they come from uv's cache, or once from the registry.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.site_building import ROOT

_FOR_MKDOCS = set(
    "click colorama ghp-import jinja2 markdown markupsafe mergedeep mkdocs mkdocs-get-deps packaging pathspec "
    "platformdirs python-dateutil pyyaml pyyaml-env-tag six tzdata watchdog uv setuptools".split()
)
_SITE, _DEV = ".venv/.ready-site", ".venv/.ready-dev"


def run_make(folder: Path, *arguments: str, path: str = os.environ["PATH"]) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": path}
    command = ["make", "--no-print-directory", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def cut_lock(name: str, packages: set[str]) -> str:
    blocks = re.split(r"^(?=\S)", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return "".join(block for block in blocks if block.partition("==")[0] in packages)


def copy_project(folder: Path) -> Path:
    (folder / ".ci").mkdir(parents=True)
    for name in ("Makefile", "pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "hooks", folder / "hooks", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    (folder / "requirements.lock").write_text(cut_lock("requirements.lock", _FOR_MKDOCS), encoding="utf-8")
    (folder / ".ci/dev.lock").write_text(cut_lock(".ci/dev.lock", {*_FOR_MKDOCS, "iniconfig"}), encoding="utf-8")
    return folder


def is_sound(folder: Path) -> bool:
    done = subprocess.run([folder / ".venv/bin/mkdocs", "--version"], capture_output=True, text=True, check=False)
    package = [folder / ".venv/bin/python", "-c", "import nianbao; print(nianbao.__path__[0])"]
    found = subprocess.run(package, capture_output=True, text=True, check=False, cwd="/").stdout.strip()
    return done.returncode == 0 and found == str(folder / "hooks/nianbao")


def has_module(folder: Path, name: str) -> bool:
    return subprocess.run([folder / ".venv/bin/python", "-c", f"import {name}"], check=False).returncode == 0


def write_fake_python(path: Path) -> None:
    """A Python that says of itself that it is 3.10, and is the real one in all else."""
    path.unlink(missing_ok=True)
    path.write_text(
        "#!/bin/sh\n"
        'case "$1 $2" in "-c "*) ;; *) exit 9;; esac\n'
        f"exec {shutil.which('python3.11') or shutil.which('python3')} -c "
        '"import sys; sys.version_info = (3, 10, 4)\n$2"\n',
        encoding="utf-8",
    )
    path.chmod(0o755)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a sound .venv for its site; the tests below break it and see it repaired."""
    folder = copy_project(tmp_path_factory.mktemp("make") / "project")
    done = run_make(folder, _SITE)
    assert done.returncode == 0, done.stdout + done.stderr
    assert is_sound(folder)
    return folder


def test_an_old_python_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    folder = copy_project(tmp_path / "project")
    (tmp_path / "bin").mkdir()
    write_fake_python(tmp_path / "bin" / "python3")
    done = run_make(folder, "site", path=f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    assert done.returncode != 0
    assert "要用 Python 3.11 以上。这里的 python3：3.10.4\n  改法：" in done.stderr
    assert "make site PYTHON=python3.12" in done.stderr
    assert not (folder / ".venv").exists()


def test_no_python_at_all_is_told(tmp_path: Path) -> None:
    folder = copy_project(tmp_path / "project")
    done = run_make(folder, "serve", "PYTHON=python3.99")
    assert done.returncode != 0
    assert "这里的 python3.99：没有\n  改法：" in done.stderr
    assert "not found" not in done.stderr
    assert not (folder / ".venv").exists()


def _lose_stamp_and_pip(folder: Path) -> None:
    shutil.rmtree(folder / ".venv")
    subprocess.run(["python3", "-m", "venv", "--without-pip", folder / ".venv"], check=True)


def _dangle(folder: Path) -> None:
    for path in (folder / ".venv/bin").glob("python*"):
        path.unlink()
        path.symlink_to("/nowhere/python3")


@pytest.mark.parametrize("damage", [_lose_stamp_and_pip, _dangle])
def test_a_broken_venv_is_made_anew(made: Path, damage: Callable[[Path], None]) -> None:
    damage(made)
    done = run_make(made, _SITE)
    assert done.returncode == 0, done.stdout + done.stderr
    assert is_sound(made)
    assert run_make(made, "--question", _SITE).returncode == 0


@pytest.mark.parametrize("lost", ["bin/mkdocs", "bin/uv", "bin/python", "lib/python3"])
def test_what_is_lost_is_noticed(made: Path, lost: str) -> None:
    """Only asked, not repaired: to repair is one recipe, which the test before runs."""
    path = made / ".venv" / lost
    if lost == "lib/python3":
        path = next((made / ".venv/lib").glob("python*/site-packages/mkdocs"))
    beside = path.with_name("beside")
    path.rename(beside)
    if lost == "bin/python":
        write_fake_python(path)
    assert run_make(made, "--question", _SITE).returncode == 1
    assert not (made / _SITE).exists()
    beside.replace(path)
    (made / _SITE).touch()
    assert run_make(made, "--question", _SITE).returncode == 0


def test_a_moved_folder_wants_a_venv_of_its_own(made: Path) -> None:
    moved = made.rename(made.with_name("moved"))
    assert run_make(moved, "--question", _SITE).returncode == 1
    moved.rename(made)
    (made / _SITE).touch()
    assert run_make(made, "--question", _SITE).returncode == 0


def test_tools_are_added_when_asked_for_and_stay(made: Path) -> None:
    assert has_module(made, "mkdocs")
    assert not has_module(made, "iniconfig")
    assert run_make(made, _DEV).returncode == 0
    assert has_module(made, "iniconfig")
    assert "is up to date" in run_make(made, _SITE).stdout

    (made / "requirements.lock").touch()
    assert run_make(made, _SITE).returncode == 0
    assert has_module(made, "iniconfig")
    assert is_sound(made)


def test_all_that_is_installed_has_hashes_and_no_address() -> None:
    for name in ("requirements.lock", ".ci/dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert re.findall(r"^(\S+?)==.*(?<!\\)$", text, re.MULTILINE) == []
        assert {"uv", "setuptools", "mkdocs"} <= set(re.findall(r"^(\S+?)==", text, re.MULTILINE))
        assert "//" not in text
    site, everything = (
        set(re.findall(r"^\S+==\S+", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in ("requirements.lock", ".ci/dev.lock")
    )
    assert site < everything
    assert not {line for line in site if line.startswith(("pytest", "hugo", "playwright", "ruff"))}
