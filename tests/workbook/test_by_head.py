"""A list that knows households by their heads' ID numbers alone is joined to the system's by these."""

from __future__ import annotations

from pathlib import Path

import pytest
from layouts import write

from books import AS_OF, Row, write_books
from county_books import households, rows
from fupin_audit import audit
from fupin_audit.workbook.loading import load

TITLES = ("户", "人口", "监测对象")
NUMBER, HEAD = "户编号", "户主证件号码"


def books() -> dict[str, list[Row]]:
    return rows(households(4), TITLES)


def without_numbers(found: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """The monitored households as a village's list has them."""
    return {**found, "监测对象": [{k: v for k, v in row.items() if k != NUMBER} for row in found["监测对象"]]}


def written(folder: Path, found: dict[str, list[Row]]) -> Path:
    folder.mkdir()
    write_books(folder, found)
    return folder


def test_every_household_has_its_number(tmp_path: Path) -> None:
    found = books()
    delivery = load([written(tmp_path / "县", without_numbers(found))])
    table = delivery.tables["监测对象"]
    assert table.data.column(NUMBER).to_pylist() == [row[NUMBER] for row in found["监测对象"]]
    assert not table.has(NUMBER).any()  # no cell is to be mended in it
    (sheet,) = (item for item in delivery.inputs if item.ledgers == ("监测对象",))
    assert any(note.endswith("里认户") for note in sheet.notes)
    assert sheet.caveats == ()


@pytest.mark.parametrize("lost", ["nobody", "of two households"])
def test_a_head_whose_household_is_not_known_is_told(lost: str, tmp_path: Path) -> None:
    found = without_numbers(books())
    first, second = found["监测对象"][:2]
    if lost == "nobody":
        found["监测对象"][0] = {**first, HEAD: "990101199001010018"}
    else:
        found["户"] = [
            {**row, HEAD: first[HEAD]} if row[HEAD] == second[HEAD] else row for row in found["户"]
        ]
    delivery = load([written(tmp_path / "县", found)])
    numbers = delivery.tables["监测对象"].data.column(NUMBER).to_pylist()
    assert numbers[0] is None
    assert None not in numbers[2:]
    (sheet,) = (item for item in delivery.inputs if item.ledgers == ("监测对象",))
    assert [text.partition("：")[2] for text in sheet.caveats] == [
        f"{len(numbers)}行里有{numbers.count(None)}行认不出，只按本表核对"
    ]


def test_two_tables_of_one_sheet_are_told_of_together(tmp_path: Path) -> None:
    found = without_numbers(books())
    register = {title: found[title] for title in ("户", "人口")}
    folder = written(tmp_path / "县", register)
    listed = [[*found["监测对象"][0]], *([*row.values()] for row in found["监测对象"])]
    rest = [*zip(*listed, strict=True), ["联系电话", *[""] * (len(listed) - 1)]]  # another header
    write(folder / "监测对象.xlsx", {"甲": [*listed, [], *map(list, zip(*rest, strict=True))]})
    delivery = load([folder])
    tables = [item for item in delivery.inputs if item.file == "监测对象.xlsx"]
    assert [item.ledgers for item in tables] == [("监测对象",)] * 2
    assert None not in delivery.tables["监测对象"].data.column(NUMBER).to_pylist()
    assert all(any(note.endswith("里认户") for note in item.notes) for item in tables)


@pytest.mark.parametrize(
    ("title", "wrong", "rule"),
    [("收入调查表", {"家庭人口": "9"}, "CRD-04"), ("帮扶责任人", {"帮扶人": ""}, "CEL-03")],
)
def test_of_a_list_kept_by_hand_the_same_is_found_as_with_the_numbers(
    title: str, wrong: Row, rule: str, tmp_path: Path
) -> None:
    """Incomes of a survey and who helps whom, by the heads' names and ID numbers."""
    found = rows(households(4), ("户", "人口", "户年度", title))
    heads = {row[NUMBER]: {name: row[name] for name in (HEAD, "户主姓名")} for row in found["户"]}
    listed: list[Row] = [{**row, **heads[row[NUMBER]], **wrong} for row in found[title]]
    bare: list[Row] = [{name: text for name, text in row.items() if name != NUMBER} for row in listed]
    told = [
        {(item.rule, item.household, item.message) for item in audit(folder, as_of=AS_OF).records}
        for folder in (
            written(tmp_path / "一", {**found, title: listed}),
            written(tmp_path / "二", {**found, title: bare}),
        )
    ]
    assert told[0] == told[1]
    assert {household for found_by, household, _ in told[1] if found_by == rule} == {
        row[NUMBER] for row in listed
    }


def test_the_same_is_found_as_with_the_numbers(tmp_path: Path) -> None:
    found = books()
    found["监测对象"] = [{**row, "家庭人口": "9"} for row in found["监测对象"]]
    told = [
        {(item.rule, item.household, item.message) for item in audit(folder, as_of=AS_OF).records}
        for folder in (written(tmp_path / "一", found), written(tmp_path / "二", without_numbers(found)))
    ]
    assert told[0] == told[1]
    assert any(rule.startswith("MON") for rule, *_ in told[0])
