"""The page: what stands in it, and what a browser makes of it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from fupin_audit.reports.page import html_page
from fupin_audit.reports.page.heat import heat
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Severity
from fupin_audit.results.place import Place
from saved import saved

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--enable-logging=stderr",
)  # fmt: skip
MANY = 10_000
_LARGEST = 5_000_000


def written(result: AuditResult, folder: Path) -> Path:
    path = folder / "报告.html"
    saved(html_page.write, result, path)
    return path


def data(path: Path) -> dict[str, Any]:
    page: html.HtmlElement = html.fromstring(path.read_bytes())
    found: dict[str, Any] = json.loads(str(page.xpath("string(//script[@id='data'])")))
    return found


def many(county: AuditResult) -> AuditResult:
    """Ten thousand findings in three hundred villages."""
    records = [
        replace(
            county.records[number % len(county.records)],
            household=f"990101{number:08}",
            place=Place("清河县", f"第{number % 20}镇", f"第{number % 300}村"),
            fingerprint=f"{number:016x}",
        )
        for number in range(MANY)
    ]
    return replace(county, records=tuple(records))


def test_every_finding_stands_in_it_once(county: AuditResult, tmp_path: Path) -> None:
    told = data(written(county, tmp_path))
    assert [(row[0], row[2], row[-1]) for row in told["findings"]] == [
        (finding.rule, finding.severity.value, finding.fingerprint) for finding in county.records
    ]
    assert [told["texts"][row[3]] for row in told["findings"]] == [str(f.place) for f in county.records]


def test_the_table_of_places_adds_up_to_the_errors_and_doubts(county: AuditResult) -> None:
    table = heat(county)
    grave = [finding for finding in county.records if finding.severity is not Severity.INFO]
    assert sum(row.total for row in table.rows) == len(grave)
    assert all(sum(cell.number for cell in row.cells) == row.total for row in table.rows)
    assert [row.total for row in table.rows] == sorted((row.total for row in table.rows), reverse=True)


def test_what_people_typed_stays_text(county: AuditResult, tmp_path: Path) -> None:
    bad = "</script><script>alert(1)</script><!--"
    finding = replace(county.records[0], message=bad, head=bad, title=bad, place=Place(bad, bad, bad))
    path = written(replace(county, records=(finding,)), tmp_path)
    tree = html.fromstring(path.read_bytes())
    assert len(tree.findall(".//script")) == 2
    assert data(path)["findings"][0][8] == bad


def test_nothing_is_asked_of_any_network(county: AuditResult, tmp_path: Path) -> None:
    text = written(county, tmp_path).read_text(encoding="utf-8")
    policy = html.fromstring(text.encode()).xpath(
        "string(//meta[@http-equiv='Content-Security-Policy']/@content)"
    )
    assert str(policy).startswith("default-src 'none'; style-src 'sha256-")
    assert re.findall(r"""(?:src|href)=["'](?!#)""", text) == []
    assert re.findall(r"https?://|@import|url\(", text) == []


def test_ten_thousand_findings_make_a_page_that_can_be_mailed(county: AuditResult, tmp_path: Path) -> None:
    assert written(many(county), tmp_path).stat().st_size < _LARGEST


def browse(what: str, path: Path, view: str, folder: Path) -> tuple[bytes, str]:
    """What a browser says of the page when its program has run, and what it complained of."""
    if BROWSER is None:
        pytest.skip("no chromium here; .ci/run does not begin without one")
    profile = f"--user-data-dir={folder / 'browser'}"
    command = [BROWSER, *QUIET, profile, what, f"{path.as_uri()}#{view}"]
    done = subprocess.run(command, capture_output=True, timeout=60, check=True)
    complaints = [line for line in done.stderr.decode("utf-8", "replace").splitlines() if "CONSOLE" in line]
    return done.stdout, "\n".join(complaints)


def seen(path: Path, view: str, folder: Path) -> tuple[html.HtmlElement, str]:
    """The page as a browser has it, and what it complained of."""
    dumped, complaints = browse("--dump-dom", path, view, folder)
    return html.fromstring(dumped), complaints


def printed(result: AuditResult, folder: Path) -> int:
    """How many sheets of paper the page takes."""
    paper = folder / "页.pdf"
    browse(f"--print-to-pdf={paper}", written(result, folder), "", folder)
    return len(re.findall(rb"/Type */Page\b", paper.read_bytes()))


def test_a_browser_shows_all_and_complains_of_nothing(county: AuditResult, tmp_path: Path) -> None:
    page, complaints = seen(written(county, tmp_path), "", tmp_path)
    assert complaints == ""
    assert page.get_element_by_id("count").text == f"{len(county.records)} 条"
    assert len(page.find_class("finding")) == len(county.records)


@pytest.mark.parametrize("asked", ["severity", "rule", "place", "q"])
def test_a_view_in_the_address_shows_what_it_asks_for(
    asked: str, county: AuditResult, tmp_path: Path
) -> None:
    first = county.records[1]
    values = {
        "severity": first.severity.value, "rule": first.rule, "place": str(first.place), "q": first.household,
    }  # fmt: skip
    wanted = {
        "severity": [f for f in county.records if f.severity is first.severity],
        "rule": [f for f in county.records if f.rule == first.rule],
        "place": [f for f in county.records if f.place == first.place],
        "q": [f for f in county.records if first.household in (f.household + f.message)],
    }[asked]
    page, complaints = seen(written(county, tmp_path), f"{asked}={values[asked]}", tmp_path)
    assert complaints == ""
    assert page.get_element_by_id("count").text == f"{len(wanted)} 条（共 {len(county.records)} 条）"
    assert len(page.find_class("finding")) == len(wanted)


def test_all_that_is_asked_for_is_printed_not_only_what_is_listed(
    county: AuditResult, tmp_path: Path
) -> None:
    everything = many(county)
    some, fewer = (replace(everything, records=everything.records[:number]) for number in (300, 100))
    assert printed(some, tmp_path) > 2 * printed(fewer, tmp_path)


def test_a_browser_lists_the_first_of_ten_thousand(county: AuditResult, tmp_path: Path) -> None:
    page, complaints = seen(written(many(county), tmp_path), "", tmp_path)
    assert complaints == ""
    assert page.get_element_by_id("count").text == f"{MANY} 条"
    assert len(page.find_class("finding")) == 100
