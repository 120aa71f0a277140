"""File names made of names of places, legal on Windows too, each given once."""

from __future__ import annotations

import re

_ILLEGAL = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_LONGEST = 60  # characters; at most 180 bytes of the 255 a name may take


class FileNames:
    """Hands out names; capitals do not tell two apart."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def new(self, wanted: str) -> str:
        """The nearest legal name not yet given: `上/湾村` becomes `上_湾村`, a second one `上_湾村(2)`."""
        legal = _ILLEGAL.sub("_", wanted).strip(" .")[:_LONGEST] or "_"
        legal = f"_{legal}" if _DEVICES.fullmatch(legal) else legal
        name, number = legal, 1
        while name.casefold() in self._given:
            number += 1
            name = f"{legal}({number})"
        self._given.add(name.casefold())
        return name
