"""Documents made to do harm, or broken: read in their measure, or refused with a sentence; none holds us up."""

from __future__ import annotations

import io
import os
import random
import re
import time
import zipfile
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import docx
import psutil
import pytest
from PIL import Image, PngImagePlugin
from tests.import_documents import W, add_part, add_styles, alter, append_xml, draw_picture, make_staff_document, save

from nianbao.importing import pictures
from nianbao.importing.confined import Limits, call_confined, run_confined
from nianbao.importing.docx import read_docx
from nianbao.importing.html import read_html
from nianbao.importing.readers import read_source
from nianbao.importing.source_text import SourceText, UnreadableError

NOTE = '<w:footnote w:id="{}"><w:p><w:r><w:t>注{}。</w:t></w:r>{}</w:p></w:footnote>'
REFERENCE = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
SECRET = "不许外传的话"


def read(content: bytes) -> SourceText:
    return read_docx(content, name="样.docx", sha256="0" * 64)


def measure_work() -> float:
    """Return the processor's seconds so far, ours and of the processes that ended: others may be at work as well."""
    return sum(os.times()[:4])


def make_document(xml: str = "") -> bytes:
    document = docx.Document()
    append_xml(document.add_paragraph("办班九期。"), xml or "<w:r/>")
    return save(document)


@pytest.mark.parametrize("step", [1, 0], ids=["each to the next, twice", "each to itself"])
def test_footnotes_of_footnotes_are_not_followed(step: int) -> None:
    notes = "".join(NOTE.format(n, n, 2 * REFERENCE.format(n + step)) for n in range(2, 40))
    content = add_part(
        make_document(2 * REFERENCE.format(2)), kind="footnotes", xml=f"<w:footnotes {W}>{notes}</w:footnotes>"
    )
    assert [p.text for p in read(content).paragraphs if p.text] == ["办班九期。", "注2。"]


@pytest.mark.parametrize("count", [3, 20_000])
@pytest.mark.parametrize("last", ["", "s0", "s1"], ids=["chain", "ring", "ring with a way in"])
def test_styles_that_are_based_on_each_other_end(last: str, count: int) -> None:
    heading = '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'
    bases = [*(f"s{n}" for n in range(1, count)), last]
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="{base}"/>'
        f"{heading if n + 1 == count else ''}</w:style>"
        for n, base in enumerate(bases)
    )
    document = make_document()
    content = alter(
        add_styles(document, styles),
        lambda name, member: (
            member.replace(b"<w:p>", b'<w:p><w:pPr><w:pStyle w:val="s0"/></w:pPr>', 1)
            if name == "word/document.xml"
            else member
        ),
    )
    start = time.process_time()
    assert [p.level for p in read(content).paragraphs if p.text] == [2]
    assert time.process_time() - start < 3


@pytest.mark.parametrize("value", ["²", "９９", "9" * 5000, "-1", "x", ""])
def test_numbers_that_are_none_are_left_alone(value: str) -> None:
    page = f'<html><body><ol start="{value}"><li>办班九期。</li></ol></body></html>'.encode()
    assert [p.number for p in read_html(page, name="x.html", sha256="").paragraphs] == ["1."]
    number = f'<w:numPr><w:ilvl w:val="{value}"/><w:numId w:val="{value}"/></w:numPr>'
    xml = f'<w:pPr><w:outlineLvl w:val="{value}"/>{number}</w:pPr>'
    document = docx.Document()
    append_xml(document.add_paragraph(), xml + "<w:r><w:t>办班九期。</w:t></w:r>")
    assert [(p.text, p.level) for p in read(save(document)).paragraphs if p.text] == [("办班九期。", 0)]


@pytest.mark.parametrize("charset", ["undefined", "idna", "punycode", "hex", "utf-7", "unicode_escape", "no-such"])
def test_a_page_that_names_no_encoding_of_pages_is_read_by_its_bytes(charset: str) -> None:
    page = f'<html><head><meta charset="{charset}"></head><body><p>办班九期。</p></body></html>'
    for encoding in ("utf-8", "gb18030"):
        assert read_html(page.encode(encoding), name="x.html", sha256="").paragraphs[-1].text == "办班九期。"


