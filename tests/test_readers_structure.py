"""What holds of every reader's source: spans cut their words, rows stand whole, pages follow one another."""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook  # type: ignore[attr-defined]

from ingest.readers.open import read_source
from ingest.readers.stored import StoredText
from ingest.source import Grid, Line, Source

Block = str | list[list[str]]


def check_structure(source: Source) -> None:
    """Assert what every stage after the readers relies on."""
    text, at = source.text, 0
    for item in source.items:
        if isinstance(item, Line):
            words = text[item.start : item.end]
            assert words, item
            assert words == words.strip()
            assert "\n" not in words
            assert item.start >= at
            at = item.end
            continue
        assert item.rows
        assert 0 <= item.header <= len(item.rows)
        for row in item.rows:
            (span,) = row.spans
            assert at <= span.start < span.end <= len(text)
            assert text[span.end : span.end + 1] in ("\n", "")
            cut = [text[cell.spans[0].start : cell.spans[0].end] for cell in row.cells if cell.text]
            assert text[span.start : span.end] == " ".join(cut)
            assert [cell.text for cell in row.cells if cell.text] == [" ".join(words.split()) for words in cut]
            assert all(not cell.spans for cell in row.cells if not cell.text)
            assert len(row.cells) == len(item.rows[0].cells)
            at = span.end
    if source.pages:
        assert source.pages[0].start == 0
        assert source.pages[-1].end == len(text)
        assert [page.number for page in source.pages] == list(range(1, len(source.pages) + 1))
        assert all(a.end == b.start for a, b in zip(source.pages, source.pages[1:], strict=False))
    assert not re.search("[\x00-\x08\x0e-\x1f\x7f]", text)


def outline(source: Source) -> list[Block]:
    """A source as lists and strings: its lines, and its tables as rows of cells."""
    return [
        [[cell.text for cell in row.cells] for row in item.rows]
        if isinstance(item, Grid)
        else source.text[item.start : item.end]
        for item in source.items
    ]


def _write_docx(path: Path, blocks: list[Block]) -> None:
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(len(block), len(block[0]))
        for n, row in enumerate(block):
            for cell, words in zip(table.rows[n].cells, row, strict=True):
                cell.text = words
    document.save(str(path))


def _write_html(path: Path, blocks: list[Block]) -> None:
    def table(rows: list[list[str]]) -> str:
        return "".join("<tr>" + "".join(f"<td>{html.escape(w)}</td>" for w in row) + "</tr>" for row in rows)

    made = (f"<p>{html.escape(b)}</p>" if isinstance(b, str) else f"<table>{table(b)}</table>" for b in blocks)
    path.write_text("<!doctype html>\n" + "\n".join(made), encoding="utf-8")


def _write_xlsx(path: Path, blocks: list[Block]) -> None:
    book: Any = Workbook()  # type: ignore[no-untyped-call]
    for block in blocks:
        for row in [[block]] if isinstance(block, str) else block:
            book.active.append(row)
        book.active.append([])
    book.save(path)


def _write_csv(path: Path, blocks: list[Block]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        for block in blocks:
            writer.writerows([[block]] if isinstance(block, str) else block)
            writer.writerow([])


def _write_markdown(path: Path, blocks: list[Block]) -> None:
    def table(rows: list[list[str]]) -> str:
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])

    path.write_text("\n\n".join(b if isinstance(b, str) else table(b) for b in blocks), encoding="utf-8")


WRITERS: dict[str, Callable[[Path, list[Block]], None]] = {
    ".docx": _write_docx,
    ".html": _write_html,
    ".xlsx": _write_xlsx,
    ".csv": _write_csv,
    ".md": _write_markdown,
}

words = st.from_regex(r"[A-ZÅÄÖa-zåäö][a-zåäö]{0,6}( [a-zåäö]{1,6}){0,2}", fullmatch=True)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Rows of two to four cells, some empty, the first and last of each row not."""
    width = draw(st.integers(2, 4))
    middle = st.lists(words | st.just(""), min_size=width - 2, max_size=width - 2)
    row = st.builds(lambda first, inner, last: [first, *inner, last], words, middle, words)
    header = draw(st.lists(words, min_size=width, max_size=width))
    return [header, *draw(st.lists(row, min_size=1, max_size=4))]


@pytest.mark.parametrize("extension", WRITERS)
@settings(max_examples=8, deadline=None)
@given(st.lists(words | tables(), min_size=1, max_size=5))
def test_every_format_gives_back_what_was_written(extension: str, blocks: list[Block]) -> None:
    """Lines and tables come back in order with the same words, whatever the format, and the structure holds."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "plan" + extension)
        WRITERS[extension](path, blocks)
        source = read_source(path)
    check_structure(source)
    found = outline(source)
    if extension == ".xlsx":
        assert found.pop(0) == "Sheet"
    if extension == ".docx":  # Word keeps two tables apart only by a paragraph between them, and so do we
        assert [block for block in found if isinstance(block, str)] == [b for b in blocks if isinstance(b, str)]
    assert found == blocks


@settings(deadline=None)
@given(st.lists(st.text(max_size=40) | st.lists(st.lists(st.text(max_size=8), max_size=4), max_size=4), max_size=6))
def test_stored_text_holds_for_any_words(blocks: list[Block]) -> None:
    """Whatever characters go in, control characters and odd blanks too, the spans cut whole words."""
    stored = StoredText()
    for block in blocks:
        if isinstance(block, str):
            stored.line(block)
            stored.page_break()
        else:
            stored.grid(block, header=1)
    check_structure(stored.source(paged=True))


def test_a_page_break_inside_a_line_stands_between_its_words() -> None:
    """A paragraph that goes on over a page break is one line, and the page begins at the word after the break."""
    stored = StoredText()
    stored.line("Första sidan \fandra sidan")
    stored.line("\fTredje sidan")
    source = stored.source(paged=True)
    check_structure(source)
    assert [source.text[page.start : page.end] for page in source.pages] == [
        "Första sidan ",
        "andra sidan\n",
        "Tredje sidan\n",
    ]
