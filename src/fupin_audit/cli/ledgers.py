"""`fupin-audit ledgers`: what the ledgers are, and blank ones to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fupin_audit.cli.asked import Sources
from fupin_audit.cli.catalogue import catalogue_in_force
from fupin_audit.cli.flags import sources_options
from fupin_audit.cli.speech import say, say_json
from fupin_audit.errors import UsageError

_EPILOG = """\
例子：
  fupin-audit ledgers list
  fupin-audit ledgers list --pack 光伏公益岗.yaml    连同自己声明的台账
"""
if TYPE_CHECKING:
    from fupin_audit.ledgers.base import Ledger
    from fupin_audit.writing.console import Group, Table

_format = click.option(
    "--format", "style", type=click.Choice(["table", "json"]), default="table", help="表格或 JSON。"
)


@click.group("ledgers", help="台账：有哪些，各有哪些列，空白模板。")
def ledgers_group() -> None:
    """Group of the ledger commands."""


@ledgers_group.command("list", help="列出全部台账。", epilog=_EPILOG)
@sources_options
@_format
def list_ledgers(sources: Sources, style: str) -> None:
    """List the ledgers with their keys."""
    from fupin_audit.ledgers.in_words import ledger_summary

    ledgers = known_ledgers(sources)
    if style == "json":
        say_json([ledger_summary(ledger) for ledger in ledgers])
    else:
        from fupin_audit.writing.console import open_screen

        open_screen().print(_list_table(ledgers))


@ledgers_group.command(
    "show", help="列出一本台账的每一列：类型、必填、选项、见过的表头写法。例：ledgers show 户"
)
@click.argument("title", metavar="台账")
@sources_options
@_format
def show_ledger(title: str, sources: Sources, style: str) -> None:
    """Describe every field of one ledger."""
    from fupin_audit.ledgers.in_words import ledger_details
    from fupin_audit.ledgers.registry import ledger

    model = ledger(title, known_ledgers(sources))
    if style == "json":
        say_json(ledger_details(model))
    else:
        from fupin_audit.writing.console import open_screen

        open_screen().print(_field_table(model))


@ledgers_group.command(
    "template", help="写出一本台账的空白模板（xlsx）。例：ledgers template 明白卡 -o 明白卡.xlsx"
)
@click.argument("title", metavar="台账")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="文件名；默认“台账名模板.xlsx”。"
)
@sources_options
def write_ledger_template(title: str, output: Path | None, sources: Sources) -> None:
    """Write a blank workbook for one ledger."""
    from fupin_audit.ledgers.registry import ledger
    from fupin_audit.ledgers.template import write_template
    from fupin_audit.writing.whole_files import refuse_place

    model = ledger(title, known_ledgers(sources))
    path = output or Path(f"{model.title}模板.xlsx")
    refuse_place(path)
    if path.exists():
        raise UsageError(f"{path} 已经存在，为免盖掉已填的内容没有写。请用 -o 换一个文件名")
    write_template(model, path)
    say(f"已写出 {path}")


@ledgers_group.command("docs", help="把台账写成网页（Markdown）：列、码表、关系、用到它的规则。")
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default="docs/ledgers",
    metavar="文件夹",
    help="写到哪里；默认 docs/ledgers",
)
@sources_options
def write_ledger_pages(output: Path, sources: Sources) -> None:
    """Write the pages about ledgers."""
    from fupin_audit.pages.folder import write_pages
    from fupin_audit.pages.ledger_pages import GENERATED, ledger_pages

    pages = ledger_pages(catalogue_in_force(sources))
    write_pages(output, pages, GENERATED)
    say(f"已写出 {output}：{len(pages)} 页")


def known_ledgers(sources: Sources) -> tuple[type[Ledger], ...]:
    """The built-in ledgers, and those the user's packs declare."""
    if not sources.packs:
        from fupin_audit.ledgers.registry import LEDGERS

        return LEDGERS
    from fupin_audit.rulepack.packs.pack_loading import load_catalogue

    return load_catalogue(sources.packs).ledgers


def _list_table(ledgers: tuple[type[Ledger], ...]) -> Table:
    rows = (
        (
            ledger.family,
            ledger.title,
            "＋".join(ledger.key) or "—",
            f"{len(ledger.columns())}列",
            ledger.blurb,
        )
        for ledger in ledgers
    )
    from fupin_audit.writing.fitting_table import text_table

    return text_table(("类别", "台账", "键", "列数", "说明"), rows)


def _field_table(ledger: type[Ledger]) -> Group:
    from fupin_audit.ledgers.in_words import labels, meaning
    from fupin_audit.ledgers.spellings import spellings
    from fupin_audit.writing.console import Group, Text
    from fupin_audit.writing.fitting_table import text_table

    rows = []
    for column in ledger.columns().values():
        how = "、".join(labels(column)) if column.type.codes else meaning(column)
        how = f"（可多项）{how}" if column.type.many else how
        notes = "；".join(part for part in (how, column.note) if part)
        required = "必填" if column.required else ""
        rows.append((column.name, required, notes, "、".join(spellings(ledger, column.name))))
    headers = ("列", "必填", "怎样填", "表头的其他写法")
    return Group(Text(f"{ledger.title}：{ledger.blurb}", style="bold"), text_table(headers, rows))
