"""`fupin-audit rules list|show|test`."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

from books import write_national
from fupin_audit.cli import main
from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.registry import LEDGERS
from fupin_audit.rulepack.checks import example_rows
from fupin_audit.rulepack.checks.checking import rule_errors
from fupin_audit.rulepack.declared import yamlfile
from fupin_audit.rulepack.declared.packfile import PackHead, RuleFile
from fupin_audit.rulepack.declared.rule import Rule
from fupin_audit.rulepack.packs import pack_loading
from fupin_audit.rulepack.packs.pack import Pack
from fupin_audit.rulepack.packs.pack_loading import load_catalogue
from fupin_audit.rulepack.showing.skeleton import skeleton

OWN = """
parameters:
  - {{name: 门槛, unit: 元, values: [{{value: 4000, basis: {{standard: 试验}}}}]}}
derived:
  - {{field: 有电话, ledger: 户, value: 联系电话 IS NOT NULL, note: 登记了电话, examples: [{{联系电话: "13912345678", "=": true}}]}}
rules:
  - id: XYZ-01
    title: 收入应过门槛
    ledger: 户
    when: 有电话
    require: 人均纯收入 >= param.门槛
    severity: warning
    say: "人均纯收入{{人均纯收入}}元"
    why: 收入低的户要看住
    fix: 核实后更正
    owner: 第一书记
    basis: [{{policy: fushun-2020-14, clause: 三(七)}}]
    examples:
      good: [{{联系电话: "13912345678", 人均纯收入: {good}}}]
      bad:  [{{联系电话: "13912345678", {field}: 3999}}]
