"""A follow-up in files: every number is that of the result, wherever it stands; nothing of a person is let through."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest

from browser import seen
from fupin_audit.reports.page import track_page
from fupin_audit.reports.tracking import json_file, terminal, workbook
from fupin_audit.reports.tracking.track_tables import ITEM_HEADERS
from fupin_audit.results.tracking import State, Tracking
from samples_audited import SampleAudits
from tracking.drops import COUNTY, story

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def february(told: Mapping[str, Tracking]) -> Tracking:
    return told["二月"]


def written(module: Any, tracking: Tracking) -> bytes:
    sink = BytesIO()
    module.write(tracking, sink)
    return sink.getvalue()


@pytest.fixture(scope="module")
def report(february: Tracking) -> Mapping[str, Any]:
    told: Mapping[str, Any] = json.loads(written(json_file, february))
    return told


def test_json_is_as_its_schema_says(report: Mapping[str, Any], february: Tracking) -> None:
    jsonschema.validate(report, json.loads(json_file.SCHEMA.read_text(encoding="utf-8")))
    assert {state: report["counts"][state] for state in State} == {
        state: february.counts[state] for state in State
    }
    assert len(report["findings"]) == len(february.items)
    assert sum(item["overdue"] for item in report["findings"]) == february.counts.overdue
    for level in ("towns", "villages", "rules"):
        assert sum(place["新增"] for place in report[level]) == report["counts"]["新增"]


def test_the_workbook_has_every_finding_in_its_list(february: Tracking) -> None:
    book = openpyxl.load_workbook(BytesIO(written(workbook, february)))
    assert book.sheetnames[0] == "汇总"
    for name, expected in story()["months"]["二月"]["expected"]["county"].items():
        if name not in book.sheetnames:
            assert expected == 0
            continue
        header, *rows = book[name].iter_rows(min_row=2, values_only=True)
        assert header == ITEM_HEADERS
        assert len(rows) == expected
    towns = {row[0]: row[1:] for row in book["各乡镇"].iter_rows(min_row=3, values_only=True)}
    assert towns["白石乡"][:4] == (2, 38, 0, 3)


def test_every_number_of_the_page_is_that_of_the_json(february: Tracking, report: Mapping[str, Any]) -> None:
    page = written(track_page, february).decode()
    assert page.startswith('<!doctype html>\n<html lang="zh-CN">\n<!-- fupin-audit track -->')
    assert not re.search(r"https?://(?!www\.w3\.org)", page)
    for town in report["towns"]:
        row = re.search(rf'<tr><th scope="row">{town["town"] or "未定位"}</th>.*?</tr>', page)
        assert row
        numbers = [int(text) for text in re.findall(r'<td class="n">(\d+)</td>', row[0])]
        assert numbers == [
            town[name] for name in ("新增", "仍存在", "复发", "已整改", "未复核", "豁免", "逾期")
        ]


def test_a_browser_draws_the_page_and_asks_for_nothing(february: Tracking, tmp_path: Path) -> None:
    path = tmp_path / "整改进展.html"
    path.write_bytes(written(track_page, february))
    page, complaints = seen(path, "", tmp_path)
    assert complaints == ""
    assert [node.tag for node in page.iter() if node.get("src") or node.get("href")] == []
    (trend,) = page.find_class("trend")
    assert len(trend.findall(".//circle")) == 3 * len(february.months)
    assert "default-src 'none'" in page.xpath("string(//meta[@http-equiv]/@content)")


@pytest.mark.parametrize("module", [terminal, json_file, track_page])
def test_no_number_of_a_person_is_in_it(module: Any, february: Tracking) -> None:
    text = written(module, february).decode()
    assert re.findall(r"(?<![0-9a-f])(?:\d{17}[\dXx]|1[3-9]\d{9})(?![0-9a-f])", text) == []


def test_persons_of_this_drop_answer_for_what_is_gone(february: Tracking) -> None:
    """Names are not kept: those of this drop's ledgers stand in the lists."""
    gone = [item for item in february.items if item.finding is None and item.followed.household]
    assert gone
    assert all(item.head for item in gone)


def test_a_whole_county_is_followed_by_an_earlier_report(tmp_path: Path, audits: SampleAudits) -> None:
    """Without a history: the JSON of `check` has what it takes."""
    from fupin_audit.followup.tracking.following import Following
    from fupin_audit.reports.findings import json_file as check_json
    from fupin_audit.tasks.following_up import from_report, read_known, tracked

    result = audits.of(COUNTY.name)
    path = tmp_path / "结果.json"
    with path.open("wb") as sink:
        check_json.write(result, sink)
    before = from_report(read_known(path, "--baseline"))
    tracking = tracked(result, before, Following(result.as_of))
    assert tracking.counts[State.STILL] == len(tracking.items) > 100
