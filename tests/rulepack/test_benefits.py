"""Rules over the lists of a kind: a county's own lists and registers are covered without a word in any rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from fupin_audit.engine.proving.examples import open_proving
from fupin_audit.errors import RuleError
from fupin_audit.ledgers.base import BENEFIT
from fupin_audit.ledgers.registry import LEDGERS
from fupin_audit.rulepack.checks.checking import errors
from fupin_audit.rulepack.declared.rule import Rule
from fupin_audit.rulepack.packs.pack import Catalogue
from fupin_audit.rulepack.packs.pack_loading import load_catalogue
from fupin_audit.tasks.proving import misses

OWN = """
ledgers:
  - title: 高龄津贴
    kind: 待遇
    fields: {姓名: 文, 证件号码: {type: 身份证, required: true}, 月津贴: 元}
    anchors: [证件号码]
  - title: 渔船登记
    kind: 资产
    fields: {姓名: 文, 证件号码: {type: 身份证, required: true}, 船号: {type: 文, required: true}}
    anchors: [证件号码]
"""


def _catalogue(folder: Path, text: str) -> Catalogue:
    file = folder / "own.yaml"
    file.write_text(text, encoding="utf-8")
    return load_catalogue([file])


def _judged(catalogue: Catalogue, rule: str, named: str) -> set[str]:
    """The lists that the entries of a rule whose condition names a ledger are for."""
    entries = [entry for entry in catalogue.rules[rule] if isinstance(entry, Rule)]
    return {title for entry in entries if named in entry.require for title in entry.ledger}


def test_the_table_says_which_lists_meet_which_registers() -> None:
    catalogue = load_catalogue()
    needy = {"低保", "特困", "临时救助", "危房改造"}
    assert _judged(catalogue, "TGT-12", "车辆") == needy
    assert {"公益岗位", "一卡通发放", *needy} <= _judged(catalogue, "TGT-11", "财政供养")
    assert "公益岗位" not in _judged(catalogue, "TGT-16", "村干部")


def test_a_countys_own_lists_and_registers_are_covered(tmp_path: Path) -> None:
    catalogue = _catalogue(tmp_path, OWN)
    assert [str(error) for error in errors(catalogue)] == []
    assert "高龄津贴" in _judged(catalogue, "TGT-11", "财政供养")
    assert _judged(catalogue, "TGT-12", "渔船登记") == {"低保", "特困", "临时救助", "危房改造", "高龄津贴"}
    assert {"高龄津贴", "渔船登记"} <= _judged(catalogue, "DEP-06", "ID_KEY")


@pytest.mark.parametrize("rule", ["TGT-12", "DEP-03"])
def test_what_is_written_for_them_proves_itself(rule: str, tmp_path: Path) -> None:
    catalogue = _catalogue(tmp_path, OWN)
    own = {"高龄津贴", "渔船登记"}
    entries = [entry for entry in catalogue.rules[rule] if own & {*getattr(entry, "ledger", ())}]
    assert entries
    with open_proving() as database:
        assert [str(miss) for entry in entries for miss in misses(database, catalogue, entry)] == []


def test_an_example_of_one_list_is_of_the_entry_for_its_kind_alone() -> None:
    catalogue = load_catalogue()
    lists = {model.title for model in LEDGERS if model.kind == BENEFIT}
    for entry in (item for number in range(11, 17) for item in catalogue.rules[f"TGT-{number}"]):
        assert isinstance(entry, Rule)
        named = [lists & row.keys() for row in entry.examples.exempt]
        assert named
        assert all(titles <= {*entry.ledger} for titles in named)


LINE = "benefits: [{ledger: %s, against: [%s], note: 试试, examples: [{'=': 试试}]}]"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (LINE % ("户籍", "车辆"), "没有待遇台账“户籍”"),
        (LINE % ("低保", "车辆"), "“低保”在 benefits 里写了两行"),
        (LINE % ("儿童保障", "户籍"), "没有资产或村干部台账“户籍”"),
        ("ledgers: [{title: 高龄津贴, kind: 待遇, fields: {姓名: 文}}]", "待遇台账要有姓名和证件号码"),
    ],
    ids=["no-list", "twice", "no-register", "nobody"],
)
def test_a_line_that_means_nothing_is_refused(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=told):
        _catalogue(tmp_path, text)
