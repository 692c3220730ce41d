"""From file to plan: whole small documents of the family, in the forms other municipalities give them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import docx
import openpyxl
import pytest

from ingest.plan import Plan
from ingest.read import read_plan

DISTRICT = """Verksamhetsplan 2031 för Lerviks kommun
Socialnämnden
Beslutad av nämnden 2030-12-12
Dnr SN 2030/44

Inledning
Nämnden ansvarar för stöd till barn, unga och vuxna i hela kommunen och för
färdtjänsten.

Kommunfullmäktiges mål: Alla har ett tryggt hem
Nämndens mål: Den som söker hjälp får svar i tid
Förväntat resultat
Alla ansökningar har fått ett svar inom tre veckor.
Indikator Utfall 2029 Utfall 2030 Mål 2031 Periodicitet
Andel svar inom tre veckor 81 % 84 % 90 % Tertial
Antal klagomål 31 st 28 st 25 st År
Enhetens mål: Telefonen besvaras
Arbetssätt
Två handläggare svarar varje dag.

Budget 2031
Nämndens ram är 118,4 miljoner kronor.
Verksamhet (tkr) Bokslut 2029 Budget 2030 Budget 2031
Nämnd och stab 6 210 6 400 6 550
Barn och unga 51 300 53 900 55 250
Vuxna 54 870 55 700 56 600
Summa 112 380 116 000 118 400
"""


def written(folder: Path, text: str, name: str = "verksamhetsplan-2031-lervik.txt") -> Plan:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_plan(path)


def test_plan_of_another_municipality(tmp_path: Path) -> None:
    """Other labels, other columns, thousands of kronor, no blank lines to lean on."""
    plan = written(tmp_path, DISTRICT)
    assert [(s.label, s.title) for s in plan.sections] == [
        ("", "Inledning"),
        ("KF:s mål för verksamhetsområdet", "Alla har ett tryggt hem"),
        ("Nämndmål", "Den som söker hjälp får svar i tid"),
        ("", "Förväntat resultat"),
        ("Enhetsmål", "Telefonen besvaras"),
        ("", "Arbetssätt"),
        ("", "Budget 2031"),
    ]
    assert [(i.name, i.target, i.period) for i in plan.indicators] == [
        ("Andel svar inom tre veckor", "90 %", "Tertial"),
        ("Antal klagomål", "25 st", "År"),
    ]
    assert [(r.kind, r.row, [c.written for c in r.cells]) for r in plan.rows] == [
        ("budget", "Nämnd och stab", ["6 210", "6 400", "6 550"]),
        ("budget", "Barn och unga", ["51 300", "53 900", "55 250"]),
        ("budget", "Vuxna", ["54 870", "55 700", "56 600"]),
        ("budget", "Summa", ["112 380", "116 000", "118 400"]),
    ]
    assert [(c.column, c.year, c.unit) for c in plan.rows[0].cells] == [
        ("Bokslut 2029", 2029, "tkr"),
        ("Budget 2030", 2030, "tkr"),
        ("Budget 2031", 2031, "tkr"),
    ]
    assert plan.unplaced == ()
    description = plan.description
    assert (description.status, str(description.decided), description.reference) == (
        "adopted",
        "2030-12-12",
        "SN 2030/44",
    )


def test_follow_up_of_commissions(tmp_path: Path) -> None:
    """Each commission is a section with the answer as its text."""
    plan = written(
        tmp_path,
        "Återkoppling av uppdrag 2031\n\n"
        "Uppdrag 1: Nämnden ska utreda ett badhus.\n\nFörvaltningens svar: Utredningen är klar.\n\n"
        "Uppdrag 2: Nämnden ska öppna en brygga.\n\nFörvaltningens svar: Bryggan öppnar i maj.\n",
        "aterkoppling-2031-lervik.txt",
    )
    assert [(s.label, s.number) for s in plan.sections] == [("Uppdrag", "1"), ("Uppdrag", "2")]
    assert [p.origin.section for p in plan.passages if p.text.startswith("Förvaltningens svar")] == [0, 1]
    assert plan.description.kind == "uppföljning av uppdrag"


def test_word_document_with_styles(tmp_path: Path) -> None:
    """Heading styles, a real table and a list are read from a Word document."""
    document = docx.Document()
    document.add_heading("Verksamhetsplan 2031 för Lervik", 0)
    document.add_heading("Mål", 1)
    document.add_heading("Nämndmål: Hamnen är ren", 2)
    document.add_paragraph("Kajerna sopas varje vecka.")
    table = document.add_table(rows=2, cols=4)
    for row, cells in zip(
        table.rows,
        [("Indikator", "Årsmål", "KF:s årsmål", "Periodicitet"), ("Antal bojar", "4 st", "", "År")],
        strict=True,
    ):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    path = tmp_path / "plan.docx"
    document.save(str(path))
    plan = read_plan(path)
    assert [plan.path(n) for n in range(len(plan.sections))] == ["Mål", "Mål › Nämndmål Hamnen är ren"]
    assert [(i.name, i.target, i.council_target, i.origin.section) for i in plan.indicators] == [
        ("Antal bojar", "4 st", None, 1)
    ]
    assert plan.unplaced == ()


def test_workbook(tmp_path: Path) -> None:
    """A sheet's grid becomes rows; a sheet of indicators becomes indicators."""
    sheets: dict[str, list[list[str | int | None]]] = {
        "Budget": [["Verksamhet, tkr", "Budget 2030", "Budget 2031"], ["Kajer", 1200, 1300], ["Fyrar", 300, None]],
        "Indikatorer": [["Indikator", "Årsmål", "KF:s årsmål", "Periodicitet"], ["Antal bojar", "4 st", None, "År"]],
    }
    book = cast(Any, openpyxl).Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = tmp_path / "budget-2031-lervik.xlsx"
    book.save(path)
    plan = read_plan(path)
    assert [(r.kind, r.row, [c.number for c in r.cells]) for r in plan.rows] == [
        ("budget", "Kajer", [1200, 1300]),
        ("budget", "Fyrar", [300, None]),
    ]
    assert [(i.name, i.target, i.council_target) for i in plan.indicators] == [("Antal bojar", "4 st", None)]


