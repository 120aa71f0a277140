"""Whether an earlier finding that is not found again was looked at: else nobody can say that it is mended (D16)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from fupin_audit.engine.judging.verdicts import Numbers, Verdicts
from fupin_audit.engine.loaded.responsible import Home
from fupin_audit.engine.loaded.session import Session
from fupin_audit.engine.loaded.subjects import Subjects, fingerprint
from fupin_audit.engine.telling.as_findings import aspect
from fupin_audit.results.finding import Responsible
from fupin_audit.results.place import Place
from fupin_audit.results.recheck import NUMBERED, OpenFinding, Rechecked
from fupin_audit.results.rule_run import RuleRun
from fupin_audit.rulepack.declared.rule import CellRule
from fupin_audit.rulepack.language.targets import RuleTarget

UNDECIDED = "要核对的格现在空白或说不准，无法判定"
ELSEWHERE = "仍不符，这次并在别的发现里说"
_GONE = "户{}不在这次的台账里"
_NO_TOWN = "{}这次没有交付"
_NOT_HERE = "{}没有“{}”"
_NO_COLUMN = "{}的“{}”缺列“{}”"
_NO_ROW = "要核对的那一行不在这次的“{}”里"
_NUMBERS = frozenset({"户编号", "人编号", "证件号码"})
_AGAIN = "-"  # before the number of one of several findings of a fingerprint
# Where every household stands, with all its members, every year; from a roll whoever stands there wrongly is taken off.
_OWED = ("户", "人口", "户年度", "明白卡", "扶贫手册")
_NOT_ASKED = "这条规则这次没有核对{}的“{}”"


@dataclass(frozen=True)
class WatchedRows:
    """What became of the rows of watched findings.

    Attributes:
        unsettled: fingerprint → why its row, which is there, has no finding of its own.
        standing: fingerprints whose rows are there.
        sought: the rules and ledgers of which `standing` speaks.
    """

    unsettled: Mapping[str, str] = field(default_factory=dict)
    standing: frozenset[str] = frozenset()
    sought: frozenset[tuple[str, str]] = frozenset()


def all_rows(parts: Iterable[WatchedRows]) -> WatchedRows:
    """What several ledgers, rules or counties say, together."""
    parts = list(parts)
    return WatchedRows(
        {key: why for part in parts for key, why in part.unsettled.items()},
        frozenset().union(*(part.standing for part in parts)),
        frozenset().union(*(part.sought for part in parts)),
    )


class Lookout:
    """Looks out for earlier findings.

    Args:
        watched: the findings that were open.
        session: the run.
        subjects: whom its rows speak of.
    """

    def __init__(self, watched: Sequence[OpenFinding], session: Session, subjects: Subjects) -> None:
        self._session, self._subjects = session, subjects
        self._by_rule: dict[str, dict[str, OpenFinding]] = defaultdict(dict)
        # Ledger → its rows' households ascending, and the rows in that order; several threads may make the same.
        self._by_household: dict[str, tuple[np.ndarray, np.ndarray]] = {}
        for item in watched:
            self._by_rule[item.rule][item.fingerprint] = item

    def rows(self, target: RuleTarget, verdicts: Verdicts) -> WatchedRows:
        """What became of the rows of a rule's watched findings in a ledger where it was judged."""
        watched = self._by_rule.get(target.rule.id)
        if not watched or verdicts.missing:
            return WatchedRows()
        abouts = {aspect(target, item.field) for item in verdicts.cited}
        return WatchedRows(
            dict(self._unsettled(target, verdicts, watched)),
            frozenset(self._standing(target.rule.id, target.ledger, watched.values(), abouts)),
            frozenset() if _about_numbers(verdicts) else frozenset({(target.rule.id, target.ledger)}),
        )

    def _unsettled(
        self, target: RuleTarget, verdicts: Verdicts, watched: Mapping[str, OpenFinding]
    ) -> Iterator[tuple[str, str]]:
        """The findings whose rows can't be judged, or fail and are told together with others."""
        about = aspect(target, verdicts.cited[0].field if verdicts.cited else "")
        for rows, why in ((verdicts.failed, ELSEWHERE), (verdicts.unknown, UNDECIDED)):
            for row in self._of_watched(target.ledger, rows, watched.values()):
                key = self._subjects.of(target.ledger, row).key
                found = fingerprint(target.rule.id, target.ledger, key, about)
                if found in watched:
                    yield found, why

    def _standing(
        self, rule: str, ledger: str, watched: Iterable[OpenFinding], abouts: Collection[str]
    ) -> Iterator[str]:
        """The fingerprints that rows of households with watched findings would have, whatever is judged of them."""
        of_households = [item for item in watched if item.household and item.ledger == ledger]
        names = {*abouts, *(name for item in of_households for _, name in item.cells)}
        for household in dict.fromkeys(item.household for item in of_households):
            for row in self._rows_of(household, ledger):
                key = self._subjects.of(ledger, row).key
                yield from (fingerprint(rule, ledger, key, name) for name in names)

    def told(
        self,
        runs: Mapping[str, RuleRun],
        found: Collection[str],
        rows: WatchedRows,
        judged: Mapping[tuple[str, str], frozenset[int]],
    ) -> Mapping[str, Rechecked]:
        """What became of those that were not found.

        Args:
            runs: rule → its run.
            found: fingerprints of this run.
            rows: what became of their rows.
            judged: rule and ledger → the areas where it was not judged.
        """
        gone = [
            item for own in self._by_rule.values() for item in own.values() if item.fingerprint not in found
        ]
        return {item.fingerprint: self._rechecked(item, runs, rows, judged) for item in gone}

    def _rechecked(
        self,
        item: OpenFinding,
        runs: Mapping[str, RuleRun],
        rows: WatchedRows,
        judged: Mapping[tuple[str, str], frozenset[int]],
    ) -> Rechecked:
        why, vanished = self._why_not(item, runs.get(item.rule), judged), False
        if not why and self._has_vanished(item.household):
            why, vanished = _GONE.format(item.household), True
        elif not why and (ledger := self._without_row(item, rows)):
            why, vanished = _NO_ROW.format(ledger), True
        why = why or rows.unsettled.get(item.fingerprint, "")
        return Rechecked(why, self._responsible(item), vanished, self._head(item.household))

    def _of_watched(self, ledger: str, rows: Numbers, watched: Collection[OpenFinding]) -> Sequence[int]:
        """Those of the rows that belong to households with watched findings; or to none, where some watched has none."""
        homes = {self._households.get(item.household, -1) for item in watched}
        owners = self._session.owners(ledger)["_household"][rows]
        own = self._session.own[self._session.place_numbers(ledger)[rows]]
        chosen: list[int] = rows[own & np.isin(owners, list(homes))].tolist()
        return chosen

    def _why_not(
        self, item: OpenFinding, run: RuleRun | None, judged: Mapping[tuple[str, str], frozenset[int]]
    ) -> str:
        """Why an earlier finding was not looked at; empty where it was, as far as ledgers and places go."""
        if run is None:
            return f"没有规则 {item.rule}"
        area = self._areas.get(Place(item.place.county, item.place.town))
        if area is None and item.place.county:
            return _NO_TOWN.format(f"{item.place.county}{item.place.town}")
        cells = sorted(item.cells | ({(item.ledger, "")} if item.ledger else set()))
        missing = (self._missing(ledger, field, area) for ledger, field in cells)
        return (
            next(filter(None, missing), "")
            or ("" if run.status == "ran" else run.reason)
            or self._not_judged(item, judged, area)
        )

    def _missing(self, ledger: str, field: str, area: int | None) -> str:
        session = self._session
        columns = session.columns(ledger)
        if columns is None:
            return session.delivery.absent(ledger)
        if field and field in self._declared(ledger) and field not in columns:
            return session.lacks(ledger, field)
        if area is None:
            return ""
        presence, named = session.presence, str(session.areas.names[area])
        if not presence.ledgers.get(ledger, self._everywhere)[area]:
            return _NOT_HERE.format(named, ledger)
        if not presence.fields.get((ledger, field), self._everywhere)[area]:
            return _NO_COLUMN.format(named, ledger, field)
        return ""

    def _declared(self, ledger: str) -> Collection[str]:
        return self._session.delivery.tables[ledger].ledger.columns()

    def _not_judged(
        self, item: OpenFinding, judged: Mapping[tuple[str, str], frozenset[int]], area: int | None
    ) -> str:
        lacking = judged.get((item.rule, item.ledger), frozenset())
        return _NOT_ASKED.format(self._session.areas.names[area], item.ledger) if area in lacking else ""

    def _has_vanished(self, household: str) -> bool:
        known = "户" in self._session.delivery.tables and household and "*" not in household
        return bool(known) and household not in self._households

    def _without_row(self, item: OpenFinding, rows: WatchedRows) -> str:
        """The ledger that lacks the row a finding was of, which nobody has mended so; empty where there is none."""
        there = item.household in self._households and item.ledger in self._session.delivery.tables
        if not there or _AGAIN in item.fingerprint:
            return ""
        if isinstance(self._session.catalogue.rules[item.rule][0], CellRule):
            if item.cells == {NUMBERED}:
                return ""  # the number itself was wrong
            standing = self._standing(item.rule, item.ledger, [item], ())
            return "" if item.fingerprint in set(standing) else item.ledger
        owed = [ledger for ledger in _OWED if ledger in {item.ledger, *(name for name, _ in item.cells)}]
        sought = (item.rule, item.ledger) in rows.sought
        if item.ledger in owed and sought and item.fingerprint not in rows.standing:
            return item.ledger
        return next((ledger for ledger in owed if not self._rows_of(item.household, ledger)), "")

    def _rows_of(self, household: str, ledger: str) -> Sequence[int]:
        """The rows of a household in a ledger, which was delivered."""
        if ledger not in self._by_household:
            owners = self._session.owners(ledger)["_household"]
            order = np.argsort(owners, kind="stable")
            self._by_household[ledger] = owners[order], order
        owners, order = self._by_household[ledger]
        number = self._households.get(household, -1)
        first, last = np.searchsorted(owners, [number, number + 1]) if number >= 0 else (0, 0)
        rows = order[first:last]
        chosen: list[int] = rows[self._session.own[self._session.place_numbers(ledger)[rows]]].tolist()
        return chosen

    def _head(self, household: str) -> str:
        row = self._households.get(household, -1)
        return (self._subjects.shown("户", row, "户主姓名") or "") if row >= 0 else ""

    def _responsible(self, item: OpenFinding) -> tuple[Responsible, ...]:
        household = self._households.get(item.household, -1)
        place = self._places.get(item.place, 0)
        return self._subjects.responsible.of(item.owner, Home(place, household), ())

    @cached_property
    def _households(self) -> Mapping[str, int]:
        if "户" not in self._session.delivery.tables:
            return {}
        numbers = self._session.delivery.tables["户"].data.num_rows
        return {self._subjects.shown("户", row, "户编号") or "": row for row in range(numbers)}

    @cached_property
    def _areas(self) -> Mapping[Place, int]:
        return {area.masked(): number for number, area in enumerate(self._session.areas.names)}

    @cached_property
    def _places(self) -> Mapping[Place, int]:
        return {place.masked(): number for number, place in enumerate(self._session.places)}

    @cached_property
    def _everywhere(self) -> np.ndarray:
        return np.ones(len(self._session.areas.names), dtype=bool)


def _about_numbers(verdicts: Verdicts) -> bool:
    """Whether what is to be mended is the very number that rows are known by."""
    return bool(verdicts.cited) and verdicts.cited[0].field in _NUMBERS
