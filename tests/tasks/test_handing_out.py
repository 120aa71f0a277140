"""`--handout`: a village gets its own, and nothing of another's."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from books import AS_OF, IDS, household, person, write_books
from fupin_audit import resources
from fupin_audit.audit import Examined, examine
from fupin_audit.engine.telling.placed_rows import PlacedRows
from fupin_audit.results.finding import Severity
from fupin_audit.results.household import Line, Said, ThreeBooks
from fupin_audit.results.place import Location, Place
from fupin_audit.tasks.annotating import Originals
from fupin_audit.tasks.handing_out import ABOUT, LEDGER, NOTICE, Handout, write_handout
from fupin_audit.tasks.own_result import Holder, holders
from fupin_audit.viewing.rows_of_findings import with_rows
from fupin_audit.workbook.annotating.cut_grid import WAS

NAMES = ("户编号", "人编号", "户主姓名", "姓名", "证件号码", "户主证件号码", "联系电话", "村", "乡镇")


@pytest.fixture(scope="module")
def county() -> Examined:
    examined = examine(resources.folder("samples") / "清河县")
    return replace(examined, result=with_rows(examined))


@pytest.fixture(scope="module")
def handed(county: Examined, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("县") / "分发"
    rows = county.placed.by_sheet(county.delivery)
    data = Originals([resources.folder("samples") / "清河县"])
    due = dict.fromkeys(Severity, date(2021, 3, 31))
    write_handout(folder, replace(county.result, due=due), Handout(rows, data))
    return folder


def texts(path: Path) -> str:
    """All parts of a workbook as one text, or the text of a page."""
    if path.suffix == ".html":
        return path.read_text(encoding="utf-8")
    with ZipFile(path) as parts:
        return "\n".join(parts.read(name).decode("utf-8", errors="replace") for name in parts.namelist())


def values(county: Examined) -> Mapping[Place, set[str]]:
    """Village → what its rows say of households and people."""
    found: dict[Place, set[str]] = {}
    for title, numbers in county.placed.numbers.items():
        data = county.delivery.tables[title].data
        for name in (field for field in NAMES if field in data.column_names):
            for number, value in zip(numbers.tolist(), data.column(name).to_pylist(), strict=True):
                if value:
                    found.setdefault(county.placed.places[number], set()).add(str(value))
    return found


def packages(handed: Path) -> Iterator[tuple[str, str, str]]:
    """Town, village, and all that is in the village's folder."""
    for village in handed.glob("*/*/"):
        inside = "\n".join([village.name, *(path.name + texts(path) for path in village.iterdir())])
        yield village.parent.name, village.name, inside


def test_a_village_gets_no_value_of_another(county: Examined, handed: Path) -> None:
    known = values(county)
    checked = 0
    for town, village, inside in packages(handed):
        own = set().union(
            *(said for place, said in known.items() if (place.town, place.village) == (town, village))
        )
        everything = "\n".join(own) + town + village
        others = set().union(
            *(said for place, said in known.items() if place.village and place.village != village)
        )
        # A name of two characters may be part of any word.
        secret = {value for value in others if len(value) > 2 and value not in everything}
        assert len(secret) > 100
        assert [value for value in sorted(secret) if value in inside] == []
        checked += 1
    assert checked == len({place for place in county.result.households if place.village})


def test_a_village_gets_its_rows_as_they_were_delivered(county: Examined, handed: Path) -> None:
    copies = list((handed / "清河镇" / "石桥村").glob("*含个人信息*.xlsx"))
    assert copies
    data = county.delivery.tables["户"].data
    of_village = county.placed.numbers["户"] == county.placed.places.index(
        Place("清河县", "清河镇", "石桥村")
    )
    numbers = [n for n, own in zip(data.column("户编号").to_pylist(), of_village, strict=True) if own]
    inside = "\n".join(map(texts, copies))
    assert numbers
    assert [number for number in numbers if number not in inside] == []


def test_the_rows_of_villages_are_not_copied_again_for_their_town(handed: Path) -> None:
    town = handed / "清河镇"
    inside = [
        "".join(texts(path) for path in folder.glob("*含个人信息*.xlsx"))
        for folder in (town / "石桥村", town)
    ]
    assert ["石桥村" in text for text in inside] == [True, False]


