"""The cells a line of corrections speaks of: by the person's or the household's number, in the ledger it names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from fupin_audit.delivery import Delivery
from fupin_audit.ledgers.types.fieldtypes import Value
from fupin_audit.masking import mask_text
from fupin_audit.results.correction import Correction
from fupin_audit.rulepack.declared.nearest_word import nearest
from fupin_audit.tasks.correcting.delivered_sheets import LedgerSheet, read_key
from fupin_audit.workbook.formats.references import cell_place

_PERSONS, _NUMBER, _ID, _HOUSEHOLD = "人口", "人编号", "证件号码", "户编号"
_HEAD = "户主证件号码"  # of two households that have one number
_NAMED = 3  # places that are told one by one


class NotFoundError(Exception):
    """A line speaks of no cell, or of several that are not the same fact; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row a line speaks of, and the field it was found by."""

    sheet: LedgerSheet
    row: int
    by: str

    def key(self, name: str) -> Value | None:
        """The value of a field that tells records apart."""
        return self.sheet.key(name, self.row)

    def others(self, name: str) -> Sequence[int]:
        """The rows of others that a merged cell of a field would change, too."""
        sheet, own = self.sheet, self.key(self.by)
        rows = sheet.rows_of(self.row, sheet.column(name))
        return [row for row in rows if sheet.key(self.by, row) != own]

    def told(self, name: str = "") -> str:
        """The cell of a field as people are told of it; the row's first without one."""
        return self.sheet.told(self.row, self.sheet.column(name) if name else 0)


class Finder:
    """Finds the rows of lines.

    Args:
        delivery: what was read.
        sheets: as they stand.
    """

    def __init__(self, delivery: Delivery, sheets: Sequence[LedgerSheet]) -> None:
        self._delivery = delivery
        self._sheets = sheets

    def rows(self, line: Correction, field: str) -> Sequence[FoundRow]:
        """The rows of one record: several only where sheets repeat it.

        Raises:
            NotFoundError: none, or several records.
        """
        sheets = self._of_ledger(line, field)
        found = [found for sheet in sheets for found in self._matching(line, sheet)]
        found = [item for item in found if _is_of_year(line, item)]
        placed = [item for item in found if _stands_at(line, item)]
        # What sheets repeat is mended everywhere, or they would contradict each other.
        found = list(_with_repeats(placed, found, field)) if placed and field else placed
        if not found:
            raise NotFoundError(f"没有配上：{_keys(line)}在{sheets[0].ledger.title}的表里没有")
        if len(found) > 1 and not (field and _one_record(found, field)):
            places = "、".join(item.told(field) for item in found[:_NAMED])
            more = f"等{len(found)}处" if len(found) > _NAMED else ""
            raise NotFoundError(f"配上{len(found)}行（{places}{more}）：请写明年度或单元格")
        return found

    def _of_ledger(self, line: Correction, field: str) -> Sequence[LedgerSheet]:
        """The sheets of the ledger the line means."""
        named = [sheet for sheet in self._sheets if line["台账"] in ("", sheet.ledger.title)]
        if not named:
            titles = sorted({sheet.ledger.title for sheet in self._sheets})
            raise NotFoundError(f"没有交付台账“{line['台账']}”{nearest(line['台账'], titles)}")
        where = {sheet.ledger.title for sheet in named if _is_in(line, sheet)}
        if not where:
            raise NotFoundError(f"没有“{line['文件']}{line['工作表'] and ' › ' + line['工作表']}”这张表")
        meant = [sheet for sheet in named if sheet.ledger.title in where]
        having = [sheet for sheet in meant if not field or sheet.has(field)]
        if not having:
            raise NotFoundError(_no_field(line, meant, field))
        keyed = [sheet for sheet in having if self._key(line, sheet)]
        if not keyed:
            raise NotFoundError(
                f"{having[0].ledger.title}的表里不能按{_keys(line)}找人找户：请写表里有的编号或号码"
            )
        several = dict.fromkeys(sheet.ledger.title for sheet in keyed)
        if len(several) > 1:
            raise NotFoundError(f"几本台账都有“{field or '这一行'}”（{'、'.join(several)}）：请写明台账")
        return keyed

    def _matching(self, line: Correction, sheet: LedgerSheet) -> Iterator[FoundRow]:
        if key := self._key(line, sheet):
            yield from (FoundRow(sheet, row, key[0]) for row in sheet.rows(*key))

    def _key(self, line: Correction, sheet: LedgerSheet) -> tuple[str, Value] | None:
        """The column to look in, and what for: the person by the 人编号, else by the ID number; else the household."""
        for name, value in self._known(line):
            if sheet.has(name):
                return name, value
        personal = line["人编号"] or line["证件号码"]
        alone = not personal or not sheet.ledger.columns().keys() & {_NUMBER, _ID}
        if line["户编号"] and alone and sheet.has(_HOUSEHOLD):
            code = read_key(sheet.ledger.columns()[_HOUSEHOLD].type, line["户编号"])
            return None if code is None else (_HOUSEHOLD, code)
        return None

    def _known(self, line: Correction) -> Iterator[tuple[str, Value]]:
        """The numbers of the person a line names; the ID number also by the 人编号."""
        if line["人编号"]:
            yield _NUMBER, line["人编号"]
            if not line["证件号码"] and (number := self._ids.get(line["人编号"], "")):
                yield _ID, number[:18]
        if line["证件号码"]:
            yield _ID, line["证件号码"].upper()[:18]

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        """人编号 → the ID number, of whom the system has; none for a number that several have."""
        table = self._delivery.tables.get(_PERSONS)
        if table is None or not {_NUMBER, _ID} <= {*table.fields}:
            return {}
        found: dict[str, set[str]] = defaultdict(set)
        people = zip(*(table.data.column(name).to_pylist() for name in (_NUMBER, _ID)), strict=True)
        for number, text in people:
            if number and text:
                found[number].add(text)
        return {number: texts.pop() for number, texts in found.items() if len(texts) == 1}


