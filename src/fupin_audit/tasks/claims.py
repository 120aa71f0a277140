"""What people say of findings in the copies of the 整改台账 that came back: what is kept of it, and what can't be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from fupin_audit.ledgers.types.fieldtypes import CellError
from fupin_audit.ledgers.types.kinds import DAY
from fupin_audit.ledgers.types.text import clean
from fupin_audit.masking import mask_text
from fupin_audit.reports.findings.sheets.findings_sheet import DONE, FINGERPRINT, STATE, STATES, VERDICT
from fupin_audit.results.carried import Written
from fupin_audit.results.tracking import Claim, Verdict
from fupin_audit.tasks.earlier_ledger import Earlier
from fupin_audit.tasks.returned_copies import SentBack, put_together

_NAMED = 5  # rows that are told one by one
_UNLIKE = "不一致"
_FORMS = f"{STATE}只有{'、'.join(STATES)}，{VERDICT}只有{'、'.join(Verdict)}，{DONE}写成 2021-02-15 的样子"


@dataclass(frozen=True)
class Claims:
    """What people say.

    Attributes:
        said: fingerprint → what was written beside the finding.
        unread: what was written otherwise than asked, or differs between copies, in Chinese.
    """

    said: Mapping[str, Claim] = field(default_factory=dict)
    unread: Sequence[str] = ()


def claims_of(returned: SentBack | None) -> Claims:
    """What the copies say; of a free text nothing is kept, as it may name people."""
    if returned is None:
        return Claims()
    together, unlike = put_together(Earlier(), returned)
    unclear = {
        item.row.get(FINGERPRINT, "") for item in unlike if item.title == STATE
    }  # which is taken over by none
    said, unread = dict[str, Claim](), list[str]()
    for fingerprint, row in together.rows.items():
        claim = Claim(_state(row), _verdict(row), _done(row))
        if claim != Claim():
            said[fingerprint] = claim
        unread += _unread({**row, STATE: _UNLIKE} if fingerprint in unclear else row, claim)
    return Claims(said, tuple(_told(unread)))


def _state(row: Written) -> str:
    state = clean(row.get(STATE, ""))
    return state if state in STATES[1:] else ""  # what nobody has touched is no statement


def _verdict(row: Written) -> str:
    verdict = clean(row.get(VERDICT, ""))
    return verdict if verdict in set(Verdict) else ""


def _done(row: Written) -> str:
    try:
        return str(DAY.read(row.get(DONE)) or "")
    except CellError:
        return ""


def _unread(row: Written, claim: Claim) -> Iterator[str]:
    taken = {STATE: claim.state, VERDICT: claim.verdict, DONE: claim.done}
    names = [
        name for name, text in taken.items() if not text and clean(row.get(name, "")) not in {"", STATES[0]}
    ]
    if names:
        home = row.get("户编号", "")
        yield mask_text(f"{row.get('规则', '')}{home and f' 户{home}'}的{'、'.join(names)}")


def _told(unread: Sequence[str]) -> Iterator[str]:
    if unread:
        named = "；".join(unread[:_NAMED])
        more = f"等 {len(unread)} 处" if len(unread) > _NAMED else ""
        yield f"收回的 {named}{more}认不得，或几份填得不一样，没有采用：{_FORMS}"
