"""The sheets: identity given, answers blank, what is filled in read back, codes that scan."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
import zxingcpp
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from drawn import frame, sample
from fupin_audit.errors import UsageError
from fupin_audit.followup.sampling.book_writing import MANIFEST, TO_FILL, TO_PRINT, write_sample
from fupin_audit.followup.sampling.field_sample import Sample
from fupin_audit.followup.sampling.file_names import FileNames
from fupin_audit.followup.sampling.manifest import read_manifest
from fupin_audit.ledgers.models.fieldwork import Visit, VisitPerson
from fupin_audit.results.place import Place
from fupin_audit.workbook.loading import load

HEADER_ROW = 3
VILLAGES = {("东镇", "一村"): 12, ("东镇", "二村"): 4}
Answer = str | float | date
SEEN: Mapping[str, Answer] = {
    "核查日期": date(2020, 11, 20), "核查人": "赵六", "开始时间": "9:05", "结束时间": "9:40", "见到户主": "是", "实有人口": 3,
    "住房安全等级": "C", "实际入住": "是", "旧房未拆": "否", "饮水安全": "否", "失学人数": 0, "未参保人数": 1, "务工人数": 2,
    "享受低保": "是", "产业项目": "否", "工资性收入": 12000.5, "生产经营性收入": 3000, "财产性收入": 0, "转移性收入": 800,
    "生产经营性支出": 900, "人均纯收入": 4966.83, "明白卡上墙": "是", "知晓帮扶人": "否", "户主签字": "是", "备注": "门前路没硬化",
}  # fmt: skip
MET: Mapping[str, Answer] = {"健在": "是", "在家": "否", "在校生状况": "小学", "健康状况": "长期慢性病、残疾",
                             "务工状况": "省外务工", "与户主关系": "配偶", "证件号码": "990101197208150028"}  # fmt: skip


@pytest.fixture
def drawn() -> Sample:
    return sample(frame(VILLAGES), ["赵六", "孙八"])


@pytest.fixture
def folder(drawn: Sample, tmp_path: Path) -> Path:
    write_sample(drawn, tmp_path / "抽查")
    return tmp_path / "抽查"


def headers(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in sheet[HEADER_ROW] if cell.value}


def fill(path: Path, answers: Mapping[str, Mapping[str, Answer]]) -> None:
    """Write the same answers into every row that names a visit."""
    book = openpyxl.load_workbook(path)
    for title, values in answers.items():
        sheet = book[title]
        for name, column in headers(sheet).items():
            for row in range(HEADER_ROW + 1, sheet.max_row + 1):
                if name in values and sheet.cell(row, 1).value:
                    sheet.cell(row, column, values[name])
    book.save(path)


def test_sheets_are_read_back_as_the_ledgers_they_are(folder: Path, drawn: Sample) -> None:
    for path in (folder / TO_FILL).glob("*.xlsx"):
        fill(path, {"入户核查": SEEN, "入户核查人口": MET})
    delivery = load([folder / TO_FILL])
    visits, persons = delivery.tables["入户核查"], delivery.tables["入户核查人口"]
    assert visits.problems == persons.problems == ()
    by_code = {row["核查编号"]: row for row in visits.data.to_pylist()}
    assert {code: row["户编号"] for code, row in by_code.items()} == {
        code: household.number for code, household in drawn.visits.items()
    }
    expected = {**Visit.model_validate({n: str(v) for n, v in SEEN.items()}).model_dump(), "户主姓名": "张三"}
    for row in by_code.values():
        assert {name: value for name, value in row.items() if name not in ("核查编号", "户编号")} == {
            name: value for name, value in expected.items() if name not in ("核查编号", "户编号")
        }
    assert persons.data.num_rows == sum(len(h.members) for h in drawn.visits.values())
    met = VisitPerson.model_validate({**MET, "姓名": "李四"}).model_dump()
    second = next(row for row in persons.data.to_pylist() if row["姓名"] == "李四")
    assert {**met, "核查编号": second["核查编号"], "户编号": second["户编号"]} == second


def test_nothing_that_is_to_be_checked_is_printed(folder: Path) -> None:
    for path in (folder / TO_FILL).glob("*.xlsx"):
        book = openpyxl.load_workbook(path)
        for title, fields in (("入户核查", SEEN), ("入户核查人口", MET)):
            sheet = book[title]
            columns = [column for name, column in headers(sheet).items() if name in fields]
            assert len(columns) == len(fields)
            for row in range(HEADER_ROW + 1, sheet.max_row + 1):
                assert [sheet.cell(row, column).value for column in columns] == [None] * len(columns)


def test_blank_sheets_say_nothing(folder: Path) -> None:
    delivery = load([folder / TO_FILL])
    assert (
        delivery.tables["入户核查"].data["核查日期"].null_count == delivery.tables["入户核查"].data.num_rows
    )
    assert [sheet.error for sheet in delivery.inputs if sheet.error] == []


def test_answers_are_chosen_from_the_code_lists_and_identity_is_locked(folder: Path) -> None:
    path = next((folder / TO_FILL).glob("*.xlsx"))
    book = openpyxl.load_workbook(path)
    sheet = book["入户核查"]
    at = headers(sheet)
    assert sheet.protection.sheet is True
    first = sheet[HEADER_ROW + 1]
    assert [first[at[name] - 1].protection.locked for name in ("核查编号", "户编号", "实有人口")] == [
        True,
        True,
        False,
    ]
    letter = get_column_letter(at["住房安全等级"])
    (offered,) = (v for v in sheet.data_validations.dataValidation if f"{letter}4" in str(v.sqref))
    assert offered.formula1 == '"A,B,C,D"'
    school = book["入户核查人口"]
    letter = get_column_letter(headers(school)["在校生状况"])
    (offered,) = (v for v in school.data_validations.dataValidation if f"{letter}4" in str(v.sqref))
    assert {"小学", "七年级", "硕士研究生及以上"} <= set(str(offered.formula1).strip('"').split(","))


def test_every_form_is_one_page_of_paper(folder: Path) -> None:
    for data in (data for name, data in parts(folder / TO_PRINT).items() if "/worksheets/sheet" in name):
        assert b'<pageSetUpPr fitToPage="1"/>' in data
        assert b'<pageSetup paperSize="9" orientation="portrait"/>' in data  # one page wide, one high


def test_every_form_has_a_code_that_scans(folder: Path, drawn: Sample) -> None:
    read = {}
    for path in (folder / TO_PRINT).glob("*.xlsx"):
        codes = pictures(path)
        for number, sheet in enumerate(openpyxl.load_workbook(path).worksheets, start=1):
            (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(codes[number])))
            read[sheet["C2"].value] = code.text
    assert read == {
        code: f"入户核查 批次 {drawn.manifest.batch}\n核查编号 {code}\n户编号 {household.number}"
        for code, household in drawn.visits.items()
    }


def pictures(path: Path) -> dict[int, bytes]:
    """Number of the sheet → its picture."""
    found: dict[int, bytes] = {}
    with ZipFile(path) as book:
        for name in book.namelist():
            if number := re.fullmatch(r"xl/drawings/_rels/drawing(\d+)\.xml\.rels", name):
                (target,) = re.findall(r"media/[^\"]+", book.read(name).decode())
                found[int(number[1])] = book.read(f"xl/{target}")
    return found


def parts(folder: Path) -> dict[str, bytes]:
    """Every file, workbooks unpacked."""
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".xlsx":
            with ZipFile(path) as book:
                found |= {f"{path.name}/{name}": book.read(name) for name in book.namelist()}
        elif path.is_file():
            found[path.name] = path.read_bytes()
    return found


@pytest.mark.parametrize("revealed", [False, True])
def test_numbers_are_masked_unless_revealed(tmp_path: Path, revealed: bool) -> None:
    write_sample(sample(frame(VILLAGES), ["赵六", "孙八"], revealed=revealed), tmp_path / "抽查")
    text = b"".join(parts(tmp_path / "抽查").values()).decode("utf-8", "ignore")
    assert [number in text for number in ("990101197003050015", "13800000000")] == [revealed, revealed]


def test_checkers_are_not_told_what_the_audit_found(folder: Path) -> None:
    told = {name: data for name, data in parts(folder).items() if "打印" in name or name.startswith("东镇")}
    assert told
    assert not any(word.encode() in data for word in ("必查", "有错误", "权数") for data in told.values())


def test_the_same_draw_gives_the_same_bytes(drawn: Sample, tmp_path: Path) -> None:
    for name in ("甲", "乙"):
        write_sample(drawn, tmp_path / name)
    assert parts(tmp_path / "甲") == parts(tmp_path / "乙")


def test_the_manifest_is_read_back(folder: Path, drawn: Sample) -> None:
    manifest = read_manifest(folder / MANIFEST)
    assert manifest == drawn.manifest
    assert sum(visit.weight for visit in manifest.visits) == pytest.approx(sum(VILLAGES.values()))
    assert all(visit.weight * visit.probability == pytest.approx(1) for visit in manifest.visits)


@pytest.mark.parametrize(
    ("old", "new"),
    [('"households": 12', '"households": 11'), ('"seed"', '"sead"'), ("-0002", "-0001"), ("{", "[")],
)
def test_an_altered_manifest_is_refused(folder: Path, old: str, new: str) -> None:
    path = folder / MANIFEST
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UsageError, match="改动"):
        read_manifest(path)


def test_a_missing_manifest_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="读不出抽样清单"):
        read_manifest(tmp_path / MANIFEST)


def test_filled_sheets_are_never_written_over(folder: Path, drawn: Sample) -> None:
    before = parts(folder)
    with pytest.raises(UsageError, match="已有文件"):
        write_sample(drawn, folder)
    assert parts(folder) == before


def test_an_empty_folder_is_filled_and_a_missing_one_needs_a_parent(drawn: Sample, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    write_sample(drawn, tmp_path / "空")
    assert (tmp_path / "空" / MANIFEST).is_file()
    with pytest.raises(UsageError, match="不存在"):
        write_sample(drawn, tmp_path / "没有" / "抽查")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["空"]


def test_names_of_places_become_names_of_files() -> None:
    names = FileNames()
    wanted = ["上/湾村", "上\\湾村", "CON", "村. ", "", "村" * 99, "甲村", "甲村"]
    assert [names.new(text) for text in wanted] == [
        "上_湾村", "上_湾村(2)", "_CON", "村", "_", "村" * 60, "甲村", "甲村(2)",
    ]  # fmt: skip


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    whole = frame({("=1+1", "A&B村"): 2})
    hostile = [
        replace(h, head="=cmd|' /C calc'!A0", place=Place("县", "=1+1", "A&B村")) for h in whole.households
    ]
    drawn = sample(replace(whole, households=tuple(hostile)), county="县")
    write_sample(drawn, tmp_path / "抽查")
    formulas: list[Any] = [
        cell.value
        for path in (tmp_path / "抽查").rglob("*.xlsx")
        for sheet in openpyxl.load_workbook(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert formulas == []
