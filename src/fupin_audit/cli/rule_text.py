"""Rules as a terminal shows them: the list, and the page of one rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fupin_audit.results.finding import Severity
from fupin_audit.rulepack.showing.official_numbers import issuing_system
from fupin_audit.rulepack.showing.wording import (
    EXAMPLE_WORDS,
    Described,
    change,
    cited,
    compared,
    figure,
    paired,
    plain,
    titles,
    uses,
)
from fupin_audit.writing.console import Group, Padding, RenderableType, Table, Text
from fupin_audit.writing.fitting_table import Folded, text_table

_NAMED = 3  # ledgers named in the list
_SAID = {
    "columns": "列",
    "when": "何时适用",
    "require": "必须成立",
    "scope": "范围",
    "when_left": "左边哪些行",
    "when_right": "右边哪些行",
    "latest": "多行时取最近的",
    "totals": "核对加起来的数",
    "only_left": "左边独有的",
    "only_right": "右边独有的",
    "repeats": "重复的",
    "called": "称呼",
    "show": "另示",
    "say": "发现的说法",
    "innocent": "先排除",
    "optional": "可以没有",
}


def rule_table(rules: Sequence[Described]) -> Table:
    """One row a rule; for a place the last column says what it rests on there."""
    local = any("kind" in rule for rule in rules)
    headers = ("规则", "级别", "必须怎样", "判哪本台账", "依据" if local else "规则包")
    rows = []
    for rule in rules:
        last = f"{rule['kind']}：{rule['basis'][0]}" if local else "、".join(rule["packs"])
        severity = Severity(rule["severity"]).label
        rows.append((rule["id"], severity, rule["title"], _some(rule["ledgers"]), last))
    return text_table(headers, rows)


def rule_page(rule: Described) -> Group:
    """Everything of one rule, beneath its title."""
    heading = Text(f"{rule['id']}  {rule['title']}", style="bold")
    sections: list[RenderableType] = [_lines(_about(rule))]
    for entry in rule["entries"]:
        sections += [_title(entry["kind"]), _lines(_judged(entry)), *_examples(entry.get("examples", {}))]
    if rule["derived"]:
        sections += [_title("用到的派生字段"), _derived(rule["derived"])]
    for parameter in rule["parameters"]:
        sections += [_title(f"参数 {parameter['name']}"), _values(parameter)]
    if rule["overrides"]:
        sections += [_title("地方的改动"), _lines([(o["place"], change(o)) for o in rule["overrides"]])]
    return Group(heading, *(Padding(section, (0, 0, 0, 2), expand=False) for section in sections))


def _about(rule: Described) -> Iterator[tuple[str, str]]:
    yield "级别", Severity(rule["severity"]).label
    yield "规则包", "、".join(rule["packs"])
    yield "为什么", rule["why"]
    yield "怎样改", rule["fix"]
    yield "谁来改", rule["owner"]
    for item in rule["citations"]:
        yield "依据", cited(item)
    for ledger, fields in uses(rule):
        yield "用到", f"{ledger}：{fields}"
    for number, looks_at in rule["also_known_as"].items():
        yield "又叫", f"{issuing_system()} {number}：{looks_at}"
    yield "始于", f"{rule['since']} 版"
    if rule["doc"]:
        yield "文档", rule["doc"]


def _some(ledgers: Sequence[str]) -> str:
    named = titles(ledgers)
    more = f"等{len(named)}本" if len(named) > _NAMED else ""
    return "、".join(named[:_NAMED]) + more


def _judged(entry: Described) -> Iterator[tuple[str, str]]:
    """What an entry judges and how, line by line."""
    yield "台账", "、".join(titles(entry["ledgers"]))
    if keys := entry.get("keys"):
        yield "配对", paired(keys)
    for field in entry.get("fields", ()):
        yield "核对", compared(field)
    for key, label in _SAID.items():
        if value := entry.get(key, ""):
            yield label, plain(value)
        elif value is False:
            yield label, "不报"


def _examples(examples: Described) -> Iterator[Table]:
    for name, label in EXAMPLE_WORDS.items():
        if rows := examples.get(name):
            yield _lines([(f"例：{label}", plain(row)) for row in rows])


def _derived(fields: Sequence[Described]) -> Table:
    lines = ((f"{item['ledger']}.{item['field']}", f"{item['value']}\n{item['note']}") for item in fields)
    return _lines(lines)


def _values(parameter: Described) -> Table:
    lines = [("含义", parameter["note"]), ("单位", parameter["unit"])]
    lines += [(value["place"], figure(value)) for value in parameter["values"]]
    return _lines((label, text) for label, text in lines if text)


def _title(text: str) -> Padding:
    return Padding(Text(text, style="bold"), (1, 0, 0, 0), expand=False)


def _lines(lines: Iterable[tuple[str, str]]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True, style="cyan")
    table.add_column(overflow="fold")
    for label, text in lines:
        table.add_row(label, Folded(Text(text)))
    return table
