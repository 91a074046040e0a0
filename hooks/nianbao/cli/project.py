"""Where the project is, and what it says of itself, read without MkDocs."""

from __future__ import annotations

from pathlib import Path

import yaml
from yaml_env_tag import construct_env_tag  # type: ignore[import-untyped]

from nianbao.errors import DataError, DataErrors


class _SettingsLoader(yaml.CSafeLoader):
    """Reads mkdocs.yml: `!ENV` as MkDocs does, any other tag as nothing."""


_SettingsLoader.add_constructor("!ENV", construct_env_tag)
_SettingsLoader.add_constructor(None, lambda _loader, _node: None)  # any tag that has none


def find_root() -> Path:
    """Return the nearest folder upwards that holds mkdocs.yml, or the current one."""
    here = Path.cwd().resolve()
    return next((folder for folder in (here, *here.parents) if (folder / "mkdocs.yml").is_file()), here)


def read_site_url(root: Path) -> str:
    """Return the site's address with a trailing '/', or '' where none is written.

    Raises: DataErrors when mkdocs.yml is no YAML.
    """
    path = root / "mkdocs.yml"
    try:
        settings = yaml.load(path.read_bytes(), _SettingsLoader) if path.is_file() else None
    except yaml.YAMLError as failure:
        mark = getattr(failure, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        raise DataErrors(
            [DataError("mkdocs.yml", line, "", "YAML 写得不对", "检查这一行和上一行的缩进、引号、冒号")]
        ) from None
    address = settings.get("site_url") if isinstance(settings, dict) else None
    return f"{str(address).rstrip('/')}/" if address else ""
