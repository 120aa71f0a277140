"""The options of a check, in groups a command takes as one value each."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import fields, replace
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from fupin_audit.cli.asked import PASSWORD_VARIABLE, Judging, Reading, Showing, Sources
from fupin_audit.cli.filters import Selection
from fupin_audit.cli.speech import tell
from fupin_audit.errors import UsageError
from fupin_audit.reports.registry import REPORTS
from fupin_audit.results.finding import Severity

if TYPE_CHECKING:
    from fupin_audit.projectfile import FoundProject

Shown = TypeVar("Shown", bound=Showing)
_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?(MB|GB|TB)")
_BYTES = {"MB": 1 << 20, "GB": 1 << 30, "TB": 1 << 40}
Decorator = Callable[[Callable[..., None]], Callable[..., None]]


def grouped(name: str, group: type, *options: Decorator) -> Decorator:
    """Adds options to a command, which gets them as one value of `group` under `name`."""
    names = [field.name for field in fields(group)]

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def collected(**values: Any) -> None:
            command(**{name: group(**{field: values.pop(field) for field in names})}, **values)

        decorated: Callable[..., None] = collected
        for option in reversed(options):
            decorated = option(decorated)
        return decorated

    return decorate


def _pairs(
    ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """`左=右` as pairs, split at the first `=`."""
    pairs = [tuple(map(str.strip, value.partition("=")[::2])) for value in values]
    for value, (left, right) in zip(values, pairs, strict=True):
        if not (left and right):
            raise click.BadParameter(f"“{value}”要写成 {param.metavar}", ctx, param)
    return tuple((left, right) for left, right in pairs)


def _outputs(formats: Collection[str]) -> Callable[..., tuple[tuple[str, Path], ...]]:
    """Reads `格式=文件`, or a file whose name ends as a format does."""

    def read(
        ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
    ) -> tuple[tuple[str, Path], ...]:
        written = tuple(_with_format(value, formats) for value in values)
        outputs = tuple((name, Path(file)) for name, file in _pairs(ctx, param, written))
        if wrong := _unusable(outputs, formats):
            raise click.BadParameter(wrong, ctx, param)
        return outputs

    return read


def _with_format(value: str, formats: Collection[str]) -> str:
    """`格式=文件`; where only a file is given whose name says which format it is, with that."""
    ending = Path(value).suffix.lower().removeprefix(".")
    known = {**{name: name for name in formats}, "txt": "text"}
    name = known.get(ending, "")
    return value if "=" in value or name not in formats else f"{name}={value}"


def _unusable(outputs: Iterable[tuple[str, Path]], formats: Collection[str]) -> str:
    """Which format there is not; empty where there are all."""
    for name, _ in outputs:
        if name not in formats:
            return f"没有“{name}”这种格式，可用的有 {'、'.join(formats)}"
    return ""


def with_outputs(showing: Shown, more: Sequence[tuple[str, Path]]) -> Shown:
    """Adds the reports of the project file; those of the command win over others of the same format.

    Raises:
        UsageError: no such format.
    """
    if wrong := _unusable(more, REPORTS):
        raise UsageError(f"项目文件的 outputs：{wrong}")
    written = {name for name, _ in showing.output}
    return replace(showing, output=(*showing.output, *(item for item in more if item[0] not in written)))


def read_day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """An ISO date."""
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"“{value}”不是日期，请写成 2020-12-31 的样子", ctx, param) from error


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """An ISO date; one that is still to come is remarked on."""
    day = read_day(ctx, param, value)
    if day and day > date.today():
        tell(f"注意：截止日期 {day} 还没有到，年龄、年限都按这一天算")
    return day


def memory_size(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
    """A size as people write it, in bytes."""
    if value is None:
        return None
    said = _SIZE.fullmatch(value.strip().upper())
    if not said:
        raise click.BadParameter(f"“{value}”要写成 4GB 或 800MB 的样子", ctx, param)
    return int(float(said[1]) * _BYTES[said[2]])


reveal_option = click.option(
    "--reveal", is_flag=True, help="完整显示身份证号、电话、账号（报告会注明含完整个人信息）"
)
password_option = click.option(
    "--password-file",
    type=click.Path(path_type=Path),
    metavar="文件",
    help=f"加密工作簿的密码，写在文件第一行；也可用环境变量 {PASSWORD_VARIABLE}",
)


def _find_project(ctx: click.Context, param: click.Parameter, value: Path | None) -> FoundProject:
    from fupin_audit.projectfile import find_project  # here, so that --help need not wait for it

    return find_project(value)


project_option = click.option(
    "--config",
    "project",
    type=click.Path(path_type=Path),
    callback=_find_project,
    metavar="文件",
    help="项目文件；不写则用当前文件夹里的 fupin-audit.toml（有的话）",
)
_codes = click.option(
    "--codes",
    default="",
    metavar="代码表",
    help="只填代码的单元格按哪套代码读：2018（2017/2018年全国编码），或自己的代码表文件",
)
_pack = click.option(
    "--pack", multiple=True, metavar="包", help="规则包的名称或文件夹，可多次；不写则按数据所在地自动选用"
)
_own_packs = click.option(
    "--pack", multiple=True, metavar="包", help="加上自己的规则包文件夹或规则文件（规则、台账），可多次"
)
_designation = click.option(
    "--as",
    "designation",
    multiple=True,
    metavar="台账=文件[!工作表]",
    help="指明一个文件或工作表是哪本台账，可多次",
)
_complete = click.option(
    "--complete", is_flag=True, help="--as 指明的名册是全的：该在上面的人都在上面，不在上面就是没有"
)
_columns = click.option(
    "--columns",
    metavar="字段=列,…",
    default="",
    help="--as 指明的表没有表头时，哪一列是什么，如 姓名=B,证件号码=C",
)
sources_options = grouped("sources", Sources, _own_packs, project_option)
reading_options = grouped(
    "reading", Reading, _designation, _complete, _columns, _codes, _own_packs, project_option, password_option
)
# How to judge, as every judging command takes it.
JUDGING: Sequence[Decorator] = (
    click.option(
        "--as-of",
        callback=_day,
        metavar="日期",
        help="截止日期，如 2020-12-31；不写则取数据里最晚年度的年末",
    ),
    _pack,
    click.option(
        "--set",
        "parameters",
        multiple=True,
        callback=_pairs,
        metavar="参数=值",
        help="改一个参数，如 贫困线=4000，可多次",
    ),
    click.option("--disable", multiple=True, metavar="规则", help="停用一条规则，可多次"),
    click.option(
        "--enable", multiple=True, metavar="规则", help="启用一条被规则包或项目文件停用的规则，可多次"
    ),
    _designation,
    _complete,
    _columns,
    _codes,
    project_option,
    reveal_option,
    password_option,
)
judging_options = grouped("judging", Judging, *JUDGING)
selection_options = grouped(
    "selection",
    Selection,
    click.option("--town", multiple=True, metavar="乡镇", help="只显示这个乡镇，可多次"),
    click.option("--village", multiple=True, metavar="村", help="只显示这个村，可多次"),
    click.option(
        "--rule", multiple=True, metavar="规则", help="只显示这条规则（KEY-05）或这组规则（KEY），可多次"
    ),
    click.option(
        "--severity",
        multiple=True,
        type=click.Choice([severity.value for severity in Severity]),
        metavar="级别",
        help="只显示这个级别：error 错误、warning 疑点、info 提示，可多次",
    ),
)


def output_option(formats: Collection[str], example: str) -> Decorator:
    """`--output 格式=文件`."""
    return click.option(
        "--output",
        multiple=True,
        callback=_outputs(formats),
        metavar="格式=文件",
        help=f"另写一份报告，可多次；格式有 {'、'.join(formats)}，如 {example}",
    )


def showing_of(
    formats: Collection[str],
    example: str = "xlsx=不同.xlsx",
    *more: Decorator,
    group: type[Showing] = Showing,
) -> Decorator:
    """The options of how to show a result that can be written in these formats, and those more of the group."""
    return grouped(
        "showing",
        group,
        *more,
        click.option(
            "--format",
            type=click.Choice(["text", "json"]),
            default="text",
            metavar="text|json",
            help="屏幕上的报告：text 给人看（默认），json 给程序读",
        ),
        output_option(formats, example),
        click.option("--full", is_flag=True, help="全部列出，不截短"),
        click.option("--no-color", is_flag=True, help="不用颜色"),
        click.option("--quiet", is_flag=True, help="只说结论"),
    )


LEDGER_EXAMPLE = "xlsx=整改台账.xlsx"
showing_options = showing_of(REPORTS, LEDGER_EXAMPLE)
