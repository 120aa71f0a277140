"""The same county handed in another way has the same fingerprints: each finding is followed, whatever clerks do to files."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from books import AS_OF, IDS, catalogue, household, only, person
from effort import some_by_day
from fupin_audit.engine.run import Wanted, judge_delivery
from fupin_audit.followup.tracking.following import is_followed
from fupin_audit.rulepack.packs.pack import Catalogue
from fupin_audit.rulepack.packs.pack_loading import load_catalogue
from fupin_audit.workbook.loading import load
from libreoffice import needs_libreoffice, save_as

RULES = (
    "EMP-02",
    "CRD-01",
    "CRD-05",
    "KEY-05",
    "KEY-07",
    "HH-02",
    "CEL-05",
    "CEL-04",
    "MED-01",
    "TGT-09",
    "ID-01",
    "DEP-06",
)
Row = Mapping[str, str]


@dataclass
class Handed:
    """A county as it is handed in: sheets by file, and how they are written."""

    sheets: dict[tuple[str, str], list[Row]]
    above: int = 0
    hidden: bool = False
    merged: bool = False
    within: Catalogue = field(default_factory=lambda: only(RULES))
    reveal: bool = False
    kind: str = "xlsx"


def county() -> Handed:
    """Three households with faults of several kinds, their cards, and a roll with a stranger."""
    homes = ("990101000001", "990101000002", "990101000003")
    people: list[Row] = []
    for at, home in enumerate(homes):
        people += [
            person(home, 0, 证件号码=IDS[2 * at], 务工时间=str(12 + at), 性别="男", 参加城乡居民医保="否", 出生日期="1970-03-05"),
            person(home, 1, 证件号码=IDS[2 * at + 1], 与户主关系="配偶", 性别="男", 健康状况="精神好", 参加城乡居民医保="是"),
        ]  # fmt: skip
    roll: list[Row] = [
        {
            "姓名": "石三保",
            "证件号码": "990101196001010010",
            "年度": "2020",
            "险种": "城乡居民",
            "参保状态": "已参保",
        }
    ]
    cards: list[Row] = [
        {"户编号": home, "户主姓名": "张三", "家庭人口": "4", "脱贫属性": "已脱贫", "上墙": "是"}
        for home in homes
    ]
    sheets: dict[tuple[str, str], list[Row]] = {
        ("1.户.xlsx", "户"): [household(home, head=2 * at, 家庭人口="3") for at, home in enumerate(homes)],
        ("2.人口.xlsx", "人口"): people,
        ("3.明白卡.xlsx", "明白卡"): cards,
        ("4.医保参保.xlsx", "医保参保"): roll,
    }
    return Handed(sheets)  # fmt: skip


def prints(folder: Path, handed: Handed) -> set[str]:
    folder.mkdir(parents=True, exist_ok=True)
    if handed.kind == "csv":
        for (file, _), rows in handed.sheets.items():
            write_table((folder / file).with_suffix(".csv"), rows)
    for file in dict.fromkeys(file for file, _ in handed.sheets if handed.kind != "csv"):
        write(folder / file, handed)
    if handed.kind == "xls":
        convert(folder, handed.kind)
    delivery = load([folder], ledgers=handed.within.ledgers)
    judgement = judge_delivery(delivery, handed.within, AS_OF, wanted=Wanted(handed.reveal))
    return {item.fingerprint for item in judgement.findings if is_followed(item.rule)}


def write_table(path: Path, rows: Sequence[Row]) -> None:
    """As Excel and WPS save one in China."""
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.DictWriter(file, dict.fromkeys(column for row in rows for column in row))
        writer.writeheader()
        writer.writerows(rows)


def write(path: Path, handed: Handed) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for (file, name), rows in handed.sheets.items():
        if file == path.name:
            sheet = book.create_sheet(name)
            for number in range(handed.above):
                sheet.append([f"清河县{name}（第{number + 1}页）"])
            columns = list(dict.fromkeys(column for row in rows for column in row))
            sheet.append(columns)
            for row in rows:
                sheet.append([row.get(column) for column in columns])
            if handed.hidden:
                sheet.row_dimensions[handed.above + 2].hidden = True
            if handed.merged:
                merge(sheet, handed.above)
    book.save(path)
    book.close()


def merge(sheet: Worksheet, above: int) -> None:
    """Merges what is alike one below the other: 县, 乡镇, 村."""
    first, last = above + 2, sheet.max_row
    for column, cell in enumerate(sheet[above + 1], 1):
        if cell.value in {"县", "乡镇", "村"} and last > first:
            sheet.merge_cells(start_row=first, end_row=last, start_column=column, end_column=column)


def convert(folder: Path, kind: str) -> None:
    written = sorted(folder.glob("*.xlsx"))
    assert len(save_as(kind, written, folder)) == len(written)
    for path in written:
        path.unlink()


def every(change: Callable[[list[Row]], list[Row]]) -> Callable[[Handed], Handed]:
    return lambda handed: replace(handed, sheets={key: change(rows) for key, rows in handed.sheets.items()})


def shuffled(rows: list[Row]) -> list[Row]:
    return random.Random(7).sample(rows, len(rows))


def cells(change: Callable[[str, str], str]) -> Callable[[Handed], Handed]:
    return every(lambda rows: [{name: change(name, text) for name, text in row.items()} for row in rows])


def headers(names: Mapping[str, str]) -> Callable[[Handed], Handed]:
    return every(lambda rows: [{names.get(name, name): text for name, text in row.items()} for row in rows])


def split(handed: Handed) -> Handed:
    """The people in two files."""
    rows = handed.sheets[people := ("2.人口.xlsx", "人口")]
    others = {key: kept for key, kept in handed.sheets.items() if key != people}
    parts = {("2.人口（上）.xlsx", "人口"): rows[:4], ("2.人口（下）.xlsx", "人口"): rows[4:]}
    return replace(handed, sheets={**others, **parts})


def joined(handed: Handed) -> Handed:
    return replace(handed, sheets={("全部.xlsx", name): rows for (_, name), rows in handed.sheets.items()})


def renamed(files: Callable[[str], str], sheets: Callable[[str], str]) -> Callable[[Handed], Handed]:
    return lambda handed: replace(
        handed, sheets={(files(file), sheets(name)): rows for (file, name), rows in handed.sheets.items()}
    )


def wide(name: str, text: str) -> str:
    """Digits of numbers in full width."""
    return (
        text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        if name in {"务工时间", "家庭人口"}
        else text
    )


def reworded(handed: Handed) -> Handed:
    packs = tuple(
        replace(
            pack,
            content=pack.content.model_copy(
                update={
                    "rules": tuple(
                        rule.model_copy(
                            update={
                                "title": f"新的{rule.title}",
                                "say": f"改过：{rule.say}",
                                "fix": "另一种办法",
                            }
                        )
                        for rule in pack.content.rules
                    )
                }
            ),
        )
        for pack in handed.within.packs
    )
    return replace(handed, within=replace(handed.within, packs=packs))


def with_pack(handed: Handed) -> Handed:
    return replace(handed, within=only(RULES, load_catalogue(["liaoning-fushun"])))


CHANGES: Mapping[str, Callable[[Handed], Handed]] = {
    "行排序": every(lambda rows: sorted(rows, key=lambda row: list(row.values()), reverse=True)),
    "行打乱": every(shuffled),
    "文件改名": renamed(lambda file: f"二月报-{file}", lambda name: name),
    "工作表改名": renamed(lambda file: file, lambda name: f"{name}（二月）"),
    "一个文件拆成两个": split,
    "几个文件并成一个": joined,
    "列换次序": every(lambda rows: [dict(reversed(list(row.items()))) for row in rows]),
    "表头另一种写法": headers({"证件号码": "身份证号", "与户主关系": "与户主的关系", "人编号": "人口编号", "务工时间": "务工时间（月）"}),
    "加标题行": lambda handed: replace(handed, above=2),
    "隐藏行": lambda handed: replace(handed, hidden=True),
    "合并单元格": lambda handed: replace(handed, merged=True),
    "全角数字": cells(wide),
    "姓名夹空格": cells(lambda name, text: " ".join(text) if "姓名" in name else text),
    "日期另一种写法": cells(lambda name, text: text.replace("-", "/") if "日期" in name else text),
    "是否另一种写法": cells(lambda name, text: {"是": "√", "否": "×"}.get(text, text)),
    "不打码": lambda handed: replace(handed, reveal=True),
    "规则改措辞": reworded,
    "加规则包": with_pack,
    "另存为csv": lambda handed: replace(handed, kind="csv"),
    "另存为xls": lambda handed: replace(handed, kind="xls"),
}  # fmt: skip


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    return prints(tmp_path_factory.mktemp("县") / "清河县", county())


def test_there_is_something_to_follow(known: Sequence[str]) -> None:
    assert len(known) > 12


SAVED = "另存为xls"
WRITTEN = [name for name in CHANGES if name != SAVED]


@pytest.mark.parametrize(
    "change", [*some_by_day(WRITTEN), pytest.param(SAVED, marks=(pytest.mark.slow, needs_libreoffice))]
)
def test_no_fingerprint_changes(change: str, known: set[str], tmp_path: Path) -> None:
    assert prints(tmp_path / "清河县", CHANGES[change](county())) == known


def test_another_fault_has_another_fingerprint(known: set[str], tmp_path: Path) -> None:
    """Else the tests above could not fail."""
    handed = cells(lambda name, text: "8" if name == "务工时间" else text)(county())
    assert prints(tmp_path / "清河县", handed) < known


def test_the_whole_catalogue_can_be_followed() -> None:
    assert catalogue().rules.keys() > {*RULES}
