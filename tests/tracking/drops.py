"""The monthly drops of the story: the sample county, each month changed as the story tells."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import yaml

STORY = Path(__file__).with_name("story.yaml")
COUNTY = Path(__file__).parents[2] / "samples" / "清河县"
_CSV = "gb18030"  # of the county's lists
Change = Mapping[str, Any]


@cache
def story() -> Mapping[str, Any]:
    """What happens in each month, and what is to be said of it."""
    told: Mapping[str, Any] = yaml.safe_load(STORY.read_text(encoding="utf-8"))
    return told


def write_drops(folder: Path) -> dict[str, Path]:
    """Month → its folder of files, each made from that of the month before."""
    drops: dict[str, Path] = {}
    before = COUNTY
    for month, told in story()["months"].items():
        drops[month] = folder / month / COUNTY.name
        shutil.copytree(before, drops[month], ignore=shutil.ignore_patterns("key.json"))
        for change in told.get("changes", ()):
            _change(drops[month], change)
        before = drops[month]
    return drops


def _change(folder: Path, change: Change) -> None:
    path = folder / change["file"]
    match change:
        case {"put": cells, "sheet": sheet}:
            _put(path, sheet, cells)
        case {"replace": texts}:
            _replace(path, texts)
        case {"take": month}:
            shutil.copy(folder.parents[1] / month / COUNTY.name / change["file"], path)
        case {"remove": _}:
            path.unlink()
        case {"rename": name}:
            path.rename(folder / name)
        case {"turn": _}:
            _turn(path)
        case {"append": row}:
            with path.open("a", encoding=_CSV, newline="") as file:
                csv.writer(file).writerow(row)


def _put(path: Path, sheet: str, cells: Mapping[str, Any]) -> None:
    book = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        book[sheet][cell] = value
    book.save(path)


def _replace(path: Path, texts: Mapping[str, str]) -> None:
    text = path.read_text(encoding=_CSV)
    for before, after in texts.items():
        assert before in text
        text = text.replace(before, after)
    path.write_text(text, encoding=_CSV)


def _turn(path: Path) -> None:
    """The rows below the header the other way round."""
    header, *rows = path.read_text(encoding=_CSV).splitlines(keepends=True)
    path.write_text("".join([header, *reversed(rows)]), encoding=_CSV)
