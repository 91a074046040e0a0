"""What became of each of many documents, as one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from nianbao.importing.imported import Imported


@dataclass(frozen=True, slots=True)
class Outcome:
    """A document: its name, what happened, and its draft where there is one."""

    name: str
    result: str
    imported: Imported | None = None
    has_failed: bool = False


def tell_outcomes(console: Console, outcomes: Sequence[Outcome]) -> None:
    """Print the table: file, period, title, what happened, how many places a person must look at."""
    table = Table(title=f"{len(outcomes)} 个文件", title_justify="left", title_style="bold")
    for head in ("文件", "时段", "标题", "结果"):
        table.add_column(head, overflow="fold")
    table.add_column("请核对", justify="right")
    for outcome in outcomes:
        draft = outcome.imported.draft if outcome.imported else None
        cells = (
            outcome.name,
            (outcome.imported.stem or "不知道") if outcome.imported else "",
            draft.title.text if draft else "",
            outcome.result,
            f"{len(outcome.imported.review)} 处" if outcome.imported else "",
        )
        # As text: a name may hold what rich takes for markup.
        table.add_row(*map(Text, cells), style="red" if outcome.has_failed else "")
    console.print(table)
