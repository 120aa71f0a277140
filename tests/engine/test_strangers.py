"""Rules of strangers that go wrong while they run: told as the rule's fault, with file and line, and stopped in time."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest
from sqlglot import parse_one

from books import Book, household, judge_books, score_books, write_national
from fupin_audit.engine import run
from fupin_audit.engine.database.duckdb import open_database
from fupin_audit.engine.database.failed_query import QueryError
from fupin_audit.engine.database.rule_limits import Limits
from fupin_audit.engine.proving import examples
from fupin_audit.errors import RuleError
from fupin_audit.rulepack.checks.checking import check
from fupin_audit.rulepack.declared.entries import Provable
from fupin_audit.rulepack.packs import pack_loading
from fupin_audit.rulepack.packs.pack import Catalogue
from fupin_audit.rulepack.packs.pack_loading import load_catalogue
from fupin_audit.tasks.proving import misses

RULE = """\
rules:
  - id: XYZ-01
    title: 试验
    ledger: 户
    require: "{require}"
    severity: error
    say: "{say}"
    why: 试验
    fix: 试验
    owner: 第一书记
    basis: [{{standard: 试验}}]
    examples: {{good: [{{家庭人口: 1}}], bad: [{{家庭人口: 2}}]}}
"""
DERIVED = """\
derived:
  - field: 大数
    ledger: 户
    value: 家庭人口 * 900000000000000 * 90000
    note: 试验
    examples: [{家庭人口: 3, "=": 3}]
"""
INDICATOR = """\
indicators:
  - id: SCO-99
    title: 试验指标
    ledger: 户
    count: GREATEST(家庭人口 * 900000000000000 * 90000, 0) > 0
    unit: "%"
    direction: 越高越好
    target: 1
    level: 村
    note: 试验
    examples: {good: [{家庭人口: 3}], bad: [{家庭人口: 3}]}
"""
HUGE, NO_VALUE, NO_KIND = "数太大", "函数不接受给它的值", "不接受这样的值"
WRONG: Mapping[str, tuple[str, str]] = {
    "product": ("家庭人口 * 900000000000000 * 900000000000000 > 0", HUGE),
    "sum": ("GREATEST(家庭人口 * 900000000000000 * 90000, 0) > 0", HUGE),
    "negative": ("ABS(家庭人口 * -900000000000000 * 90000) > 0", HUGE),
    "of a text": ("TO_INTEGER('999999999999999999') * 999 > 家庭人口", HUGE),
    "place": ("SUBSTRING(户主姓名, 家庭人口 * 99999999999) = 'a'", HUGE),
    "half a place": ("SUBSTRING(户主姓名, 1.5) = 'a'", NO_KIND),
    "decimals": ("ROUND(人均纯收入, 99999999999) = 1", NO_KIND),
    "repetition": ("FULL_MATCH(户主姓名, '((a{900}){900}){900}')", NO_VALUE),
}
BOOKS: Mapping[str, Book] = {"户": [household("1", 家庭人口="3", 人均纯收入="5000")]}
NO_TIME = Limits(0, "1GB", "1GB")


@pytest.fixture(scope="module")
def few_rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_national(tmp_path_factory.mktemp("rules"), ["keys"])


@pytest.fixture(autouse=True)
def only_few(few_rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a stranger's rule does, does not depend on how many others there are."""
    monkeypatch.setattr(pack_loading, "folder", lambda _: few_rules)


def rule(require: str, say: str = "试验") -> str:
    return RULE.format(require=require, say=say)


def strangers(folder: Path, text: str) -> Catalogue:
    """The built-in packs and this file."""
    path = folder / "别人的.yaml"
    path.write_text(text, encoding="utf-8")
    catalogue = load_catalogue([path])
    check(catalogue)
    return catalogue


def proved(catalogue: Catalogue) -> list[str]:
    return all_misses(catalogue, catalogue.rules["XYZ-01"][0])


def all_misses(catalogue: Catalogue, entry: Provable) -> list[str]:
    """As an author's own run says them."""
    with examples.open_proving() as database:
        return [str(miss) for miss in misses(database, catalogue, entry)]


def checked(catalogue: Catalogue, folder: Path) -> None:
    (folder / "数据").mkdir()
    judge_books(folder / "数据", BOOKS, ["XYZ-01"], within=catalogue)


@pytest.mark.parametrize("name", WRONG)
def test_what_goes_wrong_is_told_with_file_and_line(name: str, tmp_path: Path) -> None:
    require, reason = WRONG[name]
    catalogue = strangers(tmp_path, rule(require))
    for ends in (partial(proved, catalogue), partial(checked, catalogue, tmp_path)):
        with pytest.raises(RuleError, match=rf"别人的\.yaml:5：XYZ-01 运行出错：.*{reason}") as refused:
            ends()
        assert "INT64" not in str(refused.value)  # the database's own words may quote cells


