"""stdout and stderr of the process: any character can be printed, and no printing fails."""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
from typing import TextIO

from fupin_audit.writing.steady_file import SteadyFile

# Signs of ours that a terminal of another encoding (GBK, code page 936) lacks, and what every terminal has.
_NEAREST = {"›": ">", "↔": "<>", "−": "-", "\xa0": " ", "²": "2", "³": "3"}
_SHOWN = "fupin-audit"


def _shown(error: UnicodeError) -> tuple[str, int]:
    """The nearest sign for one the terminal lacks, else its number."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    shown = (_NEAREST.get(sign) or sign.encode("ascii", "backslashreplace").decode() for sign in lacking)
    return "".join(shown), error.end


codecs.register_error(_SHOWN, _shown)


def steady_streams() -> SteadyFile | None:
    """Puts steady streams in the place of stdout and stderr where these are no terminals; that of stdout.

    Redirected output is UTF-8, a terminal shows what it can. Whoever reads our output may stop reading at any time
    (`| head`): the work goes on as if it were read.
    """
    sys.stderr, _ = _steady(sys.stderr, 2)
    sys.stdout, file = _steady(sys.stdout, 1)
    return file


def undelivered(file: SteadyFile | None) -> OSError | None:
    """Why what was printed did not arrive; not where its reader has seen enough."""
    sys.stdout.flush()
    failure = file.failure if file else None
    return None if failure is None or failure.errno == errno.EPIPE else failure


def _steady(stream: TextIO | None, handle: int) -> tuple[TextIO, SteadyFile | None]:
    if stream is None:  # closed before the process began; no other file may come to have its number
        os.dup2(os.open(os.devnull, os.O_WRONLY), handle)
    elif stream.isatty():
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_SHOWN)
        return stream, None
    file = SteadyFile(handle, "w", closefd=False)
    text = io.TextIOWrapper(
        io.BufferedWriter(file), encoding="utf-8", errors="backslashreplace", line_buffering=handle != 1
    )
    return text, file
