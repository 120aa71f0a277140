"""A required field is asked of the sheets that have its column, and a finding cites no cell that is not the field's."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from books import AS_OF, Row, found, household, only, person, run_of, write_csv
from fupin_audit.engine.run import Judgement, judge_delivery
from fupin_audit.workbook.loading import load
from fupin_audit.workbook.recognising.recognition import Designation

HERE, THERE = "990101000001", "990101000002"


def judged(folder: Path, rules: tuple[str, ...], *sheets: Row) -> Judgement:
    """The ledger 户 of several files, each of one household."""
    for number, row in enumerate(sheets):
        write_csv(folder / f"{number}.csv", [row])
    write_csv(folder / "人口.csv", [person(HERE, 0), person(THERE, 1)])
    designations = [Designation("户", f"{number}.csv") for number in range(len(sheets))]
    delivery = load([folder], designations=[*designations, Designation("人口", "人口.csv")])
    return judge_delivery(delivery, only(rules), AS_OF)


def without(row: Row, *names: str) -> Row:
    return {name: text for name, text in row.items() if name not in names}


def test_a_sheet_without_the_column_is_not_asked_for_it(tmp_path: Path) -> None:
    other = without(household(THERE), "脱贫属性", "主要致贫原因")
    judgement = judged(tmp_path, ("CEL-03",), household(HERE), other)
    assert found(judgement, "CEL-03") == []
    alone = judged(tmp_path, ("CEL-03",), household(HERE), household(THERE))
    assert run_of(alone, "CEL-03").counts.passed - run_of(judgement, "CEL-03").counts.passed == 2


def test_a_blank_cell_of_a_sheet_with_the_column_is_asked_for(tmp_path: Path) -> None:
    other = without(household(THERE), "主要致贫原因")
    judgement = judged(tmp_path, ("CEL-03",), household(HERE, 脱贫属性=""), other)
    (finding,) = found(judgement, "CEL-03")
    assert (finding.household, [place.file for place in finding.locations]) == (HERE, ["0.csv"])


def test_of_two_sheets_of_one_household_the_one_with_the_column_is_asked(tmp_path: Path) -> None:
    again = without(household(HERE), "脱贫属性")
    judgement = judged(tmp_path, ("CEL-03",), again, household(HERE, 脱贫属性=""))
    (finding,) = found(judgement, "CEL-03")
    assert [place.file for place in finding.locations] == ["1.csv"]


def test_what_a_rule_asks_for_is_asked_of_the_sheets_that_have_its_column(tmp_path: Path) -> None:
    write_csv(tmp_path / "户.csv", [household(HERE), household(THERE)])
    write_csv(tmp_path / "人口1.csv", [person(HERE, 0, 文化程度="", 在校生状况="")])
    write_csv(tmp_path / "人口2.csv", [person(THERE, 1)])
    designations = [
        Designation("户", "户.csv"),
        *(Designation("人口", f"人口{number}.csv") for number in (1, 2)),
    ]
    delivery = load([tmp_path], designations=designations)
    judgement = judge_delivery(delivery, only(("EDU-19",)), date(2021, 12, 31))
    assert [finding.household for finding in found(judgement, "EDU-19")] == [HERE]
    assert run_of(judgement, "EDU-19").counts.undecided == 1
