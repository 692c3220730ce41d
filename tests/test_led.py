"""Tables whose rows each begin with a space, as one extraction sets them: what broke, each with its fixture."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.led import led_tables
from ingest.plan import Plan
from ingest.read import plan_of
from ingest.readers.text import plain
from ingest.source import Grid, Source

PROSE = """Hamnen har öppet hela året och tar emot båtar av alla slag, också på vintern när det går.

Avgifter, lokaler och personal redovisas nedan för det kommande året enligt nämndens beslut.

Föreningarna får hyra bryggorna till en taxa som nämnden bestämmer för ett år i taget och som

räknas upp med index. De som hyr ska hålla efter bryggan och de ytor som hör till den, medan

förvaltningen svarar för el, vatten och renhållning på land under den tid som hamnen är öppen.

Varje seglarklubb har en ledare och en adress, en lokal och ett projekt om kontroll och metod. En

hyresvärd svarar för varje lokal, och nämnden för tider, meter, system, status och controller."""


def source(table: str) -> Source:
    """A plan's text with a table set so: a blank line between rows, a space before each, and one at each line's end."""
    rows = "\n\n".join("\n".join(f"{line} " for line in row.split("\n")) for row in table.strip("\n").split("\n\n"))
    prose = "\n\n".join(f"{line} " for line in PROSE.split("\n\n") if line)
    return plain(f"Verksamhetsplan 2031 \n\n1 Hamnen \n\n{prose}\n\n{rows}\n\n{prose}")


def read(table: str) -> Plan:
    return plan_of(source(table), "verksamhetsplan-2031.txt")


def cells(plan: Plan) -> dict[str, list[str | None]]:
    """What the cells of each row say."""
    return {row.row: [cell.written for cell in row.cells] for row in plan.rows}


def columns(plan: Plan) -> list[str]:
    return [cell.column for cell in plan.rows[0].cells]


FEES = """
 Avgift 2030
(kr)
2031
(kr)
Per Anmärkning

 Båtplats, första året 395 410 månad El ingår

 Båtplats, därefter 1 450 1 500 månad Från 1 juli 2031

 Vinterplats 700  säsong Ny taxa beslutas
i mars

 Stora salen på Bryggan,
18–25 år
50 50 timme Gratis till och med
17 år
"""

KINDS = """
 Kostnadsslag (tkr) Budget
2030
Budget
2031
Anmärkning

 Personal 66 900 68 420 Löneökning beräknad till
2,3 procent

 Lokaler 28 950 28 310 varav hyror 24 600

 Muddring 3 150 3 400

 Summa 99 000 100 130
"""

CLUBS = """
 Seglarklubb Brygga Platser
2030
Platser
2031
I kö
okt
2030
Årsarb. Ledare
finns

 Måsen Norra bryggan 45 50 12 2,0 Ja

 Tärnan Södra bryggan 40 40  2,0 Vakant

 Svanen Yttre
bryggan
 25 4 1,25 Tillsätts i april

 Summa 85 115 16 5,25
"""

PROJECTS = """
 Projekt Budget
2031
(tkr)
Förbrukat
t.o.m. 2030
Total
budget
(tkr)
Klart Anmärkning

 Nämndens ram

 Norra kajen, upprustning
av fendrar
2 600 450 3 050 Kvartal 3
2031
Samråd med klubbarna

 Belysning vid piren 1 150  1 150 Löpande varav hamnplan 550

 Pirens räcke 1 400 1 250 4 050 2032 Etapp 3 utförs 2032,
1 400 tkr

 Summa ram 5 150 1 700 8 250
"""

OPEN = """
 Bryggcafé Öppet på
sommaren
Öppet på
vintern
Personal
(årsarb.)

 Måsen tisdag–torsdag 15.00–21.00,
fredag 17.00–23.00
måndag–fredag
13.00–20.00
8,5

 Tärnan måndag–torsdag 14.30–20.30 måndag–torsdag
13.00–20.00
7,0

 Svanen alla dagar 10.00–18.00 Stängt 7,0
"""

SICK = """
 Sjukfrånvaro (procent av
arbetstid)
12 mån
okt
2029
12 mån
okt
2030
Mål
2031
varav dag
1–14

 Stab 1,8 2,4 2,0

 Hamnenheten 3,9 4,6 4,0 1,7

 Badenheten 6,8  6,5 2,9

 Båtenheten 7,1  6,0 2,8
