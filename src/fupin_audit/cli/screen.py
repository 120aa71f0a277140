"""Showing a result: the report on stdout, remarks on stderr, further reports in files."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

import click
from rich.console import Console, RenderableType

from fupin_audit.cli.group import silence_stdout
from fupin_audit.cli.options import Showing
from fupin_audit.finding import AuditResult
from fupin_audit.reports.json_report import dump
from fupin_audit.reports.registry import write_report
from fupin_audit.reports.terminal import show
from fupin_audit.reports.verdict import verdict


class _Screen(Console):
    def on_broken_pipe(self) -> None:
        """Leaves it to us what becomes of a reader who has seen enough; rich would exit with code 1."""
        raise BrokenPipeError


def present(result: AuditResult, showing: Showing) -> None:
    """Writes the files, then the report; the reader may stop reading without changing the outcome."""
    for name, path in showing.output:
        write_report(result, name, path)
        if not showing.quiet:
            click.echo(f"已写出 {path}", err=True)
    try:
        _print(result, showing)
        sys.stdout.flush()
    except BrokenPipeError:
        silence_stdout()


def print_lines(parts: Iterable[RenderableType], *, no_color: bool = False) -> None:
    """Prints text and tables; what comes from data is taken as it stands."""
    plain = no_color or bool(os.environ.get("NO_COLOR"))
    screen = _Screen(color_system=None if plain else "auto", markup=False, highlight=False)
    try:
        for part in parts:
            screen.print(part)
        sys.stdout.flush()
    except BrokenPipeError:
        silence_stdout()


def _print(result: AuditResult, showing: Showing) -> None:
    if showing.format == "json":
        sys.stdout.flush()
        dump(result, sys.stdout.buffer)
        if not showing.quiet:
            click.echo(verdict(result), err=True)
    elif showing.quiet:
        click.echo(verdict(result))
    else:
        plain = showing.no_color or bool(os.environ.get("NO_COLOR"))
        show(result, _Screen(color_system=None if plain else "auto"), showing.full)
