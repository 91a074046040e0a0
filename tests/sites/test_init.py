"""A site of one's own, made by `nianbao init` from the wheel, far from this repository: built, filled, overridden."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.site_building import ROOT

_NAME, _PUBLISHER, _URL = "云台：'年报' #1 & <b>", "共青团云台县委员会", "https://nianbao.invalid/a/"
_TEXT = ROOT / "tests" / "fixtures" / "import" / "womens_federation.txt"


def run(command: list[str | Path], *, cwd: Path, answers: str = "") -> str:
    """Run a program as a person would, outside of this project, and return what it said."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=cwd, env=environment, input=answers, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    uv = Path(sys.executable).with_name("uv")
    source = folder / "source"
    shutil.copytree(ROOT / "hooks", source / "hooks", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    run(
        [uv, "build", "--quiet", "--wheel", "--offline", "--no-build-isolation", "--python", sys.executable], cwd=source
    )
    (made,) = source.glob("dist/*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the commands of a Python that has the project's wheel, and of this Python the other packages."""
    folder = tmp_path_factory.mktemp("installed")
    uv = Path(sys.executable).with_name("uv")
    venv = folder / "venv"
    run([sys.executable, "-m", "venv", "--without-pip", venv], cwd=folder)
    run([uv, "pip", "install", "--quiet", "--offline", "--no-deps", "--python", venv / "bin/python", wheel], cwd=folder)
    # After the wheel's own place. What makes the checkout importable is a .pth file there, and those are not read.
    (packages,) = venv.glob("lib/python*/site-packages")
    (packages / "others.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return venv / "bin"


@pytest.fixture(scope="module")
def fresh(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new site, as it is written: not for changing."""
    folder = tmp_path_factory.mktemp("sites")
    said = run(
        [
            installed / "nianbao", "init", "我的 网站", "--yes", "--name", _NAME, "--publisher", _PUBLISHER,
            "--url", _URL.rstrip("/"), "--district-name", "云台", "--district", "yuntai",
        ],
        cwd=folder,
    )  # fmt: skip
    assert "cd '我的 网站'\n" in said
    assert os.listdir(folder) == ["我的 网站"]  # noqa: PTH208 - the names
    return folder / "我的 网站"


@pytest.fixture
def site(fresh: Path, tmp_path: Path) -> Path:
    return shutil.copytree(fresh, tmp_path / "我的 网站")


def read_steps(name: str, heading: str) -> list[list[str]]:
    """Return the commands of a guide's section, a list for each block, without their comments."""
    text = (ROOT / name).read_text(encoding="utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [[re.sub(r"\s+# .*", "", line) for line in block.splitlines()] for block in blocks]


def test_the_steps_of_the_guide_work_also_on_the_second_day(wheel: Path, tmp_path: Path) -> None:
    first_day, second_day = read_steps("README.zh.md", "建一个自己的网站")
    english = [
        [line.replace("my-site", "我的网站").replace("/path/of/the/project", "/项目所在的文件夹") for line in block]
        for block in read_steps("README.md", "A site of your own")
    ]
    assert english == [first_day, second_day]
    # Without a network: the packages of this Python are found there, but not the project, which is to be installed.
    others = tmp_path / "others"
    others.mkdir()
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if not path.name.startswith(("nianbao", "__editable__", "_virtualenv", "pip", "setuptools")):
            (others / path.name).symlink_to(path)
    link = f'echo {others} > "$(python -c \'import sysconfig; print(sysconfig.get_path("purelib"))\')/others.pth"'
    ready = {
        "python3 -m venv .venv": f"{sys.executable} -m venv .venv",
        "pip install /项目所在的文件夹": f"{link}\npip install --quiet --no-index --no-build-isolation {wheel}",
        "nianbao init .": "nianbao init . --yes --district-name 云台 --district yuntai",
        "nianbao serve": "nianbao build",
    }
    for day in (first_day, second_day):
        assert ready.keys() & {*day}
        run(["bash", "-euc", "\n".join(ready.get(line, line) for line in day)], cwd=tmp_path)
        assert (tmp_path / "我的网站" / "site" / "index.html").is_file()
        shutil.rmtree(tmp_path / "我的网站" / "site")
    requirements = (tmp_path / "我的网站" / "requirements.txt").read_text(encoding="utf-8")
    assert requirements.endswith(f"nianbao @ {wheel.as_uri()}\n")
    assert "改版本号" not in requirements, "an address has none"
    site_steps = (tmp_path / "我的网站" / "README.md").read_text(encoding="utf-8")
    assert ". .venv/bin/activate" in site_steps


def build(site: Path, installed: Path) -> None:
    said = run(["make", "site", f"PYTHON={installed / 'python'}"], cwd=site)
    assert "WARNING" not in said
    assert "只是示例" not in said


def add_report(site: Path, installed: Path) -> None:
    shutil.copy(_TEXT, site / "总结.txt")
    run([installed / "nianbao", "import", "总结.txt", "--district", "yuntai"], cwd=site)
    (report,) = (site / "data" / "yuntai").glob("*.yml")
    run([installed / "nianbao", "review", report], cwd=site, answers="\n" * 9)


def read(site: Path, page: str) -> str:
    return (site / "site" / page).read_text(encoding="utf-8")


def test_nothing_of_this_checkout_is_used(installed: Path, tmp_path: Path) -> None:
    code = (
        "import nianbao, nianbao.theme as t, nianbao.starter as s; print(nianbao.__file__, t.THEME_DIR, s.STARTER_DIR)"
    )
    found = run([installed / "python", "-c", code], cwd=tmp_path)
    assert found.count(str(installed.parent)) == 3
    assert str(ROOT / "hooks") not in found


def test_it_holds_what_it_needs_and_no_demonstration(fresh: Path) -> None:
    written = {path.relative_to(fresh).as_posix() for path in fresh.rglob("*") if path.is_file()}
    assert written == {
        ".gitignore", "Makefile", "README.md", "data/districts.yml", "data/indicators.yml",
        "data/schema/districts.schema.json", "data/schema/indicators.schema.json", "data/schema/report.schema.json",
        "docs/about.md", "docs/accessibility.md", "docs/assets/own.css", "docs/how-to-read.md", "docs/index.md",
        "hooks/mkdocs_hooks.py", "mkdocs.yml", "overrides/main.html", "requirements.txt", "run.cmd",
    }  # fmt: skip
    assert (fresh / "data" / "yuntai").is_dir()
    # Of the example's answers the notes alone speak.
    text = "".join((fresh / name).read_text(encoding="utf-8") for name in written if "/schema/" not in name)
    assert not re.search("西固|杨凌|柳州|@@", re.sub("#.*", "", text))
    assert all(b"\r\n" in line for line in (fresh / "run.cmd").read_bytes().splitlines(keepends=True))
    assert re.fullmatch(
        r"nianbao( @ file:\S+\.whl|==\S+)", (fresh / "requirements.txt").read_text("utf-8").splitlines()[-1]
    )


def test_what_is_as_here_is_the_same(fresh: Path) -> None:
    for name in ("hooks/mkdocs_hooks.py", "overrides/main.html", "docs/how-to-read.md", "docs/accessibility.md"):
        assert (fresh / name).read_bytes() == (ROOT / name).read_bytes(), name


def test_it_builds_before_there_is_a_report(site: Path, installed: Path) -> None:
    build(site, installed)
    home = read(site, "index.html")
    assert home.count("云台：'年报' #1 &amp; &lt;b&gt;") + home.count("云台：&#39;年报&#39; #1 &amp; &lt;b&gt;") >= 3
    assert "<b>&" not in home
    assert f'<link rel="canonical" href="{_URL}">' in home
    assert '<p class="footer-name">共青团云台县委员会</p>' in home
    assert "第一份报告还在准备" in home
    archive = read(site, "archive/index.html")
    assert "第一份报告还在准备" in archive
    assert "0 份报告" not in archive
    assert "<h2" not in archive


def test_the_commands_work_in_it_and_a_report_is_shown(site: Path, installed: Path) -> None:
    add_report(site, installed)
    assert "检查了 1 份报告，没有需要改的地方" in run(["make", "check", f"PYTHON={installed / 'python'}"], cwd=site)
    run([installed / "nianbao", "cards", "yuntai/2023", "--only", "cover", "--out", "图片"], cwd=site / "docs")
    assert [*(site / "docs" / "图片").rglob("*.png")]
    shutil.rmtree(site / "docs" / "图片")
    (report,) = (site / "data" / "yuntai").glob("*.yml")
    build(site, installed)
    page = read(site, f"yuntai/{report.stem}/index.html")
    assert "共青团云台县委" in page
    assert 'href="../../assets/own.css"' in page
    assert read(site, "yuntai/index.html").count("云台") > 1
    assert "第一份报告还在准备" not in read(site, "index.html")

    run([installed / "nianbao", "new", "yuntai", "2024"], cwd=site / "data")
    assert (site / "data" / "yuntai" / "2024.yml").is_file()


def test_what_material_s_guide_shows_works_at_once(site: Path, installed: Path) -> None:
    shutil.copy(ROOT / "tests" / "sites" / "material" / "docs" / "components.md", site / "docs")
    settings = site / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8").replace("  - 关于:", "  - 部件: components.md\n  - 关于:")
    settings.write_text(text, encoding="utf-8")
    build(site, installed)
    page = read(site, "components/index.html")
    body = re.sub("<[^>]*>", "", page[page.index("<article") : page.index("</article")])
    assert not re.search(r"!!!|\?\?\?|===|```|:material-|\[x\]|==|~~|\+\+|\{ ?\.", body), body
    for wanted in ('class="admonition warning"', "<details", 'class="tabbed-set', 'class="highlight"', "twemoji",
                   'type="checkbox"', "<mark>", "<kbd"):  # fmt: skip
        assert wanted in page


def test_a_template_a_block_and_a_colour_are_its_own(site: Path, installed: Path) -> None:
    add_report(site, installed)
    settings = site / "mkdocs.yml"
    without = settings.read_text(encoding="utf-8").replace("    footer_pages:", "    cards: false\n    footer_pages:")
    settings.write_text(without, encoding="utf-8")
    build(site, installed)
    (page,) = (path.relative_to(site / "site").as_posix() for path in site.glob("site/yuntai/*/index.html"))
    before = read(site, page)
    assert "own-mark" not in before

    theme = run([installed / "python", "-c", "import nianbao.theme as t; print(t.THEME_DIR)"], cwd=site).strip()
    (site / "overrides" / "nianbao").mkdir()
    template = (Path(theme) / "nianbao" / "report.html").read_text(encoding="utf-8")
    (site / "overrides" / "nianbao" / "report.html").write_text(
        f"<p>本站自己的报告页</p>\n{template}", encoding="utf-8"
    )
    with (site / "overrides" / "main.html").open("a", encoding="utf-8") as main:
        main.write('{% block extrahead %}<meta name="own-mark" content="1">{% endblock %}\n')
    (site / "docs" / "assets" / "own.css").write_text(":root { --flag: #1b5e9e; }\n", encoding="utf-8")
    build(site, installed)

    after = read(site, page)
    assert "<p>本站自己的报告页</p>" in after
    assert "本站自己的报告页" not in read(site, "about/index.html")
    for name in (page, "index.html", "about/index.html", "yuntai/index.html", "archive/index.html"):
        head = read(site, name).partition("</head>")[0]
        assert '<meta name="own-mark" content="1">' in head, name
        # After the theme's, so that it has the last word.
        assert re.findall(r'href="[./]*assets/([a-z]+)[^"]*\.css"', head)[-1] == "own", name
    assert read(site, "assets/own.css") == ":root { --flag: #1b5e9e; }\n"
