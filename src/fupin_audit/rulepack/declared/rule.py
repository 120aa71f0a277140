"""A rule is data (D4): what a rule file may say, as Pydantic models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from fupin_audit.results.finding import Severity
from fupin_audit.rulepack.declared.reserved_words import EACH

Row = Mapping[str, Any]


def _as_tuple(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]
Words = Annotated[str, Field(min_length=1)]
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


class RuleHead(Data):
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


class Rule(RuleHead):
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


class CellRule(RuleHead):
    """A check that follows from the ledger models (CEL-01 … CEL-13, KEY-12, ID-03): text for its findings.

    `say` may use {台账} {字段} {原文} {说明} {建议}. Examples are single cells: `{台账: 人口, 字段: 原文, …}`.
    """

    say: Words
    examples: Examples


class ScreenRule(RuleHead):
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
