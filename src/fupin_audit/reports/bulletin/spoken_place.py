"""Places as a bulletin calls them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fupin_audit.results.place import Place
from fupin_audit.writing.one_line import one_line


def spoken(place: Place, among: Iterable[Place]) -> str:
    """A place by its name, without the county where there is but one.

    >>> spoken(Place("清河县", "清河镇"), [Place("清河县")]), spoken(Place("清河县"), [Place("清河县")])
    ('清河镇', '清河县')
    """
    alone = len({known.county for known in among} - {""}) == 1
    return one_line(str(replace(place, county="") if alone and place.town else place))
