"""What of an audit may be handed to one village or town: nothing of another's rows, files, names or counts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Finding
from fupin_audit.results.household import Line, Said, ThreeBooks
from fupin_audit.results.input_sheet import InputSheet
from fupin_audit.results.place import Location, Place
from fupin_audit.results.rule_run import Counts, RuleRun
from fupin_audit.results.screens import Screens
from fupin_audit.workbook.formats.references import cell_place

SheetRows = Mapping[tuple[str, str], Mapping[int, Place]]
"""File and sheet → Excel row → its place."""
PlacedSheets = Mapping[tuple[str, str], "RowsByPlace"]
_OTHERS = "（与别处的记录有关，那一方不在这里列出，请向上一级问）"
_NOWHERE, _NOT_SHOWN = Location("", "", "", None), "（不在这里列出）"
_FILE, _SHEET = "（县里的文件）", "（县里的工作表）"
_SHORTEST_NAME = 2


@dataclass(frozen=True)
class RowsByPlace:
    """The rows of a sheet, and whose they are."""

    owners: Mapping[int, Place]

    @cached_property
    def places(self) -> Mapping[Place, Sequence[int]]:
        """Place → its rows in order."""
        found: dict[Place, list[int]] = {}
        for row in sorted(self.owners):
            found.setdefault(self.owners[row], []).append(row)
        return found


NO_ROWS = RowsByPlace({})


@dataclass(frozen=True)
class Holder:
    """A village, or a town with all its villages.

    Attributes:
        place: what it is.
        others: names of villages and towns that are none of its own.
        names: finds the names of all villages and towns in a text.
        any_name: the same names as alternatives of a pattern.
        rows: whose the rows of the sheets are.
    """

    place: Place
    others: Collection[str]
    names: re.Pattern[str]
    any_name: str
    rows: PlacedSheets

    def has(self, place: Place) -> bool:
        """Whether a place is it, or one of its villages."""
        return _within(self.place, place)

    def owns(self, at: Location) -> bool:
        """Whether a cell stands in a row of it."""
        cell = cell_place(at.cell)
        rows = self.rows.get((at.file, at.sheet), NO_ROWS)
        owner = rows.owners.get(cell[0] + 1) if cell else None
        return owner is not None and self.has(owner)

    def names_others(self, text: str | None) -> bool:
        """Whether a text names another village or town."""
        if not text or text.isascii():
            return False
        return any(found[1] in self.others for found in self.names.finditer(text))

    def called(self, file: str, sheet: str) -> tuple[str, str]:
        """The names of a file and a sheet, as far as they are not others'."""
        return (_FILE if self.names_others(file) else file), (_SHEET if self.names_others(sheet) else sheet)

    def result(self, whole: AuditResult) -> AuditResult:
        """The audit as far as it is the holder's."""
        own = [finding for finding in whole.records if self.has(finding.place)]
        homes = dict.fromkeys(finding.home for finding in own)
        return replace(
            whole,
            inputs=tuple(self._sheets(whole.inputs)),
            rules_run=tuple(map(self._run, whole.rules_run)),
            records=tuple(map(self._finding, own)),
            beside=self._beside(whole.beside, own),
            headings=self._headings(whole.headings),
            books={home: self._books(whole.books[home]) for home in homes if home in whole.books},
            settings=(),
            households={place: number for place, number in whole.households.items() if self.has(place)},
            not_read=(),
            doubts=(),
            asked=(),
            paths={},
            tolerances=(),
            scorecard=None,
            rechecked={},
            mending=None,
            screens=Screens(),
        )

    def _sheets(self, sheets: Iterable[InputSheet]) -> Iterator[InputSheet]:
        for sheet in sheets:
            places = self.rows.get((sheet.file, sheet.sheet), NO_ROWS).places
            rows = sum(len(rows) for place, rows in places.items() if self.has(place))
            if rows:
                yield InputSheet(*self.called(sheet.file, sheet.sheet), sheet.ledgers, sheet.header_row, rows)

    def _run(self, run: RuleRun) -> RuleRun:
        """A rule with the verdicts of its own; why it did not run, without the files that says."""
        own = run.by_place.keys() & {self.place} if self.place.village else filter(self.has, run.by_place)
        by_place = {place: run.by_place[place] for place in own}
        return replace(
            run,
            counts=Counts.total(by_place.values()),
            by_place=by_place,
            reason=self._reason(run.reason),
            notes=(),
        )

    def _reason(self, reason: str) -> str:
        """Why a rule did not run, without files and other places; each clause tells of its own."""
        clauses = (
            clause.partition("：")[0] for clause in reason.split("；") if not self.names_others(clause)
        )
        return "；".join(dict.fromkeys(clauses)) or ("见全县的报告" if reason else "")

    def _finding(self, finding: Finding) -> Finding:
        """A finding as it stands where it speaks of nobody else, else without what it says of others."""
        cause = finding.cause.evidence if finding.cause else ""
        cells = (*finding.locations, *finding.likely_wrong)
        said = (
            finding.message,
            finding.apart,
            cause,
            *finding.fields.values(),
            *(text for row in (finding.pair.table if finding.pair else ()) for text in row),
            *(f"{at.file} {at.sheet}" for at in cells),
        )
        if all(map(self.owns, cells)) and not any(map(self.names_others, said)):
            return finding
        own = tuple(filter(self.owns, finding.locations))
        return replace(
            finding,
            fields={at.field: at.value for at in own if at.field and not self.names_others(at.value)},
            locations=tuple(self._shown(at) for at in own),
            message=f"{finding.title}{_OTHERS}",
            cause=None,
            likely_wrong=tuple(self._shown(at) for at in finding.likely_wrong if self.owns(at)),
            apart="",
            pair=None,
        )

    def _beside(
        self, beside: Mapping[Location, tuple[Location, ...]], own: Iterable[Finding]
    ) -> Mapping[Location, tuple[Location, ...]]:
        """The cells beside its own, under the names it knows them by."""
        cells = (finding.locations[0] for finding in own if finding.locations)
        return {
            self._shown(at): tuple(self._shown(near) for near in beside[at] if self._may_read(near))
            for at in cells
            if at in beside and self.owns(at)
        }

    def _headings(self, headings: Mapping[Location, str]) -> Mapping[Location, str]:
        return {
            self._shown(at): heading
            for at, heading in headings.items()
            if self.owns(at) and not self.names_others(heading)
        }

    def _may_read(self, at: Location) -> bool:
        return self.owns(at) and not self.names_others(at.value)

    def _books(self, books: ThreeBooks) -> ThreeBooks:
        """The books of one of its households, without what rows of others say and what is said of others."""
        return replace(books, lines=tuple(map(self._line, books.lines)))

    def _line(self, line: Line) -> Line:
        said = tuple(map(self._said, line.said))
        hidden = any(one.value == _NOT_SHOWN for one in said)
        return replace(line, said=said, apart="" if hidden else line.apart)

    def _said(self, said: Said) -> Said:
        if self.owns(said.at) and not self.names_others(said.value):
            return replace(said, at=self._shown(said.at))
        return replace(said, at=_NOWHERE, value=_NOT_SHOWN)

    def _shown(self, at: Location) -> Location:
        file, sheet = self.called(at.file, at.sheet)
        return replace(at, file=file, sheet=sheet, value=None if self.names_others(at.value) else at.value)


