"""Plans of other forms than the first ones read: each form that has broken the reading."""

from __future__ import annotations

from collections.abc import Sequence

from test_flattened import PROSE, grids, read, spaced

from ingest.plan import Plan
from retrieval.evidence.answer_types import Draft
from retrieval.evidence.lookup import Facts, activity_statement
from retrieval.model.verify import verified

STACKED = """Verksamhetsplan 2031 – Hamn och kaj
2(9)
Enhet
Enhetschef
Antal anställda
Drift
Ada Lind
31
Kajer
Bo Frisk
9
Summa
40
Om hamnen
Hamnen är öppen hela året och tar emot båtar från hela landet, både sommar och vinter.
"""


def rows(plan: Plan) -> list[tuple[str, list[str | None]]]:
    return [(row.row, [cell.written for cell in row.cells]) for row in plan.rows]


def ends(plan: Plan) -> list[tuple[str, Sequence[str], str | None]]:
    return [(each.text, each.responsible, each.end.isoformat() if each.end else None) for each in plan.activities]


# Where a table ends


def test_prose_after_a_table_of_words_is_no_row() -> None:
    """A heading and its sentences right after a table of names and streets stay a heading and a passage."""
    text = spaced(
        PROSE
        + """Avdelning Avdelningschef Årsarbetare Säte
Kajer Ada Lind 512 Sjögatan 8
Bryggor och bad Bo Frisk 231 Hamnvägen\\
14
Fyrar Per-Olof Grahn 19 Sjögatan 8
Så följs planen upp
Nämnden följer upp planen i tertialrapport 1 (maj), tertialrapport 2 (september) och i
verksamhetsberättelsen. Ekonomin redovisas varje månad till hamnchefen.
"""
    )
    plan = read(text)
    assert rows(plan) == [
        ("Kajer", ["Ada Lind", "512", "Sjögatan 8"]),
        ("Bryggor och bad", ["Bo Frisk", "231", "Hamnvägen 14"]),
        ("Fyrar", ["Per-Olof Grahn", "19", "Sjögatan 8"]),
    ]
    assert any(passage.text.startswith("Nämnden följer upp planen") for passage in plan.passages)


def test_chapter_and_budget_after_a_table_of_activities_are_no_row() -> None:
    """A table of activities ends where the chapter on money and its header begin, though a year could end a row."""
    text = spaced(
        PROSE
        + """Aktivitet Ansvarig Klart
Laga stegen Kajchefen 2031-05-02
Måla fyren Fyrvaktaren 2031-08-15
Ekonomi
Verksamhetsområde (mnkr) Bokslut 2029 VP 2030 Kostnader\\
2031\\
Intäkter\\
2031\\
Netto\\
2031
Kajer 51,2 53,0 57,4 2,1 55,3
Fyrar 2,8 4,5 5,0 0,2 4,8
Summa 54,0 57,5 62,4 2,3 60,1
"""
    )
    plan = read(text)
    assert [each.text for each in plan.activities] == ["Laga stegen", "Måla fyren"]
    assert [cell.column for cell in plan.rows[0].cells][2:] == ["Kostnader 2031", "Intäkter 2031", "Netto 2031"]
    assert plan.rows[0].cells[4].written == "55,3"


def test_list_after_a_table_of_activities_is_a_list() -> None:
    """Items under a heading that lists what is planned are no rows of the table above it."""
    text = spaced(
        PROSE
        + """Aktivitet Ansvarig Slutdatum
Laga stegen Kajchefen 2031-05-02
Planerade insatser
• Utbilda båtsmän, klart mars 2031
• Revidera badplanen, klart december 2031
"""
    )
    assert ends(read(text)) == [
        ("Laga stegen", ("Kajchefen",), "2031-05-02"),
        ("Utbilda båtsmän", (), "2031-03-31"),
        ("Revidera badplanen", (), "2031-12-31"),
    ]


# Columns


