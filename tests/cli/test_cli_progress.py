"""The progress bar: for people at a terminal, silent everywhere else."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize(("terminal", "wanted"), [(False, True), (True, False)])
def test_pipes_and_the_quiet_see_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], terminal: bool, wanted: bool
) -> None:
    monkeypatch.setattr(progress_bar, "Screen", lambda **_: console(terminal))
    with progress_bars(wanted=wanted) as advance:
        assert advance is None
    assert capsys.readouterr().err == ""
