"""The project file: found, laid under the command line, told of in the head, refused where it is wrong."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from books import household, person, write_books, write_national
from fupin_audit import Options
from fupin_audit.cli import main
from fupin_audit.ledgers.header_meanings import HeaderMeaning
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Severity
from fupin_audit.rulepack.packs import pack_loading
from fupin_audit.workbook.recognising.recognition import Designation
from standin import Auditor, stand_in

FULL = """
paths = ["数据"]
packs = ["liaoning-fushun", "规则/本县.yaml"]
as-of = 2020-12-31
codes = "2018"
fail-on = "info"

[rules]
KEY-08 = "info"
HH-05 = "off"
HH-06 = false
KEY-09 = "on"

[parameters]
"贫困线" = 4000
"危改期限" = 2020-06-30

[sheets]
"民政局.xlsx!Sheet1" = "低保"
"名单.csv" = ["学籍"]

[columns."低保"]
"身份证" = "证件号码"

[outputs]
xlsx = "整改台账.xlsx"
"""
Run = Callable[..., Result]


@pytest.fixture
def auditor(county: AuditResult, monkeypatch: pytest.MonkeyPatch) -> Auditor:
    return stand_in(monkeypatch, replace(county, inputs=(), records=()))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with the data, a rule file and a full project file."""
    (tmp_path / "数据").mkdir()
    (tmp_path / "规则").mkdir()
    (tmp_path / "规则/本县.yaml").write_text("rules: []", encoding="utf-8")
    (tmp_path / "fupin-audit.toml").write_text(FULL, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="fupin-audit")


# What the file says.


def test_the_file_of_the_working_directory_is_used(here: Path, auditor: Auditor) -> None:
    result = run("check")
    assert (result.exit_code, auditor.paths) == (0, (Path("数据"),))
    assert auditor.given["packs"] == ("liaoning-fushun", "规则/本县.yaml")
    assert auditor.given["as_of"] == date(2020, 12, 31)
    assert auditor.options == Options(
        parameters={"贫困线": "4000", "危改期限": "2020-06-30"},
        disabled=("HH-05", "HH-06"),
        enabled=("KEY-09",),
        severities={"KEY-08": Severity.INFO},
        designations=(
            Designation("低保", "民政局.xlsx", "Sheet1", required=False),
            Designation("学籍", "名单.csv", required=False),
        ),
        headers=(HeaderMeaning("低保", "身份证", "证件号码"),),
        codes="2018",
    )
    assert (here / "整改台账.xlsx").is_file()


def test_its_settings_stand_in_every_head(here: Path, auditor: Auditor) -> None:
    said = ("项目文件 fupin-audit.toml", "选用规则包 liaoning-fushun、规则/本县.yaml", "退出码按 info",
            "另写报告 xlsx=整改台账.xlsx")  # fmt: skip
    report = json.loads(run("check", "--format", "json").stdout)
    assert report["settings"] == [*said, *auditor.result.settings]
    assert report["as_of_source"] == "项目文件指定"
    summary = openpyxl.load_workbook(here / "整改台账.xlsx")["汇总"]
    written = "".join(str(cell.value or "") for (cell, *_) in summary.iter_rows())
    shown = run("check", "--full").stdout.replace("\n", "")
    for text in said:
        assert text in written
        assert text.replace(" ", "") in shown.replace(" ", "")


def test_paths_in_it_are_relative_to_it(
    here: Path, auditor: Auditor, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("别处"))
    result = run("check", "--config", str(here / "fupin-audit.toml"))
    assert (result.exit_code, auditor.paths) == (0, (here / "数据",))
    assert auditor.given["packs"] == ("liaoning-fushun", str(here / "规则/本县.yaml"))
    assert (here / "整改台账.xlsx").is_file()


