"""The likely cause of a difference: said with its evidence, and never without."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from fupin_audit.ledgers.registry import ledger
from fupin_audit.reconcile.causes import Context, Nature, Side, likely_cause, nature_of
from fupin_audit.results.finding import CauseKind

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "causes.yaml").read_text(encoding="utf-8")
)


def _sides(case: dict[str, Any]) -> tuple[Side, Side, Context]:
    before = case.get("before", (None, None))
    left = Side(case["left"], "系统", before=before[0])
    right = Side(case["right"], "明白卡", before=before[1])
    context = Context(Nature[case["nature"]], tuple(case.get("alike", (0, 0))), tuple(case.get("apart", ())))
    return left, right, context


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['left']}-{case['right']}")
def test_cause_is_as_agreed(case: dict[str, Any]) -> None:
    cause = likely_cause(*_sides(case))
    assert (cause.kind.value if cause else None) == case.get("cause")
    if cause and "evidence" in case:
        assert cause.evidence == case["evidence"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['left']}-{case['right']}")
def test_other_way_round_is_the_same_kind(case: dict[str, Any]) -> None:
    left, right, context = _sides(case)
    there, back = likely_cause(left, right, context), likely_cause(right, left, context)
    assert (there and there.kind) == (back and back.kind)


def test_every_kind_of_cause_has_a_case() -> None:
    assert {case["cause"] for case in CASES if "cause" in case} == {kind.value for kind in CauseKind}


def test_evidence_for_numbers_quotes_none_of_them() -> None:
    quoted = [
        case
        for case in CASES
        if case["nature"] == "NUMBER"
        and (cause := likely_cause(*_sides(case)))
        and any(len(run) > 2 for run in "".join(c if c.isdigit() else " " for c in cause.evidence).split())
    ]
    assert quoted == []


@pytest.mark.parametrize(
    ("title", "field", "nature"),
    [
        ("人口", "证件号码", Nature.NUMBER),
        ("户", "联系电话", Nature.NUMBER),
        ("人口", "姓名", Nature.NAME),
        ("户", "村", Nature.PLACE),
        ("户年度", "人均纯收入", Nature.FIGURE),
        ("户", "家庭人口", Nature.FIGURE),
        ("户", "脱贫年度", Nature.OTHER),
        ("户", "主要致贫原因", Nature.OTHER),
    ],
)
def test_nature_follows_from_the_field(title: str, field: str, nature: Nature) -> None:
    assert nature_of(field, ledger(title).columns()[field].type) is nature
