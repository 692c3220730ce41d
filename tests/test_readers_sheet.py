"""Workbooks and delimited text: a row a line, numbers as the sheet shows them."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font  # type: ignore[attr-defined]
from openpyxl.workbook import Workbook  # type: ignore[attr-defined]
from test_readers_structure import check_structure, outline

from ingest.readers.cell_format import written_as_shown
from ingest.readers.open import read_source
from ingest.source import Grid, Source, UnreadableDocument


def workbook() -> Any:
    return Workbook()  # type: ignore[no-untyped-call]


def saved(book: Any, tmp_path: Path) -> Source:
    book.save(tmp_path / "plan.xlsx")
    source = read_source(tmp_path / "plan.xlsx")
    check_structure(source)
    return source


def delimited(tmp_path: Path, text: str, name: str = "plan.csv") -> Source:
    (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    source = read_source(tmp_path / name)
    check_structure(source)
    return source


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (5, "General", "5"),
        (5.0, "General", "5"),
        (2415.7, "General", "2415,7"),
        (0.1 + 0.2, "General", "0,3"),
        (1e20, "General", "100000000000000000000"),
        (2415.7, "0.0", "2415,7"),
        (2415.0, "0.0", "2415,0"),
        (2.25, "0.0", "2,3"),
        (2415.7, "#,##0.0", "2 415,7"),
        (2415.7, "# ##0", "2 416"),
        (1234567, "#,##0,", "1 235"),
        (2.5, "0.##", "2,5"),
        (7, "000", "007"),
        (0.03, "0%", "3 %"),
        (0.035, "0.0 %", "3,5 %"),
        (-12.5, "0.0;[Red]-0.0", "-12,5"),
        (-3, "0;(0)", "(3)"),
        (-3, "0", "-3"),
        (0, '0.0;-0.0;"-"', "-"),
        (0, r'_-* #,##0\ _k_r_-;-* #,##0\ _k_r_-;_-* "-"??\ _k_r_-', "-"),
        (-1234.5, r"_-* #,##0.00\ _k_r_-;-* #,##0.00\ _k_r_-", "-1 234,50"),
        (12.3, '0.0" mnkr"', "12,3 mnkr"),
        (12, "#,##0 [$kr-41D]", "12 kr"),
        (0.5, "# ?/?", "0,5"),
        (1200000, "0.0E+00", "1200000"),
        (3, "@", "3"),
        (2, ";" * 300, "2"),
        (True, "General", "SANT"),
        (datetime(2026, 1, 31), "yyyy-mm-dd", "2026-01-31"),
        (datetime(2026, 1, 31, 13, 5), "General", "2026-01-31 13:05"),
        (datetime(2026, 1, 1), "yyyy", "2026"),
        (date(2026, 1, 31), "d/m", "2026-01-31"),
        (time(8, 30), "hh:mm", "08:30"),
        (timedelta(hours=30), "[h]:mm", "30:00"),
        ("text", "0.0", "text"),
    ],
)
def test_values_are_written_as_the_sheet_shows_them(value: object, number_format: str, shown: str) -> None:
    """Decimals, thousands, per cent, units and dates follow the number format, in Swedish."""
    assert written_as_shown(value, number_format) == shown


@settings(deadline=None)
@given(st.floats() | st.integers(), st.text(st.sampled_from('0#?,.;%"\\_*[]$-krE+/@ dmy'), max_size=20))
def test_any_number_format_gives_words(value: float, number_format: str) -> None:
    """No format, however odd, makes a number fail."""
    assert isinstance(written_as_shown(value, number_format), str)


def test_a_sheet_is_a_heading_and_its_tables(tmp_path: Path) -> None:
    """Sheets are headings; blank rows part tables; lone rows of words are titles, captions and notes."""
    book = workbook()
    sheet = book.active
    sheet.title = "Budget"
    for row in (
        ["Budget per verksamhet"],
        [],
        ["Belopp i mnkr"],
        [None, "Verksamhet", "VP 2026", "VP 2025", "Andel"],
        [None, "Vård", 2415.7, 12.0, 0.03],
        [None, "Skola", 3, None, 0.04],
        ["Källa: ekonomienheten"],
        [],
        ["Vem", "När"],
        ["Chef", date(2026, 5, 1)],
    ):
        sheet.append(row)
    sheet["C5"].number_format = "#,##0.0"
    for cell in ("E5", "E6"):
        sheet[cell].number_format = "0 %"
    empty = book.create_sheet("Tom")
    assert empty.max_row == 1
    source = saved(book, tmp_path)
    assert outline(source) == [
        "Budget",
        "Budget per verksamhet",
        [["Verksamhet", "VP 2026", "VP 2025", "Andel"], ["Vård", "2 415,7", "12", "3 %"], ["Skola", "3", "", "4 %"]],
        "Källa: ekonomienheten",
        [["Vem", "När"], ["Chef", "2026-05-01"]],
    ]
    assert [line.level for line in source.lines()] == [1, 2, None]
    assert [(item.caption, item.header) for item in source.items if isinstance(item, Grid)] == [
        ("Belopp i mnkr", 1),
        ("", 1),
    ]
    assert "\nVård 2 415,7 12 3 %\nSkola 3 4 %\n" in source.text


def test_header_rows_are_bold_or_words_over_numbers(tmp_path: Path) -> None:
    """A bold first row is a header; so are words or years over numbers; two rows of words alone may not be."""
    book = workbook()
    sheet = book.active
    for row in (
        ["Mål", "Ansvar"],
        ["Fler ryms", "Chef"],
        [],
        ["Post", 2026],
        ["Lön", 5],
        [],
        ["Namn", "Bo"],
        ["Ort", "By"],
    ):
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)  # type: ignore[no-untyped-call]
    assert [item.header for item in saved(book, tmp_path).items if isinstance(item, Grid)] == [1, 1, 0]


def test_merged_cells_dates_and_formulas(tmp_path: Path) -> None:
    """Merged cells have their words once; formulas without a stored value are told; hidden sheets are left out."""
    book = workbook()
    sheet = book.active
    for row in (["Netto", None, "Not"], ["Vård", 1, "a"], ["Summa", "=B2*2", "b"]):
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    hidden = book.create_sheet("Underlag")
    hidden["A1"] = "hemligt"
    hidden.sheet_state = "hidden"
    sheet.row_dimensions[2].hidden = True
    source = saved(book, tmp_path)
    assert outline(source)[1] == [["Netto", "", "Not"], ["Vård", "1", "a"], ["Summa", "", "b"]]
    assert "hemligt" not in source.text
    assert len(source.notes) == 3


def test_properties_of_a_workbook(tmp_path: Path) -> None:
    """Title and author come from the file's own properties."""
    book = workbook()
    book.active.append(["a", "b"])
    book.properties.title = "Budget 2026"
    assert saved(book, tmp_path).properties["title"] == "Budget 2026"


