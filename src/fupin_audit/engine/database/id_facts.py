"""What ID numbers say, worked out once a column: key, validity, birth, sex (GB 11643).

The same as the ID_… functions of functions.sql, which serve computed texts; a test holds them together.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from sqlglot import exp

Digits = npt.NDArray[np.int64]

_LONG, _SHORT, _CERTIFICATES = 18, 15, (20, 22)
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_CHECKS = np.frombuffer(b"10X98765432", dtype=np.uint8)
_ZERO, _MONTHS = ord("0"), 12
_CENTURY = np.frombuffer(b"19", dtype=np.uint8)
_PIECE = 1 << 17  # rows whose numbers are taken apart at a time

# Function → the column that holds its value for an ID column.
_KEY = "ID_KEY"
FACTS = {_KEY: "键", "ID_VALID": "有效", "ID_BIRTH": "出生", "ID_SEX": "性别"}


def fact_column(field: str, function: str) -> str:
    """Name of the column with a function's value for an ID column."""
    return f"{field}·{FACTS[function]}"


def facts(field: str, numbers: pa.ChunkedArray) -> Iterator[tuple[str, pa.Array]]:
    """The columns that say what an ID column's numbers say."""
    whole = numbers.combine_chunks() if isinstance(numbers, pa.ChunkedArray) else numbers
    coded = pa.types.is_dictionary(whole.type)  # then each number is taken apart once anyway
    step = max(len(whole), 1) if coded else _PIECE
    pieces = [_in_rows(whole.slice(at, step)) for at in range(0, max(len(whole), 1), step)]
    for function in FACTS:
        yield fact_column(field, function), pa.concat_arrays([piece.pop(function) for piece in pieces])


def _in_rows(numbers: pa.Array) -> dict[str, pa.Array]:
    """Each function's value in each row."""
    texts = pc.dictionary_encode(numbers)
    return {function: values.take(texts.indices) for function, values in _of(texts.dictionary).items()}


def _of(texts: pa.Array) -> dict[str, pa.Array]:
    """Each function's value for each text."""
    count = len(texts)
    keys, key = [pa.array([], pa.string())], np.full(count, -1)
    valid = np.zeros(count, dtype=bool)
    born = np.full(count, np.datetime64("NaT"), dtype="datetime64[D]")
    male = np.full(count, -1)
    for rows, characters in _by_length(texts):
        long = characters if characters.shape[1] == _LONG else _upgraded(characters)
        plain = characters.shape[1] == _SHORT
        right, day, last = _check(long, checked=not plain)
        born[rows], male[rows] = day, last
        certificate = np.isin(_lengths(texts)[rows], _CERTIFICATES)
        valid[rows] = right & ~certificate
        key[rows[right]] = sum(map(len, keys)) + np.arange(np.count_nonzero(right))
        keys.append(_texts(long[right]))
    return {
        "ID_KEY": pa.concat_arrays(keys).take(pa.array(key, mask=key < 0)),
        "ID_VALID": pa.array(valid),
        "ID_BIRTH": pa.array(born, pa.date32()),
        "ID_SEX": pa.DictionaryArray.from_arrays(pa.array(male, pa.int8(), mask=male < 0), ["女", "男"]),
    }


def is_valid(number: str) -> bool:
    """Whether a number passes its own check, as ID_VALID says."""
    return bool(_of(pa.array([number]))["ID_VALID"][0].as_py())


def _texts(characters: npt.NDArray[np.uint8]) -> pa.Array:
    """Lines of characters as texts; in one piece, which Arrow's own reading of NumPy texts is only up to 16 MB."""
    height, width = characters.shape
    ends = pa.py_buffer(np.arange(height + 1, dtype=np.int32) * width)
    return pa.StringArray.from_buffers(height, ends, pa.py_buffer(np.ascontiguousarray(characters)))


def _lengths(texts: pa.Array) -> npt.NDArray[np.int64]:
    return np.asarray(pc.utf8_length(texts).fill_null(0).to_numpy(zero_copy_only=False), dtype=np.int64)


