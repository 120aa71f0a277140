"""The 整改台账, opened again and read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from fupin_audit.reports.findings import workbook
from fupin_audit.reports.findings.sheets.findings_sheet import COLUMNS, STATES, titles
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Finding, Severity
from fupin_audit.results.place import Place
from fupin_audit.writing.one_line import one_line
from invented import PLACES, clean_result, invented_result
from saved import saved

HEADER = 3


def written(result: AuditResult, folder: Path) -> Workbook:
    path = folder / "整改台账.xlsx"
    saved(workbook.write, result, path)
    return openpyxl.load_workbook(path)


def rows(sheet: Worksheet) -> list[dict[str, object]]:
    values = list(sheet.iter_rows(min_row=HEADER, values_only=True))
    return [dict(zip(map(str, values[0]), row, strict=True)) for row in values[1:]]


def texts(sheet: Worksheet) -> set[str]:
    return {str(value) for row in sheet.iter_rows(values_only=True) for value in row if value is not None}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return written(invented_result(), tmp_path_factory.mktemp("workbook"))


def test_sheets_are_summary_everything_and_villages_worst_first(book: Workbook) -> None:
    assert book.sheetnames == [
        "汇总", "全部发现", "东关村", "西沟村", "南岭村", "北坡村", "柳河村", "上_湾_村", "未定位",
    ]  # fmt: skip


def gravest_first(county: AuditResult) -> list[Finding]:
    """The findings as people mend them: errors first, those of one severity by place."""
    return sorted(county.records, key=lambda f: (f.severity.rank, str(f.place), f.household, f.rule))


def test_every_finding_is_there_once_in_all_and_once_in_its_village(
    book: Workbook, county: AuditResult
) -> None:
    everything = rows(book["全部发现"])
    assert [row["指纹"] for row in everything] == [finding.fingerprint for finding in gravest_first(county)]
    villages = [row for name in book.sheetnames[2:] for row in rows(book[name])]
    assert sorted(str(row["指纹"]) for row in villages) == sorted(
        finding.fingerprint for finding in county.records
    )
    assert [row["序号"] for row in everything] == list(range(1, len(everything) + 1))


def test_a_row_tells_all_of_a_finding(book: Workbook, county: AuditResult) -> None:
    assert list(rows(book["全部发现"])[0]) == titles(COLUMNS)
    for row, finding in zip(rows(book["全部发现"]), gravest_first(county), strict=True):
        assert row["级别"] == finding.severity.label
        assert [row[name] for name in ("规则", "规则名称", "责任人", "整改办法")] == [
            finding.rule,
            finding.title,
            finding.owner,
            finding.fix,
        ]
        assert row["问题"] == one_line(finding.message)
        assert (row["户主"] or "") == shown(finding.head)
        assert (row["户编号"] or "") == finding.household
        assert row["整改状态"] == "未整改"
        assert all(one_line(str(at)) in str(row["单元格地址"]) for at in finding.locations)
        assert all(one_line(at.value) in str(row["字段与值"]) for at in finding.locations if at.cell)


def shown(text: str) -> str:
    return one_line(text) if text else ""


def test_both_values_stand_beside_both_addresses(book: Workbook) -> None:
    card = next(row for row in rows(book["东关村"]) if row["规则"] == "CRD-01")
    assert card["字段与值"] == "①户.家庭人口：5\n②明白卡.家庭人口：（空白）"
    assert card["单元格地址"] == "①1.清河县户信息.xlsx › 户 › J4\n②明白卡（东关村）.csv › D2"


def test_no_text_becomes_a_formula_or_a_link(book: Workbook) -> None:
    for name in book.sheetnames[1:]:
        cells = [cell for row in book[name].iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert {"=1+1", "@SUM(A1)"} <= texts(book["全部发现"])


def test_sheets_are_ready_for_screen_and_paper(book: Workbook, county: AuditResult) -> None:
    sheet = book["全部发现"]
    last = HEADER + len(county.records)
    assert sheet.auto_filter.ref == f"A{HEADER}:V{last}"
    assert sheet.freeze_panes == f"D{HEADER + 1}"
    assert sheet.print_title_rows == f"${HEADER}:${HEADER}"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0  # as many pages as it takes; one page wide is the default
    assert sheet.max_row == last


def test_state_is_chosen_from_a_list(book: Workbook, county: AuditResult) -> None:
    lists = {
        str(v.sqref): v.formula1 for v in book["全部发现"].data_validations.dataValidation if v.type == "list"
    }
    last = HEADER + len(county.records)
    assert lists == {
        f"Q{HEADER + 1}:Q{last}": '"' + ",".join(STATES) + '"',
        f"T{HEADER + 1}:T{last}": '"属实,不属实"',
    }
    assert [titles(COLUMNS)[at] for at in (16, 19)] == ["整改状态", "核实结论"]


def test_summary_tells_villages_rules_and_gaps(book: Workbook) -> None:
    summary = texts(book["汇总"])
    assert (
        "不通过：错误 34、疑点 7、提示 24；问题户 36、疑似错格 59；6 个村 90 户；有 1 个文件或工作表没能读取"
        in summary
    )
    assert "规则包：全国通用、清河县示例包" in summary
    assert "没有交付台账“医保参保”：MED-02、MED-03（2 条）" in summary
    assert "人口台账与学籍的学段应一致（疑为口径或表头问题）" in summary
    links = [cell.hyperlink.location for row in book["汇总"].iter_rows() for cell in row if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in book.sheetnames[2:]]


def test_revealed_workbook_says_so_on_every_sheet(county: AuditResult, tmp_path: Path) -> None:
    book = written(replace(county, revealed=True), tmp_path)
    assert all("含完整个人信息" in "".join(texts(sheet)) for sheet in book)


def test_clean_result_gives_a_workbook_without_rows(tmp_path: Path) -> None:
    book = written(clean_result(), tmp_path)
    assert book.sheetnames == ["汇总", "全部发现"]
    assert rows(book["全部发现"]) == []
    assert "每个文件、每一列、每条规则都检查到了" in texts(book["汇总"])


def test_same_result_same_bytes(county: AuditResult, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        saved(workbook.write, county, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_findings_beyond_a_sheet_go_on_in_the_next(
    county: AuditResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "_MOST_ROWS", 30)
    book = written(county, tmp_path)
    parts = [book[name] for name in ("全部发现", "全部发现(2)", "全部发现(3)")]
    assert [len(rows(part)) for part in parts] == [30, 30, 5]


def test_too_many_villages_share_the_sheet_of_their_town(
    county: AuditResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "_MOST_SHEETS", 3)
    book = written(county, tmp_path)
    assert book.sheetnames == ["汇总", "全部发现", "石桥镇", "柳河乡", "未定位"]
    assert sum(len(rows(book[name])) for name in book.sheetnames[2:]) == len(county.records)


def test_namesakes_in_two_towns_are_told_apart(county: AuditResult, tmp_path: Path) -> None:
    namesake = Place("清河县", "柳河乡", "东关村")
    finding: Finding = replace(county.records[1], place=namesake)
    result = replace(
        county,
        records=(county.records[1], finding),
        households={**county.households, namesake: 1, PLACES[0]: 1},
    )
    assert written(result, tmp_path).sheetnames[2:] == ["柳河乡东关村", "石桥镇东关村"]


def test_endless_values_are_cut_and_say_so(county: AuditResult, tmp_path: Path) -> None:
    finding = replace(county.records[1], message="长" * 50_000)
    book = written(replace(county, records=(finding,)), tmp_path)
    message = str(rows(book["全部发现"])[0]["问题"])
    assert len(message) < 32_767
    assert message.endswith("…（过长，已截断）")


def test_what_was_noticed_on_reading_has_a_sheet_of_its_own(county: AuditResult, tmp_path: Path) -> None:
    tip = replace(county.records[0], rule="CEL-07", severity=Severity.INFO, fingerprint="f" * 16)
    book = written(replace(county, records=(*county.records, tip)), tmp_path)
    assert book.sheetnames[-1] == "列名提示"
    assert [row["指纹"] for row in rows(book["列名提示"])] == [tip.fingerprint]
    others = [row["指纹"] for name in book.sheetnames[1:-1] for row in rows(book[name])]
    assert tip.fingerprint not in others
    assert len(others) == 2 * len(county.records)


def test_towns_have_subtotals_that_add_up_to_the_villages(book: Workbook) -> None:
    summary = [[str(value) for value in row] for row in book["汇总"].iter_rows(values_only=True)]
    at = {row[0]: number for number, row in enumerate(summary)}
    towns = [row for row in summary[at["各乡镇情况"] + 2 : at["各村情况"]] if row[0] != "None"]
    unplaced, total = summary[at["未定位"]], summary[at["合计"]]
    assert {town[1] for town in towns} == {"石桥镇", "柳河乡"}
    for column in range(3, 8):
        assert sum(int(row[column]) for row in (*towns, unplaced)) == int(total[column])


def test_deadlines_stand_beside_the_findings_of_their_severity(county: AuditResult, tmp_path: Path) -> None:
    due = {Severity.ERROR: date(2021, 1, 31), Severity.WARNING: date(2021, 3, 31)}
    for row in rows(written(replace(county, due=due), tmp_path)["全部发现"]):
        assert row["整改期限"] == {"错误": "2021-01-31", "疑点": "2021-03-31", "提示": None}[str(row["级别"])]
