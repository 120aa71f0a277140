"""What one bound expression needs besides its own row: related rows, statistics, parameters."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlglot import exp

from fupin_audit.ledgers.relations import Relation
from fupin_audit.rulepack.declared.reserved_words import THIS_ROW
from fupin_audit.rulepack.language.expression import Path

Counted = tuple[Path, Relation, tuple[str, ...]]


@dataclass
class Needs:
    """The rows one SELECT works on, collected while its expressions are bound.

    Attributes:
        ledger: title of the ledger whose rows are judged.
        alias: their table alias.
        hops: path of to-one relations → the last of them; the related row's alias is `alias_of(path)`.
        aggregates: alias → statistics over a to-many relation.
        parameters: parameter names used.
        dated: alias → the year in which a parameter is asked for; the alias is that of its table.
        mentioned: (path, field) in the order expressions name them: the implicated cells.
        counted: what statistics look at: (path to the row they start from, relation, fields).
        missing: what was needed and not delivered, in Chinese.
        passed_over: what parts of ANY_OF needed and was not delivered; they are left out, the rest is judged.
    """

    ledger: str
    alias: str = THIS_ROW
    hops: dict[Path, Relation] = field(default_factory=dict)
    aggregates: dict[str, Aggregate] = field(default_factory=dict)
    parameters: set[str] = field(default_factory=set)
    dated: dict[str, exp.Expr] = field(default_factory=dict)
    mentioned: list[tuple[Path, str]] = field(default_factory=list)
    counted: list[Counted] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)

    def inside(self, ledger: str, alias: str) -> Needs:
        """What a statistic needs of the rows it looks at; what they lack, the whole expression lacks."""
        return Needs(ledger, alias, missing=self.missing, passed_over=self.passed_over)

    def copy(self) -> Needs:
        """The same needs, to be added to without changing these."""
        return self.copied(list(self.missing), list(self.passed_over))

    def copied(self, missing: list[str], passed_over: list[str]) -> Needs:
        """The same needs with these gaps, which the rows of statistics share with their row."""
        return Needs(
            self.ledger,
            self.alias,
            dict(self.hops),
            {alias: one.copied(missing, passed_over) for alias, one in self.aggregates.items()},
            set(self.parameters),
            {alias: year.copy() for alias, year in self.dated.items()},
            list(self.mentioned),
            list(self.counted),
            missing,
            passed_over,
        )

    def alias_of(self, path: Path) -> str:
        """Table alias of the row a path of to-one relations leads to."""
        return ".".join((self.alias, *path))

    @property
    def parameter_alias(self) -> str:
        """Table alias of the parameters of the row's place and year."""
        return f"{self.alias}.param"

    def alias_of_year(self, year: exp.Expr) -> str:
        """Table alias of the parameters of another year; the same year twice is joined once."""
        known = next((alias for alias, tree in self.dated.items() if tree == year), None)
        alias = known or f"{self.parameter_alias}.{len(self.dated) + 1}"
        self.dated[alias] = year
        return alias


@dataclass
class Aggregate:
    """Statistics over the rows a to-many relation leads to.

    Attributes:
        path: to-one relations to the row the relation starts from.
        relation: the to-many relation.
        values: column → statistic, over rows of `inner`; COUNT gives 0 without rows, null without a key.
        inner: the frame of the related rows.
        outer: the frame of the row the relation starts from, where a statistic also names its fields.
    """

    path: Path
    relation: Relation
    values: dict[str, exp.Expr]
    inner: Needs
    outer: Needs | None = None

    def copied(self, missing: list[str], passed_over: list[str]) -> Aggregate:
        """The same statistics, whose rows have these gaps."""
        values = {column: value.copy() for column, value in self.values.items()}
        outer = self.outer and self.outer.copied(missing, passed_over)
        return Aggregate(self.path, self.relation, values, self.inner.copied(missing, passed_over), outer)

    def takes(self, other: Aggregate) -> bool:
        """Whether the other's statistics can be worked out in the same pass over the rows."""
        if (self.path, self.relation) != (other.path, other.relation):
            return False
        plain = not (self.outer or other.outer or self.inner.aggregates or other.inner.aggregates)
        return plain or (self.inner, self.outer) == (other.inner, other.outer)

    def column_of(self, value: exp.Expr) -> str:
        """The column of a statistic; the same one twice is computed once."""
        known = next((name for name, tree in self.values.items() if tree == value), None)
        name = known or f"v{len(self.values) + 1}"
        self.values[name] = value
        return name
