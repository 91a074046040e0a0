"""A pool of workers on several machines: Dask's, behind the Executor that a local pool is, too.

All see the project's folder and the cache at the same paths; the workshop goes to each worker as a plugin, so that one
that is started again, or joins later, has it. Imported only where a cluster is asked for: `distributed` is an extra.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import dask
from distributed import Client, KilledWorker, Scheduler, Security, Worker, WorkerPlugin

from nianbao.pipeline.fingerprint import describe_program
from nianbao.pipeline.jobs import Workshop
from nianbao.pipeline.workers import ClusterError

Job = TypeVar("Job")
Result = TypeVar("Result")

_ANSWER_SECONDS = 10
# To tell what it is, a worker reads all fonts, perhaps over a network.
_READY_SECONDS = 60
# How long a build waits with no worker at all: one that crashed is started again by its nanny within seconds.
_WITHOUT_WORKERS_SECONDS = 30
_LOOK_SECONDS = 5
_LEAVE_SECONDS = 3
_LOST = "看看调度程序和网络，再生成一次；旧网站没有动"

_PREFIX = "nianbao-"
_ANY_CLIENT: Any = Client  # its methods have no types
_ANY_SECURITY: Any = Security
# By a build's name, what its jobs are done with and the sign that was left, or why they are not done in this worker.
_workshops: dict[str, tuple[Workshop, str] | ClusterError] = {}
# A worker may have several threads; what makes pages is for one at a time.
_one_at_a_time = threading.Lock()


class WorkshopPlugin(WorkerPlugin):
    """Gives each worker the workshop of a build, or a refusal, under the build's name.

    A worker that would make other files than the client, or does not see its folders, is refused, whenever it joins.
    `sign` is a file in the cache; workers write theirs beside it.
    """

    idempotent = True

    def __init__(self, name: str, workshop: Workshop, address: str, sign: str) -> None:
        self.name = name
        # The site's own folder is filled by the client's machine alone: others need not see it.
        self._workshop = replace(workshop, new_tree_dir="")
        self._address = address
        self._sign = sign
        self._expected = describe_program(workshop.template_dirs, draws=bool(workshop.drawn_by))

    def setup(self, worker: Worker) -> None:
        """Keep the workshop for the jobs of this build, when all is as the client has it."""
        sign = f"{self._sign}.{worker.id}"
        try:
            refused = self._look(f"工作进程 {worker.address}", Path(sign))
        except Exception as failure:  # a worker that cannot be set up would not start again
            refused = _refuse_worker(self._address, worker.address, failure)
        _workshops[self.name] = refused or (replace(self._workshop, worker=f"工作进程 {worker.address}"), sign)

    def _look(self, place: str, sign: Path) -> ClusterError | None:
        workshop = self._workshop
        if not Path(self._sign).is_file() or not (workshop.root / "data").is_dir():
            return _refuse_folder(self._address, place, workshop)
        sign.touch()
        found = describe_program(workshop.template_dirs, draws=bool(workshop.drawn_by))
        others = [
            f"{name} {found.get(name)}（这里 {wanted}）" if len(wanted) < 32 else name
            for name, wanted in self._expected.items()
            if found.get(name) != wanted
        ]
        fix = "每台机器装同样版本的 Python、nianbao 和它用的软件包，字体也要一样，再重新启动工作进程"
        problem = f"{place} 和这里不一样，做出的文件会不同：{'、'.join(others)}"
        return ClusterError(self._address, problem, fix) if others else None

    def teardown(self, worker: object) -> None:  # noqa: ARG002
        """Forget it when the build is over."""
        _workshops.pop(self.name, None)


@contextmanager
def open_cluster(address: str, workshop: Workshop) -> Iterator[tuple[concurrent.futures.Executor, Any, Any]]:
    """Give the cluster's Executor, what runs a batch in a worker, and what waits for a result.

    Raises: ClusterError when the scheduler does not answer within 10 seconds, has no workers, or workers that would
    make other files: another program, other fonts, or folders that they do not see; when it is lost later.
    """
    with dask.config.set({"distributed.comm.timeouts.connect": f"{_ANSWER_SECONDS}s"}):
        client = _connect(address)
        name = f"{_PREFIX}{client.id}"
        sign = workshop.cache_dir / f"cluster.{name}"
        try:
            sign.touch()
            with _told(address):
                _prepare(client, WorkshopPlugin(name, workshop, address, str(sign)), address, workshop)
                # Not pure: a job that was done once is done again when the files that it made are gone.
                yield client.get_executor(pure=False), partial(_run_batch, name), partial(_wait, client, address)
        finally:
            for path in sign.parent.glob(f"{sign.name}*"):
                path.unlink(missing_ok=True)
            # It takes back what is not begun, too.
            for leave in (partial(client.unregister_worker_plugin, name), client.close):
                with contextlib.suppress(Exception):
                    _ask(leave, _LEAVE_SECONDS)


def _ask(call: Callable[[], Result], seconds: float) -> Result:
    """Return what a call of Dask's gives, which may wait for ever. Raises: TimeoutError after so many seconds."""
    future: concurrent.futures.Future[Result] = concurrent.futures.Future()

    def answer() -> None:
        try:
            future.set_result(call())
        except BaseException as failure:
            future.set_exception(failure)

    threading.Thread(target=answer, daemon=True).start()
    return future.result(seconds)


