"""A build that cannot do harm: one writer, folders of other use, full disks, killed builds, hidden files."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import yaml

from nianbao.pipeline.lock import Lock
from tests.kills import Killable, digest_folder, find_alive
from tests.site_building import ROOT, build_site, make_project, run_mkdocs

FIXTURE = ROOT / "tests" / "sites" / "basic" / "data"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = make_project(tmp_path_factory.mktemp("built"), data_dir=FIXTURE)
    shutil.copytree(ROOT / "docs", project / "docs")
    configure(project, docs_dir="docs")
    build_site(project)
    return project


@pytest.fixture
def folder(tmp_path: Path, built: Path) -> Path:
    """A project of which nothing is built yet."""
    ignored = shutil.ignore_patterns(".cache", ".site.lock")
    shutil.copytree(built, tmp_path / "p", ignore=ignored)
    shutil.rmtree(tmp_path / "p" / "site")
    return tmp_path / "p"


@pytest.fixture
def done(tmp_path: Path, built: Path) -> Path:
    """A project with its site."""
    return Path(shutil.copytree(built, tmp_path / "p"))


def configure(folder: Path, **settings: object) -> None:
    path = folder / "mkdocs.yml"
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump({**written, **settings}, allow_unicode=True, sort_keys=False), encoding="utf-8")


def refuse(folder: Path, *arguments: str, said: str) -> None:
    """Have a build fail in Chinese, with nothing of the folder changed but the cache."""
    before = digest_folder(folder, without=(".cache",))
    done = run_mkdocs(folder, "build", *arguments)
    assert done.returncode == 1, done.stderr
    assert said in done.stderr, done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert digest_folder(folder, without=(".cache",)) == before
    assert not list(folder.glob(".cache/nianbao/staging*/"))


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    lock = Lock.take(path, folder=path.parent, command="mkdocs build")
    try:
        yield
    finally:
        lock.release()


@pytest.mark.parametrize("name", [".cache/nianbao/lock", ".site.lock"])
def test_the_second_of_two_builds_is_told_who_is_at_it(done: Path, name: str) -> None:
    with held(done / name):
        refuse(done, said=f"mkdocs build（进程 {os.getpid()}，")
    build_site(done)


def test_killed_at_any_moment_or_built_twice_at_once_there_is_one_whole_site(folder: Path) -> None:
    killable = Killable(folder)
    for at in (0.6, 0.85, 0.95):
        killable.kill_cold(at)
        killable.kill_edited(at)
    for edition in (0, 1):
        killable.build_twice_at_once(edition)


def test_a_preview_waits_for_a_build(done: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "serve", "-a", "127.0.0.1:0"]
    with held(done / ".cache" / "nianbao" / "lock"):
        preview = subprocess.Popen(command, cwd=done, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert preview.stdout is not None
        assert any("预览等它结束" in line for line in preview.stdout)
    assert any("预览在" in line for line in preview.stdout)
    preview.terminate()
    preview.communicate()


def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "p", data_dir=ROOT / "data", cards=True, workers=3)
    build = subprocess.Popen([sys.executable, "-m", "mkdocs", "build"], cwd=folder, stderr=subprocess.DEVNULL)
    process, workers = psutil.Process(build.pid), []
    while len(workers) < 3 and build.poll() is None:
        workers = process.children(recursive=True)
        time.sleep(0.01)
    assert len(workers) == 3
    time.sleep(0.5)  # they are drawing
    build.kill()
    build.wait()
    assert not find_alive(workers, within_seconds=5)
    build_site(folder)


def test_a_worker_that_the_system_ends_is_told(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "p", data_dir=ROOT / "data", cards=True, workers=2)
    command = [sys.executable, "-m", "mkdocs", "build"]
    build = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True)
    workers: list[psutil.Process] = []
    while not workers and build.poll() is None:
        workers = psutil.Process(build.pid).children()
        time.sleep(0.01)
    workers[0].kill()
    _, said = build.communicate(timeout=60)
    assert build.returncode == 1
    assert "一个工作进程被系统结束了" in said, said
    assert "Traceback" not in said
    assert not (folder / ".site.spare").exists()


def test_a_strict_build_with_a_warning_publishes_nothing(done: Path) -> None:
    before = digest_folder(done / "site")
    with (done / "docs" / "about.md").open("a", encoding="utf-8") as stream:
        stream.write("\n[nowhere](nowhere.md)\n")
    refuse(done, "--strict", said="网站没有换上去")
    assert digest_folder(done / "site") == before
    assert run_mkdocs(done, "build").returncode == 0
    assert digest_folder(done / "site") != before


@pytest.mark.parametrize("address", ["", "随便写的", "tsp://typo", "inproc://x", "10.0.0.1:8786", "tcp://h:99999"])
def test_what_cannot_be_the_address_of_a_cluster_is_told_at_once(done: Path, address: str) -> None:
    told = f"“{address}”不是调度程序的地址\n  改法：写成 tcp://10.0.0.1:8786 或 tls://"
    command = [sys.executable, "-m", "nianbao", "build", "--cluster", address]
    failed = subprocess.run(command, cwd=done, capture_output=True, text=True, check=False)
    assert failed.returncode == 1
    assert f"--cluster（NIANBAO_CLUSTER）: {told}" in failed.stderr, failed.stderr
    assert "Traceback" not in failed.stderr
    if address:
        configure(done, extra={"nianbao": {"cards": False, "cluster": address}})
        lines = (done / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
        line = next(number for number, text in enumerate(lines, start=1) if "cluster" in text)
        refuse(done, said=f"mkdocs.yml:{line}: extra.nianbao.cluster: {told}")


def test_a_build_too_small_for_a_cluster_says_so(done: Path) -> None:
    configure(done, extra={"nianbao": {"cards": False, "cluster": "tcp://127.0.0.1:1"}}, site_name="另一个名字")
    for count in (7, 0):
        built = run_mkdocs(done, "build")
        assert built.returncode == 0, built.stderr
        assert f"只有 {count} 份报告要做，在本机生成，没有用集群。" in built.stderr


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_who_kills_the_command_kills_the_build(done: Path, how: signal.Signals) -> None:
    before = digest_folder(done / "site")
    configure(done, site_name="另一个名字")
    shutil.rmtree(done / ".cache")
    build = subprocess.Popen([sys.executable, "-m", "nianbao", "build"], cwd=done, stderr=subprocess.DEVNULL)
    while build.poll() is None and not list(done.glob(".cache/nianbao/staging.*")):
        time.sleep(0.005)
    processes = psutil.Process(build.pid).children(recursive=True)
    build.send_signal(how)
    assert build.wait() == -how
    assert not find_alive(processes, within_seconds=5)
    assert digest_folder(done / "site") == before
    build_site(done)


@pytest.mark.parametrize("place", ["data", "mine", ".cache"])
def test_a_site_is_not_put_over_anything(done: Path, place: str) -> None:
    (done / "mine").mkdir()
    (done / "mine" / "notes.txt").touch()
    refuse(done, "-d", place, said="mkdocs.yml:5: site_dir（或命令行的 -d）: ")


def test_a_site_of_another_generator_is_not_taken(done: Path) -> None:
    for path in (done / "site", done / "site" / "sub"):
        shutil.rmtree(done / "site", ignore_errors=True)
        path.mkdir(parents=True)
        for name in ("index.html", "404.html", "sitemap.xml"):
            (path / name).write_text("hugo", encoding="utf-8")
        refuse(done, "-d", str(path.relative_to(done)), said="不是本程序做的网站，没有动它")


def test_a_site_is_not_put_into_a_site(done: Path) -> None:
    refuse(done, "-d", "site/sub", said=f"在已经生成的网站 {done / 'site'} 里面")


@pytest.mark.parametrize(("place", "said"), [(".", "就是整个项目"), ("docs", "就是 docs/"), ("site", "就是网站文件夹")])
def test_a_cache_is_not_put_over_anything(done: Path, place: str, said: str) -> None:
    configure(done, extra={"nianbao": {"cards": False, "cache_dir": place}})
    lines = (done / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, start=1) if "cache_dir" in text)
    refuse(done, said=f"mkdocs.yml:{line}: extra.nianbao.cache_dir: {said}")


def test_a_cache_and_a_site_of_an_older_version_go_on(done: Path) -> None:
    before = digest_folder(done / "site")
    for name in (".cache/nianbao/CACHEDIR.TAG", ".cache/nianbao/lock", ".site.lock"):
        (done / name).unlink()
    (done / ".cache" / "nianbao" / "staging").mkdir()
    assert digest_folder(build_site(done)) == before
    assert not (done / ".cache" / "nianbao" / "staging").exists()


def test_what_stands_in_the_place_of_a_folder_stays(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "notes.txt").touch()
    (folder / ".cache").mkdir()
    (folder / ".cache" / "nianbao").symlink_to(tmp_path / "theirs")
    refuse(folder, said="notes.txt")
    (folder / ".cache" / "nianbao").unlink()
    (folder / ".site.spare").write_text("theirs", encoding="utf-8")
    refuse(folder, said=".site.spare 不是文件夹")


def test_a_link_in_the_place_of_the_staging_folder_leads_nobody_out(done: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    staging = done / ".cache" / "nianbao" / "staging"
    shutil.rmtree(staging, ignore_errors=True)
    staging.symlink_to(tmp_path)
    build_site(done)
    assert (tmp_path / "notes.txt").exists()


def test_a_lost_store_is_made_anew(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "p", data_dir=ROOT / "data")  # more districts than a build has tries
    before = digest_folder(build_site(folder))
    shutil.rmtree(folder / ".cache" / "nianbao" / "pages")
    assert digest_folder(build_site(folder)) == before


def test_a_report_that_is_a_link_to_itself_is_told(folder: Path) -> None:
    path = folder / "data" / "dongli" / "2001.yml"
    path.symlink_to(path)
    refuse(folder, said="data/dongli/2001.yml: 是一个断了的链接")


def test_a_limit_of_file_sizes_is_told_and_leaves_nothing(done: Path) -> None:
    before = digest_folder(done / "site")
    shutil.rmtree(done / ".cache")
    failed = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"], cwd=done, capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (12_000, 12_000)),
    )  # fmt: skip
    assert failed.returncode == 1
    assert "文件超过了允许的大小" in failed.stderr, failed.stderr
    assert "Traceback" not in failed.stderr
    assert digest_folder(done / "site") == before
    assert not list(done.glob(".cache/nianbao/staging*"))
    assert digest_folder(build_site(done)) == before


@pytest.mark.skipif(os.geteuid() != 0 or sys.platform != "linux", reason="only root may mount")
def test_a_full_disk_is_told_and_leaves_the_old_site(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12M", "tmpfs", str(disk)], check=False)
    if mounted.returncode:
        pytest.skip("may not mount here")
    try:
        folder = make_project(disk / "p", data_dir=FIXTURE)
        before = digest_folder(build_site(folder))
        path = folder / "data" / "districts.yml"
        path.write_text(f"{path.read_text(encoding='utf-8')}\n", encoding="utf-8")
        configure(folder, site_name="另一个名字")
        with contextlib.suppress(OSError), (disk / "filler").open("wb", buffering=0) as stream:
            while True:
                stream.write(bytes(4096))
        done = run_mkdocs(folder, "build")
        assert done.returncode == 1
        assert "磁盘" in done.stderr, done.stderr
        assert "Traceback" not in done.stderr
        assert digest_folder(folder / "site") == before
        assert not list(folder.glob(".cache/nianbao/staging*"))
        (disk / "filler").unlink()
        build_site(folder)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="root may write everywhere")
@pytest.mark.parametrize("name", [".", ".cache/nianbao", ".cache", "data/dongli"])
def test_a_folder_that_may_not_be_used_is_told(done: Path, name: str) -> None:
    command = [sys.executable, "-m", "mkdocs", "build"]
    with tempfile.TemporaryDirectory() as reachable:
        folder = Path(shutil.move(done, Path(reachable) / "p"))
        Path(reachable).chmod(0o755)
        if os.geteuid() == 0:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, 65534, 65534)
            command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *command]
        if name == ".cache":
            shutil.rmtree(folder / name / "nianbao")
        configure(folder, site_name="另一个名字")
        before = digest_folder(folder / "site")
        (folder / name).chmod(0o000 if name == "data/dongli" else 0o555)
        failed = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        (folder / name).chmod(0o755)
        assert failed.returncode == 1
        assert "没有权限" in failed.stderr, failed.stderr
        assert "Traceback" not in failed.stderr
        assert digest_folder(folder / "site") == before


def test_hidden_files_in_the_site_stay(done: Path) -> None:
    site = done / "site"
    kept = (".nojekyll", ".git/HEAD", ".well-known/security.txt")
    for name in kept:
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text(name, encoding="utf-8")
    (site / "stray.txt").touch()
    for _ in range(2):
        build_site(done)
        assert [(site / name).read_text(encoding="utf-8") for name in kept] == list(kept)
        assert not (site / "stray.txt").exists()
    (site / ".nojekyll").unlink()
    build_site(done)
    assert not (site / ".nojekyll").exists()


def test_a_site_into_which_only_hidden_files_were_put_is_taken(folder: Path) -> None:
    (folder / "site").mkdir()
    (folder / "site" / ".git").write_text("gitdir: elsewhere", encoding="utf-8")
    assert (build_site(folder) / ".git").exists()


def test_hidden_folders_of_docs_are_published_where_they_are_asked_for(folder: Path) -> None:
    docs = folder / "docs"
    (docs / ".well-known").mkdir()
    (docs / ".well-known" / "security.txt").write_text("one", encoding="utf-8")
    configure(folder, exclude_docs="/decisions/\n/guide/\n/assets/readme/\n!.well-known\n")
    for text in ("one", "two", "three"):
        (docs / ".well-known" / "security.txt").write_text(text, encoding="utf-8")
        assert (build_site(folder) / ".well-known/security.txt").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", ["404.html", "data/schema/report.schema.json"])
def test_a_file_that_this_site_makes_itself_is_not_silently_replaced(folder: Path, name: str) -> None:
    path = folder / "docs" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("mine", encoding="utf-8")
    refuse(folder, said=f"docs/{name}: 网址 /{name} 本站自己要用")


def test_what_is_not_published_takes_no_address(folder: Path) -> None:
    path = folder / "data" / "districts.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("slug: dongli", "slug: decisions"), encoding="utf-8")
    shutil.move(folder / "data" / "dongli", folder / "data" / "decisions")
    assert (build_site(folder) / "decisions" / "index.html").is_file()


def test_an_interrupted_build_leaves_nothing(done: Path) -> None:
    shutil.rmtree(done / ".cache")
    build = subprocess.Popen([sys.executable, "-m", "mkdocs", "build"], cwd=done, stderr=subprocess.DEVNULL)
    while build.poll() is None and not list(done.glob(".cache/nianbao/staging.*")):
        time.sleep(0.005)
    build.send_signal(signal.SIGINT)
    build.wait()
    assert not list(done.glob(".cache/nianbao/staging.*"))
    assert (done / ".cache" / "nianbao" / "lock").read_bytes() == b""
