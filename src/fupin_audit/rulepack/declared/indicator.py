"""An indicator is data like a rule: what to count, and the target it is held against."""

from __future__ import annotations

from typing import Self

from pydantic import Field, FiniteFloat, model_validator

from fupin_audit.results.scorecard import Direction, Level
from fupin_audit.rulepack.declared.reserved_words import PARAMETER
from fupin_audit.rulepack.declared.rule import Basis, Data, Examples, Origin, RuleId, Words

PERCENT = "%"
_PARAMETER = f"{PARAMETER}."


class Indicator(Data):
    """A figure a place is measured by.

    Either `count`: how many rows of the ledger hold, as a number or (unit %) among those that could be decided;
    or `sum`: one sum, or (unit %) one among another, `of`. Places are added up before anything is divided.

    Attributes:
        names: further words 目标任务 may call it by.
        ledger: title of the ledger whose rows are counted.
        when: the rows it speaks of; empty: all. Of 人口 only members 在册.
        count: the condition that makes a row count.
        sum: the number summed above the line, `of` the one below it.
        unit: `%`, or what is counted: 人, 户, 个, 万元.
        target: a figure (1 is 100%) or `param.名`; with direction 为零 it is 0 and left out.
        level: the smallest places its rows name.
        optional: ledgers that count as empty when not delivered (D5).
        note: what it means, with the source of the reading.
        examples: rows that reach the target (good), miss it (bad), can't say (undecided), give nothing to count
            (exempt); `=` is the value expected.
    """

    id: RuleId
    title: Words
    names: tuple[str, ...] = ()
    ledger: Words
    when: str = ""
    count: str = ""
    sum: str = ""
    of: str = ""
    unit: Words
    direction: Direction
    target: FiniteFloat | str = ""
    level: Level
    optional: tuple[str, ...] = ()
    note: Words
    basis: tuple[Basis, ...] = ()
    since: str = "0.1.0"
    origin: Origin = Field(Origin(), exclude=True, repr=False)
    examples: Examples

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if bool(self.count) == bool(self.sum) or (self.of and not self.sum):
            raise ValueError("要么写 count，要么写 sum；写 sum 的可以再写 of")
        if self.sum and bool(self.of) != self.is_share:
            raise ValueError("sum 和 of 相除是比例，unit 应是 %；只写 sum 的是一个数，unit 不应是 %")
        if isinstance(self.target, str) and not (self.target + _PARAMETER).startswith(_PARAMETER):
            raise ValueError("target 写数，或 param.参数名")
        if (self.direction is Direction.ZERO) != (self.target == ""):
            raise ValueError("要写 target；只有 direction 是“为零”的不写，目标就是 0")
        return self

    @property
    def is_share(self) -> bool:
        """Whether its values are shares."""
        return self.unit == PERCENT

    @property
    def parameter(self) -> str:
        """The parameter that gives the target; empty where a figure does."""
        return self.target.removeprefix(_PARAMETER) if isinstance(self.target, str) else ""

    @property
    def expressions(self) -> tuple[str, ...]:
        """Its expressions in the rule language."""
        return tuple(filter(None, (self.count, self.sum, self.of, self.when)))

    @property
    def formula(self) -> str:
        """How it is computed, on one line."""
        below = f" / SUM({self.of})" if self.of else ""
        what = f"COUNT({self.count})" if self.count else f"SUM({self.sum}){below}"
        where = f" WHERE {self.when}" if self.when else ""
        return f"{self.ledger}: {what}{where}"
