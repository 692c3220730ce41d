"""Lines to blocks: what stays together of a flattened table, and the joined text of a row that remembers its places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from ingest.columns import like_header, likeliest
from ingest.said import Said
from ingest.source import Cell, Grid, Line, Source, Span, cell_at
from ingest.values import folded

_STARTS_TABLE = re.compile(r"Aktivitet(?:er)? +Start|Indikator(?:er)? +(?:Års|Mål|Utfall|Periodens)")
_ENDS_ROW = re.compile(r"(?:^|\s)\d{4}-\d{2}-\d{2}\s*$")

_ROW = re.compile(r"[^\W\d_]\S* (?:[-−–]?\d[\d ,]*%? )+[-−–]?\d[\d,]*%?\s*$")  # a label and numbers
_FIGURES = re.compile(r"(?!(?:19|20)\d\d$)(?:[-−–]?\d[\d.,]*(?: ?%)?(?: |$))+")  # of a row, and nothing else
_CUT = 80  # blocks that a table's last column is left out of
_FEWEST_ROWS = 3  # lines that say that a block's lines are rows


@dataclass(frozen=True, slots=True)
class Block:
    """Lines with no blank line between them.

    `raw` is their text with its inner spaces, `words` the same folded. A page break stands before where `broken`;
    `empties_after` counts the spaces of the longest blank line after; `blanks` the blank lines after that stand for
    empty cells, for one each or for more.
    """

    lines: tuple[Line, ...]
    raw: str
    words: str
    broken: bool
    empties_after: int
    cut: bool = False  # what its last line ends in is left out
    blanks: int = 0


class Joined:
    """Blocks joined to one string that remembers where in the stored text each character stands."""

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self.text = ""
        self.blocks = tuple(blocks)
        self.at: list[int] = []  # for each character its offset in the stored text
        self.breaks: list[int] = []  # where a page break stands in the joined string
        self.lines = [line for block in blocks for line in block.lines]
        for block in blocks:
            if block.broken and self.at:
                self.breaks.append(len(self.text))
                spare = len(self.text) - len(self.text.rstrip()) - 1  # a page's end leaves spaces that are no cells
                if spare > 0:
                    del self.at[-spare:]
                    self.text = self.text[:-spare]
            for line in block.lines:
                cut = block.cut and line is block.lines[-1]
                start, end = line.start, line.end if cut else text.find("\n", line.end)
                if self.at and not block.broken:  # a space before the first word is an empty cell
                    start = max(text.rfind("\n", 0, start) + 1, 0)
                raw = text[start : end if end >= 0 else len(text)]
                ends = raw.endswith(" ") and not cut  # before what is cut a space is an empty cell
                self.text += raw if ends else raw + " "
                self.at += range(start, start + len(raw) + (not ends))
            self.text += " " * block.blanks
            self.at += [self.at[-1]] * block.blanks

    def cell(self, source: str, start: int, end: int) -> Cell:
        """The cell that stands at text[start:end] of the joined string."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if start == end:
            return Cell()
        spans: list[Span] = []
        for line in self.lines:
            a, b = max(line.start, self.at[start]), min(line.end, self.at[end - 1] + 1)
            if a < b:
                spans.append(Span(a, b))
        return cell_at(source, spans)

    def spans(self) -> tuple[Span, ...]:
        """Where the whole row stands: one span, or one on each side of a page break."""
        cuts = [0, *self.breaks, len(self.text)]
        parts = []
        for a, b in pairwise(cuts):
            inside = self.text[a:b]
            first, last = a + len(inside) - len(inside.lstrip()), a + len(inside.rstrip()) - 1
            if last >= first:
                parts.append(Span(self.at[first], self.at[last] + 1))
        return tuple(parts)


def spaced(source: Source) -> bool:
    """True where a blank line follows nearly every line, so that lines without one between them are one cell.

    Where some pages are set so and others are not, lines without one between them may as well be two rows.
    """
    lines = list(source.lines())
    long = 0.75 * max((line.end - line.start for line in lines), default=0)
    gaps = [(a.end - a.start > long, source.text.count("\n", a.end, b.start) > 1) for a, b in pairwise(lines)]
    prose = [gap for is_long, gap in gaps if is_long]  # short lines are mostly those of cells
    if len(prose) > 3:
        return sum(prose) > 0.85 * len(prose)
    return len(gaps) > 3 and sum(gap for _, gap in gaps) > 0.6 * len(gaps)


