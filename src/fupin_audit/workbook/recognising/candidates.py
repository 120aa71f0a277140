"""How well each ledger fits a sheet.

A ledger is known by its key and most of its required columns. Columns most ledgers share (姓名, 证件号码 …)
say little; columns only one has say much; what the sheet, its title or its file is called decides between
equals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from fupin_audit.ledgers.base import Ledger
from fupin_audit.workbook.recognising.header_rows import Header, HeaderCell
from fupin_audit.workbook.recognising.matching import Match, match_cells, title_unit

# Who, where and when: nearly every ledger says so, none is recognised by it.
_PLACE = frozenset({"省", "市", "县", "乡镇", "村", "组"})
_COMMON = _PLACE | {
    "户编号",
    "人编号",
    "姓名",
    "证件号码",
    "户主姓名",
    "户主证件号码",
    "年度",
    "性别",
    "民族",
}

_MOST = 0.5  # part of the required columns that must be there
_NEARLY_ALL = 0.75
_PLAINLY = 4  # columns that show what a sheet of the system is although its key is missing
_HINTED, _NAMED = 0.34, 0.7  # part of a ledger's title found in the sheet's names
_BONUS = 0.15


@dataclass(frozen=True)
class SheetNames:
    """What a sheet is called: by itself, in its title rows, by its file."""

    sheet: str
    title: str
    stem: str

    @property
    def together(self) -> str:
        """All of it as one text."""
        return f"{self.sheet} {self.title} {self.stem}"


@dataclass(frozen=True)
class Candidate:
    """A ledger the sheet may be.

    Attributes:
        match: its columns.
        missing: fields it cannot be used without that the sheet lacks.
        covered: part of its required columns that are there.
        explained: part of the sheet's known columns it accounts for, rare ones counting more.
        named: how much of its title stands in the sheet's names.
        telling: its columns that are more than who, where and when.
        own: those of them that no (other) ledger of the national system has.
    """

    match: Match
    missing: tuple[str, ...]
    covered: float
    explained: float
    named: float
    telling: frozenset[str]
    own: frozenset[str]

    @property
    def title(self) -> str:
        """The ledger's title."""
        return self.match.ledger.title

    @property
    def is_system(self) -> bool:
        """Whether it is an export of the national system, several of which share a sheet."""
        return self.match.ledger.merge

    @property
    def score(self) -> float:
        """From 0 to 1."""
        return (self.covered + self.explained) / 2 * (1 - _BONUS) + self.named * _BONUS

    @property
    def fits(self) -> bool:
        """Whether the sheet may be taken for it; without a needed column only if it plainly is."""
        if self.is_system:
            return self._fits_system()
        sure = bool(self.own) or (self.named >= _HINTED and bool(self.telling))
        by_name = self.named >= _NAMED and self.covered == 1
        plain = len(self.own) > 1 or self.named >= _HINTED
        return self.covered >= _MOST and (sure or by_name) and (plain or not self.missing)

    def _fits_system(self) -> bool:
        enough = len(self.telling) > 1 or self.covered >= _NEARLY_ALL
        plain = len(self.telling) >= _PLAINLY
        return self.covered > _MOST and bool(self.own) and enough and (plain or not self.missing)


def candidates(
    header: Header, ledgers: Sequence[type[Ledger]], names: SheetNames, given: frozenset[str]
) -> list[Candidate]:
    """All ledgers, the best first.

    Args:
        header: the sheet's header.
        ledgers: those to choose from.
        names: what the sheet is called.
        given: fields the sheet has without a column, such as the 年度 of its title.
    """
    found = _by_columns(header.cells, title_unit(header), tuple(ledgers), given)
    named = [replace(each, named=naming(each.match.ledger, names)) for each in found]
    return sorted(named, key=lambda each: -each.score)


@lru_cache(maxsize=256)  # the sheets of a county have few different headers
def _by_columns(
    header: tuple[HeaderCell, ...], unit: str, ledgers: tuple[type[Ledger], ...], given: frozenset[str]
) -> tuple[Candidate, ...]:
    matches = [match_cells(header, unit, ledger) for ledger in ledgers]
    readers = Counter(place for found in matches for place in found.places)
    system = Counter(place for found in matches if found.ledger.merge for place in found.places)
    return tuple(_candidate(found, readers, system, given) for found in matches)


def _candidate(found: Match, readers: Counter[int], system: Counter[int], given: frozenset[str]) -> Candidate:
    weights = {place: 1 / count for place, count in readers.items()}
    telling = frozenset(found.columns) - _COMMON
    return Candidate(
        match=found,
        missing=missing(found, given),
        covered=_coverage(found, given),
        explained=sum(weights[place] for place in found.places) / (sum(weights.values()) or 1),
        named=0.0,
        telling=telling,
        own=frozenset(
            name for name in telling if system[found.columns[name].column] == int(found.ledger.merge)
        ),
    )


def missing(found: Match, given: frozenset[str]) -> tuple[str, ...]:
    """What a sheet lacks of the ledger's anchors, of the set it comes nearest to."""
    have = given | set(found.columns)
    lacking = [tuple(name for name in names if name not in have) for names in found.ledger.anchor_sets()]
    return min(reversed(lacking), key=len, default=())


def _coverage(found: Match, given: frozenset[str]) -> float:
    have = given | set(found.columns)
    return max(len(wanted & have) / len(wanted) for wanted in _wanted(found.ledger))


@cache
def _wanted(ledger: type[Ledger]) -> tuple[frozenset[str], ...]:
    """Columns by which a ledger is known, with each set of anchors; its place may stand in other sheets."""
    required = {name for name, column in ledger.columns().items() if column.required} - _PLACE
    return tuple(frozenset(required | set(anchors)) for anchors in ledger.anchor_sets() or [ledger.columns()])


def naming(ledger: type[Ledger], names: SheetNames) -> float:
    """How much of a ledger's title stands in a sheet's names: 1 for all of it."""
    title = ledger.title
    if ledger.merge or len(title) == 1:
        return float(names.sheet == title)
    pairs = [title[at : at + 2] for at in range(len(title) - 1)]
    texts = ((names.sheet, 1.0), (names.title, 0.9), (names.stem, 0.8))
    return max(trust * sum(pair in text for pair in pairs) / len(pairs) for text, trust in texts)