def _connect(address: str) -> Any:
    """Return the client of a scheduler. Raises: ClusterError."""
    try:
        certificates = "在 Dask 的设置 distributed.comm.tls 里写上 ca-file、client.cert 和 client.key"
        if address.startswith("tls:") and not _ANY_SECURITY().get_connection_args("client").get("ssl_context"):
            raise ClusterError(address, "这台机器的 Dask 没有设置证书", certificates)
    except OSError as failure:
        raise ClusterError(address, f"Dask 设置里的证书读不了（{failure.strerror}）", certificates) from failure
    try:
        _listen_to(address)
        return _ask(
            partial(_ANY_CLIENT, address, timeout=f"{_ANSWER_SECONDS}s", set_as_default=False), _ANSWER_SECONDS + 1
        )
    except (OSError, ValueError, TypeError, RuntimeError) as failure:
        problem = f"没有应答，或者应答的不是 Dask 调度程序（{type(failure).__name__}）"
        raise ClusterError(address, problem, "看看地址和端口，调度程序 dask scheduler 有没有在运行") from failure


def _listen_to(address: str) -> None:
    """Wait for a scheduler, and without TLS for its first byte, since it speaks first. Raises: OSError."""
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname or "", parts.port or 0), _ANSWER_SECONDS) as connection:
        if parts.scheme == "tcp" and not connection.recv(1):
            raise ConnectionError


@contextmanager
def _told(address: str) -> Iterator[None]:
    """Turn what goes wrong between machines into sentences."""
    try:
        yield
    except KilledWorker as failure:
        fix = "多半是内存不够：给每个工作进程多留内存（dask worker --memory-limit），或者减少它们的个数"
        raise ClusterError(address, "同一批报告接连让几个工作进程退出", fix) from failure
    except TimeoutError as failure:
        raise ClusterError(address, "调度程序或一个工作进程一直没有应答", _LOST) from failure
    except (concurrent.futures.CancelledError, OSError) as failure:
        if isinstance(failure, OSError) and failure.errno is not None and failure.filename is not None:
            raise  # a file's
        raise ClusterError(address, "联系断了", _LOST) from failure


