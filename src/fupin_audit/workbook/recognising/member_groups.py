"""Members of a household beside its head: 姓名1 身份证号1 …, 成员1›姓名, 其他家庭成员姓名 with several in a cell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.registry import ledger as ledger_of
from fupin_audit.ledgers.types.text import header_key
from fupin_audit.workbook.recognising.header_text import keys, without_marks
from fupin_audit.workbook.recognising.headers import HeaderCell
from fupin_audit.workbook.recognising.matching import FieldColumn, Match, MemberGroup, header_index
from fupin_audit.workbook.recognising.recognition import Recognition

_MEMBER = r"(?:其他|其余|共同生活)?(?:家庭)?成员(?:信息|情况)?"
_NUMBERED = re.compile(rf"^(?:{_MEMBER})(?P<number>\d{{1,2}})(?P<name>\D+)$")
_NUMBER_LAST = re.compile(rf"^(?:{_MEMBER})?(?P<name>\D+)(?P<number>\d{{1,2}})$")
_TOGETHER = re.compile(rf"^(?:{_MEMBER})(?P<number>)(?P<name>\D+)$")
_PERSON = "人口"
_NEEDED = frozenset({"姓名", "证件号码"})
_RELATION = "与户主关系"


def with_members(found: Recognition) -> Recognition:
    """The same, with the columns of members where a list of households has such; on lists of persons they are none."""
    if any(match.is_of_persons for match in found.matches):
        return found
    return replace(found, matches=tuple(_with_members(match, found) for match in found.matches))


def _with_members(match: Match, found: Recognition) -> Match:
    if not match.ledger.lists_members or _RELATION in match.columns:
        return match
    read = {place for other in found.matches for place in other.places}
    free = [cell for cell in found.header.cells if cell.column not in read]
    return replace(match, members=tuple(_groups(free, match.ledger)))


def _groups(cells: Iterable[HeaderCell], ledger: type[Ledger]) -> Iterator[MemberGroup]:
    model = ledger if set(ledger.columns()) >= _NEEDED else ledger_of(_PERSON)
    groups = defaultdict[str, dict[str, FieldColumn]](dict)
    for cell in cells:
        for number, name in _readings(cell):
            field = next((field for key in keys(name) if (field := header_index(model).get(key))), "")
            if field and field not in groups[number]:
                groups[number][field] = FieldColumn(field, cell)
                break
    yield from (MemberGroup(model, columns) for columns in groups.values() if set(columns) >= _NEEDED)


def _readings(cell: HeaderCell) -> Iterator[tuple[str, str]]:
    """The number of the member and what the column holds of it; the number is empty for all members together."""
    text = header_key("".join(map(without_marks, cell.levels)))
    for pattern in (_NUMBERED, _NUMBER_LAST, _TOGETHER):
        if match := pattern.match(text):
            yield match["number"], match["name"]
