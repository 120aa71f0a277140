"""The rules all engines judge, as checks on columns for those engines that know nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from peers.columns import TOLERANCE

Found = Mapping[tuple[str, str], frozenset[int]]
"""(rule, ledger) → positions of the rows that break it."""

_NO_NAME = ".*[0-9*×?？某].*|[xX]+|无名氏?|不详|未知|未填|待定|待补|待核实|测试|暂无|姓名"
_NO_ID = "999999.*|0+|1+|2+|3+|4+|5+|6+|7+|8+|9+"
_PHONE = (
    r"((\+?86-?)?1[3-9][0-9]{9}|(0[0-9]{2,3}-?)?[2-9][0-9]{6,7}(-[0-9]{1,6})?|400-?[0-9]{3}-?[0-9]{4})"
    r"([、,，;；/ ]+((\+?86-?)?1[3-9][0-9]{9}|(0[0-9]{2,3}-?)?[2-9][0-9]{6,7}))*"
)
_ID_LENGTH = ".{15}|.{18}|.{20}|.{22}"


@dataclass(frozen=True)
class Like:
    """The whole text matches a pattern; or, `never`, does not."""

    pattern: str
    never: bool = False


@dataclass(frozen=True)
class Between:
    """The number lies in a range; `above`: beyond its lower end."""

    low: float | None = None
    high: float | None = None
    above: bool = False


@dataclass(frozen=True)
class Is:
    """The value is this one."""

    value: bool


@dataclass(frozen=True)
class Same:
    """The value is that of another column."""

    other: str


@dataclass(frozen=True)
class Unique:
    """No two rows have the same value."""


Kind = Like | Between | Is | Same | Unique


@dataclass(frozen=True)
class Check:
    """One rule as a check on a column; a blank passes.

    Attributes:
        rule: id.
        frame: as `columns.work_out` names it.
        column: what is looked at.
        kind: what must hold.
    """

    rule: str
    frame: str
    column: str
    kind: Kind

    @property
    def key(self) -> tuple[str, str]:
        """Rule and ledger."""
        return self.rule, {"在册": "人口"}.get(self.frame, self.frame)


CHECKS = (
    Check("ID-01", "在册", "号码有效", Is(value=True)),
    Check("ID-01", "户", "号码有效", Is(value=True)),
    Check("ID-02", "在册", "证件号码", Like(_ID_LENGTH)),
    Check("ID-02", "户", "户主证件号码", Like(_ID_LENGTH)),
    Check("ID-06", "在册", "出生日期", Same("号码出生")),
    Check("ID-07", "在册", "性别", Same("号码性别")),
    Check("ID-09", "在册", "姓名", Like(".{2,}")),
    Check("ID-09", "在册", "姓名", Like(_NO_NAME, never=True)),
    Check("ID-09", "户", "户主姓名", Like(".{2,}")),
    Check("ID-09", "户", "户主姓名", Like(_NO_NAME, never=True)),
    Check("ID-10", "户", "联系电话", Like(_PHONE)),
    Check("ID-12", "在册", "证件号码", Like(_NO_ID, never=True)),
    Check("ID-12", "户", "户主证件号码", Like(_NO_ID, never=True)),
    Check("ID-14", "在册", "号码年龄", Between(high=110)),
    Check("ID-14", "户", "号码年龄", Between(high=110)),
    Check("KEY-01", "户", "户编号", Unique()),
    Check("KEY-02", "人口", "人编号", Unique()),
    Check("KEY-05", "户", "家庭人口", Same("在册人数")),
    Check("KEY-06", "户", "户主数", Between(1, 1)),
    Check("STA-01", "户", "有脱贫年度", Same("应有脱贫年度")),
    Check("STA-02", "户", "脱贫年度合理", Is(value=True)),
    Check("INC-01", "户年度", "收支差", Between(-TOLERANCE, TOLERANCE)),
    Check("INC-02", "户年度", "人均差", Between(-TOLERANCE, TOLERANCE)),
    Check("INC-03", "户年度", "转移余额", Between(low=0)),
    Check("INC-05", "户年度", "工资性收入", Between(low=0)),
    Check("INC-05", "户年度", "生产经营性收入", Between(low=0)),
    Check("INC-05", "户年度", "财产性收入", Between(low=0)),
    Check("INC-05", "户年度", "转移性收入", Between(low=0)),
    Check("INC-05", "户年度", "生产经营性支出", Between(low=0)),
    Check("INC-18", "户年度", "人均纯收入", Between(0, 100_000, above=True)),
    Check("HOU-01", "户年度", "已定等级", Is(value=True)),
    Check("HOU-02", "户", "危房户", Same("本年危房")),
    Check("WAT-02", "户", "饮水安全户困难", Is(value=False)),
)

RULES = tuple(dict.fromkeys(check.rule for check in CHECKS))
KEYS = tuple(dict.fromkeys(check.key for check in CHECKS))


def gather(broken: Mapping[Check, frozenset[int]]) -> Found:
    """The rows of all checks of a rule together."""
    found: dict[tuple[str, str], frozenset[int]] = dict.fromkeys(KEYS, frozenset())
    for check, rows in broken.items():
        found[check.key] |= rows
    return found
