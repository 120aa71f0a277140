"""Judge a delivery of several counties county by county, with the same engine and to the same findings (D17).

The whole path: the delivery is opened once and every row placed; what is true of the whole (who delivered what, the
figures in force, what reading found) is settled there. Then each county is cut out with the rows of others that it
must see, judged, and let go. At last what was said of each rule is put together.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pyarrow as pa

from fupin_audit.cluster.cutting import cut
from fupin_audit.cluster.found_so_far import KeptFindings
from fupin_audit.cluster.gathering import gathered_areas, gathered_counts, gathered_gaps
from fupin_audit.cluster.sharing_out import shared_out
from fupin_audit.cluster.whole import Whole, whole_of
from fupin_audit.delivery import Delivery
from fupin_audit.engine.database.duckdb import open_database
from fupin_audit.engine.database.remembered_answers import answering
from fupin_audit.engine.database.rule_limits import PLACING, SPARING
from fupin_audit.engine.linking.opening import open_delivery, open_placed
from fupin_audit.engine.loaded.named_villages import with_villages
from fupin_audit.engine.loaded.place_counts import PrintedPlaces
from fupin_audit.engine.loaded.session import Session
from fupin_audit.engine.loaded.subjects import Subjects
from fupin_audit.engine.run import (
    AboutRows,
    Judgement,
    Rules,
    ToldRules,
    Wanted,
    about_rows,
    judgement,
    rules_of_rows,
    rules_told,
)
from fupin_audit.engine.telling.after_findings import told_of_findings
from fupin_audit.engine.telling.rechecking import all_rows
from fupin_audit.engine.telling.rule_runs import RuleTeller, ToldRule, rule_teller
from fupin_audit.engine.telling.suspects import Grounds
from fupin_audit.memory import give_back
from fupin_audit.progress import Progress
from fupin_audit.rulepack.checks.used_fields import used_fields, used_names
from fupin_audit.rulepack.declared.entries import AnyRule
from fupin_audit.rulepack.declared.rule import CellRule
from fupin_audit.rulepack.packs.pack import Catalogue
from fupin_audit.writing.column_files import ColumnFiles

_PLACING = "分到各县"
_SMALL = 10_000  # rows of a ledger


@dataclass(frozen=True)
class ByCounty:
    """How a delivery is judged in shards.

    Attributes:
        catalogue: rules, derived fields, parameters; already checked.
        as_of: the date ages and years are counted at.
        files: where the columns of the delivery are kept.
        wanted: how findings are told, and what is told besides.
        progress: called with (county and rule, rules done, of how many).
    """

    catalogue: Catalogue
    as_of: date
    files: ColumnFiles = field(default_factory=ColumnFiles)
    wanted: Wanted = field(default_factory=Wanted)
    progress: Progress | None = None

    def judge(self, delivery: Delivery) -> Judgement:
        """Judge every row of every ledger by every rule, county by county."""
        opened = self.opened(delivery)
        judged = (self.judged(part) for part in self.parts(opened.whole))
        told = self.together(opened, judged)
        reveal = self.wanted.reveal
        last = told_of_findings(delivery, self.catalogue, self.as_of, told.findings, reveal=reveal)
        return judgement(opened.teller, told, last, opened.about)

    def opened(self, delivery: Delivery) -> OpenedWhole:
        """Place every row, and tell what reading found: that looks at one cell at a time, in whatever county."""
        self._rest(delivery)
        if self.progress:
            self.progress(_PLACING, 0, 1)
        placing = with_villages(delivery, self.as_of.year)
        with open_database(limits=PLACING, keep=self.files.keep) as database:
            looked_at = used_fields(self.catalogue, used_names(self.catalogue))
            linked = open_delivery(database, placing, self.catalogue, self.as_of, looked_at)
            subjects = Subjects(linked.session, reveal=self.wanted.reveal)
            whole = whole_of(linked, subjects, self.files)
            self._rest(delivery)
            teller = rule_teller(linked, subjects, self.wanted.watched)
            told = rules_told(teller, _of_cells(rules_of_rows(self.catalogue)), None)
            about = about_rows(teller)
            about = replace(about, placed=about.placed.kept(self.files.keep))
            database.keep_placed(whole.placed)
            subjects.let_go()
        self._rest(delivery)
        return OpenedWhole(told, about, teller, whole)

    def parts(self, whole: Whole) -> Iterator[ShardPart]:
        """The counties one by one, each cut out when it is asked for."""
        for number, rules in shared_out(whole, _others(rules_of_rows(self.catalogue))):
            own = cut(whole, number)
            self._rest(whole.session.delivery)
            session = replace(whole.session, delivery=own.delivery, derived={}, shard=whole.shard(number))
            yield ShardPart(
                number, whole.name(number), session, own.placed, whole.areas(number), tuple(rules)
            )

    def judged(self, part: ShardPart) -> ToldRules:
        """What one county gives; of the rows of others that it sees, nothing."""
        told = self._told(part)
        self._rest(part.session.delivery)
        return told

    def together(self, opened: OpenedTold, judged: Iterable[ToldRules]) -> ToldRules:
        """What reading found, and what all counties gave."""
        rules, kept = rules_of_rows(self.catalogue), KeptFindings(opened.told.findings)
        said: dict[str, list[ToldRule]] = {}
        for told in judged:
            kept.add(told.findings)
            for rule in told.rules:
                said.setdefault(rule.run.id, []).append(_under(rule, opened.teller.subjects.printed))
        gathered = [_together(opened.teller, rules[name], told) for name, told in said.items()]
        self._rest(opened.teller.linked.session.delivery)
        return ToldRules([*opened.told.rules, *gathered], kept.all())

    def _told(self, part: ShardPart) -> ToldRules:
        rules, keeping = rules_of_rows(self.catalogue), answering(self.wanted.kept, part.name)
        with keeping as answers, open_database(limits=SPARING, answers=answers) as database:
            session = replace(part.session, database=database)
            linked = open_placed(session, part.placed)
            subjects = Subjects(session, reveal=self.wanted.reveal)
            teller = rule_teller(linked, subjects, self.wanted.watched)
            own = {name: rules[name] for name in part.rules}
            told = rules_told(teller, own, self._watching(part.name))
            found = [finding for finding in told.findings if subjects.judged(finding.place)]
        return ToldRules([_counted(rule, part.areas) for rule in told.rules], found)

    def _watching(self, county: str) -> Progress | None:
        """Tells of which county the rules are judged."""
        progress = self.progress
        if progress is None:
            return None
        return lambda rule, done, total: progress(f"{county} {rule}", done, total)

    def _rest(self, delivery: Delivery) -> None:
        """Let go of what is done with: whose rows are whose is known in circles, which only a collection ends.

        Of a small delivery that is little, and not worth a look at all that the program holds.
        """
        if any(table.data.num_rows > _SMALL for table in delivery.tables.values()):
            gc.collect()
        self.files.rest()
        give_back()


@dataclass(frozen=True)
class ShardPart:
    """A county of its own, with what it must know of the whole: it can be judged wherever the program is.

    Attributes:
        number: its shard.
        name: what it is called.
        session: its rows and those it sees; the database is to be opened.
        placed: ledger → digest of its rows, and whose they are.
        areas: the numbers of its areas.
        rules: the ids of those that it judges.
    """

    number: int
    name: str
    session: Session
    placed: Mapping[str, pa.Table]
    areas: frozenset[int]
    rules: Sequence[str]


@dataclass(frozen=True)
class OpenedTold:
    """What is said of the whole before a county is judged: what reading found, and of the rows themselves."""

    told: ToldRules
    about: AboutRows
    teller: RuleTeller


@dataclass(frozen=True)
class OpenedWhole(OpenedTold):
    """The same, with what counties are cut from."""

    whole: Whole


def _of_cells(rules: Rules) -> Rules:
    """The rules that follow from models and reading."""
    return {name: entries for name, entries in rules.items() if isinstance(entries[0], CellRule)}


def _others(rules: Rules) -> Rules:
    return {name: entries for name, entries in rules.items() if not isinstance(entries[0], CellRule)}


def _under(rule: ToldRule, places: PrintedPlaces) -> ToldRule:
    """What came of a rule by the places of the whole; of one and the same run nothing is said in two ways."""
    counted = None if rule.counted is None else rule.counted.under(places)
    return replace(rule, run=replace(rule.run, by_place={}), counted=counted)


def _counted(rule: ToldRule, areas: frozenset[int]) -> ToldRule:
    """What came of a rule in these areas, its findings and what they rest on left out."""
    lacking = {ledger: numbers & areas for ledger, numbers in rule.lacking.items()}
    return replace(rule, findings=(), grounds=Grounds(), speaking=(), lacking=lacking)


def _together(teller: RuleTeller, entries: Sequence[AnyRule], said: Sequence[ToldRule]) -> ToldRule:
    """What all shards said of a rule."""
    counted, gaps = gathered_counts(said), gathered_gaps(said)
    return ToldRule(
        teller.run_of(entries, gaps, counted),
        (),
        Grounds(),
        (),
        all_rows(rule.watched for rule in said),
        gathered_areas(said),
        counted,
        gaps,
    )
