"""A preview hears of every saved file, of nothing else, and says so where it must look for itself."""

from __future__ import annotations

import errno
import logging
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mkdocs.livereload import LiveReloadServer

from nianbao.app import watching
from nianbao.app.watching import Watcher, watch_natively

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere MkDocs watches as it always did")

_PATIENCE_SECONDS = 5.0
_QUIET_SECONDS = 0.3


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    for folder in ("docs", "data/qingxi", "data/beishan", ".cache/nianbao"):
        (root / folder).mkdir(parents=True)
    for name in ("mkdocs.yml", "docs/index.md", "data/districts.yml", "data/qingxi/2020.yml", "data/beishan/2020.yml"):
        (root / name).write_text("a: 1\n", encoding="utf-8")
    return root


def make_server(project: Path, builder: Callable[[], None] = lambda: None) -> LiveReloadServer:
    """Watch as `mkdocs serve` does: two paths before the event, the others after it."""
    server = LiveReloadServer(builder, "127.0.0.1", 0, str(project.parent))
    server.watch(str(project / "docs"))
    server.watch(str(project / "mkdocs.yml"))
    watch_natively(server)
    server.watch(str(project / "data"))
    return server


@pytest.fixture
def server(project: Path) -> Iterator[LiveReloadServer]:
    made = make_server(project)
    made.observer.start()
    yield made
    made.observer.stop()
    made.observer.join()
    made.server_close()


def hears(server: LiveReloadServer, patience_seconds: float = _PATIENCE_SECONDS) -> bool:
    end = time.monotonic() + patience_seconds
    while time.monotonic() < end:
        if server._want_rebuild:
            return True
        time.sleep(0.005)
    return False


def write(project: Path) -> None:
    (project / "data/qingxi/2020.yml").write_text("a: 2\n", encoding="utf-8")


def rename_onto(project: Path) -> None:
    (project / "data/qingxi/.2020.yml.part").write_text("a: 2\n", encoding="utf-8")
    (project / "data/qingxi/.2020.yml.part").rename(project / "data/qingxi/2020.yml")


def rename_onto_from_elsewhere(project: Path) -> None:
    (project / ".cache/new").write_text("a: 2\n", encoding="utf-8")
    (project / ".cache/new").rename(project / "data/qingxi/2020.yml")


def back_up_and_write(project: Path) -> None:
    path = project / "data/qingxi/2020.yml"
    path.rename(path.with_name("2020.yml~"))
    path.write_text("a: 2\n", encoding="utf-8")


def write_settings(project: Path) -> None:
    (project / "mkdocs.yml").write_text("a: 2\n", encoding="utf-8")


def rename_onto_settings(project: Path) -> None:
    (project / "settings.new").write_text("a: 2\n", encoding="utf-8")
    (project / "settings.new").rename(project / "mkdocs.yml")


def write_in_docs(project: Path) -> None:
    (project / "docs/index.md").write_text("# b\n", encoding="utf-8")


def add_folder(project: Path) -> None:
    (project / "data/nanhu").mkdir()
    (project / "data/nanhu/2020.yml").write_text("a: 2\n", encoding="utf-8")


def delete(project: Path) -> None:
    (project / "data/qingxi/2020.yml").unlink()


def move_folder_in(project: Path) -> None:
    shutil.copytree(project / "data/qingxi", project / ".cache/nanhu")
    (project / ".cache/nanhu").rename(project / "data/nanhu")


def move_folder_away(project: Path) -> None:
    (project / "data/qingxi").rename(project.parent / "bin")


def rename_folder(project: Path) -> None:
    (project / "data/qingxi").rename(project / "data/nanhu")


