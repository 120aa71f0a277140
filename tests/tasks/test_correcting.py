"""Corrections stand in the copies, in Excel's words and LibreOffice's, and nothing else does; every line is told of."""

from __future__ import annotations

import csv
import hashlib
import os
import shutil
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from books import IDS
from fupin_audit import audit
from fupin_audit.errors import UsageError
from fupin_audit.masking import mask_text
from fupin_audit.results.correction import Corrected, Correction, LineOutcome
from fupin_audit.tasks.annotating import Originals
from fupin_audit.tasks.correcting.correcting import LOG, Correcting, correct
from fupin_audit.tasks.correcting.correction_lines import read_lines
from fupin_audit.workbook.formats.zip_parts import with_parts_changed
from fupin_audit.workbook.loading import load
from libreoffice import needs_libreoffice, save_as

HEADER = ("县", "乡镇", "村", "户编号", "户主姓名", "户主证件号码", "家庭人口", "脱贫属性", "脱贫年度", "识别年月", "主要致贫原因",
          "人编号", "姓名", "证件号码", "与户主关系", "务工时间", "序")  # fmt: skip
SHEET, BOOK = "东沟村", "人口.xlsx"
HOME = {"户编号": "990101000001", "台账": "户"}
SON = {"人编号": "99010100000102"}


def _row(home: int, order: int) -> tuple[str | int | datetime | None, ...]:
    code = f"99010100000{home}"
    return ("清河县", "柳林镇", "东沟村", code, f"张{'一二'[home - 1]}", IDS[home * 3 - 3], 3, "已脱贫", 2018,
            datetime(2014, 3, 1), "因病", f"{code}{order:02}", f"{'张李王'[order]}{'一二'[home - 1]}",
            IDS[home * 3 - 3 + order], "户主" if order == 0 else "其他", 6, None)  # fmt: skip


def _workbook(folder: Path) -> Path:
    """Two households of three, with what a clerk's workbook has: a title, styles, a formula, a note, merged cells."""
    book = openpyxl.Workbook()
    sheet = book["Sheet"]
    sheet.title = SHEET
    sheet["A1"] = "清河县贫困人口"
    sheet.merge_cells("A1:Q1")
    sheet.append(HEADER)
    for home in (1, 2):
        for order in range(3):
            sheet.append(_row(home, order))
    for row in range(3, 9):
        sheet.cell(row, 10).number_format = "yyyy-mm"
        sheet.cell(row, 9).font = Font(bold=True)
    sheet["P10"] = "=SUM(P3:P8)"
    sheet["Q8"] = "=ROW()-2"
    sheet["M3"].comment = Comment("户主", "村委会")
    folder.mkdir()
    book.save(folder / BOOK)
    return folder


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    return _workbook(tmp_path / "清河县")


def applied(drop: Path, *lines: Mapping[str, str]) -> Correcting:
    delivery = load([drop])
    numbered = [Correction(number, line) for number, line in enumerate(lines, start=2)]
    return correct(Originals([drop]), delivery, numbered, drop.parent / "更正后")


def one(drop: Path, line: Mapping[str, str]) -> Corrected:
    return applied(drop, line).lines[0]


def sheet_of(folder: Path, name: str = BOOK) -> Mapping[str, object]:
    cells = openpyxl.load_workbook(folder / name).worksheets[0]
    return {
        cell.coordinate: cell.value for row in cells.iter_rows() for cell in row if cell.value is not None
    }


def test_a_persons_cell_is_changed_and_nothing_else(drop: Path) -> None:
    before = sheet_of(drop)
    said = one(drop, {**SON, "字段": "与户主关系", "原值": "其他", "新值": "之子"})
    assert (said.outcome, said.places) == (LineOutcome.CHANGED, ("人口.xlsx › 东沟村 › O5",))
    assert sheet_of(drop.parent / "更正后") == {**before, "O5": "之子"}


def test_a_households_fact_is_changed_where_it_is_repeated(drop: Path) -> None:
    before = sheet_of(drop)
    said = one(drop, {**HOME, "字段": "脱贫年度", "原值": "2018", "新值": "2017"})
    assert len(said.places) == 3
    assert sheet_of(drop.parent / "更正后") == {**before, "I3": 2017, "I4": 2017, "I5": 2017}


