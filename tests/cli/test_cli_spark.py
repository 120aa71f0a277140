"""`check --engine spark`: what it asks of the audit, and what it refuses before hours of work."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from fupin_audit.cli import main
from fupin_audit.options import OnSpark
from fupin_audit.results.audit_result import AuditResult
from standin import readable, stand_in


def test_the_audit_is_told_where_spark_is(county: AuditResult, monkeypatch: pytest.MonkeyPatch) -> None:
    auditor = stand_in(monkeypatch, readable(county))
    asked = ("--engine", "spark", "--master", "local[2]", "--findings", "hdfs://主机/发现")
    CliRunner().invoke(main, ["check", "清河县", *asked])
    assert auditor.options.working.spark == OnSpark("local[2]", "hdfs://主机/发现")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["--master", "local[2]"], "--master、--findings 要和 --engine spark 一起用"),
        (["--engine", "spark", "--by", "county"], "--by county 不能和 --engine spark 一起用"),
        (["--engine", "spark", "--cache", "缓存"], "--cache 不能和"),
        (["--engine", "spark", "--against", "一月"], "--against 不能和"),
        (["--engine", "spark", "--history", "史.db"], "--history 不能和"),
        (["--engine", "spark", "--annotate", "标注件"], "--annotate 不能和"),
        (["--engine", "spark", "--output", "html=页.html"], "--output html= 不能和"),
        (["--engine", "spark", "--output", "docx=通报.docx"], "--output docx= 不能和"),
    ],
)
def test_what_needs_the_rows_is_refused(
    county: AuditResult, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, asked: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    auditor = stand_in(monkeypatch, readable(county))
    result = CliRunner().invoke(main, ["check", "清河县", *asked])
    assert result.exit_code == 2
    assert told in result.output
    assert not auditor.paths
