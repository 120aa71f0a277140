"""The date an audit is judged at, where the user names none (D11), and what in the data speaks against a date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.delivery import Delivery, LedgerTable
from fupin_audit.errors import FupinAuditError, InputError, UsageError

_NOT_RECOGNISED = "没有认出一本台账。用 fupin-audit inspect 看每张表像什么，用 --as 台账=文件!工作表 指明"
_FEW, _SHARE = 3, 0.01  # rows that are more than slips: that many, and that part of all
_OUT_OF_POVERTY = "脱贫年度"
_YEAR = "年度"


def best_guess(delivery: Delivery) -> tuple[date, str]:
    """The end of the latest year that at least half of the households carry, but of none that more than slips name."""
    years = delivery.household_years
    half = max(years.values(), default=0) / 2
    carried = max((year for year, households in years.items() if households >= half), default=0)
    named = max((*_more_than_slips(years), *_years_out_of_poverty(delivery)), default=0)
    if carried:
        source = "数据中最近的年度" if carried >= named else f"数据中有{named}年的户，不早于这一年"
        return date(max(carried, named), 12, 31), source
    latest = delivery.latest_date
    if latest is None and not named:
        return _by_other_ledgers(delivery)
    year = max(named, latest.year if latest else 0)
    return date(year, 12, 31), "数据里没有年度，取最近日期所在年的年末"


def _by_other_ledgers(delivery: Delivery) -> tuple[date, str]:
    """The latest year a list of any kind names, in a column or in its title."""
    found = {title: year for title, table in delivery.tables.items() if (year := _latest_of(table))}
    if not found:
        raise _nothing_to_date(delivery)
    title = max(found, key=lambda name: (found[name], name))
    return date(found[title], 12, 31), f"{title}的年度"


def doubts(delivery: Delivery, as_of: date, *, guessed: bool) -> tuple[str, ...]:
    """What a reader must know of the years delivered, in Chinese, one sentence each."""
    return (*_other_years(delivery, as_of.year), *(_later_dates(delivery, as_of) if guessed else ()))


def _other_years(delivery: Delivery, year: int) -> Iterator[str]:
    """Ledgers of which rules see only the rows of the audit year, and that have none of it."""
    found = {title: _latest_of(table) for title, table in delivery.tables.items() if table.ledger.yearly}
    found["人口"] = max(delivery.export_years, default=0)
    other = [f"{title}只有{latest}年及以前的" for title, latest in found.items() if 0 < latest < year]
    other += [f"{title}只有{first}年的" for title, first in _only_later(delivery, year)]
    if other:
        yield f"台账的年度不同：{'、'.join(other)}，按{year}年核对时用不上；要按别的年度核对请用 --as-of 指定"


def _latest_of(table: LedgerTable) -> int:
    latest = pc.max(table.data.column(_YEAR)).as_py() if _YEAR in table.fields else None
    return int(latest or 0)


def _only_later(delivery: Delivery, year: int) -> Iterator[tuple[str, int]]:
    for title, table in delivery.tables.items():
        first = (
            pc.min(table.data.column(_YEAR)).as_py()
            if table.ledger.yearly and _YEAR in table.fields
            else None
        )
        if first and first > year:
            yield title, int(first)


def _later_dates(delivery: Delivery, as_of: date) -> Iterator[str]:
    """The first column with more than a few dates after the one that was guessed."""
    for title, table in delivery.tables.items():
        for name in _dated(table):
            values = table.data.column(name).drop_null()
            later = values.filter(pc.greater(values, pa.scalar(as_of, pa.date32())))
            if len(later) >= _FEW and len(later) >= _SHARE * len(values):
                latest = pc.max(later).as_py().isoformat()
                yield (
                    f"截止日期是按数据中的年度推定的，而{title}的{name}有{len(later)}处在这之后"
                    f"（最晚{latest}）；请用 --as-of 指定截止日期"
                )
                return


def _dated(table: LedgerTable) -> Iterator[str]:
    """Columns of dates that have been."""
    fields = table.ledger.columns()
    return (name for name in table.fields if fields[name].type.family == "date" and not fields[name].future)


def _years_out_of_poverty(delivery: Delivery) -> Iterator[int]:
    for title in ("户", "人口"):
        table = delivery.tables.get(title)
        if table is not None and _OUT_OF_POVERTY in table.fields:
            counts = pc.value_counts(table.data.column(_OUT_OF_POVERTY).drop_null()).to_pylist()
            yield from _more_than_slips({item["values"]: item["counts"] for item in counts})


def _more_than_slips(years: Mapping[int, int]) -> Iterator[int]:
    enough = max(_FEW, _SHARE * sum(years.values()))
    return (year for year, rows in years.items() if rows >= enough)


def _nothing_to_date(delivery: Delivery) -> FupinAuditError:
    """Why no date can be found: nothing could be read, nothing was recognised, or nothing is dated."""
    if not delivery.tables:
        unreadable = [f"{sheet.file}：{sheet.error}" for sheet in delivery.inputs if sheet.error]
        if not unreadable:
            return UsageError(_NOT_RECOGNISED)
        none = len(unreadable) == len(delivery.inputs)
        return InputError(
            ("没有一个文件能读。" if none else f"{_NOT_RECOGNISED}。读不了的：") + "；".join(unreadable)
        )
    return UsageError(
        "数据里没有能定截止日期的年度或日期，不知道判到哪一天；请用 --as-of 2020-12-31 这样的写法指定截止日期"
    )
