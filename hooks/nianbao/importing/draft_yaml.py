"""A draft as the YAML of the site, with a comment wherever a person must look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from nianbao.importing.account import Account, Leftover
from nianbao.importing.draft import (
    Draft,
    DraftFigure,
    DraftItem,
    DraftPart,
    DraftPhoto,
    DraftSection,
    DraftTable,
    join_paragraphs,
)
from nianbao.importing.source_text import Passage
from nianbao.text.numerals import Qualifier
from nianbao.text.yaml_scalars import fits_block, is_printable, quote_scalar

_SCHEMA = "# yaml-language-server: $schema=../schema/report.schema.json"
_HEAD = "# nianbao import 生成的草稿：通读一遍，处理好“请核对”的地方，就可以删去这些注释。"
_EXCERPT = 200


def write_draft(draft: Draft, account: Account, *, stem: str = "") -> str:
    """Return the draft's YAML, the same for the same draft, with a newline at its end.

    `stem` is how its file's name begins, and those of the pictures beside it.
    """
    lines = [_SCHEMA, _HEAD]
    lines += _comment(draft.notes, "")
    lines.append("schema: 1")
    if draft.period:
        lines.append(f"period: '{draft.period}'")
    else:
        lines.append("# 请核对：原文没有说是哪一年，请补上 period，如 period: '2023'（全年）、'2023-H1'（上半年）")
    lines += [f"kind: {draft.kind.value}", f"title: {quote_scalar(draft.title.text)}"]
    if draft.publisher:
        lines.append(f"publisher: {quote_scalar(draft.publisher)}")
    if draft.published_on:
        lines.append(f"published_on: {draft.published_on.isoformat()}")
    lines += ["source:", f"  name: {quote_scalar(draft.source_name)}", f"  sha256: {quote_scalar(draft.source_sha256)}"]
    if draft.lead:
        lines += _text("lead", join_paragraphs(draft.lead), "")
    lines += ["", "parts:"]
    for place, part in enumerate(draft.parts):
        lines += ([""] if place else []) + list(_write_part(part, stem))
    lines += _write_account(account)
    return "\n".join(lines) + "\n"


def _write_part(part: DraftPart, stem: str) -> Iterator[str]:
    yield from _comment(part.notes, "  ")
    yield f"  - role: {part.role.value}"
    yield f"    title: {quote_scalar(part.title.text)}"
    if part.lead:
        yield from _text("lead", join_paragraphs(part.lead), "    ")
    if part.sections:
        yield "    sections:"
        for section in part.sections:
            yield from _write_section(section, stem)


def _write_section(section: DraftSection, stem: str) -> Iterator[str]:
    yield from _comment(section.notes, "      ")
    rows: list[str] = []
    if section.title:
        rows.append(f"        title: {quote_scalar(section.title.text)}")
    if section.lead:
        rows += _text("lead", join_paragraphs(section.lead), "        ")
    if section.items:
        rows.append("        items:")
        for item in section.items:
            rows += _write_item(item, stem)
    yield from _as_list_entry(rows or ["        items: []"], "      ")


def _write_item(item: DraftItem, stem: str) -> Iterator[str]:
    yield from _comment(item.notes, "          ")
    yield f"          - id: {item.id}"
    if item.title:
        yield f"            title: {quote_scalar(item.title.text)}"
    if item.text or not item.table:
        yield from _text("text", item.text, "            ")
    if item.table:
        yield from _write_table(item.table)
    if item.photo:
        yield f"            photo: {_write_photo(item.photo, stem)}"
    if item.figures:
        yield "            figures:"
        for figure in item.figures:
            yield f"              - {_write_figure(figure)}"


def _write_table(table: DraftTable) -> Iterator[str]:
    yield "            table:"
    for key, words in (("caption", table.caption.text), ("unit", table.unit.text)):
        if words:
            yield f"              {key}: {quote_scalar(words)}"
    yield f"              header: {_write_row(table.header)}"
    yield "              rows:"
    for row in table.rows:
        yield f"                - {_write_row(row)}"


def _write_row(cells: Iterable[Passage]) -> str:
    return f"[{', '.join(quote_scalar(cell.text) for cell in cells)}]"


def _write_photo(photo: DraftPhoto, stem: str) -> str:
    pairs = [("file", f"{stem}-{photo.name}" if stem else photo.name), ("alt", photo.alt.text)]
    pairs.append(("credit", photo.credit.text))
    return "{" + ", ".join(f"{key}: {quote_scalar(words)}" for key, words in pairs if words) + "}"


def _write_figure(figure: DraftFigure) -> str:
    quantity = figure.quantity
    pairs = [("id", figure.id), ("quote", quote_scalar(figure.quote)), ("label", quote_scalar(figure.label))]
    if figure.cell:
        pairs.append(("cell", "[{}, {}]".format(*figure.cell)))
    if figure.indicator:
        pairs.append(("indicator", figure.indicator))
    if quantity.value is not None:
        pairs.append(("value", _format_value(quantity.value)))
        if quantity.unit:
            pairs.append(("unit", quote_scalar(quantity.unit)))
        if quantity.qualifier is not Qualifier.EXACT:
            pairs.append(("qualifier", quantity.qualifier.value))
    entry = "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"
    return entry + "".join(f"  # 请核对：{_clean(note)}" for note in figure.notes)


def _format_value(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _as_list_entry(rows: list[str], indent: str) -> Iterator[str]:
    """Yield the rows of a mapping as one entry of a list: its first key after the dash."""
    first = rows[0].removeprefix(indent + "  ")
    yield f"{indent}- {first}"
    yield from rows[1:]


def _text(key: str, text: str, indent: str) -> Iterator[str]:
    if not fits_block(text):
        yield f"{indent}{key}: {quote_scalar(text)}"
        return
    yield f"{indent}{key}: |-"
    for line in text.split("\n"):
        yield f"{indent}  {line}" if line else ""


def _comment(notes: Iterable[str], indent: str) -> list[str]:
    return [f"{indent}# 请核对：{_clean(note)}" for note in dict.fromkeys(notes)]


def _clean(text: str) -> str:
    shown = "".join(c if is_printable(c) else " " for c in text)
    return shown if len(shown) <= _EXCERPT else shown[:_EXCERPT] + "……"


def _write_account(account: Account) -> list[str]:
    lines = [
        "",
        f"# 原文 {account.total} 字：正文 {account.placed}，序号和标题后的标点 {account.marks}，空白 {account.blanks}",
    ]
    if account.signature:
        lines[-1] += f"，落款 {account.signature}"
    lines[-1] += f"，隔开的杂文 {account.noise_characters}，没有放进去的 {account.unplaced_characters}"
    if account.noise:
        lines.append("# 隔开的杂文（不是报告的话；如果是，请移回正文）：")
        lines += [_write_leftover(piece) for piece in account.noise]
    if account.unplaced:
        lines.append("# 请核对：下面的文字没有放进去，请移到合适的地方：")
        lines += [_write_leftover(piece) for piece in account.unplaced]
    return lines


def _write_leftover(piece: Leftover) -> str:
    return f"#   第 {piece.line} 行 {piece.reason}：{_clean(piece.text)}"
