"""A list of monitored households that names their members says of 户 and 人口 who these are, and nothing else."""

from __future__ import annotations

from pathlib import Path

from books import AS_OF, IDS, Row, found, household, only, person, write_csv
from fupin_audit.engine.run import Judgement, judge_delivery
from fupin_audit.workbook.loading import load

HERE, THERE, ELSEWHERE = "990101000001", "990101000002", "990101000003"


def monitored(number: str, order: int, **fields: str) -> Row:
    """A member of a monitored household, as a slim export of monitored households has it."""
    return {
        **person(number, order, 与户主关系="户主"),
        "县": "清河县", "乡镇": "柳林镇", "村": "东沟村", "户主姓名": "钱安", "户主证件号码": IDS[order],
        "家庭人口": "1", "健康状况": "健康", "监测对象类别": "边缘易致贫户", "致贫/返贫风险1": "因病", "识别监测时间": "202002", "风险是否已消除": "否",
        **fields,
    }  # fmt: skip


def deliver(
    folder: Path, *, households: list[Row], persons: list[Row], listed: list[Row], rule: str = "KEY-03"
) -> Judgement:
    """Judge the membership of persons in households, or what else is asked."""
    books = {"户.csv": households, "人口.csv": persons, "监测对象信息.csv": listed}
    for name, rows in books.items():
        if rows:
            write_csv(folder / name, rows)
    return judge_delivery(load([folder]), only((rule,)), AS_OF)


def test_its_households_are_registered(tmp_path: Path) -> None:
    judgement = deliver(
        tmp_path, households=[household(HERE)], persons=[person(HERE, 0)], listed=[monitored(THERE, 4)]
    )
    assert found(judgement, "KEY-03") == []


def test_others_still_have_to_be(tmp_path: Path) -> None:
    judgement = deliver(
        tmp_path,
        households=[household(HERE)],
        persons=[person(HERE, 0), person(ELSEWHERE, 1)],
        listed=[monitored(THERE, 4)],
    )
    assert [finding.household for finding in found(judgement, "KEY-03")] == [ELSEWHERE]


def test_alone_it_is_no_register(tmp_path: Path) -> None:
    judgement = deliver(tmp_path, households=[], persons=[person(ELSEWHERE, 1)], listed=[monitored(THERE, 4)])
    assert found(judgement, "KEY-03") == []


def test_nor_of_a_town_whose_register_was_not_delivered(tmp_path: Path) -> None:
    village = {
        "县": "清河县",
        "乡镇": "榆林镇",
        "村": "西沟村",
        "年度": "2020",
        "贫困村": "是",
        "贫困户数": "9",
        "贫困人口": "9",
    }
    write_csv(tmp_path / "村.csv", [village])
    judgement = deliver(
        tmp_path,
        households=[household(HERE)],
        persons=[person(HERE, 0)],
        listed=[monitored(THERE, 4, 乡镇="榆林镇", 村="西沟村", 监测对象类别="脱贫不稳定户")],
        rule="VIL-01",
    )
    assert found(judgement, "VIL-01") == []
