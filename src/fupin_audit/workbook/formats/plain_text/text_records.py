"""The records of delimited text, one by one, whatever its quotation marks do."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

DELIMITERS = ",\t;|"
_NAMES = {",": "逗号", "\t": "制表符", ";": "分号", "|": "竖线"}
_QUOTE = '"'
# No cell of a spreadsheet holds more lines: a quotation mark still open behind them was never closed.
_LINES = 254
_NAMED = 5

_LINE_END = re.compile(r"\r\n|\r")
_INSIDE = re.compile(r'(?:[^"]|"")*+')

Row = list[str | None]


class TextRecords:
    """Splits text into records.

    A field in quotation marks may hold delimiters and line ends. A quotation mark that is not closed before a
    delimiter, or only after whole records, is a character like others: its line is read as it stands.
    """

    def __init__(self, text: str, delimiter: str, width: int = 0, first_line: int = 1) -> None:
        """Prepares the text.

        Args:
            text: the text.
            delimiter: what stands between fields.
            width: fields of most records; 0 where unknown.
            first_line: the number of the first line in the file.
        """
        self.first_line = first_line
        self._lines = _LINE_END.sub("\n", text).split("\n")
        if not self._lines[-1]:
            self._lines.pop()
        self.delimiter = delimiter
        self._width = width
        self._quoted = [number for number, line in enumerate(self._lines) if _QUOTE in line]
        self._literal: list[int] = []
        self._otherwise: dict[str, list[int]] = {}

    def __iter__(self) -> Iterator[Row]:
        for fields, _ in self.spans():
            yield [field or None for field in fields]

    def spans(self) -> Iterator[tuple[Sequence[str], int]]:
        """The fields of each record, and how many lines it takes."""
        number = 0
        while number < len(self._lines):
            fields, lines = self._record(number)
            yield fields, lines
            number += lines

    def caveats(self) -> Iterator[str]:
        """What was not read as it was perhaps meant, in Chinese; known when all records have been taken."""
        if self._literal:
            yield f"{self._places(self._literal)}有引号没有成对，引号按普通字符读入，没有漏行；请核对"
        for delimiter, numbers in self._otherwise.items():
            yield f"{self._places(numbers)}是用{_NAMES[delimiter]}分列的，与其他行不同，已照样分列；请核对"

    def _record(self, number: int) -> tuple[Sequence[str], int]:
        """The fields of the record that begins on a line, and how many lines it takes."""
        line = self._lines[number]
        if _QUOTE in line:
            return self._with_quotes(number)
        fields = line.split(self.delimiter)
        return (self._split_otherwise(number) or fields if len(fields) == 1 else fields), 1

    def _split_otherwise(self, number: int) -> list[str]:
        """The fields of a line that has as many as the others, but by another delimiter."""
        line = self._lines[number]
        for delimiter in DELIMITERS:
            if line.count(delimiter) + 1 == self._width > 1:
                self._otherwise.setdefault(delimiter, []).append(number)
                return line.split(delimiter)
        return []

    def _with_quotes(self, number: int) -> tuple[list[str], int]:
        fields: list[str] = []
        at, last = 0, number
        while at <= len(self._lines[last]):
            closing = self._closing(last, at)
            if closing:
                fields.append(self._between((last, at + 1), closing).replace(_QUOTE * 2, _QUOTE))
                last, end = closing[0], closing[1] + 1
            else:
                end = self._field_end(last, at)
                fields.append(self._lines[last][at:end])
            at = end + 1
        return fields, last - number + 1

    def _closing(self, number: int, at: int) -> tuple[int, int] | None:
        """Line and place of the mark that closes a quoted field; None where the field is not, or not rightly, quoted."""
        if not self._lines[number].startswith(_QUOTE, at):
            return None
        found = self._next_mark(number, at + 1)
        if found is None or self._swallows(number, found[0]):
            self._note(number)
            return None
        line, place = found
        if self._lines[line][place + 1 : place + 2] not in ("", self.delimiter):
            self._note(number)
            return None
        return found

    def _next_mark(self, number: int, at: int) -> tuple[int, int] | None:
        """The next quotation mark that is not doubled."""
        place = self._inside(number, at)
        if place is not None:
            return number, place
        following = bisect_right(self._quoted, number)
        for line in self._quoted[following : following + _LINES]:
            if line - number >= _LINES:
                break
            if (place := self._inside(line, 0)) is not None:
                return line, place
        return None

    def _inside(self, number: int, at: int) -> int | None:
        match = _INSIDE.match(self._lines[number], at)
        end = match.end() if match else at
        return end if end < len(self._lines[number]) else None

    def _swallows(self, first: int, last: int) -> bool:
        """Whether a quoted field over several lines holds what looks like records of their own."""
        if first == last or self._width <= 1:
            return False
        between = self._lines[first + 1 : last] or self._lines[first : last + 1]
        whole = (line.count(self.delimiter) + 1 >= self._width for line in between)
        return all(whole) if last == first + 1 else any(whole)

    def _between(self, start: tuple[int, int], end: tuple[int, int]) -> str:
        (first, at), (last, to) = start, end
        if first == last:
            return self._lines[first][at:to]
        return "\n".join((self._lines[first][at:], *self._lines[first + 1 : last], self._lines[last][:to]))

    def _field_end(self, number: int, at: int) -> int:
        end = self._lines[number].find(self.delimiter, at)
        return len(self._lines[number]) if end < 0 else end

    def _note(self, number: int) -> None:
        if self._literal[-1:] != [number]:
            self._literal.append(number)

    def _places(self, numbers: Sequence[int]) -> str:
        """`第4行`, or the first few of many, as a text editor counts lines."""
        named = "、".join(str(self.first_line + number) for number in numbers[:_NAMED])
        return f"第{named}行" if len(numbers) <= _NAMED else f"第{named}等{len(numbers)}行"
