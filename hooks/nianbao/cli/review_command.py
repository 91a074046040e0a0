"""`nianbao review`: what the import was not sure of, one after the other, each answer written at once."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from nianbao.app.review_draft import ChangedMeanwhileError, DraftFile, OpenEntry, open_draft
from nianbao.cli.completion import complete_reports
from nianbao.cli.project import find_root
from nianbao.errors import DataErrors, format_errors
from nianbao.model.places import KeyPath
from nianbao.sources.choices import CHOICES, list_choices
from nianbao.sources.store import read_indicators
from nianbao.sources.yaml_edit import UneditableError

_LONG = 60
_YES = frozenset({"是", "y", "Y"})
_KEEP, _CHANGE, _DROP, _LATER, _END = "1", "2", "3", "4", "0"
_WORDS = {"": _KEEP, "保留": _KEEP, "修改": _CHANGE, "删去": _DROP, "先放着": _LATER, "退出": _END}
_FIELDS = {
    "title": "标题", "role": "成绩、不足还是安排", "lead": "开头的话", "text": "正文", "quote": "数的原文",
    "label": "数的说法", "indicator": "可比指标",
}  # fmt: skip


class _Stop(Exception):  # noqa: N818 - it is an answer
    """No more answers: the person said so, pressed Ctrl-C, or the input ended."""


@click.command("review", help="逐条核对导入时拿不准的地方：保留、修改、删去；答一条写一条，随时可以停。")
@click.argument("path", metavar="报告", type=click.Path(path_type=Path), shell_complete=complete_reports)
def review_command(path: Path) -> None:
    """Ask about each entry, and exit with 1 while some are left."""
    root = find_root()
    indicators, _ = read_indicators(root / "data", root=root)
    stopped = False
    try:
        draft = open_draft(_find_report(path, root), root=root, indicators=indicators or None)
        total = len(draft.list_entries())
        if total:
            click.echo(f"{draft.file} 还有 {total} 处请核对。直接按回车是保留；答一条写一条，随时可以停。")
        try:
            _ask_all(draft, total)
        except (_Stop, KeyboardInterrupt):  # between two questions, too
            stopped = True
            click.echo()
    except DataErrors as failure:
        click.echo(str(failure), err=True)
        sys.exit(1)
    _tell_end(draft, total, stopped=stopped)
    sys.exit(1 if draft.list_entries() or draft.errors else 0)


def _find_report(path: Path, root: Path) -> Path:
    """Return the file that a path names, or district/period as the Tab key offers them."""
    named = root / "data" / path.parent
    by_name = (found for found in named.glob("*.yml") if found.stem.lower() == path.name.lower())
    return path.resolve() if path.exists() else next(by_name, path.resolve())


def _ask_all(draft: DraftFile, total: int) -> None:
    """Ask about each entry that was not put off."""
    later: list[str] = []
    while left := [entry for entry in draft.list_entries() if _name(entry) not in later]:
        _show(draft, left[0], total - len(draft.list_entries()) + len(later) + 1, total)
        try:
            if not _answer(draft, left[0]):
                later.append(_name(left[0]))
        except ChangedMeanwhileError:
            click.echo("  文件在别处改过了，这一条没有写；重新读一遍。")
            draft.read()
        except UneditableError:
            later.append(_name(left[0]))
            click.echo(f"  这一处的写法特别，请在编辑器里改：{draft.file}:{left[0].line}")


def _name(entry: OpenEntry) -> str:
    return f"{entry.entry.place} {entry.entry.question}"


def _show(draft: DraftFile, entry: OpenEntry, number: int, total: int) -> None:
    where = entry.shown.where if entry.shown else entry.entry.place
    click.echo(f"\n{click.style(f'{number}/{total}  {where}', bold=True)}（{draft.file}:{entry.line}）")
    click.echo(f"  {entry.entry.question}")
    if entry.entry.source:
        click.echo(f"  原文：{entry.entry.source}")
    value = draft.value_at(entry.key_path)
    if isinstance(value, str | int):
        click.echo(f"  现在：{_shorten(_in_words(entry.key_path, str(value)))}")
    elif entry.entry.chose:
        click.echo(f"  导入时写的是：{entry.entry.chose}")


def _answer(draft: DraftFile, entry: OpenEntry) -> bool:
    """Ask what to do and do it; return whether the entry is answered, and False where it is put off."""
    if entry.is_lost:
        click.echo("  这个地方已经没有了，这一条不用再核对，删去了。")
        draft.settle(entry.index)
        return True
    changeable = draft.list_changeable(entry.key_path)
    droppable = draft.find_droppable(entry.key_path)
    is_there = draft.value_at(entry.key_path) is not None
    choices = {
        **({_KEEP: "保留"} if is_there or entry.key_path != ("period",) else {}),
        **({_CHANGE: "修改" if is_there else "填写"} if changeable else {}),
        **({_DROP: "删去"} if droppable else {}),
        _LATER: "先放着",
        _END: "退出",
    }
    while True:
        answer = _read("  " + "  ".join(f"{key} {word}" for key, word in choices.items()) + " ")
        key = _WORDS.get(answer, answer)
        if key not in choices:
            click.echo(f"  没有“{answer}”，请写 {'、'.join(choices)} 里的一个")
        elif key == _END:
            raise _Stop
        elif key == _LATER:
            return False
        elif key == _KEEP:
            draft.settle(entry.index)
            return True
        elif _change(draft, entry, changeable) if key == _CHANGE else droppable and _drop(draft, droppable):
            return True


def _change(draft: DraftFile, entry: OpenEntry, changeable: tuple[KeyPath, ...]) -> bool:
    """Ask for a new text and write it; an entry about one text is settled by it, one about several is asked again."""
    key_path = changeable[0] if len(changeable) == 1 else _choose(draft, changeable)
    asked = _ask_text(str(key_path[-1]), str(draft.value_at(key_path) or "")) if key_path else None
    if key_path is None or asked is None:
        return False
    old, new = asked
    settles = entry.index if len(changeable) == 1 else None
    mistakes = draft.change(key_path, new, old=old, settles=settles)
    if not mistakes:
        return True
    click.echo(f"  没有写进去，这样会有错：\n{format_errors(mistakes)}")
    if _read("  还是要写进去，就写“是”：") not in _YES:
        return False
    draft.change(key_path, new, old=old, settles=settles, is_forced=True)
    return True


def _ask_text(field: str, now: str) -> tuple[str, str] | None:
    """Return which words of a text become which, no words for all of it; None where it is to stay as it is."""
    old = ""
    if field in CHOICES:
        click.echo(f"  可以写：{list_choices(field)}")
    if now and (field in {"text", "lead"} or len(now) > _LONG):
        click.echo(f"  {now}")
        old = _read("  要改掉的字（抄一段，直接回车就不改了）：")
        if now.count(old) != 1:
            click.echo("  没有这几个字" if old not in now else "  这几个字不止一处，多抄几个" if old else "  没有改")
            return None
    new = _read("  改成（直接回车就不改了）：")
    return (old, next((value for value, word in CHOICES.get(field, {}).items() if new == word), new)) if new else None


def _choose(draft: DraftFile, changeable: tuple[KeyPath, ...]) -> KeyPath | None:
    for number, key_path in enumerate(changeable, 1):
        quote = draft.value_at((*key_path[:-1], "quote")) if key_path[-1] == "label" else None
        name = f"{_FIELDS.get(str(key_path[-1]), key_path[-1])}{f'（{quote}）' if quote else ''}"
        click.echo(f"    {number} {name}：{_shorten(_in_words(key_path, str(draft.value_at(key_path))))}")
    answer = _read("  改哪一个（写号码，直接回车就不改了）：")
    return changeable[int(answer) - 1] if answer.isdecimal() and 0 < int(answer) <= len(changeable) else None


def _drop(draft: DraftFile, key_path: KeyPath) -> bool:
    value = draft.value_at(key_path)
    if isinstance(value, dict | list):
        name = value.get("title") or value.get("quote") or value.get("text") if isinstance(value, dict) else "这些数"
        if _read(f"  把“{_shorten(str(name or '这一处'))}”整个删去吗？写“是”就删：") not in _YES:
            return False
    draft.drop(key_path)
    return True


def _read(prompt: str) -> str:
    """Return a line of input. Raises: _Stop at its end, and when Ctrl-C is pressed."""
    try:
        return str(click.prompt(prompt.rstrip(), default="", show_default=False, prompt_suffix=" ")).strip()
    except click.Abort:
        raise _Stop from None


def _tell_end(draft: DraftFile, total: int, *, stopped: bool) -> None:
    left = len(draft.list_entries())
    if draft.backup_path:
        click.echo(f"改以前的文件留在 {draft.backup_path.name}")
    if draft.errors:
        click.echo(format_errors(draft.errors), err=True)
    elif not total:
        click.echo(f"{draft.file} 没有要核对的地方。")
    elif left:
        click.echo(
            f"{'停在这里，答过的都写好了。' if stopped else ''}还有 {left} 处请核对：nianbao review {draft.file}"
        )
    else:
        click.echo(f"全部核对完了，{draft.file} 可以发布：make site")


def _in_words(key_path: KeyPath, value: str) -> str:
    meaning = CHOICES.get(str(key_path[-1]), {}).get(value)
    return f"{meaning}（{value}）" if meaning else value


def _shorten(text: str) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= _LONG * 2 else f"{shown[: _LONG * 2]}……"
