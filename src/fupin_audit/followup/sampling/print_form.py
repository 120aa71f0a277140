"""The form on paper: one household a page of A4, identity and QR code printed, the answers blank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from fupin_audit.followup.sampling.field_sample import Sample
from fupin_audit.followup.sampling.frame import ListedHousehold
from fupin_audit.followup.sampling.qr import qr_image, qr_text
from fupin_audit.followup.sampling.sheet_style import A4, OPTIONS, SheetStyle
from fupin_audit.ledgers.base import Column
from fupin_audit.ledgers.in_words import labels
from fupin_audit.ledgers.models.fieldwork import Visit, VisitPerson
from fupin_audit.results.place import Place
from fupin_audit.writing.excel import Worksheet, new_workbook

_COLUMNS, _COLUMN_WIDTH = 12, 6.6  # twelve columns fill the width of A4
_MARGIN = 0.5  # inches
_QR_PIXELS = 108
_QR_COLUMN = 10
_HEADER_HEIGHTS = (34, 24, 24, 24)
_LINE, _TWO_LINES, _SECTION, _REMARK, _SIGNATURES, _NOTE = 26, 36, 22, 48, 48, 40
# Points left on a page for the members, and how many lines are always there for people nobody knew of.
_MEMBER_SPACE, _MEMBER_LINES, _SPARE_LINES, _LOWEST = 220, 10, 2, 18
_IDENTITY = ("核查编号", "户编号", "户主姓名", "核查人", "户主签字", "备注")
_MEMBER_WIDTHS = (("姓名", 2), ("证件号码", 3), ("健在", 1), ("在家", 1), ("与户主关系", 1), ("在校生状况", 1),
                  ("健康状况", 2), ("务工状况", 1))  # fmt: skip
_UNITS = {"日": "　　　　年　　月　　日", "整": "　　　　　　人", "元": "　　　　　　　元"}
_ADVICE = (
    "先看后问：看房、看水、看牌，再问户主；照看到的填，不照系统或明白卡抄，没核到的留空。"
    "名单上没有的人写在空行里；名单上的人已去世、外嫁、迁走的，健在或在家栏照实填。"
    "扫二维码可得核查编号和户编号，录入电子表时以它为准。"
)


def write_print_book(
    sink: BinaryIO, sample: Sample, place: Place, visits: Mapping[str, ListedHousehold]
) -> None:
    """Write the forms of one village, ready to print; a sheet each, as only a sheet can be fitted to one page."""
    with new_workbook(sink, "入户核查表（打印）", sample.manifest.as_of, OPTIONS) as book:
        style = SheetStyle(book)
        for code, household in visits.items():
            sheet = book.add_worksheet(code.rpartition("-")[2])
            _set_page(sheet, code, place)
            _Form(sheet, style).household(sample, code, household)


def _set_page(sheet: Worksheet, code: str, place: Place) -> None:
    sheet.set_paper(A4)
    sheet.set_margins(left=_MARGIN, right=_MARGIN, top=_MARGIN, bottom=0.6)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 1)
    # In a footer & begins a code.
    where = f"{place.town}{place.village}".replace("&", "&&")
    sheet.set_footer(f"&L&9{where}&R&9{code}")
    sheet.set_column(0, _COLUMNS - 1, _COLUMN_WIDTH)
    sheet.hide_gridlines(2)


@dataclass
class _Form:
    """A form being written, line by line; `row` is the next free one."""

    sheet: Worksheet
    style: SheetStyle
    row: int = 0

    def household(self, sample: Sample, code: str, household: ListedHousehold) -> None:
        """The whole form."""
        self._head(sample, code, household)
        self._line(_SECTION, [("一、实地看到、问到的（空白处填写，□打√）", _COLUMNS, self.style.section)])
        asked = [column for name, column in Visit.columns().items() if name not in _IDENTITY]
        for left, right in zip(asked[::2], [*asked[1::2], None], strict=False):
            self._questions(left, right)
        self._line(_SECTION, [("二、家庭成员", _COLUMNS, self.style.section)])
        self._members(household)
        self._line(_REMARK, [("备注", 2, self.style.label), ("", _COLUMNS - 2, self.style.answer)])
        self._signatures()
        self._line(_NOTE, [(_ADVICE, _COLUMNS, self.style.wrapped)])

    def _head(self, sample: Sample, code: str, household: ListedHousehold) -> None:
        batch = sample.manifest.batch
        image, pixels = qr_image(qr_text(batch, code, household.number))
        scale = _QR_PIXELS / pixels
        options = {"image_data": image, "x_scale": scale, "y_scale": scale, "x_offset": 4, "y_offset": 6,
                   "description": f"二维码 {code}"}  # fmt: skip
        self.sheet.insert_image(self.row, _QR_COLUMN, "qr.png", options)
        place = household.place
        duty = sample.duties.get(code)
        lines: Sequence[Sequence[tuple[str, str]]] = (
            (("核查编号", code), ("户编号", household.number)),
            (("户主姓名", household.head), ("证件号码", household.head_id)),
            (("住址", f"{place.town}{place.village}{household.group}"), ("电话", household.phone)),
        )
        height, *others = _HEADER_HEIGHTS
        named = f"（拟派 {duty.checker}）" if duty and duty.checker else ""
        self._line(height, [(f"入户核查表{named}", _QR_COLUMN, self.style.title)])
        for height, line in zip(others, lines, strict=True):
            self._line(
                height,
                [
                    part
                    for name, text in line
                    for part in ((name, 2, self.style.label), (text, 3, self.style.given))
                ],
            )

    def _questions(self, *asked: Column | None) -> None:
        parts = []
        for column in filter(None, asked):
            parts += [(column.name, 2, self.style.label), (_answer(column), 4, self.style.answer)]
        self._line(_LINE, parts)

    def _members(self, household: ListedHousehold) -> None:
        lines = max(_MEMBER_LINES, len(household.members) + _SPARE_LINES)
        height = max(_LOWEST, _MEMBER_SPACE / lines)
        fields = VisitPerson.columns()
        self._line(_TWO_LINES, [(name, width, self.style.label) for name, width in _MEMBER_WIDTHS])
        for number in range(lines):
            member = household.members[number] if number < len(household.members) else None
            given = {"姓名": member.name, "证件号码": member.id_number} if member else {}
            self._line(
                height,
                [
                    (given.get(name) or _circled(fields[name]), width, self.style.given)
                    for name, width in _MEMBER_WIDTHS
                ],
            )

    def _signatures(self) -> None:
        parts = []
        for name in ("户主签字", "核查人签字", "村干部签字"):
            parts += [(name, 2, self.style.label), ("", 2, self.style.answer)]
        self._line(_SIGNATURES, parts)

    def _line(self, height: float, parts: Sequence[tuple[str, int, object]]) -> None:
        """One row of merged cells, from the left: text, width in columns, format."""
        self.sheet.set_row(self.row, height)
        at = 0
        for text, width, cell_format in parts:
            if width > 1:
                self.sheet.merge_range(self.row, at, self.row, at + width - 1, "", cell_format)
            self.sheet.write_string(self.row, at, text, cell_format)
            at += width
        self.row += 1


def _answer(column: Column) -> str:
    """Boxes to tick, or a blank with its unit."""
    if choices := labels(column):
        return "　".join(f"□{choice}" for choice in choices)
    return _UNITS.get(column.type.name, "")


def _circled(column: Column) -> str:
    return "是/否" if column.type.family == "boolean" else ""
