"""Run the examples rules carry (D6): in the engine, and for what reading itself checks through a real file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import ValidationError

from fupin_audit.engine.database.duckdb import Database
from fupin_audit.engine.proving.examples import AS_OF, Miss, prove, prove_derived
from fupin_audit.engine.proving.indicator_examples import prove_indicator
from fupin_audit.engine.run import judge_delivery
from fupin_audit.errors import RuleError
from fupin_audit.ledgers.example_values import example_row
from fupin_audit.rulepack.checks.example_rows import CONTENT, FILE, HEADERS, LEDGER, errors
from fupin_audit.rulepack.declared.entries import Provable
from fupin_audit.rulepack.declared.indicator import Indicator
from fupin_audit.rulepack.declared.rule import CellRule, DerivedField, ScreenRule
from fupin_audit.rulepack.packs.pack import Catalogue, Pack
from fupin_audit.workbook.loading import load
from fupin_audit.workbook.recognising.recognition import Designation
from fupin_audit.writing.scratch import scratch

_SHEET = "Sheet1"


def misses(database: Database, catalogue: Catalogue, entry: Provable) -> Iterator[Miss]:
    """Run all examples of a rule, indicator or derived field; those that were not judged as stated.

    Args:
        database: one of `open_proving`; emptied for each example.
        catalogue: the packs in force.
        entry: what is to be proved.

    Raises:
        RuleError: an example names what there is not, or can't be read as rows of its ledger.
    """
    for unknown in errors(catalogue, entry):
        raise unknown
    try:
        if isinstance(entry, DerivedField):
            yield from prove_derived(database, catalogue, entry)
        elif isinstance(entry, Indicator):
            yield from prove_indicator(database, catalogue, entry)
        elif isinstance(entry, ScreenRule):
            return  # proved on drawn counties
        elif isinstance(entry, CellRule):
            yield from _cell_misses(catalogue, entry)
        else:
            yield from prove(database, catalogue, entry)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        message = f"例子里的“{field}”：{first['msg'].removeprefix('Value error, ')}"
        raise RuleError(message, entry.origin.file, entry.origin.line("examples")) from error


def _cell_misses(catalogue: Catalogue, rule: CellRule) -> Iterator[Miss]:
    alone = _alone(catalogue, rule)
    for name, rows, fires in (("good", rule.examples.good, False), ("bad", rule.examples.bad, True)):
        for number, example in enumerate(rows, 1):
            if _fires(alone, rule, example) is not fires:
                expected, got = ("有发现", "没有发现") if fires else ("没有发现", "有发现")
                yield Miss(rule.id, f"{name}[{number}]", expected, got)


def _alone(catalogue: Catalogue, rule: CellRule) -> Catalogue:
    """The catalogue with no other rule, and nothing worked out that only other rules need."""

    def emptied(pack: Pack) -> Pack:
        cells = tuple(item for item in pack.content.cells if item is rule)
        return replace(
            pack,
            content=pack.content.model_copy(
                update={"rules": (), "reconciliations": (), "screens": (), "cells": cells}
            ),
        )

    return replace(catalogue, packs=tuple(emptied(pack) for pack in catalogue.packs))


def _fires(catalogue: Catalogue, rule: CellRule, example: Mapping[str, Any]) -> bool:
    """Whether the check finds something in the file an example describes."""
    with TemporaryDirectory(dir=scratch()) as folder:
        designations = _write(catalogue, example, Path(folder))
        delivery = load([Path(folder)], designations=designations, ledgers=catalogue.ledgers)
        found = judge_delivery(delivery, catalogue, AS_OF).findings
    return any(finding.rule == rule.id for finding in found)


def _write(catalogue: Catalogue, example: Mapping[str, Any], folder: Path) -> Sequence[Designation]:
    """Write the example as a file; what it is must be said where the example gives no header."""
    if FILE in example:
        (folder / example[FILE]).write_text(example[CONTENT], encoding="utf-8")
        return ()
    ledger = str(example.get(LEDGER, ""))
    row: Mapping[str, object] = example_row(catalogue.vocabulary.ledgers[ledger]) if ledger else {}
    path = folder / f"{ledger or '表'}.xlsx"
    if HEADERS in example:
        headers = example[HEADERS]
        _write_sheet(path, headers, [[row.get(name, "1") for name in headers]])
        return ()
    row = {**row, **{name: value for name, value in example.items() if name != LEDGER}}
    _write_sheet(path, list(row), _rows(list(row.values())))
    return (Designation(ledger, path.name),)


def _rows(values: Sequence[object]) -> list[list[object]]:
    """A list goes down its column, one value a row; other values stand in every row."""
    height = max((len(value) for value in values if isinstance(value, list)), default=1)
    return [[value[at] if isinstance(value, list) else value for value in values] for at in range(height)]


def _write_sheet(path: Path, headers: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write a workbook: texts as text, numbers as numbers."""
    from openpyxl import Workbook  # slow to import, and only these examples need it

    book = Workbook()
    sheet = book.create_sheet(_SHEET, 0)
    for row in (headers, *rows):
        sheet.append(row)
    book.save(path)
