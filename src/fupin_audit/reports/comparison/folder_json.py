"""The comparison of two folders that other programs read: `schema/compare-folders.schema.json`."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from fupin_audit.reports.comparison.json_file import document
from fupin_audit.results.comparison import FolderComparison, SheetPair
from fupin_audit.writing.json_text import dump_object
from fupin_audit.writing.marks import json_mark

SCHEMA = Path(__file__).parents[1] / "schema" / "compare-folders.schema.json"
MARK = json_mark("version", "folders", "same")


def write(found: FolderComparison, sink: BinaryIO) -> None:
    """Writes the report, one pair a line."""
    parts: dict[str, object] = {
        "version": found.version,
        "folders": [found.left, found.right],
        "same": found.same,
        "only_left": found.only_left,
        "only_right": found.only_right,
        "not_compared": found.not_compared,
        "unreadable": found.unreadable,
        "pairs": map(_pair, found.pairs),
    }
    dump_object(parts, sink)


def _pair(pair: SheetPair) -> dict[str, object]:
    return {
        "what": pair.what,
        "left": pair.left,
        "right": pair.right,
        "same": pair.same,
        "reason": pair.reason,
        "comparison": None if pair.found is None else document(pair.found),
    }
