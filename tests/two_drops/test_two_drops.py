"""Which drop is which: what was not delivered, what can't be read, what a report tells of the last drop."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from books import Row
from fupin_audit import audit
from fupin_audit.cli import main
from fupin_audit.errors import UsageError
from fupin_audit.options import Options, Working
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Finding
from samples_audited import SAMPLES
from two_drops.county import Books, changed, compared, county, told, without, written

SON = "99010100000302"


def _drops(
    folder: Path, now: Callable[[Books], object], before: Callable[[Books], object] = lambda books: None
) -> tuple[Path, Path]:
    earlier, books = county(), county()
    before(earlier)
    now(books)
    return written(folder / "二月", books), written(folder / "一月", earlier)


def _unchecked(result: AuditResult) -> dict[str, str]:
    return {run.id: run.reason for run in result.rules_run if run.status != "ran"}


def _without_column(books: Books, ledger: str, name: str) -> None:
    books[ledger] = [{key: text for key, text in row.items() if key != name} for row in books[ledger]]


def test_without_a_last_drop_nothing_is_compared(tmp_path: Path) -> None:
    result = compared(written(tmp_path / "二月", county()), None)
    assert set(_unchecked(result).values()) == {"没有给上期的数据，用 --against 指明"}
    assert len(_unchecked(result)) == 6


@pytest.mark.parametrize("month", ["now", "before"])
def test_a_ledger_not_delivered_makes_nobody_gone_or_new(month: str, tmp_path: Path) -> None:
    lost = {"now": lambda books: None, "before": lambda books: None} | {
        month: lambda books: books.pop("人口")
    }
    result = compared(*_drops(tmp_path, lost["now"], lost["before"]))
    assert told(result) == []
    why = {"now": "未交付台账“人口”", "before": "上期（一月）没有台账“人口”"}[month]
    assert {rule: why in reason for rule, reason in _unchecked(result).items()} == {
        "CHG-01": True, "CHG-02": True, "CHG-05": True, "CHG-06": True,
    }  # fmt: skip


@pytest.mark.parametrize("month", ["now", "before"])
def test_a_column_not_delivered_is_said(month: str, tmp_path: Path) -> None:
    def lose(books: Books) -> None:
        _without_column(books, "人口", "证件号码")

    def keep(books: Books) -> None:
        """Nothing is lost."""

    now, before = (lose, keep) if month == "now" else (keep, lose)
    result = compared(*_drops(tmp_path, now, before))
    ledger = "人口" if month == "now" else "上期人口"
    assert _unchecked(result) == {"CHG-02": f"{ledger}缺列“证件号码”"}


def test_a_town_that_one_drop_lacks_is_not_compared(tmp_path: Path) -> None:
    def elsewhere(books: Books) -> None:
        for number in range(13, 25):
            changed(books, "户", {"户编号": f"9901010000{number:02}"}, 乡镇="白石镇")

    def gone(books: Books) -> None:
        elsewhere(books)
        for number in range(13, 25):
            for ledger in ("户", "人口", "户年度"):
                without(books, ledger, 户编号=f"9901010000{number:02}")

    result = compared(*_drops(tmp_path, gone, elsewhere))
    assert {rule for rule, *_ in told(result)} <= {"CHG-06"}


def test_most_of_a_county_gone_is_one_finding(tmp_path: Path) -> None:
    def few(books: Books) -> None:
        books["人口"] = [row for row in books["人口"] if not row["人编号"].endswith("02")]

    result = compared(*_drops(tmp_path, few))
    messages = [item.message for item in result.records if item.rule == "CHG-01"]
    assert messages == ["上期在册的72人里有24人本期不在，多半是本期没有交全：先看两期交的是不是同一范围"]


@pytest.mark.parametrize(
    ("ledger", "field", "says"),
    [
        ("人口", "证件号码", "两期都有的72人里有72人证件号码不同"),
        ("户", "主要致贫原因", "两期都有的24户里有24户这一列不同"),
        ("户年度", "工资性收入", "封账年度的24户里有24户工资性收入不同"),
    ],
)
def test_a_column_that_changed_everywhere_is_one_finding(
    ledger: str, field: str, says: str, tmp_path: Path
) -> None:
    def otherwise(books: Books) -> None:
        others = {"证件号码": "990101190001010012", "主要致贫原因": "因残", "工资性收入": "1.2"}
        books[ledger] = [
            {**row, field: f"{others[field][:-3]}{at:03}" if field == "证件号码" else others[field]}
            for at, row in enumerate(books[ledger])
        ]

    (item,) = compared(*_drops(tmp_path, otherwise)).records
    assert item.message.startswith(says)


def test_a_result_is_no_last_drop(tmp_path: Path) -> None:
    now = written(tmp_path / "二月", county())
    told_to = CliRunner().invoke(main, ["check", str(now), "--against", str(tmp_path / "结果.json")])
    assert told_to.exit_code == 2
    assert "--baseline" in told_to.stderr


def test_the_year_that_is_open_is_the_last_drops(tmp_path: Path) -> None:
    def mend(books: Books) -> None:
        changed(books, "户年度", {"户编号": "990101000003", "年度": "2020"}, 工资性收入="15000")

    now, last = _drops(tmp_path, mend)
    assert told(compared(now, last)) == []
    assert told(compared(now, last, as_of=date(2021, 12, 31))) == []
    assert "截止2020-12-31" in compared(now, last, as_of=date(2021, 12, 31)).settings[0]


def test_counties_judged_one_by_one_are_told_the_same(tmp_path: Path) -> None:
    def two_counties(books: Books) -> None:
        for number in range(13, 25):
            changed(books, "户", {"户编号": f"9901010000{number:02}"}, 县="青石县", 乡镇="白石镇")

    def otherwise(books: Books) -> None:
        two_counties(books)
        without(books, "人口", 人编号=SON)
        changed(books, "人口", {"人编号": "99010100000402"}, 户编号="990101000014")
        changed(books, "户", {"户编号": "990101000015"}, 主要致贫原因="因残")
        for ledger in ("户", "人口", "户年度"):
            without(books, ledger, 户编号="990101000016")

    now, last = _drops(tmp_path, otherwise, two_counties)
    whole, parts = compared(now, last), compared(now, last, working=Working(by_county=True))
    assert {item.rule for item in whole.records} == {"CHG-01", "CHG-03", "CHG-05", "CHG-06"}
    assert sorted(map(_told_of, parts.records)) == sorted(map(_told_of, whole.records))
    assert [(run.id, run.counts) for run in parts.rules_run] == [
        (run.id, run.counts) for run in whole.rules_run
    ]


def _told_of(finding: Finding) -> tuple[str, ...]:
    return (finding.fingerprint, finding.message, str(finding.place), *map(str, finding.locations))


def test_a_fingerprint_is_the_same_next_time(tmp_path: Path) -> None:
    def gone(books: Books) -> None:
        without(books, "人口", 人编号=SON)

    def gone_and_sorted(books: Books) -> None:
        gone(books)
        for rows in books.values():
            rows.reverse()

    for name in "甲乙":
        (tmp_path / name).mkdir()
    one = compared(*_drops(tmp_path / "甲", gone))
    other = compared(*_drops(tmp_path / "乙", gone_and_sorted))
    assert {item.fingerprint for item in one.records} == {item.fingerprint for item in other.records}


def test_a_file_of_both_drops_is_refused(tmp_path: Path) -> None:
    now, last = _drops(tmp_path, lambda books: None)
    with pytest.raises(UsageError, match="既在本期又在上期"):
        audit(tmp_path, against=last)
    with pytest.raises(UsageError, match="找不到"):
        audit(now, against=tmp_path / "三月")


def test_what_cannot_be_read_of_the_last_drop_is_said(tmp_path: Path) -> None:
    now, last = _drops(tmp_path, lambda books: None)
    (last / "坏的.xlsx").write_bytes(b"no workbook")
    shutil.copy(SAMPLES / "清河县" / "4.住房标识牌补录.xlsx", last)
    result = compared(now, last)
    assert [sheet.file for sheet in result.unreadable] == ["（上期）一月/坏的.xlsx"]
    assert "上期没有认出、没有参加比对：4.住房标识牌补录.xlsx!补录（像“住房标识牌”）" in result.doubts


def test_what_the_last_drop_says_is_not_checked_by_itself(tmp_path: Path) -> None:
    """Its own faults were told when it was checked."""

    def faulty(books: Books) -> None:
        changed(books, "人口", {"人编号": SON}, 证件号码="99010119800315", 与户主关系="")

    now, last = _drops(tmp_path, lambda books: None, faulty)
    files = {at.file for item in audit(now).records for at in item.locations}
    result = audit(now, against=last, options=Options())
    others = [item for item in result.records if not item.rule.startswith("CHG")]
    assert {at.file for item in others for at in item.locations} == files
    assert [item.rule for item in result.records if item.rule.startswith("CHG")] == ["CHG-02"]


def test_numbers_are_masked_and_told_apart(tmp_path: Path) -> None:
    def other(books: Books) -> None:
        row: Row = next(row for row in books["人口"] if row["人编号"] == SON)
        changed(books, "人口", {"人编号": SON}, 证件号码=f"{row['证件号码'][:-2]}99")

    item = compared(*_drops(tmp_path, other)).records[0]
    assert item.message.endswith("（隐去的第17、18位不同）")
    assert [at.value for at in item.locations][:2] == ["990101************"] * 2
    assert [at.file for at in item.locations][:2] == ["人口.csv", "（上期）一月/人口.csv"]
