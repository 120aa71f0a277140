"""The text of an error, as text files have it, is an error in every column."""

from __future__ import annotations

from pathlib import Path

import pytest
from layouts import people, person_rows, read

from books import household, person, write_csv
from fupin_audit.workbook.loading import load

ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", " #n/a ")


@pytest.mark.parametrize("text", ERRORS)
@pytest.mark.parametrize("field", ["姓名", "证件号码", "与户主关系", "健康状况", "务工时间", "户编号"])
def test_it_is_no_value(tmp_path: Path, field: str, text: str) -> None:
    sound = person("990101000001", 0, 健康状况="健康", 务工时间="3")
    write_csv(tmp_path / "人口.csv", [sound, {**sound, "人编号": "99010100000109", field: text}])
    table = load([tmp_path]).tables["人口"]
    assert table.data.column(field)[1].as_py() is None
    assert [(p.rule, p.row, p.field) for p in table.problems] == [("CEL-09", 1, field)]
    assert table.address(1, field)[2] == text.strip()


@pytest.mark.parametrize("text", ["#", "#1楼", "N/A#", "C#"])
def test_other_texts_with_that_sign_are_values(tmp_path: Path, text: str) -> None:
    write_csv(tmp_path / "户.csv", [household("990101000001", 村=text)])
    assert load([tmp_path]).tables["户"].data.column("村").to_pylist() == [text]


def test_an_error_repeated_on_the_members_is_told_once(tmp_path: Path) -> None:
    members = people(1)
    for each in members:
        each["联系电话"] = "#REF!"
    (problem,) = read(tmp_path, person_rows(*members)).tables["户"].problems
    assert (problem.rule, problem.field, len(problem.others)) == ("CEL-09", "联系电话", 2)
