"""A line of a sheet of corrections, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Action(Enum):
    """What a line asks for."""

    CHANGE = "改"
    DELETE = "删"
    CONFIRM = "属实"


class LineOutcome(Enum):
    """What became of a line."""

    CHANGED = "已改"
    EMPTIED = "已清空"
    ALREADY = "已是新值"
    CONFIRMED = "属实"
    OPEN = "未填"
    REFUSED = "没有改"


COLUMNS = (
    *("户编号", "人编号", "证件号码", "台账", "年度", "字段", "原值", "新值", "动作"),
    *("文件", "工作表", "单元格"),
)


@dataclass(frozen=True)
class Correction:
    """One line of a sheet of corrections.

    Attributes:
        number: its row, as Excel counts it; of a YAML file its place in the list.
        texts: column → what was typed; blank ones are left out.
    """

    number: int
    texts: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.texts.get(column, "")

    @property
    def action(self) -> Action | None:
        """What it asks for: a new value says 改 by itself; None where it says nothing yet, or nothing known."""
        known = {action.value: action for action in Action}
        return known.get(self["动作"]) or (Action.CHANGE if self["新值"] and not self["动作"] else None)


@dataclass(frozen=True, slots=True)
class Corrected:
    """A line and what became of it.

    Attributes:
        line: the line.
        outcome: what became of it.
        reason: why it was refused, in Chinese; empty where it was not.
        places: the cells that were changed, as people are told of them.
    """

    line: Correction
    outcome: LineOutcome
    reason: str = ""
    places: tuple[str, ...] = ()
