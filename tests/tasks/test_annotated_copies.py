"""`check --annotate`: copies of what was delivered, for those who mend it and for nobody else."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from click.testing import CliRunner, Result
from openpyxl.utils.cell import coordinate_to_tuple

from books import IDS, household, person
from fupin_audit.cli import main
from fupin_audit.workbook.formats.grid import letter

Run = Callable[..., Result]
PHONE = "13800001234"
PEOPLE = [
    person("1", 0, 联系电话=PHONE),
    person("1", 1, 证件号码=IDS[0], 联系电话="138"),
]


def write_book(path: Path, rows: list[dict[str, str]]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "表"
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append(list(row.values()))
    book.save(path)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "数据"
    folder.mkdir()
    write_book(folder / "户.xlsx", [dict(household("1", 家庭人口="5"))])
    write_book(folder / "人口.xlsx", [dict(row) for row in PEOPLE])
    (folder / "会议.csv").write_text("会议,地点\n一,二\n", encoding="utf-8")
    return folder


def run(*arguments: object) -> Result:
    words = ["check", *map(str, arguments), "--as-of", "2020-12-31"]
    return CliRunner().invoke(main, words, prog_name="fupin-audit")


def copies_of(folder: Path) -> dict[str, Path]:
    return {path.name.partition("（")[0]: path for path in folder.glob("*.xls?")}


def test_the_wrong_cells_are_marked_in_copies_and_the_originals_stay(data: Path, tmp_path: Path) -> None:
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in data.iterdir()}
    result = run(data, "--annotate", tmp_path / "标注", "--due", "2021-03-31")
    assert result.exit_code == 1, result.output
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in data.iterdir()} == before
    copies = copies_of(tmp_path / "标注")
    assert set(copies) == {"户", "人口"}
    sheet = openpyxl.load_workbook(copies["人口"])["表"]
    noted = {cell.coordinate: cell.comment.text for row in sheet for cell in row if cell.comment}
    column = letter([cell.value for cell in sheet[1]].index("证件号码"))
    note = next(text for cell, text in noted.items() if cell in (f"{column}2", f"{column}3"))
    assert "期限：2021-03-31" in note
    assert "责任人：" in note
    assert {cell for cell in noted if sheet[cell].fill.fill_type == "solid"} == set(noted)


def test_a_severity_may_have_a_deadline_of_its_own(data: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "整改台账.xlsx"
    run(data, "--output", f"xlsx={ledger}", "--due", "2021-03-31", "--due", "error=2021-01-31")
    sheet = openpyxl.load_workbook(ledger)["全部发现"]
    header = [cell.value for cell in sheet[3]]
    columns = header.index("级别"), header.index("整改期限")
    found = {tuple(row[at] for at in columns) for row in sheet.iter_rows(min_row=4, values_only=True)}
    assert found == {("错误", "2021-01-31"), ("疑点", "2021-03-31")}
    refused = run(data, "--due", "grave=2021-01-31")
    assert (refused.exit_code, "grave" in refused.output) == (2, True)


def test_the_ledger_of_findings_leads_to_the_marked_cells(data: Path, tmp_path: Path) -> None:
    ledger, folder = tmp_path / "县" / "整改台账.xlsx", tmp_path / "标注"
    ledger.parent.mkdir()
    run(data, "--annotate", folder, "--output", f"xlsx={ledger}")
    sheet = openpyxl.load_workbook(ledger)["全部发现"]
    header = [cell.value for cell in sheet[3]]
    at, where = header.index("标注件"), header.index("单元格地址")
    rows = [row for row in sheet.iter_rows(min_row=4, values_only=True) if row[at]]
    assert rows
    for row in rows:
        found = re.fullmatch(r'=HYPERLINK\("(.+)#\'(.+)\'!([A-Z]+\d+)","打开"\)', str(row[at]))
        assert found
        file, sheet_name, cell = found.groups()
        copy = openpyxl.load_workbook(ledger.parent / file)
        assert copy[sheet_name].cell(*coordinate_to_tuple(cell)).comment
        assert str(row[where]).partition("\n")[0].endswith(f"{sheet_name} › {cell}")
    run(data, "--annotate", tmp_path / "又标注", "--output", f"xlsx={ledger}")
    again = openpyxl.load_workbook(ledger)["全部发现"]
    assert [cell.value for cell in again[3]] == header


def test_copies_are_their_owners_alone_and_say_what_they_hold(data: Path, tmp_path: Path) -> None:
    run(data, "--annotate", tmp_path / "标注")
    files = list((tmp_path / "标注").iterdir())
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in files)
    assert stat.S_IMODE((tmp_path / "标注").stat().st_mode) == 0o700
    assert all("含个人信息" in path.name for path in files if path.suffix != ".txt")
    about = (tmp_path / "标注" / "说明.txt").read_text(encoding="utf-8-sig")
    assert "含个人信息" in about
    assert "会议.csv：没有要标的格子" in about


def test_notes_show_no_number_whole(data: Path, tmp_path: Path) -> None:
    run(data, "--annotate", tmp_path / "标注")
    notes = b""
    for path in copies_of(tmp_path / "标注").values():
        with ZipFile(path) as parts:
            named = [name for name in parts.namelist() if "comments" in name or name.endswith(".vml")]
            notes += b"".join(map(parts.read, named))
    about = (tmp_path / "标注" / "说明.txt").read_bytes()
    assert b"990101************" in notes
    assert not [secret for secret in (*IDS, PHONE) if secret.encode() in notes + about]


def test_only_what_is_selected_is_marked(data: Path, tmp_path: Path) -> None:
    run(data, "--annotate", tmp_path / "标注", "--rule", "ID")
    assert set(copies_of(tmp_path / "标注")) == {"人口"}
    assert "筛选：规则=ID" in (tmp_path / "标注" / "说明.txt").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("place", "said"),
    [("数据/标注", "里面"), ("数据", "里面"), ("别的", "已有文件"), ("没有/标注", "不存在")],
)
def test_a_folder_that_is_not_new_is_refused_before_the_work(
    place: str, said: str, data: Path, tmp_path: Path
) -> None:
    (tmp_path / "别的").mkdir()
    (tmp_path / "别的" / "a.txt").write_text("a", encoding="utf-8")
    result = run(data, "--annotate", tmp_path / place)
    assert result.exit_code == 2
    assert said in result.output
    assert (tmp_path / "别的" / "a.txt").read_text(encoding="utf-8") == "a"


def test_files_whose_masked_names_are_alike_are_not_mixed_up(tmp_path: Path) -> None:
    data = tmp_path / "数据"
    data.mkdir()
    for number in IDS[:2]:
        write_book(data / f"人口{number}.xlsx", [dict(row) for row in PEOPLE])
    run(data, "--annotate", tmp_path / "标注")
    assert not copies_of(tmp_path / "标注")
    assert "分不清" in (tmp_path / "标注" / "说明.txt").read_text(encoding="utf-8-sig")
