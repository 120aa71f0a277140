"""The parts of a workbook while it is being changed: what there is, what will stand there instead, what is new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from zipfile import ZipFile

from lxml import etree

from fupin_audit.workbook.annotating.small_parts import ContentTypes, Relations, parsed, relations_of
from fupin_audit.workbook.formats.xlsx import WORKBOOK
from fupin_audit.workbook.formats.zip_parts import read_part, workbook_part

_TYPES = "[Content_Types].xml"
_WORKSHEET = "/worksheet"


class PackageParts:
    """A workbook's parts.

    Attributes:
        archive: the file.
        workbook: the name of the part that lists the sheets.
        book: its root.
        namespace: of spreadsheets, transitional or strict.
        kinds: what the types of relations begin with; it is the namespace of their ids, too.
        types: what every part is.
    """

    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive
        self._spelled = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
        self._changed: dict[str, bytes] = {}
        self.workbook = workbook_part(archive, WORKBOOK)
        self.book = parsed(read_part(archive, self.workbook))
        self.namespace = etree.QName(self.book).namespace or ""
        self.types = ContentTypes(read_part(archive, _TYPES))
        types = (item.type for item in self.relations(self.workbook))
        self.kinds = next(found for found in types if found.endswith(_WORKSHEET)).removesuffix(_WORKSHEET)

    def read(self, name: str) -> bytes | None:
        """A part as it is now; None where there is none."""
        if (changed := self._changed.get(name)) is not None:
            return changed
        return read_part(self.archive, name) if name.lower() in self._spelled else None

    def write(self, name: str, content: bytes, what: str = "") -> str:
        """What is to stand in a part, and what it is where it is new; the name it has."""
        name = self._spelled.get(name.lower(), name)
        self._changed[name] = content
        if what:
            self.types.say(name, what)
        return name

    def relations(self, part: str) -> Relations:
        """The relations of a part; a few writers spell names with backslashes."""
        part = part.replace("\\", "/")
        return Relations(part, self.read(relations_of(part)))

    def free_name(self, pattern: str) -> str:
        """A name no part has."""
        names = (pattern.format(number) for number in count(1))
        return next(name for name in names if name.lower() not in self._spelled and name not in self._changed)

    def drawings(self) -> Iterator[bytes]:
        """All drawings in VML."""
        for name in self._spelled:
            if name.endswith(".vml"):
                yield read_part(self.archive, name)

    def changed(self) -> Mapping[str, bytes]:
        """The parts that are new or different."""
        return {**self._changed, self._spelled.get(_TYPES.lower(), _TYPES): self.types.part()}
