"""File names made of names of places, legal on Windows too, each given once."""

from __future__ import annotations

import re

from fupin_audit.writing.whole_files import is_device

_ILLEGAL = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_LONGEST = 180  # bytes of the 255 a name may take: 60 Chinese characters; what ends a name follows


class FileNames:
    """Hands out names; capitals do not tell two apart."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def new(self, wanted: str) -> str:
        """The nearest legal name not yet given: `上/湾村` becomes `上_湾村`, a second one `上_湾村(2)`."""
        legal = _short(_ILLEGAL.sub("_", wanted).strip(" .")).rstrip(" .") or "_"
        legal = f"_{legal}" if is_device(legal) else legal
        name, number = legal, 1
        while name.casefold() in self._given:
            number += 1
            name = f"{legal}({number})"
        self._given.add(name.casefold())
        return name


def _short(name: str) -> str:
    """As much of a name as may be."""
    return name.encode("utf-8", "replace")[:_LONGEST].decode("utf-8", "ignore")
