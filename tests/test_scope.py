"""Basis is scope (D13): nothing is asked or cited by the document of another place or another year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from books import IDS, Book, judge_books, run_of
from fupin_audit.audit import Prepared, judge, prepare
from fupin_audit.delivery import Delivery, LedgerTable
from fupin_audit.engine.telling.rule_runs import NOT_DEMANDED_HERE
from fupin_audit.results.finding import Finding
from fupin_audit.rulepack.declared.policies import policies
from fupin_audit.rulepack.declared.territory import Region
from fupin_audit.rulepack.packs.in_force import in_force
from fupin_audit.rulepack.packs.pack_loading import load_catalogue
from fupin_audit.rulepack.packs.reach import ADOPTED, ALWAYS, Reaching, cited, reaching

SAMPLES = Path(__file__).parents[1] / "samples"
LOCAL = {key: document for key, document in policies().items() if not document.place.everywhere}
FOREIGN = (("江西省", "吉安市", "遂川县"), ("贵州省", "毕节市", "纳雍县"), ("甘肃省", "定西市", "通渭县"))
YEARS = (2017, 2019, 2023)
COUNTIES = [folder for folder in sorted(SAMPLES.iterdir()) if (folder / "key.json").exists()]


def foreign_citations(prepared: Prepared) -> Iterator[tuple[str, str, str]]:
    """Rule, county and citation of every finding that cites a local document out of its place or period."""
    regions = {row.county: row for row in _regions(prepared.delivery)}
    if len(regions) == 1:  # what names no county lies in the one delivered
        regions |= {"": next(iter(regions.values()))}
    for finding in judge(prepared).result.records:
        region = regions.get(finding.place.county, Region(county=finding.place.county))
        yield from ((finding.rule, region.county, text) for text in _wrong(finding, region, prepared.as_of))
        if not finding.basis:
            yield finding.rule, region.county, "rests on nothing in force"


def _wrong(finding: Finding, region: Region, as_of: date) -> Iterator[str]:
    for text in finding.basis:
        for document in LOCAL.values():
            if text.startswith(document.name):
                reached = document.place.covers(region)
                if not reached or not document.period.since <= as_of:
                    yield text


def _regions(delivery: Delivery) -> Iterator[Region]:
    for table in delivery.tables.values():
        fields = [name for name in ("省", "市", "县") if name in table.fields]
        if "县" in fields and table.ledger.title == "户":
            for row in table.data.select(fields).group_by(fields).aggregate([]).to_pylist():
                yield Region(row.get("省") or "", row.get("市") or "", row["县"] or "")


def _moved(delivery: Delivery, place: tuple[str, str, str]) -> Delivery:
    """The same rows in another county."""
    tables = {title: _table_moved(table, place) for title, table in delivery.tables.items()}
    return replace(delivery, tables=tables)


def _table_moved(table: LedgerTable, place: tuple[str, str, str]) -> LedgerTable:
    data = table.data
    for name, value in zip(("省", "市", "县"), place, strict=True):
        if name in table.fields:
            at = data.schema.get_field_index(name)
            column = pa.array([value] * data.num_rows, data.schema.field(name).type)
            data = data.set_column(at, name, column)
    return replace(table, data=data)


@pytest.mark.nightly
@pytest.mark.parametrize("folder", COUNTIES, ids=lambda folder: folder.name)
def test_a_sample_cites_its_own_documents(folder: Path) -> None:
    assert list(foreign_citations(prepare(folder))) == []


@pytest.mark.nightly
@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("place", FOREIGN, ids=lambda place: place[2])
def test_a_county_without_documents_cites_none(place: tuple[str, str, str], year: int) -> None:
    prepared = prepare(SAMPLES / "考核样例-2020", as_of=date(year, 12, 31))
    moved = replace(prepared, delivery=_moved(prepared.delivery, place))
    found = judge(moved).result
    cited = {text for finding in found.records for text in finding.basis}
    names = [document.name for document in LOCAL.values()]
    assert [text for text in cited if text.startswith(tuple(names))] == []
    assert [finding.rule for finding in found.records if not finding.basis] == []
    asked = {run.id for run in found.rules_run if run.status == "ran"}
    assert asked.isdisjoint({"IND-05", "VIL-04", "EDU-12", "PRC-06", "SEC-16", "HLP-06", "IND-07", "MED-15"})


def test_a_local_figure_lives_as_long_as_its_document() -> None:
    beyond = [
        (pack.head.id, parameter.name)
        for pack in load_catalogue().packs
        for parameter in pack.content.parameters
        for value in parameter.values
        if value.basis and (document := LOCAL.get(value.basis.policy))
        if not (value.since and value.until)
        or value.since < document.period.since
        or value.until > document.period.until
    ]
    assert beyond == []


NATIONAL_ONCE = "HOU-21"  # of the guarantees, which were to be met by the end of 2020


@pytest.mark.parametrize(("year", "adopted"), [(2020, False), (2023, True)])
def test_what_is_switched_on_is_asked_for_after_its_document_has_run_out(year: int, adopted: bool) -> None:
    as_of = date(year, 12, 31)
    catalogue = load_catalogue(enabled=[NATIONAL_ONCE])
    here = in_force(catalogue, Region("安和省", "云川市", "清河县"))
    for rule in catalogue.rules[NATIONAL_ONCE]:
        assert bool(cited(reaching(here, rule, as_of), as_of)) is True
        assert (Reaching(ADOPTED, ALWAYS) in reaching(here, rule, as_of)) is adopted


@pytest.mark.parametrize(("year", "told"), [(2020, ("ran", "")), (2023, ("not_demanded", NOT_DEMANDED_HERE))])
def test_what_no_document_asks_for_any_more_is_told_so(
    year: int, told: tuple[str, str], tmp_path: Path
) -> None:
    """Where rows have no day of their own, it makes no difference that the document once did."""
    roll: Mapping[str, Book] = {
        "一般农户": [
            {"户主姓名": "张三", "户主证件号码": IDS[0], "县": "清河县", "村": "东沟村", "住房安全等级": ""}
        ]
    }
    run = run_of(judge_books(tmp_path, roll, [NATIONAL_ONCE], as_of=date(year, 12, 31)), NATIONAL_ONCE)
    assert (run.status, run.reason) == told
