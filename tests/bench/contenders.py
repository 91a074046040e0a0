"""The two programs that build the same reports: their projects, how they build, and what a cold build has not."""

from __future__ import annotations

import compileall
import importlib.metadata
import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from nianbao.pipeline.assets import read_assets
from nianbao.pipeline.outputs import OPTIONAL_OUTPUTS
from nianbao.theme import THEME_DIR

REPOSITORY = Path(__file__).resolve().parents[2]
_SHARE_IMAGE = "assets/share.png"
_MKDOCS = str(Path(sys.executable).with_name("mkdocs"))
HUGO_SITE = Path(__file__).resolve().parent / "hugo_site"
# As in hugo_site/hugo.toml.
_SITE = {"site_name": "年报", "site_url": "https://bench.example/", "site_description": "为测量速度生成的网站。"}
_HOME_PAGE = "# 逐年可查的工作报告 {#home}\n\n这里是为测量速度生成的网站，其中的地区、事情和数字都是编出来的。\n"


@dataclass(frozen=True, slots=True)
class Contender:
    """One program with its project; all that `leftovers` name is deleted before a cold build.

    `serve_command` starts its preview on a port of the system's choice. `told_command` builds after an edit when the
    user says which pages it touches; () where the program finds them.
    """

    name: str
    folder: Path
    command: tuple[str, ...]
    serve_command: tuple[str, ...]
    output: Path
    leftovers: tuple[Path, ...]
    told_command: tuple[str, ...] = ()

    def clear(self) -> None:
        """Delete the output and all that an earlier build kept."""
        for path in self.leftovers:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def tell_pages(self) -> Contender:
        """Return the same program told what to render."""
        return replace(self, name=f"{self.name}, told what to render", command=self.told_command)


def prepare_nianbao(base: Path, *, cards: bool = False) -> Contender:
    """Set up nianbao's project in `base`, beside its data: this repository's program, settings and theme."""
    for name in ("overrides", "hooks"):
        shutil.copytree(REPOSITORY / name, base / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    compileall.compile_dir(base / "hooks", quiet=1)
    (base / "docs" / _SHARE_IMAGE).parent.mkdir(parents=True)
    shutil.copyfile(REPOSITORY / "docs" / _SHARE_IMAGE, base / "docs" / _SHARE_IMAGE)
    (base / "docs/index.md").write_text(f"---\ntemplate: home.html\n---\n{_HOME_PAGE}", encoding="utf-8")
    settings = _read_settings()
    settings |= {**_SITE, "nav": [{"首页": "index.md"}]}
    settings.pop("not_in_nav", None)
    # What Hugo makes none of is left out: with cards, all is made.
    left_out = [] if cards else [name for name in OPTIONAL_OUTPUTS if name != "sitemap"]
    settings["extra"] = {"nianbao": {"cards": cards, "leave_out": left_out, "share_image": _SHARE_IMAGE}}
    (base / "mkdocs.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    output = base / "site"
    # The copy is imported: its cache would not outlive an edit of the program, and someone may be at work on it.
    program = ("env", "PYTHONPATH=hooks", _MKDOCS)
    return Contender(
        "nianbao",
        base,
        (*program, "build", "--strict"),
        (*program, "serve", "--quiet", "--livereload", "--dev-addr", "127.0.0.1:0"),
        output,
        (output, base / ".site.spare", base / ".cache"),
    )


def prepare_bare(base: Path) -> Contender:
    """Set up MkDocs with Material and a single page in `base`/bare: what any build of nianbao's takes at least."""
    folder = base / "bare"
    (folder / "docs").mkdir(parents=True)
    (folder / "docs/index.md").write_text(_HOME_PAGE, encoding="utf-8")
    settings = {**_SITE, "theme": {"name": "material", "language": "zh", "font": False}, "plugins": []}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    output = folder / "site"
    return Contender("MkDocs alone", folder, (_MKDOCS, "build", "--strict"), (), output, (output,))


def prepare_hugo(base: Path, *, edited: str) -> Contender:
    """Set up Hugo's project in `base`/hugo: the templates of hugo_site, with the data of `base`/data mounted.

    Hugo gets the style and the script ready made, under the very paths that nianbao gives them. `edited` is the report
    (district/year) whose pages make up the segment that it can be told to render.
    """
    folder = base / "hugo"
    shutil.copytree(HUGO_SITE, folder)
    assets = read_assets([THEME_DIR])
    for asset in assets:
        path = folder / "static" / asset.site_path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(asset.content)
    paths = {asset.name: asset.site_path for asset in assets}
    mounts = {"content": "content", "layouts": "layouts", "static": "static", "../data": "data"}
    lines = [
        "[params.assets]",
        f'style = "{paths["style.css"]}"',
        f'script = "{paths["script.js"]}"',
        f'icon = "{paths["icon.svg"]}"',
    ]
    district, _, year = edited.partition("/")
    lines += ["[segments.edit]", "[[segments.edit.includes]]"]
    lines.append(f'path = "{{/,/archive,/{year},/{district},/{district}/**}}"')
    for source, target in mounts.items():
        lines += ["[[module.mounts]]", f'source = "{source}"', f'target = "{target}"']
    with (folder / "hugo.toml").open("a", encoding="utf-8") as stream:
        stream.write("\n".join(lines) + "\n")
    (folder / "content/_index.md").write_text(f"---\nroot: ./\n---\n{_HOME_PAGE}", encoding="utf-8")
    output = folder / "public"
    # The program itself: the package's `hugo` starts Python first, which would cost Hugo time.
    program = str(importlib.metadata.distribution("hugo").locate_file("hugo/binaries/hugo"))
    return Contender(
        "Hugo",
        folder,
        (program, "--quiet"),
        (program, "server", "--quiet", "--bind", "127.0.0.1", "--port", "0"),
        output,
        (output, folder / "resources", folder / ".hugo_build.lock"),
        (program, "--quiet", "--renderSegments", "edit"),
    )


def _read_settings() -> dict[str, Any]:
    settings: dict[str, Any] = yaml.safe_load((REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8"))
    return settings
