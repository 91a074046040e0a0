"""A site built by two workers of a Dask cluster: the same bytes, whatever happens to a worker; and no hang."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

from nianbao.pipeline.cluster import WorkshopPlugin, _prepare
from nianbao.pipeline.jobs import Workshop
from nianbao.pipeline.workers import ClusterError
from nianbao.views.page.site import SiteView
from tests.site_building import ROOT, build_site, make_project

_BASIC = ROOT / "tests" / "sites" / "basic" / "data"


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    made = LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0")
    yield made
    made.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("cluster") / "p", data_dir=_BASIC, cards=True)


@pytest.fixture(scope="module")
def alone(folder: Path) -> dict[str, bytes]:
    return read(build_site(folder))


def read(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def begin(folder: Path, address: str, *, is_cold: bool = True) -> subprocess.Popen[str]:
    """Begin to build from nothing on the cluster."""
    if is_cold:
        for name in (".cache", "site", ".site.spare"):
            shutil.rmtree(folder / name, ignore_errors=True)
    return subprocess.Popen(
        [sys.executable, "-m", "nianbao", "build", "--cluster", address],
        cwd=folder, env=os.environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
    )  # fmt: skip


def end(process: subprocess.Popen[str]) -> str:
    printed, _ = process.communicate(timeout=300)
    assert "Traceback" not in printed, printed
    return printed


def test_the_same_bytes_as_on_one_machine(folder: Path, alone: dict[str, bytes], cluster: LocalCluster) -> None:
    process = begin(folder, cluster.scheduler_address)
    printed = end(process)
    assert process.returncode == 0, printed
    assert read(folder / "site") == alone
    done = [worker for worker in cluster.scheduler.workers.values() if worker.metrics]
    assert len(done) == 2


def test_a_worker_killed_in_the_middle_changes_nothing(
    folder: Path, alone: dict[str, bytes], cluster: LocalCluster
) -> None:
    process = begin(folder, cluster.scheduler_address)
    wait = threading.Event()
    busy = None
    while busy is None and process.poll() is None:
        busy = next((worker for worker in list(cluster.scheduler.workers.values()) if worker.processing), None)
        wait.wait(0.005)
    assert busy is not None, end(process)
    pids = {nanny.process.pid for nanny in cluster.workers.values() if nanny.worker_address == busy.address}
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    assert pids
    printed = end(process)
    assert process.returncode == 0, printed
    assert read(folder / "site") == alone


def test_a_worker_that_was_started_again_has_the_workshop(
    folder: Path, alone: dict[str, bytes], cluster: LocalCluster
) -> None:
    process = begin(folder, cluster.scheduler_address)
    printed = end(process)
    assert process.returncode == 0, printed
    assert read(folder / "site") == alone


def test_a_scheduler_that_is_not_there_is_a_sentence(folder: Path, alone: dict[str, bytes]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    process = begin(folder, f"tcp://127.0.0.1:{port}")
    printed = end(process)
    assert process.returncode != 0
    assert f"集群 tcp://127.0.0.1:{port}：没有应答" in printed
    assert "改法：" in printed
    assert not (folder / "site").exists()


def test_a_scheduler_that_says_nothing_is_a_sentence(folder: Path, alone: dict[str, bytes]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        process = begin(folder, f"tcp://127.0.0.1:{mute.getsockname()[1]}")
        printed = end(process)
    assert process.returncode != 0
    assert "没有应答" in printed


@contextlib.contextmanager
def run_dask_worker(folder: Path, address: str) -> Iterator[None]:
    """Have one more worker of one thread."""
    options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder)]
    process = subprocess.Popen([sys.executable, "-m", "dask", "worker", address, *options], stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.kill()
        process.wait()


@contextlib.contextmanager
def run_dask(folder: Path, *arguments: str, workers: int = 1) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Give the address and the process of a scheduler of its own, with workers."""
    note = folder / "scheduler.json"
    options = ["--no-dashboard", "--scheduler-file", str(note), *arguments]
    commands = [
        ["scheduler", "--host", "127.0.0.1", "--port", "0"],
        *[["worker", "--nthreads", "1", "--no-nanny", "--local-directory", str(folder)]] * workers,
    ]
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for command in commands:
            processes.append(
                subprocess.Popen([sys.executable, "-m", "dask", *command, *options], cwd=folder, stderr=subprocess.PIPE)
            )
            # It is written at once and not in one step.
            while not (note.exists() and note.read_bytes().endswith(b"}")):
                assert processes[0].poll() is None
                time.sleep(0.05)
        yield json.loads(note.read_text(encoding="utf-8"))["address"], processes[0]
    finally:
        for process in reversed(processes):
            process.kill()
            process.communicate()


