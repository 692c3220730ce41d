"""Grids to facts: what each column means, whose part a row is, who is responsible."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.plan import Plan
from ingest.read import plan_of
from ingest.responsible import responsible_in
from ingest.source import Cell, Grid, Line, Row, Source, Span


def plan(*tables: list[list[str]], header: int = 1, heading: str = "Ekonomi", caption: str = "") -> Plan:
    """A document of one heading and the tables, each cell a line of its own in the text."""
    text = f"{heading}\n"
    items: list[Line | Grid] = [Line(0, len(heading), level=1)]
    for table in tables:
        rows = []
        for words in table:
            cells = []
            for word in words:
                cells.append(Cell(word, (Span(len(text), len(text) + len(word)),)) if word else Cell())
                text += f"{word}\n"
            spans = [cell.spans[0] for cell in cells if cell.spans]
            rows.append(Row(tuple(cells), (Span(spans[0].start, spans[-1].end),)))
        items.append(Grid(tuple(rows), header=header, caption=caption))
    return plan_of(Source(text, tuple(items)), "verksamhetsplan-2031-lervik.docx")


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        (["Indikator", "Årsmål", "KF:s årsmål", "Periodicitet"], ["9 %", "8 %", "År"]),
        (["Indikator", "Utfall 2030", "Årsmål 2031", "KF:s årsmål 2031", "Periodicitet"], ["7 %", "9 %", "8 %", "År"]),
        (["Indikatorer", "Kommunens mål", "Nämndens mål", "Mäts"], ["8 %", "9 %", "År"]),
        (["Indikator", "Målvärde", "Kommunfullmäktiges årsmål", "Frekvens"], ["9 %", "8 %", "År"]),
    ],
)
def test_indicator_columns_are_known_by_their_names(header: list[str], cells: list[str]) -> None:
    """Whatever order and names a municipality gives its columns, own target, council's and period are told apart."""
    (indicator,) = plan([header, ["Sjukfrånvaro", *cells]]).indicators
    assert (indicator.target, indicator.council_target, indicator.period) == ("9 %", "8 %", "År")


def test_comment_as_column_or_as_row() -> None:
    """A comment stands in a column of its own or in a row below."""
    read = plan(
        [["Indikator", "Mål 2031", "Kommentar"], ["Antal bojar", "4 st", "Räknas i maj"]],
        [["Indikator", "Årsmål", "KF:s årsmål"], ["Antal stegar", "5 st", ""], ["Kommentar: Räknas i juni", "", ""]],
    )
    assert [(i.name, i.comment) for i in read.indicators] == [
        ("Antal bojar", "Räknas i maj"),
        ("Antal stegar", "Räknas i juni"),
    ]


@pytest.mark.parametrize(
    "header", [["Aktivitet", "Ansvarig", "Start", "Klart"], ["Åtgärd", "Ansvarig", "Startdatum", "Slutdatum"]]
)
def test_activity_columns_are_known_by_their_names(header: list[str]) -> None:
    """The responsible body stands in its own column where there is one."""
    (activity,) = plan([header, ["Måla bryggan", "Hamnchefen", "2031-03-01", "2031-05-31"]]).activities
    assert (activity.text, activity.responsible) == ("Måla bryggan", ("Hamnchefen",))
    assert (str(activity.start), str(activity.end)) == ("2031-03-01", "2031-05-31")


