"""No output shows an ID number, phone or account in full unless asked to (D10)."""

from __future__ import annotations

import json
import re
import zipfile
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from books import AS_OF, IDS, household, person, write_books
from effort import some_by_day
from fupin_audit import Options, audit
from fupin_audit.cli import main
from fupin_audit.reports.registry import REPORTS, write_report
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.workbook.loading import load
from samples_audited import SAMPLES, SampleAudits

SAMPLE = SAMPLES / "清河县"
SHORTEST = 11  # a mobile phone


@pytest.fixture
def masked(audits: SampleAudits) -> AuditResult:
    return audits.of(SAMPLE.name)


@cache
def secrets() -> frozenset[str]:
    """Every personal value of the sample, as it was read and as it stands in the sheets."""
    found: set[str] = set()
    for table in load([SAMPLE]).tables.values():
        for name, column in table.ledger.columns().items():
            if column.type.private and name in table.fields:
                texts = table.cells.texts.get(name)
                found.update(table.data.column(name).drop_null().to_pylist())
                found.update(texts.drop_null().to_pylist() if texts is not None else ())
    return frozenset(text for text in found if len(text) >= SHORTEST)


def quoted(secret: frozenset[str], text: str) -> list[str]:
    """The secrets that stand in a text by themselves."""
    words = set(re.findall(r"[0-9A-Za-z]+", text))
    return sorted(secret & words) + [each for each in secret if not each.isalnum() and each in text]


def whole_text(path: Path) -> str:
    if path.suffix == ".parquet":
        return str(pd.read_parquet(path).to_json(force_ascii=False))
    if not zipfile.is_zipfile(path):
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as package:
        return "\n".join(package.read(name).decode("utf-8") for name in package.namelist())


def test_the_sample_has_secrets() -> None:
    assert len(secrets()) > 500


@pytest.mark.parametrize("name", REPORTS)
def test_no_report_shows_a_secret(name: str, tmp_path: Path, masked: AuditResult) -> None:
    path = tmp_path / f"报告.{name}"
    write_report(masked, REPORTS[name], path)
    assert quoted(secrets(), whole_text(path)) == []


def test_the_data_frame_shows_no_secret(masked: AuditResult) -> None:
    rows = masked.findings.to_dict(orient="records")
    assert quoted(secrets(), json.dumps(rows, ensure_ascii=False, default=str)) == []


def test_inspect_shows_no_secret() -> None:
    result = CliRunner().invoke(main, ["inspect", str(SAMPLE)])
    assert result.exit_code in (0, 3)
    assert quoted(secrets(), result.output + result.stderr) == []


def test_masking_keeps_the_same_value_recognisable(masked: AuditResult) -> None:
    """The same number is masked the same way everywhere, so that a clerk can find it."""
    shown = {
        at.value
        for finding in masked.records
        for at in finding.locations
        if at.field == "证件号码" and at.value
    }
    assert shown
    assert all("*" in value or len(value) < SHORTEST for value in shown)


def test_reveal_shows_them_and_says_so(tmp_path: Path) -> None:
    write_books(
        tmp_path, {"户": [household("1")], "人口": [person("1", 0), {**person("1", 1), "证件号码": IDS[0]}]}
    )
    result = audit(tmp_path, as_of=AS_OF, options=Options(reveal=True))
    assert result.revealed
    assert any(IDS[0] in finding.message for finding in result.records if finding.rule == "ID-05")


def test_names_of_files_and_folders_are_masked(tmp_path: Path) -> None:
    """Also of a file that is no spreadsheet, and of the last drop, which rules on changes name where it lacks a ledger."""
    now, before = tmp_path / "本期", tmp_path / f"上期{IDS[0]}"
    for folder in (now, before):
        folder.mkdir()
        write_books(folder, {"户": [household("1")]})
    (now / f"张三{IDS[0]}.txt").write_text("说明", encoding="utf-8")
    path = tmp_path / "报告.json"
    write_report(audit(now, as_of=AS_OF, against=before), REPORTS["json"], path)
    told = path.read_text(encoding="utf-8")
    assert "张三990101************.txt" in told
    assert "上期（上期990101************）没有台账" in told
    assert IDS[0] not in told


# Numbers in columns that hold none: swapped columns are an everyday mistake.
MISPLACED = {
    "姓名": {"姓名": "990101198210100032"},
    "姓名与号码": {"姓名": "李四990101198210100032"},
    "与户主关系": {"与户主关系": "990101198210100032"},
    "人编号": {"人编号": "990101198210100032"},
    "务工时间": {"务工时间": "13912345678"},
    "出生日期": {"出生日期": "990101198210100032"},
    "务工企业名称": {"务工企业名称": "13912345678"},
    "备注": {"备注990101198210100032": "1"},
}


@pytest.mark.parametrize("where", some_by_day(MISPLACED), ids=range(len(MISPLACED)))
def test_numbers_in_the_wrong_column_are_masked_too(where: str, tmp_path: Path) -> None:
    others = dict.fromkeys(MISPLACED[where], "")
    books: dict[str, list[dict[str, str]]] = {
        "户": [dict(household("1"))],
        "人口": [{**others, **person("1", 0)}, {**person("1", 1), **MISPLACED[where]}],
    }
    columns = dict.fromkeys(name for row in books["人口"] for name in row)
    books["人口"] = [{name: row.get(name, "") for name in columns} for row in books["人口"]]
    data = tmp_path / "数据"
    data.mkdir()
    write_books(data, books)
    path = tmp_path / "报告.json"
    write_report(audit(data, as_of=AS_OF), REPORTS["json"], path)
    secret = frozenset({"990101198210100032", "13912345678"})
    assert [each for each in secret if each in path.read_text(encoding="utf-8")] == []
