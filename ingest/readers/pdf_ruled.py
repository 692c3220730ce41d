"""Tables drawn with rules: lines → crossings → cells → words in cells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from ingest.readers.pdf_bands import SEGMENT_GAP, bands, lines_of
from ingest.readers.pdf_page import Box, Drawing, Rule, Word
from ingest.readers.pdf_rows import TextLine, is_number, number_columns, rows_of
from ingest.readers.pdf_table import CellRow, LaidTable, cell, header_rows, same_walls

# In points: rules so near each other are one, and meet or cross where so little is missing.
_SNAP = 2.0
_JOIN = 3.5
_CROSS = 3.5
_MIN_SIDE = 5.0  # shorter ones are no side of a cell
_MAX_RULES = 1_500


class _Lattice(NamedTuple):
    """Rules that cross one another."""

    horizontals: list[Rule]
    verticals: list[Rule]


def merged(rules: Sequence[Rule]) -> list[Rule]:
    """Rules on one line that touch or nearly touch, as one."""
    levels: list[list[Rule]] = []
    for rule in sorted(rules):
        if levels and rule.at - levels[-1][0].at <= _SNAP:
            levels[-1].append(rule)
        else:
            levels.append([rule])
    found = []
    for level in levels:
        at = sum(rule.at for rule in level) / len(level)
        start, end = None, 0.0
        for rule in sorted(level, key=lambda rule: rule.start):
            if start is None:
                start, end = rule.start, rule.end
            elif rule.start <= end + _JOIN:
                end = max(end, rule.end)
            else:
                found.append(Rule(at, start, end))
                start, end = rule.start, rule.end
        if start is not None:
            found.append(Rule(at, start, end))
    return [rule for rule in found if rule.end - rule.start >= _MIN_SIDE]


def edges(drawing: Drawing) -> tuple[list[Rule], list[Rule]]:
    """All rules of a page and the edges of its shaded boxes, horizontal and vertical, merged."""
    horizontals, verticals = list(drawing.horizontals), list(drawing.verticals)
    for box in drawing.shades:
        if box.bottom - box.top >= _MIN_SIDE and box.x1 - box.x0 >= _MIN_SIDE:
            horizontals += Rule(box.top, box.x0, box.x1), Rule(box.bottom, box.x0, box.x1)
            verticals += Rule(box.x0, box.top, box.bottom), Rule(box.x1, box.top, box.bottom)
    return merged(horizontals)[:_MAX_RULES], merged(verticals)[:_MAX_RULES]


def ruled_tables(
    drawing: Drawing,
    horizontals: Sequence[Rule],
    verticals: Sequence[Rule],
    barred: set[Word],
    carried: LaidTable | None,
) -> tuple[list[LaidTable], list[Word]]:
    """The tables with ruled columns, and the words outside them; `barred` words stand in no table.

    A single row is a table only where it continues the one `carried` over from the page before.
    """
    found: list[LaidTable] = []
    rest = list(drawing.words)
    for lattice in _lattices(horizontals, verticals):
        xs, ys = _positions(lattice)
        if len(xs) < 3 or len(ys) < 2:
            continue
        inside = [word for word in rest if word not in barred and _within(word, xs, ys)]
        drawn = {x for x in xs if any(abs(rule.at - x) <= _JOIN for rule in drawing.verticals)}
        table = _table(lattice, xs, ys, inside, drawn, drawing.shades)
        if table is None:
            continue
        first = not any(word.y < ys[0] and word not in barred for word in drawing.words)
        if len(table.rows) < 2 and not (first and carried and same_walls(carried, table)):
            continue
        taken = {word for row in table.rows for lines in row for line in lines for word in line}
        rest = [word for word in rest if word not in taken]
        found.append(table)
    return found, rest


def _lattices(horizontals: Sequence[Rule], verticals: Sequence[Rule]) -> list[_Lattice]:
    """Groups of rules that hang together by their crossings, top to bottom."""
    if not horizontals or not verticals:
        return []
    h, v = np.array(horizontals), np.array(verticals)
    crossing = (
        (v[None, :, 0] >= h[:, None, 1] - _CROSS)
        & (v[None, :, 0] <= h[:, None, 2] + _CROSS)
        & (h[:, None, 0] >= v[None, :, 1] - _CROSS)
        & (h[:, None, 0] <= v[None, :, 2] + _CROSS)
    )
    found = []
    left = set(range(len(horizontals)))
    while left:
        rows, columns, queue = set(), set(), [min(left)]
        while queue:
            row = queue.pop()
            if row in rows:
                continue
            rows.add(row)
            for column in np.flatnonzero(crossing[row]):
                if column not in columns:
                    columns.add(int(column))
                    queue += [int(other) for other in np.flatnonzero(crossing[:, column])]
        left -= rows
        if len(rows) >= 1 and len(columns) >= 1:
            found.append(_Lattice([horizontals[i] for i in sorted(rows)], [verticals[i] for i in sorted(columns)]))
    return sorted(found, key=lambda lattice: lattice.horizontals[0].at)


def _positions(lattice: _Lattice) -> tuple[list[float], list[float]]:
    """Where columns and rows part; where the outer rules are missing, the others' ends stand for them."""
    xs = _clustered(
        [rule.at for rule in lattice.verticals],
        min(rule.start for rule in lattice.horizontals),
        max(rule.end for rule in lattice.horizontals),
    )
    ys = _clustered(
        [rule.at for rule in lattice.horizontals],
        min(rule.start for rule in lattice.verticals),
        max(rule.end for rule in lattice.verticals),
    )
    return xs, ys


