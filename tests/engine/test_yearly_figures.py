"""KEY-12: a household's record and its account of the audit year say the same of it."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from books import AS_OF, found, household, only, person, write_csv
from fupin_audit.engine.run import judge_delivery
from fupin_audit.results.finding import Finding
from fupin_audit.workbook.loading import load
from fupin_audit.workbook.recognising.recognition import Designation

HERE = "990101000001"
ACCOUNT = {
    "户编号": HERE, "年度": "2020", "家庭人口": "2", "工资性收入": "12000", "生产经营性收入": "4000", "财产性收入": "0",
    "转移性收入": "2000", "生产经营性支出": "2000", "纯收入": "16000", "人均纯收入": "8000",
}  # fmt: skip


def contradictions(folder: Path, account: dict[str, str], *, record: str = "户.csv") -> list[Finding]:
    write_csv(folder / record, [household(HERE, 人均纯收入="8000")])
    write_csv(folder / "收支.csv", [ACCOUNT | account])
    write_csv(folder / "人口.csv", [person(HERE, 0), person(HERE, 1)])
    designations = [
        Designation("户", record),
        Designation("户年度", "收支.csv"),
        Designation("人口", "人口.csv"),
    ]
    return found(
        judge_delivery(load([folder], designations=designations), only(("KEY-12",)), AS_OF), "KEY-12"
    )


def test_both_cells_are_cited(tmp_path: Path) -> None:
    (finding,) = contradictions(tmp_path, {"人均纯收入": "9000"})
    assert {(at.file, at.field, at.value) for at in finding.locations} == {
        ("户.csv", "人均纯收入", "8000"),
        ("收支.csv", "人均纯收入", "9000"),
    }
    assert finding.household == HERE
    assert finding.message == "户的人均纯收入在几处写得不一样：“8000”，户年度2020年为9000"


def test_the_size_of_the_household_counts_too(tmp_path: Path) -> None:
    (finding,) = contradictions(tmp_path, {"家庭人口": "3"})
    assert finding.fields == {"家庭人口": "2"}


@pytest.mark.parametrize(
    ("account", "record"),
    [
        pytest.param({}, "户.csv", id="the same"),
        pytest.param({"人均纯收入": "8000.33"}, "户.csv", id="rounded"),
        pytest.param({"人均纯收入": ""}, "户.csv", id="blank"),
        pytest.param({"年度": "2019", "人均纯收入": "9000"}, "户.csv", id="an earlier year"),
        pytest.param({"人均纯收入": "9000"}, "户2019.csv", id="a record of an earlier year"),
    ],
)
def test_no_contradiction(tmp_path: Path, account: dict[str, str], record: str) -> None:
    assert contradictions(tmp_path, account, record=record) == []


def test_accounts_of_many_years_are_looked_up(tmp_path: Path) -> None:
    """A number that repeats so often is kept in another way."""
    accounts = [ACCOUNT | {"年度": str(year), "人均纯收入": "9000"} for year in range(2011, 2021)]
    write_csv(tmp_path / "户.csv", [household(HERE, 人均纯收入="8000")])
    write_csv(tmp_path / "收支.csv", accounts)
    designations = [Designation("户", "户.csv"), Designation("户年度", "收支.csv")]
    delivery = load([tmp_path], designations=designations)
    assert pa.types.is_dictionary(delivery.tables["户年度"].data["户编号"].type)
    assert len(found(judge_delivery(delivery, only(("KEY-12",)), AS_OF), "KEY-12")) == 1


def test_what_two_sheets_contradict_already_is_said_once(tmp_path: Path) -> None:
    write_csv(tmp_path / "户2.csv", [household(HERE, 人均纯收入="7000")])
    write_csv(tmp_path / "户.csv", [household(HERE, 人均纯收入="8000")])
    write_csv(tmp_path / "收支.csv", [ACCOUNT | {"人均纯收入": "9000"}])
    designations = [
        Designation("户", "户2.csv"),
        Designation("户", "户.csv"),
        Designation("户年度", "收支.csv"),
    ]
    judgement = judge_delivery(load([tmp_path], designations=designations), only(("KEY-12",)), AS_OF)
    assert len(found(judgement, "KEY-12")) == 1
