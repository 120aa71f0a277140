"""Where the `fupin-audit` process starts."""

from __future__ import annotations

import os
import sys

from fupin_audit.cli import interrupts

TYPE_CHECKING = False  # as of `typing`, which takes long to import: a process must soon be ready for signals
if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType


# Objects made, and rounds, until garbage is looked for among the youngest, among older ones, among all.
_COLLECTED = (100_000, 50, 100)


class _WithoutPandas:
    """Says that pandas is not installed; a mere None in sys.modules would make pyarrow stumble."""

    @staticmethod
    def find_spec(
        fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Refuses pandas, leaves every other module to the finders after it."""
        if fullname == "pandas":
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        return None


def prepare_process() -> None:
    """Settings of a process that only audits, made before pyarrow is imported; the Python interface makes none.

    pyarrow imports pandas, which takes over a second, as soon as it makes an array from Python values. No
    command shows a DataFrame, so the process does without. What pyarrow's own allocator frees stays with the
    process; the system's can be given back. pypinyin's readings of phrases are of no use where single characters are
    asked for. What libraries warn of is for developers, and may quote a file. Most of what is made lasts as long as
    the process: to look for garbage among it as often as Python does took a tenth of a small check.
    """
    import gc
    import warnings

    gc.set_threshold(*_COLLECTED)
    sys.meta_path.insert(0, _WithoutPandas())
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    if not sys.warnoptions:
        warnings.simplefilter("ignore")


def with_pandas() -> None:
    """Lets pandas in where another library asks for it, as Spark does."""
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, _WithoutPandas)]


def run() -> None:
    """Run the command line; however it ends, the user gets a sentence and an exit code that tells."""
    interrupts.watch()
    from fupin_audit.cli import crash  # not before: an interrupt is to be obeyed as soon as may be

    try:
        code = _run()
    except BaseException as error:  # noqa: BLE001 - the one place where what nobody expected ends
        interrupts.settle()
        crash.tell(error)
        code = crash.EXIT_CODE
    interrupts.settle()
    _end(code)


def _end(code: int) -> None:
    """End the process once everything is cleared away and printed.

    It leaves at once: to take apart all that it holds, as Python does, took a tenth of a small check.
    """
    from contextlib import suppress

    from fupin_audit.writing.scratch import discard

    discard()
    for stream in filter(None, (sys.stdout, sys.stderr)):
        with suppress(OSError, ValueError):  # nobody listens any more
            stream.flush()
    os._exit(code)


def _run() -> int:
    """The exit code, once all is printed."""
    # Imported here, for the process must be ready for signals as soon as it starts.
    from fupin_audit.cli.group import Unwritten
    from fupin_audit.cli.speech import tell
    from fupin_audit.cli.streams import steady_streams, undelivered
    from fupin_audit.writing.scratch import clear_dead_runs
    from fupin_audit.writing.system_errors import reason

    prepare_process()
    stdout = steady_streams()
    clear_dead_runs()
    code = _command()
    if failure := undelivered(stdout):
        tell(f"错误：屏幕上的结果没有写全：{reason(failure)}")
        return max(code, Unwritten.exit_code)
    return code


def _command() -> int:
    """Runs the command; its exit code."""
    import click

    from fupin_audit.cli.commands import main

    try:
        ended = main.main(prog_name="fupin-audit", standalone_mode=False)
    except click.ClickException as failure:
        failure.show()
        return failure.exit_code
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else 0
    return ended if isinstance(ended, int) else 0
