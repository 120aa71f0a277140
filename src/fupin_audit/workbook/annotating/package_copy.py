"""A package written anew: parts that are not changed are passed on as they are packed."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from io import SEEK_CUR, SEEK_END
from typing import BinaryIO, Self
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo
from zlib import DEF_MEM_LEVEL, DEFLATED, MAX_WBITS, Z_FILTERED, compressobj, crc32

from fupin_audit.workbook.files.one_ahead import one_ahead

_LOCAL_HEAD, _NAME_LENGTH, _EXTRA_LENGTH = 30, 26, 28
_SIZES_FOLLOW = 0x08  # flag: the sizes stand behind the data
_LEVEL = 4  # with Z_FILTERED 2 % larger than the usual 6, in half of its time
_OWNER_ONLY = 0o600 << 16


class PackageCopy:
    """A package being written; `sink` must be seekable."""

    def __init__(self, source: BinaryIO, sink: BinaryIO) -> None:
        self._source = source
        self._sink = sink
        # It lists parts written by others, too, and writes the list at the end.
        self._copy = ZipFile(sink, "w")

    def pass_on(self, entry: ZipInfo) -> None:
        """Writes a part of the source as it is packed there.

        Raises:
            BadZipFile: it is not where it should be.
        """
        self._source.seek(entry.header_offset)
        head = self._source.read(_LOCAL_HEAD)
        if not head.startswith(b"PK\3\4"):
            raise BadZipFile
        lengths = (int.from_bytes(head[at : at + 2], "little") for at in (_NAME_LENGTH, _EXTRA_LENGTH))
        self._source.seek(sum(lengths), SEEK_CUR)
        passed = copy(entry)
        passed.flag_bits &= ~_SIZES_FOLLOW
        passed.extra = b""  # sizes beyond 4 GB, and when it was packed
        passed.header_offset = self._sink.tell()
        self._sink.write(passed.FileHeader(zip64=False))
        self._sink.write(self._source.read(entry.compress_size))
        self._list(passed)

    def write(self, name: str, chunks: Iterable[bytes]) -> None:
        """Writes a part that is new or changed; the next chunk is made while one is packed."""
        entry = ZipInfo(name)  # of 1980: the same content, the same bytes
        entry.compress_type, entry.external_attr = ZIP_DEFLATED, _OWNER_ONLY
        entry.CRC, entry.compress_size, entry.header_offset = 0, 0, self._sink.tell()
        self._sink.write(entry.FileHeader(zip64=False))
        packing = compressobj(_LEVEL, DEFLATED, -MAX_WBITS, DEF_MEM_LEVEL, Z_FILTERED)
        with one_ahead(chunks) as coming:
            for chunk in coming:
                entry.CRC = crc32(chunk, entry.CRC)
                entry.file_size += len(chunk)
                entry.compress_size += self._sink.write(packing.compress(chunk))
        entry.compress_size += self._sink.write(packing.flush())
        self._sink.seek(entry.header_offset)
        self._sink.write(entry.FileHeader(zip64=False))
        self._sink.seek(0, SEEK_END)
        self._list(entry)

    def _list(self, entry: ZipInfo) -> None:
        """Lists a part that is written, as ZipFile does itself: it knows no way past its own packing."""
        self._copy.filelist.append(entry)
        self._copy.NameToInfo[entry.filename] = entry
        self._copy.start_dir = self._sink.tell()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._copy.close()
