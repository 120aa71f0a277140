"""`fupin-audit check` and `demo`: what is shown where, and the exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from fupin_audit import Options
from fupin_audit.cli import main
from fupin_audit.errors import DamagedFileError, FupinAuditError, RuleError, UsageError
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Severity
from fupin_audit.results.input_sheet import InputSheet
from invented import clean_result
from standin import Auditor, readable, stand_in

Run = Callable[..., Result]


@pytest.fixture
def auditor(county: AuditResult, monkeypatch: pytest.MonkeyPatch) -> Auditor:
    return stand_in(monkeypatch, readable(county))


@pytest.fixture
def run(auditor: Auditor) -> Run:
    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(main, arguments, prog_name="fupin-audit")

    return invoke


def only(county: AuditResult, *severities: Severity) -> AuditResult:
    return replace(county, records=tuple(f for f in county.records if f.severity in severities))


@pytest.mark.parametrize(
    ("severities", "fail_on", "code"),
    [
        (tuple(Severity), "error", 1),
        (tuple(Severity), "never", 0),
        ((Severity.WARNING, Severity.INFO), "error", 0),
        ((Severity.WARNING, Severity.INFO), "warning", 1),
        ((Severity.INFO,), "warning", 0),
        ((Severity.INFO,), "info", 1),
        ((), "info", 0),
    ],
)
def test_exit_code_follows_fail_on(
    run: Run, auditor: Auditor, severities: tuple[Severity, ...], fail_on: str, code: int
) -> None:
    auditor.result = only(auditor.result, *severities)
    assert run("check", "清河县", "--fail-on", fail_on).exit_code == code


@pytest.mark.parametrize("fail_on", ["error", "never"])
def test_an_unreadable_input_outweighs_findings(
    run: Run, auditor: Auditor, county: AuditResult, fail_on: str
) -> None:
    auditor.result = county
    result = run("check", "清河县", "--fail-on", fail_on)
    assert result.exit_code == 3
    assert "KEY-05" in result.stdout


@pytest.mark.parametrize(
    ("failure", "code", "message"),
    [
        (UsageError("没有这个文件夹：清河县"), 2, "错误：没有这个文件夹：清河县"),
        (RuleError("没有字段“人均收人”", "我的.yaml", 3), 2, "错误：我的.yaml:3：没有字段“人均收人”"),
        (DamagedFileError("压缩包不完整", "请重新导出"), 3, "错误：压缩包不完整。请重新导出"),
        (KeyboardInterrupt(), 130, "已中断"),
    ],
)
def test_failures_are_told_in_chinese(
    run: Run, auditor: Auditor, failure: BaseException, code: int, message: str
) -> None:
    auditor.failure = failure
    result = run("check", "清河县")
    assert (result.exit_code, result.stdout, result.stderr.strip()) == (code, "", message)


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "{}"), ("check", "x", "--pack", "{}"), ("check", "x", "--codes", "{}"), ("check", "x", "--config", "{}"),
        ("check", "x", "--password-file", "{}"), ("compare", "{}", "{}"), ("show", "1", "{}"),
        ("scorecard", "x", "--against", "{}"), ("estimate", "x", "--manifest", "{}"), ("rules", "test", "{}"),
        ("rules", "lint", "{}"), ("rules", "new", "XYZ-01", "--pack", "{}"), ("sample", "x", "--output", "y", "--checkers", "{}"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_path_too_long_for_the_system_is_told(arguments: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, [word.format("长" * 100) for word in arguments])
    assert (result.exit_code in {2, 3}, result.stderr.count("\n")) == (True, 1)
    assert result.stderr.startswith("错误：")


def test_a_bug_keeps_its_traceback(run: Run, auditor: Auditor) -> None:
    auditor.failure = ZeroDivisionError("bug")
    assert run("check", "清河县").exception is auditor.failure
    assert not issubclass(ZeroDivisionError, FupinAuditError)


def test_options_reach_the_audit(run: Run, auditor: Auditor, tmp_path: Path) -> None:
    secret = tmp_path / "密码.txt"
    secret.write_text("8888\n", encoding="utf-8")
    run(
        "check", "甲", "乙", "--as-of", "2020-06-30", "--pack", "fushun", "--pack", "mine", "--set", "贫困线=4000",
        "--disable", "KEY-05", "--reveal", "--password-file", str(secret),
    )  # fmt: skip
    assert auditor.paths == (Path("甲"), Path("乙"))
    assert auditor.given == {
        "as_of": date(2020, 6, 30),
        "packs": ("fushun", "mine"),
        "options": Options(
            parameters={"贫困线": "4000"}, disabled=("KEY-05",), designations=(), password="8888", reveal=True
        ),
        "progress": None,
    }


def test_password_may_come_from_the_environment(
    run: Run, auditor: Auditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FUPIN_AUDIT_PASSWORD", "6666")
    run("check", "甲")
    assert auditor.given["options"].password == "6666"


def test_text_report_goes_to_stdout(run: Run) -> None:
    result = run("check", "清河县")
    assert result.stdout.startswith("不通过：错误 34、疑点 7、提示 24")
    assert "下一步" in result.stdout
    assert result.stderr == ""
    assert "\x1b" not in result.stdout


def test_json_report_goes_to_stdout_and_the_verdict_to_stderr(run: Run) -> None:
    result = run("check", "清河县", "--format", "json")
    assert len(json.loads(result.stdout_bytes)["findings"]) == 65
    assert result.stderr.startswith("不通过：错误 34")


def test_quiet_says_the_verdict_only(run: Run) -> None:
    assert (
        run("check", "清河县", "--quiet").stdout
        == "不通过：错误 34、疑点 7、提示 24；问题户 36、疑似错格 59；6 个村 90 户\n"
    )
    assert run("check", "清河县", "--quiet", "--format", "json").stderr == ""


def test_several_outputs_at_once(run: Run, tmp_path: Path) -> None:
    files = {name: tmp_path / f"报告.{name}" for name in ("xlsx", "json", "junit", "text")}
    result = run("check", "清河县", *(f"--output={name}={path}" for name, path in files.items()))
    assert result.exit_code == 1
    assert all(path.stat().st_size for path in files.values())
    assert all(f"已写出 {path}" in result.stderr for path in files.values())
    assert openpyxl.load_workbook(files["xlsx"]).sheetnames[0] == "汇总"


def test_filters_narrow_what_is_shown_but_not_the_exit_code(run: Run) -> None:
    result = run("check", "清河县", "--village", "上[湾]村", "--rule", "INC", "--severity", "error")
    assert result.exit_code == 1
    assert result.stdout.startswith("筛选后：错误 1、疑点 0、提示 0；问题户 1、疑似错格 1；1 个村 15 户")
    assert "筛选：村=上[湾]村；规则=INC；级别=错误，以下都是筛选后的数" in result.stdout
    assert "东关村" not in result.stdout
    assert run("check", "清河县", "--severity", "info").exit_code == 1


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--village", "东关", "数据里没有村“东关”，是不是“东关村”？"),
        ("--town", "石桥", "数据里没有乡镇“石桥”，是不是“石桥镇”？"),
        ("--rule", "KEY-5", "数据里没有规则“KEY-5”，是不是“KEY-05”？"),
        ("--rule", "key-05", "数据里没有规则“key-05”，是不是“KEY-05”？"),
    ],
)
def test_a_filter_that_fits_nothing_is_refused(run: Run, option: str, value: str, message: str) -> None:
    result = run("check", "清河县", option, value)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_town_and_a_village_that_do_not_meet_are_told_apart(run: Run) -> None:
    result = run("check", "清河县", "--town", "柳河乡", "--village", "东关村")
    assert result.exit_code == 2
    assert "柳河乡没有东关村；数据里有的是" in result.stderr


def test_a_filter_leaves_the_sheets_of_other_villages_out(run: Run, auditor: Auditor) -> None:
    county = auditor.result
    places = sorted(county.households, key=str)
    here, elsewhere = (next(p for p in places if p.village == name) for name in ("东关村", "上[湾]村"))
    marks = [frozenset({here}), frozenset({elsewhere}), frozenset({here, elsewhere})]
    sheets = [InputSheet(f"{n}.xlsx", "人口", places=mark) for n, mark in enumerate(marks)]
    unplaced = InputSheet("说明.xlsx", "说明")
    auditor.result = replace(county, inputs=(*sheets, unplaced))
    shown = json.loads(run("check", "清河县", "--village", "东关村", "--format", "json").stdout)
    told = [(sheet["file"], sheet["sheet"]) for sheet in shown["inputs"]]
    assert told == [(s.file, s.sheet) for s in (sheets[0], sheets[2], unplaced)]


def test_the_next_step_names_the_path_that_was_given(run: Run) -> None:
    shown = run("check", "我的 清河县").stdout
    assert "fupin-audit check '我的 清河县' --output xlsx=整改台账.xlsx" in shown


def test_a_file_name_says_its_format(run: Run, tmp_path: Path) -> None:
    for ending in ("xlsx", "json"):
        file = tmp_path / f"报告.{ending}"
        assert run("check", "清河县", "--output", str(file)).exit_code == 1
        assert f"已写出 {file}" in run("check", "清河县", "--output", f"{ending}={file}").stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "缺少 PATH"),
        (("x", "--as-of", "2020-13-01"), "“2020-13-01”不是日期"),
        (("x", "--set", "贫困线"), "“贫困线”要写成 参数=值"),
        (("x", "--output", "pdf=a.pdf"), "没有“pdf”这种格式，可用的有 text、json、xlsx、"),
        (("x", "--output", "xlsx=没有/a.xlsx"), "文件夹 没有 不存在"),
        (("x", "--severity", "bad"), "“bad”不在可选的值里"),
        (("x", "--colour"), "没有选项 --colour"),
        (("x", "--vilage", "东关村"), "没有选项 --vilage，是不是 --village？"),
        (("x", "--output", "报告"), "“报告”要写成 格式=文件"),
        (("x", "--pack"), "选项 --pack 后面要有值"),
        (("x", "--full=1"), "选项 --full 后面不能有值"),
        (("x", "--password-file", "没有.txt"), "读不出密码文件 没有.txt"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_done(
    run: Run, auditor: Auditor, arguments: tuple[str, ...], message: str
) -> None:
    result = run("check", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert auditor.paths == ()


def test_a_report_does_not_overwrite_an_input(run: Run, auditor: Auditor, tmp_path: Path) -> None:
    ledger = tmp_path / "户.xlsx"
    ledger.write_bytes(b"ledger")
    for given in (tmp_path, ledger):
        result = run("check", str(given), "--output", f"xlsx={ledger}")
        assert result.exit_code == 2
        assert "写出会盖掉它" in result.stderr
    assert ledger.read_bytes() == b"ledger"
    assert auditor.paths == ()


def test_demo_is_no_gate(run: Run, auditor: Auditor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("fupin_audit.cli.demo.folder", lambda _: tmp_path)
    (tmp_path / "清河县").mkdir()
    (tmp_path / "清河县-无误").mkdir()
    result = run("demo")
    assert (result.exit_code, auditor.paths) == (0, (tmp_path / "清河县",))
    assert result.stdout.startswith("不通过")
    auditor.result = clean_result()
    assert run("demo", "--clean").stdout.startswith("已检查的 1 条规则全部通过")
    assert auditor.paths == (tmp_path / "清河县-无误",)


def test_demo_writes_reports(
    run: Run, auditor: Auditor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("fupin_audit.cli.demo.folder", lambda _: tmp_path)
    (tmp_path / "清河县").mkdir()
    result = run("demo", "--output", f"xlsx={tmp_path / '整改台账.xlsx'}", "--quiet")
    assert result.exit_code == 0
    assert (tmp_path / "整改台账.xlsx").read_bytes().startswith(b"PK")
    kept = run("demo", "--output", f"json={tmp_path / '没有' / '结果.json'}")
    assert (kept.exit_code, auditor.paths) == (2, (tmp_path / "清河县",))


def test_the_demo_takes_back_lists(run: Run, tmp_path: Path) -> None:
    result = run("demo", "--returned", str(tmp_path))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--returned" in result.stderr


def test_data_is_handed_out_only_with_a_handout(run: Run, auditor: Auditor, tmp_path: Path) -> None:
    county, folder = str(tmp_path / "清河县"), str(tmp_path / "a")
    Path(county).mkdir()
    result = run("check", county, "--with-data")
    assert (result.exit_code, auditor.paths) == (2, ())
    assert "--handout" in result.stderr
    same = run("check", county, "--annotate", folder, "--handout", folder)
    assert (same.exit_code, auditor.paths) == (2, ())


def test_demo_without_samples_says_so(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("fupin_audit.cli.demo.folder", lambda _: tmp_path)
    result = run("demo")
    assert result.exit_code == 2
    assert "找不到示例数据" in result.stderr