@pytest.mark.parametrize(
    ("lone", "start", "end"), [("2031-03-01", "2031-03-01", "None"), ("2031-03-31", "None", "2031-03-31")]
)
def test_one_day_of_two(lone: str, start: str, end: str) -> None:
    """Where a flattened row has only one of its days, which goes to the end, the first of a month is the start."""
    (activity,) = plan([["Aktivitet", "Startdatum", "Slutdatum"], ["Måla bryggan", "", lone]]).activities
    assert (str(activity.start), str(activity.end)) == (start, end)


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (
            ["Verksamhet, mnkr", "Kostnader", "Intäkter", "Netto VP 2031", "VB 2029"],
            [
                ("Kostnader", 2031, "mnkr"),
                ("Intäkter", 2031, "mnkr"),
                ("Netto VP 2031", 2031, "mnkr"),
                ("VB 2029", 2029, "mnkr"),
            ],
        ),
        (
            ["Nämnd (tkr)", "Bokslut 2029", "Budget 2030", "Budget 2031", "Prognos 2032"],
            [
                ("Bokslut 2029", 2029, "tkr"),
                ("Budget 2030", 2030, "tkr"),
                ("Budget 2031", 2031, "tkr"),
                ("Prognos 2032", 2032, "tkr"),
            ],
        ),
        (
            ["Belopp i kronor", "2029", "2030", "2031", "Budget"],
            [("2029", 2029, "kr"), ("2030", 2030, "kr"), ("2031", 2031, "kr"), ("Budget", 2031, "kr")],
        ),
    ],
)
def test_columns_have_their_year_and_unit(header: list[str], columns: list[tuple[str, int, str]]) -> None:
    """A column's year and unit are its own, else those over the labels, else the plan's for its own amounts."""
    read = plan([header, ["Kajer", "12", "2", "10", "9"], ["Summa", "12", "2", "10", "9"]])
    assert [(cell.column, cell.year, cell.unit) for cell in read.rows[0].cells] == columns
    assert [cell.number for cell in read.rows[0].cells] == [Decimal(12), Decimal(2), Decimal(10), Decimal(9)]


def test_columns_of_the_same_name_are_told_apart() -> None:
    """Two columns called the same get names of their own."""
    read = plan([["Månad", "Antal", "Antal"], ["Maj", "3", "4"], ["Juni", "5", "6"]])
    assert [cell.column for cell in read.rows[0].cells] == ["Antal", "Antal (2)"]


def test_two_header_rows_are_joined_by_column() -> None:
    """A header of two rows names each column with both."""
    read = plan([["Verksamhet", "Budget", "Utfall"], ["", "2031", "2030"], ["Kajer", "3", "4"]], header=2)
    assert [cell.column for cell in read.rows[0].cells] == ["Budget 2031", "Utfall 2030"]


def test_caption_names_the_table() -> None:
    """A table is called by its caption, else by the heading it stands under."""
    table = [["Verksamhet", "Budget 2031"], ["Kajer", "3"], ["Fyrar", "4"]]
    assert plan(table, caption="Kajernas budget").rows[0].table == "Kajernas budget"
    assert plan(table).rows[0].table == "Ekonomi"


def test_wordy_column_has_no_unit() -> None:
    """Words under a column have neither unit nor number, though there are figures in them."""
    read = plan([["Verksamhet, mnkr", "Budget 2031", "Prognos 2031"], ["Kajer", "3,5", "Hyror 2,1; bidrag 1,4"]])
    assert [(cell.unit, cell.number) for cell in read.rows[0].cells] == [("mnkr", Decimal("3.5")), (None, None)]


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("Förvaltningen ska måla bryggan.", ("Förvaltningen",)),
        (
            "Hamnnämnden ska i samarbete med trafiknämnden och polisen måla bryggan.",
            ("Hamnnämnden", "trafiknämnden", "polisen"),
        ),
        (
            "Lerviks Vatten och Avfall AB ska tillsammans med hamnnämnden rensa kajen.",
            ("Lerviks Vatten och Avfall AB", "hamnnämnden"),
        ),
        ("Förvaltningen ska i samverkan med Lervikshem ordna ett förråd.", ("Förvaltningen", "Lervikshem")),
        (
            "Förvaltningen ska tillsammans med hamnägaren och Jobbtorg Söder utbilda lotsar.",
            ("Förvaltningen", "hamnägaren", "Jobbtorg Söder"),
        ),
        ("Hamnnämnden och miljönämnden ska gemensamt mäta bullret.", ("Hamnnämnden", "miljönämnden")),
        ("Alla avtal i förvaltningen ska godkännas av hamnchefen före sommaren.", ("hamnchefen",)),
        ("Alla nya chefer i förvaltningen ska utbildas i sjövett.", ()),
        ("För att öka trivseln i nämndens hus ska en målare anlitas.", ()),
        ("Måla bryggan tillsammans med hamnnämnden.", ()),
    ],
)
def test_who_is_responsible(text: str, bodies: tuple[str, ...]) -> None:
    """Those who lead stand before "ska", those they work with in the list after it; what is done to is nobody."""
    assert responsible_in(text) == bodies
