"""Tables that an extraction kept laid out: wide gaps part the cells, and a column's cells stand under its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.columns import dangling, is_name
from ingest.goal_columns import kinds_of
from ingest.grids import FOOTNOTE
from ingest.outline import is_rung
from ingest.source import Cell, Grid, Line, Row, Source, Span
from ingest.values import folded, mended

_GAP = re.compile(r" {2,}")
_WIDE = re.compile(r" {4,}")  # a gap that two empty cells of flattened text don't leave
_OF_HEADER = re.compile(r"(?:(?:19|20)\d\d|\(?(?:mnkr|tkr|mkr|kr|st|%)\)?|[^\d]*)(?:\s(?:19|20)\d\d)?$")


def laid_out(source: Source) -> Source:
    """The source with the lines of every table that is laid out replaced by a grid whose first row is the header."""
    return source.gridded(_table)


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands between two gaps: where on its line, and where in the text."""

    left: int
    right: int
    span: Span


@dataclass(slots=True)
class _Draft:
    """The parts of a row's or the header's cells, column by column."""

    cells: list[list[_Part]] = field(default_factory=list)

    def add(self, other: Sequence[_Part | None]) -> None:
        for cell, part in zip(self.cells, other, strict=True):
            if part:
                cell.append(part)

    def row(self, text: str) -> Row:
        cells = [
            Cell(mended("\n".join(text[p.span.start : p.span.end] for p in parts)), tuple(p.span for p in parts))
            for parts in self.cells
        ]
        spans = sorted((part.span for parts in self.cells for part in parts), key=lambda span: span.start)
        whole: list[Span] = []
        for span in spans:
            between = text[whole[-1].end : span.start] if whole else ""
            if whole and not between.strip() and "\f" not in between:
                whole[-1] = Span(whole[-1].start, span.end)
            else:
                whole.append(span)
        return Row(tuple(cells), tuple(whole))


def _table(source: Source, i: int) -> tuple[Grid, int] | None:
    """The table whose header is the line at place `i`, and the place after its rows; None where there is none."""
    if "\t" in _words(source, i):
        return _tabbed(source, i)
    head = _parts(source, i)
    if len(head) < 2 or not _is_header(source, i, head):
        return None
    header = _Draft([[part] for part in head])
    edges = [(part.left, part.right) for part in head]
    at = i + 1
    while (more := _placed(source, at, edges)) and _goes_on(source, more):
        header.add(more)
        edges = [(min(a, p.left), max(b, p.right)) if p else (a, b) for (a, b), p in zip(edges, more, strict=True)]
        at += 1
    rows: list[_Draft] = []
    again = folded(_words(source, i))
    while at < len(source.items):
        if folded(_words(source, at)) == again:
            at += 1
            continue
        if rows and _begins_another(source, at, edges):
            break
        placed = _placed(source, at, edges)
        label = placed[0] if placed else None
        small = label is not None and source.text[label.span.start].islower()
        small = small or (bool(rows) and _stops_short(source, rows[-1]))
        if placed is None or (
            label and not any(placed[1:]) and not _may_stand_alone(source, at, edges, bool(rows) and small)
        ):
            break
        open_ = bool(rows) and not any(rows[-1].cells[1:])
        if rows and (label is None or small) and (open_ or not any(_is_figure(source, p) for p in placed[1:])):
            rows[-1].add(placed)
        elif label:
            rows.append(_Draft([[part] if part else [] for part in placed]))
        else:
            break
        at += 1
    while rows and not any(rows[-1].cells[1:]):  # a label at the end is the next heading
        at -= sum(map(len, rows.pop().cells))
    filled = sum(any(row.cells[1:]) for row in rows)
    if filled < 2 or 2 * filled < len(rows):
        return None
    return Grid((header.row(source.text), *(row.row(source.text) for row in rows)), header=1), at


def _tabbed(source: Source, i: int) -> tuple[Grid, int] | None:
    """The table of lines with as many tabs as the header at place `i`, and the place after it; None where none is.

    A line without a tab goes before the next where that begins small, else it names a group of rows.
    """
    width = _words(source, i).count("\t")
    names = [name.strip() for name in _words(source, i).split("\t")]
    if not all(name and _OF_HEADER.match(name) and len(name) < 60 for name in names):
        return None
    rows: list[_Draft] = []
    at = i
    while at < len(source.items):
        words, after = _words(source, at), _words(source, at + 1)
        tabs = words.count("\t")
        if rows and tabs and words != _words(source, i) and _heads_goals(words.split("\t")):
            break
        if tabs == width or (rows and 0 < tabs < width and after.count("\t") != tabs):  # a last cell may be empty
            if not rows or words != _words(source, i):
                rows.append(_tabbed_row(source, at))
                rows[-1].cells += [[] for _ in range(width - tabs)]
        elif rows and words and "\t" not in words and after.count("\t") == width and len(words) < 90:
            if FOOTNOTE.match(words) or is_rung(folded(words)) or after == _words(source, i):
                break
            label = _tabbed_row(source, at)
            label.cells += [[] for _ in range(width)]
            if after[:1].islower() or dangling(words):
                wrapped = _tabbed_row(source, at + 1)
                wrapped.cells[0][:0] = label.cells[0]
                label, at = wrapped, at + 1
            rows.append(label)
        else:
            break
        at += 1
    if len(rows) < 2:
        return None
    return Grid(tuple(row.row(source.text) for row in rows), header=1), at


