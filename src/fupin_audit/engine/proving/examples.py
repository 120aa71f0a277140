"""Run a rule's own examples (D6): each is a tiny delivery of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from fupin_audit.delivery import ARROW, CellRows, Delivery, LedgerTable, Source
from fupin_audit.engine.database.duckdb import Database, open_database
from fupin_audit.engine.database.rule_limits import PROVING
from fupin_audit.engine.database.selects import relations_of
from fupin_audit.engine.judging.verdicts import Verdicts, judge
from fupin_audit.engine.linking.blame import blamed_on
from fupin_audit.engine.linking.opening import derived_values, open_delivery
from fupin_audit.engine.telling.as_findings import plain
from fupin_audit.ledgers.base import Ledger
from fupin_audit.results.rule_run import Counts
from fupin_audit.rulepack.checks.used_fields import fields_behind, fields_of
from fupin_audit.rulepack.declared.reconciliation import ComparingRule, Reconciliation
from fupin_audit.rulepack.declared.rule import DerivedField, Row, Rule
from fupin_audit.rulepack.language.binding import Binder
from fupin_audit.rulepack.language.targets import RuleTarget, targets
from fupin_audit.rulepack.packs.pack import Catalogue
from fupin_audit.rulepack.reconciliations.expanding import expand

AS_OF = date(2020, 12, 31)
# Filled in where an example leaves a key out: one invented household, person and village.
_DEFAULTS: Mapping[str, str] = {
    "户编号": "990101000001",
    "人编号": "99010100000101",
    "证件号码": "990101197003050015",
    "户主证件号码": "990101197003050015",
    "姓名": "张三",
    "户主姓名": "张三",
    "县": "清河县",
    "乡镇": "柳林镇",
    "村": "东沟村",
    "年度": "2020",
}
_EVERYWHERE, _NOTHING = "*", "没有规则要判的台账的行"
_AS_OF_KEY, _PARAMETERS_KEY, EXPECTED = "截止日期", "参数", "="


@dataclass(frozen=True, slots=True)
class Miss:
    """An example that was not judged as its list says."""

    rule: str
    label: str
    expected: str
    got: str

    def __str__(self) -> str:
        """As a rule author reads it."""
        return f"{self.rule} 的例子 {self.label}：应{self.expected}，实为{self.got}"


def open_proving() -> AbstractContextManager[Database]:
    """A database for examples: each is judged in it by itself."""
    return open_database(threads=1, limits=PROVING)


def prove(database: Database, catalogue: Catalogue, rule: Rule | Reconciliation) -> Iterator[Miss]:
    """Run all examples of one entry; what is not as it says.

    Raises:
        RuleError: an example can't be judged, or not in time.
    """
    examples = rule.examples
    lists = {
        "good": examples.good,
        "bad": examples.bad,
        "undecided": examples.undecided,
        "exempt": examples.exempt,
    }
    judged = _Judged(catalogue, rule)
    for name, rows in lists.items():
        for number, row in enumerate(rows, 1):
            database.clear()
            with blamed_on(rule.id, rule.origin, "require"):
                counts = judged.counts(database, row)
            if not _as_expected(name, counts):
                yield Miss(rule.id, f"{name}[{number}]", _WORDS[name], _describe(counts))


def _as_expected(name: str, counts: Counts | str) -> bool:
    """Whether an example of that list was judged as the list says."""
    if isinstance(counts, str):
        return False
    expected = {
        "good": counts.passed > 0 and not counts.failed,
        "bad": counts.failed > 0,
        "undecided": counts.undecided > 0 and not counts.failed,
        "exempt": counts == Counts(),
    }
    return expected[name]


_WORDS = {"good": "相符", "bad": "不符", "undecided": "无法判定", "exempt": "不适用"}


def _describe(counts: Counts | str) -> str:
    if isinstance(counts, str):
        return counts
    return f"相符 {counts.passed}、不符 {counts.failed}、无法判定 {counts.undecided}"


class _Judged:
    """One entry's targets, and the ledgers their expressions lead to; the others need not be there."""

    def __init__(self, catalogue: Catalogue, rule: Rule | Reconciliation) -> None:
        self._catalogue = catalogue
        entries = expand(rule, catalogue.vocabulary) if isinstance(rule, Reconciliation) else (rule,)
        self._targets = [target for entry in entries for target in targets(entry, catalogue.vocabulary)]
        self._rolls = frozenset(rule.right) if isinstance(rule, Reconciliation) else frozenset[str]()
        self._home = rule.right[0] if isinstance(rule, Reconciliation) else rule.ledger[0]
        self._looked_at = fields_of(catalogue, entries)
        self._ways = [self._led_to(target) for target in self._targets]

    def _led_to(self, target: RuleTarget) -> set[str]:
        vocabulary, rule = self._catalogue.vocabulary, target.rule
        binder = Binder.checking(vocabulary, target.ledger, target.column)
        for text in filter(None, (rule.require, rule.when, *rule.show.values())):
            binder.bind(text)
        home = set() if rule.ledger == (_EVERYWHERE,) else {target.ledger}
        return home | {relation.target for relation in relations_of(binder.frame)}

    def _with_rows(self, row: Row) -> Sequence[int]:
        """The targets of whose ledger an example has rows; of a ledger without there is no verdict.

        Where it has rows of rolls that a reconciliation compares with, it speaks of those.
        """
        given = {title for title, rows in row.items() if isinstance(rows, list)}
        rolls = given & self._rolls
        return [
            at
            for at, target in enumerate(self._targets)
            if (not given or target.ledger in given) and (not rolls or rolls & _sides(target))
        ]

    def counts(self, database: Database, row: Row) -> Counts | str:
        """The verdicts over one example's rows, or why there are none."""
        judged = self._with_rows(row)
        if not judged and self._home != _EVERYWHERE:  # what is exempt from that may be a ledger
            return _NOTHING
        needed = {title for at in judged for title in self._ways[at]}
        described = example(self._catalogue, self._home, row, needed)
        linked = open_delivery(database, *described, self._looked_at)
        total, missing = Counts(), ""
        for target in (self._targets[at] for at in judged):
            if target.ledger in linked.session.delivery.tables:
                with database.one_rule():  # each ledger has its time: some rules are asked of thirty
                    verdicts = judge(linked, target)
                missing = missing or "、".join(verdicts.missing)
                total += _total(verdicts)
        return missing or total


