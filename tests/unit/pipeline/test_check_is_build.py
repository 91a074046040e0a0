"""What `check` passes is built, and what the build refuses `check` refuses, in the same words."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.card_fixtures import ODD_REPORTS, make_pack_of
from tests.site_building import ROOT, make_project, run_mkdocs

from nianbao.app.check_reports import check_reports
from nianbao.errors import DataError, format_errors
from nianbao.model import District, Report
from nianbao.pipeline.jobs import DistrictJob, Workshop, run_district_job
from nianbao.pipeline.outputs import OUTPUTS
from nianbao.pipeline.picture_checks import MOST_PICTURES, is_surely_drawable
from nianbao.theme import THEME_DIR
from nianbao.views.card.cards import Brand
from nianbao.views.card.pack import PlannedCard
from nianbao.views.page.site import SiteView
from nianbao.writers.cards import draw
from nianbao.writers.cards.layouts import compose
from nianbao.writers.pages import Shell

_DISTRICT = District.model_validate({"slug": "mouqu", "name": "某区"})
_BASE = """schema: 1
period: 2023
kind: annual
title: 青春同行
publisher: 共青团某区委员会
lead: 这一年，做成了几件事。
parts:
  - role: results
    title: 做成的事
    sections:
      - title: 学习
        lead: 学习不断线。
        items:
          - id: study
            title: 学习有阵地
            text: 全年学习13次，覆盖5270名团员，资金137.05万元。
            figures:
              - {quote: 13次, label: 学习, value: 13, unit: 次}
              - {quote: 5270名, label: 团员}
          - id: aid
            title: 帮扶
            text: 送去**万元。
  - role: plan
    title: 打算
    sections: [{items: [{id: p-home, title: 建家, text: 建成青年之家。}]}]
highlights: [study/5270名]
revisions: [{date: 2024-02-01, reason: 更正人数, items: [study]}]
"""
_PIECES = (
    "\u2062", "\ufe0f", "\u3164", "\ue000", "\u0378", "\u202e", "\u00a0", "\u3000", "\u2003", "🎉", "❤", "𠮷", "𬭊",
    "\U000323af", "é", "e\u0301", "\u0301" * 9, "①", "བོད", "ئۇ", "กำ", "５２７０", "0", "-", "−", "**", "1e999999999",
    "\n", "\t", '"\\u2764"', "'", ": ", "#", "{", "长" * 130, "好" * 400, "W" * 90, "一\n            " * 50, "万", "余",
    ".5", "%",
)  # fmt: skip
_ODD_TEXTS = st.lists(st.sampled_from(_PIECES) | st.text(max_size=3), min_size=1, max_size=2).map("".join)


@pytest.fixture(scope="module")
def workshop() -> Iterator[Workshop]:
    """A workshop that composes each picture and paints none."""

    def compose_alone(picture: PlannedCard, brand: Brand, _theme: object) -> bytes:
        return compose(picture.card, brand).layout.encode()

    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(draw, "draw_picture", compose_alone)
        shells = dict.fromkeys(range(5), Shell("<html>", "<body>", "</body></html>"))
        root = Path(folder)
        (root / "data" / "mouqu").mkdir(parents=True)
        yield Workshop(
            root, (THEME_DIR,), root / "cache", {"mouqu": _DISTRICT}, {}, shells, SiteView.empty(),
            OUTPUTS, "tests",
        )  # fmt: skip


def check_and_build(workshop: Workshop, content: str) -> tuple[tuple[DataError, ...], tuple[DataError, ...]]:
    """Return what the check, and what the build has to say of a report."""
    path = workshop.root / "data" / "mouqu" / "2023.yml"
    path.write_text(content, encoding="utf-8", errors="surrogatepass", newline="")
    names = tuple(output.name for output in OUTPUTS)
    checked = run_district_job(workshop, DistrictJob("mouqu", (str(path),), None))
    return checked.errors, run_district_job(workshop, DistrictJob("mouqu", (str(path),), names)).errors


@settings(max_examples=150, deadline=None)
@given(place=st.floats(0, 1), length=st.integers(0, 4), text=_ODD_TEXTS)
@example(place=0.3, length=0, text="")
@example(place=_BASE.index("5270名团员") / len(_BASE), length=0, text="🎉")
def test_check_and_build_say_the_same(workshop: Workshop, place: float, length: int, text: str) -> None:
    at = int(place * len(_BASE))
    checked, built = check_and_build(workshop, _BASE[:at] + text + _BASE[at + length :])
    assert checked == built


@pytest.mark.parametrize("character", ["🎉", "\U000323af", "e\u0301", "བོ"])
def test_what_the_fonts_lack_is_told_by_both(workshop: Workshop, character: str) -> None:
    checked, built = check_and_build(workshop, _BASE.replace("建成", f"建成{character}"))
    assert checked == built
    assert checked[0].line == 25
    assert "在字体里没有，图片上写不出来" in checked[0].problem
    assert ("安装" in checked[0].fix) == (character == "\U000323af"), "no font of Debian's has the others"


@pytest.mark.parametrize("character", "𠮷𬭊①→㎡é")
def test_rare_characters_that_the_fonts_have_are_built(workshop: Workshop, character: str) -> None:
    assert check_and_build(workshop, _BASE.replace("建成", f"建成{character}")) == ((), ())


def test_too_many_pictures_are_refused_with_their_number_and_what_has_most(workshop: Workshop) -> None:
    lines = "\n".join(f"                {'好' * 30}" for _ in range(640))
    items = "".join(f"\n          - id: i-{at}\n            text: |\n{lines}" for at in range(6))
    report = _BASE.replace("          - id: study\n", f"{items.removeprefix(chr(10))}\n          - id: study\n")
    checked, built = check_and_build(workshop, report)
    assert checked == built
    (error,) = checked
    assert error.problem.startswith("要画 ")
    assert error.problem.endswith(f" 张图片，一份报告最多 {MOST_PICTURES} 张，一张也没有画")
    assert "图片最多的条目是 i-" in error.fix


def _make_many(rng: random.Random) -> Report:
    """A report of any shape, up to about the most pictures."""

    def write(most: int) -> str:
        pieces = (
            rng.choice(("好", "长" * 40, "W" * 20, "\n", "做了5次，", "办成了。")) for _ in range(rng.randint(1, most))
        )
        return f"好{''.join(pieces)}好"

    def write_title() -> str:
        return rng.choice(("短", "长" * rng.randint(1, 120), "W" * rng.randint(1, 120)))

    def make_section(key: str) -> dict[str, object]:
        items = [
            {
                "id": f"{key}-{at}",
                "text": write(rng.choice((3, 30, 200))),
                **({"title": write_title()} if at % 3 else {}),
            }
            for at in range(rng.choice((0, 1, 5, 30)))
        ]
        return {"items": items} | ({"title": write_title()} if rng.random() < 0.7 else {}) | {"lead": write(20)}

    parts = [
        {"role": role, "title": write_title(), "lead": write(10),
         "sections": [make_section(f"{role}-{at}") for at in range(rng.randint(1, 3))]}
        for role in ("results", "problems", "plan")
    ]  # fmt: skip
    return Report.model_validate({"period": "2023", "kind": "annual", "title": write_title(), "parts": parts})


@pytest.mark.parametrize("report", [*ODD_REPORTS.values(), *(_make_many(random.Random(seed)) for seed in range(60))])
def test_a_report_that_looks_drawable_has_not_too_many_pictures(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The short look errs on the side of a longer one, wherever the limit were."""
    count = len(make_pack_of(report).pictures)
    monkeypatch.setattr("nianbao.pipeline.picture_checks.MOST_PICTURES", count - 1)
    assert not is_surely_drawable(report, _DISTRICT, "")


