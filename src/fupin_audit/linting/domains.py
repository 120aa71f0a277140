"""What values a term may have: by the column it is, by the function it calls."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlglot import exp

from fupin_audit.ledgers.base import Column
from fupin_audit.ledgers.types.fieldtypes import FieldType
from fupin_audit.linting.formula import Atom
from fupin_audit.linting.sample_values import Domain, passable
from fupin_audit.linting.to_logic import constant
from fupin_audit.rulepack.language.derivation import named
from fupin_audit.rulepack.language.expression import arguments, function_name, parse, parts
from fupin_audit.rulepack.language.vocabulary import Vocabulary

_WHOLE = "BIGINT"
_ANYTHING = Domain()
_FUNCTIONS = {
    "COUNT": Domain(low=0, whole=True),
    "LENGTH": Domain(low=0, whole=True),
    "YEAR": Domain(whole=True),
    "MONTH": Domain(low=1, high=12, whole=True),
    "DAY": Domain(low=1, high=31, whole=True),
}


@dataclass(frozen=True)
class Domains:
    """The domains of terms on one ledger's row.

    Attributes:
        this_column: what 该列 stands for.
        bounded: columns keep within their possible range (CEL-05).
    """

    vocabulary: Vocabulary
    ledger: str
    this_column: str = ""
    bounded: bool = True
    _known: dict[str, Domain] = field(default_factory=dict, compare=False)

    def of(self, term: str) -> Domain:
        """The domain of a term."""
        if term not in self._known:
            self._known[term] = self._found(parse(term).unnest())
        return self._known[term]

    def possible(self, term: str, tests: Iterable[Atom]) -> bool:
        """Whether some value of the term passes all tests."""
        asked = tuple(tests)
        sides = next((atom.sides for atom in asked if atom.sides), ())
        return passable(_difference(sides) if sides else self.of(term), asked)

    def _found(self, node: exp.Expr) -> Domain:
        value = constant(node)
        if value is not None:
            return Domain(value=value, filled=True)
        if isinstance(node, exp.Column):
            column = self._column(node)
            return self._of_column(column) if column else _ANYTHING
        if isinstance(node, exp.Coalesce):
            return Domain(filled=any(constant(item) is not None for item in arguments(node)))
        inner = node.this if isinstance(node, exp.Filter) else node
        return _FUNCTIONS.get(function_name(inner), _ANYTHING)

    def _column(self, node: exp.Column) -> Column | None:
        ledger, name = named(self.vocabulary, self.ledger, parts(node))
        if name == "该列":
            name = self.this_column
        return self.vocabulary.column(ledger, name) if ledger else None

    def _of_column(self, column: Column) -> Domain:
        kind = column.type
        low, high = (column.low, column.high) if self.bounded else (None, None)
        return Domain(low, high, kind.sql == _WHOLE, _closed_labels(kind))


def _closed_labels(kind: FieldType) -> tuple[str, ...]:
    """The only texts a coded column may hold; none where new ones may come, or several stand in a cell."""
    codes = None if kind.many else kind.codes
    return codes.labels if codes and not codes.open else ()


def _difference(sides: tuple[str, ...]) -> Domain:
    """Of `a - b`: its sign is all that is asked for, and 0 where both sides are the same."""
    return Domain(value=0.0) if len(set(sides)) == 1 else Domain(-1, 1, whole=True)