def rename_main(content: bytes, name: str, more: bytes = b"") -> bytes:
    def change(member_name: str, member: bytes) -> bytes:
        if member_name == "word/document.xml":
            return member.replace(b"</w:body>", more + b"</w:body>")
        return member.replace(b"word/document.xml", f"word/{name}".encode())

    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(alter(content, change))) as old,
        zipfile.ZipFile(made, "w") as new,
    ):
        for member in old.namelist():
            new_name = member.replace("document.xml", name) if member.startswith("word/") else member
            new.writestr(new_name, old.read(member))
    return made.getvalue()


def random_text(size: int) -> bytes:
    """Text that packs badly, so that its ratio gives nothing away."""
    return b"<w:p><w:r><w:t>" + random.Random(0).randbytes(size // 2).hex().encode() + b"</w:t></w:r></w:p>"


def test_the_text_of_a_document_is_found_by_what_it_is_not_by_its_name() -> None:
    assert [p.text for p in read(rename_main(make_document(), "body.png")).paragraphs if p.text] == ["办班九期。"]
    with pytest.raises(UnreadableError, match="压缩炸弹"):
        read(rename_main(make_document(), "body.png", random_text(41_000_000)))
    # Each is within the limit, and both together are not.
    half = io.BytesIO(rename_main(make_document(), "body.png", random_text(21_000_000)))
    with zipfile.ZipFile(half, "a") as package:
        package.writestr("word/other.png", b"\xef\xbb\xbf\n" + random_text(21_000_000))
    with pytest.raises(UnreadableError, match="压缩炸弹"):
        read(half.getvalue())

    def declare(name: str, member: bytes) -> bytes:
        return member.replace(b"?>", b'?><!DOCTYPE w [<!ENTITY x "x">]>', 1) if name == "word/document.xml" else member

    with pytest.raises(UnreadableError, match="外部实体"):
        read(rename_main(alter(make_document(), declare), "body.png"))


def bomb_members(content: bytes) -> bytes:
    made = io.BytesIO(content)
    with zipfile.ZipFile(made, "a") as package:
        for number in range(6_000):
            package.writestr(f"x/{number}", b"")
    return made.getvalue()


def billion_laughs(content: bytes) -> bytes:
    names = "abcdefghij"
    entities = '<!ENTITY a "哈哈哈哈">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names)
    )

    def change(name: str, member: bytes) -> bytes:
        if name != "word/document.xml":
            return member
        return re.sub(
            rb"(<w:body>)",
            rb"\1<w:p><w:r><w:t>&j;</w:t></w:r></w:p>",
            member.replace(b"?>", f"?><!DOCTYPE w [{entities}]>".encode(), 1),
        )

    return alter(content, change)


def nest(content: bytes) -> bytes:
    deep = b"<w:tbl><w:tr><w:tc>" * 400 + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * 400
    return alter(content, lambda _name, member: member.replace(b"</w:body>", deep + b"</w:body>"))


@pytest.mark.parametrize("spoil", [bomb_members, billion_laughs, nest], ids=lambda spoil: spoil.__name__)
def test_a_package_that_is_no_report_is_refused(spoil: Callable[[bytes], bytes]) -> None:
    start = measure_work()
    with pytest.raises(UnreadableError) as caught:
        read_source(spoil(make_document()), name="样.docx")
    assert re.search(r"[\u4e00-\u9fff]", caught.value.problem)
    assert caught.value.fix
    assert measure_work() - start < 5