def test_targets_for_other_years_are_kept() -> None:
    """Of targets for several years the plan's own is the target; the others are kept with their columns' names."""
    text = (
        "Styrtal Utfall 2029 Målvärde 2031 Målvärde 2032\n"
        "Andel hela bryggor 71 % 80 % 85 %\nAntal gäster 98 400 104 000\n108 000\nAntal bojar 3 4 5\n"
    )
    plan = read(text)
    assert [(each.target, [(o.column, o.written) for o in each.outcomes]) for each in plan.indicators] == [
        ("80 %", [("Utfall 2029", "71 %"), ("Målvärde 2032", "85 %")]),
        ("104 000", [("Utfall 2029", "98 400"), ("Målvärde 2032", "108 000")]),
        ("4", [("Utfall 2029", "3"), ("Målvärde 2032", "5")]),
    ]


def test_last_amount_of_a_row_under_the_others() -> None:
    """A row whose last amount stands on a line of its own is whole, and the table goes on after it."""
    text = spaced(
        PROSE
        + """Hamn Antal platser Bidrag (mnkr) Fond (mnkr)
Lervik 512 0,9 1,3
Norrsjö 561 1,6
2,2
Granvik 449 0,8 0,7
Summa 1 522 3,3 4,2
"""
    )
    assert grids(text)[0][2] == ["Norrsjö", "561", "1,6", "2,2"]
    assert grids(text)[0][-1][0] == "Summa"


def test_amounts_before_a_time() -> None:
    """Amounts and a time after a label that ends in a figure are told apart, also where the time stands below."""
    text = spaced(
        PROSE
        + """Åtgärd Utgift 2031 (mnkr) Utgift 2032 (mnkr) Klart
Kajparken, etapp 1 3,1 5,4 juni 2032
Ny brygga 0,6 0,0
september 2031
Trädplantering 0,5 0,5 löpande
"""
    )
    assert grids(text)[0][1:] == [
        ["Kajparken, etapp 1", "3,1", "5,4", "juni 2032"],
        ["Ny brygga", "0,6", "0,0", "september 2031"],
        ["Trädplantering", "0,5", "0,5", "löpande"],
    ]


def test_street_and_month_are_cells() -> None:
    """A street with its number is one cell, and a month begins one where a column is of times."""
    text = spaced(
        PROSE
        + """Lokal Adress Förändring Tidpunkt
Boden Sälen Mossvägen 3 Stängs på grund av fukt juni 2031
Boden Kajutan Strandkajen 21 Nyöppnas, sex rum augusti 2031
Huset Ankaret Torggränd 2 Byggs om, gästerna flyttas till Lervik januari–maj 2031
"""
    )
    assert grids(text)[0][1:] == [
        ["Boden Sälen", "Mossvägen 3", "Stängs på grund av fukt", "juni 2031"],
        ["Boden Kajutan", "Strandkajen 21", "Nyöppnas, sex rum", "augusti 2031"],
        ["Huset Ankaret", "Torggränd 2", "Byggs om, gästerna flyttas till Lervik", "januari–maj 2031"],
    ]


def test_header_that_begins_with_its_unit() -> None:
    """A header of a unit and years is whole by itself: the line above it is the table's heading."""
    text = spaced(
        PROSE
        + """Investeringar
mnkr 2031 2032 2033
Kajer 12,0 14,5 10,0
Fyrar 4,2 3,8 5,0
Totalt 16,2 18,3 15,0
"""
    )
    plan = read(text)
    assert (plan.rows[0].table, plan.rows[0].kind) == ("Investeringar", "budget")
    assert [(cell.year, cell.unit, cell.written) for cell in plan.rows[0].cells][1] == (2032, "mnkr", "14,5")


def test_line_that_tells_the_unit_is_no_part_of_a_header() -> None:
    """A line above a table that says what its amounts are in gives the unit, and no column's name."""
    text = "Belopp i tkr\nProjekt 2031 2032 Summa\nNy kaj 9 500 – 9 500\nBojar 300 300 600\nSumma 9 800 300 10 100\n"
    plan = read(PROSE + text)
    assert [(cell.column, cell.unit) for cell in plan.rows[0].cells] == [
        ("2031", "tkr"),
        ("2032", "tkr"),
        ("Summa", "tkr"),
    ]


