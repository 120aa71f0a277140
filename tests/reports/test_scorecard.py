"""The scorecard as text, JSON and workbook: what is shown, in which order, and what is read back."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from rich.cells import cell_len

from fupin_audit.errors import UsageError
from fupin_audit.reports.findings import json_file as json_report
from fupin_audit.reports.scorecard import json_file as score_document
from fupin_audit.reports.scorecard import terminal as score_terminal
from fupin_audit.reports.scorecard import workbook as score_workbook
from fupin_audit.reports.scorecard.json_file import SCHEMA, ScoreDocument
from fupin_audit.reports.scorecard.ranking import ranking, tally
from fupin_audit.reports.scorecard.terminal import View
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.place import Place
from fupin_audit.results.scorecard import Goal, Level, Scorecard, Standing
from fupin_audit.writing.console import Screen
from saved import saved
from scored import COUNTIES, VILLAGES, scorecard


@pytest.fixture
def card() -> Scorecard:
    return scorecard()


@pytest.fixture
def since(card: Scorecard) -> Scorecard:
    return card.against(scorecard(earlier=True))


def shown(card: Scorecard, view: View, width: int = 80) -> str:
    sink = io.StringIO()
    score_terminal.show(card, Screen(file=sink, width=width, color_system=None), view)
    return "".join(f"{line.rstrip()}\n" for line in sink.getvalue().splitlines())


@pytest.mark.parametrize("level", [Level.COUNTY, Level.VILLAGE], ids=["county", "village"])
def test_text_reads_as_agreed(card: Scorecard, level: Level, golden: Callable[[str, str], None]) -> None:
    golden(f"reports/scorecard-{level.name.lower()}.txt", shown(card, View(level)))


def test_changes_read_as_agreed(since: Scorecard, golden: Callable[[str, str], None]) -> None:
    golden("reports/scorecard-since.txt", shown(since, View(full=True)))


@pytest.mark.parametrize("level", [Level.COUNTY, Level.TOWN, Level.VILLAGE])
def test_text_fits_the_screen(since: Scorecard, level: Level) -> None:
    assert [line for line in shown(since, View(level)).splitlines() if cell_len(line) > 80] == []


# The order of places.


def test_worst_places_come_first(card: Scorecard) -> None:
    assert [(item.rank, item.tally.place) for item in ranking(card, Level.COUNTY)] == [
        (2, COUNTIES[0]),
        (1, COUNTIES[1]),
    ]
    villages = ranking(card, Level.VILLAGE)
    assert [item.tally.share for item in villages] == [0, 0.5, 1]
    assert villages[0].tally.place == VILLAGES[1]


def test_equals_share_a_rank_and_places_without_targets_come_last(card: Scorecard) -> None:
    first = card.indicators[0]
    alike = [replace(item, met=True) for item in first.scores if item.place.village]
    bare = replace(alike[0], place=Place("丁县", "丁镇", "丁村"), goal=None, met=None)
    ranked = ranking(replace(card, indicators=(replace(first, scores=(*alike, bare)),)), Level.VILLAGE)
    assert [item.rank for item in ranked] == [1, 1, 1, None]
    assert [item.rank_text for item in ranked] == ["并列1", "并列1", "并列1", ""]


def test_of_equals_the_one_farther_from_its_targets_stands_behind(card: Scorecard) -> None:
    first = card.indicators[0]
    scored = next(item for item in first.scores if item.goal)
    near, far = (
        replace(scored, place=place, value=value, goal=Goal(1), met=False)
        for place, value in zip(VILLAGES[:2], (0.9, 0.7), strict=True)
    )
    ranked = ranking(replace(card, indicators=(replace(first, scores=(near, far)),)), Level.VILLAGE)
    assert [(item.rank, item.tied, item.tally.place) for item in ranked] == [
        (2, False, VILLAGES[1]),
        (1, False, VILLAGES[0]),
    ]


def test_unknown_is_not_a_pass(card: Scorecard) -> None:
    found = tally(card, VILLAGES[2])
    assert (found.met, found.unmet, found.open, found.share) == (1, 0, 1, 0.5)
    assert [score.standing for _, score in found.pairs] == [Standing.OPEN, Standing.MET]


def test_the_widest_gap_comes_first(card: Scorecard) -> None:
    """A quarter of the people weighs more than a tenth of the houses."""
    assert [item.title for item, _ in tally(card, COUNTIES[0]).pairs[:3]] == [
        "返贫人口",
        "住房安全率",
        "就业率",
    ]


def test_better_and_worse_are_counted(since: Scorecard) -> None:
    found = tally(since, COUNTIES[0])
    assert (found.better, found.worse) == (2, 0)
    assert tally(since, COUNTIES[1]).better == 0


# JSON.


def dumped(card: Scorecard) -> dict[str, Any]:
    sink = io.BytesIO()
    score_document.write(card, sink)
    loaded: dict[str, Any] = json.loads(sink.getvalue())
    return loaded


def test_schema_is_current(golden: Callable[[str, str], None]) -> None:
    schema = ScoreDocument.model_json_schema(mode="serialization")
    golden(
        f"../../{SCHEMA.relative_to(Path(__file__).parents[2])}",
        json.dumps(schema, ensure_ascii=False, indent=2) + "\n",
    )


def test_document_fits_its_schema(since: Scorecard) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(dumped(since), schema, jsonschema.Draft202012Validator)


def test_document_says_value_target_gap_and_change(since: Scorecard) -> None:
    (homes, *_) = dumped(since)["indicators"]
    county = next(item for item in homes["scores"] if item["county"] == "清河县" and not item["town"])
    assert {name: county[name] for name in ("level", "value", "target", "gap", "met", "earlier", "change")} == {
        "level": "县", "value": 0.9, "target": 1, "gap": -0.1, "met": False, "earlier": 0.8, "change": 0.1,
    }  # fmt: skip
    assert [item["rank"] for item in dumped(since)["ranking"] if item["level"] == "县"] == [2, 1]


def test_what_was_written_can_be_read(since: Scorecard, tmp_path: Path) -> None:
    path = tmp_path / "结果.json"
    saved(score_document.write, since, path)
    read = score_document.read(path)
    assert dumped(replace(read, inputs=since.inputs)) == dumped(since)
    assert dumped(since.against(read))["compared_with"] == "2020-12-31"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"{}", "不是评分结果（kind 不对）"),
        (b"[1", "不是评分结果"),
        (b"PK\x03\x04\xff", "读不了"),
        (b"", "不是评分结果"),
    ],
    ids=["empty-object", "broken", "binary", "empty"],
)
def test_a_wrong_file_is_told(content: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / "结果.json"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=says) as refusal:
        score_document.read(path)
    assert "fupin-audit scorecard --output json=文件" in str(refusal.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有文件"):
        score_document.read(tmp_path / "没有.json")
    with pytest.raises(UsageError, match="读不了"):
        score_document.read(tmp_path)


def test_the_result_of_a_check_is_no_scorecard(county: AuditResult, tmp_path: Path) -> None:
    path = tmp_path / "结果.json"
    saved(json_report.write, county, path)
    with pytest.raises(UsageError, match="不是评分结果"):
        score_document.read(path)


# An earlier scorecard.


def test_a_later_scorecard_is_no_earlier_one(card: Scorecard) -> None:
    with pytest.raises(UsageError, match="不是以前的结果"):
        scorecard(earlier=True).against(card)
    assert card.against(card).compared_with == date(2020, 12, 31)


def test_values_computed_in_another_way_are_not_compared(card: Scorecard) -> None:
    earlier = scorecard(earlier=True)
    changed = replace(earlier.indicators[0], formula="户: COUNT(别的)")
    found = card.against(replace(earlier, indicators=(changed, *earlier.indicators[1:]))).indicators[0]
    assert "算法与上次不同，不比较变化" in found.notes
    assert {score.earlier for score in found.scores} == {None}


# The workbook.


@pytest.fixture
def book(since: Scorecard, tmp_path: Path) -> openpyxl.Workbook:
    saved(score_workbook.write, since, tmp_path / "评分表.xlsx")
    return openpyxl.load_workbook(tmp_path / "评分表.xlsx")


def test_workbook_has_a_sheet_a_level(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["县", "乡镇", "村", "明细", "口径"]
    header = [cell.value for cell in book["县"][5]]
    assert header[:9] == ["地方", "指标", "单位", "现值", "目标", "差距", "结果", "上次", "变化"]
    row = {name: cell.value for name, cell in zip(header, book["县"][7], strict=True)}
    assert (row["指标"], row["现值"], row["目标"], row["结果"], row["上次"]) == (
        "住房安全率",
        0.9,
        1,
        "未达标",
        0.8,
    )
    names = [cell.value for cell in book["村"]["B"][5:]]
    assert names == ["清河县柳林镇上[湾]村", "石桥县石桥镇=1+1村", "清河县柳林镇东沟村"]


def test_workbook_colours_by_conditions(book: openpyxl.Workbook) -> None:
    rules = [
        (str(cells.sqref), rule.operator, rule.formula)
        for cells in book["村"].conditional_formatting
        for rule in cells.rules
    ]
    assert ("G6:G8", "greaterThanOrEqual", ["1"]) in rules
    assert ("G6:G8", "lessThan", ["1"]) in rules
    assert [cells for cells, operator, _ in rules if operator is None] == ["H7"]
    details = [rule.formula for cells in book["县"].conditional_formatting for rule in cells.rules]
    assert details == [['"未达标"'], ['"待核实"'], ['"达标"']]


def test_workbook_takes_no_name_for_a_formula(book: openpyxl.Workbook) -> None:
    formulas = [
        cell.coordinate
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert formulas == []


def test_same_scorecard_same_bytes(since: Scorecard, tmp_path: Path) -> None:
    for name in ("甲", "乙"):
        saved(score_workbook.write, since, tmp_path / f"{name}.xlsx")
    assert (tmp_path / "甲.xlsx").read_bytes() == (tmp_path / "乙.xlsx").read_bytes()
