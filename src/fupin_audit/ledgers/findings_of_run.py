"""The run's own findings as rows, for rules that ask whether something is still found; no sheet is read as it."""

from __future__ import annotations

from fupin_audit.ledgers.base import Ledger, column
from fupin_audit.ledgers.types.kinds import HouseholdNumber, Text


class FoundAgain(Ledger):
    """One finding of another rule: its rule, whose it is, and what stands in the cell to mend."""

    title = "发现"
    family = "治理"
    blurb = "本次检查其他规则的发现，一条一行"

    规则: Text = column()
    户编号: HouseholdNumber = column()
    县: Text = column()
    乡镇: Text = column()
    村: Text = column()
    内容: Text = column()
