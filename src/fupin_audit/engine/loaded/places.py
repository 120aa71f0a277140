"""The places of a run: villages, towns and counties as rows name them, and the region of each county."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from fupin_audit.delivery import Delivery
from fupin_audit.results.place import Place
from fupin_audit.rulepack.declared.territory import Region

HOUSEHOLDS, PERSONS = "户", "人口"
PLACE_FIELDS = ("县", "乡镇", "村")


def places_of(delivery: Delivery) -> list[Place]:
    """Every village, town or county some row names, in their order of name; number 0 is 未定位."""
    named: set[tuple[str, ...]] = set()
    for rows in delivery.tables.values():
        fields = [name for name in PLACE_FIELDS if name in rows.fields]
        if fields:
            distinct = rows.data.select(fields).group_by(fields).aggregate([]).to_pylist()
            named |= {tuple(row.get(name) or "" for name in PLACE_FIELDS) for row in distinct}
    return [Place(), *(Place(*names) for names in sorted(named) if any(names))]


def regions_of(delivery: Delivery, places: list[Place]) -> Mapping[str, Region]:
    """County → the region it is in, as the households name it.

    What names no county lies in the one whose households were delivered, whatever others the rows speak of: its
    city, or where somebody went.
    """
    found = _as_named(delivery, places)
    delivered = list(counties_of(delivery, places))
    return {**found, "": found[delivered[0]]} if len(delivered) == 1 else found


def _as_named(delivery: Delivery, places: list[Place]) -> dict[str, Region]:
    found = {place.county: Region(county=place.county) for place in places}
    rows = delivery.tables.get(HOUSEHOLDS)
    if rows is None or "县" not in rows.fields:
        return found
    fields = [name for name in ("省", "市", "县") if name in rows.fields]
    for row in rows.data.select(fields).group_by(fields).aggregate([]).to_pylist():
        county = row["县"] or ""
        found[county] = Region(row.get("省") or "", row.get("市") or "", county)
    return found


def counties_of(delivery: Delivery, places: Sequence[Place]) -> Collection[str]:
    """The counties whose households or people were delivered; of neither, those that rows name."""
    for title in (HOUSEHOLDS, PERSONS):
        rows = delivery.tables.get(title)
        if rows is not None and "县" in rows.fields:
            return {name for name in rows.data.column("县").unique().to_pylist() if name}
    return {place.county for place in places if place.county}


def counties_delivered(delivery: Delivery) -> Collection[str]:
    """The counties that are checked."""
    return counties_of(delivery, places_of(delivery))


def whole_places(places: Sequence[Place]) -> list[int]:
    """Place → the number of the place it is: one that leaves out its county or town is the only such village."""
    number = {place: at for at, place in enumerate(places)}
    alike: dict[tuple[str, str], set[Place]] = {}
    for place in places:
        if all(names_of(place)):
            for town in ("", place.town):
                alike.setdefault((town, place.village), set()).add(place)
    return [number[_whole(place, alike)] for place in places]


def _whole(place: Place, alike: Mapping[tuple[str, str], Collection[Place]]) -> Place:
    found = () if place.county else alike.get((place.town, place.village), ())
    return next(iter(found)) if len(found) == 1 else place


def names_of(place: Place) -> tuple[str, str, str]:
    """Its county, town and village."""
    return place.county, place.town, place.village