CHANGES = (
    write, rename_onto, rename_onto_from_elsewhere, back_up_and_write, write_settings, rename_onto_settings,
    write_in_docs, add_folder, delete, move_folder_in, move_folder_away, rename_folder,
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change_is_heard(server: LiveReloadServer, project: Path, change: Callable[[Path], None]) -> None:
    assert server.observer.is_native
    change(project)
    assert hears(server)


@pytest.mark.parametrize("change", [add_folder, move_folder_in, rename_folder], ids=lambda change: change.__name__)
def test_a_later_folder_is_watched(server: LiveReloadServer, project: Path, change: Callable[[Path], None]) -> None:
    change(project)
    assert hears(server)
    time.sleep(_QUIET_SECONDS)
    server._want_rebuild = False
    (project / "data/nanhu/2020.yml").write_text("a: 3\n", encoding="utf-8")
    assert hears(server)


def replace_by_renaming(project: Path) -> None:
    shutil.copytree(project / "data", project / "data.new")
    (project / "data").rename(project / "data.old")
    (project / "data.new").rename(project / "data")


def delete_and_copy(project: Path) -> None:
    shutil.copytree(project / "data", project / "data.new")
    shutil.rmtree(project / "data")
    time.sleep(0.05)
    shutil.copytree(project / "data.new", project / "data")


@pytest.mark.parametrize("change", [replace_by_renaming, delete_and_copy], ids=lambda change: change.__name__)
def test_a_folder_in_the_place_of_the_watched_one_is_watched(
    server: LiveReloadServer, project: Path, change: Callable[[Path], None]
) -> None:
    for _ in range(2):
        change(project)
        assert hears(server)
        time.sleep(_QUIET_SECONDS)
        server._want_rebuild = False
        write(project)
        assert hears(server)
        for name in ("data.old", "data.new"):
            shutil.rmtree(project / name, ignore_errors=True)
        time.sleep(_QUIET_SECONDS)
        server._want_rebuild = False


def test_what_is_no_change_is_not_heard(server: LiveReloadServer, project: Path) -> None:
    for path in project.rglob("*.yml"):
        path.read_bytes()
    (project / "data/qingxi/2020.yml").chmod(0o600)
    for name in (
        ".cache/nianbao/page", "site.building", "bench.log", "docs/.index.md.swp", "docs/.cache",
        "data/qingxi/.2020.yml.swp", "data/qingxi/2020.yml~", "data/qingxi/~$2020.yml", "data/qingxi/#2020.yml#",
    ):  # fmt: skip
        (project / name).write_text("x", encoding="utf-8")
        (project / name).unlink()
    assert not hears(server, _QUIET_SECONDS)


def test_own_icons_are_heard(server: LiveReloadServer, project: Path) -> None:
    (project / "docs/.icons").mkdir()
    assert hears(server)


class Served:
    """A server at work, with the times at which it built and what the file held then."""

    def __init__(self, project: Path) -> None:
        self.path = project / "data/qingxi/2020.yml"
        self.built: list[str] = []
        self.server = make_server(project, self.build)
        self.thread = threading.Thread(target=self.server.serve, daemon=True)
        self.thread.start()
        end = time.monotonic() + _PATIENCE_SECONDS
        while not self.server.serve_thread.is_alive() and time.monotonic() < end:
            time.sleep(0.005)

    def build(self) -> None:
        """Read everything and write into the cache, as a build does."""
        (self.path.parents[2] / ".cache/nianbao/page").write_bytes(self.path.read_bytes())
        self.built.append(self.path.read_text(encoding="utf-8"))

    def wait(self, count: int) -> bool:
        end = time.monotonic() + _PATIENCE_SECONDS
        while len(self.built) < count and time.monotonic() < end:
            time.sleep(0.005)
        time.sleep(_QUIET_SECONDS)
        return len(self.built) == count


@pytest.fixture
def served(project: Path) -> Iterator[Served]:
    running = Served(project)
    yield running
    running.server.shutdown(wait=True)
    running.thread.join(timeout=5)
    assert not running.thread.is_alive()


def test_a_burst_of_saves_gives_one_build_and_a_build_gives_none(served: Served, project: Path) -> None:
    for number in range(10):
        served.path.write_text(f"a: {number}\n", encoding="utf-8")
        time.sleep(0.01)
    assert served.wait(1), served.built
    assert served.built == ["a: 9\n"]
    rename_onto(project)
    assert served.wait(2), served.built


def test_a_change_of_thousands_of_files_is_built_to_its_end(served: Served) -> None:
    for number in range(5000):
        (served.path.parent / f"{number}.yml").write_text("a: 1\n", encoding="utf-8")
    served.path.write_text("last\n", encoding="utf-8")
    end = time.monotonic() + _PATIENCE_SECONDS
    while served.built[-1:] != ["last\n"] and time.monotonic() < end:
        time.sleep(0.01)
    assert served.built[-1] == "last\n"


def start_and_listen(server: LiveReloadServer, caplog: pytest.LogCaptureFixture) -> Watcher:
    with caplog.at_level(logging.INFO, logger="mkdocs"):
        server.observer.start()
    assert isinstance(server.observer, Watcher)
    return server.observer


def link(project: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (project / "data/beishan/2021.yml").symlink_to(project / "data/beishan/2020.yml")
    return "data/beishan/2021.yml 是链接"


def mount_around(project: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(watching, "_read_mounts", lambda: [("", "ext4"), (str(project), "nfs4")])
    return "nfs4"


def mount_below(project: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(watching, "_read_mounts", lambda: [("", "ext4"), (str(project / "data/qingxi"), "cifs")])
    return "cifs"


def take_watches(project: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    count = watching._count_kernel_watches
    monkeypatch.setattr(watching, "_count_kernel_watches", lambda: count() - 1)
    return "fs.inotify.max_user_watches"


def take_instances(project: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    def refuse() -> None:
        raise OSError(errno.EMFILE, "inotify instance limit reached")

    monkeypatch.setattr(watching, "Observer", refuse)
    return "max_user_instances"


@pytest.mark.parametrize(
    "hinder", [link, mount_around, mount_below, take_watches, take_instances], ids=lambda hinder: hinder.__name__
)
def test_where_the_system_cannot_be_relied_on_files_are_looked_at(
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    hinder: Callable[[Path, pytest.MonkeyPatch], str],
) -> None:
    reason = hinder(project, monkeypatch)
    server = make_server(project)
    watcher = start_and_listen(server, caplog)
    try:
        assert not watcher.is_native
        assert reason in caplog.text
        write(project)
        assert hears(server)
        server._want_rebuild = False
    finally:
        server.shutdown()
        watcher.join()


def test_where_it_can_nothing_is_said(project: Path, caplog: pytest.LogCaptureFixture) -> None:
    # A link to the whole folder is no hindrance.
    (project / "data").rename(project.parent / "elsewhere")
    (project / "data").symlink_to(project.parent / "elsewhere")
    server = make_server(project)
    watcher = start_and_listen(server, caplog)
    try:
        assert watcher.is_native
        assert not caplog.text
        write(project)
        assert hears(server)
    finally:
        server.shutdown()
        watcher.join()


def test_what_was_watched_before_stays_counted(project: Path) -> None:
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(project))
    for _ in range(2):
        server.watch(str(project / "docs"), recursive=False)
    watch_natively(server)
    server.unwatch(str(project / "docs"))
    assert server._watched_paths == {str(project / "docs"): 1}
    (project / "docs/deep").mkdir()
    server.observer.start()
    try:
        (project / "docs/deep/page.md").write_text("x", encoding="utf-8")
        assert not hears(server, _QUIET_SECONDS)
        write_in_docs(project)
        assert hears(server)
    finally:
        server.shutdown()


def test_mounts_are_told_apart() -> None:
    mounts = [("", "overlay"), ("/srv", "ext4"), ("/srv/a b", "nfs4"), ("/srv/over", "nfs4"), ("/srv/over", "tmpfs")]
    found = {
        root: watching._find_foreign_file_system(root, mounts)
        for root in ("/home", "/srv", "/srv/a", "/srv/a b", "/srv/a b/data", "/srv/a bc", "/srv/over/data")
    }
    assert found == {
        "/home": "", "/srv": "nfs4", "/srv/a": "", "/srv/a b": "nfs4", "/srv/a b/data": "nfs4", "/srv/a bc": "",
        "/srv/over/data": "",
    }  # fmt: skip
    assert any(place == "" for place, _ in watching._read_mounts())