def _sides(target: RuleTarget) -> set[str]:
    """The ledgers a target is about: its own, and the one it is compared with."""
    rule = target.rule
    return {target.ledger, rule.against} if isinstance(rule, ComparingRule) else {target.ledger}


def _total(verdicts: Verdicts) -> Counts:
    return Counts(int(verdicts.passed.sum()), len(verdicts.failures), int(verdicts.undecided.sum()))


def example(catalogue: Catalogue, home: str, row: Row, needed: set[str]) -> tuple[Delivery, Catalogue, date]:
    """The delivery an example describes, with its parameters and as-of date."""
    given = dict(row)
    as_of = given.pop(_AS_OF_KEY, AS_OF)
    fixed = {**catalogue.fixed, **given.pop(_PARAMETERS_KEY, {})}
    given.pop(EXPECTED, None)
    ledgers = {
        title: rows
        for title, rows in given.items()
        if title in catalogue.vocabulary.ledgers and isinstance(rows, list)
    }
    if not ledgers:
        ledgers = {_home_of(catalogue, home, given): [given]}
    wanted = {*needed, *ledgers}
    tables = {
        title: _table(model, ledgers.get(title, []))
        for title, model in catalogue.vocabulary.ledgers.items()
        if title in wanted
    }
    day = as_of if isinstance(as_of, date) else date.fromisoformat(str(as_of))
    return Delivery(tables, ()), replace(catalogue, fixed=fixed, unbounded=True), day


def _home_of(catalogue: Catalogue, home: str, given: Mapping[str, Any]) -> str:
    """The ledger a bare row is of: the rule's, or for `*` the first that has all its fields."""
    if home != _EVERYWHERE:
        return home
    models = catalogue.vocabulary.ledgers.items()
    return next(title for title, model in models if set(given) <= set(model.columns()))


def _table(model: type[Ledger], rows: list[Row]) -> LedgerTable:
    values = [model.model_validate({**_defaults(model), **_texts(row)}) for row in rows]
    data = {
        name: pa.array([getattr(value, name) for value in values], ARROW[column.type.sql])
        for name, column in model.columns().items()
    }
    letters = dict.fromkeys(data, "A")
    numbers = np.arange(len(rows), dtype=np.int32)
    cells = CellRows(
        (Source("例子", model.title, letters, complete=True),),
        np.zeros(len(rows), dtype=np.int16),
        numbers + 1,
        {},
    )
    return LedgerTable(model, pa.table(data), cells)


def _defaults(model: type[Ledger]) -> Mapping[str, str]:
    return {name: text for name, text in _DEFAULTS.items() if name in model.columns()}


def _texts(row: Row) -> dict[str, str | None]:
    """Values as a cell would hold them: YAML reads dates and numbers by itself."""
    return {name: None if value is None else plain(value) for name, value in row.items()}


def prove_derived(database: Database, catalogue: Catalogue, derived: DerivedField) -> Iterator[Miss]:
    """Run the examples of a derived field."""
    probe = Binder.checking(catalogue.vocabulary, derived.ledger)
    probe.field(derived.field)
    needed = {relation.target for relation in relations_of(probe.frame)}
    looked_at = fields_behind(catalogue, [derived.value])
    for number, row in enumerate(derived.examples, 1):
        database.clear()
        linked = open_delivery(database, *example(catalogue, derived.ledger, row, needed), looked_at)
        got = plain(derived_values(linked, derived.ledger, derived.field)[0])
        expected = plain(row[EXPECTED])
        if got != expected:
            yield Miss(derived.field, f"[{number}]", f"为{expected}", str(got))
