"""`nianbao init`: a site of one's own, ready to build."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from nianbao.cli.usage import WrongValueError
from nianbao.errors import DataError, add_fix

# What is asked, and what stands where nothing is answered; None: there must be an answer.
_QUESTIONS = {
    "name": ("网站名称", "年报"),
    "publisher": ("主办单位，写在页脚（没有就直接回车）", ""),
    "url": ("网站的最终网址（还没定就直接回车）", "https://example.org/"),
    "district_name": ("第一个地区的简称，如 西固", None),
    "district": ("这个地区的代号，用小写拼音，如 xigu；用在网址里，发布后不再改", None),
}


@click.command("init", help="新建一个自己的网站：设置、页面、数据文件夹、模板，没有演示数据。已有的文件不会被覆盖。")
@click.argument("folder", metavar="文件夹", type=click.Path(path_type=Path))
@click.option("--name", help="网站名称，默认 年报。")
@click.option("--publisher", help="页脚的主办单位，可以没有。")
@click.option("--url", help="网站的最终网址。")
@click.option("--district-name", help="第一个地区的简称，如 西固。")
@click.option("--district", help="这个地区的代号，如 xigu，用在网址里。")
@click.option("--yes", is_flag=True, help="不提问，没有写的用默认的。")
def init_command(folder: Path, *, yes: bool, **given: str | None) -> None:
    """Ask for what is not given, write the site and say what to do next."""
    # Not above: the Tab key does not wait for what reads models.
    from nianbao.app.new_site import SiteAnswers, check_folder, make_site  # noqa: PLC0415

    try:
        check_folder(folder)
        answers = SiteAnswers(**_gather_answers(given, asks=not yes and sys.stdin.isatty()))
        make_site(folder, answers)
    except DataError as failure:
        click.echo(str(failure), err=True)
        sys.exit(1)
    click.echo(_say_next(folder, answers.district))


def _gather_answers(given: Mapping[str, str | None], *, asks: bool) -> dict[str, str]:
    """Return the answers by field: those given, then those asked for or the defaults."""
    options = {field: f"--{field.replace('_', '-')}" for field in _QUESTIONS}
    missing = [field for field, (_, default) in _QUESTIONS.items() if given[field] is None and default is None]
    if missing and not asks:
        names = "、".join(options[field] for field in missing)
        click.echo(add_fix(f"少写了 {names}", "写上，如 --district-name 西固 --district xigu"), err=True)
        sys.exit(2)
    # All that is given is looked at before the first question.
    answers = {field: _read_option(options[field], field, text) for field, text in given.items() if text is not None}
    for field, (question, default) in _QUESTIONS.items():
        if field not in answers:
            answers[field] = _ask(field, question, default) if asks else str(default)
    return answers


def _read_option(option: str, field: str, text: str) -> str:
    from nianbao.app.new_site import read_answer  # noqa: PLC0415

    try:
        return read_answer(field, text)
    except DataError as failure:
        raise WrongValueError(option, failure.problem, failure.fix) from None


def _ask(field: str, question: str, default: str | None) -> str:
    """Return an answer that can be, asking until there is one."""
    from nianbao.app.new_site import read_answer  # noqa: PLC0415

    def read(text: str) -> str:
        try:
            return read_answer(field, text)
        except DataError as failure:
            raise click.UsageError(f"{failure.problem}。{failure.fix}") from None

    answer: str = click.prompt(
        question, default=default, value_proc=read, show_default=bool(default), prompt_suffix="："
    )
    return answer


def _say_next(folder: Path, district: str) -> str:
    steps = [] if folder.resolve() == Path.cwd().resolve() else [f"cd {shlex.quote(str(folder))}"]
    steps += [
        f"nianbao import 总结.docx --district {district}  # 有 Word、文本的；从头写就用 nianbao new {district} 2024",
        "nianbao serve  # 边改边看",
        "nianbao build  # 生成网站，放进 site/",
    ]
    activate = Path(sys.prefix) / ("Scripts/activate" if sys.platform == "win32" else "bin/activate")
    later = f"换一个终端，先运行：. {shlex.quote(str(activate))}\n" if sys.prefix != sys.base_prefix else ""
    return "\n".join(
        [f"写好了网站 {folder}。接下来：", *(f"  {step}" for step in steps), f"{later}其余的写在 README.md 里。"]
    )
