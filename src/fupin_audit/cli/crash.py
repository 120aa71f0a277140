"""An error nobody expected: one sentence, and the way to it in a file for whoever mends it."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from contextlib import suppress
from traceback import TracebackException

from fupin_audit.masking import mask_text
from fupin_audit.version import __version__

EXIT_CODE = 4
_MOST_BYTES = 1 << 16
_CUT = "\n……（过长，中间略去）……\n"


def tell(error: BaseException) -> None:
    """Says that it happened, and where the traceback is."""
    if sys.stderr:
        with suppress(OSError):
            sys.stderr.write(f"{crash_message(error)}\n")  # whatever else is broken, this works
            sys.stderr.flush()


def crash_message(error: BaseException) -> str:
    """What to tell the user; the traceback is in a file that only the user can read."""
    what = f"错误：程序出了意外（fupin-audit {__version__}），这是程序的毛病，不是台账的"
    try:
        return f"{what}。经过写在 {_written(_report(error))}，请把它发给开发者"
    except OSError:
        return f"{what}；经过没能写下来（{type(error).__name__}）"


def _written(report: str) -> str:
    handle, path = tempfile.mkstemp(prefix="fupin-audit-error-", suffix=".txt")  # 0600
    with os.fdopen(handle, "wb") as file:
        file.write(report.encode("utf-8", errors="backslashreplace"))
    return path


def _report(error: BaseException) -> str:
    """Version, command and traceback: no values of variables, no whole ID number, of limited size."""
    command = next((word for word in sys.argv[1:] if word.isascii() and word.isalpha()), "")
    head = (
        f"fupin-audit {__version__} {command}\nPython {platform.python_version()}, {platform.platform()}\n\n"
    )
    traced = "".join(TracebackException.from_exception(error, capture_locals=False).format())
    return head + _capped(mask_text(traced))


def _capped(text: str) -> str:
    """Beginning and end of what is too long."""
    encoded = text.encode("utf-8", errors="backslashreplace")
    if len(encoded) <= _MOST_BYTES:
        return text
    half = _MOST_BYTES // 2
    parts = (encoded[:half], encoded[-half:])
    return _CUT.join(part.decode("utf-8", errors="ignore") for part in parts)
