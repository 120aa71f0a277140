"""`check --by county`, and by itself where the memory does not suffice: the same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from books import household, person, write_books
from fupin_audit.cli import main
from fupin_audit.cluster.by_county import ByCounty
from fupin_audit.delivery import Delivery
from fupin_audit.engine.run import Judgement


def write_two_counties(root: Path) -> None:
    for at, county in enumerate(("甲县", "乙县")):
        (root / county).mkdir(parents=True)
        books = {
            "户": [household(str(at), 县=county, head=at)],
            "人口": [person(str(at), 0), person(str(at), 2)],
        }
        write_books(root / county, books)


def told_when_judged(monkeypatch: pytest.MonkeyPatch) -> list[ByCounty]:
    """Gets everything that is judged county by county."""
    judged: list[ByCounty] = []
    judge = ByCounty.judge

    def noted(by_county: ByCounty, delivery: Delivery) -> Judgement:
        judged.append(by_county)
        return judge(by_county, delivery)

    monkeypatch.setattr(ByCounty, "judge", noted)
    return judged


@pytest.mark.parametrize(
    "how", [("--by", "county"), pytest.param(("--memory-limit", "0.001MB"), marks=pytest.mark.slow)]
)
def test_the_report_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: tuple[str, str]
) -> None:
    judged = told_when_judged(monkeypatch)
    root = tmp_path / "云川市"
    write_two_counties(root)
    command = ["check", str(root), "--as-of", "2020-12-31", "--quiet", "--output"]
    for title in ("户", "人口"):
        command[2:2] = ["--as", f"{title}={title}.csv"]
    CliRunner().invoke(main, [*command, f"json={tmp_path / '一次.json'}"], catch_exceptions=False)
    assert not judged
    CliRunner().invoke(main, [*command, f"json={tmp_path / '分县.json'}", *how], catch_exceptions=False)
    assert judged
    assert (tmp_path / "分县.json").read_bytes() == (tmp_path / "一次.json").read_bytes()


def test_a_size_is_read_as_people_write_it() -> None:
    found = CliRunner().invoke(main, ["check", ".", "--memory-limit", "很多"])
    assert found.exit_code == 2
    assert "4GB" in found.output
