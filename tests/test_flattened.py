"""Tables that text extraction flattened: each form that has broken the reading, and generated ones of any shape."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ingest.flattened import tabled
from ingest.furniture import without_furniture
from ingest.goal_rows import goal_tables
from ingest.grids import tidied
from ingest.laid_out import laid_out
from ingest.plan import Activity, Indicator, Plan, TableRow
from ingest.read import plan_of
from ingest.source import Grid, Line, Source


def source(text: str) -> Source:
    """A text as the text reader hands it on: a line for each that has words."""
    items, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            items.append(Line(at + len(line) - len(line.lstrip()), at + len(line.rstrip())))
        at += len(line) + 1
    return Source(text, tuple(items))


def spaced(text: str) -> str:
    """Lines written as here, with the space at their ends and the blank lines between that extraction leaves.

    A "\\" at a line's end keeps the next line close to it; each "_" stands for the space of an empty cell.
    """
    out = []
    for line in text.strip("\n").split("\n"):
        close = line.endswith("\\")
        out.append(line.rstrip("\\").replace("_", " ") + (" \n" if close else " \n\n"))
    return "".join(out)


def grids(text: str) -> list[list[list[str]]]:
    """The tables found in a text, as rows of cells, the header first."""
    found = tidied(tabled(goal_tables(laid_out(without_furniture(source(text))))))
    tables = [grid for grid in found.items if isinstance(grid, Grid)]
    return [[[" ".join(c.text.split()) for c in row.cells] for row in grid.rows] for grid in tables]


def read(text: str) -> Plan:
    return plan_of(source(text), "verksamhetsplan-2031-lervik.txt")


PROSE = "Nämnden håller kajerna öppna hela året och räknar med fler besökare än förra sommaren.\n"


def test_cells_of_an_indicator_table_keep_their_columns() -> None:
    """An empty cell leaves one space more, by which a lone value is known to be the one or the other."""
    text = spaced(
        PROSE
        + """Indikator Årsmål KF:s årsmål Periodicitet
Andel hela bryggor 90 % 85 % År
Antal livbojar 40 st _Tertial
Andel torra källare _85 % År
Antal möten med båtklubbarna _Tas fram av\\
nämnd/styrelse Tertial
"""
    )
    assert grids(text)[0][1:] == [
        ["Andel hela bryggor", "90 %", "85 %", "År"],
        ["Antal livbojar", "40 st", "", "Tertial"],
        ["Andel torra källare", "", "85 %", "År"],
        ["Antal möten med båtklubbarna", "", "Tas fram av nämnd/styrelse", "Tertial"],
    ]


def test_lone_value_without_a_trace_is_reported() -> None:
    """Where spaces were folded a lone value could be either target: it is reported, and neither cell filled."""
    text = "Indikator Årsmål KF:s årsmål Periodicitet\nAndel hela bryggor 90 % År\nAntal bojar 3 st 4 st År\n"
    plan = read(text)
    assert [(i.target, i.council_target) for i in plan.indicators] == [(None, None), ("3 st", "4 st")]
    assert [plan.text[u.span.start : u.span.end] for u in plan.unplaced] == ["Andel hela bryggor 90 % År"]


def test_years_in_a_name_are_no_target() -> None:
    """A time that ends an indicator's name is not taken for one of its two targets."""
    text = (
        "Indikator Årsmål KF:s årsmål Periodicitet\nAndel som bor kvar efter 5 år 60 % År\nAntal bojar 3 st 4 st År\n"
    )
    assert grids(text)[0][1][1:] == ["", "", "År"]


def test_page_break_inside_indicator_table() -> None:
    """A row that a page break divides is one row, the header between its parts no part of it."""
    text = spaced(PROSE + "Indikator Årsmål KF:s årsmål Periodicitet\nAntal bojar 3 st 4 st År\nAndel gäster som har")[
        :-1
    ]
    text += " Indikator Årsmål KF:s årsmål Periodicitet \n\nhittat en ledig plats samma kväll 70 % 75 % Tertial \n\n"
    assert grids(text)[0][1:] == [
        ["Antal bojar", "3 st", "4 st", "År"],
        ["Andel gäster som har hittat en ledig plats samma kväll", "70 %", "75 %", "Tertial"],
    ]


def test_cell_that_goes_on_under_the_repeated_header() -> None:
    """The rest of a cell whose row was otherwise whole before the page break is put back into that cell."""
    text = spaced(PROSE + "Indikator Årsmål KF:s årsmål Periodicitet\nAntal bojar 3 st Tas fram av Tertial\n")[:-1]
    text += "  Indikator Årsmål KF:s årsmål Periodicitet \n\n  nämnd/styrelse  \n\nAntal stegar 5 st 6 st År \n\n"
    assert grids(text)[0][1:] == [
        ["Antal bojar", "3 st", "Tas fram av nämnd/styrelse", "Tertial"],
        ["Antal stegar", "5 st", "6 st", "År"],
    ]


def test_comment_row_belongs_to_the_indicator_above() -> None:
    """ "Kommentar" and the sentence below it are the comment of the row before, not a row."""
    plan = read(
        spaced(
            """Indikator Årsmål KF:s årsmål Periodicitet
Antal bojar 3 st 4 st År
Kommentar
Räknas i maj, när isen har gått.
Antal stegar 5 st 6 st År
"""
        )
    )
    assert [(i.name, i.comment) for i in plan.indicators] == [
        ("Antal bojar", "Räknas i maj, när isen har gått."),
        ("Antal stegar", None),
    ]


def test_header_of_an_indicator_table_broken_over_lines() -> None:
    """A header whose cells wrap is one header."""
    text = spaced(PROSE + "Indikator\nÅrsmål KF:s\\\nårsmål\nPeriodicitet\nAntal bojar 3 st 4 st År\n")
    assert grids(text) == [
        [["Indikator", "Årsmål", "KF:s årsmål", "Periodicitet"], ["Antal bojar", "3 st", "4 st", "År"]]
    ]


def test_activity_with_its_dates_on_a_line_of_their_own() -> None:
    """A text that wraps and the dates below it are one row; one date is the last day."""
    text = spaced(
        PROSE
        + """Aktivitet Startdatum Slutdatum
Kajenheten ska i samarbete med\\
båtklubbarna måla alla bryggor.
2031-03-01 2031-09-30
Köpa tolv livbojar. _2031-05-01
"""
    )
    assert grids(text)[0][1:] == [
        ["Kajenheten ska i samarbete med båtklubbarna måla alla bryggor.", "2031-03-01", "2031-09-30"],
        ["Köpa tolv livbojar.", "", "2031-05-01"],
    ]


def test_page_break_inside_an_activity() -> None:
    """The end of a text that stands under the repeated header, its dates before the break, is put back."""
    text = spaced(PROSE + "Aktivitet Startdatum Slutdatum\nKajenheten ska måla alla 2031-03-01 2031-09-30")[:-1]
    text += "  Aktivitet Startdatum Slutdatum \n\n bryggor i hamnen.   \n\nKöpa bojar. 2031-01-01 2031-05-01 \n\n"
    assert grids(text)[0][1:] == [
        ["Kajenheten ska måla alla bryggor i hamnen.", "2031-03-01", "2031-09-30"],
        ["Köpa bojar.", "2031-01-01", "2031-05-01"],
    ]


def test_responsible_column_of_an_activity_table() -> None:
    """Where a column names who answers for it, that cell is told from the text by where the text's lines end."""
    text = spaced(
        PROSE
        + """Aktivitet Ansvarig Startdatum Slutdatum
Måla alla bryggor och byta ut\\
de trasiga plankorna.
Hamnchefen 2031-03-01 2031-09-30
"""
    )
    plan = read(text)
    assert [(a.text, a.responsible) for a in plan.activities] == [
        ("Måla alla bryggor och byta ut de trasiga plankorna.", ("Hamnchefen",))
    ]


BUDGET = """Verksamhet, mnkr Kostnader Intäkter NettoVP 2031 VP 2030 Omslutnings-\\
förändring
Kajer 12,5 2,5 10,0 9,1 0,5
Fyrar 3,0__3,0 2,8_
Bad och\\
badhus
4,0 1,0 3,0 2,0 1,0
Summa 19,5 3,5 16,0 13,9 1,5
"""


def test_empty_cells_of_a_budget_table_leave_wider_gaps() -> None:
    """A wider gap is an empty cell, the glued header two words, and a wrapped label one label."""
    assert grids(spaced(PROSE + BUDGET)) == [
        [
            ["Verksamhet, mnkr", "Kostnader", "Intäkter", "Netto VP 2031", "VP 2030", "Omslutningsförändring"],
            ["Kajer", "12,5", "2,5", "10,0", "9,1", "0,5"],
            ["Fyrar", "3,0", "", "3,0", "2,8", ""],
            ["Bad och badhus", "4,0", "1,0", "3,0", "2,0", "1,0"],
            ["Summa", "19,5", "3,5", "16,0", "13,9", "1,5"],
        ]
    ]


def test_sums_tell_which_cell_is_empty() -> None:
    """With the gaps folded, net = costs − revenue and the printed sums leave one way to place the numbers."""
    lines = BUDGET.replace("\\", "").replace("__", " ").replace("_", "").strip().split("\n")
    assert grids("\n".join(line.strip() for line in lines) + "\n") == grids(spaced(PROSE + BUDGET))


def test_numbers_that_nothing_places_are_reported() -> None:
    """Without gaps and sums the cells stay empty, and the row's words are reported."""
    plan = read("Verksamhet, tkr Utfall 2029 Budget 2030 Budget 2031\nKajer 12 14 15\nFyrar 3 4\nBad 5 6 7\n")
    assert [[cell.written for cell in row.cells] for row in plan.rows] == [
        ["12", "14", "15"],
        [None, None, None],
        ["5", "6", "7"],
    ]
    assert [plan.text[u.span.start : u.span.end] for u in plan.unplaced] == ["Fyrar 3 4"]


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u2009", "\u202f"])
def test_spaces_inside_thousands(space: str) -> None:
    """Whichever space a number has between its thousands, it is one number."""
    text = f"Verksamhet (tkr) Utfall 2029 Budget 2030\nKajer 12{space}480 14{space}100\nFyrar 3{space}020 980\n"
    assert grids(text)[0][1:] == [["Kajer", "12 480", "14 100"], ["Fyrar", "3 020", "980"]]


def test_header_columns_that_share_a_wrapped_line() -> None:
    """The last cell of a line wraps to the next: "Totalt" and "2030" are one column, beside another "Totalt"."""
    text = spaced(
        PROSE
        + """Båtar i hamnen
Antal båtar,\\
prognos 2031
Segel Motor Totalt Totalt\\
2030
Maj 120 80 200 190
Juni 180 95 275 260
"""
    )
    rows = read(text).rows
    assert [(c.column, c.year, c.unit) for c in rows[0].cells] == [
        ("Segel", 2031, "st"),
        ("Motor", 2031, "st"),
        ("Totalt", 2031, "st"),
        ("Totalt 2030", 2030, "st"),
    ]
    assert [[c.written for c in row.cells] for row in rows] == [
        ["120", "80", "200", "190"],
        ["180", "95", "275", "260"],
    ]


def test_group_labels_are_parents_and_no_rows() -> None:
    """A label that ends in a colon, or leaves the spaces of its empty cells, names the rows below it."""
    text = spaced(
        PROSE
        + """Verksamhet VP 2031 varav\\
kvinnor
varav män VP 2030
Gästhamn:____
Nätter 210 100 110 190
Fiskehamn:
Båtar 30 4 26 31
"""
    )
    plan = read(text)
    assert [(row.row, row.parent) for row in plan.rows] == [("Nätter", "Gästhamn:"), ("Båtar", "Fiskehamn:")]
    assert [cell.year for cell in plan.rows[0].cells] == [2031, 2031, 2031, 2030]
    assert plan.unplaced == ()


def test_rows_after_varav_are_parts() -> None:
    """As many rows after "varav:" are parts as make the printed sum come out."""
    text = spaced(
        PROSE
        + """Verksamhet, mnkr Kostnader Intäkter Netto VP 2031
Kajer, varav: 12,0 2,0 10,0
Norra kajen 7,0 1,0 6,0
Södra kajen 5,0 1,0 4,0
Fyrar 3,0 0,0 3,0
Summa 15,0 2,0 13,0
"""
    )
    assert [(row.row, row.parent) for row in read(text).rows] == [
        ("Kajer, varav:", None),
        ("Norra kajen", "Kajer, varav:"),
        ("Södra kajen", "Kajer, varav:"),
        ("Fyrar", None),
        ("Summa", None),
    ]


