"""A preview hears of every saved file, of nothing else, and says so where it must look for itself."""

from __future__ import annotations

import errno
import logging
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mkdocs.livereload import LiveReloadServer
from watchdog.events import FileSystemEvent, FileSystemEventHandler

from nianbao.app import watching
from nianbao.app.watching import Watcher, watch_natively

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere MkDocs watches as it always did")

_PATIENCE_SECONDS = 120.0


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    for folder in ("docs", "data/qingxi", "data/beishan", ".cache/nianbao"):
        (root / folder).mkdir(parents=True)
    for name in ("mkdocs.yml", "docs/index.md", "data/districts.yml", "data/qingxi/2020.yml", "data/beishan/2020.yml"):
        (root / name).write_text("a: 1\n", encoding="utf-8")
    return root


class Server(LiveReloadServer):
    """MkDocs's server, with the changed paths that it was told of and an event when it is at work."""

    def __init__(self, builder: Callable[[], None], project: Path) -> None:
        super().__init__(builder, "127.0.0.1", 0, str(project.parent))
        self.project = project
        self.told: list[str] = []
        self.at_work = threading.Event()

    def listen(self) -> None:
        """Note what is told from now on."""
        for wish in self._watch_refs.values():
            self._note(wish.handler)

    def _note(self, handler: FileSystemEventHandler) -> None:
        dispatch = handler.dispatch

        def note(event: FileSystemEvent) -> None:
            dispatch(event)
            with self._rebuild_cond:
                self.told.append(os.path.relpath(str(event.src_path), self.project))
                self._rebuild_cond.notify_all()

        handler.dispatch = note  # type: ignore[method-assign]

    def _build_loop(self) -> None:
        self.at_work.set()
        super()._build_loop()

    def hears(self, path: str = "") -> bool:
        """Wait until it was told of a change, of this path where one is given."""

        def is_told() -> bool:
            return path in self.told if path else self._want_rebuild

        with self._rebuild_cond:
            return self._rebuild_cond.wait_for(is_told, timeout=_PATIENCE_SECONDS)

    def settle(self, *places: str) -> set[str]:
        """Wait until all that happened so far was told; return the paths, and forget them.

        The system tells of the changes in one watched folder in their order, so a last one in each ends it: in the
        project's, by which a folder in another's place is known, then in those below it.
        """
        lasts = {"mkdocs.yml", *(f"{place}/last" for place in places)}
        before: set[str] = set()
        for last in sorted(lasts, key=lambda path: path.count("/")):
            with self._rebuild_cond:
                before |= set(self.told)
                self.told.clear()
            # Renamed from where nobody watches: that is told once, so that none is left over for the next time.
            (self.project / ".cache/last").write_text("a: last\n", encoding="utf-8")
            (self.project / ".cache/last").rename(self.project / last)
            assert self.hears(last), last
        with self._rebuild_cond:
            before |= set(self.told)
            self.told.clear()
            self._want_rebuild = False
        return before - lasts


def make_server(project: Path, builder: Callable[[], None] = lambda: None) -> Server:
    """Watch as `mkdocs serve` does: two paths before the event, the others after it."""
    server = Server(builder, project)
    server.watch(str(project / "docs"))
    server.watch(str(project / "mkdocs.yml"))
    watch_natively(server)
    server.watch(str(project / "data"))
    server.listen()
    return server


@pytest.fixture
def server(project: Path) -> Iterator[Server]:
    made = make_server(project)
    made.observer.start()
    yield made
    made.observer.stop()
    made.observer.join()
    made.server_close()


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
def test_a_change_is_heard(server: Server, project: Path, change: Callable[[Path], None]) -> None:
    assert server.observer.is_native
    change(project)
    assert server.hears()


@pytest.mark.parametrize("change", [add_folder, move_folder_in, rename_folder], ids=lambda change: change.__name__)
def test_a_later_folder_is_watched(server: Server, project: Path, change: Callable[[Path], None]) -> None:
    change(project)
    assert server.settle("data")
    (project / "data/nanhu/2020.yml").write_text("a: 3\n", encoding="utf-8")
    assert server.hears("data/nanhu/2020.yml")


def replace_by_renaming(server: Server) -> None:
    data = server.project / "data"
    shutil.copytree(data, server.project / "data.new")
    data.rename(server.project / "data.old")
    (server.project / "data.new").rename(data)


def delete_and_copy(server: Server) -> None:
    data = server.project / "data"
    shutil.copytree(data, server.project / "data.new")
    shutil.rmtree(data)
    assert "data" in server.settle()
    shutil.copytree(server.project / "data.new", data)