def test_a_day_stays_a_day_and_a_number_a_number(drop: Path) -> None:
    found = applied(
        drop,
        {**HOME, "字段": "识别年月", "原值": "2014-03", "新值": "2013年12月"},
        {**SON, "字段": "务工时间", "原值": "6", "新值": "8"},
        {**SON, "字段": "证件号码", "原值": IDS[2], "新值": IDS[6]},
    )
    assert {line.outcome for line in found.lines} == {LineOutcome.CHANGED}
    cells = openpyxl.load_workbook(drop.parent / "更正后" / BOOK)[SHEET]
    assert [cells[name].value for name in ("J5", "P5", "N5")] == [datetime(2013, 12, 1), 8, IDS[6]]
    assert cells["J5"].number_format == "yyyy-mm"
    assert cells["I5"].font.bold
    assert getattr(cells["M3"].comment, "text", "") == "户主"
    assert cells["P10"].value == "=SUM(P3:P8)"
    assert any("公式" in remark for remarks in found.remarks.values() for remark in remarks)


@pytest.mark.parametrize(
    ("new", "stands"), [("0123", "0123"), ("1230", 1230), ("0", 0), ("12.50", "12.50"), ("-5", "-5")]
)
def test_a_code_in_a_number_cell_keeps_every_digit(new: str, stands: object, drop: Path) -> None:
    book = openpyxl.load_workbook(drop / BOOK)
    book[SHEET]["M5"] = 123
    book.save(drop / BOOK)
    said = one(drop, {**SON, "字段": "姓名", "原值": "123", "新值": new})
    assert said.outcome is LineOutcome.CHANGED
    assert sheet_of(drop.parent / "更正后")["M5"] == stands


def _without_formulas(drop: Path) -> openpyxl.Workbook:
    book = openpyxl.load_workbook(drop / BOOK)
    book[SHEET]["P10"] = book[SHEET]["Q8"] = None
    book.calculation.fullCalcOnLoad = False
    return book


def test_formulas_of_another_sheet_are_told_of_and_worked_out_anew(drop: Path) -> None:
    book = _without_formulas(drop)
    book.create_sheet("汇总")["A1"] = f"=SUM({SHEET}!P3:P8)"
    book.save(drop / BOOK)
    found = applied(drop, {**SON, "字段": "务工时间", "原值": "6", "新值": "8"})
    assert any("公式" in remark for remark in found.remarks[BOOK])
    assert openpyxl.load_workbook(drop.parent / "更正后" / BOOK).calculation.fullCalcOnLoad


def test_nothing_is_said_of_formulas_where_there_are_none(drop: Path) -> None:
    _without_formulas(drop).save(drop / BOOK)
    assert not applied(drop, {**SON, "字段": "务工时间", "原值": "6", "新值": "8"}).remarks


@needs_libreoffice
def test_libreoffice_reads_the_copy_and_works_its_formulas_out(drop: Path, tmp_path: Path) -> None:
    applied(
        drop,
        {**SON, "字段": "务工时间", "原值": "6", "新值": "8"},
        {**SON, "字段": "姓名", "原值": "王一", "新值": "王<一&"},
    )
    (saved,) = save_as("xlsx", [drop.parent / "更正后" / BOOK], tmp_path / "另存")
    cells = openpyxl.load_workbook(saved, data_only=True)[SHEET]
    assert [cells[name].value for name in ("P5", "M5", "P10")] == [8, "王<一&", 38]


def _put(drop: Path, cells: Mapping[str, str | None]) -> None:
    book = openpyxl.load_workbook(drop / BOOK)
    for place, value in cells.items():
        book[SHEET][place] = value
    book.save(drop / BOOK)


NUMBER, OTHER = "990101000001", "990101000003"
TWICE: Mapping[str, tuple[Mapping[str, str | None], Mapping[str, str], Sequence[str]]] = {
    "a person's number that two have": ({"L6": "99010100000100"}, {"人编号": "99010100000100", "字段": "人编号", "原值": "99010100000100", "新值": "99010100000200", "单元格": "L6"}, ["L6"]),
    "a fact of one of the two": ({"L6": "99010100000100"}, {"人编号": "99010100000100", "字段": "务工时间", "原值": "6", "新值": "8", "单元格": "P6"}, ["P6"]),
    "a household's number that two have": (dict.fromkeys(("D6", "D7", "D8"), NUMBER), {**HOME, "字段": "户编号", "原值": NUMBER, "新值": OTHER, "单元格": "D6"}, ["D6", "D7", "D8"]),
    "a fact of one of two households": (dict.fromkeys(("D6", "D7", "D8"), NUMBER), {**HOME, "字段": "脱贫年度", "原值": "2018", "新值": "2017", "单元格": "I4"}, ["I3", "I4", "I5"]),
    "a number written everywhere": ({}, {**HOME, "字段": "户编号", "原值": NUMBER, "新值": OTHER}, ["D3", "D4", "D5"]),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "line", "changed"), TWICE.values(), ids=list(TWICE))
