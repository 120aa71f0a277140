"""Why the two sides of a compared column may differ, row by row."""

from __future__ import annotations

from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.comparing.cell_values import ReadPair, Values
from fupin_audit.comparing.pairing import RowPairing
from fupin_audit.reconcile.causes import Context, Nature, Side, likely_cause, nature_of
from fupin_audit.results.comparison import LEFT, RIGHT
from fupin_audit.results.finding import Cause


class Causes:
    """Likely causes of the differences of one pair of columns."""

    def __init__(self, pair: ReadPair, pairing: RowPairing) -> None:
        self._pair = pair
        self._pairing = pairing
        self._nature = nature_of(pair.name, pair.kind)

    def of(self, left: int, right: int) -> Cause | None:
        """Why these rows may differ; None where one says nothing or nothing speaks for a cause."""
        one, other = _side(self._pair.left, left, LEFT), _side(self._pair.right, right, RIGHT)
        if one is None or other is None:
            return None
        alike = self._alike(str(one.value), str(other.value)) if self._nature is Nature.PLACE else (0, 0)
        return likely_cause(one, other, Context(self._nature, alike))

    def _alike(self, left: str, right: str) -> tuple[int, int]:
        """Rows with this left and this right value, of all rows with this left value."""
        return self._together[left, right], self._on_left[left]

    @cached_property
    def _together(self) -> dict[tuple[str, str], int]:
        columns = {
            "l": self._pair.left.keys.take(pa.array(self._pairing.left)),
            "r": self._pair.right.keys.take(pa.array(self._pairing.right)),
        }
        counted = pa.table(columns).group_by(["l", "r"]).aggregate([([], "count_all")]).to_pylist()
        return {(row["l"], row["r"]): row["count_all"] for row in counted}

    @cached_property
    def _on_left(self) -> dict[str, int]:
        counted = pc.value_counts(self._pair.left.keys.take(pa.array(self._pairing.left))).to_pylist()
        return {item["values"]: item["counts"] for item in counted}


def _side(values: Values, row: int, book: str) -> Side | None:
    value = values.typed[row].as_py() if values.typed[row].is_valid else values.unread[row].as_py()
    return None if value is None else Side(value, book, values.texts[row].as_py() or "")
