"""What holds in a place on a day: the rules some basis brings there, and those bases (D13)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from fupin_audit.rulepack.declared.policies import Kind, citation, kind_of
from fupin_audit.rulepack.declared.territory import Region, same_name
from fupin_audit.rulepack.packs.in_force import in_force
from fupin_audit.rulepack.packs.pack import Catalogue
from fupin_audit.rulepack.packs.reach import cited, reaching


def region_of(catalogue: Catalogue, place: str) -> Region:
    """A county by its name, or a city for which there is a pack."""
    cities = [pack.head.place.city for pack in catalogue.packs]
    city = place.endswith("市") and any(same_name(name, place) for name in cities if name)
    return Region(city=place) if city else Region(county=place)


def holding(catalogue: Catalogue, region: Region, day: date) -> Mapping[str, Mapping[str, object]]:
    """Rule id → its severity there, the kind of its basis, and its bases in force; the others are left out."""
    here = in_force(catalogue, region)
    found: dict[str, Mapping[str, object]] = {}
    for rule_id, entries in catalogue.rules.items():
        bases = [basis for entry in entries for basis in cited(reaching(here, entry, day), day)]
        severity = here.severity(entries[0])
        if bases and severity:
            kind = min(map(kind_of, bases), key=tuple(Kind).index)
            texts = list(dict.fromkeys(map(citation, bases)))
            found[rule_id] = {"severity": severity.value, "kind": kind.value, "basis": texts}
    return found