def test_sum_without_figures_tells_nothing_of_the_rows_above_it() -> None:
    """A label "Summa" alone leaves open where the figures of the rows above it stand, and the rest is read."""
    text = """Verksamhet Budget 2029 Budget 2030 Budget 2031 Budget 2032
Kajer 4,0 3,0
Fyrar 2,0 1,0 2,0
Summa
Bad 5,0 4,0 3,0 2,0
Båtar 1,0 4,0 3,0 2,0
"""
    assert grids(text)[0][1:] == [
        ["Kajer", "", "", "", ""],
        ["Fyrar", "", "", "", ""],
        ["Summa", "", "", "", ""],
        ["Bad", "5,0", "4,0", "3,0", "2,0"],
        ["Båtar", "1,0", "4,0", "3,0", "2,0"],
    ]


def test_heading_between_two_tables_with_the_same_header() -> None:
    """After a sum, a line above the same header is the heading of the next table."""
    table = (
        "Verksamhet, mnkr Kostnader Intäkter Netto VP 2031\nKajer 2,0 1,0 1,0\nFyrar 3,0 1,0 2,0\nSumma 5,0 2,0 3,0\n"
    )
    plan = read(spaced("Hamnen\n" + PROSE + table + "Stranden\n" + table))
    assert [row.table for row in plan.rows] == ["Hamnen"] * 3 + ["Stranden"] * 3


def test_footnote_under_a_table_is_prose() -> None:
    """A note with an asterisk is a passage, neither a row nor lost."""
    plan = read(spaced(PROSE + BUDGET + "* Badhuset stängs i mars och öppnar igen i september.\n" + PROSE))
    assert [row.row for row in plan.rows] == ["Kajer", "Fyrar", "Bad och badhus", "Summa"]
    assert "* Badhuset stängs i mars och öppnar igen i september." in [p.text for p in plan.passages]


def test_prices_with_units_and_what_they_are_per() -> None:
    """Amounts may carry their unit, and a last column of words says what a price is per."""
    text = spaced(
        PROSE
        + """Insats Pris 2031 Pris 2030 Per
Gästplats med el 1 240 kr 1 180 kr natt
Kran, båt över\\
fem ton
950 kr 900 kr lyft
Dusch, gäst 20 kr__gång
"""
    )
    rows = read(text).rows
    assert [[row.row, *(c.written for c in row.cells)] for row in rows] == [
        ["Gästplats med el", "1 240 kr", "1 180 kr", "natt"],
        ["Kran, båt över fem ton", "950 kr", "900 kr", "lyft"],
        ["Dusch, gäst", "20 kr", None, "gång"],
    ]
    assert [(c.column, c.year, c.unit) for c in rows[2].cells] == [
        ("Pris 2031", 2031, "kr"),
        ("Pris 2030", 2030, "kr"),
        ("Per", None, None),
    ]


def test_premises_and_comments_over_a_page_break() -> None:
    """A comment begins at the capital before its first verb or preposition; one that stops short goes on after the
    repeated header; a label alone is a group."""
    text = spaced(
        PROSE
        + """Lokal Kommentar
Hamnen_
Magasin 4, Norra kajen Byggs om under våren. Klart i juni.
Fyrhuset Hyrs ut i andra hand till"""
    )[:-1]
    text += " Lokal Kommentar \n\nHamnsällskapet. \n\nFiskebasaren,\nSödra kajen \n\nTaket läggs om i maj. \n\n"
    assert grids(text)[0][1:] == [
        ["Hamnen", ""],
        ["Magasin 4, Norra kajen", "Byggs om under våren. Klart i juni."],
        ["Fyrhuset", "Hyrs ut i andra hand till Hamnsällskapet."],
        ["Fiskebasaren, Södra kajen", "Taket läggs om i maj."],
    ]


def test_units_and_their_departments() -> None:
    """Two columns on one line with nothing between are parted by the words that come again."""
    text = spaced(
        PROSE
        + "Enhet Avdelning\nNorra kajens förråd Drift\nSödra kajens förråd Drift\nFyrvakten och lotsarna Sjöfart\n"
    )
    assert grids(text)[0][1:] == [
        ["Norra kajens förråd", "Drift"],
        ["Södra kajens förråd", "Drift"],
        ["Fyrvakten och lotsarna", "Sjöfart"],
    ]


def test_word_broken_without_a_hyphen_in_a_narrow_cell() -> None:
    """Two parts are one word where the document has the whole word and not the parts."""
    text = spaced(
        "Målet fastställs i tertialrapport 1.\n"
        "Indikator Årsmål KF:s årsmål Periodicitet\n"
        "Antal bojar 3 st Fastställs i tertialrappo\\\nrt 1\nÅr\n"
    )
    assert grids(text)[0][1] == ["Antal bojar", "3 st", "Fastställs i tertialrapport 1", "År"]


def test_words_of_a_cell_stay_apart() -> None:
    """Words on one line are never joined, nor a small word to the line above, though the two joined are a word too."""
    text = spaced(
        "Förra året åtgärdade vi kajerna inför sommaren. De som seglar vill ha ett drop-in igen.\n"
        "Aktivitet Startdatum Slutdatum\n"
        "Åtgärda de tio platser där båtar läcker 2031-01-01 2031-05-31\n"
        "Öppna ett drop-in för nya seglare, sedan\\\nåtgärda\\\nde andra 2031-02-01 2031-06-30\n"
    )
    told = [row[0] for row in grids(text)[0][1:]]
    assert told[0] == "Åtgärda de tio platser där båtar läcker"
    assert told[1] == "Öppna ett drop-in för nya seglare, sedan åtgärda de andra"


def test_prose_with_numbers_is_no_table() -> None:
    """Sentences that end lines in numbers stay prose."""
    text = (
        "Kostnaderna för kajerna väntas under 2031 bli\nungefär 12,5 mnkr, mot 11,9 mnkr under 2030 och\n"
        "11,2 mnkr under 2029. Intäkterna är 2,5\nmnkr och nettot 10,0 mnkr. Priset är 240\nkronor.\n"
    )
    assert grids(text) == []
    assert read(text).unplaced == ()


def test_label_and_header_whose_lines_are_set_apart() -> None:
    """A header and a label that wrap with a blank line between their lines are one each, over a page break too."""
    text = spaced(
        PROSE
        + """Verksamhet,
mnkr
Kostnader Intäkter NettoVP 2031 VP 2030
Kajer och
bryggor
12,5 2,5 10,0 9,1
Fyrar 3,0 1,0 2,0 2,8
Strandpromenaden
Sjövreten
4,0 1,0 3,0 2,0
Summa 19,5 4,5 15,0 13,9
"""
    )
    assert grids(text) == [
        [
            ["Verksamhet, mnkr", "Kostnader", "Intäkter", "Netto VP 2031", "VP 2030"],
            ["Kajer och bryggor", "12,5", "2,5", "10,0", "9,1"],
            ["Fyrar", "3,0", "1,0", "2,0", "2,8"],
            ["Strandpromenaden Sjövreten", "4,0", "1,0", "3,0", "2,0"],
            ["Summa", "19,5", "4,5", "15,0", "13,9"],
        ]
    ]


def test_years_that_stand_under_the_names() -> None:
    """A line of years below a header belongs to the last names of the line above; glued names are two."""
    text = (
        "Verksamhet, tkr\nIntäkter Kostnader NettokostnadBudget Utfall\n2031 2030 2029\n"
        "Kajer 0 2 140 2 140 2 095 1 987\nFyrar 3 420 41 870 38 450 37 160 36 204\n"
    )
    header = ["Verksamhet, tkr", "Intäkter", "Kostnader", "Nettokostnad 2031", "Budget 2030", "Utfall 2029"]
    assert grids(text)[0][:2] == [header, ["Kajer", "0", "2 140", "2 140", "2 095", "1 987"]]


def test_unit_list_with_addresses() -> None:
    """Cells of words are told apart by what a column's cells have in common: addresses, counts, persons."""
    text = (
        "Enhet Adress Omfattning Chef\nFyrgården Kajgatan 4, Lervik 72 platser Ada Lind\n"
        "Båken\nHamngatan 21, Torsvik 48 platser\nBo Ek\nSkäret, gruppbostad Storgatan 9, Lervik 6 lägenheter Eva Ros\n"
        "Hemtjänst Norr Prästgatan 10, Torsvik 118 kunder Ida Dahl\n"
    )
    assert grids(text)[0][1:] == [
        ["Fyrgården", "Kajgatan 4, Lervik", "72 platser", "Ada Lind"],
        ["Båken", "Hamngatan 21, Torsvik", "48 platser", "Bo Ek"],
        ["Skäret, gruppbostad", "Storgatan 9, Lervik", "6 lägenheter", "Eva Ros"],
        ["Hemtjänst Norr", "Prästgatan 10, Torsvik", "118 kunder", "Ida Dahl"],
    ]


def test_prose_after_a_list_of_words_stays_prose() -> None:
    """Sentences have nothing in common with the rows above them."""
    text = (
        "Månad Mötesdag Ämne\nMars 14 mars Bokslut\nApril 18 april Avtal\nMaj 23 maj Delårsrapport\n"
        "Mötena börjar klockan 13.30 och är öppna för alla som bor i Lervik.\n"
    )
    assert [row[0] for row in grids(text)[0]] == ["Månad", "Mars", "April", "Maj"]


def test_numbers_a_line_each() -> None:
    """A record whose cells stand a line each is a row."""
    text = (
        "Verksamhet\nAntal 2031\nAntal 2032\nAndel flickor\n\nSegling\n412\n398\n48 %\n\nRodd\n1 204\n1 221\n49 %\n\n"
        "Simning\n18\n21\n33 %\n"
    )
    assert grids(text)[0][1:] == [
        ["Segling", "412", "398", "48 %"], ["Rodd", "1 204", "1 221", "49 %"], ["Simning", "18", "21", "33 %"]
    ]  # fmt: skip


def test_rows_that_stand_close_in_places_stay_rows() -> None:
    """Where a blank line follows most lines but not all, two rows with none between them are two rows all the same."""
    prose = spaced(PROSE * 7) + PROSE * 3
    table = (
        "Driftbudget, tkr Intäkter Kostnader Netto\n\nKajer 200 2 600 2 400\nFärjor och bryggor 1 850 3 900 2 050\n\n"
        "Fyrar och\nbojar\n\n0 980 980\nFiskhallen 640 720 80\nTotalt 2 690 8 200 5 510\n\n"
    )
    assert grids(prose + table + PROSE) == [
        [
            ["Driftbudget, tkr", "Intäkter", "Kostnader", "Netto"],
            ["Kajer", "200", "2 600", "2 400"],
            ["Färjor och bryggor", "1 850", "3 900", "2 050"],
            ["Fyrar och bojar", "0", "980", "980"],
            ["Fiskhallen", "640", "720", "80"],
            ["Totalt", "2 690", "8 200", "5 510"],
        ]
    ]


def test_list_of_words_ends_at_the_next_goal() -> None:
    """A rung of the goal ladder is no row of the table above it."""
    text = (
        PROSE
        + "Risk Värde Åtgärd Ägare\nIs i hamnen vintertid 16 Isbrytare hyrs från januari Ada Lind\n"
        + "Brist på lotsar 12 Lotsar utbildas i egen regi Bo Ek\nStrömavbrott 9 Reservkraft prövas i maj Ida Alm\n"
        + "Kommunfullmäktiges mål 2: Lervik har en öppen hamn\n"
        + PROSE * 3
    )
    plan = read(text)
    assert [row.row for row in plan.rows] == ["Is i hamnen vintertid", "Brist på lotsar", "Strömavbrott"]
    assert [section.number for section in plan.sections if section.label] == ["2"]


