"""On Spark the same is found as in one process: every byte of the report (D17), whoever dies on the way."""

from __future__ import annotations

import ast
import os
import re
import signal
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pyarrow.parquet as parquet
import pytest

from books import write_csv
from by_shards import make
from comparing.sheets import resident_id
from county.clean.village import Shape, villages
from county.drops.all_drops import DROPS
from county.sheets.book import write
from crossing_counties import write_crossing
from fupin_audit import audit
from fupin_audit.errors import UsageError
from fupin_audit.ledgers.header_meanings import HeaderMeaning
from fupin_audit.options import Options, Working
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.spark import spark_door
from fupin_audit.spark.judging_step import FINDING, RULES
from fupin_audit.spark.placing_step import RUN
from fupin_audit.spark.spark_door import Spark, SparkRows, spark
from fupin_audit.workbook.recognising.recognition import Designation
from samples_audited import SAMPLES, SampleAudits, settled
from spark_sessions import HERE, as_bytes, needs_spark, old_pandas

pytestmark = [needs_spark, old_pandas]
EXAM = "考核样例-2021"
FUSHUN, YUNYANG = ("辽宁省", "抚顺市", "云溪县"), ("重庆市", "重庆市", "云阳县")
ELSEWHERE = ("安和省", "云川市", "清河县")
OWN = """
ledgers:
  - title: 高龄津贴
    kind: 待遇
    fields: {姓名: 文, 证件号码: {type: 身份证, required: true}, 月津贴: 元}
    anchors: [证件号码]
"""
ROOM = Path(spark_door.__file__).parent
# What brings rows to the process that asks.
FETCHES = {"collect", "toPandas", "toArrow", "take", "head", "first", "tail", "show", "toLocalIterator"}
GIB = 1 << 30


@pytest.fixture(scope="module")
def cluster() -> Iterator[Spark]:
    """One session for all tests, as a laptop has it."""
    with spark(HERE) as running:
        yield running


@dataclass(frozen=True)
class Crossing:
    """Two counties that have people in common, a list that a pack of the user's declares; what one process tells."""

    root: Path | str
    pack: Path
    options: Options
    report: bytes

    def on_spark(self, findings: Path | None = None) -> AuditResult:
        return audit(self.root, packs=[self.pack], options=on_spark(self.options, findings))


@pytest.fixture(scope="module")
def crossing(tmp_path_factory: pytest.TempPathFactory) -> Crossing:
    root, pack = tmp_path_factory.mktemp("云川市"), tmp_path_factory.mktemp("规则") / "own.yaml"
    designations = write_crossing(root)
    pack.write_text(OWN, encoding="utf-8")
    write_csv(root / "高龄津贴.csv", [{"姓名": "赵安", "身份证": resident_id(901), "月钱": "50元整"}])
    headers = (HeaderMeaning("高龄津贴", "身份证", "证件号码"), HeaderMeaning("高龄津贴", "月钱", "月津贴"))
    options = Options(designations=designations, headers=headers)
    at_once = audit(root, packs=[pack], options=options)
    assert "高龄津贴" in {ledger for sheet in at_once.inputs for ledger in sheet.ledgers}
    return Crossing(root, pack, options, as_bytes(at_once))


@dataclass(frozen=True)
class Fetched:
    """What came to who asked: of each row the part, what it is, its bytes; the plans by which it came."""

    rows: Sequence[tuple[int, str, int]]
    plans: Sequence[str]
    told: AuditResult
    findings: Path


@pytest.fixture(scope="module")
def fetched(cluster: Spark, crossing: Crossing, tmp_path_factory: pytest.TempPathFactory) -> Fetched:
    rows: list[tuple[int, str, int]] = []
    plans: list[str] = []
    here = SparkRows.here

    def recorded(frame: SparkRows, *columns: str) -> Iterator[dict[str, Any]]:
        plans.append(frame.rows._jdf.queryExecution().toString())
        for row in here(frame, *columns):
            rows.append((row["part"], row["what"], len(row["piece"])))
            yield row

    folder = tmp_path_factory.mktemp("发现") / "各县"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SparkRows, "here", recorded)
        told = crossing.on_spark(folder)
    return Fetched(rows, plans, told, folder)


