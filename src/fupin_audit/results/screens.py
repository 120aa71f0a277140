"""The statistical tests of a run as reports show them."""

from __future__ import annotations

from dataclasses import dataclass

from fupin_audit.results.finding import Severity
from fupin_audit.results.pictures import Picture
from fupin_audit.results.place import Place
from fupin_audit.results.spoken_odds import MOST, one_in


@dataclass(frozen=True, slots=True)
class ScreenTest:
    """One test.

    Attributes:
        rule: its rule; `title` likewise.
        place: the village, town or county tested.
        who: whom it speaks of: the village, or the recorder or checker.
        test: what was tested; seen: what was seen; effect: how large it is; sample: among how many.
        p: how likely that is by chance; q: the same, corrected for all tests of the run.
        severity: of its finding; None where there is none.
    """

    rule: str
    title: str
    place: Place
    who: str
    test: str
    seen: str
    effect: str
    sample: str
    p: float
    q: float
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class ShownBy:
    """A picture, and the rule it belongs to."""

    rule: str
    picture: Picture


@dataclass(frozen=True, slots=True)
class Screens:
    """Every test of a run, the least likely first, and what shows them."""

    tests: tuple[ScreenTest, ...] = ()
    drawings: tuple[ShownBy, ...] = ()


def odds(p: float) -> str:
    """`约3200次里有1次`: how often chance alone gives as much."""
    return "不到一万亿次里有1次" if p < 10**-MOST else f"约{one_in(1 / p)}次里有1次"


def compared(p: float) -> str:
    """A p-value after its name: `p=0.034`, `p<1e-12`."""
    return f"p{'' if p < 10**-MOST else '='}{figure(p)}"


def figure(p: float) -> str:
    """A p-value as it is written: `0.034`, `2e-07`, `<1e-12`."""
    return f"{p:.2g}" if p >= 10**-MOST else f"<1e-{MOST}"
