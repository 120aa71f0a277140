"""The parts of a zipped workbook: which one holds which sheet."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from fupin_audit.errors import DamagedFileError, EncryptedFileError
from fupin_audit.workbook.files import limits
from fupin_audit.workbook.files.refusal import RESAVE, UNLOCK

HEAD_BYTES = 8192
_XML_ENDINGS = (".xml", ".rels", ".vml")
_MACROS = ("basic/", "dialogs/")  # of ods files, which declare a DTD there; nothing reads them
_SHARED_TEXTS, _SHORTEST_TEXT = "sharedstrings.xml", len("<si/>")
# Parts that only the bulk reader reads whole.
_READ_WHOLE = ("sharedstrings.", "styles.", "workbook.")
# What deflates to less is at most a thousand times as large: harmless whatever its size is said to be.
_HARMLESS = 256 << 10
_CHUNK = 1 << 20
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


class Part:
    """A part being read, which may not hold more than its entry says: the bulk reader would go on to its end."""

    def __init__(self, archive: ZipFile, name: str | ZipInfo) -> None:
        entry = archive.getinfo(name) if isinstance(name, str) else name
        longer = copy(entry)
        longer.file_size += 1
        self._stream = archive.open(longer)
        self._left = entry.file_size

    def read(self, size: int = -1) -> bytes:
        """The next bytes.

        Raises:
            BadZipFile: there are more than the entry says, or others.
        """
        chunk = self._stream.read(size)
        self._left -= len(chunk)
        if self._left < 0:
            raise BadZipFile
        return chunk


def read_part(archive: ZipFile, name: str) -> bytes:
    """A whole part.

    Raises:
        DamagedFileError: there is no such part.
        BadZipFile: it does not hold what its entry says.
    """
    return Part(archive, part_name(archive, name)).read()


def check_parts(archive: ZipFile) -> None:
    """Refuse parts that the bulk reader should not be given.

    Raises:
        DamagedFileError: a part that may be read declares a DTD, or more texts than it has room for.
        BadZipFile: a part holds more than its entry says.
    """
    for entry in archive.infolist():
        name = entry.filename.lower()
        if name.endswith(_XML_ENDINGS) and not name.startswith(_MACROS):
            refuse_dtd(Part(archive, entry).read(HEAD_BYTES))
        if name.endswith(_SHARED_TEXTS):
            _check_claim(archive, entry)
        if posixpath.basename(name).startswith(_READ_WHOLE) and entry.compress_size > _HARMLESS:
            _check_size(Part(archive, entry))


def _check_claim(archive: ZipFile, entry: ZipInfo) -> None:
    """The bulk reader makes room for as many texts as the root claims, wherever in the part that stands."""
    events = etree.iterparse(Part(archive, entry), ("start",), resolve_entities=False, no_network=True)
    _, root = next(events)
    claim = root.get("uniqueCount", "0")
    if etree.QName(root).localname != "sst" or not claim.isdecimal():
        raise DamagedFileError("文件内部的文本表有误", RESAVE)
    if int(claim) * _SHORTEST_TEXT > entry.file_size:
        raise DamagedFileError("文件内部的文本数目有误", RESAVE)


def _check_size(part: Part) -> None:
    while part.read(_CHUNK):
        pass


def with_parts_changed(content: bytes, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """The archive with some parts changed; the others are not packed again."""
    file = BytesIO()
    file.write(content)
    with ZipFile(file, "a", ZIP_DEFLATED, compresslevel=1) as archive:
        for name, change in changes.items():
            changed = change(Part(archive, name).read())
            archive.filelist.remove(archive.NameToInfo.pop(name))
            archive.writestr(name, changed)
    return file.getvalue()


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
    return etree.fromstring(read_part(archive, name), parser)


def worksheets(archive: ZipFile, workbook: str, listed: Iterable[tuple[str, str]]) -> Iterator[Worksheet]:
    """The worksheets among the sheets a workbook lists.

    Args:
        archive: the file.
        workbook: its workbook part.
        listed: name and relation id of each sheet, in order.

    Raises:
        DamagedFileError: a sheet's part is not there, or is another sheet's too.
        OverLimitError: too many sheets.
    """
    relations = _relations(archive, workbook)
    named = list(listed)
    limits.check_sheets(len(named))
    taken: dict[str, str] = {}
    for index, (name, relation) in enumerate(named):
        sort, target = relations.get(relation, (_WORKSHEET, ""))
        if sort.endswith(_WORKSHEET):
            part = part_name(archive, target)
            if taken.setdefault(part, name) != name:
                raise DamagedFileError(f"工作表“{taken[part]}”和“{name}”在文件内部是同一处", RESAVE)
            yield Worksheet(index, name, part)


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