def test_who_has_anothers_number_is_left_alone(
    cells: Mapping[str, str | None], line: Mapping[str, str], changed: Sequence[str], drop: Path
) -> None:
    _put(drop, cells)
    said = one(drop, line)
    assert sorted(place.rpartition(" › ")[2] for place in said.places) == changed


def test_a_roll_is_searched_by_the_number_of_one_alone(drop: Path) -> None:
    """A roll knows people by their ID numbers: whose is meant, only the system says, and not of two."""
    roll = ["姓名,证件号码,年度,险种,参保状态", f"王一,{IDS[2]},2020,城乡居民,未参保"]
    (drop / "医保参保.csv").write_text("\n".join(roll) + "\n", encoding="utf-8")
    line = {**SON, "台账": "医保参保", "字段": "参保状态", "原值": "未参保", "新值": "已参保"}
    assert one(drop, line).places == ("医保参保.csv › E2",)
    _put(drop, {"L6": SON["人编号"]})
    shutil.rmtree(drop.parent / "更正后")
    assert "不能按人编号" in one(drop, line).reason


def test_a_number_that_two_may_have_is_refused_without_a_place(drop: Path) -> None:
    _put(drop, {"L6": "99010100000100"})
    line = {"人编号": "99010100000100", "字段": "人编号", "原值": "99010100000100", "新值": "99010100000200"}
    assert "配上2行" in one(drop, line).reason


def test_rows_that_say_nothing_else_of_whom_they_are_about_are_not_guessed_at(drop: Path) -> None:
    _put(drop, dict.fromkeys(("F4", "F5"), None))
    line = {**HOME, "字段": "户编号", "原值": NUMBER, "新值": OTHER, "单元格": "D3"}
    assert "还有2行也是这个户编号，说不准" in one(drop, line).reason


def test_a_row_is_emptied_and_checked_no_more(drop: Path) -> None:
    before = sheet_of(drop)
    said = one(drop, {**SON, "台账": "人口", "动作": "删"})
    assert said.outcome is LineOutcome.EMPTIED
    after = drop.parent / "更正后"
    assert sheet_of(after) == {name: text for name, text in before.items() if name[1:] != "5"}
    assert load([after]).tables["人口"].data.num_rows == 5


def test_what_is_true_is_noted_and_left(drop: Path) -> None:
    before = (drop / BOOK).read_bytes()
    said = one(drop, {**SON, "字段": "务工时间", "原值": "6", "动作": "属实"})
    assert said.outcome is LineOutcome.CONFIRMED
    assert (drop.parent / "更正后" / BOOK).read_bytes() == before


def test_a_cell_is_cleared(drop: Path) -> None:
    one(drop, {**SON, "字段": "务工时间", "原值": "6", "新值": "（空白）"})
    assert "P5" not in sheet_of(drop.parent / "更正后")


