"""`fupin-audit scorecard`: options, files, exit codes; the sample county as a clerk sees it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

from fupin_audit.cli import main
from fupin_audit.reports.scorecard import json_file as score_document
from fupin_audit.results.scorecard import Scorecard
from saved import saved
from scored import scorecard

SAMPLE = Path(__file__).parents[2] / "samples" / "清河县"
Run = Callable[..., Result]


class Scorer:
    """Stands in for the scoring: remembers how it was called."""

    def __init__(self, card: Scorecard) -> None:
        self.card = card
        self.given: dict[str, Any] = {}

    def __call__(self, paths: tuple[Path, ...], **given: Any) -> Scorecard:
        self.given = {"paths": paths, **given}
        return self.card


@pytest.fixture
def scorer(monkeypatch: pytest.MonkeyPatch) -> Scorer:
    standing_in = Scorer(replace(scorecard(), inputs=()))
    module = ModuleType("fupin_audit.tasks.scoring")
    module.__dict__.update(scorecard=standing_in)
    monkeypatch.setitem(sys.modules, "fupin_audit.tasks.scoring", module)
    return standing_in


@pytest.fixture
def run(scorer: Scorer) -> Run:
    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["scorecard", *arguments], prog_name="fupin-audit")

    return invoke


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), 0),
        (("--fail-below", "0"), 0),
        (("--fail-below", "1"), 1),  # 清河县 reaches none of its targets
        (("--level", "村", "--fail-below", "1"), 1),
        (("--level", "乡镇", "--fail-below", "100"), 0),  # no town has any
    ],
)
def test_exit_code_follows_fail_below(run: Run, options: tuple[str, ...], code: int) -> None:
    assert run("数据", *options).exit_code == code


def test_input_that_cannot_be_read_wins(run: Run, scorer: Scorer) -> None:
    scorer.card = scorecard()
    assert run("数据", "--fail-below", "100").exit_code == 3


def test_options_are_handed_on(run: Run, scorer: Scorer) -> None:
    run(
        "数据",
        "--as-of",
        "2020-06-30",
        "--pack",
        "national",
        "--set",
        "贫困线=4000",
        "--as",
        "低保=甲.xlsx!表",
    )
    assert scorer.given["paths"] == (Path("数据"),)
    assert scorer.given["as_of"] == date(2020, 6, 30)
    assert scorer.given["packs"] == ("national",)
    assert scorer.given["options"].parameters == {"贫困线": "4000"}
    assert scorer.given["options"].designations[0].ledger == "低保"


def test_files_are_written_and_told(run: Run, tmp_path: Path) -> None:
    result = run(
        "数据",
        "--quiet",
        "--output",
        f"xlsx={tmp_path / '甲.xlsx'}",
        "--output",
        f"json={tmp_path / '乙.json'}",
    )
    assert result.exit_code == 0
    assert result.stdout.startswith("2 个县、0 个乡镇、3 个村，达标最少的是清河县：有目标的指标 3 项，达标 0")
    assert openpyxl.load_workbook(tmp_path / "甲.xlsx").sheetnames[0] == "县"
    assert score_document.read(tmp_path / "乙.json").as_of == date(2020, 12, 31)


def test_json_goes_to_stdout_and_the_verdict_to_stderr(run: Run) -> None:
    result = run("数据", "--format", "json")
    assert json.loads(result.stdout)["kind"] == "fupin-audit scorecard"
    assert "达标 0、未达标 3" in result.stderr


def test_an_earlier_result_is_compared_with(run: Run, tmp_path: Path) -> None:
    saved(score_document.write, scorecard(earlier=True), tmp_path / "6月.json")
    assert "好转+10点" in run("数据", "--against", str(tmp_path / "6月.json")).stdout


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--against", "没有.json"), "没有文件 没有.json"),
        (("--level", "组"), "不在可选的值里"),
        (("--fail-below", "多"), "不是数字"),
        (("--output", "pdf=甲.pdf"), "可用的有 text、json、xlsx、html"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_read(
    run: Run, scorer: Scorer, options: tuple[str, ...], says: str
) -> None:
    result = run("数据", *options)
    assert (result.exit_code, scorer.given) == (2, {})
    assert says in result.stderr


@pytest.mark.parametrize("width", [60, 80])
def test_help_fits_the_screen(width: int) -> None:
    result = CliRunner().invoke(main, ["scorecard", "--help"], prog_name="fupin-audit", terminal_width=width)
    assert [line for line in result.stdout.splitlines() if cell_len(line) > width] == []


# The sample county, by the whole path.


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    path = tmp_path_factory.mktemp("报告") / "结果.json"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "80")
        result = CliRunner().invoke(main, ["scorecard", str(SAMPLE), "--output", f"json={path}"])
    return result, path


def test_sample_reads_as_agreed(sample: tuple[Result, Path], golden: Callable[[str, str], None]) -> None:
    text = "".join(f"{line.rstrip()}\n" for line in sample[0].stdout.splitlines())
    golden("reports/scorecard-sample.txt", text)
    assert sample[0].exit_code == 0


def test_nothing_changes_against_itself(sample: tuple[Result, Path]) -> None:
    before = score_document.read(sample[1])
    since = before.against(before)
    changes = {score.change for item in since.indicators for score in item.scores if score.value is not None}
    assert changes == {0}
