"""Why two rows that no number pairs may be one person's: what each field speaks for or against it, in bits."""

from __future__ import annotations

from dataclasses import dataclass

from fupin_audit.results.spoken_odds import MOST, one_in

COLUMNS = ("比什么", "这一册", "那一册", "相合", "分量")


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One field of both rows.

    Attributes:
        field: what is compared.
        ours, theirs: what stands there, masked; empty where blank.
        agreement: how far they agree.
        bits: what that weighs: one more makes it twice as likely that both are one person's.
    """

    field: str
    ours: str
    theirs: str
    agreement: str
    bits: float


@dataclass(frozen=True, slots=True)
class PairEvidence:
    """What speaks for and against a pair of rows.

    Attributes:
        ours, theirs: the two books.
        lines: field by field.
        start: bits before anything is compared: how seldom any two rows are one person's.
        odds: how many times likelier one person's than not, in view of all others that may be meant.
    """

    ours: str
    theirs: str
    lines: tuple[EvidenceLine, ...]
    start: float
    odds: float

    @property
    def total(self) -> float:
        """All bits together."""
        return self.start + sum(line.bits for line in self.lines)

    @property
    def words(self) -> str:
        """What the total means."""
        return f"这样相合的，约{one_in(min(self.odds, 10.0**MOST) + 1)}对里有1对只是巧合，不是同一人"

    @property
    def table(self) -> tuple[tuple[str, ...], ...]:
        """The rows as they are shown, under COLUMNS: the fields, where it starts from, the total."""
        rows = (
            (line.field, line.ours, line.theirs, line.agreement, weight(line.bits)) for line in self.lines
        )
        start = ("起点", "", "", "两册里随便取两行", weight(self.start))
        return (*rows, start, ("合计", "", "", "", weight(self.total)))


def weight(bits: float) -> str:
    """`+14.5`, `−5.0`, `0`."""
    rounded = round(bits, 1)
    return f"{rounded:+.1f}".replace("-", "−") if rounded else "0"
