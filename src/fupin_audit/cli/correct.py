"""`fupin-audit correct`: corrections applied to copies, never to the originals."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fupin_audit.cli.asked import Judging, paths_of
from fupin_audit.cli.check import examined
from fupin_audit.cli.filters import Selection, narrow
from fupin_audit.cli.flags import grouped, judging_options, selection_options
from fupin_audit.cli.group import Unreadable
from fupin_audit.cli.output_files import refuse_filled_folder
from fupin_audit.cli.progress_bar import progress_bars
from fupin_audit.cli.project import options_of
from fupin_audit.cli.screen import print_lines
from fupin_audit.errors import UsageError
from fupin_audit.masking import mask_text
from fupin_audit.results.correction import LineOutcome
from fupin_audit.writing.one_line import one_line
from fupin_audit.writing.whole_files import refuse_place, write_file

if TYPE_CHECKING:
    from fupin_audit.results.input_sheet import InputSheet
    from fupin_audit.tasks.correcting.correcting import Correcting

_EPILOG = """\
例子：
  fupin-audit correct 清河县 --template 更正.xlsx --village 东沟村   # 导出更正表，一处一行
  fupin-audit correct 清河县 --with 更正.xlsx --output 更正后        # 填好后，改在副本里
  fupin-audit check 更正后                                          # 看还剩什么

更正表的列：户编号、人编号（没有的写证件号码）、台账、字段、原值、新值、动作（改、删、属实）；有几行配得上的再写 年度、文件、工作表、单元格。
也可以是 csv，或 YAML（更正: [{户编号: …, 字段: …, 原值: …, 新值: …}]）。原值与表里不同的不改；原件从不改动。

退出码：
  0    都改了（没有填的不算）
  1    有没有改的，原因见更正记录
  2    用法有错，什么也没有写
  3    有文件读不了，或有文件没写成
  4    程序出了意外（程序的毛病，不是台账的）
  130  被中断
"""


@dataclass(frozen=True, slots=True)
class CorrectAsked:
    """A sheet to apply and where the copies go, or a sheet to be made."""

    sheet: Path | None = None
    output: Path | None = None
    template: Path | None = None


_asked_options = grouped(
    "asked",
    CorrectAsked,
    click.option("--with", "sheet", type=click.Path(path_type=Path), metavar="文件", help="填好的更正表"),
    click.option(
        "--output", type=click.Path(path_type=Path), metavar="文件夹", help="副本和更正记录写到这个新文件夹"
    ),
    click.option(
        "--template",
        type=click.Path(path_type=Path),
        metavar="文件.xlsx",
        help="核对一遍，导出要填的更正表：一处一行",
    ),
)
_NAMED = 20  # lines that were refused are listed, the others are in the log


@click.command("correct", help="按更正表在副本里改：原件不动，原值对不上的不改，逐行留记录。", epilog=_EPILOG)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]…")
@_asked_options
@selection_options
@judging_options
def correct_command(
    paths: tuple[Path, ...], asked: CorrectAsked, selection: Selection, judging: Judging
) -> None:
    """Writes the sheet to fill in, or applies one."""
    paths = paths_of(paths, judging)
    match asked:
        case CorrectAsked(None, None, Path() as template):
            _write_template(paths, template, selection, judging)
        case CorrectAsked(Path() as sheet, Path() as output, None):
            _apply(paths, sheet, output, judging)
        case _:
            raise UsageError(
                "请写 --template 更正.xlsx 导出更正表，或 --with 更正.xlsx --output 文件夹 应用它"
            )


def _write_template(paths: tuple[Path, ...], file: Path, selection: Selection, judging: Judging) -> None:
    # Imported here, so that --help need not wait for it.
    from fupin_audit.tasks.correcting.correction_sheet import of_nobody, template_lines, write_template

    refuse_place(file)
    if file.exists():
        raise UsageError(f"{file} 已经存在，可能已经填过。请换一个文件名")
    whole = examined(paths, judging, quiet=False).result
    result = narrow(whole, selection)
    lines, others = list(template_lines(result)), of_nobody(result)
    write_file(file, partial(write_template, lines, result.as_of))
    masked = "" if judging.reveal else "；证件号码等的原值打了码，照样能用，新值要写全"
    print_lines(
        [
            *_unread(whole.unreadable),
            f"更正表写到 {file}，{len(lines)} 行{masked}",
            *([f"另有 {others} 处不是系统里哪一户的，更正表改不了，请直接改原件"] if others else []),
            "填好新值或动作后运行：",
            f"  fupin-audit correct {_quoted(paths)} --with {shlex.quote(str(file))} --output 更正后",
        ]
    )
    sys.exit(Unreadable.exit_code if whole.unreadable else 0)


def _apply(paths: tuple[Path, ...], sheet: Path, output: Path, judging: Judging) -> None:
    # Imported here, so that --help need not wait for the engine.
    from fupin_audit.audit import prepare
    from fupin_audit.tasks.annotating import Originals
    from fupin_audit.tasks.correcting.correcting import correct
    from fupin_audit.tasks.correcting.correction_lines import read_lines

    refuse_filled_folder(output, paths)
    lines = read_lines(sheet)
    options = replace(options_of(judging), reveal=True)  # the rows are looked for; what is told is masked
    with progress_bars(wanted=True) as progress:
        # Nothing is judged: any date will do.
        read = prepare(
            paths, packs=judging.packs, as_of=judging.day or date.max, options=options, progress=progress
        )
    originals = Originals(paths, judging.password)
    found = correct(originals, read.delivery, lines, output, reveal=judging.reveal)
    unread = [sheet for sheet in read.delivery.inputs if sheet.error]
    print_lines([*_unread(unread), *_told(found, output)])
    sys.exit(Unreadable.exit_code if unread else int(found.count(LineOutcome.REFUSED) > 0))


def _unread(sheets: Iterable[InputSheet]) -> Iterator[str]:
    """What was not looked into: what stands there is not corrected."""
    for sheet in sheets:
        yield mask_text(one_line(f"读不了：{sheet.shown}，{sheet.error}"))


def _told(found: Correcting, folder: Path) -> Iterator[str]:
    """What came of it, line by line of the screen."""
    from fupin_audit.tasks.correcting.correcting import LOG

    counts = "、".join(
        f"{outcome.value} {number}" for outcome in LineOutcome if (number := found.count(outcome))
    )
    yield f"更正表 {len(found.lines)} 行：{counts or '没有内容'}"
    refused = [said for said in found.lines if said.outcome is LineOutcome.REFUSED]
    for said in refused[:_NAMED]:
        yield f"  第{said.line.number}行没有改：{mask_text(one_line(said.reason))}"
    if len(refused) > _NAMED:
        yield f"  另有 {len(refused) - _NAMED} 行没有改"
    for file, remarks in found.remarks.items():
        yield from (f"  {mask_text(one_line(file))}：{remark}" for remark in remarks)
    yield f"{found.copies} 个文件的副本（含个人信息，没有打码）和{LOG}在 {folder}；原件没有改动"
    yield "看还剩什么："
    yield f"  fupin-audit check {shlex.quote(str(folder))}"


def _quoted(paths: tuple[Path, ...]) -> str:
    return " ".join(shlex.quote(str(path)) for path in paths)
