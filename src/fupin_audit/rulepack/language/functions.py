"""The functions a rule may call: names, types, meaning. Each engine defines them; nothing else runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from fupin_audit.ledgers.types.codes import CodeList
from fupin_audit.ledgers.types.fieldtypes import Family


@dataclass(frozen=True, slots=True)
class ValueKind:
    """The type of an expression: its family, and the code list its values come from.

    `family` is None for a bare NULL, which goes with anything.
    """

    family: Family | None
    codes: CodeList | None = field(default=None, compare=False)


Result = Family | Literal["same"]


def kind_of(result: Result, argument: ValueKind) -> ValueKind:
    """The kind a call gives: that of its argument where it is the same, else the family alone."""
    return argument if result == "same" else ValueKind(result)


@dataclass(frozen=True, slots=True)
class Function:
    """A scalar function: `args` are the families wanted, `result` the family given.

    `repeat` lets the last argument come any number of times; `result` "same" is the first argument's kind.
    `optional` arguments at the end may be left out.
    """

    args: tuple[str, ...]
    result: Result
    repeat: bool = False
    optional: int = 0

    def accepts(self, count: int) -> bool:
        """Whether it can be called with that many arguments."""
        if self.repeat:
            return count >= len(self.args)
        return len(self.args) - self.optional <= count <= len(self.args)

    @property
    def count(self) -> str:
        """How many arguments it takes, in words: `2`, `1到2`, `至少1`."""
        least, most = len(self.args) - self.optional, len(self.args)
        if self.repeat:
            return f"至少{least}"
        return str(most) if least == most else f"{least}到{most}"

    def wants(self, index: int) -> str:
        """Family of argument `index`; `any` for all."""
        return self.args[min(index, len(self.args) - 1)]


FUNCTIONS: dict[str, Function] = {
    "NULLIF": Function(("any", "any"), "same"),
    "ABS": Function(("number",), "number"),
    "ROUND": Function(("number", "number"), "number", optional=1),
    "LEAST": Function(("any", "any"), "same", repeat=True),
    "GREATEST": Function(("any", "any"), "same", repeat=True),
    "DIVIDE": Function(("number", "number"), "number"),
    "WITHIN": Function(("number", "number", "number"), "boolean"),
    "LENGTH": Function(("text",), "number"),
    "SUBSTRING": Function(("text", "number", "number"), "text", optional=1),
    "CONCAT": Function(("text",), "text", repeat=True),
    "CONCAT_WS": Function(("text",), "text", repeat=True),
    "UPPER": Function(("text",), "text"),
    "FULL_MATCH": Function(("text", "text"), "boolean"),
    "TO_INTEGER": Function(("text",), "number"),
    "YEAR": Function(("date",), "number"),
    "MONTH": Function(("date",), "number"),
    "DAY": Function(("date",), "number"),
    "MAKE_DATE": Function(("number", "number", "number"), "date"),
    "YEARS_BETWEEN": Function(("date", "date"), "number"),
    "MONTHS_BETWEEN": Function(("date", "date"), "number"),
    "DAYS_BETWEEN": Function(("date", "date"), "number"),
    "MINUTE_OF_DAY": Function(("text",), "number"),
    "HAS": Function(("text", "text"), "boolean"),
    "HAS_ANY": Function(("text", "text"), "boolean"),
    "ITEMS": Function(("text",), "number"),
    "MENTIONS": Function(("text", "text"), "boolean"),
    "ID_VALID": Function(("text",), "boolean"),
    "ID_KEY": Function(("text",), "text"),
    "ID_BIRTH": Function(("text",), "date"),
    "ID_SEX": Function(("text",), "text"),
}

# Skip arguments whose columns were not delivered; bound apart from the others.
TOLERANT = ("COALESCE", "ANY_OF", "ALL_OF")
# Looks into the code list of its argument; bound apart from the others.
OF_CODES = "GROUP_OF"
# The value of a parameter in another year than the row's; bound apart from the others.
OF_YEAR = "IN_YEAR"
# Ask for related rows; bound apart from the others.
OF_ROWS = ("EXISTS", "SOME")


@dataclass(frozen=True, slots=True)
class AggregateFunction:
    """A statistic over related rows: family wanted of its argument, family given ("same": the argument's).

    `size` is the number of arguments.
    """

    arg: str
    result: Result
    size: int = 1


AGGREGATES: dict[str, AggregateFunction] = {
    "COUNT": AggregateFunction("any", "number"),
    "SUM": AggregateFunction("number", "number"),
    "MIN": AggregateFunction("any", "same"),
    "MAX": AggregateFunction("any", "same"),
    "AVG": AggregateFunction("number", "number"),
    "MEDIAN": AggregateFunction("number", "number"),
    "LIST": AggregateFunction("text", "text"),
    "LATEST": AggregateFunction("any", "same", size=2),
}
