"""Yes and no, in all the ways a form is ticked."""

from __future__ import annotations

from fupin_audit.ledgers.types.fieldtypes import CellError
from fupin_audit.ledgers.types.text import narrow

_YES = frozenset({"是", "有", "1", "1.0", "Y", "YES", "T", "TRUE", "对", "√", "✓", "✔", "☑", "已"})
_NO = frozenset(
    {"否", "无", "没有", "不是", "0", "0.0", "N", "NO", "F", "FALSE", "错", "×", "✗", "✘", "✕", "X", "未"}
)
# 未知 is no answer, though it begins like one.
_NO_ANSWER = ("未知", "未填", "未录", "未核", "未定", "未明")


def yes_no(text: str) -> bool:
    """Whether the cell says yes.

    >>> yes_no("√"), yes_no("无"), yes_no("已解决"), yes_no("未参加")
    (True, False, True, False)
    """
    written = narrow(text).upper()
    if written in _YES or written.startswith("已"):
        return True
    if written in _NO or (written.startswith("未") and not written.startswith(_NO_ANSWER)):
        return False
    raise CellError("CEL-01", "应填“是”或“否”")


def show_yes_no(value: bool) -> str:
    """`是` or `否`."""
    return "是" if value else "否"
