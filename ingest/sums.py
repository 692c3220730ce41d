"""A printed sum settles what flattened words leave open: whose a figure between a label and its amount is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.source import Cell, Grid, Row, Span
from ingest.values import PART, TOTAL, number_in

# Words that a number follows: streets and other names, and what comes in several.
_NUMBERED = re.compile(
    r"\w(?:gatan|vägen|stigen|gränden?|torget?|backen|allén|plan)$|(?:\s[A-ZÅÄÖ][\w-]*|\b(?:nr|[Ee]tapp|[Hh]us|[Ss]kede))$"
)
_LEADING = re.compile(r"\d{1,3}(?= \d{3}(?: \d{3})*$)")  # "9" of "9 750"
_TRAILING = re.compile(r"(?<=[^\W\d_] )\d{1,3}$")  # "9" of "Kajgatan 9"


def summed(grid: Grid, text: str) -> Grid:
    """The grid with a figure moved between a label and the amount after it where the printed sum comes out only so.

    "Kajgatan 9 750" is 9 750 for Kajgatan or 750 for Kajgatan 9. One row may be wrong, and one choice must do.
    """
    *rows, last = grid.rows
    if not TOTAL.match(last.cells[0].text):
        return grid
    counted = [n for n in range(grid.header, len(rows)) if not PART.match(rows[n].cells[0].text)]
    for column in range(1, len(last.cells)):
        wanted = _amount(last, column)
        if wanted is None or any(re.search(r"\d,\d", rows[n].cells[column].text) for n in counted):
            continue
        off = wanted - column_sum((rows[n] for n in counted), column)
        others = [(n, other) for n in counted if off for other in _otherwise(rows[n], column, text)]
        right = [(n, other) for n, other in others if _change(rows[n], other, column) == off]
        if len(right) == 1:
            n, other = right[0]
            return replace(grid, rows=(*rows[:n], other, *rows[n + 1 :], last))
    return grid


def column_sum(rows: Iterable[Row], column: int) -> Decimal:
    """The sum of a column's figures, those that it has."""
    return sum((_amount(row, column) or Decimal(0) for row in rows), Decimal(0))


def _amount(row: Row, column: int) -> Decimal | None:
    return number_in(row.cells[column].text)


def _change(before: Row, after: Row, column: int) -> Decimal:
    return (_amount(after, column) or Decimal(0)) - (_amount(before, column) or Decimal(0))


def _otherwise(row: Row, column: int, text: str) -> Sequence[Row]:
    """The row read otherwise: a figure moved from the amount to the words before it, or from them to the amount."""
    words, amount = row.cells[column - 1], row.cells[column]
    if not words.spans or not amount.spans:
        return []
    last, first = words.spans[-1], amount.spans[0]
    if text[last.end : first.start].strip():
        return []
    figure, found = _LEADING.match(amount.text), []
    if figure and _NUMBERED.search(words.text):
        cut = first.start + figure.end()
        moved = Cell(f"{words.text} {figure[0]}", (*words.spans[:-1], *_joined(text, last, Span(first.start, cut))))
        rest = Span(cut + 1, first.end)
        found.append((moved, Cell(amount.text[figure.end() + 1 :], (rest, *amount.spans[1:]))))
    figure = _TRAILING.search(words.text)
    if figure and re.match(r"\d{3}(?: \d{3})*$", amount.text):
        cut = last.end - len(figure[0])
        kept = Span(last.start, last.start + len(text[last.start : cut].rstrip()))
        moved = Cell(f"{figure[0]} {amount.text}", (*_joined(text, Span(cut, last.end), first), *amount.spans[1:]))
        found.append((Cell(words.text[: figure.start()].rstrip(), (*words.spans[:-1], kept)), moved))
    cells = row.cells
    return [replace(row, cells=(*cells[: column - 1], *pair, *cells[column + 1 :])) for pair in found]


def _joined(text: str, one: Span, other: Span) -> tuple[Span, ...]:
    """Two spans as one where they stand on the same line."""
    return (one, other) if "\n" in text[one.end : other.start] else (Span(one.start, other.end),)
