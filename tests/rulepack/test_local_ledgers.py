"""A county's own ledger, declared in YAML, is a ledger like any other (D2)."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from books import Book, found, household, judge_books, run_of, write_national
from fupin_audit.cli import main
from fupin_audit.ledgers.relations import Relation
from fupin_audit.results.rule_run import Counts
from fupin_audit.rulepack.checks.checking import check
from fupin_audit.rulepack.declared.packfile import RuleFile
from fupin_audit.rulepack.declared.yamlfile import parse
from fupin_audit.rulepack.language.vocabulary import Vocabulary
from fupin_audit.rulepack.packs import pack_loading
from fupin_audit.rulepack.packs.pack import Catalogue
from fupin_audit.rulepack.packs.pack_loading import load_catalogue
from fupin_audit.workbook.loading import load

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs/examples/光伏公益岗"
GUIDE = (ROOT / "docs/guide-ledgers.md").read_text(encoding="utf-8")
CASES = yaml.safe_load((Path(__file__).parent / "ledgers.yaml").read_text(encoding="utf-8"))
GOOD: dict[str, Any] = {
    "title": "光伏岗",
    "fields": {"户编号": "户号", "岗位": "码 光伏岗位", "工资": "元", "资产编号": "文"},
    "key": ["户编号"],
    "relations": [{"name": "电站", "to": "扶贫资产", "by": {"资产编号": "资产编号"}}],
}
CODES = "codes:\n  光伏岗位: {labels: [保洁员]}\n"


def test_the_worked_example_gives_the_findings_it_tells_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLE)
    run = CliRunner().invoke(main, ["check", "--format", "json", "--quiet"])
    assert run.exit_code == 1
    said = {(item["rule"], _level(item["severity"]), _place(item)) for item in _findings(run.stdout)}
    (table,) = re.findall(r"<!-- findings -->\n(.*?)<!-- /findings -->", GUIDE, re.DOTALL)
    told = [tuple(map(str.strip, line.split("|")[1:4])) for line in table.splitlines()[2:]]
    assert said == set(told)
    assert len(_findings(run.stdout)) == len(told)


def _findings(report: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(report)["findings"]
    return found


def _level(severity: str) -> str:
    return {"error": "错误", "warning": "疑点", "info": "提示"}[severity]


def _place(finding: dict[str, Any]) -> str:
    first = finding["locations"][0]
    return f"{first['sheet'] or first['file']} › {first['cell']}"


def test_the_examples_of_its_rules_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLE)
    run = CliRunner().invoke(main, ["rules", "test", "光伏公益岗.yaml"])
    assert (run.exit_code, run.stdout) == (0, "14个例子都如所述\n")


def test_the_ledger_of_the_guide_can_be_declared() -> None:
    (declared,) = re.findall(r"```yaml\n(codes:.*?)```", GUIDE, re.DOTALL)
    (ledger,) = parse(declared, "guide", RuleFile).ledgers
    assert (ledger.title, ledger.key) == ("光伏公益岗", ("证件号码", "年度"))


@pytest.mark.parametrize("command", ["list", "show", "template"])
def test_the_ledger_commands_know_it(command: str, tmp_path: Path) -> None:
    title = [] if command == "list" else ["光伏公益岗"]
    output = ["-o", str(tmp_path / "模板.xlsx")] if command == "template" else []
    packs = ["--pack", str(EXAMPLE / "光伏公益岗.yaml")]
    run = CliRunner().invoke(main, ["ledgers", command, *title, *output, *packs], env={"COLUMNS": "200"})
    assert run.exit_code == 0
    if command == "template":
        catalogue = load_catalogue(packs[1:])
        (sheet,) = load([tmp_path], ledgers=catalogue.ledgers).inputs
        assert sheet.ledgers == ("光伏公益岗",)
    else:
        assert "光伏公益岗" in run.stdout
    assert command != "show" or "保洁员、护路员、电站管护员" in run.stdout


# Relations, years, code lists.


def declared(tmp_path: Path, ledger: dict[str, Any], more: str = CODES) -> Catalogue:
    """The national rules with one more ledger."""
    path = tmp_path / "台账.yaml"
    path.write_text(more + _text(ledger)[0], encoding="utf-8")
    catalogue = load_catalogue([path])
    check(catalogue)
    return catalogue


def relation_of(names: Vocabulary, source: str, name: str) -> Relation:
    """The relation of that name."""
    found = names.relation(source, name)
    assert found
    return found


def _text(ledger: dict[str, Any]) -> tuple[str, list[str]]:
    """The ledger in YAML, one key a line, and its keys."""
    lines = [f"{key}: {_on_one_line(value)}" for key, value in ledger.items()]
    return "ledgers:\n  - " + "\n    ".join(lines) + "\n", list(ledger)


def _on_one_line(value: object) -> str:
    flow = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=10_000, sort_keys=False)
    return flow.splitlines()[0]


def test_relations_lead_there_and_back(tmp_path: Path) -> None:
    names = declared(tmp_path, GOOD).vocabulary
    there, back = relation_of(names, "光伏岗", "电站"), relation_of(names, "扶贫资产", "光伏岗")
    assert (there.target, there.many, there.on) == ("扶贫资产", False, ((("资产编号", "资产编号"),),))
    assert (back.target, back.many, back.on) == ("光伏岗", True, ((("资产编号", "资产编号"),),))
    assert relation_of(names, "户", "光伏岗").many
    assert not relation_of(names, "光伏岗", "户").many


def test_people_are_paired_by_the_key_of_their_number(tmp_path: Path) -> None:
    fields = {**GOOD["fields"], "收款人证件号码": "身份证"}
    way = {"name": "收款人", "to": "人口", "by": [{"收款人证件号码": "证件号码"}], "back": "代领的岗"}
    names = declared(tmp_path, {**GOOD, "fields": fields, "relations": [way]}).vocabulary
    pair = ("ID_KEY(收款人证件号码)", "ID_KEY(证件号码)")
    assert relation_of(names, "光伏岗", "收款人").on == ((pair,),)
    assert relation_of(names, "人口", "代领的岗").on == (((pair[1], pair[0]),),)


def test_a_yearly_ledger_is_seen_by_the_audit_year(tmp_path: Path) -> None:
    ledger = {**GOOD, "fields": {**GOOD["fields"], "年度": "年"}, "yearly": True}
    names = declared(tmp_path, ledger).vocabulary
    assert (relation_of(names, "户", "光伏岗").where, relation_of(names, "户", "历年光伏岗").where) == (
        "年度 = 审计年度",
        "",
    )
    assert relation_of(names, "扶贫资产", "光伏岗").where == "年度 = 审计年度"
    assert relation_of(names, "扶贫资产", "历年光伏岗").where == ""


RULE = """
parameters:
  - name: 岗位工资上限
    values: [{value: 3000, to: 2019-12-31}, {value: 4000, from: 2020-01-01}]
