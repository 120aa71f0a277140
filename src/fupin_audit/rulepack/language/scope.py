"""What the handlers of the language ask for: the row whose names are meant, and what is collected on its way."""

from __future__ import annotations

from typing import Protocol, Self

from sqlglot import exp

from fupin_audit.ledgers.relations import Relation
from fupin_audit.rulepack.language.bound import Bound
from fupin_audit.rulepack.language.expression import Path
from fupin_audit.rulepack.language.needs import Needs
from fupin_audit.rulepack.language.vocabulary import Available, Vocabulary


class Scope(Protocol):
    """A row's names while an expression on it is bound."""

    @property
    def vocabulary(self) -> Vocabulary:
        """All names."""

    @property
    def available(self) -> Available:
        """What of them was delivered."""

    @property
    def ledger(self) -> str:
        """Title of the ledger whose names are meant."""

    @property
    def path(self) -> Path:
        """To-one relations from the frame's row to the row whose names are meant."""

    @property
    def frame(self) -> Needs:
        """What the expression needs so far."""

    @property
    def related(self) -> Path:
        """The relation path, as written, that names the rows of the statistic being bound."""

    @property
    def outer(self) -> Self | None:
        """The row the statistic being bound starts from."""

    def node(self, node: exp.Expr) -> Bound:
        """Check one node of a parsed expression."""

    def condition(self, text: str) -> exp.Expr:
        """A checked expression that must be a condition."""

    def walk(self, path: Path) -> list[Relation]:
        """The relations along a path from the frame's row."""

    def reach(self, names: Path) -> Self | None:
        """The row the to-one relations `names` lead to; None where they lead nowhere in this run."""

    def leads_somewhere(self, relation: Relation) -> bool:
        """Whether the relation's rows were delivered with some key to pair them by; what lacks is noted."""

    def over(self, relation: Relation, written: Path) -> Self:
        """The rows a to-many relation leads to; what is not named by the path written is of this row."""

    def unreached(self, relation: Relation, written: Path) -> Self:
        """Like `over` where the relation leads nowhere in this run: names are checked, nothing of them is needed."""
