"""Pages of blocks written out as stored text, with lines and grids that say where in it they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ingest.readers.pdf_bands import Band
from ingest.readers.pdf_layout import Block
from ingest.readers.pdf_page import Word
from ingest.readers.pdf_rows import is_number
from ingest.readers.pdf_table import CellLines, CellRow, LaidTable, halves, letters, row_texts, same_walls
from ingest.source import Cell, Grid, Line, Page, Row, Span

_HYPHENATED = re.compile(r"[a-zåäöéü]-$")
_KEEPS_HYPHEN = re.compile(r"(och|eller|samt|respektive|resp\.?|and|or)\b")


@dataclass(frozen=True, slots=True)
class PageBlocks:
    """A page's number from 1, its label, its blocks in reading order and the words of its header and footer."""

    number: int
    label: str | None
    blocks: Sequence[Block]
    barred: set[Word]

    def body(self) -> list[Block]:
        """The blocks but for header and footer."""
        return [block for block in self.blocks if isinstance(block, LaidTable) or not set(block.words) <= self.barred]


@dataclass(frozen=True, slots=True)
class _Part:
    """A row, or what of it stands on one page: its cells' spans, its whole span, and which words are broken."""

    laid: CellRow
    halves: set[Word]
    cells: tuple[Span | None, ...]
    span: Span


