"""三本账: what the system, 明白卡 and 扶贫手册 say of a household, field by field, where they do not agree.

It is drawn from the findings: where two of the books differ, a finding has both cells; what all three say is
known wherever the third was compared too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from fupin_audit.reports.findings.sheets.findings_sheet import Heading
from fupin_audit.results.carried import Written
from fupin_audit.results.finding import Finding
from fupin_audit.results.place import Location, Place
from fupin_audit.writing.excel import Worksheet
from fupin_audit.writing.one_line import one_line
from fupin_audit.writing.workbook_style import Style

SHEET = "三本账"
Typed = Mapping[tuple[str, str], Written]
"""Household and field → what people typed beside them."""
BOOKS: Mapping[str, tuple[str, ...]] = {
    "系统": ("户", "户年度", "帮扶责任人"),
    "明白卡": ("明白卡",),
    "扶贫手册": ("扶贫手册",),
}
_OF = {ledger: book for book, ledgers in BOOKS.items() for ledger in ledgers}
FIELD = "项目"
_RESULT, _CHECKER = BOOKS_TYPED = ("核实结果", "核实人")
"""The columns people fill in."""
_COLUMNS = (
    ("县", 8), ("乡镇", 8), ("村", 8), ("户编号", 14), ("户主", 9), (FIELD, 12), *((book, 16) for book in BOOKS),
    *((f"{book}的单元格", 26) for book in BOOKS), ("可能原因", 26), (_RESULT, 16), (_CHECKER, 8),
)  # fmt: skip
_HEADER_ROW = 2
_FIRST_BOOK = 6
_FROZEN_COLUMNS = 6
_A3 = 8


@dataclass(slots=True)
class BookLine:
    """One field of one household in the books.

    Attributes:
        place, household, head: whose.
        name: the field.
        said: book → the cell that says it.
        causes: why they may differ.
        masked: they differ in what is masked.
    """

    place: Place
    household: str
    head: str
    name: str
    said: dict[str, Location] = field(default_factory=dict)
    causes: dict[str, None] = field(default_factory=dict)
    masked: bool = False

    @property
    def differs(self) -> bool:
        """Whether two of the books say different things."""
        return self.masked or len({at.value for at in self.said.values()}) > 1

    def odd(self, book: str) -> bool:
        """Whether a book says what no other says."""
        others = [at.value for name, at in self.said.items() if name != book]
        return book in self.said and self.said[book].value not in others


def lines(findings: Sequence[Finding]) -> list[BookLine]:
    """The fields of households in which two of the books differ, in the order of the findings."""
    found: dict[tuple[tuple[str, str], str], BookLine] = {}
    for finding in findings:
        cells = [at for at in finding.locations if at.ledger in _OF and at.value]
        for name, compared in _compared(cells):
            key = (finding.home, name)
            line = found.setdefault(key, BookLine(finding.place, finding.household, finding.head, name))
            for at in compared:
                line.said.setdefault(_OF[at.ledger], at)
            line.masked |= bool(finding.apart) and any("*" in (at.value or "") for at in compared)
            if why := str(finding.cause or finding.apart):
                line.causes[why] = None
    return [line for line in found.values() if line.household and line.differs]


def _compared(cells: Sequence[Location]) -> Iterator[tuple[str, list[Location]]]:
    """The fields a finding has of more than one book."""
    for name in dict.fromkeys(at.field for at in cells):
        same = [at for at in cells if at.field == name]
        if len({_OF[at.ledger] for at in same}) > 1:
            yield name, same


def write_books(
    sheet: Worksheet, heading: Heading, found: Sequence[BookLine], typed: Typed, style: Style
) -> None:
    """Fills the sheet, from the top down, and sets it up for screen and paper."""
    sheet.write_string(0, 0, one_line(heading.title), style.title)
    sheet.write_string(1, 0, one_line(heading.note), style.section)
    for index, (title, width) in enumerate(_COLUMNS):
        sheet.set_column(index, index, width)
        sheet.write_string(_HEADER_ROW, index, title, style.header)
    for number, line in enumerate(found, start=_HEADER_ROW + 1):
        _write_line(sheet, number, line, typed.get((line.household, line.name), {}), style)
    last_row = _HEADER_ROW + len(found)
    sheet.freeze_panes(_HEADER_ROW + 1, _FROZEN_COLUMNS)
    sheet.autofilter(_HEADER_ROW, 0, last_row, len(_COLUMNS) - 1)
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)


def _write_line(sheet: Worksheet, at: int, line: BookLine, typed: Written, style: Style) -> None:
    place = line.place
    whose = (place.county, place.town, place.village, line.household, line.head, line.name)
    for index, text in enumerate(whose):
        sheet.write_string(at, index, one_line(text), style.centred)
    for offset, book in enumerate(BOOKS):
        cell = line.said.get(book)
        look = style.differing if line.odd(book) else style.centred
        sheet.write_string(at, _FIRST_BOOK + offset, one_line(cell.value) if cell else "", look)
        address = one_line(str(cell)) if cell else ""
        sheet.write_string(at, _FIRST_BOOK + len(BOOKS) + offset, address, style.text)
    rest = _FIRST_BOOK + 2 * len(BOOKS)
    sheet.write_string(at, rest, "；".join(map(one_line, line.causes)), style.text)
    for index, title in enumerate(BOOKS_TYPED, start=rest + 1):
        sheet.write_string(at, index, typed.get(title, ""), style.input)
