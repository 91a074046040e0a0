"""Wall time, processor time and peak memory of a command and all its processes (Linux)."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

SAMPLE_PAUSE_SECONDS = 0.025


class CommandError(Exception):
    """A command that should have worked did not; holds the end of what it said."""


@dataclass(frozen=True, slots=True)
class Timing:
    """One run: wall-clock seconds, and user + system seconds of the command and every process it waited for."""

    wall_seconds: float
    cpu_seconds: float


def run_timed(command: Sequence[str], *, folder: Path) -> Timing:
    """Return how long the command takes. Nothing else is measured, so that nothing slows it. Raises: CommandError."""
    os.sync()  # what an earlier run wrote is not written back at this one's cost
    log = folder / "bench.log"
    with log.open("wb") as stream:
        begin = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=stream, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        wall_seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    _check(process.returncode, command, log)
    return Timing(wall_seconds, usage.ru_utime + usage.ru_stime)


def run_sampled(command: Sequence[str], *, folder: Path) -> int:
    """Return the peak memory in bytes: the largest sum of PSS over all living processes of the command.

    PSS counts a page that n processes share as 1/n in each, so a sum counts it once. Reading it halts the process for
    some milliseconds; therefore these runs are not timed. Peaks shorter than a sample's pause may be missed.
    Raises: CommandError.
    """
    log = folder / "bench.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(command, cwd=folder, stdout=stream, stderr=subprocess.STDOUT)
        peak = _Peak(process.pid)
        sampler = threading.Thread(target=peak.watch)
        sampler.start()
        try:
            process.wait()
        finally:
            peak.done.set()
            sampler.join()
    _check(process.returncode, command, log)
    return peak.size_bytes


class _Peak:
    """Watches a process and its descendants until `done` is set."""

    def __init__(self, pid: int) -> None:
        self.size_bytes = 0
        self.done = threading.Event()
        self._root = psutil.Process(pid)

    def watch(self) -> None:
        while not self.done.wait(SAMPLE_PAUSE_SECONDS):
            try:
                family = [self._root, *self._root.children(recursive=True)]
            except psutil.NoSuchProcess:
                return
            self.size_bytes = max(self.size_bytes, sum(_read_pss_bytes(member.pid) for member in family))


def _read_pss_bytes(pid: int) -> int:
    """The process's proportional set size; 0 when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def _check(code: int, command: Sequence[str], log: Path) -> None:
    if code:
        tail = log.read_text(encoding="utf-8", errors="replace")[-3000:]
        raise CommandError(f"{' '.join(command)}: exit code {code}\n{tail}")