def _clustered(places: list[float], low: float, high: float) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _JOIN:
            found.append(place)
    if low < found[0] - 8:
        found.insert(0, low)
    if high > found[-1] + 8:
        found.append(high)
    return found


def _within(word: Word, xs: list[float], ys: list[float]) -> bool:
    return xs[0] <= (word.x0 + word.x1) / 2 <= xs[-1] and ys[0] <= word.y - 0.3 * word.size <= ys[-1]


def _table(
    lattice: _Lattice, xs: list[float], ys: list[float], words: list[Word], drawn: set[float], shades: Sequence[Box]
) -> LaidTable | None:
    """The lattice with its words, None where that makes no table (a frame, a chart, a form's boxes)."""
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns * rows > 20_000:
        return None
    home = _merged_cells(lattice, xs, ys, words, drawn)
    placed: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        x, y = (word.x0 + word.x1) / 2, word.y - 0.3 * word.size
        column = max(0, min(columns - 1, bisect_left(xs, x) - 1))
        row = max(0, min(rows - 1, bisect_left(ys, y) - 1))
        placed.setdefault(home[row][column], []).append(word)
    used = sorted({column for _, column in placed})
    filled_rows = sorted({row for row, _ in placed})
    if len(used) < 2 or len(filled_rows) < 0.35 * rows:
        return None
    if len(placed) < 0.12 * columns * rows:
        return None
    kept = [c for c in range(columns) if c in used or xs[c + 1] - xs[c] >= 14]
    # A column that no row's own cell begins in and none is empty in is but an artefact of offset rules.
    kept = [c for c in kept if c in used or any(home[r][c] == (r, c) for r in filled_rows)]
    walls = [(xs[c], xs[c]) for c in kept[1:]]
    laid = [[placed.get((r, c), []) for c in kept] for r in filled_rows]
    walls, laid = _split_columns(walls, laid)
    split = _split_rows(laid)
    return LaidTable(
        tuple(walls),
        tuple(split),
        header_rows(split, shades),
        ys[0],
        ys[-1],
    )


def _merged_cells(
    lattice: _Lattice, xs: list[float], ys: list[float], words: list[Word], drawn: set[float]
) -> list[list[tuple[int, int]]]:
    """For each place of the lattice, the row and column of the cell it belongs to, counted at its upper left.

    Where a wall is only the edge of shading (not among those `drawn`), it goes on through the rows without shading,
    but for those whose words run across it. The same holds of any wall with words on both its sides.
    """
    columns, rows = len(xs) - 1, len(ys) - 1
    home = [[(r, c) for c in range(columns)] for r in range(rows)]
    right = _present(lattice.verticals, xs, ys)
    below = _present(lattice.horizontals, ys, xs)
    for r, segments in enumerate(_segments_by_row(words, ys)):
        for c in range(1, columns):
            x = xs[c]
            if right[c][r] or any(a < x - 1 and b > x + 1 for a, b in segments):
                continue
            both = any(xs[c - 1] - 1 <= a and b <= x + 1 for a, b in segments) and any(
                x - 1 <= a and b <= xs[c + 1] + 1 for a, b in segments
            )
            right[c][r] = both or x not in drawn
    for r in range(rows):
        for c in range(columns):
            if c and not right[c][r]:
                home[r][c] = home[r][c - 1]
            elif r and not below[r][c] and home[r - 1][c][1] == c:
                home[r][c] = home[r - 1][c]
    return home


