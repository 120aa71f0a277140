"""抽样总表: for the county office, with what the checkers must not know: strata and weights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from fupin_audit.followup.sampling.cells_filled import Load, loads, village_tallies
from fupin_audit.followup.sampling.field_sample import Sample
from fupin_audit.followup.sampling.manifest import Manifest
from fupin_audit.followup.sampling.sheet_style import OPTIONS, SheetStyle, print_across
from fupin_audit.writing.excel import Format, Workbook, new_workbook
from fupin_audit.writing.marks import SAMPLE_BOOK

Cells = Sequence[str | int | float]
_WIDTH, _WIDE = 14, 80
_FACT_HEIGHT = 24
_SHARES = ("占比", "入样概率")


def write_overview_book(sink: BinaryIO, sample: Sample) -> None:
    """Write how the draw was made, the villages, the households, the checkers' loads."""
    with new_workbook(sink, SAMPLE_BOOK[0], sample.manifest.as_of, OPTIONS) as book:
        style = SheetStyle(book)
        _explain(book, style, sample.manifest)
        _write(book, style, "各村", ("县", "乡镇", "村", "户数", "抽中", "必查", "占比"), _villages(sample))
        _write(book, style, "抽中名单", ("核查编号", "户编号", "户主姓名", "县", "乡镇", "村", "层", "层内户数",
                                         "入样概率", "设计权数", "拟派人员", "第几天"), _visits(sample))  # fmt: skip
        if sample.duties:
            _write(book, style, "分工", ("拟派人员", "户数", "村数", "天数"), map(_load, loads(sample)))


def _explain(book: Workbook, style: SheetStyle, manifest: Manifest) -> None:
    """How the draw was made, for people: one fact a line."""
    sheet = book.add_worksheet("抽样说明")
    sheet.set_column(0, 0, _WIDTH)
    sheet.set_column(1, 1, _WIDE)
    sheet.write_row(0, 0, ("项目", "内容"), style.header)
    for at, (name, text) in enumerate(_facts(manifest), start=1):
        sheet.set_row(at, _FACT_HEIGHT)
        sheet.write_string(at, 0, name, style.label)
        sheet.write_string(at, 1, text, style.text)
    print_across(sheet)


def _write(
    book: Workbook, style: SheetStyle, name: str, headers: Sequence[str], rows: Iterable[Cells]
) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, headers, style.header)
    sheet.set_column(0, len(headers) - 1, _WIDTH)
    for at, cells in enumerate(rows, start=1):
        for column, value in enumerate(cells):
            look = style.share if headers[column] in _SHARES else _format(style, value)
            sheet.write(at, column, value, look)
    sheet.freeze_panes(1, 0)
    print_across(sheet)


def _format(style: SheetStyle, value: str | float) -> Format:
    if isinstance(value, float):
        return style.decimal
    return style.given if isinstance(value, str) else style.number


def _facts(manifest: Manifest) -> Iterator[tuple[str, str]]:
    yield "批次", manifest.batch
    yield "随机种子", str(manifest.seed)
    yield "数据截止日期", manifest.as_of.isoformat()
    yield (
        "抽查比例",
        "、".join(f"{county or '未定位'} {share:.1%}" for county, share in manifest.shares.items()),
    )
    yield "比例按", f"每个{manifest.by}达到"
    yield "参加抽样的户", f"{manifest.households} 户"
    yield "抽中的户", f"{len(manifest.visits)} 户"
    for text in manifest.left_out:
        yield "没有参加", text
    yield "抽法", "每村分层：错误最多的户必查，其余按有无错误分层，层内简单随机（种子与户编号的散列值排序）"
    yield "用法", "本表和抽样清单.json 由县级留存，不发给核查人：层和权数会让人先入为主"


def _villages(sample: Sample) -> Iterator[Cells]:
    for tally in village_tallies(sample.manifest):
        place = tally.place
        share = tally.drawn / tally.households
        yield place.county, place.town, place.village, tally.households, tally.drawn, tally.worst, share


def _visits(sample: Sample) -> Iterator[Cells]:
    manifest = sample.manifest
    for visit in manifest.visits:
        stratum = manifest.strata[visit.stratum]
        yield (visit.visit, visit.household, visit.head, stratum.county, stratum.town, stratum.village,
               stratum.risk.value, stratum.households, visit.probability, visit.weight, visit.checker, visit.day)  # fmt: skip


def _load(load: Load) -> Cells:
    return load.checker or "无人可派", load.visits, load.villages, load.days
