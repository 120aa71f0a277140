"""On one executor: every row of the delivery is placed, what is true of the whole is settled, counties are cut out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pyarrow as pa

from fupin_audit.cluster.by_county import ByCounty, OpenedWhole
from fupin_audit.delivery import Delivery
from fupin_audit.engine.run import AboutRows, ToldRules, Wanted
from fupin_audit.engine.telling.after_findings import tables_asking
from fupin_audit.engine.telling.placed_rows import PlacedRows
from fupin_audit.engine.telling.rule_runs import ToldRule
from fupin_audit.engine.telling.suspects import Grounds
from fupin_audit.errors import FupinAuditError
from fupin_audit.memory import hold_little
from fupin_audit.preparing import Asked, Prepared, prepared
from fupin_audit.results.input_sheet import InputSheet
from fupin_audit.rulepack.packs.pack import Catalogue
from fupin_audit.spark.pieces import pickled
from fupin_audit.spark.reading_step import Fragments
from fupin_audit.spark.sent_ledgers import hollow
from fupin_audit.spark.sent_parts import SentSession, sent_part, sent_tables
from fupin_audit.workbook.files.discovery import FoundFiles
from fupin_audit.workbook.loading import ReadElsewhere
from fupin_audit.writing.column_files import ColumnFiles

RUN, ASKED, FAILED = -1, -2, -3  # parts that are no counties
WHOLE, FOUND, FAULT = "总", "读出的", "错"


@dataclass(frozen=True)
class SentRun:
    """What is told of the whole, without rows: it goes back to who has asked.

    Attributes:
        delivery: how the sheets were understood; its tables come beside it, without rows.
        as_of, as_of_source, settings, doubts, unreadable: as `Prepared` has them.
        session: what rules are judged against.
        told: what came of the rules that reading follows; their findings come beside it.
        about: what is said of the rows.
    """

    delivery: Delivery
    as_of: date
    as_of_source: str
    settings: tuple[str, ...]
    doubts: tuple[str, ...]
    unreadable: tuple[InputSheet, ...]
    session: SentSession
    told: ToldRules
    about: AboutRows


@dataclass(frozen=True)
class PlacingStep:
    """Places all rows of the files that were found and read."""

    asked: Asked
    found: FoundFiles

    def run(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """From what files were read as to what is told of the whole, then each county."""
        try:
            yield from self._placed(Fragments(batches))
        except FupinAuditError as error:
            yield from pickled(FAILED, FAULT, error)

    def _placed(self, fragments: Fragments) -> Iterator[pa.RecordBatch]:
        hold_little()
        files, asked = ColumnFiles(), self.asked
        number = {file: at for at, file in enumerate(self.found.files)}
        elsewhere = ReadElsewhere(self.found, lambda file, reader: fragments.sheets(number[file], reader))
        ready = prepared(asked, replace(asked.to_read, keep=files.keep, elsewhere=elsewhere), files)
        by_county = ByCounty(asked.catalogue, ready.as_of, files, Wanted(asked.options.reveal))
        opened = by_county.opened(ready.delivery)
        yield from _told(ready, opened)
        yield from _asked(asked.catalogue, ready.delivery)
        for part in by_county.parts(opened.whole):
            yield from sent_part(part)


def _told(ready: Prepared, opened: OpenedWhole) -> Iterator[pa.RecordBatch]:
    session, delivery = opened.whole.session, ready.delivery
    sent = SentRun(
        replace(delivery, tables={}),
        ready.as_of,
        ready.as_of_source,
        ready.settings,
        ready.doubts,
        ready.unreadable,
        SentSession.of(session),
        ToldRules([replace(as_sent(rule), findings=()) for rule in opened.told.rules], ()),
        replace(opened.about, placed=PlacedRows()),
    )
    yield from pickled(RUN, WHOLE, sent)
    yield from pickled(RUN, FOUND, list(opened.told.findings))
    tables = {title: hollow(table) for title, table in session.delivery.tables.items()}
    yield from sent_tables(RUN, replace(delivery, tables=tables))


def as_sent(rule: ToldRule) -> ToldRule:
    """What came of a rule, without what its findings rest on."""
    return replace(rule, grounds=Grounds(), speaking=())


def _asked(catalogue: Catalogue, delivery: Delivery) -> Iterator[pa.RecordBatch]:
    """The ledgers whose rows ask of what is found, and what they need; mostly none are delivered."""
    tables = tables_asking(delivery, catalogue)
    if tables:
        yield from pickled(ASKED, WHOLE, replace(delivery, tables={}))
        yield from sent_tables(ASKED, replace(delivery, tables=tables))
