"""`nianbao import`: what is written, what is never overwritten, what is refused."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.import_documents import make_staff_document, pack, write

from nianbao.app import import_documents
from nianbao.app.import_documents import Imported, import_document
from nianbao.cli.import_command import import_command
from nianbao.importing import readers
from nianbao.importing.source_text import UnreadableError
from nianbao.sources.store import read_indicators, read_report

TEXT = """梅岭县妇联2023年工作总结
一、学习
（一）读书。发展团员12名，办读书会30场。
二、2024年计划
（一）看报。办报栏。
"""
PACKED = "、".join(s for reader in readers.READERS if reader.magic == readers.ZIP for s in reader.suffixes)
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/districts.yml").write_text("- {slug: meiling, name: 梅岭}\n")
    (tmp_path / "data/indicators.yml").write_text("- {id: admitted, name: 新发展团员, unit: 名, aliases: [发展团员]}\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(import_command, [str(argument) for argument in arguments])


def test_a_draft_is_written_and_passes_the_check(root: Path) -> None:
    result = run(write(root, "总结.txt", TEXT), "--district", "meiling")
    assert result.exit_code == 0, result.output
    path = root / "data/meiling/2023.yml"
    indicators, _ = read_indicators(root / "data", root=root)
    report, errors = read_report(path, root=root, indicators=indicators)
    assert errors == ()
    assert report is not None
    assert [(entry.place, entry.chose, entry.source) for entry in report.review] == [
        ("parts[0].sections[0].items[0].figures[0].indicator", "admitted", "发展团员12名，办读书会30场。"),
    ]
    assert "请核对 读书 · 12名 · 可比指标：这个数就是可比指标“新发展团员”吗？" in result.stderr
    end = "还有 1 处请核对：nianbao review data/meiling/2023.yml，或者在 make serve 的页面上看。核对完才会发布。\n"
    assert result.stderr.endswith(end)
    assert [(f.quote, f.label, f.indicator) for f in report.items[0].figures] == [
        ("12名", "发展团员", "admitted"), ("30场", "办读书会", None),
    ]  # fmt: skip
    assert "没有放进去" in result.stderr


def test_an_indicator_is_given_once(root: Path) -> None:
    text = TEXT.replace("办读书会30场。", "新发展团员9名。")
    result = run(write(root, "总结.txt", text), "--district", "meiling", "--stdout")
    assert result.stdout.count("indicator: admitted") == 1


def test_an_existing_report_stays(root: Path) -> None:
    path = write(root, "总结.txt", TEXT)
    run(path, "--district", "meiling")
    report = root / "data/meiling/2023.yml"
    report.write_text("# mine\n")
    result = run(path, "--district", "meiling")
    assert result.exit_code == 1
    assert "已经有了，没有动它" in result.stderr
    assert report.read_text() == "# mine\n"


def test_force_keeps_every_old_file(root: Path) -> None:
    path = write(root, "总结.txt", TEXT)
    run(path, "--district", "meiling")
    report = root / "data/meiling/2023.yml"
    for number, name in ((1, "2023.yml.bak"), (2, "2023.yml.bak2")):
        report.write_text(f"# {number}\n")
        assert run(path, "--district", "meiling", "--force").exit_code == 0
        assert (report.parent / name).read_text() == f"# {number}\n"
    assert (report.parent / "2023.yml.bak").read_text() == "# 1\n"
    assert report.read_text().startswith("# yaml-language-server")


def test_diff_shows_and_writes_nothing(root: Path) -> None:
    path = write(root, "总结.txt", TEXT)
    run(path, "--district", "meiling")
    report = root / "data/meiling/2023.yml"
    before = report.read_bytes()
    assert "没有变化" in run(path, "--district", "meiling", "--diff").stdout
    changed = run(write(root, "总结.txt", TEXT.replace("30场", "31场")), "--district", "meiling", "--diff")
    assert "-              - {id: n2, quote: 30场" in changed.stdout
    assert "+              - {id: n2, quote: 31场" in changed.stdout
    assert report.read_bytes() == before


def test_an_unknown_district_is_an_error_with_the_lines_to_add(root: Path) -> None:
    path = write(root, "总结.txt", TEXT)
    result = run(path, "--district", "nanshan")
    assert result.exit_code == 1
    assert "- slug: nanshan\n  name: " in result.stderr
    assert not (root / "data/nanshan").exists()
    printed = run(path, "--district", "nanshan", "--stdout")
    assert printed.exit_code == 0
    assert "nanshan" in printed.stderr
    assert "period: '2023'" in printed.stdout


def test_period_and_kind_go_before_what_the_text_says(root: Path) -> None:
    path = write(root, "总结.txt", TEXT)
    assert run(path, "--district", "meiling", "--period", "2022-H1").exit_code == 0
    assert "kind: interim" in (root / "data/meiling/2022-H1.yml").read_text()
    assert run(path, "--district", "meiling", "--kind", "thematic").exit_code == 0
    assert (root / "data/meiling/2023-topic.yml").is_file()
    assert run(path, "--district", "meiling", "--kind", "annual", "--period", "2022-H1").exit_code == 2
    assert run(path, "--district", "meiling", "--period", "2022年").exit_code == 2


def test_a_report_without_a_year_asks_for_it(root: Path) -> None:
    path = write(root, "a.txt", "工作总结\n一、学习\n（一）读书。办读书会30场。\n")
    result = run(path, "--district", "meiling")
    assert result.exit_code == 1
    assert "加上 --period" in result.stderr
    printed = run(path, "--district", "meiling", "--stdout")
    assert "  - place: period\n    question: 原文没有说是哪一年" in printed.stdout
    assert "缺少 period" not in printed.stderr, "the entry asks for it already"


def test_pictures_are_saved_beside_the_report(root: Path) -> None:
    assert run(write(root, "总结.docx", make_staff_document()), "--district", "meiling").exit_code == 0
    assert sorted(path.name for path in (root / "data/meiling").iterdir()) == ["2023-image-1.png", "2023.yml"]


def test_a_replaced_picture_stays_too(root: Path) -> None:
    path = write(root, "总结.docx", make_staff_document())
    run(path, "--district", "meiling")
    picture = root / "data/meiling/2023-image-1.png"
    picture.write_bytes(b"mine")
    result = run(path, "--district", "meiling", "--force")
    assert result.exit_code == 0, result.output
    # The report is the same, so no copy of it is left.
    names = ["2023-image-1.png", "2023-image-1.png.bak", "2023.yml"]
    assert sorted(path.name for path in picture.parent.iterdir()) == names
    assert (picture.parent / names[1]).read_bytes() == b"mine"
    assert names[1] in result.stderr


def test_a_picture_that_is_another_stays_without_force(root: Path) -> None:
    picture = root / "data/meiling/2023-image-1.png"
    picture.parent.mkdir()
    picture.write_bytes(b"mine")
    result = run(write(root, "总结.docx", make_staff_document()), "--district", "meiling")
    assert result.exit_code == 1
    assert "2023-image-1.png 已经有了，没有动它" in result.stderr
    assert [(path.name, path.read_bytes()) for path in picture.parent.iterdir()] == [(picture.name, b"mine")]


@pytest.mark.parametrize("name", ["2023.yml", "2023-image-1.png", ".2023.yml.tmp", ".2023.yml.{}.tmp"])
@pytest.mark.parametrize("force", [[], ["--force"]], ids=["plain", "force"])
def test_no_link_is_written_through(root: Path, name: str, force: list[str]) -> None:
    mine = root / "mine.txt"
    mine.write_bytes(b"mine")
    folder = root / "data/meiling"
    folder.mkdir()
    link = folder / name.format(os.getpid())
    link.symlink_to(mine)
    result = run(write(root, "总结.docx", make_staff_document()), "--district", "meiling", *force)
    assert mine.read_bytes() == b"mine"
    assert link.is_symlink()
    if name.startswith("."):
        assert result.exit_code == 0, result.output
        assert (folder / "2023.yml").is_file()
    else:
        assert result.exit_code == 1
        assert "不是普通文件，没有动它\n  改法：" in result.stderr
        assert list(folder.iterdir()) == [link]


def test_a_districts_folder_that_is_a_link_is_not_written_into(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (root / "data/meiling").symlink_to(elsewhere)
    result = run(write(root, "总结.txt", TEXT), "--district", "meiling", "--force")
    assert result.exit_code == 1
    assert "不是文件夹，而是链接或文件\n  改法：" in result.stderr
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize(
    ("raw", "shown"),
    [("总结".encode("gb18030") + b".txt", "总结.txt"), (b"\xff\xff.txt", "��.txt"), (b"a\n\x1b.txt", "a��.txt")],
)
def test_a_file_name_that_is_no_utf8_is_shown_as_well_as_can_be(root: Path, raw: bytes, shown: str) -> None:
    path = Path(os.fsdecode(os.fsencode(root) + b"/" + raw))
    path.write_text(TEXT)
    result = run(path, "--district", "meiling")
    assert result.exit_code == 0, result.output
    assert f"{shown} → " in result.stderr
    assert f"name: {shown}" in (root / "data/meiling/2023.yml").read_text()
    assert run(path, "--district", "meiling").exit_code == 1


def test_a_word_file_by_the_name_of_an_older_one_is_read(root: Path) -> None:
    for name in ("总结.doc", "总结.wps", "总结.odt"):
        assert import_document(write(root, name, make_staff_document()), indicators={}).draft.period == "2023"


def test_the_others_of_a_batch_go_on(root: Path) -> None:
    good = write(root, "好.txt", TEXT)
    result = run(write(root, "旧.docx", LOCKED), good, root / "没有.txt", "--district", "meiling")
    assert result.exit_code == 1
    assert (root / "data/meiling/2023.yml").is_file()
    assert "3 个文件里有 2 个没有导入" in result.stderr
    assert "另存为 .docx" in result.stderr


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.docx", LOCKED, "文件有密码"),
        ("a.doc", LOCKED, "文件有密码"),
        ("a.docx", "hello", "后缀是 .docx，内容却不是这种文件"),
        ("a.pdf", "%PDF-1.7", "PDF 已损坏，打不开"),
        ("a.txt", "%PDF-1.7", "这是 .pdf 文件，后缀却是“.txt”"),
        ("a.ofd", "x", "这是 OFD 版式文件，读不了"),
        ("a.txt", b"PK\x03\x04....", f"这是压缩包或 {PACKED} 文件，后缀却是“.txt”"),
        ("a.zip", b"PK\x03\x04....", "这是压缩包，读不了"),
        ("a.docx", b"PK\x03\x04....", "文件已损坏，打不开"),
        ("a.png", b"\x89PNG\r\n", "这是图片，没有可以读的文字"),
        ("a.txt", "", "文件是空的"),
        ("a.xyz", "a", "不认识“.xyz”这种文件"),
        ("a.txt", "办班。" * 6_000_000, "文件有 54 MB，不像一份报告"),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_written(
    root: Path, name: str, content: bytes | str, problem: str
) -> None:
    path = write(root, name, content)
    with pytest.raises(UnreadableError) as caught:
        import_document(path, indicators={})
    assert caught.value.problem == problem
    assert caught.value.fix
    result = run(path, "--district", "meiling")
    assert result.exit_code == 1
    assert problem in result.stderr
    assert not (root / "data/meiling").exists()


def test_a_new_kind_of_zip_document_is_one_line(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = readers.Reader((".toy",), "tests.import_documents:read_toy", readers.ZIP)
    monkeypatch.setattr(readers, "READERS", (*readers.READERS, line))
    result = run(write(root, "总结.toy", pack({"content.txt": TEXT.encode()})), "--district", "meiling")
    assert result.exit_code == 0, result.output
    assert "办读书会30场" in (root / "data/meiling/2023.yml").read_text()
    # What others begin like it is told apart still.
    for name, problem in (
        ("包.zip", "这是压缩包，读不了"),
        ("表.xlsx", "这是表格文件，读不了"),
        ("文.txt", f"这是压缩包或 {PACKED}、.toy 文件，后缀却是“.txt”"),
        ("坏.toy", "文件已损坏，打不开"),
        ("文.docx", "文件已损坏，打不开"),
    ):
        with pytest.raises(UnreadableError) as caught:
            import_document(write(root, name, pack({"other.txt": b"x"})), indicators={})
        assert caught.value.problem == problem
    with pytest.raises(UnreadableError, match="文件里没有文字"):
        import_document(write(root, "空.toy", pack({"content.txt": b" \n"})), indicators={})
    with pytest.raises(UnreadableError, match="正文有 300001 字"):
        import_document(write(root, "长.toy", pack({"content.txt": "字".encode() * 300_001})), indicators={})
    with pytest.raises(UnreadableError, match=r"后缀是 \.toy，内容却不是这种文件"):
        import_document(write(root, "文.toy", TEXT), indicators={})


def test_a_folder_of_past_years_in_one_call(root: Path) -> None:
    past = root / "往年总结"
    (past / "更早").mkdir(parents=True)
    write(past, "2021.txt", TEXT.replace("2023", "2021").replace("2024", "2022"))
    write(past, "2022[red].docx", make_staff_document())
    write(past, "2023.txt", TEXT)
    write(past, "坏.pdf", b"%PDF-1.7")
    write(past / "更早", "2020.md", TEXT.replace("2023", "2020").replace("2024", "2021"))
    for name in ("~$22.docx", ".DS_Store", "照片.jpg"):
        write(past, name, b"x")
    (past / "链接.txt").symlink_to(past / "2021.txt")
    result = run(past, "--district", "meiling")
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    names = [path.name for path in sorted((root / "data/meiling").iterdir())]
    assert names == ["2020.yml", "2021.yml", "2023-image-1.png", "2023.yml"]
    table = [line for line in result.stderr.splitlines() if line.startswith(("│", "┃"))]
    rows = [[cell.strip() for cell in line.strip("│┃").replace("┃", "│").split("│")] for line in table]
    told = "".join("".join(row) for row in rows)
    assert rows[0] == ["文件", "时段", "标题", "结果", "请核对"]
    for said in ("2020.md", "2022[red].docx", "坏.pdf", "写好了"):
        assert said in told
    assert "2023.txt: 和 2022[red].docx 是同一个时段（2023），没有写\n  改法：" in result.stderr
    assert "坏.pdf: PDF 已损坏，打不开\n  改法：" in result.stderr
    assert "文件夹里还有 1 个文件不是能导入的文件：照片.jpg" in result.stderr
    assert "5 个文件里有 2 个没有导入" in result.stderr
    assert "去处" not in result.stderr


def test_a_second_document_of_a_period_is_not_written_even_by_force(root: Path) -> None:
    first = write(root, "一稿.txt", TEXT)
    second = write(root, "二稿.txt", TEXT.replace("30场", "31场"))
    result = run(first, second, "--district", "meiling", "--force")
    assert result.exit_code == 1
    assert "二稿.txt: 和 一稿.txt 是同一个时段（2023），没有写" in result.stderr
    assert "30场" in (root / "data/meiling/2023.yml").read_text()
    assert not (root / "data/meiling/2023.yml.bak").exists()


def test_a_folder_without_documents_and_a_period_for_many_are_told(root: Path) -> None:
    empty = root / "空"
    empty.mkdir()
    result = run(empty, "--district", "meiling")
    assert result.exit_code == 1
    assert "文件夹里没有能导入的文件\n  改法：能导入的有：.txt" in result.stderr
    write(empty, "a.txt", TEXT)
    write(empty, "b.txt", TEXT)
    assert run(empty, "--district", "meiling", "--period", "2022").exit_code == 2


def test_a_slip_of_the_program_stops_no_other_document(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = import_documents.import_content

    def stumble(content: bytes, **named: Any) -> Imported:
        return real(content, **named) if named["name"] == "好.txt" else {}["missing"]

    monkeypatch.setattr(import_documents, "import_content", stumble)
    result = run(write(root, "坏.txt", TEXT), write(root, "好.txt", TEXT), "--district", "meiling")
    assert result.exit_code == 1
    assert "坏.txt: 认到一半，程序出了错（KeyError）\n  改法：" in result.stderr
    assert (root / "data/meiling/2023.yml").is_file()
