"""The PDF reader: lines, tables and pages from where words and rules stand on the page."""

# mypy: disallow-untyped-calls=False
# (reportlab comes without types)

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.doctemplate import BaseDocTemplate, PageTemplate
from reportlab.platypus.flowables import Flowable, PageBreak, Spacer
from reportlab.platypus.frames import Frame
from reportlab.platypus.paragraph import Paragraph as Para
from reportlab.platypus.tables import Table as SetTable

from ingest.readers import pdf as reader
from ingest.readers.pdf import read_pdf
from ingest.readers.pdf_store import mended
from ingest.source import Grid, Line, Source, UnreadableDocument

BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=11, leading=14, spaceAfter=6)
HEADING = ParagraphStyle("heading", fontName="Helvetica-Bold", fontSize=14, leading=18, spaceBefore=8, spaceAfter=4)
CELL = ParagraphStyle("cell", fontName="Helvetica", fontSize=9, leading=11)
RIGHT = ParagraphStyle("right", parent=CELL, alignment=2)
BOLD = ParagraphStyle("bold", parent=CELL, fontName="Helvetica-Bold")
PLAIN = [("VALIGN", (0, 0), (-1, -1), "TOP")]
RULED = [*PLAIN, ("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
ROWS = [*PLAIN, ("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black), ("LINEABOVE", (0, 0), (-1, 0), 0.5, colors.black)]
BOOK = [*PLAIN, ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black), ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black)]
SHADED = [*PLAIN, ("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey)]

PROSE = (
    "Förvaltningen ska under året göra det lättare att hitta rätt bland parkernas lekplatser, och varje enhet "
    "berättar i maj och i oktober hur långt arbetet har kommit. Den som vill veta mer frågar registrator."
)
INDICATORS = [
    ["Indikator", "Årsmål", "KF:s årsmål", "Periodicitet"],
    ["Andel lekplatser som har besiktats under våren", "95 %", "90 %", "År"],
    [
        "Andel invånare som tycker att det är enkelt att felanmäla trasiga gungor och klätterställningar",
        "71 %",
        "",
        "Tertial",
    ],
    ["Antal planterade träd", "1 250 st", "Tas fram av nämnd/styrelse", "År"],
    ["Antal bänkar med armstöd längs gångstråk som leder till en servicelägenhet", "40", "", "Tertial"],
]
ACTIVITIES = [
    ["Aktivitet", "Startdatum", "Slutdatum"],
    ["Måla om bänkarna.", "2031-01-01", "2031-03-31"],
    [
        "Parknämnden ska i samråd med idrottsnämnden välja ut sex platser för utegym och visa dem för de boende "
        "innan upphandlingen börjar, och då ta särskild hänsyn till hur platserna nås med rullstol.",
        "2031-02-01",
        "2031-10-15",
    ],
    ["Förvaltningen ska byta ut alla gungor som är äldre än tio år mot nya av trä.", "2031-04-01", "2031-06-30"],
]
BUDGET = [
    ["Verksamhet, mnkr", "Kostnader", "Intäkter", "Netto VP 2031", "VP 2030", "Omslutnings-förändring"],
    ["Parker och lek", "2 415,7", "12,0", "2 403,7", "2 390,1", ""],
    ["varav träd", "9,8", "", "9,8", "10,4", ""],
    ["Skötsel av idrottsplatser och motionsspår i skogen", "101,2", "40,0", "61,2", "-0,4", "3,3"],
    ["Summa", "2 526,7", "52,0", "2 474,7", "2 400,1", "3,3"],
]
PREMISES = [
    ["Lokal", "Kommentar"],
    [
        "Parkförrådet på Eklundsgatan 4",
        "Hyrs ut till en båtklubb från och med den 1 maj och byggs sedan om till verkstad.",
    ],
    ["Växthuset", "Får nya rutor."],
    ["Paviljongen i Norra lunden, med kiosk och omklädningsrum", "Stängs i november när kiosken flyttar."],
]
WIDTHS = {4: [230, 60, 85, 70], 3: [310, 70, 70], 6: [140, 60, 60, 62, 60, 76], 2: [170, 260]}


def test_words_on_one_baseline_are_one_line_in_reading_order(tmp_path: Path) -> None:
    """Lines follow the page from top to bottom, whatever order they were drawn in, with their size and weight."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 11)
        canvas.drawString(72, 680, "Nederst står detta.")
        canvas.setFont("Helvetica-Bold", 14)
        canvas.drawString(120, 720, "lunden")
        canvas.drawString(72, 720, "Norra")

    source = _read(_canvas(tmp_path, draw))
    assert _lines(source) == ["Norra lunden", "Nederst står detta."]
    first, second = source.lines()
    assert (first.size, first.bold, second.size, second.bold) == (14, True, 11, False)


@pytest.mark.parametrize(
    "rows", [INDICATORS, ACTIVITIES, BUDGET, PREMISES], ids=["indicators", "dates", "mnkr", "text"]
)
@pytest.mark.parametrize("style", [RULED, ROWS, BOOK, SHADED, PLAIN], ids=["ruled", "rows", "book", "shaded", "plain"])
def test_tables_give_their_cells_with_and_without_rules(
    tmp_path: Path, rows: list[list[str]], style: list[tuple[Any, ...]]
) -> None:
    """Wrapped cells are whole, empty cells empty, thousands one number, the header known, and prose stays outside."""
    source = _read(_platypus(tmp_path, [Para(PROSE, BODY), _table(rows, style), Spacer(1, 8), Para(PROSE, BODY)]))
    (grid,) = _grids(source)
    assert _cells(grid) == [[cell.replace("Omslutnings-f", "Omslutningsf") for cell in row] for row in rows]
    assert grid.header == 1
    assert " ".join(_lines(source)) == f"{PROSE} {PROSE}"


@pytest.mark.parametrize("place", ["TOP", "MIDDLE", "BOTTOM"])
def test_dates_beside_wrapped_text_belong_to_its_row_wherever_they_stand(tmp_path: Path, place: str) -> None:
    """Without rules a row is found whether its short cells are set at its top, its middle or its foot."""
    style = [("VALIGN", (0, 0), (-1, -1), place), ("TOPPADDING", (0, 0), (-1, -1), 1)]
    (grid,) = _grids(_read(_platypus(tmp_path, [Para(PROSE, BODY), _table(ACTIVITIES, style)])))
    assert _cells(grid) == ACTIVITIES


def test_a_header_set_like_its_rows_is_not_guessed(tmp_path: Path) -> None:
    """Neither bold, shading, rule nor repetition: the rows are whole and `header` is 0."""
    (grid,) = _grids(_read(_platypus(tmp_path, [_table(ACTIVITIES, PLAIN, bold=False)])))
    assert _cells(grid) == ACTIVITIES
    assert grid.header == 0


def test_a_cell_over_several_columns_leaves_the_others_empty(tmp_path: Path) -> None:
    """A merged cell gives its words to its first column."""
    rows = [
        ["Lekplatser", "", ""],
        ["Namn", "Antal gungor", "Öppnar"],
        ["Draken", "4", "1 maj"],
        ["Igelkotten", "2", ""],
    ]
    style = [*RULED, ("SPAN", (0, 0), (-1, 0))]
    (grid,) = _grids(_read(_platypus(tmp_path, [SetTable(rows, style=style)])))
    assert _cells(grid) == rows


def test_a_cell_over_several_rows_stands_in_the_first(tmp_path: Path) -> None:
    """A cell merged downwards gives its words to its first row."""
    rows = [["Område", "Park"], ["Norr", "Lunden"], ["", "Ängen"], ["Söder", "Dammen"]]
    (grid,) = _grids(_read(_platypus(tmp_path, [SetTable(rows, style=[*RULED, ("SPAN", (0, 1), (0, 2))])])))
    assert _cells(grid) == rows


def test_a_comment_under_a_row_stays_in_its_table(tmp_path: Path) -> None:
    """In a table without rules a comment may run across the columns."""
    comment = "Målet höjs när de nya ekarna har rotat sig, enligt beslut i mars."
    rows = [*INDICATORS[:2], ["Kommentar", "", "", ""], [comment, "", "", ""], *INDICATORS[3:]]
    laid = [[Para(cell, BOLD if n in (0, 2) else CELL) for cell in row] for n, row in enumerate(rows)]
    table = SetTable(laid, colWidths=WIDTHS[4], style=[*PLAIN, ("SPAN", (0, 2), (-1, 2)), ("SPAN", (0, 3), (-1, 3))])
    (grid,) = _grids(_read(_platypus(tmp_path, [Para(PROSE, BODY), table])))
    assert _cells(grid) == rows


@pytest.mark.parametrize("style", [RULED, ROWS, PLAIN], ids=["ruled", "rows", "plain"])
def test_a_table_over_a_page_break_is_one_grid_with_one_header(tmp_path: Path, style: list[tuple[Any, ...]]) -> None:
    """Page furniture between the parts does not part them, and the repeated header is no row of the grid."""
    rows = [ACTIVITIES[0], *([f"{n}. {text}", start, end] for n in range(14) for text, start, end in ACTIVITIES[1:])]
    source = _read(_platypus(tmp_path, [Para(PROSE, BODY), _table(rows, style), Para(PROSE, BODY)], repeat=1))
    (grid,) = _grids(source)
    assert len(source.pages) > 1
    assert _cells(grid) == rows
    assert grid.header == 1
    assert source.text.count("Startdatum") == len(source.pages)
    assert [line for line in _lines(source) if line.startswith("Sid ")] == ["Sid 1 (2)", "Sid 2 (2)"]


@pytest.mark.parametrize("style", [RULED, PLAIN], ids=["ruled", "plain"])
def test_a_row_split_by_a_page_break_is_one_row_with_two_spans(tmp_path: Path, style: list[tuple[Any, ...]]) -> None:
    """What a page break splits is cited as one span a page; the cell is whole."""
    first = [
        *ACTIVITIES[:2],
        ["Förvaltningen ska rensa ån från sly mellan kvarnen och den", "2031-05-01", "2031-05-31"],
    ]
    second = [ACTIVITIES[0], ["södra bron, och sedan på samma sätt upp till dammen.", "", ""], ACTIVITIES[3]]
    filler = [Para(PROSE, BODY) for _ in range(9)]
    (grid,) = _grids(_read(_platypus(tmp_path, [*filler, _table(first, style), PageBreak(), _table(second, style)], 1)))
    whole = f"{first[2][0]} {second[1][0]}"
    assert _cells(grid) == [*ACTIVITIES[:2], [whole, "2031-05-01", "2031-05-31"], ACTIVITIES[3]]
    assert [len(row.spans) for row in grid.rows] == [1, 1, 2, 1]
    assert len(grid.rows[2].cells[0].spans) == 2


def test_two_tables_with_the_same_columns_stay_two(tmp_path: Path) -> None:
    """A heading between two tables, or a new header, begins another grid."""
    tables = [
        _table(ACTIVITIES, PLAIN),
        Spacer(1, 6),
        Para("Nämndmål 2.1 Fler ekar", HEADING),
        _table(ACTIVITIES, PLAIN),
    ]
    close = [_table(INDICATORS, PLAIN), _table(ACTIVITIES, PLAIN)]
    assert [_cells(grid) for grid in _grids(_read(_platypus(tmp_path, tables)))] == [ACTIVITIES, ACTIVITIES]
    assert [_cells(grid) for grid in _grids(_read(_platypus(tmp_path, close)))] == [INDICATORS, ACTIVITIES]


def _contents(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 11)
    for n, title in enumerate(["Inledning", "Parkerna", "Träden", "Bänkarna", "Ekonomi", "Personal"]):
        canvas.drawString(72, 700 - 18 * n, f"{n + 1}.")
        canvas.drawString(100, 700 - 18 * n, title)
        canvas.drawRightString(500, 700 - 18 * n, str(3 + 4 * n))


def _dotted_contents(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 11)
    for n, title in enumerate(["Inledning", "Parkerna", "Träden", "Bänkarna", "Ekonomi"]):
        canvas.drawString(72, 700 - 18 * n, f"{title} " + ". " * (60 - len(title)))
        canvas.drawRightString(520, 700 - 18 * n, str(3 + 4 * n))


def _form(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 11)
    for n, (left, right) in enumerate([("Namn:", "Telefon:"), ("Adress:", "Postort:"), ("Datum:", "Underskrift:")]):
        canvas.drawString(72, 700 - 24 * n, left)
        canvas.drawString(300, 700 - 24 * n, right)


def _letterhead(canvas: Canvas) -> None:
    for n, (left, right) in enumerate(
        [("Handläggare", "Till"), ("Vera Ek", "Parknämnden"), ("Avdelningen för lek", "")]
    ):
        canvas.setFont("Helvetica-Bold" if n == 0 else "Helvetica", 11)
        canvas.drawString(72, 700 - 13 * n, left)
        canvas.drawString(320, 700 - 13 * n, right)


def _bullets(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 11)
    for n in range(6):
        canvas.drawString(72, 700 - 14 * n, "•" if n % 2 == 0 else "")
        canvas.drawString(100, 700 - 14 * n, "gräset klipps var fjortonde dag" if n % 2 else "I parkerna gäller att")


def _two_columns(canvas: Canvas) -> None:
    canvas.setFont("Times-Roman", 10)
    for n in range(12):
        canvas.drawString(72, 700 - 12 * n, f"vänster spalt, rad {n + 1}, som är ungefär full")
        canvas.drawString(310, 700 - 12 * n, f"höger spalt, rad {n + 1}, som är ungefär full")


@pytest.mark.parametrize("draw", [_contents, _dotted_contents, _form, _letterhead, _bullets, _two_columns])
def test_what_is_aligned_but_no_table_stays_lines(tmp_path: Path, draw: Callable[[Canvas], None]) -> None:
    """Contents, forms, letterheads, lists and columns of prose make no grid."""
    source = _read(_canvas(tmp_path, draw))
    assert not _grids(source)
    assert _lines(source)


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    """Running text in two columns is read down the left one first."""
    lines = _lines(_read(_canvas(tmp_path, _two_columns)))
    assert [line.split()[0] for line in lines] == ["vänster"] * 12 + ["höger"] * 12


def test_frames_and_single_boxes_are_no_tables(tmp_path: Path) -> None:
    """A box around a paragraph and a frame around the page leave the words as lines."""

    def draw(canvas: Canvas) -> None:
        canvas.rect(30, 30, 530, 780)
        canvas.setFillColorRGB(0.9, 0.9, 0.9)
        canvas.rect(60, 640, 300, 80, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(72, 700, "Det här gäller bara")
        canvas.drawString(72, 680, "parkerna i norr.")

    source = _read(_canvas(tmp_path, draw))
    assert _lines(source) == ["Det här gäller bara", "parkerna i norr."]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages_read_as_they_are_seen(tmp_path: Path, turn: int) -> None:
    """A page with its text turned, and rotated back for the reader, gives the same cells."""

    def draw(canvas: Canvas) -> None:
        width, height = A4
        # reportlab turns the page's box as well.
        canvas.setPageSize(landscape(A4) if turn % 180 else A4)
        canvas.translate(*{0: (0, 0), 90: (width, 0), 180: (width, height), 270: (0, height)}[turn])
        canvas.rotate(turn)
        table = _table(ACTIVITIES, RULED)
        _, tall = table.wrap(480, 700)
        table.drawOn(canvas, 50, 500 - tall)
        canvas.drawString(50, 520, "Aktiviteter i parkerna")
        canvas.setPageRotation(turn)

    source = _read(_canvas(tmp_path, draw))
    assert _lines(source) == ["Aktiviteter i parkerna"]
    assert [_cells(grid) for grid in _grids(source)] == [ACTIVITIES]


def test_text_outside_the_crop_box_is_not_read(tmp_path: Path) -> None:
    """What the reader of the page can't see can't be cited."""

    def draw(canvas: Canvas) -> None:
        canvas.setCropBox((50, 50, 500, 700))
        canvas.drawString(72, 600, "Syns på sidan.")
        canvas.drawString(72, 760, "Skärs bort.")

    assert _lines(_read(_canvas(tmp_path, draw))) == ["Syns på sidan."]


def test_watermarks_and_sideways_notes_come_after_the_text(tmp_path: Path) -> None:
    """Words that run another way than the text do not mix with its lines."""

    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(40, 400)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Utkast i marginalen")
        canvas.restoreState()
        for n in range(5):
            canvas.drawString(72, 700 - 14 * n, f"Rad {n + 1} om parkernas skötsel under året.")

    lines = _lines(_read(_canvas(tmp_path, draw)))
    assert [line[:5] for line in lines] == ["Rad 1", "Rad 2", "Rad 3", "Rad 4", "Rad 5", "Utkas"]


@pytest.mark.parametrize(
    ("printed", "labels"),
    [
        ("Sid {} (3)", ["11", "12", "13"]),
        ("Sida {}", ["11", "12", "13"]),
        ("{}", ["11", "12", "13"]),
        ("- {} -", ["11", "12", "13"]),
        ("{} (40)", ["11", "12", "13"]),
        ("Parknämnden", [None, None, None]),
    ],
)
def test_page_labels_are_those_printed(tmp_path: Path, printed: str, labels: list[str | None]) -> None:
    """The number in the header or footer is the label, the physical number counts from 1, and none is made up."""

    def draw(canvas: Canvas) -> None:
        for n in (11, 12, 13):
            canvas.drawRightString(520, 810, printed.format(n))
            canvas.drawString(72, 600, f"Här står det {n + 40} saker om parkerna.")
            canvas.showPage()

    source = _read(_canvas(tmp_path, draw))
    assert [(page.number, page.label) for page in source.pages] == list(zip((1, 2, 3), labels, strict=True))


def test_a_page_without_its_number_has_no_label(tmp_path: Path) -> None:
    """Labels are never interpolated."""

    def draw(canvas: Canvas) -> None:
        for n in (1, 2, 3, 4):
            if n != 3:
                canvas.drawCentredString(300, 40, str(n))
            canvas.drawString(72, 600, "Text om parkerna.")
            canvas.showPage()

    assert [page.label for page in _read(_canvas(tmp_path, draw)).pages] == ["1", "2", None, "4"]


def test_labels_that_the_file_defines_stand_in_for_printed_ones(tmp_path: Path) -> None:
    """Roman numbers in the file's own page labels are used where no number is printed."""

    def draw(canvas: Canvas) -> None:
        canvas.addPageLabel(0, style="ROMAN_LOWER", start=4)
        canvas.drawString(72, 600, "Förord om parkerna.")

    assert [page.label for page in _read(_canvas(tmp_path, draw)).pages] == ["iv"]


def test_metadata_and_bookmarks_are_told(tmp_path: Path) -> None:
    """Title, author, subject and day of the file; a bookmark's level on the heading it names, also over two lines."""

    def draw(canvas: Canvas) -> None:
        canvas.setTitle("Parkplan 2031")
        canvas.setAuthor("Parknämnden")
        canvas.setSubject("Dnr PN 2030/7")
        canvas.drawString(72, 700, "1.2 Träden i de norra")
        canvas.drawString(72, 680, "lundarna")
        canvas.drawString(72, 640, "Det växer ekar här.")
        canvas.bookmarkPage("parker")
        canvas.bookmarkPage("träd")
        canvas.addOutlineEntry("Parkerna", "parker", 0)
        canvas.addOutlineEntry("1.2 Träden i de norra lundarna", "träd", 1)

    source = _read(_canvas(tmp_path, draw))
    assert {**source.properties, "created": ""} == {
        "title": "Parkplan 2031",
        "author": "Parknämnden",
        "subject": "Dnr PN 2030/7",
        "created": "",
    }
    assert len(source.properties["created"]) == 10
    assert [line.level for line in source.lines()] == [2, 2, None]


def test_hyphens_at_line_ends_are_stored_as_printed(tmp_path: Path) -> None:
    """Stored text keeps the hyphen and the line end; the two lines stay two."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Här finns en omslutnings-")
        canvas.drawString(72, 686, "förändring och en MAS-")
        canvas.drawString(72, 672, "funktion.")

    assert _read(_canvas(tmp_path, draw)).text == ("Här finns en omslutnings-\nförändring och en MAS-\nfunktion.\n")


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["Omslutnings-", "förändring"], "Omslutningsförändring"),
        (["Nämnd-", "och råd"], "Nämnd- och råd"),
        (["IT-", "system"], "IT-system"),
        (["Enskede-", "Årsta"], "Enskede-Årsta"),
        (["Tas fram av nämnd/", "styrelse"], "Tas fram av nämnd/styrelse"),
        (["april–", "september"], "april–september"),
        (["1 januari –", "31 mars"], "1 januari – 31 mars"),
        (["Netto", "VP 2031"], "Netto VP 2031"),
        (["-", "0,4"], "- 0,4"),
    ],
)
def test_wrapped_cells_are_mended(lines: list[str], whole: str) -> None:
    """Words hyphenated at a line's end become whole, hyphens that belong to the word stay."""
    assert mended(lines) == whole


def test_thin_spaces_keep_thousands_in_one_cell(tmp_path: Path) -> None:
    """A number set with no-break spaces is one cell, also beside another number."""
    rows = [["Park", "Kostnader", "Netto"], *([f"Park {n}", f"{n}\u00a0415,7", f"{n}\u00a0400,1"] for n in range(1, 5))]
    (grid,) = _grids(_read(_platypus(tmp_path, [SetTable(rows, style=PLAIN)])))
    assert _cells(grid)[1] == ["Park 1", "1 415,7", "1 400,1"]


def test_pages_without_text_are_told_of(tmp_path: Path) -> None:
    """A scanned page among others leaves a note and its place in the count of pages."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Före bilden.")
        canvas.showPage()
        canvas.rect(72, 72, 300, 300, fill=1)
        canvas.showPage()
        canvas.drawString(72, 700, "Efter bilden.")

    source = _read(_canvas(tmp_path, draw))
    assert _lines(source) == ["Före bilden.", "Efter bilden."]
    assert [page.number for page in source.pages] == [1, 2, 3]
    assert len(source.notes) == 1
    assert "Page 2" in source.notes[0]
    assert "OCR" in source.notes[0]


def test_long_documents_are_read_up_to_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages past the limit are left, and a note says so."""

    def draw(canvas: Canvas) -> None:
        for n in range(5):
            canvas.drawString(72, 700, f"Blad {n}")
            canvas.showPage()

    monkeypatch.setattr(reader, "MAX_PAGES", 3)
    source = _read(_canvas(tmp_path, draw))
    assert len(source.pages) == 3
    assert source.notes == ("Only the first 3 of 5 pages were read.",)


def _encrypted(path: Path) -> None:
    canvas = Canvas(str(path), encrypt=StandardEncryption("hemlig", strength=128))
    canvas.drawString(72, 700, "Hemligt")
    canvas.save()


def _scanned(path: Path) -> None:
    canvas = Canvas(str(path))
    canvas.rect(72, 72, 300, 300, fill=1)
    canvas.save()


def _cut_short(path: Path) -> None:
    canvas = Canvas(str(path))
    for _ in range(3):
        canvas.drawString(72, 700, "Helt")
        canvas.showPage()
    canvas.save()
    path.write_bytes(path.read_bytes()[:-300])


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (_encrypted, "password"),
        (_scanned, "OCR"),
        (_cut_short, "cut short"),
        (lambda path: path.write_bytes(b""), "empty"),
        (lambda path: path.write_bytes(b"\0\n" * 50), "empty"),
        (lambda path: path.write_bytes(b"<html>Hej</html>"), "no PDF"),
        (lambda path: path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 9 + b"\n%%EOF\n"), "damaged"),
        (lambda path: None, "no such file"),
    ],
)
def test_what_cant_be_read_is_refused_in_one_line(tmp_path: Path, make: Callable[[Path], object], told: str) -> None:
    """The message names the file, the trouble and the remedy."""
    path = tmp_path / "parkplan.pdf"
    make(path)
    with pytest.raises(UnreadableDocument) as refused:
        read_pdf(path)
    message = str(refused.value)
    assert "parkplan.pdf" in message
    assert told in message
    assert ";" in message
    assert "\n" not in message


def test_a_page_of_very_many_lines_is_read_in_bounded_time(tmp_path: Path) -> None:
    """A drawing with more rules than any table has costs seconds at most, and its text is still read."""

    def draw(canvas: Any) -> None:
        canvas._code.extend(f"{n % 500} {n % 700} m {n % 500 + 20} {n % 700} l S" for n in range(60_000))
        canvas.drawString(72, 720, "Karta över parkerna")

    path = tmp_path / "plan.pdf"
    canvas = Canvas(str(path), pageCompression=1)
    draw(canvas)
    canvas.save()
    began = time.process_time()
    source = _read(path)
    assert time.process_time() - began < 10
    assert "Karta över parkerna" in source.text
    assert "objects" in source.notes[0]


@pytest.mark.slow
def test_eighty_eight_pages_take_seconds(tmp_path: Path) -> None:
    """A plan as long as they come takes seconds: 2 on an idle machine, and three times that on the busiest."""
    story: list[Flowable] = []
    for n in range(60):
        story += [Para(f"{n}. Om parkerna", HEADING), *(Para(PROSE * 2, BODY) for _ in range(6))]
        story += [
            _table(INDICATORS, PLAIN),
            Spacer(1, 8),
            _table(BUDGET, RULED),
            Spacer(1, 8),
            _table(ACTIVITIES, ROWS),
        ]
    path = _platypus(tmp_path, story, repeat=1)
    began = time.process_time()
    source = read_pdf(path)
    seconds = time.process_time() - began
    assert len(source.pages) > 50
    assert len(_grids(source)) == 180
    assert seconds / len(source.pages) < 6.0 / 88


_WORD = st.text(alphabet="abcdeghjmnoprstuåäö", min_size=2, max_size=9)
_TEXT = st.lists(_WORD, min_size=1, max_size=12).map(" ".join)
_NUMBER = st.one_of(
    st.just(""), st.integers(0, 999).map(lambda n: f"{n},{n % 10}"), st.integers(1, 99).map("{} %".format)
)
_TABLE_ROW = st.tuples(_TEXT.map(str.capitalize), _NUMBER, _NUMBER).map(list)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.lists(_TABLE_ROW, min_size=2, max_size=30), before=_TEXT, style=st.sampled_from([RULED, ROWS, PLAIN, BOOK])
)
def test_any_table_cuts_its_own_words(
    tmp_path: Path, body: list[list[str]], before: str, style: list[tuple[Any, ...]]
) -> None:
    """Whatever stands in a table, every span cuts its own words and no other's, and no word of the page is lost."""
    rows = [["Namn", "Antal", "Andel"], *body]
    source = _read(_platypus(tmp_path, [Para(before, BODY), _table(rows, style), Para(PROSE, BODY)], repeat=1))
    drawn = sorted(" ".join([before, PROSE, *(cell for row in rows for cell in row)]).split())
    extra = [word for word in _words_of(source) if word not in drawn]
    assert not [word for word in drawn if word not in source.text.split()]
    assert set(extra) <= {
        "Namn",
        "Antal",
        "Andel",
        "Stad",
        "Sid",
        "exempel.se",
        *"123456789",
        *(f"({n})" for n in range(9)),
    }
    if style is RULED:
        (grid,) = _grids(source)
        assert _cells(grid) == rows