def _tabbed_row(source: Source, i: int) -> _Draft:
    """The cells between the tabs of a line."""
    item = source.items[i]
    cells: list[list[_Part]] = []
    for found in re.finditer(r"[^\t]*(?:\t|$)", _words(source, i)):
        words = found[0].strip()
        start = item.start + found.start() + len(found[0]) - len(found[0].lstrip())
        cells.append([_Part(0, 0, Span(start, start + len(words)))] if words else [])
        if not found[0].endswith("\t"):
            break
    return _Draft(cells)


def _begins_another(source: Source, i: int, edges: Sequence[tuple[int, int]]) -> bool:
    """True where another table's header or a numbered heading stands at place `i`."""
    parts = _parts(source, i)
    if len(parts) == 1:
        numbered = re.match(r"\d{1,2}(?:\.\d{1,2})*\.? [A-ZÅÄÖ]", _words(source, i)) is not None
        return numbered and parts[0].left <= edges[0][0]
    if not _is_header(source, i, parts):
        return False
    names = [folded(source.text[part.span.start : part.span.end]) for part in parts]
    return _heads_goals(names) or 2 * sum(map(is_name, names[1:])) >= len(names)


def _heads_goals(names: Sequence[str]) -> bool:
    """True where names are all such as the columns of a goal's tables have."""
    kind, kinds = kinds_of([folded(name) for name in names])
    return kind != "rows" and None not in kinds


def _stops_short(source: Source, row: _Draft) -> bool:
    """True where a row's label breaks off, so that the line below goes on in it."""
    label = row.cells[0]
    return bool(label) and dangling(source.text[label[-1].span.start : label[-1].span.end])


def _words(source: Source, i: int) -> str:
    item = source.items[i] if i < len(source.items) else None
    return source.text[item.start : item.end] if isinstance(item, Line) else ""


def _parts(source: Source, i: int) -> list[_Part]:
    """The parts of the line at place `i`, none where there is a grid."""
    item = source.items[i] if i < len(source.items) else None
    if not isinstance(item, Line):
        return []
    words = source.text[item.start : item.end]
    begin = item.start - source.text.rfind("\n", 0, item.start) - 1
    cuts = [0, *(at for gap in _GAP.finditer(words) for at in gap.span()), len(words)]
    return [
        _Part(begin + a, begin + b, Span(item.start + a, item.start + b))
        for a, b in zip(cuts[::2], cuts[1::2], strict=True)
    ]


def _is_header(source: Source, i: int, parts: Sequence[_Part]) -> bool:
    """True where a line could be a header: names of columns with wide gaps between them, and none of them a figure."""
    words = _words(source, i)
    if len(_WIDE.findall(words)) < len(parts) - 1 or re.search(r"[.:;!?]$|\.{4}", words):
        return False
    names = [source.text[part.span.start : part.span.end] for part in parts]
    return all(len(name) < 60 and _OF_HEADER.match(name) and not name[0].islower() for name in names)


def _goes_on(source: Source, parts: Sequence[_Part | None]) -> bool:
    """True where a line under a header could be more of its names."""
    first, *others = [source.text[part.span.start : part.span.end] if part else "" for part in parts]
    return any(others) and not first[:1].isupper() and all(_OF_HEADER.match(name) for name in (first, *others))


def _is_figure(source: Source, part: _Part | None) -> bool:
    return part is not None and re.match(r"[-−–+]?\d", source.text[part.span.start : part.span.end]) is not None


def _placed(source: Source, i: int, edges: Sequence[tuple[int, int]]) -> list[_Part | None] | None:
    """The parts of a line under the columns they stand at, None where they stand at none or two at one."""
    words = _words(source, i)
    if not words or FOOTNOTE.match(words) or is_rung(folded(words)):
        return None
    parts = _parts(source, i)
    if len(parts) == len(edges):
        return list(parts)
    placed: list[_Part | None] = [None] * len(edges)
    for part in parts:
        shared = [min(part.right, right) - max(part.left, left) for left, right in edges]
        column = max(range(len(edges)), key=lambda n: shared[n])
        if placed[column] or any(share > 0 for n, share in enumerate(shared) if n != column):
            return None
        placed[column] = part
    return placed


def _may_stand_alone(source: Source, i: int, edges: Sequence[tuple[int, int]], rest: bool) -> bool:
    """True where a line of one part may be a label, its row's figures below it, or the `rest` of one."""
    part = _parts(source, i)[0]
    return part.right < edges[1][0] and (rest or not _words(source, i).endswith((".", "!", "?")))