def _within(whole: Place, place: Place) -> bool:
    same = (place.county, place.town) == (whole.county, whole.town)
    return same and (not whole.village or place.village == whole.village)


def holders(result: AuditResult, rows: SheetRows) -> Sequence[Holder]:
    """Every town, and after it its villages, as far as the result is about them."""
    places = {*result.households, *(finding.place for finding in result.records)}
    towns = {replace(place, village="") for place in places if place.town}
    villages = {place for place in places if place.village}
    placed = {sheet: RowsByPlace(owners) for sheet, owners in rows.items()}
    known = {*places, *(place for sheet in placed.values() for place in sheet.places)}
    found = sorted(towns | villages, key=lambda place: (place.county, place.town, place.village))
    any_name = _alternatives(known)
    names = re.compile(
        f"(?=({any_name or '(?!)'}))"
    )  # at every place of a text the longest that begins there
    return [Holder(place, _others(place, known), names, any_name, placed) for place in found]


def _alternatives(places: Iterable[Place]) -> str:
    """The names of villages and towns as a pattern, the longest first."""
    named = {name for place in places for name in (place.town, place.village) if len(name) >= _SHORTEST_NAME}
    longest_first = sorted(named, key=lambda name: (-len(name), name))
    return "|".join(map(re.escape, longest_first))


def _others(place: Place, known: Iterable[Place]) -> Collection[str]:
    """Names that are none of the place's own; a name within one of its own says nothing."""
    own = f"{place.county}{place.town}{place.village}"
    named = {name for other in known if not _within(place, other) for name in (other.town, other.village)}
    return frozenset(name for name in named if len(name) >= _SHORTEST_NAME and name not in own)
