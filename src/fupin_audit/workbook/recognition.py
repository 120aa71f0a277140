"""Which ledgers a sheet feeds, and how sure that is.

A ledger is recognised by its key and most of its required columns. Columns most ledgers share (姓名,
证件号码 …) say little; columns only one has say much; what the sheet, its title or its file is called
decides between equals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from fupin_audit.errors import UsageError
from fupin_audit.ledgers import registry
from fupin_audit.ledgers.base import Ledger
from fupin_audit.workbook.headers import Header
from fupin_audit.workbook.matching import Match, match

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
_PLAINLY = 4  # own columns that show what a sheet is although its key is missing
_NAMED = 0.34  # part of a ledger's title that must be found in the sheet's names
_BONUS = 0.15
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Designation:
    """What a user says a sheet is.

    Attributes:
        ledger: title of the ledger.
        file: the file's name, with or without its folder.
        sheet: the sheet's name; empty for all sheets of the file.
    """

    ledger: str
    file: str
    sheet: str = ""

    def __str__(self) -> str:
        """As it is written on the command line."""
        return f"{self.ledger}={self.file}{self.sheet and '!' + self.sheet}"

    def means(self, file: str, sheet: str) -> bool:
        """Whether it speaks of this sheet; `file` is relative to the input folder."""
        same_file = file == self.file or f"/{file}".endswith(f"/{self.file}")
        return same_file and self.sheet in {"", sheet}


def parse_designation(text: str) -> Designation:
    """Read `台账=文件[!工作表]`.

    Raises:
        UsageError: it is not of that form, or there is no such ledger.
    """
    title, _, place = text.partition("=")
    file, _, sheet = place.partition("!")
    if not title.strip() or not file.strip():
        raise UsageError(f"“{text}”要写成 台账=文件[!工作表]，如 低保=民政局.xlsx!Sheet1")
    return Designation(registry.ledger(title.strip()).title, file.strip().replace("\\", "/"), sheet.strip())


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
        score: from 0 to 1.
        missing: fields it cannot be used without that the sheet lacks.
        telling: its columns that are more than who, where and when.
        fits: the sheet may be taken for it, as far as columns go.
    """

    match: Match
    score: float
    missing: tuple[str, ...]
    telling: frozenset[str]
    fits: bool


@dataclass(frozen=True)
class Recognition:
    """What a sheet was taken for.

    Attributes:
        matches: the ledgers it feeds, the main one first; empty where it was not recognised or lacks a key.
        missing: (title, field) where it is plainly a ledger but can't be used.
        candidates: titles considered, best first, with a score from 0 to 1.
    """

    matches: tuple[Match, ...] = ()
    missing: tuple[str, str] | None = None
    candidates: tuple[tuple[str, float], ...] = ()


def recognise(
    header: Header, ledgers: Sequence[type[Ledger]], names: SheetNames, given: frozenset[str]
) -> Recognition:
    """Decide which ledgers a sheet feeds.

    Args:
        header: the sheet's header.
        ledgers: those to choose from.
        names: what the sheet is called.
        given: fields the sheet has without a column, such as the 年度 of its title.
    """
    eligible = _without_twins(ledgers, names)
    ranked = sorted(_candidates(header, eligible, names, given), key=lambda found: -found.score)
    shown = tuple(
        (found.match.ledger.title, round(found.score, 2)) for found in ranked[:_SHOWN] if found.telling
    )
    best = next((found for found in ranked if found.fits), None)
    if best is None:
        return Recognition(candidates=shown)
    if best.missing:
        return Recognition((), (best.match.ledger.title, best.missing[0]), shown)
    return Recognition((best.match, *_also_fed(best, ranked)), None, shown)


def designate(header: Header, designated: Sequence[type[Ledger]], given: frozenset[str]) -> Recognition:
    """Take a sheet for the ledgers a user says it is."""
    matches = tuple(match(header, ledger) for ledger in designated)
    usable = tuple(found for found in matches if not _missing(found, given))
    lacking = next((found for found in matches if _missing(found, given)), None)
    missing = (lacking.ledger.title, _missing(lacking, given)[0]) if lacking else None
    return Recognition(usable, missing, tuple((found.ledger.title, 1.0) for found in matches))


