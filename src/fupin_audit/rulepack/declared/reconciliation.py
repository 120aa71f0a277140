"""Two ledgers that must agree, as a rule file says it (D7)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from fupin_audit.rulepack.declared.rule import Data, Examples, Names, Rule, RuleHead, Words

# What records are nearly the same by.
NEAR_PARTS = ("号码", "姓名")


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


class Reconciliation(RuleHead):
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
