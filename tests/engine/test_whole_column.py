"""A column that most rows of a county leave blank is told once, of the county."""

from __future__ import annotations

from pathlib import Path

import pytest

from books import Row, found, household, judge_books

RULE, FIELD = "MON-21", "消除后人均纯收入"


def cleared(number: int, income: str, county: str) -> Row:
    """A monitored household whose risk is cleared."""
    home = household(str(number), 县=county)
    named = {
        name: home[name] for name in ("户编号", "户主姓名", "户主证件号码", "县", "乡镇", "村", "家庭人口")
    }
    said = {
        "监测类别": "脱贫不稳定户",
        "风险": "因病",
        "识别年月": "202003",
        "风险消除": "是",
        "消除年月": "202010",
    }
    return {**named, **said, FIELD: income}


@pytest.mark.parametrize(
    ("blank", "households"),
    [(1, ["1"]), (2, ["1", "2"]), (3, [""]), (4, [""])],
    ids=["one", "half", "most", "all"],
)
def test_most_blank_is_told_once(blank: int, households: list[str], tmp_path: Path) -> None:
    rows = [cleared(number, "" if number <= blank else "9000", "清河县") for number in range(1, 5)]
    told = found(judge_books(tmp_path, {"监测对象": rows}, [RULE]), RULE)
    assert [finding.household for finding in told] == households
    assert {finding.place.county for finding in told} == {"清河县"}
    assert all(finding.locations[0].field == FIELD for finding in told)
    if households == [""]:
        assert told[0].message == f"风险已消除的4户里有{blank}户没有填{FIELD}，多半是整列没有填"
        assert told[0].place.village == ""


def test_a_county_is_not_judged_by_another(tmp_path: Path) -> None:
    most = [cleared(number, "" if number < 4 else "9000", "清河县") for number in range(1, 5)]
    one = [cleared(number, "" if number < 6 else "9000", "石桥县") for number in range(5, 9)]
    told = found(judge_books(tmp_path, {"监测对象": [*most, *one]}, [RULE]), RULE)
    assert sorted((finding.place.county, finding.household) for finding in told) == [
        ("清河县", ""),
        ("石桥县", "5"),
    ]
