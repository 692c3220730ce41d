"""Cells that wrap beside one another: a line under a row's own has the rest of several of its cells, one after another.

"Rusta piren vid Norra      Drift och      2031-05-01
 kajen                      underhåll"

An extraction without gaps leaves "kajen underhåll". Which words go on in which cell is told by where a cell stops
short, by what would have fitted on the line before, by what the document says elsewhere, and by how rows that begin
alike end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.columns import dangling
from ingest.goal_columns import FREE, VALUES, Kind
from ingest.said import Said
from ingest.source import Cell, Span, cell_at
from ingest.values import mended

_LEFT_OPEN = re.compile(r"(?:tas fram(?: av)?|(?:fastställ|sätt)s?(?: i| av)?)", re.IGNORECASE)  # a target in words
_SAID_OF_TARGET = re.compile(
    r"(?:\w*(?:nämnde?n?(?:erna)?|styrelsen?|rapport|bokslut(?:et)?|KF))(?: [12])?|20\d\d|[12]"
)
_OF_PERIOD = re.compile(r"(?:annat |tredje |fjärde |femte )?år")
# Of what is said below.
_OFFICE = re.compile(r"\w*(?:(?:enhets|avdelnings|verksamhets|områdes)chef(?:er)?|ansvarig)", re.IGNORECASE)
_OPEN_LIST = re.compile(r", [a-zåäö]+$")  # a list whose last item is one word yet
_LEADS = re.compile(r" (?:om|när|som|att|utan|eller|mellan|under|efter|mot)$")
_FIRST_NAME, _SURNAME = re.compile(r"\w [A-ZÅÄÖ][a-zåäöé]+$"), re.compile(r"[A-ZÅÄÖ][a-zåäöé]+")
_FULL = 0.9  # of a column's lines so many are no longer than it is wide


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A row: its first cell, those after it and their kinds, and what stands on the lines under them."""

    name: Cell
    cells: tuple[Cell, ...]
    kinds: tuple[Kind, ...]
    rest: Cell


def shared(rows: Sequence[Wrapped], said: Said) -> list[tuple[Cell, ...]]:
    """The cells of rows of tables with one header, each with its part of what stands under the row."""
    if not any(row.rest.text for row in rows):
        return [(row.name, *row.cells) for row in rows]
    return _Sharing(rows, said).cells()


