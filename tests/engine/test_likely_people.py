"""People whom no number pairs: asked about with the evidence, never accused, undecided where two may be meant."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from books import IDS, Book, Row, found, household, judge_books, person, run_of
from fupin_audit.engine.run import Judgement
from fupin_audit.results.finding import Finding
from fupin_audit.results.pair_evidence import PairEvidence

BIRTH, NUMBER = "1970-03-05", IDS[0]
NO_NUMBER = {"证件号码": "", "出生日期": BIRTH, "性别": "男", "姓名": "张小芳"}
BROKEN = NUMBER[:-2] + "99"  # no valid number, and more than a slip away from his


def listed(name: str = "张小方", number: str = NUMBER, **fields: str) -> Row:
    return {"姓名": name, "证件号码": number, "乡镇": "柳林镇", "村": "东沟村", "状态": "正常", **fields}


def judged(folder: Path, rules: list[str], people: Book, **books: Book) -> Judgement:
    return judge_books(folder, {"户": [household("1")], "人口": people, **books}, rules)


def asked(folder: Path, people: Book, roll: Book) -> list[Finding]:
    return found(judged(folder, ["DEP-02"], people, 低保=roll), "DEP-02")


def test_who_lacks_a_number_is_found_and_asked_about(tmp_path: Path) -> None:
    (finding,) = asked(tmp_path, [person("1", 0, **NO_NUMBER)], [listed()])
    assert finding.message == "系统的张小芳与低保的张小方很可能是同一人，号码对不上或没有有效号码"
    assert [at.field for at in finding.locations] == ["证件号码", "姓名", "证件号码", "姓名"]
    assert finding.locations[0].ledger == "人口"
    assert finding.severity.label == "疑点"


def test_the_evidence_stands_beside_it_masked(tmp_path: Path) -> None:
    (finding,) = asked(tmp_path, [person("1", 0, **NO_NUMBER)], [listed()])
    pair = finding.pair
    assert pair is not None
    assert (pair.ours, pair.theirs) == ("系统", "低保")
    assert [(line.field, line.ours, line.theirs, line.agreement) for line in pair.lines] == [
        ("姓名", "张小芳", "张小方", "同音、近音或形近"),
        ("出生", "1970-**-**", "1970-**-**", "相同"),
        ("性别", "男", "男", "相同"),
        ("村", "柳林镇东沟村", "柳林镇东沟村", "同村"),
    ]
    assert pair.total == pytest.approx(pair.start + sum(line.bits for line in pair.lines))
    assert pair.odds == pytest.approx(2**pair.total, rel=0.05)
    assert pair.words.startswith("这样相合的，约")
    assert pair.words.endswith("不是同一人")
    assert BIRTH not in str(finding)
    assert NUMBER not in str(finding)


SAME: Mapping[str, tuple[Row, Row]] = {
    "no number in the system": (NO_NUMBER, listed()),
    "a broken number in the roll": ({"姓名": "张小芳"}, listed(number=BROKEN)),
    "no number at all, and a wrong digit of the day": (
        {**NO_NUMBER, "证件号码": NUMBER[:17], "出生日期": "1970-03-06"},
        listed("张小芳"),
    ),
}
OTHERS: Mapping[str, tuple[Row, Row]] = {
    "two valid numbers": ({"姓名": "张小芳"}, listed("张小芳", "990101197003050074")),
    "another name": (NO_NUMBER, listed("李四")),
    "another day": ({**NO_NUMBER, "出生日期": "1985-11-20"}, listed("张小芳")),
    "nothing but the name": ({**NO_NUMBER, "出生日期": "", "性别": ""}, listed("张小芳", "")),
    "struck off": ({**NO_NUMBER, "成员状态": "死亡"}, listed()),
}


@pytest.mark.parametrize("what", SAME)
def test_asked_about(what: str, tmp_path: Path) -> None:
    ours, theirs = SAME[what]
    (finding,) = asked(tmp_path, [person("1", 0, **ours)], [theirs])
    assert finding.pair is not None


@pytest.mark.parametrize("what", OTHERS)
def test_left_alone(what: str, tmp_path: Path) -> None:
    ours, theirs = OTHERS[what]
    assert asked(tmp_path, [person("1", 0, **ours)], [theirs]) == []


def test_a_number_that_is_nearly_the_same_is_told_once_and_with_the_evidence(tmp_path: Path) -> None:
    slip = NUMBER[:16] + "25"
    (finding,) = asked(tmp_path, [person("1", 0, 姓名="张小芳")], [listed("张小芳", slip)])
    assert "证件号码只差一点" in finding.message
    assert isinstance(finding.pair, PairEvidence)


def test_two_who_may_be_meant_are_left_alone(tmp_path: Path) -> None:
    people = [person("1", 0, **NO_NUMBER), person("1", 1, **{**NO_NUMBER, "证件号码": BROKEN})]
    assert asked(tmp_path, people, [listed("张小芳")]) == []


def test_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    people = [person("1", 0, **NO_NUMBER), *(person("1", at, 出生日期="", 性别="") for at in range(1, 5))]
    rolls = [listed(), listed("李四", IDS[1]), listed("王五", IDS[4])]
    (there,), (back,) = asked(tmp_path, people, rolls), asked(tmp_path, people[::-1], rolls[::-1])
    assert (there.fingerprint, there.pair) == (back.fingerprint, back.pair)


def verdicts(folder: Path, people: Book, roll: Book) -> tuple[int, int, int]:
    counts = run_of(judged(folder, ["TGT-08"], people, 低保=roll, 监测对象=MONITORED), "TGT-08").counts
    return counts.passed, counts.failed, counts.undecided


MONITORED = [{"户编号": "9", "户主姓名": "周海", "户主证件号码": IDS[6], "监测类别": "脱贫不稳定户"}]
POOR = {"保障类别": "农村低保"}


def test_who_is_registered_without_a_number_is_not_said_to_be_missing(tmp_path: Path) -> None:
    assert verdicts(tmp_path, [person("1", 0, **NO_NUMBER)], [listed(**POOR)]) == (0, 0, 1)
    assert verdicts(tmp_path, [person("1", 1)], [listed(**POOR)]) == (0, 1, 0)


def test_nor_is_who_may_be_one_of_two(tmp_path: Path) -> None:
    people = [person("1", 0, **NO_NUMBER), person("1", 1, **{**NO_NUMBER, "证件号码": BROKEN})]
    assert verdicts(tmp_path, people, [listed(**POOR)]) == (0, 0, 1)


def lives_alone(folder: Path, *others: Row) -> list[Finding]:
    register = [listed(户号="H1", 与户主关系="户主", 人员状态="正常"), *others]
    return found(judged(folder, ["HH-08"], [person("1", 0, **NO_NUMBER)], 户籍=register), "HH-08")


def test_whose_wife_stands_on_a_register_that_is_likely_his(tmp_path: Path) -> None:
    wife = listed("李梅", IDS[1], 户号="H1", 与户主关系="配偶", 人员状态="正常")
    (finding,) = lives_alone(tmp_path, wife)
    assert "（李梅）；户口簿上没有对得上的号码" in finding.message
    assert finding.pair is not None
    assert finding.pair.theirs == "户籍"
    assert finding.severity.label == "疑点"


def test_a_register_that_is_likely_his_clears_nobody(tmp_path: Path) -> None:
    register = [listed(户号="H1", 与户主关系="户主", 人员状态="正常")]
    run = run_of(judged(tmp_path, ["HH-08"], [person("1", 0, **NO_NUMBER)], 户籍=register), "HH-08")
    assert (run.counts.passed, run.counts.failed, run.counts.undecided) == (0, 0, 1)
