"""What a reader hands on: a document's text as extracted, and the lines and grids found in it.

Offsets count characters of `Source.text`, the stored text that quotes are cut from. Pages count from 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from ingest.values import mended


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`text[start:end]` of the stored source text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """A physical page: its number from 1 (None where the format has no pages), the label printed on it, its extent."""

    number: int | None
    label: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of running text, or one paragraph where the format keeps paragraphs whole.

    `level` is the heading level from 1 that the format itself marks (a Word style, an HTML heading), else None.
    `size` is the font size in points and `bold` the weight, where the format tells. `listed` is how deep the document's
    own list of contents has the heading that begins here, from 1; 0 where the line goes on with it.
    """

    start: int
    end: int
    level: int | None = None
    size: float | None = None
    bold: bool = False
    listed: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its words with white space folded and hyphenation mended, and where they stand.

    An empty cell has no words and no span. A cell that wraps in flattened text may have several spans.
    """

    text: str = ""
    spans: tuple[Span, ...] = ()


def cell_at(text: str, spans: Iterable[Span]) -> Cell:
    """The cell whose lines stand at some places of a text."""
    spans = tuple(spans)
    return Cell(mended("\n".join(text[span.start : span.end] for span in spans)), spans)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one table row, left to right, as many as the grid has columns.

    `spans` is where the whole row stands: one span, or one a page where a page break splits the row.
    """

    cells: tuple[Cell, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its rows in order, header rows first (`header` of them; 0 where the reader can't tell).

    A table that goes on over a page break is one grid; a header repeated on the next page is left out.
    """

    rows: tuple[Row, ...]
    header: int = 0
    caption: str = ""

    @property
    def start(self) -> int:
        return min(span.start for row in self.rows for span in row.spans)


@dataclass(frozen=True, slots=True)
class Source:
    """A document as read: stored text, pages, and the lines and grids in reading order.

    `properties` holds the file's own metadata (title, author, subject, created) where it has any;
    `notes` tells a person what the reader could not do, in English, a sentence each.
    """

    text: str
    items: tuple[Line | Grid, ...]
    pages: tuple[Page, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def lines(self) -> Iterator[Line]:
        """The lines that stand outside grids, in reading order."""
        return (item for item in self.items if isinstance(item, Line))

    def gridded(self, found: Callable[[Source, int], tuple[Grid, int] | None]) -> Source:
        """The source with grids in place of lines: `found` says of an item's number which grid begins there, and the
        number of the item after it; None for none."""
        items: list[Line | Grid] = []
        at = 0
        while at < len(self.items):
            if grid := found(self, at):
                items.append(grid[0])
                at = grid[1]
            else:
                items.append(self.items[at])
                at += 1
        return replace(self, items=tuple(items)) if len(items) < len(self.items) else self


class UnreadableDocument(ValueError):
    """A file that can't be read; the message is one line that names the file, the trouble and the remedy."""
