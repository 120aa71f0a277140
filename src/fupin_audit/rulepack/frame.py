"""What one bound expression needs besides its own row: related rows, statistics, parameters."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlglot import exp

from fupin_audit.ledgers.relations import Relation
from fupin_audit.rulepack.expression import Path

ROOT = "本行"


@dataclass
class Frame:
    """The rows one SELECT works on, collected while its expressions are bound.

    Attributes:
        ledger: title of the ledger whose rows are judged.
        alias: their table alias.
        hops: path of to-one relations → the last of them; the related row's alias is `alias_of(path)`.
        aggregates: alias → statistic over a to-many relation.
        parameters: parameter names used.
        mentioned: (path, field) in the order expressions name them: the implicated cells.
        missing: what was needed and not delivered, in Chinese.
        tolerated: ledgers not delivered that the rule counts as empty.
    """

    ledger: str
    alias: str = ROOT
    hops: dict[Path, Relation] = field(default_factory=dict)
    aggregates: dict[str, Aggregate] = field(default_factory=dict)
    parameters: set[str] = field(default_factory=set)
    mentioned: list[tuple[Path, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    tolerated: set[str] = field(default_factory=set)

    def alias_of(self, path: Path) -> str:
        """Table alias of the row a path of to-one relations leads to."""
        return ".".join((self.alias, *path)) if path else self.alias

    @property
    def parameter_alias(self) -> str:
        """Table alias of the parameters of the row's place and year."""
        return f"{self.alias}.param"


@dataclass
class Aggregate:
    """A statistic over the rows a to-many relation leads to.

    Attributes:
        path: to-one relations to the row the relation starts from.
        relation: the to-many relation.
        value: the statistic, over rows of `inner`; COUNT gives 0 without rows, null without a key.
        inner: the frame of the related rows.
        outer: the frame of the row the relation starts from, where `value` also names its fields.
    """

    path: Path
    relation: Relation
    value: exp.Expr
    inner: Frame
    outer: Frame | None = None


OUTER = "外行"
