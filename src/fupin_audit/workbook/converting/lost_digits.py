"""Long numbers a spreadsheet kept as numbers: it holds 15 digits, the rest is lost."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from fupin_audit.ledgers.types.fieldtypes import FieldType
from fupin_audit.ledgers.types.kinds import ACCOUNT, HOUSEHOLD_NUMBER, RESIDENT_ID
from fupin_audit.workbook.converting.conversion import Fault

_HELD = 15
_ID_LENGTH = 18
_RULES = {RESIDENT_ID.parse: "ID-03", HOUSEHOLD_NUMBER.parse: "CEL-01", ACCOUNT.parse: "CEL-01"}
_MESSAGE = "第15位以后的数字可能已经丢失"
_FACTORS = [2 ** (17 - place) for place in range(17)]  # GB 11643


@dataclass(frozen=True)
class LostDigits:
    """Cells of a column that hold too long a number.

    Attributes:
        texts: position → text, of those whose value can't be trusted.
        faults: what is to be said of them all.
    """

    texts: dict[int, str]
    faults: tuple[Fault, ...]


def lost_digits(texts: pa.Array, kind: FieldType, stored_as_numbers: Collection[int]) -> LostDigits:
    """Look at the cells of a column that hold numbers rather than text.

    Args:
        texts: the column.
        kind: its type; only numbers that are names (ID, account …) lose by it.
        stored_as_numbers: positions of cells with a number of 15 or more digits.
    """
    rule = _RULES.get(kind.parse)
    read = {row: texts[row].as_py() for row in sorted(stored_as_numbers)} if rule else {}
    long = {row: text for row, text in read.items() if text and len(text.partition(".")[0]) > _HELD}
    if not rule or not long:
        return LostDigits({}, ())
    untrusted = {row: text for row, text in long.items() if not _is_intact(text)}
    return LostDigits(untrusted, (Fault(rule, np.array(list(long), dtype=np.int64), _MESSAGE),))


def _is_intact(text: str) -> bool:
    """Whether the file itself, not a rounded number, gave these 18 digits, and the check digit is right."""
    if len(text) != _ID_LENGTH or not text.isdecimal() or int(float(text)) == int(text):
        return False
    total = sum(int(digit) * factor for digit, factor in zip(text, _FACTORS, strict=False))
    return bool((12 - total % 11) % 11 == int(text[-1]))
