"""`nianbao import`: Word, text and web documents become drafts of reports."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from nianbao.app.import_documents import (
    Placed,
    check_draft_file,
    diff_draft,
    import_document,
    place_draft,
    show_name,
)
from nianbao.cli.completion import complete_districts
from nianbao.cli.project import find_root
from nianbao.cli.usage import WrongValueError
from nianbao.errors import add_fix
from nianbao.importing.imported import Imported
from nianbao.importing.readers import list_suffixes
from nianbao.importing.source_text import UnreadableError
from nianbao.model import Kind, parse_period
from nianbao.sources.store import read_districts, read_indicators

_SLUG = re.compile(r"[a-z][a-z0-9-]{0,63}")


def _check_period(_context: click.Context, _option: click.Parameter, value: str | None) -> str:
    if value is None:
        return ""
    try:
        parse_period(value)
    except ValueError:
        raise WrongValueError(
            "--period", f"“{value}”不是时段", "写成 2023（全年）、2023-H1（上半年）、2023-Q3（第三季度）这样"
        ) from None
    return value


@click.command(
    "import",
    help=f"把文件（{list_suffixes()}）存成报告的草稿。一个或多个文件；已有的报告不会被覆盖。",
    short_help="把 Word、文本、网页文件存成报告的草稿。已有的报告不会被覆盖。",
)
@click.argument("files", nargs=-1, required=True, metavar="文件…", type=click.Path(path_type=Path))
@click.option(
    "--district",
    required=True,
    metavar="地区",
    shell_complete=complete_districts,
    help="哪个地区，data/districts.yml 里的 slug。",
)
@click.option("--period", callback=_check_period, metavar="时段", help="2023、2023-H1、2023-Q3；不写就从原文里认。")
@click.option(
    "--kind", type=click.Choice([kind.value for kind in Kind]), help="annual 年度，interim 半年或季度，thematic 专题。"
)
@click.option("--out", "out_dir", type=click.Path(path_type=Path), help="写到哪个数据文件夹，默认 data。")
@click.option("--stdout", "is_printed", is_flag=True, help="只把草稿打印出来，不写文件。")
@click.option("--diff", "is_diff", is_flag=True, help="只看会改什么，不写文件。")
@click.option("--force", "is_forced", is_flag=True, help="已有的报告也换掉，旧文件留作 .bak。")
def import_command(
    files: tuple[Path, ...],
    district: str,
    period: str,
    kind: str | None,
    out_dir: Path | None,
    *,
    is_printed: bool,
    is_diff: bool,
    is_forced: bool,
) -> None:
    """Import each file; report on all; exit with 1 when one could not be."""
    if period and kind in {Kind.ANNUAL, Kind.INTERIM} and (kind == Kind.INTERIM) != ("-" in period):
        raise WrongValueError("--kind", f"{kind} 与时段 {period} 不合", "annual 是全年，interim 是半年或季度")
    root = find_root()
    console = Console(stderr=True, highlight=False)
    data_dir = root / "data"
    out_dir = (out_dir or data_dir).resolve()
    _check_district(
        district, out_dir if (out_dir / "districts.yml").is_file() else data_dir, root, is_printed=is_printed
    )
    indicators, _ = read_indicators(data_dir, root=root)
    failures = 0
    with _show_progress(console, len(files)) as progress:
        task = progress.add_task("导入", total=len(files))
        for path in files:
            try:
                imported = import_document(
                    path, indicators=indicators, period=period, kind=Kind(kind) if kind else None
                )
                if is_printed:
                    click.echo(("---\n" if len(files) > 1 else "") + imported.yaml, nl=False)
                elif is_diff:
                    click.echo(
                        diff_draft(imported, out_dir / district) or f"{show_name(str(path))}：没有变化\n", nl=False
                    )
                else:
                    placed = place_draft(imported, out_dir / district, is_forced=is_forced)
                    _tell_placed(progress.console, path, placed)
                draft_path = out_dir / district / f"{imported.stem or 'period'}.yml"
                for error in check_draft_file(imported, draft_path, root=root, indicators=indicators):
                    progress.console.print(str(error), style="red", markup=False, soft_wrap=True)
                _tell_account(progress.console, path, imported)
            except (UnreadableError, OSError) as failure:
                failures += 1
                problem = failure.problem if isinstance(failure, UnreadableError) else f"写不了：{failure.strerror}"
                fix = failure.fix if isinstance(failure, UnreadableError) else "检查文件夹的权限和磁盘空间"
                progress.console.print(
                    add_fix(f"{show_name(str(path))}: {problem}", fix), style="red", markup=False, soft_wrap=True
                )
            progress.advance(task)
    if failures:
        click.echo(f"{len(files)} 个文件里有 {failures} 个没有导入。", err=True)
        sys.exit(1)


def _show_progress(console: Console, count: int) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
        disable=count < 2,
    )


def _check_district(district: str, data_dir: Path, root: Path, *, is_printed: bool) -> None:
    """Exit with the lines to add when the district is not known; with --stdout only warn."""
    if not _SLUG.fullmatch(district):
        raise WrongValueError("--district", f"“{district}”不能是代号", "用小写字母、数字和连字符，如 xigu")
    districts, errors = read_districts(data_dir, root=root)
    if district in districts:
        return
    reason = f"\n（{errors[0]}）" if errors else ""
    click.echo(
        f"data/districts.yml 里没有“{district}”{reason}\n"
        f"  改法：在文件末尾添上下面两行，再导入：\n- slug: {district}\n  name: 这里写简称，如 西固",
        err=True,
    )
    if not is_printed:
        sys.exit(1)


def _tell_placed(console: Console, path: Path, placed: Placed) -> None:
    for written_path in (placed.path, *placed.picture_paths):
        console.print(f"{show_name(str(path))} → {written_path}", markup=False, soft_wrap=True)
    for backup_path in placed.backup_paths:
        console.print(f"  旧文件留在 {backup_path}", markup=False, soft_wrap=True)


def _tell_account(console: Console, path: Path, imported: Imported) -> None:
    """Show where the characters of a document went, and what a person must look at."""
    account, draft = imported.account, imported.draft
    table = Table(
        title=f"{show_name(path.name)}：原文 {account.total} 字的去处", title_justify="left", title_style="bold"
    )
    table.add_column("去处")
    table.add_column("字数", justify="right")
    table.add_column("说明")
    figures = sum(len(item.figures) for item in draft.items)
    table.add_row("正文", str(account.placed), f"{len(draft.parts)} 个部分，{len(draft.items)} 条，{figures} 个数")
    table.add_row("序号和标点", str(account.marks), "一、（一）01 和标题后的句号，由版式代替")
    if account.signature:
        table.add_row("落款", str(account.signature), "发布单位和日期")
    table.add_row("空白", str(account.blanks), "空格、换行")
    reasons = "；".join(dict.fromkeys(f"第 {piece.line} 行{piece.reason}" for piece in account.noise))
    table.add_row("隔开的杂文", str(account.noise_characters), reasons[:120])
    lost = account.unplaced_characters
    table.add_row(
        "没有放进去", str(lost), "写在草稿末尾，请移到合适的地方" if lost else "", style="red" if lost else ""
    )
    console.print(table)
    for concern in imported.concerns:
        place = f"{concern.place}: " if concern.place else ""
        console.print(f"  请核对 {place}{concern.problem}", style="yellow", markup=False, soft_wrap=True)
    for note in draft.notes:
        if not any(note == concern.problem for concern in imported.concerns):
            console.print(f"  请核对 {note}", style="yellow", markup=False, soft_wrap=True)