REFUSED = {
    "another old value": ({**SON, "字段": "务工时间", "原值": "7", "新值": "8"}, "原值与表里的不同：人口.xlsx › 东沟村 › P5 是“6”"),
    "nobody": ({"人编号": "1", "字段": "务工时间", "原值": "6", "新值": "8"}, "没有配上：人编号“1”在人口的表里没有"),
    "no key": ({"字段": "务工时间", "原值": "6", "新值": "8"}, "不能按空白的编号找人找户"),
    "several people": ({"户编号": "990101000001", "台账": "人口", "字段": "务工时间", "原值": "6", "新值": "8"}, ""),
    "no such field": ({**SON, "台账": "人口", "字段": "务工时常", "原值": "6", "新值": "8"}, "没有字段“务工时常”，最接近的是“务工时间”"),
    "no such ledger": ({**SON, "台账": "人囗", "字段": "务工时间", "原值": "6", "新值": "8"}, "没有交付台账“人囗”"),
    "no such column": ({**SON, "字段": "民族", "原值": "", "新值": "汉族"}, "没有“民族”这一列"),
    "no number": ({**SON, "字段": "务工时间", "原值": "6", "新值": "半年多"}, "新值读不成这个字段"),
    "no code": ({**HOME, "字段": "脱贫属性", "原值": "已脱贫", "新值": "脱了"}, "新值读不成这个字段"),
    "no new value": ({**SON, "字段": "务工时间", "原值": "6", "动作": "改"}, "没有填新值"),
    "a masked new value": ({**SON, "字段": "证件号码", "原值": IDS[2], "新值": "990101********0015"}, "星号"),
    "true, and to be changed": ({**SON, "字段": "务工时间", "原值": "6", "新值": "8", "动作": "属实"}, "动作“属实”不改值，却填了新值"),
    "to go, and to be changed": ({**SON, "台账": "人口", "字段": "务工时间", "原值": "6", "新值": "8", "动作": "删"}, "动作“删”不改值，却填了新值"),
    "no such action": ({**SON, "字段": "务工时间", "原值": "6", "动作": "修"}, "动作“修”看不懂"),
    "a row with a formula": ({"人编号": "99010100000202", "台账": "人口", "动作": "删"}, "公式"),
    "a household": ({**HOME, "动作": "删"}, "配上3行"),
}  # fmt: skip


@pytest.mark.parametrize(("line", "why"), REFUSED.values(), ids=list(REFUSED))
def test_a_line_that_does_not_fit_is_refused(line: Mapping[str, str], why: str, drop: Path) -> None:
    said = one(drop, line)
    assert said.outcome is LineOutcome.REFUSED
    assert why in said.reason
    assert (drop.parent / "更正后" / BOOK).read_bytes() == (drop / BOOK).read_bytes()


def test_one_refused_line_does_not_hold_the_others_back(drop: Path) -> None:
    found = applied(
        drop,
        {**SON, "字段": "务工时间", "原值": "6", "新值": "8"},
        {"人编号": "99010100000202", "台账": "人口", "动作": "删"},
        {**SON, "字段": "务工时间", "原值": "6", "新值": "9"},
        {**SON, "字段": "姓名", "原值": "王一", "新值": "王一"},
        {},
    )
    outcomes = [line.outcome for line in found.lines]
    refused, already = LineOutcome.REFUSED, LineOutcome.ALREADY
    assert outcomes == [LineOutcome.CHANGED, refused, refused, already, LineOutcome.OPEN]
    assert "第2行已经改了同一格" in found.lines[2].reason
    assert sheet_of(drop.parent / "更正后")["P5"] == 8


def test_a_masked_old_value_is_compared_by_its_mask(drop: Path) -> None:
    line = {**SON, "字段": "证件号码", "新值": IDS[6]}
    assert one(drop, {**line, "原值": "990101************"}).outcome is LineOutcome.CHANGED


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_text_keeps_its_encoding_and_its_other_lines(encoding: str, tmp_path: Path) -> None:
    folder = tmp_path / "清河县"
    folder.mkdir()
    lines = ["户编号,人编号,姓名,证件号码,与户主关系,务工企业名称",
             f'990101000001,99010100000100,张一,{IDS[0]},户主,"兴旺,公司"',
             f'990101000001,99010100000101,李一,{IDS[1]},配偶,"两行\n公司"',
             f"990101000001,99010100000102,王一,{IDS[2]},其他,"]  # fmt: skip
    text = "\r\n".join(lines) + "\r\n"
    (folder / "人口.csv").write_bytes(text.encode(encoding))
    found = applied(folder, {**SON, "字段": "务工企业名称", "原值": "", "新值": '清河"新"厂,分厂'},
                    {"人编号": "99010100000101", "字段": "与户主关系", "原值": "配偶", "新值": "之女"})  # fmt: skip
    assert {line.outcome for line in found.lines} == {LineOutcome.CHANGED}
    after = (tmp_path / "更正后" / "人口.csv").read_bytes().decode(encoding)
    expected = text.replace(",配偶,", ",之女,").replace(",其他,", ',其他,"清河""新""厂,分厂"')
    assert after == expected


