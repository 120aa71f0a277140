"""A waiver covers the finding it names until its day, while the value is the one that was exempt; else it is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from openpyxl.worksheet.worksheet import Worksheet

from fupin_audit.cli import main
from fupin_audit.errors import RuleError, UsageError
from fupin_audit.followup.waivers.waiver import Waiver, Waivers, value_of
from fupin_audit.masking import mask
from fupin_audit.reports.findings import json_file, workbook
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.tasks.pointed_finding import point_at
from fupin_audit.tasks.waiver_lists import read_waivers
from saved import saved

DAY = date(2021, 2, 28)
ENTRY = {"理由": "待更正", "批准人": "周立", "有效期": "2021-12-31"}


def yaml_of(path: Path, entry: Mapping[str, str]) -> Path:
    lines = [f"{'- ' if at == 0 else '  '}{name}: {text}" for at, (name, text) in enumerate(entry.items())]
    path.write_text("豁免:\n" + "\n".join(f"  {line}" for line in lines) + "\n", encoding="utf-8")
    return path


def sheet_of(path: Path, entry: Mapping[str, object]) -> Path:
    book = openpyxl.Workbook()
    assert book.active
    book.active.append(["豁免清单"])
    book.active.append(list(entry))
    book.active.append(list(entry.values()))
    book.save(path)
    book.close()
    return path


def table_of(path: Path, entry: Mapping[str, str]) -> Path:
    path.write_text("\n".join([",".join(entry), ",".join(entry.values())]), encoding="gb18030")
    return path


WRITTEN: Mapping[str, tuple[str, Callable[[Path, Mapping[str, str]], Path]]] = {
    "yaml": ("豁免.yaml", yaml_of),
    "xlsx": ("豁免.xlsx", sheet_of),
    "csv": ("豁免.csv", table_of),
}


def waivers_of(paths: Sequence[Path], *, revealed: bool = False) -> Waivers:
    return Waivers(read_waivers(paths), revealed)


@pytest.mark.parametrize("kind", WRITTEN)
def test_a_list_is_read_in_each_form(kind: str, county: AuditResult, tmp_path: Path) -> None:
    first, second, *_ = [item for item in county.records if item.household and item.locations]
    name, write = WRITTEN[kind]
    about = {"户编号": first.household, "规则": first.rule, "原值": value_of(first)}
    waivers = waivers_of([write(tmp_path / name, {**about, **ENTRY})])
    assert waivers.of(first, DAY)
    assert waivers.of(second, DAY) is None
    assert waivers.of(first, date(2022, 1, 1)) is None
    changed = replace(first, locations=(replace(first.locations[0], value="另一个"), *first.locations[1:]))
    assert waivers.of(changed, DAY) is None


@pytest.mark.parametrize("kind", WRITTEN)
def test_an_entry_that_does_not_say_enough_is_refused(kind: str, tmp_path: Path) -> None:
    name, write = WRITTEN[kind]
    with pytest.raises(RuleError, match="才知道豁免的是哪一条") as told:
        read_waivers([write(tmp_path / name, {"户编号": "9901", **ENTRY})])
    assert told.value.line
    with pytest.raises((RuleError, UsageError), match="有效期"):
        read_waivers([write(tmp_path / name, {"指纹": "ab", **ENTRY, "有效期": "明年"})])


DAYS = ("2021-12-31", "2021/12/31", "2021年12月31日", "2021.12.31", "20211231", " 2021-12-31 ")


@pytest.mark.parametrize("kind", WRITTEN)
@pytest.mark.parametrize("day", DAYS)
def test_a_day_may_be_written_as_in_a_ledger(day: str, kind: str, tmp_path: Path) -> None:
    name, write = WRITTEN[kind]
    (waiver,) = read_waivers([write(tmp_path / name, {"指纹": "ab", **ENTRY, "有效期": day})])
    assert waiver.until == date(2021, 12, 31)


def test_cells_of_a_sheet_may_hold_days_and_numbers(tmp_path: Path) -> None:
    entry = {"户编号": 990101000001, "规则": "key-05", "原值": 3, "理由": 1, "批准人": " 周立 ", "有效 期": datetime(2021, 12, 31)}  # fmt: skip
    (waiver,) = read_waivers([sheet_of(tmp_path / "豁免.xlsx", entry)])
    assert (waiver.household, waiver.rule, waiver.value) == ("990101000001", "KEY-05", "3")
    assert (waiver.approved_by, waiver.until) == ("周立", date(2021, 12, 31))


@pytest.mark.parametrize("text", ["豁免:\n", "豁免: []\n", "# 清单\n豁免: [ ]  \n"])
def test_a_list_may_be_empty(text: str, waive: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "豁免.yaml").write_text(text, encoding="utf-8")
    assert read_waivers([tmp_path / "豁免.yaml"]) == ()
    assert waive("结果.json", "3").exit_code == 0
    assert len(read_waivers([tmp_path / "豁免.yaml"])) == 1


@pytest.mark.parametrize("text", ["豁免: [{指纹: ab, 理由: 待更正, 批准人: 周立, 有效期: 2021-12-31}]\n",
                                  "豁免:\n- {指纹: ab, 理由: 待更正, 批准人: 周立, 有效期: 2021-12-31}\n"])  # fmt: skip
def test_a_list_written_otherwise_is_left_as_it_is(
    text: str, waive: Callable[..., Result], tmp_path: Path
) -> None:
    (tmp_path / "豁免.yaml").write_text(text, encoding="utf-8")
    told = waive("结果.json", "3")
    assert (told.exit_code, "接不上" in told.output) == (2, True)
    assert (tmp_path / "豁免.yaml").read_text(encoding="utf-8") == text


def test_what_is_no_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有豁免清单的表头"):
        read_waivers([sheet_of(tmp_path / "别的.xlsx", {"户编号": "1"})])
    with pytest.raises(UsageError, match="读不了"):
        read_waivers([tmp_path / "没有.xlsx"])


def test_waivers_that_cover_nothing_are_told(county: AuditResult, tmp_path: Path) -> None:
    first = next(item for item in county.records if item.household and item.locations)
    about = {"户编号": first.household, "规则": first.rule}
    cases = {
        "这次没有对应的发现": {"户编号": "9901", "规则": "KEY-05", **ENTRY},
        "已在 2021-01-31 到期": {**about, **ENTRY, "有效期": "2021-01-31"},
        "不再豁免": {**about, **ENTRY, "原值": "另一个"},
    }
    for said, entry in cases.items():
        waivers = waivers_of([yaml_of(tmp_path / "豁免.yaml", entry)])
        (complaint,) = waivers.complaints(county.records, DAY)
        assert said in complaint
        assert complaint.startswith("豁免.yaml 第1条")


@pytest.fixture
def waive(county: AuditResult, tmp_path: Path) -> Callable[..., Result]:
    saved(json_file.write, county, tmp_path / "结果.json")
    saved(workbook.write, county, tmp_path / "台账.xlsx")

    def run(report: str, number: str, to: str = "豁免.yaml", reason: str = "待更正") -> Result:
        given = ["waive", str(tmp_path / report), number, "--to", str(tmp_path / to)]
        return CliRunner().invoke(
            main, [*given, "--reason", reason, "--approved-by", "周立", "--until", "2021-12-31"]
        )

    return run


@pytest.mark.parametrize("report", ["结果.json", "台账.xlsx"])
def test_a_finding_is_waived_by_its_number(
    report: str, waive: Callable[..., Result], county: AuditResult, tmp_path: Path
) -> None:
    assert waive(report, "3").exit_code == 0
    (waiver,) = read_waivers([tmp_path / "豁免.yaml"])
    (covered,) = [item for item in county.records if waivers_of([tmp_path / "豁免.yaml"]).of(item, DAY)]
    assert waiver.fingerprint == covered.fingerprint
    if report.endswith("json"):
        assert covered == county.records[2]


def test_what_stands_in_the_list_stays(
    waive: Callable[..., Result], county: AuditResult, tmp_path: Path
) -> None:
    path = tmp_path / "豁免.yaml"
    yaml_of(path, {"指纹": "ab", **ENTRY})
    before = path.read_text(encoding="utf-8") + "  # 我的说明\n"
    path.write_text(before, encoding="utf-8")
    assert waive("结果.json", county.records[0].fingerprint).exit_code == 0
    assert path.read_text(encoding="utf-8").startswith(before)
    assert len(read_waivers([path])) == 2
    again = waive("结果.json", county.records[0].fingerprint)
    assert (again.exit_code, "已经有" in again.output) == (2, True)
    assert len(read_waivers([path])) == 2


def test_a_number_there_is_not_is_said(waive: Callable[..., Result]) -> None:
    told = waive("结果.json", "999999")
    assert (told.exit_code, "没有第 999999 条" in told.output) == (2, True)


def _of_a_clerk(path: Path, change: Callable[[Worksheet, int], None]) -> Path:
    """The ledger as a clerk has left it; `change` is given the sheet and the row of its headings."""
    book = openpyxl.load_workbook(path)
    sheet = book["全部发现"]
    change(sheet, next(row[0].row for row in sheet.iter_rows() if row[0].value == "序号"))
    book.save(path)
    return path


def _sorted(sheet: Worksheet, header: int) -> None:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=header + 1)]
    for at, row in enumerate(reversed(rows), header + 1):
        for column, value in enumerate(row, 1):
            sheet.cell(at, column).value = value


def _with_columns_and_rows(sheet: Worksheet, header: int) -> None:
    sheet.insert_cols(2)
    sheet.cell(header, 2).value = "核查组"
    sheet.insert_rows(header + 2, 3)


def _renamed(sheet: Worksheet, header: int) -> None:
    for cell in sheet[header]:
        if cell.value in ("户编号", "规则", "问题", "字段与值", "单元格地址"):
            cell.value = f"{cell.value}（核对）"


@pytest.mark.parametrize("change", [_sorted, _with_columns_and_rows, _renamed])
def test_a_number_is_that_of_its_row_whatever_a_clerk_has_done(
    change: Callable[[Worksheet, int], None], waive: Callable[..., Result], tmp_path: Path
) -> None:
    assert waive("台账.xlsx", "3").exit_code == 0
    (wanted,) = read_waivers([tmp_path / "豁免.yaml"])
    _of_a_clerk(tmp_path / "台账.xlsx", change)
    assert waive("台账.xlsx", "3", "又一份.yaml").exit_code == 0
    assert [item.fingerprint for item in read_waivers([tmp_path / "又一份.yaml"])] == [wanted.fingerprint]


def _twice(sheet: Worksheet, header: int) -> None:
    sheet.cell(header + 5, 1).value = 3


def _unnumbered(sheet: Worksheet, header: int) -> None:
    sheet.cell(header, 1).value = "编号"


@pytest.mark.parametrize(("change", "why"), [(_twice, "2 行的序号都是 3"), (_unnumbered, "没有序号这一列")])
def test_a_number_that_says_too_little_is_refused(
    change: Callable[[Worksheet, int], None], why: str, waive: Callable[..., Result], tmp_path: Path
) -> None:
    _of_a_clerk(tmp_path / "台账.xlsx", change)
    told = waive("台账.xlsx", "3")
    assert (told.exit_code, why in told.output) == (2, True)
    assert not (tmp_path / "豁免.yaml").exists()


@pytest.mark.parametrize(
    ("given", "why"), [({"to": "豁免.xlsx"}, "只写 yaml 清单"), ({"reason": " "}, "理由：不能")]
)
def test_what_would_be_no_list_is_not_written(
    given: Mapping[str, str], why: str, waive: Callable[..., Result], tmp_path: Path
) -> None:
    told = waive("台账.xlsx", "3", **given)
    assert (told.exit_code, why in told.output) == (2, True)
    assert not (tmp_path / given.get("to", "豁免.yaml")).exists()


def test_every_finding_can_be_waived_by_either_report(
    waive: Callable[..., Result], county: AuditResult, tmp_path: Path
) -> None:
    """What the sheet says of a value is what the finding has, and where it has none any will do."""
    for name in ("结果.json", "台账.xlsx"):
        for finding in county.records:
            found = point_at(tmp_path / name, finding.fingerprint)
            waiver = Waiver("待更正", "周立", DAY, found.fingerprint, value=found.value)
            assert Waivers((waiver,)).of(finding, DAY), (name, finding)


CARD, PHONE = "990101197003050015", "13800000000"


def test_nobodys_number_in_a_list_is_told(county: AuditResult, tmp_path: Path) -> None:
    first = next(item for item in county.records if item.household and item.locations)
    entry = {"户编号": first.household, "规则": first.rule, **ENTRY, "理由": f"问过{PHONE}", "批准人": CARD}
    path = yaml_of(tmp_path / f"{CARD}.yaml", {**entry, "原值": CARD})
    hidden = replace(first, locations=(replace(first.locations[0], value="990101*****"),))
    for finding in (first, hidden):
        for waivers in (waivers_of([path]), waivers_of([path], revealed=True)):
            (said,) = waivers.complaints([finding], DAY)
            told = said + waivers.told(waivers.listed[0])
            assert {CARD in told, PHONE in told} == {waivers.revealed}


def test_a_value_is_the_same_masked_or_not(county: AuditResult, tmp_path: Path) -> None:
    first = next(item for item in county.records if item.household and item.locations)
    about = {"户编号": first.household, "规则": first.rule, **ENTRY}
    shown = {text: replace(first, locations=(replace(first.locations[0], value=text),)) for text in (CARD, mask(CARD), "3")}  # fmt: skip
    covered = {
        value: {text for text, finding in shown.items() if waivers_of([path]).of(finding, DAY)}
        for value in shown
        for path in [yaml_of(tmp_path / "豁免.yaml", {**about, "原值": value})]
    }
    assert covered == {CARD: {CARD, mask(CARD)}, mask(CARD): {CARD, mask(CARD)}, "3": {"3"}}
