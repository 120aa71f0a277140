"""Tables that stay readable on a narrow screen: where columns would be squeezed, each row becomes lines of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from fupin_audit.writing.console import Console, ConsoleOptions, Measurement, RenderResult, Table, Text
from fupin_audit.writing.wrapping import cell_len, widest_piece, wrap

_LEAST = 10  # columns below which a text is hard to read
_GAP = 2


class Folded:
    """A text in lines that end where Chinese may, never inside a word or number."""

    def __init__(self, text: Text) -> None:
        self._text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Text("\n".join(wrap(self._text.plain, options.max_width)), style=self._text.style)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        plain = self._text.plain
        return Measurement(widest_piece(plain), cell_len(plain))


class FittingTable(Table):
    """A table without lines: names and texts to the left, which may fold, numbers to the right, which may not."""

    def __init__(self, names: Collection[str], headers: Sequence[str]) -> None:
        """Columns in the order of the headers, of which these are no numbers."""
        super().__init__(box=None, pad_edge=False, header_style="bold", padding=(0, _GAP, 0, 0))
        self._headers, self._folds = headers, [header in names for header in headers]
        self._lines: list[tuple[list[Text], str]] = []
        for header, folds in zip(headers, self._folds, strict=True):
            self.add_column(header, justify="left" if folds else "right", no_wrap=not folds)

    def add(self, cells: list[Text], style: str = "") -> None:
        """Adds a row."""
        self._lines.append((cells, style))
        shown = [Folded(cell) if folds else cell for cell, folds in zip(cells, self._folds, strict=True)]
        self.add_row(*shown, style=style)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The table, or its rows one below the other."""
        if self._least() <= options.max_width:
            yield from super().__rich_console__(console, options)
        else:
            yield from self._stacked(options.max_width)

    def _least(self) -> int:
        """The columns it takes to be read."""
        wide = 0
        for at, folds in enumerate(self._folds):
            texts = [self._headers[at], *(cells[at].plain for cells, _ in self._lines)]
            needed = max(map(cell_len, texts))
            wide += max(min(needed, _LEAST), max(map(widest_piece, texts))) if folds else needed
        return wide + _GAP * len(self._folds)

    def _stacked(self, width: int) -> Iterator[Text]:
        """A row: its names, below them each number after its header."""
        for cells, style in self._lines:
            told = list(zip(self._headers, self._folds, cells, strict=True))
            names = "  ".join(cell.plain for _, folds, cell in told if folds and cell.plain)
            look = style or next((str(cell.style) for _, _, cell in told if cell.style), "")
            yield Text("\n".join(wrap(names, width)), style=look)
            for line in _packed([f"{name} {cell.plain}" for name, folds, cell in told if not folds], width):
                yield Text(line)


def text_table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> FittingTable:
    """A table of texts alone."""
    table = FittingTable(headers, headers)
    for row in rows:
        table.add([Text(text) for text in row])
    return table


def _packed(pairs: list[str], width: int) -> Iterator[str]:
    """As many on a line as fit, indented; none is torn in two."""
    line = ""
    for pair in filter(lambda pair: pair.split(" ", 1)[1], pairs):
        longer = f"{line}  {pair}"
        if line and cell_len(longer) > width:
            yield line
            longer = f"  {pair}"
        line = longer
    if line:
        yield line
