"""Parameters: their values place by place, and the page of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fupin_audit.pages import markdown as md
from fupin_audit.pages import page_links
from fupin_audit.rulepack.packs.pack import Catalogue
from fupin_audit.rulepack.showing.describe import parameter_details
from fupin_audit.rulepack.showing.wording import Described, dated

_NO_VALUE = ("—", "没有值", "用到它的规则列为“未检查”")


def parameter_page(catalogue: Catalogue, mark: str) -> str:
    """Every parameter with its values."""
    return md.page(_parts(catalogue, mark))


def _parts(catalogue: Catalogue, mark: str) -> Iterator[str]:
    yield mark
    yield md.heading("参数")
    yield (
        "各地的数字写在规则包里，按数据所在的地方和年度取值：有县的用县的，没有的用市、省、全国的。"
        f"试改一个值：{md.code('fupin-audit check 数据文件夹 --set 贫困线=4000')}。"
    )
    yield "、".join(map(page_links.parameter, catalogue.parameters))
    for parameter in catalogue.parameters.values():
        described = parameter_details(catalogue, parameter)
        yield md.heading(parameter.name, 2)
        said = (parameter.note, _said("单位", parameter.unit), _said("用于", parameter.serves))
        yield md.text("。".join(filter(None, said)))
        yield md.table(("地方", "值", "依据"), _rows(described))


def _said(label: str, words: str) -> str:
    return f"{label}：{words}" if words else ""


def value_table(parameters: Sequence[Described]) -> str:
    """The values of several parameters in one table."""
    rows = ((page_links.parameter(item["name"]), *row) for item in parameters for row in _rows(item))
    return md.table(("参数", "地方", "值", "依据"), rows)


def _rows(parameter: Described) -> Iterator[tuple[str, ...]]:
    for value in parameter["values"]:
        source = "；".join(filter(None, (value["basis"], value["note"])))
        yield md.text(value["place"]), md.text(dated(value, parameter["unit"])), md.text(source)
    if not parameter["values"]:
        yield _NO_VALUE
