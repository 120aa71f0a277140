"""Lint catches what is odd, and only that; the built-in catalogue is clean."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from books import catalogue, only, write_national
from fupin_audit.cli import main
from fupin_audit.linting.lint import lint
from fupin_audit.rulepack.checks.checking import errors
from fupin_audit.rulepack.declared import yamlfile
from fupin_audit.rulepack.declared.packfile import PackHead, RuleFile
from fupin_audit.rulepack.packs import pack_loading
from fupin_audit.rulepack.packs.pack import Catalogue, Pack

CASES = yaml.safe_load((Path(__file__).parent / "remarks.yaml").read_text(encoding="utf-8"))
FILE = "自定.yaml"
GOOD: dict[str, Any] = {
    "id": "XYZ-01",
    "title": "家庭人口应为正数",
    "ledger": "户",
    "require": "家庭人口 > 0",
    "severity": "warning",
    "say": "{户主姓名}户家庭人口为{家庭人口}",
    "why": "没有人的户不成其为户",
    "fix": "核实后更正",
    "owner": "第一书记",
    "examples": {"good": [{"家庭人口": 1}], "bad": [{"家庭人口": 0}]},
}


@cache
def small() -> Catalogue:
    """One built-in rule and the derived field everyone needs: what lint says of a rule depends on no other."""
    whole = only(["KEY-04"])
    national = whole.packs[0]
    needed = tuple(item for item in national.content.derived if item.field == "在册")
    return replace(
        whole,
        packs=(
            replace(
                national, content=national.content.model_copy(update={"derived": needed, "indicators": ()})
            ),
        ),
    )


def declared(case: dict[str, Any]) -> str:
    """The rule file a case describes."""
    rules = [{**GOOD, **case.get("change", {})}]
    if "another" in case:
        rules.append({**GOOD, "say": "{户编号}", **case["another"], "id": "XYZ-02"})
    written: dict[str, Any] = {"rules": rules}
    written |= {name: case[name] for name in ("derived", "parameters") if name in case}
    return yaml.safe_dump(written, allow_unicode=True)


def with_own(text: str) -> Catalogue:
    own = Pack(
        PackHead(id="自定", title=FILE, extends="national"), yamlfile.parse(text, FILE, RuleFile), own=True
    )
    return replace(small(), packs=(*small().packs, own))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_remark(case: dict[str, Any]) -> None:
    whole = with_own(declared(case))
    assert [str(error) for error in errors(whole)] == []
    remarks = [str(item) for item in lint(whole, [FILE])]
    assert len(remarks) == ("says" in case), remarks
    assert all(case["says"] in item for item in remarks), remarks


def test_the_built_in_catalogue_is_clean() -> None:
    assert [str(item) for item in lint(catalogue())] == []


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs `rules lint` with few built-in rules."""
    national = write_national(tmp_path / "rules", ["keys"])
    monkeypatch.setattr(pack_loading, "folder", lambda _: national)

    def run_lint(case: dict[str, Any]) -> Result:
        path = tmp_path / FILE
        path.write_text(declared(case), encoding="utf-8")
        return CliRunner().invoke(main, ["rules", "lint", str(path)])

    return run_lint


def test_a_clean_file(run: Any) -> None:
    result = run({})
    assert (result.exit_code, result.stdout) == (0, "没有发现问题\n")


def test_a_remark_names_file_line_and_rule(run: Any, tmp_path: Path) -> None:
    result = run({"change": {"when": "家庭人口 > 5 AND 家庭人口 < 3"}})
    path = tmp_path / FILE
    line = next(
        n for n, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if "when" in text
    )
    assert result.exit_code == 1
    assert f"{path}:{line}：XYZ-01：“家庭人口 > 5 AND 家庭人口 < 3”永远不成立\n有 1 处要看\n" == result.stdout


def test_a_wrong_file_is_refused(run: Any) -> None:
    result = run({"change": {"when": "家庭人囗 > 5"}})
    assert (result.exit_code, result.stdout) == (2, "")
    assert "没有字段“家庭人囗”" in result.stderr
