"""The fingerprint: whatever shapes bytes changes its part, and what draws is all in the list of what draws."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from tests.site_building import ROOT

from nianbao.model import Indicator
from nianbao.pipeline import fingerprint
from nianbao.pipeline.fingerprint import DRAWING_SOURCES, INPUTS, Fingerprint, take_fingerprint
from nianbao.pipeline.outputs import OUTPUTS
from nianbao.theme import THEME_DIR

PACKAGE = ROOT / "hooks" / "nianbao"
_INDICATOR = Indicator(id="x", name="团员", unit="名")


def take(
    templates_dir: Path,
    *,
    shells: object = "shell",
    site: object = "site",
    indicators: Iterable[Indicator] | None = (_INDICATOR,),
    outputs: Iterable[str] = ("report",),
    draws: bool = False,
) -> Fingerprint:
    return take_fingerprint(
        template_dirs=[templates_dir], shells=shells, site=site, indicators=indicators,
        outputs=outputs, draws=draws,
    )  # fmt: skip


def changed(one: Fingerprint, other: Fingerprint) -> set[str]:
    return {name for name in INPUTS if one.parts[name] != other.parts[name]}


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    shutil.copytree(THEME_DIR, tmp_path / "overrides")
    return tmp_path / "overrides"


def test_each_argument_changes_its_part_alone(templates: Path) -> None:
    base = take(templates)
    assert changed(base, take(templates)) == set()
    assert changed(base, take(templates, shells="other")) == {"shells"}
    assert changed(base, take(templates, site="other")) == {"site"}
    assert changed(base, take(templates, outputs=("report", "pictures"))) == {"outputs"}
    assert changed(base, take(templates, indicators=(Indicator(id="x", name="团员", unit="人"),))) == {"indicators"}


@pytest.mark.parametrize("name", ["main.html", "nianbao/report.html", "nianbao/parts/deep/own.html", "nianbao/own.svg"])
def test_every_file_under_overrides_at_any_depth_counts(templates: Path, name: str) -> None:
    base = take(templates)
    path = templates / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("changed", encoding="utf-8")
    assert changed(base, take(templates)) == {"templates"}


def test_every_module_of_the_program_counts(templates: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "nianbao"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(fingerprint, "_find_package", lambda: copy)
    base = take(templates, draws=True)
    for name, parts in (
        ("writers/inline.py", {"program"}),
        ("pipeline/site.py", {"program"}),
        ("writers/cards/paint.py", {"program", "drawing"}),
        ("text/line_breaking.py", {"program", "drawing"}),
        ("views/card/tell.py", {"program", "drawing"}),
        ("facts/salience.py", {"program", "drawing"}),
        ("editions/edition.py", {"program", "drawing"}),
        ("editions/addresses.py", {"program"}),
        ("starter/mkdocs.yml", set()),
    ):
        path = copy / name
        old = path.read_bytes()
        path.write_bytes(old + b"\n")
        assert changed(base, take(templates, draws=True)) == parts, name
        path.write_bytes(old)


@pytest.mark.parametrize("name", [*fingerprint._OF_PAGES, *fingerprint._OF_PICTURES])
def test_the_version_of_what_shapes_bytes_counts(templates: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    base = take(templates, draws=True)
    real = fingerprint.version
    monkeypatch.setattr(fingerprint, "version", lambda asked: "99" if asked == name else real(asked))
    assert changed(base, take(templates, draws=True)) == {"program" if name in fingerprint._OF_PAGES else "drawing"}


def test_the_fonts_count_by_their_content(templates: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    font = tmp_path / "font.ttf"
    font.write_bytes(b"one")
    monkeypatch.setattr(fingerprint, "find_font_paths", lambda: (font,))
    base = take(templates, draws=True)
    font.write_bytes(b"two")
    assert changed(base, take(templates, draws=True)) == {"drawing"}
    assert take(templates).parts["drawing"] == "", "a build that draws nothing reads no fonts"


def test_what_draws_is_all_in_the_list() -> None:
    """Everything of the package that the drawing modules import is named in DRAWING_SOURCES."""
    code = (
        "import sys, nianbao.writers.cards.draw, nianbao.writers.cards.themes, nianbao.views.card.pack\n"
        "print(*(m.__file__ for n, m in sys.modules.items() if n.split('.')[0] == 'nianbao' and m.__file__), sep='\\n')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {Path(line).relative_to(PACKAGE).as_posix() for line in done.stdout.split()}
    assert len(loaded) > 40
    missing = {name for name in loaded if not name.startswith(tuple(DRAWING_SOURCES))}
    assert not missing


def test_no_layout_reads_an_address_that_its_picture_s_key_does_not_hold() -> None:
    layouts = sorted((PACKAGE / "writers/cards").glob("*.py"))
    assert len(layouts) > 10
    assert not [
        path.name for path in layouts if re.search(r"editions.addresses|\.address\b", path.read_text(encoding="utf-8"))
    ]


def test_outputs_name_inputs_that_exist() -> None:
    for output in OUTPUTS:
        assert set(output.inputs) <= set(INPUTS), output.name
    with pytest.raises(KeyError):
        Fingerprint({}).of(["nothing"])
