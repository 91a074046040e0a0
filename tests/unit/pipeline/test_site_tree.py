"""The site's tree: exactly what was planned, whatever stood there; and the swap."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nianbao.pipeline import site_tree, swap
from nianbao.pipeline.site_tree import PlannedFile, bring_up_to_date, find_differences
from nianbao.pipeline.store import Store, digest

CONTENTS = {"index.html": b"home" * 100, "xigu/index.html": b"xigu" * 100, "xigu/2023/index.html": b"2023" * 100}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return tmp_path / "site.building"


def plan(store: Store, contents: dict[str, bytes] = CONTENTS) -> dict[str, PlannedFile]:
    names = {site_path: store.keep(content) for site_path, content in contents.items()}
    return {site_path: PlannedFile(name, store.locate(name)) for site_path, name in names.items()}


def holdings(tree: Path) -> dict[str, bytes]:
    assert not [path for path in tree.rglob("*") if path.is_symlink()]
    return {path.relative_to(tree).as_posix(): path.read_bytes() for path in tree.rglob("*") if path.is_file()}


def deface(page: Path) -> None:
    """Change a page in place, its size and times kept."""
    times = page.stat()
    page.write_bytes(bytes(times.st_size))
    os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))


def test_a_tree_is_made_of_links_and_is_kept_when_nothing_changed(store: Store, tree: Path) -> None:
    change = bring_up_to_date(tree, plan(store))
    assert (change.linked, change.copied, change.kept, change.removed, change.damaged) == (3, 0, 0, 0, ())
    assert holdings(tree) == CONTENTS
    assert (tree / "index.html").samefile(store.locate(digest(CONTENTS["index.html"])))
    change = bring_up_to_date(tree, plan(store))
    assert (change.linked, change.copied, change.kept, change.removed, change.damaged) == (0, 0, 3, 0, ())


def test_a_page_defaced_in_place_is_damaged_until_it_is_made_anew(store: Store, tree: Path) -> None:
    planned = plan(store)
    bring_up_to_date(tree, planned)
    deface(tree / "xigu/index.html")
    assert bring_up_to_date(tree, planned).damaged == ("xigu/index.html",)
    assert not (tree / "xigu/index.html").exists()
    change = bring_up_to_date(tree, plan(store))
    assert (change.linked, change.damaged) == (1, ())
    assert holdings(tree) == CONTENTS


def test_a_defaced_copy_is_put_right_from_the_store(store: Store, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    planned = plan(store)
    assert bring_up_to_date(tree, planned).copied == 3
    assert not (tree / "index.html").samefile(planned["index.html"].source_path)
    deface(tree / "index.html")
    change = bring_up_to_date(tree, planned)
    assert (change.copied, change.kept) == (1, 2)
    assert holdings(tree) == CONTENTS
    deface(Path(planned["index.html"].source_path))
    (tree / "index.html").unlink()
    # A copy is of what was checked, also when this build has written the source.
    assert bring_up_to_date(tree, planned, fresh={planned["index.html"].digest}).damaged == ("index.html",)


@pytest.mark.parametrize("spoil", [deface, Path.unlink])
def test_a_source_that_is_not_right_is_not_handed_over(store: Store, tree: Path, spoil: object) -> None:
    planned = plan(store)
    assert callable(spoil)
    spoil(Path(planned["index.html"].source_path))
    assert bring_up_to_date(tree, planned).damaged == ("index.html",)
    assert holdings(tree) == {name: content for name, content in CONTENTS.items() if name != "index.html"}


def test_a_source_that_is_a_link_is_not_handed_over(store: Store, tree: Path, tmp_path: Path) -> None:
    planned = plan(store)
    source = Path(planned["index.html"].source_path)
    source.rename(tmp_path / "moved")
    source.symlink_to(tmp_path / "moved")
    assert bring_up_to_date(tree, planned).damaged == ("index.html",)


def test_what_is_fresh_is_not_read_again(store: Store, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planned = plan(store)
    read: list[str] = []
    real = site_tree._read_source
    monkeypatch.setattr(site_tree, "_read_source", lambda file: (read.append(file.source_path), real(file))[1])
    bring_up_to_date(tree, planned, fresh={planned["index.html"].digest})
    assert sorted(read) == sorted(file.source_path for name, file in planned.items() if name != "index.html")
    (tree / "index.html").unlink()
    Path(planned["index.html"].source_path).unlink()
    assert bring_up_to_date(tree, planned, fresh={planned["index.html"].digest}).damaged == ("index.html",)


def test_extra_files_folders_and_links_go(store: Store, tree: Path, tmp_path: Path) -> None:
    bring_up_to_date(tree, plan(store))
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "file").write_bytes(b"mine")
    (tree / "old" / "page").mkdir(parents=True)
    (tree / "xigu" / "old.html").write_bytes(b"x")
    (tree / "xigu" / "link").symlink_to(mine)
    (tree / "old" / "page" / "link").symlink_to(mine)
    assert bring_up_to_date(tree, plan(store)).removed == 3
    assert holdings(tree) == CONTENTS
    assert sorted(path.name for path in tree.rglob("*") if path.is_dir()) == ["2023", "xigu"]
    assert (mine / "file").read_bytes() == b"mine"


def test_files_folders_and_links_in_each_others_place_are_put_right(store: Store, tree: Path, tmp_path: Path) -> None:
    bring_up_to_date(tree, plan(store, {"index.html/inner.html": b"a", "xigu": b"file", "a": b"a", "b/c": b"c"}))
    contents = {**CONTENTS, "a": b"a", "b/c": b"c", "d": b""}
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "c").write_bytes(b"c")
    (tree / "b" / "c").unlink()
    (tree / "b").rmdir()
    (tree / "b").symlink_to(mine)
    (tree / "a").unlink()
    (tree / "a").symlink_to(store.locate(digest(b"a")))
    os.mkfifo(tree / "d")
    assert not bring_up_to_date(tree, plan(store, contents)).damaged
    assert holdings(tree) == contents
    assert (mine / "c").read_bytes() == b"c"


def test_a_page_that_has_another_name_elsewhere_is_replaced(store: Store, tree: Path, tmp_path: Path) -> None:
    planned = plan(store)
    bring_up_to_date(tree, planned)
    mine, page = tmp_path / "mine", tree / "index.html"
    mine.write_bytes(CONTENTS["index.html"])
    page.unlink()
    page.hardlink_to(mine)
    assert bring_up_to_date(tree, planned).linked == 1
    assert page.samefile(planned["index.html"].source_path)


def test_a_tree_that_is_a_link_or_a_file_is_made_a_folder(store: Store, tree: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    tree.symlink_to(tmp_path / "mine")
    bring_up_to_date(tree, plan(store))
    assert holdings(tree) == CONTENTS
    assert not list((tmp_path / "mine").iterdir())


def test_modes_are_put_right_whatever_the_umask(store: Store, tree: Path) -> None:
    planned = plan(store)
    old = os.umask(0o077)
    try:
        bring_up_to_date(tree, planned)
    finally:
        os.umask(old)
    (tree / "xigu").chmod(0o700)
    (tree / "index.html").chmod(0o600)
    bring_up_to_date(tree, planned)
    paths = [tree, *tree.rglob("*")]
    assert {(path.is_dir(), path.stat().st_mode & 0o7777) for path in paths} == {(True, 0o755), (False, 0o644)}
    Path(planned["index.html"].source_path).chmod(0o600)
    (tree / "index.html").unlink()
    bring_up_to_date(tree, planned)
    assert (tree / "index.html").stat().st_mode & 0o7777 == 0o644


@pytest.mark.parametrize("names", [("a", "a/b"), ("a/b", "a"), ("../a",), ("/a",), ("a//b",), ("a/",), ("",), ("./a",)])
def test_a_plan_that_no_folder_can_hold_is_refused(tree: Path, names: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="no place"):
        bring_up_to_date(tree, dict.fromkeys(names, PlannedFile("", "")))
    assert not tree.exists()


def make_sites(tmp_path: Path) -> tuple[Path, Path]:
    final, tree = tmp_path / "site", tmp_path / "site.building"
    for folder in (final, tree):
        folder.mkdir()
        (folder / folder.name).touch()
    return final, tree


@pytest.mark.parametrize("in_one_step", [True, False])
def test_a_swap_exchanges_the_trees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_one_step: bool) -> None:
    final, tree = make_sites(tmp_path)
    if in_one_step:
        monkeypatch.setattr(Path, "rename", None)
    else:
        monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    swap.swap(final, tree)
    assert [path.name for path in final.iterdir()] == ["site.building"]
    assert [path.name for path in tree.iterdir()] == ["site"]
    assert len(list(tmp_path.iterdir())) == 2


def test_the_first_site_takes_an_empty_place(tmp_path: Path) -> None:
    tree = tmp_path / "site.building"
    tree.mkdir()
    swap.swap(tmp_path / "site", tree)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize(("steps", "site"), [(0, "site"), (1, "site"), (2, "site.building"), (3, "site.building")])
def test_a_crash_between_the_renames_is_put_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: int, site: str
) -> None:
    final, tree = make_sites(tmp_path)
    monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    rename, done = Path.rename, []

    def crash(path: Path, target: Path) -> Path:
        if len(done) == steps:
            raise KeyboardInterrupt
        done.append(path)
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", crash)
        if steps < 3:
            with pytest.raises(KeyboardInterrupt):
                swap.swap(final, tree)
        else:
            swap.swap(final, tree)
    swap.recover(final, tree)
    assert [path.name for path in final.iterdir()] == [site]
    assert tree.is_dir()
    assert len(list(tmp_path.iterdir())) == 2


def test_what_a_recovery_itself_left_goes(tmp_path: Path) -> None:
    final, tree = make_sites(tmp_path)
    (tmp_path / "site.building.old").mkdir()
    swap.recover(final, tree)
    assert sorted(tmp_path.iterdir()) == [final, tree]


@pytest.mark.parametrize("in_one_step", [True, False])
def test_hidden_files_move_with_the_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_one_step: bool) -> None:
    final, tree = make_sites(tmp_path)
    (final / ".git").mkdir()
    (final / ".well-known").write_text("old", encoding="utf-8")
    (tree / ".well-known").write_text("new", encoding="utf-8")
    if not in_one_step:
        monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    swap.swap(final, tree)
    assert sorted(path.name for path in final.iterdir()) == [".git", ".well-known", "site.building"]
    assert (final / ".well-known").read_text(encoding="utf-8") == "new", "the site has its own"


def test_hidden_files_come_back_when_the_swap_fails_or_is_cut_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    final, tree = make_sites(tmp_path)
    (final / ".git").mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(swap, "_change_places", lambda *_: (_ for _ in ()).throw(OSError))
        with pytest.raises(OSError, match=r"^$"):
            swap.swap(final, tree)
    assert (final / ".git").is_dir()
    (final / ".git").rename(tree / ".git")  # a kill right before the exchange
    swap.recover(final, tree)
    assert (final / ".git").is_dir()
    assert not (tree / ".git").exists()


def test_what_is_missing_and_what_is_extra_is_found(store: Store, tree: Path) -> None:
    planned = plan(store)
    bring_up_to_date(tree, planned)
    assert find_differences(tree, planned) == ([], [])
    (tree / "xigu/index.html").unlink()
    (tree / "stray").mkdir()
    (tree / "stray" / "file").touch()
    (tree / "link").symlink_to("index.html")
    assert find_differences(tree, planned) == (["xigu/index.html"], ["link", "stray/file"])