def test_word_before_an_amount_has_its_own_column() -> None:
    """A column of words is no column of amounts, whatever stands last."""
    text = spaced(
        PROSE
        + """Resultatenhet Verksamhet Resultatfond 2030-12-31, tkr
Ekkajens bryggor Båtplats 1 210
Lindkajens bryggor Båtplats 0
Lerviks gästhamn Gästhamn -340
Hasselkajens gästhamn Gästhamn 2 015
Summa 2 885
"""
    )
    assert grids(text)[0][1:3] == [
        ["Ekkajens bryggor", "Båtplats", "1 210"],
        ["Lindkajens bryggor", "Båtplats", "0"],
    ]


# A line each


def test_cells_that_stand_a_line_each() -> None:
    """A header of a name a line has rows of a cell a line; a sum has only its amounts, and prose ends the table."""
    plan = read(STACKED)
    assert rows(plan) == [("Drift", ["Ada Lind", "31"]), ("Kajer", ["Bo Frisk", "9"]), ("Summa", [None, "40"])]
    assert plan.passages[-1].text.startswith("Hamnen är öppen hela året")


def test_parts_and_a_lacking_figure_a_line_each() -> None:
    """A column may be part of the one before; a row that lacks a figure ends no table, and its others stand nowhere."""
    cells = """Volymer|VP 2031|varav kvinnor|VP 2030|Gäster i hamnen|298|204|301|Uthyrda timmar|402 000|389 000|
Båtar på land|96|61|92|"""
    plan = read(PROSE + cells.replace("\n", "").replace("|", "\n") + PROSE)
    assert rows(plan) == [
        ("Gäster i hamnen", ["298", "204", "301"]),
        ("Uthyrda timmar", [None, None, None]),
        ("Båtar på land", ["96", "61", "92"]),
    ]


def test_sum_of_some_columns_a_line_each() -> None:
    """A sum has the figures of the columns that it adds up, and takes in no prose."""
    cells = """Ändamål|Belopp, mnkr|Bilaga|Vakter på piren|1,1|7|Solceller på magasinet|1,4|8|Summa|2,5|"""
    plan = read(PROSE + cells.replace("|", "\n") + PROSE)
    assert rows(plan)[-1] == ("Summa", ["2,5", None])


def test_prose_below_activities() -> None:
    """A heading and many sentences are no activity, though a day ends one of their lines."""
    text = (
        PROSE
        + """Aktivitet Startdatum Slutdatum
Måla bryggorna i Norra hamnen 2031-03-01 2031-05-31
Byta bojar vid inloppet 2031-04-01 2031-06-30
Inköp
Parkdriften annonseras i år. Avtalet löper ut. Köp över 100 000 kronor godkänns av chefen. Båtar köps
inte. Bojar lånas. Alla bryggor ska klassas om före den 31 oktober
2031. Under året hålls två möten om detta.
"""
    )
    assert [each.text for each in read(text).activities] == [
        "Måla bryggorna i Norra hamnen",
        "Byta bojar vid inloppet",
    ]


def test_activities_that_stand_a_line_each() -> None:
    """Who answers, when, and how far it has come are told by the header's names; a text may wrap."""
    text = """Aktivitet
Ansvarig
Tidplan
Status
Byta lampor i
fyren
Fyrvaktare Ada Lind
Q2–Q3
Upphandlad
Måla bryggan
Bo Frisk
Senast 31 oktober
Ej påbörjad
"""
    assert ends(read(PROSE + text)) == [
        ("Byta lampor i fyren", ("Fyrvaktare Ada Lind",), "2031-09-30"),
        ("Måla bryggan", ("Bo Frisk",), "2031-10-31"),
    ]


# Headings and pages


def test_running_head_without_a_count_of_pages() -> None:
    """A line with the plan's name and a number that grows is furniture, and gives the page."""
    head = "Nämndplan 2031–2033 | Hamnnämnden"
    text = f"{PROSE}{head} 2\n{PROSE}{head} 3\n{PROSE}{head} 4\n"
    plan = read(text)
    assert all(head not in passage.text for passage in plan.passages)
    assert [page.label for page in plan.pages] == ["2", "3", "4"]


