"""Tables whose cells an extraction left a line each: the header's names first, then each row's cells one below another.

Such a table is known by its header, most names of which are such as tables have, and by its rows, each of which must
have as many lines as there are names, with figures and times where the names say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from ingest.columns import is_numeric
from ingest.goal_columns import VALUES, kind_of
from ingest.ladder import is_chapter, is_rubric, is_rung
from ingest.said import Said
from ingest.source import Cell, Grid, Line, Row, Source, Span, cell_at
from ingest.sums import column_sum
from ingest.typed_headers import are_common, are_mostly_common
from ingest.typed_words import STARTS
from ingest.values import AMOUNT, TOTAL, UNIT, folded, number_in
from ingest.when import WHEN

_MOST_NAMES, _LONGEST_NAME, _LONGEST_CELL = 7, 40, 110  # columns, and characters
_WRAPS = 3  # lines a cell may have
_FORMS = {
    "figure": re.compile(rf"(?!(?:\S+ ){{4}}\d{{3}})(?:{AMOUNT}{UNIT}|[-–—])\*{{0,2}}", re.IGNORECASE),
    "time": re.compile(rf"{WHEN}(?:(?:,| och) {WHEN})*", re.IGNORECASE),
    "label": re.compile(r"(?=.*[^\W\d_])(?:[A-ZÅÄÖ\d]|varav|därav).*[^.:;]", re.DOTALL),
    "words": re.compile(r"(?=.*[^\W\d_])[^\W_].*[^.:;]|[-–—]", re.DOTALL),
    "any": re.compile(r".*[^.:;]", re.DOTALL),
}
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEARS = re.compile(r"\b20\d\d 20\d\d\b")  # two columns'


def stacked(source: Source, close: bool = False) -> Source:
    """The source with the lines of every table whose cells stand a line each replaced by a grid with its header.

    `close` takes only those whose lines stand together and apart from what follows, which surely hold nothing else.
    """
    lines = _Lines(source, Said(source.text).small, close)
    return source.gridded(lambda _, start: _table(lines, start))


class _Lines:
    def __init__(self, source: Source, small: frozenset[str], close: bool) -> None:
        self.source = source
        self.small = small  # words that the document writes without a capital
        self.close = close  # a table's lines stand together, and apart from what follows
        self._words = [folded(source.text[i.start : i.end]) if isinstance(i, Line) else "" for i in source.items]

    def words(self, at: int) -> str:
        """The words of the line at a place, "" where there is a grid or nothing."""
        return self._words[at] if at < len(self._words) else ""

    def gap(self, at: int) -> int:
        """How many line breaks stand before a line; 1 where a page ends."""
        before, item = self.source.items[at - 1], self.source.items[at]
        between = self.source.text[before.end : item.start] if isinstance(before, Line) else "\n"
        return 1 if between.strip() else between.count("\n")

    def ends(self, at: int, gap: int) -> bool:
        """True where nothing comes after, or a heading of the list of contents, or after a wider gap than `gap`."""
        item = self.source.items[at] if at < len(self.source.items) else None
        return not isinstance(item, Line) or bool(item.listed) or self.gap(at) > gap

    def cell(self, at: int, end: int) -> Cell:
        lines = (line for line in self.source.items[at:end] if isinstance(line, Line))
        return cell_at(self.source.text, (Span(line.start, line.end) for line in lines))

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


def _table(lines: _Lines, start: int) -> tuple[Grid, int] | None:
    """The table whose header begins at a place, and the place after it; None where none does, or a heading stands
    above the header."""
    found = _best(lines, start)
    below = _best(lines, start + 1) if found else None
    if found and below and below[0] > 0.9 * found[0]:
        names = [[cell.text for cell in grid.rows[0].cells] for _, grid, _ in (found, below)]
        if below[2] - 1 >= found[2] or (below[2] == found[2] and names[0][1:] == names[1]):
            return None
    return found[1:] if found else None


def _best(lines: _Lines, start: int) -> tuple[float, Grid, int] | None:
    """The best reading of a table whose header begins at a place, and how good it is."""
    below = list(takewhile(_may_name, (lines.words(start + n) for n in range(_MOST_NAMES))))
    best: tuple[float, Grid, int] | None = None
    for count in range(len(below), 1, -1):
        names = below[:count]
        forms = _forms(names, lines.small, lines.close)
        if forms is None or _are_rows(lines, start + count, count):
            continue
        header = lines.row([(start + n, start + n + 1) for n in range(count)])
        gap = max(lines.gap(start + n) for n in range(1, min(count + 1, len(lines.source.items) - start)))
        rows, end = _rows(lines, start + count, names, forms, gap)
        apart = gap == 1 and count > 2 and lines.ends(end, gap) and end < len(lines.source.items)
        told = len(rows) > 1 and (_tells(rows) or apart)
        told = told and not (lines.close and (gap > 1 or not lines.ends(end, gap)))
        common = are_common(names, lines.small)
        cells = count + sum(bool(cell.text) for row in rows for cell in row.cells)  # few of them wrap
        worth = cells**2 / (end - start) * (_evenness(rows) * sum(common) / count) ** 2 if told else 0.0
        if told and (best is None or worth > best[0]):
            best = worth, Grid((header, *rows), header=1), end
    return best


def _are_rows(lines: _Lines, start: int, count: int) -> bool:
    """True where the lines under a header are rows, each with words or figures that may begin each of its cells."""
    below = [words for n in range(2 * count) if (words := lines.words(start + n))]
    starts = [len(STARTS.findall(words)) * (not words[0].isdigit()) for words in below]
    names = next((n for n, each in enumerate(starts) if each), 0) + count
    if names > 2 and all(each >= names - 1 for each in starts[names - count :][:2]):
        return True
    return 4 * sum(each >= count - 1 for each in starts) > 3 * len(below)


def _tells(rows: Sequence[Row]) -> bool:
    """True where a column holds figures, or times, and nothing else: rows of words alone may be anything, and rows of
    years the end of a header."""
    columns = list(zip(*([cell.text for cell in row.cells] for row in rows), strict=True))
    if any(all(_YEAR.fullmatch(text) for text in texts) for texts in columns[1:]):
        return False
    times = any(all(_fits(text, "time") for text in texts if text) for texts in columns)
    return times or any(all(_fits(text, "figure") for text in texts if text) for texts in columns[1:])


def _evenness(rows: Sequence[Row]) -> float:
    """How alike the cells of each column are: figures, times, words that have a figure, a word, or several."""

    def form(text: str) -> str:
        told = next((form for form in ("figure", "time") if _fits(text, form)), "")
        return told or ("9" if re.search(r"\d", text) else "words" if " " in text else "word")

    counted = [row for row in rows if not TOTAL.match(row.cells[0].text)] or rows
    columns = list(zip(*([form(cell.text) for cell in row.cells] for row in counted), strict=True))
    return sum(max(map(forms.count, forms)) for forms in columns) / len(counted) / len(columns)


def _may_name(words: str) -> bool:
    """True where words could name a table's column by themselves."""
    if (
        not 0 < len(words) <= _LONGEST_NAME
        or not re.match(r"[A-ZÅÄÖ]|20\d\d|(?:var|där)av [a-zåäö]", words)
        or _YEARS.search(words)
    ):
        return False
    return not re.search(r"\d", _YEAR.sub("", re.sub(r"\d{4}-\d\d-\d\d", "", words)))


