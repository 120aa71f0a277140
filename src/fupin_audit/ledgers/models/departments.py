"""What lists of government departments have in common."""

from __future__ import annotations

from fupin_audit.ledgers.base import Ledger, column
from fupin_audit.ledgers.types.kinds import ResidentId, Text


class PersonRecord(Ledger):
    """A row about one person, found by 证件号码; without that column only weakly, by 姓名 and 村."""

    family = "部门"
    anchors = ("证件号码",)
    alternative_anchors = ("姓名",)

    姓名: Text = column(required=True)
    证件号码: ResidentId = column(required=True)
