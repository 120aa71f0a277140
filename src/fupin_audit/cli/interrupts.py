"""An interrupt ends the process at once and in order, whatever it is doing: said, cleared away, exit code 130.

Python raises KeyboardInterrupt only between two of its own instructions, wherever that may be: a database, a reader
of workbooks or a destructor keeps it waiting or swallows it. Therefore a thread waits for the signal and ends the
process. Imported before anything else, so it imports nothing but what signals need; what happens before is Python's.
"""

from __future__ import annotations

import os
import signal
import sys

TYPE_CHECKING = False  # as of `typing`, which takes long to import: a process must soon be ready for signals
if TYPE_CHECKING:
    from types import FrameType

EXIT_CODE = 130
_SHOW_CURSOR = "\x1b[?25h"  # a progress bar hides it


class _Interrupt:
    """Whether there has been one."""

    heard = False


def watch() -> None:
    """From now on Ctrl+C and a request to end are obeyed."""
    numbers = _signals()
    for number in numbers:
        signal.signal(number, _end_at_once)
    from threading import Thread  # not before

    heard, told = os.pipe()
    os.set_blocking(told, False)
    signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    Thread(target=_wait, args=(heard,), daemon=True).start()
    for number in numbers:
        signal.signal(number, _leave_it_to_the_thread)


def settle() -> None:
    """Before the process says how it ended: where it is being interrupted, the interrupt has the last word.

    One that comes later is too late: all is done. Python, ending, would let it kill the process after all.
    """
    if _Interrupt.heard:
        from threading import Event

        Event().wait()
    for number in _signals():
        signal.signal(number, signal.SIG_IGN)


def _signals() -> list[int]:
    """Also the closing of the terminal, unless the user has said that it should not matter (`nohup`)."""
    numbers = [signal.SIGINT, signal.SIGTERM]
    hang_up = getattr(signal, "SIGHUP", None)
    if hang_up is not None and signal.getsignal(hang_up) is not signal.SIG_IGN:
        numbers.append(hang_up)
    return [int(number) for number in numbers]


def _end_at_once(number: int, frame: FrameType | None) -> None:
    """While there is no thread, there is nothing to clear away either."""
    _tell()
    os._exit(EXIT_CODE)


def _leave_it_to_the_thread(number: int, frame: FrameType | None) -> None:
    """Python's own handler would raise KeyboardInterrupt."""


def _wait(heard: int) -> None:
    os.read(heard, 1)
    _Interrupt.heard = True
    try:
        _clear_away()
    finally:
        _tell()  # last: meanwhile the work may still say that something is written
        os._exit(EXIT_CODE)


def _clear_away() -> None:
    """Take away what was not to stay, and let Python take away the file it tries a folder for scratch by.

    Modules that are not there yet have begun nothing. To import one here would be to wait for the thread whose import
    was interrupted, which may be waiting for this one.
    """
    for module, name in (("fupin_audit.writing.scratch", "discard"), ("tempfile", "gettempdir")):
        if clear := getattr(sys.modules.get(module), name, None):
            clear()


def _tell() -> None:
    cursor = _SHOW_CURSOR if sys.stderr and sys.stderr.isatty() else ""
    try:
        os.write(2, f"{cursor}已中断\n".encode())
    except OSError:  # nobody listens any more
        return
