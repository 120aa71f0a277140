"""The whole path of a comparison on one page: two sheets → pairs of columns → pairs of rows → differences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from fupin_audit.comparing.as_result import Found, tell
from fupin_audit.comparing.cell_values import ReadPair, read_pair
from fupin_audit.comparing.column_pairs import pair_columns
from fupin_audit.comparing.compare_options import CompareOptions
from fupin_audit.comparing.differences import Compared, compare_tables
from fupin_audit.comparing.key_choice import KeyCandidate, check_key, guess_key
from fupin_audit.comparing.pairing import Ints, RowPairing
from fupin_audit.errors import UsageError
from fupin_audit.results.comparison import COMPARED, Comparison
from fupin_audit.workbook.any_tables import Table, open_table
from fupin_audit.workbook.files.discovery import discover, real_path

_DEFAULTS = CompareOptions()


def compare(left: str, right: str, options: CompareOptions = _DEFAULTS) -> Comparison:
    """Compare two sheets.

    Args:
        left: a file, or `文件!工作表`.
        right: the other.
        options: key, columns, tolerances.

    Raises:
        UsageError: no such file, sheet or column; nothing in common; no key to pair rows by.
        InputError: a sheet can't be read.
    """
    return compare_opened(_opened(left, right, options.password), options)


def compare_opened(tables: tuple[Table, Table], options: CompareOptions) -> Comparison:
    """Compare two sheets that have been read.

    Raises:
        UsageError: as `compare`.
    """
    pairs = _read_pairs(*tables, options)
    options.check(pairs)
    key = _key(pairs, options)
    columns = [pair for pair in pairs if pair not in key.pairs and options.role(pair) == COMPARED]
    pairing, differing = _differences(key, columns, options)
    unread = {pair.name: _unread(pair, pairing, differing[pair.name]) for pair in columns}
    differing = {name: np.setdiff1d(places, unread[name]) for name, places in differing.items()}
    return tell(Found(*tables, tuple(pairs), key, pairing, differing, unread), options)


def _opened(left: str, right: str, password: str | None) -> tuple[Table, Table]:
    places = [file_and_sheet(text) for text in (left, right)]
    files = {file.real_path: file for file in discover([path for path, _ in places]).files}
    (path, sheet), (other_path, other_sheet) = places
    one = open_table(files[real_path(path)], sheet, password)
    other = open_table(files[real_path(other_path)], other_sheet, password, like=one.sheet)
    for side, table in (("左边", one), ("右边", other)):
        if not table.height:
            raise UsageError(
                f"{side}的 {table.file}{table.sheet and ' › ' + table.sheet} 只有表头，没有数据行"
            )
    return one, other


def file_and_sheet(text: str) -> tuple[Path, str]:
    """The file and the sheet of `文件!工作表`; a file may have such a name, too."""
    path, sheet = Path(text), ""
    if not path.exists() and "!" in text:
        name, _, sheet = text.rpartition("!")
        path = Path(name)
    if path.is_dir():
        raise UsageError(f"{path} 是文件夹；compare 比较两张表，请写文件，或 文件!工作表")
    return path, sheet.strip()


def _read_pairs(left: Table, right: Table, options: CompareOptions) -> list[ReadPair]:
    pairs = pair_columns(left.columns, right.columns, options.keys)
    if not pairs:
        here, there = ("、".join(column.text for column in table.columns) for table in (left, right))
        raise UsageError(f"两张表没有同名的列。左边有：{here}；右边有：{there}。请核对是不是要比较的两张表")
    return [read_pair(pair, left, right) for pair in pairs]


def _key(pairs: Sequence[ReadPair], options: CompareOptions) -> KeyCandidate:
    """The key the user named, else the best there is; rows that are the same on both sides need none."""
    if not options.keys:
        try:
            return guess_key(pairs)
        except UsageError:
            if not _is_the_same(pairs):
                raise
            return KeyCandidate((pairs[0],))
    named = [next(pair for pair in pairs if pair.columns.answers_to(left)) for left, _ in options.keys]
    return check_key(KeyCandidate(tuple(named)))


def _is_the_same(pairs: Sequence[ReadPair]) -> bool:
    """Whether both sides have the same rows, in whatever order."""
    left, right = (
        Counter(zip(*(pair.sides[side].keys.to_pylist() for pair in pairs), strict=True)) for side in (0, 1)
    )
    return left == right


def _differences(
    key: KeyCandidate, columns: Sequence[ReadPair], options: CompareOptions
) -> tuple[RowPairing, dict[str, Ints]]:
    """The pairing of rows, and the positions in it where each column differs."""
    left, right = (_table(key, columns, side) for side in (0, 1))
    compared = [
        Compared(f"{kind}{number}", options.apart(pair))
        for number, pair in enumerate(columns)
        for kind in _parts(pair)
    ]
    pairing, found = compare_tables(left, right, [f"key{at}" for at in range(len(key.pairs))], compared)
    differing = {}
    for number, pair in enumerate(columns):
        places = np.unique(np.concatenate([found[f"{kind}{number}"] for kind in _parts(pair)]))
        differing[pair.name] = _said_on_both(pair, pairing, places) if options.skip_blanks else places
    return pairing, differing


def _table(key: KeyCandidate, columns: Sequence[ReadPair], side: int) -> pa.Table:
    keys = {f"key{at}": pair.sides[side].keys for at, pair in enumerate(key.pairs)}
    values = {
        f"{kind}{number}": pair.sides[side].parts[kind]
        for number, pair in enumerate(columns)
        for kind in _parts(pair)
    }
    return pa.table({**keys, **values})


def _parts(pair: ReadPair) -> tuple[str, ...]:
    """The parts of a pair's values: the unread ones only where there are any."""
    unread = any(side.unread.null_count < len(side.unread) for side in pair.sides)
    return ("typed", "unread") if unread else ("typed",)


def _unread(pair: ReadPair, pairing: RowPairing, places: Ints) -> Ints:
    """Of these places those where one side has a number, date or yes and the other a text that is none."""
    if pair.kind.family == "text":
        return places[:0]
    texts = [np.asarray(side.unread.is_valid()) for side in pair.sides]
    left, right = texts[0][pairing.left[places]], texts[1][pairing.right[places]]
    said = ~(pair.left.blank[pairing.left[places]] | pair.right.blank[pairing.right[places]])
    unread: Ints = places[(left ^ right) & said]
    return unread


def _said_on_both(pair: ReadPair, pairing: RowPairing, places: Ints) -> Ints:
    said = ~(pair.left.blank[pairing.left[places]] | pair.right.blank[pairing.right[places]])
    kept: Ints = places[said]
    return kept
