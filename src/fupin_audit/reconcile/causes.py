"""The likely cause of a difference; a cause is said only when its evidence can be printed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from fupin_audit.ledgers.types.fieldtypes import FieldType, Value
from fupin_audit.masking import mask_text
from fupin_audit.reconcile.amounts import figure_cause
from fupin_audit.reconcile.digit_slips import number_cause
from fupin_audit.reconcile.like_names import name_cause
from fupin_audit.results.finding import Cause, CauseKind

_NUMBERS = frozenset({"身份证", "户号", "话", "账号"})
_MEASURES = frozenset({"元", "万元", "亩", "㎡", "数", "整"})
_NAMES = frozenset({"姓名", "户主姓名", "帮扶人", "走访人", "核查人", "监测联系人"})
_PLACES = frozenset({"省", "市", "县", "乡镇", "村", "组"})
# Fewer rows written alike may be chance.
_RENAMED_ROWS = 3


class Nature(Enum):
    """What a field holds, as far as causes depend on it."""

    NUMBER = auto()  # 证件号码, phone, account, household number: digits that are no quantity
    NAME = auto()
    FIGURE = auto()
    PLACE = auto()
    OTHER = auto()


def nature_of(field: str, kind: FieldType) -> Nature:
    """What a field of that name and type holds."""
    if kind.name in _NUMBERS:
        return Nature.NUMBER
    if kind.name in _MEASURES:
        return Nature.FIGURE
    if field in _NAMES:
        return Nature.NAME
    return Nature.PLACE if field in _PLACES else Nature.OTHER


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two records that differ.

    Attributes:
        value: what it says.
        book: what people call the record it stands in.
        written: the cell's own text, where that is not the value.
        before: what the same record said a year earlier; None where unknown.
    """

    value: Value
    book: str
    written: str = ""
    before: Value | None = None

    @property
    def text(self) -> str:
        """The cell's text."""
        return self.written or str(self.value)


@dataclass(frozen=True, slots=True)
class Context:
    """What else is known of a difference.

    Attributes:
        nature: what the field holds.
        alike: rows that have this left and this right value, of all rows that have this left value.
        apart: members of the left household who stand in this other household on the right.
    """

    nature: Nature = Nature.OTHER
    alike: tuple[int, int] = (0, 0)
    apart: tuple[str, ...] = ()


def likely_cause(left: Side, right: Side, context: Context) -> Cause | None:
    """Why two values that differ may do so; None where nothing speaks for a cause.

    The same pair the other way round gives the same kind of cause. Whatever stands in the cells, the evidence
    quotes no personal number (D10).
    """
    found = _split(left, right, context) or _stale(left, right) or _by_nature(left, right, context)
    return found and replace(found, evidence=mask_text(found.evidence))


def _split(left: Side, right: Side, context: Context) -> Cause | None:
    """Who of the household on the left stands in this one on the right."""
    if not context.apart:
        return None
    names = "、".join(context.apart)
    return Cause(CauseKind.SPLIT, f"{left.book}同一户的{names}，{right.book}里在这一户")


def _by_nature(left: Side, right: Side, context: Context) -> Cause | None:
    if context.nature is Nature.NUMBER:
        return number_cause(left.text, right.text)
    if context.nature is Nature.FIGURE:
        return figure_cause(left.value, right.value, (left.book, right.book))
    if context.nature is Nature.NAME:
        return name_cause(str(left.value), str(right.value))
    if context.nature is Nature.PLACE:
        return _renamed(left, right, context) or name_cause(str(left.value), str(right.value))
    return None


def _stale(left: Side, right: Side) -> Cause | None:
    """One side still says what the other said a year earlier."""
    for old, new in ((right, left), (left, right)):
        known = new.before is not None and not isinstance(new.value, bool)
        if known and old.value == new.before != new.value:
            return Cause(CauseKind.STALE, f"{old.book}的“{old.text}”等于{new.book}上年的值")
    return None


def _renamed(left: Side, right: Side, context: Context) -> Cause | None:
    """Every row of the place is written in the same other way."""
    rows, total = context.alike
    if rows < _RENAMED_ROWS or rows < total:
        return None
    evidence = f"{left.book}写作“{left.value}”的{rows}条，{right.book}都写作“{right.value}”"
    return Cause(CauseKind.RENAMED, evidence)