"""


@pytest.mark.parametrize(
    ("table", "row", "said"),
    [
        (FEES, "Båtplats, första året", ["395", "410", "månad", "El ingår"]),
        (FEES, "Båtplats, därefter", ["1 450", "1 500", "månad", "Från 1 juli 2031"]),
        (FEES, "Vinterplats", ["700", None, "säsong", "Ny taxa beslutas i mars"]),
        (FEES, "Stora salen på Bryggan, 18–25 år", ["50", "50", "timme", "Gratis till och med 17 år"]),
        (KINDS, "Personal", ["66 900", "68 420", "Löneökning beräknad till 2,3 procent"]),
        (KINDS, "Lokaler", ["28 950", "28 310", "varav hyror 24 600"]),
        (KINDS, "Muddring", ["3 150", "3 400", None]),
        (CLUBS, "Måsen", ["Norra bryggan", "45", "50", "12", "2,0", "Ja"]),
        (CLUBS, "Tärnan", ["Södra bryggan", "40", "40", None, "2,0", "Vakant"]),
        (CLUBS, "Svanen", ["Yttre bryggan", None, "25", "4", "1,25", "Tillsätts i april"]),
        (
            PROJECTS,
            "Norra kajen, upprustning av fendrar",
            ["2 600", "450", "3 050", "Kvartal 3 2031", "Samråd med klubbarna"],
        ),
        (PROJECTS, "Belysning vid piren", ["1 150", None, "1 150", "Löpande", "varav hamnplan 550"]),
        (OPEN, "Måsen", ["tisdag–torsdag 15.00–21.00, fredag 17.00–23.00", "måndag–fredag 13.00–20.00", "8,5"]),
        (OPEN, "Svanen", ["alla dagar 10.00–18.00", "Stängt", "7,0"]),
        (SICK, "Hamnenheten", ["3,9", "4,6", "4,0", "1,7"]),
        (SICK, "Stab", ["1,8", "2,4", "2,0", None]),
        (SICK, "Badenheten", ["6,8", None, "6,5", "2,9"]),
    ],
)
def test_cells(table: str, row: str, said: list[str | None]) -> None:
    """Each cell stands in its column: a space more is an empty one, and a line below the rest of a wrapped one."""
    assert cells(read(table))[row] == said


def test_names_that_wrap() -> None:
    """A header's names go on in the lines below, whatever they begin with."""
    assert columns(read(SICK)) == ["12 mån okt 2029", "12 mån okt 2030", "Mål 2031", "varav dag 1–14"]
    assert columns(read(FEES)) == ["2030 (kr)", "2031 (kr)", "Per", "Anmärkning"]


def test_group_above_rows() -> None:
    """A label between rows that has no cells is the group of those below."""
    parents = {row.row: row.parent for row in read(PROJECTS).rows}
    assert parents["Belysning vid piren"] == "Nämndens ram"


def test_row_that_a_page_parts_from_its_label() -> None:
    """A wrapped label at a page's end and the cells on the next page are one row."""
    table = """
 System Tas i bruk Berörd enhet Kostnad
2031 (tkr)
Status

 Båtplatser, kö 15 mars 2031 Hamnenheten 140 Upphandlas

 Felanmälan 1 april 2031 Badenheten  Gemensamt

 Besöksbokning,
gästhamn

 Båtenheten 60 Beror på säkerheten
"""
    assert cells(read(table))["Besöksbokning, gästhamn"] == [None, "Båtenheten", "60", "Beror på säkerheten"]


def test_figure_that_two_sums_put_in_the_column_beside() -> None:
    """A figure stands where both columns' printed sums come out."""
    table = """
 Lokal Adress Hyra
2030
Hyra
2031
Hyresvärd

 Hamnhuset Kajgatan 2 6 810 6 980 Hus AB

 Magasinet Smedjegatan 9  410 Upphört

 Summa  7 220 6 980
"""
    assert cells(read(table))["Magasinet"] == ["Smedjegatan 9", "410", None, "Upphört"]


