"""What strict YAML takes from YAML 1.2's core schema, and the parser underneath it."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

NESTING_LIMIT = 20
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

Scalar = str | int | Decimal | bool | None


class RefusedScalarError(ValueError):
    """A plain scalar whose meaning differs between YAML versions; its argument says why, in Chinese."""


def type_scalar(text: str) -> Scalar:
    """Return the value of a plain scalar: null, true, false, an integer or a decimal; everything else is text.

    A number stays text where text made from it would differ from the source (+5, -0), so that a text field can take
    a number and show it as written. Raises: RefusedScalarError for 010, 0x1F, 1_000 and 12:30.
    """
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


class _PurePythonParser(Reader, Scanner, Parser):
    """PyYAML's own parser, for installations without libyaml: the same events, far slower."""

    def __init__(self, stream: str) -> None:
        Reader.__init__(self, stream)
        Scanner.__init__(self)
        Parser.__init__(self)


try:
    from yaml._yaml import CParser

    _Parser: Callable[[str], Any] = CParser
except ImportError:
    _Parser = _PurePythonParser


def open_events(text: str) -> Callable[[], Any]:
    """Return a function that returns the next YAML event of a text at each call, and None at the end.

    The function raises yaml.YAMLError at what is no YAML.
    """
    next_event: Callable[[], Any] = _Parser(text).get_event
    return next_event
