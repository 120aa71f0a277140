"""How well each ledger fits a sheet.

A sheet becomes a ledger by evidence (D15): columns that few ledgers have, or what the sheet, its title or its file
is called. Columns most ledgers share (姓名, 证件号码 …) and words any office uses (金额, 日期, 单位 …) are none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from fupin_audit.ledgers.base import Ledger
from fupin_audit.workbook.recognising.headers import Header, HeaderCell
from fupin_audit.workbook.recognising.matching import Match, kept_anywhere, match_cells
from fupin_audit.workbook.recognising.naming import SheetTitles, naming

_HOUSEHOLD = "户编号"
# Who, where and when: nearly every ledger says so, none is recognised by it.
_PLACE = frozenset({"省", "市", "县", "乡镇", "村", "组"})
_COMMON = _PLACE | {
    _HOUSEHOLD,
    "人编号",
    "姓名",
    "证件号码",
    "户主姓名",
    "户主证件号码",
    "年度",
    "性别",
    "民族",
    "联系电话",
    "成员电话",
}
# Headers any list may have, whatever it is about.
_GENERAL = frozenset(
    [
        "单位",
        "职务",
        "关系",
        "日期",
        "时间",
        "金额",
        "标准",
        "状态",
        "类别",
        "类型",
        "面积",
        "用途",
        "数量",
        "内容",
        "等次",
        "得分",
        "结论",
        "来源",
        "余额",
        "项目",
        "账号",
        "银行账号",
        "银行卡号",
        "社保卡号",
        "社会保障卡号",
        "开户银行",
        "账户名",
        "账户名称",
        "家庭人口",
        "家庭人口数",
        "人口数",
        "人数",
        "与户主关系",
        "出生日期",
        "开始日期",
        "结束日期",
        "开始时间",
        "结束时间",
        "登记日期",
        "登记时间",
        "单位名称",
        "企业名称",
        "人员类别",
        "工作单位",
        "补助金额",
        "补贴金额",
        "月补助金额",
        "月补贴",
        "月补助",
        "建筑面积",
        "户籍类型",
        "户口性质",
        "出生年月",
        "证件类型",
        "成员电话",
        "手机号码",
        "电话号码",
        "教师",
        "学校",
        "医院",
        "贷款金额",
        "贷款余额",
        "贷款银行",
        "贷款日期",
        "放款日期",
        "到期日期",
        "险种",
        "参保险种",
        "险种类型",
        "发证日期",
        "办证日期",
        "有效期",
        "有效期至",
        "缴费金额",
        "救助金额",
        "救助类型",
        "救助类别",
        "车辆类型",
    ]
)

_MOST = 0.5  # part of the required columns that must be there
_NEARLY_ALL = 0.75
_PLAINLY = 4  # columns that show what a sheet of the system is although its key is missing
_HINTED, _NAMED = 0.34, 0.7  # part of a ledger's title found in the sheet's names
_LITTLE, _SOME, _MUCH = 0.3, 0.7, 1.4  # evidence that is enough with a name, with a hint of one, with none
_SPREAD = 4  # columns named by a value that say what a sheet is
_WHOLE = 0.6  # evidence that is enough where no required column is missing
_ACCOUNTED = 0.2  # part of the columns that some ledger knows a nameless sheet's ledger must account for
_READ = 0.35  # part of a nameless sheet with strange columns that must be read, where little shows what it is
_SEVERAL = 2  # columns, general ones too, that are enough beside the name where most required ones are there
_BONUS = 0.15


@dataclass(frozen=True)
class Candidate:
    """A ledger the sheet may be.

    Attributes:
        match: its columns.
        missing: fields it cannot be used without that the sheet lacks.
        covered: part of its required columns that are there.
        explained: part of the sheet's known columns it accounts for, rare ones counting more.
        evidence: its columns that are more than who, where and when, rare ones counting more, general ones nothing.
        named: how much of its title stands in the sheet's names.
        telling: its columns that are more than who, where and when.
        own: those of them that no (other) ledger of the national system has.
        peculiar: those of these that are no general ones, and that no other ledger has.
        read: part of all the sheet's columns that are read as it, or known to stand on such lists.
        strange: the sheet has columns that no ledger knows.
    """

    match: Match
    missing: tuple[str, ...]
    covered: float
    explained: float
    evidence: float
    named: float
    telling: frozenset[str]
    own: frozenset[str]
    peculiar: frozenset[str] = frozenset()
    read: float = 1.0
    strange: bool = False

    @property
    def title(self) -> str:
        """The ledger's title."""
        return self.match.ledger.title

    @property
    def is_system(self) -> bool:
        """Whether it is an export of the national system, several of which share a sheet."""
        return self.match.ledger.merge

    @property
    def is_spread(self) -> bool:
        """Whether so many of its columns are named by a value that this alone says what it is."""
        return len(self.match.spread) >= _SPREAD and not self.missing

    @property
    def score(self) -> float:
        """From 0 to 1."""
        columns = (self.covered + self.explained + min(self.evidence / _MUCH, 1)) / 3
        return columns * (1 - _BONUS) + self.named * _BONUS

    @property
    def rank(self) -> float:
        """What comes first: the name, then how many of the columns it accounts for."""
        return self.named + self.explained + self.covered / 2

    @property
    def fits(self) -> bool:
        """Whether the sheet may be taken for it; without a needed column only if it plainly is."""
        if self.is_system:
            return self._fits_system()
        if self.missing:
            return (
                self.covered >= _MOST and (len(self.own) > 1 or self.named >= _NAMED) and self.evidence >= 1
            )
        if self.is_spread:
            return True
        if self.named >= _NAMED:
            several = len(self.telling) >= _SEVERAL and self.covered > _MOST
            return self.evidence >= _LITTLE or self.covered == 1 or several
        if self.named >= _HINTED:
            return self.evidence >= _SOME
        whole = self.covered == 1 and (not self.strange or _asks_more(self.match.ledger))
        enough = _WHOLE if whole else _MUCH
        if self.strange and (not self.peculiar or (self._shown_by_little and self.read < _READ)):
            return False
        return bool(self.own) and self.evidence >= enough and self.explained >= _ACCOUNTED

    @property
    def _shown_by_little(self) -> bool:
        """Whether one column shows what it is, or something is lacking that is needed."""
        return len(self.peculiar) == 1 or self.covered < 1

    def _fits_system(self) -> bool:
        so_called = self.named >= _NAMED and self.covered >= _MOST and not self.missing
        if so_called and self.evidence >= _LITTLE:
            return True
        enough = len(self.telling) + len(self.match.known) > 1 or self.covered >= _NEARLY_ALL
        plain = len(self.telling) >= _PLAINLY
        known = self.covered > _MOST or self.evidence >= _MUCH
        return known and bool(self.own) and enough and (plain or not self.missing)


