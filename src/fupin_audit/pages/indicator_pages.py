"""The page of the indicators a scorecard computes."""

from __future__ import annotations

from collections.abc import Iterator

from fupin_audit.pages import markdown as md
from fupin_audit.pages import page_links
from fupin_audit.pages.example_tables import value_table
from fupin_audit.rulepack.declared.indicator import Indicator
from fupin_audit.rulepack.declared.policies import citation
from fupin_audit.rulepack.packs.pack import Catalogue


def indicator_page(catalogue: Catalogue, mark: str) -> str:
    """Every indicator: what it means, how it is computed, its target and authority, examples."""
    return md.page(_parts(catalogue, mark))


def _parts(catalogue: Catalogue, mark: str) -> Iterator[str]:
    yield mark
    yield md.heading("指标")
    yield (
        f"{md.code('fupin-audit scorecard')} 计算的指标，怎样看见 {md.link('指标与排名', '../guide-scorecard.md')}。"
        "比例是算数的行占判得出的行；各地先加总再除。"
    )
    yield md.table(
        ("指标", "是什么", "数哪本台账", "目标", "方向", "算到"), map(_listed, catalogue.indicators.values())
    )
    for indicator in catalogue.indicators.values():
        yield from _indicator(indicator)


def _listed(indicator: Indicator) -> tuple[str, ...]:
    return (
        page_links.indicator(indicator.id),
        md.text(indicator.title),
        page_links.ledger(indicator.ledger),
        _target(indicator),
        indicator.direction,
        indicator.level,
    )


def _target(indicator: Indicator) -> str:
    if indicator.parameter:
        return page_links.parameter(indicator.parameter)
    figure = float(indicator.target or 0)
    return f"{figure * 100:g}%" if indicator.is_share else f"{figure:g}"


def _indicator(indicator: Indicator) -> Iterator[str]:
    yield md.heading(indicator.id, 2)
    yield f"**{md.text(indicator.title)}**"
    yield md.bullets(_about(indicator))
    if indicator.when:
        yield "哪些行："
        yield md.expression(indicator.when)
    for label, text in (
        ("怎样算数", indicator.count),
        ("分子，逐行相加", indicator.sum),
        ("分母，逐行相加", indicator.of),
    ):
        if text:
            yield f"{label}："
            yield md.expression(text)
    examples = (*indicator.examples.good, *indicator.examples.bad)
    yield value_table([row for row in examples if "=" in row])


def _about(indicator: Indicator) -> Iterator[tuple[str, str]]:
    yield "含义", md.text(indicator.note)
    if indicator.names:
        yield "又叫", md.text("、".join(indicator.names))
    yield "数哪本台账", page_links.ledger(indicator.ledger)
    yield "单位", md.text("占比" if indicator.is_share else indicator.unit)
    yield "目标", f"{_target(indicator)}，{indicator.direction}"
    yield "算到", indicator.level
    if indicator.optional:
        yield "可以没有", page_links.ledgers(indicator.optional)
    yield "依据", md.text("；".join(map(citation, indicator.basis)))
