"""Which ledgers a sheet feeds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fupin_audit.errors import UsageError
from fupin_audit.ledgers.base import Ledger
from fupin_audit.workbook.recognising.candidates import Candidate, candidates, missing
from fupin_audit.workbook.recognising.headers import Header
from fupin_audit.workbook.recognising.matching import Match, match
from fupin_audit.workbook.recognising.naming import SheetTitles
from fupin_audit.workbook.recognising.roles import Role

_SHOWN, _WORTH_TELLING = 5, 0.3  # candidates told, and the score from which they are
_SEVERAL = 3  # columns of persons of the system that make a list without household numbers one of them
_EVEN = 0.005  # scores this near are equal
_HEAD = frozenset({"户主姓名", "户主证件号码"})
# What any list of residents says of them; of the national system's registers alone are others.
_OF_RESIDENTS = frozenset(
    {"与户主关系", "出生日期", "文化程度", "政治面貌", "健康状况", "家庭人口", "证件类型"}
)
# Whom other lists of people are called after.
_RESIDENTS = re.compile("网格|移民|村民|居民|常住|户籍|流动人口|党员")
_NATIONAL = "全国"


@dataclass(frozen=True, slots=True)
class Designation:
    """What a user says a sheet is.

    Attributes:
        ledger: title of the ledger.
        file: the file's name, with or without its folder.
        sheet: the sheet's name; empty for all sheets of the file.
        required: it is an error when no sheet is meant.
        complete: the list has everybody who should stand on it.
        roles: its columns, where it has no header.
    """

    ledger: str
    file: str
    sheet: str = ""
    required: bool = True
    complete: bool = False
    roles: tuple[Role, ...] = ()

    def __str__(self) -> str:
        """As it is written on the command line."""
        return f"{self.ledger}={self.file}{self.sheet and '!' + self.sheet}"

    def means(self, file: str, sheet: str) -> bool:
        """Whether it speaks of this sheet; `file` is relative to the input folder, and may have a `!` in its name."""
        wanted = f"/{self.file}!{self.sheet}" if self.sheet else f"/{self.file}"
        return any(f"/{place}".endswith(wanted) for place in (file, f"{file}!{sheet}"))


def parse_designation(text: str, *, required: bool = True) -> Designation:
    """Read `台账=文件[!工作表]`.

    Raises:
        UsageError: it is not of that form.
    """
    title, _, place = text.partition("=")
    file, _, sheet = place.partition("!")
    if not title.strip() or not file.strip():
        raise UsageError(f"“{text}”要写成 台账=文件[!工作表]，如 低保=民政局.xlsx!Sheet1")
    return Designation(title.strip(), file.strip().replace("\\", "/"), sheet.strip(), required)


@dataclass(frozen=True)
class Recognition:
    """What a sheet was taken for.

    Attributes:
        header: its header.
        names: what it is called.
        matches: the ledgers it feeds, the main one first; empty where it was not recognised or lacks a key.
        missing: (title, field) where it is plainly a ledger but can't be used.
        candidates: titles considered, best first, with a score from 0 to 1.
        complete: the user says that it lists everybody it should.
    """

    header: Header
    names: SheetTitles
    matches: tuple[Match, ...] = ()
    missing: tuple[str, str] | None = None
    candidates: tuple[tuple[str, float], ...] = ()
    complete: bool = False

    def partial(self, title: str) -> str:
        """The word by which it lists only some of those a ledger is about; empty for none, or where the user says so."""
        ledger = next(match.ledger for match in self.matches if match.ledger.title == title)
        return "" if self.complete else self.names.partial(ledger)

    @property
    def titles(self) -> tuple[str, ...]:
        """Titles of the ledgers it feeds."""
        return tuple(match.ledger.title for match in self.matches)

    @property
    def finest(self) -> Match:
        """The ledger every row is a row of: persons before years before households."""
        return max(self.matches, key=lambda match: (match.is_of_persons, len(match.ledger.key)))

    @property
    def places(self) -> frozenset[int]:
        """The columns that are read, counted from 0."""
        year = self.header.year
        places = frozenset[int]().union(*(match.places for match in self.matches))
        return places if year is None else places | {year.column}

    @property
    def assumed_year(self) -> int | None:
        """The year its names state, where a ledger wants one or is merged year by year, and has no column for it."""
        wanted = self.header.year is None and any(
            match.ledger.merge or ("年度" in match.ledger.columns() and "年度" not in match.columns)
            for match in self.matches
        )
        return self.names.year if wanted else None

    @property
    def given(self) -> frozenset[tuple[str, str]]:
        """(title, header) of the columns whose meaning the user has said."""
        return frozenset((match.ledger.title, header) for match in self.matches for header, _ in match.given)


def recognise(header: Header, names: SheetTitles, ledgers: Sequence[type[Ledger]]) -> Recognition:
    """Decide which ledgers a sheet feeds.

    Args:
        header: the sheet's header.
        names: what the sheet is called.
        ledgers: those to choose from.
    """
    ranked = candidates(header, names, _without_twins(ledgers, names))
    shown = tuple(
        (found.title, round(found.score, 2)) for found in ranked[:_SHOWN] if found.score >= _WORTH_TELLING
    )
    fitting = [
        found
        for found in ranked
        if found.fits and not _lonely(found, ranked) and not _of_any_residents(found, ranked, names)
    ]
    if not fitting or _is_tie(fitting):
        return Recognition(header, names, candidates=shown)
    best = _main(fitting, ranked)
    if best.missing:
        return Recognition(header, names, (), (best.title, best.missing[0]), shown)
    fed = (best.match, *_also_fed(best, ranked))
    matches = tuple(each.beside([other for other in fed if other is not each], best.match) for each in fed)
    return Recognition(header, names, matches, None, shown)


def designate(header: Header, names: SheetTitles, designated: Sequence[type[Ledger]]) -> Recognition:
    """Take a sheet for the ledgers a user says it is."""
    matches = [match(header, ledger) for ledger in designated]
    lacking = [missing(found, names.fields) for found in matches]
    return Recognition(
        header,
        names,
        tuple(found for found, fields in zip(matches, lacking, strict=True) if not fields),
        next(
            ((f.ledger.title, fields[0]) for f, fields in zip(matches, lacking, strict=True) if fields), None
        ),
        tuple((found.ledger.title, 1.0) for found in matches),
    )


def _without_twins(ledgers: Sequence[type[Ledger]], names: SheetTitles) -> list[type[Ledger]]:
    """Of ledgers with the same columns (户 and 平台户) only the one the sheet's names speak of; none made of others."""
    by_title = {ledger.title: ledger for ledger in ledgers}
    bases = {ledger: by_title[title] for ledger in ledgers if (title := _base(ledger)) in by_title}
    national = _NATIONAL in names.together  # the national system may call itself a platform, too
    named = {
        ledger
        for ledger, base in bases.items()
        if not national and ledger.title.replace(base.title, "") in names.together
    }
    replaced = {bases[ledger] for ledger in named}
    return [
        ledger
        for ledger in ledgers
        if not ledger.earlier_of and ledger not in replaced and (ledger not in bases or ledger in named)
    ]


