"""Bad input is told in Chinese, with the right exit code; everything else is still checked (D12)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import msoffcrypto.format.ooxml
import openpyxl
import pytest
from click.testing import CliRunner, Result

from books import IDS, Book, Row, household, person, write_books, write_csv, write_national
from fupin_audit.cli import main
from fupin_audit.rulepack.packs import pack_loading

PASSWORD = "清河2020"
# The first household has two members, the second says three: KEY-05 finds it whatever lies beside.
GOOD: Mapping[str, Book] = {
    "户": [household("1"), household("2", head=2, 家庭人口="3")],
    "人口": [person("1", 0), person("1", 1), {**person("2", 2), "与户主关系": "户主"}, person("2", 3)],
    "户年度": [
        {"户编号": number, "年度": "2020", "人均纯收入": "5000", "纯收入": "10000", "工资性收入": "10000"}
        for number in "12"
    ],
}


@pytest.fixture(scope="session")
def small_national(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_national(tmp_path_factory.mktemp("rules"), ["cells", "keys", "identity"])


@pytest.fixture(autouse=True)
def _few_rules(small_national: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """How bad input is told does not depend on how many rules there are."""
    monkeypatch.setattr(pack_loading, "folder", lambda _: small_national)


def check(folder: Path, *options: str) -> Result:
    result = CliRunner().invoke(main, ["check", str(folder), *options])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def report(folder: Path) -> tuple[int, dict[str, Any]]:
    result = check(folder, "--format", "json")
    return result.exit_code, json.loads(result.stdout)


def findings(reported: dict[str, Any], rule: str) -> list[dict[str, Any]]:
    return [finding for finding in reported["findings"] if finding["rule"] == rule]


def workbook(*rows: Sequence[object]) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("Sheet1")
    for row in rows:
        page.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def encrypted(content: bytes) -> bytes:
    locked = BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(BytesIO(content)).encrypt(PASSWORD, locked)
    return locked.getvalue()


CARD = workbook(["户编号", "户主姓名", "家庭人口", "发放日期"], ["1", "张安", "2", "2020-03-01"])
UNREADABLE: Mapping[str, tuple[bytes, str]] = {
    "empty": (b"", "空"),
    "text": ("本表由各村填写，月底前报送。".encode(), "没有分成列"),
    "truncated": (CARD[: len(CARD) // 2], "文件不完整"),
    "encrypted": (encrypted(CARD), "密码"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(64), "不是"),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_an_unreadable_file_is_told_and_the_rest_is_checked(kind: str, tmp_path: Path) -> None:
    content, says = UNREADABLE[kind]
    write_books(tmp_path, GOOD)
    (tmp_path / "明白卡.xlsx").write_bytes(content)
    code, reported = report(tmp_path)
    (told,) = findings(reported, "CEL-10")
    assert code == 3
    assert told["locations"][0]["file"] == "明白卡.xlsx"
    assert says in told["message"]
    assert [finding["household"] for finding in findings(reported, "KEY-05")] == ["2"]
    shown = check(tmp_path)
    assert shown.exit_code == 3
    assert "明白卡.xlsx" in shown.stdout


@pytest.mark.parametrize("kind", UNREADABLE)
def test_an_unreadable_file_alone_is_told(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "明白卡.xlsx"
    path.write_bytes(UNREADABLE[kind][0])
    result = check(path)
    assert result.exit_code == 3
    assert UNREADABLE[kind][1] in result.stdout + result.stderr


def test_the_password_opens_an_encrypted_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_books(tmp_path, GOOD)
    (tmp_path / "明白卡.xlsx").write_bytes(encrypted(CARD))
    monkeypatch.setenv("FUPIN_AUDIT_PASSWORD", PASSWORD)
    code, reported = report(tmp_path)
    assert (code, findings(reported, "CEL-10")) == (1, [])
    assert "明白卡" in {sheet["ledger"] for sheet in reported["inputs"]}


def test_an_empty_folder_is_wrong_usage(tmp_path: Path) -> None:
    result = check(tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "没有表格文件" in result.stderr


def test_a_missing_path_is_wrong_usage(tmp_path: Path) -> None:
    result = check(tmp_path / "没有这个文件夹")
    assert result.exit_code == 2
    assert "没有这个文件夹" in result.stderr


def test_a_sheet_with_no_known_header_is_told(tmp_path: Path) -> None:
    write_books(tmp_path, GOOD)
    (tmp_path / "车辆.xlsx").write_bytes(
        workbook(["车次", "里程", "司机"], ["1", "30", "王五"], ["2", "40", "赵六"])
    )
    code, reported = report(tmp_path)
    (told,) = findings(reported, "CEL-08")
    assert (code, told["severity"], told["locations"][0]["file"]) == (1, "info", "车辆.xlsx")
    assert len(findings(reported, "KEY-05")) == 1


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([["车次", "里程"], ["1", "30"]], "没有认出一本台账"),
        ([["户编号", "户主姓名", "住房安全等级"], ["1", "张安", "A"]], "--as-of"),
    ],
)
def test_nothing_to_date_by_is_wrong_usage(
    rows: Sequence[Sequence[object]], says: str, tmp_path: Path
) -> None:
    path = tmp_path / "住房标识牌.xlsx"
    path.write_bytes(workbook(*rows))
    result = check(path)
    assert (result.exit_code, result.stdout, says in result.stderr) == (2, "", True)


def test_nothing_recognised_beside_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "车辆.xlsx").write_bytes(workbook(["车次", "里程"], ["1", "30"]))
    (tmp_path / "空.xlsx").write_bytes(b"")
    result = check(tmp_path)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "没有认出一本台账" in result.stderr
    assert "空.xlsx" in result.stderr
    assert "没有一个文件能读" not in result.stderr


def test_a_missing_required_column_is_one_finding(tmp_path: Path) -> None:
    write_books(tmp_path, GOOD)
    header = ["户主姓名", "住房安全等级", "鉴定日期", "鉴定机构"]
    rows = [["张安", "A", "2020-03-01", "县住建局"] for _ in range(20)]
    (tmp_path / "住房标识牌.xlsx").write_bytes(workbook(header, *rows))
    code, reported = report(tmp_path)
    (told,) = findings(reported, "CEL-02")
    assert code == 1
    assert "户编号" in told["message"]
    assert [f for f in reported["findings"] if f["ledger"] == "住房标识牌" and f["rule"] != "CEL-02"] == []
    assert len(findings(reported, "KEY-05")) == 1


def test_a_missing_ledger_is_not_checked_and_says_so(tmp_path: Path) -> None:
    write_books(tmp_path, {title: rows for title, rows in GOOD.items() if title != "人口"})
    result = check(tmp_path)
    rules = {rule["id"]: rule for rule in report(tmp_path)[1]["rules"]}
    assert rules["KEY-05"]["status"] == "not_checked"
    assert rules["KEY-05"]["reason"] == "未交付台账“人口”"
    assert rules["KEY-01"]["status"] == "ran"
    assert "未交付台账“人口”" in result.stdout


def test_ids_stored_as_numbers_are_told_cell_by_cell(tmp_path: Path) -> None:
    write_books(tmp_path, {title: rows for title, rows in GOOD.items() if title != "人口"})
    people = [dict(row) for row in GOOD["人口"]]
    cells: list[list[object]] = [list(row.values()) for row in people]
    at = list(people[0]).index("证件号码")
    cells[0][at], cells[2][at] = int(IDS[0]), float(IDS[2])
    (tmp_path / "人口.xlsx").write_bytes(workbook(list(people[0]), *cells))
    code, reported = report(tmp_path)
    told = findings(reported, "ID-03")
    assert code == 1
    assert [finding["locations"][0]["cell"] for finding in told] == ["D2", "D4"]
    assert len(findings(reported, "KEY-05")) == 1


def second_file(*rows: Mapping[str, str]) -> Callable[[Path], None]:
    return lambda folder: write_csv(folder / "人口补报.csv", list(rows))


def test_overlapping_rows_of_two_files_are_one(tmp_path: Path) -> None:
    write_books(tmp_path, GOOD)
    second_file(GOOD["人口"][1], GOOD["人口"][2])(tmp_path)
    code, reported = report(tmp_path)
    assert code == 1
    assert findings(reported, "KEY-02") == findings(reported, "KEY-12") == findings(reported, "ID-05") == []
    assert len(findings(reported, "KEY-05")) == 1
    notes = [note for sheet in reported["inputs"] for note in sheet["notes"]]
    assert any("2行" in note and "重复" in note for note in notes)


def test_overlapping_rows_that_disagree_are_told_once(tmp_path: Path) -> None:
    write_books(tmp_path, GOOD)
    second_file({**GOOD["人口"][1], "姓名": "李平"}, GOOD["人口"][2])(tmp_path)
    _, reported = report(tmp_path)
    (told,) = findings(reported, "KEY-12")
    files = {at["file"] for at in told["locations"]}
    assert files == {"人口.csv", "人口补报.csv"}
    assert {at["value"] for at in told["locations"]} == {"李安", "李平"}


def test_overlapping_rows_of_a_ledger_kept_by_hand_are_told(tmp_path: Path) -> None:
    write_books(tmp_path, GOOD)
    for name in ("明白卡.xlsx", "明白卡补.xlsx"):
        (tmp_path / name).write_bytes(CARD)
    _, reported = report(tmp_path)
    notes = [note for sheet in reported["inputs"] for note in sheet["notes"]]
    assert any("1行" in note and "请确认是否重复报送" in note for note in notes)


ODD_VALUES = ("99999999999999999999", "-9223372036854775808", "9223372036854775807", "1e400", "NaN", "0x10", "３", "三",
              "2,0", "'2", '="2"', " 2 ", "2人", "=1+1", "二〇二〇", "\ud7ff", "🏠", "2" * 400)  # fmt: skip


@pytest.mark.parametrize(
    "column", ["家庭人口", "脱贫年度", "户编号", "识别年月", "人均纯收入", "联系电话", "脱贫属性", "饮水安全"]
)
def test_no_value_stops_a_check(column: str, tmp_path: Path) -> None:
    """Whatever stands in a cell is a value or a finding, never an error."""
    odd: list[Row] = [{**household(f"9{at:03}"), column: text} for at, text in enumerate(ODD_VALUES)]
    books = {**GOOD, "户": [{**household("1"), column: ""}, *odd]}
    columns = dict.fromkeys(name for row in books["户"] for name in row)
    books["户"] = [{name: row.get(name, "") for name in columns} for row in books["户"]]
    write_books(tmp_path, books)
    code, reported = report(tmp_path)
    assert code in (0, 1)
    assert reported["inputs"]
