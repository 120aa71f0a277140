"""The monitoring export of 2021 on: 177 columns and more, two title rows, the flags again under 风险消除后."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from layouts import MONITORED, Rows, id_number, read

from fupin_audit.workbook.formats.grid import letter

_FIRST, _LAST = MONITORED.index("是否义务教育阶段适龄儿童少年失学辍学"), MONITORED.index("风险是否已消除")
AFTER = [*MONITORED[_FIRST:_LAST], "工资性收入", "纯收入", "人均纯收入"]
MEASURES = ["产业帮扶", "就业帮扶", "金融帮扶", "住房安全保障", "健康帮扶", "综合保障"]
INCOMES = [
    "工资性收入",
    "生产经营性收入",
    "财产性收入",
    "转移性收入",
    "生产经营性支出",
    "纯收入",
    "人均纯收入",
]
BEFORE = [*MONITORED, *MEASURES, *INCOMES]
WIDTH = 177
CHOSEN = [f"自选列{number}" for number in range(WIDTH - len(BEFORE) - len(AFTER))]
TITLES: Rows = [["清河县防止返贫监测对象信息表"], ["导出时间：2022-12-31"]]
HEAD = id_number("19700305", 1)
SAID = {
    "县": "清河县", "乡": "清河镇", "村": "东村", "户编号": "990101000001", "人口编号": "99010100000101", "姓名": "赵甲",
    "证件号码": HEAD, "年度": "2022", "与户主关系": "户主", "户主姓名": "赵甲", "户主证件号码": HEAD,
    "监测对象类别": "脱贫不稳定户", "致贫/返贫风险1": "因安全住房", "致贫/返贫风险2": "因病", "是否住房出现安全问题": "是",
    "风险是否已消除": "是", "识别监测时间": "202201", "消除监测时间": "202209", "风险消除方式": "帮扶消除", "人均纯收入": "5000",
}  # fmt: skip
SAID_AFTER = {"是否住房出现安全问题": "否", "人均纯收入": "9000"}
ROW = [SAID.get(name) for name in BEFORE] + [None] * len(CHOSEN) + [SAID_AFTER.get(name) for name in AFTER]


def merged() -> tuple[Rows, list[str]]:
    """The prefix in a merged cell above the repeated names."""
    start = len(BEFORE) + len(CHOSEN)
    above = [None] * start + ["风险消除后"]
    area = f"{letter(start)}3:{letter(WIDTH - 1)}3"
    return [*TITLES, above, [*BEFORE, *CHOSEN, *AFTER], ROW], [area]


def joined() -> tuple[Rows, list[str]]:
    """The prefix before each repeated name."""
    return [*TITLES, [*BEFORE, *CHOSEN, *("风险消除后" + name for name in AFTER)], ROW], []


@pytest.mark.parametrize("layout", [merged, joined], ids=["merged", "joined"])
def test_flags_before_and_after_are_told_apart(
    layout: Callable[[], tuple[Rows, list[str]]], tmp_path: Path
) -> None:
    rows, areas = layout()
    tables = read(tmp_path, rows, merged=areas).tables
    (found,) = tables["监测对象"].data.to_pylist()
    said = {name: value for name, value in found.items() if value is not None}
    assert (said["住房安全问题"], said["消除后住房安全问题"], said["消除后人均纯收入"]) == (
        True,
        False,
        9000.0,
    )
    assert (said["风险"], said["风险消除"], said["消除方式"]) == ("因病、因安全住房", True, "帮扶消除")
    (year,) = tables["户年度"].data.to_pylist()
    assert year["人均纯收入"] == 5000.0
    assert tables["人口"].data.num_rows == tables["户"].data.num_rows == 1
