"""Budget figures as bars to compare, where those of an answer can be compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.plan import TableCell, TableRow

_GROSS = re.compile(r"kostnad|intäkt|utgift|inkomst|förändring|procent|%", re.IGNORECASE)
_MOST = 12  # bars: more are better read in a table


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure: what it is of, as written, and where its bar begins and how long it is, in percent of the width."""

    label: str
    written: str
    start: float
    length: float
    first: bool  # what is asked about, before what it is compared with


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of one unit."""

    unit: str
    bars: tuple[Bar, ...]

    @property
    def words(self) -> str:
        """The chart read out."""
        return "; ".join(f"{bar.label}: {bar.written} {self.unit}".strip() for bar in self.bars)


def chart_of(cited: Sequence[tuple[TableRow, str | None]]) -> Chart | None:
    """The figures of an answer's budget rows, each with the column it cites; None where they are not alike.

    Of one row it is the years that are compared, of several rows of a table the same column, and of rows that share a
    name, such as one in two plans, the column that each cites.
    """
    found = list({row.origin: (row, column) for row, column in cited if row.kind == "budget"}.values())
    if len(found) == 1:
        row = found[0][0]
        return _chart([(cell.column, cell) for cell in row.cells if cell.year and not _GROSS.search(cell.column)])
    names, tables = {row.row for row, _ in found}, {(row.table, column) for row, column in found}
    if len(names) != 1 and len(tables) != 1:
        return None
    cells = [(row, cell) for row, column in found for cell in row.cells if cell.column == column]
    return _chart([(cell.column if len(names) == 1 else row.row, cell) for row, cell in cells])


def _chart(figures: Sequence[tuple[str, TableCell]]) -> Chart | None:
    known = [(label, cell, cell.number) for label, cell in figures if cell.number is not None and cell.written]
    units = {cell.unit for _, cell, _ in known}
    if not 2 <= len(known) <= _MOST or len(units) != 1:
        return None
    low = min(Decimal(0), *(number for _, _, number in known))
    high = max(Decimal(0), *(number for _, _, number in known))
    if low == high:
        return None

    def percent(number: Decimal) -> float:
        return round(float((number - low) / (high - low) * 100), 2)

    bars = []
    for n, (label, cell, number) in enumerate(known):
        start, end = sorted((percent(Decimal(0)), percent(number)))
        bars.append(Bar(label, cell.written or "", start, round(end - start, 2), n == 0))
    return Chart(units.pop() or "", tuple(bars))
