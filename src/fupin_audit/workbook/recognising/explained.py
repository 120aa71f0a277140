"""How a sheet was understood, told to people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from rapidfuzz import fuzz, process

from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.registry import ledger
from fupin_audit.results.input_sheet import UnknownColumn
from fupin_audit.workbook.formats.grid import letter
from fupin_audit.workbook.recognising.headers import YEAR_HEADERS, Header, HeaderCell
from fupin_audit.workbook.recognising.matching import (
    Match,
    header_index,
    heads_numbers,
    kept_anywhere,
    known_keys,
    meanings,
)
from fupin_audit.workbook.recognising.recognition import Recognition

_NEVER_FIELDS = frozenset({"序号", "备注"}) | YEAR_HEADERS
# Any list may say of people what these say of theirs; one of households says it of the head.
_OF_PERSONS = ("人口", "户", "监测对象", "帮扶责任人")
_OF_HOUSEHOLDS = ("户", "监测对象", "人口", "帮扶责任人")
_THE_HEADS = {"姓名": "户主姓名", "证件号码": "户主证件号码"}
_ALIKE = 60  # from 0 to 100


def columns_read(found: Recognition) -> dict[str, str]:
    """Excel column letter → field, in the sheet's order, with the columns that are known and only kept."""
    repeated = {cell for match in found.matches for cell, _ in match.repeated}
    unread = [cell for cell in found.header.cells if cell not in repeated]
    read = {cell.column: name for cell in unread if (name := _kept(cell, found.header, found.matches))}
    for match in reversed(found.matches):
        read |= {column.column: column.said[0][0] for column in match.spread}
        read |= {place: name for name, column in match.columns.items() for place in column.places}
    return {letter(place): read[place] for place in sorted(read)}


def _kept(cell: HeaderCell, header: Header, matches: Sequence[Match]) -> str:
    """The name of a column no field is read from: one such lists have, or one of a person or household."""
    known = next((match.known[cell.column] for match in matches if cell.column in match.known), "")
    if known or not matches:
        return known
    of_persons = any("姓名" in match.ledger.columns() for match in matches)
    about = (header_index(ledger(title)) for title in (_OF_PERSONS if of_persons else _OF_HOUSEHOLDS))
    indices = (*about, _everywhere())
    name = next((index[key] for index in indices for key in cell.own_keys if key in index), "")
    return name if of_persons and cell not in heads_numbers(header.cells) else _THE_HEADS.get(name, name)


@cache
def _everywhere() -> Mapping[str, str]:
    """Header key → field, where all ledgers that know the header mean the same."""
    return {key: name for key, (name, *others) in meanings().items() if not others}


def unknown_columns(found: Recognition, ledgers: tuple[type[Ledger], ...]) -> tuple[UnknownColumn, ...]:
    """Headers that name no field of any ledger, each with the nearest field of the sheet's own."""
    names = {key: name for match in found.matches for key, name in header_index(match.ledger).items()}
    return tuple(
        UnknownColumn(letter(cell.column), cell.text, _nearest(cell, names))
        for cell in _left_over(found)
        if not _is_known(cell, ledgers)
    )


def remarks(found: Recognition, ledgers: tuple[type[Ledger], ...]) -> tuple[str, ...]:
    """What a reader should know of how a sheet was understood, in Chinese."""
    unused = [cell.text for cell in _left_over(found) if _is_known(cell, ledgers)]
    return (
        *_assumed_year(found),
        *_partial(found),
        *_given(found.matches),
        *_repeated(found.matches),
        *_converted(found.matches),
        *([f"认得而没有用到的列：{'、'.join(unused)}"] if unused else []),
    )


def _assumed_year(found: Recognition) -> Iterator[str]:
    if found.assumed_year and found.names.stated_year:
        yield f"没有年度列，按标题或文件名取{found.assumed_year}年"
    elif found.assumed_year:
        yield f"没有年度列，交付的数据里也都没有写年度，按导出或打印的时间看作{found.assumed_year}年的"


def _partial(found: Recognition) -> Iterator[str]:
    """Lists that by their names have not everybody who should stand on them."""
    for title in found.titles:
        if word := found.partial(title):
            yield f"名称里有“{word}”，看作不全的“{title}”：不在上面的人不作没有论；确是全的用 --as {title}=文件 --complete"


def _left_over(found: Recognition) -> list[HeaderCell]:
    taken = {place for match in found.matches for place in match.places}
    taken |= {cell.column for match in found.matches for cell, _ in match.repeated}
    taken |= {place for match in found.matches for place in match.known}
    return [
        cell
        for cell in found.header.cells
        if cell.column not in taken and _NEVER_FIELDS.isdisjoint(cell.own_keys)
    ]


def _is_known(cell: HeaderCell, ledgers: tuple[type[Ledger], ...]) -> bool:
    return not (known_keys(ledgers) | kept_anywhere()).isdisjoint(cell.own_keys)


def _nearest(cell: HeaderCell, names: dict[str, str]) -> str:
    if not cell.own_keys:  # of signs alone
        return ""
    found = process.extractOne(cell.own_keys[-1], list(names), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return names[found[0]] if found else ""


def _given(matches: Sequence[Match]) -> Iterator[str]:
    """Columns read as the user has said."""
    for match in matches:
        for header, column in match.given:
            yield f"{letter(column.column)}列“{header}”按指定读作“{match.ledger.title}”的“{column.field}”"


def _repeated(matches: Sequence[Match]) -> Iterator[str]:
    """Columns named twice, unless another ledger of the sheet uses them."""
    used = {place for match in matches for place in match.places}
    told: set[int] = set()
    for match in matches:
        for cell, name in match.repeated:
            if cell.column not in used | told:
                told.add(cell.column)
                first = letter(match.columns[name].column)
                yield f"{letter(cell.column)}列“{cell.text}”与{first}列同为“{name}”，只用{first}列"


def _converted(matches: Sequence[Match]) -> Iterator[str]:
    columns = {column.column: (name, column) for match in matches for name, column in match.columns.items()}
    for place, (name, column) in sorted(columns.items()):
        if column.factor != 1:
            stated = column.cell.unit
            yield f"{letter(place)}列“{name}”按表头单位{stated and f'“{stated}”'}换算（×{column.factor:g}）"