def _base(ledger: type[Ledger]) -> str:
    """Of which ledger one was made; by title, for a run may read either in its own way. Empty for most."""
    titles = (parent.__dict__.get("title") for parent in ledger.__mro__)
    return next((title for title in titles if title and title != ledger.title), "")


def _lonely(found: Candidate, ranked: Sequence[Candidate]) -> bool:
    """Whether persons without a household's number are no more than a list of people, whatever it is called."""
    columns = set(found.match.columns)
    if not found.match.ledger.least_anchors or columns & {"户编号", "人编号"}:
        return False
    others = [other for other in ranked if other.is_system and other is not found]
    so_called = found.named and len(found.own) >= _SEVERAL
    return not so_called and not any(other.own for other in others)


def _of_any_residents(found: Candidate, ranked: Sequence[Candidate], names: SheetTitles) -> bool:
    """Whether nothing shows that a list of residents and their households is the system's register of the poor."""
    system = [other for other in ranked if other.is_system]
    so_called = any(other.named for other in system) and not _RESIDENTS.search(names.together)
    if not found.is_system or so_called or "人编号" in found.match.columns:
        return False
    return all(other.own <= _OF_RESIDENTS for other in system)


def _is_tie(fitting: Sequence[Candidate]) -> bool:
    """Whether nothing tells the two best apart; an export of the system comes before a list kept by hand."""
    first, *others = fitting
    return not first.is_system and any(abs(first.rank - other.rank) < _EVEN for other in others)


def _main(fitting: Sequence[Candidate], ranked: Sequence[Candidate]) -> Candidate:
    """What a sheet is before all; columns named by values stand on a list of monitored households, too.

    Where it lacks the number of the household, what it has of a year may be that of a survey by the heads' ID numbers.
    """
    first = fitting[0]
    if first.is_spread:
        usable = (found for found in fitting if found.match.ledger.selective and not found.missing)
        return next(usable, first)
    return next((found for found in ranked if _is_alike(found, first)), first) if first.missing else first


def _is_alike(found: Candidate, other: Candidate) -> bool:
    """Whether a ledger of the same key as another is all there, though the other is not, and accounts for more."""
    own, its = found.match, other.match
    return (
        not found.missing
        and own.ledger.key == its.ledger.key
        and own.places >= its.places
        and found.score > other.score
    )


def _also_fed(best: Candidate, ranked: Sequence[Candidate]) -> tuple[Match, ...]:
    """Other ledgers of the system that stand in the same export, and what it has in columns named by values."""
    others = [
        found
        for found in ranked
        if best.is_system and found.is_system and not found.missing and found is not best
    ]
    fed = [found for found in others if _stands_in(found, best)]
    persons = any(found.match.is_of_persons for found in fed)
    listed = [found for found in others if persons and found not in fed and _says_who(found, best)]
    spread = [found for found in ranked if best.is_system and not found.is_system and found.is_spread]
    return tuple(replace(found.match, listed=found in listed) for found in (*fed, *listed, *spread))


def _says_who(other: Candidate, best: Candidate) -> bool:
    """Whether a list of some households also says who the heads of these are."""
    own, ledger = best.match.ledger, other.match.ledger
    return (
        own.selective
        and ledger.lists_members
        and ledger.key == own.key
        and not _HEAD.isdisjoint(other.match.columns)
    )


def _stands_in(other: Candidate, best: Candidate) -> bool:
    """Whether an export of one ledger holds another: by columns only that one has, one of which it needs.

    On the rows of members the columns of their household are repeated, whatever these are.
    """
    fields = other.match.ledger.columns()
    if other.match.is_of_persons and other.covered == 1:  # such a row is none of a whole household
        return True
    if len(other.own) > 1 and any(fields[name].required for name in other.own):
        return True
    own = best.match.ledger.columns()
    coarser = not other.match.ledger.selective and set(other.match.ledger.key) <= set(own)
    if best.match.ledger.selective:  # a list of some households is no list of all, but for columns of its own
        return coarser and bool(other.own)
    repeated = bool(other.own) or not _HEAD.isdisjoint(other.match.columns)
    return best.match.is_of_persons and coarser and repeated