"""


@pytest.fixture(scope="session")
def small_national(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_national(tmp_path_factory.mktemp("rules"), ["cells", "keys", "reconciliations"])


@pytest.fixture(autouse=True)
def _few_rules(small_national: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pack_loading, "folder", lambda _: small_national)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return write_own(tmp_path)


def write_own(folder: Path, good: str = "4000", field: str = "人均纯收入") -> Path:
    path = folder / "自定.yaml"
    path.write_text(OWN.format(good=good, field=field), encoding="utf-8")
    return path


EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "光伏公益岗"


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["rules", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_list_names_every_rule_within_80_columns() -> None:
    result = run("list")
    assert result.exit_code == 0
    assert all(name in result.stdout for name in ("CEL-01", "KEY-14", "CRD-06", "户编号应唯一"))
    assert max(map(cell_len, result.stdout.splitlines())) <= 80


def test_list_as_json() -> None:
    listed = json.loads(run("list", "--group", "KEY", "--format", "json").stdout)
    assert [rule["id"] for rule in listed] == [f"KEY-{number:02}" for number in range(1, 15)]
    assert listed[4] == {
        "id": "KEY-05",
        "title": "家庭人口应等于在册成员数",
        "severity": "error",
        "ledgers": ["户"],
        "owner": "第一书记",
        "basis": ["抚脱贫发〔2020〕14号 三(七)", "云阳县2020年9月4日方案 二(五)3", "字段含义"],
        "packs": ["national"],
        "also_known_as": {},
        "examples": {"good": 2, "bad": 2, "undecided": 1, "exempt": 1},
    }


def test_show_says_everything(own: Path) -> None:
    result = run("show", "XYZ-01", "--pack", str(own))
    shown = "".join(result.stdout.split())
    for said in ("收入应过门槛", "疑点", "收入低的户要看住", "核实后更正", "第一书记", "人均纯收入>=param.门槛",
                 "抚脱贫发〔2020〕14号", "三(七)", "4000", "登记了电话", "例：相符", "例：不符", "自定",
                 "用到户：人均纯收入、联系电话", "始于0.1.0版"):  # fmt: skip
        assert said in shown
    assert "…" not in result.stdout


def test_show_a_check_of_reading_and_a_reconciliation() -> None:
    assert "单元格的内容应能按本列的类型读出" in run("show", "CEL-01").stdout
    shown = "".join(run("show", "CRD-01").stdout.split())
    assert "账账核对" in shown
    assert "容差param.金额容差" in shown


def test_show_as_json(own: Path) -> None:
    shown = json.loads(run("show", "XYZ-01", "--pack", str(own), "--format", "json").stdout)
    assert shown["entries"][0]["require"] == "人均纯收入 >= param.门槛"
    assert shown["citations"][0]["number"] == "抚脱贫发〔2020〕14号"
    (parameter,) = shown["parameters"]
    assert (parameter["name"], parameter["values"][0]["value"]) == ("门槛", 4000)
    assert [field["field"] for field in shown["derived"]] == ["有电话"]


def test_examples_that_hold(own: Path) -> None:
    result = run("test", str(own))
    assert (result.exit_code, result.stdout) == (0, "3个例子都如所述\n")


def test_examples_that_do_not_hold(tmp_path: Path) -> None:
    result = run("test", str(write_own(tmp_path, good="3000")))
    assert result.exit_code == 1
    said = "XYZ-01 的例子 good[1]：应相符，实为相符 0、不符 1、无法判定 0"
    assert f"自定.yaml:19：{said}" in result.stdout
    assert "3个例子里有1个不如所述" in result.stdout


def test_a_file_without_examples_is_told(tmp_path: Path) -> None:
    path = tmp_path / "空.yaml"
    path.write_text("rules: []\n", encoding="utf-8")
    result = run("test", str(path))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "没有例子可以试跑" in result.stderr


def test_rules_by_id_group_and_derived_field() -> None:
    result = run("test", "KEY-03", "CEL-09", "在册")
    assert result.exit_code == 0
    assert result.stdout.endswith("个例子都如所述\n")


@pytest.mark.parametrize(
    ("good", "field", "says"),
    [
        ("4000", "人均纯收人", "例子里“户”没有字段“人均纯收人”，最接近的是“人均纯收入”"),
        ("四千", "人均纯收入", "例子里的“人均纯收入”"),
    ],
)
def test_an_example_that_cannot_be_read_is_a_rule_error(
    good: str, field: str, says: str, tmp_path: Path
) -> None:
    path = write_own(tmp_path, good, field)
    result = run("test", str(path))
    line = path.read_text(encoding="utf-8").splitlines().index("    examples:") + 2
    assert result.exit_code == 2
    assert f"{path}:{line}：{says}" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("show", "KEY-5"), "没有规则“KEY-5”，最接近的是“KEY-05”"),
        (("list", "--group", "KEYS"), "没有规则或规则组“KEYS”"),
        (("list", "--group", "SCO"), "没有规则或规则组“SCO”"),
        (("test", "KEY-99"), "没有规则、规则组、指标或派生字段“KEY-99”"),
        (("list", "--pack", "没有"), "没有规则包“没有”"),
        (("test", "没有.yaml"), "没有规则包“没有.yaml”"),
        (("lint", "没有.yaml"), "没有规则包“没有.yaml”"),
        (("new", "KEY-05"), "规则“KEY-05”已经有了"),
        (("new", "xyz-1"), "规则号“xyz-1”要写成 XYZ-01 的样子"),
        (("new", "XYZ-01", "--ledger", "人囗"), "没有台账“人囗”，最接近的是“人口”"),
        (("new", "XYZ-01", "--output", "没有/规则.yaml"), "不能写到 没有/规则.yaml"),
    ],
)
def test_what_is_not_there_is_wrong_usage(arguments: tuple[str, ...], says: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr


def test_a_new_rule_runs_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("new", "XYZ-07", "--ledger", "住房鉴定")
    assert (result.exit_code, result.stdout) == (
        0,
        "已写出 XYZ-07.yaml。试跑：fupin-audit rules test XYZ-07.yaml\n",
    )
    assert run("test", "XYZ-07.yaml").stdout == "2个例子都如所述\n"
    assert run("lint", "XYZ-07.yaml").stdout == "没有发现问题\n"


def test_a_new_rule_for_a_ledger_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    pack = str(EXAMPLE / "光伏公益岗.yaml")
    result = run("new", "GFG-09", "--ledger", "光伏公益岗", "--pack", pack)
    assert (result.exit_code, "ledger: 光伏公益岗" in Path("GFG-09.yaml").read_text(encoding="utf-8")) == (
        0,
        True,
    )
    assert run("test", "GFG-09.yaml", "--pack", pack).stdout == "2个例子都如所述\n"


@pytest.mark.parametrize("model", LEDGERS, ids=[model.title for model in LEDGERS])
def test_a_new_rule_is_valid_for_every_ledger(model: type[Ledger]) -> None:
    written = yamlfile.parse(skeleton("XYZ-01", model, "规则.yaml"), "规则.yaml", RuleFile)
    own = Pack(PackHead(id="own", title="own", extends="national"), written, own=True)
    catalogue = replace(load_catalogue(), packs=(*load_catalogue().packs, own))
    (rule,) = written.rules
    assert list(rule_errors(catalogue, rule)) == []
    assert list(example_rows.errors(catalogue, rule)) == []


def test_a_new_rule_teaches_every_key() -> None:
    text = skeleton("XYZ-01", LEDGERS[0], "规则.yaml")
    seldom = {
        "origin",
        "since",
        "columns",
        "scope",
        "once_per",
        "optional",
        "about",
        "each",
        "mostly",
        "of_blanks",
        "complete",
        "without",
        "dated",
    }
    assert [name for name in Rule.model_fields if name not in seldom and f"{name}:" not in text] == []


def test_a_new_rule_spares_what_is_there(own: Path) -> None:
    before = own.read_bytes()
    result = run("new", "XYZ-02", "--output", str(own))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "已经存在" in result.stderr
    assert own.read_bytes() == before


@pytest.mark.parametrize(
    ("command", "whole"),
    [
        (("rules", "list"), "CEL-01"),
        (("rules", "show", "CEL-03"), "CEL-03"),
        (("ledgers", "list"), "全国系统"),
        (("ledgers", "show", "低保"), "低保"),
    ],
    ids=" ".join,
)
def test_a_narrow_screen_tears_nothing(
    command: tuple[str, ...], whole: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    lines = CliRunner().invoke(main, list(command)).output.splitlines()
    assert any(whole in line for line in lines)
    assert [line for line in lines if cell_len(line) > 40] == []
