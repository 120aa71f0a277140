"""What comes back of a draw: wrong household, twice, edited code, never visited — told, and nothing lost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from books import Row, household, person, write_books
from drawn import frame, sample
from fupin_audit.delivery import Delivery
from fupin_audit.followup.estimation.returns import Returns, returns_of, usable
from fupin_audit.followup.sampling.manifest import Manifest
from fupin_audit.workbook.loading import load
from fupin_audit.workbook.recognising.recognition import Designation


@pytest.fixture(scope="module")
def manifest() -> Manifest:
    """A village of four: two visits."""
    return sample(frame({("东镇", "一村"): 4})).manifest


def filled(manifest: Manifest, at: int, **answers: str) -> Row:
    """The row of a visit, filled in; `answers` win over what it has anyway."""
    visit = manifest.visits[at]
    given = {"核查编号": visit.visit, "户编号": visit.household, "户主姓名": visit.head}
    return {**given, "核查日期": "2020-11-20", "核查人": "赵六", "实有人口": "2", **answers}


def delivered(folder: Path, rows: Sequence[Row], persons: Sequence[Row] = ()) -> Delivery:
    books = {"户": [household("1")], "人口": [person("1", 0)], "入户核查": rows, "入户核查人口": persons}
    present = {title: book for title, book in books.items() if book}
    write_books(folder, present)
    return load([folder], designations=[Designation(title, f"{title}.csv") for title in present])


def returned(folder: Path, manifest: Manifest, *rows: Row) -> Returns:
    return returns_of(delivered(folder, rows), manifest)


def test_filled_rows_are_the_visits(tmp_path: Path, manifest: Manifest) -> None:
    found = returned(tmp_path, manifest, filled(manifest, 0), filled(manifest, 1, 核查人="孙八"))
    assert list(found.checkers.values()) == ["赵六", "孙八"]
    assert (found.missing, found.notes) == ((), ())


def test_a_row_with_nothing_filled_in_is_no_visit(tmp_path: Path, manifest: Manifest) -> None:
    blank = filled(manifest, 1, 核查日期="", 核查人="", 实有人口="")
    found = returned(tmp_path, manifest, filled(manifest, 0), blank)
    assert [visit.visit for visit in found.missing] == [manifest.visits[1].visit]
    assert found.notes == ()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"核查编号": "HC2019-AAAA-0001"}, "核查编号“HC2019-AAAA-0001”不在批次 {batch} 的抽样清单里（这一户的核查编号应是 {code}）"),
        ({"核查编号": "HC2019-AAAA-0001", "户编号": "5"}, "的抽样清单里，户编号也不在抽中的户里"),
        ({"核查编号": "", "户编号": ""}, "核查编号“空白”不在批次"),
        ({"户编号": "77"}, "核查编号 {code} 是户 {number}（张三），表上户编号却是“77”，不在抽中的户里"),
        ({"户编号": "{other}"}, "表上户编号却是“{other}”，那是另一抽中户（{other_code}）的"),
    ],
)  # fmt: skip
def test_a_row_that_fits_no_visit_is_left_out_and_told(
    tmp_path: Path, manifest: Manifest, changed: dict[str, str], told: str
) -> None:
    own, other = manifest.visits
    names = {"batch": manifest.batch, "code": own.visit, "number": own.household, "other": other.household,
             "other_code": other.visit}  # fmt: skip
    row = filled(manifest, 0, **{name: text.format(**names) for name, text in changed.items()})
    found = returned(tmp_path, manifest, row, filled(manifest, 1))
    (note,) = found.notes
    assert note.startswith("入户核查.csv 第2行：")
    assert told.format(**names) in note
    assert note.endswith("没有计入")
    assert [visit.visit for visit in found.missing] == [own.visit]
    assert list(found.checked) == [other.visit]


def test_another_head_is_doubted_but_counted(tmp_path: Path, manifest: Manifest) -> None:
    found = returned(tmp_path, manifest, filled(manifest, 0, 户主姓名="李四"), filled(manifest, 1))
    assert len(found.checked) == 2
    assert "户主是张三，表上写的是李四，已计入；请核实是不是查错了户" in found.notes[0]


@pytest.mark.parametrize(
    ("second", "told"),
    [
        ({}, "内容相同，只算一次"),
        ({"实有人口": "3", "核查日期": "2020-11-21"}, "内容不同，按核查日期最近的一份计入；请核实后只留一份"),
    ],
)
def test_a_visit_filled_in_twice_is_told(
    tmp_path: Path, manifest: Manifest, second: dict[str, str], told: str
) -> None:
    rows = filled(manifest, 0), filled(manifest, 1), filled(manifest, 0, **second)
    found = returned(tmp_path, manifest, *rows)
    code = manifest.visits[0].visit
    assert found.notes == (f"核查编号 {code} 填了2次（入户核查.csv 第2行、入户核查.csv 第4行）：{told}",)
    assert dict(found.checked[code].answers)["实有人口"] == int(second.get("实有人口", "2"))


def test_rules_judge_only_what_counts(tmp_path: Path, manifest: Manifest) -> None:
    strange = filled(manifest, 0, 户编号="77")
    met = [
        {"核查编号": visit.visit, "户编号": number, "姓名": "张三", "健在": "是"}
        for visit in manifest.visits
        for number in (visit.household, "77") * 2
    ]
    delivery = delivered(tmp_path, [strange, filled(manifest, 1)], met)
    assert delivery.tables["入户核查人口"].data.num_rows == 8
    kept = usable(delivery, returns_of(delivery, manifest))
    number = manifest.visits[1].household
    assert kept.tables["入户核查"].data.column("户编号").to_pylist() == [number]
    assert kept.tables["入户核查人口"].data.column("户编号").to_pylist() == [number]
    assert kept.tables["户"] is delivery.tables["户"]


def test_what_was_printed_does_not_pass_for_checked(tmp_path: Path, manifest: Manifest) -> None:
    one, other = manifest.visits
    printed = [
        {"核查编号": visit.visit, "户编号": visit.household, "姓名": name, "健在": ""}
        for visit in manifest.visits
        for name in ("张三", "李四")
    ]
    printed[3]["健在"] = "是"
    delivery = delivered(tmp_path, [filled(manifest, 0), filled(manifest, 1)], printed)
    kept = usable(delivery, returns_of(delivery, manifest))
    assert "户主姓名" not in kept.tables["入户核查"].fields
    assert kept.tables["入户核查人口"].data.column("户编号").to_pylist() == [other.household] * 2
    assert one.household != other.household


def test_no_sheet_at_all_means_nobody_was_visited(tmp_path: Path, manifest: Manifest) -> None:
    write_books(tmp_path, {"户": [household("1")]})
    found = returns_of(load([tmp_path], designations=[Designation("户", "户.csv")]), manifest)
    assert (len(found.missing), found.notes, dict(found.checked)) == (2, (), {})