def _segments_by_row(words: list[Word], ys: list[float]) -> list[list[tuple[float, float]]]:
    """For each row of a lattice, from where to where its words run without a wide gap."""
    by_row: list[list[Word]] = [[] for _ in range(len(ys) - 1)]
    for word in words:
        by_row[max(0, min(len(ys) - 2, bisect_left(ys, word.y - 0.3 * word.size) - 1))].append(word)
    return [[(segment.x0, segment.x1) for band in bands(row) for segment in band.segments] for row in by_row]


def _present(rules: Sequence[Rule], places: list[float], along: list[float]) -> list[list[bool]]:
    """For each place and each step along it, whether a rule is drawn there."""
    drawn = [[False] * (len(along) - 1) for _ in places]
    for rule in rules:
        for n, place in enumerate(places):
            if abs(rule.at - place) <= _JOIN:
                for step, (a, b) in enumerate(pairwise(along)):
                    if min(b, rule.end) - max(a, rule.start) >= 0.6 * (b - a):
                        drawn[n][step] = True
    return drawn


def _split_columns(
    walls: list[tuple[float, float]], laid: list[list[list[Word]]]
) -> tuple[list[tuple[float, float]], list[list[list[Word]]]]:
    """Columns of numbers that stand between two vertical rules, parted where white strips part them in every line."""
    column = 0
    while column < len(laid[0]):
        strip = _strip([row[column] for row in laid])
        if strip is not None:
            middle = sum(strip) / 2
            for row in laid:
                words = row[column]
                row[column : column + 1] = [
                    [word for word in words if (word.x0 + word.x1) / 2 <= middle],
                    [word for word in words if (word.x0 + word.x1) / 2 > middle],
                ]
            walls.insert(column, strip)
        column += 1
    return walls, laid


def _strip(cells: list[list[Word]]) -> tuple[float, float] | None:
    """The leftmost white strip with numbers right of it in at least two lines and most, and nothing across it."""
    lines = [line for words in cells for line in lines_of(words)]
    gaps: list[tuple[float, float]] = []
    for line in lines:
        for one, two in pairwise(line):
            if two.x0 - one.x1 > SEGMENT_GAP * max(one.size, two.size) and is_number(two.text):
                gaps.append((one.x1, two.x0))
    if len(gaps) < 2:
        return None
    for a, b in sorted(gaps):
        over = [gap for gap in gaps if min(b, gap[1]) - max(a, gap[0]) > 2]
        if len(over) < max(2, 0.7 * len(lines)):
            continue
        low, high = max(gap[0] for gap in over), min(gap[1] for gap in over)
        if high - low > 2 and not any(word.x0 < high and word.x1 > low for line in lines for word in line):
            return low, high
    return None


def _split_rows(laid: list[list[list[Word]]]) -> list[CellRow]:
    """The rows as cells; what is several rows with no rule between (by their numbers) is cut into them."""
    lines_by_row = [_text_lines(row) for row in laid]
    numbers = number_columns([line for lines in lines_by_row for line in lines]) if len(laid[0]) > 1 else set()
    found: list[CellRow] = []
    for row, lines in zip(laid, lines_by_row, strict=True):
        figures = max((sum(is_number(line.text(c)) for line in lines if line.cells[c]) for c in numbers), default=0)
        if figures > 1:
            for part in rows_of(lines):
                cells = zip(*(line.cells for line in part), strict=True)
                found.append(tuple(cell([w for words in column for w in words]) for column in cells))
        else:
            found.append(tuple(cell(words) for words in row))
    return found


def _text_lines(row: list[list[Word]]) -> list[TextLine]:
    owner = {word: column for column, words in enumerate(row) for word in words}
    found = []
    for line in lines_of(owner):
        cells: list[list[Word]] = [[] for _ in row]
        for word in line:
            cells[owner[word]].append(word)
        found.append(TextLine(line[0].y, tuple(tuple(words) for words in cells)))
    return found
