"""Where the `fupin-audit` process starts."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

from fupin_audit.cli import main


class _WithoutPandas(MetaPathFinder):
    """Says that pandas is not installed; a mere None in sys.modules would make pyarrow stumble."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Refuses pandas, leaves every other module to the finders after it."""
        if fullname == "pandas":
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        return None


def prepare_process() -> None:
    """Settings of a process that only audits, made before pyarrow is imported; the Python interface makes none.

    pyarrow imports pandas, which takes over a second, as soon as it makes an array from Python values. No
    command shows a DataFrame, so the process does without. What pyarrow's own allocator frees stays with the
    process; the system's can be given back.
    """
    sys.meta_path.insert(0, _WithoutPandas())
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")


def run() -> None:
    """Run the command line."""
    prepare_process()
    main(prog_name="fupin-audit")
