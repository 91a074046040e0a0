"""What the guides say of the tree is so."""

from __future__ import annotations

import re

import pytest

from tests.site_building import ROOT

_CODE = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"[\w./-]*(?:/|\.(?:py|md|yml|html|css))(?:[\w-]+\.\w+)?")
# Walked through, and not part of the tree.
_EXERCISES = {
    "writers/cards/quotation.py", "views/data/plain_text.py", "importing/odt.py",
    "tests/unit/importing/test_import_odt.py",
}  # fmt: skip
_PLACES = (ROOT, ROOT / "hooks/nianbao", ROOT / "hooks/nianbao/sources", ROOT / "hooks/nianbao/theme/nianbao")


def read_code(guide: str) -> list[str]:
    return _CODE.findall((ROOT / guide).read_text(encoding="utf-8"))


def test_every_path_of_the_guide_is_there() -> None:
    paths = {code for code in read_code("CONTRIBUTING.md") if _PATH.fullmatch(code)} - _EXERCISES
    assert len(paths) > 40
    assert not [path for path in sorted(paths) if not any((place / path).exists() for place in _PLACES)]


@pytest.mark.parametrize("guide", ["CONTRIBUTING.md", "README.md", "README.zh.md"])
def test_every_target_of_make_that_a_guide_names_is_there(guide: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {code.split()[1] for code in read_code(guide) if code.startswith("make ")}
    assert named
    assert named <= targets
