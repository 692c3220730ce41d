"""Tables that an extraction left with a tab between cells; a cell may be broken over lines, and empty ones lost."""

from __future__ import annotations

import re

from ingest.columns import dangling, is_name
from ingest.grids import FOOTNOTE
from ingest.ladder import is_rung
from ingest.laid_out import OF_HEADER, Draft, Part, gap, heads_goals, words_at
from ingest.source import Grid, Source, Span
from ingest.values import PART, folded

_OF_LABELS = re.compile(r"\W?(?:[A-ZÅÄÖ]|(?:mnkr|tkr|mkr|kr)\b|20\d\d\b)")


def tabbed(source: Source) -> Source:
    """The source with the lines of every table set with tabs replaced by a grid whose first row is the header."""
    return source.gridded(_table)


def _table(source: Source, i: int) -> tuple[Grid, int] | None:
    """The table whose header begins at place `i`, and the place after its rows; None where there is none."""
    width = len(_cells(source, i))
    if width < 2:
        return None
    below = [len(_cells(source, i + n)) for n in (1, 2)]
    if width < below[1] == width + below[0] - 1:
        width = below[1]  # the header is broken
    if gap(source, i) == 1 and len(_cells(source, i - 1)) == width and not _is_header(source, i):
        return None  # in the middle of a list
    header, first = _row(source, i, width)
    names = [" ".join(part.words for part in cell) for cell in header.cells]
    if not all(names[1:]) or not all(OF_HEADER.match(name) and len(name) < 60 for name in names):
        return None
    if not (_OF_LABELS.match(names[0]) or (width > 2 and not names[0])):
        return None  # an item of a list, or words set in
    near = max(1, min(gap(source, first), gap(source, first + 1)))
    rows: list[Draft] = []
    at = first
    while at < len(source.items):
        if folded(words_at(source, at)) == folded(words_at(source, i)) and not (rows and rows[-1].open):
            at += first - i
            continue
        row, end = _row(source, at, width)
        size = sum(len(_cells(source, n)) - 1 for n in range(at, end)) + 1
        if size > width or not row.cells[0] or (size < width and gap(source, at) > near):
            break
        if size > 1 and _is_header(source, at):
            break
        words = words_at(source, at)
        if size == 1 and (
            FOOTNOTE.match(words)
            or is_rung(folded(words))
            or len(words) > 90
            or _row(source, end, width)[0].open
            or gap(source, end) > near
        ):
            break
        rows.append(row)
        at = end
    while rows and rows[-1].open:
        at -= sum(map(len, rows.pop().cells))
    if not rows:
        return None
    return Grid((header.row(source.text), *(row.row(source.text) for row in rows)), header=1), at


def _is_header(source: Source, i: int) -> bool:
    """True where the cells at place `i` are such as columns are called."""
    names = [" ".join(part.words for part in cell) for cell in _cells(source, i)]
    return heads_goals(names) or 2 * sum(map(is_name, names[1:])) >= len(names)


def _row(source: Source, i: int, width: int) -> tuple[Draft, int]:
    """The cells of the row that begins at place `i`, and the place after it."""
    cells, end = _cells(source, i), i + 1
    while (more := _cells(source, end)) and len(cells) + len(more) - 1 <= width and _is_broken(source, end):
        cells[-1] += more[0]
        cells += more[1:]
        end += 1
    return Draft(cells + [[] for _ in range(width - len(cells))]), end


def _is_broken(source: Source, i: int) -> bool:
    """True where the line at place `i` goes on in the cell that ends the line above."""
    if gap(source, i) > 1:
        return False
    above, words = _raw(source, i - 1), words_at(source, i)
    last = above.rsplit("\t", 1)[-1]
    if not re.search(r"\w", last) or PART.match(words):
        return False
    return last.endswith(" ") or words[0].islower() or dangling(last)


def _cells(source: Source, i: int) -> list[list[Part]]:
    """The cells between the tabs of the line at place `i`, none where there is a grid or nothing."""
    if not words_at(source, i):
        return []
    start = source.text.rfind("\n", 0, source.items[i].start) + 1
    cells: list[list[Part]] = []
    for found in re.finditer(r"[^\t]*(?:\t|$)", _raw(source, i)):
        words = found[0].strip()
        at = start + found.start() + len(found[0]) - len(found[0].lstrip())
        cells.append([Part(0, 0, Span(at, at + len(words)), words)] if words else [])
        if not found[0].endswith("\t"):
            break
    return cells


def _raw(source: Source, i: int) -> str:
    """The whole line at place `i`, with the tabs and blanks at its ends."""
    at = source.items[i].start
    end = source.text.find("\n", at)
    return source.text[source.text.rfind("\n", 0, at) + 1 : end if end >= 0 else None]
