"""Everything a result depends on, in one place: nothing that shapes bytes is left to be remembered elsewhere.

What is not here is in the key of its subject: a district's entry and files, the summaries of a year. Each part has a
test that changes it and sees a page change (tests/sites/test_inputs.py).
"""

from __future__ import annotations

import importlib.util
import os
import platform
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from nianbao.model import Indicator
from nianbao.pipeline.store import digest
from nianbao.writers.cards.font_files import find_font_paths

# Distributions whose version shapes the bytes of pages and data, and those that shape pictures besides. FreeType comes
# with Pillow's wheels.
_OF_PAGES = ("jinja2", "markupsafe", "pydantic", "pyyaml")
_OF_PICTURES = ("pillow", "deflate", "segno", "uniseg", "rjieba", "fonttools")
# What draws, and all of the package that it imports: tests/unit/pipeline/test_fingerprint.py holds the list to that.
DRAWING_SOURCES = (
    "writers/cards", "views/card", "editions", "facts", "model", "text", "views/__init__.py", "writers/__init__.py",
    "__init__.py", "artefact.py", "errors.py",
)  # fmt: skip
# What of it shapes no picture but by the picture's own key, which holds the view and the address in the QR code. So an
# export, which has an address, neither redraws nor renames the pictures that are already shared.
KEYED_SOURCES = ("editions/addresses.py",)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The digest of each input that is shared by many results, by its name in INPUTS."""

    parts: Mapping[str, str]

    def of(self, inputs: Iterable[str]) -> str:
        """Return the digest of some inputs. Raises: KeyError for one that is not known."""
        return digest(*(f"{name}={self.parts[name]}" for name in sorted(set(inputs))))


# program: the package; indicators: their register; templates: the theme and overrides/; shells: the theme's page as
# MkDocs renders it; site: name, address, footer; outputs: what is made at all; drawing: what draws pictures.
INPUTS = ("program", "indicators", "templates", "shells", "site", "outputs", "drawing")


def take_fingerprint(
    *,
    template_dirs: Sequence[Path],
    shells: object,
    site: object,
    indicators: Iterable[Indicator] | None,
    outputs: Iterable[str],
    draws: bool,
    salt: str = "",
) -> Fingerprint:
    """Return the fingerprint of a build. `draws` is whether pictures are made: their fonts are read only then.

    `salt`, of `salt_program`, parts this build from all others.
    """
    package = _find_package()
    return Fingerprint(
        {
            "program": _digest_package(package, salt),
            "indicators": digest(*(entry.model_dump_json() for entry in indicators or ())),
            "templates": digest_templates(template_dirs),
            "shells": digest(repr(shells)),
            "site": digest(repr(site)),
            "outputs": digest(*outputs),
            "drawing": digest(salt, _digest_drawing(package)) if draws else "",
        }
    )


def digest_templates(template_dirs: Sequence[Path]) -> str:
    """Return the digest of all files of some folders, at any depth."""
    return digest(*(digest(*_read_files(folder, [folder])) for folder in template_dirs))


def describe_program(template_dirs: Sequence[Path], *, draws: bool) -> dict[str, str]:
    """Return what of a process shapes results, by names for people: machines must have the same."""
    package, names = _find_package(), (*_OF_PAGES, *(_OF_PICTURES if draws else ()))
    return {
        "Python": ".".join(platform.python_version_tuple()[:2]),
        **{name: version(name) for name in names},
        "nianbao 的程序": digest(salt_program(), *_read_files(package, _list_program(package))),
        "字体": digest(*_digest_fonts()) if draws else "",
        "模板": digest_templates(template_dirs),
    }


def salt_program() -> str:
    """Return "" while this process runs the program that is on the disk, and a salt, another each time, after that.

    A preview that goes on through an update has the old modules in memory, and loads new ones beside them: what it
    makes is of neither program, and no other build may take it over.
    """
    return "" if _stamp_program() == _STAMP_AT_START else os.urandom(16).hex()


def _stamp_program() -> tuple[object, ...]:
    """Return what changes with the program: its files' sizes and times, and the versions of the distributions."""
    stamps: list[tuple[str, int, int]] = []
    folders = [str(_find_package())]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    status = entry.stat()
                    stamps.append((entry.path, status.st_size, status.st_mtime_ns))
                elif "." not in entry.name and entry.name != "__pycache__" and entry.is_dir():
                    folders.append(entry.path)
    return (*sorted(stamps), *_read_versions((*_OF_PAGES, *_OF_PICTURES)))


def _digest_package(package: Path, salt: str) -> str:
    interpreter = f"{platform.python_implementation()} {'.'.join(platform.python_version_tuple()[:2])}"
    return digest(salt, interpreter, *_read_versions(_OF_PAGES), *_read_files(package, _list_program(package)))


def _digest_drawing(package: Path) -> str:
    sources = [package / name for name in DRAWING_SOURCES]
    return digest(
        *_read_versions(_OF_PICTURES), *_read_files(package, sources, without=KEYED_SOURCES), *_digest_fonts()
    )


def _digest_fonts() -> list[str]:
    """Return each font's name and the digest of its file."""
    with ThreadPoolExecutor() as pool:  # a hundred megabytes
        return [*pool.map(lambda path: f"{path.name} {digest(path.read_bytes())}", find_font_paths())]


def _list_program(package: Path) -> list[Path]:
    """Return the package's folders and modules, without the theme, which is among the templates, and the starter."""
    return sorted(path for path in package.iterdir() if path.name not in {"theme", "starter"})


def _find_package() -> Path:
    spec = importlib.util.find_spec("nianbao")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def _read_versions(names: Iterable[str]) -> Iterable[str]:
    return (f"{name} {version(name)}" for name in names)


def _read_files(root: Path, places: Iterable[Path], *, without: Collection[str] = ()) -> Iterable[str | bytes]:
    """Yield name and content of every file at any depth, sorted by path; compiled modules are no input."""
    for place in places:
        paths = sorted(place.rglob("*")) if place.is_dir() else [place]
        for path in paths:
            name = path.relative_to(root).as_posix()
            if path.is_file() and path.suffix not in (".pyc", ".pyo") and name not in without:
                yield name
                yield path.read_bytes()


_STAMP_AT_START = _stamp_program()
