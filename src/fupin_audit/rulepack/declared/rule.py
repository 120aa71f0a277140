"""A rule is data (D4): what a rule file may say, as Pydantic models."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from math import isfinite
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, FiniteFloat, model_validator

from fupin_audit.results.finding import Severity
from fupin_audit.rulepack.declared.reserved_words import EACH

Row = Mapping[str, Any]
# Units of the parameters that are dates, and of those that are words.
DATE_UNIT = "日期"
WORDS_UNIT = "词"


def _as_tuple(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]
Words = Annotated[str, Field(min_length=1)]
# What records are nearly the same by.
NEAR_PARTS = ("号码", "姓名")
RULE_ID = r"^[A-Z]{2,5}-\d{2,3}$"
RuleId = Annotated[str, Field(pattern=RULE_ID)]


class Data(BaseModel):
    """Base of everything a rule file may hold: frozen, and no key is taken that means nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Origin(Data):
    """Where in a file a rule stands, for error messages."""

    file: str = ""
    lines: Mapping[str, int] = Field(default_factory=dict)

    def line(self, key: str) -> int | None:
        """Line of one of the rule's keys, or of the rule itself."""
        return self.lines.get(key, self.lines.get(""))


class Basis(Data):
    """A citation: a policy document of `rules/policies.yaml` and its clause, or a standard.

    `standard` is also 字段含义 or 惯例. What is `inferred` the clause does not say: it follows from it (引申).
    """

    policy: str = ""
    standard: str = ""
    clause: str = ""
    inferred: bool = False


class Examples(Data):
    """Rows the rule must judge as the list's name says.

    A row is `{字段: 文本}` of the rule's ledger, or `{台账: [行, …], …}` where several ledgers take part.
    Texts are read as cells are. Keys left out are filled with one invented household, person, village.

    Attributes:
        good: holds (TRUE), and nothing fails.
        bad: at least one finding.
        undecided: can't be judged (NULL), mostly because a cell is blank.
        exempt: the rule does not apply (`when` is false).
    """

    good: tuple[Row, ...] = Field(min_length=1)
    bad: tuple[Row, ...] = Field(min_length=1)
    undecided: tuple[Row, ...] = ()
    exempt: tuple[Row, ...] = ()


class _Judgement(Data):
    """What every kind of rule says of itself."""

    id: RuleId
    title: Words
    severity: Severity
    why: Words
    fix: Words
    owner: Words
    basis: tuple[Basis, ...] = ()
    since: str = "0.1.0"
    origin: Origin = Field(Origin(), exclude=True, repr=False)


# Placeholders of the sentence of `mostly`: how many rows of the county break the rule, of how many.
CROWD, JUDGED = "不符行数", "行数"


class Mostly(Data):
    """Where so many rows of a county break a rule, the column is at fault: it is said once, of the county.

    Attributes:
        over: the parameter that says from which share on.
        say: the sentence; `{不符行数}` and `{行数}` are filled in besides what the rule's own may name.
    """

    over: Words
    say: Words


class Rule(_Judgement):
    """Something that must hold for every row of a ledger.

    Attributes:
        ledger: title of the ledger judged, or several, or `*` with `columns`; `自建台账` stands for all that are
            a county's own, `部门台账` for those of the family that have the fields of `cite`.
        without: ledgers that `*` or a family leaves out, because another entry judges them.
        columns: names of field types (身份证, 话, …) or of fields: the rule judges each such column of the
            ledgers named, which the expressions call 该列.
        each: words the rule is written for one by one; 该项 stands for the word wherever it is written.
        when: where the rule applies; empty: everywhere.
        require: what must hold.
        scope: `在册` leaves out persons whose 成员状态 has ended; only for 人口.
        say: the sentence for a finding; `{字段}`, `{关系.字段}` and names of `show` are filled in.
        show: further named values for `say` and for the finding's fields, as expressions.
        cite: the implicated fields, the one to mend first; default: those of `require`, then `when`.
            `关系.字段` of a to-many relation cites the cells of all related rows.
        dated: expression for the date or year of the row, to tell which documents reach it; empty: the as-of date,
            for rows that name their year the end of it.
        once_per: one finding for each combination of these fields (a household that shares a phone …).
        mostly: what is said once where most rows of a county break it.
        of_blanks: it speaks of blank cells; a text that can't be read is told as such, a column not there is none.
        about: the findings speak of the row's village, town or county and not of anybody who lives there.
        optional: ledgers that count as empty when not delivered (D5).
        complete: lists that must have everybody who should stand on them, as it speaks of those who do not (D14).
        examples: rows that prove the rule.
    """

    ledger: Names
    without: Names = ()
    columns: Names = ()
    each: tuple[Words, ...] = ()
    when: str = ""
    require: str
    scope: Literal["在册", "全部"] = "在册"
    say: Words
    show: Mapping[str, str] = Field(default_factory=dict)
    cite: tuple[str, ...] = ()
    dated: str = ""
    once_per: tuple[str, ...] = ()
    mostly: Mostly | None = None
    of_blanks: bool = False
    about: Literal["", "村", "乡镇", "县"] = ""
    optional: tuple[str, ...] = ()
    complete: Names = ()
    examples: Examples

    @model_validator(mode="after")
    def _for_each_word(self) -> Self:
        if len(set(self.each)) < len(self.each):
            raise ValueError("each 里有一项写了两次")
        if self.each and EACH not in f"{self.when} {self.require}":
            raise ValueError(f"写了 each，when 和 require 里却没有“{EACH}”")
        return self


