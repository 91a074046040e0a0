"""What is wrong with the options in mkdocs.yml, and on which line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from nianbao.sources.near_miss import find_near_miss

_KINDS = {
    "boolean": "true 或 false",
    "integer": "整数",
    "string": "一行文字",
    "array": "一个列表，每项一行，以“- ”开头",
}


def explain_option(keys: Sequence[str | int], given: object, schema: dict[str, Any]) -> tuple[str, str]:
    """Return what is wrong at `keys` within the options, and what may be written there by their JSON Schema."""
    options: dict[str, dict[str, Any]] = schema["properties"]
    known = f"可写的项目：{'、'.join(options)}"
    if not keys:
        return f"该是一项一行的“名称: 内容”，写的却是 {given!r}", known
    name = str(keys[0])
    if name not in options:
        near = find_near_miss(name, options)
        return "没有这个项目", f"是否指 {near}；{known}" if near else known
    option = options[name]
    kinds = [part.get("type") for part in (option, *option.get("anyOf", ()))]
    kind = next(_KINDS[kind] for kind in kinds if kind in _KINDS)
    most = max((part.get("maxLength", 0) for part in (option, *option.get("anyOf", ()))), default=0)
    if isinstance(given, str) and most and len(given) > most:
        return f"有 {len(given)} 字，最多 {most} 字", "写短一些"
    if isinstance(given, (list, tuple)) and len(given) > option.get("maxItems", len(given)):
        return f"有 {len(given)} 项，最多 {option['maxItems']} 项", "写少一些"
    if len(keys) > 1:
        kind = _KINDS["string"]
    elif "maximum" in option:
        kind = f"{option['minimum']} 到 {option['maximum']} 的{kind}"
    default = (
        "" if option.get("default") in (None, []) else f"；不写就是 {yaml.safe_dump(option['default']).split()[0]}"
    )
    return f"写得不对：{given!r}", f"{option['description']}：这里要写{kind}{default}"


def find_line(settings: Path, keys: Sequence[str | int]) -> int:
    """Return the line, from 1, of the last of `keys`, each within the one before, that is there; 0 where none is.

    Nothing is made of the file, so that its tags (`!ENV`, `!!python/name`) do not matter.
    """
    try:
        node = yaml.compose(settings.read_bytes(), Loader=yaml.SafeLoader)
    except (OSError, ValueError, yaml.YAMLError):  # MkDocs has told of it
        return 0
    line = 0
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == str(key)), None)
            if pair is None:
                return line
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
            line = node.start_mark.line + 1
        else:
            return line
    return line