def test_deleted_and_hidden_text_and_comments_are_counted_and_not_read() -> None:
    said = f"<w:t>{SECRET}</w:t>"
    content = make_document(
        f'<w:del w:id="1"><w:r><w:delText>{SECRET}</w:delText></w:r></w:del>'
        f"<w:r><w:rPr><w:vanish/></w:rPr>{said}</w:r>"
        f'<w:r><w:rPr><w:rStyle w:val="secret"/></w:rPr>{said}</w:r>'
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>都办完了。</w:t></w:r>'
        f'<w:del w:id="2"><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><w:txbxContent>'
        f"<w:p><w:r>{said}</w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:del>"
        '<w:r><w:commentReference w:id="0"/></w:r>'
    )
    content = add_styles(content, '<w:style w:type="character" w:styleId="secret"><w:rPr><w:vanish/></w:rPr></w:style>')
    comments = (
        f'<w:comments {W}><w:comment w:id="0" w:author="某某"><w:p><w:r>{said}</w:r></w:p></w:comment></w:comments>'
    )
    source = read(add_part(content, kind="comments", xml=comments))
    assert [p.text for p in source.paragraphs if p.text] == ["办班九期。都办完了。"]
    assert SECRET not in repr(source)
    assert source.notes == (
        "原文有修订中删去的文字 12 字，没有写进来",
        "原文有隐藏文字 12 字，没有写进来",
        "原文有批注 1 条，没有写进来",
    )


def picture(form: str = "PNG", size: tuple[int, int] = (30, 20), **options: object) -> bytes:
    content = io.BytesIO()
    image = Image.new("RGB", size, "red")
    image.putpixel((0, 0), (0, 0, 255))
    image.save(content, form, **options)
    return content.getvalue()


def with_places(form: str) -> bytes:
    exif = Image.Exif()
    exif[0x010E] = SECRET
    exif[0x0112] = 6  # turned by 90 degrees
    exif.get_ifd(0x8825)[2] = (36.0, 6.0, 9.0)
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", SECRET)
    more = {"pnginfo": info} if form == "PNG" else {"comment": SECRET.encode()} if form == "JPEG" else {}
    return picture(form, exif=exif.tobytes(), icc_profile=b"profile" + SECRET.encode(), **more)


@pytest.mark.parametrize(("form", "suffix"), [("PNG", "png"), ("JPEG", "jpg"), ("WEBP", "webp")])
def test_a_picture_is_drawn_anew_without_what_was_written_into_it(form: str, suffix: str) -> None:
    box = pictures.PictureBox()
    content = with_places(form)
    assert box.add(content) == f"image-1.{suffix}"
    drawn = Image.open(io.BytesIO(box.pictures[0].content))
    assert (drawn.format, drawn.size) == (form, (20, 30))
    assert not drawn.getexif()
    assert not {"exif", "icc_profile", "comment", "Comment", "xmp"} & set(drawn.info)
    assert SECRET.encode() not in box.pictures[0].content


def test_a_gif_is_kept_as_its_first_picture() -> None:
    frames = [Image.new("P", (9, 9), colour) for colour in (1, 2, 3)]
    content = io.BytesIO()
    frames[0].save(content, "GIF", save_all=True, append_images=frames[1:], comment=SECRET.encode())
    box = pictures.PictureBox()
    assert box.add(content.getvalue()) == "image-1.png"
    assert SECRET.encode() not in box.pictures[0].content


def claim_pixels(content: bytes, side: int) -> bytes:
    """A PNG that says it is larger than it is."""
    head = b"IHDR" + side.to_bytes(4, "big") * 2 + content[24:29]
    return content[:12] + head + zlib.crc32(head).to_bytes(4, "big") + content[33:]


