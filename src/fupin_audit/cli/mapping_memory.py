"""What `inspect --save` writes: a project file that reads the same sheets so again, without asking.

What was recognised stands as it is; what was not, and what is only near, stands behind a `#`: accepting it is
deleting that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from fupin_audit.results.input_sheet import InputSheet
from fupin_audit.writing.toml_text import quoted

_HEAD = """\
# 由 fupin-audit inspect --save 写出：每张表是哪本台账、没认出的列最像哪一列。
# 行首有 # 的没有把握，没有生效；是的话删去 #，不是的不用管。下次 check、inspect 自动使用。
"""
_MASKED = "  # 名称打了码，要用请写原来的名称"


Letters: TypeAlias = Mapping[str, Mapping[str, str]]
"""Place of a sheet → field → letter of its column."""


def mapping_memory(sheets: Sequence[InputSheet], letters: Letters | None = None) -> str:
    """The text of a project file.

    Args:
        sheets: how each sheet was understood, under its own names; they are masked here.
        letters: the columns the user has told of sheets without a header.
    """
    shown = [sheet.masked() for sheet in sheets]
    lines = (_sheet(sheet, own) for sheet, own in zip(shown, sheets, strict=True))
    parts = [_HEAD, "[sheets]", *dict.fromkeys(filter(None, lines))]
    for title in dict.fromkeys(sheet.ledgers[0] for sheet in shown if _near(sheet)):
        parts += ["", f"[columns.{quoted(title)}]", *_columns(title, shown)]
    for sheet, own in zip(shown, sheets, strict=True):
        if told := (letters or {}).get(own.place):
            columns = (f"{quoted(field)} = {quoted(letter)}" for field, letter in told.items())
            parts += ["", f"[letters.{quoted(sheet.place)}]", *columns]
    return "\n".join(parts) + "\n"


def _sheet(shown: InputSheet, own: InputSheet) -> str:
    """What a sheet was taken for, out of force where that is doubtful or its name is not the whole one."""
    ledgers = shown.ledgers or tuple(filter(None, [shown.likeness]))
    if not ledgers:
        return ""
    line = f"{quoted(shown.place)} = {_ledgers(ledgers)}"
    if shown.place != own.place:
        return f"# {line}{_MASKED}"
    return line if shown.ledgers else f"# {line}"


def _ledgers(titles: Sequence[str]) -> str:
    names = [quoted(title) for title in titles]
    return names[0] if len(names) == 1 else f"[{', '.join(names)}]"


def _columns(title: str, sheets: Sequence[InputSheet]) -> Iterator[str]:
    """Headers of the ledger's sheets that name no field, with the nearest one, each once."""
    own = (sheet for sheet in sheets if sheet.ledgers[:1] == (title,))
    near = {header: field for sheet in own for header, field in _near(sheet)}
    yield from (f"# {quoted(header)} = {quoted(field)}" for header, field in near.items())


def _near(sheet: InputSheet) -> list[tuple[str, str]]:
    return [(each.header, each.nearest) for each in sheet.unrecognised if each.nearest and sheet.ledgers]
