"""Every indicator proves itself by its examples (D6); a wrong one is refused with file, line and the right name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from books import catalogue, write_national
from fupin_audit.engine.database.duckdb import Database
from fupin_audit.errors import RuleError, UsageError
from fupin_audit.results.scorecard import Direction
from fupin_audit.rulepack.checks.bases import wrong_basis
from fupin_audit.rulepack.checks.checking import check
from fupin_audit.rulepack.declared.indicator import Indicator
from fupin_audit.rulepack.packs import pack_loading
from fupin_audit.rulepack.packs.pack_loading import load_catalogue
from fupin_audit.tasks.proving import misses

INDICATORS = list(catalogue().indicators.values())
every_indicator = pytest.mark.parametrize("indicator", INDICATORS, ids=lambda item: item.id)
# What rules.md asks for, in its words.
WANTED = [
    "未脱贫人口", "返贫人数", "收入达标率", "三保障达标率", "参保率", "产业覆盖率", "就业率", "危改完成率", "支出进度",
    "集体经济达标村", "帮扶责任人覆盖率", "帮扶措施覆盖率", "遍访率", "回头看覆盖率", "抽查覆盖率", "档案合格率", "整改完成率",
]  # fmt: skip


@every_indicator
def test_examples_stand_as_stated(proving: Database, indicator: Indicator) -> None:
    assert [str(miss) for miss in misses(proving, catalogue(), indicator)] == []


@every_indicator
def test_an_indicator_has_an_authority(indicator: Indicator) -> None:
    assert indicator.basis
    assert [basis for basis in indicator.basis if wrong_basis(basis)] == []


def test_every_indicator_asked_for_is_there() -> None:
    names = {name for item in INDICATORS for name in (item.title, *item.names)}
    assert set(WANTED) - names == set()


def test_a_wrong_example_is_told(proving: Database) -> None:
    indicator = catalogue().indicators["SCO-02"]
    (good,) = indicator.examples.good
    wrong = {"good": ({**good, "=": 1},), "bad": indicator.examples.good}
    changed = indicator.model_copy(update={"examples": indicator.examples.model_copy(update=wrong)})
    changed_pack = catalogue().packs[0]
    content = changed_pack.content.model_copy(update={"indicators": (changed,)})
    within = replace(catalogue(), packs=(replace(changed_pack, content=content),))
    assert [str(miss) for miss in misses(proving, within, changed)] == [
        "SCO-02 的例子 good[1]：应达标，值为 1，实为达标，值为 0",
        "SCO-02 的例子 bad[1]：应未达标，值为 0，实为达标，值为 0",
    ]


GOOD: dict[str, Any] = {
    "id": "XYZ-01",
    "title": "大户率",
    "ledger": "户",
    "count": "家庭人口 > 3",
    "unit": "%",
    "direction": "越高越好",
    "target": 1,
    "level": "村",
    "note": "家庭人口多于三人的户",
    "examples": {"good": [{"家庭人口": 4}], "bad": [{"家庭人口": 1}]},
}
REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"count": "家庭人囗 > 3"}, "count", "“户”没有字段“家庭人囗”，最接近的是“家庭人口”"),
    ({"count": "家庭人口"}, "count", "“家庭人口”应为是否，实为数"),
    ({"count": "", "sum": "户主姓名", "of": "家庭人口"}, "sum", "“户主姓名”应为数，实为文本"),
    ({"when": "脱贫属性 = '已脱困'"}, "when", "码表“脱贫属性”没有“已脱困”，最接近的是“已脱贫”"),
    ({"ledger": "户口簿"}, "ledger", "没有台账“户口簿”"),
    ({"optional": ["监测对像"]}, "optional", "没有台账“监测对像”，最接近的是“监测对象”"),
    ({"target": "param.产业复盖"}, "target", "没有参数“产业复盖”，最接近的是“产业覆盖”"),
    ({"target": "产业覆盖"}, "id", "target 写数，或 param.参数名"),
    ({"target": ""}, "id", "要写 target"),
    ({"direction": "为零"}, "id", "目标就是 0"),
    ({"direction": "越多越好"}, "direction", "不在允许的值里"),
    ({"level": "户"}, "level", "不在允许的值里"),
    ({"sum": "家庭人口", "of": "家庭人口"}, "id", "要么写 count，要么写 sum"),
    ({"of": "家庭人口"}, "id", "要么写 count，要么写 sum"),
    ({"count": "", "sum": "家庭人口"}, "id", "只写 sum 的是一个数，unit 不应是 %"),
    ({"count": "", "sum": "家庭人口", "of": "家庭人口", "unit": "人"}, "id", "unit 应是 %"),
    ({"basis": [{"policy": "fushun-2020-41"}]}, "basis", "没有政策文件“fushun-2020-41”"),
    ({"colour": "红"}, "colour", "没有这一项"),
]


def written(folder: Path, *indicators: dict[str, Any]) -> Path:
    """A file of indicators, one key a line."""
    lines = ["indicators:"]
    for item in indicators:
        for number, (key, value) in enumerate(item.items()):
            text = yaml.safe_dump(
                value, allow_unicode=True, default_flow_style=True, width=10_000
            ).splitlines()[0]
            lines.append(f"{'  - ' if not number else '    '}{key}: {text}")
    path = folder / "指标.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def small_national(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_national(tmp_path_factory.mktemp("rules"), [])


@pytest.fixture
def few_rules(small_national: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pack_loading, "folder", lambda _: small_national)


@pytest.mark.usefixtures("few_rules")
@pytest.mark.parametrize(
    ("change", "at", "says"), REFUSED, ids=[f"{case[1]}-{n}" for n, case in enumerate(REFUSED, 1)]
)
def test_a_wrong_indicator_is_refused_at_its_line(
    change: dict[str, Any], at: str, says: str, tmp_path: Path
) -> None:
    changed = {**GOOD, **change}
    path = written(tmp_path, changed)
    with pytest.raises(RuleError, match=f"^{path}:{list(changed).index(at) + 2}：") as refusal:
        check(load_catalogue([path]))
    assert says in str(refusal.value)


@pytest.mark.usefixtures("few_rules")
def test_the_unchanged_indicator_is_taken(proving: Database, tmp_path: Path) -> None:
    found = load_catalogue([written(tmp_path, GOOD)])
    check(found)
    assert found.indicators["XYZ-01"].direction is Direction.HIGHER
    assert found.indicators["XYZ-01"].formula == "户: COUNT(家庭人口 > 3)"
    assert [str(miss) for miss in misses(proving, found, found.indicators["XYZ-01"])] == []


@pytest.mark.usefixtures("few_rules")
@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"title": "大户占比"}, "已有指标叫“XYZ-01”"),
        ({"id": "XYZ-02", "names": ["大户率"]}, "已有指标叫“大户率”"),
    ],
    ids=["id", "names"],
)
def test_no_two_indicators_have_one_name(other: dict[str, Any], says: str, tmp_path: Path) -> None:
    first = {**GOOD, "names": ["大户"]}
    with pytest.raises(RuleError, match=says):
        check(load_catalogue([written(tmp_path, first, {**GOOD, "title": "别的", **other})]))


@pytest.mark.usefixtures("few_rules")
def test_an_indicator_can_be_switched_off(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    assert load_catalogue([path], disabled=["XYZ-01"]).disabled == {"XYZ-01"}
    with pytest.raises(UsageError, match="最接近的是“XYZ-01”"):
        load_catalogue([path], disabled=["XYZ-1"])
