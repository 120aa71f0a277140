"""Several columns of one field: each says its part, a blank one says nothing, a bad one is cited at its own cell."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from layouts import Rows, id_number, row, write

from fupin_audit.delivery import Delivery, LedgerTable, OtherCell
from fupin_audit.ledgers.types.text import BLANK_WORDS
from fupin_audit.workbook.formats.grid import letter
from fupin_audit.workbook.loading import load

RISKS = ("致贫/返贫风险1", "致贫/返贫风险2", "致贫/返贫风险3")
HEADER = ["户编号", "户主姓名", "户主证件号码", "监测对象类别", *RISKS, "识别监测时间", "风险是否已消除",
          "姓名", "人编号", "证件号码", "与户主关系", "健康状况"]  # fmt: skip


def member(order: int, risks: Sequence[str | None]) -> list[object]:
    return row(
        HEADER,
        户编号="990101000001", 户主姓名="赵甲", 户主证件号码=id_number("19600305", 1), 监测对象类别="边缘易致贫户", 识别监测时间="202102", 风险是否已消除="否", 姓名="赵" + "甲乙"[order], 人编号=f"99010100000{order}", 证件号码=id_number("19600305", order + 1), 与户主关系=("户主", "配偶")[order],
        **dict(zip(RISKS, risks, strict=True)),
    )  # fmt: skip


def monitored(folder: Path, *risks: Sequence[str | None]) -> LedgerTable:
    return delivered(folder, [HEADER, *(member(order, said) for order, said in enumerate(risks))]).tables[
        "监测对象"
    ]


def delivered(folder: Path, rows: Rows) -> Delivery:
    return load([write(folder / "监测对象2021.xlsx", {"Sheet1": rows})])


@pytest.mark.parametrize("blank", sorted(BLANK_WORDS - {""}))
def test_a_blank_word_is_no_part_of_the_value(tmp_path: Path, blank: str) -> None:
    table = monitored(tmp_path, ("缺劳动力", blank, None))
    assert table.data.column("风险").to_pylist() == ["缺劳动力"]
    assert table.problems == ()


def test_all_blank_is_blank(tmp_path: Path) -> None:
    table = monitored(tmp_path, ("-", "/", "—"))
    assert table.data.column("风险").to_pylist() == [None]
    assert table.problems == ()


def test_the_same_parts_are_the_same_wherever_they_stand(tmp_path: Path) -> None:
    parts = ["缺劳动力", "因病", "-"]
    shuffled = random.Random(4).sample(parts, len(parts))
    table = monitored(tmp_path, parts, shuffled)
    assert table.data.num_rows == 1
    assert table.problems == ()


def test_a_bad_part_is_told_at_its_own_cell(tmp_path: Path) -> None:
    table = monitored(tmp_path, ("因病", "-", "因懒惰"), ("因病", None, "因懒惰"))
    (problem,) = table.problems
    place = letter(HEADER.index(RISKS[2]))
    assert (problem.rule, problem.field) == ("CEL-04", "风险")
    assert problem.cell == OtherCell(0, 2, "风险", "因懒惰", place)
    assert problem.others == (OtherCell(0, 3, "风险", "因懒惰", place),)
    assert table.data.column("风险").to_pylist() == [None]
    assert table.address(0, "风险")[2] == "因病"


def test_two_bad_parts_are_two_problems(tmp_path: Path) -> None:
    table = monitored(tmp_path, ("因懒惰", "因懒", "因病"))
    cells = [(problem.cell.letter if problem.cell else "") for problem in table.problems]
    assert cells == ["", letter(HEADER.index(RISKS[1]))]


def test_an_error_in_a_further_column_is_told_at_its_own_cell(tmp_path: Path) -> None:
    (problem,) = monitored(tmp_path, ("因病", "#REF!", None)).problems
    assert problem.rule == "CEL-09"
    assert problem.cell == OtherCell(0, 2, "风险", "#REF!", letter(HEADER.index(RISKS[1])))
