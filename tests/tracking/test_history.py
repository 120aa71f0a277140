"""The file runs are remembered in: whole or as it was, its owner's alone, with nobody's name or number in it."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fupin_audit.errors import OutputError, UsageError
from fupin_audit.followup.history import database
from fupin_audit.followup.history.database import EDITIONS, HistoryFile
from fupin_audit.followup.history.runs import Run, RunFacts, last_states, runs, write_run
from fupin_audit.followup.tracking.following import Following, follow, is_followed, kept
from fupin_audit.followup.waivers.waiver import Waiver, Waivers
from fupin_audit.results.finding import Severity
from fupin_audit.results.place import Place
from fupin_audit.results.tracking import Claim, Followed, State
from fupin_audit.tasks.following_up import delivered, from_history, read_known, record, tracked
from process import environment
from samples_audited import SampleAudits
from tracking.drops import COUNTY

DAY = date(2021, 1, 31)
FACTS = RunFacts(date(2020, 12, 31), "1.0", ("全国",), ("参数 贫困线=4000",), ())


FOUND = Followed(
    fingerprint="",
    rule="KEY-05",
    severity=Severity.ERROR,
    ledger="户",
    cells=(("户", "家庭人口"),),
    place=Place("清河县", "柳林乡", "东沟村"),
    household="9901",
    owner="第一书记",
    state=State.NEW,
    since=DAY,
    due=date(2021, 2, 15),
    times=1,
    claim=Claim("整改中", "属实", "2021-02-01"),
)


def followed(number: int = 1, **more: Any) -> Followed:
    return replace(FOUND, fingerprint=f"{number:016x}", **more)


def write(path: Path, items: Sequence[Followed], number: int = 1, after: int | None = None) -> None:
    history = HistoryFile(path)
    try:
        run = Run(number, DAY, f"摘要{number}")
        write_run(history, run, FACTS, items, after=number - 1 if after is None else after)
    finally:
        history.close()


def states(path: Path, run: int = 99) -> dict[str, Followed]:
    history = HistoryFile(path)
    try:
        return dict(last_states(history, run))
    finally:
        history.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "清河县.db"


def test_what_is_written_is_read(path: Path) -> None:
    items = [followed(1), followed(2, due=None, place=Place(), household="")]
    write(path, items)
    assert list(states(path).values()) == items
    write(path, [followed(1, state=State.MENDED)], 2)
    assert [item.state for item in states(path).values()] == [State.MENDED, State.NEW]
    assert [item.state for item in states(path, 1).values()] == [State.NEW, State.NEW]


@pytest.mark.skipif(os.name != "posix", reason="asks for the rights of a file")
def test_only_its_owner_may_read_it(path: Path) -> None:
    write(path, [followed()])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    write(path, [followed()], 2)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_other_files_are_left_alone(path: Path, tmp_path: Path) -> None:
    text, other = tmp_path / "账.db", tmp_path / "别的.db"
    text.write_text("户编号,户主", encoding="utf-8")
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE t (x)")
    connection.commit()
    connection.close()
    for wrong, said in ((text, "不是历史文件"), (other, "别的程序的数据库"), (tmp_path, "不是历史文件")):
        before = wrong.read_bytes() if wrong.is_file() else b""
        with pytest.raises(UsageError, match=said):
            HistoryFile(wrong)
        assert not wrong.is_file() or wrong.read_bytes() == before


def test_a_damaged_history_is_said_to_be_one(path: Path) -> None:
    write(path, [followed(number) for number in range(200)])
    content = bytearray(path.read_bytes())
    content[100:2000] = b"\xff" * 1900
    path.write_bytes(content)
    with pytest.raises(UsageError, match="已经损坏"):
        states(path)


SPOILT = {
    "state": "UPDATE findings SET state = '啥'",
    "day": "UPDATE runs SET day = '昨天'",
    "cells": "UPDATE findings SET cells = '[['",
    "other cells": "UPDATE findings SET cells = '[1]'",
    "severity": "UPDATE findings SET severity = 'x'",
    "no table": "DROP TABLE findings",
    "no column": "ALTER TABLE findings DROP COLUMN verdict",
}


def changed(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.mark.parametrize("statement", SPOILT.values(), ids=SPOILT)
def test_what_was_spoilt_by_hand_is_said_to_be(statement: str, path: Path) -> None:
    write(path, [followed()])
    changed(path, statement)
    with pytest.raises(UsageError, match="已经损坏"):
        read_known(path, "--baseline")
    with closing(HistoryFile(path)) as history, pytest.raises(UsageError, match="已经损坏"):
        from_history(history, delivered([COUNTY]), DAY)


def test_a_run_taken_out_by_hand_may_be_written_again(path: Path) -> None:
    write(path, [followed()])
    changed(path, "DELETE FROM runs")
    write(path, [followed(2)])
    assert list(states(path)) == [followed(2).fingerprint]


@pytest.mark.skipif(os.name != "posix", reason="asks for the rights of a file")
def test_a_history_that_is_only_read_is_left_as_it_is(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Be it somebody else's, in a folder where nothing can be written, and of an earlier edition."""
    with monkeypatch.context() as earlier:
        earlier.setattr(database, "EDITIONS", EDITIONS[:1])
        HistoryFile(path).close()
    changed(path, "INSERT INTO runs VALUES (1, '2021-01-31', '2020-12-31', 'd', '0.9', '[]', '[]', '[]')")
    path.chmod(0o444)
    path.parent.chmod(0o555)
    before = path.read_bytes(), path.stat().st_mtime_ns
    with monkeypatch.context() as nobody:
        nobody.setattr(Path, "chmod", None)
        assert read_known(path, "--baseline").as_of == DAY
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    assert [found.name for found in path.parent.iterdir()] == [path.name]
    path.parent.chmod(0o755)


