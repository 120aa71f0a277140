"""What every report of a follow-up tells, as sentences and tables: the same on the screen, in a workbook, on a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from fupin_audit.results.finding import Severity
from fupin_audit.results.mending import Mending
from fupin_audit.results.place import Place
from fupin_audit.results.tracking import State, TrackCounts, Tracked, Tracking
from fupin_audit.writing.one_line import one_line

Cell: TypeAlias = str | int | float
COUNTED = (State.NEW, State.STILL, State.AGAIN, State.MENDED, State.UNVERIFIED, State.WAIVED)
LATE = "逾期"
EARLIER = "（见上月台账）"
_NOWHERE = "未定位"


@dataclass(frozen=True, slots=True)
class TrackTable:
    """A table: its title, its headings, its rows; columns of numbers hold numbers alone."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


def verdict(tracking: Tracking) -> str:
    """How the county stands, in a sentence."""
    counts, before = tracking.counts, tracking.before
    known = "、".join(f"{state} {counts[state]}" for state in COUNTED)
    found = sum(item.finding is not None for item in tracking.items)
    since = f"与 {before} 比" if before else "第一次核对，没有可比的"
    return f"{since}：这次发现 {found} 处；{known}；{LATE} {counts.overdue}；{_completed(tracking)}"


def _completed(tracking: Tracking) -> str:
    share = tracking.completion.share
    if share is None:
        return "没有到期应改的"
    done, due = tracking.completion.done, tracking.completion.due
    return f"到期应改 {due} 处，已改 {done} 处，整改完成率 {share:.1%}"


def circumstances(tracking: Tracking) -> Iterator[str]:
    """By what this is said, and what needs a look."""
    yield f"对照：{tracking.source}；按 {tracking.day} 算逾期；截止日期 {tracking.result.as_of}"
    closed = closed_households(tracking)
    if closed:
        yield f"逐户销号：{closed} 户的问题这次全部整改"
    if tracking.false_closures:
        yield f"虚假销号：报了整改、销了号，这次仍查出 {len(tracking.false_closures)} 处（PRB-05）"
    if tracking.silent:
        yield f"没有报、但已改好 {len(tracking.silent)} 处，可以销号"
    noisy = [rule for rule, rate in tracking.hit_rates.items() if rate.is_noisy]
    if noisy:
        yield f"核实下来多数不属实的规则：{'、'.join(noisy)}，看看是不是数据口径不同，或用豁免、停用"
    unread = len(tracking.result.unreadable)
    if unread:
        yield f"有 {unread} 个文件或工作表没有读出，里面的问题算未复核，不算整改"


def closed_households(tracking: Tracking) -> int:
    """Number of households of which something was mended, and nothing is left."""
    mended = {_home(item) for item in tracking.having(State.MENDED)}
    left = {_home(item) for item in tracking.items if item.state.is_open}
    return len({home for home in mended - left if home[1]})


def _home(item: Tracked) -> tuple[Place, str]:
    return item.followed.place, item.followed.household


def tables(tracking: Tracking) -> Iterator[TrackTable]:
    """The counts by town, village, person, group of rules and month; and what people found on the spot."""
    groups = {run.id.partition("-")[0]: run.group for run in tracking.result.rules_run}
    counties = len({item.followed.place.county for item in tracking.items} - {""}) > 1
    yield _counted(tracking, "各乡镇", "乡镇", lambda item: [_town(item.followed.place, counties)])
    yield _counted(tracking, "各村", "村", lambda item: [_village(item.followed.place, counties)])
    yield _counted(tracking, "责任人", "责任人", persons)
    yield _counted(tracking, "各类规则", "类别", lambda item: [groups.get(item.followed.group, "")])
    if len(tracking.months) > 1:
        headers = ("日期", *COUNTED, LATE, "没有销号")
        rows = ([*_row(str(month.day), month.counts), month.counts.open] for month in tracking.months)
        yield TrackTable("逐次", headers, tuple(map(tuple, rows)))
    if tracking.hit_rates:
        yield _hit_rates(tracking)


def _counted(
    tracking: Tracking, title: str, what: str, key: Callable[[Tracked], Iterable[str]]
) -> TrackTable:
    """Counts by what a key says, those with most left first."""
    found: Mapping[str, TrackCounts] = tracking.by(key)
    ranked = sorted(found.items(), key=lambda item: (-item[1].open, -item[1].overdue, item[0]))
    rows = tuple(tuple(_row(name, counts)) for name, counts in ranked)
    return TrackTable(title, (what, *COUNTED, LATE), rows)


def _row(name: str, counts: TrackCounts) -> list[Cell]:
    return [name, *[counts[state] for state in COUNTED], counts.overdue]


def _town(place: Place, counties: bool) -> str:
    return "".join((place.county if counties or not place.town else "", place.town)) or _NOWHERE


