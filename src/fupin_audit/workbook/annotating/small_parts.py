"""The small XML parts of a package as trees: relations, content types."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_BY_ENDING = ".vml"  # Excel says of these what all with their ending are
_EMPTY = f'<Relationships xmlns="{_RELATIONS}"/>'.encode()


def parsed(part: bytes) -> etree._Element:
    """The root of a part; nothing is fetched, nothing is expanded."""
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))


def as_part(root: etree._Element) -> bytes:
    """The part of a root, declared as Excel declares it."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


@dataclass(frozen=True, slots=True)
class PartRelation:
    """One relation: its id, its type, the part it leads to."""

    id: str
    type: str
    target: str


class Relations:
    """The relations of one part, to which others can be added."""

    def __init__(self, source: str, part: bytes | None) -> None:
        self._folder = posixpath.dirname(source)
        self._root = parsed(part or _EMPTY)

    def __iter__(self) -> Iterator[PartRelation]:
        for node in self._root.iterfind("{*}Relationship"):
            if node.get("TargetMode") != "External":
                target = node.get("Target", "").replace("\\", "/")
                whole = posixpath.normpath(posixpath.join("/" + self._folder, target)).lstrip("/")
                yield PartRelation(node.get("Id", ""), node.get("Type", ""), whole)

    def target(self, *, id: str = "", sort: str = "") -> str:
        """The part a relation leads to, by its id or sort; empty where there is none."""
        wanted = (item for item in self if (item.id == id if id else item.type.endswith(f"/{sort}")))
        return next((item.target for item in wanted), "")

    def add(self, kind: str, target: str) -> str:
        """Leads to one more part; the new relation's id."""
        taken = {node.get("Id") for node in self._root}
        new = next(name for n in range(1, len(taken) + 2) if (name := f"rId{n}") not in taken)
        tag = f"{{{etree.QName(self._root).namespace or _RELATIONS}}}Relationship"
        etree.SubElement(self._root, tag, {"Id": new, "Type": kind, "Target": f"/{target}"})
        return new

    def part(self) -> bytes:
        """The part as it is now."""
        return as_part(self._root)


def relations_of(part: str) -> str:
    """The name of the part that holds the relations of another."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


class ContentTypes:
    """What every part of the package is, said in one list."""

    def __init__(self, part: bytes) -> None:
        self._root = parsed(part)

    def of(self, part: str) -> str:
        """What a part is, by its own name or its ending."""
        for node in self._root.iterfind("{*}Override"):
            if node.get("PartName", "").lower() == f"/{part}".lower():
                return node.get("ContentType", "")
        ending = part.rpartition(".")[2].lower()
        same = (n for n in self._root.iterfind("{*}Default") if n.get("Extension", "").lower() == ending)
        return next((node.get("ContentType", "") for node in same), "")

    def say(self, part: str, what: str) -> None:
        """Says what a part is, unless that is said already."""
        if self.of(part) == what:
            return
        space = etree.QName(self._root).namespace
        if part.endswith(_BY_ENDING):
            said = {"Extension": part.rpartition(".")[2], "ContentType": what}
            self._root.insert(0, etree.Element(f"{{{space}}}Default", said))
        else:
            etree.SubElement(
                self._root, f"{{{space}}}Override", {"PartName": f"/{part}", "ContentType": what}
            )

    def part(self) -> bytes:
        """The part as it is now."""
        return as_part(self._root)
