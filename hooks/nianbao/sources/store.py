"""The YAML store: data/districts.yml, data/indicators.yml and data/<district>/<stem>.yml, read into the model."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import ValidationError

from nianbao.errors import DataError, DataErrors
from nianbao.model import District, Indicator, Report
from nianbao.model.base import MOST_CHARACTERS, Frozen
from nianbao.sources.files import decode_text, explain_link_outside, name_file, read_content
from nianbao.sources.layout import DISTRICTS_FILE, INDICATORS_FILE, list_report_paths
from nianbao.sources.partial_report import locate_pieces, salvage_pieces
from nianbao.sources.report_checks import check_report
from nianbao.sources.review import is_draft, tell_entries
from nianbao.sources.strict_yaml import Document, parse_yaml
from nianbao.sources.validation import explain_validation
from nianbao.sources.wording import name_value

__all__ = ["list_report_paths", "locate_entry", "read_districts", "read_indicators", "read_report"]

# First parts of addresses that are or will be the site's own.
RESERVED_SLUGS = frozenset({"archive", "assets", "cards", "data", "feed", "schema", "search", "sitemap", "topics"})

_Entry = TypeVar("_Entry", bound=Frozen)


def read_districts(data_dir: Path, *, root: Path) -> tuple[dict[str, District], tuple[DataError, ...]]:
    """Return the districts by slug, in the order of the file, and the mistakes in it."""
    path = data_dir / DISTRICTS_FILE
    districts, errors = _read_register(path, District, key="slug", root=root)
    taken = [slug for slug in districts if slug in RESERVED_SLUGS]
    if taken:
        document = read_document(path, data_dir=data_dir, root=root)
        indexes = {str(entry.get("slug")): index for index, entry in enumerate(document.data)}
        errors += tuple(
            DataError(
                document.file,
                document.line_of((indexes[slug], "slug")),
                f"[{indexes[slug]}].slug",
                f"“{slug}”是网站自己要用的网址",
                "给这个地区换一个代号（slug）",
            )
            for slug in taken
        )
    return districts, tuple(sorted(errors))


def find_district(districts: Mapping[str, District], name: str) -> District | None:
    """Return the district with a slug, a name or a full name; None where there is none, or more than one."""
    found = [entry for entry in districts.values() if name in (entry.name, entry.full_name)]
    return districts.get(name) or (found[0] if len(found) == 1 else None)


def read_indicators(data_dir: Path, *, root: Path) -> tuple[dict[str, Indicator], tuple[DataError, ...]]:
    """Return the indicators by id, in the order of the file, and the mistakes in it."""
    return _read_register(data_dir / INDICATORS_FILE, Indicator, key="id", root=root)


class ReadReport(NamedTuple):
    """A report's file as it was read: the report, None when its fields are not all sound; its mistakes, sorted.

    Of a draft `doubts` are what is still to be looked at; it is one whether it is sound or not.
    """

    report: Report | None
    errors: tuple[DataError, ...]
    doubts: tuple[DataError, ...] = ()
    is_draft: bool = False


def read_report(
    path: Path, *, root: Path, raw: bytes | None = None, indicators: Mapping[str, Indicator] | None = None
) -> tuple[Report | None, tuple[DataError, ...]]:
    """Return one report, a draft or not, and its mistakes, as `read_report_file` does."""
    return read_report_file(path, root=root, raw=raw, indicators=indicators)[:2]


def read_report_file(
    path: Path, *, root: Path, raw: bytes | None = None, indicators: Mapping[str, Indicator] | None = None
) -> ReadReport:
    """Return one report's file.

    Knows nothing of other reports, so that worker processes read one file at a time. `raw` is the file's content
    where the caller has it already. Without `indicators` (their file is broken) they are not checked.
    """
    data_dir = path.parent.parent
    try:
        document = read_document(path, data_dir=data_dir, root=root, raw=raw)
    except DataErrors as failure:
        return ReadReport(None, failure.errors)
    if len(document.text) > MOST_CHARACTERS:
        problem = f"整个文件有 {len(document.text)} 字，一份报告最多 {MOST_CHARACTERS} 字"
        mistake = DataError(document.file, 0, "", problem, "缩短正文；是几份报告，就分成几个文件")
        return ReadReport(None, (mistake,), is_draft=is_draft(document.data))
    report: Report | None = None
    errors: tuple[DataError, ...] = ()
    try:
        report = Report.model_validate(document.data)
        partial = locate_pieces(report)
    except ValidationError as failure:
        errors = explain_validation(failure, document)
        partial = salvage_pieces(document.data)
    errors += check_report(
        partial,
        document,
        stem=path.stem,
        indicators=indicators,
        locate_indicator=lambda name: locate_entry(data_dir / INDICATORS_FILE, "id", name, root=root),
    )
    if not is_draft(document.data):
        return ReadReport(report, tuple(sorted(set(errors))))
    doubts, asked_for = tell_entries(document)
    # That something is missing is told once: by the entry that asks for it.
    return ReadReport(report, tuple(sorted({e for e in errors if e.key not in asked_for})), doubts, is_draft=True)


def read_document(path: Path, *, data_dir: Path, root: Path, raw: bytes | None = None) -> Document:
    """Return the YAML document of a file under data/. Raises: DataErrors."""
    file = name_file(path, root=root)
    link = explain_link_outside(path, data_dir=data_dir, file=file)
    if link:
        raise DataErrors([link])
    content = read_content(path, file=file) if raw is None else raw
    return parse_yaml(decode_text(content, file=file), file=file)


def locate_entry(path: Path, key: str, name: str, *, root: Path) -> str:
    """Return where an entry of a register stands, for a message: data/indicators.yml:12, or the file alone."""
    try:
        document = read_document(path, data_dir=path.parent, root=root)
    except DataErrors:
        return name_file(path, root=root)
    for index, entry in enumerate(document.data if isinstance(document.data, list) else ()):
        if isinstance(entry, dict) and str(entry.get(key)) == name:
            return f"{document.file}:{document.line_of((index, key))}"
    return document.file


def _read_register(
    path: Path, model: type[_Entry], *, key: str, root: Path
) -> tuple[dict[str, _Entry], tuple[DataError, ...]]:
    try:
        document = read_document(path, data_dir=path.parent, root=root)
    except DataErrors as failure:
        return {}, failure.errors
    if document.data is None:
        return {}, ()
    if not isinstance(document.data, list):
        problem = f"要写成列表，这里却是{name_value(document.data)}"
        return {}, (DataError(document.file, 1, "", problem, f"每项以“- {key}: …”开头"),)
    entries: dict[str, _Entry] = {}
    indexes: dict[str, int] = {}
    errors: list[DataError] = []
    for index, data in enumerate(document.data):
        try:
            entry = model.model_validate(data)
        except ValidationError as failure:
            errors += explain_validation(failure, document, model=model, at=(index,))
            continue
        name = getattr(entry, key)
        if name in entries:
            problem = f"“{name}”写了两次，前一次在第 {document.line_of((indexes[name], key))} 行"
            errors.append(
                DataError(
                    document.file, document.line_of((index, key)), f"[{index}].{key}", problem, "换一个，或删去一处"
                )
            )
            continue
        entries[name] = entry
        indexes[name] = index
    return entries, tuple(sorted(errors))