def test_columns_that_are_laid_out() -> None:
    """Where wide gaps are kept a cell stands under its column's name, or in its place among as many as there are."""
    text = (
        PROSE
        + "Driftbudget              Budget      Budget\n"
        + "(mnkr)                   2031        2030\n"
        + "Kajer och bryggor        12,3         4,5\n"
        + "Fyrar                     1,0\n"
        + "Färjor                                2,5\n"
        + "Hamnkontoret med\n"
        + "verkstad     7,7      7,1\n"
        + "Summa                    21,0        14,1\n"
        + PROSE
    )
    assert grids(text) == [
        [
            ["Driftbudget (mnkr)", "Budget 2031", "Budget 2030"],
            ["Kajer och bryggor", "12,3", "4,5"],
            ["Fyrar", "1,0", ""],
            ["Färjor", "", "2,5"],
            ["Hamnkontoret med verkstad", "7,7", "7,1"],
            ["Summa", "21,0", "14,1"],
        ]
    ]
    assert {cell.unit for row in read(text).rows for cell in row.cells} == {"mnkr"}


def test_goals_table_that_is_laid_out() -> None:
    """A laid out table of indicators is one, whatever cells are empty."""
    plan = read(
        PROSE
        + "Indikator                     Årsmål      KF:s årsmål      Periodicitet\n"
        + "Andel hela bojar              95 %                         Tertial\n"
        + "Andel nöjda gäster                        80 %             År\n"
    )
    assert [(each.name, each.target, each.council_target, each.period) for each in plan.indicators] == [
        ("Andel hela bojar", "95 %", None, "Tertial"),
        ("Andel nöjda gäster", None, "80 %", "År"),
    ]


def test_numbers_set_wide_apart_under_a_close_header() -> None:
    """Gaps far wider than empty cells leave are the gaps between columns."""
    text = "Verksamhet, mnkr Budget 2031 Budget 2030\nKajer        12,3     4,5\nFyrar        1,0     0,5\n"
    assert grids(text)[0][1:] == [["Kajer", "12,3", "4,5"], ["Fyrar", "1,0", "0,5"]]


@pytest.mark.parametrize(
    ("line", "columns", "title", "unit"),
    [
        ("Tabell 3: Antal båtar per hamn, st", "2030 2031", "Tabell 3: Antal båtar per hamn, st", "st"),
        ("Driftbudget per verksamhet (tkr)", "Budget 2030 Budget 2031", "Driftbudget per verksamhet (tkr)", "tkr"),
        ("Belopp i mnkr", "Budget 2030 Budget 2031", "Ekonomi", "mnkr"),
    ],
)
def test_line_above_a_table_tells_its_unit(line: str, columns: str, title: str, unit: str) -> None:
    """A caption names the table and its unit; a line with nothing but a unit gives that."""
    plan = read(
        f"Ekonomi\n\n{PROSE * 2}\n{line}\n\nVerksamhet {columns}\nKajer 26 24\nFyrar 9 8\nSumma 35 32\n\n{PROSE}"
    )
    assert {(row.table, cell.unit) for row in plan.rows for cell in row.cells} == {(title, unit)}


@pytest.mark.parametrize(("last", "total"), [("650", "3 800"), ("650", "12 800"), ("8 650", "11 800")])
def test_printed_sum_tells_a_street_number_from_an_amount(last: str, total: str) -> None:
    """A figure between a label and its amount belongs to the one by which the sum comes out."""
    found = grids(
        f"Åtgärd Effekt 2031, tkr Ansvarig\nFärre köpta kranar 2 400 Ada Lind\nUppsagd lokal på Kajgatan 9 750 Bo Ek\n"
        f"Samordnade båtar {last} Ida Alm\nSumma {total}\n"
    )
    label, amount, _ = found[0][2]
    expected = ("Uppsagd lokal på Kajgatan", "9 750") if (last, total) == ("650", "12 800") else (
        "Uppsagd lokal på Kajgatan 9", "750")  # fmt: skip
    assert (label, amount) == expected


def test_label_that_goes_on_under_its_numbers() -> None:
    """A label that breaks off at a comma goes on in the line below its row."""
    text = (
        "Projekt (mnkr) Budget 2031 Plan 2032\nKajer 4,5 2,0\nFyrparken, 6,4 4,4\ninklusive dagvatten\nSumma 10,9 6,4\n"
    )
    assert [row[0] for row in grids(text)[0][1:]] == ["Kajer", "Fyrparken, inklusive dagvatten", "Summa"]


FULL = (
    "Kajerna sköts av hamnkontoret tillsammans med båtklubbarna och hålls öppna alla dagar hela\n"
    "året. Antalet gäster ökar, och sannolikhet och konsekvens bedöms av kontoret i augusti.\n"
)


def test_header_of_ten_lines_under_a_numbered_title() -> None:
    """Each name of a header may wrap, and a table's number and title above it are none of its columns."""
    text = (
        f"{FULL}\nTabell 5. Avgifter 2030 och 2031, tkr\n\nVerksamhet, tkr netto Budget\n2030\nBudget\n2031\n"
        "Förändring Plan\n2032\nPlan\n2033\nKajer 18 400 19 100 700 19 400 19 800\n"
        "Bryggor 41 200 43 650 2 450 44 300 45 100\nSumma 59 600 62 750 3 150 63 700 64 900\n"
    )
    found = grids(text)[0]
    assert found[0] == ["Verksamhet, tkr netto", "Budget 2030", "Budget 2031", "Förändring", "Plan 2032", "Plan 2033"]
    assert found[1] == ["Kajer", "18 400", "19 100", "700", "19 400", "19 800"]


def test_header_that_a_page_repeats_on_one_line() -> None:
    """The page's header may break elsewhere and tell the unit that the title told."""
    text = (
        f"{FULL}\nInvestering Budget\n2030\nBudget\n2031\nKajer 2 400 2 900\nBryggor 1 100 1 600\n\n"
        "Investering, tkr Budget 2030 Budget 2031\nSumma 3 500 4 500\n"
    )
    assert grids(text)[0][-1] == ["Summa", "3 500", "4 500"]


def test_amounts_right_under_a_numbered_title() -> None:
    """Rows of one amount need no header where the table's title tells the unit."""
    text = (
        f"{FULL}\nTabell 4. Förändring av ramen 2030–2031, tkr\n\nBudget 2030 42 000\nLöner 1 200\n"
        "Kajer, nytt\nansvar\n500\nBudget 2031 43 700\n"
    )
    (row,) = [row for row in read(text).rows if row.row == "Kajer, nytt ansvar"]
    assert [(cell.written, cell.unit, cell.year) for cell in row.cells] == [("500", "tkr", None)]
    assert next(row.row for row in read(text).rows) == "Budget 2030"


@pytest.mark.parametrize("tail", ["", "\n" + FULL])
def test_wrapped_cells_alone_on_their_lines(tail: str) -> None:
    """A cell of several lines has them to itself: what follows in its row begins the next line."""
    text = f"""{FULL}
Tabell 13. Förändringar 2031

Objekt Förändring Tidpunkt Platser eller
lägenheter
Norra hamnens gäst- och
fiskebryggor
Nybyggnation, hamnkontoret bygger April 2033 60
Fyrkajen Ombyggnad till verkstad 1 sept 2031 12
Mejeriet Stambyte, flytt till Kranens tomma
brygga
Maj–nov 2032 20
Piren Flytt, ej klar Ej fastställt {" "}
Slussen Avvecklas, uppfyller inte krav
på djup
April 2032 –5
{tail}"""
    assert grids(text)[0] == [
        ["Objekt", "Förändring", "Tidpunkt", "Platser eller lägenheter"],
        ["Norra hamnens gäst- och fiskebryggor", "Nybyggnation, hamnkontoret bygger", "April 2033", "60"],
        ["Fyrkajen", "Ombyggnad till verkstad", "1 sept 2031", "12"],
        ["Mejeriet", "Stambyte, flytt till Kranens tomma brygga", "Maj–nov 2032", "20"],
        ["Piren", "Flytt, ej klar", "Ej fastställt", ""],
        ["Slussen", "Avvecklas, uppfyller inte krav på djup", "April 2032", "–5"],
    ]


def test_figures_between_words_that_wrap() -> None:
    """Risks with their values, of which a header breaks each name, and measures that wrap under them."""
    text = f"""{FULL}
Risk Sanno-
likhet
Konse-
kvens
Risk-
värde
Åtgärd
Kranen når inte ned 4 3 12 Åtgärdsplan,
månadsvis
uppföljning
Isen trycker sönder bryggor och
leder till avgift
3 3 9 Kranen
Kajen
Avbrott i elnätet 2 4 8 Bevakas
"""
    assert grids(text)[0] == [
        ["Risk", "Sannolikhet", "Konsekvens", "Riskvärde", "Åtgärd"],
        ["Kranen når inte ned", "4", "3", "12", "Åtgärdsplan, månadsvis uppföljning"],
        ["Isen trycker sönder bryggor och leder till avgift", "3", "3", "9", "Kranen Kajen"],
        ["Avbrott i elnätet", "2", "4", "8", "Bevakas"],
    ]


def test_names_and_their_numbers_above_a_sum() -> None:
    """A list of names with a number each, ended by a sum, is read a line a row, streets' numbers too."""
    text = (
        f"{FULL}\nBilaga 2 Bryggor\n\nGästbrygga Platser\nTallstigen 6\nFyrvägen 5\nKajgatan 10 6\nKajgatan 12 6\n"
        f"Solrosen 6\nSumma gästbrygga 29\n\nFiskebrygga Platser\nHamngatan 14\nLejonet 13\nTorget 12\n"
        f"Summa fiskebrygga 39\n\n{FULL}"
    )
    rows = [tuple(row) for grid in grids(text) for row in grid[1:]]
    assert rows[1:5] == [("Fyrvägen", "5"), ("Kajgatan 10", "6"), ("Kajgatan 12", "6"), ("Solrosen", "6")]


# Generated tables, flattened the way extraction does it: cells that fit share a line, a cell that wraps ends a block,
# an empty cell leaves its space, and a page begins with a space, without the blank line before it and with the header
# again.


NET = "Verksamhet, mnkr\nKostnader Intäkter Netto VP 2031 VP 2030\n"


def test_header_again_without_the_name_of_the_labels() -> None:
    """A page repeats only the line that names the amounts, between a label and its figures or between two rows."""
    text = f"""Hamnen i Lervik
Verksamhetsplan 2031 Sid 1 (3)
{PROSE}{NET}Kajer 7,4 1,0 6,4 6,3
Båtar och
bryggor

Hamnen i Lervik
Verksamhetsplan 2031 Sid 2 (3)

Kostnader Intäkter Netto VP 2031 VP 2030
 5,2 0,2 5,0 4,9
Färjor 3,0 0,5 2,5 2,5

Hamnen i Lervik
Verksamhetsplan 2031 Sid 3 (3)

Kostnader Intäkter Netto VP 2031 VP 2030
 Summa 15,6 1,7 13,9 13,7

{PROSE}"""
    assert grids(text)[0][1:] == [
        ["Kajer", "7,4", "1,0", "6,4", "6,3"],
        ["Båtar och bryggor", "5,2", "0,2", "5,0", "4,9"],
        ["Färjor", "3,0", "0,5", "2,5", "2,5"],
        ["Summa", "15,6", "1,7", "13,9", "13,7"],
    ]


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        ("Kajer 7,4 7,4 6,3\nFärjor 3,0 0,5 2,5 2,5\nStab 2,0 1,0 1,0 1,1", ["Kajer", "7,4", "", "7,4", "6,3"]),
        ("Kajer 12 000 12 000 12 400\nFärjor 3 100 500 2 600 2 500", ["Kajer", "12 000", "", "12 000", "12 400"]),
        ("Kajer, del 2 7,5 7,5 7,4\nFärjor 3,0 0,5 2,5 2,5", ["Kajer, del 2", "7,5", "", "7,5", "7,4"]),
        ("Kajer 2 % 7,5 7,5 7,4\nFärjor 3,0 0,5 2,5 2,5", ["Kajer 2 %", "7,5", "", "7,5", "7,4"]),
        ("Kajer 7,4 7,4 6,3\nFärjor 3,0 3,0 0,0\nSumma 10,4 10,4 6,3", ["Kajer", "7,4", "", "7,4", "6,3"]),
        ("Kajer 3,0 0,0 3,0 2,0\nFärjor 1,0 -1,0 1,2\nSumma 3,0 1,0 2,0 3,2", ["Kajer", "3,0", "0,0", "3,0", "2,0"]),
    ],
)
def test_net_tells_which_cell_is_empty(rows: str, cells: list[str]) -> None:
    """Costs less revenue are the net, which no row lacks that has costs, though no printed sum tells."""
    assert grids(f"{PROSE}{NET}{rows}\n\n{PROSE}")[0][1] == cells


