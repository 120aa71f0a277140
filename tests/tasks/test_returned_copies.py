"""Copies of a 整改台账 that several people sent back: all they typed stands in one, and where they disagree it is shown."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from filled_ledger import ALL, fill, rows
from fupin_audit.cli import main
from fupin_audit.errors import UsageError
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.tasks.carrying_over import write_ledger
from fupin_audit.tasks.returned_copies import read_returned

UNLIKE = "收回不一致"


@pytest.fixture
def sent(county: AuditResult, tmp_path: Path) -> Path:
    """The 整改台账 as it was sent out."""
    path = tmp_path / "发出.xlsx"
    write_ledger(county, path, county)
    return path


@pytest.fixture
def back(sent: Path, tmp_path: Path) -> tuple[Path, Path]:
    """What two people sent back, in a folder of their village each."""
    copies = tmp_path / "收回" / "东关村" / "整改台账.xlsx", tmp_path / "收回" / "西沟村" / "整改台账.xlsx"
    for copy in copies:
        copy.parent.mkdir(parents=True)
        shutil.copy(sent, copy)
    return copies


def together(county: AuditResult, target: Path, *paths: Path) -> openpyxl.Workbook:
    write_ledger(county, target, county, read_returned(paths))
    return openpyxl.load_workbook(target)


def test_what_each_typed_stands_in_one(county: AuditResult, back: tuple[Path, Path], tmp_path: Path) -> None:
    one = fill(back[0], ALL, 1, {"整改状态": "已整改", "核实人": "钱七", "备注": "夏收后"})
    other = fill(back[1], ALL, 2, {"整改状态": "整改中", "整改说明": "户主不在"})
    book = together(county, tmp_path / "全县.xlsx", tmp_path / "收回")
    found = rows(book[ALL])
    assert [found[one][title] for title in ("整改状态", "核实人", "备注")] == ["已整改", "钱七", "夏收后"]
    assert [found[other][title] for title in ("整改状态", "整改说明")] == ["整改中", "户主不在"]
    assert UNLIKE not in book.sheetnames


def test_what_two_typed_differently_is_shown(
    county: AuditResult, back: tuple[Path, Path], tmp_path: Path
) -> None:
    """The state stays as it was until they agree; both explanations stand there."""
    key = fill(back[0], ALL, 1, {"整改状态": "已销号", "整改说明": "已更正"})
    assert fill(back[1], ALL, 1, {"整改状态": "整改中", "整改说明": "待核实"}) == key
    book = together(county, tmp_path / "全县.xlsx", *back)
    assert rows(book[ALL])[key]["整改状态"] == "未整改"
    assert rows(book[ALL])[key]["整改说明"] == "已更正；待核实"
    told = list(book[UNLIKE].iter_rows(min_row=4, values_only=True))
    assert {row[8] for row in told} == {"整改状态", "整改说明"}
    assert all(f"{copy}：" in str(row[9]) for row in told for copy in back)


def test_what_is_new_wins_over_what_was_known(
    county: AuditResult, sent: Path, back: tuple[Path, Path]
) -> None:
    """One went on since the last time; the other, who had an old print, touched nothing."""
    key = fill(sent, ALL, 1, {"整改状态": "整改中", "核实人": "钱七"})
    fill(back[0], ALL, 1, {"整改状态": "已整改"})
    book = together(county, sent, *back)
    assert [rows(book[ALL])[key][title] for title in ("整改状态", "核实人")] == ["已整改", "钱七"]
    assert UNLIKE not in book.sheetnames


def test_twice_is_once(county: AuditResult, sent: Path, back: tuple[Path, Path]) -> None:
    fill(back[0], ALL, 1, {"整改状态": "已销号", "整改说明": "已更正"})
    fill(back[1], ALL, 1, {"整改状态": "整改中"})
    together(county, sent, *back)
    once = rows(openpyxl.load_workbook(sent)[ALL])
    book = together(county, sent, *back)
    assert rows(book[ALL]) == once
    assert UNLIKE in book.sheetnames


def test_a_finding_that_is_no_more_keeps_what_came_back(
    county: AuditResult, back: tuple[Path, Path], tmp_path: Path
) -> None:
    key = fill(back[0], ALL, 1, {"整改说明": "已更正"})
    rest = tuple(item for item in county.records if item.fingerprint != key)
    book = together(replace(county, records=rest), tmp_path / "全县.xlsx", *back)
    assert rows(book["已不再发现"])[key]["整改说明"] == "已更正"


def test_what_is_not_taken_over_is_told(sent: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(sent)
    book.create_sheet("我的记录").append(["张三", "已走访"])
    book.save(sent)
    (tmp_path / "名单.csv").write_text("姓名,村\n张三,东关村\n", encoding="utf-8")
    (tmp_path / "坏了.xlsx").write_bytes(b"PK")
    told = read_returned([tmp_path]).aside
    assert told[:2] == (
        "发出.xlsx › 我的记录：自己加的工作表，没有带过来",
        "名单.csv：没有填写整改的表，没有带过来",
    )
    assert told[2].startswith("坏了.xlsx：读不了，没有带过来")


@pytest.mark.parametrize("content", [None, b"", "姓名\n张三\n".encode()], ids=["missing", "empty", "other"])
def test_nothing_to_take_over_is_refused(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "收回.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match="收回"):
        read_returned([path])


def test_they_need_a_ledger_to_go_to(back: tuple[Path, Path]) -> None:
    refused = CliRunner().invoke(main, ["check", str(back[0]), "--returned", str(back[1])])
    assert refused.exit_code == 2
    assert "--output xlsx=" in refused.output