def blanks_are_cells(source: Source) -> bool:
    """True where an empty cell leaves a blank line: rows stand close, but figures alone after a blank line."""
    text = source.text
    rows, close, alone = 0, 0, 0
    for a, b in pairwise(_lines_of(source)):
        between = text[a.end : b.start]
        if between.strip() or "\f" in between:
            continue
        near, last = between.count("\n") == 1, text[a.start : a.end]
        if _ROW.search(last):
            rows, close = rows + 1, close + near
        alone += not near and not last.endswith(".") and _FIGURES.fullmatch(folded(text[b.start : b.end])) is not None
    return alone > 1 and close > 2 * alone and 3 * close > 2 * rows


def _lines_of(source: Source) -> Iterator[Span]:
    """Where a document's lines stand, those of its tables too."""
    for item in source.items:
        if isinstance(item, Line):
            yield Span(item.start, item.end)
            continue
        for span in (span for row in item.rows for span in row.spans):
            for found in re.finditer(r"\S[^\n]*", source.text[span.start : span.end]):
                yield Span(span.start + found.start(), span.start + found.end())


class Blocks:
    """A document's blocks, and the grids that a reader found, by their place in reading order."""

    def __init__(self, source: Source) -> None:
        self.text = source.text
        self.said = Said(source.text)
        self.items = tuple(_blocks(source))
        # Where no blank lines set cells apart every line is a block, and more of them make a header or a label.
        self.apart = any(isinstance(block, Block) and len(block.lines) > 1 for block in self.items)
        self.traced = any(isinstance(block, Block) and block.blanks for block in self.items)  # blank lines are cells
        self.rows: dict[tuple[int, int], Joined] = {}

    def meant(self, i: int, j: int) -> bool:
        """True where the lines of the blocks from place `i` to before place `j` all end before they are full, so that
        each line break was meant: no prose does."""
        return all(self._breaks(i, j))

    def are_mostly_meant(self, i: int, j: int) -> bool:
        """True where most lines of the blocks from place `i` to before place `j` end before they are full."""
        breaks = self._breaks(i, j)
        return 3 * sum(breaks) >= 2 * len(breaks)

    def are_set_apart(self, i: int, j: int) -> bool:
        """True where the first line of those from place `i` to before place `j` and most of the others end before they
        are full, as a header and its rows do."""
        breaks = self._breaks(i, j)
        return bool(breaks) and breaks[0] and 2 * sum(breaks) >= len(breaks)

    def _breaks(self, i: int, j: int) -> list[bool]:
        """For each line whether the first word after it would have fitted on it, or it is longer than any of prose."""
        lines = [words for block in self.run(i, j + 1) for words in self.lines(block)]
        fits = [len(a) + 1 + len(b.split(" ")[0]) < self.full for a, b in pairwise(lines)]
        return [fit or len(line) > 1.1 * self.full for fit, line in zip(fits, lines, strict=False)]

    def blank(self, i: int) -> bool:
        """True where a blank line stands on the page before the block at place `i`."""
        between = self._between(i)
        return between.count("\n") > 1 and not between.strip()

    def page_before(self, i: int) -> bool:
        """True where a page's head or foot stood before the block at place `i`."""
        return self._between(i).strip() != ""

    def _between(self, i: int) -> str:
        before, after = self.at(i - 1), self.at(i)
        return self.text[before.lines[-1].end : after.lines[0].start] if before and after else ""

    @cached_property
    def full(self) -> int:
        """About how many characters a full line of prose has: one that goes on in the next with a small letter."""
        blocks = [block for block in self.items if isinstance(block, Block)]
        lines = [words for block in blocks for words in self.lines(block)]
        widths = sorted(len(one) for one, other in pairwise(lines) if other[:1].islower())
        return widths[int(len(widths) * 0.95)] if widths else 0

    def at(self, i: int) -> Block | None:
        """The block at place `i`, None where there is a grid or nothing."""
        found = self.items[i] if i < len(self.items) else None
        return found if isinstance(found, Block) else None

    def after(self, block: Block) -> Block | None:
        """The block after another, None where there is a grid or nothing."""
        return self.at(self._places[block.lines[0].start] + 1)

    @cached_property
    def _places(self) -> dict[int, int]:
        return {item.lines[0].start: n for n, item in enumerate(self.items) if isinstance(item, Block)}

    def run(self, i: int, j: int) -> list[Block]:
        """The blocks from place `i` to before place `j`, grids left out."""
        return [block for block in self.items[i:j] if isinstance(block, Block)]

    def cut(self, i: int, ends: re.Pattern[str]) -> Blocks:
        """The blocks with what `ends` finds at the end of a line left out of those from place `i` on."""
        found = copy(self)
        found.rows = {}
        items = [_cut(item, self.text, ends) if isinstance(item, Block) else item for item in self.items[i : i + _CUT]]
        found.items = (*self.items[:i], *items, *self.items[i + _CUT :])
        return found

    def lines(self, block: Block) -> tuple[str, ...]:
        """The words of each of a block's lines."""
        return tuple(folded(self.text[line.start : line.end]) for line in block.lines)

    def joined(self, i: int, j: int) -> Joined:
        """The blocks from place `i` to before place `j` as one string."""
        if (i, j) not in self.rows:
            self.rows[i, j] = Joined(self.text, self.run(i, j))
        return self.rows[i, j]