CLOSE = f"""{PROSE}
Volym 2030 2031
Gäster, tusental 164 165
Båtar 1 980 2 010
Färjor 12 14
Bussar 3 4
Lyft 521 525
Lotsningar 118 120
Resor, tusental 9 10

Indikator Utfall 2029 Utfall 2030 Mål 2031 Mål 2033
Nöjda gäster 61 % 63 % 68 % 70 %
Andel bryggor med livboj

20 %

80 %
Antal färjor med eldrift 1 2 4 6
Väntetid vid slussen, minuter




Svinn i köket, gram per gäst 9 8 7

Andel båtar i tid 91 % 92 % 93 % 94 %

Projekt, tkr Budget 2031 Plan 2032 Plan 2033
Ny kaj 12 000 12 500 13 000
Sluss, etapp 2 4 600 1 400

Muddring 1 000


Broar och
vägbankar

1 200 1 300
Lyftkran 3 500 14 500 2 000
{PROSE}"""


def test_blank_lines_that_stand_for_empty_cells() -> None:
    """Rows stand close, and each empty cell leaves a blank line: no figure moves into the column beside its own."""
    plan = read(CLOSE)
    assert {each.name: (each.target, [outcome.written for outcome in each.outcomes]) for each in plan.indicators} == {
        "Nöjda gäster": ("68 %", ["61 %", "63 %", "70 %"]),
        "Andel bryggor med livboj": (None, ["20 %", "80 %"]),
        "Antal färjor med eldrift": ("4", ["1", "2", "6"]),
        "Väntetid vid slussen, minuter": (None, []),
        "Svinn i köket, gram per gäst": ("7", ["9", "8"]),
        "Andel båtar i tid": ("93 %", ["91 %", "92 %", "94 %"]),
    }
    assert {row.row: [cell.written for cell in row.cells] for row in plan.rows[7:]} == {
        "Ny kaj": ["12 000", "12 500", "13 000"],
        "Sluss, etapp 2": ["4 600", "1 400", None],
        "Muddring": ["1 000", None, None],
        "Broar och vägbankar": [None, "1 200", "1 300"],
        "Lyftkran": ["3 500", "14 500", "2 000"],
    }


def test_blank_line_after_a_whole_row_stands_for_no_cell() -> None:
    """It parts a table from the next: six and three figures are not one with a space in it."""
    text = CLOSE.replace("Lyftkran 3 500 14 500 2 000\n", "Lyftkran 6 400 300\n\nFärjor 7 500 200\n\nDen som vill")
    rows = [[cell.written for cell in row.cells] for row in read(text).rows]
    assert rows[-2:] == [["6", "400", "300"], ["7", "500", "200"]]


def test_price_of_a_new_year_alone() -> None:
    """The column of units has the unit, not the price before it, and a blank line is the price of the year before."""
    text = f"""{CLOSE}
Avgift 2030 2031 Enhet
Båtplats 9 450 10 206 kr per år
Elektricitet vid kajen

2 890 kr per år
Lotsning, akut inom 24 timmar 2 350 2 490 kr per tillfälle
Kranlyft 75 80 kr per ton
"""
    rows = [[cell.written for cell in row.cells] for row in read(text).rows]
    assert rows[-4:] == [
        ["9 450", "10 206", "kr per år"],
        [None, "2 890", "kr per år"],
        ["2 350", "2 490", "kr per tillfälle"],
        ["75", "80", "kr per ton"],
    ]


def test_times_and_an_empty_cell_at_a_row_s_end() -> None:
    """A day keeps its year, "Helår 2031" is one time, and a blank line is the day that a row lacks."""
    text = f"""{CLOSE}
Varje rapport lämnas till hamnchefen, och det mesta behandlas sedan i nämnden under samma period.

3.1 Tidplan för uppföljning
Rapport Period Lämnas till hamnchef Behandlas i nämnden
Månadsrapport Januari–februari 12 mars 20 mars
Delårsrapport 1 Januari–april 14 maj 29 maj
Månadsrapport Januari–maj 11 juni

Delårsrapport 2 Januari–augusti 10 september 25 september
Månadsrapport Januari–oktober 12 november 20 november
Kontroll av kajer Helår 26 november 11 december
Verksamhetsberättelse Helår 2031 22 januari 2032 12 februari 2032
{PROSE}"""
    rows = {tuple(row[:2]): row[2:] for row in grids(text)[-1]}
    assert rows["Månadsrapport", "Januari–maj"] == ["11 juni", ""]
    assert rows["Delårsrapport 2", "Januari–augusti"] == ["10 september", "25 september"]
    assert rows["Verksamhetsberättelse", "Helår 2031"] == ["22 januari 2032", "12 februari 2032"]


def test_table_of_words_ends_before_a_numbered_heading() -> None:
    """What begins small above it is the last row's; a place that ends as streets do has no number of a house."""
    text = f"""{PROSE}
Trafiken i Lindbacken växer. Till Lindbacken går två linjer, och i Lindbacken byggs en hållplats.

12.1 Väsentliga risker
Risk Sannolikhet Konsekvens Riskvärde Åtgärd
Dåligt vatten vid haveri i slussen 2 4 8 Ny pump, nödvattenplan
Brist på lotsar 4 3 12 Mentorskap, gemensam
utbildning med grannhamnar
Ökade priser utan kompensation 3 3 9 Ny meny,
mindre svinn
Intrång i styrsystem 3 4 12 Dubbel inloggning,
loggranskning
Kajen måste stängas helt i förtid 2 3 6 Ny kaj
Frånvaro leder till stängd sluss 3 3 9 Bemanningspool
Fördyring i projekt Lindbacken 2 3 6 Fast pris, månadsvis
avstämning
12.2 Kontroller under året
{PROSE}"""
    assert grids(text)[0][-1] == ["Fördyring i projekt Lindbacken", "2", "3", "6", "Fast pris, månadsvis avstämning"]


def test_header_with_what_is_said_of_a_noun() -> None:
    """ "Nuvarande avtal löper ut" and "Annonseras" name columns: the first row is no header of amounts."""
    text = f"""{PROSE}
Upphandling Annonseras Avtalsstart Nuvarande avtal löper ut
Bogserbåtar Februari 2031-10-01 2031-05-15
Livsmedel, grossist Mars 2032-01-01 2031-12-31
Asfalt på kajer September 2032-03-01 2032-02-28
Underhåll av lyftkranar April 2031-09-01 2031-08-31

{PROSE}"""
    assert grids(text)[0][:2] == [
        ["Upphandling", "Annonseras", "Avtalsstart", "Nuvarande avtal löper ut"],
        ["Bogserbåtar", "Februari", "2031-10-01", "2031-05-15"],
    ]


def test_names_of_columns_that_end_in_a_preposition_or_a_note() -> None:
    """ "Gäller till" is a whole name, and what is told in brackets belongs to the time before it."""
    text = f"""{PROSE}
Bidrag, tkr 2030 2031 Gäller
till
Sjöfartsstöd 9 800 8 900 2031
Ny teknik i hamnar 12 400 6 200 2032
Öppna hamnar 400 300 –

Insats Jan–mars 2031
(bokad tid)
Från 1 april
2031 (faktisk tid)
Lotsning, egen regi 428 532
Lotsning, annan utförare 419 521
Slussning 379 448

{PROSE}"""
    first, second = grids(text)
    assert first[:2] == [["Bidrag, tkr", "2030", "2031", "Gäller till"], ["Sjöfartsstöd", "9 800", "8 900", "2031"]]
    assert second[0] == ["Insats", "Jan–mars 2031 (bokad tid)", "Från 1 april 2031 (faktisk tid)"]
    assert second[1] == ["Lotsning, egen regi", "428", "532"]
    assert [cell.unit for cell in read(text).rows[0].cells] == ["tkr", "tkr", None]


def test_header_of_several_columns_a_line_is_no_stack_of_names() -> None:
    """ "2029 2030 Budget" names no one column, and seven groups of figures are no one number. A label that a page
    parts may have a figure before it."""
    text = f"""{PROSE}
Nyckeltal 2029 2030 Budget
2031
Liknande
hamnar
2030
Kajplats, kostnad per meter och
år
831 400 868 900 921 000 884 200
Lotsning, kostnad per båt 186 300 197 500 203 700 189 100
Slussning, kostnad per båt 548 587 566 –
Uthyrning, kostnad per dygn 3 120 3 410 3 640 3 290
Hamnkort, kostnad per gäst 65

Hamnen i Lervik
Verksamhetsplan 2031 Sid 2 (3)

Nyckeltal 2029 2030 Budget 2031 Liknande hamnar 2030
år och äldre
8 610 9 040 9 800 9 320

Hamnen i Lervik
Verksamhetsplan 2031 Sid 3 (3)

{PROSE}"""
    assert grids(text)[0] == [
        ["Nyckeltal", "2029", "2030", "Budget 2031", "Liknande hamnar 2030"],
        ["Kajplats, kostnad per meter och år", "831 400", "868 900", "921 000", "884 200"],
        ["Lotsning, kostnad per båt", "186 300", "197 500", "203 700", "189 100"],
        ["Slussning, kostnad per båt", "548", "587", "566", "–"],
        ["Uthyrning, kostnad per dygn", "3 120", "3 410", "3 640", "3 290"],
        ["Hamnkort, kostnad per gäst 65 år och äldre", "8 610", "9 040", "9 800", "9 320"],
    ]


def test_names_and_comments_of_any_lines() -> None:
    """No blank line parts the rows; a comment has sentences and days of its own, a group's name stands by itself."""
    text = f"""{PROSE}Lokal Kommentar
Hamnar
Tången, Hamngatan 4 Nytt magasin med sex portar, inflyttning augusti 2031.
Avtal tecknat med Lerviks lokaler.
Vassen, Sjövägen 61 Paviljong med tre rum. Tillfälligt lov går ut
2031-09-30. Rivs sedan.
Bojen Målning pågår till och med oktober 2031.
Farleder
Magasinet Sillen,
Kyrkvägen 5
Utökas med två rum i augusti genom
ombyggnad av matsal.

{PROSE}"""
    assert grids(text)[0][1:] == [
        ["Hamnar", ""],
        ["Tången, Hamngatan 4",
         "Nytt magasin med sex portar, inflyttning augusti 2031. Avtal tecknat med Lerviks lokaler."],
        ["Vassen, Sjövägen 61", "Paviljong med tre rum. Tillfälligt lov går ut 2031-09-30. Rivs sedan."],
        ["Bojen", "Målning pågår till och med oktober 2031."],
        ["Farleder", ""],
        ["Magasinet Sillen, Kyrkvägen 5", "Utökas med två rum i augusti genom ombyggnad av matsal."],
    ]  # fmt: skip


def wrapped(words: str, width: int) -> list[str]:
    lines = [""]
    for word in words.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def flat_row(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    """A row's blocks, each its lines as one string."""
    blocks, line = [], ""
    for cell, width in zip(cells, widths, strict=True):
        lines = wrapped(cell, width)
        line += lines[0] + " "
        if len(lines) > 1:
            blocks.append(" \n".join([line.rstrip(), *lines[1:]]) + " ")
            line = ""
    return [*blocks, *([line] if line.strip() else [])]


def flat_table(header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], page: int) -> str:
    """The table as text, a page break with the header again after every `page` rows."""
    out = "\n\n".join(flat_row(header, widths))
    for n, row in enumerate(rows):
        broken = n and n % page == 0
        out += "\n " + "\n\n".join(flat_row(header, widths)) if broken else ""
        out += "\n\n" + "\n\n".join(flat_row(row, widths))
    return out + "\n\n"


NAMES = "Kajer Fyrar Badhus Bryggor Förråd Gästhamn Lotsar Varv Hamnkontor Slipar Kranar Bojar"
YEARS = ("VP 2030", "VB 2029", "Budget 2028", "Utfall 2027", "Prognos 2032")
names = st.lists(st.sampled_from(NAMES.split()), min_size=1, max_size=4, unique=True).map(
    lambda words: " och ".join(words).capitalize()
)