def on_spark(options: Options, findings: Path | None = None) -> Options:
    on = replace(HERE, findings=str(findings or ""))
    return replace(options, working=Working(spark=on))


def test_counties_with_people_in_common_are_told_as_in_one_process(
    crossing: Crossing, fetched: Fetched
) -> None:
    by_county = replace(crossing.options, working=Working(by_county=True))
    in_shards = audit(crossing.root, packs=[crossing.pack], options=by_county)
    assert as_bytes(fetched.told) == crossing.report == as_bytes(in_shards)
    assert {"ID-05", "KEY-12", "STA-05"} <= {finding.rule for finding in fetched.told.records}


def test_the_executors_write_each_finding_once(fetched: Fetched) -> None:
    assert_written(fetched.findings, fetched.told)


def assert_written(folder: Path, told: AuditResult) -> None:
    """The executors wrote each finding once."""
    written = parquet.read_table(folder).select(["rule", "fingerprint", "message"]).to_pylist()
    shown = [
        {name: getattr(item, name) for name in ("rule", "fingerprint", "message")} for item in told.records
    ]
    assert sorted(written, key=str) == sorted(shown, key=str)


def test_an_exam_county_is_told_as_in_one_process(cluster: Spark, audits: SampleAudits) -> None:
    options = settled(SAMPLES / EXAM / "fupin-audit.toml")
    assert as_bytes(audit(SAMPLES / EXAM, options=on_spark(options))) == as_bytes(audits.of(EXAM))


@pytest.mark.nightly
def test_a_prefecture_is_told_as_in_one_process(cluster: Spark, tmp_path: Path) -> None:
    folder = tmp_path / "云川市"
    make(folder, ("清河县", "白石县", "柳林县", "东关县"), 300, further=False)
    assert_told_alike(folder, tmp_path / "发现")


@pytest.mark.nightly
def test_exam_counties_of_several_provinces_are_told_as_in_one_process(
    cluster: Spark, tmp_path: Path
) -> None:
    """Each county by the rules and figures of its own place."""
    folder, drop = tmp_path / "各省", DROPS["exam-2020"]
    for order, place in enumerate((FUSHUN, YUNYANG, ELSEWHERE)):
        (folder / place[-1]).mkdir(parents=True)
        for book in drop.books(list(villages(7, Shape(1, 20, 1, *place, start=order), drop.families))):
            write(book, folder / place[-1])
    assert_told_alike(folder, tmp_path / "发现")


def assert_told_alike(folder: Path, findings: Path) -> None:
    """At once, county by county and on Spark."""
    in_shards = audit(folder, options=Options(working=Working(by_county=True)))
    told = audit(folder, options=on_spark(Options(), findings))
    assert as_bytes(told) == as_bytes(audit(folder)) == as_bytes(in_shards)
    assert_written(findings, told)


def test_files_at_addresses_are_fetched_by_executors(cluster: Spark, crossing: Crossing) -> None:
    addressed = replace(crossing, root=f"file://{crossing.root}")
    assert as_bytes(addressed.on_spark()) == crossing.report


def test_a_task_whose_worker_is_killed_is_done_again(
    cluster: Spark, crossing: Crossing, tmp_path: Path
) -> None:
    with WorkerKiller(cluster) as killed:
        told = crossing.on_spark(tmp_path / "发现")
    assert sum(killed.values()) >= 2
    assert as_bytes(told) == crossing.report
    assert_written(tmp_path / "发现", told)


