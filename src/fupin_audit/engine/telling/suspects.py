"""Which cell is probably the wrong one, when several rules break for one household (最可能有误).

Each broken rule rests on some cells; one of them must be wrong. The lightest set of cells that has one of every
broken rule explains them all (Fellegi and Holt 1976); cells weigh what `rules/trust.yaml` says, and a little more
for every rule that holds and rests on them. Said only where rules that rest on different cells break, and where it is
clear: one cell, or one of two. A rule that rests on one cell alone says itself which (an ID number that can't be
one), and that cell explains what else breaks on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from fupin_audit.engine.loaded.subjects import Cell
from fupin_audit.engine.telling.covers import lightest_covers
from fupin_audit.results.finding import Finding, Severity

COUNTED = -1  # the row of a cell that stands for rows that were counted, without saying which
_CLEAR = 2  # cells that can still be told as “二者之一”
_PER_HELD, _MOST_HELD = 0.1, 9  # what a rule that holds adds to a cell's weight, and how many count
_NEAR = _PER_HELD * _MOST_HELD  # sets that rules that hold can bring into another order


@dataclass(frozen=True)
class Weighing:
    """How cells are weighed.

    Attributes:
        trust: of a cell, by itself.
        held: for cells, how many rules hold that rest on them.
    """

    trust: Callable[[Cell], float]
    held: Callable[[Collection[Cell]], Mapping[Cell, int]]


@dataclass(frozen=True)
class Grounds:
    """What findings rest on.

    Attributes:
        cells: fingerprint → the cells.
        compared: fingerprints of comparisons: the same fact in two books.
    """

    cells: Mapping[str, frozenset[Cell]] = field(default_factory=dict)
    compared: Collection[str] = ()


def joined(parts: Iterable[Grounds]) -> Grounds:
    """The grounds of several; none for findings that can't be told apart."""
    cells: dict[str, frozenset[Cell]] = {}
    compared = set[str]()
    for part in parts:
        for fingerprint, own in part.cells.items():
            cells[fingerprint] = frozenset() if fingerprint in cells else own
        compared.update(part.compared)
    return Grounds(cells, compared)


@dataclass(frozen=True, slots=True)
class _Knot:
    """Broken rules of one household tied together by cells they share: fingerprint → cells."""

    grounds: Mapping[str, frozenset[Cell]]
    compares: bool

    @property
    def tells(self) -> bool:
        """Whether there is evidence: different cells; or one fact in two books, which other rules know as well."""
        different = self.evidence
        alone = any(len(cells) == 1 for cells in different)
        return alone or len(different) > 1 or (self.compares and len(different[0]) == _CLEAR)

    @property
    def evidence(self) -> list[frozenset[Cell]]:
        """The sets of cells that say something of their own: what holds another set adds nothing to it."""
        different = set(self.grounds.values())
        return [cells for cells in different if not any(other < cells for other in different)]

    def covers(self, weights: Mapping[Cell, float], slack: float = 0) -> list[frozenset[Cell]]:
        return lightest_covers(self.evidence, weights, slack=slack)

    @property
    def cells(self) -> frozenset[Cell]:
        return frozenset().union(*self.grounds.values())


def suspects(
    findings: Sequence[Finding], grounds: Grounds, weighing: Weighing
) -> Mapping[str, tuple[Cell, ...]]:
    """Fingerprint → the cell probably wrong, or the two of which one is; findings without a clear one are left out.

    Args:
        findings: of a whole run.
        grounds: what they rest on.
        weighing: how cells are weighed.
    """
    knots = list(_knots(findings, grounds))
    weights = {cell: weighing.trust(cell) for knot in knots for cell in knot.cells}
    near = [knot.covers(weights, _NEAR) for knot in knots]
    contested = {cell for covers in near if len(covers) > 1 for cover in covers for cell in cover}
    held = weighing.held({cell for cell in contested if cell[1] != COUNTED})
    for cell, number in held.items():
        weights[cell] += _PER_HELD * min(number, _MOST_HELD)
    return {fingerprint: named for knot in knots for fingerprint, named in _named(knot, weights)}


def _named(knot: _Knot, weights: Mapping[Cell, float]) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """What every lightest explanation says of each finding, where that is one cell or two."""
    covers = knot.covers(weights)
    for fingerprint, cells in knot.grounds.items():
        named = cells.intersection(frozenset().union(*covers))
        if named and len(named) <= _CLEAR and all(row != COUNTED for _, row, _ in named):
            yield fingerprint, tuple(sorted(named))


def _knots(findings: Sequence[Finding], grounds: Grounds) -> Iterator[_Knot]:
    """Two or more rules broken for one household that share cells."""
    households: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        told = finding.household and finding.severity is not Severity.INFO
        if told and grounds.cells.get(finding.fingerprint):
            households[finding.household].append(finding)
    for broken in households.values():
        for tied in _tied([(finding, grounds.cells[finding.fingerprint]) for finding in broken]):
            cells = {finding.fingerprint: cells for finding, cells in tied}
            knot = _Knot(cells, any(fingerprint in grounds.compared for fingerprint in cells))
            if len({finding.rule for finding, _ in tied}) > 1 and knot.tells:
                yield knot


def _tied(broken: Sequence[tuple[Finding, frozenset[Cell]]]) -> list[list[tuple[Finding, frozenset[Cell]]]]:
    """The findings in groups that share no cell with each other."""
    groups: list[tuple[frozenset[Cell], list[tuple[Finding, frozenset[Cell]]]]] = []
    for item in broken:
        apart = [group for group in groups if not group[0] & item[1]]
        sharing = [group for group in groups if group[0] & item[1]]
        cells = item[1].union(*(group[0] for group in sharing))
        groups = [*apart, (cells, [one for group in sharing for one in group[1]] + [item])]
    return [tied for _, tied in groups]
