"""What findings rest on, and the cell that is probably wrong, told when all rules have been judged."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from fupin_audit.engine.database.id_facts import is_valid
from fupin_audit.engine.judging.verdicts import Verdicts, holding
from fupin_audit.engine.linking.blame import blamed_on
from fupin_audit.engine.linking.linked import Linked
from fupin_audit.engine.loaded.subjects import Cell, Subjects
from fupin_audit.engine.telling.suspects import COUNTED, Grounds, Weighing, suspects
from fupin_audit.ledgers.last_drop import read_as
from fupin_audit.results.finding import Finding
from fupin_audit.results.place import Location
from fupin_audit.rulepack.declared.reconciliation import ComparingRule
from fupin_audit.rulepack.declared.trust import ID, trust
from fupin_audit.rulepack.language.needs import Counted
from fupin_audit.rulepack.language.targets import RuleTarget

_MOST_ROWS = 12  # of a household, in one ledger, that are looked at one by one
_COUNTED_ROWS = "姓名"  # rows that were counted are as trustworthy as a name

Speaking = tuple[RuleTarget, frozenset[str]]
"""A rule on one ledger, and the fields of its own row that it speaks of."""


def speaking(target: RuleTarget, verdicts: Verdicts) -> Speaking:
    """Which fields of its own row a rule speaks of."""
    return target, frozenset(item.field for item in verdicts.grounds if not item.path)


def between_drops(target: RuleTarget, verdicts: Verdicts) -> bool:
    """Whether a rule compares two drops: that a cell has changed says nothing of which of the two is wrong."""
    ledgers = {target.ledger, *(item.ledger for item in (*verdicts.cited, *verdicts.grounds))}
    return any(map(read_as, ledgers))


def grounds_of(
    target: RuleTarget, verdicts: Verdicts, subjects: Subjects, findings: Sequence[Finding]
) -> Grounds:
    """What the findings of a rule on one ledger rest on; nothing where two of them can't be told apart.

    Args:
        target: the rule and its ledger.
        verdicts: what it said.
        subjects: looks up the rows that statistics looked at.
        findings: one a failure.
    """
    cells: dict[str, frozenset[Cell]] = {}
    for finding, failure in zip(findings, verdicts.failures, strict=True):
        if finding.fingerprint in cells or not failure.grounds:
            cells[finding.fingerprint] = frozenset()
        else:
            counted = (
                c for item in verdicts.counted for c in _counted(subjects, target.ledger, failure.row, item)
            )
            cells[finding.fingerprint] = frozenset((*failure.grounds, *counted))
    compared = cells if isinstance(target.rule, ComparingRule) else ()
    return Grounds(cells, frozenset(key for key in compared if cells[key]))


def _counted(subjects: Subjects, ledger: str, row: int, counted: Counted) -> Iterator[Cell]:
    """The cells of the rows a statistic looked at, as far as they are the household's, and the rows as such."""
    _, relation, fields = counted
    yield Cell(relation.target, COUNTED, "")
    if relation.target != ledger:
        asked = [name for name in fields if name not in trust().anchors]
        for found in subjects.related(ledger, row, relation.target)[:_MOST_ROWS] if asked else ():
            yield from (Cell(relation.target, found, name) for name in asked)


@dataclass(frozen=True)
class Doubts:
    """Names the cell that is probably wrong, from what all rules said.

    Attributes:
        linked: what was judged.
        subjects: looks rows up.
        spoken: ledger → the rules on it, and the fields of its rows that each speaks of.
    """

    linked: Linked
    subjects: Subjects
    spoken: Mapping[str, Sequence[Speaking]]

    def told(self, findings: Sequence[Finding], grounds: Grounds) -> Iterator[Finding]:
        """The findings, with the cell that is probably wrong where one stands out."""
        named = suspects(findings, grounds, Weighing(self._trust, self._held))
        for finding in findings:
            cells = named.get(finding.fingerprint, ())
            standing = (cell for cell in cells if self.subjects.stands(cell, self.subjects.value(*cell)))
            located = tuple(self.subjects.location(*cell) for cell in standing)
            yield pointing(finding, located) if located else finding

    def _trust(self, cell: Cell) -> float:
        ledger, row, field = cell
        model = self.linked.session.catalogue.vocabulary.ledgers[ledger]
        if row == COUNTED:
            return trust().fields[_COUNTED_ROWS] * trust().families.get(model.family, 1)
        column = model.columns()[field]
        value = self.subjects.value(ledger, row, field) if column.type.name == ID else None
        return trust().of(model, column, wrong_id=value is not None and not is_valid(value))

    def _held(self, cells: Collection[Cell]) -> Mapping[Cell, int]:
        """How many rules hold for each cell's row that speak of it."""
        asked: dict[str, list[Cell]] = defaultdict(list)
        for cell in cells:
            asked[cell.ledger].append(cell)
        found: Counter[Cell] = Counter()
        for ledger, named in asked.items():
            for target, fields in self.spoken[ledger]:
                about = [cell for cell in named if cell.field in fields]
                rows = self._held_rows(target, {cell.row for cell in about}) if about else ()
                found.update(cell for cell in about if cell.row in rows)
        return found

    def _held_rows(self, target: RuleTarget, rows: Collection[int]) -> Collection[int]:
        with self.linked.one_rule(), blamed_on(target.rule.id, target.rule.origin, "require"):
            return frozenset(holding(self.linked, target, rows))


def pointing(finding: Finding, likely: tuple[Location, ...]) -> Finding:
    """The finding with the cells that are probably wrong, which stand before all others: they are to be mended."""
    return replace(
        finding, likely_wrong=likely, locations=tuple(dict.fromkeys((*likely, *finding.locations)))
    )


def doubts(linked: Linked, subjects: Subjects, speaking: Iterable[Speaking]) -> Doubts:
    """Doubts about the cells that these rules speak of."""
    spoken: dict[str, list[Speaking]] = {title: [] for title in linked.session.delivery.tables}
    for target, fields in speaking:
        spoken[target.ledger].append((target, fields))
    return Doubts(linked, subjects, spoken)
