"""An earlier 整改台账 written anew: nothing people typed into it is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from filled_ledger import ALL, HEADER, columns, fill, row_of, rows
from fupin_audit.errors import UsageError
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Finding
from fupin_audit.results.place import Location
from fupin_audit.tasks.carrying_over import write_ledger

GONE = "已不再发现"


@pytest.fixture
def ledger(county: AuditResult, tmp_path: Path) -> Path:
    """The 整改台账 of the county, as it is sent to the villages."""
    path = tmp_path / "整改台账.xlsx"
    write_ledger(county, path, county)
    return path


def rewritten(result: AuditResult, path: Path, whole: AuditResult | None = None) -> openpyxl.Workbook:
    write_ledger(result, path, whole or result)
    return openpyxl.load_workbook(path)


FILLED = {
    "整改状态": "已整改",
    "整改说明": "入户核实\n已更正",
    "核实人": "钱七",
    "完成日期": date(2021, 3, 5),
}


@pytest.mark.parametrize("sheet", [ALL, "东关村"])
def test_what_is_typed_into_either_sheet_stands_in_both(
    county: AuditResult, ledger: Path, sheet: str
) -> None:
    key = list(rows(openpyxl.load_workbook(ledger)["东关村"]))[1]
    assert fill(ledger, sheet, row_of(ledger, sheet, key), FILLED) == key
    book = rewritten(county, ledger)
    for name in (ALL, "东关村"):
        row = rows(book[name])[key]
        assert {heading: row[heading] for heading in FILLED} == {**FILLED, "完成日期": datetime(2021, 3, 5)}
    assert GONE not in book.sheetnames


def test_a_date_stays_a_date(county: AuditResult, ledger: Path) -> None:
    fill(ledger, ALL, 1, {"完成日期": date(2021, 3, 5)})
    fill(ledger, ALL, 2, {"完成日期": "三月底"})
    sheet = rewritten(county, ledger)[ALL]
    cells = [sheet.cell(HEADER + row, columns(sheet)["完成日期"]) for row in (1, 2)]
    assert [cell.value for cell in cells] == [datetime(2021, 3, 5), "三月底"]
    assert cells[0].number_format == "yyyy-mm-dd"


def test_nothing_typed_is_nothing_changed(county: AuditResult, ledger: Path) -> None:
    before = ledger.read_bytes()
    write_ledger(county, ledger, county)
    assert ledger.read_bytes() == before


def test_what_people_typed_is_carried_over_as_it_is(county: AuditResult, ledger: Path) -> None:
    typed = {"整改说明": "换证：990101197003050015，电话13800000000", "备注": "  空格 "}
    key = fill(ledger, "东关村", 1, typed)
    row = rows(rewritten(county, ledger)["东关村"])[key]
    assert {heading: row[heading] for heading in typed} == typed


def test_our_own_columns_say_what_is_found_now(county: AuditResult, ledger: Path) -> None:
    first = county.records[1]
    now = replace(county, records=(county.records[0], replace(first, message="另一句"), *county.records[2:]))
    assert rows(rewritten(now, ledger)[ALL])[first.fingerprint]["问题"] == "另一句"


@pytest.mark.parametrize(
    ("heading", "typed", "both"),
    [
        ("整改状态", ("未整改", "整改中"), "整改中"),
        ("整改状态", ("已销号", "整改中"), "已销号"),
        ("整改状态", ("不属实", "整改中"), "不属实；整改中"),
        ("整改说明", ("已改", "已改"), "已改"),
        ("整改说明", ("已改", None), "已改"),
        ("整改说明", ("户主不在", "已改"), "户主不在；已改"),
    ],
)
def test_two_sheets_that_disagree_lose_neither(
    county: AuditResult, ledger: Path, heading: str, typed: tuple[str, str | None], both: str
) -> None:
    key = fill(ledger, "东关村", 1, {heading: typed[1]})
    assert fill(ledger, ALL, row_of(ledger, ALL, key), {heading: typed[0]}) == key
    book = rewritten(county, ledger)
    assert {rows(book[name])[key][heading] for name in (ALL, "东关村")} == {both}


def test_columns_of_their_own_come_along(county: AuditResult, ledger: Path) -> None:
    key = fill(ledger, "东关村", 1, {"备注": "待复核", "": "旁注"})
    book = rewritten(rewritten_twice(county, ledger), ledger)
    for name in (ALL, "东关村"):
        row = rows(book[name])[key]
        assert "待复核" in row.values()
        assert "旁注" in row.values()
        assert list(row)[-1] == "指纹"
    assert "备注" in rows(book["西沟村"]).popitem()[1]


def rewritten_twice(result: AuditResult, path: Path) -> AuditResult:
    """Writes once more before the next time: carrying over twice is carrying over once."""
    write_ledger(result, path, result)
    return result


def test_what_is_found_no_more_moves_with_all_that_was_typed(county: AuditResult, ledger: Path) -> None:
    key = fill(ledger, ALL, 2, FILLED)
    now = without(county, key)
    book = rewritten(now, ledger)
    assert key not in rows(book[ALL])
    row = rows(book[GONE])[key]
    assert (row["本次情况"], row["整改状态"], row["整改说明"]) == ("没有再发现", "已整改", FILLED["整改说明"])
    assert row["问题"] == rows(rewritten(now, ledger)[GONE])[key]["问题"]
    back = rewritten(county, ledger)
    assert GONE not in back.sheetnames
    assert rows(back[ALL])[key]["核实人"] == "钱七"


def test_it_says_why_a_row_is_gone(county: AuditResult, ledger: Path) -> None:
    stopped = tuple(
        replace(run, status="not_checked") if run.id == "INC-02" else run for run in county.rules_run
    )
    kept = tuple(finding for finding in county.records if finding.rule not in {"INC-02", "KEY-05"})
    whole = replace(
        county, records=(*kept, *(f for f in county.records if f.rule == "KEY-05")), rules_run=stopped
    )
    shown = replace(whole, records=kept, filtered="规则=…")
    why = {row["规则"]: row["本次情况"] for row in rows(rewritten(shown, ledger, whole)[GONE]).values()}
    assert why == {"INC-02": "规则这次没有检查", "KEY-05": "在筛选之外"}


def test_a_row_without_its_fingerprint_is_kept(county: AuditResult, ledger: Path) -> None:
    fill(ledger, "东关村", 1, {"指纹": None, "整改说明": "手写的一行"})
    kept = rows(rewritten(county, ledger)[GONE])
    assert [row["整改说明"] for row in kept.values()] == ["手写的一行"]


def test_a_sheet_of_their_own_is_not_lost(county: AuditResult, ledger: Path) -> None:
    book = openpyxl.load_workbook(ledger)
    book.create_sheet("我的笔记")["A1"] = "别丢"
    book.create_sheet("空表")
    book.save(ledger)
    before = ledger.read_bytes()
    with pytest.raises(UsageError, match="“我的笔记”不是本程序写的"):
        write_ledger(county, ledger, county)
    assert ledger.read_bytes() == before


def test_what_is_typed_beside_three_books_comes_along(county: AuditResult, tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    told = replace(county, records=(*county.records, unlike(county.records[0])))
    write_ledger(told, path, told)
    book = openpyxl.load_workbook(path)
    sheet = book["三本账"]
    sheet.cell(HEADER + 1, columns(sheet)["核实结果"], "以系统为准")
    book.save(path)
    again = rewritten(told, path)["三本账"]
    assert again.cell(HEADER + 1, columns(again)["核实结果"]).value == "以系统为准"
    gone = rewritten(county, path)
    said = [row for row in gone[GONE].iter_rows(values_only=True) if "以系统为准" in row]
    assert len(said) == 1
    assert "三本账：家庭人口（系统 5，明白卡 4，扶贫手册 ）" in said[0]


def without(result: AuditResult, *keys: str) -> AuditResult:
    return replace(result, records=tuple(f for f in result.records if f.fingerprint not in keys))


def unlike(finding: Finding) -> Finding:
    """A finding in which the system and 明白卡 disagree."""
    cells = [
        Location("户.xlsx", "户", "J4", "5", "户", "家庭人口"),
        Location("卡.xlsx", "卡", "D2", "4", "明白卡", "家庭人口"),
    ]
    return replace(finding, household="99010100000001", locations=tuple(cells), fingerprint="CRD-01-x")
