"""Rows into CSV and Excel files: numbers and dates as such, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

_RUNS = ("=", "+", "-", "@", "\t", "\r")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Sheet(NamedTuple):
    """A table by name: its columns, and rows that map columns to values (a missing one is empty)."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Mapping[str, object]]


def write_csv(path: Path, sheet: Sheet) -> int:
    """Write a table as CSV (RFC 4180, UTF-8); returns how many rows."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(sheet.columns)
        for row in sheet.rows:
            writer.writerow([safe(row.get(column)) for column in sheet.columns])
            count += 1
    return count


def write_xlsx(path: Path, sheets: Iterable[Sheet]) -> int:
    """Write tables as sheets of an Excel file, headings frozen; returns how many rows in all."""
    import openpyxl

    library: Any = openpyxl  # it has no types
    book, count = library.Workbook(write_only=True), 0
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        page.freeze_panes = "A2"
        page.append(list(sheet.columns))
        for row in sheet.rows:
            page.append([_printable(safe(row.get(column))) for column in sheet.columns])
            count += 1
    book.save(path)
    return count


def safe(value: object) -> object:
    """A cell's value; text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_RUNS) else value


def _printable(value: object) -> object:
    """Excel's files can't hold control characters, nor more than 32,767 characters in a cell."""
    return _NOT_XML.sub("", value)[:32767] if isinstance(value, str) else value
