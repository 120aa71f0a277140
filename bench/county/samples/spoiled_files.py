"""Files that are wrong as files: a sheet without its key, a strange sheet, a damaged workbook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from county.answers.answer_key import Answer
from county.sheets.book import Book, write
from county.sheets.forms import Cell
from county.sheets.page import notes

_PLATES_WITHOUT_NUMBER: tuple[tuple[Cell, ...], ...] = (
    ("户主姓名", "住房安全等级", "鉴定日期", "鉴定机构", "悬挂"),
    ("钱补录", "B", "2020-05-06", "云川市建筑工程质量检测中心", "是"),
)
_MEETING: tuple[tuple[Cell, ...], ...] = (("6.会议签到表", None), ("序号", "签到"), (1, "到会"), (2, "请假"))
_MEMBER_ALONE: tuple[tuple[Cell, ...], ...] = (
    (
        "户编号",
        "人编号",
        "姓名",
        "性别",
        "证件号码",
        "与户主关系",
        "健康状况",
        "参加城乡居民医保",
        "参加职工医保",
    ),
    ("99019999990009", "9901999999000901", "钱小补", "男", "990101198003029018", "其他", "健康"),
)


@dataclass(frozen=True, slots=True)
class SpoiledFile:
    """A further file and the one finding it brings.

    Attributes:
        book: what it holds.
        rule: the finding's rule.
        household, person, field: whom and what the finding names.
        cell: the cell it points at.
        bytes_kept: how much of the file is left; 0: all.
    """

    book: Book
    rule: str
    cell: str = ""
    household: str = ""
    person: str = ""
    field: str = ""
    bytes_kept: int = 0

    def put(self, folder: Path) -> list[Answer]:
        """Write the file; returns what the key tells of it."""
        write(self.book, folder)
        path = folder / self.book.name
        if self.bytes_kept:
            path.write_bytes(path.read_bytes()[: self.bytes_kept])
        sheet = "" if self.bytes_kept else self.book.pages[0].name
        return [
            Answer(self.rule, (self.book.name, sheet, self.cell), self.household, self.person, self.field)
        ]


_NO_KEY = SpoiledFile(
    Book("4.住房标识牌补录.xlsx", [notes("补录", _PLATES_WITHOUT_NUMBER)]),
    "CEL-02",
    cell="A1",
    field="户编号",
)
_STRANGE = SpoiledFile(Book("6.会议签到.xlsx", [notes("签到", _MEETING)]), "CEL-08")
_DAMAGED = SpoiledFile(Book("2.柳林乡补报.xlsx", [notes("补报", _MEETING)]), "CEL-10", bytes_kept=2000)
_ALONE = SpoiledFile(
    Book("2.新增成员补录.xlsx", [notes("补录", _MEMBER_ALONE)]),
    "KEY-03",
    cell="A2",
    household="99019999990009",
    person="钱小补",
    field="户编号",
)

SPOILED: dict[str, tuple[SpoiledFile, ...]] = {
    "2020": (_NO_KEY, _STRANGE),
    "2021": (_DAMAGED, _ALONE),
    "small": (),
}
