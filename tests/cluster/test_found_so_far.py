"""What was found in counties that are done with comes back as it was, in the order it came in."""

from __future__ import annotations

import pickle
from itertools import chain

from fupin_audit.cluster.found_so_far import KeptFindings
from fupin_audit.results.finding import Finding, Severity
from fupin_audit.results.place import Location, Place


def finding(county: str, number: int) -> Finding:
    return Finding(
        rule="KEY-05", title="重复", severity=Severity.ERROR, ledger="户", place=Place(county, "柳林镇", "东沟村"),
        household=str(number), head="赵安", person="", person_id="", fields={"户编号": str(number)},
        locations=(Location(f"{county}/户.csv", "", f"A{number}", str(number), "户", "户编号"),),
        message=f"户编号{number}重复", why="", fix="", owner="乡镇", basis=("国家标准",), fingerprint=f"{number:016x}",
    )  # fmt: skip


def test_findings_come_back_in_the_order_they_came_in() -> None:
    counties = [[finding(county, number) for number in range(40)] for county in ("甲县", "乙县", "丙县")]
    kept = KeptFindings(counties[0])
    for found in counties[1:]:
        kept.add(found)
    assert kept.all() == [*chain(*counties)]
    assert kept.all() == []


def test_what_is_kept_is_small() -> None:
    found = [finding("甲县", number) for number in range(1000)]
    assert KeptFindings(found).size < len(pickle.dumps(found)) / 2
