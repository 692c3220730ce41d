"""Which rows of a plan belong together: those of one table, its total, the parts of a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.plan import TableRow
from retrieval.evidence.lookup import TOTAL, Facts, bare_name, name_of


def table_of(facts: Facts, row: TableRow) -> list[TableRow]:
    """The rows of a row's own table."""
    columns = [cell.column for cell in row.cells]
    return [
        r
        for r in facts.plan.rows
        if r.table == row.table and r.origin.section == row.origin.section and [c.column for c in r.cells] == columns
    ]


def total_of(rows: Iterable[TableRow]) -> TableRow | None:
    """The first total among some rows."""
    return next((row for row in rows if TOTAL.match(row.row)), None)


def wholes(rows: Sequence[TableRow]) -> list[TableRow]:
    """The rows of a table that are no totals and no other row's parts."""
    names = {name_of(row).casefold() for row in rows}
    return [
        row
        for row in rows
        if not TOTAL.match(row.row)
        and not row.row.lower().startswith("varav")
        and not (row.parent and bare_name(row.parent).casefold() in names)
    ]


def leaves(rows: Sequence[TableRow]) -> list[TableRow]:
    """The rows of a table that are no totals and have no parts among the others."""
    over = {bare_name(row.parent).casefold() for row in rows if row.parent}
    return [row for row in rows if not TOTAL.match(row.row) and name_of(row).casefold() not in over]


# What a question calls the rows that others are put together of.
PARTS = re.compile(r"del(?:en|ar|arna)?$|parts?$", re.IGNORECASE)


def is_part(row: TableRow, whole: TableRow) -> bool:
    """True where a row stands under another one."""
    return row.parent is not None and bare_name(row.parent).casefold() == name_of(whole).casefold()


def parts_of(facts: Facts, row: TableRow) -> list[TableRow]:
    """The rows of the table that adds up to a row: its total has the same figures."""
    figures = [cell.number for cell in row.cells if cell.number]
    totals = (r for r in facts.plan.rows if r.table != row.table and TOTAL.match(r.row))
    held = ((total, {cell.number for cell in total.cells}) for total in totals)
    same = (total for total, numbers in held if sum(n in numbers for n in figures) >= max(2, min(3, len(figures))))
    return next((table_of(facts, total) for total in same), [])
