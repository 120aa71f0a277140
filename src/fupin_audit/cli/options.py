"""The options of a check, in groups a command takes as one value each."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from dataclasses import dataclass, fields
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fupin_audit.cli.filters import Selection
from fupin_audit.errors import UsageError
from fupin_audit.finding import Severity
from fupin_audit.reports.registry import REPORTS

if TYPE_CHECKING:
    from fupin_audit.audit import Options

Decorator = Callable[[Callable[..., None]], Callable[..., None]]
PASSWORD_VARIABLE = "FUPIN_AUDIT_PASSWORD"


def read_password(file: Path | None) -> str | None:
    """From the file, else from the environment; never from the command line, which others can see.

    Raises:
        UsageError: the file can't be read.
    """
    if file is None:
        return os.environ.get(PASSWORD_VARIABLE)
    try:
        return file.read_text(encoding="utf-8").splitlines()[0].strip()
    except (OSError, UnicodeDecodeError, IndexError) as error:
        raise UsageError(f"读不出密码文件 {file}：密码应写在第一行，UTF-8 编码") from error


@dataclass(frozen=True, slots=True)
class Judging:
    """How to judge: what an audit takes besides the paths."""

    as_of: date | None = None
    pack: tuple[str, ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()
    disable: tuple[str, ...] = ()
    designation: tuple[str, ...] = ()
    reveal: bool = False
    password_file: Path | None = None

    @property
    def password(self) -> str | None:
        """For encrypted workbooks."""
        return read_password(self.password_file)

    @property
    def options(self) -> Options:
        """The same, as an audit takes it, besides packs and date."""
        from fupin_audit.audit import Options
        from fupin_audit.workbook.recognition import parse_designation

        return Options(
            parameters=dict(self.parameters),
            disabled=self.disable,
            designations=tuple(map(parse_designation, self.designation)),
            password=self.password,
            reveal=self.reveal,
        )


@dataclass(frozen=True, slots=True)
class Showing:
    """How to show the result."""

    format: str = "text"
    output: tuple[tuple[str, Path], ...] = ()
    full: bool = False
    no_color: bool = False
    quiet: bool = False


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
    """Reads `格式=文件`; both are known to be usable before hours of work."""

    def read(
        ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
    ) -> tuple[tuple[str, Path], ...]:
        outputs = [(name, Path(file)) for name, file in _pairs(ctx, param, values)]
        for name, path in outputs:
            if name not in formats:
                raise click.BadParameter(f"没有“{name}”这种格式，可用的有 {'、'.join(formats)}", ctx, param)
            if not path.parent.is_dir():
                raise click.BadParameter(f"文件夹 {path.parent} 不存在，请先建好", ctx, param)
        return tuple(outputs)

    return read


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """An ISO date."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise click.BadParameter(f"“{value}”不是日期，请写成 2020-12-31 的样子", ctx, param) from error


reveal_option = click.option(
    "--reveal", is_flag=True, help="完整显示身份证号、电话、账号（报告会注明含完整个人信息）"
)
password_option = click.option(
    "--password-file",
    type=click.Path(path_type=Path),
    metavar="文件",
    help=f"加密工作簿的密码，写在文件第一行；也可用环境变量 {PASSWORD_VARIABLE}",
)
judging_options = grouped(
    "judging",
    Judging,
    click.option(
        "--as-of", callback=_day, metavar="日期", help="截止日期，如 2020-12-31；不写则取数据里最晚年度的年末"
    ),
    click.option(
        "--pack", multiple=True, metavar="包", help="规则包的名称或文件夹，可多次；不写则按数据所在地自动选用"
    ),
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
        "--as",
        "designation",
        multiple=True,
        metavar="台账=文件[!工作表]",
        help="指明一个文件或工作表是哪本台账，可多次",
    ),
    reveal_option,
    password_option,
)
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


def showing_of(formats: Collection[str], example: str = "xlsx=不同.xlsx") -> Decorator:
    """The options of how to show a result that can be written in these formats."""
    return grouped(
        "showing",
        Showing,
        click.option(
            "--format",
            type=click.Choice(["text", "json"]),
            default="text",
            metavar="text|json",
            help="屏幕上的报告：text 给人看（默认），json 给程序读",
        ),
        click.option(
            "--output",
            multiple=True,
            callback=_outputs(formats),
            metavar="格式=文件",
            help=f"另写一份报告，可多次；格式有 {'、'.join(formats)}，如 {example}",
        ),
        click.option("--full", is_flag=True, help="全部列出，不截短"),
        click.option("--no-color", is_flag=True, help="不用颜色"),
        click.option("--quiet", is_flag=True, help="只说结论"),
    )


showing_options = showing_of(REPORTS, "xlsx=整改台账.xlsx")
