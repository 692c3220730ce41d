"""Tables that an extraction kept laid out: wide gaps part the cells, and a column's cells stand under its name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from statistics import median_low

from ingest.columns import dangling, is_name
from ingest.goal_columns import kinds_of
from ingest.grids import FOOTNOTE
from ingest.ladder import is_rung
from ingest.source import Cell, Grid, Line, Row, Source, Span
from ingest.values import AMOUNT, PART, UNIT, folded, mended

_GAP = re.compile(r" {2,}")
_WIDE = 4  # a gap that two empty cells of flattened text don't leave
_MOST = 16  # columns
_AHEAD = 12  # how many lines under a header tell where its columns stand
OF_HEADER = re.compile(r"(?:\D|(?<!\d)(?:19|20)\d\d(?!\d)|(?<=\bT)[123]\b)*$")  # no figures but years and tertials
_FIGURE = re.compile(rf"(?:{AMOUNT}{UNIT}|[-–—])\*?$", re.IGNORECASE)


def laid_out(source: Source) -> Source:
    """The source with the lines of every table that is laid out replaced by a grid whose first row is the header."""
    return source.gridded(_table)


@dataclass(frozen=True, slots=True)
class Part:
    """What stands between two gaps: where on its line, where in the text, and its words."""

    left: int
    right: int
    span: Span
    words: str

    def off(self, other: Part) -> float:
        """How far this is from standing at the same left edge, right edge or middle as another."""
        left, right = self.left - other.left, self.right - other.right
        return min(abs(left), abs(right), abs(left + right) / 2)


Placed = Sequence[Part | None]  # a line's parts, column by column


@dataclass(slots=True)
class Draft:
    """The parts of a row's or the header's cells, column by column."""

    cells: list[list[Part]] = field(default_factory=list)

    def add(self, other: Placed) -> None:
        for cell, part in zip(self.cells, other, strict=True):
            if part:
                cell.append(part)

    @property
    def open(self) -> bool:
        """True for a label whose cells may stand further down."""
        return not any(self.cells[1:])

    def row(self, text: str) -> Row:
        """The row, which stands in one piece but for what was taken out between."""
        cells = [Cell(mended("\n".join(p.words for p in parts)), tuple(p.span for p in parts)) for parts in self.cells]
        spans = sorted((part.span for parts in self.cells for part in parts), key=lambda span: span.start)
        whole: list[Span] = []
        for span in spans:
            between = text[whole[-1].end : span.start] if whole else ""
            if whole and not between.strip() and "\f" not in between:
                whole[-1] = Span(whole[-1].start, span.end)
            else:
                whole.append(span)
        return Row(tuple(cells), tuple(whole))


class _Columns:
    """Where columns stand: each has an edge, or its middle, at which most of its cells do."""

    def __init__(self, lines: Sequence[Sequence[Part]], labels: int) -> None:
        self.labels = labels  # how far to the right labels go
        self.second = median_low([line[1].left for line in lines])
        self.places: list[tuple[str, int]] = []
        for column in zip(*lines, strict=True):
            edges = Counter(edge for part in column for edge in _edges(part))
            self.places.append(max(edges, key=lambda edge: edges[edge]))

    def filled_by(self, label: Part, after: Part) -> bool:
        """True where the first word of what comes after a label would not have had room beside it."""
        return label.right + 1 + len(after.words.split()[0]) > self.labels

    def placed(self, parts: Sequence[Part]) -> Placed | None:
        """A line's parts under the columns they stand at, None where they stand at none."""
        count = len(self.places)
        if 1 < len(parts) < count:
            parts = [piece for part in parts for piece in self.split(part)]
        if len(parts) > count or not parts:
            return None
        if len(parts) == count:
            return parts
        labelled = parts[0].left < self.second
        if labelled and parts[0].right > self.second:
            return None
        off = [[abs(dict(_edges(part))[edge] - at) for edge, at in self.places] for part in parts[labelled:]]
        chosen = min(
            combinations(range(1, count), len(parts) - labelled),
            key=lambda columns: sum(off[n][column] for n, column in enumerate(columns)),
        )
        placed: list[Part | None] = [None] * count
        for part, column in zip(parts, (*[0] * labelled, *chosen), strict=True):
            placed[column] = part
        return placed

    def split(self, part: Part) -> Iterator[Part]:
        """What stands at several columns with a single space between them, as a part for each."""
        places = set(self.places[1:])
        start = 0
        for space in re.finditer(" ", part.words):
            before, after = part.left + space.start(), part.left + space.end()
            if ("left", after) in places or ("right", before) in places:
                yield _cut(part, start, space.start())
                start = space.end()
        yield _cut(part, start, len(part.words))


