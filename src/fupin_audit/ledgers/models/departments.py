"""What lists of government departments have in common."""

from __future__ import annotations

from fupin_audit.ledgers.base import Ledger, column
from fupin_audit.ledgers.types.kinds import ResidentId, Text

# Whom such a row is about, where it says so of the number as of the name.
_ROLES = (
    "参保人",
    "死者",
    "死亡人员",
    "借款人",
    "持证人",
    "救助对象",
    "补助对象",
    "服务对象",
    "享受人",
    "享受人员",
)


class PersonRecord(Ledger):
    """A row about one person, found by 证件号码; without that column only weakly, by 姓名 and 村."""

    family = "部门"
    anchors = ("证件号码",)
    alternative_anchors = ("姓名",)

    姓名: Text = column(
        required=True,
        own=(
            "参保人姓名",
            "参保人",
            "死者姓名",
            "死亡人员姓名",
            "借款人",
            "借款人姓名",
            "贷款人姓名",
            "持证人姓名",
            "救助对象姓名",
            "补助对象姓名",
            "领款人姓名",
            "享受人姓名",
            "对象姓名",
            "人员姓名",
            "服务对象",
            "服务对象姓名",
            "享受人",
            "享受人员姓名",
        ),
    )
    证件号码: ResidentId = column(
        required=True,
        own=tuple(f"{role}{number}" for role in _ROLES for number in ("证件号码", "身份证号", "身份证号码")),
    )
    县: Text = column("区县", "县区", "县（市、区）", "所属区县", "所属区", "户籍区县")
    乡镇: Text = column(
        "镇街", "镇（街）", "街镇", "所属街道", "所属街", "所属乡镇", "乡镇（区）", "户籍街道", "街道"
    )
    村: Text = column("村委", "村（居）", "村（居）委会", "行政村名", "村社", "村组", "所属村组")
