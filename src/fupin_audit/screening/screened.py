"""What one screen says: its tests, what it could not test, its pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from fupin_audit.results.pictures import Picture
from fupin_audit.screening.frames import Unit


@dataclass(frozen=True)
class Screened:
    """One test of one unit.

    Attributes:
        unit: what was tested.
        ledger: the ledger its rows are of.
        field: the field its figures stand in.
        test: what was tested, in a few words; part of the fingerprint.
        seen: what was seen, as a sentence without its subject.
        p: how likely that is by chance.
        effect: how large it is, in words.
        sample: what was looked at: `40户`.
        rows: the rows it is about, those to look at first.
        quoted: a text it quotes as `{原文}`, which may be personal.
    """

    unit: Unit
    ledger: str
    field: str
    test: str
    seen: str
    p: float
    effect: str
    sample: str
    rows: np.ndarray
    quoted: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a screen says of a run; without tests `lacking` says why.

    Attributes:
        tests: one a unit.
        lacking: what could not be tested, and why.
        pictures: what shows it.
    """

    tests: Sequence[Screened] = ()
    lacking: Sequence[str] = ()
    pictures: Sequence[Picture] = ()


@dataclass(frozen=True)
class Weighed:
    """A test with its p-value corrected for all tests of the run."""

    rule: str
    test: Screened
    q: float


@dataclass(frozen=True)
class Screening:
    """What all screens say of a run: by rule, and every test weighed."""

    outcomes: Mapping[str, Outcome]
    weighed: Sequence[Weighed] = field(default=())