def test_a_cut_row_says_where_it_stood_and_is_marked(county: Examined, handed: Path) -> None:
    found = [f for f in county.result.records if f.place.village == "石桥村" and f.locations]
    rows = county.placed.by_sheet(county.delivery)
    (holder,) = [one for one in holders(county.result, rows) if one.place.village == "石桥村"]
    marked = 0
    for path in (handed / "清河镇" / "石桥村").glob("*含个人信息*.xlsx"):
        for sheet in openpyxl.load_workbook(path).worksheets:
            was = next(cell.column for row in sheet for cell in row if cell.value == WAS)
            for row in sheet:
                marked += sum(cell.comment is not None for cell in row)
                number = row[was - 1].value
                assert number is None or number == WAS or str(number).isdecimal()
    own = {
        (f.locations[0].file, f.locations[0].sheet, f.locations[0].cell)
        for f in found
        if holder.owns(f.locations[0])
    }
    assert marked >= len({at for at in own if at[0].endswith((".xlsx", ".csv"))}) > 0


def test_every_placed_finding_is_handed_to_its_village_and_town(county: Examined, handed: Path) -> None:
    for _, village, inside in packages(handed):
        prints = [f.fingerprint for f in county.result.records if f.place.village == village]
        assert prints
        assert [mark for mark in prints if mark not in inside] == []
    for town in handed.glob("*/"):
        inside = texts(town / LEDGER)
        prints = [f.fingerprint for f in county.result.records if f.place.town == town.name]
        assert [mark for mark in prints if mark not in inside] == []


def test_every_package_has_a_page_of_its_own_findings(county: Examined, handed: Path) -> None:
    pages = {path.parent: path for path in handed.glob("**/报告.html")}
    assert set(pages) == {path.parent for path in handed.glob("**/整改台账.xlsx")}
    for folder, path in pages.items():
        (found,) = re.findall(r'id="data">(.*?)</script>', path.read_text(encoding="utf-8"), re.DOTALL)
        prints = {row[-1] for row in json.loads(found)["findings"]}
        mine = [f for f in county.result.records if folder.name in (f.place.town, f.place.village)]
        assert prints == {finding.fingerprint for finding in mine}
        whole = {whose.split(" ")[1] for whose in json.loads(found)["whole"]}
        assert whole == {f.household for f in mine if county.result.books.get(f.home, ThreeBooks()).lines}


def test_a_notice_is_one_page_that_says_until_when(county: Examined, handed: Path) -> None:
    book = openpyxl.load_workbook(handed / "清河镇" / "石桥村" / NOTICE)
    sheet = book.worksheets[0]
    assert sheet.page_setup.paperSize == int(sheet.PAPERSIZE_A4)
    fit = sheet.sheet_properties.pageSetUpPr
    assert fit is not None
    assert fit.fitToPage
    assert (sheet.page_setup.fitToHeight or 1, sheet.page_setup.fitToWidth or 1) == (1, 1)
    assert sheet["A1"].value == "清河县清河镇石桥村整改通知"
    found = [f for f in county.result.records if f.place.village == "石桥村"]
    asked = str(sheet["A2"].value)
    assert f"错误 {sum(f.severity is Severity.ERROR for f in found)} 条" in asked
    assert "2021 年 3 月 31 日" in asked
    assert [cell.value for cell in sheet[3]] == ["序号", "级别", "谁", "什么问题", "在哪一格", "责任人"]


def test_what_is_the_countys_is_told_to_the_county(county: Examined, handed: Path) -> None:
    about = (handed / ABOUT).read_text(encoding="utf-8-sig")
    for finding in county.result.records:
        assert finding.place.town or f"{finding.rule} {finding.title}：" in about
    assert "清河镇/石桥村：" in about


def test_packages_are_their_owners_alone(handed: Path) -> None:
    for path in handed.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0 or path.is_dir()
    assert stat.S_IMODE(handed.stat().st_mode) == 0o700


@pytest.fixture
def pair(tmp_path: Path) -> Examined:
    """One person in two villages."""
    books = {
        "户": [household("1", village="东沟村"), household("2", village="西坡村", head=1, 户主姓名="李四平")],
        "人口": [person("1", 0), {**person("2", 1, 姓名="李四平"), "证件号码": IDS[0], "与户主关系": "户主"}],
    }
    folder = tmp_path / "数据"
    folder.mkdir()
    write_books(folder, books)
    return examine(folder, as_of=AS_OF)


