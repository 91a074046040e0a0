"""`python -m tests.kills`: kills builds at random moments and starts builds in pairs, and looks that nothing is lost.

Cold builds (no cache), warm ones (nothing changed) and edited ones, alone and with workers that draw. After each, the
site is byte for byte the old one or the new one, no source has changed, no process goes on, and the next build makes
the site that a build from nothing makes, and leaves nothing of the killed one.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

import psutil

from tests.site_building import ROOT, make_project

_REPORT = "data/dongli/2023.yml"
_BESIDE = re.compile(r"[0-9a-f]{32}\.[0-9a-f]{16}|.*\.new.*|[0-9a-f]{40}\.\d+|staging.*|.*\.old")


def digest_folder(folder: Path, *, without: Collection[str] = ()) -> dict[str, str]:
    """Return the digest of each file below a folder by its path, of a link where it leads; locks are no content."""
    return {
        path.relative_to(folder).as_posix(): str(path.readlink())
        if path.is_symlink()
        else hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if (path.is_symlink() or path.is_file())
        and path.name != ".site.lock"
        and path.relative_to(folder).parts[0] not in without
    }


def find_alive(processes: Sequence[psutil.Process], *, within_seconds: float) -> list[psutil.Process]:
    """Return those that have not ended by then; who has ended and is not buried holds nothing any more."""
    until = time.monotonic() + within_seconds
    while True:
        alive = [one for one in processes if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]
        if not alive or time.monotonic() > until:
            return alive
        time.sleep(0.01)


class Killable:
    """A project with two editions of its data, and the whole site of each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        text = (folder / _REPORT).read_text(encoding="utf-8")
        title = re.search(r"^title: (.*)$", text, re.MULTILINE)
        assert title
        self._texts = (text, text.replace(title[0], f"title: {title[1]}又一版"))
        self._wholes: list[dict[str, str]] = []
        self._seconds: list[float] = []
        for edition in (0, 1):
            self._edit(edition)
            for name in (".cache", "site", ".site.spare"):
                shutil.rmtree(folder / name, ignore_errors=True)
            start = time.perf_counter()
            self._build()
            self._seconds.append(time.perf_counter() - start)
            self._wholes.append(digest_folder(folder / "site"))
        assert self._wholes[0] != self._wholes[1]
        self._warm_seconds = time.perf_counter()
        self._build()
        self._warm_seconds = time.perf_counter() - self._warm_seconds
        self.outcomes: Counter[str] = Counter()

    def kill_cold(self, at: float) -> None:
        """Kill a build of the other edition, without a cache, when the part `at` of its time has passed."""
        shutil.rmtree(self.folder / ".cache")
        self._kill(1 - self.edition, at * self._seconds[0], "cold")

    def kill_edited(self, at: float) -> None:
        """Kill a build of the other edition."""
        self._kill(1 - self.edition, at * self._warm_seconds * 1.3, "edited")

    def kill_warm(self, at: float) -> None:
        """Kill a build of what is there."""
        self._kill(self.edition, at * self._warm_seconds, "warm")

    def build_twice_at_once(self, edition: int) -> None:
        """Start two builds, of which at least one makes the site and the other does too, or says why not."""
        self._edit(edition)
        sources = self._digest_sources()
        builds = [self._start() for _ in range(2)]
        said = [build.communicate(timeout=300)[0] for build in builds]
        codes = [build.returncode for build in builds]
        assert 0 in codes, said
        for code, text in zip(codes, said, strict=True):
            assert code == 0 or (code == 1 and "正在往这里写" in text), text
            assert "Traceback" not in text, text
        self.outcomes["pairs: both built" if codes == [0, 0] else "pairs: one was told"] += 1
        assert digest_folder(self.folder / "site") == self._wholes[edition]
        assert self._digest_sources() == sources
        self._look_for_leftovers()

    def _kill(self, edition: int, after_seconds: float, kind: str) -> None:
        old = self.edition
        self._edit(edition)
        sources = self._digest_sources()
        build = self._start()
        time.sleep(after_seconds)
        workers = psutil.Process(build.pid).children(recursive=True) if build.poll() is None else []
        build.kill()
        build.communicate()
        assert not find_alive(workers, within_seconds=5), "workers go on"
        found = digest_folder(self.folder / "site")
        assert found in (self._wholes[old], self._wholes[edition]), "half a site"
        self.outcomes[f"{kind}: {'with workers' if workers else 'alone'}, {self._tell(found, old, edition)}"] += 1
        assert self._digest_sources() == sources, "a source has changed"
        self._build()
        assert digest_folder(self.folder / "site") == self._wholes[edition], "not the site of a build from nothing"
        self._look_for_leftovers()

    def _tell(self, found: dict[str, str], old: int, edition: int) -> str:
        if old == edition:
            return "the same site"
        return "old site" if found == self._wholes[old] else "new site"

    def _edit(self, edition: int) -> None:
        self.edition = edition
        (self.folder / _REPORT).write_text(self._texts[edition], encoding="utf-8")

    def _digest_sources(self) -> dict[str, str]:
        return digest_folder(self.folder, without=("site", ".site.spare", ".cache"))

    def _start(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "nianbao", "build"]
        return subprocess.Popen(
            command, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        )  # fmt: skip

    def _build(self) -> None:
        build = self._start()
        said = build.communicate(timeout=300)[0]
        assert build.returncode == 0, said

    def _look_for_leftovers(self) -> None:
        places = (self.folder, self.folder / ".cache")
        left = [
            *(path for path in places[0].iterdir() if _BESIDE.fullmatch(path.name)),
            *(path for path in places[1].rglob("*") if _BESIDE.fullmatch(path.name)),
        ]
        assert not left, left


def main() -> int:
    """Kill and pair, and print the counts. The first thing that is lost ends it with an AssertionError."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--pairs", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as scratch:
        data_dir = ROOT / "tests" / "sites" / "basic" / "data"
        subjects = [
            Killable(make_project(Path(scratch) / "plain", data_dir=data_dir)),
            Killable(make_project(Path(scratch) / "drawn", data_dir=data_dir, cards=True, workers=2)),
        ]
        for number in range(given.kills):
            subject = subjects[number % 2]
            chance.choice((subject.kill_cold, subject.kill_edited, subject.kill_warm))(chance.uniform(0.1, 1.05))
        for number in range(given.pairs):
            subject = subjects[number % 2]
            subject.build_twice_at_once(chance.choice((0, 1)))
        outcomes = sum((subject.outcomes for subject in subjects), Counter())
    for name, count in sorted(outcomes.items()):
        print(f"{count:4}  {name}")
    print(f"{given.kills} kills and {given.pairs} pairs: nothing was lost")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