@st.composite
def budgets(draw: st.DrawFn) -> tuple[list[str], list[list[str]], list[int], int]:
    """A budget table of any size: its header, its rows, how wide its columns are, and how many rows a page holds."""
    header = ["Verksamhet, mnkr", "Kostnader", "Intäkter", "Netto VP 2031"]
    header += draw(st.lists(st.sampled_from(YEARS), max_size=3, unique=True))
    rows = []
    for label in draw(st.lists(names, min_size=2, max_size=9, unique=True)):
        cost, revenue = draw(st.integers(0, 99_999)), draw(st.just(0) | st.integers(1, 9_999))
        rows.append([label, tenths(cost), tenths(revenue) if revenue else "", tenths(cost - revenue)])
        rows[-1] += [tenths(draw(st.integers(0, 99_999))) for _ in header[4:]]
    widths = [draw(st.integers(12, 40)), 10, 10, draw(st.sampled_from((6, 14))), *[11] * (len(header) - 4)]
    return header, rows, widths, draw(st.integers(2, 6))


def tenths(value: int) -> str:
    """Tenths as a Swedish table prints them."""
    whole = f"{abs(value) // 10:,}".replace(",", "\u2009")
    return f"{'-' if value < 0 else ''}{whole},{abs(value) % 10}"


@settings(max_examples=60, deadline=None)
@given(budgets())
def test_any_budget_table_reads_back(table: tuple[list[str], list[list[str]], list[int], int]) -> None:
    """A budget table of any shape, wrapped, with empty cells and over pages, is read cell by cell."""
    header, rows, widths, page = table
    text = spaced(PROSE * 20) + flat_table(header, rows, widths, page) + spaced(PROSE)
    assert grids(text) == [[header, *([" ".join(cell.split()) for cell in row] for row in rows)]]


@st.composite
def indicators(draw: st.DrawFn) -> tuple[list[list[str]], int, int]:
    """Rows of an indicator table, the width of the column of names, and how many rows a page holds."""
    targets = st.one_of(
        st.integers(0, 9_999).map(lambda n: f"{n} %"), st.integers(0, 99).map(lambda n: f"{n} st"), st.just("")
    )
    council = st.one_of(targets, st.just("Tas fram av nämnd/styrelse"))
    rows = [
        [f"Andel {name.lower()} i gott skick", draw(targets), draw(council), draw(st.sampled_from(("År", "Tertial")))]
        for name in draw(st.lists(names, min_size=2, max_size=9, unique=True))
    ]
    return rows, draw(st.integers(20, 60)), draw(st.integers(2, 6))


# Two empty cells leave three spaces, which are no gap of a table that is laid out.
GAPS = [["Andel kajer i gott skick", "", "", "År"], ["Andel båtar i gott skick", "0 %", "", "År"]]


@settings(max_examples=60, deadline=None)
@given(indicators())
@example((GAPS + GAPS[1:], 44, 2))
def test_any_indicator_table_reads_back(table: tuple[list[list[str]], int, int]) -> None:
    """An indicator table of any shape is read cell by cell."""
    rows, width, page = table
    header = ["Indikator", "Årsmål", "KF:s årsmål", "Periodicitet"]
    text = spaced(PROSE * 20) + flat_table(header, rows, [width, 12, 14, 14], page) + spaced(PROSE)
    assert grids(text) == [[header, *rows]]


@st.composite
def activities(draw: st.DrawFn) -> tuple[list[list[str]], int, int]:
    rows = []
    for name in draw(st.lists(names, min_size=1, max_size=8, unique=True)):
        text = f"{draw(st.sampled_from(('Förvaltningen ska rusta', 'Måla', 'Hamnnämnden ska öppna')))} {name.lower()}"
        dates = draw(st.sampled_from((("2031-01-01", "2031-12-31"), ("2030-06-01", "2031-05-31"))))
        rows.append([text + draw(st.sampled_from((".", "", " innan sommaren."))), *dates])
    return rows, draw(st.integers(20, 70)), draw(st.integers(2, 5))


@settings(max_examples=60, deadline=None)
@given(activities())
def test_any_activity_table_reads_back(table: tuple[list[list[str]], int, int]) -> None:
    """An activity table of any shape is read cell by cell."""
    rows, width, page = table
    header = ["Aktivitet", "Startdatum", "Slutdatum"]
    text = spaced(PROSE * 20) + flat_table(header, rows, [width, 12, 12], page) + spaced(PROSE)
    assert grids(text) == [[header, *rows]]


LINES = st.sampled_from(
    ["Indikator Årsmål KF:s årsmål Periodicitet", "Antal bojar 3 st 4 st År", "Aktivitet Startdatum Slutdatum",
     "Måla bryggan 2031-01-01 2031-02-01", "Kommentar", "Kajer 12,5 2,5 10,0",
     "Verksamhet, mnkr Kostnader Intäkter Netto VP 2031", "Nämndmål: Hamnen är öppen", "Hamnen", "Summa 1,0",
     "Lokal Kommentar", "Fyrhuset Byggs om i maj.", "* Not.", "Sid 3 (9)",
     "Insats Pris 2031 Per", "Dusch 20 kr gång", "och resten.", "Förväntat resultat", PROSE.strip(),
     "Drift      Budget 2031      2030", "Kajer      1,0", "           2,0              3,0"]
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(LINES, st.sampled_from([" \n\n", "\n", " \n ", "\n\n\n", "  \n\n"])), max_size=30))
@example(
    [(line, " \n\n") for line in ("Indikator Årsmål KF:s årsmål Periodicitet", "Antal bojar 3 st 4 st År", "Kommentar")]
)
@example(
    [
        (line, " \n\n")
        for line in ("Indikator Årsmål KF:s årsmål Periodicitet", "Måla bryggan 2031-01-01 2031-02-01", "Kommentar")
        + ("Kajer 12,5 2,5 10,0",) * 2
    ]
)
def test_any_lines_are_read_without_loss(lines: list[tuple[str, str]]) -> None:
    """Whatever the lines, every span cuts words, no two facts share any, and no word is lost."""
    plan = read("".join(line + end for line, end in lines))
    facts: list[Indicator | Activity | TableRow] = [*plan.indicators, *plan.activities, *plan.rows]
    spans = sorted(span for fact in facts for span in fact.origin.spans)
    for span in spans:
        assert plan.text[span.start : span.end].strip()
    for before, after in pairwise(spans):
        assert before.end <= after.start
    assert all(u.reason != "stands outside what was read" for u in plan.unplaced), plan.unplaced


def test_header_of_narrow_columns_and_prose_right_below_a_sum() -> None:
    """Each name may take two lines; net = costs − revenue tells the empty cell; a sentence's year is no cell."""
    table = """
Mnkr
Kostnader
2031
Intäkter
2031
Netto
2031
Netto
2030
Kajer 14,6 0,2 14,4 13,1
Bojar 118,9 4,7 114,2 110,5
Ledning och gemensamt 6,2 6,2 6,0
Summa 139,7 4,9 134,8 129,6

Västra kajen och Fyrhuset för inte med sig underskottet till 2031. Slussen har

fått föra med sig 0,5 mnkr av överskottet.
"""
    prose = [f"Nämnden håller {place} öppen hela året och räknar med fler besökare än förra sommaren.\n" for place in
             ("bryggan", "kajen", "slussen", "fyren", "hamnen", "badplatsen")]  # fmt: skip
    (found,) = grids("\n".join([*prose[:3], table, *prose[3:]]))
    assert found == [
        ["Mnkr", "Kostnader 2031", "Intäkter 2031", "Netto 2031", "Netto 2030"],
        ["Kajer", "14,6", "0,2", "14,4", "13,1"],
        ["Bojar", "118,9", "4,7", "114,2", "110,5"],
        ["Ledning och gemensamt", "6,2", "", "6,2", "6,0"],
        ["Summa", "139,7", "4,9", "134,8", "129,6"],
    ]


def test_ages_head_columns() -> None:
    """Ages are columns' names, of a price and of children; a heading above stays a heading."""
    table = """
Hamnpeng

Kronor per barn och år 1–3 år 4–5 år
Bryggan, heltid 146 310 118 240
Bryggan, deltid 109 730 88 680
Kajen, heltid 152 900 123 560
"""
    assert grids(spaced(f"{PROSE}{table}\n{PROSE}")) == [
        [
            ["Kronor per barn och år", "1–3 år", "4–5 år"],
            ["Bryggan, heltid", "146 310", "118 240"],
            ["Bryggan, deltid", "109 730", "88 680"],
            ["Kajen, heltid", "152 900", "123 560"],
        ]
    ]


def test_last_name_of_a_header_is_no_group() -> None:
    """A year and its unit right under a header's lines are the last column's name."""
    table = r"""
Enhet Antal\
bojar
Antal båtar Tillägg VP\
2030, mnkr
Tillägg VP\
2031, mnkr
Norra kajen 7 486 3,9 4,2
Södra kajen 6 402 2,3 2,1
Västra kajen 5 388 0,9 0,9
Summa 18 1 276 7,1 7,2
"""
    (found,) = grids(spaced(f"{PROSE}{table}{PROSE}"))
    assert found[0] == ["Enhet", "Antal bojar", "Antal båtar", "Tillägg VP 2030, mnkr", "Tillägg VP 2031, mnkr"]
    assert found[1:] == [
        ["Norra kajen", "7", "486", "3,9", "4,2"],
        ["Södra kajen", "6", "402", "2,3", "2,1"],
        ["Västra kajen", "5", "388", "0,9", "0,9"],
        ["Summa", "18", "1 276", "7,1", "7,2"],
    ]


def test_hire_of_a_place_with_a_name() -> None:
    """A price's label may name the place; then come who pays what."""
    table = """
Hyra Slussen, kronor per dag Förening Företag
Stora kajen 3 200 11 500
Lilla kajen 1 400 5 200
Bryggan 900 3 000
"""
    (found,) = grids(spaced(f"{PROSE}{table}{PROSE}"))
    assert found[0] == ["Hyra Slussen, kronor per dag", "Förening", "Företag"]
    assert [row[1:] for row in found[1:]] == [["3 200", "11 500"], ["1 400", "5 200"], ["900", "3 000"]]


def test_addresses_have_their_houses_numbers() -> None:
    """In a column of addresses the first figure is the house's, whatever the street is called."""
    table = r"""
Kaj Adress
Yta\
kvm
Hyra 2031\
tkr
Hyra 2030\
tkr
Bojen Fyrbacken 3 1 120 1 480 1 450
Ankaret Sjöängen 5 905 1 215 1 190
Skotet Repslagarstigen 8 410 505 495
Summa 2 435 3 200 3 135
"""
    (found,) = grids(spaced(f"{PROSE}{table}{PROSE}"))
    assert found == [
        ["Kaj", "Adress", "Yta kvm", "Hyra 2031 tkr", "Hyra 2030 tkr"],
        ["Bojen", "Fyrbacken 3", "1 120", "1 480", "1 450"],
        ["Ankaret", "Sjöängen 5", "905", "1 215", "1 190"],
        ["Skotet", "Repslagarstigen 8", "410", "505", "495"],
        ["Summa", "", "2 435", "3 200", "3 135"],
    ]


def test_heading_below_a_sum_that_ends_in_a_figure() -> None:
    """After a sum, words with fewer figures than columns are the heading of what follows."""
    rows = ["Bryggan etapp 2 1,5 6,8", "Kajen 0,0 2,4", "Summa 1,5 9,2", "Bryggan etapp 2"]
    table = "\n".join(["Investeringar, mnkr VP 2030 VP 2031", *rows, ""])
    (found,) = grids(spaced(f"{PROSE}{table}{PROSE}"))
    assert [row[0] for row in found[1:]] == ["Bryggan etapp 2", "Kajen", "Summa"]


def test_row_whose_figures_begin_a_page() -> None:
    """The space before a new page's first line is no empty cell where the columns are full without it."""
    table = r"""
Verksamhet, mnkr VP 2030 Kostnader Intäkter Netto VP 2031
Bojar 216,6 265,9 38,7 227,2
Fritidsbryggan\
Kompassen
_4,1 4,2 0,0 4,2
Summa 220,7 270,1 38,7 231,4
"""
    (found,) = grids(spaced(f"{PROSE}{table}{PROSE}"))
    assert found[2:] == [
        ["Fritidsbryggan Kompassen", "4,1", "4,2", "0,0", "4,2"],
        ["Summa", "220,7", "270,1", "38,7", "231,4"],
    ]


