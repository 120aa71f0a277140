"""The whole path on Spark: files are read where they lie, one task places every row, each county is a task, the rest is told.

Here are only the names of files, and what is told of a run: its date, counts and findings. Ledgers go from task to task.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from fupin_audit.cluster.by_county import ByCounty, OpenedTold
from fupin_audit.engine.database.duckdb import open_database
from fupin_audit.engine.linking.linked import Linked
from fupin_audit.engine.loaded.subjects import Subjects
from fupin_audit.engine.run import Judgement, ToldRules, Wanted
from fupin_audit.engine.run import judgement as judgement_of
from fupin_audit.engine.telling.after_findings import tables_asking, told_of_findings
from fupin_audit.engine.telling.rule_runs import ToldRule, rule_teller
from fupin_audit.errors import UsageError
from fupin_audit.options import OnSpark
from fupin_audit.preparing import Asked, Prepared
from fupin_audit.progress import Progress
from fupin_audit.reports.listings.parquet_table import SCHEMA, table_of
from fupin_audit.results.finding import Finding
from fupin_audit.rulepack.checks.checking import check
from fupin_audit.spark.judging_step import FINDING, RULES, TOLD, AskingStep, JudgingStep
from fupin_audit.spark.pieces import PIECES, put_together
from fupin_audit.spark.placing_step import ASKED, FAILED, FAULT, RUN, WHOLE, PlacingStep, SentRun
from fupin_audit.spark.reading_step import ReadingStep, files_table
from fupin_audit.spark.remote_files import address_of, remote_files
from fupin_audit.spark.sent_parts import tables_received
from fupin_audit.spark.spark_door import Spark, SparkRows, spark
from fupin_audit.workbook.files.discovery import FoundFiles, discover
from fupin_audit.workbook.loading import reader_of

_AGAINST = "与上期比对（--against）还不能在 Spark 上做，请不带 --engine spark"
_CACHE = "在 Spark 上不用缓存文件夹（--cache）"
_MIXED = "本机的路径和 hdfs://、s3a:// 这样的地址不能一起核对"
_READING = "在 Spark 上核对"


def judged_on_spark(asked: Asked, on: OnSpark, progress: Progress | None) -> tuple[Prepared, Judgement]:
    """Read and judge what is asked for.

    Raises:
        UsageError: Spark is not there, or can't do what is asked; else as everywhere.
    """
    _refuse(asked)
    check(asked.catalogue)
    if progress:
        progress(_READING, 0, 1)
    with spark(on) as cluster, _judged(cluster, asked, on).kept() as told:
        gathering = _Gathering(asked, _ToldParts.of(told), told)
        ready, judgement, last = gathering.result()
        if on.findings:
            besides = cluster.frame(table_of([finding for rule in last for finding in rule.findings]))
            told.only("rule IS NOT NULL").written(SCHEMA.names, on.findings, besides)
        return ready, judgement


def _refuse(asked: Asked) -> None:
    if asked.options.against:
        raise UsageError(_AGAINST)
    if asked.options.working.cache:
        raise UsageError(_CACHE)


def _judged(cluster: Spark, asked: Asked, on: OnSpark) -> SparkRows:
    """What is told of every county and of the whole; nothing is worked out before it is asked for."""
    if on.findings:
        cluster.refuse_filled(on.findings)
    found, read = _read(cluster, asked)
    placed = read.each(PlacingStep(asked, found).run, PIECES, 1)
    return placed.groups("part", JudgingStep(asked).run, TOLD)


def _read(cluster: Spark, asked: Asked) -> tuple[FoundFiles, SparkRows]:
    """The files there are, and what executors read them as; each file is a task."""
    password = asked.options.password
    addresses = [address for path in asked.paths if (address := address_of(path))]
    if not addresses:
        found = discover(asked.paths)
        step = ReadingStep(reader_of(asked.to_read, found.files), password)
        files = cluster.frame(files_table(found.files))
        return found, files.each(step.run, PIECES, len(found.files))
    if len(addresses) < len(asked.paths):
        raise UsageError(_MIXED)
    remote = remote_files(cluster, addresses)
    found, names = remote.found, [file.name for file in remote.found.files]
    step = ReadingStep(reader_of(asked.to_read, found.files), password, names, remote.numbers)
    contents = cluster.contents([*remote.numbers])
    return found, contents.each(step.fetched, PIECES, len(names))


@dataclass
class _ToldParts:
    """What came back, by the part that told it."""

    content: dict[int, list[Mapping[str, Any]]] = field(default_factory=dict)

    @classmethod
    def of(cls, told: SparkRows) -> _ToldParts:
        """Everything but the ledgers that rules ask after what was found."""
        found = cls()
        for row in told.only(f"part <> {ASKED}").here(*PIECES.names):
            found.content.setdefault(row["part"], []).append(row)
        if FAILED in found.content:
            raise pickle.loads(put_together(found.content[FAILED])[FAULT])
        return found

    def of_part(self, part: int) -> tuple[dict[str, bytes], list[Finding]]:
        """What a part told: pieces put together, findings in their order."""
        rows = self.content[part]
        found = sorted((row for row in rows if row["what"] == FINDING), key=lambda row: row["at"])
        others = put_together(row for row in rows if row["what"] != FINDING)
        return others, [pickle.loads(row["piece"]) for row in found]

    def counties(self) -> Iterator[ToldRules]:
        """What each county told, in their order."""
        for part in sorted(part for part in self.content if part >= 0):
            content, found = self.of_part(part)
            yield ToldRules(pickle.loads(content[RULES]), found)


@dataclass(frozen=True)
class _Gathering:
    """Puts together what was told."""

    asked: Asked
    told: _ToldParts
    rows: SparkRows

    def result(self) -> tuple[Prepared, Judgement, Sequence[ToldRule]]:
        """The whole run, and what came of the rules that were judged last."""
        asked, (content, read) = self.asked, self.told.of_part(RUN)
        sent: SentRun = pickle.loads(content[WHOLE])
        delivery, _ = tables_received(sent.delivery, content, asked.catalogue)
        ready = Prepared(
            asked.catalogue,
            delivery,
            sent.as_of,
            sent.as_of_source,
            asked.options,
            sent.settings,
            sent.doubts,
            tuple(map(str, asked.packs)),
            sent.unreadable,
        )
        with open_database() as database:
            session = sent.session.opened(asked.catalogue, delivery, database)
            subjects = Subjects(session, reveal=asked.options.reveal)
            opened = OpenedTold(
                replace(sent.told, findings=read), sent.about, rule_teller(Linked(session), subjects)
            )
            by_county = ByCounty(asked.catalogue, sent.as_of, wanted=Wanted(asked.options.reveal))
            told = by_county.together(opened, self.told.counties())
            last = self._last(ready, told.findings)
            return ready, judgement_of(opened.teller, told, last, opened.about), last

    def _last(self, ready: Prepared, found: Sequence[Finding]) -> Sequence[ToldRule]:
        """The rules that ask of findings; where no ledger of theirs was delivered nothing is to be looked at."""
        asked = self.asked
        if not tables_asking(ready.delivery, asked.catalogue):
            reveal = asked.options.reveal
            return list(told_of_findings(ready.delivery, asked.catalogue, ready.as_of, found, reveal=reveal))
        step = AskingStep(asked, ready.as_of)
        asking = self.rows.only(f"part = {ASKED} OR what = '{FINDING}'").groups(None, step.run, TOLD)
        last: Sequence[ToldRule] = pickle.loads(put_together(asking.here(*PIECES.names))[RULES])
        return last
