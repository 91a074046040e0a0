"""Photos: smaller, upright and without metadata on the page; what cannot or may not be published is told."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from PIL import Image
from tests.site_building import ROOT
from tests.unit.pipeline.test_build import build, contents, edit, prepare

from nianbao.editions.addresses import ReportAddress
from nianbao.editions.photos import make_photo
from nianbao.errors import DataErrors
from nianbao.model import Photo, PhotoMeasure
from nianbao.pipeline.check import check_data
from nianbao.pipeline.data_folder import digest_files, read_data_folder
from nianbao.pipeline.jobs import DistrictJob, Workshop, run_district_job
from nianbao.views.page.site import SiteView
from nianbao.writers.photos import shrink_photo

_ORIENTATION, _GPS, _MAKER = 0x0112, 0x8825, 0x010F
_PHOTO = "            photo: {file: rain.jpg, alt: 雨里的书屋, credit: 小南摄, consent: 没有人像}\n"
_REPORT = "data/dongli/2023.yml"


def take_photo(size_px: tuple[int, int] = (2000, 1500), *, orientation: int = 6) -> bytes:
    """Return a photo as a phone takes it: on its side, red above where it is held upright, with its place."""
    image = Image.new("RGB", size_px, "white")
    image.paste((200, 0, 0), (0, 0, size_px[0] // 2, size_px[1]))
    exif = Image.Exif()
    exif[_ORIENTATION], exif[_MAKER] = orientation, "PhoneMaker"
    exif.get_ifd(_GPS)[1] = "N"
    stream = io.BytesIO()
    image.save(stream, "JPEG", exif=exif)
    return stream.getvalue()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of which one item has a photo."""
    shutil.copytree(ROOT / "tests" / "sites" / "basic" / "data", tmp_path / "data")
    (tmp_path / "data/dongli/rain.jpg").write_bytes(take_photo())
    edit(tmp_path / _REPORT, "            fulfils: 2022#p-library\n", f"            fulfils: 2022#p-library\n{_PHOTO}")
    return tmp_path


def check(project: Path, remarks: list[str] | None = None) -> list[str]:
    folder = read_data_folder(project / "data", root=project)
    return [str(error) for error in check_data(folder, draws=False, workers=1, remarks=remarks)]


