"""What a rule's description says, in Chinese phrases: for the screen and for documentation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fupin_audit.results.finding import Severity
from fupin_audit.rulepack.declared.parameter import DATE_UNIT, WORDS_UNIT

Described = Mapping[str, Any]  # values of describe.details
ALL_LEDGERS = "各台账"
EXAMPLE_WORDS: Mapping[str, str] = {
    "good": "相符",
    "bad": "不符",
    "undecided": "无法判定",
    "exempt": "不适用",
}


def titles(ledgers: Sequence[str]) -> list[str]:
    """Ledger titles as read; `*` stands for all."""
    return [ALL_LEDGERS if title == "*" else title for title in ledgers]


def document(item: Described, *, issued: bool = False) -> str:
    """`《标题》（文号）`, with issuer and date where asked for; or the standard's name."""
    if "number" not in item:
        return str(item["title"])
    named = item["number"] or item["date"][:4]
    about = filter(None, (item["number"], item["issuer"], item["date"])) if issued else (named,)
    return f"《{item['title']}》（{'，'.join(about)}）"


def cited(item: Described) -> str:
    """The kind of basis, the document, the clause, and where and when it is in force."""
    inferred = "（引申）" if item["inferred"] else ""
    return f"{kind(item)}{document(item)} {item['clause']}".strip() + f"{inferred}{scope(item)}"


def kind(item: Described) -> str:
    """`本地：`; a meaning and a convention say it by their names."""
    return "" if item["kind"] in ("含义", "惯例") else f"{item['kind']}："


def scope(item: Described) -> str:
    """`，辽宁省抚顺市，2020-01-01 至 2020-12-31`; empty for what holds everywhere and always."""
    if "place" not in item:
        return ""
    since, until = item["from"], item["to"]
    when = f"{since} 至 {until}" if since and until else f"{since} 起" if since else ""
    return "".join(f"，{text}" for text in (item["place"], when) if text)


def compared(field: Described) -> str:
    """A field two ledgers must agree on: both sides where they differ, and the tolerance."""
    sides = field.get("left"), field.get("right")
    pair = f"（{' 对 '.join(side or field['field'] for side in sides)}）" if any(sides) else ""
    tolerance = f"，容差{field['tolerance']}" if "tolerance" in field else ""
    blank = "，只有一边空白也算不同" if field.get("blank") == "differs" else ""
    several = "，可以写几个，有一个相同即可" if field.get("several") else ""
    return f"{field['field']}{pair}{tolerance}{several}{blank}"


def paired(keys: Sequence[Described]) -> str:
    """What pairs the records of two ledgers, in order of trust: `户编号，再按户主证件号码`."""
    return "，再按".join(map(_key, keys))


def _key(key: Described) -> str:
    names = zip(key["fields"], key.get("right") or key["fields"], strict=True)
    joined = "＋".join(one if one == other else f"{one} 对 {other}" for one, other in names)
    notes = [note for name, note in (("weak", "弱键"), ("near", "只差一点")) if key.get(name)]
    return f"{joined}（{'、'.join(notes)}）" if notes else joined


def figure(value: Described) -> str:
    """A parameter's value in one place, with its dates, source and note."""
    return "  ".join(filter(None, (dated(value), value["basis"], value["note"])))


def dated(value: Described, unit: str = "") -> str:
    """`5000元（2020-01-01 至 2020-12-31）`; a date and words need no unit."""
    since, until = value["from"], value["to"]
    figure = f"{value['value']}{'' if unit in {DATE_UNIT, WORDS_UNIT} else unit}"
    if since and until:
        return f"{figure}（{since} 至 {until}）"
    return figure + (f"（{since} 起）" if since else f"（到 {until}）" if until else "")


def change(override: Described) -> str:
    """What a local pack does to a rule."""
    if override["enabled"] is False:
        return "停用"
    return f"级别改为{Severity(override['severity']).label}" if override["severity"] else "启用"


def uses(rule: Described) -> Iterator[tuple[str, str]]:
    """Ledger, and the fields of it a rule rests on, joined."""
    for item in rule["uses"]:
        yield item["ledger"], "、".join(item["fields"]) or "（只看有没有行）"


def plain(value: Any) -> str:
    """A value of a rule file as one line of text."""
    if isinstance(value, Mapping):
        return "，".join(f"{name}：{plain(item)}" for name, item in value.items())
    if isinstance(value, list | tuple):
        rows = [f"｛{plain(item)}｝" if isinstance(item, Mapping) else plain(item) for item in value]
        return "、".join(rows) or "没有行"
    if isinstance(value, bool):
        return "是" if value else "否"
    return "空白" if value is None else str(value)
