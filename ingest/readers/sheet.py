"""Workbooks and delimited text: each sheet a heading and its tables, a row a line of its cells from left to right."""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import openpyxl

from ingest.readers.cell_format import written_as_shown
from ingest.readers.files import Package, check_declarations, file_bytes, office_properties, unreadable
from ingest.readers.stored import StoredText, TooLargeError, cell_words
from ingest.readers.text import text_of
from ingest.source import Source

MAX_ROWS = 1_048_576  # Excel's own limit
MAX_SCANNED = 5_000_000  # cells looked at, empty ones too
_DELIMITERS = ";\t,|"
_SAMPLE = 100_000  # characters that tell the delimiter
_LONGEST_TITLE = 100  # characters; a longer lone row is a note
_NUMBER = re.compile(r"[-−+]?\d[\d \u00a0\u202f]*(?:[.,]\d+)?(?: ?%)?$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_UNCALCULATED = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_HIDDEN = re.compile(rb"""<(?:row|col)\s[^>]*\shidden=["'](?:1|true)["']""")
_LONGEST_CELL = 50  # lines; a longer one is a quotation mark that was never closed


class _Value(NamedTuple):
    """A cell: its words as the sheet shows them, whether they are a number, whether they are bold."""

    words: str = ""
    number: bool = False
    bold: bool = False


_EMPTY = _Value()
_Rows = list[list[_Value]]


def read_sheet(path: Path) -> Source:
    """A workbook (.xlsx, .xlsm) or delimited text (.csv, .tsv) as a source; formulas by their stored values."""
    return _workbook(path) if file_bytes(path, 2) == b"PK" else _delimited(path)


def _workbook(path: Path) -> Source:
    stored = StoredText()
    with Package(path) as package:
        properties = office_properties(package)
        uncalculated = hidden = 0
        for name in sorted(package.names):
            if "/media/" in name or name.endswith("/"):
                continue
            part = package.read(name)
            if part[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:1] == b"<":
                check_declarations(part, path)
            if "/worksheets/" in name:
                uncalculated += len(_UNCALCULATED.findall(part))
                hidden += _HIDDEN.search(part) is not None
    notes = []
    if uncalculated:
        notes.append(f"Formulas without a stored value: {uncalculated}. Open the workbook in Excel and save it.")
    if hidden:
        notes.append("Hidden rows and columns were read as well.")
    with warnings.catch_warnings(), path.open("rb") as file:
        warnings.simplefilter("ignore")  # openpyxl tells of extensions that don't matter for reading
        try:
            notes += _sheets(file, stored)
        except (TooLargeError, MemoryError, RecursionError):
            raise
        except Exception:  # openpyxl meets a broken workbook with whatever error its parts raise
            raise unreadable(path, "is a workbook that can't be read", "open it in Excel and save it anew") from None
    return stored.source(properties, notes, paged=False)


def _sheets(file: BinaryIO, stored: StoredText) -> list[str]:
    """Store every sheet that is shown; what is said of the others."""
    notes = []
    book: Any = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)  # type: ignore[attr-defined, no-untyped-call]
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                notes.append(f"The hidden sheet “{cell_words(sheet.title)}” was not read.")
                continue
            rows = list(_shown(sheet))
            if any(value.words for row in rows for value in row):
                stored.line(sheet.title, level=1)
                _store(stored, rows, named_columns=False)
    finally:
        book.close()
    return notes


def _shown(sheet: Any) -> Iterator[list[_Value]]:
    """A sheet's rows as it shows them."""
    sheet.reset_dimensions()  # what a sheet says of its extent is often wrong
    scanned = 0
    for n, row in enumerate(sheet.iter_rows()):
        scanned += len(row)
        if n >= MAX_ROWS or scanned > MAX_SCANNED:
            raise TooLargeError
        yield [_value(cell) for cell in row]


def _value(cell: Any) -> _Value:
    if cell.value is None:
        return _EMPTY
    words = cell_words(written_as_shown(cell.value, cell.number_format))
    if not isinstance(cell.value, str):
        return _Value(words, number=not isinstance(cell.value, bool))
    return _Value(words, bool(_NUMBER.match(words)), bool(cell.font and cell.font.b))


def _delimited(path: Path) -> Source:
    text, notes = text_of(file_bytes(path), path)
    text = text.replace("\f", "\n").lstrip("\ufeff")
    delimiters = "\t" + _DELIMITERS if path.suffix.lower() == ".tsv" else _DELIMITERS
    if named := re.match(r"sep=(.)\n", text):  # what Excel writes to tell its delimiter
        text, delimiters = text[named.end() :], named[1]
    rows = _split(text, _delimiter(text, delimiters))
    stored = StoredText()
    _store(stored, [[_Value(words, bool(_NUMBER.match(words))) for words in row] for row in rows], named_columns=True)
    return stored.source(notes=notes, paged=False)


def _delimiter(text: str, delimiters: str) -> str:
    """The delimiter that gives the first lines the most even rows; the first of them wins a tie."""
    sample = text if len(text) <= _SAMPLE else text[: text.rfind("\n", 0, _SAMPLE) + 1] or text[:_SAMPLE]

    def evenness(delimiter: str) -> float:
        rows = _split(sample, delimiter)
        widths = Counter(len(row) for row in rows if len(row) > 1)
        return max(widths.values(), default=0) / max(sum(1 for row in rows if any(row)), 1)

    return max(dict.fromkeys(delimiters), key=evenness)


def _split(text: str, delimiter: str) -> list[list[str]]:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        unclosed = any(cell.count("\n") > _LONGEST_CELL for row in rows for cell in row)
    except csv.Error:  # a cell above the module's limit
        unclosed = True
    if unclosed:
        rows = [line.split(delimiter) for line in text.split("\n")]
    return [[cell_words(cell) for cell in row] for row in rows]


def _store(stored: StoredText, rows: _Rows, *, named_columns: bool) -> None:
    """Store rows as lines and tables: blank rows part them, lone rows of words are titles and notes."""
    blocks = list(_blocks(rows))
    for n, block in enumerate(blocks):
        titles, table, remarks = _parts(block)
        if table:
            width = range(max(map(len, table)))
            used = [c for c in width if any(c < len(row) and row[c].words for row in table)]
            compact = [[row[c] if c < len(row) else _EMPTY for c in used] for row in table]
            caption = " ".join(titles)
            for title in titles:
                stored.words(title)
            stored.grid(
                [[value.words for value in row] for row in compact], _header_rows(compact, named_columns), caption
            )
            titles = []
        before_table = n + 1 < len(blocks) and bool(_parts(blocks[n + 1])[1])
        for words in titles:
            is_title = len(titles) == 1 and before_table and len(words) <= _LONGEST_TITLE and not words.endswith(".")
            stored.line(words, level=2 if is_title else None)
        for words in remarks:
            stored.line(words)


def _blocks(rows: Iterable[list[_Value]]) -> Iterator[_Rows]:
    block: _Rows = []
    for row in rows:
        if any(value.words for value in row):
            block.append(row)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _parts(block: _Rows) -> tuple[list[str], _Rows, list[str]]:
    """The lone rows of words over a table, the table, and those under it; no table when no row has two cells."""
    left = min(_first(row) for row in block)

    def lone(row: list[_Value]) -> str:
        worded = [value for value in row if value.words]
        is_lone = len(worded) == 1 and not worded[0].number and _first(row) == left
        return worded[0].words if is_lone else ""

    if all(sum(bool(value.words) for value in row) == 1 for row in block):
        return [row[_first(row)].words for row in block], [], []
    start, end = 0, len(block)
    while lone(block[start]):
        start += 1
    while lone(block[end - 1]):
        end -= 1
    return [lone(row) for row in block[:start]], block[start:end], [lone(row) for row in block[end:]]


def _first(row: list[_Value]) -> int:
    return next(n for n, value in enumerate(row) if value.words)


def _header_rows(rows: _Rows, named_columns: bool) -> int:
    """1 when the first row names the columns: bold over others that aren't, or words over numbers."""
    first, others = rows[0], rows[1:]
    if not others or any(value.number and not _YEAR.match(value.words) for value in first):
        return 0
    worded = [value for value in first if value.words]
    if all(value.bold for value in worded) and not all(v.bold for row in others for v in row if v.words):
        return 1
    if any(value.words and row[n].number for row in others for n, value in enumerate(first)):
        return 1
    distinct = len({value.words for value in first}) == len(first) and len(worded) == len(first)
    return int(named_columns and distinct)