class CellRule(_Judgement):
    """A check that follows from the ledger models (CEL-01 … CEL-13, KEY-12, ID-03): text for its findings.

    `say` may use {台账} {字段} {原文} {说明} {建议}. Examples are single cells: `{台账: 人口, 字段: 原文, …}`.
    """

    say: Words
    examples: Examples


class ScreenRule(_Judgement):
    """A statistical screen (SCR-01 … SCR-10): text for its findings; what it tests is code.

    It speaks of villages, recorders and checkers, so that no few rows can be an example of it: what it must find and
    must pass over are whole counties, drawn in tests and bench.

    Attributes:
        ledger: titles of the ledgers it looks at.
        say: the sentence; `{谁}` is whom it speaks of, `{所见}` what was seen.
        innocent: what would explain it without anything being wrong: to be ruled out first.
    """

    ledger: Names = Field(min_length=1)
    say: Words
    innocent: Words


class PairingKey(Data):
    """What pairs two records: fields that must all be equal. 证件号码 count only where valid.

    Attributes:
        fields: names in the left ledger.
        right: names in the right ledger; empty: the same.
        weak: two different subjects may share it; a finding so paired says so.
        near: a number and a name, which need not be equal: records that neither ledger pairs by the same number
            are paired where the numbers differ by a slip of the pen and the names are the same or nearly so.
    """

    fields: Names = Field(min_length=1)
    right: Names = ()
    weak: bool = False
    near: bool = False

    @model_validator(mode="after")
    def _as_many(self) -> PairingKey:
        if self.right and len(self.right) != len(self.fields):
            raise ValueError("配对键两边的字段个数要相同")
        if self.near and len(self.fields) != len(NEAR_PARTS):
            raise ValueError(f"near 的键是{'和'.join(NEAR_PARTS)}两个字段")
        return self


def _as_key(value: Any) -> Any:
    return {"fields": value} if isinstance(value, str | list) else value


class ReconciledField(Data):
    """One field to compare.

    Attributes:
        field: its name; what people call what is compared, where it is no field.
        left: expression on the left ledger's row; `right` likewise on the right's. Same name: `field`.
        tolerance: allowed difference of numbers, as an expression on the left ledger's row.
        blank: what a blank on one side only is: `undecided` 无法判定, or a difference.
        several: either side may name several (、); it is enough that they have one in common.
        before: expression on the left ledger's row: what it said a year earlier.
    """

    field: Words
    left: str = ""
    right: str = ""
    tolerance: str = "0"
    blank: Literal["undecided", "differs"] = "undecided"
    several: bool = False
    before: str = ""