@pytest.mark.parametrize("moment", [".cache/nianbao/staging.*/", ".cache/nianbao/made/*/*"])
def test_a_scheduler_that_freezes_is_a_sentence(
    folder: Path, alone: dict[str, bytes], tmp_path: Path, moment: str
) -> None:
    """While it is asked for its workers, or when the first picture is drawn."""
    with run_dask(tmp_path) as (address, scheduler):
        process = begin(folder, address)
        while process.poll() is None and not list(folder.glob(moment)):
            time.sleep(0.01)
        scheduler.send_signal(signal.SIGSTOP)
        start = time.monotonic()
        printed = end(process)
        assert time.monotonic() - start < 45
    assert process.returncode == 1
    assert f"集群 {address}：" in printed
    assert "没有应答" in printed
    assert "Exception ignored" not in printed
    assert not (folder / "site").exists()


def test_tls_without_certificates_is_a_sentence(folder: Path, alone: dict[str, bytes]) -> None:
    process = begin(folder, "tls://127.0.0.1:8786")
    printed = end(process)
    assert process.returncode == 1
    assert "这台机器的 Dask 没有设置证书\n  改法：" in printed


@pytest.mark.skipif(not shutil.which("openssl"), reason="makes certificates")
def test_tls_with_certificates_is_the_same_site(
    folder: Path, alone: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=nianbao",
         "-keyout", key, "-out", certificate], check=True, capture_output=True,
    )  # fmt: skip
    monkeypatch.setenv("DASK_DISTRIBUTED__COMM__TLS__CA_FILE", str(certificate))
    for role in ("CLIENT", "SCHEDULER", "WORKER"):
        monkeypatch.setenv(f"DASK_DISTRIBUTED__COMM__TLS__{role}__CERT", str(certificate))
        monkeypatch.setenv(f"DASK_DISTRIBUTED__COMM__TLS__{role}__KEY", str(key))
    with run_dask(tmp_path, "--protocol", "tls", workers=2) as (address, _):
        assert address.startswith("tls://")
        process = begin(folder, address)
        printed = end(process)
        assert process.returncode == 0, printed
        assert read(folder / "site") == alone
        process = begin(folder, address.replace("tls:", "tcp:"))
        assert "没有应答，或者应答的不是 Dask 调度程序" in end(process)


def test_a_cluster_without_workers_is_a_sentence(folder: Path, alone: dict[str, bytes]) -> None:
    with LocalCluster(n_workers=0, processes=True, dashboard_address=":0") as empty:
        process = begin(folder, empty.scheduler_address)
        printed = end(process)
    assert process.returncode != 0
    assert "没有工作进程\n  改法：在每台机器上运行 dask worker" in printed


def test_a_worker_that_does_not_see_the_folder_is_named(folder: Path, cluster: LocalCluster, tmp_path: Path) -> None:
    """A mount that it does not have: a sign that only the build sees."""
    workshop = Workshop(tmp_path, (), tmp_path, {}, None, (), {}, SiteView.empty(), ())
    with Client(cluster.scheduler_address, set_as_default=False) as client:
        plugin = WorkshopPlugin("nianbao-test", workshop, "tcp://h:1", str(tmp_path / "no" / "sign"))
        with pytest.raises(ClusterError, match=r"工作进程 .* 看不到这里的文件夹\n  改法：把 .* 放在"):
            _prepare(client, plugin, "tcp://h:1", workshop)
        client.unregister_worker_plugin("nianbao-test")