@pytest.mark.parametrize("change", [replace_by_renaming, delete_and_copy], ids=lambda change: change.__name__)
def test_a_folder_in_the_place_of_the_watched_one_is_watched(
    server: Server, project: Path, change: Callable[[Server], None]
) -> None:
    for _ in range(2):
        change(server)
        assert "data" in server.settle("data")
        write(project)
        assert server.hears("data/qingxi/2020.yml")
        for name in ("data.old", "data.new"):
            shutil.rmtree(project / name, ignore_errors=True)
        server.settle("data")


def test_what_is_no_change_is_not_heard(server: Server, project: Path) -> None:
    for path in project.rglob("*.yml"):
        path.read_bytes()
    (project / "data/qingxi/2020.yml").chmod(0o600)
    for name in (
        ".cache/nianbao/page", "site.building", "bench.log", "docs/.index.md.swp", "docs/.cache",
        "data/qingxi/.2020.yml.swp", "data/qingxi/2020.yml~", "data/qingxi/~$2020.yml", "data/qingxi/#2020.yml#",
    ):  # fmt: skip
        (project / name).write_text("x", encoding="utf-8")
        (project / name).unlink()
    assert server.settle("data", "docs") == set()


def test_own_icons_are_heard(server: Server, project: Path) -> None:
    (project / "docs/.icons").mkdir()
    assert server.hears("docs/.icons")


class Served:
    """A server at work, with what the file held each time it built."""

    def __init__(self, project: Path) -> None:
        self.path = project / "data/qingxi/2020.yml"
        self.built: list[str] = []
        self.server = make_server(project, self.build)
        # Longer than a slow machine may pause amid a burst.
        self.server.build_delay = 0.5
        self._has_built = threading.Condition()
        self.thread = threading.Thread(target=self.server.serve, daemon=True)
        self.thread.start()
        assert self.server.at_work.wait(_PATIENCE_SECONDS)

    def build(self) -> None:
        """Read everything and write into the cache, as a build does."""
        (self.path.parents[2] / ".cache/nianbao/page").write_bytes(self.path.read_bytes())
        with self._has_built:
            self.built.append(self.path.read_text(encoding="utf-8"))
            self._has_built.notify_all()

    def wait(self, text: str) -> bool:
        """Wait until the last build saw the text."""
        with self._has_built:
            return self._has_built.wait_for(lambda: self.built[-1:] == [text], timeout=_PATIENCE_SECONDS)


@pytest.fixture
def served(project: Path) -> Iterator[Served]:
    running = Served(project)
    yield running
    running.server.shutdown(wait=True)
    running.thread.join(timeout=_PATIENCE_SECONDS)
    assert not running.thread.is_alive()


def test_a_burst_of_saves_gives_one_build_and_a_build_gives_none(served: Served, project: Path) -> None:
    for number in range(10):
        served.path.write_text(f"a: {number}\n", encoding="utf-8")
    assert served.wait("a: 9\n"), served.built
    rename_onto(project)
    assert served.wait("a: 2\n"), served.built
    assert served.built == ["a: 9\n", "a: 2\n"]
    assert served.server.settle("data", "docs") == {"data/qingxi/2020.yml"}, "no build was set off by a build's files"


def test_a_change_of_thousands_of_files_is_built_to_its_end(served: Served) -> None:
    for number in range(5000):
        (served.path.parent / f"{number}.yml").write_text("a: 1\n", encoding="utf-8")
    served.path.write_text("last\n", encoding="utf-8")
    assert served.wait("last\n")


def start_and_listen(server: Server, caplog: pytest.LogCaptureFixture) -> Watcher:
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
        assert server.hears("data/qingxi/2020.yml")
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
        assert server.hears()
    finally:
        server.shutdown()
        watcher.join()


def test_what_was_watched_before_stays_counted(project: Path) -> None:
    server = Server(lambda: None, project)
    for _ in range(2):
        server.watch(str(project / "docs"), recursive=False)
    watch_natively(server)
    server.unwatch(str(project / "docs"))
    assert server._watched_paths == {str(project / "docs"): 1}
    server.listen()
    (project / "docs/deep").mkdir()
    server.observer.start()
    try:
        (project / "docs/deep/page.md").write_text("x", encoding="utf-8")
        write_in_docs(project)
        assert server.hears("docs/index.md")
        assert set(server.told) == {"docs/index.md"}
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