class _Sharing:
    def __init__(self, rows: Sequence[Wrapped], said: Said) -> None:
        self.rows, self.said, self.text = rows, said, said.text
        self.widths = [_width(column) for column in zip(*(self._lines(row) for row in rows), strict=True)]
        # What the columns say where nothing stands under the row.
        self.alone = {(n, cell.text) for row in rows if not row.rest.text for n, cell in enumerate(row.cells)}
        # How often a cell of these words is followed, somewhere below it, by a line that ends in those.
        self.ends: Counter[tuple[str, str]] = Counter()
        for row in rows:
            for span in row.rest.spans:
                parts = self.text[span.start : span.end].split()
                for n in self._wrapping(row):
                    self.ends.update((row.cells[n].text, " ".join(parts[k:])) for k in range(len(parts)))

    def cells(self) -> list[tuple[Cell, ...]]:
        return [self._shared(row) for row in self.rows]

    def _lines(self, row: Wrapped) -> list[list[str]]:
        return [[self.text[s.start : s.end] for s in cell.spans] for cell in (row.name, *row.cells)]

    def _wrapping(self, row: Wrapped) -> list[int]:
        """The cells that may go on below: those in words of no known form, and those that stop short."""
        return [
            n
            for n, (cell, kind) in enumerate(zip(row.cells, row.kinds, strict=True))
            if cell.text and (kind in FREE or _stops(cell.text, kind))
        ]

    def _shared(self, row: Wrapped) -> tuple[Cell, ...]:
        """A row's cells with what stands below them: of each line the first words the name's, the rest one cell's."""
        columns = self._wrapping(row)
        if not row.rest.text or not columns:
            return (_joined(self.text, row.name, row.rest.spans), *row.cells)
        best = max((self._taken(row, n) for n in columns), key=lambda taken: taken[0])
        _, column, name, more = best
        cells = list(row.cells)
        cells[column] = _joined(self.text, cells[column], more)
        return (_joined(self.text, row.name, name), *cells)

    def _taken(self, row: Wrapped, column: int) -> tuple[float, int, list[Span], list[Span]]:
        """How likely the lines below are of the name and this cell alone, and the parts of either."""
        name, cell = row.name, row.cells[column]
        above = [self.text[each.spans[-1].start : each.spans[-1].end] if each.spans else "" for each in (name, cell)]
        parts: tuple[list[Span], list[Span]] = ([], [])
        total = 0.0
        closed = [False, False]  # the name, or the cell, had nothing on a line before
        for span in row.rest.spans:
            starts = [found.start() for found in re.finditer(r"\S+", self.text[span.start : span.end])]
            ways = [(self._worth(row, column, above, closed, span, at), at) for at in (*starts, span.end - span.start)]
            worth, at = max(ways)
            total += worth
            cut = span.start + len(self.text[span.start : span.start + at].rstrip())
            pieces = Span(span.start, cut), Span(span.start + at, span.end)
            for n, piece in enumerate(pieces):
                closed[n] = piece.start >= piece.end
                if not closed[n]:
                    parts[n].append(piece)
                    above[n] = self.text[piece.start : piece.end]
        return total, column, *parts

    def _worth(
        self, row: Wrapped, column: int, above: Sequence[str], closed: Sequence[bool], span: Span, at: int
    ) -> float:
        """How likely a line below a row divides so: the name's up to `at` and the cell's from there."""
        line = self.text[span.start : span.end]
        first, last = line[:at].strip(), line[at:].strip()
        kind, begun = row.kinds[column], row.cells[column].text
        worth = 0.5 * (not last)
        if first:
            worth -= 5.0 * closed[0] + 3.0 * self._fits(0, above[0], first)
            worth += 2.0 * _short(above[0]) + 1.0 * self._pair(above[0], first)
        else:
            worth -= 3.0 * _short(above[0])
        if not last:
            return worth - 4.0 * _stops(above[1], kind)
        worth -= 2.0 * ((column, begun) in self.alone) + 5.0 * closed[1] + 3.0 * self._fits(column + 1, above[1], last)
        worth += 3.0 * _stops(above[1], kind) + 1.5 * (_OFFICE.fullmatch(above[1]) is not None)
        worth += 1.5 * (_FIRST_NAME.search(above[1]) is not None and _SURNAME.fullmatch(last) is not None)
        worth += min(2.0, self.ends[begun, last] - 1.0)
        comment = kind == "comment"
        worth -= (0.05 * first.count(" ") if comment else 0.3 * last.count(" ")) - 1.5 * (
            comment and _OPEN_LIST.search(above[1]) is not None
        )
        worth -= 3.0 * (len(last) > 1.5 * self.widths[column + 1] + 3)
        worth += 3.0 * (self._said(above[1], last) > (0 if first else self.ends[begun, last]))
        if kind in VALUES:
            worth += 3.0 if _SAID_OF_TARGET.fullmatch(last) else -3.0
        elif kind == "period":
            worth += 3.0 if _OF_PERIOD.fullmatch(last) else -3.0
        if first:
            torn = self.said.pairs[first.split()[-1], last.split()[0]] > 1
            worth += -0.5 - 2.0 * torn + 1.0 * (last[0].isupper() and not torn)
        return worth

    def _fits(self, column: int, above: str, below: str) -> bool:
        """True where a line had room for the word that stands below it, which so is of another cell."""
        word = below.split()[0]
        return not above.endswith("-") and len(above) + 1 + len(word) <= self.widths[column]

    def _pair(self, above: str, below: str) -> bool:
        return bool(above) and self.said.pairs[above.split()[-1], below.split()[0]] > 0

    def _said(self, above: str, below: str) -> int:
        """How often the document says two lines of a cell as one phrase."""
        if not above.endswith("-") and not self._pair(above, below):
            return 0
        return self.said.counted(mended(f"{above}\n{below}"))


def _stops(words: str, kind: Kind) -> bool:
    """True where a cell's line stops short."""
    if kind in VALUES:
        return _LEFT_OPEN.fullmatch(words) is not None or words.endswith("rapport")
    return words == "Vart" if kind == "period" else _short(words)


def _short(words: str) -> bool:
    """True where words can't be the end of anything."""
    return dangling(words) or _LEADS.search(words) is not None


def _width(lines: Sequence[Sequence[str]]) -> int:
    """About how many characters wide a column is."""
    sizes = sorted(len(line) for cell in lines for line in cell)
    return sizes[int(_FULL * (len(sizes) - 1))] if sizes else 0


def _joined(text: str, cell: Cell, more: Sequence[Span]) -> Cell:
    """A cell with what stands below it."""
    if not more:
        return cell
    return cell_at(text, (*cell.spans, *more))