def test_amount_keeps_what_it_is_per_and_a_company_its_form() -> None:
    """ "per år" goes on in an amount's cell, "AB" in a name's; a small word after a day is the next cell's."""
    table = """
Upphandling Uppskattat värde, mnkr Annonseras Avtalsstart
Drift av bryggan 9,5 per år 2031-02 2031-09-01
Städning av kajer 4,1 per år 2031-03 2031-10-01
Bojar etapp 2 5,9 2031-02 2031-05-02
Mat till fyren 2,3 per år 2031-05 2032-01-01
"""
    (found,) = grids(spaced(f"{PROSE}{table}{PROSE}"))
    assert [row[1:3] for row in found[1:]] == [
        ["9,5 per år", "2031-02"],
        ["4,1 per år", "2031-03"],
        ["5,9", "2031-02"],
        ["2,3 per år", "2031-05"],
    ]
    table = """
Avtal Leverantör Löper t.o.m. Förlängning
Bojar Nordboj AB 2032-06-30 24 månader
Båtbevakning Fyrvakten AB 2031-09-30 12 månader
Biljetter Entrélinjen AB 2031-12-31 ingen
Frakt Varsam HB 2033-03-31 ingen
Kajstädning Skurborsten AB 2032-03-31 12 månader
"""
    (found,) = grids(spaced(f"{PROSE}{table}{PROSE}"))
    assert [row[1:] for row in found[1:4]] == [
        ["Nordboj AB", "2032-06-30", "24 månader"],
        ["Fyrvakten AB", "2031-09-30", "12 månader"],
        ["Entrélinjen AB", "2031-12-31", "ingen"],
    ]


def test_figure_that_begins_a_line_inside_a_row() -> None:
    """Below a line that has too few cells for a row, a figure and words are its next cells and no numbered heading."""
    table = r"""
Process Risk Värde Kontroll Ansvarig När
Bojar Felaktig utsättning 12 Stickprov, 20\
bojar
Hamnchef Mars,\
september
Rekrytering Utdrag ur\
register saknas
15 Granskning av\
30 utdrag
HR-chef Maj
Inköp Köp utanför avtal 16 Analys av\
fakturor
Inköpsstrateg April,\
oktober
Färjor Utebliven tur 20 Kontroll av\
tidtabell
Hamnmästare\
norra kajen
Varje månad
Register Obehörig åtkomst 12 Loggkontroll i\
system
IT-samordnare Kvartal
"""
    small = "Bojar, risk, värde, kontroll, rekrytering, inköp, register och färjor nämns. Vi gör kontroll av allt.\n"
    (found,) = grids(spaced(f"{PROSE}{small}{table}Resultatet av det redovisas för nämnden varje år.\n{PROSE}"))
    assert found[2] == ["Rekrytering", "Utdrag ur register saknas", "15", "Granskning av 30 utdrag", "HR-chef", "Maj"]
    assert [row[2] for row in found[1:]] == ["12", "15", "16", "20", "12"]
    assert [row[5] for row in found[4:]] == ["Varje månad", "Kvartal"]


def test_label_that_tells_its_year_and_unit() -> None:
    """A year and a unit after what the labels are called belong to it, and head no column of their own."""
    table = r"""
Budget per kaj 2031, mnkr Kostnader Intäkter Netto\
2031
Netto\
2030
Norra kajen 168,4 9,6 158,8 154,2
Södra kajen 87,3 14,9 72,4 70,9
Summa 255,7 24,5 231,2 225,1
"""
    (found,) = grids(spaced(f"{PROSE}{table}{PROSE}"))
    assert found[0] == ["Budget per kaj 2031, mnkr", "Kostnader", "Intäkter", "Netto 2031", "Netto 2030"]
    assert found[1] == ["Norra kajen", "168,4", "9,6", "158,8", "154,2"]


def test_same_word_in_each_column_after_any_letter() -> None:
    """What costs nothing says so in each column, whatever letter its label ends with."""
    table = "Avgift, kronor 2031 2030\nFyren, entré fri fri\nFyren, årskort 250 220\nVisning 1 600 1 500\n"
    (found,) = grids(spaced(f"{PROSE}{table}{PROSE}"))
    assert found[1] == ["Fyren, entré", "fri", "fri"]


def test_column_that_wraps_before_its_unit_is_no_caption() -> None:
    """ "Snittpris per natt, kr" names a column where it wraps or others stand beside it, and a caption elsewhere."""
    table = r"""
Båtplats Nätter\
2030
Nätter\
2031
Snittpris\
per natt,\
kr
Intäkt\
2031, tkr
Gästhamn 1 310 1 480 390 577
Vinterplats 4 120 4 350 85 370
Summa 5 430 5 830 _947
"""
    (found,) = grids(spaced(f"{PROSE}{table}{PROSE}"))
    assert found[0] == ["Båtplats", "Nätter 2030", "Nätter 2031", "Snittpris per natt, kr", "Intäkt 2031, tkr"]
    assert found[1:] == [
        ["Gästhamn", "1 310", "1 480", "390", "577"],
        ["Vinterplats", "4 120", "4 350", "85", "370"],
        ["Summa", "5 430", "5 830", "", "947"],
    ]
    table = "Båtplats Antal 2031 Snittpris per natt, kr\nGästhamn 480 390\nVinterplats 350 85\nBojar 40 120\n"
    (found,) = grids(spaced(f"{PROSE}{table}{PROSE}"))
    assert found[0] == ["Båtplats", "Antal 2031", "Snittpris per natt, kr"]


def test_what_figures_are_after_a_comma() -> None:
    """ "Gäster 2031, mål" is one name, and "Varav barn, mål" the last of a header, no row of which it is a part."""
    table = r"""
Brygga Gäster 2029 Gäster 2030,\
prognos
Gäster 2031,\
mål
Varav barn,\
mål
Norra 9 300 9 900 10 500 40 %
Södra 6 400 7 100 8 000 42 %
Summa 15 700 17 000 18 500 41 %
"""
    (found,) = grids(spaced(f"{PROSE}{table}{PROSE}"))
    assert found[0] == ["Brygga", "Gäster 2029", "Gäster 2030, prognos", "Gäster 2031, mål", "Varav barn, mål"]
    assert found[1] == ["Norra", "9 300", "9 900", "10 500", "40 %"]
    assert len(found) == 4


def test_labels_figures_and_a_day() -> None:
    """A name of two words before figures and a day is one cell; a space more before "tills vidare" is an empty one."""
    table = r"""
Lokal Yta, kvm Hyra, tkr Avtal till
Kajgatan 14,\
två plan
1 420 2 698 2034-09-30
Fyrtorget 3, plan 2 610 1 037 2033-12-31
Magasinet Ankaret 690 897 2035-12-31
Magasinet Bojen 540 756 2033-06-30
Magasinet Kättingen 310 _tills vidare
Summa _5 388
"""
    (found,) = grids(spaced(f"{PROSE}{table}{PROSE}"))
    assert found == [
        ["Lokal", "Yta, kvm", "Hyra, tkr", "Avtal till"],
        ["Kajgatan 14, två plan", "1 420", "2 698", "2034-09-30"],
        ["Fyrtorget 3, plan 2", "610", "1 037", "2033-12-31"],
        ["Magasinet Ankaret", "690", "897", "2035-12-31"],
        ["Magasinet Bojen", "540", "756", "2033-06-30"],
        ["Magasinet Kättingen", "310", "", "tills vidare"],
        ["Summa", "", "5 388", ""],
    ]


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (
            "Lag Budget 2031 Budget 2030\nLotslag 1 18 930 17 730\nLotslag 2 21 450 20 705\nSumma 40 380 38 435\n",
            [["Lotslag 1", "18 930", "17 730"], ["Lotslag 2", "21 450", "20 705"], ["Summa", "40 380", "38 435"]],
        ),
        (
            "Lag Årsarbetare Båtar\nLotslag 1 12 345\nLotslag 2 8 140\nDyklag 6 240\n",
            [["Lotslag 1", "12", "345"], ["Lotslag 2", "8", "140"], ["Dyklag", "6", "240"]],
        ),
        (
            "Lag, tkr Kostnader Intäkter Netto\nLotslag norr 9 120 0 9 120\nLotslag syd 2 16 745 225 16 520\n"
            "Dyklag 7 840 320 7 520\n",
            [
                ["Lotslag norr", "9 120", "0", "9 120"],
                ["Lotslag syd 2", "16 745", "225", "16 520"],
                ["Dyklag", "7 840", "320", "7 520"],
            ],
        ),
    ],
)
def test_numbers_of_rows_that_are_called_alike(table: str, rows: list[list[str]]) -> None:
    """Names that count on ("Lotslag 1", "Lotslag 2") have their numbers, and so has one by which a row balances."""
    (found,) = grids(spaced(f"{PROSE}{table}{PROSE}"))
    assert found[1:] == rows


def test_label_that_wraps_has_the_words_and_figures_beside_it() -> None:
    """A cell of several lines stands alone, the rest of its row below it: a cell begins there, whatever its words."""
    table = r"""
Lag Ansvarig Tjänster\
2031
Tjänster\
2030
Stab Karin Ståhl\
(hamnchef)
4,5 4,0
Lotsarna Per Åhlander 22,0 21,5
Dykare i norra\
hamnen
Eva-Lena Grip 14,0 14,0
Färjor och\
bogserbåtar
Mats Olofsson\
(tillförordnad)
18,5 19,5
Summa _59,0 59,0
"""
    (found,) = grids(spaced(f"{PROSE}{table}{PROSE}"))
    assert found[1:] == [
        ["Stab", "Karin Ståhl (hamnchef)", "4,5", "4,0"],
        ["Lotsarna", "Per Åhlander", "22,0", "21,5"],
        ["Dykare i norra hamnen", "Eva-Lena Grip", "14,0", "14,0"],
        ["Färjor och bogserbåtar", "Mats Olofsson (tillförordnad)", "18,5", "19,5"],
        ["Summa", "", "59,0", "59,0"],
    ]


def test_weeks_and_spans_of_months_are_times() -> None:
    """ "vecka 6–9" begins a cell, "oktober 2031–" goes on in the line below, and the header tells how many columns."""
    table = r"""
Kurs Deltagare Period Kostnad, tkr
Ledarskap Lotsar i lag 1 och 2 oktober 2031–\
april 2032
210
Första hjälpen Alla lotsar vecka 6–9 45
Brandskydd Färjelag och\
dykare
vecka 14 18
Bemötande Vakter maj 60
Summa __333
"""
    (found,) = grids(spaced(f"{PROSE}{table}{PROSE}"))
    assert found[1:] == [
        ["Ledarskap", "Lotsar i lag 1 och 2", "oktober 2031– april 2032", "210"],
        ["Första hjälpen", "Alla lotsar", "vecka 6–9", "45"],
        ["Brandskydd", "Färjelag och dykare", "vecka 14", "18"],
        ["Bemötande", "Vakter", "maj", "60"],
        ["Summa", "", "", "333"],
    ]


@pytest.mark.parametrize("close", [True, False])
def test_one_figure_and_a_time(close: bool) -> None:
    """One amount before a day or a month keeps its thousands, its year and its unit."""
    table = """
Projekt Budget 2031, tkr Klart
Ny brygga i Norrvik 1 240 juni 2031
Taket på magasinet 870 september 2031
Belysning på kajen 410 november 2031
Summa 2 520
"""
    prices = "\nAvgift Kr per månad Gäller från\nBojplats 210 2031-01-01\nVinterplats 1 480 2031-03-01\n"
    prices += "Kranlyft 2 089 2031-01-01\n"
    text = "\n".join((PROSE, table, PROSE, prices, PROSE))
    first, second = grids(text if close else spaced(text.replace("\n\n", "\n")))
    assert first[0] == ["Projekt", "Budget 2031, tkr", "Klart"]
    assert [row[1:] for row in first[1:]] == [
        ["1 240", "juni 2031"],
        ["870", "september 2031"],
        ["410", "november 2031"],
        ["2 520", ""],
    ]
    assert [row[:2] for row in second[1:]] == [["Bojplats", "210"], ["Vinterplats", "1 480"], ["Kranlyft", "2 089"]]


