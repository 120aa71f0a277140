"""Ways from a row of one ledger to rows of another, used by rules as `户.脱贫年度` or `COUNT(人口)`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Pairing:
    """How the records of two ledgers that must agree are paired, one with one.

    Attributes:
        left, right: titles of the ledgers.
        keys: alternatives in order of trust; each is pairs of (left expression, right expression).
        weak: how many of the alternatives, from the last, may pair two different subjects: they pair only
            what they pair without ambiguity.
        left_where, right_where: conditions on the rows that take part; empty: all.
        latest: where one left record has several right ones, the one with the greatest value is compared.
        near: the one key, of a number and a name, pairs what is nearly the same and has no equal.
        likely: pairs what no number pairs by all that speaks for and against one person; the first key says what
            there must be for that, the second what else is looked at.
    """

    left: str
    right: str
    keys: tuple[Pairs, ...]
    weak: int = 0
    left_where: str = ""
    right_where: str = ""
    latest: str = ""
    near: bool = False
    likely: bool = False

    @property
    def name(self) -> str:
        """What the pairing is called; two ledgers have one of equal records, of near ones and of likely ones."""
        return f"{self.left}{'≈' if self.near else '～' if self.likely else '↔'}{self.right}"

    @property
    def equal(self) -> bool:
        """Whether it pairs what shares a key."""
        return not (self.near or self.likely)

    def relations(self) -> Iterator[Relation]:
        """Both ways, to the paired record and to all that share its key."""
        turned = tuple(tuple((right, left) for left, right in key) for key in self.keys)
        for source, target, on in ((self.left, self.right, self.keys), (self.right, self.left, turned)):
            if self.near:
                yield Relation(near_record(target), source, target, on, many=False, pairing=self)
            elif self.likely:
                yield Relation(likely_record(target), source, target, on, many=False, pairing=self)
                yield Relation(likely_records(target), source, target, on, many=True, pairing=self)
            else:
                yield Relation(counterpart(target), source, target, on, many=False, pairing=self)
                yield Relation(counterparts(target), source, target, on, many=True, pairing=self)


def counterpart(ledger: str) -> str:
    """Name of the relation to the paired record of a ledger."""
    return f"对应{ledger}"


def counterparts(ledger: str) -> str:
    """Name of the relation to all records of a ledger that share the pairing's key."""
    return f"同键{ledger}"


def near_record(ledger: str) -> str:
    """Name of the relation to a ledger's record that is nearly the same."""
    return f"近号{ledger}"


def likely_record(ledger: str) -> str:
    """Name of the relation to a ledger's record that is beyond doubt of the same person, by all but the number."""
    return f"相像{ledger}"


def likely_records(ledger: str) -> str:
    """Name of the relation to all records of a ledger that are likelier the same person's than not."""
    return f"可能{ledger}"


@dataclass(frozen=True, slots=True)
class Relation:
    """A way from a row of one ledger to rows of another.

    Attributes:
        name: as rules write it.
        source: title of the ledger it starts from.
        target: title of the ledger it leads to.
        on: alternatives in order of trust; each is pairs of (source expression, target expression) that
            must all be equal. A later alternative serves only rows no earlier one has matched.
        many: leads to any number of rows (COUNT, SUM, EXISTS …) instead of one (`户.脱贫年度`).
        where: further condition on the target row.
        pairing: the pairing whose records the relation leads to, instead of what `on` alone says.
    """

    name: str
    source: str
    target: str
    on: tuple[Pairs, ...]
    many: bool
    where: str = ""
    pairing: Pairing | None = None
