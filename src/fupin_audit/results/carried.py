"""What people wrote into an earlier 整改台账, as far as it concerns the next one (D18)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Written = Mapping[str, str]
"""Heading of a column → the text of a cell."""


@dataclass(frozen=True, slots=True)
class Unlike:
    """One cell that several people filled in differently.

    Attributes:
        row: the row it stands in.
        title: heading of its column.
        said: copy → what was typed there.
        taken: what stands in the cell now.
    """

    row: Written
    title: str
    said: Mapping[str, str]
    taken: str


@dataclass(frozen=True, slots=True)
class Carried:
    """What is carried over.

    Attributes:
        findings: fingerprint → what people wrote beside the finding.
        headings: columns people have added to the sheets of findings.
        gone: rows of the earlier workbook that have no finding in this one, whole, each telling why.
        books: 户编号 and field of 三本账 → what people wrote beside that line.
        unlike: where the copies that came back do not agree.
    """

    findings: Mapping[str, Written] = field(default_factory=dict)
    headings: Sequence[str] = ()
    gone: Sequence[Written] = ()
    books: Mapping[tuple[str, str], Written] = field(default_factory=dict)
    unlike: Sequence[Unlike] = ()


NOTHING = Carried()