class WorkerKiller:
    """Kills the workers of each stage until a task of it has failed; tells stage → tasks that failed."""

    def __init__(self, cluster: Spark) -> None:
        self._tracker = cluster.session.sparkContext.statusTracker()
        self._failed: dict[int, int] = {}
        self._over = Event()
        self._killer = Thread(target=self._kill)

    def __enter__(self) -> dict[int, int]:
        self._killer.start()
        return self._failed

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._killer.join()
        self._failed.update({stage: self._of(stage).numFailedTasks for stage in self._failed})

    def _kill(self) -> None:
        while not self._over.wait(0.02):
            for stage in self._tracker.getActiveStageIds():
                if self._of(stage).numActiveTasks and not self._of(stage).numFailedTasks:
                    self._failed[stage] = 0
                    for worker in python_workers():
                        with suppress(ProcessLookupError):
                            os.kill(worker, signal.SIGKILL)
                    self._over.wait(0.3)  # until it is known what has failed: no task is tried for ever

    def _of(self, stage: int) -> Any:
        return self._tracker.getStageInfo(stage)


def python_workers() -> list[int]:
    """The processes that this test's Spark has forked to run Python."""
    parents = {int(path.name): parent_of(path) for path in Path("/proc").glob("[0-9]*")}

    def is_ours(process: int) -> bool:
        while process > 1:
            process = parents.get(process, 0)
            if process == os.getpid():
                return True
        return False

    daemons = {process for process in parents if is_ours(process) and "pyspark.daemon" in command_of(process)}
    return [process for process in daemons if parents[process] in daemons]


def parent_of(process: Path) -> int:
    with suppress(OSError):
        return int(re.sub(r"^.*\) . ", "", (process / "stat").read_text("utf-8", "replace")).split()[0])
    return 0


def command_of(process: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_text("utf-8", "replace")
    return ""


def test_no_ledger_comes_to_who_asks(fetched: Fetched) -> None:
    """Of counties come verdicts and findings, of the whole its date, counts and the columns without rows."""
    assert {what for part, what, _ in fetched.rows if part >= 0} == {RULES, FINDING}
    tables = [size for part, what, size in fetched.rows if part == RUN and what.startswith("台账")]
    assert 0 < max(tables) < 32 << 10
    (plan,) = fetched.plans
    assert "MapInArrow" in plan
    assert "FlatMapGroupsInArrow" in plan
    assert not re.search("Broadcast|Collect", plan)


def test_rows_are_fetched_in_one_place_and_one_by_one() -> None:
    found = [
        (path.name, node.attr)
        for path in ROOM.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in FETCHES
    ]
    assert found == [("spark_door.py", "toLocalIterator")]


def test_a_session_that_runs_already_is_left_as_it_was(cluster: Spark) -> None:
    conf, name = cluster.session.conf, "spark.sql.execution.arrow.maxRecordsPerBatch"
    before = conf.get(name)
    conf.set(name, "77")
    with spark(HERE) as again:
        assert again.session is cluster.session
        assert conf.get(name) == "4"
    assert conf.get(name) == "77"
    conf.set(name, before or "")


def test_a_gibibyte_is_enough_for_who_asks(cluster: Spark) -> None:
    runtime = cluster.session.sparkContext._jvm.java.lang.Runtime.getRuntime()
    assert runtime.maxMemory() <= GIB


def test_what_a_task_refuses_is_told_as_in_one_process(cluster: Spark, tmp_path: Path) -> None:
    (tmp_path / "名单.csv").write_text("姓名,身份证号\n", encoding="utf-8")
    options = Options(designations=(Designation("户", "没有.csv"),))
    with pytest.raises(UsageError, match=r"没有“没有\.csv”这个文件或工作表"):
        audit(tmp_path, options=on_spark(options))


def test_a_folder_of_findings_that_is_there_is_left_alone(cluster: Spark, tmp_path: Path) -> None:
    (tmp_path / "名单.csv").write_text("姓名,身份证号\n", encoding="utf-8")
    with pytest.raises(UsageError, match="已经存在"):
        audit(tmp_path, options=on_spark(Options(), tmp_path))
