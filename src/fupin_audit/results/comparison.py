"""What a comparison of two sheets says (`fupin-audit compare`).

These values are frozen and hold text as it may be shown: personal data is already masked (D10).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from fupin_audit.results.finding import Cause
from fupin_audit.results.place import Location

LEFT, RIGHT = "左边", "右边"


@dataclass(frozen=True, slots=True)
class ComparedSheet:
    """One of the two sheets.

    Attributes:
        file, sheet: where it is; `sheet` is empty for CSV.
        ledgers: the ledgers it was recognised as; empty for any other table.
        header_row: its (lowest) header row as Excel counts it.
        rows: its data rows.
        repeated: rows whose key occurs more than once, here or on the other side; they were not compared.
        keyless: rows whose key is blank; they were not compared either.
        unpaired: headers, each after its column letter, that the other sheet has no column for.
        notes: remarks in Chinese: rows left out, other sheets of the file, …
        headless: columns that hold something and have no header; they were not compared, though nobody left them out.
    """

    file: str
    sheet: str
    ledgers: tuple[str, ...]
    header_row: int
    rows: int
    repeated: int = 0
    keyless: int = 0
    unpaired: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    headless: int = 0

    def __str__(self) -> str:
        """`清河镇.xlsx › 人口`."""
        return " › ".join(filter(None, (self.file, self.sheet)))


@dataclass(frozen=True, slots=True)
class KeyFit:
    """How well a key serves one side, in shares from 0 to 1.

    Attributes:
        filled: rows that have it.
        unique: of these, rows that share it with no other row.
        found: of its different values, those the other side has.
    """

    filled: float
    unique: float
    found: float


@dataclass(frozen=True, slots=True)
class Key:
    """What the rows were paired by.

    Attributes:
        columns: names of the column pairs.
        given: the user named it; else it was guessed.
        left, right: how well it serves.
    """

    columns: tuple[str, ...]
    given: bool
    left: KeyFit
    right: KeyFit

    def __str__(self) -> str:
        """`户编号＋姓名`."""
        return "＋".join(self.columns)


@dataclass(frozen=True, slots=True)
class ColumnPair:
    """Two columns taken for the same.

    Attributes:
        name: the official field name, else the left header.
        left, right: their headers as they stand in the sheets.
        left_letter, right_letter: Excel column letters.
        pairing: why they were paired: 同名, 同义 or 近似.
        kind: what their values were compared as: 文字, 数字, 日期, 证件号码, …
        role: 键, 比较 or 不比较.
        tolerance: how far numbers may lie apart.
        differing: pairs of rows that differ, those blank on one side included; `blank_left` and
            `blank_right` of them say nothing on that side.
    """

    name: str
    left: str
    right: str
    left_letter: str
    right_letter: str
    pairing: str
    kind: str
    role: str
    tolerance: float = 0.0
    differing: int = 0
    blank_left: int = 0
    blank_right: int = 0


@dataclass(frozen=True, slots=True)
class ComparedRecord:
    """A row as people know it.

    Attributes:
        key: column by column.
        name: of whom it is about, where one is there.
        village, household: whose it is, where both sheets say so and it is no part of the key.
    """

    key: tuple[str, ...]
    name: str = ""
    village: str = ""
    household: str = ""

    def __str__(self) -> str:
        """`99010100000001 张三，东沟村，户99010100000001`."""
        whose = (self.village, self.household and f"户{self.household}")
        return "，".join(filter(None, (" ".join(filter(None, (*self.key, self.name))), *whose)))


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that says different things on the two sides: both values at both addresses.

    Attributes:
        pair: number of the pair of rows; the differences of one pair stand together.
        cause: why they may differ, where there is evidence for it.
        apart: where numbers differ that look alike because the rest of them is masked.
    """

    pair: int
    record: ComparedRecord
    column: str
    left: Location
    right: Location
    cause: Cause | None = None
    apart: str = ""

    @property
    def why(self) -> str:
        """What is known of the difference, in Chinese."""
        return str(self.cause) if self.cause else self.apart


