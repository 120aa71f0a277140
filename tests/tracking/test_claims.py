"""What is kept of what people wrote into the ledgers that came back, and what is told of the rest."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from fupin_audit.results.tracking import Claim
from fupin_audit.tasks.claims import claims_of
from fupin_audit.tasks.earlier_ledger import Earlier
from fupin_audit.tasks.returned_copies import SentBack

ROW = {"规则": "EMP-02", "户编号": "990101000001", "指纹": "ab", "整改状态": "未整改"}
PHONE = "13800000000"


def sent(*copies: Mapping[str, str]) -> SentBack:
    return SentBack({f"{at}.xlsx": Earlier({"ab": {**ROW, **copy}}) for at, copy in enumerate(copies)})


READ = {
    "as asked": ({"整改状态": "已整改", "核实结论": "属实", "完成日期": "2021-02-01"}, Claim("已整改", "属实", "2021-02-01")),
    "with spaces": ({"整改状态": " 已整改　", "核实结论": "属实 "}, Claim("已整改", "属实")),
    "a day as people write it": ({"完成日期": "2021年2月1日"}, Claim(done="2021-02-01")),
    "a day Excel counts": ({"完成日期": "44228"}, Claim(done="2021-02-01")),
}  # fmt: skip


@pytest.mark.parametrize(("row", "claim"), READ.values(), ids=READ)
def test_what_people_say_is_read(row: Mapping[str, str], claim: Claim) -> None:
    claims = claims_of(sent(row))
    assert claims.said == {"ab": claim}
    assert not claims.unread


STRANGE = {
    "a state of their own": ({"整改状态": f"张三说已改{PHONE}"}, "整改状态"),
    "a verdict of their own": ({"核实结论": f"属实，张三{PHONE}"}, "核实结论"),
    "no day": ({"完成日期": f"张三{PHONE}"}, "完成日期"),
}


@pytest.mark.parametrize(("row", "column"), STRANGE.values(), ids=STRANGE)
def test_a_free_text_is_not_kept_and_it_is_said(row: Mapping[str, str], column: str) -> None:
    claims = claims_of(sent(row))
    assert claims.said == {}
    (told,) = claims.unread
    assert told.startswith(f"收回的 EMP-02 户990101000001的{column}认不得")
    assert "张三" not in told
    assert PHONE not in told


def test_copies_that_do_not_agree_are_told() -> None:
    claims = claims_of(sent({"核实结论": "属实"}, {"核实结论": "不属实", "整改状态": "整改中"}))
    assert claims.said == {"ab": Claim("整改中")}
    assert "核实结论认不得，或几份填得不一样" in claims.unread[0]
    states = claims_of(sent({"整改状态": "整改中"}, {"整改状态": "已整改"}))
    assert states.said == {}
    assert "户990101000001的整改状态认不得，或几份填得不一样" in states.unread[0]


def test_what_nobody_has_touched_is_no_statement() -> None:
    assert claims_of(sent({})).said == {}
    assert not claims_of(sent({})).unread
    assert claims_of(None).said == {}


def test_of_many_some_are_named() -> None:
    rows: dict[str, Mapping[str, str]] = {
        str(at): {**ROW, "指纹": str(at), "整改状态": "改了"} for at in range(9)
    }
    (told,) = claims_of(SentBack({"收回.xlsx": Earlier(rows)})).unread
    assert told.count("EMP-02") == 5
    assert "等 9 处" in told
