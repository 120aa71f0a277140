"""From row positions to what a clerk is told: keys, values, addresses, likely causes; personal data masked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from fupin_audit.comparing.cell_causes import Causes
from fupin_audit.comparing.cell_values import ReadPair
from fupin_audit.comparing.column_kinds import label
from fupin_audit.comparing.compare_options import CompareOptions
from fupin_audit.comparing.key_choice import KeyCandidate
from fupin_audit.comparing.pairing import Ints, RowPairing
from fupin_audit.masking import mask_text, told_apart
from fupin_audit.results.comparison import (
    COMPARED,
    KEY,
    ColumnPair,
    ComparedRecord,
    ComparedSheet,
    Comparison,
    Difference,
    Key,
    OneSided,
    Repeated,
)
from fupin_audit.results.place import Location
from fupin_audit.version import __version__
from fupin_audit.workbook.any_tables import Table

_NAMES = ("姓名", "户主姓名", "名称")
_WHOSE = ("村", "户编号")


@dataclass(frozen=True)
class Found:
    """What was found.

    Attributes:
        left: one sheet.
        right: the other.
        pairs: their common columns.
        key: those of them that rows were paired by.
        pairing: which rows belong together.
        differing: name of a compared pair → positions in the pairing that differ.
        unread: likewise, positions where one side can't be read as what the other is.
    """

    left: Table
    right: Table
    pairs: tuple[ReadPair, ...]
    key: KeyCandidate
    pairing: RowPairing
    differing: Mapping[str, Ints]
    unread: Mapping[str, Ints]

    @property
    def tables(self) -> tuple[Table, Table]:
        """Both sheets."""
        return self.left, self.right


def tell(found: Found, options: CompareOptions) -> Comparison:
    """The comparison as it is shown."""
    teller = _Teller(found, options)
    pairing, differing = found.pairing, list(found.differing.values())
    return Comparison(
        version=__version__,
        left=teller.sheet(0, len(pairing.repeated_left), len(pairing.keyless_left)),
        right=teller.sheet(1, len(pairing.repeated_right), len(pairing.keyless_right)),
        key=Key(
            tuple(teller.words(pair.name) for pair in found.key.pairs), bool(options.keys), *found.key.fits
        ),
        columns=tuple(map(teller.column, found.pairs)),
        paired=len(pairing.left) + pairing.twins,
        differing=len(np.unique(np.concatenate(differing))) if differing else 0,
        differences=tuple(teller.differences(found.differing)),
        unread=tuple(teller.differences(found.unread)),
        only_left=tuple(teller.one_sided(0, pairing.only_left)),
        only_right=tuple(teller.one_sided(1, pairing.only_right)),
        repeated=tuple(teller.repeated()),
        settings=tuple(map(teller.words, options.told)),
        revealed=options.reveal,
    )


class _Teller:
    """Looks rows up and hides what is personal."""

    def __init__(self, found: Found, options: CompareOptions) -> None:
        self._found = found
        self._options = options
        others = [pair for pair in found.pairs if pair not in found.key.pairs]
        self._name = next((pair for pair in others if pair.name.endswith(_NAMES)), None)
        self._whose = [next((pair for pair in others if pair.name == name), None) for name in _WHOSE]

    def words(self, text: str) -> str:
        """A name, a header or a remark as it may be shown."""
        return text if self._options.reveal else mask_text(text)

    def sheet(self, side: int, repeated: int, keyless: int) -> ComparedSheet:
        """One of the two sheets, with its rows that were not compared."""
        table = self._found.tables[side]
        taken = {pair.columns.sides[side].place for pair in self._found.pairs}
        unpaired = (f"{c.letter} {c.text}" for c in table.columns if c.place not in taken)
        return ComparedSheet(
            file=self.words(table.file),
            sheet=self.words(table.sheet),
            ledgers=table.ledgers,
            header_row=table.header_row,
            rows=table.height,
            repeated=repeated,
            keyless=keyless,
            unpaired=tuple(map(self.words, unpaired)),
            notes=tuple(map(self.words, table.notes)),
            headless=self._headless(side),
        )

    def _headless(self, side: int) -> int:
        """Columns without a header that were not compared: of which the other sheet does not have the very same."""
        if self._options.only:
            return 0
        own, other = self._found.tables[side], self._found.tables[1 - side]
        return len(own.headless) - sum(own.texts_of(at) == other.texts_of(at) for at in own.headless)

    def column(self, pair: ReadPair) -> ColumnPair:
        """What became of a pair of columns."""
        left, right = pair.columns.left, pair.columns.right
        role = KEY if pair in self._found.key.pairs else self._options.role(pair)
        told = ColumnPair(
            self.words(pair.name),
            self.words(left.text),
            self.words(right.text),
            left.letter,
            right.letter,
            pair.columns.why,
            label(pair.kind),
            role,
        )
        if role != COMPARED:
            return told
        places = self._found.differing[pair.name]
        rows = self._found.pairing.left[places], self._found.pairing.right[places]
        return replace(
            told,
            tolerance=self._options.apart(pair),
            differing=len(places),
            blank_left=int(pair.left.blank[rows[0]].sum()),
            blank_right=int(pair.right.blank[rows[1]].sum()),
        )

    def differences(self, found: Mapping[str, Ints]) -> Iterator[Difference]:
        """What stands at these positions, in the order of the left sheet's rows, then its columns."""
        pairs = {pair.name: pair for pair in self._found.pairs}
        told = {name: Causes(pairs[name], self._found.pairing) for name in found}
        spots = sorted(
            (place, pairs[name].columns.left.place, name)
            for name, places in found.items()
            for place in places.tolist()
        )
        for place, _, name in spots:
            yield self._difference(pairs[name], place, told[name])

    def one_sided(self, side: int, rows: Ints) -> Iterator[OneSided]:
        """Rows the other side lacks."""
        first = self._found.key.pairs[0]
        for row in rows.tolist():
            yield OneSided(self._record(side, row), self._location(first, side, row))

    def repeated(self) -> Iterator[Repeated]:
        """Keys that occur more than once."""
        pairing, (left, right) = self._found.pairing, self._found.key.keys
        rows: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for row in pairing.repeated_left.tolist():
            rows[int(left[row])][0].append(row)
        for row in pairing.repeated_right.tolist():
            rows[int(right[row])][1].append(row)
        first = self._found.key.pairs[0]
        for here, there in rows.values():
            record = self._record(0, here[0]) if here else self._record(1, there[0])
            yield Repeated(
                record,
                tuple(self._location(first, 0, row) for row in here),
                tuple(self._location(first, 1, row) for row in there),
            )

    def _difference(self, pair: ReadPair, place: int, causes: Causes) -> Difference:
        rows = int(self._found.pairing.left[place]), int(self._found.pairing.right[place])
        left, right = (self._location(pair, side, row) for side, row in enumerate(rows))
        texts = [values.texts[row].as_py() or "" for values, row in zip(pair.sides, rows, strict=True)]
        return Difference(
            place,
            self._record(0, rows[0]),
            self.words(pair.name),
            left,
            right,
            causes.of(*rows),
            apart=told_apart(zip((left.value or "", right.value or ""), texts, strict=True)),
        )

    def _record(self, side: int, row: int) -> ComparedRecord:
        key = tuple(
            self._shown(pair, pair.sides[side].keys[row].as_py()) or "" for pair in self._found.key.pairs
        )
        name, *whose = (self._text(pair, side, row) for pair in (self._name, *self._whose))
        return ComparedRecord(key, name, *whose)

    def _text(self, pair: ReadPair | None, side: int, row: int) -> str:
        return (pair and self._shown(pair, pair.sides[side].texts[row].as_py())) or ""

    def _location(self, pair: ReadPair, side: int, row: int) -> Location:
        table = self._found.tables[side]
        cell = f"{pair.columns.sides[side].letter}{table.excel_rows[row]}"
        shown = self._shown(pair, pair.sides[side].texts[row].as_py())
        file, sheet, name = map(self.words, (table.file, table.sheet, pair.name))
        return Location(file, sheet, cell, shown, "".join(table.ledgers[:1]), name)

    def _shown(self, pair: ReadPair, text: str | None) -> str | None:
        return text if text is None or self._options.reveal else pair.kind.masked(text)
