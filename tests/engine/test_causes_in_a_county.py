"""Differences of every kind, put into a county many times: the cause is told, and none where there is none."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

import pytest
from pypinyin import lazy_pinyin

from books import judge_books
from county.records.record import Dossier, Record, Value, ended
from county_books import households, rows
from fupin_audit.ledgers.types.characters import characters
from fupin_audit.reconcile.like_names import name_cause
from fupin_audit.results.finding import CauseKind, Finding

LEDGERS = ("户", "人口", "户年度", "平台户", "平台人口", "扶贫手册", "收入调查表")
RULES = ("CRD-02", "CRD-04", "CRD-07")
POOL = "国果金今斤玉雨宇育春椿芳方英瑛明鸣名平苹萍军君均海孩林琳霖玲灵凌玉裕红洪宏鸿兰蓝岚男南秀绣珍真臻文闻雯志智治生升声争正政三桑村森深身银音引民敏品静晶景琴勤湖虎芬"
CHANGED: TypeAlias = tuple[Record, str, Value]
Change: TypeAlias = Callable[[Dossier, random.Random], CHANGED | None]
NONE = "没有证据"


def _member(dossier: Dossier) -> Record:
    return [person for person in dossier.all("平台人口") if not ended(person)][-1]


def _name(kind: str) -> Change:
    """Another character in a member's name, so that this cause and no other explains it."""

    def change(dossier: Dossier, chosen: random.Random) -> CHANGED | None:
        record = _member(dossier)
        name = record.text("姓名")
        others = [
            name[:at] + other + name[at + 1 :] for at in range(1, len(name)) for other in _likely(name[at])
        ]
        chosen.shuffle(others)
        found = [other for other in others if (cause := name_cause(name, other)) and cause.kind.value == kind]
        return (record, "姓名", found[0]) if found else None

    return change


def _likely(character: str) -> Iterator[str]:
    yield from (other for group in characters().lookalikes if character in group for other in group)
    yield from POOL


def _shorter(dossier: Dossier, _: random.Random) -> CHANGED | None:
    record = _member(dossier)
    name = record.text("姓名")
    return (record, "姓名", name[:2]) if len(name) > 2 and name[2] != name[1] else None


def _turned(dossier: Dossier, _: random.Random) -> CHANGED | None:
    record = _member(dossier)
    name = record.text("姓名")
    if len(name) != 3 or name[1] == name[2] or lazy_pinyin(name[1]) == lazy_pinyin(name[2]):
        return None
    return record, "姓名", name[0] + name[2] + name[1]


def _one_digit(dossier: Dossier, chosen: random.Random) -> CHANGED:
    record = _member(dossier)
    number, at = record.text("证件号码"), chosen.randrange(14)
    return (
        record,
        "证件号码",
        number[:at] + str((int(number[at]) + 1 + chosen.randrange(9)) % 10) + number[at + 1 :],
    )


def _two_digits(dossier: Dossier, chosen: random.Random) -> CHANGED:
    record = _member(dossier)
    number = list(record.text("证件号码"))
    one, other = chosen.choice([(a, b) for a in range(17) for b in range(a) if number[a] != number[b]])
    number[one], number[other] = number[other], number[one]
    return record, "证件号码", "".join(number)


def _old_number(dossier: Dossier, _: random.Random) -> CHANGED | None:
    record = _member(dossier)
    number = record.text("证件号码")
    return (record, "证件号码", number[:6] + number[8:17]) if number[6:8] == "19" else None


def _digits_lost(dossier: Dossier, chosen: random.Random) -> CHANGED:
    record = dossier.all("平台户")[0]
    account = record.text("银行账号")
    at = chosen.randrange(4, len(account))
    return record, "银行账号", chosen.choice((account[:at] + account[at + 1 :], account[:-1], account[2:]))


def _tenthousands(dossier: Dossier, _: random.Random) -> CHANGED:
    record = dossier.all("扶贫手册")[0]
    return record, "纯收入", round(record.number("纯收入") / 10000, 2)


def _last_year(dossier: Dossier, _: random.Random) -> CHANGED | None:
    record, before = dossier.all("扶贫手册")[0], dossier.years[0]
    name = "生产经营性收入"
    same = abs(before.number(name) - record.number(name)) <= 1
    return None if same else (record, name, before.number(name))


def _rounded(dossier: Dossier, _: random.Random) -> CHANGED | None:
    record = dossier.all("收入调查表")[0]
    exact = record.number("纯收入")
    coarse = float(int(exact / 100 + 0.5) * 100)
    return (record, "纯收入", coarse) if exact % 10 and 1 < abs(exact - coarse) <= exact / 200 else None


def _another_name(dossier: Dossier, chosen: random.Random) -> CHANGED | None:
    record = _member(dossier)
    name = record.text("姓名")
    other = name[0] + "".join(chosen.sample("欢磊鹏雷旺康博毅", len(name) - 1))
    return None if name_cause(name, other) else (record, "姓名", other)


def _another_account(dossier: Dossier, chosen: random.Random) -> CHANGED:
    record = dossier.all("平台户")[0]
    account = record.text("银行账号")
    return record, "银行账号", account[:8] + "".join(chosen.choices("0123456789", k=len(account) - 8))


def _another_amount(dossier: Dossier, chosen: random.Random) -> CHANGED:
    record = dossier.all("收入调查表")[0]
    return record, "转移性收入", round(record.number("转移性收入") * 1.3 + 137.37 + chosen.randrange(50), 2)


def _another_phone(dossier: Dossier, chosen: random.Random) -> CHANGED:
    return dossier.all("平台户")[0], "联系电话", "199" + "".join(chosen.choices("0123456789", k=8))


