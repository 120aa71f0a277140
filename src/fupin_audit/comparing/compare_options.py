"""What a user may say of a comparison, and what follows for each pair of columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fupin_audit.comparing.cell_values import ReadPair
from fupin_audit.comparing.column_pairs import meant
from fupin_audit.errors import UsageError
from fupin_audit.results.comparison import COMPARED, LEFT_ALONE

EVERY_NUMBER = ""
_NUMBERING = "序号"


@dataclass(frozen=True)
class CompareOptions:
    """How to compare.

    Attributes:
        keys: columns to pair rows by, as (left name, right name); empty: guess.
        only: compare these columns alone; empty: all.
        ignore: columns to leave out.
        tolerance: column → how far its numbers may lie apart; EVERY_NUMBER stands for all others.
        skip_blanks: a value that stands on one side only is no difference.
        password: for encrypted workbooks.
        reveal: show personal data in full.
    """

    keys: Sequence[tuple[str, str]] = ()
    only: Sequence[str] = ()
    ignore: Sequence[str] = ()
    tolerance: Mapping[str, float] = field(default_factory=dict)
    skip_blanks: bool = False
    password: str | None = None
    reveal: bool = False

    def check(self, pairs: Sequence[ReadPair]) -> None:
        """Refuse names that are no column, and tolerances of what is no number.

        Raises:
            UsageError: there is such a name.
        """
        for name in filter(None, (*self.only, *self.ignore, *self.tolerance)):
            named = [pair for pair in pairs if pair.columns.answers_to(name)]
            if not named:
                raise UsageError(f"两边没有都有“{name}”这一列，{meant([pair.name for pair in pairs], name)}")
            if name in self.tolerance and any(pair.kind.family != "number" for pair in named):
                raise UsageError(f"“{name}”不是数字列，没有允许的误差")

    def role(self, pair: ReadPair) -> str:
        """Whether a pair, which is no key, is compared."""
        if any(pair.columns.answers_to(name) for name in self.ignore):
            return LEFT_ALONE
        if self.only:
            return COMPARED if any(map(pair.columns.answers_to, self.only)) else LEFT_ALONE
        return LEFT_ALONE if pair.name == _NUMBERING else COMPARED

    def apart(self, pair: ReadPair) -> float:
        """How far the pair's numbers may lie apart."""
        if pair.kind.family != "number":
            return 0.0
        own = [value for name, value in self.tolerance.items() if name and pair.columns.answers_to(name)]
        return own[0] if own else self.tolerance.get(EVERY_NUMBER, 0.0)

    @property
    def told(self) -> tuple[str, ...]:
        """What was changed, in Chinese."""
        apart = [f"{name or '数字'}允许相差{value:g}" for name, value in self.tolerance.items()]
        return (
            *([f"只比较{'、'.join(self.only)}"] if self.only else []),
            *([f"不比较{'、'.join(self.ignore)}"] if self.ignore else []),
            *apart,
            *(["一边空白的不算不同"] if self.skip_blanks else []),
        )
