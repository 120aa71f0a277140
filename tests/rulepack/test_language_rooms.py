"""The parts of the rule language on their own: texts as trees, ledgers a rule judges, pairings, order of derived fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from books import catalogue
from fupin_audit.errors import RuleError
from fupin_audit.ledgers.relations import Relation
from fupin_audit.rulepack.declared import yamlfile
from fupin_audit.rulepack.declared.packfile import RuleFile
from fupin_audit.rulepack.declared.reconciliation import Reconciliation
from fupin_audit.rulepack.declared.rule import DerivedField, Rule
from fupin_audit.rulepack.language import expression
from fupin_audit.rulepack.language.binding import Binder
from fupin_audit.rulepack.language.citing import rows_pointed_at
from fupin_audit.rulepack.language.clerk_words import hint, hint_of_yes
from fupin_audit.rulepack.language.derivation import levels, named, refuse_endless
from fupin_audit.rulepack.language.functions import Function, ValueKind, kind_of
from fupin_audit.rulepack.language.known_kinds import KnownKinds, type_checker
from fupin_audit.rulepack.language.pairing_keys import pairing_of, pairings, rolls
from fupin_audit.rulepack.language.targets import targets
from fupin_audit.rulepack.language.vocabulary import Computed, Everything, Vocabulary

EXAMPLES: Mapping[str, Any] = {"good": [{}], "bad": [{}]}
HEAD = {"severity": "error", "why": "无", "fix": "无", "owner": "无", "examples": EXAMPLES}


def known() -> Vocabulary:
    return catalogue().vocabulary


# Texts.


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("户.村 = 村 AND NOT EXISTS(人口)", [("户", "村"), ("村",), ("人口",)]),
        ("param.贫困线 > 1", [("param", "贫困线")]),
        ("1 + 2", []),
    ],
)
def test_the_names_of_an_expression(text: str, paths: Sequence[tuple[str, ...]]) -> None:
    assert sorted(expression.paths_in(text)) == sorted(paths)
    assert sorted(expression.names_in(text)) == sorted(path[-1] for path in paths)


def test_an_expression_is_reached_along_a_relation() -> None:
    assert expression.through("户", "村 = 户.村 AND param.贫困线 > COUNT(人口.姓名)") == (
        '"户"."村" = "户"."户"."村" AND param.贫困线 > COUNT("户"."人口"."姓名")'
    )


def test_placeholders_come_in_order_and_once() -> None:
    assert [*expression.placeholders("{姓名}在{户.村}，{姓名}有{}和{{年}}")] == ["姓名", "户.村", "年"]


@pytest.mark.parametrize(
    ("text", "name", "given"),
    [
        ("HAS(甲, 乙)", "HAS", 2),
        ("has(甲, 乙)", "HAS", 2),
        ("MAKE_DATE(2020, 1, 2)", "MAKE_DATE", 3),
        ("LIST(甲)", "LIST", 1),
        ("COALESCE(甲, 乙, 丙)", "COALESCE", 3),
        ("ROUND(甲, 1)", "ROUND", 2),
        ("甲 + 乙", "", 2),
        ("甲", "", 1),
    ],
)
def test_a_call_has_a_name_and_arguments(text: str, name: str, given: int) -> None:
    tree = expression.parse(text)
    assert (expression.function_name(tree), len(expression.arguments(tree))) == (name, given)


DEEP = "表达式一层套一层，太深了；请分成几条规则，或先写成派生字段："


@pytest.mark.parametrize(
    ("taken", "refused", "says"),
    [
        ("甲 = " + "1" * 9_996, "甲 = " + "1" * 9_997, "表达式太长（10001字，最多10000字）：甲 = 111111111"),
        ("(" * 25 + "甲" + ")" * 25, "(" * 26 + "甲" + ")" * 26, DEEP + "(" * 26 + "甲" + ")" * 13 + "…"),
        ("NOT " * 25 + "甲", "NOT " * 26 + "甲", DEEP + "NOT " * 10 + "…"),
        ("- " * 25 + "甲", "- " * 26 + "甲", DEEP + "- " * 20 + "…"),
        (
            "CASE WHEN 甲 THEN " * 25 + "1" + " END" * 25,
            "CASE WHEN 甲 THEN " * 26 + "1" + " END" * 26,
            DEEP + "CASE WHEN 甲 THEN CASE WHEN 甲 THEN CASE W…",
        ),
        ("甲 + " * 78 + "甲", "甲 + " * 79 + "甲", DEEP + "甲 + " * 10 + "…"),
        ("{'甲': " * 9 + "乙" + "}" * 9, "[" * 26 + "甲" + "]" * 26, DEEP + "[" * 26),
        # those that are closed again do not count
        ("(" * 25 + "甲" + ")" * 25 + " + (1)", "(" * 26 + "甲" + ")" * 26 + " + (1)", DEEP),
        ("NOT " * 25 + "甲 AND NOT 乙", "NOT " * 26 + "甲 AND NOT 乙", DEEP),
        ("(甲) AND " + "NOT " * 25 + "乙", "(甲) AND " + "NOT " * 26 + "乙", DEEP),
        ("(" * 20 + "甲" + ")" * 20 + " + " + "(" * 20 + "甲" + ")" * 20, "(" * 26 + "甲" + ")" * 26, DEEP),
        # as many, beside each other
        ("NOT 甲 AND " * 40 + "甲", "NOT " * 26 + "甲", DEEP + "NOT " * 10 + "…"),
        ("ABS(甲) + " * 40 + "1", "(" * 26 + "甲" + ")" * 26, DEEP + "(" * 26 + "甲" + ")" * 13 + "…"),
    ],
)
def test_an_expression_may_go_so_deep_and_no_deeper(taken: str, refused: str, says: str) -> None:
    expression._parse.cache_clear()
    assert expression.parse(taken).sql()
    with pytest.raises(RuleError) as refusal:
        expression.parse(refused)
    assert refusal.value.message.startswith(says)


HINTS = {
    "甲 且 乙": "；“且”应写作 AND",
    "甲 并且 乙": "；“并且”应写作 AND",
    "甲 或 乙": "；“或”应写作 OR",
    "甲 不低于 1": "；“不低于”应写作 >=",
    "甲≤1": "；“≤”应写作 <=",
    "甲 不是 1": "；“不是”应写作 <>",
    "甲 == 1": "；“==”应写作 =",
    "甲 为空": "；“为空”应写作 IS NULL",
    "甲÷2": "；“÷”应写作 DIVIDE(a, b)",
    "或许 > 1": "",
    "且末县 = 1": "",
    "备注 = '甲 且 乙'": "",
    "备注 = '说''甲 且 乙' 或 乙": "；“或”应写作 OR",
    "甲 > 1": "",
}


@pytest.mark.parametrize(("text", "says"), HINTS.items())
def test_what_clerks_write_is_told_how_to_write(text: str, says: str) -> None:
    assert hint(text) == says


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("是", "；是否字段直接写“甲”"),
        ("没有", "；是否字段直接写“NOT 甲”"),
        ("不是", "；是否字段直接写“NOT 甲”"),
        ("好", ""),
    ],
)
def test_yes_and_no_are_no_words_of_the_language(word: str, says: str) -> None:
    assert hint_of_yes(word, "甲") == says


# Functions.


@pytest.mark.parametrize(
    ("function", "accepted", "count"),
    [
        (Function(("text",), "text"), [1], "1"),
        (Function(("text", "number", "number"), "text", optional=1), [2, 3], "2到3"),
        (Function(("any", "number"), "same", repeat=True), [2, 3, 4, 5], "至少2"),
    ],
)
def test_a_function_takes_so_many_arguments(function: Function, accepted: list[int], count: str) -> None:
    assert [number for number in range(6) if function.accepts(number)] == accepted
    assert function.count == count
    assert [function.wants(at) for at in range(4)] == [*function.args, *[function.args[-1]] * 4][:4]


def test_a_call_gives_its_own_kind_or_its_arguments() -> None:
    assert kind_of("same", ValueKind("date")) == ValueKind("date")
    assert kind_of("number", ValueKind("date")) == ValueKind("number")


@pytest.mark.parametrize(
    ("taken", "refused"),
    [("a" * 500, "a" * 501), ("(a)" * 50, "(a)" * 51), ("(a)" * 50, "(" * 51 + "a" + ")" * 51)],
)
def test_a_pattern_may_be_so_long_and_no_longer(taken: str, refused: str) -> None:
    binder = Binder.checking(known(), "户")
    assert binder.bind(f"FULL_MATCH(户主姓名, '{taken}')").kind == ValueKind("boolean")
    with pytest.raises(RuleError) as refusal:
        binder.bind(f"FULL_MATCH(户主姓名, '{refused}')")
    assert refusal.value.message == f"正则表达式太长，最多500字、50个括号：{refused[:40]}…"


# What a rule judges.


def rule(ledger: str | list[str], **more: Any) -> Rule:
    told = {"id": "TRY-01", "title": "试", "require": "TRUE", "say": "说", "cite": [], **HEAD, **more}
    return Rule.model_validate(told | {"ledger": ledger})


def test_what_is_judged_is_judged_by_the_rule_itself() -> None:
    for declared in (rule("户"), rule("户", columns=["家庭人口"], require="该列 > 1")):
        assert [target.rule for target in targets(declared, known())] == [declared]


def judged(declared: Rule) -> list[tuple[str, str]]:
    return [(target.ledger, target.column) for target in targets(declared, known())]


def test_a_rule_judges_the_ledgers_it_names() -> None:
    assert judged(rule("户")) == [("户", "")]
    assert judged(rule(["户", "人口"])) == [("户", ""), ("人口", "")]
    assert judged(rule(["户", "人口"], without=["户"])) == [("人口", "")]


def test_a_rule_on_all_ledgers_judges_those_with_a_key_that_have_no_rules_of_their_own() -> None:
    found = judged(rule("*"))
    keyed = [title for title, model in known().ledgers.items() if model.key]
    assert ("户年度", "") in found
    assert not {("户", ""), ("人口", "")} & set(found)
    assert {title for title, _ in found} < set(keyed)
    assert not [title for title, _ in found if "上期" in title]


def test_a_rule_on_columns_judges_each_of_that_name_or_type() -> None:
    assert judged(rule("人口", columns=["成员状态", "姓名"], require="该列 IS NULL")) == [
        ("人口", "姓名"),
        ("人口", "成员状态"),
    ]
    by_type = judged(rule("人口", columns=["身份证"], require="该列 IS NULL"))
    assert ("人口", "证件号码") in by_type
    assert all(known().ledgers["人口"].columns()[column].type.name == "身份证" for _, column in by_type)
    everywhere = judged(rule("*", columns=["户编号"], require="该列 IS NULL"))
    assert {("户", "户编号"), ("人口", "户编号")} <= set(everywhere)


# Pairings.


def reconciliation(**more: Any) -> Reconciliation:
    told = {
        "id": "TRY-01",
        "title": "试",
        "left": "人口",
        "right": ["医保参保"],
        "keys": ["户编号"],
        **HEAD,
        **more,
    }
    return Reconciliation.model_validate(told)


def test_records_are_paired_by_keys_the_trusted_first() -> None:
    item = reconciliation(
        keys=[
            {"fields": ["姓名", "出生"], "right": ["姓名", "生日"], "weak": True},
            ["证件号码", "姓名"],
            "户编号",
        ],
        when_left="在册",
        when_right="年度 = 2020",
        latest="缴费日期",
    )
    pairing = pairing_of(item, "医保参保", known().ledgers)
    assert pairing.keys == (
        (("ID_KEY(证件号码)", "ID_KEY(证件号码)"), ("姓名", "姓名")),
        (("户编号", "户编号"),),
        (("姓名", "姓名"), ("出生", "生日")),
    )
    assert (pairing.left, pairing.right, pairing.weak) == ("人口", "医保参保", 1)
    assert (pairing.left_where, pairing.right_where, pairing.latest) == ("在册", "年度 = 2020", "缴费日期")
    assert (pairing.near, pairing.likely) == (False, False)


def test_a_near_key_is_of_numbers_as_they_are_written() -> None:
    item = reconciliation(keys=[{"fields": ["证件号码", "姓名"], "near": True}])
    pairing = pairing_of(item, "医保参保", known().ledgers)
    assert (pairing.keys, pairing.near) == (((("证件号码", "证件号码"), ("姓名", "姓名")),), True)


def test_two_ledgers_have_one_pairing_and_every_roll_of_people_its_likely_one() -> None:
    models = known().ledgers
    first, again = reconciliation(latest="缴费日期"), reconciliation()
    unknown = reconciliation(right=["没有的"]), reconciliation(left="没有的")
    found = pairings([first, again, *unknown, reconciliation(right=["低保", "特困"])], models)
    assert [(item.name, item.latest) for item in found if item.equal] == [
        ("人口↔医保参保", "缴费日期"),
        ("人口↔低保", ""),
        ("人口↔特困", ""),
    ]
    likely = {item.right: item for item in found if item.likely}
    assert [*likely] == [*rolls(models)]
    assert "医保参保" in likely
    assert "明白卡" not in likely
    assert (likely["医保参保"].left, likely["医保参保"].latest) == ("人口", "")
    must, looked = likely["医保参保"].keys
    assert must == (("姓名", "姓名"), ("证件号码", "证件号码"))
    assert looked[:2] == must
    assert ("出生", "ID_BIRTH(证件号码)") in looked
    assert ("实际性别", "ID_SEX(证件号码)") in looked


def test_without_persons_nobody_is_looked_for() -> None:
    assert [*rolls({title: model for title, model in known().ledgers.items() if title != "人口"})] == []


# Derived fields.


def derived(field: str, value: str, ledger: str) -> DerivedField:
    return DerivedField(field=field, ledger=ledger, value=value, note="试", examples=({"=": None},))


def of(*fields: tuple[str, str]) -> Vocabulary:
    """A vocabulary of these derived fields on 户."""
    return Vocabulary.of(catalogue().ledgers, (derived(name, value, "户") for name, value in fields), ())


def test_derived_fields_come_after_those_they_rest_on() -> None:
    found = of(("丙", "乙 + 甲"), ("乙", "甲 + 1"), ("甲", "家庭人口"), ("丁", "户主成员.户.乙"))
    assert [[field for _, field in level] for level in levels(found)] == [["甲"], ["乙"], ["丙", "丁"]]
    refuse_endless(found)  # and nothing of it goes in circles


def test_a_circle_of_derived_fields_is_refused() -> None:
    with pytest.raises(RuleError) as refusal:
        [*levels(of(("甲", "乙"), ("乙", "户主成员.户.甲"), ("丙", "1")))]
    assert refusal.value.message == "派生字段互相引用：甲、乙"


def chain(length: int, factor: str) -> Vocabulary:
    names = ["家庭人口", *(f"第{number}" for number in range(length))]
    return of(*((own, factor.format(before)) for before, own in pairwise(names)))


@pytest.mark.parametrize(
    ("taken", "refused", "named_field"),
    [(chain(21, "{0}"), chain(22, "{0}"), "第21"), (chain(13, "{0} + {0}"), chain(14, "{0} + {0}"), "第13")],
)
def test_derived_fields_may_rest_on_each_other_so_often_and_no_more(
    taken: Vocabulary, refused: Vocabulary, named_field: str
) -> None:
    refuse_endless(taken)
    with pytest.raises(RuleError) as refusal:
        refuse_endless(refused)
    assert refusal.value.message == f"派生字段“{named_field}”一层引用一层，展开以后太长"


def spread(plain: int) -> Vocabulary:
    """乙 comes to 19 900 names and those that are plain."""
    of_plain, of_derived = ", ".join(["家庭人口"] * 200), ", ".join(["甲"] * 99 + ["家庭人口"] * plain)
    return of(("甲", f"GREATEST({of_plain})"), ("乙", f"GREATEST({of_derived})"))


def test_a_derived_field_may_come_to_twenty_thousand_names_and_no_more() -> None:
    refuse_endless(spread(100))
    with pytest.raises(RuleError, match="派生字段“乙”一层引用一层"):
        refuse_endless(spread(101))


CIRCLE = """
derived:
  - field: 甲
    ledger: 户
    value: 乙
    note: 试
    examples: [{"=": null}]
  - {field: 乙, ledger: 户, value: 甲, note: 试, examples: [{"=": null}]}