def _village(place: Place, counties: bool) -> str:
    return "".join((place.county if counties else "", place.town, place.village)) or _NOWHERE


def persons(item: Tracked) -> list[str]:
    """Who answers for a finding: persons with their offices, offices where no ledger names anybody."""
    return [one_line(str(who)) for who in item.responsible] or [item.followed.owner]


def _hit_rates(tracking: Tracking) -> TrackTable:
    titles = {run.id: run.title for run in tracking.result.rules_run}
    rows = tuple(
        (
            rule,
            titles.get(rule, ""),
            rate.true,
            rate.verified,
            f"{rate.share:.0%}",
            "多数不属实" if rate.is_noisy else "",
        )
        for rule, rate in tracking.hit_rates.items()
    )
    headers = ("规则", "名称", "属实", "核实过", "命中率", "备注")
    return TrackTable("核实结论：各规则的命中率，低的在前", headers, rows)


def mending(tracking: Tracking) -> Mending:
    """What a bulletin tells: no person, no household."""
    closed, false = closed_households(tracking), len(tracking.false_closures)
    lines = [
        f"{verdict(tracking)}。",
        f"问题全部整改、可以销号的{closed}户。" if closed else "",
        f"报了整改、销了号，这次仍查出的{false}处，请有关乡镇说明情况。" if false else "",
    ]
    counties = len({item.followed.place.county for item in tracking.items} - {""}) > 1
    table = _counted(tracking, "", "乡镇", lambda item: [_town(item.followed.place, counties)])
    rows = tuple(tuple(map(str, row)) for row in table.rows)
    return Mending(tuple(filter(None, lines)), table.headers, rows)


LISTED: tuple[tuple[str, Callable[[Tracked], bool]], ...] = (
    ("虚假销号", lambda item: item.is_false_closure),
    (State.AGAIN.value, lambda item: item.state is State.AGAIN),
    (LATE, lambda item: item.overdue),
    (State.NEW.value, lambda item: item.state is State.NEW),
    (State.UNVERIFIED.value, lambda item: item.state is State.UNVERIFIED),
    (State.MENDED.value, lambda item: item.state is State.MENDED),
    (State.WAIVED.value, lambda item: item.state is State.WAIVED),
    (State.STILL.value, lambda item: item.state is State.STILL),
)
"""Lists of findings, and what stands in them."""
ITEM_HEADERS = (
    "状态", "级别", "规则", "县", "乡镇", "村", "户编号", "户主", "姓名", "问题", "责任人", "发现日期", "期限", LATE,
    "复发次数", "填报", "核实结论", "说明", "指纹",
)  # fmt: skip


def listed(tracking: Tracking, chosen: Callable[[Tracked], bool]) -> list[Tracked]:
    """The findings of a list, the gravest first."""
    return sorted(filter(chosen, tracking.items), key=_urgency)


def _urgency(item: Tracked) -> tuple[object, ...]:
    place, followed = item.followed.place, item.followed
    return (
        followed.severity.rank,
        place.county,
        place.town,
        place.village,
        followed.household,
        followed.rule,
        followed.fingerprint,
    )


def item_row(item: Tracked, titles: Mapping[str, str]) -> tuple[Cell, ...]:
    """A finding as a row under ITEM_HEADERS; what only the earlier ledgers knew is not known here."""
    followed, finding = item.followed, item.finding
    place = followed.place
    return (
        item.state.value, followed.severity.label, followed.rule, place.county, place.town, place.village,
        followed.household, head_of(item), finding.person if finding else "", told(item, titles),
        "；".join(persons(item)), str(followed.since), str(followed.due or ""), LATE if item.overdue else "",
        followed.times, followed.claim.state, followed.claim.verdict, item.reason, followed.fingerprint,
    )  # fmt: skip


def head_of(item: Tracked) -> str:
    """户主 by this drop."""
    if item.finding:
        return item.finding.head
    return item.head or (EARLIER if item.followed.household else "")


def told(item: Tracked, titles: Mapping[str, str]) -> str:
    """What is wrong, or was."""
    return item.finding.message if item.finding else titles.get(item.followed.rule, item.followed.rule)


def rule_titles(tracking: Tracking) -> Mapping[str, str]:
    """Rule → its title."""
    return {run.id: run.title for run in tracking.result.rules_run}


def remarks(tracking: Tracking) -> Iterator[str]:
    """What else is to be known: waivers that need a look, why findings are not looked at."""
    yield from tracking.complaints
    reasons: dict[str, int] = {}
    for item in tracking.having(State.UNVERIFIED):
        reasons[item.reason] = reasons.get(item.reason, 0) + 1
    for reason, number in sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"未复核 {number} 处：{reason}"
    if any(item.followed.severity is Severity.ERROR and not item.followed.due for item in tracking.items):
        yield "有的错误没有整改期限，不计逾期和完成率；用 --due error=日期 写上"
