"""`nianbao import`: Word, text and web documents become drafts of reports."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from nianbao.app.find_documents import find_documents
from nianbao.app.import_documents import (
    Placed,
    check_draft_file,
    diff_draft,
    import_document,
    list_questions,
    place_draft,
    prepare_documents,
    show_name,
)
from nianbao.cli.completion import complete_districts
from nianbao.cli.import_table import Outcome, tell_outcomes
from nianbao.cli.project import find_root
from nianbao.cli.usage import WrongValueError
from nianbao.errors import add_fix
from nianbao.importing.imported import Imported
from nianbao.importing.readers import list_suffixes
from nianbao.importing.source_text import UnreadableError
from nianbao.model import Indicator, Kind, parse_period
from nianbao.sources.store import find_district, read_districts, read_indicators

_TOGETHER = 10
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
    help=f"把文件（{list_suffixes()}）存成报告的草稿。一个或多个文件，或整个文件夹；已有的报告不会被覆盖。",
    short_help="把 Word、PDF、文本、网页文件存成报告的草稿。已有的报告不会被覆盖。",
)
@click.argument("files", nargs=-1, required=True, metavar="文件或文件夹…", type=click.Path(path_type=Path))
@click.option(
    "--district",
    required=True,
    metavar="地区",
    shell_complete=complete_districts,
    help="哪个地区：data/districts.yml 里的代号或名称。",
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
    """Import each document; report on all; exit with 1 when one could not be."""
    if period and kind in {Kind.ANNUAL, Kind.INTERIM} and (kind == Kind.INTERIM) != ("-" in period):
        raise WrongValueError("--kind", f"{kind} 与时段 {period} 不合", "annual 是全年，interim 是半年或季度")
    root = find_root()
    console = Console(stderr=True, highlight=False)
    data_dir = root / "data"
    out_dir = (out_dir or data_dir).resolve()
    district = _find_slug(
        district, out_dir if (out_dir / "districts.yml").is_file() else data_dir, root, is_printed=is_printed
    )
    try:
        documents = find_documents(files)
    except UnreadableError as refusal:
        raise WrongValueError("文件", refusal.problem, refusal.fix) from None
    if period and len(documents.paths) > 1:
        raise WrongValueError("--period", "几个文件不能都是一个时段", "一次导入一个；或不写 --period，从原文里认")
    indicators, _ = read_indicators(data_dir, root=root)
    batch = _Batch(
        folder=out_dir / district, root=root, indicators=indicators, period=period, kind=Kind(kind) if kind else None,
        is_printed=is_printed, is_diff=is_diff, is_forced=is_forced, is_many=len(documents.paths) > 1,
        is_brief=any(path.is_dir() for path in files),
    )  # fmt: skip
    with _show_progress(console, len(documents.paths)) as progress:
        task = progress.add_task("导入", total=len(documents.paths))
        for place, path in enumerate(documents.paths):
            if place % _TOGETHER == 0 and batch.is_many:
                prepare_documents(documents.paths[place : place + _TOGETHER])
            batch.take(progress.console, path)
            progress.advance(task)
    if batch.is_brief or batch.is_many:
        tell_outcomes(console, batch.outcomes)
    if documents.others:
        names = "、".join(show_name(path.name) for path in documents.others[:10])
        more = " 等" if len(documents.others) > 10 else ""
        click.echo(f"文件夹里还有 {len(documents.others)} 个文件不是能导入的文件：{names}{more}", err=True)
    if batch.is_brief and not documents.paths:
        click.echo(add_fix("文件夹里没有能导入的文件", f"能导入的有：{list_suffixes()}"), err=True)
        sys.exit(1)
    if batch.failures:
        click.echo(f"{len(documents.paths)} 个文件里有 {batch.failures} 个没有导入。", err=True)
        sys.exit(1)


@dataclass(slots=True)
class _Batch:
    """One call: what is to be done with each document, and what became of those before."""

    folder: Path
    root: Path
    indicators: Mapping[str, Indicator]
    period: str
    kind: Kind | None
    is_printed: bool
    is_diff: bool
    is_forced: bool
    is_many: bool
    is_brief: bool
    failures: int = 0
    outcomes: list[Outcome] = field(default_factory=list)
    names_by_stem: dict[str, str] = field(default_factory=dict)

    def take(self, console: Console, path: Path) -> None:
        """Import one document and tell of it; a failure is told, and does not stop the others."""
        name = show_name(str(path))
        imported: Imported | None = None
        failures = self.failures
        try:
            imported = import_document(path, indicators=self.indicators, period=self.period, kind=self.kind)
            result = self._use(console, path, imported)
            draft_path = self.folder / f"{imported.stem or 'period'}.yml"
            for error in check_draft_file(imported, draft_path, root=self.root, indicators=self.indicators):
                console.print(str(error), style="red", markup=False, soft_wrap=True)
            if not self.is_brief:
                _tell_account(console, path, imported)
                is_written = not (self.is_printed or self.is_diff)
                _tell_review(console, imported, draft_path, self.root, is_written=is_written)
        except UnreadableError as refusal:
            result = self._tell_failure(console, name, refusal.problem, refusal.fix)
        except OSError as failure:
            result = self._tell_failure(console, name, f"写不了：{failure.strerror}", "检查文件夹的权限和磁盘空间")
        self.outcomes.append(Outcome(show_name(path.name), result, imported, self.failures > failures))

    def _tell_failure(self, console: Console, name: str, problem: str, fix: str) -> str:
        self.failures += 1
        console.print(add_fix(f"{name}: {problem}", fix), style="red", markup=False, soft_wrap=True)
        return problem

    def _use(self, console: Console, path: Path, imported: Imported) -> str:
        """Print the draft, compare it or write it, and return what was done. Raises: UnreadableError, OSError."""
        other = self.names_by_stem.get(imported.stem) if imported.stem else None
        if other:
            raise UnreadableError(
                f"和 {other} 是同一个时段（{imported.stem}），没有写",
                "看哪一份是定稿，只导入它；或单独导入这一份，加 --period",
            )
        if self.is_printed:
            click.echo(("---\n" if self.is_many else "") + imported.yaml, nl=False)
            result = "打印了"
        elif self.is_diff:
            click.echo(diff_draft(imported, self.folder) or f"{show_name(str(path))}：没有变化\n", nl=False)
            result = "比较了"
        else:
            _tell_placed(console, path, place_draft(imported, self.folder, is_forced=self.is_forced))
            result = "写好了"
        self.names_by_stem[imported.stem] = show_name(path.name)
        return result


def _show_progress(console: Console, count: int) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
        disable=count < 2,
    )


def _find_slug(district: str, data_dir: Path, root: Path, *, is_printed: bool) -> str:
    """Return the slug of a district; exit with the lines to add when it is not known, with --stdout only warn."""
    districts, errors = read_districts(data_dir, root=root)
    if known := find_district(districts, district):
        return known.slug
    if not _SLUG.fullmatch(district):
        known_names = "、".join(f"{one.slug}（{one.name}）" for one in [*districts.values()][:12])
        fix = "写地区的代号，如 xigu" + (f"；现有：{known_names}" if known_names else "")
        raise WrongValueError("--district", f"没有“{district}”这个地区", fix)
    reason = f"\n（{errors[0]}）" if errors else ""
    click.echo(
        f"data/districts.yml 里没有“{district}”{reason}\n"
        f"  改法：在文件末尾添上下面两行，再导入：\n- slug: {district}\n  name: 这里写简称，如 西固",
        err=True,
    )
    if not is_printed:
        sys.exit(1)
    return district


def _tell_placed(console: Console, path: Path, placed: Placed) -> None:
    for written_path in (placed.path, *placed.picture_paths):
        console.print(f"{show_name(str(path))} → {written_path}", markup=False, soft_wrap=True)
    for backup_path in placed.backup_paths:
        console.print(f"  旧文件留在 {backup_path}", markup=False, soft_wrap=True)


def _tell_account(console: Console, path: Path, imported: Imported) -> None:
    """Show where the characters of a document went, and what a person must look at."""
    account, draft = imported.account, imported.draft
    table = Table(
        title=Text(f"{show_name(path.name)}：原文 {account.total} 字的去处"), title_justify="left", title_style="bold"
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


def _tell_review(console: Console, imported: Imported, path: Path, root: Path, *, is_written: bool) -> None:
    """Say what the import was not sure of, and what to do next."""
    questions = list_questions(imported, path, root=root)
    for where, question in questions:
        console.print(f"  请核对 {where}：{question}", style="yellow", markup=False, soft_wrap=True)
    file = path.relative_to(root) if path.is_relative_to(root) else path
    if questions:
        how = f"nianbao review {file}，或者在 make serve 的页面上看" if is_written else "都写在草稿的 review 里"
        console.print(f"还有 {len(questions)} 处请核对：{how}。核对完才会发布。", markup=False, soft_wrap=True)
    elif is_written:
        console.print(f"没有拿不准的地方。通读一遍 {file}，在 make serve 的页面上看看。", markup=False, soft_wrap=True)
