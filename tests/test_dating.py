"""The date an audit is judged at, where nobody names one and no list of households does."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from books import IDS, write_csv
from fupin_audit.dating import best_guess
from fupin_audit.errors import UsageError
from fupin_audit.workbook.loading import load

INSURED = {"姓名": "张安", "证件号码": IDS[0], "参保身份": "脱贫人口", "社区名称": "榆树村"}
MEASURE = {"户编号": "1", "姓名": "张安", "身份证": IDS[0], "雨露计划": "3000", "助学金": "", "年份": "2022"}


@pytest.mark.parametrize(
    ("file", "row", "found"),
    [
        ("居民医保参保登记2023.csv", INSURED, (date(2023, 12, 31), "医保参保的年度")),
        ("教育扶持信息.csv", MEASURE, (date(2022, 12, 31), "帮扶措施的年度")),
    ],
)
def test_a_year_that_any_list_names_is_better_than_none(
    file: str, row: dict[str, str], found: tuple[date, str], tmp_path: Path
) -> None:
    write_csv(tmp_path / file, [row])
    assert best_guess(load([tmp_path])) == found


def test_where_nothing_is_dated_the_date_is_asked_for(tmp_path: Path) -> None:
    write_csv(tmp_path / "居民医保参保登记.csv", [INSURED])
    with pytest.raises(UsageError, match="没有能定截止日期的年度或日期"):
        best_guess(load([tmp_path]))
