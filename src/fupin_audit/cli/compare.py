"""`fupin-audit compare`: any two sheets, row by row and field by field."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from fupin_audit.cli.asked import Showing, read_password
from fupin_audit.cli.flags import grouped, password_option, reveal_option, showing_of
from fupin_audit.cli.group import Unreadable
from fupin_audit.cli.output_files import Reads, refuse_targets
from fupin_audit.cli.screen import COMPARISON, FOLDERS, present_as
from fupin_audit.errors import UsageError
from fupin_audit.reports.registry import COMPARISON_REPORTS, FOLDER_REPORTS

if TYPE_CHECKING:
    from fupin_audit.comparing.compare_options import CompareOptions

_EPILOG = """\
例子：
  fupin-audit compare 二月.xlsx 三月.xlsx
  fupin-audit compare 台账.xlsx!2019年 台账.xlsx!2020年 --ignore 年度
  fupin-audit compare 系统.xlsx 民政.xls --key 证件号码=身份证号
  fupin-audit compare 甲.xlsx 乙.xlsx --key 户编号,姓名 --tolerance 人均纯收入=1
  fupin-audit compare 甲.xlsx 乙.xlsx --output xlsx=不同.xlsx
  fupin-audit compare 一月 二月                          # 两个文件夹

不写 --key 时自动选出配对用的列并说明。空格、全角半角、写成文字的数字、各种写法的日期、15位与18位证件号码都不算不同。

退出码：
  0    相同
  1    有不同，或有没有比较的行、格
  2    用法有错，或找不到能配对的列，没有比较
  3    有文件读不了，或有报告没写成
  4    程序出了意外（程序的毛病，不是台账的）
  130  被中断
"""


@dataclass(frozen=True, slots=True)
class Comparing:
    """How to compare: what a comparison takes besides the two sheets."""

    key: tuple[tuple[str, str], ...] = ()
    only: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    tolerance: tuple[tuple[str, float], ...] = ()
    ignore_blanks: bool = False
    reveal: bool = False
    password_file: Path | None = None

    @property
    def options(self) -> CompareOptions:
        """The same, as a comparison takes it."""
        from fupin_audit.comparing.compare_options import CompareOptions

        return CompareOptions(
            keys=self.key,
            only=self.only,
            ignore=self.ignore,
            tolerance=dict(self.tolerance),
            skip_blanks=self.ignore_blanks,
            password=read_password(self.password_file),
            reveal=self.reveal,
        )


def _names(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """`列,列`, several times."""
    return tuple(
        name.strip() for value in values for name in value.replace("，", ",").split(",") if name.strip()
    )


def _keys(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """`列`, or `左列=右列`."""
    halves = [name.partition("=") for name in _names(ctx, param, values)]
    return tuple((left.strip(), right.strip() or left.strip()) for left, _, right in halves)


def _tolerances(
    ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, float], ...]:
    """`列=数`, or a number for all columns."""
    return tuple(_tolerance(ctx, param, value) for value in values)


def _tolerance(ctx: click.Context, param: click.Parameter, text: str) -> tuple[str, float]:
    name, _, number = text.rpartition("=")
    try:
        value = float(number)
    except ValueError as error:
        raise click.BadParameter(f"“{text}”要写成 {param.metavar}，如 人均纯收入=1", ctx, param) from error
    if not 0 <= value < float("inf"):
        raise click.BadParameter(f"“{text}”：允许的误差不能小于0", ctx, param)
    return name.strip(), value


comparing_options = grouped(
    "comparing",
    Comparing,
    click.option(
        "--key", multiple=True, callback=_keys, metavar="列[,列]",
        help="按这些列配对；两边列名不同时写 左列=右列",
    ),
    click.option("--only", multiple=True, callback=_names, metavar="列[,列]", help="只比较这些列"),
    click.option("--ignore", multiple=True, callback=_names, metavar="列[,列]", help="不比较这些列"),
    click.option(
        "--tolerance", multiple=True, callback=_tolerances, metavar="[列=]数",
        help="数字相差不超过这么多就算相同；不写列名则用于所有数字列，可多次",
    ),
    click.option("--ignore-blanks", is_flag=True, help="一边空白、一边有值的不算不同"),
    reveal_option,
    password_option,
)  # fmt: skip


@click.command(
    "compare",
    help="比较两张表：A、B 各是一个文件，或 文件!工作表；是不是已知的台账都可以。A、B 是两个文件夹时，一样的台账逐对比较。",
    epilog=_EPILOG,
)
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
@comparing_options
@showing_of(COMPARISON_REPORTS)
def compare_command(left: str, right: str, comparing: Comparing, showing: Showing) -> None:
    """Compares, shows, exits by whether the sheets are the same."""
    # Imported here, so that --help need not wait for the engine.
    from fupin_audit.comparing.two_tables import compare, file_and_sheet

    others = [comparing.password_file] if comparing.password_file else []
    if Path(left).is_dir() and Path(right).is_dir():
        _compare_folders(Path(left), Path(right), comparing, showing)
    reads = Reads([file_and_sheet(text)[0] for text in (left, right)], others)
    refuse_targets(showing.output, COMPARISON_REPORTS, reads)
    found = compare(left, right, comparing.options)
    present_as(COMPARISON, found, showing)
    sys.exit(0 if found.same else 1)


def _compare_folders(left: Path, right: Path, comparing: Comparing, showing: Showing) -> NoReturn:
    """Compares sheet by sheet, shows, exits by whether the folders hold the same."""
    from fupin_audit.comparing.two_folders import compare_folders  # here, as above

    if unfit := [name for name, _ in showing.output if name not in FOLDER_REPORTS]:
        raise UsageError(
            f"两个文件夹的比较不能写成 {unfit[0]}，可用的有 {'、'.join(FOLDER_REPORTS)}；或一对表一对表地比较"
        )
    others = [comparing.password_file] if comparing.password_file else []
    refuse_targets(showing.output, FOLDER_REPORTS, Reads([left, right], others))
    found = compare_folders(left, right, comparing.options)
    present_as(FOLDERS, found, showing)
    sys.exit(Unreadable.exit_code if found.unreadable else int(not found.same))
