"""A draft as the YAML of the site, with a comment wherever a person must look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from nianbao.sources.imports.account import Account, Leftover
from nianbao.sources.imports.draft import Draft, DraftFigure, DraftItem, DraftPart, DraftSection, join_paragraphs
from nianbao.sources.imports.source_text import CHARACTER_LIMIT
from nianbao.sources.yaml_scalars import RefusedScalarError, type_scalar
from nianbao.text.numerals import Qualifier

_SCHEMA = "# yaml-language-server: $schema=../schema/report.schema.json"
_HEAD = "# nianbao import 生成的草稿：通读一遍，处理好“请核对”的地方，就可以删去这些注释。"
_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=<~][^\[\]{},?]*")
_UNSAFE_INSIDE = re.compile(r": | #|[:\s]$|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_EXCERPT = 200


def write_draft(draft: Draft, account: Account) -> str:
    """Return the draft's YAML, the same for the same draft, with a newline at its end."""
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
        lines += ([""] if place else []) + list(_write_part(part))
    lines += _write_account(account)
    return "\n".join(lines) + "\n"


def _write_part(part: DraftPart) -> Iterator[str]:
    yield from _comment(part.notes, "  ")
    yield f"  - role: {part.role.value}"
    yield f"    title: {quote_scalar(part.title.text)}"
    if part.lead:
        yield from _text("lead", join_paragraphs(part.lead), "    ")
    if part.sections:
        yield "    sections:"
        for section in part.sections:
            yield from _write_section(section)


def _write_section(section: DraftSection) -> Iterator[str]:
    yield from _comment(section.notes, "      ")
    rows: list[str] = []
    if section.title:
        rows.append(f"        title: {quote_scalar(section.title.text)}")
    if section.lead:
        rows += _text("lead", join_paragraphs(section.lead), "        ")
    if section.items:
        rows.append("        items:")
        for item in section.items:
            rows += _write_item(item)
    yield from _as_list_entry(rows or ["        items: []"], "      ")


def _write_item(item: DraftItem) -> Iterator[str]:
    yield from _comment(item.notes, "          ")
    yield f"          - id: {item.id}"
    if item.title:
        yield f"            title: {quote_scalar(item.title.text)}"
    yield from _text("text", item.text, "            ")
    if item.figures:
        yield "            figures:"
        for figure in item.figures:
            yield f"              - {_write_figure(figure)}"


def _write_figure(figure: DraftFigure) -> str:
    quantity = figure.quantity
    pairs = [("quote", quote_scalar(figure.quote)), ("label", quote_scalar(figure.label))]
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
    if (
        "\n" not in text
        or text[0] in " \n"
        or _UNSAFE_INSIDE.search(text.replace("\n", "")[:CHARACTER_LIMIT].replace(": ", ":").replace(" #", "#"))
    ):
        yield f"{indent}{key}: {quote_scalar(text)}"
        return
    yield f"{indent}{key}: |-"
    for line in text.split("\n"):
        yield f"{indent}  {line}" if line else ""


def quote_scalar(text: str) -> str:
    """Return a text as a YAML scalar that any reader takes as this text, also inside { }: plain where that is safe."""
    if _PLAIN.fullmatch(text) and not _UNSAFE_INSIDE.search(text) and _stays_text(text):
        return text
    if not _needs_escapes(text):
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(_ESCAPES.get(c) or (c if _is_printable(c) else _escape(c)) for c in text) + '"'


def _stays_text(text: str) -> bool:
    if text.lower() in {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", ".nan", ".inf"}:
        return False
    # What begins like a number may be one, or a date, to some reader.
    if text[0] in "0123456789+-.":
        return bool(re.search(r"[\u3400-\u9fff]", text))
    try:
        return isinstance(type_scalar(text), str)
    except RefusedScalarError:
        return False


def _needs_escapes(text: str) -> bool:
    return any(not _is_printable(c) for c in text)


def _is_printable(c: str) -> bool:
    return c == " " or (c.isprintable() and c not in "\ufeff")


def _escape(c: str) -> str:
    code = ord(c)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _comment(notes: Iterable[str], indent: str) -> list[str]:
    return [f"{indent}# 请核对：{_clean(note)}" for note in dict.fromkeys(notes)]


def _clean(text: str) -> str:
    shown = "".join(c if _is_printable(c) else " " for c in text)
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