def test_reports_of_usual_length_need_the_short_look_alone() -> None:
    for path in sorted((ROOT / "data").glob("*/2*.yml")):
        written = path.read_text(encoding="utf-8")
        report = Report.model_validate(yaml.safe_load(written))
        assert is_surely_drawable(report, _DISTRICT, written), path


def test_a_real_build_says_what_the_check_says(tmp_path: Path) -> None:
    site = make_project(tmp_path / "site", data_dir=ROOT / "tests" / "sites" / "basic" / "data", cards=True)
    report = site / "data" / "dongli" / "2023.yml"
    written = report.read_text(encoding="utf-8")
    for title in ("书屋🎉开门", "书屋\u2062开门", "长" * 121):
        report.write_text(written.replace("书屋开门那天下着雨\npub", f"{title}\npub"), encoding="utf-8")
        checked = check_reports(site / "data", root=site).errors
        done = run_mkdocs(site, "build")
        assert done.returncode != 0
        assert format_errors(checked) in done.stderr
        assert "Traceback" not in done.stderr


def test_without_pictures_a_character_that_the_fonts_lack_is_no_mistake(tmp_path: Path) -> None:
    site = make_project(tmp_path / "site", data_dir=ROOT / "tests" / "sites" / "basic" / "data", cards=False)
    report = site / "data" / "dongli" / "2023.yml"
    report.write_text(
        report.read_text(encoding="utf-8").replace("title: 书屋开门", "title: 🎉书屋开门"), encoding="utf-8"
    )
    assert check_reports(site / "data", root=site).errors == ()
    assert run_mkdocs(site, "build", "--strict").returncode == 0


def test_the_check_knows_the_options_as_a_build_does(tmp_path: Path) -> None:
    data_dir = ROOT / "tests" / "sites" / "basic" / "data"
    site = make_project(tmp_path / "site", data_dir=data_dir, publisher="长" * 121)
    (error,) = check_reports(site / "data", root=site).errors
    assert (error.file, error.key) == ("mkdocs.yml", "extra.nianbao.publisher")
    assert format_errors([error]) in run_mkdocs(site, "build").stderr
