"""Every format, written whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import pytest

from fupin_audit.errors import OutputError, UsageError
from fupin_audit.reports.findings import json_file
from fupin_audit.reports.registry import (
    COMPARISON_REPORTS,
    REPORTS,
    SCORE_REPORTS,
    SCREEN_REPORTS,
    VIEW_REPORTS,
    write_report,
    writer,
)
from fupin_audit.results.audit_result import AuditResult


@pytest.mark.parametrize("name", REPORTS)
def test_every_format_is_written(county: AuditResult, tmp_path: Path, name: str) -> None:
    path = tmp_path / "报告.out"
    write_report(county, REPORTS[name], path)
    assert path.read_bytes() not in (b"", "旧的".encode())
    assert [file.name for file in tmp_path.iterdir()] == ["报告.out"]


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_is_for_its_owner_alone(county: AuditResult, tmp_path: Path, name: str) -> None:
    write_report(county, REPORTS[name], tmp_path / "报告")
    assert (tmp_path / "报告").stat().st_mode & 0o077 == 0


def test_a_failure_leaves_the_old_file_and_nothing_else(
    county: AuditResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(_: AuditResult, sink: BinaryIO) -> None:
        sink.write("一半".encode())
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(json_file, "write", break_off)
    path = tmp_path / "报告.json"
    path.write_text("旧的", encoding="utf-8")
    with pytest.raises(OutputError, match=r"不能写到 .*报告\.json：磁盘已满"):
        write_report(county, REPORTS["json"], path)
    assert path.read_text(encoding="utf-8") == "旧的"
    assert [file.name for file in tmp_path.iterdir()] == ["报告.json"]


def test_what_is_no_file_is_not_replaced(county: AuditResult, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="它是文件夹"):
        write_report(county, REPORTS["json"], tmp_path)
    with pytest.raises(OutputError, match="不是普通文件"):
        write_report(county, REPORTS["json"], Path("/dev/null"))
    assert not Path("/dev/null").is_file()


def test_a_folder_that_is_not_there_is_told(county: AuditResult, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="不能写到"):
        write_report(county, REPORTS["json"], tmp_path / "没有" / "报告.json")


@pytest.mark.parametrize(
    "formats", [REPORTS, COMPARISON_REPORTS, VIEW_REPORTS, SCORE_REPORTS, SCREEN_REPORTS]
)
def test_every_registered_module_writes(formats: dict[str, str]) -> None:
    assert all(callable(writer(module)) for module in formats.values())
