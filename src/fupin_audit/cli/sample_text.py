"""What the screen says of a draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from fupin_audit.followup.sampling.cells_filled import DrawTally, loads, total, town_tallies, village_tallies
from fupin_audit.followup.sampling.drawing import RiskLevel
from fupin_audit.followup.sampling.field_sample import Sample
from fupin_audit.masking import mask_text
from fupin_audit.writing.console import RenderableType, Table, Text
from fupin_audit.writing.fitting_table import FittingTable

_LOADS_SHOWN = 20


def sample_lines(sample: Sample, folder: Path) -> Iterator[RenderableType]:
    """Verdict, towns, checkers, what to do next."""
    manifest = sample.manifest
    everything = total(village_tallies(manifest))
    share = everything.drawn / everything.households
    yield Text(
        f"批次 {manifest.batch}：{everything.households}户抽中{everything.drawn}户（{share:.1%}）", "bold"
    )
    yield f"种子 {manifest.seed} · 数据截止 {manifest.as_of} · 每个{manifest.by}达到抽查比例"
    yield from (f"注意：{text}" for text in manifest.left_out)
    yield ""
    yield _towns(sample)
    if sample.duties:
        yield ""
        yield from _duties(sample)
    yield ""
    yield from _next_steps(sample, folder)


def _towns(sample: Sample) -> Table:
    table = _table("乡镇", ("村", "户数", "抽中", "占比", "必查", "随机"))
    tallies = town_tallies(sample.manifest)
    for villages, tally in tallies:
        place = tally.place
        table.add([Text(f"{place.county}{place.town}" or "未定位"), *_counts(villages, tally)])
    villages = sum(number for number, _ in tallies)
    table.add([Text("合计"), *_counts(villages, total(tally for _, tally in tallies))], style="bold")
    return table


def _counts(villages: int, tally: DrawTally) -> list[Text]:
    share = f"{tally.drawn / tally.households:.1%}"
    chance = tally.drawn - tally.worst
    numbers = (villages, tally.households, tally.drawn, share, tally.worst, chance)
    return [Text(str(number)) for number in numbers]


def _duties(sample: Sample) -> Iterator[RenderableType]:
    everybody = loads(sample)
    table = _table("拟派人员", ("户数", "村数", "天数"))
    named = [load for load in everybody if load.checker]
    for load in named[:_LOADS_SHOWN]:
        table.add([Text(str(part)) for part in (load.checker, load.visits, load.villages, load.days)])
    yield table
    if len(named) > _LOADS_SHOWN:
        yield f"只列出前{_LOADS_SHOWN}人，还有{len(named) - _LOADS_SHOWN}人，见抽样总表的“分工”"
    for load in everybody:
        if not load.checker:
            yield Text(f"注意：{load.visits}户没有可派的人（都是帮扶人或本村的人），请补充核查人员", "yellow")


def _next_steps(sample: Sample, folder: Path) -> Iterator[str]:
    yield f"已写出 {mask_text(str(folder))}：填报、打印、抽样总表.xlsx、抽样清单.json"
    if sample.manifest.by is RiskLevel.TOWN:
        yield "只保证乡镇合计达到抽查比例，个别村可能达不到"
    if not sample.duties:
        yield "没有分派核查人员；用 --checkers 给出名单，就会分工，并避开帮扶人和本村的人"
    revealed = "，含完整身份证号和电话，请妥善保管" if sample.revealed else ""
    yield f"打印“打印”里的表入户{revealed}；回来填“填报”里的表，填好后与台账一起核对："
    yield f"  fupin-audit check 数据文件夹 {folder / '填报'}"


def _table(name: str, numbers: Sequence[str]) -> FittingTable:
    return FittingTable((name,), [name, *numbers])