def test_a_worker_that_would_make_something_else_is_named_whenever_it_joins(
    folder: Path, alone: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = f" 和这里不一样，做出的文件会不同：jinja2 9.9（这里 {version('jinja2')}）\n  改法：每台机器装同样版本"
    (tmp_path / "jinja2-9.9.dist-info").mkdir()
    (tmp_path / "jinja2-9.9.dist-info" / "METADATA").write_text("Name: jinja2\nVersion: 9.9\n", encoding="utf-8")
    with run_dask(tmp_path) as (address, _):
        process = begin(folder, address)
        while process.poll() is None and not list(folder.glob(".cache/nianbao/made/*/*")):
            time.sleep(0.01)
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        with run_dask_worker(tmp_path, address):
            printed = end(process)
        assert process.returncode == 1
        assert told in printed, printed
    assert not (folder / "site").exists()


def test_machines_without_the_program_are_told(
    folder: Path, alone: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nianbao").mkdir()
    (tmp_path / "nianbao" / "__init__.py").touch()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with run_dask(tmp_path, workers=0) as (address, _), run_dask_worker(tmp_path, address):
        monkeypatch.delenv("PYTHONPATH")
        printed = end(begin(folder, address))
    assert "调度程序没有装好 nianbao（ModuleNotFoundError）\n  改法：在那台机器上装好" in printed
    with run_dask(tmp_path / "nianbao", workers=0) as (address, _):
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        with run_dask_worker(tmp_path, address):
            monkeypatch.delenv("PYTHONPATH")
            printed = end(begin(folder, address))
    assert re.search(r"工作进程 tcp://[\d.:]+ 没有装好 nianbao（.*）\n  改法：在那台机器上装好", printed), printed


def test_an_interrupted_or_killed_build_leaves_nothing_in_the_cluster(
    folder: Path, alone: dict[str, bytes], cluster: LocalCluster
) -> None:
    for how in (signal.SIGKILL, signal.SIGINT):
        process = begin(folder, cluster.scheduler_address)
        while process.poll() is None and not list(folder.glob(".cache/nianbao/made/*/*")):
            time.sleep(0.01)
        process.send_signal(how)
        end(process)
        # What a worker has begun it ends, and writes into the cache: nobody deletes it meanwhile.
        until = time.monotonic() + 60
        with Client(cluster.scheduler_address, set_as_default=False) as client:
            while any(client.run(lambda dask_worker: dask_worker.state.executing_count).values()):
                assert time.monotonic() < until
                time.sleep(0.1)
        assert not cluster.scheduler.tasks
    assert not [name for name in cluster.scheduler.worker_plugins if name.startswith("nianbao-")]


def test_a_worker_that_reads_another_report_is_named(folder: Path, alone: dict[str, bytes], tmp_path: Path) -> None:
    """Here it is saved while the workers are looked at; a copy of the project would be the same to them."""
    path = folder / "data" / "dongli" / "2023.yml"
    text = path.read_text(encoding="utf-8")
    with run_dask(tmp_path) as (address, _):
        process = begin(folder, address)
        while process.poll() is None and not list(folder.glob(".cache/nianbao/cluster.*")):
            time.sleep(0.005)
        path.write_text(f"{text}\n", encoding="utf-8")
        printed = end(process)
        path.write_text(text, encoding="utf-8")
    assert process.returncode == 1
    assert "data/dongli: 工作进程 tcp://" in printed, printed
    assert "读到的报告和这里的不一样\n  改法：" in printed
    assert not list(folder.glob(".cache/nianbao/cluster.*"))
