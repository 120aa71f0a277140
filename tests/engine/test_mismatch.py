"""Whether two ledgers pair at all is asked of their pairing, whatever tables earlier rules left behind."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from books import catalogue, household, write_books
from fupin_audit.engine.database import table_cache
from fupin_audit.engine.database.duckdb import open_database
from fupin_audit.engine.judging.unlike_keys import mismatch
from fupin_audit.engine.linking.opening import open_delivery
from fupin_audit.engine.loaded.subjects import Subjects
from fupin_audit.ledgers.relations import counterpart
from fupin_audit.rulepack.declared.reconciliation import Reconciliation
from fupin_audit.rulepack.language.pairing_keys import pairing_of
from fupin_audit.workbook.loading import load

MANY = 12


@pytest.mark.parametrize(("first", "paired"), [(1, True), (101, False)])
def test_the_pairing_is_made_again_when_only_its_link_was_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: int, paired: bool
) -> None:
    monkeypatch.setattr(table_cache, "_KEPT", 1)
    households = [household(str(number), 户主证件号码="") for number in range(1, MANY + 1)]
    cards = [
        {"户编号": str(number), "户主姓名": "", "家庭人口": "1"} for number in range(first, first + MANY)
    ]
    write_books(tmp_path, {"户": households, "明白卡": cards})
    (rule,) = (entry for entry in catalogue().rules["CRD-01"] if isinstance(entry, Reconciliation))
    with open_database(threads=1) as database:
        linked = open_delivery(database, load([tmp_path]), catalogue(), date(2020, 12, 31))
        pairing = pairing_of(rule, "明白卡", catalogue().vocabulary.ledgers)
        link = catalogue().vocabulary.relation("户", counterpart("明白卡"))
        assert link is not None
        for _ in range(4):
            with linked.one_rule():
                linked.link(link)
        with linked.one_rule():
            said = mismatch(linked, Subjects(linked.session, reveal=False), pairing)
    assert ("一行也没有配上" not in said) == paired