def test_without_a_file_nothing_is_said(
    auditor: Auditor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    report = json.loads(run("check", ".", "--format", "json").stdout)
    assert report["settings"] == list(auditor.result.settings)
    assert auditor.options == Options()
    refused = run("check")
    assert (refused.exit_code, "缺少 PATH" in refused.stderr, "paths" in refused.stderr) == (2, True, True)


def test_a_demonstration_does_without_it(here: Path, auditor: Auditor) -> None:
    assert run("demo").exit_code == 0
    assert auditor.options == Options()


# The command line wins.


def test_what_is_written_with_the_command_wins(here: Path, auditor: Auditor) -> None:
    arguments = (
        "check 别处 --pack national --as-of 2021-12-31 --codes 代码.yaml --set 贫困线=1 --set 监测线=2"
        " --disable KEY-09 --disable ID-01 --enable HH-05 --as 残疾人=民政局.xlsx!Sheet1 --fail-on never"
    )
    assert run(*arguments.split(), "--output", "xlsx=别的.xlsx").exit_code == 0
    assert (auditor.paths, auditor.given["packs"]) == ((Path("别处"),), ("national",))
    assert auditor.given["as_of"] == date(2021, 12, 31)
    options = auditor.options
    assert options.codes == "代码.yaml"
    assert options.parameters == {"贫困线": "1", "危改期限": "2020-06-30", "监测线": "2"}
    assert (options.disabled, options.enabled) == (("HH-06", "KEY-09", "ID-01"), ("HH-05",))
    assert [(item.ledger, item.required) for item in options.designations] == [
        ("残疾人", True),
        ("学籍", False),
    ]
    assert (here / "别的.xlsx").is_file()
    assert not (here / "整改台账.xlsx").exists()


@pytest.mark.parametrize(("fail_on", "code"), [((), 1), (("--fail-on", "error"), 0)])
def test_the_exit_code_follows_the_file_unless_the_command_says_otherwise(
    fail_on: tuple[str, ...], code: int, here: Path, auditor: Auditor, county: AuditResult
) -> None:
    hints = tuple(finding for finding in county.records if finding.severity is Severity.INFO)
    auditor.result = replace(auditor.result, records=hints)
    assert run("check", *fail_on).exit_code == code


# What is refused.


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('\npack = ["x"]', 2, "pack：没有这一项，最接近的是“packs”"),
        ('fail_on = "error"', 1, "没有这一项，最接近的是“fail-on”"),
        ('fail-on = "fatal"', 1, "fail-on：不在允许的值里"),
        ('as-of = "2020-13-01"', 1, "应是 2020-12-31 这样的日期"),
        ("paths = 3", 1, "paths：应是列表"),
        ('[rules]\nKEY-08 = "inof"', 2, "rules.KEY-08：不在允许的值里"),
        ('[rules]\nID-01 = "off"\nKEY8 = "info"', 3, "应写成 KEY-05 的样子"),
        ('[rule]\nKEY-08 = "info"', 1, "没有这一项，最接近的是“rules”"),
        ('[columns."低保"]\n"身份证" = 3', 2, "columns.低保.身份证：应是文本"),
        ("columns = 3", 1, "映射"),
        ('codes = "2018"\n"sheets"."a.xlsx" = 1', 2, "sheets.a.xlsx：应是列表"),
        ("[parameters]\n贫困线 = 4000", 2, "中文的名字都要加引号"),
        ('codes = "1"\ncodes = "2"', 2, "每项只写一次"),
    ],
)
def test_a_wrong_file_is_refused_at_its_line(
    text: str, line: int, says: str, here: Path, auditor: Auditor
) -> None:
    (here / "fupin-audit.toml").write_text(text, encoding="utf-8")
    result = run("check", "数据")
    assert result.exit_code == 2
    assert f"fupin-audit.toml:{line}：" in result.stderr
    assert says in result.stderr
    assert auditor.paths == ()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--config", "没有.toml"), "没有.toml：读不了项目文件"),
        (("--config", "数据"), "数据：读不了项目文件"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(
    arguments: tuple[str, ...], says: str, here: Path, auditor: Auditor
) -> None:
    result = run("check", "数据", *arguments)
    assert (result.exit_code, says in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("output", "says"),
    [('pdf = "a.pdf"', "没有“pdf”这种格式"), ('xlsx = "没有/a.xlsx"', "文件夹 没有 不存在")],
)
def test_a_report_that_cannot_be_written_is_refused(
    output: str, says: str, here: Path, auditor: Auditor
) -> None:
    (here / "fupin-audit.toml").write_text(f"[outputs]\n{output}", encoding="utf-8")
    result = run("check", "数据")
    assert (result.exit_code, auditor.paths) == (2, ())
    assert says in result.stderr


def test_windows_notepad_writes_a_mark_at_the_start(here: Path, auditor: Auditor) -> None:
    (here / "fupin-audit.toml").write_text('codes = "2018"', encoding="utf-8-sig")
    assert run("check", "数据").exit_code == 0
    assert auditor.options.codes == "2018"


# The other commands.


@pytest.fixture(scope="module")
def few_rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_national(tmp_path_factory.mktemp("rules"), ["cells", "keys"])


@pytest.fixture
def county_of_codes(few_rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Data with an odd header and bare codes, a ledger of the county's own, a project file for both."""
    monkeypatch.setattr(pack_loading, "folder", lambda _: few_rules)
    monkeypatch.chdir(tmp_path)
    data = tmp_path / "数据"
    data.mkdir()
    member = {
        "和户主什么关系" if name == "与户主关系" else name: text for name, text in person("1", 0).items()
    }
    write_books(data, {"户": [household("1")], "人口": [{**member, "和户主什么关系": "01"}]})
    (tmp_path / "自建.yaml").write_text(
        "ledgers:\n  - {title: 光伏岗, fields: {工资: 元}}\n", encoding="utf-8"
    )
    (tmp_path / "fupin-audit.toml").write_text(
        'paths = ["数据"]\npacks = ["自建.yaml"]\nas-of = 2020-12-31\ncodes = "2018"\n[rules]\nKEY-05 = "info"\nKEY-06 = "off"\n'
        '[columns."人口"]\n"和户主什么关系" = "与户主关系"\n',
        encoding="utf-8",
    )
    return tmp_path


@pytest.mark.usefixtures("county_of_codes")
def test_inspect_reads_as_check_does() -> None:
    result = run("inspect", "--format", "json")
    sheet = next(sheet for sheet in json.loads(result.stdout) if sheet["file"] == "人口.csv")
    assert sheet["columns"]["E"] == "与户主关系"
    assert any("“和户主什么关系”按指定读作" in note for note in sheet["notes"])


@pytest.mark.usefixtures("county_of_codes")
def test_the_whole_way_with_a_project_file() -> None:
    report = json.loads(run("check", "--format", "json").stdout)
    runs = {item["id"]: item for item in report["rules"]}
    assert (runs["KEY-05"]["severity"], runs["KEY-06"]["reason"]) == ("info", "本次停用")
    assert runs["CEL-12"]["failed"] == 0
    assert "人口的“和户主什么关系”列读作“与户主关系”" in report["settings"]


@pytest.mark.usefixtures("county_of_codes")
def test_ledgers_and_rules_know_the_file() -> None:
    ledgers = json.loads(run("ledgers", "list", "--format", "json").stdout)
    assert ledgers[-1]["title"] == "光伏岗"
    rules = {rule["id"]: rule for rule in json.loads(run("rules", "list", "--format", "json").stdout)}
    assert rules["KEY-05"]["severity"] == "info"
    shown = json.loads(run("rules", "show", "KEY-06", "--format", "json").stdout)
    assert shown["overrides"] == [{"pack": "", "place": "本次设置", "enabled": False, "severity": None}]


def test_inspect_saves_a_project_file_that_reads_the_same_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, header in {
        "1": ["户主姓名", "户主身份证号", "低保证号", "保障人口", "户月保障金额", "保障金额标准"],
        "2": ["姓名", "身份证号", "单位名称", "余额"],
    }.items():
        workbook = openpyxl.Workbook()
        sheet = workbook.worksheets[0]
        sheet.append(header)
        sheet.append(["周长河"] * len(header))
        workbook.save(tmp_path / f"{name}.xlsx")
    assert CliRunner().invoke(main, ["inspect", ".", "--save", "fupin-audit.toml"]).exit_code == 0
    saved = (tmp_path / "fupin-audit.toml").read_text(encoding="utf-8")
    assert '"1.xlsx!Sheet" = "低保"' in saved
    doubtful = next(line for line in saved.splitlines() if "2.xlsx!Sheet" in line)
    assert doubtful.startswith('# "2.xlsx!Sheet" = ')
    accepted = saved.replace(doubtful, doubtful.removeprefix("# "))
    (tmp_path / "fupin-audit.toml").write_text(accepted, encoding="utf-8")
    shown = json.loads(CliRunner().invoke(main, ["inspect", ".", "--format", "json"]).stdout)
    assert [sheet["ledger"] for sheet in shown] == ["低保", doubtful.rpartition('"')[0].rpartition('"')[2]]
    refused = CliRunner().invoke(main, ["inspect", ".", "--save", "fupin-audit.toml"])
    assert (refused.exit_code, "已经有了" in refused.output) == (2, True)


def test_a_saved_project_file_can_be_read_whatever_the_files_are_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files whose masked names are alike are named, but out of force: the names are not theirs."""
    monkeypatch.chdir(tmp_path)
    header = "户主姓名,户主身份证号,低保证号,保障人口,户月保障金额,保障金额标准\n"
    names = ["低保990101197003050015", "低保990101197003050031", 'a\x7f"b\\c\u202e', "急！a!b"]
    for name in names:
        (tmp_path / f"{name}.csv").write_text(header + "周长河,1,2,1,300,3600\n", encoding="utf-8")
    assert CliRunner().invoke(main, ["inspect", ".", "--save", "fupin-audit.toml"]).exit_code == 0
    saved = (tmp_path / "fupin-audit.toml").read_text(encoding="utf-8")
    assert saved.count('# "低保990101************.csv" = "低保"  # 名称打了码') == 1
    assert tomllib.loads(saved)["sheets"] == {f"{name}.csv": "低保" for name in names[2:]}
    again = CliRunner().invoke(main, ["inspect", ".", "--format", "json"])
    assert [sheet["ledger"] for sheet in json.loads(again.stdout)] == ["低保"] * len(names)


def test_a_file_with_an_exclamation_mark_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "急!低保.csv").write_text("户编号,姓名,证件号码\n1,张三,2\n", encoding="utf-8")
    shown = CliRunner().invoke(
        main, ["inspect", str(tmp_path), "--as", "医保参保=急!低保.csv", "--format", "json"]
    )
    assert [sheet["ledger"] for sheet in json.loads(shown.stdout)] == ["医保参保"]


def test_letters_of_a_list_without_a_header_are_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("名单.csv").write_text(
        "1,张安,990101197003050015,300\n2,李安,990101197208150028,300\n", encoding="utf-8"
    )
    told = ["--as", "低保=名单.csv", "--columns", "姓名=B,证件号码=C,月保障金=D"]
    saved = CliRunner().invoke(main, ["inspect", ".", *told, "--save", "fupin-audit.toml"])
    assert saved.exit_code == 0
    again = CliRunner().invoke(main, ["inspect", "名单.csv", "--format", "json"])
    (sheet,) = json.loads(again.stdout)
    assert (sheet["ledgers"], sheet["rows"]) == (["低保"], 2)
    assert sheet["columns"] == {"B": "姓名", "C": "证件号码", "D": "月保障金"}


@pytest.mark.parametrize("designations", [[], ["--as", "低保=名单.csv", "--as", "低保=名单二.csv"]])
def test_letters_are_of_one_list(tmp_path: Path, designations: list[str]) -> None:
    (tmp_path / "名单.csv").write_text("张安,990101197003050015\n", encoding="utf-8")
    refused = CliRunner().invoke(
        main, ["inspect", str(tmp_path), *designations, "--columns", "姓名=A,证件号码=B"]
    )
    assert refused.exit_code == 2
    assert "--columns 说的是一张 --as 指明的表" in refused.stderr