def _without_twins(ledgers: Sequence[type[Ledger]], names: SheetNames) -> list[type[Ledger]]:
    """Of ledgers with the same columns (户 and 平台户) only the one the sheet's names speak of."""
    bases = {
        ledger: base
        for ledger in ledgers
        for base in ledgers
        if ledger is not base and issubclass(ledger, base)
    }
    named = {
        ledger for ledger, base in bases.items() if ledger.title.replace(base.title, "") in names.together
    }
    replaced = {bases[ledger] for ledger in named}
    return [
        ledger for ledger in ledgers if ledger not in replaced and (ledger not in bases or ledger in named)
    ]


def _candidates(
    header: Header, ledgers: Sequence[type[Ledger]], names: SheetNames, given: frozenset[str]
) -> list[Candidate]:
    matches = [match(header, ledger) for ledger in ledgers]
    readers = Counter(place for found in matches for place in found.places)
    weights = {place: 1 / count for place, count in readers.items()}
    system = frozenset(name for ledger in ledgers if ledger.merge for name in ledger.columns())
    return [_candidate(found, weights, system, (names, given)) for found in matches]


def _candidate(
    found: Match,
    weights: Mapping[int, float],
    system: frozenset[str],
    known: tuple[SheetNames, frozenset[str]],
) -> Candidate:
    names, given = known
    ledger = found.ledger
    named = naming(ledger, names)
    covered = _coverage(found, given)
    explained = sum(weights[place] for place in found.places) / (sum(weights.values()) or 1)
    score = min(1.0, (covered + explained) / 2 * (1 - _BONUS) + named * _BONUS)
    telling = frozenset(found.columns) - _COMMON
    missing = _missing(found, given)
    if ledger.merge:
        sure = covered > _MOST and (len(telling) > 1 or (covered >= _NEARLY_ALL and bool(telling)))
        plain = covered > _MOST and len(telling) >= _PLAINLY
    else:
        own = frozenset(found.columns) - _COMMON - system
        sure = covered >= _MOST and (bool(own) or (named >= _NAMED and bool(telling)))
        plain = sure and (len(own) > 1 or named >= _NAMED)
    return Candidate(found, score, missing, telling, plain if missing else sure)


def _also_fed(best: Candidate, ranked: Sequence[Candidate]) -> tuple[Match, ...]:
    """Other ledgers of the system that stand in the same export."""
    if not best.match.ledger.merge:
        return ()
    others = [
        found for found in ranked if found is not best and found.match.ledger.merge and not found.missing
    ]
    return tuple(found.match for found in others if found.fits or _completes(found, best))


def _completes(other: Candidate, best: Candidate) -> bool:
    """Whether a coarser ledger's columns are repeated on the rows of the main one."""
    coarser = set(other.match.ledger.key) < set(best.match.ledger.columns())
    return coarser and len(other.telling - set(best.match.ledger.columns())) > 1


def _missing(found: Match, given: frozenset[str]) -> tuple[str, ...]:
    """What the sheet lacks of the anchors it comes nearest to."""
    have = given | set(found.columns)
    lacking = [tuple(name for name in names if name not in have) for names in found.ledger.anchor_sets()]
    return min(reversed(lacking), key=len, default=())


def _coverage(found: Match, given: frozenset[str]) -> float:
    wanted = _wanted(found.ledger)
    return len(wanted & (given | set(found.columns))) / len(wanted) if wanted else 0.0


@cache
def _wanted(ledger: type[Ledger]) -> frozenset[str]:
    """Columns by which a ledger is known; its place may stand in other sheets."""
    required = {name for name, column in ledger.columns().items() if column.required}
    anchors = ledger.anchor_sets()
    return frozenset(required - _PLACE | set(anchors[-1] if anchors else ()))


def naming(ledger: type[Ledger], names: SheetNames) -> float:
    """How much of a ledger's title stands in a sheet's names: 1 for all of it."""
    title = ledger.title
    if ledger.merge or len(title) == 1:
        return float(names.sheet == title)
    pairs = [title[at : at + 2] for at in range(len(title) - 1)]
    texts = ((names.sheet, 1.0), (names.title, 0.9), (names.stem, 0.8))
    return max(trust * sum(pair in text for pair in pairs) / len(pairs) for text, trust in texts)
