"""`fupin-audit compare`: what is shown where, exit codes, bad input."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

from comparing.sheets import households, write
from fupin_audit.cli import main
from fupin_audit.reports.comparison.json_file import SCHEMA

SAMPLES = Path(__file__).parents[2] / "samples"
ID = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command in a folder with 甲.csv, 乙.csv (which differs in many ways) and 同.csv."""
    rows = households(30)
    other = [list(row) for row in rows[:28]]
    other[3][1], other[4][2], other[5][5] = "张小方", rows[4][2][:9] + "9" + rows[4][2][10:], "4.0055万元"
    write(tmp_path / "甲.csv", [*rows, rows[2]])
    write(tmp_path / "乙.csv", [*other, ["88888888888888", *rows[1][1:]]])
    write(tmp_path / "同.csv", [*rows, rows[2]])
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["compare", *arguments], prog_name="fupin-audit", terminal_width=80)

    return invoke


def test_report_reads_as_agreed(
    run: Run, golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    result = run("甲.csv", "乙.csv")
    assert (result.exit_code, result.stderr) == (1, "")
    golden("reports/comparison-80.txt", result.stdout)


def test_lines_fit_the_screen(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(SAMPLES / "清河县")
    for right in ("../清河县-无误/1.柳林乡.xlsx", "2.户收入信息2020.xlsx"):
        text = run("1.柳林乡.xlsx", right, "--key", "户编号").stdout
        assert max(map(cell_len, text.splitlines())) <= 80


@pytest.mark.parametrize(("right", "code", "word"), [("同.csv", 0, "相同"), ("乙.csv", 1, "不同")])
def test_exit_code_tells_of_differences(run: Run, right: str, code: int, word: str) -> None:
    result = run("甲.csv", right, "--quiet")
    assert (result.exit_code, result.stdout.partition("：")[0]) == (code, word)


def test_the_same_sheet_is_the_same(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "丙.csv", households(30))
    result = run("丙.csv", "丙.csv")
    assert result.exit_code == 0
    assert result.stdout.startswith("相同：配上 30 行，9 列全部一致")


def test_json_fits_its_schema(run: Run) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for right, same in (("同.csv", True), ("乙.csv", False)):
        result = run("甲.csv", right, "--format", "json")
        document = json.loads(result.stdout)
        jsonschema.validate(document, schema, jsonschema.Draft202012Validator)
        assert document["same"] is same
        assert result.stderr.startswith("相同：" if same else "不同：")
    assert document["summary"]["repeated_keys"] == 1


def test_causes_are_told_with_their_evidence(run: Run) -> None:
    told = json.loads(run("甲.csv", "乙.csv", "--format", "json", "--quiet").stdout)
    causes = {item["column"]: item["cause"] for item in told["differences"]}
    assert causes["户主证件号码"] == {"kind": "一位不同", "evidence": "只有第10位不同"}
    assert causes["户主姓名"] is None


def test_every_format_is_written(run: Run, tmp_path: Path) -> None:
    names = {"text": "报告.txt", "json": "报告.json", "xlsx": "报告.xlsx"}
    result = run("甲.csv", "乙.csv", *(f"--output={name}={file}" for name, file in names.items()))
    assert result.stderr.splitlines() == [f"已写出 {file}" for file in names.values()]
    book = openpyxl.load_workbook(tmp_path / "报告.xlsx")
    assert book.sheetnames == ["汇总", "不同之处", "只在左边", "只在右边", "键重复"]
    assert [cell.value for cell in book["不同之处"][2]][:6] == [
        "99010000010002",
        rows_name(2),
        "石桥村",
        "户主姓名",
        rows_name(2),
        "张小方",
    ]
    assert (book["只在左边"].max_row, book["只在右边"].max_row, book["键重复"].max_row) == (4, 2, 2)


def rows_name(number: int) -> str:
    return households(number + 1)[-1][1]


def test_a_formula_in_a_cell_stays_text(run: Run, tmp_path: Path) -> None:
    rows = [["编号", "说明文字"], *([f"A{n:03}", "好"] for n in range(9))]
    write(tmp_path / "丙.csv", rows)
    write(tmp_path / "丁.csv", [*rows[:-1], ["A008", "=HYPERLINK(1)"]])
    run("丙.csv", "丁.csv", "--output", "xlsx=报告.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "报告.xlsx")["不同之处"]["E2"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


@pytest.mark.parametrize("form", ["text", "json"])
def test_ids_are_masked_unless_revealed(run: Run, form: str) -> None:
    by_id = ("甲.csv", "乙.csv", "--key", "户主证件号码", "--full", "--format", form)
    assert not ID.search(run(*by_id).stdout)
    revealed = run(*by_id, "--reveal").stdout
    assert ID.search(revealed)
    assert "含完整个人信息" in revealed or json.loads(revealed)["revealed"]


def test_what_the_mask_hides_is_said(run: Run, tmp_path: Path) -> None:
    rows = households(30)
    write(tmp_path / "丙.csv", rows)
    hidden = [list(row) for row in rows]
    hidden[4][2] = rows[4][2][:7] + "812" + rows[4][2][10:]
    write(tmp_path / "丁.csv", hidden)
    assert "隐去的第8至10位不同" in run("丙.csv", "丁.csv").stdout


def test_a_sheet_is_chosen_by_name(run: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for title, count in (("2019年", 8), ("2020年", 9)):
        sheet = book.create_sheet(title)
        for row in households(count):
            sheet.append(row)
    del book["Sheet"]
    book.save(tmp_path / "台账.xlsx")
    result = run("台账.xlsx!2019年", "台账.xlsx!2020年")
    assert result.stdout.startswith("不同：配上 8 行，9 列全部一致；只在右边 1 行")
    assert "还有工作表2019年" in run("台账.xlsx", "台账.xlsx!2020年").stdout
    wrong = run("台账.xlsx!2018年", "台账.xlsx")
    assert (wrong.exit_code, wrong.stderr) == (
        2,
        "错误：台账.xlsx里没有工作表“2018年”，有的是：2019年、2020年\n",
    )


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("没有.csv", "甲.csv"), 2, "找不到“没有.csv”"),
        ((".", "甲.csv"), 2, "是文件夹"),
        (("甲.csv",), 2, "缺少 B"),
        (("甲.csv", "乙.csv", "--key", "户号码"), 2, "左边没有“户号码”这一列"),
        (("甲.csv", "乙.csv", "--tolerance", "收入=一"), 2, "“收入=一”要写成 [列=]数"),
        (("甲.csv", "乙.csv", "--tolerance", "-1"), 2, "不能小于0"),
        (("甲.csv", "乙.csv", "--output", "pdf=报告.pdf"), 2, "没有“pdf”这种格式，可用的有 text、json、xlsx"),
        (("坏.xlsx", "甲.csv"), 3, "文件不完整"),
        (("空.csv", "甲.csv"), 3, "文件是空的"),
    ],
)
def test_bad_input_is_told(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK\3\4broken")
    (tmp_path / "空.csv").write_bytes(b"")
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr
    assert "Traceback" not in result.stderr
