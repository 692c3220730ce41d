"""Tables without vertical rules: found by the white strips between their columns.

Bands are taken from the first that has a wide gap, downwards for as long as white strips run through all of them. Then
the strips make columns, rules and distances make rows, and what looks like a table by several signs is one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from ingest.readers.pdf_bands import Band, Segment
from ingest.readers.pdf_page import Box, Rule, Word
from ingest.readers.pdf_rows import TextLine, is_number, leading_of, number_columns, rows_of
from ingest.readers.pdf_table import LaidTable, cell, header_rows, same_walls

# In parts of the font size: the narrowest white strip, the largest step between lines of a table without rules.
_MIN_STRIP = 0.45
_MAX_STEP = 4.0

_ENOUGH = 4
_LEADERS = re.compile(r"(\.\s?){4,}|…{2,}|_{4,}")
_FAR = 10_000.0

# Bands looked at on one page, those of each try counted: a dense page of prose in columns takes half of it.
_MAX_EFFORT = 4_000

# Stands under a row of an indicator table, over a comment that runs across all columns.
_COMMENT = re.compile(r"Kommentar:?|Comment:?")


class Stack(NamedTuple):
    """Horizontal rules of one width above one another: what stands between belongs together."""

    x0: float
    x1: float
    ys: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Strip:
    """White from `a` to `b` in every band so far; in `support` bands there are words on both sides of it."""

    a: float
    b: float
    support: int


def stacks(horizontals: Sequence[Rule]) -> list[Stack]:
    """Rules that begin and end alike, two or more, in stacks from top to bottom."""
    groups: list[list[Rule]] = []
    for rule in sorted(horizontals, key=lambda rule: rule.at):
        for group in groups:
            last = group[-1]
            alike = abs(last.start - rule.start) <= 4 and abs(last.end - rule.end) <= 4
            if alike and rule.at - last.at <= 320:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [
        Stack(group[0].start, group[0].end, tuple(rule.at for rule in group))
        for group in groups
        if len(group) > 1 and group[0].end - group[0].start > 100
    ]


def aligned_tables(
    bands: Sequence[Band],
    barred: set[int],
    stacked: Sequence[Stack],
    shades: Sequence[Box],
    carried: LaidTable | None,
) -> list[tuple[int, int, LaidTable]]:
    """The tables among the bands of a page, each with its first band and the one after its last.

    `barred` bands (headers and footers) stand in no table. `carried` is the table that the page before ended with:
    what goes on with its columns at the top of this page needs no other sign.
    """
    stacked = [part for stack in stacked for part in _unbroken(stack, bands)]
    found: list[tuple[int, int, LaidTable]] = []
    i = 0
    effort = 0
    while i < len(bands) and effort < _MAX_EFFORT:
        if i in barred or len(bands[i].segments) < 2:
            i += 1
            continue
        finder = _Finder(bands, barred, stacked, shades, found[-1][1] if found else 0)
        first, last, strips = finder.grow(i)
        above = carried if not any(j not in barred for j in range(first)) else None
        table = finder.table(first, last, strips, above)
        effort += last - first
        if table is None:
            i += 1
            continue
        found.append((first, last, table))
        i = last
    return found


def _unbroken(stack: Stack, bands: Sequence[Band]) -> list[Stack]:
    """The stack cut where running text or much white stands between two of its rules: several tables of one width."""
    parts: list[list[float]] = [[stack.ys[0]]]
    for above, below in pairwise(stack.ys):
        between = [band for band in bands if above < band.y < below]
        ys = [above, *(band.y for band in between), below + 8]
        text = any(
            len(band.segments) == 1
            and (band.x1 - band.x0 > 0.65 * (stack.x1 - stack.x0) or band.x1 > stack.x1 + 4 or band.x0 < stack.x0 - 4)
            for band in between
        )
        size = between[0].size if between else 10.0
        if text or any(b - a > 3.5 * size for a, b in pairwise(ys)):
            parts.append([])
        parts[-1].append(below)
    return [Stack(stack.x0, stack.x1, tuple(ys)) for ys in parts if len(ys) > 1]


class _Finder:
    """Grows a table from one band and judges it."""

    def __init__(
        self,
        bands: Sequence[Band],
        barred: set[int],
        stacked: Sequence[Stack],
        shades: Sequence[Box],
        floor: int,
    ):
        self.bands, self.barred, self.stacked, self.shades, self.floor = bands, barred, stacked, shades, floor

    def grow(self, seed: int) -> tuple[int, int, list[_Strip]]:
        """The bands around the seed that its white strips run through, and those strips."""
        bands = self.bands
        head = bands[seed]
        strips = _strips(head)
        last = seed + 1
        widest = last
        kept = strips
        while last < len(bands) and last not in self.barred:
            band = bands[last]
            if self._ends(seed, last):
                break
            narrowed = _narrowed(strips, band)
            inner = [strip for strip in narrowed if strip.support]
            lost = len([strip for strip in strips if strip.support]) > len(inner)
            if not inner or (lost and self._breaks(strips, narrowed, band)):
                if not self._spans(seed, last, strips):
                    break
                last += 1
                widest, kept = last, strips
                continue
            strips = narrowed
            last += 1
            if band.x1 > min(strip.b for strip in inner) - 0.1:
                widest, kept = last, strips
        last, strips = self._foot(seed, widest, last, kept)
        first, strips = self._top(seed, strips)
        return first, last, strips

    def _inside(self, y: float, x0: float, x1: float) -> Stack | None:
        for stack in self.stacked:
            if stack.ys[0] - 1 <= y <= stack.ys[-1] + 1 and x0 >= stack.x0 - 4 and x1 <= stack.x1 + 4:
                return stack
        return None

    def _ends(self, seed: int, last: int) -> bool:
        """Whether the table that the seed began plainly stops above the band `last`, whatever the columns."""
        head, before, band = self.bands[seed], self.bands[last - 1], self.bands[last]
        step = band.y - before.y
        stack = self._inside(before.y, before.x0, before.x1)
        together = stack is not None and stack is self._inside(band.y, band.x0, band.x1)
        if together:
            return False
        if step > _MAX_STEP * max(head.size, before.size):
            return True
        single = len(band.segments) == 1
        if single and stack is not None and len(stack.ys) > 2 and band.y > stack.ys[-1]:
            return True
        if single and band.size > before.size + 0.8 and band.size > head.size + 0.8:
            return True
        if len(band.segments) < 2:
            return False
        # Another header: set bold like the first, below lines that are not.
        anew = head.bold and band.bold and not all(each.bold for each in self.bands[seed:last])
        return band.text == head.text or (anew and not any(is_number(each.text) for each in band.segments[1:]))

    def _breaks(self, strips: list[_Strip], narrowed: list[_Strip], band: Band) -> bool:
        """Whether a band that runs across strips ends the table: those others have kept to, or all that matter."""
        lost = [
            strip
            for strip in strips
            if strip.support and not any(n.a >= strip.a - 0.1 and n.b <= strip.b + 0.1 and n.support for n in narrowed)
        ]
        return len(band.segments) < 2 or any(strip.support > 1 for strip in lost)

    def _spans(self, seed: int, last: int, strips: list[_Strip]) -> bool:
        """Whether a line across the columns is a row of the table: a comment on a row, or a row with more below it."""
        band, before = self.bands[last], self.bands[last - 1]
        left = min(each.x0 for each in self.bands[seed:last])
        if len(band.segments) > 1 or abs(band.x0 - left) > 12 or abs(band.size - self.bands[seed].size) > 0.6:
            return False
        if _COMMENT.fullmatch(before.text):
            return True
        step = (band.y - before.y) / band.size
        if len(before.segments) == 1 and before.x1 > min(strip.b for strip in strips if strip.support) and step <= 1.35:
            return before.text[-1:] not in ".:" or band.text[0].islower()
        if last + 1 >= len(self.bands) or last + 1 in self.barred or last - seed < 2:
            return False
        below = self.bands[last + 1]
        inner = [strip for strip in _narrowed(strips, below) if strip.support]
        kept = len(inner) >= len([strip for strip in strips if strip.support])
        near = step <= 2.4 and (below.y - band.y) / band.size <= 2.4
        return near and kept and len(below.segments) > 1 and not self._ends(seed, last + 1)

    def _foot(self, seed: int, widest: int, last: int, strips: list[_Strip]) -> tuple[int, list[_Strip]]:
        """Takes in the lines of the first column below the last with anything in another, if they go on from it."""
        wall = min(strip.a for strip in strips if strip.support)
        column = [segment for band in self.bands[seed:widest] for segment in band.segments if segment.x1 <= wall + 0.1]
        right = max((segment.x1 for segment in column), default=wall)
        end = widest
        while end < last:
            band, before = self.bands[end], self.bands[end - 1]
            stack = self._inside(before.y, before.x0, before.x1)
            together = stack is not None and len(stack.ys) > 2 and stack is self._inside(band.y, band.x0, band.x1)
            comment = _COMMENT.fullmatch(band.text) or _COMMENT.fullmatch(before.text)
            if not together and not comment and not self._goes_on(band, before, right):
                break
            strips = _narrowed(strips, band)
            end += 1
        return end, strips

    def _goes_on(self, band: Band, before: Band, right: float) -> bool:
        step = (band.y - before.y) / band.size
        if abs(band.size - before.size) > 0.6 or step > 1.5 or band.text.startswith("*"):
            return False
        if step < 0.95:
            return True
        above = next((segment for segment in before.segments if segment.x0 < band.x1), None)
        word = band.segments[0].words[0]
        if above is None or band.bold != all(w.bold for w in above.words):
            return False
        return above.x1 + (word.x1 - word.x0) + 0.4 * band.size >= right and not above.text.endswith(".")

    def _top(self, seed: int, strips: list[_Strip]) -> tuple[int, list[_Strip]]:
        """Takes in lines above the seed: a header that wraps, or the lines above a date at a row's middle or foot."""
        first = seed
        while first - 1 >= self.floor and first - 1 not in self.barred:
            band, below = self.bands[first - 1], self.bands[first]
            step = (below.y - band.y) / below.size
            if abs(band.size - below.size) > 0.6 or any(
                wall.a < seg.x1 and wall.b > seg.x0 and not _room(wall, seg)
                for wall in strips
                if wall.support
                for seg in band.segments
            ):
                break
            stack = self._inside(below.y, below.x0, below.x1)
            together = stack is not None and len(stack.ys) > 2 and stack is self._inside(band.y, band.x0, band.x1)
            shaded = _shade(self.shades, band) is not None and _shade(self.shades, band) == _shade(self.shades, below)
            bold = band.bold and self.bands[seed].bold and step <= 1.4 and self._wraps(band, seed)
            if not (together or shaded or step < 0.95 or bold):
                break
            narrowed = _narrowed(strips, band)
            if sum(strip.support > 0 for strip in narrowed) < sum(strip.support > 0 for strip in strips):
                break
            strips = narrowed
            first -= 1
        return first, strips

    def _wraps(self, band: Band, seed: int) -> bool:
        """Whether a bold line above a bold header is a part of it and no caption: it keeps to one narrow column."""
        return band.x0 > self.bands[seed].segments[0].x1 or len(band.segments) > 1

    def table(self, first: int, last: int, strips: list[_Strip], carried: LaidTable | None) -> LaidTable | None:
        """The bands as a table, None where they look like something else."""
        bands = self.bands[first:last]
        walls = _walls(bands, [(strip.a, strip.b) for strip in strips if strip.support])
        if not walls:
            return None
        lines = [_text_line(band, walls) for band in bands]
        dividers = self._dividers(bands)
        goes_on = carried is not None and same_walls(carried, LaidTable(walls, (), 0, 0.0, 0.0))
        if not goes_on and (len(bands) < 2 or self._score(bands, lines, walls, dividers) < _ENOUGH):
            return None
        under = dividers[0] if len([d for d in dividers if bands[0].y < d < bands[-1].y]) == 1 else None
        parts = _parted(lines, dividers)
        rows = [row for part in parts for row in _cut(part, lines, complete=len(parts) > 2, bold=len(parts) == 1)]
        cells = tuple(
            tuple(cell([word for line in row for word in line.cells[c]]) for c in range(len(walls) + 1)) for row in rows
        )
        if under is not None and not bands[0].y < under < bands[-1].y:
            under = None
        header = header_rows(cells, self.shades, under)
        return LaidTable(walls, cells, header, bands[0].y - bands[0].size, bands[-1].y + 0.3 * bands[-1].size)

    def _dividers(self, bands: Sequence[Band]) -> list[float]:
        """The heights of rules and edges of shading that part the bands over most of their width."""
        x0, x1 = min(band.x0 for band in bands), max(band.x1 for band in bands)
        ys = set()
        for stack in self.stacked:
            if min(x1, stack.x1) - max(x0, stack.x0) >= 0.6 * (x1 - x0):
                ys |= set(stack.ys)
        return sorted(y for y in ys if bands[0].y - 40 <= y <= bands[-1].y + 40)

    def _score(
        self, bands: Sequence[Band], lines: Sequence[TextLine], walls: Sequence[object], dividers: Sequence[float]
    ) -> float:
        """How much speaks for a table."""
        columns = len(walls) + 1
        several = [line for line in lines if len(line.filled()) > 1]
        if not several:
            return 0
        numbers = number_columns(lines)
        head = lines[0] if len(lines[0].filled()) > 1 else several[0]
        headed = len(head.filled()) == columns and not any(is_number(head.text(c)) for c in range(1, columns))
        bold = bands[0].bold and not all(band.bold for band in bands)
        top = _shade(self.shades, bands[0])
        shaded = top is not None and _shade(self.shades, bands[-1]) is None
        inner = [d for d in dividers if bands[0].y < d < bands[-1].y]
        score = 0.0
        score += 2.0 * bool(numbers) + (len(numbers) > 1)
        score += 2.0 * (bold and headed) + 2.0 * shaded
        score += headed + (columns >= 3) + (len(several) >= 4)
        score += 3.0 if len(inner) > 1 else 2.0 if inner else 0.0
        if columns == 2 and not numbers and len(inner) < 2 and not shaded:
            wraps = bold and headed and sum(line.text(c)[0].islower() for line in lines for c in line.filled()) > 2
            score += 3.0 if wraps or _holes(lines, uneven=not bold) else -3.0
        elif not numbers and columns > 2:
            score += 1.0 if _holes(lines, uneven=not bold) else -1.0
        score -= 3.0 * (_labels(lines) >= 0.5)
        if _contents(lines, headed and (bold or shaded or bool(inner))):
            score -= 9.0
        if numbers and len(several) < 2 and not headed:
            score -= 3.0
        return score