def test_web_page(tmp_path: Path) -> None:
    """Headings, paragraphs and tables of a web page are read as they are marked."""
    plan = written(
        tmp_path,
        "<html><head><title>Verksamhetsplan 2031</title></head><body><h1>Verksamhetsplan 2031 för Lervik</h1>"
        "<h2>Hamnen</h2><p>Kajerna sopas.</p><table><tr><th>Verksamhet, mnkr</th><th>Budget 2031</th></tr>"
        "<tr><td>Kajer</td><td>3,5</td></tr>"
        "<tr><td>Summa</td><td>3,5</td></tr></table></body></html>",
        "plan.html",
    )
    assert [s.title for s in plan.sections][-1] == "Hamnen"
    assert [(r.row, r.table, r.cells[0].written, r.cells[0].unit) for r in plan.rows] == [
        ("Kajer", "Hamnen", "3,5", "mnkr"),
        ("Summa", "Hamnen", "3,5", "mnkr"),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("between", ["", "{end}"])
def test_lines_however_they_end(tmp_path: Path, end: str, between: str) -> None:
    """Line ends of any kind, and a blank line after each line or none, give the same facts."""
    path = tmp_path / "verksamhetsplan-2031-lervik.txt"
    text = DISTRICT.replace("\n", end + between.format(end=end))
    path.write_bytes(text.encode())
    plan = read_plan(path)
    assert [i.target for i in plan.indicators] == ["90 %", "25 st"]
    assert [c.written for c in plan.rows[0].cells] == ["6 210", "6 400", "6 550"]


REPORT = """Tertialrapport 1 2031
Kultur- och fritidsnämnden

Ekonomi

Driftredovisning (tkr) Budget 2031 Utfall T1 Prognos helår Avvikelse
Administration 4 200 1 380 4 150 50
Bibliotek 12 600 4 310 12 900 -300
Summa 16 800 5 690 17 050 -250

Måluppföljning

Indikator Utfall 2029 Utfall 2030 Mål 2031 Prognos
Antal besök på biblioteken 182 000 191 500 195 000 190 000
Andel nöjda besökare 91 % 92 % 93 % 93 %

Aktiviteter
Aktivitet Ansvarig Startdatum Slutdatum
Öppna ett bibliotek i hamnen Bibliotekschef 2031-02-01 2031-06-30
"""


@pytest.mark.parametrize("text", [REPORT, REPORT.replace("\n", " \n\n")], ids=["tight", "spaced"])
def test_follow_up_report(tmp_path: Path, text: str) -> None:
    """Outcomes, forecasts and deviations, thousands with plain spaces, no reporting period, a responsible officer."""
    plan = written(tmp_path, text, "tertialrapport-1-2031-lervik.txt")
    assert plan.description.kind == "tertialrapport"
    assert [s.title for s in plan.sections] == ["Ekonomi", "Måluppföljning", "Aktiviteter"]
    assert [(r.row, [c.written for c in r.cells]) for r in plan.rows] == [
        ("Administration", ["4 200", "1 380", "4 150", "50"]),
        ("Bibliotek", ["12 600", "4 310", "12 900", "-300"]),
        ("Summa", ["16 800", "5 690", "17 050", "-250"]),
    ]
    assert [(i.name, i.target) for i in plan.indicators] == [
        ("Antal besök på biblioteken", "195 000"),
        ("Andel nöjda besökare", "93 %"),
    ]
    (activity,) = plan.activities
    assert (activity.text, activity.responsible) == ("Öppna ett bibliotek i hamnen", ("Bibliotekschef",))
    assert plan.unplaced == ()


BUDGET = """Budget 2031 och plan 2032–2033
Lerviks kommun

Resultaträkning

Mnkr Bokslut 2029 Budget 2030 Budget 2031 Plan 2032 Plan 2033
Verksamhetens nettokostnad -812,4 -845,0 -871,3 -889,9 -902,0
Skatteintäkter 640,1 662,3 681,0 699,5 718,2
Årets resultat -172,3 -182,7 -190,3 -190,4 -183,8

Driftbudget per nämnd, tkr

Nämnd Kostnader Intäkter Nettokostnad
Kommunstyrelsen 98 400 12 300 86 100
Barn- och utbildningsnämnden 402 000 31 500 370 500
Summa 500 400 43 800 456 600
"""


@pytest.mark.parametrize("text", [BUDGET, BUDGET.replace("\n", " \n\n")], ids=["tight", "spaced"])
def test_two_tables_close_together(tmp_path: Path, text: str) -> None:
    """A table ends where another's header begins, though its rows would fit in some way."""
    plan = written(tmp_path, text, "budget-2031-lervik.txt")
    assert [(r.table, r.row, [c.written for c in r.cells]) for r in plan.rows] == [
        ("Resultaträkning", "Verksamhetens nettokostnad", ["-812,4", "-845,0", "-871,3", "-889,9", "-902,0"]),
        ("Resultaträkning", "Skatteintäkter", ["640,1", "662,3", "681,0", "699,5", "718,2"]),
        ("Resultaträkning", "Årets resultat", ["-172,3", "-182,7", "-190,3", "-190,4", "-183,8"]),
        ("Driftbudget per nämnd, tkr", "Kommunstyrelsen", ["98 400", "12 300", "86 100"]),
        ("Driftbudget per nämnd, tkr", "Barn- och utbildningsnämnden", ["402 000", "31 500", "370 500"]),
        ("Driftbudget per nämnd, tkr", "Summa", ["500 400", "43 800", "456 600"]),
    ]
    assert {(c.year, c.unit) for r in plan.rows[3:] for c in r.cells} == {(2031, "tkr")}
    assert str(plan.description.period) == "2031"
