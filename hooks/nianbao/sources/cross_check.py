"""What must hold between the reports of one district: one address each, and pledges that lead somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from nianbao.errors import DataError, DataErrors
from nianbao.model import Kind, Report, Role, parse_period
from nianbao.model.places import KeyPath, format_place
from nianbao.sources.files import decode_text, read_content
from nianbao.sources.near_miss import find_near_miss
from nianbao.sources.strict_yaml import parse_yaml
from nianbao.sources.wording import show_value


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """What others refer to of an item, and where it stands in its file."""

    key_path: KeyPath
    id: str
    role: Role
    fulfils: str | None


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """What others refer to of a report. `file` is its name in messages, `stem` its file name without .yml."""

    file: str
    district: str
    stem: str
    period: str
    kind: Kind
    items: tuple[ItemRecord, ...]


def record_report(report: Report, *, file: str, district: str, stem: str) -> ReportRecord:
    """Return what `cross_check` needs of a report."""
    items = tuple(
        ItemRecord(("parts", p, "sections", s, "items", i), item.id, part.role, item.fulfils)
        for p, part in enumerate(report.parts)
        for s, section in enumerate(part.sections)
        for i, item in enumerate(section.items)
    )
    return ReportRecord(file, district, stem, report.period, report.kind, items)


def cross_check(reports: Iterable[ReportRecord], *, root: Path = Path()) -> tuple[DataError, ...]:
    """Return the mistakes between reports; those of different districts do not meet.

    Files are read again, under `root`, for the lines in the messages alone.
    """
    ordered = sorted(reports, key=lambda record: record.file)
    groups: dict[str, list[ReportRecord]] = {}
    for record in ordered:
        groups.setdefault(record.district, []).append(record)
    errors: list[DataError] = []
    for group in groups.values():
        errors += _check_addresses(group, root)
        by_stem = {record.stem: record for record in group}
        for record in group:
            for item in record.items:
                if item.fulfils is not None:
                    errors += _check_pledge(record, item, item.fulfils, by_stem, root)
    return tuple(errors)


def _check_addresses(group: list[ReportRecord], root: Path) -> Iterator[DataError]:
    by_address: dict[str, ReportRecord] = {}
    by_period: dict[tuple[str, Kind], ReportRecord] = {}
    for record in group:
        same_address = by_address.setdefault(record.stem.lower(), record)
        if same_address is not record:
            problem = f"与 {same_address.file} 的网址相同（不分大小写）"
            yield _refuse(record, ("period",), root, problem, "改一个文件名，或删去一份")
        if record.kind is Kind.THEMATIC:
            continue
        same_period = by_period.setdefault((record.period, record.kind), record)
        if same_period is not record:
            yield _refuse(
                record,
                ("period",),
                root,
                f"与 {same_period.file} 是同一期（{record.period}）",
                "一期只能有一份：改 period，删去一份；专题报告的 kind 写成 thematic",
            )


def _check_pledge(
    record: ReportRecord, item: ItemRecord, reference: str, by_stem: Mapping[str, ReportRecord], root: Path
) -> Iterator[DataError]:
    key_path = (*item.key_path, "fulfils")
    stem, _, item_id = reference.partition("#")
    target = by_stem.get(stem)
    if target is None:
        # A report that is there but could not be read has its own mistakes to tell.
        if not (root / record.file).with_name(f"{stem}.yml").exists():
            others = [other for other in by_stem.values() if other is not record]
            near = find_near_miss(stem, (other.stem for other in others if item_id in _plan_ids(other)))
            stems = "、".join(other.stem for other in others) or "没有"
            fix = f"是否指 {near}#{item_id}" if near else f"本地区的其他报告：{stems}"
            yield _refuse(record, key_path, root, f"本地区没有{show_value(stem)}这份报告", fix)
        return
    if parse_period(target.period).sort_key >= parse_period(record.period).sort_key:
        problem = f"{show_value(stem)}不比本报告早" if target is not record else f"{show_value(stem)}就是本报告"
        yield _refuse(record, key_path, root, problem, "只能兑现往期报告里的安排")
    named = next((other for other in target.items if other.id == item_id), None)
    plans = _plan_ids(target)
    near = find_near_miss(item_id, plans)
    fix = f"是否指 {stem}#{near}" if near else f"{target.file} 里的安排：{'、'.join(plans) or '没有'}"
    if named is None:
        yield _refuse(record, key_path, root, f"{target.file} 里没有{show_value(item_id)}这一条", fix)
    elif named.role is not Role.PLAN:
        yield _refuse(record, key_path, root, f"{target.file} 里的{show_value(item_id)}不是安排（plan）", fix)


def _plan_ids(record: ReportRecord) -> list[str]:
    return [item.id for item in record.items if item.role is Role.PLAN]


def _refuse(record: ReportRecord, key_path: KeyPath, root: Path, problem: str, fix: str) -> DataError:
    return DataError(record.file, find_line(root / record.file, key_path), format_place(key_path), problem, fix)


def find_line(path: Path, key_path: KeyPath) -> int:
    """Return a key's line, or 0 when the file cannot be read any more."""
    try:
        return parse_yaml(decode_text(read_content(path, file=""), file=""), file="").line_of(key_path)
    except DataErrors:
        return 0
