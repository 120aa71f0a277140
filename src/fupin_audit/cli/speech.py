"""What a command says: to whoever asked on stdout, beside it on stderr. Text from files is shown, never obeyed."""

from __future__ import annotations

import click

from fupin_audit.writing.json_text import as_json
from fupin_audit.writing.one_line import one_line, visible


def say(text: str) -> None:
    """Prints lines to stdout."""
    click.echo(visible(text))


def say_json(value: object) -> None:
    """Prints JSON to stdout."""
    click.echo(as_json(value, indent=2, default=str))


def tell(text: str) -> None:
    """Prints one line to stderr."""
    click.echo(one_line(text), err=True)
