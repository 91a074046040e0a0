"""`nianbao cards`: pictures without a site."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from nianbao.cli.completion import complete_reports
from nianbao.cli.project import find_root, read_site_url
from nianbao.cli.usage import WrongValueError
from nianbao.errors import DataErrors
from nianbao.sources.whole_file import write_whole
from nianbao.views.card.cards import KIND_NAMES, CardKind
from nianbao.writers.cards.themes import THEMES, Theme, find_theme

# More would not be read.
_MOST_NAMES = 12


def _complete_themes(_context: click.Context, _option: click.Parameter, incomplete: str) -> list[str]:
    return [theme.name for theme in THEMES if theme.name.startswith(incomplete)]


def _complete_kinds(_context: click.Context, _option: click.Parameter, incomplete: str) -> list[str]:
    *before, last = incomplete.split(",")
    return [",".join([*before, name]) for name in (*KIND_NAMES.values(), *CardKind) if name.startswith(last)]


def _list_kinds() -> str:
    return "、".join(f"{name} {kind}" for kind, name in KIND_NAMES.items())


@click.command("cards", help="画图片卡片：封面、条目、数字、九宫格、公众号封面、一图读懂。不写报告就画全部报告。")
@click.argument(
    "reports", nargs=-1, metavar="[报告…]", type=click.Path(path_type=Path), shell_complete=complete_reports
)
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="写到哪个文件夹。")
@click.option(
    "--theme",
    default=None,
    shell_complete=_complete_themes,
    help=f"配色：{'、'.join(theme.name for theme in THEMES)}；默认随各地代表色。",
)
@click.option(
    "--only", default="", shell_complete=_complete_kinds, help=f"只画哪几种，逗号隔开，写中文或英文：{_list_kinds()}。"
)
@click.option("--data", "data_dir", default=None, type=click.Path(path_type=Path), help="数据文件夹，默认 data。")
def cards_command(reports: tuple[Path, ...], out: Path, theme: str | None, only: str, data_dir: Path | None) -> None:
    """Draw the cards of some reports into <out>/<district>/<period>/."""
    # Not above: the Tab key does not wait for what draws.
    from nianbao.app.draw_cards import UnknownReportError, plan_pictures  # noqa: PLC0415

    root = find_root()
    console = Console(stderr=True)
    chosen_theme, kinds = _read_theme(theme), _read_kinds(only)
    data_dir = (data_dir or root / "data").resolve()
    try:
        site_url = read_site_url(root)
        if not site_url:
            console.print("mkdocs.yml 没有写 site_url，图片上不印二维码。", style="yellow")
        plans, drafts = plan_pictures(reports, data_dir, root=root, site_url=site_url, theme=chosen_theme)
    except UnknownReportError as failure:
        names = "、".join(failure.known[:_MOST_NAMES]) + ("……" if len(failure.known) > _MOST_NAMES else "")
        raise WrongValueError(
            "报告", f"没有这份报告：{failure}", f"现有：{names}" if names else "先建一份：nianbao new 地区 时段"
        ) from None
    except DataErrors as failure:
        click.echo(str(failure), err=True)
        sys.exit(1)
    for path in drafts:
        how = f"先核对：nianbao review {path.relative_to(root) if path.is_relative_to(root) else path}"
        console.print(f"{path.parent.name}/{path.stem} 是草稿，没有画。{how}", style="yellow", soft_wrap=True)
    if drafts and not plans:
        sys.exit(1)
    counts = {path: plan.count(kinds) for path, plan in plans.items()}
    with _open_progress(console) as progress:
        task = progress.add_task("画卡片", total=sum(counts.values()))
        for path, plan in plans.items():
            target = out / path.parent.name / path.stem.lower()
            target.mkdir(parents=True, exist_ok=True)
            for name, content in plan.draw(kinds):
                write_whole(target / f"{name}.png", content)
                progress.advance(task)
            progress.console.print(f"{path.parent.name}/{path.stem} → {target}（{counts[path]} 张）", soft_wrap=True)


def _read_theme(name: str | None) -> Theme | None:
    if name is None:
        return None
    theme = find_theme(name)
    if theme is None:
        raise WrongValueError("--theme", f"没有“{name}”", f"可选：{'、'.join(t.name for t in THEMES)}")
    return theme


def _read_kinds(text: str) -> frozenset[CardKind]:
    kinds = {name: kind for kind, chinese in KIND_NAMES.items() for name in (kind.value, chinese)}
    names = [name.strip() for name in re.split("[,，、]", text) if name.strip()]
    unknown = [name for name in names if name not in kinds]
    if unknown:
        raise WrongValueError("--only", f"没有“{unknown[0]}”", f"可选：{_list_kinds()}")
    return frozenset(kinds[name] for name in names)


def _open_progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console
    )