def test_numbered_contents_tell_depth() -> None:
    """Where the list of contents is not set in, its numbers tell how deep a heading is, beside a ladder of goals."""
    contents = "Innehåll\n1 Uppdrag ........ 3\n2 Mål ........ 4\n2.1 Kajmål A ........ 4\n3 Ekonomi ........ 6\n"
    body = f"1 Uppdrag\n{PROSE}2 Mål\n2.1 Kajmål A\nNämndmål A1: Kajerna är hela\n{PROSE}3 Ekonomi\n{PROSE}"
    plan = read(contents + body)
    assert [(section.level, section.number, section.title) for section in plan.sections] == [
        (1, "1", "Uppdrag"),
        (1, "2", "Mål"),
        (2, "2.1", "Kajmål A"),
        (3, "A1", "Kajerna är hela"),
        (1, "3", "Ekonomi"),
    ]


def test_what_follows_a_colon_stays_with_it() -> None:
    """Names that begin a line of their own after a colon are quoted with the words before it."""
    text = spaced(
        PROSE
        + """Här finns fyra hamnar:
Ekviken, Granviken, Lervik, Norrsjö och flera mindre bryggor som föreningarna sköter själva.
"""
    )
    assert any("fyra hamnar:\nEkviken" in passage.text for passage in read(text).passages)


# What look-ups make of it


def test_time_that_is_no_day_is_said_as_written() -> None:
    """An activity due in a quarter is told with the day that ends it and the plan's own words, which hold it."""
    plan = read(PROSE + "Aktivitet Ansvarig Tidplan\nMåla fyren Fyrvaktaren Q2\nLaga stegen Kajchefen mars–maj\n")
    facts = Facts(1, plan, 2031)
    said = [activity_statement(facts, each, "sv") for each in plan.activities]
    assert [each.text for each in said] == [
        "Måla fyren (klart 2031-06-30, i planen ”Q2”). Ansvarig: Fyrvaktaren.",
        "Laga stegen (2031-03-01 till 2031-05-31, i planen ”mars–maj”). Ansvarig: Kajchefen.",
    ]
    kept = verified(Draft(tuple(said), "lookup"), lambda _: plan.text, ("Lervik, verksamhetsplan 2031",))
    assert kept.statements == tuple(said)


def test_day_that_no_row_names_is_not_said() -> None:
    """A day beside those that the row's words begin or end on is unsupported, as any figure is."""
    plan = read(PROSE + "Aktivitet Ansvarig Tidplan\nMåla fyren Fyrvaktaren Q2\nLaga stegen Kajchefen Q3\n")
    facts = Facts(1, plan, 2031)
    said = activity_statement(facts, plan.activities[0], "sv")
    wrong = Draft((type(said)(said.text.replace("06-30", "07-30"), said.support),), "lookup")
    assert not verified(wrong, lambda _: plan.text, ("verksamhetsplan 2031",)).statements


def test_header_of_the_next_table_is_no_group() -> None:
    """A line with a day or two years right after a table is the next one's header, and its rows are read by it."""
    text = spaced(
        PROSE
        + """Kajer, mnkr Budget 2030 Budget 2031
Norra kajen 471,2 482,0
Södra kajen 41,0 40,2
Personal
Yrke Antal 2030-10-31 Behov 2031
Kajvakter 212 220
Fyrvaktare 305 312
Båtsmän 88 92
"""
    )
    assert rows(read(text))[2:] == [
        ("Kajvakter", ["212", "220"]),
        ("Fyrvaktare", ["305", "312"]),
        ("Båtsmän", ["88", "92"]),
    ]


def test_tables_laid_out_one_after_another() -> None:
    """Where an extraction kept columns apart, a table ends at the next one's header and at a numbered heading."""
    text = f"""1 Mål

{PROSE}
  Styrtal                          Utfall 2029    Mål 2031    Mål 2032
  Andel hela bryggor               71 %           80 %        85 %
  Antal gäster i                   98 400         104 000     106 000
  gästhamnen

  Aktivitet                        Ansvarig       Tidplan     Status
  Måla fyren                       Ada Lind       Q2          Pågår
  Byta bojar i inloppet till       Bo Frisk       mars–maj    Ej påbörjad
  Lervik

2 Ekonomi

  Verksamhet            Bokslut 2029     Budget 2030     Budget 2031
  Kajer                       18 420          19 150          19 900
  Fyrar                        4 310           4 275           4 150
"""
    plan = read(text)
    assert [(each.name, each.target) for each in plan.indicators] == [
        ("Andel hela bryggor", "80 %"),
        ("Antal gäster i gästhamnen", "104 000"),
    ]
    assert ends(plan) == [
        ("Måla fyren", ("Ada Lind",), "2031-06-30"),
        ("Byta bojar i inloppet till Lervik", ("Bo Frisk",), "2031-05-31"),
    ]
    assert rows(plan) == [("Kajer", ["18 420", "19 150", "19 900"]), ("Fyrar", ["4 310", "4 275", "4 150"])]
    assert [section.title for section in plan.sections] == ["Mål", "Ekonomi"]


