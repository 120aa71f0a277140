"""The command line as a whole: commands imported when used, failures turned into messages and exit codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from typing import IO, Any

import click

from fupin_audit.cli.chinese import ChineseContext, explain
from fupin_audit.errors import FupinAuditError, InputError, OutputError
from fupin_audit.masking import mask_codes
from fupin_audit.writing.one_line import one_line, shorten, visible
from fupin_audit.writing.system_errors import reason

_LONGEST_PATH = 200


@dataclass(frozen=True, slots=True)
class Command:
    """Where a command is (`module:object`) and what it is for."""

    target: str
    summary: str


class CommandFailure(click.ClickException):
    """Wrong usage, configuration or rule: nothing was judged."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Prints the message; text it quotes from files is shown, never obeyed."""
        click.echo(visible(self.message), file=file, err=True)


class Unreadable(CommandFailure):
    """The input could not be read."""

    exit_code = 3


class Unwritten(CommandFailure):
    """Some output could not be written."""

    exit_code = 3


class Interrupted(CommandFailure):
    """The user has stopped the command."""

    exit_code = 130


class LazyGroup(click.Group):
    """A group whose help is known without importing its commands."""

    context_class = ChineseContext

    def __init__(self, name: str, entries: Mapping[str, Command], summary: str) -> None:
        super().__init__(name, help=summary)
        self._entries = entries

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order they were written down."""
        return list(self._entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Imports the command."""
        if cmd_name not in self._entries:
            return None
        module, _, attribute = self._entries[cmd_name].target.partition(":")
        return _in_chinese(getattr(import_module(module), attribute))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Lists the commands from what is written down, importing none."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in self._entries.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Finds the command, or names the nearest one."""
        if args[0] not in self._entries:
            near = get_close_matches(args[0], self._entries, n=1)
            hint = f"，是不是 {near[0]}？" if near else f"，可用的有 {'、'.join(self._entries)}"
            raise click.UsageError(f"没有“{args[0]}”这个命令{hint}", ctx)
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Reads the options before the command."""
        with _failures_told():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command."""
        with _failures_told():
            return super().invoke(ctx)


@contextmanager
def _failures_told() -> Iterator[None]:
    """Wrong usage and wrong input are told in Chinese; anything else is a bug and keeps its traceback."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError as error:
        raise CommandFailure(error.message) from error
    except click.ClickException as error:
        raise CommandFailure(explain(error)) from error
    except FupinAuditError as error:
        raise _failure(error) from error
    except OSError as error:
        if not error.filename:  # no file was at fault
            raise
        raise Unreadable(f"错误：{one_line(_about_file(error))}") from error
    except KeyboardInterrupt as error:
        raise Interrupted("已中断") from error


def _about_file(error: OSError) -> str:
    return f"打不开 {mask_codes(shorten(str(error.filename), _LONGEST_PATH))}：{reason(error)}"


def _failure(error: FupinAuditError) -> CommandFailure:
    """Told on one line: what it quotes may have line breaks."""
    kinds = ((InputError, Unreadable), (OutputError, Unwritten))
    kind = next((failure for cause, failure in kinds if isinstance(error, cause)), CommandFailure)
    return kind(f"错误：{one_line(str(error))}")


def _in_chinese(command: click.Command) -> click.Command:
    command.context_class = ChineseContext
    if isinstance(command, click.Group):
        for child in command.commands.values():
            _in_chinese(child)
    return command