@pytest.mark.parametrize(
    "text",
    [
        "Post;2026;2025\nVård;1,5;1,4\nSkola, förskola;2,5;\n",
        "Post\t2026\t2025\r\nVård\t1,5\t1,4\r\nSkola, förskola\t2,5\t\r\n",
        'Post,2026,2025\nVård,"1,5","1,4"\n"Skola, förskola","2,5",\n',
        "sep=|\nPost|2026|2025\nVård|1,5|1,4\nSkola, förskola|2,5|\n",
    ],
)
def test_the_delimiter_is_found(tmp_path: Path, text: str) -> None:
    """Semicolons, tabs, commas and what Excel names itself all give the same table; decimal commas stay."""
    source = delimited(tmp_path, text)
    assert outline(source) == [[["Post", "2026", "2025"], ["Vård", "1,5", "1,4"], ["Skola, förskola", "2,5", ""]]]
    assert source.text == "Post 2026 2025\nVård 1,5 1,4\nSkola, förskola 2,5\n"
    assert [item.header for item in source.items if isinstance(item, Grid)] == [1]


def test_quoted_cells_may_hold_delimiters_and_line_breaks(tmp_path: Path) -> None:
    """A quoted cell is one cell, its line breaks are spaces, doubled quotation marks are one."""
    source = delimited(tmp_path, 'Mål;Not\n"Fler; ryms";"rad ett\nrad ""två"""\n')
    assert outline(source) == [[["Mål", "Not"], ["Fler; ryms", 'rad ett rad "två"']]]


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_file(tmp_path: Path) -> None:
    """A stray quotation mark at the start of a cell costs that cell its quotes, not the rows below it."""
    rows = "".join(f"Rad {n};{n}\n" for n in range(200))
    source = delimited(tmp_path, f'Post;Antal\n"Tolv tum;12\n{rows}')
    (grid,) = source.items
    assert isinstance(grid, Grid)
    assert len(grid.rows) == 202


def test_one_column_is_running_text(tmp_path: Path) -> None:
    """Delimited text without a delimiter is lines."""
    assert outline(delimited(tmp_path, "Mål ett\nMål två\n")) == ["Mål ett", "Mål två"]


def test_tsv_prefers_tabs(tmp_path: Path) -> None:
    """In a .tsv file a tab parts cells even where semicolons are as even."""
    assert outline(delimited(tmp_path, "a; b\tc\nd; e\tf\n", "plan.tsv")) == [[["a; b", "c"], ["d; e", "f"]]]


cells = st.text(st.sampled_from('abåäö ,;"\n\t|1'), max_size=6)


@settings(deadline=None)
@given(st.lists(st.lists(cells, min_size=2, max_size=4), min_size=1, max_size=6), st.sampled_from(";,\t"))
def test_any_table_that_csv_can_write_is_read(rows: list[list[str]], delimiter: str) -> None:
    """Whatever cells a table has, its delimited text is read and the structure holds."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    with TemporaryDirectory() as folder:
        path = Path(folder, "plan.csv")
        path.write_text(buffer.getvalue(), encoding="utf-8", newline="")
        try:
            source = read_source(path)
        except UnreadableDocument:
            assert not any(cell.strip(' ,;"\n\t|') for row in rows for cell in row)
            return
    check_structure(source)
    words = "".join(cell for row in rows for cell in row)
    assert sorted(set("abåäö1") & set(words)) == sorted(set("abåäö1") & set(source.text))
