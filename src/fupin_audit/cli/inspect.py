"""`fupin-audit inspect`: how each sheet was understood, and why."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fupin_audit.cli.asked import Reading, paths_of
from fupin_audit.cli.flags import reading_options
from fupin_audit.cli.group import Unreadable
from fupin_audit.cli.ledgers import known_ledgers
from fupin_audit.cli.mapping_memory import mapping_memory
from fupin_audit.cli.progress_bar import progress_bars
from fupin_audit.cli.speech import say_json
from fupin_audit.errors import UsageError
from fupin_audit.writing.one_line import one_line
from fupin_audit.writing.whole_files import refuse_place, write_text

if TYPE_CHECKING:
    from fupin_audit.delivery import Delivery
    from fupin_audit.results.input_sheet import InputSheet
    from fupin_audit.writing.console import RenderableType

_EPILOG = """\
例子：
  fupin-audit inspect 清河县
  fupin-audit inspect 民政局.xlsx --as 低保=民政局.xlsx!Sheet1

认错了或没认出来，用 --as 指明；check 也有这个选项。退出码：0 都读了，3 有文件读不了。
"""


@click.command("inspect", help="查看 PATH 里每个工作表认成了哪本台账、每一列认成了什么。", epilog=_EPILOG)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]…")
@reading_options
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    metavar="text|json",
    help="text 给人看（默认），json 给程序读",
)
@click.option(
    "--save",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="把认出的和最像的写成项目文件（如 fupin-audit.toml），下次不用再写 --as",
)
@click.option("--no-color", is_flag=True, help="不用颜色")
def inspect_command(
    paths: tuple[Path, ...], reading: Reading, style: str, save: Path | None, no_color: bool
) -> None:
    """Reads the paths and shows what each sheet was taken for."""
    if save:
        refuse_place(save)
        if save.exists():
            raise UsageError(f"{save} 已经有了，没有改写；换个文件名，再把要的行抄进去")
    read = _load(paths_of(paths, reading), reading)
    delivery = read.masked()
    if style == "json":
        say_json(_entries(delivery))
    else:
        _print(delivery, no_color=no_color)
    if save:
        write_text(save, mapping_memory(read.inputs, _letters(read, reading)))
    sys.exit(Unreadable.exit_code if any(sheet.error for sheet in delivery.inputs) else 0)


def _load(paths: Sequence[Path], reading: Reading) -> Delivery:
    # Imported here, so that --help need not wait for it.
    from fupin_audit.cli.project import options_of_reading
    from fupin_audit.options import as_read
    from fupin_audit.workbook.loading import load

    options = options_of_reading(reading)
    ledgers = as_read(known_ledgers(reading), options).ledgers
    with progress_bars(wanted=True) as progress:
        return load(
            paths,
            designations=options.designations,
            password=options.password,
            ledgers=ledgers,
            progress=progress,
        )


def _letters(delivery: Delivery, reading: Reading) -> dict[str, dict[str, str]]:
    """Sheet → field → column, as the user has told of sheets without a header."""
    from fupin_audit.cli.project import options_of_reading

    told = [item for item in options_of_reading(reading).designations if item.roles]
    return {
        sheet.place: {role.field: role.letter for role in item.roles}
        for sheet in delivery.inputs
        for item in told
        if item.means(sheet.file, sheet.sheet)
    }


def _entries(delivery: Delivery) -> list[dict[str, object]]:
    """One entry a sheet, under the names `check --format json` uses for its inputs."""
    missing = {index: (ledger, field) for index, ledger, field in delivery.missing_columns}
    return [_entry(sheet, missing.get(index)) for index, sheet in enumerate(delivery.inputs)]


def _entry(sheet: InputSheet, missing: tuple[str, str] | None) -> dict[str, object]:
    return {
        "file": sheet.file,
        "sheet": sheet.sheet,
        "ledger": sheet.ledgers[0] if sheet.ledgers else None,
        "ledgers": sheet.ledgers,
        "header_row": sheet.header_row,
        "rows": sheet.rows,
        "columns": dict(sheet.columns),
        "unrecognised": [
            {"column": unknown.letter, "header": unknown.header, "nearest": unknown.nearest or None}
            for unknown in sheet.unrecognised
        ],
        "candidates": [{"ledger": ledger, "score": score} for ledger, score in sheet.candidates],
        "missing": {"ledger": missing[0], "field": missing[1]} if missing else None,
        "hidden": sheet.hidden,
        "notes": (*sheet.caveats, *sheet.notes),
        "error": sheet.error or None,
    }


def _print(delivery: Delivery, *, no_color: bool) -> None:
    from fupin_audit.writing.console import open_screen

    screen = open_screen(no_color=no_color)
    missing = {index: (ledger, field) for index, ledger, field in delivery.missing_columns}
    for index, sheet in enumerate(delivery.inputs):
        screen.print(_block(sheet, missing.get(index)))
    if delivery.not_read:
        screen.print(f"没有读取，不是表格或台账：{one_line('、'.join(delivery.not_read))}\n")
    recognised = sum(bool(sheet.ledgers) for sheet in delivery.inputs)
    screen.print(f"共{len(delivery.inputs)}个工作表，认出{recognised}个，读入{_rows(delivery)}行")


def _rows(delivery: Delivery) -> int:
    return sum(sheet.rows for sheet in delivery.inputs)


def _block(sheet: InputSheet, missing: tuple[str, str] | None) -> RenderableType:
    """One sheet: a heading, and beneath it what is known of it, line by line."""
    from fupin_audit.writing.console import Group, Padding, Table, Text
    from fupin_audit.writing.fitting_table import Folded

    place = " › ".join(one_line(part) for part in (sheet.file, sheet.sheet) if part)
    heading = Text(place + ("（隐藏）" if sheet.hidden else ""), style="bold")
    lines = Table.grid(padding=(0, 2))
    lines.add_column(no_wrap=True, style="cyan")
    lines.add_column(overflow="fold")
    for label, text in _lines(sheet, missing):
        lines.add_row(label, Folded(Text(one_line(text))))
    return Group(heading, Padding(lines, (0, 0, 1, 2), expand=False))


def _lines(sheet: InputSheet, missing: tuple[str, str] | None) -> Iterable[tuple[str, str]]:
    if sheet.error:
        yield "读不了", sheet.error
        return
    yield "台账", _taken_for(sheet, missing)
    if sheet.header_row:
        yield "位置", f"表头在第{sheet.header_row}行，数据{sheet.rows}行"
    others = [f"{ledger} {score:.2f}" for ledger, score in sheet.candidates if ledger not in sheet.ledgers]
    if others:
        yield "也像", " · ".join(others)
    if sheet.columns:
        yield "列", " · ".join(f"{letter}\u00a0{field}" for letter, field in sheet.columns.items())
    for unknown in sheet.unrecognised:
        near = f"，最接近“{unknown.nearest}”" if unknown.nearest else ""
        yield "未识别", f"{unknown.letter} “{unknown.header}”{near}"
    for note in (*sheet.caveats, *sheet.notes):
        yield "说明", note


def _taken_for(sheet: InputSheet, missing: tuple[str, str] | None) -> str:
    if missing:
        return f"像是“{missing[0]}”，但缺少“{missing[1]}”列，没有读入"
    scores = dict(sheet.candidates)
    named = [f"{ledger} {scores[ledger]:.2f}" if ledger in scores else ledger for ledger in sheet.ledgers]
    return "、".join(named) or sheet.doubt or "没有认出来"