rules:
  - id: XYZ-01
    title: 岗位工资不超过当年上限
    ledger: 自建台账
    require: 工资 <= param.岗位工资上限
    severity: warning
    say: "{台账}{年度}年{工资}元"
    why: 试验
    fix: 试验
    owner: 村文书
    examples: {good: [{光伏岗: [{工资: 1}]}], bad: [{光伏岗: [{工资: 9999}]}]}
"""


def test_each_row_is_judged_by_the_figure_of_its_own_year(tmp_path: Path) -> None:
    ledger = {**GOOD, "fields": {**GOOD["fields"], "年度": "年"}, "key": ["户编号", "年度"]}
    catalogue = declared(tmp_path, ledger, CODES + RULE)
    rows = [{"户编号": "1", "年度": year, "岗位": "保洁员", "工资": "3500"} for year in ("2019", "2020")]
    books: dict[str, Book] = {"户": [household("1")], "光伏岗": rows}
    data = tmp_path / "数据"
    data.mkdir()
    judged = judge_books(data, books, ["XYZ-01", "KEY-10"], within=catalogue)
    assert [finding.message for finding in found(judged, "XYZ-01")] == ["光伏岗2019年3500元"]
    assert run_of(judged, "XYZ-01").counts == Counts(1, 1, 0)
    assert run_of(judged, "KEY-10").counts == Counts(2, 0, 0)


def test_a_county_adds_to_a_built_in_code_list(tmp_path: Path) -> None:
    more = "codes:\n  燃料: {labels: [沼气], synonyms: {柴草: [秸秆]}}\n  光伏岗位: {labels: [保洁员]}\n"
    catalogue = declared(tmp_path, GOOD, more)
    kind = catalogue.vocabulary.ledgers["户年度"].columns()["主要燃料"].type
    assert [kind.parse(text) for text in ("沼气", "秸秆", "煤炭")] == ["沼气", "柴草", "煤炭"]
    assert catalogue.vocabulary.ledgers["户"] is load_catalogue().vocabulary.ledgers["户"]


def test_a_ledger_read_anew_is_still_told_from_its_twin(tmp_path: Path) -> None:
    more = "codes:\n  户属性: {labels: [移民户]}\n  光伏岗位: {labels: [保洁员]}\n"
    catalogue = declared(tmp_path, GOOD, more)
    data = tmp_path / "数据"
    data.mkdir()
    judged = judge_books(data, {"户": [household("1", 户属性="移民户")]}, ["CEL-04"], within=catalogue)
    assert (judged.findings, run_of(judged, "CEL-04").counts) == ((), Counts(passed=3))
    (data / "户.csv").rename(data / "名单.csv")
    (sheet,) = load([data], ledgers=catalogue.ledgers).inputs
    assert sheet.ledgers == ("户",)


# What is refused.


@pytest.fixture(scope="session")
def small_national(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_national(tmp_path_factory.mktemp("rules"), ["keys"])


@pytest.fixture
def few_rules(small_national: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is refused does not depend on how many rules there are."""
    monkeypatch.setattr(pack_loading, "folder", lambda _: small_national)


