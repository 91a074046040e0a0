"""`nianbao cards`: pictures without a site."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from nianbao.app.draw_cards import UnknownReportError, plan_pictures
from nianbao.cli.project import find_root
from nianbao.errors import DataErrors
from nianbao.views.card.cards import CardKind
from nianbao.writers.cards.themes import THEMES, Theme, find_theme

_SITE_URL = re.compile(r"^site_url:\s*['\"]?(https?://[^\s'\"#]+)", re.MULTILINE)


@click.command("cards", help="画图片卡片：封面、条目、数字、九宫格、公众号封面、一图读懂。不写 REPORT 就画全部报告。")
@click.argument("reports", nargs=-1, metavar="[REPORT…]", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="写到哪个文件夹。")
@click.option("--theme", default=None, help=f"配色：{'、'.join(theme.name for theme in THEMES)}；默认随各地代表色。")
@click.option("--only", default="", help=f"只画哪几种，逗号隔开：{','.join(CardKind)}。")
@click.option("--data", "data_dir", default=None, type=click.Path(path_type=Path), help="数据文件夹，默认 data。")
def cards_command(reports: tuple[Path, ...], out: Path, theme: str | None, only: str, data_dir: Path | None) -> None:
    """Draw the cards of some reports into <out>/<district>/<period>/."""
    root = find_root()
    console = Console(stderr=True)
    chosen_theme, kinds = _read_theme(theme), _read_kinds(only)
    site_url = _read_site_url(root / "mkdocs.yml")
    if not site_url:
        console.print("mkdocs.yml 没有写 site_url，图片上不印二维码。", style="yellow")
    data_dir = (data_dir or root / "data").resolve()
    try:
        plans = plan_pictures(reports, data_dir, root=root, site_url=site_url, theme=chosen_theme)
    except UnknownReportError as failure:
        raise click.BadParameter(f"没有这份报告：{failure}", param_hint="REPORT") from None
    except DataErrors as failure:
        click.echo(str(failure), err=True)
        sys.exit(1)
    counts = {path: plan.count(kinds) for path, plan in plans.items()}
    with _open_progress(console) as progress:
        task = progress.add_task("画卡片", total=sum(counts.values()))
        for path, plan in plans.items():
            target = out / path.parent.name / path.stem.lower()
            target.mkdir(parents=True, exist_ok=True)
            for name, content in plan.draw(kinds):
                _place(target / f"{name}.png", content)
                progress.advance(task)
            progress.console.print(f"{path.parent.name}/{path.stem} → {target}（{counts[path]} 张）", soft_wrap=True)


def _read_theme(name: str | None) -> Theme | None:
    if name is None:
        return None
    theme = find_theme(name)
    if theme is None:
        raise click.BadParameter(f"没有“{name}”，可选：{'、'.join(t.name for t in THEMES)}", param_hint="--theme")
    return theme


def _read_kinds(text: str) -> frozenset[CardKind]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in list(CardKind)]
    if unknown:
        raise click.BadParameter(f"没有“{unknown[0]}”，可选：{'、'.join(CardKind)}", param_hint="--only")
    return frozenset(map(CardKind, names))


def _read_site_url(config_path: Path) -> str:
    """The site's address, with a trailing '/'; read as text, since the file may hold tags of MkDocs."""
    found = _SITE_URL.search(config_path.read_text(encoding="utf-8")) if config_path.is_file() else None
    return f"{found[1].rstrip('/')}/" if found else ""


def _place(path: Path, content: bytes) -> None:
    """Write beside and rename, so that an interrupted command leaves whole pictures."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(path)


def _open_progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console
    )