@pytest.mark.parametrize("missing", ["Hamnenheten 31,6  29,2 27,9", "Hamnenheten 31,6 29,2 27,9"])
def test_figures_alone_are_left_to_what_they_add_up_to(missing: str) -> None:
    """Costs, revenue and net are told by one another, with a space for what is missing or without."""
    table = f"""
 Verksamhet, mnkr Kostnader Intäkter Netto
2031
Netto
2030

 Stab 7,1 0,2 6,9 6,8

 {missing}

 Badenheten 30,2 1,1 29,1 28,4
"""
    told = cells(read(table))["Hamnenheten"]
    assert told in (["31,6", None, "29,2", "27,9"], [None, None, None, None])


def test_figure_lacked_without_a_trace() -> None:
    """Where no space tells which of the figures a row lacks, the table is left to other readers."""
    table = """
 Enhet Platser
2030
Platser
2031
Anmärkning

 Måsen 45 50 Ny brygga

 Tärnan 40 Byggs om

 Svanen 30 35 Delas
"""
    assert not any(isinstance(item, Grid) for item in led_tables(source(table)).items)


def test_header_right_below_a_sum() -> None:
    """Another table's header follows on a sum without anything between."""
    plan = read(f"{KINDS}\n{FEES}")
    assert cells(plan)["Muddring"] == ["3 150", "3 400", None]
    assert cells(plan)["Vinterplats"][2] == "säsong"


def test_heading_below_a_table() -> None:
    """Headings and prose below are no rows."""
    table = """
 Kontroll Metod Hur ofta Kontrolleras av Redovisas

 Bemanning på bryggan Stickprov, 20 pass Två gånger per år Hamnchef T1, T2

 Samtycke till bild Genomgång Varje kvartal Administratör T2

Synpunkter och klagomål

Under 2030 inkom 64 felanmälningar, av vilka 31 gällde bryggor och 27 bokning av platser. De

besvaras inom tio arbetsdagar av förvaltningen.
"""
    plan = read(table)
    assert set(cells(plan)) == {"Bemanning på bryggan", "Samtycke till bild"}
    assert any("64 felanmälningar" in passage.text for passage in plan.passages)


def test_what_is_listed_is_no_activity() -> None:
    """A table of what is handed in to whom, or of places and what is done there, has no activities."""
    calendar = """
 Vad När Vem lämnar Till

 Månadsbokslut Sjätte arbetsdagen
varje månad
Enhetschefer Controller

 Underlag rapport 1 26 april Enhetschefer Controller

 Planeringsdagar inför 2032 18 och 19 september Alla chefer
"""
    places = """
 Brygga Del Meter Belyst Åtgärd 2031 Klart

 Norra bryggan Norr 9,4 Ja Nya fendrar 30 juni

 Södra bryggan Syd 6,2 Delvis Ny belysning Kvartal 2

 Inre bryggan Norr 4,1 Ja Ny belysning 10 maj

 Yttre bryggan Syd 2,0 Nej Ingår i planen, ny
brygga tidigast 2033
"""
    first, second = read(calendar), read(places)
    assert not first.activities
    assert not second.activities
    assert cells(first)["Månadsbokslut"] == ["Sjätte arbetsdagen varje månad", "Enhetschefer", "Controller"]
    assert cells(first)["Planeringsdagar inför 2032"] == ["18 och 19 september", "Alla chefer", None]


def test_only_day_of_an_activity() -> None:
    """Where an empty start leaves a space more, a day after one space is a start."""
    table = """
 Aktivitet Startdatum Slutdatum

 Måla bryggan. 2031-02-01 2031-03-30

 Byta skyltar i hamnen. 2031-05-02

 Byta belysning på piren.  2031-08-23
"""
    days = {each.text: (each.start, each.end) for each in read(table).activities}
    assert days["Byta skyltar i hamnen."] == (date(2031, 5, 2), None)
    assert days["Byta belysning på piren."] == (None, date(2031, 8, 23))


NAMES_APART = """
 Brygga Utfall 2029 Utfall jan-okt
2030

Mål 2031

 Norra bryggan 5,1 % 4,4 % 4,2 %

 Södra bryggan 9,3 % 8,6 % 7,5 %

 Alla bryggor 7,1 % 6,8 % 6,2 %
"""


def test_names_that_a_blank_line_parts_from_the_header() -> None:
    """Below a name that wraps the next ones stand after a blank line; a percent sign parts no figure."""
    plan = read(NAMES_APART)
    assert columns(plan) == ["Utfall 2029", "Utfall jan-okt 2030", "Mål 2031"]
    assert cells(plan)["Södra bryggan"] == ["9,3 %", "8,6 %", "7,5 %"]