# Words among figures, and figures without a header


def test_words_stand_where_other_rows_have_a_figure() -> None:
    """ "Årligt" and "Beslutas våren 2031" are a row's values, and no part of its label."""
    text = spaced(
        PROSE
        + """Projekt Totalt 2030 2031
Ny kran 6 200 400 5 800
Bojar Årligt 1 200 1 250
Kajskydd - 500 Beslutas våren 2031
Muddring 14 500 7 400 7 100
"""
    )
    assert rows(read(text)) == [
        ("Ny kran", ["6 200", "400", "5 800"]),
        ("Bojar", ["Årligt", "1 200", "1 250"]),
        ("Kajskydd", ["-", "500", "Beslutas våren 2031"]),
        ("Muddring", ["14 500", "7 400", "7 100"]),
    ]


def test_amounts_under_a_line_that_leads_into_them_are_rows() -> None:
    """A line that ends in its unit and a colon heads the amounts below, also right after a table's sum."""
    text = spaced(
        PROSE
        + """Belopp i tkr, netto.
Verksamhet Budget 2030 Budget 2031
Kajer 1 200 1 250
Fyrar 800 750
Summa 2 000 2 000
Så förändras ramen mellan åren (tkr):
Ram 2030 2 000
Löner 60
Effektivisering 1,5 procent -60
Ram 2031 2 000
"""
    )
    plan = read(text)
    assert rows(plan)[3:] == [
        ("Ram 2030", ["2 000"]),
        ("Löner", ["60"]),
        ("Effektivisering 1,5 procent", ["-60"]),
        ("Ram 2031", ["2 000"]),
    ]
    assert {(row.table, cell.unit) for row in plan.rows[3:] for cell in row.cells} == {
        ("Så förändras ramen mellan åren", "tkr")
    }
    assert {cell.unit for row in plan.rows[:3] for cell in row.cells} == {"tkr"}


def test_a_goal_s_cells_a_line_each_may_be_words() -> None:
    """A row that has words where the others have figures is read, with how the figures are measured."""
    cells = """Mått|Läge dec 2030|Mål 2031|Hur vi mäter|Hela bryggor|68 %|95 %|Rond varje månad|
varav nya|39 st|Högst 25 st|Rond|Besvär av buller|Mättes inte|Nivå sätts i juni|Enkät||1 Uppdrag|"""
    text = PROSE + cells.replace("\n", "").replace("|", "\n") + PROSE
    plan = read(text)
    told = [(each.name, each.outcomes[0].written, each.target, each.comment) for each in plan.indicators]
    assert told == [
        ("Hela bryggor", "68 %", "95 %", "Hur vi mäter: Rond varje månad"),
        ("Hela bryggor, varav nya", "39 st", "Högst 25 st", "Hur vi mäter: Rond"),
        ("Besvär av buller", "Mättes inte", "Nivå sätts i juni", "Hur vi mäter: Enkät"),
    ]


def test_amounts_beside_streets_and_remarks() -> None:
    """A house's number is the street's, no figure is a remark, and a row's decimals and days head no table."""
    table = """
Brygga Adress Yta, kvm Hyra 2031, mnkr Anmärkning

Västra bryggan Strandgatan 2 11 800 24,6 Stängd från 2031-08-01

Östra kajen Hamngatan 44 6 200 13,8

Fyrhuset Fyrvägen 7 3 150 6,1 Avtal till 2034-06-30

Slussen Slussgatan 18 5 400 9,7

"""
    assert grids(f"{PROSE}{table}\n{PROSE}")[0][1:] == [
        ["Västra bryggan", "Strandgatan 2", "11 800", "24,6", "Stängd från 2031-08-01"],
        ["Östra kajen", "Hamngatan 44", "6 200", "13,8", ""],
        ["Fyrhuset", "Fyrvägen 7", "3 150", "6,1", "Avtal till 2034-06-30"],
        ["Slussen", "Slussgatan 18", "5 400", "9,7", ""],
    ]


