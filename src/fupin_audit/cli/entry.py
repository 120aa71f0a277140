"""Where the `fupin-audit` process starts."""

from __future__ import annotations

import sys

from fupin_audit.cli import main


def run() -> None:
    """Run the command line.

    pyarrow imports pandas, which takes over a second, as soon as it makes an array from Python values. No
    command shows a DataFrame, so this process does without; the Python interface is not touched.
    """
    sys.modules.setdefault("pandas", None)  # type: ignore[arg-type]
    main(prog_name="fupin-audit")