def refused(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(path.parent), "--pack", str(path)])
    assert isinstance(result.exception, SystemExit)
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr


@pytest.mark.usefixtures("few_rules")
@pytest.mark.parametrize("case", CASES["changes"], ids=lambda case: case["id"])
def test_a_wrong_ledger_is_refused_at_its_line(case: dict[str, Any], tmp_path: Path) -> None:
    fields = {**GOOD["fields"], **case.get("change", {}).get("fields", {})}
    change = case.get("change", {})
    ledger = {**GOOD, **change, **({"fields": fields} if change.get("fields") else {})}
    ledger.pop(case.get("leave_out", ""), None)
    text, keys = _text(ledger)
    at = case.get("at") or next(iter(change))
    line = CODES.count("\n") + 2 + (0 if at == "ledger" else keys.index(at))
    message = refused(tmp_path / "台账.yaml", CODES + text)
    assert f"台账.yaml:{line}：" in message
    assert [said for said in case["says"] if said not in message] == []


@pytest.mark.usefixtures("few_rules")
@pytest.mark.parametrize("case", CASES["files"], ids=lambda case: case["id"])
def test_a_wrong_file_is_refused_at_its_line(case: dict[str, Any], tmp_path: Path) -> None:
    message = refused(tmp_path / "台账.yaml", case["text"])
    assert f"台账.yaml:{case['line']}：" in message
    assert [said for said in case["says"] if said not in message] == []


@pytest.mark.usefixtures("few_rules")
def test_a_code_list_in_two_files_of_a_pack_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("id: 本县\ntitle: 本县\nextends: national\n", encoding="utf-8")
    for name in ("甲", "乙"):
        (tmp_path / f"{name}.yaml").write_text(CODES, encoding="utf-8")
    result = CliRunner().invoke(main, ["ledgers", "list", "--pack", str(tmp_path)])
    assert result.exit_code == 2
    assert "码表“光伏岗位”已在" in result.stderr
