"""One file's copy with other values in some cells, read back before anybody gets it: nothing else may differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from fupin_audit.errors import DamagedFileError, InputError
from fupin_audit.workbook.annotating.row_patch import UnusualSheetError
from fupin_audit.workbook.converting.conversion import MIDNIGHT
from fupin_audit.workbook.correcting.corrected_package import correct_package
from fupin_audit.workbook.correcting.corrected_text import correct_text
from fupin_audit.workbook.correcting.new_contents import NewContent, SheetCells, UncorrectableError, places_of
from fupin_audit.workbook.files.refusal import damaged_if_malformed
from fupin_audit.workbook.formats.file_kinds import FileKind
from fupin_audit.workbook.formats.grid import Cell, Grid
from fupin_audit.workbook.formats.open_grids import READERS, Unlocked

_OTHER_KIND = "只能改 .xlsx、.xlsm 和 csv；请用 Excel 或 WPS 把它另存为 .xlsx 再改"
_PASSWORD = "原件有打开密码，副本会没有密码，没有写；请先去掉密码另存一份"
_UNUSUAL = "原件内部的写法特殊，不能照原样改；请用 Excel 或 WPS 另存为 .xlsx 再改"
_UNLIKE = "写进去以后读出来的不一样，没有改；请在原表里手工改"


def corrected(original: Unlocked, cells: SheetCells) -> tuple[bytes, tuple[str, ...]]:
    """The copy, and what a reader of it should know, in Chinese.

    Args:
        original: the file.
        cells: what is to stand where.

    Raises:
        UncorrectableError: some cells can't be changed; or none of the file.
        InputError: it can't be read.
    """
    if original.had_password:
        raise UncorrectableError(_PASSWORD)
    copy, remarks = _written(original, cells)
    before, after = (sheets_read(READERS[original.kind](content)) for content in (original.content, copy))
    if before.keys() != after.keys():
        raise UncorrectableError(_UNLIKE)
    wrong = [
        place
        for name, grid in before.items()
        for place in places_of(name, _unlike(grid, after[name], cells.get(name, {})))
    ]
    if wrong:
        raise UncorrectableError(_UNLIKE, wrong)
    return copy, remarks


def _written(original: Unlocked, cells: SheetCells) -> tuple[bytes, tuple[str, ...]]:
    if original.kind is FileKind.TEXT:
        return correct_text(original.content, cells[""]), ()
    if original.kind is not FileKind.XLSX:
        raise UncorrectableError(_OTHER_KIND)
    try:
        with damaged_if_malformed():
            return correct_package(original.content, cells)
    except (UnusualSheetError, DamagedFileError) as error:
        raise UncorrectableError(_UNUSUAL) from error


def sheets_read(grids: Iterator[Grid]) -> Mapping[str, Grid]:
    """The sheets by name; those behind a bad one are not there, in the copy as in the original."""
    found: dict[str, Grid] = {}
    try:
        for grid in grids:
            found[grid.sheet] = grid
    except InputError:
        return found
    return found


def _unlike(before: Grid, after: Grid, wanted: Mapping[Cell, NewContent]) -> Sequence[Cell]:
    """The cells that differ without being meant to, and those that don't hold what they should."""
    width = max(len(before.columns), len(after.columns))
    height = max(before.height, after.height)
    found = []
    for column in range(width):
        old, new = _texts(before, column, height), _texts(after, column, height)
        found += [
            (row, column)
            for row in range(height)
            if not as_meant(old[row], new[row], wanted.get((row, column)))
        ]
    return found


def as_meant(old: str | None, new: str | None, wanted: NewContent | None) -> bool:
    """Whether a cell stands as it was, or holds what was wanted; an empty one holds no text."""
    if wanted is None:
        return old == new
    if not new or not wanted.text:
        return not new and not wanted.text
    stands = new.removesuffix(MIDNIGHT)
    return stands in {wanted.text, wanted.day} or bool(wanted.number and _is_number(stands, wanted.number))


def _is_number(text: str, number: str) -> bool:
    try:
        return float(text) == float(number)
    except ValueError:
        return False


def _texts(grid: Grid, column: int, height: int) -> list[str | None]:
    texts = grid.columns[column].to_pylist() if column < len(grid.columns) else []
    return [*texts, *[None] * (height - len(texts))]
