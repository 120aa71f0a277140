from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

from fupin_audit.cli.ledgers import ledgers_group
from fupin_audit.errors import UsageError
from fupin_audit.ledgers.registry import LEDGERS


def run(*arguments: str) -> Result:
    return CliRunner().invoke(ledgers_group, arguments)


def test_list_names_every_ledger() -> None:
    result = run("list")
    assert result.exit_code == 0
    assert all(model.title in result.output for model in LEDGERS)
    assert max(cell_len(line) for line in result.output.splitlines()) <= 80


def test_list_as_json() -> None:
    listed = json.loads(run("list", "--format", "json").output)
    assert [entry["title"] for entry in listed] == [model.title for model in LEDGERS]
    assert listed[2]["key"] == ["户编号", "年度"]


def test_show_cuts_nothing_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    result = run("show", "监测对象")
    assert result.exit_code == 0
    assert "…" not in result.output
    assert "突发严重困难户" in result.output.replace("\n", "")


def test_show_as_json() -> None:
    shown = json.loads(run("show", "人口", "--format", "json").output)
    fields = {field["name"]: field for field in shown["fields"]}
    assert fields["证件号码"]["private"]
    assert fields["性别"]["labels"] == ["男", "女"]
    assert "公民身份号码" in fields["证件号码"]["spellings"]


def test_template(tmp_path: Path) -> None:
    path = tmp_path / "明白卡.xlsx"
    result = run("template", "明白卡", "-o", str(path))
    assert result.exit_code == 0
    assert str(path) in result.output
    assert openpyxl.load_workbook(path).sheetnames[0] == "明白卡"


def test_template_has_a_name_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("template", "户").exit_code == 0
    assert (tmp_path / "户模板.xlsx").is_file()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("show", "人囗"), "最接近的是“人口”"),
        (("template", "户", "-o", "filled.xlsx"), "已经存在"),
        (("template", "户", "-o", "nowhere/户.xlsx"), "不能写到"),
    ],
)
def test_refusals(
    arguments: tuple[str, ...], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "filled.xlsx").write_bytes(b"filled in")
    error = run(*arguments).exception
    assert isinstance(error, UsageError)
    assert says in str(error)
    assert (tmp_path / "filled.xlsx").read_bytes() == b"filled in"
