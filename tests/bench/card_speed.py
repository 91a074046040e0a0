"""Measures how fast cards are drawn.

`python -m tests.bench.card_speed [--cards 40] [--runs 3] [--keep FOLDER] [--own]`

The same cards, 1080 × 1440 with a title and 130 characters, each of its own wording, are drawn by nianbao, by satori
with resvg (npm), and by the social plugin of Material for MkDocs. All set the text in Noto Sans SC, and the others the
title too.

What each side does:
- nianbao goes from the text to the file: it tries sizes, breaks lines by its rules and titles between phrases, and
  draws. It is compared without QR codes, which the others do not have; what they add is shown in a line of its own.
- satori lays out with flexbox and breaks lines, at a size that it is told; resvg draws its SVG.
- The social plugin breaks lines at blanks alone and gets the text with its lines parted. It runs in one thread, and its
  fonts lie in its cache, where it would put what it downloads.

What is measured: user + system time of all processes, on one core. Start-up is taken off: of nianbao and satori, a run
that draws a single card; of the plugin, a build of the same pages without cards. Runs alternate; medians are shown.
Needs Linux, Node.js and npm, and the cairo library; with --own, which measures nianbao alone, Linux.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fontTools.varLib.instancer import instantiateVariableFont  # type: ignore[import-untyped]
from PIL import Image

from nianbao.writers.cards.font_files import find_font_paths
from tests.bench.drafts import PHRASES, draft_line
from tests.bench.measure import CommandError, run_timed
from tests.bench.run import describe_machine, tell

HERE = Path(__file__).resolve().parent / "cards"
REPOSITORY = Path(__file__).resolve().parents[2]
GOALS = {"satori + resvg": 5.0, "social plugin": 3.0}
_LONGEST_MS, _LARGEST_KB = 9.0, 45.0  # for nianbao, QR codes and all
_TEXT_LENGTH = 130
_LINE_LENGTH = 17
_SIZE_PX = (1080, 1440)


@dataclass(frozen=True, slots=True)
class Painter:
    """A program that draws the cards: `command` all of them, `base_command` what is taken off, `drawn` how many more
    the first draws. `clear` deletes what an earlier run left."""

    name: str
    folder: Path
    command: tuple[str, ...]
    base_command: tuple[str, ...]
    drawn: int
    pictures: Path
    clear: Callable[[], None]


def write_cards(count: int) -> list[dict[str, str]]:
    """Return that many cards, all of other words: name, head, title, text of 130 characters, publisher."""
    rng = random.Random(1)
    cards = []
    for number in range(count):
        text = ""
        while len(text) < _TEXT_LENGTH:
            text += draft_line(rng, rng.choice(PHRASES["openers"]) + rng.choice(PHRASES["closers"]))
        title = rng.choice(PHRASES["topics"])["items"][0]["title"]
        cards.append(
            {
                "name": f"card-{number:03d}",
                "head": "青溪区 · 2020",
                "title": title,
                "text": f"{text[: _TEXT_LENGTH - 1].rstrip('，。、')}。",
                "publisher": "共青团青溪区委员会",
            }
        )
    return cards


def prepare_own(base: Path, cards_path: Path, count: int, *, name: str, url: str = "") -> Painter:
    """Set up nianbao; with the site's `url`, its cards have QR codes."""
    out = _make_folder(base / ("own-with-codes" if url else "own"))
    command = (
        "env",
        f"PYTHONPATH={REPOSITORY}:{REPOSITORY / 'hooks'}",
        sys.executable,
        "-m",
        "tests.bench.cards.own",
        str(cards_path),
    )
    ends = (str(out), url) if url else (str(out),)
    return Painter(
        name, base, (*command, str(count), *ends), (*command, "1", *ends), count - 1, out, lambda: _empty(out)
    )


def prepare_satori(base: Path, cards_path: Path, count: int, fonts: Sequence[Path]) -> Painter:
    """Set up satori and resvg as the lock file has them. Raises: CommandError when npm cannot."""
    folder = _make_folder(base / "satori")
    for name in ("package.json", "package-lock.json", "satori.mjs"):
        shutil.copyfile(HERE / name, folder / name)
    _run(("npm", "ci", "--no-audit", "--no-fund"), folder)
    out = _make_folder(folder / "out")
    ends = (str(out), *map(str, fonts))
    command = ("node", "satori.mjs", str(cards_path))
    return Painter(
        "satori + resvg", folder, (*command, str(count), *ends), (*command, "1", *ends), count - 1, out,
        lambda: _empty(out),
    )  # fmt: skip


def prepare_social(base: Path, cards: Sequence[dict[str, str]], fonts: Sequence[Path]) -> Painter:
    """Set up a site of a page a card, with the social plugin and without."""
    folder = _make_folder(base / "social")
    cache = folder / "cache"
    family = _make_folder(cache / "fonts/Bench Sans")
    for font, style in zip(fonts, ("Regular", "Bold"), strict=True):
        shutil.copyfile(font, family / f"{style}.ttf")
    _make_folder(folder / "layouts")
    shutil.copyfile(HERE / "social_layout.yml", folder / "layouts/card.yml")
    docs = _make_folder(folder / "docs")
    for card in cards:
        text = card["text"]
        lines = " ".join(text[at : at + _LINE_LENGTH] for at in range(0, len(text), _LINE_LENGTH))
        meta = yaml.safe_dump({**card, "text": lines}, allow_unicode=True, width=1000)
        (docs / f"{card['name']}.md").write_text(f"---\n{meta}---\n{text}\n", encoding="utf-8")
    for name, is_drawn in (("with.yml", True), ("without.yml", False)):
        social = {
            "enabled": is_drawn, "concurrency": 1, "cache": False, "cache_dir": str(cache), "log": False,
            "cards_layout_dir": "layouts", "cards_layout": "card",
        }  # fmt: skip
        settings: dict[str, Any] = {
            "site_name": "年报", "site_url": "https://bench.example/",
            "theme": {"name": "material", "font": False}, "plugins": [{"material/social": social}],
        }  # fmt: skip
        (folder / name).write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    mkdocs = (str(Path(sys.executable).with_name("mkdocs")), "build", "--quiet", "-f")
    out = folder / "site/assets/images/social"

    def clear() -> None:
        shutil.rmtree(folder / "site", ignore_errors=True)
        shutil.rmtree(cache / "assets", ignore_errors=True)

    return Painter("social plugin", folder, (*mkdocs, "with.yml"), (*mkdocs, "without.yml"), len(cards), out, clear)


