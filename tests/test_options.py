"""What a user may say of a run, through `audit(options=…)`: levels, headers, codes; and the head that tells of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from books import AS_OF, Book, Row, household, person, write_books, write_national
from fupin_audit import AuditResult, Options, audit
from fupin_audit.errors import RuleError, UsageError
from fupin_audit.ledgers.code_profile import with_profile
from fupin_audit.ledgers.header_meanings import HeaderMeaning, with_headers
from fupin_audit.ledgers.registry import LEDGERS
from fupin_audit.ledgers.types.codes import national_profile
from fupin_audit.results.finding import Finding, Severity
from fupin_audit.results.rule_run import Counts, RuleRun
from fupin_audit.rulepack.declared.profile_file import load_profile
from fupin_audit.rulepack.packs import pack_loading
from fupin_audit.workbook.recognising.recognition import Designation

CODED = person("1", 0, 与户主关系="01", 健康状况="2,4", 文化程度="3.0")
BOOKS: dict[str, Book] = {
    "户": [household("1", 家庭人口="1")],
    "人口": [CODED, person("1", 1, 与户主关系="配偶", 健康状况="健康", 文化程度="77")],
}


@pytest.fixture(scope="module")
def few_rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_national(tmp_path_factory.mktemp("rules"), ["cells", "keys"])


@pytest.fixture
def data(tmp_path: Path, few_rules: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two people of one household, one of them in bare codes."""
    monkeypatch.setattr(pack_loading, "folder", lambda _: few_rules)
    folder = tmp_path / "数据"
    folder.mkdir()
    write_books(folder, BOOKS)
    return folder


def audited(folder: Path, **options: Any) -> AuditResult:
    return audit(folder, as_of=AS_OF, options=Options(**options))


def of(result: AuditResult, rule: str) -> list[Finding]:
    return [finding for finding in result.records if finding.rule == rule]


def run_of(result: AuditResult, rule: str) -> RuleRun:
    return next(run for run in result.rules_run if run.id == rule)


# Codes.


def test_bare_codes_are_no_values_by_themselves(data: Path) -> None:
    result = audited(data)
    assert [finding.locations[0].cell for finding in of(result, "CEL-12")] == ["E2", "F2", "G2", "G3"]
    told = of(result, "CEL-12")[0].message
    assert "2017/2018年全国编码里是“户主”" in told
    assert "--codes 2018" in told
    assert of(result, "CEL-12")[3].message.endswith("没有猜它的意思")
    assert run_of(result, "KEY-06").counts == Counts(undecided=1)
    assert result.settings == ()


def test_a_declared_profile_reads_them_and_quotes_what_is_written(data: Path) -> None:
    result = audited(data, codes="2018")
    (left,) = of(result, "CEL-12")
    assert (left.locations[0].cell, "声明的代码表里没有它" in left.message) == ("G3", True)
    assert run_of(result, "KEY-06").counts == Counts(passed=1)
    assert result.settings == ("代码按“2018”读（2017/2018年全国编码）",)


@pytest.mark.parametrize(
    ("field", "text", "label"),
    [
        ("与户主关系", "02", "配偶"),
        ("与户主关系", "99", "其他"),
        ("脱贫属性", "0", "未脱贫"),
        ("健康状况", "4、02", "长期慢性病、残疾"),
        ("残疾等级", "1", "一级"),  # digits that are spellings stay what they are
        ("政治面貌", "13", "群众"),
    ],
)
def test_the_national_codes(field: str, text: str, label: str) -> None:
    model = next(model for model in with_profile(LEDGERS, national_profile()) if field in model.columns())
    assert model.columns()[field].type.parse(text) == label


def test_a_county_has_codes_of_its_own(data: Path, tmp_path: Path) -> None:
    own = tmp_path / "本县代码.yaml"
    own.write_text("title: 本县系统\nnumbers:\n  文化程度: {3: 高中, 77: 小学}\n", encoding="utf-8")
    result = audited(data, codes=own)
    assert [finding.locations[0].cell for finding in of(result, "CEL-12")] == ["E2", "F2"]
    assert result.settings == ("代码按“本县代码.yaml”读（本县系统）",)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("numbers: {性别: {1: 男}}", 1, "title：没有填写"),
        ("title: 甲\nnumbers: {姓别: {1: 男}}", 2, "没有码表“姓别”，最接近的是“性别”"),
        ("title: 甲\nnumbers: {性别: {1: 南}}", 2, "码表“性别”没有“南”"),
        ("title: 甲\nnumbers: {性别: {男: 1}}", 2, "应是整数"),
        ("title: 甲\nnumber: {}", 2, "没有这一项，最接近的是“numbers”"),
    ],
)
def test_wrong_codes_are_refused_at_their_line(text: str, line: int, says: str, tmp_path: Path) -> None:
    path = tmp_path / "代码.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match=says) as refusal:
        load_profile(path, LEDGERS)
    assert refusal.value.line == line


def test_unknown_codes_are_refused() -> None:
    with pytest.raises(UsageError, match="没有代码表“2017”：应是 2018"):
        load_profile("2017", LEDGERS)


# Headers.


def test_a_header_means_what_the_user_says(data: Path) -> None:
    write_books(
        data, {"人口": [{**_without(CODED, "文化程度"), "学历层次": "初中", "文化程度（旧）": "小学"}]}
    )
    meanings = [HeaderMeaning("人口", "学历层次", "文化程度"), HeaderMeaning("人口", "没有的", "民族")]
    result = audited(data, headers=meanings)
    (sheet,) = (sheet for sheet in result.inputs if sheet.file == "人口.csv")
    assert sheet.columns["G"] == "文化程度"
    assert "H" not in sheet.columns, "what the user says comes before the column that is called so"
    assert "G列“学历层次”按指定读作“人口”的“文化程度”" in sheet.notes
    assert result.settings == (
        "人口的“学历层次”列读作“文化程度”",
        "人口的“没有的”列读作“民族”（本次没有用上）",
    )


