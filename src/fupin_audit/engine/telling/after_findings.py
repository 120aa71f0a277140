"""Rules that ask what the others found: judged last, over the ledgers they name and the run's findings (PRB-05)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

import numpy as np
import pyarrow as pa

from fupin_audit.delivery import CellRows, Delivery, LedgerTable, Source
from fupin_audit.engine.database.duckdb import open_database
from fupin_audit.engine.linking.opening import open_delivery
from fupin_audit.engine.loaded.subjects import Subjects
from fupin_audit.engine.telling.rule_runs import ToldRule, rule_teller
from fupin_audit.ledgers.findings_of_run import FoundAgain
from fupin_audit.results.finding import Finding
from fupin_audit.results.place import Location
from fupin_audit.rulepack.checks.used_fields import every_field
from fupin_audit.rulepack.declared.entries import AnyRule, expressions
from fupin_audit.rulepack.declared.rule import Rule
from fupin_audit.rulepack.language.expression import names_in
from fupin_audit.rulepack.language.vocabulary import Vocabulary
from fupin_audit.rulepack.packs.pack import Catalogue

_CELL = re.compile(r"([A-Z]+)([0-9]+)")
_HOUSEHOLDS, _NAMED = "户", "规则"


def asks_of_findings(catalogue: Catalogue, entries: Sequence[AnyRule]) -> bool:
    """Whether a rule looks at the findings of others."""
    ways = _ways_to_findings(catalogue.vocabulary)
    return any(not ways.isdisjoint(names_in(text)) for entry in entries for text in expressions(entry))


@lru_cache(maxsize=8)
def _ways_to_findings(vocabulary: Vocabulary) -> frozenset[str]:
    """The relations that lead to findings."""
    return frozenset(way.name for way in vocabulary.relations if way.target == FoundAgain.title)


def told_of_findings(
    delivery: Delivery, catalogue: Catalogue, as_of: date, found: Sequence[Finding], *, reveal: bool
) -> Iterator[ToldRule]:
    """What the rules that ask of findings say, once all others are judged."""
    asking = _asking(catalogue)
    if not asking:
        return
    judged = _judged(asking)
    tables = {title: rows for title, rows in delivery.tables.items() if title in {*judged, _HOUSEHOLDS}}
    named = {name for title in judged & tables.keys() for name in _rules_named(tables[title])}
    wanted = [item for item in found if item.rule in named and item.locations]
    cells = {_at(item.locations[0]): item.locations[0] for item in wanted}
    with open_database(threads=1) as database:
        again = replace(delivery, tables={**tables, FoundAgain.title: _table(wanted)})
        linked = open_delivery(database, again, catalogue, as_of, every_field(catalogue))
        teller = rule_teller(linked, Subjects(linked.session, reveal=reveal))
        yield from (_with_cells(teller.rule(entries), cells) for entries in asking)


def tables_asking(delivery: Delivery, catalogue: Catalogue) -> Mapping[str, LedgerTable]:
    """The ledgers that such rules look at; none where nothing they judge was delivered."""
    judged = _judged(_asking(catalogue))
    if judged.isdisjoint(delivery.tables):
        return {}
    return {title: rows for title, rows in delivery.tables.items() if title in {*judged, _HOUSEHOLDS}}


def _asking(catalogue: Catalogue) -> list[Sequence[AnyRule]]:
    return [entries for entries in catalogue.rules.values() if asks_of_findings(catalogue, entries)]


def _judged(asking: Sequence[Sequence[AnyRule]]) -> frozenset[str]:
    """The ledgers whose rows they judge."""
    rules = (rule for entries in asking for rule in entries if isinstance(rule, Rule))
    return frozenset(title for rule in rules for title in rule.ledger)


def _at(place: Location) -> tuple[str, str, str]:
    return place.file, place.sheet, place.cell


def _with_cells(told: ToldRule, cells: Mapping[tuple[str, str, str], Location]) -> ToldRule:
    """The rule's findings with the cells of others as those others name them."""
    named = (
        replace(item, locations=tuple(cells.get(_at(place), place) for place in item.locations))
        for item in told.findings
    )
    return replace(told, findings=tuple(named))


def _rules_named(rows: LedgerTable) -> Iterator[str]:
    if _NAMED in rows.fields:
        yield from (text.upper() for text in rows.data.column(_NAMED).to_pylist() if text)


def _table(found: Sequence[Finding]) -> LedgerTable:
    """The findings, each at the cell it wants mended."""
    rows = [
        (item.rule, item.household, item.place.county, item.place.town, item.place.village, _told(item))
        for item in found
    ]
    fields = list(FoundAgain.columns())
    columns = {
        name: pa.array([row[at] or None for row in rows], pa.string()) for at, name in enumerate(fields)
    }
    return LedgerTable(FoundAgain, pa.table(columns), _cells([item.locations[0] for item in found]))


def _told(finding: Finding) -> str:
    return finding.locations[0].value or ""


def _cells(places: Sequence[Location]) -> CellRows:
    """One source for every column of a sheet that a finding stands in."""
    stand = [(at.file, at.sheet, *_parted(at.cell)) for at in places]
    columns = list(dict.fromkeys(known[:3] for known in stand))
    sources = tuple(
        Source(file, sheet, dict.fromkeys(FoundAgain.columns(), letter)) for file, sheet, letter in columns
    )
    order = {known: number for number, known in enumerate(columns)}
    numbers = np.array([order[known[:3]] for known in stand], np.int16)
    return CellRows(sources, numbers, np.array([known[3] for known in stand], np.int32), {})


def _parted(cell: str) -> tuple[str, int]:
    parts = _CELL.fullmatch(cell)
    return (parts[1], int(parts[2])) if parts else ("A", 1)