def cut_fonts(folder: Path) -> tuple[Path, Path]:
    """Return Noto Sans SC in 400 and 700 in a file each: the others set no weight of a variable font."""
    _make_folder(folder)
    paths = []
    for weight in (400, 700):
        with TTFont(find_font_paths()[0]) as font:
            path = folder / f"{weight}.ttf"
            instantiateVariableFont(font, {"wght": weight}).save(path)
            paths.append(path)
    return paths[0], paths[1]


def measure(painters: Sequence[Painter], *, runs: int) -> dict[str, list[float]]:
    """Return the milliseconds of one core that a card takes, for each painter and run. Raises: CommandError."""
    found: dict[str, list[float]] = {painter.name: [] for painter in painters}
    for _ in range(runs):
        for painter in painters:
            seconds = []
            for command in (painter.base_command, painter.command):
                painter.clear()
                seconds.append(run_timed(command, folder=painter.folder).cpu_seconds)
            found[painter.name].append((seconds[1] - seconds[0]) / painter.drawn * 1000)
            tell(f"  {painter.name}: {found[painter.name][-1]:.1f} ms a card")
    return found


def weigh_pictures(painter: Painter, *, count: int) -> float:
    """Return the mean size of the pictures of the last run, kB. Raises: CommandError when they are not as asked for."""
    paths = sorted(painter.pictures.glob("card-*.png"))
    for path in paths:
        with Image.open(path) as picture:
            if picture.size != _SIZE_PX:
                raise CommandError(f"{painter.name}: {path.name} is {picture.size}")
    if len(paths) != count:
        raise CommandError(f"{painter.name} drew {len(paths)} of {count} cards")
    return sum(path.stat().st_size for path in paths) / len(paths) / 1000


def format_table(found: dict[str, list[float]], sizes_kb: dict[str, float]) -> str:
    """Return the medians as a Markdown table; a ratio says how many times as fast nianbao is."""
    lines = ["| | ms a card | times as fast | goal | kB a card |", "| --- | ---: | ---: | ---: | ---: |"]
    own = statistics.median(found["nianbao"])
    for name, values in found.items():
        time_ms = statistics.median(values)
        ratio, goal = (f"{time_ms / own:.1f}", f"≥ {GOALS[name]:g}") if name in GOALS else ("", f"≤ {_LONGEST_MS:g} ms")
        goal_kb = "" if name in GOALS else f" (goal ≤ {_LARGEST_KB:.0f})"
        lines.append(f"| {name} | {time_ms:.1f} | {ratio} | {goal} | {sizes_kb[name]:.0f}{goal_kb} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the table; 1 when a program failed or is not there."""
    parser = argparse.ArgumentParser(prog="card_speed", description="Measure how fast cards are drawn.")
    parser.add_argument("--cards", type=int, default=40)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="keep all files, pictures among them, in this folder")
    parser.add_argument("--own", action="store_true", help="measure nianbao alone, without Node.js, npm and cairo")
    options = parser.parse_args(arguments)
    missing = [name for name in ("node", "npm") if shutil.which(name) is None]
    missing += [name for name in ("cairosvg", "psutil") if importlib.util.find_spec(name) is None]
    if missing and not options.own:
        tell(f"not installed: {', '.join(missing)}")
        return 1
    machine = describe_machine()
    core = min(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    base = options.keep or Path(tempfile.mkdtemp(prefix="nianbao-cards-"))
    try:
        cards = write_cards(options.cards)
        cards_path = _make_folder(base.resolve()) / "cards.json"
        cards_path.write_text(json.dumps(cards, ensure_ascii=False), encoding="utf-8")
        folder, url = base.resolve(), "https://bench.example/nianbao/"
        painters = [
            prepare_own(folder, cards_path, options.cards, name="nianbao"),
            prepare_own(folder, cards_path, options.cards, name="nianbao, with QR codes", url=url),
        ]
        if not options.own:
            tell("making fonts of one weight")
            fonts = cut_fonts(folder / "fonts")
            painters.append(prepare_satori(folder, cards_path, options.cards, fonts))
            painters.append(prepare_social(folder, cards, fonts))
        found = measure(painters, runs=options.runs)
        sizes_kb = {painter.name: weigh_pictures(painter, count=options.cards) for painter in painters}
    except CommandError as failure:
        tell(str(failure))
        return 1
    finally:
        if not options.keep:
            shutil.rmtree(base)
    print(f"{machine}; one core. Medians of {options.runs} runs.\n\n{format_table(found, sizes_kb)}")
    return 0


def _run(command: Sequence[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandError(f"{' '.join(command)}: {done.stdout}{done.stderr}")


def _make_folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path


def _empty(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


if __name__ == "__main__":
    raise SystemExit(main())
