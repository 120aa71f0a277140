"""Two columns of the very same header that say different things: nobody can tell which is meant, so neither is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pyarrow.compute as pc

from fupin_audit.workbook.formats.grid import Grid, letter
from fupin_audit.workbook.recognising.candidates import missing
from fupin_audit.workbook.recognising.headers import HeaderCell
from fupin_audit.workbook.recognising.matching import Match
from fupin_audit.workbook.recognising.recognition import Recognition


def without_doubtful(found: Recognition, grid: Grid) -> tuple[Recognition, tuple[str, ...]]:
    """The same without the fields that two such columns name, and a question about each in Chinese."""
    doubtful = {
        (match.ledger.title, name): (match.columns[name].cell, cell)
        for match in found.matches
        for cell, name in match.repeated
        if _contradict(match.columns[name].cell, cell, found, grid)
    }
    if not doubtful:
        return found, ()
    matches = [
        _without(match, {name for title, name in doubtful if title == match.ledger.title})
        for match in found.matches
    ]
    usable = tuple(match for match in matches if not missing(match, found.names.fields))
    lacking = next(
        (
            (match.ledger.title, fields[0])
            for match in matches
            if (fields := missing(match, found.names.fields))
        ),
        None,
    )
    return replace(found, matches=usable, missing=found.missing or lacking), tuple(_questions(doubtful))


def _contradict(first: HeaderCell, second: HeaderCell, found: Recognition, grid: Grid) -> bool:
    """Whether two columns of one header hold different texts."""
    if first.text != second.text:
        return False
    one, other = (grid.columns[cell.column].slice(found.header.bottom + 1) for cell in (first, second))
    both = pc.and_(pc.is_valid(one), pc.is_valid(other))
    return bool(pc.any(pc.and_(both, pc.fill_null(pc.not_equal(one, other), False)), min_count=0).as_py())


def _without(match: Match, names: set[str]) -> Match:
    columns = {name: column for name, column in match.columns.items() if name not in names}
    repeated = tuple((cell, name) for cell, name in match.repeated if name not in names)
    return replace(match, columns=columns, repeated=repeated)


def _questions(doubtful: dict[tuple[str, str], tuple[HeaderCell, HeaderCell]]) -> Iterator[str]:
    for (title, name), (first, second) in doubtful.items():
        places = f"{letter(first.column)}列和{letter(second.column)}列"
        yield f"{places}都叫“{first.text}”，内容不同，分不清哪一列是{title}的“{name}”，都没有读；请把列名改得不同"
