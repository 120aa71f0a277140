"""A waiver covers the finding it names until its day, while the value is the one that was exempt; else it is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from fupin_audit.cli import main
from fupin_audit.errors import RuleError, UsageError
from fupin_audit.followup.waivers.waiver import value_of
from fupin_audit.reports.findings import json_file, workbook
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.tasks.waiver_lists import read_waivers
from saved import saved

DAY = date(2021, 2, 28)
ENTRY = {"理由": "待更正", "批准人": "周立", "有效期": "2021-12-31"}


def yaml_of(path: Path, entry: Mapping[str, str]) -> Path:
    lines = [f"{'- ' if at == 0 else '  '}{name}: {text}" for at, (name, text) in enumerate(entry.items())]
    path.write_text("豁免:\n" + "\n".join(f"  {line}" for line in lines) + "\n", encoding="utf-8")
    return path


def sheet_of(path: Path, entry: Mapping[str, str]) -> Path:
    book = openpyxl.Workbook()
    assert book.active
    book.active.append(["豁免清单"])
    book.active.append(list(entry))
    book.active.append(list(entry.values()))
    book.save(path)
    book.close()
    return path


def table_of(path: Path, entry: Mapping[str, str]) -> Path:
    path.write_text("\n".join([",".join(entry), ",".join(entry.values())]), encoding="gb18030")
    return path


WRITTEN: Mapping[str, tuple[str, Callable[[Path, Mapping[str, str]], Path]]] = {
    "yaml": ("豁免.yaml", yaml_of),
    "xlsx": ("豁免.xlsx", sheet_of),
    "csv": ("豁免.csv", table_of),
}


@pytest.mark.parametrize("kind", WRITTEN)
def test_a_list_is_read_in_each_form(kind: str, county: AuditResult, tmp_path: Path) -> None:
    first, second, *_ = [item for item in county.records if item.household and item.locations]
    name, write = WRITTEN[kind]
    about = {"户编号": first.household, "规则": first.rule, "原值": value_of(first)}
    waivers = read_waivers([write(tmp_path / name, {**about, **ENTRY})])
    assert waivers.of(first, DAY)
    assert waivers.of(second, DAY) is None
    assert waivers.of(first, date(2022, 1, 1)) is None
    changed = replace(first, locations=(replace(first.locations[0], value="另一个"), *first.locations[1:]))
    assert waivers.of(changed, DAY) is None


@pytest.mark.parametrize("kind", WRITTEN)
def test_an_entry_that_does_not_say_enough_is_refused(kind: str, tmp_path: Path) -> None:
    name, write = WRITTEN[kind]
    with pytest.raises(RuleError, match="才知道豁免的是哪一条") as told:
        read_waivers([write(tmp_path / name, {"户编号": "9901", **ENTRY})])
    assert told.value.line
    with pytest.raises((RuleError, UsageError), match="有效期"):
        read_waivers([write(tmp_path / name, {"指纹": "ab", **ENTRY, "有效期": "明年"})])


def test_what_is_no_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有豁免清单的表头"):
        read_waivers([sheet_of(tmp_path / "别的.xlsx", {"户编号": "1"})])
    with pytest.raises(UsageError, match="读不了"):
        read_waivers([tmp_path / "没有.xlsx"])


def test_waivers_that_cover_nothing_are_told(county: AuditResult, tmp_path: Path) -> None:
    first = next(item for item in county.records if item.household and item.locations)
    about = {"户编号": first.household, "规则": first.rule}
    cases = {
        "没有对应的发现": {"户编号": "9901", "规则": "KEY-05", **ENTRY},
        "已在 2021-01-31 到期": {**about, **ENTRY, "有效期": "2021-01-31"},
        "不再豁免": {**about, **ENTRY, "原值": "另一个"},
    }
    for said, entry in cases.items():
        waivers = read_waivers([yaml_of(tmp_path / "豁免.yaml", entry)])
        (complaint,) = waivers.complaints(county.records, DAY)
        assert said in complaint
        assert complaint.startswith("豁免.yaml 第1条")


@pytest.fixture
def waive(county: AuditResult, tmp_path: Path) -> Callable[..., Result]:
    saved(json_file.write, county, tmp_path / "结果.json")
    saved(workbook.write, county, tmp_path / "台账.xlsx")

    def run(report: str, number: str) -> Result:
        given = ["waive", str(tmp_path / report), number, "--to", str(tmp_path / "豁免.yaml")]
        return CliRunner().invoke(
            main, [*given, "--reason", "待更正", "--approved-by", "周立", "--until", "2021-12-31"]
        )

    return run


@pytest.mark.parametrize("report", ["结果.json", "台账.xlsx"])
def test_a_finding_is_waived_by_its_number(
    report: str, waive: Callable[..., Result], county: AuditResult, tmp_path: Path
) -> None:
    assert waive(report, "3").exit_code == 0
    (waiver,) = read_waivers([tmp_path / "豁免.yaml"]).listed
    (covered,) = [item for item in county.records if read_waivers([tmp_path / "豁免.yaml"]).of(item, DAY)]
    assert waiver.fingerprint == covered.fingerprint
    if report.endswith("json"):
        assert covered == county.records[2]


def test_what_stands_in_the_list_stays(
    waive: Callable[..., Result], county: AuditResult, tmp_path: Path
) -> None:
    path = tmp_path / "豁免.yaml"
    yaml_of(path, {"指纹": "ab", **ENTRY})
    before = path.read_text(encoding="utf-8") + "  # 我的说明\n"
    path.write_text(before, encoding="utf-8")
    assert waive("结果.json", county.records[0].fingerprint).exit_code == 0
    assert path.read_text(encoding="utf-8").startswith(before)
    assert len(read_waivers([path]).listed) == 2
    again = waive("结果.json", county.records[0].fingerprint)
    assert (again.exit_code, "已经有" in again.output) == (2, True)
    assert len(read_waivers([path]).listed) == 2


def test_a_number_there_is_not_is_said(waive: Callable[..., Result]) -> None:
    told = waive("结果.json", "999999")
    assert (told.exit_code, "没有第 999999 条" in told.output) == (2, True)
