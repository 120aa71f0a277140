"""Rule files of strangers: whatever stands in them, they are refused at their line or taken, and soon."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import process_time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from sqlglot.dialects.duckdb import DuckDB

from books import catalogue
from effort import examples
from fupin_audit.errors import RuleError
from fupin_audit.rulepack.checks.checking import check
from fupin_audit.rulepack.declared.packfile import PackHead, RuleFile
from fupin_audit.rulepack.declared.parameter import Parameter
from fupin_audit.rulepack.declared.rule import DerivedField
from fupin_audit.rulepack.declared.yamlfile import parse as parse_yaml
from fupin_audit.rulepack.declared.yamlfile import read as read_yaml
from fupin_audit.rulepack.language.binding import Binder
from fupin_audit.rulepack.language.derivation import refuse_endless
from fupin_audit.rulepack.language.expression import parse as parse_expression
from fupin_audit.rulepack.language.vocabulary import Vocabulary
from fupin_audit.rulepack.packs.pack import Catalogue, Pack

MANY, DEEP = 5_000, 100_000
SOON = 1.0  # seconds of computing

FILES = {
    "deep-flow": ("rules: " + "[" * DEEP, 1),
    "deep-mappings": ("rules: " + "{a: " * DEEP, 1),
    "deep-blocks": ("\n".join(" " * level + "a:" for level in range(1_500)), 31),
    "deep-dashes": ("rules:\n" + "- " * DEEP, 2),
    "alias-bomb": (
        "codes:\n  a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"  a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)),
        7,
    ),
    "huge": ("rules: []\n" + "# 很长\n" * 600_000, 1),
    "many-values": ("rules: [" + "a, " * 150_000 + "]", 1),
    "many-digits": ("rules:\n  - {id: " + "1" * 10_000 + "}", 2),
}

EXPRESSIONS = {
    "parentheses": "(" * MANY + "1" + ")" * MANY,
    "unclosed-parentheses": "(" * MANY,
    "ands": " AND ".join(["家庭人口 >= 0"] * MANY),
    "ors-of-two-hundred": " OR ".join(["家庭人口 > 0"] * 200),
    "sums": "家庭人口 > " + "+".join(["1"] * 2_000),
    "nots": "NOT " * 2_000 + "危房户",
    "signs": "家庭人口 > " + "- " * 2_000 + "1",
    "cases": "CASE WHEN TRUE THEN " * 300 + "1" + " END" * 300,
    "calls": "ABS(" * 300 + "1" + ")" * 300,
    "list": f"家庭人口 IN ({', '.join(map(str, range(100_000)))})",
    "long-text": f"户主姓名 = '{'长' * 1_000_000}'",
    "unclosed-text": "户主姓名 = '" + "长" * 9_000,
    "brackets": "[" * 2_000,
    "cast-chain": "1" + "::INT" * 1_500,
    "pattern-in-pattern": f"FULL_MATCH(户主姓名, '{'(' * 3_000}{')' * 3_000}')",
    "pattern-without-end": "FULL_MATCH(户主姓名, 'a{99999999999999999999}')",
    "dots": ".".join(["户"] * 2_000),
}


@pytest.mark.parametrize(("text", "line"), FILES.values(), ids=FILES)
def test_a_file_without_end_is_refused_at_its_line(text: str, line: int) -> None:
    begun = process_time()
    with pytest.raises(RuleError) as refusal:
        parse_yaml(text, "规则.yaml", RuleFile)
    assert (refusal.value.file, refusal.value.line) == ("规则.yaml", line)
    assert len(str(refusal.value)) < 200
    assert process_time() - begun < SOON


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("rules: []\n# 规则\n".encode("gb18030"), 2),
        ("rules: []\n".encode("utf-16"), 1),
        (b"rules: []\n" * 9 + b"\xed\xa0\x80", 10),
        ("长".encode() * 3_000_000, 1),
    ],
    ids=["gb18030", "utf-16", "half of a pair", "huge"],
)
def test_what_is_no_text_is_refused_at_its_line(content: bytes, line: int, tmp_path: Path) -> None:
    path = tmp_path / "规则.yaml"
    path.write_bytes(content)
    with pytest.raises(RuleError) as refusal:
        read_yaml(path, RuleFile)
    assert (refusal.value.file, refusal.value.line) == (str(path), line)


def test_what_notepad_writes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "规则.yaml"
    path.write_bytes(codecs.BOM_UTF8 + b"rules: []\r\n")
    assert read_yaml(path, RuleFile).rules == ()


def test_a_file_that_cannot_be_opened_is_told_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="读不了这个文件：它是文件夹"):
        read_yaml(tmp_path, RuleFile)


@pytest.mark.parametrize("text", EXPRESSIONS.values(), ids=EXPRESSIONS)
def test_an_expression_without_end_is_refused(text: str) -> None:
    binder = Binder.checking(catalogue().vocabulary, "户")
    begun = process_time()
    with pytest.raises(RuleError) as refusal:
        binder.bind(text)
    assert len(refusal.value.message) < 12_000
    assert process_time() - begun < SOON


def test_a_long_condition_people_may_write_is_taken() -> None:
    text = " OR ".join(f"户主姓名 LIKE '%{number}%'" for number in range(60))
    Binder.checking(catalogue().vocabulary, "户").condition(text).sql(dialect="duckdb")


@pytest.mark.parametrize("factor", ["{0} + {0}", "{0}"], ids=["doubling", "chain"])
def test_derived_fields_that_write_out_without_end_are_refused(factor: str) -> None:
    names = [f"甲{number}" for number in range(200)]
    derived = [
        DerivedField(field=name, ledger="户", value=value, note="无", examples=({"=": 1},))
        for name, value in zip(names, ["1", *(factor.format(name) for name in names)], strict=False)
    ]
    with pytest.raises(RuleError, match="一层引用一层"):
        refuse_endless(Vocabulary.of(catalogue().ledgers, derived, ()))


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("NaN", "应是数"),
        ("inf", "应是数"),
        (float("nan"), "不是一个确定的数"),
        (float("inf"), "不是一个确定的数"),
        ("-1", "不在 0 到"),
        (-1, "不在 0 到"),
        (1e300, "不在 0 到"),
        ("４０００", "半角数字"),
        ("4_000", "应是数"),
        ("1e3", "应是数"),
        ("四千", "应是数"),
        ("", "应是数"),
    ],
)
def test_a_figure_is_finite_and_possible(value: float | str, reason: str) -> None:
    line = catalogue().parameters["贫困线"]
    with pytest.raises(ValueError, match=reason):
        line.figure(value)


@pytest.mark.parametrize(("unit", "possible", "not_possible"), [("比例", "0.3", "30"), ("周岁", "6", "600")])
def test_a_unit_says_what_is_possible(unit: str, possible: str, not_possible: str) -> None:
    parameter = Parameter(name="甲", unit=unit)
    assert parameter.figure(possible) == float(possible)
    with pytest.raises(ValueError, match="不在"):
        parameter.figure(not_possible)
    assert Parameter(name="甲", unit=unit, high=1000).figure(not_possible) == float(not_possible)


WORDS = ["家庭人口", "户主姓名", "危房户", "人口.姓名", "param.贫困线", "1", "'张'", "NULL", "TRUE", "(", ")", ",", " AND ",
         " OR ", "NOT ", "=", "<", " IN ", " IS ", "COUNT(人口)", "SOME(", "ALL_OF(", "CASE WHEN ", " THEN ", " END", "-",
         "*", "/", ".", "'", '"', "--", ";", "FILTER (WHERE ", "::", "[", "{", "DATE ", "BETWEEN ", "\x00", "＝", "，"]  # fmt: skip
SOUP = st.lists(st.sampled_from(WORDS), max_size=25).map("".join) | st.text(max_size=60)
KEYS = st.sampled_from(
    [*RuleFile.model_fields, "id", "ledger", "require", "when", "examples", "good", "<<", "fields", "title"]
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.dates()
    | st.text(max_size=20)
    | st.sampled_from(WORDS)
)
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5), max_leaves=15)  # fmt: skip


def refused(action: Callable[[], object]) -> RuleError | None:
    """The refusal an action ends with; anything else it raises is a fault."""
    try:
        action()
    except RuleError as refusal:
        return refusal
    return None


@examples(100)
@given(SOUP)
def test_no_expression_breaks_the_binder(text: str) -> None:
    refusal = refused(lambda: Binder.checking(catalogue().vocabulary, "户").bind(text))
    assert refusal is None or refusal.message


@examples(100)
@given(
    st.dictionaries(KEYS, VALUES, max_size=4).map(lambda data: yaml.safe_dump(data, allow_unicode=True))
    | st.text(max_size=80)
)
def test_no_file_breaks_the_reader(text: str) -> None:
    refusal = refused(lambda: parse_yaml(text, "规则.yaml", RuleFile))
    assert refusal is None or (refusal.file, bool(refusal.line)) == ("规则.yaml", True)


RULE = """rules:
  - {{id: XYZ-01, title: t, ledger: 户, severity: error, say: {say}, why: w, fix: f, owner: o,
     require: {require}, examples: {{good: [{{家庭人口: 1}}], bad: [{{家庭人口: 0}}]}}}}
"""


@examples(100)
@given(SOUP, SOUP)
def test_no_rule_breaks_the_check(require: str, say: str) -> None:
    def checked() -> None:
        text = RULE.format(require=json.dumps(require), say=json.dumps(say))
        own = Pack(PackHead(id="own", title="own"), parse_yaml(text, "规则.yaml", RuleFile), own=True)
        check(Catalogue((own,)))

    refusal = refused(checked)
    assert refusal is None or (refusal.file, bool(refusal.line)) == ("规则.yaml", True)


@pytest.mark.parametrize(
    "half",
    ["户编号 {}", "{} 户编号", "户编号 {} )", "{}", "{} (", "户编号 {} 姓名 {}", "CASE {} WHEN", "ABS({} , "],
)
def test_half_an_expression_is_refused_or_taken_whatever_stands_in_it(half: str) -> None:
    """With every word and sign of the language, at which the parser may stumble in its own way (`户编号 ->`)."""
    words = list(DuckDB.Tokenizer.KEYWORDS)
    taken = set()
    for word in words:
        with suppress(RuleError):
            parse_expression(half.replace("{}", word))
            taken.add(word)
    assert taken < set(words)
