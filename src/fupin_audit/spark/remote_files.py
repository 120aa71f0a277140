"""Files that only the cluster can reach: `hdfs://…`, `s3a://…`; what each is called in findings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from fupin_audit.errors import UsageError
from fupin_audit.spark.spark_door import Spark
from fupin_audit.workbook.files.discovery import EXTENSIONS, FoundFiles, InputFile

# Of an address that went through a path one of its two slashes is left.
_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]+):/{1,3}(.*)")
_BEFORE_PATH = re.compile(r"\A[a-z][a-z0-9+.-]+:(//[^/]*)?")


@dataclass(frozen=True)
class RemoteFiles:
    """The files, and the number of each by its address."""

    found: FoundFiles
    numbers: dict[str, int]


def address_of(path: Path) -> str:
    """The address a path stands for; empty where it is a path."""
    found = _ADDRESS.fullmatch(path.as_posix())
    if not found:
        return ""
    return f"file:/{found[2]}" if found[1] == "file" else f"{found[1]}://{found[2]}"


def remote_files(cluster: Spark, addresses: Sequence[str]) -> RemoteFiles:
    """What lies at these addresses.

    Raises:
        UsageError: nothing to read, or two files of one name.
    """
    every = {address: _name(address, root) for root in addresses for address in cluster.files([root])}
    wanted = {address: name for address, name in every.items() if _is_table(name)}
    names = sorted(wanted.values())
    if not names:
        raise UsageError(f"{'、'.join(addresses)} 里没有表格文件（{' '.join(sorted(EXTENSIONS))}）")
    if len({*names}) < len(names):
        raise UsageError("几个地址里有同名的文件，分不清；请放在一个文件夹里，用它的地址")
    files = tuple(InputFile(name, Path(name)) for name in names)
    others = tuple(sorted(name for address, name in every.items() if address not in wanted))
    return RemoteFiles(
        FoundFiles(files, others), {address: names.index(name) for address, name in wanted.items()}
    )


def _name(address: str, root: str) -> str:
    """What a file is called: its path below what was named."""
    place, top = (PurePosixPath(_BEFORE_PATH.sub("", text)) for text in (address, root))
    return place.name if place == top else place.relative_to(top).as_posix()


def _is_table(name: str) -> bool:
    path = PurePosixPath(name)
    return path.suffix.lower() in EXTENSIONS and not path.name.startswith(("~$", "."))