def _other_cause(dossier: Dossier, _: random.Random) -> CHANGED:
    return dossier.all("平台户")[0], "主要致贫原因", "因丧"


CHANGES: Mapping[str, tuple[Change, ...]] = {
    **{
        kind.value: (_name(kind.value),)
        for kind in (CauseKind.SAME_SOUND, CauseKind.NEAR_SOUND, CauseKind.LOOK_ALIKE)
    },
    CauseKind.MISSING_CHARACTER.value: (_shorter,),
    CauseKind.SWAPPED_CHARACTERS.value: (_turned,),
    CauseKind.ONE_DIGIT.value: (_one_digit,),
    CauseKind.SWAPPED_DIGITS.value: (_two_digits,),
    CauseKind.OLD_NUMBER.value: (_old_number,),
    CauseKind.LOST_DIGITS.value: (_digits_lost,),
    CauseKind.UNIT.value: (_tenthousands,),
    CauseKind.STALE.value: (_last_year,),
    CauseKind.ROUNDED.value: (_rounded,),
    NONE: (_another_name, _another_account, _another_amount, _another_phone, _other_cause),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Counter[str]]:
    """Kind of change → what was said of it, over a county with one change a household."""
    dossiers, chosen, planted = households(15), random.Random(5), {}
    kinds = [(kind, change) for kind, changes in CHANGES.items() for change in changes]
    for order, dossier in enumerate(dossiers):
        for kind, change in kinds[order % len(kinds) :] + kinds[: order % len(kinds)]:
            if found := change(dossier, chosen):
                record, name, value = found
                record.values[name] = value
                planted[dossier.household.text("户编号")] = kind
                break
    judgement = judge_books(tmp_path_factory.mktemp("county"), rows(dossiers, LEDGERS), RULES)
    found_by = defaultdict(list)
    for finding in judgement.findings:
        found_by[finding.household].append(finding)
    told: dict[str, Counter[str]] = {kind: Counter() for kind in CHANGES}
    for number, kind in planted.items():
        told[kind][_said(found_by[number])] += 1
    assert set(found_by) <= set(planted)
    return told


def _said(findings: list[Finding]) -> str:
    """The cause of the one finding there must be."""
    if len(findings) != 1:
        return f"{len(findings)}条：" + "；".join(finding.message for finding in findings)
    cause = findings[0].cause
    return cause.kind.value if cause else NONE


@pytest.mark.parametrize("kind", CHANGES, ids=[f"kind-{n}" for n in range(len(CHANGES))])
def test_cause_is_told(kind: str, told: Mapping[str, Counter[str]]) -> None:
    counts = told[kind]
    assert counts.total() >= 8
    assert counts[kind] >= (1 if kind == NONE else 0.95) * counts.total(), counts


def test_a_renamed_village_and_split_households_are_told(tmp_path: Path) -> None:
    dossiers = households(3)
    renamed, parted = set[str](), set[str]()
    old = dossiers[0].household.text("村")
    for order, dossier in enumerate(dossiers):
        number, people = dossier.household.text("户编号"), dossier.all("平台人口")
        if dossier.household.values["村"] == old:
            dossier.all("平台户")[0].values["村"] = "新河社区"
            renamed.add(number)
        elif order % 2 and len(people) > 2:
            people[-1].values["户编号"] = f"{number}9"
            parted.add(number)
    found = judge_books(tmp_path, rows(dossiers, LEDGERS), ["CRD-07"]).findings
    told = [(finding.household, finding.cause and finding.cause.kind) for finding in found]
    assert min(len(renamed), len(parted)) > 8
    assert sorted(told, key=str) == sorted(
        [(number, CauseKind.RENAMED) for number in renamed]
        + [(number, CauseKind.SPLIT) for number in parted],
        key=str,
    )


def test_slips_in_the_civil_register_are_asked_about(tmp_path: Path) -> None:
    """Every slip is found and named (DEP-02); of several slips what else speaks for him; another's name is left alone."""
    dossiers, chosen = households(12), random.Random(9)
    slips: tuple[tuple[str, Change], ...] = (
        (CauseKind.ONE_DIGIT.value, _one_digit),
        (CauseKind.SWAPPED_DIGITS.value, _two_digits),
        (CauseKind.OLD_NUMBER.value, _old_number),
    )
    expected, several = {}, set()
    for order, dossier in enumerate(dossiers):
        person = next(
            row for row in dossier.all("户籍") if row.text("证件号码") == _member(dossier).text("证件号码")
        )
        kind, slip = slips[order % 3]
        if changed := slip(dossier, chosen):
            person.values["证件号码"] = changed[2]
            if order % 4 == 0:
                person.values["姓名"] = "欧阳鹏雷"
            elif order % 4 == 1 and kind == CauseKind.ONE_DIGIT.value:
                person.values["证件号码"] = _two_more(person.text("证件号码"))
                several.add(dossier.household.text("户编号"))
            else:
                expected[dossier.household.text("户编号")] = kind
    found = judge_books(tmp_path, rows(dossiers, ("户", "人口", "户籍")), ["DEP-02"]).findings
    assert {f.household: f.cause.kind.value for f in found if f.cause} == expected
    likely = [f for f in found if not f.cause]
    assert {f.household for f in likely} <= several
    assert len(found) - len(expected) == len(likely) > len(several) / 2
    assert all(f.pair for f in likely)
    assert Counter(expected.values()).keys() == {kind for kind, _ in slips}


def _two_more(number: str) -> str:
    """Two further digits read wrong."""
    return number[:14] + "".join(str((int(digit) + 3) % 10) for digit in number[14:16]) + number[16:]
