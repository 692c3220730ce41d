"""Tables whose cells an extraction left a line each: the header's names first, then each row's cells one below another.

Such a table is known by its header, most names of which are such as tables have, and by its rows, each of which must
have as many lines as there are names, with figures and times where the names say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.columns import is_numeric
from ingest.goal_columns import VALUES, kind_of
from ingest.outline import is_chapter, is_rubric, is_rung
from ingest.source import Cell, Grid, Line, Row, Source, Span
from ingest.typed_rows import is_noun
from ingest.values import AMOUNT, UNIT, folded, mended
from ingest.when import WHEN

_MOST_NAMES, _LONGEST_NAME, _LONGEST_CELL = 7, 40, 110  # columns, and characters
_WRAPS = 3  # lines a cell may have
_FORMS = {
    "figure": re.compile(rf"(?:{AMOUNT}{UNIT}|[-–—])\*{{0,2}}", re.IGNORECASE),
    "time": re.compile(WHEN, re.IGNORECASE),
    "label": re.compile(r"(?=.*[^\W\d_])[A-ZÅÄÖ\d].*[^.:;]", re.DOTALL),
    "words": re.compile(r"(?=.*[^\W\d_])[^\W_].*[^.:;]|[-–—]", re.DOTALL),
    "any": re.compile(r".*[^.:;]", re.DOTALL),
}
_TOTAL = re.compile(r"(?:Summa|Totalt?)\b")


def stacked(source: Source) -> Source:
    """The source with the lines of every table whose cells stand a line each replaced by a grid with its header."""
    return source.gridded(_table)


@dataclass(frozen=True, slots=True)
class _Lines:
    source: Source

    def words(self, at: int) -> str:
        """The words of the line at a place, "" where there is a grid or nothing."""
        item = self.source.items[at] if at < len(self.source.items) else None
        return folded(self.source.text[item.start : item.end]) if isinstance(item, Line) else ""

    def cell(self, at: int, end: int) -> Cell:
        spans = [Span(line.start, line.end) for line in self.source.items[at:end] if isinstance(line, Line)]
        return Cell(mended("\n".join(self.source.text[span.start : span.end] for span in spans)), tuple(spans))

    def row(self, cells: Sequence[tuple[int, int]]) -> Row:
        """The cells from places to places as a row, which stands in one piece but for what was taken out between."""
        made = tuple(self.cell(*places) for places in cells)
        spans: list[Span] = []
        for span in (span for cell in made for span in cell.spans):
            if spans and not self.source.text[spans[-1].end : span.start].strip():
                spans[-1] = Span(spans[-1].start, span.end)
            else:
                spans.append(span)
        return Row(made, tuple(spans))


def _table(source: Source, start: int) -> tuple[Grid, int] | None:
    """The table whose header begins at a place, and the place after it; None where none does."""
    lines = _Lines(source)
    below = [lines.words(start + n) for n in range(_MOST_NAMES)]
    best: tuple[Grid, int] | None = None
    for count in range(_MOST_NAMES, 1, -1):
        names = below[:count]
        forms = _forms(names)
        if forms is None:
            continue
        header = lines.row([(start + n, start + n + 1) for n in range(count)])
        rows, end = _rows(lines, start + count, names, forms)
        if len(rows) > 1 and _tells(rows) and (best is None or end > best[1]):
            best = Grid((header, *rows), header=1), end
    return best


def _tells(rows: Sequence[Row]) -> bool:
    """True where a column holds figures, or times, and nothing else: rows of words alone may be anything."""
    columns = list(zip(*([cell.text for cell in row.cells[1:]] for row in rows), strict=True))
    return any(all(_fits(text, form) for text in texts if text) for texts in columns for form in ("figure", "time"))


def _forms(names: Sequence[str]) -> list[str] | None:
    """How the cells under each name look, None where one is no name of a table's column, or none of them tells."""
    first = names[0]
    if not all(0 < len(name) <= _LONGEST_NAME and re.match(r"[A-ZÅÄÖ]|20\d\d", name) for name in names):
        return None
    if len(set(names)) < len(names) or re.match(r"20\d\d", first) or re.search(r"[.:;,]$", " ".join(names)):
        return None
    if not (is_noun(first) or kind_of(first) in ("indicator", "activity")):
        return None
    forms = ["label"]
    for name in names[1:]:
        kind = kind_of(name)
        if kind in VALUES or is_numeric(name) or re.fullmatch(r"20\d\d", name):
            forms.append("figure")
        elif kind in ("start", "end"):
            forms.append("time")
        else:
            forms.append("words" if kind else "any")
    known = sum(form != "any" or is_noun(name) for name, form in zip(names, forms, strict=True))
    return forms if 2 * known >= len(names) else None


def _rows(lines: _Lines, start: int, names: Sequence[str], forms: Sequence[str]) -> tuple[list[Row], int]:
    """The rows from a place on, and the place after them."""
    rows: list[Row] = []
    at = start
    while True:
        if [lines.words(at + n) for n in range(len(names))] == list(names):
            at += len(names)  # a page repeats the header
            continue
        cells = _total(lines, at, rows) or next(_cut(lines, at, forms), None)
        row = lines.row(cells) if cells else None
        if row is None or cells is None or not _alike(row, rows):
            return rows, at
        rows.append(row)
        at = max(end for _, end in cells)


def _alike(row: Row, rows: Sequence[Row]) -> bool:
    """True where a row has figures, or times, in each column that has held nothing else."""
    return len(rows) < 2 or not any(
        cell.text and not _fits(cell.text, form) and all(_fits(each.cells[n].text, form) for each in rows)
        for n, cell in enumerate(row.cells)
        for form in ("figure", "time")
    )


def _total(lines: _Lines, at: int, rows: Sequence[Row]) -> list[tuple[int, int]] | None:
    """The cells of a sum, which stand under the columns of figures only."""
    if not rows or not _TOTAL.match(lines.words(at)):
        return None
    width = len(rows[0].cells)
    figures = [n for n in range(1, width) if all(_fits(row.cells[n].text, "figure") for row in rows)]
    if not figures or not all(_fits(lines.words(at + 1 + n), "figure") for n in range(len(figures))):
        return None
    places = {column: at + 1 + n for n, column in enumerate(figures)}
    return [(at, at + 1), *((p, p + 1) if (p := places.get(n)) else (at, at) for n in range(1, width))]


def _cut(lines: _Lines, at: int, forms: Sequence[str]) -> Iterator[list[tuple[int, int]]]:
    """The ways to read the lines from a place on as a row's cells, those with the fewest lines to a cell first."""
    words = lines.words(at)
    if not words or is_rung(words) or is_rubric(words) or is_chapter(words):
        return
    for size in range(1, _WRAPS + 1):
        inside = [lines.words(at + n) for n in range(size)]
        if not all(inside) or any(not (b[:1].islower() or a.endswith((",", "-", "/"))) for a, b in pairwise(inside)):
            return
        joined = " ".join(inside)
        if len(joined) > _LONGEST_CELL or not _fits(joined, forms[0]):
            continue
        if len(forms) == 1:
            yield [(at, at + size)]
            continue
        for rest in _cut(lines, at + size, forms[1:]):
            yield [(at, at + size), *rest]


def _fits(words: str, form: str) -> bool:
    return _FORMS[form].fullmatch(words) is not None
