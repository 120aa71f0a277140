"""The notes of one sheet as Excel keeps their texts; those that are there stay, whoever wrote them."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from fupin_audit.workbook.annotating.small_parts import as_part, parsed
from fupin_audit.workbook.formats.grid import Cell, letter

AUTHOR = "fupin-audit"
_EMPTY = '<comments xmlns="{}"><authors/><commentList/></comments>'
_THREAD = "tc="  # the author of what stands in the place of a conversation for old programs
_RUN = '<r xmlns="{}"><rPr><sz val="9"/><rFont val="宋体"/></rPr><t xml:space="preserve"/></r>'


class CommentsPart:
    """The part; texts can be added to it."""

    def __init__(self, part: bytes | None, namespace: str) -> None:
        self._root = parsed(part or _EMPTY.format(namespace).encode())
        self._namespace = etree.QName(self._root).namespace or namespace
        self._authors = self._child(self._root, "authors", 0)
        self._comments = self._child(self._root, "commentList", 1)
        self._by_cell = {node.get("ref", ""): node for node in self._comments}
        self._author = ""
        self._plain_run = parsed(_RUN.format(self._namespace).encode())

    def is_thread(self, cell: Cell) -> bool:
        """Whether people converse about the cell: then its note is only what old programs show of that."""
        there = self._by_cell.get(_name(cell))
        author = there.get("authorId", "") if there is not None else ""
        name = (
            self._authors[int(author)].text if author.isdecimal() and int(author) < len(self._authors) else ""
        )
        return (name or "").startswith(_THREAD)

    def add(self, cell: Cell, text: str) -> bool:
        """Adds a text to the cell's note; whether the note is new."""
        there = self._by_cell.get(_name(cell))
        if there is None:
            made = self._new(self._comments, "comment", {"ref": _name(cell), "authorId": self._ours()})
            self._run(self._new(made, "text"), text)
            return True
        said = self._child(there, "text", 0)
        runs = [node for node in said if etree.QName(node).localname in ("t", "r")]
        self._run(said, f"\n\n{text}", at=said.index(runs[-1]) + 1 if runs else 0)
        return False

    def part(self) -> bytes:
        """The part as it is now."""
        return as_part(self._root)

    def _ours(self) -> str:
        if not self._author:
            self._new(self._authors, "author").text = AUTHOR
            self._author = str(len(self._authors) - 1)
        return self._author

    def _run(self, parent: etree._Element, text: str, at: int = 0) -> None:
        run = deepcopy(self._plain_run)
        run[-1].text = text
        parent.insert(at, run)

    def _child(self, parent: etree._Element, name: str, at: int) -> etree._Element:
        found = parent.find(f"{{{self._namespace}}}{name}")
        if found is None:
            found = etree.Element(f"{{{self._namespace}}}{name}")
            parent.insert(at, found)
        return found

    def _new(
        self, parent: etree._Element, name: str, attributes: dict[str, str] | None = None
    ) -> etree._Element:
        return etree.SubElement(parent, f"{{{self._namespace}}}{name}", attributes or {})


def _name(cell: Cell) -> str:
    row, column = cell
    return f"{letter(column)}{row + 1}"
