"""What the same records may look like in another month: nothing of it is a change."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest

from books import Row, write_csv
from effort import some_by_day
from two_drops.county import Books, compared, county, told, written

Write = Callable[[Path, Books], None]
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_SPELLED = {"户编号": "户编码", "识别年月": "首次识别时间", "证件号码": "公民身份证号码", "工资性收入": "工资性收入小计",
            "主要致贫原因": "致贫原因", "人编号": "人口编号"}  # fmt: skip
_WITH_SURNAMES = {"姓名": lambda text: f"{text[0]} {text[1:]}"}


def _csvs(folder: Path, books: Books) -> None:
    for title, rows in books.items():
        write_csv(folder / f"{title}.csv", rows)


def _each(change: Callable[[str, Row], Row]) -> Write:
    """Every row changed."""
    return lambda folder, books: _csvs(
        folder, {title: [change(title, row) for row in rows] for title, rows in books.items()}
    )


def _values(how: Mapping[str, Callable[[str], str]]) -> Write:
    """The values of these fields written otherwise."""
    return _each(
        lambda _, row: {name: how[name](text) if name in how else text for name, text in row.items()}
    )


def _shuffled(folder: Path, books: Books) -> None:
    dice = random.Random(7)
    _csvs(folder, {title: dice.sample(rows, len(rows)) for title, rows in books.items()})


def _renamed(folder: Path, books: Books) -> None:
    for title, rows in books.items():
        write_csv(folder / f"清河县{title}2020年12月导出.csv", rows)


def _split(folder: Path, books: Books) -> None:
    for title, rows in books.items():
        write_csv(folder / f"{title}甲.csv", rows[: len(rows) // 3])
        write_csv(folder / f"{title}乙.csv", rows[len(rows) // 3 :])


def _joined(folder: Path, books: Books) -> None:
    book = openpyxl.Workbook()
    for title, rows in books.items():
        sheet = book.create_sheet(f"{title}汇总")
        sheet.append([f"清河县{title}信息表"])
        sheet.append(list(rows[0]))
        for row in rows:
            sheet.append(list(row.values()))
    book.save(folder / "全县.xlsx")


def _one_table(folder: Path, books: Books) -> None:
    """The household's columns beside each member, as the system exports them."""
    homes = {row["户编号"]: row for row in books["户"]}
    write_csv(folder / "人口导出.csv", [{**homes[row["户编号"]], **row} for row in books["人口"]])
    write_csv(folder / "户年度.csv", books["户年度"])


def _without(*names: str) -> Write:
    return _each(lambda _, row: {name: text for name, text in row.items() if name not in names})


WAYS: Mapping[str, Write] = {
    "the same files": _csvs,
    "rows shuffled": _shuffled,
    "rows turned round": lambda folder, books: _csvs(folder, {t: rows[::-1] for t, rows in books.items()}),
    "files renamed": _renamed,
    "files split": _split,
    "files joined in a workbook": _joined,
    "households beside their members": _one_table,
    "columns turned round": _each(lambda _, row: dict(reversed(list(row.items())))),
    "headers spelled otherwise": _each(lambda _, row: {_SPELLED.get(k, k): v for k, v in row.items()}),
    "wide digits": _values(dict.fromkeys(("户编号", "人编号", "证件号码", "工资性收入"), lambda text: text.translate(_WIDE))),
    "spaces in names": _values(_WITH_SURNAMES),
    "spaces in numbers": _values({"证件号码": lambda text: f"{text[:6]} {text[6:14]} {text[14:]}"}),
    "small x": _values({"证件号码": str.lower}),
    "months with days": _values({"识别年月": lambda text: f"{text}-01"}),
    "months in words": _values({"识别年月": lambda text: f"{text[:4]}年{int(text[5:])}月"}),
    "months in digits": _values({"识别年月": lambda text: text.replace("-", "")}),
    "years in words": _values({"脱贫年度": lambda text: f"{text}年", "年度": lambda text: f"{text}年度"}),
    "amounts with commas": _values({"纯收入": lambda text: f"{int(text):,}.00"}),
    "amounts in cents": _values({"纯收入": lambda text: f"{text}.40"}),
    "states spelled otherwise": _values({"主要致贫原因": lambda text: f" {text} ", "成员状态": lambda text: ""}),
    "no numbers of persons": _without("人编号"),
    "no ID numbers of persons": _without("证件号码"),
    "neither but names": _without("人编号", "证件号码"),
    "no columns of changes": _without("增减原因", "成员状态"),
    "no county": _without("县"),
}  # fmt: skip


@pytest.mark.parametrize("way", some_by_day(WAYS.values()), ids=list(WAYS))
@pytest.mark.parametrize(
    "later", [True, pytest.param(False, marks=pytest.mark.nightly)], ids=["now", "before"]
)
def test_the_same_records_have_not_changed(way: Write, later: bool, tmp_path: Path) -> None:
    plain, disguised = written(tmp_path / "甲", county()), tmp_path / "乙"
    disguised.mkdir()
    way(disguised, county())
    now, last = (disguised, plain) if later else (plain, disguised)
    assert told(compared(now, last)) == []