"""
LONG = "derived:" + "".join(
    f"""
  - {{field: 第{number}, ledger: 户, note: 试, examples: [{{"=": null}}],
     value: {"家庭人口" if not number else f"第{number - 1}"}}}"""
    for number in range(22)
)


@pytest.mark.parametrize(
    ("text", "line", "refuse"), [(CIRCLE, 5, lambda known: [*levels(known)]), (LONG, 45, refuse_endless)]
)
def test_the_refusal_of_a_derived_field_tells_its_line(
    text: str, line: int, refuse: Any, tmp_path: Path
) -> None:
    path = tmp_path / "规则.yaml"
    path.write_text(text, encoding="utf-8")
    declared = yamlfile.read(path, RuleFile).derived
    with pytest.raises(RuleError) as refusal:
        refuse(Vocabulary.of(catalogue().ledgers, declared, ()))
    assert (refusal.value.file, refusal.value.line) == (str(path), line)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (("家庭人口",), ("户", "家庭人口")),
        (("户主成员", "姓名"), ("人口", "姓名")),
        (("户主成员", "户", "村"), ("户", "村")),
        (("没有", "姓名"), ("", "姓名")),
    ],
)
def test_a_name_leads_to_a_ledger(path: tuple[str, ...], found: tuple[str, str]) -> None:
    assert named(known(), "户", path) == found


def test_a_derived_field_stands_for_itself_once_its_kind_is_known() -> None:
    vocabulary = of(("甲", "家庭人口 > 1"), ("乙", "NOT 甲"))
    checker = type_checker(vocabulary, "户", this_column="家庭人口")
    assert checker.bind("乙 AND 该列 > 1").kind == ValueKind("boolean")
    assert checker.frame.mentioned == [((), "乙"), ((), "家庭人口")]
    assert vocabulary.kinds == {("户", "乙"): ValueKind("boolean"), ("户", "甲"): ValueKind("boolean")}
    vocabulary.kinds["户", "甲"] = ValueKind("date")  # is not looked into again
    assert KnownKinds(vocabulary).computed("户", "甲").kind == ValueKind("date")


def test_a_derived_field_is_written_out_where_nobody_has_worked_it_out() -> None:
    vocabulary = of(("甲", "COALESCE(家庭人口, 1)"), ("乙", "户主成员.户.甲 + 甲"))
    binder = Binder.checking(vocabulary, "户")
    assert binder.bind("乙").tree.sql(dialect="duckdb") == (
        '(COALESCE("本行.户主成员.户"."家庭人口", 1) + COALESCE("本行"."家庭人口", 1))'
    )
    assert binder.frame.mentioned == [(("户主成员", "户"), "家庭人口"), ((), "家庭人口")]
    assert [*binder.frame.hops] == [("户主成员",), ("户主成员", "户")]


def test_in_a_statistic_a_derived_field_is_written_out_as_on_its_own_row() -> None:
    """Its names are those of that row, and it may ask for a parameter of another year, as a statistic may not."""
    own = derived("甲", "务工时间 + IN_YEAR(param.贫困线, 2019)", "人口")
    binder = Binder.checking(replace(known(), derived={("人口", "甲"): own}), "户")
    assert binder.bind("SUM(人口.甲)").kind == ValueKind("number")
    (statistic,) = binder.frame.aggregates.values()
    assert [tree.sql(dialect="duckdb") for tree in statistic.values.values()] == [
        'SUM(("本行.人口"."务工时间" + "本行.人口.param.1"."贫困线"))'
    ]


@dataclass(frozen=True)
class WorkedOut(Everything):
    """A run in which 人口 has a column 甲 of its own, which rests on others."""

    def computed(self, ledger: str, name: str) -> Computed | None:
        if name != "甲":
            return None
        relation = self.vocabulary.relation("人口", "医保参保")
        assert relation
        counted = ((("户",), relation, ("年度",)),)
        return Computed(
            ValueKind("number"), (((), "务工时间"), (("户",), "村")), counted, ("医保参保没有交",)
        )


def test_a_derived_field_that_is_worked_out_is_a_column_and_brings_what_it_rests_on() -> None:
    vocabulary = Vocabulary.of(catalogue().ledgers, [derived("甲", "务工时间", "人口")], ())
    binder = Binder.on(vocabulary, WorkedOut(vocabulary), "户")
    binder.frame.passed_over.append("前面的")
    bound = binder.bind("家庭人口 > 1 AND COUNT(人口.姓名) > 0 AND 户主成员.甲 > 户主成员.户主成员.甲")
    assert bound.tree.sql(dialect="duckdb").endswith(
        '("本行.户主成员"."甲" > "本行.户主成员.户主成员"."甲"))'
    )
    assert binder.frame.mentioned == [
        ((), "家庭人口"),
        (("户主成员",), "务工时间"),
        (("户主成员", "户"), "村"),
        (("户主成员", "户主成员"), "务工时间"),
        (("户主成员", "户主成员", "户"), "村"),
    ]
    assert [(path, relation.name, fields) for path, relation, fields in binder.frame.counted] == [
        ((), "人口", ("姓名",)),
        (("户主成员", "户"), "医保参保", ("年度",)),
        (("户主成员", "户主成员", "户"), "医保参保", ("年度",)),
    ]
    assert binder.frame.passed_over == ["前面的", "医保参保没有交", "医保参保没有交"]


class WithoutIncome(Everything):
    """A run in which 户 has no column 人均纯收入."""

    def has(self, ledger: str, field: str) -> bool:
        return field != "人均纯收入" and super().has(ledger, field)


def test_in_a_derived_field_some_columns_may_be_missing() -> None:
    field = derived("甲", "COALESCE(家庭人口, 0) + 人均纯收入", "户").model_copy(
        update={"optional": ("人均纯收入",)}
    )
    vocabulary = Vocabulary.of(catalogue().ledgers, [field], ())
    binder = Binder.on(vocabulary, WithoutIncome(vocabulary), "户")
    binder.bind("甲")
    assert binder.frame.missing == []
    binder.bind("户主成员.户.人均纯收入")
    assert binder.frame.missing == ["户缺列“人均纯收入”"]


def test_in_a_derived_field_the_columns_of_other_rows_may_not_be_missing() -> None:
    field = derived("甲", "家庭人口 + 户主成员.户.人均纯收入", "户").model_copy(
        update={"optional": ("人均纯收入",)}
    )
    vocabulary = Vocabulary.of(catalogue().ledgers, [field], ())
    binder = Binder.on(vocabulary, WithoutIncome(vocabulary), "户")
    binder.bind("甲")
    assert binder.frame.missing == ["户缺列“人均纯收入”"]


def test_a_column_is_meant_by_this_column_in_its_own_row_alone() -> None:
    vocabulary = of(("甲", "家庭人口 + 1"), ("乙", "该列"))
    for binder in (
        Binder.checking(vocabulary, "户", this_column="家庭人口"),
        Binder.on(vocabulary, Everything(vocabulary), "户", this_column="家庭人口"),
        type_checker(vocabulary, "户", this_column="家庭人口"),
    ):
        assert binder.bind("该列 > 1").tree.sql(dialect="duckdb") == '("本行"."家庭人口" > 1)'
        for elsewhere in ("户主成员.户.该列", "乙"):
            with pytest.raises(RuleError, match="没有字段“该列”"):
                binder.bind(elsewhere)
    for binder in (
        Binder.checking(vocabulary, "户"),
        Binder.on(vocabulary, Everything(vocabulary), "户"),
        type_checker(vocabulary, "户"),
    ):
        assert binder.this_column == ""
        with pytest.raises(RuleError, match="没有字段“该列”"):
            binder.bind("该列 > 1")


def test_a_condition_is_true_or_false() -> None:
    binder = Binder.checking(known(), "户")
    assert binder.condition("危房户").sql() == '"本行"."危房户"'
    with pytest.raises(RuleError) as refusal:
        binder.condition("家庭人口 + 1")
    assert refusal.value.message == "“家庭人口 + 1”应为是否，实为数"


# What is pointed at.


@pytest.mark.parametrize(
    ("ledger", "path", "where", "sql"),
    [
        ("人口", (), "", '"本行"."行号"'),
        ("人口", ("户",), "", '"本行.户"."行号"'),
        (
            "人口",
            ("户",),
            "户.家庭人口 > 1",
            'CASE WHEN ("本行.户"."家庭人口" > 1) THEN "本行.户"."行号" END',
        ),
        ("户", ("人口",), "", '"本行.统计1"."v1"'),
        ("户", ("人口",), "人口.务工时间 > 1", '"本行.统计1"."v1"'),
        ("人口", ("户", "人口", "户"), "", '"本行.统计1"."v1"'),
    ],
)
def test_rows_are_pointed_at(ledger: str, path: tuple[str, ...], where: str, sql: str) -> None:
    binder = Binder.checking(known(), ledger)
    assert rows_pointed_at(binder, path, where, "行号").sql(dialect="duckdb") == sql
    listed = {
        (statistic.path, statistic.relation.name): [
            tree.sql(dialect="duckdb") for tree in statistic.values.values()
        ]
        for statistic in binder.frame.aggregates.values()
    }
    assert listed == POINTED.get((path, where), {})


POINTED = {
    (("人口",), ""): {((), "人口"): ['LIST("本行.人口"."行号")']},
    (("人口",), "人口.务工时间 > 1"): {
        ((), "人口"): ['LIST(CASE WHEN ("本行.人口"."务工时间" > 1) THEN "本行.人口"."行号" END)']
    },
    (("户", "人口", "户"), ""): {(("户",), "人口"): ['LIST("本行.户.人口.户"."行号")']},
}


# Names.


def test_a_vocabulary_knows_what_may_be_named() -> None:
    vocabulary = of(("甲", "家庭人口"))
    names = vocabulary.names("户")
    assert {"家庭人口", "甲", "截止日期", "审计年度"} <= set(names)
    assert "甲" not in vocabulary.names("人口")
    assert {"人口", "户主成员"} <= set(vocabulary.relation_names("户"))
    assert vocabulary.relation("户", "户") is None
    assert (vocabulary.column("户", "没有"), vocabulary.relation("没有", "户")) == (None, None)
    assert vocabulary.titles(["户", "自建台账"]) == ["户"]


def test_a_run_that_has_everything_lacks_nothing() -> None:
    run = Everything(known())
    relation = known().relation("户", "人口")
    assert relation is not None
    assert (run.has("户", "家庭人口"), run.has("户", "甲")) == (True, False)
    assert (run.parameter("贫困线"), run.computed("户", "甲")) == (True, None)
    assert (run.gap(relation), run.unlisted("户"), run.incomplete("户")) == ("", "", "")
    assert run.lacks("户", "甲") == "户缺列“甲”"


def test_a_vocabulary_knows_relations_of_pairings_and_those_declared() -> None:
    own = Relation("往", "户", "人口", ((("户编号", "户编号"),),), many=True)
    vocabulary = Vocabulary.of(catalogue().ledgers, (), (), [reconciliation()], [own])
    assert vocabulary.relation("户", "往") == own
    assert {"对应医保参保", "同键医保参保", "可能医保参保"} <= set(vocabulary.relation_names("人口"))
    assert "对应人口" in vocabulary.relation_names("医保参保")
    assert {"往", "户主成员"} <= set(vocabulary.relation_names("户"))
    assert "对应医保参保" not in vocabulary.relation_names("户")
    assert own in vocabulary.relations


def test_a_vocabulary_knows_what_relations_are_made_of() -> None:
    plain = Vocabulary.of(catalogue().ledgers, (), ())
    own = Relation("往", "户", "人口", ((("户主证件", "证件"),),), many=True, where="往年 = 2020")
    told = reconciliation(keys=["编码"], when_left="左在", when_right="右在", latest="最近")
    vocabulary = Vocabulary.of(catalogue().ledgers, (), (), [told], [own])
    assert {"户编号", "证件号码"} <= plain.named_by_relations
    assert {"户主证件", "证件", "往年", "编码", "左在", "右在", "最近"} <= (
        vocabulary.named_by_relations - plain.named_by_relations
    )


def test_rule_files_may_be_empty() -> None:
    assert Vocabulary.of((), RuleFile().derived, RuleFile().parameters).parameters == {}
