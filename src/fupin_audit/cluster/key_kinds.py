"""By which keys rows of one county belong with rows of another: every key that some relation or pairing goes by.

Ledgers that share a kind of key (the numbers of households, of persons, phones …) make a kind of it. Whoever has
the number of a household or person is the same one, wherever his rows lie: such keys are strong, and where a row says
by one whose it is, its own. By others (a phone, an account, a name with a birth date; the number of who helps a
household) rows are only compared. Names of places lead from a row to all of a place, and are followed from the row's
own county alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from fupin_audit.ledgers.relations import Pairs, Relation
from fupin_audit.rulepack.language.expression import names_in

Side: TypeAlias = tuple[str, tuple[str, ...]]
"""A ledger, and the expressions on its rows that a key is made of."""

_PLACES = frozenset({"市", "县", "乡镇", "村", "所在村", "年度", "审计年度", "户", "人口"})
_OWNERS = frozenset({"户", "人口"})
_STRONG = {("户", ("户编号",)), ("人口", ("人编号",)), ("人口", ("ID_KEY(证件号码)",))}


@dataclass(frozen=True)
class KeyKind:
    """Sides whose keys are of one kind.

    Attributes:
        sides: in their order.
        own: the sides, by number, that are the keys of the household or person a row is of.
        compared: of the other sides those by which rows are compared that are not judged themselves.
        every: from which side, by its number, all rows of which are looked at, be they a crowd.
    """

    sides: tuple[Side, ...]
    own: frozenset[int]
    compared: frozenset[int]
    every: frozenset[tuple[int, int]]


@dataclass(frozen=True)
class KeyKinds:
    """The keys of a run: those that go both ways, and from where to where names of places lead."""

    both_ways: tuple[KeyKind, ...]
    led: tuple[tuple[Side, Side], ...]


def key_kinds_of(
    relations: Collection[Relation], delivered: Collection[str], followed: Collection[str] = ()
) -> KeyKinds:
    """The keys of relations.

    Args:
        relations: those there are.
        delivered: the ledgers that were; only relations between them count.
        followed: the names of the relations that are followed from rows which are not judged themselves.
    """
    known = [item for item in relations if {item.source, item.target} <= {*delivered}]
    keys = dict.fromkeys((item.source, item.target, pairs) for item in known for pairs in item.on)
    looks = {look for item in known for look in _looks(item)}
    led = [_sides(*key) for key in keys if _is_of_places(key[2])]
    others = [key for key in keys if not _is_of_places(key[2])]
    single = _joined([_sides(*key) for key in others if len(key[2]) == 1])
    rest = [key for key in others if len(key[2]) > 1 and not _is_finer(key, single)]
    parts = (*_parts(single), *_parts(_joined([_sides(*key) for key in rest])))
    others_people = _others_people(known)
    compared = [item for item in known if item.pairing or item.name in followed]
    asked = {side for item in compared for key in item.on for side in _sides(item.source, item.target, key)}
    return KeyKinds(
        tuple(_kind(sides, others_people, asked, looks) for sides in parts),
        tuple(dict.fromkeys(led)),
    )


def _kind(
    sides: Sequence[Side],
    others_people: Collection[Side],
    asked: Collection[Side],
    looks: Collection[tuple[Side, Side]],
) -> KeyKind:
    number = {side: at for at, side in enumerate(sides)}
    strong = not _STRONG.isdisjoint(sides)
    own = frozenset(at for side, at in number.items() if strong and side not in others_people)
    compared = frozenset(at for side, at in number.items() if side in asked and at not in own)
    every = ((number[one], number[other]) for one, other in looks if {one, other} <= number.keys())
    return KeyKind(tuple(sides), own, compared, frozenset(every))


def _others_people(relations: Collection[Relation]) -> frozenset[Side]:
    """The sides of ledgers whose rows say by another key whose they are: who helps the household, say."""
    own: dict[str, set[Side]] = {}
    for item in relations:
        if item.name == item.target and item.target in _OWNERS and not item.many:
            own.setdefault(item.source, set()).update(
                _sides(item.source, item.target, key)[0] for key in item.on
            )
    sides = {side for item in relations for key in item.on for side in _sides(item.source, item.target, key)}
    return frozenset(
        side for side in sides if side[0] not in _OWNERS and side[0] in own and side not in own[side[0]]
    )


def _sides(source: str, target: str, pairs: Pairs) -> tuple[Side, Side]:
    return (source, tuple(one for one, _ in pairs)), (target, tuple(other for _, other in pairs))


def _looks(relation: Relation) -> Iterator[tuple[Side, Side]]:
    """From which side the engine looks at all rows of which; else it leaves crowds out (`keyed_rows`).

    A crowd is counted among all rows of a side, or among those of a condition: then every row is needed to count.
    """
    pairing, to_itself = relation.pairing, relation.source == relation.target
    of_some = bool(pairing.left_where or pairing.right_where if pairing else relation.where)
    for pairs in relation.on:
        one, other = _sides(relation.source, relation.target, pairs)
        if not (pairing or to_itself) or (of_some and one != other):
            yield one, other
        if (pairing or to_itself) and of_some and one != other:
            yield other, other
        # A key of several parts may be known by one of them, which more rows share.
        for at in pairs if len(pairs) > 1 else ():
            part, its = _sides(relation.source, relation.target, (at,))
            yield from ((part, its), (its, part), (part, part), (its, its))


def _is_of_places(pairs: Pairs) -> bool:
    """Whether a key names nothing but places and years."""
    return all(any(_PLACES.issuperset(names_in(text)) for text in pair) for pair in pairs)


def _is_finer(key: tuple[str, str, Pairs], single: Mapping[Side, Side]) -> bool:
    """Whether rows with the key share a simpler one, too."""
    source, target, pairs = key
    ends = [((source, (one,)), (target, (other,))) for one, other in pairs]
    return any(
        one in single and other in single and _root(single, one) == _root(single, other)
        for one, other in ends
    )


def _joined(links: Sequence[tuple[Side, Side]]) -> dict[Side, Side]:
    """Side → another of its kind, nearer to the one that stands for all; that one leads to itself."""
    parent: dict[Side, Side] = {}
    for one, other in links:
        parent.setdefault(one, one)
        parent.setdefault(other, other)
        parent[_root(parent, one)] = _root(parent, other)
    return parent


def _root(parent: Mapping[Side, Side], side: Side) -> Side:
    while parent[side] != side:
        side = parent[side]
    return side


def _parts(parent: Mapping[Side, Side]) -> Iterator[list[Side]]:
    found: dict[Side, list[Side]] = {}
    for side in parent:
        found.setdefault(_root(parent, side), []).append(side)
    yield from found.values()
