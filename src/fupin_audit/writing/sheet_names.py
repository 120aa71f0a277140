"""Names Excel accepts for sheets, made of names of places."""

from __future__ import annotations

import re

from fupin_audit.writing.one_line import one_line

_LONGEST = 31
_ILLEGAL = re.compile(r"[\[\]:*?/\\]")
_RESERVED = {"history"}


class SheetNames:
    """Hands out names, each once; Excel does not tell capitals apart."""

    def __init__(self) -> None:
        self._given = set(_RESERVED)

    def new(self, wanted: str) -> str:
        """The nearest legal name not yet given: `上[湾]村` becomes `上_湾_村`, a second one `上_湾_村(2)`."""
        legal = _ILLEGAL.sub("_", one_line(wanted)).strip(" '") or "_"
        name = _cut(legal, _LONGEST)
        number = 1
        while name.casefold() in self._given:
            number += 1
            suffix = f"({number})"
            name = _cut(legal, _LONGEST - len(suffix)) + suffix
        self._given.add(name.casefold())
        return name


def _cut(text: str, units: int) -> str:
    """At most so many UTF-16 units, which is how Excel counts; rare characters take two."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore").rstrip(" '")