def _room(wall: _Strip, segment: Segment) -> bool:
    """Whether enough of a strip is left white beside a segment that reaches into it."""
    left, right = segment.x0 - wall.a, wall.b - segment.x1
    return max(left, right) >= _MIN_STRIP * segment.words[0].size


def _strips(band: Band) -> list[_Strip]:
    """The white in a band: between its segments, and without end on either side."""
    gaps = [_Strip(-_FAR, band.x0, 0)]
    gaps += [_Strip(a.x1, b.x0, 1) for a, b in pairwise(band.segments)]
    return [*gaps, _Strip(band.x1, _FAR, 0)]


def _narrowed(strips: Sequence[_Strip], band: Band) -> list[_Strip]:
    """What is left of the strips when a band is laid over them."""
    smallest = _MIN_STRIP * band.size
    left: list[tuple[float, float, int]] = []
    for strip in strips:
        a = strip.a
        for segment in band.segments:
            if segment.x1 <= a or segment.x0 >= strip.b:
                continue
            if segment.x0 - a >= smallest:
                left.append((a, segment.x0, strip.support))
            a = max(a, segment.x1)
        if strip.b - a >= smallest:
            left.append((a, strip.b, strip.support))
    found = []
    for a, b, support in left:
        both = band.x0 < b and band.x1 > a and a > -_FAR and b < _FAR
        both = both and any(s.x1 <= a + 0.1 for s in band.segments) and any(s.x0 >= b - 0.1 for s in band.segments)
        found.append(_Strip(a, b, support + both))
    # White that was without end now has words on both sides, in different bands: a column that starts late.
    inner = [strip for strip in found if strip.a > -_FAR and strip.b < _FAR]
    outer = [strip for strip in found if strip.a <= -_FAR or strip.b >= _FAR]
    inner = [strip if strip.support else _Strip(strip.a, strip.b, 1) for strip in inner]
    return sorted([*inner, *outer], key=lambda strip: strip.a)


