"""A finding that is not there any more is mended only where its row was judged again (D16)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from books import AS_OF, IDS, Row, household, only, person, write_books
from effort import some_by_day
from fupin_audit.engine.run import Judgement, Wanted, judge_delivery
from fupin_audit.results.finding import Finding
from fupin_audit.results.recheck import OpenFinding, as_open
from fupin_audit.workbook.loading import load
from fupin_audit.workbook.recognising.recognition import Designation

Books = dict[str, list[Row]]
RULES = ("KEY-02", "EMP-02", "CRD-01", "CRD-05", "CEL-04")
FIRST, SECOND, THIRD = "990101000001", "990101000002", "990101000003"


def books() -> Books:
    """A household whose son worked thirteen months and whose card names fewer members; two others, one in another town."""
    return {
        "户": [
            household(FIRST, 危房户="否"),
            household(SECOND, head=3, 乡镇="白石乡", 村="石桥村"),
            household(THIRD, head=5),
        ],
        "人口": [
            person(FIRST, 0, 务工时间="8"),
            person(FIRST, 1, 务工时间="13"),
            {**person(SECOND, 3, 务工时间="9"), "与户主关系": "户主"},
            {**person(SECOND, 4, 务工时间="9")},
            {**person(THIRD, 5, 务工时间="9"), "与户主关系": "户主"},
        ],
        "明白卡": [card(FIRST, 3), card(SECOND, 2)],
        "帮扶责任人": [{"户编号": FIRST, "帮扶人": "陈广文"}],
        "医保参保": [
            {"姓名": "李安", "证件号码": IDS[1], "年度": "2020", "险种": "城乡居民", "参保状态": "哈哈"}
        ],
    }


def card(number: str, members: int) -> Row:
    return {"户编号": number, "户主姓名": "张三", "家庭人口": str(members), "脱贫属性": "已脱贫"}


def judged(folder: Path, what: Books, watched: tuple[OpenFinding, ...] = ()) -> Judgement:
    folder.mkdir()
    write_books(folder, what)
    delivery = load([folder], designations=[Designation(title, f"{title}.csv") for title in what])
    return judge_delivery(delivery, only(RULES), AS_OF, wanted=Wanted(watched=watched))


def with_rows(ledger: str, *rows: Row) -> Callable[[Books], Books]:
    return lambda before: {**before, ledger: list(rows)}


def people(**son: str) -> Callable[[Books], Books]:
    def changed(before: Books) -> Books:
        head, other, *rest = before["人口"]
        return {**before, "人口": [head, {**other, **son}, *rest]}

    return changed


def without(*ledgers: str) -> Callable[[Books], Books]:
    return lambda before: {title: rows for title, rows in before.items() if title not in ledgers}


def without_column(name: str) -> Callable[[Books], Books]:
    return lambda before: {
        title: [{field: text for field, text in row.items() if field != name} for row in rows]
        for title, rows in before.items()
    }


def without_household(before: Books) -> Books:
    kept = {title: [row for row in rows if row.get("户编号") != FIRST] for title, rows in before.items()}
    return {title: rows for title, rows in kept.items() if rows}


def without_column_in_town(before: Books) -> Books:
    """The household's own card is there, but the town hands in none any more: what is left is the other's."""
    return {**before, "明白卡": before["明白卡"][1:]}


def without_son(before: Books) -> Books:
    head, _, *rest = before["人口"]
    return {**before, "人口": [head, *rest]}


def insured(**more: str) -> Callable[[Books], Books]:
    return lambda before: {**before, "医保参保": [{**before["医保参保"][0], **more}]}


MENDED = ""
CASES = {
    "改好": ("EMP-02", people(务工时间="8"), MENDED),
    "清空": ("EMP-02", people(务工时间=""), "要核对的格现在空白或说不准，无法判定"),
    "人没了": ("EMP-02", without_son, "要核对的那一行不在这次的“人口”里"),
    "参保改好": ("CEL-04", insured(参保状态="已参保"), MENDED),
    "参保没了": ("CEL-04", insured(姓名="李平", 证件号码=IDS[0], 参保状态="已参保"), "要核对的那一行不在这次的“医保参保”里"),
    "卡没了": ("CRD-01", with_rows("明白卡", card(SECOND, 2), card(THIRD, 1)), "要核对的那一行不在这次的“明白卡”里"),
    "没有交": ("EMP-02", without_column("务工时间"), "人口缺列“务工时间”"),
    "户没了": ("EMP-02", without_household, "户990101000001不在这次的台账里"),
    "卡改好": ("CRD-01", with_rows("明白卡", card(FIRST, 2), card(SECOND, 2)), MENDED),
    "卡没有交": ("CRD-01", without("明白卡"), "未交付台账“明白卡”"),
    "人口没有交": ("CEL-04", without("人口"), "未交付台账“人口”"),
    "乡里没有交卡": ("CRD-01", without_column_in_town, "清河县柳林镇没有“明白卡”"),
}  # fmt: skip


@pytest.mark.parametrize("case", some_by_day(CASES))
def test_only_what_was_judged_again_is_mended(case: str, tmp_path: Path) -> None:
    rule, change, reason = CASES[case]
    before = one(judged(tmp_path / "前", books()), rule)
    after = judged(tmp_path / "后", change(books()), (as_open(before),))
    assert before.fingerprint not in {item.fingerprint for item in after.findings}
    assert after.rechecked[before.fingerprint].unverified == reason


def test_a_number_that_was_wrong_itself_is_mended(tmp_path: Path) -> None:
    """Rows are known by it: the old one is in no ledger any more."""
    twice = people(人编号=f"{FIRST}09")(books())
    twice["人口"][0] = {**twice["人口"][0], "人编号": f"{FIRST}09"}
    before = one(judged(tmp_path / "前", twice), "KEY-02")
    after = judged(tmp_path / "后", books(), (as_open(before),))
    assert after.rechecked[before.fingerprint].unverified == MENDED


def test_who_answers_is_known_from_this_drop(tmp_path: Path) -> None:
    before = one(judged(tmp_path / "前", books()), "CRD-01")
    change = with_rows("明白卡", card(FIRST, 2), card(SECOND, 2))
    after = judged(tmp_path / "后", change(books()), (as_open(before),))
    assert [who.name for who in after.rechecked[before.fingerprint].responsible] == ["陈广文"]


def test_what_is_found_again_needs_no_word(tmp_path: Path) -> None:
    before = judged(tmp_path / "前", books())
    after = judged(tmp_path / "后", books(), tuple(map(as_open, before.findings)))
    assert after.rechecked == {}


def one(judgement: Judgement, rule: str) -> Finding:
    found: Mapping[str, Finding] = {item.rule: item for item in judgement.findings if item.household == FIRST}
    return found[rule]
