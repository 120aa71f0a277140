"""The progress bar: for people at a terminal, silent everywhere else."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from fupin_audit.cli import progress_bar
from fupin_audit.cli.progress_bar import progress_bars
from fupin_audit.writing.console import Screen


def console(terminal: bool) -> Screen:
    return Screen(stderr=True, force_terminal=terminal, width=80, _environ={})


def test_people_see_what_is_being_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress_bar, "Screen", lambda **_: console(terminal=True))
    with progress_bars(wanted=True) as advance:
        assert advance
        advance("读取", 3, 12)
    shown = capsys.readouterr()
    assert "3/12" in shown.err
    assert "读取" in shown.err
    assert shown.out == ""


@pytest.mark.parametrize("width", [40, 80])
def test_they_see_how_long_it_will_take_at_its_pace(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A kind of work that goes fast says nothing of the next."""
    clock = iter(range(0, 10_000, 10))
    made = Screen(stderr=True, force_terminal=True, width=width, _environ={})
    made.get_time = lambda: float(next(clock))
    monkeypatch.setattr(progress_bar, "Screen", lambda **_: made)
    with progress_bars(wanted=True) as advance:
        assert advance
        for total in (1000, 12):
            for done in range(4):
                advance("核对 KEY-05", done, total)
    lines = re.split(r"[\r\n]", re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", capsys.readouterr().err))
    assert re.search(r"3/12 +还要 +[0-9:]+ +核对 KEY-05", lines[-3] + "".join(lines))
    assert max(map(cell_len, lines)) <= width


@pytest.mark.parametrize(("terminal", "wanted"), [(False, True), (True, False)])
def test_pipes_and_the_quiet_see_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], terminal: bool, wanted: bool
) -> None:
    monkeypatch.setattr(progress_bar, "Screen", lambda **_: console(terminal))
    with progress_bars(wanted=wanted) as advance:
        assert advance is None
    assert capsys.readouterr().err == ""
