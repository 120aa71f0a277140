"""The pages of a scorecard and of an estimate: their numbers, and what a browser makes of them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from browser import browse, parsed, seen
from fupin_audit.followup.estimation.estimating import ANY
from fupin_audit.reports.page import estimate_page, score_page
from fupin_audit.reports.page.geometry import WIDTH
from fupin_audit.reports.scorecard import json_file
from outputs import estimate
from saved import saved
from scored import scorecard


def score_html(folder: Path, *, earlier: bool = False) -> Path:
    card = scorecard().against(scorecard(earlier=True)) if earlier else scorecard()
    return saved(score_page.write, card, folder / "评分.html")


def estimate_html(folder: Path, **changed: object) -> Path:
    return saved(estimate_page.write, {**estimate(0), **changed}, folder / "推算.html")


def values(page: Any, path: str) -> list[float]:
    return [float(item.get("value")) for item in page.xpath(f"{path}//data")]


def test_the_numbers_are_those_of_the_scorecards_json(tmp_path: Path) -> None:
    saved(json_file.write, scorecard(), tmp_path / "评分.json")
    told = json.loads((tmp_path / "评分.json").read_text(encoding="utf-8"))
    scores = [
        number
        for item in told["indicators"]
        for score in item["scores"]
        if score["level"] in ("县", "合计")
        for number in (score["value"], score["target"])
        if number is not None
    ]
    page = parsed(score_html(tmp_path))
    assert sorted(values(page, "//table[@class='scores']")) == pytest.approx(sorted(scores))
    for level in ("县", "村"):
        ranked = [item for item in told["ranking"] if item["level"] == level]
        shares = [
            number for item in ranked for number in (item["share"], item["distance"]) if number is not None
        ]
        shown = values(page, f"//table[@data-level='{level}']")
        assert sorted(shown) == pytest.approx(sorted(shares))


def test_a_bar_ends_where_its_value_is(tmp_path: Path) -> None:
    page = parsed(score_html(tmp_path))
    drawn = 0
    for row in page.xpath("//table[@class='scores']/tbody/tr"):
        (value, *goal), bars = values(row, "."), row.xpath(".//svg/*[@class!='ground' and @class!='goal']")
        if "%" in row[2].text_content():
            assert float(bars[0].get("width")) == pytest.approx(WIDTH * value, abs=0.06)
            drawn += 1
        for mark in row.xpath(".//*[@class='goal']") if goal else ():
            assert float(mark.get("x")) == pytest.approx(max(WIDTH * min(goal[0], 1) - 1.5, 0), abs=0.06)
    assert drawn > 3


def test_changes_are_shown_where_there_is_an_earlier_result(tmp_path: Path) -> None:
    assert "比上次" not in score_html(tmp_path).read_text(encoding="utf-8")
    assert "好转" in score_html(tmp_path, earlier=True).read_text(encoding="utf-8")


def test_every_interval_of_the_estimate_is_told_and_drawn(tmp_path: Path) -> None:
    told: dict[str, Any] = estimate(0)
    rates = [
        *told["overall"]["rates"].values(),
        *(item["rates"][ANY] for item in told["villages"]),
        *told["checkers"],
    ]
    page = parsed(estimate_html(tmp_path))
    wanted = [number for rate in rates for number in (rate["share"], rate["low"], rate["high"])]
    assert values(page, "//table") == pytest.approx(wanted)
    spans = page.xpath("//*[@class='span']")
    assert len(spans) == len(rates)
    scale = 0.6
    for span, rate in zip(spans, rates, strict=True):
        low, width = float(span.get("x")), float(span.get("width"))
        assert (low / WIDTH * scale, (low + width) / WIDTH * scale) == pytest.approx(
            (rate["low"], rate["high"]), abs=0.001
        )


def test_where_nothing_could_be_compared_nothing_is_drawn(tmp_path: Path) -> None:
    rate = {"decided": 0, "failed": 0, "share": None, "low": 0, "high": 1, "method": "无从推算"}
    whole = {
        "county": "",
        "town": "",
        "village": "",
        "households": 9,
        "drawn": 3,
        "checked": 0,
        "rates": {ANY: rate},
    }
    path = estimate_html(tmp_path, overall=whole, villages=[], checkers=[], needed=None)
    page = parsed(path)
    assert "没有可比的户，无从推算" in page.text_content()
    assert page.xpath("//*[@class='span']") == []


def test_what_people_typed_stays_text(tmp_path: Path) -> None:
    bad = "<script>alert(1)</script>"
    text = estimate_html(tmp_path, batch=bad, notes=[bad]).read_text(encoding="utf-8")
    assert "<script" not in text


@pytest.mark.parametrize("made", [score_html, estimate_html])
def test_a_browser_shows_and_prints_them_and_complains_of_nothing(made: Any, tmp_path: Path) -> None:
    path = made(tmp_path)
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"""(?:src|href)=["']|https?://|@import|url\(""", text) == []
    assert "default-src 'none'; style-src 'sha256-" in parsed(path).xpath(
        "string(//meta[@http-equiv]/@content)"
    )
    page: Any
    page, complaints = seen(path, "", tmp_path)
    assert complaints == ""
    assert len(page.xpath("//svg")) > 5
    browse(f"--print-to-pdf={tmp_path / '页.pdf'}", path, "", tmp_path)
    assert (tmp_path / "页.pdf").read_bytes().startswith(b"%PDF")