def test_so_is_what_only_the_sentence_asks(tmp_path: Path) -> None:
    text = rule("家庭人口 = 1", "{多少}").replace(
        "    why", "    show: {多少: 家庭人口 * 900000000000000 * 90000}\n    why"
    )
    with pytest.raises(RuleError, match=rf"别人的\.yaml:5：XYZ-01 运行出错：{HUGE}"):
        checked(strangers(tmp_path, text), tmp_path)


def test_so_is_a_derived_field(tmp_path: Path) -> None:
    catalogue = strangers(tmp_path, DERIVED + rule("大数 > 0"))
    declared = catalogue.vocabulary.derived["户", "大数"]
    for ends in (lambda: all_misses(catalogue, declared), partial(checked, catalogue, tmp_path)):
        with pytest.raises(RuleError, match=rf"别人的\.yaml:4：派生字段“大数” 运行出错：{HUGE}"):
            ends()


def test_so_is_an_indicator(tmp_path: Path) -> None:
    catalogue = strangers(tmp_path, INDICATOR)
    (tmp_path / "数据").mkdir()
    for ends in (
        lambda: all_misses(catalogue, catalogue.indicators["SCO-99"]),
        lambda: score_books(tmp_path / "数据", BOOKS, ["试验指标"], within=catalogue),
    ):
        with pytest.raises(RuleError, match=rf"别人的\.yaml:5：SCO-99 运行出错：{HUGE}"):
            ends()


@pytest.mark.parametrize("pattern", ["(a*)*b", "(x+x+)+y", "(张|张三|.)*(张|三|.)*[^张三]"])
def test_no_pattern_takes_long(pattern: str, tmp_path: Path) -> None:
    catalogue = strangers(tmp_path, rule(f"FULL_MATCH(CONCAT({', '.join(['户主姓名'] * 400)}), '{pattern}')"))
    assert len(proved(catalogue)) == 1


def test_nothing_known_of_any_row_is_undecided(tmp_path: Path) -> None:
    assert proved(strangers(tmp_path, rule("NULL"))) == [
        f"XYZ-01 的例子 {label}：应{expected}，实为相符 0、不符 0、无法判定 1"
        for label, expected in (("good[1]", "相符"), ("bad[1]", "不符"))
    ]


def test_an_example_without_a_row_that_is_judged_shows_nothing(tmp_path: Path) -> None:
    text = rule("家庭人口 = 1").replace("bad: [", "exempt: [{人口: [{姓名: 张三}]}], bad: [")
    assert proved(strangers(tmp_path, text)) == [
        "XYZ-01 的例子 exempt[1]：应不适用，实为没有规则要判的台账的行"
    ]


def test_a_rule_that_takes_too_long_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = strangers(tmp_path, rule("家庭人口 = 1"))
    monkeypatch.setattr(examples, "PROVING", NO_TIME)
    monkeypatch.setattr(run, "open_database", partial(open_database, limits=NO_TIME))
    with pytest.raises(RuleError, match=r"别人的\.yaml:5：XYZ-01 运行出错：运行超过 0 秒，已停下"):
        proved(catalogue)
    with pytest.raises(RuleError, match=r"\.yaml:\d+：派生字段“.*” 运行出错：运行超过 0 秒，已停下"):
        checked(catalogue, tmp_path)


def test_a_query_without_end_is_stopped() -> None:
    endless = parse_one(
        "SELECT COUNT(*) FROM RANGE(9999999) AS a, RANGE(9999999) AS b WHERE HASH(a.range, b.range) = 7"
    )
    started = time.monotonic()
    with (
        open_database(threads=1, limits=Limits(0.5, "1GB", "1GB")) as database,
        pytest.raises(QueryError, match=r"运行超过 0\.5 秒，已停下"),
        database.one_rule(),
    ):
        database.run(endless)
    assert time.monotonic() - started < 20


def test_the_next_rule_has_its_own_time() -> None:
    with open_database(threads=1, limits=Limits(0.2, "1GB", "1GB")) as database:
        for _ in range(3):
            with database.one_rule():
                assert database.run(parse_one("SELECT 1")) == [(1,)]
            time.sleep(0.1)


def test_a_query_that_takes_too_much_is_stopped() -> None:
    greedy = parse_one("SELECT STRING_AGG(REPEAT('x', 1000000), '') FROM RANGE(2000)")
    with (
        open_database(threads=1, limits=Limits(60, "100MB", "1MB")) as database,
        pytest.raises(QueryError, match="要用的内存超过上限"),
    ):
        database.run(greedy)
