"""Two folders, sheet by sheet: those that are the same ledgers on both sides are compared, the others are named."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from fupin_audit.comparing.compare_options import CompareOptions
from fupin_audit.comparing.two_tables import compare_opened
from fupin_audit.errors import UsageError
from fupin_audit.masking import mask_text
from fupin_audit.results.comparison import FolderComparison, SheetPair
from fupin_audit.version import __version__
from fupin_audit.workbook.any_tables import Aside, Table, open_tables
from fupin_audit.workbook.files.discovery import InputFile, discover, real_path

_FIGURES = re.compile(r"[0-9０-９一二三四五六七八九十年月日]+")


@dataclass(frozen=True)
class _Side:
    """The sheets of one folder, those that are no tables, and the files that could not be read."""

    tables: Sequence[Table]
    aside: Sequence[Aside]
    unreadable: Sequence[str]


def compare_folders(left: Path, right: Path, options: CompareOptions) -> FolderComparison:
    """Compare the sheets of two folders.

    Raises:
        UsageError: a folder is not there, lies in the other, or holds nothing to read.
    """
    one, other = real_path(left), real_path(right)
    if one == other or one in other.parents or other in one.parents:
        raise UsageError(f"{left} 和 {right} 是同一个文件夹，或一个在另一个里面，没法比较")
    files = discover([left, right]).files
    sides = [
        _side([file for file in files if root in file.real_path.parents], options.password)
        for root in (one, other)
    ]
    words = str if options.reveal else mask_text
    pairs = _paired(sides[0].tables, sides[1].tables)
    taken = {id(table) for pair in pairs for table in pair}
    alone = [tuple(words(_told(table)) for table in side.tables if id(table) not in taken) for side in sides]
    return FolderComparison(
        __version__,
        words(str(left)),
        words(str(right)),
        tuple(_compared(pair, options, words) for pair in pairs),
        only_left=alone[0],
        only_right=alone[1],
        not_compared=tuple(map(words, _not_compared(sides))),
        unreadable=tuple(words(text) for side in sides for text in side.unreadable),
    )


def _side(files: Sequence[InputFile], password: str | None) -> _Side:
    opened = [(file.name, open_tables(file, password)) for file in files]
    return _Side(
        [table for _, found in opened for table in found.tables],
        [sheet for _, found in opened for sheet in found.aside],
        [f"{name}：{found.error}" for name, found in opened if found.error],
    )


def _not_compared(sides: Sequence[_Side]) -> Iterator[str]:
    """The sheets that are no tables, where the other side does not have the very same."""
    for side, other in zip(sides, reversed(sides), strict=True):
        for sheet in side.aside:
            if not any(_alike(sheet, each) for each in other.aside):
                yield f"{_place(sheet.file, sheet.grid.sheet)}（{sheet.why}）"


def _alike(one: Aside, other: Aside) -> bool:
    names = {(PurePosixPath(sheet.file).name, sheet.grid.sheet) for sheet in (one, other)}
    here, there = ((sheet.grid.columns, sheet.grid.errors) for sheet in (one, other))
    return len(names) == 1 and here == there


def _compared(pair: tuple[Table, Table], options: CompareOptions, words: Callable[[str], str]) -> SheetPair:
    what = "、".join(pair[0].ledgers) or pair[0].sheet or pair[0].file
    left, right = (words(_place(table.file, table.sheet)) for table in pair)
    try:
        return SheetPair(words(what), left, right, compare_opened(pair, options))
    except UsageError as error:
        return SheetPair(words(what), left, right, reason=words(str(error)))


def _paired(left: Sequence[Table], right: Sequence[Table]) -> list[tuple[Table, Table]]:
    """The sheets that are the same ledgers: by the names of file and sheet, else what is left over on both sides."""
    found: list[tuple[Table, Table]] = []
    for key in _KEYS:
        taken = {id(table) for pair in found for table in pair}
        sides: list[dict[Hashable, list[Table]]] = []
        for tables in (left, right):
            by_key: dict[Hashable, list[Table]] = defaultdict(list)
            for table in tables:
                if id(table) not in taken and (named := key(table)) is not None:
                    by_key[named].append(table)
            sides.append(by_key)
        found += [
            (here[0], sides[1][named][0])
            for named, here in sides[0].items()
            if len(here) == len(sides[1].get(named, ())) == 1
        ]
    order = {id(table): at for at, table in enumerate(left)}
    return sorted(found, key=lambda pair: order[id(pair[0])])


def _name(table: Table) -> str:
    return PurePosixPath(table.file).name


def _without_figures(table: Table) -> Hashable:
    """Its names without the month they are of."""
    return (table.ledgers, _FIGURES.sub("", _name(table)), _FIGURES.sub("", table.sheet))


# What sheets are paired by, one after the other; what is of no ledger is paired by its names alone.
_KEYS: tuple[Callable[[Table], Hashable], ...] = (
    lambda table: (table.ledgers, _name(table), table.sheet),
    _without_figures,
    lambda table: (table.ledgers, table.sheet) if table.ledgers and table.sheet else None,
    lambda table: table.ledgers or None,
)


def _place(file: str, sheet: str) -> str:
    return " › ".join(filter(None, (file, sheet)))


def _told(table: Table) -> str:
    return f"{_place(table.file, table.sheet)}（{'、'.join(table.ledgers) or '不是已知台账'}）"
