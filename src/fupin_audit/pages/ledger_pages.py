"""The pages about ledgers: an index by family, one page a ledger, the code lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from fupin_audit.ledgers.base import Column, Ledger
from fupin_audit.ledgers.example_values import example_row
from fupin_audit.ledgers.in_words import labels, meaning
from fupin_audit.ledgers.relations import Relation
from fupin_audit.ledgers.spellings import spellings
from fupin_audit.pages import markdown as md
from fupin_audit.pages import page_links
from fupin_audit.pages.code_pages import code_page
from fupin_audit.pages.page_links import CODES, INDEX
from fupin_audit.pages.serving import Serving, serving
from fupin_audit.rulepack.packs.pack import Catalogue

GENERATED = "<!-- 由 fupin-audit ledgers docs 生成：改台账的类，不要改这一页 -->"
_FEW = 12  # choices that are listed in place


def ledger_pages(catalogue: Catalogue) -> Mapping[str, str]:
    """File name → text of every page."""
    served = serving(catalogue)
    ways = list(catalogue.vocabulary.relations)
    own = {model.title: [way for way in ways if way.source == model.title] for model in catalogue.ledgers}
    return {
        INDEX: md.page(_index(catalogue.ledgers)),
        **{
            f"{model.title}.md": md.page(_ledger(model, own[model.title], served[model.title]))
            for model in catalogue.ledgers
        },
        CODES: code_page(catalogue.ledgers, GENERATED),
    }


def _index(ledgers: Iterable[type[Ledger]]) -> Iterator[str]:
    yield GENERATED
    yield md.heading("台账")
    yield (
        f"每本台账有哪些列、怎样填、认得哪些表头、与别的台账怎样对得上、哪些规则用到它。"
        f"码表见 {md.link('码表', CODES)}，规则见 {md.link('规则', f'{page_links.RULES}/{INDEX}')}。"
        f"导出空白模板：{md.code('fupin-audit ledgers template 台账')}。"
    )
    for family, members in groupby(ledgers, lambda model: model.family):
        yield md.heading(family, 2)
        yield md.table(("台账", "键", "列数", "说明"), map(_listed, members))


def _listed(model: type[Ledger]) -> tuple[str, ...]:
    key = md.text("＋".join(model.key) or "—")
    return page_links.ledger(model.title), key, str(len(model.columns())), md.text(model.blurb)


def _ledger(model: type[Ledger], ways: Iterable[Relation], served: Serving) -> Iterator[str]:
    yield GENERATED
    yield md.heading(model.title)
    yield f"{md.text(model.blurb)}。{md.link('全部台账', INDEX)}"
    yield md.bullets(_about(model))
    yield md.heading("列", 2)
    example = example_row(model)
    rows = (_field(model, column, example.get(column.name, "")) for column in model.columns().values())
    yield md.table(("列", "类型", "必填", "怎样填", "也认的表头", "例"), rows)
    yield md.heading("关系", 2)
    yield "规则里沿关系走到别的台账；“对一”写 `关系.列`，“对多”写 `COUNT(关系)` 之类的统计。"
    yield md.table(("关系", "通到", "几行", "凭什么配对", "只算"), map(_relation, ways))
    if served.derived:
        yield md.heading("派生字段", 2)
        yield "、".join(page_links.derived(model.title, name, name) for name in served.derived)
    yield md.heading("规则", 2)
    yield md.bullets(_rules(served))


def _about(model: type[Ledger]) -> Iterator[tuple[str, str]]:
    yield "类别", md.text(model.family)
    keys = [md.text("＋".join(key)) for key in (model.key, model.alternative_key) if key]
    yield "键（一行是谁）", "，没有时用 ".join(keys) or "没有"
    anchors = [md.text("、".join(fields)) for fields in model.anchor_sets()]
    yield "至少要有的列", "，或 ".join(anchors) or "—"
    yield "空白模板", md.code(f"fupin-audit ledgers template {model.title}")


def _field(model: type[Ledger], column: Column, example: str) -> tuple[str, ...]:
    kind = column.type.name + ("，打码显示" if column.type.private else "")
    required = "是" if column.required else ""
    accepted = md.text("、".join(spellings(model, column.name)))
    how = "；".join(filter(None, (_choices(column), _range(column), md.text(column.note))))
    return md.text(column.name), md.text(kind), required, how, accepted, md.text(example)


def _choices(column: Column) -> str:
    offered = labels(column)
    if not column.type.codes:
        return md.text(meaning(column))
    several = "可多项，用“、”分隔；" if column.type.many else ""
    listed = md.text("、".join(offered)) if len(offered) <= _FEW else f"{len(offered)} 个选项"
    return f"{several}{page_links.codes(column.type.codes.name)}：{listed}"


def _range(column: Column) -> str:
    """The possible range as CEL-05 takes it, and whether a date may lie ahead."""
    low, high = (None if end is None else f"{end:g}" for end in (column.low, column.high))
    if column.future:
        return "可以晚于截止日期"
    if low and high:
        return f"{low} 到 {high}"
    return f"不小于 {low}" if low else f"不大于 {high}" if high else ""


_BY_LOOKS = "号码配不上的，凭姓名、出生、性别、村一起判断，见[没有号码时认人](../guide-linkage.md)"


def _relation(way: Relation) -> tuple[str, ...]:
    likely = way.pairing is not None and way.pairing.likely
    pairs = (
        _BY_LOOKS
        if likely
        else "；或 ".join("，".join(f"{md.code(a)} = {md.code(b)}" for a, b in each) for each in way.on)
    )
    return (
        md.text(way.name),
        page_links.ledger(way.target),
        "对多" if way.many else "对一",
        pairs,
        md.code(way.where),
    )


def _rules(served: Serving) -> Iterator[tuple[str, str]]:
    yield "判这本台账", "、".join(map(page_links.rule, served.judged_by)) or "没有专门的规则"
    if served.used_by:
        yield "判别的台账时用到", "、".join(map(page_links.rule, served.used_by))
    yield "对各台账都判", "、".join(map(page_links.rule, served.everywhere))