def _edges(part: Part) -> list[tuple[str, int]]:
    return [("left", part.left), ("right", part.right), ("middle", (part.left + part.right) // 2)]


def _cut(part: Part, start: int, end: int) -> Part:
    span = Span(part.span.start + start, part.span.start + end)
    return Part(part.left + start, part.left + end, span, part.words[start:end])


def _table(source: Source, i: int) -> tuple[Grid, int] | None:
    """The table whose header begins at place `i`, and the place after its rows; None where there is none."""
    heads = _header_lines(source, i)
    first = at = i + len(heads)
    header = _header(source, heads, at) if heads else []
    columns = _columns(source, at, header) if 1 < len(header) <= _MOST else None
    if columns is None or not (_wide(max(heads, key=len)) or _stand_under(source, at, header)):
        return None
    near = min(filter(None, (gap(source, n) for n in range(i + 1, at + 3))), default=1)
    again = [folded(words_at(source, n)) for n in range(i, at)]
    rows: list[Draft] = []
    while at < len(source.items):
        fresh = not gap(source, at) and at > first
        if fresh:
            columns = _columns(source, at, header, columns.labels) or columns  # a page may be set to the side
        if not (rows and rows[-1].open) and [folded(words_at(source, at + n)) for n in range(len(again))] == again:
            at += len(again)
            fresh = True
        words = words_at(source, at)
        placed = columns.placed(_parts(source, at))
        if placed is None or FOOTNOTE.match(words) or is_rung(folded(words)):
            break
        if rows and _begins_another(source, at, columns):
            break
        label, *others = placed
        close = gap(source, at) <= near and (label is None or not fresh)
        if rows and _goes_on(rows[-1], placed, columns, close):
            rows[-1].add(placed)
        elif label is None or (not any(others) and words.endswith((".", "!", "?"))):
            break
        else:
            rows.append(Draft([[part] if part else [] for part in placed]))
        at += 1
    while rows and rows[-1].open:  # a label at the end is the next heading
        at -= sum(map(len, rows.pop().cells))
    filled = sum(not row.open for row in rows)
    if filled < 2 or 2 * filled < len(rows):
        return None
    return Grid((Draft(header).row(source.text), *(row.row(source.text) for row in rows)), header=1), at


# The header


def _header_lines(source: Source, i: int) -> list[list[Part]]:
    """The parts of the lines from place `i` on that could be a header: names of columns, and none of them a figure."""
    lines = [_parts(source, i)]
    while len(lines[-1]) == 1 and len(lines) < 3:  # the upper lines of a name that wraps
        lines.append(_parts(source, i + len(lines)))
    upper = [line[0] for line in lines[:-1]]
    if len(lines[-1]) < 2 or not _are_names(source, i + len(upper)):
        return []
    leftmost = min((line[0] for line in lines), key=lambda part: part.left)
    while len(lines) < 5 and (more := _parts(source, i + len(lines))):
        labels = more[0].left < leftmost.right and more[0].words[0].isupper()
        if labels and more[0].right >= leftmost.left:
            break  # a row's label, and not what the labels are called, which may stand beside the last line
        if not all(OF_HEADER.match(part.words) for part in more):
            break
        leftmost = min(leftmost, more[0], key=lambda part: part.left)
        lines.append(more)
    low = leftmost.words[0].islower()
    return [] if low or not all(OF_HEADER.match(p.words) and p.left > leftmost.right for p in upper) else lines


def _are_names(source: Source, i: int) -> bool:
    """True where a line could be the first of a header."""
    words = words_at(source, i)
    names = [part.words for part in _parts(source, i)]
    return not re.search(r"[.:;!?]$|\.{4}", words) and all(len(name) < 60 and OF_HEADER.match(name) for name in names)


def _header(source: Source, lines: Sequence[Sequence[Part]], at: int) -> list[list[Part]]:
    """The parts of a header's lines column by column; `at` is where its rows begin.

    Rows that have more parts tell where names stand with a single space between them, or that the labels have none.
    """
    header = _spanned(lines) or _clustered(lines)
    counts = Counter(len(parts) for parts in _ahead(source, at) if len(parts) > 1)
    count = max(counts, key=lambda size: (counts[size], size), default=0)
    rows = [parts for parts in _ahead(source, at) if len(parts) == count]
    if count > len(header):
        columns = _Columns(rows, 0)
        split = _clustered([[piece for part in line for piece in columns.split(part)] for line in lines])
        if len(split) == count:
            return split
        if header[0] and len(header) + 1 == count and header[0][0].left > max(row[0].right for row in rows):
            return [[], *header]
    return header


def _spanned(lines: Sequence[Sequence[Part]]) -> list[list[Part]]:
    """The parts of a header column by column where each name of its first line stands over as many of the second, which
    repeat ("Budget 2031" and "Budget 2030" over costs and revenue); none where it is no such header."""
    if len(lines) != 2:
        return []
    leftmost = min(lines, key=lambda line: line[0].left)[0]
    for label in ([leftmost], []):
        over, under = ([part for part in line if part not in label] for line in lines)
        names = [part.words for part in under]
        size = len(under) // max(1, len(over))
        if len(over) > 1 and size > 1 and names == names[:size] * len(over):
            return [label, *([over[n // size], part] for n, part in enumerate(under))]
    return []


def _clustered(lines: Sequence[Sequence[Part]]) -> list[list[Part]]:
    """Parts of several lines, those together that stand under each other, from left to right."""
    clusters: list[list[Part]] = []
    for part in sorted((part for line in lines for part in line), key=lambda part: part.left):
        if clusters and part.left < max(other.right for other in clusters[-1]):
            clusters[-1].append(part)
        else:
            clusters.append([part])
    return [sorted(cluster, key=lambda part: part.span) for cluster in clusters]


def _wide(names: Sequence[Part]) -> bool:
    """True where the names of columns stand far apart, and none of them begins small."""
    return all(_gaps(names)) and not any(name.words[0].islower() for name in names)


def _gaps(parts: Sequence[Part]) -> list[bool]:
    """Which gaps of a line are wider than empty cells of flattened text leave them."""
    return [after.left - before.right >= _WIDE for before, after in pairwise(parts)]


def _stand_under(source: Source, at: int, header: Sequence[Sequence[Part]]) -> bool:
    """True where two of the lines from place `at` on stand under the names of the columns, cells missing or not, and
    most have a wide gap."""
    names = [_whole(parts) for parts in header[1:]]
    rows = [parts for parts in _ahead(source, at) if 1 < len(parts) <= len(header)]
    under = [parts for parts in rows if all(any(part.off(name) <= 1 for name in names) for part in parts[1:])]
    return len(under) > 1 and 2 * sum(any(_gaps(parts)) for parts in rows) >= len(rows)


def _whole(parts: Sequence[Part]) -> Part:
    """Parts that stand under each other as one, for its edges."""
    left, right = min(part.left for part in parts), max(part.right for part in parts)
    return Part(left, right, parts[0].span, parts[0].words)


# The rows


def _columns(source: Source, at: int, header: Sequence[Sequence[Part]], labels: int = 0) -> _Columns | None:
    """Where the columns stand in the lines from place `at` on and in the header before them, None where none tells;
    labels are known to go to `labels`."""
    rows = [parts for parts in _ahead(source, at) if len(parts) == len(header)]
    if gap(source, at) and all(header):
        rows.insert(0, [_whole(parts) for parts in header])
    if not rows:
        return None
    second = median_low([parts[1].left for parts in rows])
    rights = [parts[0].right for n in range(at, at + 3 * _AHEAD) if (parts := _parts(source, n))]
    return _Columns(rows, max([labels, *(right for right in rights if right < second)]) or second)


def _ahead(source: Source, at: int) -> list[list[Part]]:
    """The parts of the next lines on the page that could be a table's rows."""
    lines: list[list[Part]] = []
    for n in range(at, at + _AHEAD):
        ended = n > at and not gap(source, n) and sum(len(line) > 1 for line in lines) > 1
        if ended or not (parts := _parts(source, n)):
            break
        lines.append(parts)
    return lines


def _goes_on(row: Draft, placed: Placed, columns: _Columns, close: bool) -> bool:
    """True where a line goes on in the cells of the row above it; `close` tells that nothing stands between them."""
    label, *others = placed
    above, *values = [cell[-1] if cell else None for cell in row.cells]
    pairs = list(zip(values, others, strict=True))
    if label is None:
        return row.open or (close and not any(_is_figure(value) and _is_figure(other) for value, other in pairs))
    assert above
    if PART.match(label.words):
        return False
    small = label.words[0].islower() or label.words[0] == "(" or dangling(above.words)
    full = close and columns.filled_by(above, label)
    full = full and not dangling(label.words) and not columns.filled_by(label, label)
    if row.open or not any(others):
        inset = close and not any(others) and not row.open and label.left > row.cells[0][0].left
        return small or full or inset
    if any(map(_is_figure, others)):
        return False
    fewer = any(value and not other for value, other in pairs)
    return small or (full and fewer and all(other.words[0].islower() for other in others if other))


def _is_figure(part: Part | None) -> bool:
    return part is not None and _FIGURE.match(part.words) is not None


def _begins_another(source: Source, i: int, columns: _Columns) -> bool:
    """True where another table's header or a numbered heading stands at place `i`."""
    parts = _parts(source, i)
    if len(parts) == 1:
        numbered = re.match(r"\d{1,2}(?:\.\d{1,2})*\.? [A-ZÅÄÖ]", words_at(source, i)) is not None
        return numbered and parts[0].left < columns.second
    if not _are_names(source, i):
        return False
    names = [folded(part.words) for part in parts]
    return heads_goals(names) or (_wide(parts) and 2 * sum(map(is_name, names[1:])) >= len(names))


def heads_goals(names: Sequence[str]) -> bool:
    """True where names are all such as the columns of a goal's tables have."""
    kind, kinds = kinds_of([folded(name) for name in names])
    return kind != "rows" and None not in kinds


# Lines


def words_at(source: Source, i: int) -> str:
    item = source.items[i] if i < len(source.items) else None
    return source.text[item.start : item.end] if isinstance(item, Line) else ""


def gap(source: Source, i: int) -> int:
    """How many line ends stand before the item at place `i`, 0 where a page ends there."""
    if not 0 < i < len(source.items):
        return 0
    before, item = source.items[i - 1], source.items[i]
    if not isinstance(before, Line):
        return 9
    between = source.text[before.end : item.start]
    return 0 if between.strip() or "\f" in between else between.count("\n")


def _parts(source: Source, i: int) -> list[Part]:
    """The parts of the line at place `i`, none where there is a grid or a tab."""
    words = words_at(source, i)
    if not words or "\t" in words:
        return []
    start = source.items[i].start
    begin = start - source.text.rfind("\n", 0, start) - 1
    cuts = [0, *(at for gap in _GAP.finditer(words) for at in gap.span()), len(words)]
    return [
        Part(begin + a, begin + b, Span(start + a, start + b), words[a:b])
        for a, b in zip(cuts[::2], cuts[1::2], strict=True)
    ]
