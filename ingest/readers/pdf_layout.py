"""A page as blocks in reading order: lines of running text and tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ingest.readers.pdf_aligned import aligned_tables, stacks
from ingest.readers.pdf_bands import Band, Segment, bands, lines_of
from ingest.readers.pdf_page import Drawing, Word
from ingest.readers.pdf_ruled import edges, ruled_tables
from ingest.readers.pdf_table import LaidTable

Block = Band | LaidTable

_HEAD, _FOOT = 0.16, 0.86  # of the page's height, from its top
_MAX_FURNITURE = 6  # lines
_PAGE = r"(?:sid(?:a|an|nr)?|page|s)\.?\s*:?\s*"
_LABELLED = re.compile(rf"\b{_PAGE}(\d{{1,4}}|[ivxlc]{{1,7}})\b", re.IGNORECASE)
_COUNTED = re.compile(r"(?:^|\s)(\d{1,4})\s*(?:\(\d{1,4}\)|(?:av|of|/)\s*\d{1,4})\s*$", re.IGNORECASE)
_ALONE = re.compile(r"[-–—\s]*(\d{1,4}|[ivxlc]{1,7})[-–—\s]*")


def furniture(drawings: Sequence[Drawing]) -> list[set[Word]]:
    """For each page, the words of the headers and footers it shares with pages near it (but for their figures)."""
    margins = [_margins(drawing) for drawing in drawings]
    keys = [{_key(line) for lines in margin for line in lines} for margin in margins]
    found = []
    for n, (head, foot) in enumerate(margins):
        # Left and right pages, or those of a chapter, may have headers of their own.
        near = [key for m in (n - 2, n - 1, n + 1, n + 2) if 0 <= m < len(keys) for key in keys[m]]
        barred: set[Word] = set()
        for lines in (head, foot[::-1]):
            shared = 0
            while shared < min(len(lines), _MAX_FURNITURE) and _key(lines[shared]) in near:
                shared += 1
            # A repeated table header also stands high on its pages, but its rows come close after it.
            while 0 < shared < len(lines) and _step(lines[shared - 1], lines[shared]) < 1.7:
                shared -= 1
            barred.update(word for line in lines[:shared] for word in line)
        found.append(barred)
    return found


def printed_labels(drawings: Sequence[Drawing]) -> list[str | None]:
    """The page number printed in each page's header or footer, None where there is none.

    A number by itself counts when it is as far from the physical number as on most pages that have one.
    """
    told: list[str | None] = []
    alone: list[set[str]] = []
    for drawing in drawings:
        head, foot = _margins(drawing)
        segments = [
            segment.text for band in bands(w for line in (*head, *foot) for w in line) for segment in band.segments
        ]
        named = [match for text in segments if (match := _LABELLED.search(text) or _COUNTED.search(text))]
        told.append(named[0][1] if named else None)
        outer = [*head[:2], *foot[-2:]]
        lone = {
            match[1]
            for band in bands(w for line in outer for w in line)
            for segment in band.segments
            if (match := _ALONE.fullmatch(segment.text))
        }
        alone.append(lone)
    offsets = Counter(
        int(label) - n for n, labels in enumerate(alone) for label in labels if label.isdecimal()
    ).most_common(1)
    sure = offsets and (offsets[0][1] >= 2 or len(drawings) == 1)
    if not any(told) and sure:
        offset = offsets[0][0]
        told = [str(n + offset) if str(n + offset) in labels else None for n, labels in enumerate(alone)]
    return told


def blocks(drawing: Drawing, barred: set[Word], carried: LaidTable | None) -> list[Block]:
    """The blocks of a page; `barred` words stand in no table, `carried` is the table the page before ended with."""
    horizontals, verticals = edges(drawing)
    tables, rest = ruled_tables(drawing, horizontals, verticals, barred, carried)
    rows = bands(rest, verticals)
    outside = {i for i, band in enumerate(rows) if barred and all(word in barred for word in band.words)}
    first = next((band.y for i, band in enumerate(rows) if i not in outside), 0.0)
    if any(table.top < first for table in tables):
        carried = None
    aligned = aligned_tables(rows, outside, stacks(horizontals), drawing.shades, carried)
    found: list[tuple[float, Block]] = [(table.top, table) for table in tables]
    start = 0
    for begin, end, table in [*aligned, (len(rows), len(rows), None)]:
        stretch = rows[start:begin]
        for group in _columns(stretch, drawing.width):
            # What is read column by column goes where the first of it stands.
            found += [(min(band.y for band in group), band) for band in group]
        if table is not None:
            found.append((table.top, table))
        start = end
    found.sort(key=lambda item: item[0])
    aside: list[Block] = list(bands(drawing.aside))
    return [block for _, block in found] + aside


def _margins(drawing: Drawing) -> tuple[list[list[Word]], list[list[Word]]]:
    head, foot = drawing.height * _HEAD, drawing.height * _FOOT
    return (
        lines_of(word for word in drawing.words if word.y < head),
        lines_of(word for word in drawing.words if word.y > foot),
    )


def _key(line: Sequence[Word]) -> tuple[int, str]:
    text = re.sub(r"\d+", "#", " ".join(word.text for word in line))
    return round(line[0].y / 3), text


def _step(one: Sequence[Word], two: Sequence[Word]) -> float:
    return abs(one[0].y - two[0].y) / max(one[0].size, two[0].size, 1.0)


def _columns(stretch: Sequence[Band], width: float) -> Iterable[list[Band]]:
    """Groups of lines in reading order: one line each, or a whole part set in two columns."""
    start = 0
    while start < len(stretch):
        end, middle = _two_columns(stretch, start, width)
        if end - start < 2:
            yield [stretch[start]]
            start += 1
            continue
        sides: tuple[list[Band], list[Band]] = ([], [])
        for band in stretch[start:end]:
            for side in (0, 1):
                words = [word for word in band.words if (word.x0 > middle) == bool(side)]
                if words:
                    bold = all(word.bold for word in words)
                    sides[side].append(Band(band.y, (Segment(tuple(words)),), band.size, bold))
        yield [*sides[0], *sides[1]]
        start = end


def _two_columns(stretch: Sequence[Band], start: int, width: float) -> tuple[int, float]:
    """Where two columns of running text that begin at `start` end, and the middle of the white between them."""
    first = stretch[start]
    if len(first.segments) != 2:
        return start, 0.0
    a, b = first.segments[0].x1, first.segments[1].x0
    left = right = 0
    end = start
    for above, band in pairwise([first, *stretch[start:]]):
        if band.y - above.y > 4 * band.size:
            break
        inner_a = max((s.x1 for s in band.segments if s.x0 < (a + b) / 2), default=a)
        inner_b = min((s.x0 for s in band.segments if s.x1 > (a + b) / 2), default=b)
        if min(b, inner_b) - max(a, inner_a) < 0.7 * band.size:
            break
        a, b = max(a, inner_a), min(b, inner_b)
        left += any(s.x1 <= a + 0.1 and s.x1 - s.x0 > 0.2 * width for s in band.segments)
        right += any(s.x0 >= b - 0.1 and s.x1 - s.x0 > 0.2 * width for s in band.segments)
        end += 1
    if min(left, right) < 4 or left + right < 1.2 * (end - start):
        return start, 0.0
    return end, (a + b) / 2
