"""Where the `fupin-audit` process starts."""

from __future__ import annotations

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


def run() -> None:
    """Run the command line.

    pyarrow imports pandas, which takes over a second, as soon as it makes an array from Python values. No
    command shows a DataFrame, so this process does without; the Python interface is not touched.
    """
    sys.meta_path.insert(0, _WithoutPandas())
    main(prog_name="fupin-audit")
