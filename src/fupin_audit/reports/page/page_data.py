"""The findings as the page's program reads them: short, every text that repeats told once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from string import digits

from fupin_audit.reports.findings.shown_values import evidence, hints
from fupin_audit.reports.findings.three_books import BOOKS, BookLine, lines
from fupin_audit.reports.findings.village_tally import villages
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Finding, Severity
from fupin_audit.results.household import Line, ThreeBooks
from fupin_audit.results.pair_evidence import COLUMNS, PairEvidence
from fupin_audit.results.place import Place
from fupin_audit.writing.one_line import one_line

_BLANK = "空白"


class _Told:
    """Texts by number, each once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """The number of a text."""
        return self._numbers.setdefault(_shown(text), len(self._numbers))

    @property
    def texts(self) -> Sequence[str]:
        """All texts by their numbers."""
        return list(self._numbers)


def page_data(result: AuditResult) -> str:
    """JSON that can stand in a script element: no `<` in it.

    `texts` are what findings refer to by number. A finding is a list: rule, title, severity, place, household, head,
    person, message, evidence (name, or header in the sheet; value, sheet, cell), hints, fix, persons or offices who answer for it,
    basis, why two rows may be one person's (see `_pair`) or null, fingerprint. `books` has for each household, by the key the page's program calls it, the fields in which
    the three books differ: name, what each says, whether no other says so, why. `whole` has for each household
    all fields of the three books and how many of them differ; see `_whole`. `villages` has for each place
    its households, those with findings, and how many findings of each severity. `beside` has by the position of a
    finding the cells beside the one to mend: column, header and value of each, as numbers of texts.
    """
    told = _Told()
    rows = [_row(finding, told, _names(result, finding)) for finding in result.listed]
    books = _books(result.records, told)
    places = sorted({item.place for item in result.records}, key=str)
    data: dict[str, object] = {
        "towns": list(dict.fromkeys(_town(place) for place in places)),
        "findings": rows,
        "known_as": {run.id: run.also_known_as for run in result.rules_run if run.also_known_as},
        "book_names": list(BOOKS),
        "beside": _beside(result, told),
        "books": books,
        "whole": _whole(result, told),
        "villages": _villages(result, told),
    }
    data["texts"] = told.texts
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return (
        text.encode("utf-8", "replace").decode("utf-8").replace("<", "\\u003c").replace("\u2028", "\\u2028")
    )


def _beside(result: AuditResult, told: _Told) -> Mapping[int, list[list[int]]]:
    near = {
        at: result.beside.get(finding.locations[0], ())
        for at, finding in enumerate(result.listed)
        if finding.locations
    }
    return {
        at: [
            [
                told.number(text)
                for text in (
                    cell.cell.rstrip(digits),
                    _shown(result.headings.get(cell, cell.field)),
                    one_line(cell.value),
                )
            ]
            for cell in cells
        ]
        for at, cells in near.items()
        if cells
    }


def _villages(result: AuditResult, told: _Told) -> Mapping[int, list[int]]:
    """Place → its numbers; places that are printed alike are one to the page's program."""
    found: dict[int, list[int]] = {}
    for tally in villages(result):
        counts = (tally.by_severity[severity] for severity in Severity)
        numbers = [tally.households, tally.troubled, *counts]
        place = told.number(str(tally.place))
        found[place] = [
            one + other for one, other in zip(found.get(place, [0] * len(numbers)), numbers, strict=True)
        ]
    return found


def _whole(result: AuditResult, told: _Told) -> Mapping[str, list[object]]:
    """Household → its lines, how many differ, which books there are not.

    A line is a list of numbers: name, what each book says (-1: nothing is said there), the odd ones as bits, and
    how masked numbers differ.
    """
    shown = {_key(item, told): result.books[item.home] for item in result.listed if item.home in result.books}
    return {
        whose: [
            [_whole_line(line, told) for line in books.lines],
            books.apart,
            told.number(_lacking(books)),
        ]
        for whose, books in shown.items()
        if books.lines
    }


def _lacking(books: ThreeBooks) -> str:
    parts = {"里没有这一户": books.missing, "没有交付": books.undelivered}
    return "；".join(f"{'、'.join(names)}{what}" for what, names in parts.items() if names)


def _whole_line(line: Line, told: _Told) -> list[int]:
    said = [line.of(book) for book in BOOKS]
    values = [-1 if one is None else told.number(one.value or _BLANK) for one in said]
    odd = sum(line.odd(book) << at for at, book in enumerate(BOOKS))
    return [told.number(line.name), *values, odd, told.number(line.apart)]


def _key(whose: Finding | BookLine, told: _Told) -> str:
    """What the page's program calls a household."""
    return f"{told.number(str(whose.place))} {whose.household} {_shown(whose.head)}"


def _books(findings: Sequence[Finding], told: _Told) -> Mapping[str, list[object]]:
    found: dict[str, list[object]] = {}
    for line in lines(findings):
        said = [line.said.get(book) for book in BOOKS]
        found.setdefault(_key(line, told), []).append(
            [
                told.number(line.name),
                [at and one_line(at.value) for at in said],
                [line.odd(book) for book in BOOKS],
                "；".join(map(one_line, line.causes)),
            ]
        )
    return found


def _shown(text: str) -> str:
    """A text without control characters; nothing where there is none."""
    return text and one_line(text)


def _town(place: Place) -> str:
    return str(Place(place.county, place.town))


def _names(result: AuditResult, finding: Finding) -> Mapping[str, str]:
    """Address of each cell of a finding → how its sheet words the header of its column."""
    headed = (at for at in finding.locations if at in result.headings)
    return {one_line(str(at)): one_line(result.headings[at]) for at in headed}


def _row(finding: Finding, told: _Told, names: Mapping[str, str]) -> list[object]:
    number = told.number
    return [
        finding.rule,
        number(finding.title),
        finding.severity.value,
        number(str(finding.place)),
        number(_town(finding.place)),
        finding.household,
        _shown(finding.head),
        _shown(finding.person),
        one_line(finding.message),
        [
            [number(names.get(part.address, part.name)), one_line(part.value), number(sheet), cell]
            for part in evidence([finding])
            for sheet, _, cell in [part.address.rpartition(" › ")]
        ],
        [one_line(hint) for hint in hints(finding)],
        number(finding.fix),
        [number(str(who)) for who in finding.responsible] or [number(finding.owner)],
        number("、".join(finding.basis)),
        _pair(finding.pair) if finding.pair else None,
        finding.fingerprint,
    ]


def _pair(pair: PairEvidence) -> list[object]:
    """Why two rows may be one person's: what it comes to, the headings, the rows."""
    headings = ["比什么", pair.ours, pair.theirs, *COLUMNS[-2:]]
    return [pair.words, headings, [[one_line(text) if text else "" for text in row] for row in pair.table]]
