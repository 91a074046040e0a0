"""The registry of readers: each is there when it is needed, and no sooner."""

from __future__ import annotations

import subprocess
import sys

import pytest

from nianbao.importing.readers import READERS, Reader

# Loads what imports a document, then the reader of a suffix if one is given, and prints what is heavy and was loaded.
_PROBE = """
import sys
import nianbao.importing.imported
from nianbao.importing.readers import READERS
for reader in READERS:
    if sys.argv[1:] == [reader.suffixes[0]]:
        reader.load()
print(*sorted({"docx", "lxml", "readability", "PIL", "pypdfium2", "yaml", "mkdocs"} & set(sys.modules)))
"""


def test_every_suffix_has_one_reader() -> None:
    suffixes = [suffix for reader in READERS for suffix in reader.suffixes]
    assert len(set(suffixes)) == len(suffixes)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.suffixes[0])
def test_every_reader_is_where_its_line_says(reader: Reader) -> None:
    assert callable(reader.load())


@pytest.mark.parametrize(
    ("suffix", "loaded"),
    [
        ("", ""),
        (".txt", ""),
        (".md", ""),
        (".docx", "PIL docx lxml"),
        (".html", "lxml readability"),
        (".pdf", "pypdfium2"),
        (".doc", ""),
    ],
)
def test_nothing_heavy_is_loaded_before_its_reader(suffix: str, loaded: str) -> None:
    arguments = [sys.executable, "-c", _PROBE, *([suffix] if suffix else [])]
    assert subprocess.run(arguments, capture_output=True, text=True, check=True).stdout.strip() == loaded
