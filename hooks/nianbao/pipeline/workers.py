"""Runs jobs in this process or in several.

A pool is a concurrent.futures.Executor, so a cluster can stand in for it.
"""

from __future__ import annotations

import concurrent.futures
import gc
import multiprocessing
import multiprocessing.connection
import os
import re
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from nianbao.errors import add_fix
from nianbao.pipeline.jobs import Workshop

Job = TypeVar("Job")
Result = TypeVar("Result")

# Below this many reports a pool costs more than it saves.
POOL_FROM_REPORTS = 48
_BATCH_REPORTS = 40

_SCHEDULER_ADDRESS = re.compile(r"(?:tcp|tls)://(?:[\w.-]+|\[[\da-fA-F:.]+\]):([1-9]\d{0,4})")

_workshop: Workshop | None = None


def _enter(workshop: Workshop) -> None:
    global _workshop  # noqa: PLW0603 - a worker process belongs to one build
    _workshop = workshop
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # What is imported stays, and jobs make trees: the collector runs between batches, not while one is made.
    gc.freeze()
    gc.disable()


def _end_with_parent() -> None:
    """End this process when its parent ends, however that ends: nobody asks for its results any more."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        # Forked workers hold the pipes of those before them: the last one hears of it first, then the one before.
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def _run_batch(run: Callable[[Workshop, Job], Result], jobs: tuple[Job, ...]) -> list[Result]:
    assert _workshop is not None
    results = [run(_workshop, job) for job in jobs]
    gc.collect()
    return results


def is_scheduler_address(text: str) -> bool:
    """Tell whether a text can be the address of a cluster's scheduler."""
    found = _SCHEDULER_ADDRESS.fullmatch(text)
    return found is not None and int(found[1]) < 1 << 16


class ClusterError(Exception):
    """A cluster cannot be used, or no longer; the message is in Chinese."""

    def __init__(self, address: str, problem: str, fix: str) -> None:
        super().__init__(address, problem, fix)  # as they are: workers send it

    def __str__(self) -> str:
        address, problem, fix = self.args
        return add_fix(f"集群 {address}：{problem}", fix)


class Crew:
    """Runs jobs and gives their results in the order of the jobs."""

    def __init__(
        self,
        workshop: Workshop,
        executor: concurrent.futures.Executor | None,
        run_batch: Callable[..., list[Any]] = _run_batch,
        wait: Callable[[concurrent.futures.Future[list[Any]]], list[Any]] = concurrent.futures.Future.result,
    ) -> None:
        self._workshop = workshop
        self._executor = executor
        self._run_batch = run_batch
        self._wait = wait

    def run(
        self, run: Callable[[Workshop, Job], Result], jobs: Iterable[Job], *, weigh: Callable[[Job], int] = lambda _: 1
    ) -> Iterator[Result]:
        """Return each job's result as it is asked for; where there are workers, they begin at once.

        `weigh` tells how many reports a job is, for batches of an even size.
        """
        if self._executor is None:
            return (run(self._workshop, job) for job in jobs)
        futures = [self._executor.submit(self._run_batch, run, batch) for batch in _batches(jobs, weigh)]
        return (result for future in futures for result in self._wait(future))


@contextmanager
def open_crew(workshop: Workshop, *, report_count: int, workers: int = 0, cluster: str = "") -> Iterator[Crew]:
    """Give a crew for about `report_count` reports; `workers` 0 is one a core, `cluster` a scheduler's address."""
    if cluster and report_count >= POOL_FROM_REPORTS:
        with _open_cluster(cluster, workshop) as crew:
            yield crew
        return
    count = workers or _core_count()
    if count == 1 or report_count < POOL_FROM_REPORTS:
        yield Crew(workshop, None)
        return
    # A fork shares what is imported; beside other threads (as in `mkdocs serve`) it may deadlock.
    method = "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"
    with concurrent.futures.ProcessPoolExecutor(
        count, mp_context=multiprocessing.get_context(method), initializer=_enter, initargs=(workshop,)
    ) as executor:
        try:
            yield Crew(workshop, executor)
        except BaseException:
            executor.shutdown(wait=False, cancel_futures=True)
            raise


@contextmanager
def _open_cluster(address: str, workshop: Workshop) -> Iterator[Crew]:
    try:
        from nianbao.pipeline.cluster import open_cluster  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        fix = "运行 pip install 'nianbao[cluster]'，每台机器都要装"
        raise ClusterError(address, "这台机器没有装 Dask", fix) from None
    with open_cluster(address, workshop) as (executor, run_batch, wait):
        yield Crew(workshop, executor, run_batch, wait)


def _batches(jobs: Iterable[Job], weigh: Callable[[Job], int]) -> Iterator[tuple[Job, ...]]:
    batch: list[Job] = []
    weight = 0
    for job in jobs:
        batch.append(job)
        weight += weigh(job)
        if weight >= _BATCH_REPORTS:
            yield tuple(batch)
            batch, weight = [], 0
    if batch:
        yield tuple(batch)


def _core_count() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
