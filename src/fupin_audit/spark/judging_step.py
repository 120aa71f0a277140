"""On executors: each county is judged, by the engine that judges everywhere; what it found is told, row by row."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pyarrow as pa

from fupin_audit.cluster.by_county import ByCounty
from fupin_audit.engine.run import ToldRules, Wanted
from fupin_audit.engine.telling.after_findings import told_of_findings
from fupin_audit.engine.telling.as_findings import order
from fupin_audit.errors import FupinAuditError
from fupin_audit.memory import hold_little
from fupin_audit.preparing import Asked
from fupin_audit.reports.listings.parquet_table import SCHEMA, table_of
from fupin_audit.results.finding import Finding
from fupin_audit.spark.pieces import PIECES, pickled, put_together
from fupin_audit.spark.placing_step import ASKED, FAILED, FAULT, FOUND, RUN, WHOLE, SentRun, as_sent
from fupin_audit.spark.sent_parts import part_received, tables_received

TOLD = pa.schema([*PIECES, *SCHEMA])
"""Pieces, and beside those of findings what reports show of them."""

RULES, FINDING, SCREENED = "规则", "发现", "筛查"


@dataclass(frozen=True)
class JudgingStep:
    """Judges a county; parts that are none are passed on."""

    asked: Asked

    def run(self, rows: pa.Table) -> pa.Table:
        """From the pieces of a part to what is told of it."""
        part = rows.column("part")[0].as_py()
        if part == RUN:
            return _of_run(rows)
        if part < 0:
            return _filled(rows)
        try:
            return _told(*self._judged(rows))
        except FupinAuditError as error:
            return _filled(pa.Table.from_batches(pickled(FAILED, FAULT, error)))

    def _judged(self, rows: pa.Table) -> tuple[int, ToldRules]:
        hold_little()
        part = part_received(put_together(rows.to_pylist()), self.asked.catalogue)
        wanted = Wanted(self.asked.options.reveal)
        by_county = ByCounty(self.asked.catalogue, part.session.as_of, wanted=wanted)
        return part.number, by_county.judged(part)


@dataclass(frozen=True)
class AskingStep:
    """Judges the rules that ask what the others found, over the ledgers they look at."""

    asked: Asked
    as_of: date

    def run(self, rows: pa.Table) -> pa.Table:
        """From these ledgers and all findings to what is told of the rules."""
        others = rows.select(PIECES.names).to_pylist()
        found = [pickle.loads(row["piece"]) for row in others if row["what"] == FINDING]
        content = put_together(row for row in others if row["what"] != FINDING)
        delivery, _ = tables_received(pickle.loads(content[WHOLE]), content, self.asked.catalogue)
        last = told_of_findings(
            delivery,
            self.asked.catalogue,
            self.as_of,
            sorted(found, key=order),
            reveal=self.asked.options.reveal,
        )
        return _filled(pa.Table.from_batches(pickled(ASKED, RULES, [as_sent(rule) for rule in last])))


def _of_run(rows: pa.Table) -> pa.Table:
    """What is told of the whole; what reading found, finding by finding, and what the screens found for others."""
    found = put_together(rows.to_pylist())
    sent: SentRun = pickle.loads(found[WHOLE])
    screened = [finding for rule in sent.about.screened for finding in rule.findings]
    told = [findings_told(RUN, FINDING, pickle.loads(found[FOUND])), findings_told(RUN, SCREENED, screened)]
    return pa.concat_tables([_filled(rows), *told])


def _told(number: int, told: ToldRules) -> pa.Table:
    rules = pa.Table.from_batches(pickled(number, RULES, [replace(rule, findings=()) for rule in told.rules]))
    return pa.concat_tables([_filled(rules), findings_told(number, FINDING, told.findings)])


def findings_told(number: int, what: str, found: Sequence[Finding]) -> pa.Table:
    """Findings as rows: as they are for this program, and as reports show them for others."""
    pieces = pa.table(
        {
            "part": pa.array([number] * len(found), pa.int32()),
            "what": pa.array([what] * len(found), pa.string()),
            "at": pa.array(range(len(found)), pa.int32()),
            "piece": pa.array([pickle.dumps(finding) for finding in found], pa.binary()),
        }
    )
    shown = table_of(found)
    return pa.table([*pieces.columns, *shown.columns], schema=TOLD)


def _filled(pieces: pa.Table) -> pa.Table:
    """Pieces of what is no finding, with nothing beside them."""
    beside = [pa.nulls(len(pieces), field.type) for field in SCHEMA]
    return pa.table([*pieces.columns, *beside], schema=TOLD)
