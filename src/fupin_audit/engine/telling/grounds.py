"""What findings rest on, kept while rules are judged, and the cell that is probably wrong told at the end."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from fupin_audit.engine.database.id_facts import is_valid
from fupin_audit.engine.judging.failures import Failure
from fupin_audit.engine.judging.verdicts import Verdicts, holding
from fupin_audit.engine.loaded.session import Session
from fupin_audit.engine.loaded.subjects import Subjects
from fupin_audit.engine.telling.suspects import COUNTED, Cell, Grounds, Weighing, suspects
from fupin_audit.results.finding import Finding, Location
from fupin_audit.rulepack.declared.rule import ComparingRule
from fupin_audit.rulepack.declared.trust import ID, trust
from fupin_audit.rulepack.language.needs import Counted
from fupin_audit.rulepack.language.targets import RuleTarget

_MOST_ROWS = 12  # of a household, in one ledger, that are looked at one by one
_COUNTED_ROWS = "姓名"  # rows that were counted are as trustworthy as a name


class Doubts:
    """Collects the grounds of findings; names the suspects when all rules have been judged."""

    def __init__(self, session: Session, subjects: Subjects) -> None:
        self._session = session
        self._subjects = subjects
        self._grounds: dict[str, frozenset[Cell]] = {}
        self._compared: set[str] = set()
        self._speaking: dict[str, list[tuple[RuleTarget, frozenset[str]]]] = {
            title: [] for title in session.delivery.tables
        }

    def heard(self, target: RuleTarget, verdicts: Verdicts) -> None:
        """Keep which fields of its own row a rule speaks of."""
        own = frozenset(item.field for item in verdicts.grounds if not item.path)
        self._speaking[target.ledger].append((target, own))

    def note(self, target: RuleTarget, finding: Finding, failure: Failure, verdicts: Verdicts) -> None:
        """Keep what a finding rests on; nothing where two findings can't be told apart."""
        known = finding.fingerprint in self._grounds
        if known or not failure.grounds:
            self._grounds[finding.fingerprint] = frozenset()
            return
        counted = (
            cell for item in verdicts.counted for cell in self._counted(target.ledger, failure.row, item)
        )
        self._grounds[finding.fingerprint] = frozenset((*failure.grounds, *counted))
        if isinstance(target.rule, ComparingRule):
            self._compared.add(finding.fingerprint)

    def _counted(self, ledger: str, row: int, counted: Counted) -> Iterator[Cell]:
        """The cells of the rows a statistic looked at, as far as they are the household's, and the rows as such."""
        _, relation, fields = counted
        yield relation.target, COUNTED, ""
        if relation.target != ledger:
            asked = [name for name in fields if name not in trust().anchors]
            for found in self._subjects.related(ledger, row, relation.target)[:_MOST_ROWS] if asked else ():
                yield from ((relation.target, found, name) for name in asked)

    def told(self, findings: Sequence[Finding]) -> Iterator[Finding]:
        """The findings, with the cell that is probably wrong where one stands out."""
        grounds = Grounds(self._grounds, self._compared)
        named = suspects(findings, grounds, Weighing(self._trust, self._held))
        for finding in findings:
            cells = named.get(finding.fingerprint, ())
            yield replace(finding, likely_wrong=tuple(map(self._located, cells))) if cells else finding

    def _located(self, cell: Cell) -> Location:
        return self._subjects.location(*cell)

    def _trust(self, cell: Cell) -> float:
        ledger, row, field = cell
        model = self._session.catalogue.vocabulary.ledgers[ledger]
        if row == COUNTED:
            return trust().fields[_COUNTED_ROWS] * trust().families.get(model.family, 1)
        column = model.columns()[field]
        value = self._subjects.value(ledger, row, field) if column.type.name == ID else None
        return trust().of(model, column, wrong_id=value is not None and not is_valid(value))

    def _held(self, cells: Collection[Cell]) -> Mapping[Cell, int]:
        """How many rules hold for each cell's row that speak of it."""
        asked: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for ledger, row, field in cells:
            asked[ledger].append((row, field))
        found: Counter[Cell] = Counter()
        for ledger, named in asked.items():
            for target, fields in self._speaking[ledger]:
                spoken = [(row, field) for row, field in named if field in fields]
                rows = set(holding(self._session, target, {row for row, _ in spoken})) if spoken else set()
                found.update((ledger, row, field) for row, field in spoken if row in rows)
        return found
