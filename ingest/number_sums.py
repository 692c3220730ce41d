"""Rows whose numbers can be placed in more ways than one: the printed sums tell which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from ingest.number_cells import OFF, Extents
from ingest.row_readings import RowReading
from ingest.source import Cell, Row
from ingest.values import PART, folded, number_in

_MOST_SUMS = 20_000  # that are kept track of


def decided(source: str, read: Sequence[RowReading], width: int) -> list[Row]:
    """The rows with their numbers placed in `width` columns. Where places are open, the printed sum of each column
    decides; where it can't, the cells stay empty, to be reported rather than guessed."""
    chosen = [row.options[0] if row.whole else None for row in read]
    total = next((n for n in range(len(read) - 1, -1, -1) if read[n].is_total and chosen[n]), None)
    if total is not None and not all(row.whole for row in read[:total]):
        for n, option in _proven(read[: total + 1]).items():
            chosen[n] = read[n].options[option]
    if read[-1].is_total and not chosen[-1] and all(chosen[:-1]):
        chosen[-1] = _summing(read)
    _settle(read, chosen)
    rows = []
    for row, extents in zip(read, chosen, strict=True):
        joined = row.joined
        label = joined.cell(source, 0, len(joined.text) if row.label_end is None else row.label_end)
        if row.more:
            rest = joined.cell(source, *row.more)
            label = Cell(f"{label.text} {rest.text}", label.spans + rest.spans)
        places = extents or (None,) * width
        cells = [joined.cell(source, *extent) if extent else Cell() for extent in places]
        rows.append(Row((label, *cells), joined.spans()))
    return rows


def _settle(read: Sequence[RowReading], chosen: list[Extents | None]) -> None:
    """Chooses among the less likely ways to place the numbers where a printed sum comes out by just one of them: first
    for the sum itself, then for the rows above it."""
    first = 0
    for n in [n for n, row in enumerate(read) if row.is_total]:
        rows = [m for m in range(first, n) if not read[m].is_part and read[m].label_end is not None]
        first = n + 1
        total = chosen[n]
        if len(rows) < 2 or (total and all(chosen[m] for m in rows) and _adds_up(read, chosen, rows, n, total)):
            continue
        if all(chosen[m] for m in rows):
            right = [cells for cells in read[n].others if _adds_up(read, chosen, rows, n, cells)]
            if len(right) == 1:
                chosen[n] = right[0]
                continue
        if total is None or not any(total):
            continue  # a sum without figures tells nothing
        filled = [column for column, cell in enumerate(total) if cell]
        ways = {m: (*read[m].options, *read[m].others) for m in rows}
        values = {m: [tuple(_values(read[m], cells)[c] for c in filled) for cells in ways[m]] for m in rows}
        found = _ways(values, tuple(_values(read[n], total)[c] for c in filled))
        if len(found) == 1:
            for m, option in found[0].items():
                chosen[m] = ways[m][option]


def _adds_up(
    read: Sequence[RowReading], chosen: Sequence[Extents | None], rows: Sequence[int], n: int, total: Extents
) -> bool:
    """True where what rows have in each column that a sum has a figure in add up to it."""
    values = [_values(read[m], cells) for m in rows if (cells := chosen[m])]
    wanted = _values(read[n], total)
    return all(
        abs(sum(row[column] for row in values) - wanted[column]) <= OFF for column, cell in enumerate(total) if cell
    )


def _summing(read: Sequence[RowReading]) -> Extents | None:
    """The one way to place a sum's numbers by which each is that of its column; None where there is none or another."""
    *rows, last = read
    counted = [row for row in rows if not row.is_part]
    sums = [sum(column) for column in zip(*(_values(row, row.options[0]) for row in counted), strict=True)]
    right = [
        cells
        for cells in last.options
        if all(not cell or abs(a - b) <= OFF for cell, a, b in zip(cells, _values(last, cells), sums, strict=True))
    ]
    return right[0] if len(right) == 1 else None


def _proven(read: Sequence[RowReading]) -> dict[int, int]:
    """The rows whose option is the only one by which the columns add up to the last row, and that option.

    Rows that begin with "varav" are parts and not counted; after a row that ends in "varav:" as many rows are its parts
    as make the sum come out, and they have to add up to it to be decided.
    """
    *rows, last = read
    values = [[_values(row, option) for option in row.options] for row in rows]
    wanted = _values(last, last.options[0])
    labels = [folded(row.joined.text[: row.label_end]).lower() for row in rows]
    counted = [n for n, label in enumerate(labels) if not PART.match(label)]
    whole = next((n for n, label in enumerate(labels) if label.endswith(("varav:", "därav:"))), None)
    if any(not read[n].whole for n in range(len(rows)) if n not in counted):
        return {}
    found: list[dict[int, int]] = []
    for parts in range(1, len(rows) - whole) if whole is not None else (0,):
        inside = [] if whole is None else list(range(whole + 1, whole + 1 + parts))
        tops = _ways({n: values[n] for n in counted if n not in inside}, wanted)
        subs = _ways({n: values[n] for n in inside}, values[whole][0], may_lack=True) if whole is not None else []
        found += [{**top, **sub} for top in tops for sub in subs or [{}]]
    return found[0] if len(found) == 1 else {}


def _ways(
    rows: Mapping[int, Sequence[tuple[Decimal, ...]]], wanted: tuple[Decimal, ...], may_lack: bool = False
) -> list[dict[int, int]]:
    """The choices of one option a row, no more than two of them, that add up to the wanted sums column by column.

    A column that no row fills adds up to nothing, which will do where it `may_lack`.
    """
    sums: dict[tuple[Decimal, ...], list[dict[int, int]]] = {(Decimal(0),) * len(wanted): [{}]}
    for n, options in rows.items():
        after: dict[tuple[Decimal, ...], list[dict[int, int]]] = {}
        for before, ways in sums.items():
            for choice, amounts in enumerate(options):
                summed = tuple(a + b for a, b in zip(before, amounts, strict=True))
                if min(amounts) >= 0 and any(a > b + OFF for a, b in zip(summed, wanted, strict=True)):
                    continue  # sums of amounts only grow
                known = after.setdefault(summed, [])
                known += [{**way, n: choice} for way in ways[: 2 - len(known)]]
        if len(after) > _MOST_SUMS:
            return []
        sums = after
    return [
        way
        for summed, ways in sums.items()
        if all(abs(a - b) <= OFF or (may_lack and not a) for a, b in zip(summed, wanted, strict=True))
        for way in ways
    ][:2]


def _values(row: RowReading, cells: Extents) -> tuple[Decimal, ...]:
    """The amounts of a reading, 0 for an empty cell."""
    return tuple((number_in(row.joined.text[slice(*cell)]) if cell else None) or Decimal(0) for cell in cells)