def test_prices_for_four_kinds_of_payers() -> None:
    """Names that wrap head columns of figures where the first names their unit; an hour belongs to its label."""
    table = """
Avgift per dygn, kronor Barn- och
ungdomsklubb
Klubb
vuxna
Privat-
personer
Företag

Stor båtplats 52 165 390 780

Kaj, helplats 95 290 720 1 440

Slip, vardagar före klockan 16 120 310 820 1 650

Kran 25 ton 38 118 310 620

"""
    assert grids(f"{PROSE}{table}{PROSE}")[0] == [
        ["Avgift per dygn, kronor", "Barn- och ungdomsklubb", "Klubb vuxna", "Privatpersoner", "Företag"],
        ["Stor båtplats", "52", "165", "390", "780"],
        ["Kaj, helplats", "95", "290", "720", "1 440"],
        ["Slip, vardagar före klockan 16", "120", "310", "820", "1 650"],
        ["Kran 25 ton", "38", "118", "310", "620"],
    ]


def test_table_of_risks_before_one_of_controls() -> None:
    """A risk's figures head no table, and how often and where something is told of are known by their form."""
    table = """
Process Oönskad händelse Sannolikhet Konsekvens Riskvärde Åtgärd

Bojar Bojen sjunker i
hård vind
2 5 10 Tillsyn

Kajer Båtar kör på kajen
2 4 8 Fler skyltar

Avgifter Avgifter betalas inte
4 3 12 Påminnelser

Olja Olja läcker ut vid slussen
1 5 5 Nytt larm Slussen


Internkontrollplan 2031

Kontrollmoment Metod Frekvens Ansvarig Rapporteras

Att båtägare som fått bidrag har rätt antal
båtar
Slumpvis urval, 20 båtar
Två gånger per år Hamnchef Bidrag och bokning Tertialrapport 2

Att bokade bryggor används Jämförelse av mätningar
Varje månad Hamnchef Kajer Tertialrapport 1 och 2

Att fyrvakter har rätt utbildning Kontroll av intyg
En gång, maj Hamnchef Fyrar och bojar Tertialrapport 1

Att intäkterna stäms av mot besök Rimlighetskontroll
Kvartal Ekonomichef Månadsrapport

"""
    risks, controls = grids(f"{PROSE}{table}{PROSE}")
    assert risks[-1] == ["Olja", "Olja läcker ut vid slussen", "1", "5", "5", "Nytt larm Slussen"]
    assert [row[1:] for row in controls[1:]] == [
        ["Slumpvis urval, 20 båtar", "Två gånger per år", "Hamnchef Bidrag och bokning", "Tertialrapport 2"],
        ["Jämförelse av mätningar", "Varje månad", "Hamnchef Kajer", "Tertialrapport 1 och 2"],
        ["Kontroll av intyg", "En gång, maj", "Hamnchef Fyrar och bojar", "Tertialrapport 1"],
        ["Rimlighetskontroll", "Kvartal", "Ekonomichef", "Månadsrapport"],
    ]


def test_what_prices_are_for_names_their_table() -> None:
    """Two tables under one heading have the same labels; "Avgift, kr" says nothing of what is paid for."""
    rows = "Årskort 4 290 3 990\n\nDagskort 145 135\n\n"
    plan = read(
        f"Avgifter\n\n{PROSE}\nBad och bastu, kronor 2031 2030\n\n{rows}\n"
        f"Gästhamn, kronor per dygn 2031 2030\n\n{rows}\n{PROSE}\nAvgift, kr 2031 2030\n\n{rows}"
    )
    tables = [row.table for row in plan.rows if row.row == "Årskort"]
    assert tables == ["Bad och bastu, kronor", "Gästhamn, kronor per dygn", "Avgifter"]
