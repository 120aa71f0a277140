"""`fupin-audit inspect`."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result
from layouts import people, person_rows, write

from fupin_audit.cli.inspect import inspect_command


def run(*arguments: str) -> Result:
    return CliRunner().invoke(inspect_command, arguments, env={"COLUMNS": "80", "NO_COLOR": "1"})


def county(folder: Path) -> Path:
    rows = [["清河县人口"], *person_rows(*people(1)), ["合计"]]
    header = [*rows[1], "是否困男户"]
    write(folder / "人口.xlsx", {"人口": [rows[0], header, *rows[2:]], "菜单": [["菜名"], ["白菜"]]})
    return folder


def test_each_sheet_is_explained_within_80_columns(tmp_path: Path) -> None:
    shown = run(str(county(tmp_path)))
    assert shown.exit_code == 0
    for text in ("人口.xlsx › 人口", "表头在第2行，数据3行", "H\u00a0姓名", "“是否困男户”", "未读入合计、小计1行",
                 "没有认出来", "认出1个"):  # fmt: skip
        assert text in shown.stdout
    assert max(map(len, shown.stdout.splitlines())) <= 80


def test_json_has_the_same_for_programs(tmp_path: Path) -> None:
    first, second = json.loads(run(str(county(tmp_path)), "--format", "json").stdout)
    assert (first["ledgers"], first["header_row"], first["rows"]) == (["人口", "户"], 2, 3)
    assert first["columns"]["H"] == "姓名"
    assert first["unrecognised"] == [{"column": "AC", "header": "是否困男户", "nearest": "危房户"}]
    assert (second["ledger"], second["error"]) == (None, None)


def test_designation(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", {"甲": [["姓名", "证件号码"], ["赵甲", "1"]]})
    shown = run(str(tmp_path), "--as", "车辆=a.xlsx", "--format", "json")
    assert json.loads(shown.stdout)[0]["ledger"] == "车辆"


def test_missing_key_is_told(tmp_path: Path) -> None:
    header, *rows = [list(values) for values in person_rows(*people(1))]
    kept = [at for at, name in enumerate(header) if name not in {"户编号", "证件号码"}]
    write(tmp_path / "a.xlsx", {"甲": [[values[at] for at in kept] for values in (header, *rows)]})
    assert "像是“人口”，但缺少“证件号码”列，没有读入" in run(str(tmp_path)).stdout


def test_unreadable_file_ends_with_3(tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04")
    shown = run(str(county(tmp_path)))
    assert (shown.exit_code, "读不了" in shown.stdout, "认出1个" in shown.stdout) == (3, True, True)