def _without(row: Any, field: str) -> dict[str, str]:
    return {name: text for name, text in row.items() if name != field}


@pytest.mark.parametrize(
    ("meaning", "says"),
    [
        (HeaderMeaning("底保", "身份证", "证件号码"), "没有台账“底保”，最接近的是“低保”"),
        (HeaderMeaning("低保", "身份证", "证件号"), "没有字段“证件号”，最接近的是“证件号码”"),
    ],
)
def test_an_unknown_ledger_or_field_is_refused(meaning: HeaderMeaning, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        with_headers(LEDGERS, [meaning])


# Levels, switches, designations.


def test_the_level_of_a_rule_is_set_for_the_run(data: Path) -> None:
    before, after = audited(data), audited(data, severities={"KEY-05": Severity.INFO})
    assert [finding.severity for finding in of(before, "KEY-05")] == [Severity.ERROR]
    assert [finding.severity for finding in of(after, "KEY-05")] == [Severity.INFO]
    assert run_of(after, "KEY-05").severity is Severity.INFO
    assert after.settings == ("KEY-05 的级别改为提示",)


LOCAL = "id: 本县\ntitle: 本县\nextends: national\nplace: {县: 清河县}\nrules: {KEY-05: {enabled: false}}\n"


@pytest.mark.parametrize(
    ("options", "status"),
    [({}, "not_checked"), ({"enabled": ["KEY-05"]}, "ran"),
     ({"enabled": ["KEY-05"], "disabled": ["KEY-05"]}, "not_checked")],
)  # fmt: skip
def test_a_rule_a_pack_switched_off_can_be_switched_on(
    options: dict[str, Any], status: str, data: Path, tmp_path: Path
) -> None:
    (tmp_path / "pack.yaml").write_text(LOCAL, encoding="utf-8")
    result = audit(data, packs=[tmp_path], as_of=AS_OF, options=Options(**options))
    assert run_of(result, "KEY-05").status == status


@pytest.mark.parametrize("options", [{"severities": {"KEY-5": Severity.INFO}}, {"enabled": ["KEY-5"]}])
def test_an_unknown_rule_is_refused(options: dict[str, Any], data: Path) -> None:
    with pytest.raises(UsageError, match="没有规则“KEY-5”，最接近的是“KEY-05”"):
        audited(data, **options)


def test_a_designation_that_need_not_fit_is_told_when_it_does_not(data: Path) -> None:
    missing = Designation("低保", "民政局.xlsx")
    with pytest.raises(UsageError, match=r"没有“民政局.xlsx”"):
        audited(data, designations=[missing])
    result = audited(data, designations=[replace(missing, required=False)])
    assert result.settings == ("指定 低保=民政局.xlsx（本次没有用上）",)


def test_a_designation_by_the_whole_path_is_used(data: Path) -> None:
    book = next(path.resolve() for path in sorted(data.iterdir()) if path.suffix in (".csv", ".xlsx"))
    (named,) = {
        ledger for sheet in audited(data).inputs if sheet.file == book.name for ledger in sheet.ledgers[:1]
    }
    result = audited(data, designations=[Designation(named, book.as_posix())])
    assert result.settings == (f"指定 {named}={book.as_posix()}",)
    assert {sheet.file for sheet in result.inputs if named in sheet.ledgers} >= {book.name}


def test_two_counties_and_two_years_are_judged_by_their_own_poverty_lines(tmp_path: Path) -> None:
    """The built-in packs: in 2018 3600 yuan in 安岳 (资阳), 3535 elsewhere; in 2019 3747 in both."""
    rule = tmp_path / "线.yaml"
    rule.write_text(
        "rules:\n  - {id: XYZ-01, title: 过线, ledger: 户年度, require: 人均纯收入 >= param.贫困线, severity: error,"
        ' say: "{年度}年{人均纯收入}元，线{线}元", show: {线: param.贫困线}, why: 试, fix: 试, owner: 村,'
        " examples: {good: [{人均纯收入: 9999}], bad: [{人均纯收入: 1}]}}\n",
        encoding="utf-8",
    )
    places: dict[str, Row] = {
        "1": {"省": "四川省", "市": "资阳市", "县": "安岳县"},
        "2": {"省": "辽宁省", "市": "抚顺市", "县": "清原满族自治县"},
    }
    incomes = [("2018", "3599"), ("2019", "3746")]
    books: dict[str, Book] = {
        "户": [{**household(number), **place} for number, place in places.items()],
        "户年度": [{"户编号": n, "年度": year, "人均纯收入": yuan} for n in places for year, yuan in incomes],
    }
    folder = tmp_path / "数据"
    folder.mkdir()
    write_books(folder, books)
    given = Options(designations=[Designation(title, f"{title}.csv") for title in books])
    result = audit(folder, packs=[rule], as_of=date(2019, 12, 31), options=given)
    said = sorted((finding.county, finding.message) for finding in of(result, "XYZ-01"))
    assert said == [
        ("安岳县", "2018年3599元，线3600元"),
        ("安岳县", "2019年3746元，线3747元"),
        ("清原满族自治县", "2019年3746元，线3747元"),
    ]
    assert run_of(result, "XYZ-01").counts == Counts(1, 3, 0)
