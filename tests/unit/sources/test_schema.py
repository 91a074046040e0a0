"""The JSON Schema: current, true to what the store accepts, and refusing what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from nianbao.sources.schema import format_schemas, write_schemas

ROOT = Path(__file__).parents[3]
SITES = [ROOT, ROOT / "tests/sites/basic", ROOT / "tests/sites/hostile-text"]
SCHEMAS: dict[str, Any] = {name: json.loads(content) for name, content in format_schemas().items()}


class Yaml12Loader(yaml.SafeLoader):
    """Reads scalars as YAML 1.2's core schema does, and so as the editors' language server: dates stay text."""


Yaml12Loader.yaml_implicit_resolvers = {
    start: [(tag, pattern) for tag, pattern in resolvers if tag in {"tag:yaml.org,2002:int", "tag:yaml.org,2002:null"}]
    for start, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(SCHEMAS[f"{name}.schema.json"])


def load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Yaml12Loader)


def test_the_committed_schemas_are_current() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "data/schema").iterdir()}
    assert committed == format_schemas(), "run `nianbao schema`"


def test_schemas_are_valid_and_written_as_formatted(tmp_path: Path) -> None:
    for schema in SCHEMAS.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    paths = write_schemas(tmp_path / "schema")
    assert {path.name: path.read_text(encoding="utf-8") for path in paths} == format_schemas()
    assert sorted(path.name for path in (tmp_path / "schema").iterdir()) == sorted(format_schemas())


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_the_data_are_valid(site: Path) -> None:
    validator("districts").validate(load(site / "data/districts.yml"))
    validator("indicators").validate(load(site / "data/indicators.yml"))
    reports = sorted((site / "data").glob("*/*.yml"))
    assert reports
    for path in reports:
        validator("report").validate(load(path))


@pytest.mark.parametrize(
    ("change", "valid"),
    [
        ({}, True),
        ({"period": 2023}, True),
        ({"period": "2024-H1"}, True),
        ({"period": 1800}, False),
        ({"period": "2023年"}, False),
        ({"title": 2023}, True),
        ({"title": ["一年回看"]}, False),
        ({"title": True}, False),
        ({"kind": "yearly"}, False),
        ({"published_on": None}, True),
        ({"schema": 2}, False),
        ({"parts": []}, False),
        ({"parts": None}, False),
        ({"titel": "x"}, False),
        ({"highlights": ["a/5名", 5]}, True),
    ],
)
def test_the_schema_refuses_what_the_store_refuses(change: dict[str, object], valid: bool) -> None:
    report = {"period": "2023", "kind": "annual", "title": "一年回看", "parts": [{"role": "results", "title": "成绩"}]}
    assert validator("report").is_valid({**report, **change}) is valid


def test_every_field_is_described_in_chinese() -> None:
    for schema in SCHEMAS.values():
        for definition in (schema, *schema["$defs"].values()):
            for name, field in definition.get("properties", {}).items():
                assert any("\u4e00" <= character <= "\u9fff" for character in field["description"]), name


def test_each_data_file_names_its_schema_in_its_first_line() -> None:
    for site in (ROOT, ROOT / "tests/sites/basic"):
        for path in [*site.glob("data/*.yml"), *site.glob("data/*/*.yml")]:
            first = path.read_text(encoding="utf-8").partition("\n")[0]
            assert first.startswith("# yaml-language-server: $schema="), path
            assert (path.parent / first.partition("=")[2]).is_file(), path