def test_pictures_that_are_left_out_are_counted_with_the_reason() -> None:
    box = pictures.PictureBox()
    assert box.add(picture()) == "image-1.png"
    assert box.add(picture()) == "image-1.png"
    for content, kind in (
        (b"\xd7\xcd\xc6\x9a" + b"\x00" * 40, "wmf"),
        (b"\x01\x00\x00\x00" + b"\x00" * 40, "emf"),
        (b"\x01\x00\x00\x00" + b"\x01" * 40, "emf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        (b"MZ" + b"\x00" * 40, "png"),
        (picture()[:60], "png"),
        (b"RIFF\x00\x00\x00\x00WAVE", "webp"),
        (claim_pixels(picture(), 60_000), "png"),
        (picture() + b"\x00" * pictures.PICTURE_LIMIT_BYTES, "png"),
    ):
        assert box.add(content, kind=kind) == ""
    assert box.tell() == (
        "原文有 9 张图片没有保存：1 张不是 png、jpg、gif、webp，1 张大过 40 百万像素，"
        "2 张已损坏，2 张是 emf 格式，1 张是 svg 格式，1 张是 wmf 格式，1 张超过 8 MB；"
        "要用就另存为 png 或 jpg，放进地区的文件夹",
    )
    assert [p.name for p in box.pictures] == ["image-1.png"]


def test_only_so_many_pictures_and_bytes_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    box = pictures.PictureBox()
    for side in range(10, 10 + pictures.PICTURES_LIMIT + 2):
        box.add(picture(size=(side, side)))
    assert len(box.pictures) == pictures.PICTURES_LIMIT
    assert "2 张在前 60 张之后" in box.tell()[0]
    monkeypatch.setattr(pictures, "ALL_PICTURES_LIMIT_BYTES", len(picture()) + 10)
    box = pictures.PictureBox()
    assert (box.add(picture()), box.add(picture(size=(40, 20)))) == ("image-1.png", "")
    assert "1 张放进去就超过一共" in box.tell()[0]


def test_names_of_pictures_are_not_the_documents() -> None:
    document = docx.Document()
    document.add_paragraph("办班九期。")
    document.add_picture(draw_picture())
    content = alter(save(document), lambda _name, member: member.replace(b"image1.png", b"..%2f..%2fx.png"))
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name.replace("image1.png", "..%2f..%2fx.png"), old.read(name))
    assert [p.name for p in read(made.getvalue()).pictures] == ["image-1.png"]


# What a reader may do in its process, by the name that it is called by.
def sleep(seconds: float) -> None:
    time.sleep(seconds)


def take_memory(size: int) -> int:
    return len(bytearray(size))


def answer_with(size: int) -> bytes:
    return b"x" * size


def die() -> None:
    print("a library's last words")
    os.abort()


def fail() -> None:
    raise ZeroDivisionError


def refuse() -> None:
    raise UnreadableError("读不了", "换一份")


@pytest.mark.parametrize(
    ("name", "arguments", "problem"),
    [
        ("sleep", (60,), "读了 2 秒还没有读完，停下了"),
        ("take_memory", (2 << 30,), "读它要的内存超过 512 MB，停下了"),
        ("answer_with", (9_000_000,), "读出来的内容超过 1 MB，不像一份报告"),
        ("die", (), "读到一半，读文件的程序停了，文件多半已损坏"),
        ("fail", (), "文件不合规范，读不了（ZeroDivisionError）"),
        ("refuse", (), "读不了"),
    ],
)
def test_what_a_reader_does_to_its_process_is_told(name: str, arguments: tuple[object, ...], problem: str) -> None:
    limits = Limits(seconds=2 if name == "sleep" else 20, memory_bytes=512 << 20, output_bytes=1_000_000)
    with pytest.raises(UnreadableError) as caught:
        call_confined(f"{__name__}:{name}", *arguments, limits=limits)
    assert caught.value.problem == problem
    assert caught.value.fix


def test_a_reader_that_stays_within_its_limits_is_answered() -> None:
    assert call_confined(f"{__name__}:answer_with", 5) == b"xxxxx"
    assert run_confined(["/bin/sh", "-c", "exit 3"], limits=Limits()) == 3


def test_a_program_that_goes_on_is_ended_with_its_children(tmp_path: Path) -> None:
    named = tmp_path / "child"
    start = time.perf_counter()
    with pytest.raises(UnreadableError, match="还没有读完"):
        run_confined(["/bin/sh", "-c", f"sleep 50 & echo $! > {named}; sleep 60"], limits=Limits(seconds=5))
    assert time.perf_counter() - start < 30
    child = int(named.read_text())
    # An orphan that was ended may wait for its new parent to take notice.
    while psutil.pid_exists(child) and psutil.Process(child).status() != psutil.STATUS_ZOMBIE:
        assert time.perf_counter() - start < 40
        time.sleep(0.05)


def test_many_documents_do_not_take_long() -> None:
    content = make_staff_document()
    start = measure_work()
    for _ in range(10):
        read_source(content, name="样.docx")
    assert measure_work() - start < 10  # 40 in less than a minute
