"""`mkdocs serve` as an editor uses it: an edit shows, a mistake is told and does not end the preview."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import psutil
import pytest

from tests.site_building import ROOT, make_project
from tests.sites.test_inputs import Project

PATIENCE_SECONDS = 300


class Preview:
    """A running preview and what it has printed."""

    def __init__(self, folder: Path, *, environment: Mapping[str, str] = os.environ) -> None:
        self.folder = folder
        # The system chooses the port, so that no other program can take it meanwhile.
        command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-a", "127.0.0.1:0"]
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env=environment,
        )
        self.printed = ""
        self._has_ended = False
        self._has_printed = threading.Condition()
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._has_printed:
                self.printed += line
                self._has_printed.notify_all()
        with self._has_printed:
            self._has_ended = True
            self._has_printed.notify_all()

    @functools.cached_property
    def address(self) -> str:
        """Where it serves, once it does."""
        assert self.wait(lambda: "预览在" in self.printed), self.printed
        (port,) = (
            connection.laddr[1]
            for connection in psutil.Process(self.process.pid).net_connections("tcp4")
            if connection.status == psutil.CONN_LISTEN
        )
        return f"127.0.0.1:{port}"

    def read(self, path: str) -> str:
        """The page as it is after what is being built; "" when there is none."""
        try:
            with urllib.request.urlopen(f"http://{self.address}/nianbao/{path}", timeout=PATIENCE_SECONDS) as answer:
                return str(answer.read().decode())
        except OSError:
            return ""

    def wait(self, condition: Callable[[], bool]) -> bool:
        """Ask for the condition now and after each line that is printed, until it holds."""
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            with self._has_printed:
                asked_at, is_last = len(self.printed), self._has_ended
            if condition():
                return True
            with self._has_printed:
                is_told = self._has_printed.wait_for(
                    lambda at=asked_at: len(self.printed) > at or self._has_ended, timeout=end - time.monotonic()
                )
            if is_last or not is_told:
                return False

    def end(self) -> None:
        """End it and all that listens to it."""
        self.process.terminate()
        self.process.wait(timeout=PATIENCE_SECONDS)
        self._listening.join(timeout=PATIENCE_SECONDS)


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    # An address without its slash, as people write it.
    project = make_project(tmp_path / "p", data_dir=ROOT / "data", site_url="https://example.org/nianbao")
    running = Preview(project)
    yield running
    running.end()


def test_an_edit_shows_a_mistake_is_told_and_mending_it_shows(preview: Preview) -> None:
    report = preview.folder / "data" / "xigu" / "2023.yml"
    good = report.read_text(encoding="utf-8")
    assert preview.wait(lambda: "青春献礼" in preview.read("xigu/2023/")), preview.printed

    assert 'rel="canonical" href="https://example.org/nianbao/xigu/2023/"' in preview.read("xigu/2023/"), (
        "the final address"
    )

    report.write_text(good.replace("青春献礼", "改过的标题", 1), encoding="utf-8")
    assert preview.wait(lambda: "改过的标题" in preview.read("xigu/2023/")), preview.printed
    assert "改过的标题" in preview.read("archive/")

    report.write_text(good.replace("kind: annual", "kind: anual"), encoding="utf-8")
    assert preview.wait(lambda: "data/xigu/2023.yml:4: kind" in preview.printed), preview.printed
    assert "Traceback" not in preview.printed

    report.write_text(good.replace("青春献礼", "又改的标题", 1), encoding="utf-8")
    assert preview.wait(lambda: "又改的标题" in preview.read("xigu/2023/")), preview.printed
    assert not (preview.folder / "site").exists(), "a preview leaves no site folder"


def test_what_a_preview_makes_after_an_update_of_the_program_is_never_taken_over(tmp_path: Path) -> None:
    project = Project(tmp_path / "p")
    project.set(own_cards=False, site_url="https://example.org/nianbao/")
    running = Preview(project.folder, environment=project.environment)
    try:
        assert running.wait(lambda: "</html>" in running.read("dongli/2023/")), running.printed
        project.edit(
            "hooks/nianbao/views/data/record.py", '"district": _told', '"district_slug": _told'
        )  # as `git pull` does
        project.edit("data/dongli/2023.yml", "title: ", "title: 新")
        assert running.wait(lambda: "程序更新了" in running.printed), running.printed
        assert running.wait(lambda: "<title>新" in running.read("dongli/2023/")), running.printed
    finally:
        running.end()
    after_preview = project.build()
    assert b"district_slug" in after_preview["dongli/2023/report.json"]
    project.forget()
    assert project.build() == after_preview
