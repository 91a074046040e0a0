"""Office files of past years, through LibreOffice where it is installed; made by it for these tests."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from tests.import_documents import make_staff_document, write

from nianbao.app.import_documents import import_document, prepare_documents
from nianbao.importing import office
from nianbao.importing.confined import Limits
from nianbao.importing.source_text import UnreadableError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
needs_office = pytest.mark.skipif(not office.find_office(), reason="LibreOffice (soffice) is not installed")
FILTERS = {
    ".doc": "doc:MS Word 97",
    ".rtf": "rtf:Rich Text Format",
    ".odt": "odt:writer8",
    ".pdf": "pdf:writer_pdf_Export",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The report that staff wrote in each format, as LibreOffice saves it."""
    folder = tmp_path_factory.mktemp("office")
    source_path = write(folder, "总结.docx", make_staff_document())
    for kind in FILTERS.values():
        subprocess.run(
            [
                office.find_office(), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
                "--convert-to", kind, "--outdir", str(folder), str(source_path),
            ],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    return {suffix: (folder / f"总结{suffix}").read_bytes() for suffix in FILTERS}


@needs_office
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("总结.doc", ".doc"), ("总结.wps", ".doc"), ("总结.rtf", ".rtf"), ("总结.odt", ".odt"),
        ("总结.doc", ".rtf"), ("总结.docx", ".doc"), ("总结.docx", ".odt"),
    ],
)  # fmt: skip
def test_a_file_of_past_years_imports_well(tmp_path: Path, made: dict[str, bytes], name: str, kind: str) -> None:
    imported = import_document(write(tmp_path, name, made[kind]), indicators={})
    draft = imported.draft
    assert (draft.title.text, draft.period, draft.source_name) == ("梅岭县残疾人联合会2023年工作总结", "2023", name)
    assert [(part.role.value, part.title.text) for part in draft.parts] == [
        ("results", "2023年主要工作"), ("problems", "存在问题"), ("plan", "2024年工作打算"),
    ]  # fmt: skip
    assert [(item.title.text, item.text) for item in draft.items][:3] == [
        ("康复托养", "为860名残疾人提供康复训练，新建日间照料点6个。"),
        ("技能培训", "办班9期，培训420人次。"),
        ("安置就业", "新增按比例就业75人。"),
    ]
    (table,) = [item.table for item in draft.items if item.table]
    assert [[cell.text for cell in row] for row in (table.header, *table.rows)] == [
        ["项目", "数量", "比上年"], ["辅具适配", "530件", "增加12%"], ["无障碍改造", "120户", "持平"],
    ]  # fmt: skip
    assert draft.items[3].text.startswith("全年服务1200名残疾人。")
    assert "原文有修订中删去的文字 4 字，没有写进来" in draft.notes
    assert [(p.name, p.content[:4]) for p in imported.pictures] == [("image-1.png", b"\x89PNG")]


@needs_office
def test_a_pdf_as_an_office_program_makes_it_imports_well(tmp_path: Path, made: dict[str, bytes]) -> None:
    draft = import_document(write(tmp_path, "总结.pdf", made[".pdf"]), indicators={}).draft
    assert (draft.title.text, draft.period) == ("梅岭县残疾人联合会2023年工作总结", "2023")
    assert [part.title.text for part in draft.parts] == ["2023年主要工作", "存在问题", "2024年工作打算"]
    assert draft.items[0].text == "为860名残疾人提供康复训练，新建日间照料点6个。"


@needs_office
def test_what_libreoffice_cannot_open_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        import_document(write(tmp_path, "坏.doc", OLE + b"\x00" * 4000), indicators={})
    assert caught.value.problem in {"LibreOffice 打不开它，可能有密码，或已损坏", "文件里没有文字", "文件是空的"}
    assert caught.value.fix


@needs_office
def test_files_of_one_call_start_libreoffice_once(
    tmp_path: Path, made: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    starts: list[int] = []
    real = office.run_confined
    monkeypatch.setattr(office, "run_confined", lambda command, **named: (starts.append(1), real(command, **named))[1])
    paths = [write(tmp_path, f"总结{suffix}", made[suffix]) for suffix in (".doc", ".rtf", ".odt")]
    paths.insert(1, write(tmp_path, "坏.doc", OLE + b"\x00" * 4000))
    prepare_documents(paths)
    assert len(starts) == 1
    for path in (paths[0], *paths[2:]):
        draft = import_document(path, indicators={}).draft
        assert (draft.period, draft.source_name) == ("2023", path.name)
    assert len(starts) == 1
    # What was not made together is tried by itself, and told.
    with pytest.raises(UnreadableError):
        import_document(paths[1], indicators={})
    assert len(starts) == 2


@needs_office
def test_libreoffice_that_takes_too_long_is_ended(
    tmp_path: Path, made: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    office._made_ahead.clear()
    monkeypatch.setattr(office, "_LIMITS", Limits(seconds=0))
    path = write(tmp_path, "总结.doc", made[".doc"])
    with pytest.raises(UnreadableError, match="还没有读完"):
        import_document(path, indicators={})
    monkeypatch.undo()
    assert import_document(path, indicators={}).draft.period == "2023"


def test_without_libreoffice_it_is_said_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    monkeypatch.setattr(office, "_PLACES", ())
    for name, content in (("旧.doc", OLE), ("旧.rtf", b"{\\rtf1 }"), ("旧.odt", b"PK\x03\x04")):
        with pytest.raises(UnreadableError) as caught:
            import_document(write(tmp_path, name, content), indicators={})
        assert caught.value.problem == "读这种文件要用 LibreOffice，这台电脑没有装"
        assert "sudo apt install libreoffice-writer" in caught.value.fix
        assert "另存为 .docx" in caught.value.fix
