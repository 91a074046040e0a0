"""YAML, read strictly: text in, plain data out, and a line for every key when something is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from nianbao.errors import DataErrors
from nianbao.model.places import KeyPath
from nianbao.sources.yaml_events import NESTING_LIMIT, open_events
from nianbao.sources.yaml_mistakes import Trace, trace_yaml
from nianbao.text.yaml_scalars import TYPED_STARTS, RefusedScalarError, type_scalar


@dataclass(slots=True)
class Document:
    """The data of one YAML text: dict, list, str, int, Decimal, bool and None.

    Lines are looked up by reading the text a second time, since only a mistake needs them.
    """

    data: Any
    text: str
    file: str
    _trace: Trace | None = field(default=None, repr=False)

    def line_of(self, key_path: KeyPath) -> int:
        """Return the line (from 1) of a key, or of the nearest key above it that is there."""
        if self._trace is None:
            self._trace = trace_yaml(self.text, file=self.file)
        lines = self._trace.lines
        for length in range(len(key_path), -1, -1):
            line = lines.get(key_path[:length])
            if line is not None:
                return line
        return 1


class _IrregularError(Exception):
    """The text holds what strict YAML refuses; `trace_yaml` tells what and where."""


def parse_yaml(text: str, *, file: str) -> Document:
    """Return a YAML text's document. Raises: DataErrors, with all mistakes up to the first broken line."""
    try:
        # Merge keys and characters written as escapes (\u200b) are seen on the slower way alone.
        if "<<" in text or "\\" in text:
            raise _IrregularError
        data = _build(text)
    except (yaml.YAMLError, _IrregularError, RefusedScalarError):
        trace = trace_yaml(text, file=file)
        if trace.errors:
            raise DataErrors(trace.errors) from None
        data = _build(text)
    return Document(data, text, file)


def _build(text: str) -> Any:  # noqa: PLR0912, PLR0915
    """Return the text's data, or raise at the first thing that is not regular.

    One flat loop, since a call for each node would cost as much again: building 10,000 reports is mostly this.
    """
    next_event = open_events(text)
    next_event()
    if type(next_event()) is StreamEndEvent:
        return None
    root: Any = None
    holder: Any = None
    in_mapping = False
    key: str | None = None
    # Without these signs no event has an anchor or a tag, and need not be asked.
    may_be_marked = "&" in text or "!" in text
    above: list[tuple[Any, bool]] = []
    while True:
        event = next_event()
        event_type = type(event)
        if event_type is ScalarEvent:
            if may_be_marked and (event.anchor is not None or event.tag is not None):
                raise _IrregularError
            value: Any = event.value
            if in_mapping:
                if key is None:
                    if value in holder:
                        raise _IrregularError
                    key = value
                    continue
                if event.implicit[0] and (not value or value[0] in TYPED_STARTS):
                    value = type_scalar(value)
                holder[key] = value
                key = None
                continue
            if event.implicit[0] and (not value or value[0] in TYPED_STARTS):
                value = type_scalar(value)
            if holder is None:
                root = value
                break
            holder.append(value)
        elif event_type is MappingEndEvent or event_type is SequenceEndEvent:
            holder, in_mapping = above.pop()
            if holder is None:
                break
        elif event_type is MappingStartEvent or event_type is SequenceStartEvent:
            if len(above) >= NESTING_LIMIT or (may_be_marked and (event.anchor is not None or event.tag is not None)):
                raise _IrregularError
            value = {} if event_type is MappingStartEvent else []
            if holder is None:
                root = value
            elif not in_mapping:
                holder.append(value)
            elif key is None:
                raise _IrregularError
            else:
                holder[key] = value
                key = None
            above.append((holder, in_mapping))
            holder, in_mapping = value, event_type is MappingStartEvent
        else:
            raise _IrregularError
    next_event()
    if type(next_event()) is not StreamEndEvent:
        raise _IrregularError
    return root
