"""Clean counties in the columns of each year's exports are read whole, and nothing is said of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from county.clean.village import Shape, villages
from county.drops.column_sets import COLUMN_SETS
from county.drops.system_drops import system_drop
from county.sheets.book import write
from fupin_audit import audit
from fupin_audit.results.finding import Severity
from fupin_audit.workbook.loading import load

SMALL = Shape(villages=2, households=8, villages_a_town=2)
READ = {
    "1.户基本信息.xlsx": "户", "2.家庭成员.xlsx": "人口", "3.户收入.xlsx": "户年度", "5.控辍保学台账.xlsx": "控辍保学",
}  # fmt: skip
NOBODY_KNOWS = {"户主编号", "村办公电话", "是否搬迁户"}  # of the export of 53 columns


LAST = ("2023", "2025")  # audited with every change


@pytest.fixture(scope="module")
def county(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(f"county{request.param}")
    for book in system_drop(list(villages(7, SMALL)), request.param):
        write(book, folder)
    return folder


@pytest.mark.parametrize("county", COLUMN_SETS, indirect=True)
def test_every_column_is_read_or_known(county: Path) -> None:
    sheets = load([county]).inputs
    assert {sheet.file: sheet.ledgers[0] for sheet in sheets} == READ
    assert {each.header for sheet in sheets for each in sheet.unrecognised} <= NOBODY_KNOWS


@pytest.mark.parametrize(
    "county",
    [pytest.param(name, marks=[] if name in LAST else pytest.mark.nightly) for name in COLUMN_SETS],
    indirect=True,
)
def test_nothing_is_wrong_with_a_clean_county(county: Path) -> None:
    found = audit(county, as_of=date(2020, 12, 31)).records
    grave = [finding for finding in found if finding.severity is not Severity.INFO]
    assert [(finding.rule, finding.message) for finding in grave] == []
