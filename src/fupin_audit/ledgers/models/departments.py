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
    县: Text = column("区县", "县区", "县（市、区）", "所属区县", "所属区", "户籍区县")
    乡镇: Text = column(
        "镇街", "镇（街）", "街镇", "所属街道", "所属街", "所属乡镇", "乡镇（区）", "户籍街道", "街道"
    )
    村: Text = column("村委", "村（居）", "村（居）委会", "行政村名", "村社", "村组")