@dataclass(frozen=True, slots=True)
class OneSided:
    """A row the other side lacks, at the cell that names it."""

    record: ComparedRecord
    at: Location


@dataclass(frozen=True, slots=True)
class Repeated:
    """A key that occurs more than once on a side: its cells on both sides; these rows were not compared."""

    record: ComparedRecord
    left: tuple[Location, ...]
    right: tuple[Location, ...]


@dataclass(frozen=True)
class Comparison:
    """Everything one comparison found.

    Attributes:
        version: the package version that compared.
        left, right: the sheets.
        key: what rows were paired by.
        columns: pairs of columns, in the order of the left sheet.
        paired: pairs of rows that were compared; `differing` of them differ somewhere.
        differences: in the order of the left sheet.
        unread: cells that were not compared: one side has a number, a date or a yes, the other a text that is none.
        only_left, only_right: rows the other side lacks.
        repeated: keys that occur more than once.
        settings: options that changed the comparison, in Chinese.
        revealed: personal data is shown in full.
    """

    version: str
    left: ComparedSheet
    right: ComparedSheet
    key: Key
    columns: tuple[ColumnPair, ...]
    paired: int
    differing: int
    differences: tuple[Difference, ...] = ()
    unread: tuple[Difference, ...] = ()
    only_left: tuple[OneSided, ...] = ()
    only_right: tuple[OneSided, ...] = ()
    repeated: tuple[Repeated, ...] = ()
    settings: tuple[str, ...] = ()
    revealed: bool = False

    @property
    def same(self) -> bool:
        """Whether everything was compared and nothing differs."""
        return self.complete and not self.differs

    @property
    def differs(self) -> bool:
        """Whether something was found that differs."""
        return bool(self.differences or self.only_left or self.only_right)

    @property
    def complete(self) -> bool:
        """Whether every row and cell could be compared."""
        sides = (self.left, self.right)
        return not (self.repeated or self.unread or any(side.keyless or side.headless for side in sides))

    @property
    def by_row(self) -> list[list[Difference]]:
        """The differences of each pair of rows."""
        return [list(row) for _, row in groupby(self.differences, key=lambda item: item.pair)]

    @property
    def compared(self) -> tuple[ColumnPair, ...]:
        """The columns whose values were compared."""
        return tuple(column for column in self.columns if column.role == COMPARED)


@dataclass(frozen=True, slots=True)
class SheetPair:
    """Two sheets of two folders that are taken for the same.

    Attributes:
        what: the ledgers they are; their name where they are none.
        left, right: where they are.
        found: what their comparison found; None where they could not be compared.
        reason: why they could not, in Chinese.
    """

    what: str
    left: str
    right: str
    found: Comparison | None = None
    reason: str = ""

    @property
    def same(self) -> bool:
        """Whether everything of them was compared and nothing differs."""
        return self.found is not None and self.found.same

    @property
    def differs(self) -> bool:
        """Whether anything was found to differ."""
        return self.found is not None and self.found.differs


@dataclass(frozen=True)
class FolderComparison:
    """Everything the comparison of two folders found.

    Attributes:
        version: the package version that compared.
        left, right: the folders.
        pairs: sheets that are on both sides.
        only_left, only_right: sheets that the other side lacks, with the ledgers they are.
        not_compared: sheets that are no tables and not the same on both sides, and why.
        unreadable: files that could not be read, and why.
    """

    version: str
    left: str
    right: str
    pairs: tuple[SheetPair, ...]
    only_left: tuple[str, ...] = ()
    only_right: tuple[str, ...] = ()
    not_compared: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether both hold the same sheets, and nothing in them differs; what was not compared is not the same."""
        alone = self.only_left or self.only_right or self.not_compared or self.unreadable
        return not alone and bool(self.pairs) and all(pair.same for pair in self.pairs)

    @property
    def differs(self) -> bool:
        """Whether anything was found to differ."""
        return bool(self.only_left or self.only_right or any(pair.differs for pair in self.pairs))


KEY, COMPARED, LEFT_ALONE = "键", "比较", "不比较"
SAME_NAME, SAME_MEANING, NEARLY = "同名", "同义", "近似"