def test_a_damaged_sheet_does_not_hold_the_others_back(drop: Path) -> None:
    book = openpyxl.load_workbook(drop / BOOK)
    book.create_sheet("坏表").append([1])
    book.save(drop / BOOK)
    damaged = with_parts_changed(
        (drop / BOOK).read_bytes(), {"xl/worksheets/sheet2.xml": lambda _: b"<worksheet><sheetData><row"}
    )
    (drop / BOOK).write_bytes(damaged)
    said = one(drop, {**SON, "字段": "务工时间", "原值": "6", "新值": "8"})
    assert said.places == ("人口.xlsx › 东沟村 › P5",)


@needs_libreoffice
def test_another_kind_of_file_is_refused_and_copied(drop: Path) -> None:
    (drop / BOOK).rename(drop / "原.xlsx")
    save_as("ods", [drop / "原.xlsx"], drop)
    (drop / "原.xlsx").unlink()
    said = one(drop, {**SON, "字段": "务工时间", "原值": "6", "新值": "8"})
    assert "只能改 .xlsx、.xlsm 和 csv" in said.reason
    assert (drop.parent / "更正后" / "原.ods").read_bytes() == (drop / "原.ods").read_bytes()


def test_merged_rows_are_not_emptied(drop: Path) -> None:
    book = openpyxl.load_workbook(drop / BOOK)
    book[SHEET].merge_cells("H3:H5")
    book.save(drop / BOOK)
    found = applied(
        drop,
        {**SON, "台账": "人口", "动作": "删"},
        {**HOME, "字段": "脱贫属性", "原值": "已脱贫", "新值": "未脱贫"},
    )
    assert "合并的单元格" in found.lines[0].reason
    assert found.lines[1].places == ("人口.xlsx › 东沟村 › H3",)


def _merge(drop: Path, *ranges: str) -> None:
    book = openpyxl.load_workbook(drop / BOOK)
    for place in ranges:
        book[SHEET].merge_cells(place)
    book.save(drop / BOOK)


OF_OTHERS = {
    "another household's": ("H3:H8", {**HOME, "字段": "脱贫属性", "原值": "已脱贫", "新值": "未脱贫"}, "第6行"),
    "another person's": ("P5:P6", {**SON, "字段": "务工时间", "原值": "6", "新值": "8"}, "第6行"),
    "a member's": ("P4:P5", {**SON, "字段": "务工时间", "原值": "6", "新值": "8"}, "第4行"),
    "another household's number": ("D3:D8", {**SON, "字段": "户编号", "原值": "990101000001", "新值": "990101000003"}, "第3行"),
}  # fmt: skip


@pytest.mark.parametrize(("place", "line", "other"), OF_OTHERS.values(), ids=list(OF_OTHERS))
def test_a_cell_merged_with_those_of_others_is_refused(
    place: str, line: Mapping[str, str], other: str, drop: Path
) -> None:
    _merge(drop, place)
    said = one(drop, line)
    assert said.outcome is LineOutcome.REFUSED
    assert f"{other}的合并成一格" in said.reason
    assert (drop.parent / "更正后" / BOOK).read_bytes() == (drop / BOOK).read_bytes()


def test_a_households_fact_is_changed_beside_its_merged_number(drop: Path) -> None:
    _merge(drop, "D3:D5", "D6:D8", "H3:H5")
    found = applied(
        drop,
        {**HOME, "字段": "脱贫年度", "原值": "2018", "新值": "2017"},
        {**HOME, "字段": "脱贫属性", "原值": "已脱贫", "新值": "未脱贫"},
    )
    assert [len(line.places) for line in found.lines] == [3, 1]


def test_the_log_is_masked_and_no_ledger(drop: Path) -> None:
    applied(drop, {**SON, "证件号码": IDS[2], "字段": "证件号码", "原值": IDS[2], "新值": IDS[6]})
    after = drop.parent / "更正后"
    log = (after / LOG).read_text(encoding="utf-8-sig")
    assert not any(number in log for number in IDS)
    (row,) = csv.DictReader(log.splitlines())
    assert (row["结果"], row["改了哪里"], row["更正表第几行"]) == ("已改", "人口.xlsx › 东沟村 › N5", "2")
    assert [sheet.file for sheet in load([after]).inputs] == [BOOK]


CARD, CALL = "62990000010", "0951-5234567"


