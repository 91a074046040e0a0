"""Which folders a build may write into: looked at before anything is touched.

A cache is known by its CACHEDIR.TAG, which backup programs know as well, and a site by its style, script and icon,
whose names have had ten digits of a digest since the first version; what is neither is somebody's, and is not written
into unless it is empty.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from nianbao.pipeline.places import read_file, remove, write_new_file

LOCK_NAME = "lock"
STAGING_START = "staging"
_TAG_NAME = "CACHEDIR.TAG"
_TAG = """Signature: 8a477f597d28d172789f06886806bc55
# nianbao 的缓存，可以随时整个删掉。
""".encode()
# What a cache holds, up to the first dot; one without a tag is of a version that wrote none, or its tag is damaged.
_CACHE_NAMES = frozenset({"CACHEDIR", "index", LOCK_NAME, "made", "pages", STAGING_START, "templates"})
_SITE_ASSETS = re.compile(r"(style|script|icon)\.[0-9a-f]{10}\.(css|js|svg)")
_ELSEWHERE = "换成一个单独的文件夹，空的，或者还没有的"


def explain_cache(cache_dir: Path, used: Mapping[Path, str]) -> tuple[str, str] | None:
    """Return why a folder cannot be the cache and what to do; None when it can. `used` as `explain_site`.

    Raises: OSError when the disk refuses to tell.
    """
    return (
        _explain_place(cache_dir)
        or _explain_use(cache_dir, used)
        or _explain_strangers(cache_dir, "缓存", is_ours=_is_cache(cache_dir))
    )


def explain_site(site_dir: Path, spare_dir: Path, used: Mapping[Path, str]) -> tuple[str, str] | None:
    """Return why a folder cannot be the site's, and what to do; None when it can.

    `used` are files and folders of other use, resolved, with what people call them: a place may be none of them, and
    hold none; it may be within one only where that is called "" . Raises: OSError when the disk refuses to tell.
    """
    if os.path.lexists(spare_dir) and (spare_dir.is_symlink() or not spare_dir.is_dir()):
        return f"{spare_dir} 不是文件夹", f"移走它：{site_dir.name} 的新旧两份轮流放在这里"
    return (
        _explain_place(site_dir)
        or _explain_use(site_dir, used)
        or _explain_strangers(site_dir, "网站", is_ours=_is_site(site_dir))
    )


def make_cache(cache_dir: Path) -> None:
    """Make the cache with its tag; a lock that is no file gives way. Raises: OSError."""
    cache_dir.mkdir(parents=True, exist_ok=True)
    tag, lock = cache_dir / _TAG_NAME, cache_dir / LOCK_NAME
    if not _has_tag(cache_dir):
        remove(str(tag))
        with contextlib.suppress(FileExistsError):  # of another build that has begun at the same moment
            write_new_file(str(tag), _TAG)
    if os.path.lexists(lock) and (lock.is_symlink() or not lock.is_file()):
        remove(str(lock))


def _explain_place(place: Path) -> tuple[str, str] | None:
    for path in (place, *place.parents):
        if path.is_symlink() and not path.exists():
            return f"{path} 是一个断了的链接", "删掉这个链接，或让它指向一个文件夹"
        if path.exists():
            if not path.is_dir():
                return f"{path} 不是文件夹", "移走它，或者换一个文件夹"
            break
    return None


def _explain_use(place: Path, used: Mapping[Path, str]) -> tuple[str, str] | None:
    real = Path(os.path.realpath(place))
    for path, name in used.items():
        if real == path:
            return f"就是{name or '整个项目'}".rstrip(), _ELSEWHERE
        if real in path.parents:
            return f"里面有{name or '整个项目'}".rstrip(), _ELSEWHERE
        if name and path in real.parents:
            return f"在{name}里面", _ELSEWHERE
    if around := next(filter(_is_site, real.parents), None):
        return f"在已经生成的网站 {around} 里面，那个网站再生成时会删掉它", _ELSEWHERE
    return None


def _explain_strangers(place: Path, what: str, *, is_ours: bool) -> tuple[str, str] | None:
    if is_ours or not place.is_dir():
        return None
    # Hidden files of a site's folder are its owner's, and stay.
    names = sorted(name for name in os.listdir(place) if what == "缓存" or not name.startswith("."))  # noqa: PTH208
    if not names:
        return None
    few = "、".join(names[:3]) + ("等" if len(names) > 3 else "")
    return f"{place} 里已经有别的东西（{few}），不是本程序做的{what}，没有动它", (
        f"{_ELSEWHERE}；里面的东西确实不要了，就自己先删掉"
    )


def _is_cache(folder: Path) -> bool:
    if _has_tag(folder):
        return True
    names = set(_list(folder))
    return {name.partition(".")[0] for name in names} <= _CACHE_NAMES and bool({"index.sqlite3", "staging"} & names)


def _is_site(folder: Path) -> bool:
    """Tell a site of this program, of any version."""
    with contextlib.suppress(PermissionError):  # above the project, what nobody may list is not ours
        found = filter(None, map(_SITE_ASSETS.fullmatch, _list(folder / "assets")))
        return {name[1] for name in found} == {"style", "script", "icon"}
    return False


def _has_tag(folder: Path) -> bool:
    try:
        content = read_file(str(folder / _TAG_NAME))
    except OSError:
        return False
    return not content or b"nianbao" in content  # empty: another build has begun at the same moment


def _list(folder: Path) -> Iterator[str]:
    return iter(os.listdir(folder) if folder.is_dir() else ())  # noqa: PTH208 - names are wanted
