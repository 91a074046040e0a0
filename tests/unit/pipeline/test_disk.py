"""What the disk refuses is said in Chinese, and what was written is on it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from nianbao.pipeline import disk
from nianbao.pipeline.disk import explain_disk, sync


@pytest.mark.parametrize(
    ("code", "said"),
    [(errno.ENOSPC, "磁盘满了"), (errno.EACCES, "没有权限"), (errno.EROFS, "只读"), (errno.ENOTBLK, "Block device")],
)
def test_a_refusal_names_the_place_what_it_is_and_what_to_do(code: int, said: str) -> None:
    text = explain_disk(OSError(code, os.strerror(code), "/srv/site"))
    assert text.startswith("/srv/site: ")
    assert said in text
    assert "再试一次" in text


def test_what_was_said_in_chinese_is_said_again() -> None:
    assert explain_disk(OSError("缓存的索引正被另一个程序占用。")) == "缓存的索引正被另一个程序占用。"


def test_without_syncfs_each_new_file_is_synced_and_each_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "below").mkdir()
    for name in ("old", "new"):
        (tmp_path / name).touch()
    synced: list[str] = []
    monkeypatch.setattr(disk, "_find_syncfs", lambda: None)
    monkeypatch.setattr(
        os, "fsync", lambda descriptor: synced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
    )
    sync((str(tmp_path),), (str(tmp_path / "new"),))
    assert synced == [str(tmp_path / "new"), str(tmp_path), str(tmp_path / "below")]


def test_a_disk_that_fails_to_sync_stops_the_build(tmp_path: Path) -> None:
    sync((str(tmp_path),), ())
    with pytest.raises(OSError, match="nowhere"):
        sync((str(tmp_path / "nowhere"),), ())
