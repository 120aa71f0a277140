"""On Spark the same is found as in one process: every byte of the report (D17), whoever dies on the way."""

from __future__ import annotations

import ast
import os
import re
import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pyarrow.parquet as parquet
import pytest

from by_shards import make
from crossing_counties import write_crossing
from fupin_audit import audit
from fupin_audit.errors import UsageError
from fupin_audit.options import Options, Working
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.spark import spark_door
from fupin_audit.spark.judging_step import FINDING, RULES, SCREENED
from fupin_audit.spark.placing_step import RUN
from fupin_audit.spark.spark_door import Spark, SparkRows, spark
from fupin_audit.workbook.recognising.recognition import Designation
from samples_audited import SAMPLES, SampleAudits, settled
from spark_sessions import HERE, as_bytes, needs_spark, old_pandas

pytestmark = [needs_spark, old_pandas]
EXAM = "考核样例-2021"
ROOM = Path(spark_door.__file__).parent
# What brings rows to the process that asks.
FETCHES = {"collect", "toPandas", "toArrow", "take", "head", "first", "tail", "show", "toLocalIterator"}
GIB = 1 << 30


@pytest.fixture(scope="module")
def cluster() -> Iterator[Spark]:
    """One session for all tests, as a laptop has it."""
    with spark(HERE) as running:
        running.session.conf.set("spark.sql.shuffle.partitions", "4")
        yield running


@pytest.fixture(scope="module")
def crossing(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Options]:
    """Two counties that have people in common, or nearly so, and the roll of their city."""
    root = tmp_path_factory.mktemp("云川市")
    return root, Options(designations=write_crossing(root))


def on_spark(options: Options, findings: Path | None = None) -> Options:
    on = replace(HERE, findings=str(findings or ""))
    return replace(options, working=Working(spark=on))


def by_county(options: Options) -> Options:
    return replace(options, working=Working(by_county=True))


def test_counties_with_people_in_common_are_told_as_in_one_process(
    cluster: Spark, crossing: tuple[Path, Options], tmp_path: Path
) -> None:
    root, options = crossing
    at_once = audit(root, options=options)
    told = audit(root, options=on_spark(options, tmp_path / "发现"))
    assert as_bytes(told) == as_bytes(at_once) == as_bytes(audit(root, options=by_county(options)))
    assert {"ID-05", "KEY-12", "STA-05"} <= {finding.rule for finding in told.records}
    assert_written(tmp_path / "发现", told)


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
    at_once = audit(folder)
    told = audit(folder, options=on_spark(Options(), tmp_path / "发现"))
    assert as_bytes(told) == as_bytes(at_once) == as_bytes(audit(folder, options=by_county(Options())))
    assert_written(tmp_path / "发现", told)


def test_files_at_addresses_are_fetched_by_executors(cluster: Spark, crossing: tuple[Path, Options]) -> None:
    root, options = crossing
    assert as_bytes(audit(f"file://{root}", options=on_spark(options))) == as_bytes(
        audit(root, options=options)
    )


def test_a_task_whose_worker_is_killed_is_done_again(
    cluster: Spark, crossing: tuple[Path, Options], tmp_path: Path
) -> None:
    root, options = crossing
    with killing(cluster) as killed:
        told = audit(root, options=on_spark(options, tmp_path / "发现"))
    assert sum(killed.values()) >= 2
    assert as_bytes(told) == as_bytes(audit(root, options=options))
    assert_written(tmp_path / "发现", told)


class killing:  # noqa: N801  a context
    """Kills the workers of each stage once, while its tasks run; tells stage → tasks that failed."""

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

    def _kill(self) -> None:
        while not self._over.wait(0.05):
            for stage in self._tracker.getActiveStageIds():
                info = self._tracker.getStageInfo(stage)
                if info and stage in self._failed:
                    self._failed[stage] = max(self._failed[stage], info.numFailedTasks)
                elif info and info.numActiveTasks and (workers := python_workers()):
                    self._over.wait(0.3)  # amid its work
                    self._failed[stage] = 0
                    for worker in workers:
                        with suppress(ProcessLookupError):
                            os.kill(worker, signal.SIGKILL)


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


def test_no_ledger_comes_to_who_asks(
    cluster: Spark, crossing: tuple[Path, Options], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of counties come verdicts and findings, of the whole its date, counts and the columns without rows."""
    fetched: list[tuple[int, str, int]] = []
    plans: list[str] = []
    here = SparkRows.here

    def recorded(frame: SparkRows, *columns: str) -> Iterator[dict[str, object]]:
        plans.append(frame.rows._jdf.queryExecution().toString())
        for row in here(frame, *columns):
            fetched.append((row["part"], row["what"], len(row["piece"])))
            yield row

    monkeypatch.setattr(SparkRows, "here", recorded)
    root, options = crossing
    audit(root, options=on_spark(options))
    assert {what for part, what, _ in fetched if part >= 0} == {RULES, FINDING}
    tables = [size for part, what, size in fetched if part == RUN and what.startswith("台账")]
    assert 0 < max(tables) < 32 << 10
    assert {SCREENED, FINDING} >= {what for _, what, _ in fetched if what in (SCREENED, FINDING)}
    (plan,) = plans
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
