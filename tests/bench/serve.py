"""How long a preview takes from a saved report to its new text, served over HTTP on this machine.

The programs are `mkdocs serve --livereload` and `hugo server`, each with its usual settings: Hugo renders only what it
holds to be touched and keeps all in memory. They run one after the other, never at once, since MkDocs may look at its
files all the time. A run saves the report with another number and asks for its page each 10 ms until the page shows it;
then it waits for a second and as long again as the edit took, so that what is left of a build does not burden the next.
The first edit is not counted: both then read what they keep later. MkDocs holds back its answer while it builds, and
Hugo answers with the old page; both are the same to the one who waits.

A port is the system's choice, read from the running program, so no other program can take it meanwhile. A program is
killed with all its children however the measurement ends, and what it leaves lies in the folder of the measurement.
"""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from tests.bench.contenders import Contender
from tests.bench.edit import edit_report
from tests.bench.measure import CommandError

_ASKING_PAUSE_SECONDS = 0.01
_REST_SECONDS = 1.0
# Of a build of 10,000 reports on a machine that others use, too.
_PATIENCE_SECONDS = 300.0


def measure_serve(contender: Contender, report_path: Path, *, runs: int, number: int) -> list[float]:
    """Return the seconds of each edit until the contender's preview shows it; edit n writes `number` + 10 n.

    Raises: CommandError when the preview ends or does not show an edit.
    """
    page = f"/{report_path.parent.name}/{report_path.stem}/"
    seconds = []
    with run_preview(contender) as preview:
        preview.wait_for(page, "</html>")
        for run in range(runs + 1):
            begin = time.perf_counter()
            quote = edit_report(report_path, number=number + 10 * run)
            preview.wait_for(page, quote)
            seconds.append(time.perf_counter() - begin)
            time.sleep(_REST_SECONDS + seconds[-1])
    return seconds[1:]


class Preview:
    """A running preview, asked over one connection, which is opened anew where the program closes it."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self._process = process
        self._log = log
        self._connection = http.client.HTTPConnection("127.0.0.1", self._find_port(), timeout=_PATIENCE_SECONDS)

    def wait_for(self, page: str, text: str) -> None:
        """Return as soon as the page holds the text. Raises: CommandError."""
        end = time.monotonic() + _PATIENCE_SECONDS
        while text not in self._read(page):
            self._check(end, f"{page} does not show {text}")
            time.sleep(_ASKING_PAUSE_SECONDS)

    def _read(self, page: str) -> str:
        """The page; "" when there is none yet."""
        try:
            self._connection.request("GET", page)
            answer = self._connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            return ""
        return text if answer.status == http.HTTPStatus.OK else ""

    def _find_port(self) -> int:
        """The port that the program listens on, once it does. Raises: CommandError."""
        end = time.monotonic() + _PATIENCE_SECONDS
        while True:
            with suppress(psutil.Error):  # it has ended
                for connection in psutil.Process(self._process.pid).net_connections("tcp4"):
                    if connection.status == psutil.CONN_LISTEN:
                        return int(connection.laddr[1])
            self._check(end, "listens to no port")
            time.sleep(_ASKING_PAUSE_SECONDS)

    def _check(self, end: float, complaint: str) -> None:
        if self._process.poll() is not None:
            complaint = f"ended with code {self._process.returncode}"
        elif time.monotonic() < end:
            return
        tail = self._log.read_text(encoding="utf-8", errors="replace")[-3000:]
        raise CommandError(f"{_join(self._process.args)}: {complaint}\n{tail}")


@contextmanager
def run_preview(contender: Contender) -> Iterator[Preview]:
    """Run the contender's preview; at the end it and all its children are killed."""
    log = contender.folder / "serve.log"
    with tempfile.TemporaryDirectory(dir=contender.folder) as leavings, log.open("wb") as stream:
        process = subprocess.Popen(
            contender.serve_command,
            cwd=contender.folder,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            env={**os.environ, "TMPDIR": leavings},
            start_new_session=True,
        )
        try:
            yield Preview(process, log)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _join(arguments: object) -> str:
    return " ".join(map(str, arguments)) if isinstance(arguments, Sequence) else str(arguments)
