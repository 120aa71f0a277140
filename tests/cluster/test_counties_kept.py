"""What counties gave is kept county by county: the same report, and only the county that has changed is asked again."""

from __future__ import annotations

from pathlib import Path

import pytest

from books import AS_OF, household, person, write_books
from fupin_audit import Options, audit
from fupin_audit.engine.database.query_memory import Memory
from fupin_audit.engine.database.remembered_answers import Answers
from fupin_audit.options import Working
from fupin_audit.reports.registry import REPORTS, write_report
from fupin_audit.workbook.recognising.recognition import Designation

COUNTIES = ("甲县", "乙县")
DESIGNATIONS = tuple(Designation(title, f"{title}.csv") for title in ("户", "人口"))


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """Two counties that have nobody in common."""
    for at, county in enumerate(COUNTIES):
        (tmp_path / "市" / county).mkdir(parents=True)
        own = household(str(at), 县=county, head=at)
        write_books(
            tmp_path / "市" / county, {"户": [own], "人口": [person(str(at), at), person(str(at), 2 + at)]}
        )
    return tmp_path / "市"


def report(city: Path, cache: Path | None, *, by_county: bool = True) -> bytes:
    path = city.parent / "报告.json"
    working = Working(by_county=by_county, cache=cache)
    write_report(
        audit(city, as_of=AS_OF, options=Options(designations=DESIGNATIONS, working=working)),
        REPORTS["json"],
        path,
    )
    return path.read_bytes()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files of answers that something was added to."""
    found, keep = list[str](), Answers.keep

    def noted(self: Answers, key: str, answer: bytes) -> None:
        found.append(self._path.name)
        keep(self, key, answer)

    monkeypatch.setattr(Answers, "keep", noted)
    return found


@pytest.mark.slow
def test_a_county_has_a_file_of_its_own(city: Path, asked: list[str]) -> None:
    assert report(city, city.parent / "记") == report(city, None) == report(city, None, by_county=False)
    assert len(set(asked)) == len(COUNTIES)


def test_where_nothing_has_changed_nothing_is_asked(
    city: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = report(city, city.parent / "记")
    asked.clear()

    def refuse(*told: object) -> None:
        raise AssertionError(told)

    monkeypatch.setattr(Memory, "_make_what_it_names", refuse)
    assert report(city, city.parent / "记") == first
    assert asked == []


def test_where_one_county_has_changed_the_others_are_not_asked(city: Path, asked: list[str]) -> None:
    report(city, city.parent / "记")
    asked.clear()
    changed = household("0", 县="甲县", head=0, 户主姓名="某某")
    write_books(city / "甲县", {"户": [changed]})
    again = report(city, city.parent / "记")
    assert len(set(asked)) == 1
    assert again == report(city, None)


@pytest.mark.slow
def test_counties_that_were_done_are_not_asked_after_a_run_was_broken_off(
    city: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    direct, save, saved = report(city, None), Answers.save, list[str]()

    def broken_off(self: Answers) -> None:
        if saved:
            raise KeyboardInterrupt
        saved.append(self._path.name)
        save(self)

    with monkeypatch.context() as broken:
        broken.setattr(Answers, "save", broken_off)
        with pytest.raises(KeyboardInterrupt):
            report(city, city.parent / "记")
    asked.clear()
    assert report(city, city.parent / "记") == direct
    assert asked
    assert saved[0] not in asked