def _is_in(line: Correction, sheet: LedgerSheet) -> bool:
    """Whether a line may mean a sheet; names are also known as reports show them."""
    names = (("文件", sheet.opened.file.name), ("工作表", sheet.sheet))
    return all(line[column] in ("", name, mask_text(name)) for column, name in names)


def _is_of_year(line: Correction, found: FoundRow) -> bool:
    """Whether a row may be of the year a line names: one that tells no year may be of any."""
    year = found.sheet.years[found.row]
    return not line["年度"] or not year or str(year) == "".join(filter(str.isdecimal, line["年度"]))


def _stands_at(line: Correction, found: FoundRow) -> bool:
    place = cell_place(line["单元格"]) if line["单元格"] else None
    return _is_in(line, found.sheet) and (place is None or place[0] == found.row)


def _with_repeats(placed: Sequence[FoundRow], found: Sequence[FoundRow], field: str) -> Sequence[FoundRow]:
    """The rows a line points at, with those that repeat their record; others may have its number by mistake."""
    if not _one_record(placed, field):
        return placed
    others = [item for item in found if item not in placed]
    if any(item.by == field and not _in_common(placed[0], item, field) for item in others):
        raise NotFoundError(f"还有{len(others)}行也是这个{field}，说不准是不是同一户、同一人的；请在原表里改")
    return [*placed, *(item for item in others if _one_record([placed[0], item], field))]


def _one_record(found: Sequence[FoundRow], field: str) -> bool:
    """Whether rows repeat one record of a ledger that sheets write several times: of one year, where it has years."""
    ledger = found[0].sheet.ledger
    years = {item.sheet.years[item.row] for item in found}
    if not ledger.merge or ("年度" in ledger.key and len(years) > 1):
        return False
    common = [_in_common(found[0], item, field) for item in found[1:]]
    return all(said and all(here == there for here, there in said) for said in common)


def _in_common(one: FoundRow, other: FoundRow, field: str) -> Sequence[tuple[Value, Value]]:
    """What both rows say of whom they are about, in other fields than one."""
    ledger = one.sheet.ledger
    names = {*ledger.key, *ledger.alternative_key, _HEAD} & ledger.columns().keys() - {"年度", field}
    both = [
        (one.key(name), other.key(name)) for name in names if one.sheet.has(name) and other.sheet.has(name)
    ]
    return [(here, there) for here, there in both if here is not None and there is not None]


def _no_field(line: Correction, sheets: Sequence[LedgerSheet], field: str) -> str:
    ledger = sheets[0].ledger
    if line["台账"] and field not in ledger.columns():
        return f"“{ledger.title}”没有字段“{field}”{nearest(field, ledger.columns())}"
    return f"交付的{line['台账'] or '台账'}没有“{field}”这一列"


def _keys(line: Correction) -> str:
    named = [name for name in (_HOUSEHOLD, _NUMBER, _ID) if line[name]]
    return (
        "、".join(f"{name}“{line[name]}”" for name in named if name != _ID)
        or "、".join(f"这个{name}" for name in named)
        or "空白的编号"
    )
