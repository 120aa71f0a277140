"""By what a row tells whose it is where its number does not: name, birth, sex, place."""

from __future__ import annotations

from collections.abc import Mapping

from fupin_audit.ledgers.base import Ledger

NAME, NUMBER = "姓名", "证件号码"
PERSONS = "人口"
LOOKS = ("出生", "性别", "乡镇", "村")

_REGISTERED = {"出生": "出生", "性别": "实际性别", "乡镇": "户.乡镇", "村": "户.村"}
_LISTED = {"出生": f"ID_BIRTH({NUMBER})", "性别": f"ID_SEX({NUMBER})"}


def looks(ledger: type[Ledger]) -> Mapping[str, str]:
    """What of LOOKS a ledger can tell, as expressions on its row."""
    if ledger.title == PERSONS:
        return _REGISTERED
    return _LISTED | {name: name for name in LOOKS if name in ledger.columns()}
