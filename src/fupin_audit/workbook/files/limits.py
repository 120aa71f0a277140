"""How large an input may be: generous for real ledgers, closed to bombs.

The limits are checked before a parser sees the bytes, because running out of memory can't be caught.
"""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

from fupin_audit.errors import DamagedFileError, OverLimitError

FILE_BYTES = 1 << 30
ZIP_ENTRIES = 20_000
ZIP_BYTES = 4 << 30
# Sheets of real ledgers shrink to between 1:10 and 1:40, blank styled cells to 1:100 and beyond.
ZIP_RATIO = 200
ZIP_RATIO_FROM = 64 << 20
# A county's widest export has 177 columns and 300,000 rows: 53 million cells.
CELLS = 100_000_000
# One village a sheet, a county has some hundreds.
SHEETS = 1000
# A cell left at the far end of a sheet makes the reader hold every cell before it.
SPARSE_CELLS = 10_000_000
SPARSE_SHARE = 50
ROWS = 1_048_576
COLUMNS = 16_384
# Text and HTML are held whole, not streamed.
MARKUP_BYTES = 256 << 20

_SPLIT = "请按乡镇或年份拆成几个文件再试"
FAR = "请删除表格之外的零星单元格（按 Ctrl+End 可找到）后另存"


def check_file(path: Path) -> None:
    """Refuse a file too large to hold.

    Raises:
        OverLimitError: more than FILE_BYTES.
        OSError: the file can't be examined.
    """
    if path.stat().st_size > FILE_BYTES:
        raise OverLimitError(f"文件超过 {FILE_BYTES >> 20} MB", _SPLIT)


def check_markup(content: bytes) -> None:
    """Refuse HTML or XML too large to hold as text.

    Raises:
        OverLimitError: more than MARKUP_BYTES.
    """
    if len(content) > MARKUP_BYTES:
        raise OverLimitError(
            f"网页或 XML 格式的表格超过 {MARKUP_BYTES >> 20} MB", "请用 Excel 或 WPS 打开后另存为 .xlsx"
        )


def check_directory(archive: ZipFile) -> None:
    """Refuse a zip whose directory promises more than a real workbook holds.

    Raises:
        OverLimitError: too many entries, too large in total, or packed too tightly.
        DamagedFileError: one name twice, so that two readers may see two contents.
    """
    entries = archive.infolist()
    if len(entries) > ZIP_ENTRIES:
        raise OverLimitError(
            f"文件内部有 {len(entries)} 个部件，超过 {ZIP_ENTRIES} 个", "这不是正常的工作簿，请核对来源"
        )
    if sum(entry.file_size for entry in entries) > ZIP_BYTES:
        raise OverLimitError(f"文件解压后超过 {ZIP_BYTES >> 30} GB", _SPLIT)
    for entry in entries:
        if entry.file_size > max(ZIP_RATIO_FROM, ZIP_RATIO * entry.compress_size):
            raise OverLimitError(
                f"文件内部的 {entry.filename} 压缩比异常（超过 {ZIP_RATIO} 倍）",
                "请在 Excel 或 WPS 中删除空白的行列和多余格式后另存；来源不明的文件不要打开",
            )
    if len({entry.filename for entry in entries}) < len(entries):
        raise DamagedFileError("文件内部有重名部件", "请用 Excel 或 WPS 打开后另存为 .xlsx")


def check_sheets(count: int) -> None:
    """Refuse a workbook of more sheets than would be read in reasonable time.

    Raises:
        OverLimitError: more than SHEETS.
    """
    if count > SHEETS:
        raise OverLimitError(f"工作簿有 {count} 个工作表，超过 {SHEETS} 个", _SPLIT)


def check_place(row: int, column: int, name: str) -> None:
    """Refuse a cell where no sheet has one, before its like are counted.

    Raises:
        OverLimitError: its row or column, from 0, is too high.
    """
    if row >= ROWS or column >= COLUMNS:
        raise OverLimitError(f"单元格 {name} 超出 {ROWS} 行 {COLUMNS} 列", "这不是正常的工作表，请核对来源")


def check_extent(height: int, width: int, filled: int, last: str, most_rows: int = ROWS) -> None:
    """Refuse a sheet whose bounding rectangle is too large to hold.

    Args:
        height: rows from row 1 to the last filled one.
        width: columns from A to the last filled one.
        filled: cells that hold something.
        last: address of the far corner as Excel writes it, for the message.
        most_rows: how many rows there may be.

    Raises:
        OverLimitError: too many cells, or far too few for the area they span.
    """
    if height > most_rows or width > COLUMNS:
        raise OverLimitError(f"表格范围到 {last}，超出 {most_rows} 行 {COLUMNS} 列", FAR)
    area = height * width
    if area > SPARSE_CELLS and filled * SPARSE_SHARE < area:
        raise OverLimitError(
            f"表格范围到 {last}，但只有 {filled} 个单元格有内容",
            FAR,
        )
    check_cells(area)


def too_wide(row: int, width: int) -> OverLimitError:
    """That a row of a text has more columns than any sheet."""
    return OverLimitError(
        f"第{row}行有 {width} 列，超过 {COLUMNS} 列", "请核对分隔符和引号，删掉多余的列后重新导出"
    )


def check_held(filled: int, held: int) -> None:
    """Refuse cells that are mostly blank ones between others, before they are too many to hold.

    Raises:
        OverLimitError: far too few for the room they take.
    """
    if held > SPARSE_CELLS and filled * SPARSE_SHARE < held:
        raise OverLimitError(f"表格占了 {held} 个单元格，但只有 {filled} 个有内容", FAR)


def check_cells(cells: int) -> None:
    """Refuse more cells than can be held at once.

    Raises:
        OverLimitError: more than CELLS.
    """
    if cells > CELLS:
        raise OverLimitError(f"表格有 {cells} 个单元格，超过 {CELLS} 个", _SPLIT)
