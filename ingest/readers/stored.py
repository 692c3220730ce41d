"""Stored text under construction: words go in, lines and grids that know where they stand come out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from ingest.source import Cell, Grid, Line, Page, Row, Source, Span

MAX_CHARACTERS = 10_000_000  # of stored text; a plan of a hundred pages has 250,000
MAX_LINES = 500_000
MAX_CELLS = 500_000  # of all tables together, empty ones too

_BLANKS = re.compile(r"[ \t\n\r\v\u0085\u2028\u2029]+")
_UNSEEN = re.compile(r"[\x00-\x08\f\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200d\u2060\ufeff\ud800-\udfff]")


class TooLargeError(Exception):
    """More text or cells than any plan has; whoever knows the file's name makes it an UnreadableDocument."""


def fold(words: str) -> str:
    """Words with runs of white space made one space; no-break and thin spaces are kept, unseen characters go.

    A run that holds a tab and no line break stays a tab: there it is a gap between columns.
    """
    return _BLANKS.sub(_blank, _UNSEEN.sub("", words)).strip()


def _blank(run: re.Match[str]) -> str:
    return "\t" if "\t" in run[0] and not set(run[0]) & set("\n\r\v\u0085\u2028\u2029") else " "


def cell_words(words: str) -> str:
    """The words of a table cell, folded, with no tab left."""
    return fold(words).replace("\t", " ")


class StoredText:
    """Builds a `Source` line by line. Every span it gives cuts exactly the words that went in, folded."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._cells = 0
        self._items: list[Line | Grid] = []
        self._breaks: list[int] = []

    def line(self, words: str, level: int | None = None, size: float | None = None, bold: bool = False) -> None:
        """A line of running text, nothing when there are no words; a "\\f" in it is where a page breaks."""
        before, *after = words.split("\f")
        at = self._length
        folded = fold(words)
        span = self._write(folded)
        if span:
            self._items.append(Line(span.start, span.end, level, size, bold))
        for part in after:
            upto = len(fold(before))
            upto += folded[upto : upto + 1].isspace()
            self._breaks.append(self._length if upto >= len(folded) else at + upto)
            before += part

    def words(self, words: str) -> None:
        """Words that are stored and are no item of their own (a table's caption)."""
        self._write(fold(words))

    def grid(self, rows: Iterable[Sequence[str]], header: int = 0, caption: str = "") -> None:
        """A table, its caption above it. Rows without words are left out; all are as wide as the widest."""
        if caption:
            self.words(caption)
        self.grid_row_by_row([(list(row), 0) for row in rows], header, caption)

    def grid_row_by_row(self, rows: Sequence[tuple[Sequence[str], int]], header: int = 0, caption: str = "") -> None:
        """A table whose rows each come with the number of page breaks that stand before it."""
        width = max((len(cells) for cells, _ in rows), default=0)
        self._cells += width * len(rows)
        if self._cells > MAX_CELLS:
            raise TooLargeError
        made: list[Row] = []
        headers = 0
        for n, (cells, breaks) in enumerate(rows):
            for _ in range(breaks):
                self.page_break()
            row = self._row(cells, width)
            if row:
                made.append(row)
                headers += n < header
        if made:
            self._items.append(Grid(tuple(made), headers, cell_words(caption)))

    def _row(self, cells: Sequence[str], width: int) -> Row | None:
        folded = [cell_words(words) for words in cells] + [""] * (width - len(cells))
        at = self._length
        span = self._write(" ".join(filter(None, folded)))
        if span is None:
            return None
        made: list[Cell] = []
        for words in folded:
            if not words:
                made.append(Cell())
                continue
            made.append(Cell(" ".join(words.split()), (Span(at, at + len(words)),)))
            at += len(words) + 1
        return Row(tuple(made), (span,))

    def page_break(self) -> None:
        """What comes from here on stands on the next page."""
        self._breaks.append(self._length)

    def _write(self, words: str) -> Span | None:
        if not words:
            return None
        span = Span(self._length, self._length + len(words))
        self._parts.append(words + "\n")
        self._length = span.end + 1
        if self._length > MAX_CHARACTERS or len(self._parts) > MAX_LINES:
            raise TooLargeError
        return span

    def source(self, properties: Mapping[str, str] | None = None, notes: Iterable[str] = (), *, paged: bool) -> Source:
        """What has been built. Pages are numbered only when `paged`: when the breaks are known to be all of them."""
        pages: tuple[Page, ...] = ()
        if paged:
            edges = [0, *self._breaks, self._length]
            pages = tuple(Page(n, None, edges[n - 1], edges[n]) for n in range(1, len(edges)))
        return Source("".join(self._parts), tuple(self._items), pages, dict(properties or {}), tuple(notes))