def _forms(names: Sequence[str], small: frozenset[str], close: bool) -> list[str] | None:
    """How the cells under each name look, None where they are no names of a table's columns, or none of them tells."""
    first = names[0]
    if len(set(names)) < len(names) or not re.match(r"[A-ZÅÄÖ]", first) or re.search(r"[.:;,]$", " ".join(names)):
        return None
    if re.match(r"(?:För|Till|Från|Hur|Med)\b", first):
        return None
    if not are_mostly_common(are_common(names, small)):  # names of places: figures alone tell that it is a table
        return ["label", *["figure"] * (len(names) - 1)] if close and len(names) > 2 else None
    forms = ["label"]
    for name in names[1:]:
        kind = kind_of(name)
        if kind in VALUES or is_numeric(name) or re.fullmatch(r"20\d\d", name):
            forms.append("figure")
        elif kind in ("start", "end"):
            forms.append("time")
        else:
            forms.append("words" if kind else "any")
    return forms


def _rows(lines: _Lines, start: int, names: Sequence[str], forms: Sequence[str], gap: int) -> tuple[list[Row], int]:
    """The rows from a place on, and the place after them.

    Words may stand where the others have a figure or a time ("Mäts ej"), but no sentence, and only before a row that
    has them or before the table's end.
    """
    free = ["any" if form in ("figure", "time") else form for form in forms]
    rows: list[Row] = []
    sure = 0, start  # how many rows end in one that has them, and the place after it
    at = start
    while True:
        if [lines.words(at + n) for n in range(len(names))] == list(names):
            at += len(names)  # a page repeats the header
            continue
        if lines.ends(at, gap):
            return rows, at
        cells = _total(lines, at, rows) or next(_cut(lines, at, forms), None)
        row = lines.row(cells) if cells else None
        strict = row is not None and _alike(row, rows)
        if not strict and (lacking := _lacking(lines, at, forms, gap)):
            rows.append(lacking[0])
            at = lacking[1]
            sure = len(rows), at
            continue
        if not strict and rows and free != forms and len(rows) < sure[0] + 2:
            cells = next(_cut(lines, at, free), None)
            row = lines.row(cells) if cells else None
        elif not strict:
            row = None
        if row is None or cells is None or any(lines.ends(n, gap) for n in range(at + 1, max(e for _, e in cells))):
            prose = len(rows) == sure[0] + 1 and len(lines.words(at)) > _LONGEST_NAME + 20
            return (rows, at) if prose else (rows[: sure[0]], sure[1])
        rows.append(row)
        at = max(end for _, end in cells)
        if strict:
            sure = len(rows), at


