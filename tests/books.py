"""Small invented ledgers as files, and the part of the catalogue a test is about."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from fupin_audit import resources
from fupin_audit.engine.database.duckdb import open_database
from fupin_audit.engine.linking.opening import open_delivery
from fupin_audit.engine.run import Judgement, judge_delivery
from fupin_audit.engine.scoring.indicators import score_indicators
from fupin_audit.ledgers.implied_relations import relations
from fupin_audit.ledgers.registry import LEDGERS
from fupin_audit.results.finding import Finding
from fupin_audit.results.rule_run import RuleRun
from fupin_audit.results.scorecard import Scorecard
from fupin_audit.rulepack.checks.used_fields import for_indicators
from fupin_audit.rulepack.packs.pack import Catalogue, Pack
from fupin_audit.rulepack.packs.pack_loading import load_catalogue
from fupin_audit.workbook.loading import load
from fupin_audit.workbook.recognising.recognition import Designation

Row = Mapping[str, str]
Book = Sequence[Row]
AS_OF = date(2020, 12, 31)
# Region code 990101 is assigned to no place on earth; the check digits are right.
IDS = ("990101197003050015", "990101197208150028", "990101200505060015", "990101194811110043",
       "990101198210100032", "990101198503120045", "990101201002030011", "990101195507070029")  # fmt: skip


def household(number: str, *, village: str = "东沟村", head: int = 0, **fields: str) -> Row:
    """A household of 柳林镇; `fields` win over what it has anyway."""
    return {
        "户编号": number, "户主姓名": "张三", "户主证件号码": IDS[head], "县": "清河县", "乡镇": "柳林镇", "村": village,
        "家庭人口": "2", "脱贫属性": "已脱贫", "主要致贫原因": "因病", **fields,
    }  # fmt: skip


def person(household_number: str, order: int, **fields: str) -> Row:
    """A member of a household, the head where `order` is 0."""
    return {
        "户编号": household_number, "人编号": f"{household_number}{order:02}", "姓名": "张李王赵钱孙周吴"[order] + "安",
        "证件号码": IDS[order], "与户主关系": "户主" if order == 0 else "其他", **fields,
    }  # fmt: skip


def write_csv(path: Path, rows: Book) -> None:
    """One ledger as a CSV file; the columns are those of the first row."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def write_books(folder: Path, books: Mapping[str, Book]) -> None:
    """Every ledger as `台账.csv`."""
    for title, rows in books.items():
        write_csv(folder / f"{title}.csv", rows)


@cache
def catalogue() -> Catalogue:
    """The built-in packs."""
    return load_catalogue()


def only(rules: Sequence[str], within: Catalogue | None = None) -> Catalogue:
    """The catalogue with these rules alone, and nothing worked out that indicators need."""
    whole = within or catalogue()

    def kept(pack: Pack) -> Pack:
        content = pack.content
        chosen = {
            "rules": tuple(rule for rule in content.rules if rule.id in rules),
            "cells": tuple(rule for rule in content.cells if rule.id in rules),
            "reconciliations": tuple(rule for rule in content.reconciliations if rule.id in rules),
            "screens": tuple(rule for rule in content.screens if rule.id in rules),
            "indicators": (),
        }
        return replace(pack, content=content.model_copy(update=chosen))

    return replace(whole, packs=tuple(map(kept, whole.packs)))


def judge_books(
    folder: Path,
    books: Mapping[str, Book],
    rules: Sequence[str],
    *,
    within: Catalogue | None = None,
    as_of: date = AS_OF,
) -> Judgement:
    """Write the ledgers, read them back and judge them by these rules."""
    write_books(folder, books)
    designations = [Designation(title, f"{title}.csv") for title in books]
    kept = only(rules, within)
    delivery = load([folder], designations=designations, ledgers=kept.ledgers)
    return judge_delivery(delivery, kept, as_of)


def only_indicators(titles: Sequence[str], within: Catalogue | None = None) -> Catalogue:
    """The catalogue with these indicators alone."""
    whole = within or catalogue()

    def kept(pack: Pack) -> Pack:
        chosen = tuple(item for item in pack.content.indicators if item.title in titles)
        return replace(pack, content=pack.content.model_copy(update={"indicators": chosen}))

    return for_indicators(replace(whole, packs=tuple(map(kept, whole.packs))))


def score_books(
    folder: Path,
    books: Mapping[str, Book],
    titles: Sequence[str],
    *,
    within: Catalogue | None = None,
    as_of: date = AS_OF,
) -> Scorecard:
    """Write the ledgers, read them back and score them by these indicators."""
    write_books(folder, books)
    designations = [Designation(title, f"{title}.csv") for title in books]
    delivery = load([folder], designations=designations)
    with open_database() as database:
        linked = open_delivery(database, delivery, only_indicators(titles, within), as_of)
        scores = score_indicators(linked)
    return Scorecard("0", as_of, "测试", delivery.inputs, scores.indicators, notes=scores.notes)


def run_of(judgement: Judgement, rule: str) -> RuleRun:
    """What became of one rule."""
    return next(run for run in judgement.rules if run.id == rule)


def found(judgement: Judgement, rule: str) -> list[Finding]:
    """The findings of one rule."""
    return [finding for finding in judgement.findings if finding.rule == rule]


def write_national(folder: Path, kept: Sequence[str], named: str = "") -> Path:
    """A rules folder with the national pack alone, of which these files remain, and the derived fields they name.

    Args:
        folder: where to.
        kept: the names of the files whose rules remain.
        named: more text whose derived fields remain.
    """
    national = folder / "national"
    national.mkdir(parents=True)
    whole = [path for path in _national_files() if path.stem in ("pack", "parameters", *kept)]
    for path in whole:
        shutil.copy(path, national)
    text = "".join((named, *(path.read_text(encoding="utf-8") for path in whole), *_relation_texts()))
    found = [item for path in _national_files() if path not in whole for item in _derived_in(path)]
    (national / "其余.yaml").write_text(_dumped({"derived": _rested_on(text, found)}), encoding="utf-8")
    return folder


def _national_files() -> Sequence[Path]:
    return sorted((resources.folder("rules") / "national").glob("*.yaml"))


def _relation_texts() -> Iterator[str]:
    """What the relations are made of that every ledger has."""
    for relation in relations(LEDGERS):
        yield from (relation.where, *(text for pairs in relation.on for pair in pairs for text in pair))


@cache
def _derived_in(path: Path) -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = yaml.load(
        path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    ).get("derived", [])
    return found


def _rested_on(text: str, derived: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The derived fields a text names, and those they are made of."""
    found: list[Mapping[str, Any]] = []
    while more := [item for item in derived if item["field"] in text and item not in found]:
        found += more
        text = "".join(str(item) for item in more)
    return found


def _dumped(content: object) -> str:
    return yaml.dump(content, Dumper=yaml.CSafeDumper, allow_unicode=True)