def candidates(header: Header, names: SheetTitles, ledgers: Sequence[type[Ledger]]) -> list[Candidate]:
    """All ledgers, the best first.

    Args:
        header: the sheet's header.
        names: what the sheet is called.
        ledgers: those to choose from.
    """
    found = _by_columns(header.cells, header.unit, tuple(ledgers), names.fields)
    said = naming([each.match.ledger for each in found], names)
    named = [replace(each, named=said[each.title]) for each in found]
    return sorted(named, key=lambda each: -each.rank)


@lru_cache(maxsize=256)  # the sheets of a county have few different headers
def _by_columns(
    header: tuple[HeaderCell, ...], unit: str, ledgers: tuple[type[Ledger], ...], given: frozenset[str]
) -> tuple[Candidate, ...]:
    matches = [match_cells(header, unit, ledger) for ledger in ledgers]
    general = frozenset(cell.column for cell in header if not _GENERAL.isdisjoint(cell.own_keys))
    readers = Counter(place for each in matches for place in (*each.places, *each.known))
    system = Counter(place for each in matches if each.ledger.merge for place in each.places)
    weights = {place: 1 / count for place, count in readers.items()}
    strange = any(cell.column not in readers and kept_anywhere().isdisjoint(cell.own_keys) for cell in header)
    found = [_candidate(each, weights, system, general, given) for each in matches]
    if any(each.match.is_of_persons for each in found):
        found = [_not_by_head(each) for each in found]
    fields = Counter(place for each in matches for place in each.places)
    return tuple(
        replace(
            each,
            peculiar=frozenset(
                name
                for name in each.own
                if (place := each.match.columns[name].column) not in general and fields[place] == 1
            ),
            read=len({*each.match.places, *each.match.known}) / len(header),
            strange=strange,
        )
        for each in found
    )


def _candidate(
    found: Match,
    weights: Mapping[int, float],
    system: Mapping[int, int],
    general: frozenset[int],
    given: frozenset[str],
) -> Candidate:
    """How well a ledger fits.

    Args:
        found: the columns read as the ledger's.
        weights: column → how much it says, the less the more ledgers have it.
        system: column → how many ledgers of the national system have it.
        general: columns any list may have.
        given: fields that the sheet's names state.
    """
    telling = frozenset(found.columns) - _COMMON
    specific = {found.columns[name].column for name in telling} | set(found.known)
    specific = (specific | {column.column for column in found.spread}) - general
    return Candidate(
        match=found,
        missing=missing(found, given),
        covered=_coverage(found, given),
        explained=sum(weights[place] for place in (*found.places, *found.known))
        / (sum(weights.values()) or 1),
        evidence=sum(weights[place] for place in specific),
        named=0.0,
        telling=telling,
        own=frozenset(
            name for name in telling if system[found.columns[name].column] == int(found.ledger.merge)
        ),
    )


def _not_by_head(found: Candidate) -> Candidate:
    """On rows of members a household of the system is not known by its head's number: each would be one of its own."""
    key, columns = found.match.ledger.key, found.match.columns
    lacking = found.is_system and key and key[0] == _HOUSEHOLD and _HOUSEHOLD not in columns
    return replace(found, missing=found.missing or (_HOUSEHOLD,)) if lacking else found


def missing(found: Match, given: frozenset[str]) -> tuple[str, ...]:
    """What a sheet lacks of the ledger's anchors, of the set it comes nearest to."""
    have = given | set(found.columns)
    lacking = [tuple(name for name in names if name not in have) for names in found.ledger.anchor_sets()]
    return min(reversed(lacking), key=len, default=())


def _coverage(found: Match, given: frozenset[str]) -> float:
    have = given | set(found.columns)
    return max(len(wanted & have) / len(wanted) for wanted in _wanted(found.ledger))


@cache
def _asks_more(ledger: type[Ledger]) -> bool:
    """Whether a column is required that says more than who, where and when."""
    return any(column.required for name, column in ledger.columns().items() if name not in _COMMON)


@cache
def _wanted(ledger: type[Ledger]) -> tuple[frozenset[str], ...]:
    """Columns by which a ledger is known, with each set of anchors; its place may stand in other sheets."""
    required = {name for name, column in ledger.columns().items() if column.required} - _PLACE
    return tuple(frozenset(required | set(anchors)) for anchors in ledger.anchor_sets() or [ledger.columns()])
