"""What is set in mkdocs.yml and by hooks, as it reaches this program."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils.yaml import yaml_load

from nianbao.errors import DataError, DataErrors
from nianbao.pipeline.option_mistakes import find_line
from nianbao.pipeline.site import read_address


def default_to_chinese(config: MkDocsConfig) -> None:
    """Make Chinese the language of a theme of which none is set: Material's is English."""
    if "language" not in _as_mapping(_read_written(config).get("theme")):
        config.theme["language"] = "zh"


def read_settings(config: MkDocsConfig) -> dict[str, Any]:
    """Return what is set in mkdocs.yml and by hooks: MkDocs puts defaults in the place of what is not set."""
    written = _read_written(config)
    own = _as_mapping(written.get("theme"))
    with (Path(config.theme.dirs[-2]) / "mkdocs_theme.yml").open("rb") as stream:
        default = yaml_load(stream)
    theme = {name: value for name, value in config.theme.items() if name in own or value != default.get(name)}
    of_hooks = ("extra", "extra_css", "extra_javascript", "use_directory_urls")
    return {**written, **{name: config[name] for name in of_hooks}, "theme": theme}


def read_site_url(address: str, settings: Path) -> str:
    """Return the site's final address with '/' at its end; "" stands for none. Raises: DataErrors."""
    try:
        return read_address(address) if address else ""
    except DataError as mistake:
        line = find_line(settings, ("site_url",))
        raise DataErrors([DataError(settings.name, line, "site_url", mistake.problem, mistake.fix)]) from None


def list_sources(config: MkDocsConfig, settings: Path) -> dict[Path, str]:
    """Return what people write, with the names that it has in messages: a build writes none of it."""
    named = {
        settings: settings.name,
        settings.parent / "data": " data/ ",
        Path(config.docs_dir): " docs/ ",
        **{Path(path).parent: " hooks/ " for path in config.hooks},
        **({Path(config.theme.custom_dir): " overrides/ "} if config.theme.custom_dir else {}),
    }
    # A hook beside mkdocs.yml makes no folder of hooks of the whole project.
    return {path.resolve(): name for path, name in named.items() if path.resolve() != settings.parent}


def _read_written(config: MkDocsConfig) -> dict[str, Any]:
    if not config.config_file_path:
        return {}
    with Path(config.config_file_path).open("rb") as stream:
        return dict(yaml_load(stream))


def _as_mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