def test_a_finding_between_two_villages_tells_each_its_side_only(pair: Examined) -> None:
    rows = pair.placed.by_sheet(pair.delivery)
    (between,) = [
        f for f in pair.result.records if f.rule == "KEY-01" or len({at.cell for at in f.locations}) > 1
    ][:1]
    east, west = (
        next(one for one in holders(pair.result, rows) if one.place.village == name)
        for name in ("东沟村", "西坡村")
    )
    assert any(east.owns(at) for at in between.locations)
    assert any(west.owns(at) for at in between.locations)
    for holder, secret in ((east, ("李四平", "西坡村")), (west, ("张安", "东沟村"))):
        said = "\n".join(map(str, holder.result(pair.result).records))
        assert [name for name in secret if name in said] == []
    own = east.result(pair.result)
    assert {place.village for place in own.households} == {"东沟村"}
    assert own.settings == own.not_read == own.doubts == ()


def test_of_the_books_a_village_reads_its_own_rows_only(pair: Examined) -> None:
    rows = pair.placed.by_sheet(pair.delivery)
    east = next(one for one in holders(pair.result, rows) if one.place.village == "东沟村")
    cells = [
        Location("户.csv", "", f"C{row}", value, "户", "户主姓名")
        for row, value in ((2, "张安"), (3, "李四平"))
    ]
    said = (Said("系统", cells[0], "张安"), Said("明白卡", cells[1], "李四平"))
    elsewhere = (replace(said[0], value="西坡村"), said[0])
    books = ThreeBooks((Line("户主姓名", said, False), Line("原住址", elsewhere, False, "隐去的第3位不同")))
    home = next(f.home for f in pair.result.records if east.has(f.place) and f.household)
    own = east.result(replace(pair.result, books={home: books, ("别处的户", ""): books})).books
    assert list(own) == [home]
    assert [[one.value for one in line.said] for line in own[home].lines] == [
        ["张安", "（不在这里列出）"],
        ["（不在这里列出）", "张安"],
    ]
    assert own[home].lines[1].apart == ""
    assert "李四平" not in str(own)


def test_beside_a_cell_a_village_reads_its_own_only(pair: Examined) -> None:
    rows = pair.placed.by_sheet(pair.delivery)
    east = next(one for one in holders(pair.result, rows) if one.place.village == "东沟村")
    mine, other = (
        next(f for f in pair.result.records if f.place.village == village and f.locations)
        for village in ("东沟村", "西坡村")
    )
    own = Location("户.csv", "", "C2", "张安", "户", "户主姓名")
    near = (own, replace(own, value="西坡村"), replace(own, cell="C3"))
    headings = {own: "户主", near[1]: "西坡村的户", near[2]: "户主"}
    beside = {mine.locations[0]: near, other.locations[0]: near}
    handed = east.result(replace(pair.result, beside=beside, headings=headings))
    assert (handed.beside, handed.headings) == ({mine.locations[0]: (own,)}, {own: "户主"})


def test_a_town_has_its_villages_and_a_village_no_other() -> None:
    nothing = re.compile("(?!)"), ""
    holder = Holder(Place("清河县", "柳林镇", "东沟村"), (), *nothing, {})
    assert holder.has(Place("清河县", "柳林镇", "东沟村"))
    assert not holder.has(Place("清河县", "柳林镇", ""))
    assert not holder.has(Place("清河县", "别镇", "东沟村"))
    assert Holder(Place("清河县", "柳林镇"), (), *nothing, {}).has(Place("清河县", "柳林镇", "东沟村"))


def test_a_row_two_places_claim_is_nobodys(pair: Examined) -> None:
    placed = pair.placed.by_sheet(pair.delivery)
    assert placed["人口.csv", ""][2].village == "东沟村"
    moved = {**pair.placed.numbers, "人口": pair.placed.numbers["人口"][::-1]}
    tables = {**pair.delivery.tables, "户": pair.delivery.tables["人口"]}
    twice = PlacedRows(pair.placed.places, {"户": pair.placed.numbers["人口"], "人口": moved["人口"]})
    assert twice.by_sheet(replace(pair.delivery, tables=tables)) == {("人口.csv", ""): {}}


def test_a_list_leads_to_the_cell_in_the_copy(handed: Path) -> None:
    """In the lists of villages, and in those of towns to the copies of their villages."""
    followed, copy = 0, cache(openpyxl.load_workbook)
    for path in handed.rglob(LEDGER):
        sheet = openpyxl.load_workbook(path)["全部发现"]
        column = [cell.value for cell in sheet[3]].index("标注件")
        for row in sheet.iter_rows(min_row=4):
            if link := re.fullmatch(
                r'=HYPERLINK\("(.+)#\'(.+)\'!([A-Z]+\d+)","打开"\)', str(row[column].value)
            ):
                cell: Any = copy((path.parent / link[1]).resolve())[link[2]][link[3]]
                assert str(row[2].value) in cell.comment.text
                followed += 1
    assert followed > 100
