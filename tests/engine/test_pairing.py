"""Records are paired one with one, by the most trusted key; what stands twice is told, never multiplied."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from books import AS_OF, IDS, Book, household, only, write_books
from fupin_audit.engine.run import judge_delivery
from fupin_audit.results.finding import Finding
from fupin_audit.rulepack.declared.reconciliation import Reconciliation
from fupin_audit.rulepack.packs.pack import Catalogue
from fupin_audit.workbook.loading import load
from fupin_audit.workbook.recognising.recognition import Designation

RULE = "CRD-90"
DECLARED = {
    "id": RULE,
    "title": "两册应一致",
    "severity": "error",
    "why": "两册说的是同一户",
    "fix": "入户核实后更正",
    "owner": "结对帮扶干部",
    "left": "明白卡",
    "right": "扶贫手册",
    "keys": ["户编号", "户主证件号码", {"fields": "户主姓名", "weak": True}],
    "fields": [{"field": "家庭人口"}],
    "examples": {"good": [{}], "bad": [{}]},
}


@cache
def reconciling(*, turned: bool = False) -> Catalogue:
    """The national pack's words with this reconciliation as the only rule."""
    sides = {"left": "扶贫手册", "right": "明白卡"} if turned else {}
    reconciliation = Reconciliation.model_validate({**DECLARED, **sides})
    whole = only([])
    national = next(pack for pack in whole.packs if pack.head.id == "national")
    content = national.content.model_copy(update={"reconciliations": (reconciliation,)})
    return replace(whole, packs=(replace(national, content=content),))


def card(number: str, name: str = "张三", head: int = 0, people: str = "2") -> Mapping[str, str]:
    return {
        "户编号": number,
        "户主姓名": name,
        "户主证件号码": IDS[head] if head >= 0 else "",
        "家庭人口": people,
    }


def judged(folder: Path, left: Book, right: Book, *, turned: bool = False) -> list[Finding]:
    books = {"户": [household("1")], "明白卡": left, "扶贫手册": right}
    write_books(folder, books)
    delivery = load([folder], designations=[Designation(title, f"{title}.csv") for title in books])
    return list(judge_delivery(delivery, reconciling(turned=turned), AS_OF).findings)


def said(findings: Sequence[Finding]) -> list[str]:
    return sorted(finding.message for finding in findings)


CASES: Mapping[str, tuple[Book, Book, list[str]]] = {
    "same": ([card("1")], [card("1")], []),
    "differing": ([card("1")], [card("1", people="3")], ["家庭人口：扶贫手册为“3”，明白卡为“2”"]),
    "blank": ([card("1")], [card("1", people="")], []),
    "left only": ([card("1"), card("2", "李四", 1)], [card("1")], ["明白卡有这一户，扶贫手册里没有"]),
    "right only": ([card("1")], [card("1"), card("2", "李四", 1)], ["扶贫手册有这一户，明白卡里没有"]),
    "by the head's number": ([card("1")], [card("9", people="3")], ["家庭人口：扶贫手册为“3”，明白卡为“2”"]),
    "by name alone": (
        [card("1")],
        [card("9", head=1, people="3")],
        ["家庭人口：扶贫手册为“3”，明白卡为“2”（只按户主姓名配上，先核对是不是同一个）"],
    ),
    "a name two share pairs nothing": (
        [card("1"), card("2", head=1)],
        [card("8", head=2, people="3"), card("9", head=3, people="3")],
        [],
    ),
    "a better key is not taken away": (
        [card("1"), card("2", head=-1, people="4")],
        [card("1", people="3")],
        ["家庭人口：扶贫手册为“3”，明白卡为“2”", "明白卡有这一户，扶贫手册里没有"],
    ),
    "right twice": (
        [card("1")],
        [card("1", people="3"), card("1", people="3")],
        ["家庭人口：扶贫手册为“3”，明白卡为“2”", "扶贫手册里这一户有2行，只核对了其中一行"],
    ),
    "both twice": (
        [card("1"), card("1")],
        [card("1", people="3"), card("1", people="3")],
        [
            "家庭人口：扶贫手册为“3”，明白卡为“2”",
            "扶贫手册里这一户有2行，只核对了其中一行",
            "明白卡里这一户有2行，只核对了其中一行",
        ],
    ),
    "no key": ([card("1")], [card("1"), card("", name="", head=-1)], []),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_said(name: str, tmp_path: Path) -> None:
    left, right, messages = CASES[name]
    assert said(judged(tmp_path, left, right)) == messages


def facts(messages: Sequence[str]) -> list[set[str]]:
    """What each sentence says of either side, whichever it names first."""
    return sorted((set(re.split("[：，（]", message)) for message in messages), key=sorted)


@pytest.mark.parametrize("name", CASES)
def test_the_other_way_round_says_the_same(name: str, tmp_path: Path) -> None:
    left, right, messages = CASES[name]
    assert facts(said(judged(tmp_path, left, right, turned=True))) == facts(messages)


@pytest.mark.parametrize("name", ["both twice", "a name two share pairs nothing"])
def test_order_of_rows_changes_nothing(name: str, tmp_path: Path) -> None:
    left, right, _ = CASES[name]
    (tmp_path / "as written").mkdir()
    (tmp_path / "reversed").mkdir()
    there = judged(tmp_path / "as written", left, right)
    back = judged(tmp_path / "reversed", left[::-1], right[::-1])
    assert [(f.fingerprint, f.message) for f in there] == [(f.fingerprint, f.message) for f in back]
