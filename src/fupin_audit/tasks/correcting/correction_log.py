"""The log of corrections: every line, what became of it and why, without anybody's numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.registry import LEDGERS
from fupin_audit.masking import mask, mask_codes, mask_text
from fupin_audit.results.correction import COLUMNS, Corrected, Correction
from fupin_audit.writing.csv_cells import csv_cell
from fupin_audit.writing.marks import CORRECTION_LOG

_ID = "证件号码"
_CODES = ("户编号", "人编号")
_VALUES = ("原值", "新值")


class CorrectionLog:
    """What may be shown of lines.

    Args:
        ledgers: those of the delivery; the tool's own are known.
        reveal: everything is shown.
    """

    def __init__(self, ledgers: Iterable[type[Ledger]], *, reveal: bool) -> None:
        kinds = [
            (name, column.type)
            for ledger in (*LEDGERS, *ledgers)
            for name, column in ledger.columns().items()
        ]
        self._private = {name for name, kind in kinds if kind.private}
        self._coded = {name for name, kind in kinds if kind.coded}
        self._reveal = reveal

    def content(self, lines: Sequence[Corrected]) -> bytes:
        """The log as a table that spreadsheets open."""
        text = io.StringIO()
        table = csv.writer(text, lineterminator="\r\n")
        table.writerow([*CORRECTION_LOG, *COLUMNS])
        table.writerows(map(csv_cell, self._row(said)) for said in lines)
        return text.getvalue().encode("utf-8-sig")

    def _row(self, said: Corrected) -> Iterator[str]:
        reason, places = said.reason, "；".join(said.places)
        yield said.outcome.value
        yield from (reason, places) if self._reveal else (mask_text(reason), mask_text(places))
        yield str(said.line.number)
        for name in COLUMNS:
            text = said.line[name]
            yield text if self._reveal else self._masked(name, said.line, text)

    def _masked(self, name: str, line: Correction, text: str) -> str:
        field = line["字段"] if name in _VALUES else name
        if field == _ID or field in self._private:
            return mask(text)
        return mask_codes(text) if field in _CODES or field in self._coded else mask_text(text)
