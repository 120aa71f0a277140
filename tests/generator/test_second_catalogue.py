"""The rules of the second catalogue are planted in the columns of 2020, of 2021 and of 2023."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from county.samples.all_samples import SAMPLES
from fupin_audit.rulepack.declared.rule import Rule
from fupin_audit.rulepack.packs.pack_loading import load_catalogue
from fupin_audit.workbook.loading import load

FOLDER = Path(__file__).parents[2] / "samples"
_NUMBERS: dict[str, tuple[int, ...]] = {
    "CEL": (14,),
    "ID": (15,),
    "HH": (9, 10),
    "STA": (16, 17, 18, 19, 20, 21),
    "INC": (22, 23, 24),
    "EDU": (19, 20, 21, 22, 23, 24),
    "MED": (18, 19),
    "HOU": (19, 20, 21, 22, 23),
    "WAT": (9,),
    "SEC": (18, 19, 20, 21, 22),
    "EMP": (18, 19, 20, 21, 22, 23, 24, 25, 26, 27),
    "IND": (14, 15, 16),
    "HLP": (11, 12),
    "MON": tuple(range(13, 30)),
    "VIL": (8, 9),
    "TGT": (11, 12, 13, 14, 15, 16),
    "DEP": (7, 8),
    "CRD": (12, 13),
    "FND": (10, 11, 12, 13),
    "PRB": (1, 2, 3, 4, 5),
}
RULES = {f"{group}-{number:02}" for group, numbers in _NUMBERS.items() for number in numbers}
LAYOUTS = {
    "2020": {"2020", "exam-2020"},
    "2021": {
        "2021",
        "small",
        "exam-2021",
        "exam-field",
        "2025",
    },  # on the platform of 2025 persons are listed so
    "2023": {"2023", "exam-2023"},
}
"""Columns of the export of persons → the drops that have them."""
NO_COLUMN = {("2020", "ID-15"): "证件类型"}
"""Without the column the rule has nothing to judge."""
LATER = {("2020", "EDU-19"): 2021}
"""Before the year a blank 在校生状况 says nothing, so that the rule judges nobody."""


def of_layout(layout: str) -> Iterator[str]:
    """The samples in the columns of a year, clean ones apart."""
    return (each.folder for each in SAMPLES if each.drop in LAYOUTS[layout] and not each.clean)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_rule_is_planted_in_every_layout(layout: str) -> None:
    keys = (
        json.loads((FOLDER / name / "key.json").read_text(encoding="utf-8")) for name in of_layout(layout)
    )
    planted = {entry["rule"] for key in keys for entry in key}
    elsewhere = {rule for year, rule in (*NO_COLUMN, *LATER) if year == layout}
    assert RULES - planted == elsewhere


def test_there_are_as_many_as_the_catalogue_says() -> None:
    assert len(RULES) == 85
    assert {each.drop for each in SAMPLES} == set().union(*LAYOUTS.values())


@pytest.mark.parametrize(("layout", "rule"), NO_COLUMN)
def test_no_export_of_the_layout_has_the_column(layout: str, rule: str) -> None:
    lists = [path for name in of_layout(layout) for path in FOLDER.glob(f"{name}/1.*.xlsx")]
    missing = NO_COLUMN[layout, rule]
    assert [path for path in lists if missing in load([path]).tables["人口"].fields] == []
    assert len(lists) > 1


@pytest.mark.parametrize(("layout", "rule"), LATER)
def test_the_rule_judges_nothing_of_before_the_year(layout: str, rule: str) -> None:
    since = LATER[layout, rule]
    entries = [entry for entry in load_catalogue().rules[rule] if isinstance(entry, Rule)]
    assert entries
    assert all(str(entry.when).startswith(f"审计年度 >= {since} ") for entry in entries)
    assert {each.year < since for each in SAMPLES if each.drop in LAYOUTS[layout]} == {True}
