"""A real browser on real sites, served under a path and with a strict content security policy."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.site_building import ROOT, build_site, make_material_project, make_project

MOUNT = "/nianbao/"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
# Material sets small scripts and pictures into its pages, and searches in a worker.
DOCUMENT_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'"
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True)
class ServedSite:
    """A built site and the address where it is served."""

    folder: Path
    url: str


class _Handler(http.server.SimpleHTTPRequestHandler):
    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(MOUNT.rstrip("/")))

    def do_GET(self) -> None:
        if not self.path.startswith(MOUNT):
            self.send_error(404, "outside the site")
            return
        super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", DOCUMENT_POLICY if self._is_of_material() else POLICY)
        super().end_headers()

    def _is_of_material(self) -> bool:
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if path.is_dir() else path
        return page.suffix == ".html" and page.is_file() and "__md_scope" in page.read_text(encoding="utf-8")

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert path, "这些测试要用 Chromium：apt install chromium"
    quiet = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=quiet, timeout=120_000)
        yield chromium
        chromium.close()


def serve(folder: Path) -> Iterator[ServedSite]:
    handler = functools.partial(_Handler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield ServedSite(folder, f"http://127.0.0.1:{server.server_port}{MOUNT}")
    server.shutdown()
    thread.join()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedSite]:
    """The site of data/, with its cards."""
    folder = make_project(tmp_path_factory.mktemp("demo"), data_dir=ROOT / "data", cards=True)
    yield from serve(build_site(folder))


@pytest.fixture(scope="session")
def basic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedSite]:
    """A site of two districts over several years, with everything configured."""
    folder = make_project(
        tmp_path_factory.mktemp("basic"),
        data_dir=ROOT / "tests" / "sites" / "basic" / "data",
        publisher="测试主办单位",
        contact="mail@example.org",
        icp="测ICP备00000000号",
        police="测公网安备00000000000000号",
        site_id_code="0000000000",
    )
    yield from serve(build_site(folder))


@pytest.fixture(scope="session")
def material(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedSite]:
    """A site that sets much of what MkDocs and Material offer, with a page of every component."""
    yield from serve(build_site(make_material_project(tmp_path_factory.mktemp("material") / "p")))
