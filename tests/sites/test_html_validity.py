"""The W3C's validator (Nu Html Checker) on every page of the sites: it finds nothing of ours, no warning either."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.site_building import ROOT, build_site, make_project

_CACHE = ROOT / ".cache" / "vnu"
_JAR = "node_modules/vnu-jar/build/dist/vnu.jar"
# Two mistakes of Material's own templates: `autocomplete` on its check boxes, and a label without its box.
_OF_MATERIAL = ".*Attribute “autocomplete” is only allowed.*|.*value of the “for” attribute of the “label” element.*"
_ALL_OF_THE_FOOT = {
    "publisher": "测试主办单位",
    "contact": "mail@example.org",
    "icp": "测ICP备00000000号",
    "police": "测公网安备00000000000000号",
    "site_id_code": "0000000000",
}


@pytest.fixture(scope="module")
def validator() -> list[str]:
    """The command: VNU_JAR names the program's file; else npm puts it into the cache, once."""
    if shutil.which("java") is None:
        pytest.skip("没有 Java，不能运行 W3C 的校验程序 vnu.jar")
    jar = Path(os.environ.get("VNU_JAR") or _CACHE / _JAR)
    if not jar.is_file() and "VNU_JAR" not in os.environ:
        if shutil.which("npm") is None:
            pytest.skip("没有 npm，取不到 vnu-jar；可用 VNU_JAR 指明 vnu.jar 在哪里")
        command = ["npm", "install", "--silent", "--no-save", "--ignore-scripts", "--prefix", str(_CACHE), "vnu-jar"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"npm 取不到 vnu-jar：{done.stderr.strip()[-200:]}")
    assert jar.is_file(), f"VNU_JAR：没有 {jar}"
    return ["java", "-jar", str(jar), "--also-check-svg", "--format", "gnu"]


def _validate(validator: list[str], files: list[Path]) -> str:
    done = subprocess.run([*validator, *map(str, files)], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("data", ["data", "tests/sites/basic/data", "tests/sites/hostile-text/data"])
def test_the_validator_finds_nothing(data: str, validator: list[str], tmp_path: Path) -> None:
    site = build_site(make_project(tmp_path / "p", data_dir=ROOT / data, cards=True, **_ALL_OF_THE_FOOT))
    files = sorted(path for path in site.rglob("*") if path.suffix in {".html", ".svg"})
    assert len(files) > 20
    material = [path for path in files if "__md_scope" in path.read_text(encoding="utf-8")]
    assert _validate(validator, [path for path in files if path not in material]) == ""
    assert material
    assert _validate([*validator, "--filterpattern", _OF_MATERIAL], material) == ""


@pytest.mark.slow
def test_the_validator_is_at_work(validator: list[str], tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text('<!doctype html><html lang="zh-CN"><title>x</title><a href="#party-100%">x</a>', encoding="utf-8")
    assert "Bad value" in _validate(validator, [page])
