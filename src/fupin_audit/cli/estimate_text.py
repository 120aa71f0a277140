"""What the screen says of an estimate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fupin_audit.followup.estimation.estimating import ANY, Estimate, PlaceRates
from fupin_audit.followup.estimation.precision import needed
from fupin_audit.followup.estimation.rates import Method, Rate
from fupin_audit.writing.console import RenderableType, Table, Text
from fupin_audit.writing.fitting_table import FittingTable

_SHOWN = 20


def estimate_lines(estimate: Estimate, half_width: float, full: bool) -> Iterator[RenderableType]:
    """Verdict, what came back, rates by group and place, checkers, how many more visits."""
    yield from _opening(estimate)
    yield from _returned(estimate, full)
    yield Text("\n一、各项", "bold")
    yield _groups(estimate)
    if estimate.unjudged:
        yield f"没有推算：{'、'.join(estimate.unjudged)}（缺台账、缺列，或规则停用）"
    if len(estimate.counties) > 1:
        yield Text("\n各县（任一项）", "bold")
        yield _places(estimate.counties)
    yield Text("\n二、各乡镇（任一项）", "bold")
    yield from _cut(estimate.towns, full)
    yield Text("\n三、各村（任一项）", "bold")
    yield from _cut(estimate.villages, full)
    yield Text("\n四、核查人（任一项）", "bold")
    yield from _checkers(estimate)
    yield Text("\n五、怎么看", "bold")
    yield from _advice(estimate, half_width)


def _opening(estimate: Estimate) -> Iterator[RenderableType]:
    whole = estimate.overall
    rate = whole.rates[ANY]
    yield Text(f"账实不符率（任一项）：{_share(rate)}", "bold")
    if rate.share is not None:
        low, middle, high = (round(part * whole.households) for part in (rate.low, rate.share, rate.high))
        yield f"{whole.households}户中约{middle}户至少有一项与实际不符（95%区间 {low}～{high}户）"
    batch = estimate.manifest.batch
    yield f"批次 {batch}：抽中{whole.drawn}户，已查{whole.checked}户，未查{whole.drawn - whole.checked}户"


def _returned(estimate: Estimate, full: bool) -> Iterator[RenderableType]:
    """What did not come back, or came back wrong."""
    notes = [f"注意：{note}" for note in estimate.returns.notes]
    missing = estimate.returns.missing
    notes += [f"未查：{visit.visit} 户 {visit.household} {visit.head}" for visit in missing]
    shown = notes if full else notes[:_SHOWN]
    yield from (Text(note, "yellow") for note in shown)
    if len(notes) > len(shown):
        yield f"还有{len(notes) - len(shown)}条，--full 全部列出"


def _groups(estimate: Estimate) -> Table:
    table = _table(("项目",), ("可比户", "不符户", "推算不符率", "95%区间"), ("算法",))
    for group, rate in estimate.overall.rates.items():
        table.add([Text(group), *map(Text, _cells(rate))])
    return table


def _cut(places: Sequence[PlaceRates], full: bool) -> Iterator[RenderableType]:
    """The places with the highest rates first."""
    worst = sorted(places, key=lambda item: (-(item.rates[ANY].share or 0), str(item.place)))
    shown = worst if full else worst[:_SHOWN]
    yield _places(shown)
    if len(worst) > len(shown):
        yield f"只列出不符率最高的{len(shown)}个，还有{len(worst) - len(shown)}个；--full 全部列出"


def _places(places: Sequence[PlaceRates]) -> Table:
    table = _table(("地方",), ("户数", "可比户", "不符户", "推算不符率", "95%区间"), ("算法",))
    for item in places:
        name = f"{item.place.town}{item.place.village}" or str(item.place)
        table.add([Text(name), Text(str(item.households)), *map(Text, _cells(item.rates[ANY]))])
    return table


def _cells(rate: Rate) -> tuple[str, ...]:
    shown = "—" if rate.share is None else f"{rate.share:.1%}"
    return str(rate.decided), str(rate.failed), shown, _interval(rate), rate.method.value


def _share(rate: Rate) -> str:
    return (
        "没有可比的户，无从推算" if rate.share is None else f"{rate.share:.1%}（95%区间 {_interval(rate)}）"
    )


def _interval(rate: Rate) -> str:
    return "—" if rate.share is None else f"{rate.low:.1%}～{rate.high:.1%}"


def _checkers(estimate: Estimate) -> Iterator[RenderableType]:
    table = _table(("核查人",), ("可比户", "不符户", "不符率", "95%区间", "应有"), ("",))
    for checker in estimate.checkers:
        hint = "差别大，宜复核" if checker.stands_out else ""
        interval = f"{checker.low:.1%}～{checker.high:.1%}"
        counts = str(checker.decided), str(checker.failed)
        cells = (*counts, f"{checker.share:.1%}", interval, f"{checker.expected:.1%}", hint)
        table.add([Text(checker.name or "（没有写）"), *map(Text, cells)])
    yield table
    yield (
        "“应有”是同样风险的户由大家查时的不符率。户不是随机派给人的，差别可能来自村，"
        "也可能来自尺度；只用来决定复核谁查过的户，不用来评价核查人。"
    )


def _advice(estimate: Estimate, half_width: float) -> Iterator[str]:
    whole = estimate.overall
    rate = whole.rates[ANY]
    yield "不符率按设计权数推算到参加抽样的全部户；区间的意思是：同样抽一百次，约有九十五次区间包住真值。"
    if whole.checked < whole.drawn:
        yield "未查的户当作与同层已查的户一样；它们如果是有意躲开的，实际不符率会更高，应当补查。"
    if rate.method in {Method.STRATIFIED, Method.EXACT}:
        number = needed(rate, whole.households, half_width)
        yield f"要把全体的误差控制在上下{half_width * 100:g}个百分点，约需查{number}户（现已查{whole.checked}户）。"
    yield "一个村、一个乡镇的区间宽，不要拿两个区间重叠的村比高低。"


def _table(names: Sequence[str], numbers: Sequence[str], remarks: Sequence[str]) -> FittingTable:
    return FittingTable((*names, *remarks), [*names, *numbers, *remarks])
