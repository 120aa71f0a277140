"""The one door to Spark: a session, and the few kinds of steps that are asked of it.

Spark is imported where it is asked for: who judges in one process need not have it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from fupin_audit.errors import UsageError
from fupin_audit.options import OnSpark

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

MISSING = "没有安装 Spark：pip install 'fupin-audit[spark]'"
JAVA_MISSING = (
    "没有找到 Java，Spark 要 Java 17 或 21：Debian/Ubuntu 用 apt install openjdk-17-jre-headless 安装，"
    "或用环境变量 JAVA_HOME 指明它在哪里"
)
JAVA_OLD = "Spark 要 Java 17 或更新的，这里是 Java {}；请安装 17 或 21，或用环境变量 JAVA_HOME 指明它在哪里"
NOT_BEGUN = "在“{}”开不起 Spark：请检查 --master 是否写对（local[2]、spark://主机:7077、yarn），集群是否开着"
_OLDEST_JAVA = 17
_TRIES = 4  # of a task, before the run is given up
_BATCH = 4  # rows of pieces that are in memory at a time

Batches = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]
Group = Callable[[pa.Table], pa.Table]
_NAMES = {pa.string(): "string", pa.int32(): "int", pa.binary(): "binary", pa.bool_(): "boolean"}


@dataclass(frozen=True)
class SparkRows:
    """Rows that Spark works out where they are needed; nothing of them is here."""

    rows: DataFrame

    def each(self, step: Batches, schema: pa.Schema, tasks: int) -> SparkRows:
        """What a step makes of the rows, spread over this many tasks; what becomes of a row depends on it alone."""
        return SparkRows(self.rows.repartition(tasks).mapInArrow(step, ddl(schema)))

    def groups(self, key: str | None, step: Group, schema: pa.Schema) -> SparkRows:
        """What a step makes of all rows that have the same key; of all rows where there is none."""
        # Spark counts the arguments of what it is given; of a method it counts one too many.
        return SparkRows(
            self.rows.groupBy(*([key] if key else [])).applyInArrow(lambda rows: step(rows), ddl(schema))
        )

    def only(self, condition: str) -> SparkRows:
        """The rows for which a condition holds."""
        return SparkRows(self.rows.where(condition))

    @contextmanager
    def kept(self) -> Iterator[SparkRows]:
        """The same rows, worked out once, on the disks of the executors until all is done."""
        from pyspark import StorageLevel

        rows = self.rows.persist(StorageLevel.DISK_ONLY)
        try:
            yield SparkRows(rows)
        finally:
            rows.unpersist()

    def here(self, *columns: str) -> Iterator[dict[str, Any]]:
        """The rows, one by one: what is told of a run, never ledgers."""
        for row in self.rows.select(*columns).toLocalIterator():
            yield row.asDict()

    def written(self, columns: list[str], folder: str, besides: SparkRows) -> None:
        """Written by the executors; what tasks that failed or came second have written is not there."""
        self.rows.select(*columns).unionByName(besides.rows).write.mode("errorifexists").parquet(folder)


@dataclass(frozen=True)
class Spark:
    """A session."""

    session: SparkSession

    def files(self, addresses: list[str]) -> Iterator[str]:
        """The addresses of all files at or below these.

        Raises:
            UsageError: there is nothing.
        """
        for address in addresses:
            system, path = self._place(address)
            if not system.exists(path):
                raise UsageError(f"找不到“{address}”，请检查地址是否写对")
            found = system.listFiles(path, True)
            while found.hasNext():
                yield found.next().getPath().toString()

    def contents(self, addresses: list[str]) -> SparkRows:
        """Files, each with its address and all its bytes, which executors fetch."""
        reading = self.session.read.format("binaryFile")
        return SparkRows(reading.load(addresses).select("path", "content"))

    def refuse_filled(self, folder: str) -> None:
        """Refuses a folder that is there already, before hours of work.

        Raises:
            UsageError: it is.
        """
        system, path = self._place(folder)
        if system.exists(path):
            raise UsageError(f"{folder} 已经存在，发现要写到新的文件夹")

    def _place(self, address: str) -> tuple[Any, Any]:
        """The file system an address is of, and the address, as Hadoop has them."""
        context = self.session.sparkContext
        path = context._jvm.org.apache.hadoop.fs.Path(address)
        return path.getFileSystem(context._jsc.hadoopConfiguration()), path

    def frame(self, table: pa.Table) -> SparkRows:
        """A small table as rows."""
        return SparkRows(self.session.createDataFrame(table))


@contextmanager
def spark(on: OnSpark) -> Iterator[Spark]:
    """A session, which ends with the work if it was begun for it.

    Raises:
        UsageError: Spark or Java is missing, and what to install.
    """
    refuse_missing()
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    running = SparkSession.getActiveSession()
    session = running or _begun(on)
    before = {name: session.conf.get(name, None) for name in _ASKED}
    _set(session, _ASKED)
    try:
        yield Spark(session)
    finally:
        _set(session, before)
        if running is None:
            session.stop()


def _set(session: SparkSession, values: Mapping[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            session.conf.unset(name)
        else:
            session.conf.set(name, value)


# A county is a task of its own, however small; pieces are handed over a few at a time.
_ASKED: Mapping[str, str] = {
    "spark.sql.adaptive.coalescePartitions.enabled": "false",
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(_BATCH),
}
_OF_LAPTOP = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "1g",
    "spark.sql.shuffle.partitions": "16",
    "spark.ui.enabled": "false",
}


def _begun(on: OnSpark) -> SparkSession:
    """A new session.

    Raises:
        UsageError: there is no Spark at the master.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("fupin-audit").config("spark.ui.showConsoleProgress", "false")
    if on.master:
        builder = builder.master(trying_again(on.master))
    if on.master.startswith("local"):
        for name, value in _OF_LAPTOP.items():
            builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except (PySparkException, Py4JError) as error:
        raise UsageError(NOT_BEGUN.format(on.master or "spark-submit 说的地方")) from error
    session.sparkContext.setLogLevel("ERROR")
    return session


def trying_again(master: str) -> str:
    """The master such that a task that dies is tried again, as it is everywhere but on one machine."""
    found = re.fullmatch(r"local(?:\[([0-9]+|\*)\])?", master)
    return f"local[{found[1] or 1},{_TRIES}]" if found else master


def refuse_missing() -> None:
    """Refuses to begin without Spark or Java.

    Raises:
        UsageError: which of them, and what to install.
    """
    if not find_spec("pyspark"):
        raise UsageError(MISSING)
    version = _java_version()
    if version is None:
        raise UsageError(JAVA_MISSING)
    if version < _OLDEST_JAVA:
        raise UsageError(JAVA_OLD.format(version))


def _java_version() -> int | None:
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home) / "bin") if home else None)
    if java is None:
        return None
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(?:1\.)?([0-9]+)', said)
    return int(found[1]) if found else None


def ddl(schema: pa.Schema) -> str:
    """A schema as Spark writes it."""
    return ", ".join(f"`{field.name}` {_type(field.type)}" for field in schema)


def _type(of: pa.DataType) -> str:
    if pa.types.is_map(of):
        return f"map<{_type(of.key_type)}, {_type(of.item_type)}>"
    if pa.types.is_list(of):
        return f"array<{_type(of.value_type)}>"
    if pa.types.is_struct(of):
        return f"struct<{', '.join(f'`{field.name}`: {_type(field.type)}' for field in of)}>"
    return _NAMES[of]
