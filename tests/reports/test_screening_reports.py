"""The screens as a page, as a workbook, on the screen: every finding, test and picture, and nothing that runs."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from browser import parsed
from fupin_audit.reports.page import screen_page
from fupin_audit.reports.page.charts import HEIGHT, LEFT, WIDTH, chart
from fupin_audit.reports.screening import terminal, workbook
from fupin_audit.reports.screening.screen_words import HEADERS, verdict
from fupin_audit.results.screens import compared, odds
from saved import saved
from screened import CATERPILLAR, DIGITS, FUNNEL, HISTOGRAM, PICTURES, nothing_screened, screened_result


def test_the_page_has_every_finding_test_and_picture(tmp_path: Path) -> None:
    page = parsed(saved(screen_page.write, screened_result(), tmp_path / "筛查.html"))
    assert "12户的收入各项完全相同" in page.xpath("//div[@class='card']")[0].text_content()
    assert len(page.xpath("//svg")) == len(PICTURES)
    assert len(page.xpath("//table[@class='tests']/tbody/tr")) == 3
    assert (
        page.xpath("//li")[0].text_content() == "SCR-08 大小悬殊的金额首位应合本福特定律：未交付台账“明细账”"
    )


def test_the_page_runs_nothing(tmp_path: Path) -> None:
    page = parsed(saved(screen_page.write, screened_result(), tmp_path / "筛查.html"))
    assert page.xpath("//script | //b | //*[@style] | //*[@onload]") == []
    assert "<script>alert(1)</script>" in page.text_content()


def test_the_line_stands_before_its_bar() -> None:
    drawn = chart(HISTOGRAM)
    assert drawn.line == pytest.approx(drawn.boxes[10].x - 1, abs=0.2)
    assert drawn.boxes[6].height == max(box.height for box in drawn.boxes)
    assert drawn.boxes[0].height == 0


def test_what_is_usual_is_a_line_over_the_bars() -> None:
    drawn = chart(DIGITS)
    heights = {point.split(",")[1] for point in drawn.paths[0].split()}
    assert len(heights) == 1
    assert drawn.line is None


def test_a_funnel_narrows_and_names_who_is_outside() -> None:
    drawn = chart(FUNNEL)
    low, high = ([float(point.split(",")[1]) for point in path.split()] for path in drawn.paths[1:])
    assert low[0] - high[0] > low[-1] - high[-1] > 0
    assert [dot.far for dot in drawn.dots] == [False, True, True]
    assert {"=1+1村", "<b>上湾村"} <= {label.text for label in drawn.labels}
    assert all(LEFT <= dot.x <= WIDTH and 0 <= dot.y <= HEIGHT for dot in drawn.dots)


def test_a_caterpillar_marks_whose_interval_lacks_the_usual_share() -> None:
    drawn = chart(CATERPILLAR)
    assert [dot.far for dot in drawn.dots] == [True, False, True]
    assert all(dot.low <= dot.x <= dot.high for dot in drawn.dots)


def test_the_workbook_has_every_test_and_a_chart_a_picture(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(saved(workbook.write, screened_result(), tmp_path / "筛查.xlsx"))
    assert book.sheetnames == ["不寻常的地方", "全部检验", "图", "图的数据"]
    rows = list(book["全部检验"].iter_rows(min_row=4, values_only=True))
    assert rows[0] == HEADERS
    assert [row[3] for row in rows[1:]] == ["东关村", "=1+1村", "<b>上湾村"]
    assert book["不寻常的地方"]["F5"].value.startswith("东关村：30户中有12户")
    with ZipFile(tmp_path / "筛查.xlsx") as parts:
        charts = [name for name in parts.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == len(PICTURES)


def test_a_run_without_tests_is_told_in_every_format(tmp_path: Path) -> None:
    result, sink = nothing_screened(), BytesIO()
    assert verdict(result) == "统计筛查：没有能检验的"
    terminal.write(result, sink)
    assert "未交付台账“明细账”" in sink.getvalue().decode("utf-8")
    book = openpyxl.load_workbook(saved(workbook.write, result, tmp_path / "筛查.xlsx"))
    assert book.sheetnames == ["不寻常的地方", "全部检验"]
    assert parsed(saved(screen_page.write, result, tmp_path / "筛查.html")).xpath("//svg") == []


def test_the_text_names_the_finding_and_the_caution() -> None:
    sink = BytesIO()
    terminal.write(screened_result(), sink)
    said = sink.getvalue().decode("utf-8")
    assert "做了3项检验，1处疑点" in said
    assert "不说谁错了" in said
    assert "SCR-03 疑点 石桥镇" in said


@pytest.mark.parametrize(
    ("p", "said"),
    [
        (0.5, "约2次里有1次"),
        (0.00031, "约3200次里有1次"),
        (3e-7, "约330万次里有1次"),
        (2e-11, "约500亿次里有1次"),
        (1e-40, "不到一万亿次里有1次"),
    ],
)
def test_odds_are_said_in_words(p: float, said: str) -> None:
    assert odds(p) == said


def test_a_chance_too_small_to_tell_is_below_the_smallest_told() -> None:
    assert (compared(0.034), compared(0.0)) == ("p=0.034", "p<1e-12")