def test_the_log_masks_by_the_field(drop: Path) -> None:
    home = {"户编号": "990101000001", "台账": "户"}
    applied(
        drop,
        {**home, "字段": "银行账号", "原值": CARD, "新值": CARD[:-1] + "9"},
        {**home, "字段": "联系电话", "原值": CALL, "新值": CALL[:-1] + "9"},
        {**SON, "字段": "姓名", "原值": f"=王{IDS[2]}", "文件": f"{IDS[2]}.xlsx", "动作": f"改{IDS[2]}"},
        {"人编号": IDS[2], "字段": "姓名", "原值": "王一", "新值": "王二"},
    )
    log = (drop.parent / "更正后" / LOG).read_text(encoding="utf-8-sig")
    assert not any(number in log for number in (*IDS, CARD, CARD[:-1], CALL, CALL[:-1]))
    rows = list(csv.DictReader(log.splitlines()))
    assert [row["户编号"] for row in rows[:2]] == [home["户编号"]] * 2
    assert rows[2]["原值"].startswith("'=王")


def test_a_file_is_known_by_its_name_as_reports_show_it(drop: Path) -> None:
    (drop / BOOK).rename(drop / f"{IDS[0]}.xlsx")
    line = {**SON, "字段": "务工时间", "原值": "6", "新值": "8", "文件": f"{mask_text(IDS[0])}.xlsx"}
    assert one(drop, line).outcome is LineOutcome.CHANGED


@pytest.mark.skipif(os.name != "posix", reason="elsewhere the folder's rights hold")
def test_copies_are_their_owners_alone(drop: Path) -> None:
    applied(drop, {**SON, "字段": "务工时间", "原值": "6", "新值": "8"})
    after = drop.parent / "更正后"
    assert after.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in after.iterdir())


def test_the_check_of_the_copies_shows_what_would_remain(drop: Path) -> None:
    original = hashlib.sha256((drop / BOOK).read_bytes()).hexdigest()
    book = openpyxl.load_workbook(drop / BOOK)
    book[SHEET]["H5"] = "未脱贫"
    book.save(drop / BOOK)
    assert any(item.rule == "KEY-12" for item in audit(drop).records)
    applied(drop, {**HOME, "字段": "脱贫属性", "原值": "未脱贫", "新值": "已脱贫"})
    assert not any(item.rule == "KEY-12" for item in audit(drop.parent / "更正后").records)
    assert hashlib.sha256((drop / BOOK).read_bytes()).hexdigest() != original


def test_several_sheets_of_corrections_are_not_half_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name, number in (("甲村", 1), ("乙村", 2), ("空表", 0)):
        sheet = book.create_sheet(name)
        sheet.append(["人编号", "字段", "原值", "新值"])
        for _ in range(number):
            sheet.append([SON["人编号"], "务工时间", 6, 8])
    book.save(tmp_path / "更正.xlsx")
    with pytest.raises(UsageError, match="几张更正表（甲村、乙村）"):
        read_lines(tmp_path / "更正.xlsx")
    del book["甲村"]
    book.save(tmp_path / "更正.xlsx")
    assert len(read_lines(tmp_path / "更正.xlsx")) == 2


@pytest.mark.parametrize("year", ["9" * 5000, "2020年", "去年", "2019"])
def test_a_year_may_be_written_anyhow(year: str, drop: Path) -> None:
    """People are of no year, so that any will do."""
    line = {**SON, "字段": "务工时间", "原值": "6", "新值": "8", "年度": year}
    assert one(drop, line).outcome is LineOutcome.CHANGED


@pytest.mark.parametrize("form", ["xlsx", "csv", "yaml"])
def test_a_sheet_of_corrections_is_read(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"更正.{form}"
    line = {"人编号": "99010100000102", "字段": "务工时间", "原值": "6", "新值": "8"}
    if form == "yaml":
        path.write_text(
            '更正:\n  - {人编号: "99010100000102", 字段: 务工时间, 原值: 6, 新值: 8}\n', encoding="utf-8"
        )
    elif form == "csv":
        path.write_text(",".join(line) + "\n" + ",".join(line.values()) + "\n", encoding="utf-8")
    else:
        book = openpyxl.Workbook()
        sheet = book["Sheet"]
        sheet.append(["东沟村更正表"])
        sheet.append(list(line))
        sheet.append(list(line.values()))
        book.save(path)
    (read,) = read_lines(path)
    assert {name: read[name] for name in line} == line
