"""Invented tables, each flattened in several ways, are read cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from ingest.plan import Plan
from ingest.read import plan_of
from ingest.readers.text import plain

Rows = Sequence[Sequence[str]]

TABLES: dict[str, Rows] = {
    "Driftbudget": (
        ("Verksamhet", "Bokslut 2029", "Budget 2030", "Budget 2031"),
        ("Nämnd", "1 120", "1 145", "1 160"),
        ("Kajer och bryggor", "38 450", "39 120", "40 300"),
        ("varav muddring", "7 900", "8 400", "8 400"),
        ("Gästhamn", "-240", "-310", "-310"),
        ("Summa", "39 330", "39 955", "41 150"),
    ),
    "Avgifter": (
        ("Avgift", "2030", "2031"),
        ("Båtplats, kr per år", "2 450", "2 600"),
        ("Vinterplats, kr per säsong", "-", "795"),
        ("Kranlyft, kr", "1 200", "1 350"),
        ("Båtplats med elstolpe", "-", "Beslutas våren 2031"),
    ),
    "Bemanning": (
        ("Tid på dygnet", "Antal vardagar", "Antal helger"),
        ("Morgon 7-10", "21", "17"),
        ("Dag 10-16", "16", "11"),
        ("Kväll 16-22", "10", "9"),
    ),
    "Organisation": (
        ("Avdelning", "Chef", "Årsarbetare", "Placering"),
        ("Stab", "Ada Lind", "11,0", "Hamnhuset, Kajgatan 4"),
        ("Drift", "Bo Frisk", "34,5", "Förrådet, Smedjevägen 12"),
        ("Lotsning", "Siri Alm", "8,0", "Lotstornet"),
        ("Gästhamn", "Per Grahn", "5,5", "Bryggan"),
    ),
    "Möten": (
        ("Möte", "Hur ofta", "Längd", "Leds av"),
        ("Arbetsplatsträff", "Var femte vecka", "90 min", "Hamnchef"),
        ("Lagmöte", "Varje vecka", "45 min", "Lagledare"),
        ("Morgonmöte", "Varje dag", "10 min", "Samordnare"),
        ("Skyddskommitté", "Fyra gånger per år", "120 min", "Verksamhetschef"),
    ),
    "Egenkontroller": (
        ("Kontroll", "Månad", "Görs av"),
        ("Nycklar och koder", "Februari, augusti", "Administratör"),
        ("Loggar", "Mars, juni, september", "Hamnchef"),
        ("Kassan", "April, oktober", "Samordnare"),
        ("Brandskydd", "Maj", "Brandombud"),
    ),
    "Rapportering": (
        ("Rapport", "Innehåll", "Till nämnden"),
        ("Tertialrapport 1", "Ekonomi och aktiviteter", "maj 2031"),
        ("Delårsrapport", "Ekonomi, mål och nyckeltal", "september 2031"),
        ("Årsredovisning", "Samtliga delar", "februari 2032"),
    ),
    "Lokaler": (
        ("Lokal", "Adress", "Yta, kvm"),
        ("Hamnhuset", "Kajgatan 4", "1 250"),
        ("Förrådet", "Smedjevägen 12", "840"),
        ("Lotstornet", "Skärvägen 1", "210"),
    ),
    "Kontakt": (
        ("Funktion", "Namn", "Telefon"),
        ("Hamnchef", "Ada Lind", "0200-55 41 10"),
        ("Driftledare norra och södra", "Bo Frisk", "0200-55 41 12"),
        ("Administratör", "Kajsa Moss", "0200-55 41 15"),
        ("Lots", "Siri Alm", "0200-55 43 00"),
    ),
}
BEFORE = """Hamnen är öppen hela året och tar emot båtar från hela landet, både sommar och vinter, och
varje lag planerar sina egna dagar tillsammans med sina medarbetare, båtägare och kunder i
området. Lagledaren följer avgifter, risker och möten, och en rapport om ekonomin lämnas varje
månad. Under året byts ett par bojar, och hur ofta kranen används ska mätas av en lots."""
AFTER = """Underskottet täcks av tidigare års överskott, som vid ingången av året beräknas till en halv
miljon kronor. Kranen dimensioneras för tjugo ton och tas i drift till hösten."""


def a_row_a_line(rows: Rows) -> list[str]:
    return [" ".join(row) for row in rows]


def a_cell_a_line(rows: Rows) -> list[str]:
    return [cell for row in rows for cell in row]


def a_name_a_line(rows: Rows) -> list[str]:
    return [*rows[0], *a_row_a_line(rows[1:])]


def over_a_page(rows: Rows) -> list[str]:
    lines = a_row_a_line(rows)
    return [*lines[:3], "", "Hamnnämnden, Verksamhetsplan 2031 4(9)", "", lines[0], *lines[3:]]


LAYOUTS: tuple[Callable[[Rows], list[str]], ...] = (a_row_a_line, a_cell_a_line, a_name_a_line, over_a_page)


def read(name: str, layout: Callable[[Rows], list[str]], apart: bool) -> Plan:
    """A plan with one table; blank lines stand between all lines, or only between paragraphs."""
    parts = ["Verksamhetsplan 2031", "Hamnnämnden", "1 Inledning", BEFORE, f"2 {name}", BEFORE]
    parts += ["\n".join(layout(TABLES[name])), AFTER, "3 Uppföljning", BEFORE]
    parts += ["Hamnnämnden, Verksamhetsplan 2031 5(9)"]
    text = "\n\n".join(parts) + "\n"
    if apart:
        text = "\n\n".join(line + " " for line in text.split("\n") if line) + "\n"
    return plan_of(plain(text), "plan.txt")


def cells(plan: Plan) -> set[tuple[str, str, str]]:
    return {(row.row, cell.column, cell.written) for row in plan.rows for cell in row.cells if cell.written is not None}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_cells_are_read_however_a_table_is_set(layout: Callable[[Rows], list[str]], apart: bool, name: str) -> None:
    """Each cell stands under its column in its row, and prose is never a cell."""
    header, *rows = TABLES[name]
    wanted = {(row[0], column, cell) for row in rows for column, cell in zip(header[1:], row[1:], strict=True)}
    assert cells(read(name, layout, apart)) == wanted
