"""Lists without a header: which column is which field, as the user says by its letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fupin_audit.errors import UsageError
from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.types.fieldtypes import CellError, FieldType
from fupin_audit.workbook.formats.grid import Grid, letter
from fupin_audit.workbook.formats.references import column_index
from fupin_audit.workbook.recognising.headers import Header, HeaderCell

_SEPARATORS = re.compile(r"[,，;；、\s]+")
_LETTERS = re.compile(r"[A-Z]{1,3}")
_LOOKED_AT = 15  # rows above the data that may hold titles
_ID = "身份证"
_FILLED = 2  # cells of a row that make it data


@dataclass(frozen=True, slots=True)
class Role:
    """A column, counted from 0, and the field it is."""

    field: str
    column: int

    @property
    def letter(self) -> str:
        """As Excel names the column."""
        return letter(self.column)


def parse_roles(text: str) -> tuple[Role, ...]:
    """Read `姓名=B,证件号码=C`.

    Raises:
        UsageError: it is not of that form, or names a field or a column twice.
    """
    pairs = [part.partition("=") for part in _SEPARATORS.split(text.strip()) if part]
    roles = tuple(Role(field.strip(), _place(letters, text)) for field, _, letters in pairs)
    fields, places = {role.field for role in roles}, {role.column for role in roles}
    if not roles or len(fields) < len(roles) or len(places) < len(roles):
        raise UsageError(f"“{text}”要写成 字段=列,字段=列，如 姓名=B,证件号码=C；每个字段、每列只写一次")
    return roles


def check_roles(roles: Sequence[Role], ledger: type[Ledger]) -> None:
    """Refuse roles that are no fields of the ledger.

    Raises:
        UsageError: the message names one.
    """
    unknown = next((role.field for role in roles if role.field not in ledger.columns()), "")
    if unknown:
        raise UsageError(
            f"--columns：“{ledger.title}”没有字段“{unknown}”，全部字段见 fupin-audit ledgers show {ledger.title}"
        )


def header_by_roles(grid: Grid, roles: Sequence[Role], ledger: type[Ledger]) -> Header:
    """The header the sheet would have, right above the first row that can be data."""
    kinds = {
        role.column: ledger.columns()[role.field].type for role in roles if role.column < len(grid.columns)
    }
    rows = range(min(_LOOKED_AT, grid.height))
    first = next((row for row in rows if _may_be_data(grid, row, kinds)), 0)
    cells = (HeaderCell(role.column, (role.field,)) for role in roles if role.column in kinds)
    return Header(first - 1, first - 1, tuple(sorted(cells, key=lambda cell: cell.column)))


def _place(letters: str, text: str) -> int:
    name = letters.strip().upper()
    if not _LETTERS.fullmatch(name):
        raise UsageError(f"“{text}”里的列要写成 Excel 的列名，如 姓名=B")
    return column_index(name)


def _may_be_data(grid: Grid, row: int, kinds: dict[int, FieldType]) -> bool:
    """Whether several of the cells are filled, and each can be read as what it is."""
    texts = {place: grid.columns[place][row].as_py() for place in kinds}
    filled = {place: text for place, text in texts.items() if text}
    return len(filled) >= min(_FILLED, len(kinds)) and all(
        _is_read(text, kinds[at]) for at, text in filled.items()
    )


def _is_read(text: str, kind: FieldType) -> bool:
    if kind.name == _ID and not any(sign.isdigit() for sign in text):
        return False
    try:
        kind.read(text)
    except CellError:
        return False
    return True