def test_a_photo_is_shown_upright_in_two_widths_and_tells_no_place(project: Path) -> None:
    made = contents(project, build(project))
    photos = {path: content for path, content in made.items() if "/photos/" in path}
    page = made["dongli/2023/index.html"].decode()
    assert len(photos) == 2
    for path, content in photos.items():
        image = Image.open(io.BytesIO(content))
        assert f"../../{path} {image.width}w" in page
        assert image.height > image.width
        assert not image.getexif()
        assert b"PhoneMaker" not in content
        red = image.convert("RGB").getpixel((image.width // 2, image.height // 4))
        assert isinstance(red, tuple)
        assert red[0] > 150 > red[1]
    assert 'width="1500" height="2000" alt="雨里的书屋" loading="lazy"' in page
    assert "小南摄" in page
    assert "rain.jpg" not in page
    assert "没有人像" not in page


def test_another_photo_of_the_same_name_is_another_file(project: Path) -> None:
    before = build(project)
    (project / "data/dongli/rain.jpg").write_bytes(take_photo(orientation=1))
    after = build(project)
    old, new = ({file.site_path for file in result.files if "/photos/" in file.site_path} for result in (before, after))
    assert not old & new
    assert 'width="1440" height="1080"' in contents(project, after)["dongli/2023/index.html"].decode()
    assert not build(project).fresh


@pytest.mark.parametrize(
    ("lack", "told"), [(", consent: 没有人像", "consent（谁同意公开"), ("alt: 雨里的书屋, ", "alt（")]
)
def test_a_photo_that_lacks_alt_or_consent_is_not_published_and_told(project: Path, lack: str, told: str) -> None:
    edit(project / _REPORT, lack, "")
    remarks: list[str] = []
    assert check(project, remarks) == []
    (remark,) = remarks
    assert remark.startswith(f"{_REPORT}:")
    assert told in remark
    state = prepare(project)
    made = contents(project, state.run())
    assert not any("/photos/" in path for path in made)
    assert "<img" not in made["dongli/2023/index.html"].decode()
    assert remark in state.notices


def test_a_photo_that_is_not_there_is_a_mistake(project: Path) -> None:
    (project / "data/dongli/rain.jpg").rename(project / "data/dongli/rains.jpg")
    (mistake,) = check(project)
    assert "photo.file: 没有 rain.jpg 这个文件\n  改法：是否指 rains.jpg" in mistake
    with pytest.raises(DataErrors, match="没有 rain"):
        build(project)


@pytest.mark.parametrize("content", [b"", b"not a picture", take_photo()[:9000], b"GIF89a" + bytes(40)])
def test_a_photo_that_is_broken_is_a_mistake(project: Path, content: bytes) -> None:
    (project / "data/dongli/rain.jpg").write_bytes(content)
    (mistake,) = check(project)
    assert "rain.jpg 打不开：不是图片，或已经损坏" in mistake


def test_a_picture_of_a_billion_points_is_not_decoded(project: Path) -> None:
    stream = io.BytesIO()
    Image.new("1", (40_000, 20_000)).save(stream, "PNG")
    (project / "data/dongli/rain.jpg").write_bytes(stream.getvalue())
    (mistake,) = check(project)
    assert "rain.jpg 的像素太多，最多 64 百万" in mistake


def test_a_link_out_of_the_data_is_no_photo(project: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.jpg").write_bytes(take_photo())
    photo = project / "data/dongli/rain.jpg"
    photo.unlink()
    photo.symlink_to(tmp_path / "outside.jpg")
    assert any("没有 rain.jpg 这个文件" in mistake for mistake in check(project))


def test_what_is_transparent_becomes_white() -> None:
    stream = io.BytesIO()
    Image.new("RGBA", (900, 900), (0, 0, 0, 0)).save(stream, "PNG")
    image = Image.open(io.BytesIO(shrink_photo(stream.getvalue(), 780)))
    assert (image.format, image.size, image.getpixel((10, 10))) == ("JPEG", (780, 780), (255, 255, 255))


@pytest.mark.parametrize(
    ("width_px", "widths_px"), [(300, [300]), (900, [900]), (1000, [780, 1000]), (6000, [780, 1440])]
)
def test_no_photo_is_made_larger(width_px: int, widths_px: list[int]) -> None:
    photo = Photo.model_validate({"file": "a.png", "alt": "会场", "consent": "本人同意"})
    shown = make_photo(photo, PhotoMeasure("0" * 64, width_px, 100), "a", ReportAddress("x", "2023"))
    assert shown is not None
    assert [size.width_px for size in shown.sizes] == widths_px


def test_a_worker_of_a_cluster_that_reads_another_photo_is_named(project: Path) -> None:
    folder = read_data_folder(project / "data", root=project)
    paths, pictures = folder.paths["dongli"], folder.pictures["dongli"]
    files = tuple(digest_files([*paths, *pictures], {}, shows_drafts=True))
    job = DistrictJob("dongli", tuple(map(str, paths)), (), tuple(map(str, pictures)), files)
    workshop = Workshop(
        project, (), project / "cache", folder.districts, folder.indicators, {}, SiteView.empty(), (),
        shows_drafts=True, worker="工作进程 tcp://10.0.0.2:1",
    )  # fmt: skip
    assert not run_district_job(workshop, job).errors
    pictures[0].write_bytes(take_photo((1200, 900)))
    told = [str(error) for error in run_district_job(workshop, job).errors]
    assert len(told) == 1
    assert "工作进程 tcp://10.0.0.2:1 读到的报告和这里的不一样" in told[0]