def _words_of(source: Source) -> list[str]:
    return source.text.split()


def _canvas(tmp_path: Path, draw: Callable[[Canvas], None]) -> Path:
    path = tmp_path / "plan.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    draw(canvas)
    canvas.save()
    return path


def _platypus(tmp_path: Path, story: Sequence[Flowable], repeat: int = 0) -> Path:
    """A file with the story, and "Sid n (m)" on each page."""
    path = tmp_path / "plan.pdf"
    for flowable in story:
        if isinstance(flowable, SetTable):
            flowable.repeatRows = repeat

    class Numbered(Canvas):
        """Pages that know how many they are."""

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            self.states: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 (reportlab's name)
            self.states.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for n, state in enumerate(self.states, 1):
                self.__dict__.update(state)
                if repeat:
                    self.setFont("Helvetica", 9)
                    self.drawString(70, 805, "Stad")
                    self.drawString(70, 794, f"Sid {n} ({len(self.states)})")
                    self.drawString(70, 30, "exempel.se")
                super().showPage()
            super().save()

    document = BaseDocTemplate(str(path), pagesize=A4)
    document.addPageTemplates([PageTemplate(frames=[Frame(62, 60, 480, 700, leftPadding=0, rightPadding=0)])])
    document.build(list(story), canvasmaker=Numbered)
    return path


def _table(rows: list[list[str]], style: list[tuple[Any, ...]], *, bold: bool = True) -> SetTable:
    right = {c for c in range(1, len(rows[0])) if len(rows[0]) == 6}
    laid = [
        [
            Para(
                cell.replace("Omslutnings-f", "Omslutnings-<br/>f"),
                BOLD if bold and n == 0 else RIGHT if c in right and n else CELL,
            )
            for c, cell in enumerate(row)
        ]
        for n, row in enumerate(rows)
    ]
    return SetTable(laid, colWidths=WIDTHS[len(rows[0])], style=style, hAlign="LEFT")


def _read(path: Path) -> Source:
    """The file read, and all that must hold of any source checked."""
    source = read_pdf(path)
    text = source.text
    spans: list[tuple[int, int]] = []
    for item in source.items:
        if isinstance(item, Line):
            assert text[item.start : item.end].strip() == text[item.start : item.end] != ""
            assert "\n" not in text[item.start : item.end]
            spans.append((item.start, item.end))
            continue
        assert 0 <= item.header <= len(item.rows)
        for row in item.rows:
            spans += [(span.start, span.end) for span in row.spans]
            assert len(row.cells) == len(item.rows[0].cells)
            cut = ["" for _ in row.spans]
            for cell in row.cells:
                assert bool(cell.text) == bool(cell.spans)
                words = " ".join(text[span.start : span.end] for span in cell.spans)
                assert "".join(cell.text.split()).replace("-", "") == "".join(words.split()).replace("-", "")
                for span in cell.spans:
                    (n,) = [i for i, whole in enumerate(row.spans) if whole.start <= span.start < span.end <= whole.end]
                    cut[n] += (" " if cut[n] else "") + text[span.start : span.end]
            assert cut == [text[span.start : span.end] for span in row.spans]
            assert all(text[span.end] == "\n" for span in row.spans)
    spans.sort()
    assert all(a < b for a, b in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert [item.start for item in source.items] == sorted(item.start for item in source.items)
    assert source.pages[0].start == 0
    assert source.pages[-1].end == len(text)
    assert all(one.end == two.start for one, two in pairwise(source.pages))
    assert [page.number for page in source.pages] == list(range(1, len(source.pages) + 1))
    assert text.count("\f") == len(source.pages) - 1
    return source


def _grids(source: Source) -> list[Grid]:
    return [item for item in source.items if isinstance(item, Grid)]


def _cells(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in grid.rows]


def _lines(source: Source) -> list[str]:
    return [source.text[line.start : line.end] for line in source.lines()]
