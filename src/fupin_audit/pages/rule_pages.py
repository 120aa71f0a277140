"""The pages about rules: an index, one page a group with a heading a rule, derived fields, parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from fupin_audit.pages import markdown as md
from fupin_audit.pages import page_links
from fupin_audit.pages.basis_page import basis_page
from fupin_audit.pages.derived_pages import derived_page
from fupin_audit.pages.example_tables import example_table
from fupin_audit.pages.indicator_pages import indicator_page
from fupin_audit.pages.page_links import BASES, DERIVED, INDEX, INDICATORS, LEDGERS, PARAMETERS
from fupin_audit.pages.parameter_pages import parameter_page, value_table
from fupin_audit.results.finding import Severity
from fupin_audit.rulepack.checks.dependencies import Dependencies
from fupin_audit.rulepack.declared.groups import GROUPS, group_of
from fupin_audit.rulepack.packs.pack import Catalogue, Pack
from fupin_audit.rulepack.showing.describe import details
from fupin_audit.rulepack.showing.wording import Described, change, compared, document, kind, paired, scope

_NAMED = 3  # ledgers named in a list of rules
_CONDITIONS = (
    ("何时适用", "when"),
    ("左边哪些行参加", "when_left"),
    ("右边哪些行参加", "when_right"),
    ("左边有、右边没有的，报哪些", "only_left"),
    ("右边有、左边没有的，报哪些", "only_right"),
    ("必须成立", "require"),
)
_SAID = (("发现的说法", "say"), ("先排除", "innocent"))
_UNREPORTED = (
    ("only_left", "左边有、右边没有的不报。"),
    ("only_right", "右边有、左边没有的不报。"),
    ("repeats", "重复的不报。"),
)
GENERATED = "<!-- 由 fupin-audit rules docs 生成：改规则，不要改这一页 -->"


def rule_pages(catalogue: Catalogue) -> Mapping[str, str]:
    """File name → text of every page."""
    dependencies = Dependencies.of(catalogue.vocabulary)
    rules: dict[str, list[Described]] = {}
    for rule_id in catalogue.rules:
        rules.setdefault(group_of(rule_id), []).append(details(catalogue, rule_id, dependencies))
    return {
        INDEX: md.page(_index(catalogue, rules)),
        **{f"{group}.md": md.page(_group(group, members)) for group, members in rules.items()},
        DERIVED: derived_page(catalogue, GENERATED),
        PARAMETERS: parameter_page(catalogue, GENERATED),
        BASES: basis_page(catalogue, GENERATED),
        **({INDICATORS: indicator_page(catalogue, GENERATED)} if catalogue.indicators else {}),
    }


def _index(catalogue: Catalogue, rules: Mapping[str, Sequence[Described]]) -> Iterator[str]:
    yield GENERATED
    yield md.heading("规则")
    yield (
        f"全部 {len(catalogue.rules)} 条。每条规则判什么、凭什么、怎样改、谁来改、例子，点规则号看。"
        f"在屏幕上看同样的内容：{md.code('fupin-audit rules show 规则号')}。"
    )
    yield (
        f"规则怎样写见 {md.link('写规则', '../guide-rules.md')}；"
        f"规则里用到的 {md.link('派生字段', DERIVED)}、{md.link('参数', PARAMETERS)}、{md.link('依据', BASES)}、"
        f"{md.link('台账', f'{LEDGERS}/{INDEX}')}。"
    )
    if catalogue.indicators:
        yield f"评分用的{md.link('指标', INDICATORS)}。"
    for group, members in rules.items():
        yield md.heading(_group_title(group), 2)
        yield _listed(members)
    yield md.heading("规则包", 2)
    yield "规则都在全国包里；地方包给出本地的参数，可以停用规则或改级别，按数据里的县名自动生效。"
    rows = (_pack_row(catalogue, pack) for pack in catalogue.packs)
    yield md.table(("规则包", "地方", "继承", "参数", "改动的规则"), rows)


def _pack_row(catalogue: Catalogue, pack: Pack) -> tuple[str, ...]:
    changes = (
        (page_links.indicator if item in catalogue.indicators else page_links.rule)(item)
        for item in pack.head.rules
    )
    changed = "、".join(changes) or "—"
    extends = md.text(pack.head.extends or "—")
    return md.code(pack.head.id), md.text(pack.head.title), extends, str(len(pack.values)), changed


def _group_title(group: str) -> str:
    return f"{group} {GROUPS.get(group, '')}".strip()


def _listed(rules: Sequence[Described]) -> str:
    rows = (
        (
            page_links.rule(rule["id"]),
            Severity(rule["severity"]).label,
            md.text(rule["title"]),
            page_links.ledgers(rule["ledgers"], _NAMED),
            md.text(rule["owner"]),
        )
        for rule in rules
    )
    return md.table(("规则", "级别", "必须怎样", "判哪本台账", "谁来改"), rows)


def _group(group: str, rules: Sequence[Described]) -> Iterator[str]:
    yield GENERATED
    yield md.heading(_group_title(group))
    yield md.link("全部规则", INDEX)
    yield _listed(rules)
    for rule in rules:
        yield from _rule(rule)


def _rule(rule: Described) -> Iterator[str]:
    # The number alone is the heading: its anchor stays when the title is reworded.
    yield md.heading(rule["id"], 2)
    yield f"**{md.text(rule['title'])}**"
    yield md.bullets(_about(rule))
    for number, entry in enumerate(rule["entries"], 1):
        many = f"（{number}）" if len(rule["entries"]) > 1 else ""
        yield md.heading(f"{rule['id']} 怎样判{many}", 3)
        yield from _entry(entry)
    if rule["parameters"]:
        yield md.heading(f"{rule['id']} 的参数", 3)
        yield value_table(rule["parameters"])


def _about(rule: Described) -> Iterator[tuple[str, str]]:
    yield "级别", _severity(rule)
    yield "为什么", md.text(rule["why"])
    yield "怎样改", md.text(rule["fix"])
    yield "谁来改", md.text(rule["owner"])
    yield "依据", "；".join(map(md.text, _documents(rule["citations"])))
    if rule["uses"]:
        yield "用到的列", "；".join(map(_use, rule["uses"]))
    if rule["derived"]:
        yield (
            "用到的派生字段",
            "、".join(page_links.derived(item["ledger"], item["field"]) for item in rule["derived"]),
        )
    yield "始于", f"{rule['since']} 版"


def _severity(rule: Described) -> str:
    local = "；".join(f"{item['place']}{change(item)}" for item in rule["overrides"])
    return Severity(rule["severity"]).label + (f"（{md.text(local)}）" if local else "")


def _documents(citations: Sequence[Described]) -> Iterator[str]:
    """Each document once: its kind, title, issuer and date, its clauses, and where and when it is in force."""
    clauses: dict[tuple[str, str], list[str]] = {}
    for item in citations:
        named = f"{kind(item)}{document(item, issued=True)}", scope(item)
        clauses.setdefault(named, []).append(item["clause"] + ("（引申）" if item["inferred"] else ""))
    for (name, reach), cited in clauses.items():
        yield f"{name} {'、'.join(filter(None, cited))}".strip() + reach


def _use(item: Described) -> str:
    fields = f"（{md.text('、'.join(item['fields']))}）" if item["fields"] else ""
    return page_links.ledger(item["ledger"]) + fields


def _entry(entry: Described) -> Iterator[str]:
    yield f"判{page_links.ledgers(entry['ledgers'])}{_which_columns(entry)}。{_options(entry)}"
    yield from _conditions(entry)
    if keys := entry.get("keys"):
        yield f"按{md.text(paired(keys))}配对。"
    if fields := entry.get("fields"):
        label = "旁证" if entry["keys"][0].get("near") else "两边核对"
        yield f"{label}：" + "；".join(md.text(compared(field)) for field in fields) + "。"
    for label, key in _SAID:
        if said := entry.get(key):
            yield f"{label}：{md.text(said)}"
    if shown := entry.get("show"):
        yield md.table(("句子里的名字", "是什么"), ((md.text(k), md.code(v)) for k, v in shown.items()))
    if "examples" in entry:
        yield example_table(entry["examples"])


def _conditions(entry: Described) -> Iterator[str]:
    for label, key in _CONDITIONS:
        if isinstance(entry.get(key), str) and entry[key]:
            yield f"{label}："
            yield md.expression(entry[key])


def _which_columns(entry: Described) -> str:
    return f"里每个“{md.text('、'.join(entry['columns']))}”列" if entry.get("columns") else ""


def _options(entry: Described) -> str:
    """What else an entry says of the rows it judges."""
    said = []
    if entry.get("scope") == "全部":
        said.append("连同已减少的成员。")
    if per := entry.get("once_per"):
        said.append(f"{md.text('、'.join(per))}相同的只报一条。")
    if latest := entry.get("latest"):
        said.append(f"有几行的取{md.text(latest)}最近的。")
    if entry.get("totals"):
        said.append("核对的是加起来的数。")
    said += [words for name, words in _UNREPORTED if entry.get(name) is False]
    if optional := entry.get("optional"):
        said.append(f"没有交付{page_links.ledgers(optional)}时，当作没有行。")
    return "".join(said)
