"""An interrupt ends the process at once and in order, whatever it is doing: said, cleared away, exit code 130.

Python raises KeyboardInterrupt only between two of its own instructions, wherever that may be: a database, a reader
of workbooks or a destructor keeps it waiting or swallows it. Therefore a thread waits for the signal and ends the
process. Imported before anything else, so it imports little itself.
"""

from __future__ import annotations

import os
import signal
import sys
from threading import Event, Thread
from types import FrameType

EXIT_CODE = 130
_SHOW_CURSOR = "\x1b[?25h"  # a progress bar hides it
_interrupted = Event()


def watch() -> None:
    """From now on Ctrl+C and a request to end are obeyed."""
    heard, told = os.pipe()
    os.set_blocking(told, False)
    signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    for number in _signals():
        signal.signal(number, _leave_it_to_the_thread)
    Thread(target=_wait, args=(heard,), daemon=True).start()


def settle() -> None:
    """Before the process says how it ended: where it is being interrupted, the interrupt has the last word."""
    if _interrupted.is_set():
        Event().wait()


def _signals() -> list[int]:
    """Also the closing of the terminal, unless the user has said that it should not matter (`nohup`)."""
    numbers = [signal.SIGINT, signal.SIGTERM]
    hang_up = getattr(signal, "SIGHUP", None)
    if hang_up is not None and signal.getsignal(hang_up) is signal.SIG_DFL:
        numbers.append(hang_up)
    return [int(number) for number in numbers]


def _leave_it_to_the_thread(number: int, frame: FrameType | None) -> None:
    """Python's own handler would raise KeyboardInterrupt."""


def _wait(heard: int) -> None:
    os.read(heard, 1)
    _interrupted.set()
    # Not before the thread runs: the process must be ready for signals as soon as it starts.
    from fupin_audit.writing.scratch import discard

    cursor = _SHOW_CURSOR if sys.stderr and sys.stderr.isatty() else ""
    try:
        os.write(2, f"{cursor}已中断\n".encode())
    except OSError:
        pass
    finally:
        discard()
        os._exit(EXIT_CODE)
