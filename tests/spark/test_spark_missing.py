"""Without Spark or Java a sentence says what to install; `spark_door` begins nothing."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from fupin_audit import audit
from fupin_audit.errors import UsageError
from fupin_audit.options import OnSpark, Options, Working
from fupin_audit.spark import spark_door
from fupin_audit.spark.remote_files import address_of
from fupin_audit.spark.spark_door import trying_again
from process import SMALL, start
from spark_sessions import needs_spark

ASKED = Options(working=Working(spark=OnSpark("local[2]")))


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    (tmp_path / "户.csv").write_text("户编号\n", encoding="utf-8")
    return tmp_path


def java(folder: Path, said: str) -> Path:
    """A program that says it is this Java."""
    program = folder / "bin" / "java"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho '{said}' >&2\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return folder


def test_without_spark_it_is_said_how_to_install_it(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark_door, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"pip install 'fupin-audit\[spark\]'"):
        audit(ledger, options=ASKED)


@needs_spark
def test_where_there_is_no_spark_at_the_master_it_is_said() -> None:
    run = start("check", SMALL, "--quiet", "--engine", "spark", "--master", "local[x]")
    _, said = run.communicate(timeout=120)
    assert run.returncode == 2
    assert said.decode().splitlines()[-1].startswith("错误：在“local[x]”开不起 Spark：请检查 --master")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('openjdk version "11.0.22" 2024-01-16', "这里是 Java 11；请安装 17 或 21"),
        ('java version "1.8.0_392"', "这里是 Java 8；请安装 17 或 21"),
        (None, "没有找到 Java.*openjdk-17"),
    ],
)
def test_without_a_java_that_fits_it_is_said_which(
    ledger: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    said: str | None,
    told: str,
) -> None:
    home = tmp_path_factory.mktemp("java")
    monkeypatch.setenv("JAVA_HOME", str(java(home, said) if said else home))
    monkeypatch.setattr(spark_door, "find_spec", lambda name: name)
    with pytest.raises(UsageError, match=told):
        audit(ledger, options=ASKED)


@pytest.mark.parametrize(
    ("master", "asked"),
    [
        ("local", "local[1,4]"),
        ("local[2]", "local[2,4]"),
        ("local[*]", "local[*,4]"),
        ("local[2,9]", "local[2,9]"),
        ("spark://主机:7077", "spark://主机:7077"),
    ],
)
def test_a_task_on_one_machine_is_tried_as_often_as_elsewhere(master: str, asked: str) -> None:
    assert trying_again(master) == asked


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("hdfs://主机:8020/云川市", "hdfs://主机:8020/云川市"),
        ("s3a://桶/云川市/户.xlsx", "s3a://桶/云川市/户.xlsx"),
        ("file:///data/云川市", "file:/data/云川市"),
        ("云川市/户.xlsx", ""),
        ("/data/云川市", ""),
    ],
)
def test_an_address_is_known_although_it_went_through_a_path(path: str, address: str) -> None:
    assert address_of(Path(path)) == address
