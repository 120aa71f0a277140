"""One folder for every town and village with what is its own, all in a folder that appears whole or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from fupin_audit.followup.sampling.file_names import FileNames
from fupin_audit.progress import Progress
from fupin_audit.reports.findings import workbook
from fupin_audit.reports.findings.cell_notes import cell_notes
from fupin_audit.reports.findings.notice import write_notice
from fupin_audit.reports.page import html_page
from fupin_audit.results.audit_result import AuditResult, Moved
from fupin_audit.results.place import Place
from fupin_audit.tasks.annotating import Originals
from fupin_audit.tasks.own_copies import OwnCopies, Recipient
from fupin_audit.tasks.own_result import Holder, SheetRows, holders
from fupin_audit.writing.one_line import one_line
from fupin_audit.writing.whole_files import Write, write_folder

ABOUT, LEDGER, NOTICE, PAGE = "说明（县里留存）.txt", "整改台账.xlsx", "整改通知.xlsx", "报告.html"
_HEAD = """分发说明（县里留存，不要发下去）

每个乡镇一个文件夹，里面有全乡镇的整改台账、整改通知和网页报告，每个村再一个文件夹。一个村的文件夹里只有这个村的：与别村的记录有关的
发现，只写本村的一方。给乡镇的发整个乡镇文件夹，给村的只发村的文件夹。报告里的号码{masked}。{data}
截止日期 {day}{filtered}
"""


_DATA = """
名称里有“含个人信息”的，是原件里属于它的各行，照录文字，身份证号、电话、账号都没有打码：只给要整改的人，用完删除。"""


@dataclass(frozen=True)
class _Handed:
    """What one town or village gets, and the folder it lies in."""

    folder: str
    holder: Holder
    result: AuditResult


@dataclass(frozen=True)
class Handout:
    """What is handed out, besides the findings.

    Attributes:
        rows: whose the rows of the sheets are.
        data: the files of which everybody gets the own rows, as delivered; None where nobody does.
    """

    rows: SheetRows
    data: Originals | None = None


def write_handout(
    folder: Path, result: AuditResult, handout: Handout, progress: Progress | None = None
) -> None:
    """Write the folders.

    Args:
        folder: a new one.
        result: the audit.
        handout: what is handed out.
        progress: called with (分发, packages done, of how many).

    Raises:
        OutputError: it can't be written.
    """
    write_folder(folder, _files(result, handout, progress))


def _files(result: AuditResult, handout: Handout, progress: Progress | None) -> Iterator[tuple[str, Write]]:
    named = _named(holders(result, handout.rows))
    given: list[_Handed] = []
    clean: list[_Handed] = []
    for done, (folder, holder) in enumerate(named):
        if progress:
            progress("分发", done, len(named))
        package = _Handed(folder, holder, holder.result(result))
        (given if package.result.records else clean).append(package)
    left_out: list[str] | None = None
    moved: Sequence[Moved] = [{} for _ in given]
    if handout.data:
        left_out = []
        recipients = [
            Recipient(item.folder, item.holder, cell_notes(item.result), FileNames()) for item in given
        ]
        yield from OwnCopies(handout.data, result, left_out).files(recipients)
        moved = [_links_of(item, recipients) for item in recipients]
    for package, links in zip(given, moved, strict=True):
        yield f"{package.folder}/{LEDGER}", partial(_write_ledger, replace(package.result, moved=links))
        yield f"{package.folder}/{NOTICE}", partial(_write_notice, package)
        yield f"{package.folder}/{PAGE}", partial(_write_page, package.result)
    about = _about(result, given, clean, left_out)
    yield ABOUT, lambda sink: sink.write(about.encode("utf-8-sig"))


def _links_of(recipient: Recipient, recipients: Sequence[Recipient]) -> Moved:
    """Where its cells stand in copies: a town's also in those of its villages, which lie in its folder."""
    own = f"{recipient.folder}/"
    return {
        at: (name.removeprefix(own), sheet, cell)
        for other in recipients
        if f"{other.folder}/".startswith(own)
        for at, (name, sheet, cell) in other.links.items()
    }


def _write_ledger(result: AuditResult, sink: BinaryIO) -> None:
    workbook.write(result, sink)


def _write_page(result: AuditResult, sink: BinaryIO) -> None:
    html_page.write(result, sink)


def _write_notice(package: _Handed, sink: BinaryIO) -> None:
    write_notice(sink, package.result, package.holder.place)


def _named(found: Sequence[Holder]) -> list[tuple[str, Holder]]:
    """The folder of each: villages lie in their towns'."""
    several = len({holder.place.county for holder in found}) > 1
    towns, folders = FileNames(), dict[Place, tuple[str, FileNames]]()
    named = []
    for holder in found:
        place = holder.place
        town = Place(place.county, place.town)
        if town not in folders:
            wanted = f"{place.county if several else ''}{place.town}" or "乡镇不明"
            folders[town] = towns.new(wanted), FileNames()
        folder, villages = folders[town]
        named.append((f"{folder}/{villages.new(place.village)}" if place.village else folder, holder))
    return named


def _about(
    result: AuditResult, given: Sequence[_Handed], clean: Sequence[_Handed], left_out: Sequence[str] | None
) -> str:
    """What the county should know: who got what, who got nothing, what is nobody's but its own."""
    filtered = f"；筛选：{result.filtered}" if result.filtered else ""
    masked = "没有打码，含完整个人信息" if result.revealed else "打了码，姓名、收入等没有，仍然是个人信息"
    data = "" if left_out is None else _DATA
    head = _HEAD.format(day=result.as_of.isoformat(), filtered=filtered, masked=masked, data=data)
    ours = Counter((item.rule, item.title) for item in result.records if not item.place.town)
    parts = {
        "发给": [f"{one_line(item.folder)}：{len(item.result.records)} 条" for item in given],
        "没有发现，没有文件夹": [one_line(str(item.holder.place)) for item in clean],
        "不属于哪个乡镇、县里自己办的（见全县的整改台账）": [
            f"{rule} {one_line(title)}：{number} 条" for (rule, title), number in ours.items()
        ],
        "没有带过来的（宏、透视表、外部链接、文件属性一律不带）": left_out or (),
    }
    texts = ("\n".join((title, *lines, "")) for title, lines in parts.items() if lines)
    return "\n".join((head, *texts))