@pytest.mark.parametrize(
    ("header", "row", "names"),
    [
        (
            "Månad 2031 Besökare varav\\\nkvinnor varav män Timmar",
            "{month} 412 209 203 17 750",
            ["Månad 2031", "Besökare", "varav kvinnor", "varav män", "Timmar"],
        ),
        (
            "Månad 2031 Hushåll Ensamma\\\nkvinnor Ensamma\\\nmän Par med\\\nbarn",
            "{month} 465 188 201 76",
            ["Månad 2031", "Hushåll", "Ensamma kvinnor", "Ensamma män", "Par med barn"],
        ),
        (
            "Månad Jan–jun 2031 Kvinnor Män VP 2030",
            "{month} 71 27 44 69",
            ["Månad", "Jan–jun 2031", "Kvinnor", "Män", "VP 2030"],
        ),
        (
            "Båttur vid bryggan\\\nFyren Vardag 2031 Helgdag 2031 Vardag 2030",
            "{month} 68 79 66",
            ["Båttur vid bryggan Fyren", "Vardag 2031", "Helgdag 2031", "Vardag 2030"],
        ),
    ],
)
def test_names_whose_rests_share_lines(header: str, row: str, names: list[str]) -> None:
    """A line of a header may hold the rests of several names, and the beginnings of others."""
    rows = "\n".join(row.format(month=month) for month in ("Januari", "Februari", "Mars", "April"))
    (found,) = grids(spaced(f"{PROSE}{header}\n{rows}\n{PROSE}"))
    assert found[0] == names
    assert [len(each) for each in found] == [len(names)] * 5
    assert all(cell for each in found for cell in each)


def test_headings_above_a_header_of_many_blocks() -> None:
    """Of the headers that may begin at a heading and below it the one that fits best is taken."""
    table = r"""Pengar och kajer
Budget för halvår och helår
Verksamhet,\
mnkr
Kostnader\
jan–jun
Intäkter\
jan–jun
Netto\
jan–jun 2031
Netto helår\
2031
Netto helår\
VP 2030
Bryggor 23,4 1,2 22,2 41,0 40,3
varav norra 13,4 1,0 12,4 21,0 20,3
Färjor 158,2 11,6 146,6 291,4 284,7
Totalt 181,6 12,8 168,8 332,4 325,0
"""
    (found,) = grids(spaced(f"{PROSE}{table}{PROSE}"))
    head = ["Kostnader jan–jun", "Intäkter jan–jun", "Netto jan–jun 2031", "Netto helår 2031", "Netto helår VP 2030"]
    assert found[0] == ["Verksamhet, mnkr", *head]
    assert found[1] == ["Bryggor", "23,4", "1,2", "22,2", "41,0", "40,3"]


def test_prices_by_who_pays_under_a_title_with_their_unit() -> None:
    """Under a line that tells a unit, words that name those who pay head columns of prices, though a row lacks one."""
    table = """Hyra av bryggor, kr per timme
Brygga Förening Boende Företag
Norra bryggan (120 platser) 140 420 690
Södra bryggan 80 240 390
Lilla bryggan, skjulet 60 180
Fyrbryggan 75 225 360
"""
    (found,) = grids(spaced(f"{PROSE}{table}{PROSE}"))
    assert found[0] == ["Brygga", "Förening", "Boende", "Företag"]
    assert found[1] == ["Norra bryggan (120 platser)", "140", "420", "690"]
    assert found[3] == ["Lilla bryggan, skjulet", "", "", ""]


def test_what_a_change_of_volume_is_made_of() -> None:
    """Figures in what the last column says are no amounts of the row."""
    table = r"""Verksamhet, mnkr Omslutningsförändring\
jan–jun Avser
Bryggor 19,8 Hyror 9,6, mat 6,1, försäljning 4,1
Stöd till dem som seglar med\
nedsatt syn
9,2 Ersättning 5,1, hyror 3,3,\
försäljning 0,8
Färjor 1,2 Statsbidrag
Summa 30,2
"""
    (found,) = grids(spaced(f"{PROSE}{table}{PROSE}"))
    assert found[2:] == [
        ["Stöd till dem som seglar med nedsatt syn", "9,2", "Ersättning 5,1, hyror 3,3, försäljning 0,8"],
        ["Färjor", "1,2", "Statsbidrag"],
        ["Summa", "30,2", ""],
    ]


def test_rows_that_begin_with_a_day() -> None:
    """A timetable's rows begin with their day; what has no day under it is none of them."""
    table = r"""Datum Händelse Ansvarig
2031-01-13 Kontoret öppnar vid kajen,\
Sjögatan 5 Projektledaren
2031-02-01 Lönerna sköts av staben HR-chefen
2031-02-28 Samtal klara i hamnen Hamnchefen
2031-03-01 Tillträdande chef börjar Kommunstyrelsen
2031-03-31 Chefer i Norra Lervik utsedda Tillträdande\
chefen
2031-05-18 Flytt av registret\
(båtplatser)
IT-samordnaren
2031-06-05 Arkivet i fyren packat Arkivarien
2031-06-11 Sista mötet med nämnden Nämndsekreteraren
2031-06-26 Flytt av kontoret till kajen Lokalchefen
2031-07-01 Norra Lerviks nämnd börjar
Nytt nummer till växeln Kommunikations-\
chefen
"""
    (found,) = grids(spaced(f"{PROSE}{table}{PROSE}"))
    assert found[6] == ["2031-05-18", "Flytt av registret (båtplatser)", "IT-samordnaren"]
    assert found[-1] == ["2031-07-01", "Norra Lerviks nämnd börjar", ""]


def test_risks_told_as_clauses() -> None:
    """What may happen is told with a verb, and is one cell all the same, over two lines."""
    table = r"""Risk Sannolikhet Konsekvens Riskvärde Åtgärd Ansvarig
Betalning av hyror\
försenas vid flytten
2 4 8 Beslut i förväg Enhetschef hamn
Folk i staben\
slutar före den 30 juni
4 3 12 Tillägg Hamnchefen
Gamla kartor\
kommer bort i flytten
2 4 8 Låsta vagnar, kvittens Arkivarien
Dubbla hyror när\
skjulet inte kan hyras ut
3 2 6 Samtal med\
hyresvärden Lokalchefen
Båtfolket vet inte vart\
de ska vända sig
3 2 6 Brev till alla Hamnchefen
"""
    (found,) = grids(spaced(f"{PROSE}{table}{PROSE}"))
    assert [row[:4] for row in found[3:5]] == [
        ["Gamla kartor kommer bort i flytten", "2", "4", "8"],
        ["Dubbla hyror när skjulet inte kan hyras ut", "3", "2", "6"],
    ]


def test_place_of_two_words_with_capitals() -> None:
    """A place's name goes on after "Norra", whatever the name beside it ends in."""
    table = """Förskola Stadsdel Platser Antal barn
Fyren Norra Lervik 108 109
Kompassen Norra Lervik 72 64
Ankaret Södra Lervik 70 70
Lotsen Södra Lervik 52 41
Ekorren Lervik 72 66
"""
    (found,) = grids(spaced(f"{PROSE}{table}{PROSE}"))
    assert found[2] == ["Kompassen", "Norra Lervik", "72", "64"]


def test_wrapped_cells_end_their_blocks() -> None:
    """Where blank lines part the cells that wrap, each ends its block: a row goes on in the next, whoever stands first
    there."""
    rows = """Process Risk Riskvärde Kontroll Ansvarig
Bemanning Intyg om lotsbrev \\
saknas
12 Stickprov, 25 lotsar, mars \\
och september
Hamnkapten
Betalning av hyror Felaktiga belopp eller \\
dubbla avier
16 Granskning av 60 avier, \\
april–juni
Avdelningschef kajer \\
och farleder
Inköp Inköp görs utanför avtal 12 Genomgång av alla fakturor över \\
50 000 kr, varje tertial
Inköpare
Slussning Båtar slussas inte \\
enligt plan
15 Kontroll av slussjournal, \\
maj och november
Avdelningschef slussar, \\
broar och kanaler
Gästhamn Utebliven städning upptäcks inte 12 Kontroll mot loggar, juni Avdelningschef \\
gästhamn
Nycklar Koder stängs inte av när \\
lotsar slutar
12 Granskning av koder, varje \\
månad
Säkerhetschef"""
    prose = spaced(PROSE) * 8
    assert grids(f"{prose}{spaced(rows)}{prose}")[0][1:] == [
        ["Bemanning", "Intyg om lotsbrev saknas", "12", "Stickprov, 25 lotsar, mars och september", "Hamnkapten"],
        ["Betalning av hyror", "Felaktiga belopp eller dubbla avier", "16", "Granskning av 60 avier, april–juni",
         "Avdelningschef kajer och farleder"],
        ["Inköp", "Inköp görs utanför avtal", "12", "Genomgång av alla fakturor över 50 000 kr, varje tertial",
         "Inköpare"],
        ["Slussning", "Båtar slussas inte enligt plan", "15", "Kontroll av slussjournal, maj och november",
         "Avdelningschef slussar, broar och kanaler"],
        ["Gästhamn", "Utebliven städning upptäcks inte", "12", "Kontroll mot loggar, juni", "Avdelningschef gästhamn"],
        ["Nycklar", "Koder stängs inte av när lotsar slutar", "12", "Granskning av koder, varje månad",
         "Säkerhetschef"],
    ]  # fmt: skip


def test_rows_of_words_and_one_figure_that_wrap() -> None:
    """A table of figures would take the first cells of such a row for a label and tear the row in two."""
    rows = """Upphandling Start Ansvarig Värde, mnkr
Lotsning vid storm, \\
tillsammans med Vassen
Mars 2031 Avdelningschef slussar, \\
broar och kanaler
22,5
Segel Maj 2031 Staben 0,4
Bogserbåtar September 2031 Avdelningschef kajer \\
och farleder
4,8
Bojar till farleden vid \\
Tången
Augusti 2031 Staben 0,9
Nämnden deltar också i kommunens egna upphandlingar av möbler, fordon och kläder."""
    assert grids(f"{PROSE}\n{spaced(rows)}\n{PROSE}")[0][1:] == [
        ["Lotsning vid storm, tillsammans med Vassen", "Mars 2031", "Avdelningschef slussar, broar och kanaler",
         "22,5"],
        ["Segel", "Maj 2031", "Staben", "0,4"],
        ["Bogserbåtar", "September 2031", "Avdelningschef kajer och farleder", "4,8"],
        ["Bojar till farleden vid Tången", "Augusti 2031", "Staben", "0,9"],
    ]  # fmt: skip


def test_more_spaces_at_a_row_s_end_than_cells_are_empty() -> None:
    """One empty cell leaves two spaces more there, and "2 %" is the label's."""
    rows = """Verksamhet, mnkr Kostnader Intäkter Netto VP 2031 VP 2030 \\
Omslutnings- \\
förändring
Kajer 80 % 358,3 29,9 328,4 335,2 0,0
Tillägg 2 % 9,0_ 9,0 9,1__
Farleder 31,5_ 31,5 30,2__
Lotsar 14,1 1,5 12,6 13,2 1,5
Summa 412,9 31,4 381,5 387,7 1,5"""
    assert grids(spaced(rows))[0][2:4] == [
        ["Tillägg 2 %", "9,0", "", "9,0", "9,1", ""],
        ["Farleder", "31,5", "", "31,5", "30,2", ""],
    ]


def test_comments_without_a_word_that_only_sentences_have() -> None:
    """A year or a day ends a sentence too, and the space of an empty cell tells that a name is a group's."""
    rows = """Lokal Kommentar
Hamnar__
Tången, Hamngatan 2 Lämnas den 30 juni 2031. Båtarna flyttar till \\
Norra kajen 9.
Vassen, magasin Ombyggnad 1 juni–15 oktober 2031. Ny kran, \\
hiss och verkstad.
Fyrvägen, förråd Ingen förändring 2031.
Övrigt__
Sjövägen 8, plan 4 Lämnas 2031-08-31."""
    assert grids(f"{PROSE}\n{spaced(rows)}\n{PROSE}")[0][1:] == [
        ["Hamnar", ""],
        ["Tången, Hamngatan 2", "Lämnas den 30 juni 2031. Båtarna flyttar till Norra kajen 9."],
        ["Vassen, magasin", "Ombyggnad 1 juni–15 oktober 2031. Ny kran, hiss och verkstad."],
        ["Fyrvägen, förråd", "Ingen förändring 2031."],
        ["Övrigt", ""],
        ["Sjövägen 8, plan 4", "Lämnas 2031-08-31."],
    ]


