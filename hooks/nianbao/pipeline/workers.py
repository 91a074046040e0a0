"""Runs jobs in this process or in several.

A pool is a concurrent.futures.Executor, so a cluster can stand in for it.
"""

from __future__ import annotations

import concurrent.futures
import gc
import multiprocessing
import multiprocessing.connection
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from nianbao.pipeline.jobs import Workshop

Job = TypeVar("Job")
Result = TypeVar("Result")

# Below this many reports a pool costs more than it saves.
POOL_FROM_REPORTS = 48
_BATCH_REPORTS = 40

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


class Crew:
    """Runs jobs and gives their results in the order of the jobs."""

    def __init__(self, workshop: Workshop, executor: concurrent.futures.Executor | None) -> None:
        self._workshop = workshop
        self._executor = executor

    def run(
        self, run: Callable[[Workshop, Job], Result], jobs: Iterable[Job], *, weigh: Callable[[Job], int] = lambda _: 1
    ) -> Iterator[Result]:
        """Return each job's result as it is asked for; where there are workers, they begin at once.

        `weigh` tells how many reports a job is, for batches of an even size.
        """
        if self._executor is None:
            return (run(self._workshop, job) for job in jobs)
        futures = [self._executor.submit(_run_batch, run, batch) for batch in _batches(jobs, weigh)]
        return (result for future in futures for result in future.result())


@contextmanager
def open_crew(workshop: Workshop, *, report_count: int, workers: int = 0) -> Iterator[Crew]:
    """Give a crew for about `report_count` reports; `workers` 0 is one for each core."""
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
