"""Plain scalars of YAML: what strict YAML takes from the core schema of YAML 1.2, and how a text is written as one."""

from __future__ import annotations

import re
from decimal import Decimal

# int() and str() are quadratic in the digits, and no report counts this far.
_DIGITS_LIMIT = 30
# All that the patterns below can match; most texts that begin with a digit (5270名) end here.
_NUMBER_LIKE = re.compile(r"[-+]?[0-9][0-9a-fA-FxXoO_.:]*")
_INTEGER = re.compile(r"-?[0-9]+")
_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")
_REFUSED = (
    (re.compile(r"[-+]?0[0-9]+(?:\.[0-9]*)?"), "以 0 开头的数有歧义（旧版 YAML 当作八进制）"),
    (re.compile(r"[-+]?0[xX][0-9a-fA-F_]+"), "是十六进制的写法"),
    (re.compile(r"[-+]?0[oO][0-7_]+"), "是八进制的写法"),
    (re.compile(r"[-+]?0[bB][01_]+"), "是二进制的写法"),
    (re.compile(r"[-+]?[0-9]+(?:_+[0-9]+)+(?:\.[0-9_]*)?"), "数字里不能有下划线"),
    (re.compile(r"[-+]?[0-9]+(?::[0-5]?[0-9])+(?:\.[0-9]*)?"), "带冒号的数有歧义（旧版 YAML 当作六十进制）"),
)
_CONSTANTS = {"": None, "~": None, "null": None, "Null": None, "NULL": None, "true": True, "false": False}
# Only a plain scalar that is empty or begins with one of these can be anything but text.
TYPED_STARTS = frozenset("0123456789+-.~nNtf")

# What stands plain inside { } as well, and what no text may hold unquoted.
_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=<~][^\[\]{},?]*")
_UNSAFE_INSIDE = re.compile(r": | #|[:\s]$|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}

Scalar = str | int | Decimal | bool | None


class RefusedScalarError(ValueError):
    """A plain scalar whose meaning differs between YAML versions; its argument says why, in Chinese."""


def type_scalar(text: str) -> Scalar:
    """Return the value of a plain scalar: null, true, false, an integer or a decimal; everything else is text.

    A number stays text where text made from it would differ from the source (+5, -0), so that a text field can take
    a number and show it as written. Raises: RefusedScalarError for 010, 0x1F, 1_000 and 12:30.
    """
    if text.isascii() and text.isdecimal() and text[0] != "0" and len(text) <= _DIGITS_LIMIT:
        return int(text)  # so are most: a value of a figure
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if not _NUMBER_LIKE.fullmatch(text):
        return text
    for pattern, reason in _REFUSED:
        if pattern.fullmatch(text):
            raise RefusedScalarError(reason)
    if len(text) > _DIGITS_LIMIT:
        return text
    number: int | Decimal
    if _INTEGER.fullmatch(text):
        number = int(text)
    elif _DECIMAL.fullmatch(text):
        number = Decimal(text)
    else:
        return text
    return number if str(number) == text else text


def quote_scalar(text: str) -> str:
    """Return a text as a YAML scalar that any reader takes as this text, also inside { }: plain where that is safe."""
    if _PLAIN.fullmatch(text) and not _UNSAFE_INSIDE.search(text) and _stays_text(text):
        return text
    if not _needs_escapes(text):
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(_ESCAPES.get(c) or (c if is_printable(c) else _escape(c)) for c in text) + '"'


def fits_block(text: str) -> bool:
    """Return whether a text of more than one line may stand as a literal block (|-) and be read as this text."""
    return (
        "\n" in text
        and text[0] not in " \n"
        and text[-1] not in " \n"
        and not _UNSAFE_INSIDE.search(text.replace("\n", "").replace(": ", ":").replace(" #", "#"))
    )


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
    return any(not is_printable(c) for c in text)


def is_printable(c: str) -> bool:
    """Return whether a character may stand in a YAML file as it is."""
    return c == " " or (c.isprintable() and c not in "\ufeff")


def _escape(c: str) -> str:
    code = ord(c)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
