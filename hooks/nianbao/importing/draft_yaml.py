"""A draft as the YAML of the site: what a person must decide is its `review`, remarks are comments at their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from nianbao.importing.account import Account, Leftover
from nianbao.importing.doubts import Note
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
from nianbao.importing.review import Review, join_place
from nianbao.importing.source_text import Passage
from nianbao.text.numerals import Qualifier
from nianbao.text.yaml_scalars import fits_block, is_printable, quote_scalar

_SCHEMA = "# yaml-language-server: $schema=../schema/report.schema.json"
_HEAD = "# nianbao import 写好的：{}通读一遍，就可以发布；# 后面的注释可以删去。"
_REVIEW_HEAD = "  # 请核对：对的，删去这一条；不对的，改好那一处再删。全部删完（review: 也删去）才会发布"
_EXCERPT = 200


def write_draft(draft: Draft, account: Account, review: Review, *, stem: str = "") -> str:
    """Return the draft's YAML, the same for the same draft, with a newline at its end.

    `stem` is how its file's name begins, and those of the pictures beside it.
    """
    lines = [_SCHEMA, _HEAD.format("逐条核对 review，再" if review.entries else "")]
    lines += _comment(draft.notes, "", "", review)
    lines.append("schema: 1")
    if draft.period:
        lines.append(f"period: '{draft.period}'")
    lines += [f"kind: {draft.kind.value}", f"title: {quote_scalar(draft.title.text)}"]
    if draft.publisher:
        lines.append(f"publisher: {quote_scalar(draft.publisher)}")
    if draft.published_on:
        lines.append(f"published_on: {draft.published_on.isoformat()}")
    lines += ["source:", f"  name: {quote_scalar(draft.source_name)}", f"  sha256: {quote_scalar(draft.source_sha256)}"]
    lines += _write_review(review)
    if draft.lead:
        lines += [""] if review.entries else []
        lines += _text("lead", join_paragraphs(draft.lead), "")
    lines += ["", "parts:"]
    for number, part in enumerate(draft.parts):
        lines += ([""] if number else []) + list(_write_part(part, f"parts[{number}]", review, stem))
    lines += _write_account(account)
    return "\n".join(lines) + "\n"


def _write_review(review: Review) -> Iterator[str]:
    if not review.entries:
        return
    yield from ("", f"review:{_REVIEW_HEAD}")
    for entry in review.entries:
        yield f"  - place: {entry.place}"
        for key, value in (("question", entry.question), ("chose", entry.chose), ("source", entry.source)):
            if value:
                yield f"    {key}: {quote_scalar(value)}"


def _write_part(part: DraftPart, place: str, review: Review, stem: str) -> Iterator[str]:
    yield from _comment(part.notes, "  ", place, review)
    yield f"  - role: {part.role.value}"
    yield f"    title: {quote_scalar(part.title.text)}"
    if part.lead:
        yield from _text("lead", join_paragraphs(part.lead), "    ")
    if part.sections:
        yield "    sections:"
        for number, section in enumerate(part.sections):
            yield from _write_section(section, f"{place}.sections[{number}]", review, stem)


def _write_section(section: DraftSection, place: str, review: Review, stem: str) -> Iterator[str]:
    yield from _comment(section.notes, "      ", place, review)
    rows: list[str] = []
    if section.title:
        rows.append(f"        title: {quote_scalar(section.title.text)}")
    if section.lead:
        rows += _text("lead", join_paragraphs(section.lead), "        ")
    if section.items:
        rows.append("        items:")
        for number, item in enumerate(section.items):
            rows += _write_item(item, f"{place}.items[{number}]", review, stem)
    yield from _as_list_entry(rows or ["        items: []"], "      ")


def _write_item(item: DraftItem, place: str, review: Review, stem: str) -> Iterator[str]:
    yield from _comment(item.notes, "          ", place, review)
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
        for number, figure in enumerate(item.figures):
            yield from _comment(figure.notes, "              ", f"{place}.figures[{number}]", review)
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
    return "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"


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


def _comment(notes: Iterable[Note], indent: str, place: str, review: Review) -> list[str]:
    """Return the remarks among the notes of a part at a place, and the doubts that were too many to be asked."""
    remarks = [
        note if isinstance(note, str) else note.question
        for note in notes
        if isinstance(note, str) or (join_place(place, note.field), note) in review.left_over
    ]
    return [f"{indent}# {_clean(remark)}" for remark in dict.fromkeys(remarks)]


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
        lines.append("# 下面的文字没有放进去，请移到合适的地方，再删去 review 里的那一条：")
        lines += [_write_leftover(piece) for piece in account.unplaced]
    return lines


def _write_leftover(piece: Leftover) -> str:
    return f"#   第 {piece.line} 行 {piece.reason}：{_clean(piece.text)}"
