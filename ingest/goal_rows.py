"""Lines to the tables that belong to a goal: indicators with their targets, and activities with their dates.

A table is known by its header, every word of which names a column, and a row by the forms of its cells. Tables tell of
one another who answers for something, and how wide their columns are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.beside import Wrapped, shared
from ingest.goal_cells import Found, RowForm
from ingest.goal_lines import Lines, is_list_title, table_at
from ingest.goal_lists import activity_list
from ingest.goal_reading import Reading
from ingest.goal_undated import parted, undated
from ingest.source import Cell, Grid, Line, Row, Source, Span


def goal_tables(source: Source) -> Source:
    """The source with the lines of every table of indicators or activities replaced by a grid."""
    lines = Lines(source)
    items: list[Line | Grid | _Read] = []
    i = 0
    while i < len(lines.items):
        item = lines.items[i]
        if isinstance(item, Grid):
            items.append(item)
            i += 1
            continue
        if is_list_title(item.words) and (listed := activity_list(lines, i + 1)):
            grid, i = listed
            items += [*item.lines, grid]
            continue
        table = table_at(lines, i)
        reading = Reading(lines, table) if table else None
        if table and reading and (found := reading.rows()):
            rows, end = found
            more = undated(reading.form, rows, end)
            items.append(_Read(reading.form, rows + more, lines.joined(i, table.start).spans()))
            i = more[-1].after if more else end
        else:
            items.extend(item.lines)
            i += 1
    grids = iter(_grids(lines, [item for item in items if isinstance(item, _Read)]))
    return replace(source, items=tuple(next(grids) if isinstance(item, _Read) else item for item in items))


@dataclass(frozen=True, slots=True)
class _Read:
    """A table's rows as they were found, and where its header stands."""

    form: RowForm
    found: list[Found]
    header: tuple[Span, ...]


def _grids(lines: Lines, tables: Sequence[_Read]) -> list[Grid]:
    """The tables' grids. Who answers for something, and how wide the columns are, tables tell of one another."""
    widths: Counter[tuple[str, ...]] = Counter()  # how long the lines of the first column get
    for read in tables:
        names = [span.end - span.start for each in read.found for span in each.row.cells[0].spans]
        widths[read.form.table.names] = max([widths[read.form.table.names], *names])
    for read in tables:
        width = widths[read.form.table.names]
        read.found[:] = [row for each in read.found for row in parted(read.form, each, width)]
    known: Counter[str] = Counter()
    for sure in (True, False):
        told = set(known)
        who = [read.form.who(each, told, sure)[1].text for read in tables for each in read.found]
        known = Counter(filter(None, who))
    wrapped: dict[tuple[str, ...], list[Wrapped]] = {}
    for read in tables:
        wrapped.setdefault(read.form.table.names, []).extend(_wrapped(read.form, each, known) for each in read.found)
    rows = {names: iter(shared(each, lines.said)) for names, each in wrapped.items()}
    grids = []
    for read in tables:
        table = read.form.table
        header = Row(tuple(Cell(name) for name in table.names), read.header)
        body = (Row(next(rows[table.names]), each.row.spans) for each in read.found)
        grids.append(Grid((header, *body), header=1))
    return grids


def _wrapped(form: RowForm, found: Found, known: Mapping[str, int]) -> Wrapped:
    """A row, its first cell divided into the text and who answers for it where that column comes next; `known`
    tells how many rows somebody surely answers for."""
    _, own = form.who(found, known, False)
    others = {who: count - (who == own.text) for who, count in known.items()}
    name, who = form.who(found, {who for who, count in others.items() if count > 0}, False)
    cells = found.row.cells[1:]
    return Wrapped(name, (who, *cells[1:]) if who.text else cells, form.table.kinds[1:], found.rest)
