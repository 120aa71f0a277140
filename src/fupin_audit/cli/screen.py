"""Showing a result: the report on stdout, remarks on stderr, further reports in files."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

import click

from fupin_audit.cli.asked import Showing
from fupin_audit.cli.group import silence_stdout
from fupin_audit.masking import mask_text
from fupin_audit.reports.comparison import comparison_verdict
from fupin_audit.reports.comparison import terminal as comparison_text
from fupin_audit.reports.findings import terminal, verdict
from fupin_audit.reports.household import terminal as view_text
from fupin_audit.reports.registry import (
    COMPARISON_REPORTS,
    REPORTS,
    VIEW_REPORTS,
    Formats,
    write_report,
    writer,
)
from fupin_audit.results.comparison import Comparison
from fupin_audit.results.finding import AuditResult
from fupin_audit.results.household import HouseholdView
from fupin_audit.writing.console import Console, RenderableType, Text
from fupin_audit.writing.wrapping import wrap

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Faces(Generic[Result]):
    """The ways one kind of result is shown: on the screen, in a sentence, in files of several formats."""

    show: Callable[[Result, Console, bool], None]
    verdict: Callable[[Result], str]
    formats: Formats


AUDIT: Faces[AuditResult] = Faces(terminal.show, verdict.verdict, REPORTS)
COMPARISON: Faces[Comparison] = Faces(comparison_text.show, comparison_verdict.verdict, COMPARISON_REPORTS)
VIEW: Faces[HouseholdView] = Faces(view_text.show, view_text.summary, VIEW_REPORTS)


class _Screen(Console):
    def on_broken_pipe(self) -> None:
        """Leaves it to us what becomes of a reader who has seen enough; rich would exit with code 1."""
        raise BrokenPipeError


def present(result: AuditResult, showing: Showing) -> None:
    """Shows an audit's result."""
    present_as(AUDIT, result, showing)


def present_as(faces: Faces[Result], result: Result, showing: Showing) -> None:
    """Writes the files, then the report; the reader may stop reading without changing the outcome."""
    for name, path in showing.output:
        write_report(result, faces.formats[name], path)
        if not showing.quiet:
            click.echo(f"已写出 {mask_text(str(path))}", err=True)
    try:
        _print(faces, result, showing)
        sys.stdout.flush()
    except BrokenPipeError:
        silence_stdout()


def print_lines(parts: Iterable[RenderableType], *, no_color: bool = False) -> None:
    """Prints text and tables; what comes from data is taken as it stands."""
    plain = no_color or bool(os.environ.get("NO_COLOR"))
    screen = _Screen(color_system=None if plain else "auto", markup=False, highlight=False)
    try:
        for part in parts:
            screen.print(_broken(part, screen.width) if isinstance(part, str | Text) else part)
        sys.stdout.flush()
    except BrokenPipeError:
        silence_stdout()


def _broken(part: str | Text, width: int) -> Text:
    """The text in lines that end where Chinese may."""
    text = Text(part) if isinstance(part, str) else part
    lines = (line for given in text.plain.split("\n") for line in wrap(given, width))
    return Text("\n".join(lines), text.style)


def _print(faces: Faces[Result], result: Result, showing: Showing) -> None:
    if showing.format == "json":
        sys.stdout.flush()
        writer(faces.formats["json"])(result, sys.stdout.buffer)
        if not showing.quiet:
            click.echo(faces.verdict(result), err=True)
    elif showing.quiet:
        click.echo(faces.verdict(result))
    else:
        plain = showing.no_color or bool(os.environ.get("NO_COLOR"))
        faces.show(result, _Screen(color_system=None if plain else "auto"), showing.full)
