"""One line of the table of benefits: which rows of a list count, what they are called, whom they must not meet."""

from __future__ import annotations

from pydantic import Field

from fupin_audit.rulepack.declared.rule import Data, Origin, Row, Words


class Benefit(Data):
    """What a list of 待遇 says of its rows.

    Attributes:
        ledger: title of the list.
        item: what a row's benefit is called, as an expression on the row; empty: the list's title.
        when: which rows are benefits for the poor that are held now; empty: all.
        against: titles of the ledgers in which nobody who holds it should be.
        note: a sentence for people.
        examples: rows with the item expected under `=`, null where the row does not count.
    """

    ledger: Words
    item: str = ""
    when: str = ""
    against: tuple[Words, ...] = Field(min_length=1)
    note: Words
    origin: Origin = Field(Origin(), exclude=True, repr=False)
    examples: tuple[Row, ...] = Field(min_length=1)