def _walls(bands: Sequence[Band], strips: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """The strips but for one between a header and the column under it: a short name set left over numbers set right."""
    walls = list(strips)
    lines = [_text_line(band, walls) for band in bands]
    filled = [{n for n, line in enumerate(lines) if line.cells[column]} for column in range(len(walls) + 1)]
    column = 0
    while column < len(walls):
        one, two = filled[column], filled[column + 1]
        head, body = (one, two) if min(one, default=0) < min(two, default=0) else (two, one)
        top = max(head, default=0)
        if column and head and body and top < min(body) and top <= 3 and len(body) >= len(head):
            del walls[column]
            filled[column : column + 2] = [one | two]
        else:
            column += 1
    return tuple(walls)


def _text_line(band: Band, walls: Sequence[tuple[float, float]]) -> TextLine:
    """A band's words by column; a segment that goes across a wall stays whole, in the column it begins in."""
    cells: list[list[Word]] = [[] for _ in range(len(walls) + 1)]
    middles = [(a + b) / 2 for a, b in walls]
    for segment in band.segments:
        first, last = bisect_left(middles, segment.x0), bisect_left(middles, segment.x1)
        across = first != last and any(segment.x0 < a - 0.2 and segment.x1 > b + 0.2 for a, b in walls)
        if first == last or across:
            cells[first] += segment.words
        else:
            for word in segment.words:
                cells[bisect_left(middles, (word.x0 + word.x1) / 2)].append(word)
    return TextLine(band.y, tuple(tuple(words) for words in cells))


def _parted(lines: Sequence[TextLine], dividers: Sequence[float]) -> list[list[TextLine]]:
    """The lines between each two dividers."""
    parts: list[list[TextLine]] = [[]]
    for line in lines:
        if parts[-1] and any(parts[-1][-1].y < y <= line.y for y in dividers):
            parts.append([])
        parts[-1].append(line)
    return parts


def _cut(part: list[TextLine], lines: Sequence[TextLine], *, complete: bool, bold: bool) -> list[list[TextLine]]:
    """The rows in a part: one where every row has its rule (but for several numbers below one another)."""
    if complete:
        figures = [sum(is_number(line.text(c)) for line in part if line.cells[c]) for c in number_columns(lines)]
        return rows_of(part) if figures and max(figures) > 1 else [part]
    if bold:
        # A bold header is a row by itself however its cells wrap.
        heads = 0
        while heads < len(part) and all(word.bold for words in part[heads].cells for word in words):
            heads += 1
        while heads > 1 and part[heads - 1].filled() == {0} and not part[heads - 1].text(0)[0].islower():
            heads -= 1
        wraps = any(
            line.filled() - {0} or line.text(0)[0].islower() or part[0].text(0).endswith(("-", "/", ","))
            for line in part[1:heads]
        )
        if (
            wraps
            and 1 < heads <= 4
            and len(part) - heads >= 2
            and part[heads - 1].y - part[0].y <= 3.2 * leading_of(part)
        ):
            return [part[:heads], *rows_of(part[heads:])]
    return rows_of(part)


def _holes(lines: Sequence[TextLine], *, uneven: bool) -> bool:
    """Whether text columns stand in rows: wide steps part all at once, and if `uneven` some are longer."""
    leading = leading_of(lines)
    groups: list[list[TextLine]] = [[lines[0]]]
    for above, line in pairwise(lines):
        if line.y - above.y > 1.25 * leading:
            groups.append([])
        groups[-1].append(line)
    columns = range(len(lines[0].cells))
    # A line by itself in the first column is a heading for the rows below it.
    groups = [group for group in groups if len(group) > 1 or group[0].filled() != {0}]
    if len(groups) < 3:
        return False
    together = sum(all(any(line.cells[c] for line in group) for c in columns) for group in groups)
    differ = sum(len({sum(bool(line.cells[c]) for line in group) for c in columns}) > 1 for group in groups)
    return together >= 0.8 * len(groups) and (not uneven or differ >= 0.4 * len(groups))


def _labels(lines: Sequence[TextLine]) -> float:
    """The share of cells that are a form's labels or blanks to write on."""
    texts = [line.text(c) for line in lines for c in line.filled()]
    return sum(text.endswith(":") or bool(_LEADERS.search(text)) for text in texts) / max(1, len(texts))


def _contents(lines: Sequence[TextLine], headed: bool) -> bool:
    """Whether the lines are a table of contents: dots that lead to, or just, rising page numbers on the right."""
    texts = [" ".join(line.text(c) for c in sorted(line.filled())) for line in lines]
    if sum(bool(_LEADERS.search(text)) for text in texts) >= 0.3 * len(texts):
        return True
    last = max(max(line.filled(), default=0) for line in lines)
    pages = [line.text(last) for line in lines if line.cells[last]]
    digits = [int(page) for page in pages if re.fullmatch(r"\d{1,3}", page)]
    if headed or len(digits) < 3 or len(digits) < 0.8 * len(pages) or digits != sorted(digits):
        return False
    return last == 1 or all(re.fullmatch(r"[\d.]*|[A-Z]\.?", line.text(0)) for line in lines if line.cells[0])


def _shade(shades: Sequence[Box], band: Band) -> float | None:
    """The top of the shading that a band stands on."""
    for box in shades:
        if box.top <= band.y - 0.3 * band.size <= box.bottom and box.x0 <= band.x0 + 1 and box.x1 >= band.x0 + 1:
            return box.top
    return None