def test_header_goes_on_after_a_name_that_wraps() -> None:
    """The block of a wrapped name is not all of a header; what follows a label that wraps is of its row."""
    rows = """Insats Målgrupp Antal \\
platser
Ansvarig
Språkträning i mindre \\
grupper
Seglare från Vassen 14 Hamnkapten
Rodd för nybörjare Gäster 43 Avdelningschef \\
kajer
Tryggare väg till kajen Barn 11 Inköpare
Kortare väntetid vid \\
slussen
April 2031 76 Controller"""
    assert grids(f"{PROSE}\n{spaced(rows)}\n{PROSE}")[0] == [
        ["Insats", "Målgrupp", "Antal platser", "Ansvarig"],
        ["Språkträning i mindre grupper", "Seglare från Vassen", "14", "Hamnkapten"],
        ["Rodd för nybörjare", "Gäster", "43", "Avdelningschef kajer"],
        ["Tryggare väg till kajen", "Barn", "11", "Inköpare"],
        ["Kortare väntetid vid slussen", "April 2031", "76", "Controller"],
    ]


def test_prices_have_years_of_their_own_and_who_decides() -> None:
    """Bare years, a unit and words head columns; the older year's figure stood under the words."""
    rows = """Ersättning/pris, kronor 2031 2030 Beslutas av
Kajplats, stor, per dygn 1 742 1 708 KF
Kajplats, liten, per dag 379 371 KF
Vinterförvaring, per månad 2 145 2 090 Nämnden
Kaffe på hamnkrogen, gäst 61 59 Nämnden"""
    assert grids(f"{PROSE}\n{spaced(rows)}\n{PROSE}")[0] == [
        ["Ersättning/pris, kronor", "2031", "2030", "Beslutas av"],
        ["Kajplats, stor, per dygn", "1 742", "1 708", "KF"],
        ["Kajplats, liten, per dag", "379", "371", "KF"],
        ["Vinterförvaring, per månad", "2 145", "2 090", "Nämnden"],
        ["Kaffe på hamnkrogen, gäst", "61", "59", "Nämnden"],
    ]


def test_count_stands_before_two_columns_of_words() -> None:
    """Whoever leads begins small, and what is led with the next capital or figure."""
    rows = """Enhet Månads-\\
anställda Leds av Verksamhet
Slussen 28 hamnmästare, två biträdande\\
hamnmästare\\
Öppning, tillsyn och bogsering
Norra kajens båt- och\\
bryggvård
96 hamnmästare, en båtsman\\
72 platser, varav 45 för gäster
Verkstaden 47 verkmästare Reparation av båtar
Summa 171__"""
    assert grids(spaced(f"{PROSE * 4}{rows}\n{PROSE * 4}"))[0] == [
        ["Enhet", "Månadsanställda", "Leds av", "Verksamhet"],
        ["Slussen", "28", "hamnmästare, två biträdande hamnmästare", "Öppning, tillsyn och bogsering"],
        ["Norra kajens båt- och bryggvård", "96", "hamnmästare, en båtsman", "72 platser, varav 45 för gäster"],
        ["Verkstaden", "47", "verkmästare", "Reparation av båtar"],
        ["Summa", "171", "", ""],
    ]


def test_column_is_named_by_its_unit_alone() -> None:
    """Units with a year each are names where lines stand close and wrap, and prose below is no comment."""
    text = """Bidrag mnkr
2031
mnkr
2030
Används till
Sjöräddning 3,6 4,9 Utbildning till båtsman, 21 elever och
deras handledare
Farleder 5,2 5,0 70 nya bojar
Kvisten, etapp 2 6,2 4,0 Bänkar
Summa 15,0 13,9
Bidragen är osäkra och betalas ut först när nämnden har redovisat hur de har använts under året.
"""
    (grid,) = grids(f"{PROSE}{text}{PROSE}")
    assert grid == [
        ["Bidrag", "mnkr 2031", "mnkr 2030", "Används till"],
        ["Sjöräddning", "3,6", "4,9", "Utbildning till båtsman, 21 elever och deras handledare"],
        ["Farleder", "5,2", "5,0", "70 nya bojar"],
        ["Kvisten, etapp 2", "6,2", "4,0", "Bänkar"],
        ["Summa", "15,0", "13,9", ""],
    ]


def test_amounts_with_units_stand_before_a_measure() -> None:
    """A day ends the header's first line, and the rest of the header is no row."""
    rows = """Resultatenhet Underskott/\\
överskott i\\
fond 2031-01-01\\
Prognos\\
2031\\
Åtgärd
Slussen +1,2 mnkr -2,9 mnkr Åtgärdsplan beslutad oktober 2030
Verkstaden +0,5 mnkr -0,7 mnkr Åtgärdsplan lämnas i januari
Norra kajen -0,4 mnkr 0,0 mnkr_"""
    assert grids(f"{PROSE}\n{spaced(rows)}\n{PROSE}")[0] == [
        ["Resultatenhet", "Underskott/ överskott i fond 2031-01-01", "Prognos 2031", "Åtgärd"],
        ["Slussen", "+1,2 mnkr", "-2,9 mnkr", "Åtgärdsplan beslutad oktober 2030"],
        ["Verkstaden", "+0,5 mnkr", "-0,7 mnkr", "Åtgärdsplan lämnas i januari"],
        ["Norra kajen", "-0,4 mnkr", "0,0 mnkr", ""],
    ]


def test_value_left_open_stands_before_times() -> None:
    """A procurement's value may be words, and its month and day are two columns."""
    text = """Upphandling Beräknat
värde per år,
mnkr
Annonseras Avtalsstart
Bogsering (gemensamt med fyra hamnar) 9,5 mars 2031-10-01
Tvätt av segel 2,6 maj 2031-11-01
Städning av slussar 7,4 september 2032-02-01
Fotografering Fastställs senare oktober –
"""
    assert grids(f"{PROSE}{text}{PROSE}")[0] == [
        ["Upphandling", "Beräknat värde per år, mnkr", "Annonseras", "Avtalsstart"],
        ["Bogsering (gemensamt med fyra hamnar)", "9,5", "mars", "2031-10-01"],
        ["Tvätt av segel", "2,6", "maj", "2031-11-01"],
        ["Städning av slussar", "7,4", "september", "2032-02-01"],
        ["Fotografering", "Fastställs senare", "oktober", "–"],
    ]


def test_report_keeps_its_number_before_a_time() -> None:
    """ "Tertialrapport 1 januari–april" tells of no first of January, and the header of times is none of the rows."""
    text = """Rapport Period Behandlas i nämnden
Verksamhetsberättelse 2030 Helår 2030 2031-02-09
Tertialrapport 1 januari–april 2031-05-25
Tertialrapport 2 januari–augusti 2031-09-28
Underlag till budget 2032 2032–2034 2031-04-20
"""
    assert grids(f"{PROSE}{text}{PROSE}")[0] == [
        ["Rapport", "Period", "Behandlas i nämnden"],
        ["Verksamhetsberättelse 2030", "Helår 2030", "2031-02-09"],
        ["Tertialrapport 1", "januari–april", "2031-05-25"],
        ["Tertialrapport 2", "januari–augusti", "2031-09-28"],
        ["Underlag till budget 2032", "2032–2034", "2031-04-20"],
    ]


def test_months_in_a_list_are_one_time() -> None:
    """Several months tell when a report is for, and the words after them are the next column's."""
    rows = """Uppföljning Period Underlag senast Behandlas i nämnden
Verksamhetsberättelse 2030 Helår 2030 2031-01-12 februari 2031
Tertialrapport 1 januari–april 2031-05-07 maj 2031
Tertialrapport 2 januari–augusti 2031-09-10 september 2031
Månadsrapport mars, juli, oktober Åttonde arbetsdagen Nej
Internkontroll Helår 2031 2031-11-23 december 2031
Bokslut 2031 Helår 2031 2032-01-14 februari 2032"""
    found = grids(f"{PROSE}\n{spaced(rows)}\n{PROSE}")[0]
    assert found[2][:2] == ["Tertialrapport 1", "januari–april"]
    assert found[4] == ["Månadsrapport", "mars, juli, oktober", "Åttonde arbetsdagen", "Nej"]


def test_places_that_are_compared_head_columns() -> None:
    """A label's year, after a comma or a month, is no figure; proper names head as many figures as each row has."""
    rows = """Mått per kaj Fyren Udden Vassen\\
(inhyrd)
Platser 72 54 60
varav gäster 45 36 40
Trygghet, utfall 2030 78 % 71 % 79 %
Båtar, oktober 2030 238 171 95
Skador per plats och år, utfall jan–okt 2030\\
uppräknat till helår\\
2,5 3,0 –"""
    assert grids(f"{PROSE}\n{spaced(rows)}\n{PROSE}")[0] == [
        ["Mått per kaj", "Fyren", "Udden", "Vassen (inhyrd)"],
        ["Platser", "72", "54", "60"],
        ["varav gäster", "45", "36", "40"],
        ["Trygghet, utfall 2030", "78 %", "71 %", "79 %"],
        ["Båtar, oktober 2030", "238", "171", "95"],
        ["Skador per plats och år, utfall jan–okt 2030 uppräknat till helår", "2,5", "3,0", "–"],
    ]


def test_figures_in_doubt_are_left_out() -> None:
    """Where a cell is empty without a trace no figure stands under a column that it may not be of."""
    table = spaced("Objekt 2031 2030 Kommentar\nKajen 12 14 Målas\nUdden 14 Lagas\nVassen 11 10 Rivs")
    found = grids(f"{PROSE}\n{table}\n{PROSE}")
    assert all(row[1:3] in (["12", "14"], ["11", "10"]) for rows in found for row in rows[1:])


def test_heading_and_prose_below_comments_are_no_row() -> None:
    """A comment's lines stand together: what goes on below a blank line is prose, and a heading stands above it."""
    rows = """Lokal Kommentar
Tången, Hamngatan 2 Lämnas den 30 juni 2031.
Vassen, magasin Ombyggnad under våren.
Fyrvägen, förråd Nya portar klara i februari.
Radio och sjökort
Lotsen leder arbetet med radio. Under året byts antenner, kablar och sjökort i båtarna och
på kajerna i den ordning som besiktningen visar."""
    assert len(grids(f"{PROSE}\n{spaced(rows)}\n{PROSE}")[0]) == 4


CELLS_ON_LINES = """
Båtplatser
Volymer, antal båtar
VP 2031
varav segel
varav motor
VP 2030
Norra kajen, gäst och fast
57
24
33
54
Södra kajen
38
17
21
35
Slipen i Lervik
174
80
94
169
Vinterplats på land
61
27
34
64
Båtarna räknas i april och i oktober.
"""
MIXED = """
 Lekplats Öppet vinter Öppet sommar Årsarb. Besök 2029 Besök 2030 Mål 2031 Djur
 Norra kajen mån–fre 9.30–16.30 alla dagar 9.30–17.30 5,25 31 400 33 000 34 000
 Slipen mån–fre 9.30–16.00 mån–fre 9.30–17.00 4,5 22 150 21 500 23 000 Höns, kaniner
 Fyren tis–lör 10.00–16.00 tis–sön 10.00–17.00 4,0 18 900 19 400 19 500 Får (maj–sept)
 Udden mån–fre 9.30–16.30 alla dagar 9.30–17.30 5,0 27 600 28 200 29 000 Höns
 Summa 22,25 109 900 113 200 117 500
Lekplatserna är öppna för alla barn.
"""


@pytest.mark.parametrize("text", [CELLS_ON_LINES, spaced(MIXED)])
def test_table_of_figures_under_wrong_names_stays_prose(text: str) -> None:
    """A table is not read so that labels are figures, or a column has figures and words: its lines are told as they
    are."""
    plan = plan_of(source(text), "plan.txt")
    assert not [row for row in plan.rows if row.row.replace(" ", "").isdigit()]
    for column in {cell.column for row in plan.rows for cell in row.cells}:
        cells = [cell for row in plan.rows for cell in row.cells if cell.column == column and cell.written]
        assert len({cell.number is None for cell in cells}) == 1, column