def _lacking(lines: _Lines, at: int, forms: Sequence[str], gap: int) -> tuple[Row, int] | None:
    """A row of fewer figures than columns, between others, and the place after it: nothing tells which cell is empty,
    so that it has its label alone."""
    if any(form != "figure" for form in forms[1:]) or lines.ends(at, gap):
        return None
    for count in range(len(forms) - 2, 0, -1):
        cells = next(_cut(lines, at, forms[: count + 1]), None)
        end = cells[-1][1] if cells else at
        if cells and not lines.ends(end, gap) and next(_cut(lines, end, forms), None):
            label, whole = lines.cell(*cells[0]), lines.row(cells)
            return Row((label, *[Cell()] * (len(forms) - 1)), whole.spans), end
    return None


def _alike(row: Row, rows: Sequence[Row]) -> bool:
    """True where a row has figures, or times, in each column that has held nothing else."""
    return len(rows) < 2 or not any(
        cell.text
        and not _fits(cell.text, form)
        and all(_fits(each.cells[n].text, form) for each in rows if each.cells[n].text)
        for n, cell in enumerate(row.cells)
        for form in ("figure", "time")
    )


def _total(lines: _Lines, at: int, rows: Sequence[Row]) -> list[tuple[int, int]] | None:
    """The cells of a sum, which stand under the columns of figures only."""
    if not rows or not TOTAL.match(lines.words(at)):
        return None
    width = len(rows[0].cells)
    figures = [n for n in range(1, width) if all(_fits(row.cells[n].text, "figure") for row in rows)]
    given = [words for n in range(1, width) if (words := lines.words(at + n))]
    given = list(takewhile(lambda words: _fits(words, "figure"), given))
    if len(given) < len(figures):  # what is numbered is not added up
        told = [number_in(words) for words in given]
        figures = [n for n in figures if column_sum(rows, n) in told]
    if not figures or len(given) < len(figures):
        return None
    places = {column: at + 1 + n for n, column in enumerate(figures)}
    return [(at, at + 1), *((p, p + 1) if (p := places.get(n)) else (at, at) for n in range(1, width))]


def _cut(lines: _Lines, at: int, forms: Sequence[str]) -> Iterator[list[tuple[int, int]]]:
    """The ways to read the lines from a place on as a row's cells, those with the fewest lines to a cell first."""
    words = lines.words(at)
    if not words or is_rung(words) or is_rubric(words):
        return
    if is_chapter(words) and not ("figure" in forms and _fits(lines.words(at + 1), "figure")):
        return  # "Övrigt" may be a row too
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