class Reconciliation(_Judgement):
    """Two ledgers that must agree (D7).

    Attributes:
        left: the ledger trusted as the record.
        right: the one compared with it; several, where each is to be compared in the same way.
        keys: what pairs their records, in order of trust: a later key serves what no earlier one has paired.
        fields: what is compared; one finding a differing field. With a `near` key: what else speaks for a pair.
        when_left: rows of left that take part; `when_right` likewise; empty: all.
        latest: field of the right ledger; of several records for one subject the latest is compared.
        totals: the right ledger's rows are lines: compared is what they add up to, `right` a statistic over them.
        only_left: report rows of left that right lacks; or a condition on those that are reported.
        only_right: likewise rows of right that left lacks.
        repeats: report several records for one subject, unless a key rule does.
        mend: the side to mend first; `left` where right was seen on the spot.
        called: what a record that stands in one ledger only is called, as a sentence with `{字段}`.
    """

    left: str
    right: Names = Field(min_length=1)
    keys: tuple[Annotated[PairingKey, BeforeValidator(_as_key)], ...] = Field(min_length=1)
    fields: tuple[ReconciledField, ...] = ()
    when_left: str = ""
    when_right: str = ""
    latest: str = ""
    totals: bool = False
    only_left: bool | str = True
    only_right: bool | str = True
    repeats: bool = True
    mend: Literal["left", "right"] = "right"
    called: str = ""
    optional: tuple[str, ...] = ()
    examples: Examples

    @property
    def near(self) -> bool:
        """Whether it looks for records that are nearly the same."""
        return self.keys[0].near

    @model_validator(mode="after")
    def _near_alone(self) -> Reconciliation:
        if any(key.near for key in self.keys) and len(self.keys) > 1:
            raise ValueError("near 的键不与别的键一起用")
        return self


class ComparingRule(Rule):
    """One thing a reconciliation says, as a rule; no file holds it.

    Attributes:
        aspect: what makes its findings others than those of the same reconciliation on the same row.
        against: title of the other ledger.
        compared: the cell of the judged row, as findings name it, whose value is compared; empty for none.
        opposed: likewise the other ledger's cell.
    """

    aspect: str
    against: str
    compared: str = ""
    opposed: str = ""


class DerivedField(Data):
    """A field many rules need, declared once (派生字段).

    Attributes:
        field: its name.
        ledger: the ledger that gets it.
        value: the expression.
        note: what it means, with the source of the reading.
        optional: fields of the ledger that count as blank where the column was not delivered.
        examples: rows with the expected value under `=`.
    """

    field: str
    ledger: str
    value: str
    note: str
    optional: tuple[str, ...] = ()
    origin: Origin = Field(Origin(), exclude=True, repr=False)
    examples: tuple[Row, ...] = Field(min_length=1)


class ParameterValue(Data):
    """One value of a parameter, for the place of the pack it stands in."""

    value: float | str
    since: date | None = Field(None, alias="from")
    until: date | None = Field(None, alias="to")
    basis: Basis | None = None
    note: str = ""


class Parameter(Data):
    """A figure rules use (D11).

    Attributes:
        low, high: the possible range of a number, ends included; by default that of its unit.
        serves: what uses it besides rules, or why none does; empty: rules alone.
    """

    name: str
    unit: str = ""
    note: str = ""
    low: FiniteFloat | None = None
    high: FiniteFloat | None = None
    serves: str = ""
    values: tuple[ParameterValue, ...] = ()
    origin: Origin = Field(Origin(), exclude=True, repr=False)

    @property
    def range(self) -> tuple[float, float]:
        """The least and the greatest value it may have."""
        low, high = _RANGES.get(self.unit, _ANY_FIGURE)
        return low if self.low is None else self.low, high if self.high is None else self.high

    def figure(self, value: float | str) -> float | date | str:
        """A value as rules compare it: a date where the unit is 日期, words where it is 词, else a number.

        Raises:
            ValueError: it is none of them, or the number is out of range.
        """
        if self.unit == DATE_UNIT:
            return _day(str(value))
        if self.unit == WORDS_UNIT:
            return _words(value)
        number, (low, high) = _number(value), self.range
        if not low <= number <= high:
            raise ValueError(f"“{number:.15g}”不在 {low:.15g} 到 {high:.15g} 之间")
        return number


# What a figure may be, by its unit.
_RANGES: Mapping[str, tuple[float, float]] = {
    "比例": (0, 1),
    "百分点": (0, 100),
    "岁": (0, 150),
    "周岁": (0, 150),
    "年": (1949, 2100),
    "1 是": (0, 1),
}
_ANY_FIGURE = (0, 1e12)
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"“{text}”应是 2020-06-30 这样的日期") from error


def _words(value: float | str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"“{value}”应是词，几个词用空格隔开")
    return value.strip()


def _number(value: float | str) -> float:
    """A number as it is written in a file or after --set; Python would also take ４０００, 4_000, NaN."""
    if isinstance(value, str) and not _PLAIN_NUMBER.fullmatch(value.strip()):
        raise ValueError(f"“{value}”应是数，用半角数字写，如 4000、0.3")
    if not isfinite(number := float(value)):
        raise ValueError(f"“{value}”不是一个确定的数")
    return number