def _by_length(texts: pa.Array) -> Iterator[tuple[npt.NDArray[np.int64], npt.NDArray[np.uint8]]]:
    """Positions of texts shaped like an ID, and their characters; a certificate's first 18."""
    heads = pc.if_else(pc.is_in(pc.utf8_length(texts), pa.array(_CERTIFICATES, pa.int32())),
                       pc.utf8_slice_codeunits(texts, 0, _LONG), texts)  # fmt: skip
    for pattern, width in ((r"^[0-9]{17}[0-9X]$", _LONG), (r"^[0-9]{15}$", _SHORT)):
        shaped = pc.match_substring_regex(heads, pattern).fill_null(False)
        rows = np.flatnonzero(shaped.to_numpy(zero_copy_only=False))
        if len(rows):
            fixed = heads.take(pa.array(rows)).cast(pa.binary()).cast(pa.binary(width))
            yield rows, np.frombuffer(fixed.buffers()[1], dtype=np.uint8).reshape(-1, width)


def _upgraded(characters: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """15 digits as 18: the century put in, the check character put on."""
    century = np.broadcast_to(_CENTURY, (len(characters), 2))
    body = np.hstack([characters[:, :6], century, characters[:, 6:]])
    return np.hstack([body, _check_character(body)[:, None]])


def _check_character(body: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    sums = (body - _ZERO).astype(np.int64) @ _WEIGHTS
    characters: npt.NDArray[np.uint8] = np.take(_CHECKS, sums % len(_CHECKS))
    return characters


def _check(
    long: npt.NDArray[np.uint8], *, checked: bool
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.datetime64], npt.NDArray[np.int64]]:
    """Whether numbers are right, the birth dates they hold (NaT where impossible), 1 for men and 0 for women."""
    digits = (long[:, :17] - _ZERO).astype(np.int64)
    year = digits[:, 6:10] @ np.array([1000, 100, 10, 1])
    month, day = digits[:, 10] * 10 + digits[:, 11], digits[:, 12] * 10 + digits[:, 13]
    born = _days(year, month, day)
    right = ~np.isnat(born)
    if checked:
        right &= _check_character(long[:, :17]) == long[:, 17]
    return right, born, digits[:, 16] % 2


def _days(year: Digits, month: Digits, day: Digits) -> npt.NDArray[np.datetime64]:
    """Dates; NaT for a day the calendar does not have."""
    possible = (month >= 1) & (month <= _MONTHS) & (day >= 1) & (year >= 1)
    months = (year - 1970) * _MONTHS + np.where(possible, month, 1) - 1
    first = months.astype("datetime64[M]").astype("datetime64[D]")
    following = (months + 1).astype("datetime64[M]").astype("datetime64[D]")
    found = first + (day - 1).astype("timedelta64[D]")
    return np.where(possible & (found < following), found, np.datetime64("NaT"))


def use_facts(tree: exp.Expr, fields: frozenset[str]) -> exp.Expr:
    """Read an ID function's value from its column where it is asked of a stored ID column, or of its key."""
    for node in list(tree.find_all(exp.Anonymous)):
        if stored := _stored(node, fields):
            tree = stored if node is tree else tree
            node.replace(stored)
    return tree


def _stored(node: exp.Anonymous, fields: frozenset[str]) -> exp.Expr | None:
    """What stands for a call of an ID function; None where its value is in no column."""
    function = _function(node)
    if not function:
        return None
    number = node.expressions[0]
    if _function(number) == _KEY and (key := _fact(number.expressions[0], _KEY, fields)):
        value = _fact(number.expressions[0], function, fields)
        return exp.Case(ifs=[exp.If(this=key.is_(exp.null()).not_(), true=value)])
    return _fact(number, function, fields)


def _function(node: exp.Expr) -> str:
    name = str(node.this) if isinstance(node, exp.Anonymous) else ""
    return name if name in FACTS else ""


def _fact(number: exp.Expr, function: str, fields: frozenset[str]) -> exp.Column | None:
    if isinstance(number, exp.Column) and number.name in fields:
        return exp.column(fact_column(number.name, function), table=number.table, quoted=True)
    return None
