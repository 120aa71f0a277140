"""Whose row is whose: beyond doubt, in doubt between several, or nobody's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pytest

from fupin_audit.linkage.linked_people import Linkage, Roll
from fupin_audit.linkage.linked_people import link as link_given
from fupin_audit.linkage.rolls import COLUMNS
from fupin_audit.linkage.weights import Strangers, strangers
from linkage import roll, rolls

Row = Mapping[str, str | None]
FATHER = {"姓名": "张建国", "出生": "1950-04-12", "性别": "男", "乡镇": "白石乡", "村": "东沟村"}
SON = {**FATHER, "姓名": "张建明", "出生": "1975-08-30"}
TWIN = {**FATHER, "姓名": "赵海生", "出生": "1988-06-01"}
OTHER_TWIN = {**TWIN, "姓名": "赵海军"}
NEIGHBOUR = {**FATHER, "出生": "1963-11-05"}
STRANGERS = [
    {
        "姓名": f"{family}{given}",
        "出生": f"19{60 + at}-0{at % 9 + 1}-1{at % 9}",
        "性别": "女",
        "乡镇": f"{at}乡",
        "村": f"{at}村",
    }
    for at, (family, given) in enumerate(zip("李王陈杨吴孙郭林", "秀英桂兰月香春梅", strict=True))
]


def of(rows: Sequence[Row], numbers: bool = False) -> Roll:
    """A roll of these rows, none of which is paired by a number; `numbers` whether each has a valid one."""
    data = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in COLUMNS}
    every = np.ones(len(rows), dtype=bool)
    return Roll(pa.table(data), every, ~every if numbers else every)


def link(left: Roll, right: Roll, others: Strangers | None = None) -> Linkage:
    """Linked, the left one being the county's people."""
    return link_given(left, right, others or strangers(left.people))


def pairs(found: Linkage) -> set[tuple[int, int]]:
    rows = zip(found.left[found.chosen].tolist(), found.right[found.chosen].tolist(), strict=True)
    return set(rows)


ALIKE: Mapping[str, Row] = {
    "the same": {},
    "written as it sounds": {"姓名": "章建国"},
    "a character mistaken": {"姓名": "张建图"},
    "one digit of the day": {"出生": "1950-04-17"},
    "month and day": {"出生": "1950-12-04"},
    "another year": {"出生": "1951-04-12"},
    "moved": {"乡镇": "柳林乡", "村": "柳树村"},
    "sex unknown": {"性别": ""},
}
UNLIKE: Mapping[str, Row] = {
    "his son": SON,
    "a neighbour of that name": NEIGHBOUR,
    "somebody born that day": {**FATHER, "姓名": "李志强"},
    "a woman of that name elsewhere": {**NEIGHBOUR, "性别": "女", "村": "上营村"},
}


@pytest.mark.parametrize("what", ALIKE)
def test_a_slip_does_not_hide_a_person(what: str) -> None:
    typed = {name: text for name, text in {**FATHER, **ALIKE[what]}.items() if text}
    assert pairs(link(of([FATHER, *STRANGERS]), of([typed]))) == {(0, 0)}


@pytest.mark.parametrize("what", UNLIKE)
def test_nobody_is_taken_for_another(what: str) -> None:
    found = link(of([FATHER, *STRANGERS]), of([UNLIKE[what]]))
    assert not found.chosen.any()


def test_twins_are_two_people() -> None:
    """Both there: each is himself; his brother's namesake alone is at most in doubt."""
    assert pairs(link(of([TWIN, OTHER_TWIN, FATHER]), of([OTHER_TWIN, TWIN, SON]))) == {(0, 1), (1, 0)}


def test_who_may_be_two_is_left_undecided() -> None:
    """A namesake born on the same day in the same village: the roll means one of them, and does not say which."""
    told = {**FATHER, "性别": None}
    twice = [{**FATHER, "号码": "1"}, {**FATHER, "号码": "2"}]
    found = link(of([*twice, *STRANGERS]), of([told]))
    assert set(zip(found.left.tolist(), found.right.tolist(), strict=True)) == {(0, 0), (1, 0)}
    assert not found.chosen.any()


def test_rows_that_say_the_same_are_one_person() -> None:
    """Each payment is his; one row speaks for all."""
    found = link(of([FATHER, *STRANGERS]), of([FATHER, FATHER, FATHER]))
    assert found.right.tolist() == [0, 1, 2]
    assert pairs(found) == {(0, 0)}


def test_two_valid_numbers_are_two_people() -> None:
    assert not len(link(of([FATHER], numbers=True), of([FATHER], numbers=True)).left)
    assert len(link(of([FATHER], numbers=True), of([FATHER])).left)


def test_who_is_paired_by_his_number_is_nobody_else() -> None:
    ours = of([FATHER, *STRANGERS])
    paired = Roll(ours.people, np.arange(9) > 0, ours.lacking)
    assert not len(link(paired, of([FATHER])).left)


def test_nobody_is_nobody() -> None:
    assert not len(link(of([]), of([FATHER])).left)
    assert not len(link(of([{}]), of([{}])).left)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_county_is_linked_with_few_wrong_and_few_missed(seed: int) -> None:
    left, right = rolls(4000, 0.8, seed)
    found = pairs(link(roll(left), roll(right)))
    correct = sum(left[one].who == right[other].who for one, other in found)
    there = len({row.who for row in left} & {row.who for row in right})
    assert correct >= 0.99 * len(found)
    assert correct >= 0.90 * there
    assert len({one for one, _ in found}) == len({other for _, other in found}) == len(found)


def test_sides_may_be_exchanged() -> None:
    left, right = rolls(1500, 0.8, 3)
    others = strangers(roll(left).people)
    there, back = link(roll(left), roll(right), others), link(roll(right), roll(left), others)
    assert pairs(there) == {(other, one) for one, other in pairs(back)}