@dataclass(slots=True)
class _Open:
    """A grid that may go on: rows in parts (one a page), and how it is laid out."""

    table: LaidTable
    header: int
    rows: list[list[_Part]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stored:
    """The stored text with its items and pages."""

    text: str
    items: tuple[Line | Grid, ...]
    pages: tuple[Page, ...]


def stored(pages: Sequence[PageBlocks]) -> Stored:
    """Writes the pages one after another, parted by form feeds; tables that go on over a page break become one."""
    writer = _Writer(_usual_step(pages), _vocabulary(pages))
    for page in pages:
        writer.page(page)
    items: list[Line | Grid] = [*writer.lines, *(_grid(grid) for grid in writer.grids if grid.rows)]
    items.sort(key=lambda item: item.start)
    return Stored("".join(writer.parts), tuple(items), tuple(writer.pages))


def mended(lines: Sequence[str], broken: Sequence[bool] = ()) -> str:
    """A cell's lines as one text: words hyphenated at a line's end made whole, white space folded.

    `broken` tells of each line whether its last word goes on in the next without a hyphen.
    """
    text = ""
    for n, line in enumerate(lines):
        folded = " ".join(line.split())
        if not text or not folded or (n and n <= len(broken) and broken[n - 1]):
            text += folded
        elif text.endswith("-") and len(text) > 1 and text[-2].isalnum() and not _KEEPS_HYPHEN.match(folded):
            # "omslutnings-/förändring" loses its hyphen, "IT-/system" and "Enskede-/Årsta" keep it.
            whole = _HYPHENATED.search(text) and folded[0].islower()
            text = (text[:-1] if whole else text) + folded
        elif text.endswith(("/", "–")) and folded[0].isalnum() and text[-2:-1].isalnum():
            text += folded
        else:
            text += " " + folded
    return text


def with_outline(found: Stored, outline: Mapping[int, Sequence[tuple[str, int]]]) -> Stored:
    """The same with heading levels on lines that are a bookmark's title, by page number; a title may fill three."""
    if not outline:
        return found
    items = list(found.items)
    starts = {page.number: (page.start, page.end) for page in found.pages}
    places = [i for i, item in enumerate(items) if isinstance(item, Line)]
    for number, entries in outline.items():
        begin, end = starts.get(number, (0, 0))
        here = [i for i in places if begin <= items[i].start < end]
        texts = [_folded(found.text[items[i].start : _end(items[i])]) for i in here]
        for title, level in entries:
            wanted = _folded(title)
            for n in range(len(here)):
                count = next((k for k in (1, 2, 3) if "".join(texts[n : n + k]) == wanted), 0) if wanted else 0
                if count:
                    for i in here[n : n + count]:
                        line = items[i]
                        if isinstance(line, Line) and line.level is None:
                            items[i] = replace(line, level=level)
                    break
    return replace(found, items=tuple(items))


def _end(item: Line | Grid) -> int:
    return item.end if isinstance(item, Line) else item.start


def _folded(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _usual_step(pages: Sequence[PageBlocks]) -> float:
    """The usual distance between lines of running text, in parts of the font size."""
    steps = Counter[float]()
    for page in pages:
        for one, two in pairwise(page.blocks):
            if isinstance(one, Band) and isinstance(two, Band) and 0.9 * two.size < two.y - one.y < 2.2 * two.size:
                steps[round((two.y - one.y) / two.size, 1)] += 1
    return steps.most_common(1)[0][0] if steps else 1.2


def _vocabulary(pages: Sequence[PageBlocks]) -> set[str]:
    """The document's words, but for those at the ends and beginnings of a cell's lines, which may be parts."""
    found: set[str] = set()
    for page in pages:
        for block in page.blocks:
            if isinstance(block, Band):
                found.update(letters(word.text) for word in block.words)
                continue
            for row in block.rows:
                for lines in row:
                    for n, line in enumerate(lines):
                        whole = line[1 if n else 0 : None if n == len(lines) - 1 else -1]
                        found.update(letters(word.text) for word in whole)
    return found


class _Writer:
    def __init__(self, usual_step: float, vocabulary: set[str]):
        self.parts: list[str] = []
        self.lines: list[Line] = []
        self.grids: list[_Open] = []
        self.pages: list[Page] = []
        self._at = 0
        self._step = usual_step
        self._vocabulary = vocabulary
        self._open: _Open | None = None

    def page(self, page: PageBlocks) -> None:
        """Writes one page; a table that begins it may go on from the page before."""
        if self.pages:
            # The form feed is the last of the page that it ends.
            self._write("\f")
            self.pages[-1] = replace(self.pages[-1], end=self._at)
        start = self._at
        body = page.body()
        opened = self._open
        self._open = None
        before: Block | None = None
        for block in page.blocks:
            if before is not None and self._apart(before, block):
                self._write("\n")
            if isinstance(block, Band):
                self._line(block)
            else:
                goes_on = opened if body and block is body[0] else None
                grid = self._table(block, goes_on)
                if body and block is body[-1]:
                    self._open = grid
            before = block
        self.pages.append(Page(page.number, page.label, start, self._at))

    def _apart(self, before: Block, block: Block) -> bool:
        """Whether a blank line parts two blocks: a wider step than between lines, another size, a table's edge."""
        if not (isinstance(before, Band) and isinstance(block, Band)):
            return True
        step = (block.y - before.y) / block.size
        return not 0 < step <= 1.25 * self._step or abs(block.size - before.size) > 0.6

    def _write(self, text: str) -> Span:
        start = self._at
        self.parts.append(text)
        self._at += len(text)
        return Span(start, self._at)

    def _line(self, band: Band) -> None:
        words = band.words
        span = self._write(" ".join(word.text for word in words))
        self._write("\n")
        levels = {word.level for word in words}
        level = levels.pop() if len(levels) == 1 else None
        self.lines.append(Line(span.start, span.end, level, band.size, band.bold))

    def _table(self, table: LaidTable, opened: _Open | None) -> _Open:
        rows = list(table.rows)
        broken = halves(rows, self._vocabulary)
        repeated = _repeated(opened, rows) if opened else 0
        if opened and same_walls(opened.table, table) and (repeated or not table.header):
            for row in rows[:repeated]:
                self._row(row, set())
            opened.header = max(opened.header, repeated)
            parts = [part for row in rows[repeated:] if (part := self._row(row, broken))]
            if parts and len(opened.rows) > opened.header and _one_row(opened, parts[0].laid):
                opened.rows[-1].append(parts.pop(0))
            opened.rows += [[part] for part in parts]
            return opened
        header = sum(any(row) for row in rows[: table.header])
        grid = _Open(table, header, [[part] for row in rows if (part := self._row(row, broken))])
        self.grids.append(grid)
        return grid

    def _row(self, row: CellRow, broken: set[Word]) -> _Part | None:
        """Writes a row's cells with a space between and gives its part, None where all of it is empty."""
        start = self._at
        spans: list[Span | None] = []
        for lines in row:
            if not lines:
                spans.append(None)
                continue
            if self._at > start:
                self._write(" ")
            spans.append(self._write("\n".join(_line_texts(lines))))
        if self._at == start:
            return None
        part = _Part(row, broken, tuple(spans), Span(start, self._at))
        self._write("\n")
        return part


def _line_texts(lines: CellLines) -> list[str]:
    return [" ".join(word.text for word in line) for line in lines]


def _repeated(opened: _Open, rows: Sequence[CellRow]) -> int:
    """How many of the rows on top repeat the rows that the opened grid began with."""
    count = 0
    while (
        count < min(3, len(rows), len(opened.table.rows))
        and row_texts(opened.table.rows[count]) == row_texts(rows[count])
        and any(rows[count])
    ):
        count += 1
    return min(count, opened.header) if opened.header else count


def _one_row(opened: _Open, below: CellRow) -> bool:
    """Whether the first row on a page goes on with the last row of the page before."""
    last = opened.rows[-1][-1].laid
    above_texts, below_texts = row_texts(last), row_texts(below)
    body = [row_texts(parts[0].laid) for parts in opened.rows[opened.header :]]
    both = [c for c, text in enumerate(below_texts) if text and above_texts[c]]
    if any(is_number(above_texts[c]) and is_number(below_texts[c]) for c in both):
        return False
    if not both:
        filled_first = sum(bool(texts[0]) for texts in body) >= 0.7 * len(body)
        return bool(above_texts[0]) and not below_texts[0] and filled_first
    return all(
        above_texts[c].endswith(("-", ",", "/")) or (below_texts[c][0].islower() and not above_texts[c].endswith("."))
        for c in both
    )


def _grid(opened: _Open) -> Grid:
    rows = tuple(_stored_row(parts) for parts in opened.rows)
    return Grid(rows, min(opened.header, len(rows)))


def _stored_row(parts: Sequence[_Part]) -> Row:
    cells = []
    for column in range(len(parts[0].cells)):
        lines = [text for part in parts for text in _line_texts(part.laid[column])]
        broken = [line[-1] in part.halves for part in parts for line in part.laid[column]]
        spans = tuple(span for part in parts if (span := part.cells[column]) is not None)
        cells.append(Cell(mended(lines, broken), spans))
    return Row(tuple(cells), tuple(part.span for part in parts))
