"""A wrong rule is refused before anything runs: with file, line and the nearest right name (D4)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from books import write_national
from fupin_audit.cli import main
from fupin_audit.errors import RuleError, UsageError
from fupin_audit.rulepack.checks.checking import check
from fupin_audit.rulepack.packs import pack_loading
from fupin_audit.rulepack.packs.pack_loading import load_catalogue

CASES = yaml.safe_load((Path(__file__).parent / "refusals.yaml").read_text(encoding="utf-8"))
GOOD: dict[str, Any] = {
    "id": "XYZ-01",
    "title": "家庭人口应为正数",
    "ledger": "户",
    "require": "家庭人口 > 0",
    "severity": "warning",
    "say": "家庭人口为{家庭人口}",
    "why": "没有人的户不成其为户",
    "fix": "核实后更正",
    "owner": "第一书记",
    "examples": {"good": [{"家庭人口": 1}], "bad": [{"家庭人口": 0}]},
}


@pytest.fixture(scope="session")
def small_national(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_national(tmp_path_factory.mktemp("rules"), ["keys"])


@pytest.fixture
def few_rules(small_national: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is refused does not depend on how many other rules there are."""
    monkeypatch.setattr(pack_loading, "folder", lambda _: small_national)


def changed(case: dict[str, Any]) -> tuple[str, int]:
    """The text of the rule file, one key a line, and the line of the key the refusal must name."""
    rule = {**GOOD, **case.get("change", {})}
    rule.pop(case.get("leave_out", ""), None)
    lines = [f"{key}: {_on_one_line(value)}" for key, value in rule.items()]
    at = case.get("at") or next(iter(case["change"]))
    number = 0 if at == "rule" else list(rule).index(at)
    return "rules:\n  - " + "\n    ".join(lines) + "\n", number + 2


def _on_one_line(value: object) -> str:
    return yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=10_000).splitlines()[0]


def refuse(path: Path, text: str) -> str:
    """The message `check` ends with."""
    path.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(path.parent), "--pack", str(path)])
    assert isinstance(result.exception, SystemExit)
    assert result.exit_code == 2
    assert result.stdout == ""
    return result.stderr


def test_the_unchanged_rule_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "规则.yaml"
    path.write_text(changed({"change": {"id": GOOD["id"]}})[0], encoding="utf-8")
    catalogue = load_catalogue([path])
    check(catalogue)
    assert "XYZ-01" in catalogue.rules


@pytest.mark.usefixtures("few_rules")
@pytest.mark.parametrize("case", CASES["changes"], ids=lambda case: case["id"])
def test_a_wrong_rule_is_refused_at_its_line(case: dict[str, Any], tmp_path: Path) -> None:
    text, line = changed(case)
    path = tmp_path / "规则.yaml"
    message = refuse(path, text)
    assert f"{path}:{line}：" in message
    assert [said for said in case["says"] if said not in message] == []


@pytest.mark.usefixtures("few_rules")
@pytest.mark.parametrize("case", CASES["files"], ids=lambda case: case["id"])
def test_a_wrong_file_is_refused_at_its_line(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "规则.yaml"
    message = refuse(path, case["text"])
    assert f"{path}:{case['line']}：" in message
    assert [said for said in case["says"] if said not in message] == []


@pytest.mark.usefixtures("few_rules")
@pytest.mark.parametrize("case", CASES["packs"], ids=lambda case: case["id"])
def test_a_wrong_pack_is_refused(case: dict[str, Any], tmp_path: Path) -> None:
    own = tmp_path / "地方"
    own.mkdir()
    (own / "pack.yaml").write_text(case["text"], encoding="utf-8")
    with pytest.raises((RuleError, UsageError)) as refusal:
        check(load_catalogue([own]))
    assert [said for said in case["says"] if said not in str(refusal.value)] == []


@pytest.mark.usefixtures("few_rules")
@pytest.mark.parametrize(
    ("content", "says"), [("rules: []  # 规则".encode("gb18030"), "UTF-8"), (b"rules: \x00", "YAML")]
)
def test_a_file_that_is_no_text_is_refused(content: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / "规则.yaml"
    path.write_bytes(content)
    with pytest.raises(RuleError, match=says):
        load_catalogue([path])


@pytest.mark.usefixtures("few_rules")
@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--pack", "nationa"), "没有规则包“nationa”"),
        (("--set", "贫困綫=4000"), "没有参数“贫困綫”，最接近的是“贫困线”"),
        (("--set", "贫困线=四千"), "“四千”应是数"),
        (("--set", "贫困线=NaN"), "“NaN”应是数"),
        (("--set", "贫困线=inf"), "“inf”应是数"),
        (("--set", "贫困线=-1"), "“-1”不在 0 到"),
        (("--set", "贫困线=４０００"), "“４０００”应是数，用半角数字写"),
        (("--set", "降幅=30"), "“30”不在 0 到 1 之间"),
        (("--disable", "KEY-5"), "没有规则“KEY-5”，最接近的是“KEY-05”"),
    ],
)
def test_a_wrong_option_is_refused(options: tuple[str, ...], says: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["check", str(tmp_path), *options])
    assert (result.exit_code, says in result.stderr) == (2, True)