def test_a_history_that_is_being_written_is_read_as_it_stands(path: Path) -> None:
    write(path, [followed()])
    writer = HistoryFile(path)
    with writer.writing():
        writer.write("DELETE FROM runs WHERE number = ?", [(1,)])
        assert len(read_known(path, "--baseline").followed) == 1
    writer.close()
    with pytest.raises(UsageError, match="历史里还没有核对过"):
        read_known(path, "--baseline")


def test_a_later_edition_is_left_alone(path: Path) -> None:
    write(path, [followed()])
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {len(EDITIONS) + 1}")
    connection.close()
    with pytest.raises(UsageError, match="请先升级"):
        HistoryFile(path)


def test_an_earlier_edition_is_brought_up_to_date(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = sqlite3.connect(path)
    connection.executescript(EDITIONS[0])
    connection.execute(f"PRAGMA application_id = {database._APPLICATION}")
    connection.execute("PRAGMA user_version = 1")
    connection.execute(
        "INSERT INTO runs VALUES (1, '2021-01-31', '2020-12-31', 'd', '0.9', '[]', '[]', '[]')"
    )
    connection.execute(
        "INSERT INTO findings VALUES (1, 'ab', 'KEY-05', 'error', '户', '[]', '清河县', '', '', '9901',"
        " '第一书记', '新增', '2021-01-31', NULL, 0)"
    )
    connection.commit()
    connection.close()
    (found,) = states(path).values()
    assert (found.fingerprint, found.claim) == ("ab", Claim())
    write(path, [followed()], 2)
    assert len(states(path)) == 2


def test_a_full_disk_leaves_it_as_it_was(path: Path) -> None:
    write(path, [followed()])
    history = HistoryFile(path)
    pages = history.rows("PRAGMA page_count")[0][0]
    history.rows(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(OutputError, match="磁盘已满；原来的内容没有变"):
        write_run(history, Run(2, DAY, "x"), FACTS, [followed(n) for n in range(5000)], after=1)
    assert len(runs(history)) == 1
    history.close()
    assert list(states(path).values()) == [followed()]


def test_a_read_only_history_is_said_to_be_one(path: Path) -> None:
    write(path, [followed()])
    history = HistoryFile(path)
    history.rows("PRAGMA query_only = 1")  # root may write anywhere
    with pytest.raises(OutputError, match="没有写的权限，或磁盘是只读的；原来的内容没有变"):
        write_run(history, Run(2, DAY, "x"), FACTS, [followed(2)], after=1)
    history.close()
    assert list(states(path).values()) == [followed()]


def test_two_runs_at_once_do_not_lose_each_other(path: Path) -> None:
    write(path, [followed()])
    with pytest.raises(OutputError, match="请再运行一次"):
        write(path, [followed(7)], 1, after=0)
    assert list(states(path).values()) == [followed()]


def test_a_run_that_is_writing_is_waited_for(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(path, [followed()])
    monkeypatch.setattr(database, "_PATIENCE", 0.1)
    writer = HistoryFile(path)
    with writer.writing(), pytest.raises(OutputError, match="另一个程序正在写它"):
        write(path, [followed(2)], 2)
    writer.close()
    assert list(states(path).values()) == [followed()]


@pytest.mark.skipif(sys.platform != "linux", reason="kills a process")
def test_a_kill_leaves_it_as_it_was(path: Path) -> None:
    write(path, [followed()])
    code = (
        "import os, signal\n"
        "from pathlib import Path\n"
        "from fupin_audit.followup.history.database import HistoryFile\n"
        f"history = HistoryFile(Path({str(path)!r}))\n"
        "with history.writing():\n"
        "    history.write('DELETE FROM runs WHERE number = ?', [(1,)])\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], env=environment(), check=False)
    assert ended.returncode == -signal.SIGKILL
    assert list(states(path).values()) == [followed()]


def test_the_same_drop_again_stands_for_the_one_before(path: Path, audits: SampleAudits) -> None:
    """And nothing of what people said, or of the days, is lost."""
    result, drop = audits.of(COUNTY.name), delivered([COUNTY])
    history = HistoryFile(path)
    first = from_history(history, drop, DAY)
    some = result.records[0].fingerprint
    asked = Following(DAY, {Severity.ERROR: date(2021, 2, 15)}, claims={some: Claim("整改中", "属实")})
    record(history, tracked(result, first, asked), drop, first)
    again = from_history(history, drop, DAY)
    assert (again.number, again.after) == (1, 1)
    record(history, tracked(result, again, Following(DAY)), drop, again)
    assert len(runs(history)) == 1
    found = last_states(history, 1)
    assert found[some].claim == Claim("整改中", "属实")
    assert {item.state for item in found.values()} == {State.NEW}
    assert all(item.due for item in found.values() if item.severity is Severity.ERROR)
    history.close()


def test_a_day_before_the_last_is_refused(path: Path) -> None:
    write(path, [followed()])
    history = HistoryFile(path)
    with pytest.raises(UsageError, match="更早"):
        from_history(history, delivered([COUNTY]), date(2021, 1, 30))
    history.close()


def test_nothing_is_new_beside_a_history_of_the_same(path: Path, audits: SampleAudits) -> None:
    """Remarks on reading, which no history keeps, are not said to be new, and it is said."""
    result, drop = audits.of(COUNTY.name), delivered([COUNTY])
    history = HistoryFile(path)
    before = from_history(history, drop, DAY)
    record(history, tracked(result, before, Following(DAY)), drop, before)
    history.close()
    new = read_known(path, "--baseline").new(result)
    remarks = sum(not is_followed(item.rule) for item in result.records)
    assert new.records == ()
    assert remarks
    assert new.filtered.endswith(
        f"{len(result.records) - remarks} 处不列，读表的提示 {remarks} 处历史里不记，也不列"
    )


@pytest.mark.parametrize(("until", "state"), [(DAY, State.WAIVED), (date(2021, 1, 30), State.UNVERIFIED)])
@pytest.mark.parametrize(
    "about", [{"fingerprint": f"{1:016x}"}, {"household": "9901", "rule": "KEY-05", "field": "家庭人口"}]
)
def test_what_is_exempt_and_not_looked_at_stays_exempt(
    about: dict[str, str], until: date, state: State, audits: SampleAudits
) -> None:
    nothing = replace(audits.of(COUNTY.name), records=())
    last = {item.fingerprint: item for item in [followed(state=State.WAIVED, due=date(2021, 1, 1))]}
    waivers = Waivers((Waiver("待更正", "周立", until, **about),))
    (found,) = follow(nothing, last, Following(DAY, waivers=waivers))
    assert (found.state, found.overdue) == (state, state is State.UNVERIFIED)
    assert ("待更正" in found.reason) is (state is State.WAIVED)


def test_what_a_revealing_run_shows_is_kept_masked(audits: SampleAudits) -> None:
    card = "990101197003050015"
    place = Place("清河县", f"柳林镇{card}", "东沟村")
    finding = replace(audits.of(COUNTY.name).records[0], household=card, place=place)
    item = kept(finding, DAY)
    assert card not in str(item)
    assert item.household.startswith("990101**")


@pytest.mark.parametrize("with_households", [True, False])
def test_nobody_is_named_in_it(with_households: bool, path: Path, audits: SampleAudits) -> None:
    result, drop = audits.of(COUNTY.name), delivered([COUNTY])
    history = HistoryFile(path)
    before = from_history(history, drop, DAY)
    record(history, tracked(result, before, Following(DAY, with_households=with_households)), drop, before)
    history.close()
    kept = path.read_bytes().decode("utf-8", errors="ignore")
    named = {text for item in result.records for text in (item.head, item.person) if text}
    named |= {who.name for item in result.records for who in item.responsible if who.name}
    named |= {at.value for item in result.records for at in item.locations if at.value and "*" in at.value}
    assert len(named) > 50
    assert [name for name in sorted(named) if name in kept] == []
    households = {item.household for item in result.records if item.household and is_followed(item.rule)}
    assert all(number in kept for number in households) is with_households
    assert with_households or not any(number in kept for number in households)
