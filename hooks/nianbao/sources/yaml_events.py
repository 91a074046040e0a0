"""The events of a YAML text, from libyaml or from PyYAML's own parser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

NESTING_LIMIT = 20


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
