"""The parts of a zipped workbook: which one holds which sheet."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from zipfile import ZipFile

from lxml import etree

from fupin_audit.errors import DamagedFileError, EncryptedFileError
from fupin_audit.workbook.files.refusal import RESAVE, UNLOCK

HEAD_BYTES = 8192
_SHARED_TEXTS = re.compile(rb"<(?:\w+:)?sst\s[^>]*?uniqueCount\s*=\s*.(\d+)")
_XML_ENDINGS = (".xml", ".rels", ".vml")
_WORKSHEET = "/worksheet"
_ENCRYPTED = 1


@dataclass(frozen=True)
class Worksheet:
    """A worksheet as the workbook lists it.

    Attributes:
        index: its position among all sheets, charts included, from 0.
        name: as Excel shows it.
        part: the zip entry that holds it.
    """

    index: int
    name: str
    part: str


def refuse_locked_parts(archive: ZipFile) -> None:
    """Refuse a zip of which a part has a password.

    Raises:
        EncryptedFileError: there is such a part.
    """
    if any(entry.flag_bits & _ENCRYPTED for entry in archive.infolist()):
        raise EncryptedFileError("文件有打开密码", UNLOCK)


def check_heads(archive: ZipFile) -> None:
    """Refuse XML parts whose first lines are false or dangerous.

    Raises:
        DamagedFileError: a part declares a DTD, or more texts than it has room for.
    """
    for entry in archive.infolist():
        if entry.filename.lower().endswith(_XML_ENDINGS):
            with archive.open(entry) as part:
                head = part.read(HEAD_BYTES)
            refuse_dtd(head)
            claim = _SHARED_TEXTS.search(head)
            # The bulk reader makes room for as many texts as are claimed.
            if claim and int(claim[1]) > entry.file_size:
                raise DamagedFileError("文件内部的文本数目有误", RESAVE)


def refuse_dtd(head: bytes) -> None:
    """Refuse XML that declares a DTD in its head, which no spreadsheet program writes.

    Raises:
        DamagedFileError: it does.
    """
    if b"<!DOCTYPE" in head.replace(b"\0", b""):
        raise DamagedFileError(
            "文件内部含有 DTD 声明，可能是恶意文件", "来源不明的文件不要打开；确认可信的请另存为 .xlsx"
        )


def parse_part(archive: ZipFile, name: str) -> etree._Element:
    """The root element of a small XML part.

    Raises:
        DamagedFileError: there is no such part.
        lxml.etree.XMLSyntaxError: it is no XML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(archive.read(part_name(archive, name)), parser)


def worksheets(archive: ZipFile, workbook: str, listed: Iterable[tuple[str, str]]) -> Iterator[Worksheet]:
    """The worksheets among the sheets a workbook lists.

    Args:
        archive: the file.
        workbook: its workbook part.
        listed: name and relation id of each sheet, in order.

    Raises:
        DamagedFileError: a sheet's part is not there.
    """
    relations = _relations(archive, workbook)
    for index, (name, relation) in enumerate(listed):
        sort, target = relations.get(relation, (_WORKSHEET, ""))
        if sort.endswith(_WORKSHEET):
            yield Worksheet(index, name, part_name(archive, target))


def workbook_part(archive: ZipFile, name: str) -> str:
    """Where the workbook part stands, which a few writers put outside of `xl`."""
    parts = [entry.replace("\\", "/") for entry in archive.namelist()]
    places = [part for part in parts if posixpath.basename(part).lower() == name]
    return min(places, key=lambda part: part.lower() != f"xl/{name}", default=name)


def part_name(archive: ZipFile, wanted: str) -> str:
    """The entry's own spelling of a part's name, whose case and slashes some writers get wrong.

    Raises:
        DamagedFileError: there is no such part.
    """
    for name in archive.namelist():
        if name.replace("\\", "/").lower() == wanted.lower():
            return name
    raise DamagedFileError(f"文件内部缺少 {wanted or '工作表'}", RESAVE)


def _relations(archive: ZipFile, part: str) -> Mapping[str, tuple[str, str]]:
    """Relation id → type and target part."""
    folder, name = posixpath.split(part)
    root = parse_part(archive, posixpath.join(folder, "_rels", f"{name}.rels"))
    return {
        node.get("Id", ""): (node.get("Type", ""), _absolute(folder, node.get("Target", "")))
        for node in root.iterfind("{*}Relationship")
    }


def _absolute(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/" + folder, target.replace("\\", "/"))).lstrip("/")
