"""What a sheet is called, and what that says of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from fupin_audit.ledgers.base import Ledger
from fupin_audit.workbook.recognising.headers import Header

_SAID = 0.95  # how surely a word of `names` says what a list is; less where another ledger's word follows it
_ASIDE = 0.6
_YEAR = re.compile(r"(?<!\d)20\d{2}(?!\d)")
_OF_YEAR = re.compile(r"(?<!\d)(20\d{2})(?=年度)")
# When a list was printed, exported or filled in is not what it is of; nor is any single day, but one 截至 which it is.
_PRINTED = re.compile(
    r"(?:导出|打印|制表|填表|填报|填写|填制|制作|编制|生成|查询|下载|报送|上报|提交|更新|公示)(?:时间|日期|于|日)?\s*[:：]?\s*"
    r"20\d{2}[-/.年]\s*\d{1,2}(?:[-/.月]\s*\d{1,2}日?)?"
    r"|(?<!截至)(?<!截止)(?<!截止到)(?<!截至到)(?<![\d:：])20\d{2}(?:-\d{1,2}-|/\d{1,2}/|\.\d{1,2}\.|年\s*\d{1,2}月\s*)\d{1,2}日?"
)


_PRINTED_ON = re.compile(
    r"(?:导出|打印|制表|填表|填报|填写|填制|制作|编制|生成|查询|下载)(?:时间|日期|于|日)?\s*[:：]?\s*(20\d{2})[-/.年]?\s*(\d{1,2})"
)
_GATHERED = 10  # the month from which on the system holds the year's own figures


# Names of lists of one class, benefit, service, change or channel; what a ledger itself is called is none of them.
_PARTIAL = re.compile(
    r"资助参保|代缴|增量|新增|增减|变动|减少|退出|停保|停发|停缴|清退|补缴|补贴|发放|核对|比对|疑似|月报|季报|未(?!央)\w{1,4}"
    r"|康复|无障碍|辅具|轮椅|托养"
)
# Names of exports of some households or of one kind of help only, for ledgers that speak of all.
_SOME = re.compile(
    r"监测(?:户|对象)|脱贫不稳定|边缘易致贫|突发严重困难|防返贫"
    r"|(?:教育|健康|医疗|产业|就业|金融|社会|综合保障|住房|饮水|基础设施)(?:扶持|帮扶|扶贫)"
)
_PAID = "发放|补贴|资助"  # what lists of payments are anyway


@dataclass(frozen=True)
class SheetTitles:
    """What a sheet is called: by itself, in its title rows, by its file.

    Attributes:
        by_printing: nothing delivered states a year, so that the day of printing may tell it.
    """

    sheet: str
    title: str
    stem: str
    by_printing: bool = False

    @property
    def together(self) -> str:
        """All of it as one text."""
        return f"{self.sheet} {self.title} {self.stem}"

    @property
    def year(self) -> int | None:
        """The year its title, name or file states, where exactly one does."""
        return self.stated_year or (self.printed_year if self.by_printing else None)

    @property
    def stated_year(self) -> int | None:
        """The same; the day it was printed on states none."""
        for text in (_PRINTED.sub("", name) for name in (self.title, self.sheet, self.stem)):
            found = set(_OF_YEAR.findall(text)) or set(_YEAR.findall(text))
            if found:
                return int(found.pop()) if len(found) == 1 else None
        return None

    @property
    def printed_year(self) -> int | None:
        """The year whose figures were there on the day of printing: they are gathered in autumn."""
        found = _PRINTED_ON.search(self.title) or _PRINTED_ON.search(self.stem)
        if found is None:
            return None
        year, month = int(found[1]), int(found[2])
        return year if month >= _GATHERED else year - 1

    def partial(self, ledger: type[Ledger]) -> str:
        """The word by which it lists only some of those it is about; empty where its names say no such thing."""
        words = _PARTIAL if ledger.family == "部门" else _SOME if is_record_of_households(ledger) else None
        if words is None or re.search(_PAID, ledger.title):
            return ""
        found = words.search(self.together)
        return found[0] if found else self._kind_of(ledger)

    def _kind_of(self, ledger: type[Ledger]) -> str:
        """The word for one kind of those a ledger is about; empty where its names speak of all of them, too."""
        if any(word in self.together for word in (ledger.title, *ledger.names)):
            return ""
        return next((word for word in ledger.kinds if word in self.together), "")

    @property
    def fields(self) -> frozenset[str]:
        """Fields of all its rows that they state, which need no column."""
        return frozenset() if self.year is None else frozenset({"年度"})


def sheet_names(file: str, sheet: str, header: Header, *, by_printing: bool = False) -> SheetTitles:
    """What a sheet is called.

    Args:
        file: its file, relative to the input folder.
        sheet: its own name.
        header: its header, below the title rows.
        by_printing: the day of printing may tell its year.
    """
    return SheetTitles(sheet, " ".join(header.title), str(PurePosixPath(file).with_suffix("")), by_printing)


def is_record_of_households(ledger: type[Ledger]) -> bool:
    """Whether it is a record of the system about households, beside the registers of households and persons."""
    registers = ledger.merge and "年度" not in ledger.key
    return ledger.family == "系统" and not registers and "户编号" in ledger.columns()


def naming(ledgers: Sequence[type[Ledger]], names: SheetTitles) -> Mapping[str, float]:
    """Title → how surely the sheet's names say that it is this ledger, from 0 to 1."""
    said = {ledger.title: _word_at(ledger, names) for ledger in ledgers}
    last = max(said.values(), default=(0, 0))
    return {
        ledger.title: max(_alike(ledger, names), _sureness(said[ledger.title], last)) for ledger in ledgers
    }


def _sureness(word: tuple[int, int], last: tuple[int, int]) -> float:
    if word == (0, 0):
        return 0.0
    return _SAID if word == last else _ASIDE


def _word_at(ledger: type[Ledger], names: SheetTitles) -> tuple[int, int]:
    """Where the last word for such a list ends in one of the names, and its length: in Chinese the head comes last."""
    words = [word for word in (ledger.title, *ledger.names, *ledger.kinds) if len(word) > 1]
    for text in (names.sheet, names.title, names.stem):
        ends = [(at + len(word), len(word)) for word in words if (at := text.rfind(word)) >= 0]
        if ends:
            return max(ends)
    return (0, 0)


def _alike(ledger: type[Ledger], names: SheetTitles) -> float:
    """How much of a ledger's title stands in a sheet's names: 1 for all of it."""
    title = ledger.title
    if ledger.merge or len(title) == 1:
        return float(names.sheet == title)
    pairs = [title[at : at + 2] for at in range(len(title) - 1)]
    texts = ((names.sheet, 1.0), (names.title, 0.9), (names.stem, 0.8))
    return max(trust * sum(pair in text for pair in pairs) / len(pairs) for text, trust in texts)