def header_again(blocks: Blocks, at: int, header: Sequence[str]) -> int:
    """How many blocks from a place on say what a header's blocks say, however its lines break there and whether or not
    it tells the unit of its labels; 0 where they do not."""
    block = blocks.at(at)
    if block is None or block.words.split()[0].strip(",") != header[0].split()[0].strip(","):
        return 0
    wanted, said = _bare(header), ""
    for size in range(1, len(header) + 1):
        said = _bare([part.words for part in blocks.run(at, at + size)])
        if said == wanted:
            return size
    return 0


def _bare(header: Sequence[str]) -> str:
    """A header's letters and figures, without the unit that its labels may have."""
    return re.sub(r"[\W_]", "", re.sub(r"^([^\d,]+?),? \(?(?:mnkr|tkr|mkr|kr)\b\)?", r"\1", " ".join(header)))


def _cut(block: Block, text: str, ends: re.Pattern[str]) -> Block:
    last = block.lines[-1]
    found = ends.search(text, last.start, last.end)
    if found is None or found.start() <= last.start:
        return block
    lines = (*block.lines[:-1], replace(last, end=found.start()))
    raw = text[lines[0].start : found.start()]
    return replace(block, lines=lines, raw=raw, words=folded(raw), cut=True)


def _blocks(source: Source) -> Iterator[Block | Grid]:
    text, together = source.text, spaced(source)
    traced = not together and blanks_are_cells(source)
    lines = Counter(text[line.start : line.end] for line in source.lines())
    headers = {line for line, count in lines.items() if count > 1 and like_header(line) and likeliest(((line,),), True)}
    run: list[Line] = []
    broken = False
    for item in (*source.items, None):
        if run:
            last = run[-1]
            between = text[last.end : item.start if item else len(text)]
            joined = isinstance(item, Line) and together and between.count("\n") == 1
            page_break = bool(joined and re.search(r"\n +$", between)) or "\f" in between
            page_break = page_break or bool(between.strip())  # page furniture stood here
            if isinstance(item, Line) and joined:  # a page break that left no other trace than its table
                row_ended = _ENDS_ROW.search(text[last.start : last.end]) is not None
                header = _STARTS_TABLE.match(text, item.start) is not None or text[item.start : item.end] in headers
                page_break = page_break or row_ended or header
            if not joined or page_break:
                end = text.find("\n", last.end)
                raw = text[run[0].start : end if end >= 0 else len(text)]
                blank = max((len(x) for x in between.split("\n")[1:-1] if not x.strip()), default=0)
                blanks = between.count("\n") - 1 if traced and not between.strip() else 0
                yield from _rows_apart(text, run) or (
                    Block(tuple(run), raw, folded(raw), broken, blank, blanks=max(0, blanks)),
                )
                run, broken = [], page_break
        if isinstance(item, Grid):
            yield item
        elif item is not None:
            run.append(item)


def _rows_apart(text: str, run: Sequence[Line]) -> list[Block]:
    """The lines of a table whose rows no blank line parts, a block each; none where they are no such rows."""
    ends = [*(line.start - 1 for line in run[1:]), run[-1].end]
    lines = [text[line.start : end] for line, end in zip(run, ends, strict=True)]
    if sum(_ROW.search(line) is not None for line in lines) < _FEWEST_ROWS:
        return []
    return [Block((line,), raw.rstrip("\n"), folded(raw), False, 0) for line, raw in zip(run, lines, strict=True)]
