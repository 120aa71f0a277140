"""From the texts of a column to typed values, in bulk.

A column's distinct texts are read once each; those a type declares plain are cast together. That the
result is what Pydantic reads cell by cell is a property test.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.delivery import ARROW
from fupin_audit.ledgers.types.fieldtypes import CellError, FieldType, Value
from fupin_audit.ledgers.types.text import BLANK_WORDS, clean
from fupin_audit.memory import compact

Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]

BLANK = pa.array(sorted(BLANK_WORDS))
# A number written so is shown as it is written: no leading or trailing zeros.
_CANONICAL = r"^(0|-?[1-9][0-9]*|-?(0|[1-9][0-9]*)\.[0-9]*[1-9])$"
TOLD = ""  # the rule of cells whose fault another cell of the column tells
MIDNIGHT = " 00:00:00"  # how a cell that holds a date, not a text, is read
_LINE_SPACES = re.compile(r"[ \t\r\n]+")
_WORDS = re.compile(r"[^\W\d_]")  # a unit of its own
_DECIMALS = 6  # kept when a unit is converted


@dataclass(frozen=True)
class Fault:
    """Cells that could not be taken as they stand, all for the same reason.

    Attributes:
        rule: CEL-01, CEL-04, CEL-06, CEL-09, CEL-12 or ID-03; or TOLD.
        rows: positions in the column.
        message, hint: as a Problem has them.
        part: the column, counted from 0, and text of these cells, where the field has several columns and
            they are not in the first.
    """

    rule: str
    rows: Ints
    message: str
    hint: str = ""
    part: tuple[int, str] | None = None


@dataclass(frozen=True)
class Cells:
    """A converted column.

    Attributes:
        values: typed; null where blank or unreadable.
        texts: the original text where it is not the value as shown, else null; None where it always is.
        faults: what could not be taken.
    """

    values: pa.Array
    texts: pa.Array | None
    faults: tuple[Fault, ...] = ()

    def compact(self) -> Cells:
        """The same in little memory; equal texts may be one, in a dictionary."""
        return replace(self, values=compact(self.values))

    def columns(self) -> list[pa.Array]:
        """Its columns: the values, and the texts where there are any."""
        return [self.values] if self.texts is None else [self.values, self.texts]

    def of(self, columns: Iterator[pa.Array]) -> Cells:
        """The same cells in the next of these columns, which are as `columns` gives them."""
        return replace(self, values=next(columns), texts=None if self.texts is None else next(columns))

    def only(self, rows: Ints) -> Cells:
        """The cells at these ascending positions."""
        at = pa.array(rows)
        kept = [replace(fault, rows=np.flatnonzero(np.isin(rows, fault.rows))) for fault in self.faults]
        texts = None if self.texts is None else self.texts.take(at)
        return Cells(self.values.take(at), texts, tuple(fault for fault in kept if len(fault.rows)))


@dataclass(frozen=True, slots=True)
class _Reading:
    """What became of one distinct text."""

    value: Value | None
    text: str | None
    normalised: bool = False
    error: CellError | None = None


def convert(texts: pa.Array, kind: FieldType, factor: float = 1.0) -> Cells:
    """Read a column of texts as one field type.

    Args:
        texts: string array; null where a cell is blank.
        kind: the field's type.
        factor: what numbers without a unit of their own are multiplied with, because the header has one.
    """
    if kind.plain is None:
        return _looked_at(texts, kind, factor)
    fits = pc.match_substring_regex(texts, f"^(?:{kind.plain})$")
    plain = pc.and_not(fits, pc.is_in(texts, BLANK))
    if pc.all(plain, min_count=0).as_py():  # nulls aside
        return _cast(texts, kind, factor)
    plain = pc.fill_null(plain, False)
    rest = pc.and_not(pc.is_valid(texts), plain)
    easy, hard = _cast(texts.filter(plain), kind, factor), _looked_at(texts.filter(rest), kind, factor)
    rows = np.flatnonzero(as_bools(rest))
    faults = tuple(replace(fault, rows=rows[fault.rows]) for fault in hard.faults)
    values = _put(_put(pa.nulls(len(texts), ARROW[kind.sql]), plain, easy.values), rest, hard.values)
    if easy.texts is None and hard.texts is None:
        return Cells(values, None, faults)
    written = _put(_put(pa.nulls(len(texts), pa.string()), plain, easy.texts), rest, hard.texts)
    return Cells(values, written, faults)


def _put(column: pa.Array, at: pa.Array, values: pa.Array | None) -> pa.Array:
    """The column with these values, in their order, where the mask says."""
    return column if values is None else pc.replace_with_mask(column, at, values)


def _looked_at(texts: pa.Array, kind: FieldType, factor: float) -> Cells:
    """The column read text by text, each distinct text once."""
    encoded = pc.dictionary_encode(texts)
    readings = [_read(text, kind, factor) for text in encoded.dictionary.to_pylist()]
    values = pa.array([reading.value for reading in readings], ARROW[kind.sql]).take(encoded.indices)
    written = pa.array([reading.text for reading in readings], pa.string())
    differs = written.null_count < len(written)
    return Cells(
        values, written.take(encoded.indices) if differs else None, tuple(_faults(readings, encoded.indices))
    )


def annotate(cells: Cells, texts: Mapping[int, str], faults: Sequence[Fault]) -> Cells:
    """The column with further original texts (position → text), and faults."""
    if not texts:
        return Cells(cells.values, cells.texts, (*cells.faults, *faults))
    before = pa.nulls(len(cells.values), pa.string()) if cells.texts is None else cells.texts
    written = pa.array([texts[at] for at in sorted(texts)], pa.string())
    after = pc.replace_with_mask(before, _marked(texts, len(before)), written)
    return Cells(cells.values, after, (*cells.faults, *faults))


def without(values: pa.Array, rows: Collection[int]) -> pa.Array:
    """The values, null at these positions."""
    return pc.if_else(_marked(rows, len(values)), None, values) if rows else values


def _marked(rows: Collection[int], height: int) -> pa.Array:
    mask = np.zeros(height, dtype=bool)
    mask[list(rows)] = True
    return pa.array(mask)


def _cast(texts: pa.Array, kind: FieldType, factor: float) -> Cells:
    """Plain texts as values."""
    values = texts.cast(ARROW[kind.sql])
    if kind.family != "number":
        return Cells(values, None)
    if factor != 1:
        return Cells(_scaled(values, factor), texts)
    canonical = pc.match_substring_regex(texts, _CANONICAL)
    shown_alike = pc.all(canonical, min_count=0).as_py()
    return Cells(values, None if shown_alike else pc.if_else(canonical, None, texts))


def _scaled(values: pa.Array, factor: float) -> pa.Array:
    return pc.round(pc.multiply(values, factor), ndigits=_DECIMALS)


def _read(text: str, kind: FieldType, factor: float) -> _Reading:
    written = text.removesuffix(MIDNIGHT) if kind.family == "date" else text
    try:
        value = kind.read(text)
    except CellError as error:
        return _Reading(None, written, _is_normalised(text), error)
    if value is None:
        return _Reading(None, written)
    if factor != 1 and isinstance(value, float) and not _WORDS.search(text):
        value = round(value * factor, _DECIMALS)
    return _Reading(value, None if kind.show(value) == written else written, _is_normalised(text))


def _is_normalised(text: str) -> bool:
    """Whether a reader would not see that the cell holds more than it shows."""
    return clean(text) != _LINE_SPACES.sub(" ", text)


def _faults(readings: Sequence[_Reading], places: pa.Array) -> Iterator[Fault]:
    """Faults of texts looked at.

    Args:
        readings: one a distinct text.
        places: which of them each cell has.
    """
    reasons: dict[tuple[str, str, str], list[int]] = {}
    for number, error in enumerate(reading.error for reading in readings):
        if error:
            reasons.setdefault((error.rule, str(error), error.hint), []).append(number)
    normalised = [number for number, reading in enumerate(readings) if reading.normalised]
    if not reasons and not normalised:
        return
    numbers = places.fill_null(-1).to_numpy()
    for (rule, message, hint), found in reasons.items():
        yield Fault(rule, np.flatnonzero(np.isin(numbers, found)), message, hint)
    if normalised:
        rows = np.flatnonzero(np.isin(numbers, normalised))
        message = f"本列有{len(rows)}个单元格含隐藏字符、全角字符或多余空格，已按规范写法读取"
        yield Fault("CEL-06", rows[:1], message)


def as_bools(found: pa.Array) -> Bools:
    """What was found, where nothing is said of a blank cell."""
    bools: Bools = pc.fill_null(found, False).to_numpy(zero_copy_only=False)
    return bools