def _prepare(client: Any, plugin: WorkshopPlugin, address: str, workshop: Workshop) -> None:
    """Give the workshop to all workers that are there. Raises: ClusterError for the first that is of no use."""
    try:
        _ask(partial(client.wait_for_workers, 1, timeout=_ANSWER_SECONDS), _ANSWER_SECONDS + 1)
    except TimeoutError as failure:
        raise ClusterError(address, "没有工作进程", f"在每台机器上运行 dask worker {address} --nthreads 1") from failure
    try:
        for name in _ask(partial(client.run_on_scheduler, _list_ended), _READY_SECONDS):
            _ask(partial(client.unregister_worker_plugin, name), _READY_SECONDS)
    except (ImportError, AttributeError) as failure:
        fix = "在那台机器上装好同样版本的 nianbao，再重新启动 dask scheduler"
        raise ClusterError(address, f"调度程序没有装好 nianbao（{type(failure).__name__}）", fix) from failure
    # First something simple: who fails at that has no nianbao, or an old one, and could not take the plugin.
    _ask_workers(client, address, partial(describe_program, (), draws=False))
    _ask(partial(client.register_plugin, plugin, name=plugin.name), _READY_SECONDS)
    for worker, sign in _ask_workers(client, address, partial(_tell_sign, plugin.name)).items():
        if not Path(str(sign)).exists():
            raise _refuse_folder(address, f"工作进程 {worker}", workshop)


def _list_ended(dask_scheduler: Scheduler) -> list[str]:
    """Return in the scheduler the plugins of builds that were killed."""
    names = [name for name in dask_scheduler.worker_plugins if name.startswith(_PREFIX)]
    return [name for name in names if name.removeprefix(_PREFIX) not in dask_scheduler.clients]


def _ask_workers(client: Any, address: str, call: Callable[..., object]) -> dict[str, object]:
    """Return what each worker answers, by its address. Raises: ClusterError for the first that fails or refuses."""
    answers: dict[str, object] = _ask(partial(client.run, call, on_error="return"), _READY_SECONDS)
    for worker, answer in sorted(answers.items()):
        if isinstance(answer, ClusterError):
            raise answer
        if isinstance(answer, BaseException):
            raise _refuse_worker(address, worker, answer)
    return answers


def _tell_sign(name: str) -> str:
    """Return in a worker the path of the sign that it left. Raises: ClusterError where it was refused."""
    return _find_workshop(name)[1]


def _find_workshop(name: str) -> tuple[Workshop, str]:
    found = _workshops[name]
    if isinstance(found, ClusterError):
        raise found
    return found


def _refuse_worker(address: str, worker: str, failure: BaseException) -> ClusterError:
    fix = "在那台机器上装好同样版本的 nianbao，再重新启动工作进程"
    return ClusterError(address, f"工作进程 {worker} 没有装好 nianbao（{type(failure).__name__}）", fix)


def _refuse_folder(address: str, place: str, workshop: Workshop) -> ClusterError:
    fix = f"把 {workshop.root} 放在大家用同一个路径都能读写的共享磁盘上"
    return ClusterError(address, f"{place} 看不到这里的文件夹", fix)


def _run_batch(name: str, run: Callable[[Workshop, Job], Result], jobs: tuple[Job, ...]) -> list[Result]:
    with _one_at_a_time:
        workshop, _ = _find_workshop(name)
        return [run(workshop, job) for job in jobs]


def _wait(client: Any, address: str, future: concurrent.futures.Future[Result]) -> Result:
    """Return a future's result. Raises: ClusterError, OSError when there is no worker for a while, or no scheduler."""
    alone = 0
    while True:
        done, _ = concurrent.futures.wait([future], timeout=_LOOK_SECONDS)
        if done:
            return future.result()
        try:
            alone = 0 if _ask(client.nthreads, _ANSWER_SECONDS) else alone + _LOOK_SECONDS
        except TimeoutError as failure:
            raise ClusterError(address, f"调度程序 {_ANSWER_SECONDS} 秒没有应答", _LOST) from failure
        if alone >= _WITHOUT_WORKERS_SECONDS:
            fix = "看看它们为什么退出了，再生成一次；旧网站没有动"
            raise ClusterError(address, f"{alone} 秒里没有一个工作进程", fix)
