"""`track` and `check --history` as a user types them: what is said, what is written, the exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from books import household, person, write_books
from effort import some_by_day
from fupin_audit.cli import main
from fupin_audit.reports.registry import TRACK_REPORTS, mark_of

HOMES = ("990101000001", "990101000002")
Run = Callable[..., Result]


def drop(folder: Path, *months: str) -> Path:
    """A man a household who worked so many months."""
    folder.mkdir()
    people = [
        {**person(home, order * 2, 务工时间=worked), "与户主关系": "户主"}
        for order, (home, worked) in enumerate(zip(HOMES, months, strict=True))
    ]
    homes = [dict(household(home, head=order * 2, 家庭人口="1")) for order, home in enumerate(HOMES)]
    write_books(folder, {"户": homes, "人口": people})
    return folder


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)

    def invoke(command: str, *given: str) -> Result:
        return CliRunner().invoke(main, [command, *given, "--as-of", "2020-12-31"], prog_name="fupin-audit")

    return invoke


def test_three_months_by_the_command(run: Run, tmp_path: Path) -> None:
    for name, months in (("一月", ("13", "14")), ("二月", ("8", "14")), ("三月", ("13", "14"))):
        drop(tmp_path / name, *months)
    history = ("--history", "县.db")
    first = run("track", "一月", *history, "--on", "2021-01-31", "--due", "2021-02-15", "--quiet")
    assert first.exit_code == 1
    second = run("track", "二月", *history, "--on", "2021-02-28", "--quiet")
    assert (second.exit_code, "已整改 2" in second.output, "逾期 6" in second.output) == (0, True, True)
    late = run("track", "二月", *history, "--on", "2021-02-28", "--quiet", "--fail-on-overdue")
    assert (late.exit_code, late.output) == (1, second.output)
    third = run("check", "三月", *history, "--on", "2021-03-31")
    assert (third.exit_code, "复发 2" in third.output) == (1, True)


@pytest.mark.parametrize("name", some_by_day(TRACK_REPORTS))
def test_each_report_is_written_and_may_be_written_again(name: str, run: Run, tmp_path: Path) -> None:
    drop(tmp_path / "一月", "13", "8")
    again = 2 if mark_of(TRACK_REPORTS[name]) else 1  # a letter people go on with is never written over
    for number in range(again):
        lists = ("--lists", f"清单{number}")
        told = run("track", "一月", "--history", "县.db", "--output", f"{name}=报告", *lists)
        assert (told.exit_code, "已写出 报告" in told.output) == (1, True), told.output
    assert (tmp_path / "报告").stat().st_size > 500


def test_an_earlier_report_will_do(run: Run, tmp_path: Path) -> None:
    drop(tmp_path / "一月", "13", "8")
    drop(tmp_path / "二月", "13", "9")
    run("check", "一月", "--output", "json=一月.json", "--quiet")
    told = run("track", "二月", "--baseline", "一月.json", "--format", "json")
    report = json.loads(told.stdout)
    assert (told.exit_code, report["counts"]["仍存在"], report["counts"]["新增"]) == (
        0,
        len(report["findings"]),
        0,
    )


def test_a_history_is_a_baseline(run: Run, tmp_path: Path) -> None:
    drop(tmp_path / "一月", "13", "8")
    drop(tmp_path / "二月", "13", "15")
    assert run("check", "一月", "--history", "县.db", "--quiet").exit_code == 1
    assert run("check", "一月", "--baseline", "县.db", "--quiet").exit_code == 0
    assert run("check", "二月", "--baseline", "县.db", "--quiet").exit_code == 1


def test_what_people_wrote_is_taken_from_the_ledgers_that_came_back(run: Run, tmp_path: Path) -> None:
    drop(tmp_path / "一月", "13", "14")
    drop(tmp_path / "二月", "8", "14")
    run("track", "一月", "--history", "县.db", "--on", "2021-01-31", "--quiet")
    run("check", "一月", "--output", "xlsx=台账.xlsx", "--quiet")
    book = openpyxl.load_workbook(tmp_path / "台账.xlsx")
    sheet = book["全部发现"]
    at = {cell.value: number for number, cell in enumerate(sheet[3])}
    for row in sheet.iter_rows(min_row=4):
        if row[at["规则"]].value == "EMP-02":
            row[at["整改状态"]].value, row[at["核实结论"]].value = "已整改", "属实"
    book.save(tmp_path / "收回.xlsx")
    told = run(
        "track",
        "二月",
        "--history",
        "县.db",
        "--on",
        "2021-02-28",
        "--returned",
        "收回.xlsx",
        "--format",
        "json",
    )
    report = json.loads(told.stdout)
    said = {(item["rule"], item["household"]): item for item in report["findings"]}
    mended, false = said["EMP-02", HOMES[0]], said["EMP-02", HOMES[1]]
    assert (mended["state"], mended["claimed"], mended["false_closure"]) == ("已整改", "已整改", False)
    assert (false["state"], false["verified"], false["false_closure"]) == ("仍存在", "属实", True)
    assert {item["claimed"] for (rule, _), item in said.items() if rule != "EMP-02"} == {""}
    assert report["hit_rates"] == [{"rule": "EMP-02", "true": 2, "verified": 2, "noisy": False}]


WRONG = {
    "没有说与什么比": (("track", "一月"), 2, "--history 历史.db"),
    "两样都说": (("track", "一月", "--history", "县.db", "--baseline", "一月.json"), 2, "--history"),
    "不是历史": (("track", "一月", "--history", "一月/户.csv"), 2, "不是历史文件"),
    "写到一处": (("track", "一月", "--history", "县.db", "--output", "json=县.db"), 2, "不同的文件"),
    "没有文件夹": (("track", "一月", "--history", "没有/县.db"), 2, "请先建好"),
    "没有清单": (("track", "一月", "--history", "县.db", "--waivers", "没有.yaml"), 2, "读不了"),
    "豁免没有用处": (("check", "一月", "--waivers", "一月/户.csv"), 2, "--waivers 要与 --history"),
    "日期没有用处": (("check", "一月", "--on", "2021-01-31"), 2, "--on 要与 --history"),
    "不记户没有用处": (("check", "一月", "--history-without-households"), 2, "要与 --history 合用"),
    "不记户也不记历史": (
        ("track", "一月", "--baseline", "没有.json", "--history-without-households"),
        2,
        "要与 --history 合用",
    ),
    "空的日期": (("track", "一月", "--history", "县.db", "--on", ""), 2, "不是日期"),
    "空的期限": (("track", "一月", "--history", "县.db", "--due", "error="), 2, "不是日期"),
    "清单在数据里": (("track", "一月", "--history", "县.db", "--lists", "一月/清单"), 2, "里面"),
}


@pytest.mark.slow
def test_a_history_is_named_without_anybodys_number(run: Run, tmp_path: Path) -> None:
    drop(tmp_path / "一月", "13", "8")
    named = "990101197003050015"
    run("track", "一月", "--history", f"{named}.db", "--quiet")
    run("check", "一月", "--output", f"json={named}.json", "--quiet")
    for given in (
        ("--history", f"{named}.db"),
        ("--baseline", f"{named}.db"),
        ("--baseline", f"{named}.json"),
    ):
        assert named not in run("track", "一月", *given, "--format", "json").stdout
    assert named not in run("check", "一月", "--baseline", f"{named}.json", "--format", "json").stdout


def test_a_day_to_come_is_remarked_on(run: Run, tmp_path: Path) -> None:
    drop(tmp_path / "一月", "8", "8")
    told = run("track", "一月", "--history", "县.db", "--on", "9021-01-31", "--quiet")
    assert "更早的核对就记不进了" in told.stderr
    earlier = run("track", "一月", "--history", "县.db", "--on", "2021-02-28", "--quiet")
    assert (earlier.exit_code, "最后一次是 9021-01-31" in earlier.stderr) == (2, True)


@pytest.mark.parametrize("case", WRONG)
def test_what_can_not_be_is_said_before_any_work(case: str, run: Run, tmp_path: Path) -> None:
    drop(tmp_path / "一月", "13", "8")
    given, code, said = WRONG[case]
    told = run(*given)
    assert (told.exit_code, said in told.output, "Traceback" in told.output) == (code, True, False), (
        told.output
    )
