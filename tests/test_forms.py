"""Plans in other forms: contents without leaders, numbers before labels, headers and rows set in other ways."""

from __future__ import annotations

from datetime import date

from ingest.plan import Plan
from ingest.read import plan_of
from ingest.readers.text import plain

PROSE = "Hamnen är öppen hela året och tar emot båtar från hela kusten, också på natten och i storm.\n"


def read(text: str) -> Plan:
    return plan_of(plain(text), "verksamhetsplan.txt")


def tree(plan: Plan) -> list[str]:
    """The headings of a plan, each under its own."""
    return [plan.path(n) for n in range(len(plan.sections))]


NUMBERED = f"""Innehåll
1 Inledning 2
2 KF:s inriktningsmål: En öppen hamn 3
   2.1 Hamnen är ren 3
3 Budget 2024 4

1 Inledning

{PROSE}
1.1 Styrelsen

{PROSE}
2 KF:s inriktningsmål: En öppen hamn

2.1 KF:s mål: Hamnen är ren

{PROSE}
Styrelsens mål 2.1.1: Kajerna är hela

{PROSE}
3 Budget 2024

{PROSE}"""


def test_contents_without_leaders_are_no_headings() -> None:
    """Titles under "Innehåll" that end in a page, with nothing but a space before it, are the list of contents."""
    assert tree(read(NUMBERED))[0] == "1 Inledning"


def test_contents_without_pages_are_no_headings() -> None:
    """Titles under "Innehåll" that stand again further down are the list of contents."""
    text = (
        f"Innehåll\nOm hamnen\nMål för året\nBudget\n\nOm hamnen\n\n{PROSE}\nMål för året\n\n{PROSE}\nBudget\n\n{PROSE}"
    )
    assert tree(read(text)) == ["Om hamnen", "Mål för året", "Budget"]


def test_numbers_and_labels_make_one_tree() -> None:
    """A number may stand before a goal's label, and headings nest as their numbers do, labelled or not."""
    goal = "KF:s inriktningsmål 2 En öppen hamn › KF:s mål för verksamhetsområdet 2.1 Hamnen är ren"
    assert tree(read(NUMBERED)) == [
        "1 Inledning",
        "1 Inledning › 1.1 Styrelsen",
        "KF:s inriktningsmål 2 En öppen hamn",
        goal,
        f"{goal} › Nämndmål 2.1.1 Kajerna är hela",
        "3 Budget 2024",
    ]


def test_reference_on_every_page_is_no_page_number() -> None:
    """ "Dnr HN 2023/655" at the foot of each page is furniture, and 2023 none of its pages."""
    pages = "".join(f"Verksamhetsplan hamnen {n}\n{PROSE}Dnr HN 2023/655\n" for n in range(1, 5))
    plan = read(pages)
    assert [page.number for page in plan.pages] == [1, 2, 3, 4]
    assert not any("Dnr" in passage.text for passage in plan.passages)


def test_years_under_names_and_labels() -> None:
    """A header's second line may say what the labels are called and then the years of the names above."""
    plan = read(
        f"{PROSE}\nBokslut Budget Budget Förändring\nMnkr 2022 2023 2024 2023–2024\nKajer 1,0 2,0 3,0 1,0\n"
        "- varav norra kajen 0,5 0,6 0,7 0,1\nFyrar inkl. bojar 2,0 2,0 2,5 0,5\nSumma 3,0 4,0 5,5 1,5\n"
    )
    assert [cell.column for cell in plan.rows[0].cells] == [
        "Bokslut 2022", "Budget 2023", "Budget 2024", "Förändring 2023–2024",
    ]  # fmt: skip
    assert [(row.row, row.parent) for row in plan.rows[1:3]] == [
        ("- varav norra kajen", "Kajer"),
        ("Fyrar inkl. bojar", None),
    ]


def test_rows_without_blank_lines_among_lines_with_them() -> None:
    """Where a blank line follows every line of prose, a table's rows may stand close all the same."""
    prose = "\n\n".join([PROSE.strip()] * 6)
    rows = (
        "Plats VP 2023 VP 2022\nNorra och\nsödra kajen\n402 395\nFyren, dygn 690 672\nHamntorget, dygn 96 92\nBojar 8 9"
    )
    plan = read(f"{prose}\n\n{rows}\n\n{prose}\n")
    assert [row.row for row in plan.rows] == ["Norra och södra kajen", "Fyren, dygn", "Hamntorget, dygn", "Bojar"]


def test_rows_that_end_in_a_time() -> None:
    """A name, what happens with it and when: a day keeps its number, and what happens begins its sentence."""
    plan = read(
        f"{PROSE}\nFastighet Vad som händer Tidpunkt\n"
        "Norra kajen, hus C Töms. Lämnas till Hamnbolaget AB 1 april 2024\n"
        "Fyren, Storgatan 2 Vaktstugan byggs om till kafé Klart aug 2024\n"
        "Magasinet Hyrs ut i andra hand Från 1 maj 2024\n"
        f"Bojskjulet, plan 3 Båtarna flyttar till Skolgränd 3 Hösten 2024\n\n{PROSE}"
    )
    assert [(row.row, row.cells[1].written) for row in plan.rows] == [
        ("Norra kajen, hus C", "1 april 2024"),
        ("Fyren, Storgatan 2", "Klart aug 2024"),
        ("Magasinet", "Från 1 maj 2024"),
        ("Bojskjulet, plan 3", "Hösten 2024"),
    ]


def test_prices_with_their_unit() -> None:
    """A list of what something costs is a table called after what it lists, its year the column's."""
    plan = read(
        f"{PROSE}\nPris för såld plats 2024\nBåtplats, per dygn 120 kr\nVinterplats exkl. el 1 140 kr\nBojplats 51 kr\n"
    )
    assert {row.table for row in plan.rows} == {"Pris för såld plats"}
    assert [(row.row, row.cells[0].year, row.cells[0].unit) for row in plan.rows] == [
        ("Båtplats, per dygn", 2024, "kr"),
        ("Vinterplats exkl. el", 2024, "kr"),
        ("Bojplats", 2024, "kr"),
    ]


def test_labels_of_other_councils_and_boards() -> None:
    """Regions, boards with commitments and plans that only number their goals have a ladder too."""
    plan = read(
        f"Kapitel 1 Uppdrag\n\n{PROSE}\nKapitel 2 Mål\n\nInriktningsmål: Hamnen är nära\n\n"
        f"Regionfullmäktiges mål: Alla hittar hit\n\n{PROSE}\nNämndens åtagande:\nSkyltarna är rena\n\n{PROSE}\n"
        f"Nämndsmål 2\nKajerna är hela\n\n{PROSE}\nKapitel 3 Ekonomi\n\n{PROSE}"
    )
    above = "Kapitel 2 Mål › Inriktningsmål Hamnen är nära › Regionfullmäktiges mål Alla hittar hit"
    assert tree(plan)[3:] == [
        above,
        f"{above} › Åtagande Skyltarna är rena",
        f"{above} › Nämndmål 2 Kajerna är hela",
        "Kapitel 3 Ekonomi",
    ]


def test_chapters_with_a_full_stop_after_their_number() -> None:
    """ "2. Mål" is a chapter where "2.1" is a part of it, not an item of a list; a goal numbered by itself is below."""
    plan = read(
        f"1. Ansvar\n\n{PROSE}\n1.1. Ordning\n\n{PROSE}\n2. Mål\n\n2.1. Hållbar hamn\n\n{PROSE}\n"
        f"Mål 1. Bojarna syns\n\n{PROSE}\n3. Internbudget 2022\n\n"
        "Hamnen ska under året:\n1. måla bojar\n2. laga bryggor\n"
    )
    assert tree(plan) == [
        "1 Ansvar",
        "1 Ansvar › 1.1 Ordning",
        "2 Mål",
        "2 Mål › 2.1 Hållbar hamn",
        "2 Mål › 2.1 Hållbar hamn › Mål 1 Bojarna syns",
        "3 Internbudget 2022",
    ]


def test_tabs_part_cells() -> None:
    """Lines with as many tabs as the header are rows, an empty cell or not, and a label may begin a line above."""
    plan = read(
        f"{PROSE}\nIndikator\tUtfall 2022\tÅrsmål 2023\tKF:s årsmål 2023\nAndel hela\nbojar\t88 %\t92 %\t94 %\n"
        f"Antal båtar\t\t1 200\t-\n\n{PROSE}"
    )
    assert [(i.name, i.target, i.council_target) for i in plan.indicators] == [
        ("Andel hela bojar", "92 %", "94 %"),
        ("Antal båtar", "1 200", "-"),
    ]


def test_items_with_their_time_in_brackets() -> None:
    """A list of what is to be done may have its time and who answers for it in brackets, in either order."""
    plan = read(
        f"{PROSE}\nDet här ska vi göra\n1. Måla bojar (maj, ansvarig hamnchefen)\n"
        f"2. Laga bryggor (start 6 februari)\n"
        f"3. Byta skyltar (ansvarig: kajvakten, klart juni 2023)\n\n{PROSE}Verksamhetsplan 2023\n"
    )
    assert [(a.text, a.responsible) for a in plan.activities] == [
        ("Måla bojar", ("hamnchefen",)),
        ("Laga bryggor", ()),
        ("Byta skyltar", ("kajvakten",)),
    ]


def test_amounts_in_parentheses_are_below_nothing() -> None:
    """ "(2 100)" in a column of amounts is a cell of its own, and minus 2100."""
    plan = read(
        f"{PROSE}\nOmråde Budget (tkr) Förändring (tkr)\nNorr 171 300 4 200\n"
        "Söder 194 700 (2 100)\nSumma 366 000 2 100\n"
    )
    assert [row.cells[1].number for row in plan.rows] == [4200, -2100, 2100]


def test_years_of_a_heading_are_no_values() -> None:
    """A numbered heading under a table of indicators is no row of it."""
    plan = read(f"{PROSE}\nNyckeltal Utfall 2022 Mål 2023\nBojar 7 8\nBåtar 9 10\n\n3. BUDGET 2023\n\n{PROSE}")
    assert [i.name for i in plan.indicators] == ["Bojar", "Båtar"]


SPACED = "\n\n".join([PROSE.strip()] * 6)


def test_cells_that_each_begin_a_line() -> None:
    """A goal's row whose cells wrap is told apart by its lines: the goal, what is done, its follow-up, who and when."""
    plan = read(
        f"Avdelningsplan 2024\n\n{SPACED}\n\n  Mål Arbetssätt Uppföljning Ansvarig Tidplan \n\n"
        f" Bryggorna är hela och\n"
        "rena\nPlanken byts ut, pollare målas i samråd med\nBåtklubben Masten\nHamnvakten räknar plank\n"
        "Biträdande hamnchef\n3 april–12 juni\n\n Fler båtar\nReklam i\nmars\nStatistik\nHamnchef\n"
        "31 mars och 31 oktober\n\n"
        f"{SPACED}\n"
    )
    assert [(a.text, a.responsible, a.start, a.end) for a in plan.activities] == [
        (
            "Bryggorna är hela och rena: Planken byts ut, pollare målas i samråd med Båtklubben Masten. "
            "Uppföljning: Hamnvakten räknar plank",
            ("Biträdande hamnchef",),
            date(2024, 4, 3),
            date(2024, 6, 12),
        ),
        (
            "Fler båtar: Reklam i mars. Uppföljning: Statistik. Tidplan: 31 mars och 31 oktober",
            ("Hamnchef",),
            None,
            date(2024, 10, 31),
        ),
    ]


def test_two_columns_that_both_wrap() -> None:
    """A risk and its remedy of two lines each are two cells, as a line that begins small goes on in the one above."""
    plan = read(
        f"{SPACED}\n\nRisk Åtgärd\n\nSvårt att rekrytera styrmän till\nden norra hamnen\n"
        f"Lönetillägg under två år och\n"
        f"bostad på kajen\n\nBryggan stängs av storm\nVäderlarm och\nextra förtöjningar\n\n{SPACED}\n"
    )
    assert [(row.row, row.cells[0].written) for row in plan.rows] == [
        ("Svårt att rekrytera styrmän till den norra hamnen", "Lönetillägg under två år och bostad på kajen"),
        ("Bryggan stängs av storm", "Väderlarm och extra förtöjningar"),
    ]


def test_calendar_of_the_year() -> None:
    """What stands under its month is an activity of that month."""
    rows = "\n".join(
        f"{month} {what} {who}"
        for month, what, who in (
            ("Januari", "Planen beslutas, bokslut", "Hamnchef"),
            ("Februari", "Planeringsdag den 7, skyddsrond", "Hamnvakt"),
            ("Mars", "Enkät öppen 2–27 mars", "Hamnvakt"),
            ("April", "Bojarna läggs ut", "Styrman"),
        )
    )
    plan = read(f"Verksamhetsplan 2024\n\n{PROSE}\nMånad Vad Ansvarig\n{rows}\n\n{PROSE}")
    assert [(a.text, a.responsible, a.start, a.end) for a in plan.activities][1:3] == [
        ("Planeringsdag den 7, skyddsrond", ("Hamnvakt",), date(2024, 2, 1), date(2024, 2, 29)),
        ("Enkät öppen 2–27 mars", ("Hamnvakt",), date(2024, 3, 1), date(2024, 3, 31)),
    ]


def test_target_of_a_unit_and_of_its_board() -> None:
    """In a unit's plan the board's target stands beside the unit's own, and in the board's it is the own one."""
    table = "Nyckeltal Utfall 2023 Mål 2024 Nämndens mål 2024\nBojar 7 8 9\nBåtar 9 10 11\n"
    unit, board = (read(f"{kind} 2024\n\n{PROSE}\n{table}\n{PROSE}") for kind in ("Enhetsplan", "Nämndplan"))
    assert unit.indicators[0].target == "8"
    assert [each.column for each in unit.indicators[0].outcomes] == ["Utfall 2023", "Nämndens mål 2024"]
    assert board.indicators[0].target == "9"


def test_words_between_amounts() -> None:
    """A cell of small words may stand between two amounts, and prose under such a table is no row of it."""
    plan = read(
        f"{PROSE}\nRåd Antal ledamöter Utses för Möten per år\nBåtrådet 9 ett år 9\n"
        f"Rådet för fyrar 7 mandatperioden 10\n"
        "Ungdomsrådet (13–19 år) 15 läsår 6\n\n"
        "Ungdomsrådet är nytt för året och disponerar 150 000 kronor som det självt\n"
        f"beslutar om.\n\n{PROSE}"
    )
    assert [(row.row, *(cell.written for cell in row.cells)) for row in plan.rows] == [
        ("Båtrådet", "9", "ett år", "9"),
        ("Rådet för fyrar", "7", "mandatperioden", "10"),
        ("Ungdomsrådet (13–19 år)", "15", "läsår", "6"),
    ]


def test_names_known_from_elsewhere() -> None:
    """Where small words follow a name, the name is what the document has elsewhere too."""
    plan = read(
        f"Norra hamnen, Södra hamnen och Fyrar ansvarar för sitt. Norra hamnen är störst. Södra hamnen är minst. "
        f"Fyrar lyser.\n\n{PROSE}\nAvdelning Ansvarar för Anställda\nNorra hamnen gästplatser, kaféet, bryggor 392\n"
        f"Södra hamnen färjor, lastkajer 121\nFyrar ljus, bojar, vakthållning 14\nSumma 527\n\n{PROSE}"
    )
    assert [(row.row, *(cell.written for cell in row.cells)) for row in plan.rows][:3] == [
        ("Norra hamnen", "gästplatser, kaféet, bryggor", "392"),
        ("Södra hamnen", "färjor, lastkajer", "121"),
        ("Fyrar", "ljus, bojar, vakthållning", "14"),
    ]


def test_header_of_times_and_values() -> None:
    """What is bought, for how much, and when: any name may stand first where the others are known."""
    plan = read(
        f"{PROSE}\nVad Beräknat värde per år Annonseras Avtalsstart Ansvarig\n"
        "Drift av gästhamnen 46,0 mnkr mars 2024 2025-01-01 Norra hamnen\n"
        "Bojar och linor (med grannhamnen) 9,5 mnkr april 2024 2024-11-01 Stab\n"
        f"Skötsel av kajer 6,8 mnkr maj 2024 2024-12-01 Södra hamnen\n\n{PROSE}\nDialog Plats När Ansvarig\n"
        "Framtidens hamn Magasinet mars Norra hamnen\nBarnens brygga Hamnskolan maj Södra hamnen\n"
        f"Fyrens dag Fyren oktober Södra hamnen\n\n{PROSE}"
    )
    assert [cell.written for cell in plan.rows[1].cells] == ["9,5 mnkr", "april 2024", "2024-11-01", "Stab"]
    assert [cell.written for cell in plan.rows[4].cells] == ["Hamnskolan", "maj", "Södra hamnen"]


def test_parts_called_otherwise() -> None:
    """ "därav" is "varav", in a header and before a row's name; a year may follow each of a budget's columns."""
    plan = read(
        f"{PROSE}\nAntal båtar Budget 2024 därav segel därav motor Budget 2023\nNorra hamnen 742 498 244 728\n"
        f"Södra hamnen 318 217 101 312\n\n{PROSE}\nOmråde, mnkr Kostnader 2024 Intäkter 2024\nNetto 2024 Förändring\n"
        f"Kajer 10,0 2,0 8,0 0,6\ndärav norra kajen 6,0 1,0 5,0 0,4\nSumma 10,0 2,0 8,0 0,6\n\n{PROSE}"
    )
    columns = [[cell.column for cell in row.cells] for row in (plan.rows[0], plan.rows[2])]
    assert columns[0] == ["Budget 2024", "därav segel", "därav motor", "Budget 2023"]
    assert columns[1] == ["Kostnader 2024", "Intäkter 2024", "Netto 2024", "Förändring"]
    assert plan.rows[3].parent == "Kajer"


def test_price_per_something() -> None:
    """What is paid per something is a table called so, its columns the years."""
    plan = read(
        f"{PROSE}\nErsättning hamnvakt, per arbetad timme 2024\nNivå A 412 kr\nNivå B 598 kr\nNivå C 1 146 kr\n"
        f"\n{PROSE}"
    )
    assert {row.table for row in plan.rows} == {"Ersättning hamnvakt, per arbetad timme"}
    assert [(row.row, row.cells[0].written) for row in plan.rows][2] == ("Nivå C", "1 146 kr")


def test_amounts_and_what_is_said_of_them() -> None:
    """Amounts with a space in their thousands, or below nothing, are whole where words may follow."""
    plan = read(
        f"{PROSE}\nResultatenhet 2024 Fond vid årets början, tkr Anmärkning\nNorra hamnen 1 240\n"
        "Södra hamnen -210 åtgärdsplan beslutad i december 2023\nFyrar 2 330\nBojar 0 ny från 2024\n\n"
        f"{PROSE}\nProjekt 2024, mnkr 2023, mnkr Klart\nNy kaj 4,2 1,5 oktober 2024\nBojar 2,6 0,0 juni 2025\n"
        f"Fyren 0,0 4,0 avslutat 2023\nSumma 6,8 5,5\n\n{PROSE}"
    )
    assert [(row.row, *(cell.written for cell in row.cells)) for row in plan.rows] == [
        ("Norra hamnen", "1 240", None),
        ("Södra hamnen", "-210", "åtgärdsplan beslutad i december 2023"),
        ("Fyrar", "2 330", None),
        ("Bojar", "0", "ny från 2024"),
        ("Ny kaj", "4,2", "1,5", "oktober 2024"),
        ("Bojar", "2,6", "0,0", "juni 2025"),
        ("Fyren", "0,0", "4,0", "avslutat 2023"),
        ("Summa", "6,8", "5,5", None),
    ]


def test_sum_of_one_column() -> None:
    """A sum that stands under one of several columns is the sum of that one."""
    plan = read(
        f"{PROSE}\nAnsökan Belopp, mnkr Bilaga\nBelysning 1,40 6\nLaddstolpar 0,90 7\nSommarbåt 1,10 8\n"
        f"Summa 3,40\n\n{PROSE}"
    )
    assert [cell.written for cell in plan.rows[-1].cells] == ["3,40", None]


def test_goal_that_only_its_number_tells() -> None:
    """A heading numbered beside a labelled goal is a goal of the same kind."""
    plan = read(
        f"KF:s inriktningsmål 3: En hamn i balans\n\nKF:s mål:\n3.1 Båtar är välkomna\n\n{PROSE}\n"
        f"3.2 Budgeten hålls\n\n{PROSE}"
    )
    assert [(s.label, s.number) for s in plan.sections][1:] == [
        ("KF:s mål för verksamhetsområdet", "3.1"),
        ("KF:s mål för verksamhetsområdet", "3.2"),
    ]


def test_lines_that_belong_together() -> None:
    """A divided name, and a month and its year, go on over a line's end; a short item of a list does not."""
    long = "Den första etappen av den nya kajen vid magasinet och tullhuset blir klar i augusti"
    plan = read(
        f"{PROSE}\n{long}\n2024 samtidigt som fyren tänds.\n\nHär finns:\n\n• Två vakter på halvtid\n\n"
        f"Vakterna träffas varje tisdag i magasinet vid tullhuset och går då igenom veckans alla\n\nbåtar.\n\n{PROSE}"
    )
    texts = [passage.text for passage in plan.passages]
    assert any(text.endswith("klar i augusti 2024 samtidigt som fyren tänds.") for text in texts)
    assert any(text.startswith("Vakterna träffas") for text in texts)


def test_perspectives_are_headings() -> None:
    """The perspectives of a balanced scorecard stand at the top, with a colon or without."""
    plan = read(
        f"Perspektiv Invånare\n\n{PROSE}\nNöjda gäster\n\n{PROSE}\nPerspektiv: Ekonomi\n\n"
        f"{PROSE}Perspektiv på hamnen ges här.\n"
    )
    assert tree(plan) == ["Perspektiv Invånare", "Perspektiv Invånare › Nöjda gäster", "Perspektiv Ekonomi"]


def test_unit_on_a_line_of_its_own() -> None:
    """A unit under a table's header, or a caption under a numbered heading, holds for all its columns."""
    rows = "Kajer 1 000 2 000 3 000\nFyrar 2 000 2 500 2 700\nSumma 3 000 4 500 5 700\n"
    header = "Nämnd Bokslut 2023 Budget 2024 Plan 2025\n"
    for text in (f"Driftbudget\n{header}(tkr)\n{rows}", f"5.1 Driftbudget 2024 med plan\nBelopp i tkr\n{header}{rows}"):
        plan = read(f"{PROSE}\n{text}\n{PROSE}")
        assert plan.sections[0].title.startswith("Driftbudget")
        assert [(cell.column, cell.unit) for cell in plan.rows[0].cells] == [
            ("Bokslut 2023", "tkr"),
            ("Budget 2024", "tkr"),
            ("Plan 2025", "tkr"),
        ]


def test_expenditure_and_income_are_of_the_plans_year() -> None:
    """Columns of expenditure and income that name no year are for the plan's own."""
    plan = read(
        f"Verksamhetsplan 2024\n\n{PROSE}\nProjekt (tkr) Utgift Inkomst\nNy kaj 1 200 200\nBojar 300 100\n"
        f"Summa 1 500 300\n"
    )
    assert {(cell.column, cell.year) for row in plan.rows for cell in row.cells} == {
        ("Utgift", 2024),
        ("Inkomst", 2024),
    }


def test_list_after_a_sum_is_no_row() -> None:
    """A list right under a table's sum is prose."""
    plan = read(
        f"{PROSE}\nVerksamhet, mnkr Kostnader Intäkter Netto\nKajer 1,0 0,2 0,8\nFyrar 2,0 0,5 1,5\n"
        f"Summa 3,0 0,7 2,3\n"
        f"- ökade hyror 0,4 mnkr\n- nya bojar 0,2 mnkr\n\n{PROSE}"
    )
    assert [row.row for row in plan.rows] == ["Kajer", "Fyrar", "Summa"]
    assert "- nya bojar 0,2 mnkr" in plan.passages[1].text


def test_goals_measures_and_their_owner() -> None:
    """A scorecard's goal stands before its measures, and one goal holds for more rows than its own."""
    plan = read(
        f"{PROSE}\nMål Mått Utgångsvärde 2023 Målvärde 2025 Ansvarig\nGod service\n"
        f"Andel svar inom tre dagar 84 % 90 % Hamnchef\n"
        "Andel svar inom en dag 61 % 75 % Hamnvakt\nGod arbetsmiljö\nSjukfrånvaro 6,9 % 6,0 % HR-chef\n\n{PROSE}"
    )
    assert [(i.name, i.target) for i in plan.indicators] == [
        ("Andel svar inom tre dagar", "90 %"),
        ("Andel svar inom en dag", "75 %"),
        ("Sjukfrånvaro", "6,0 %"),
    ]


def test_columns_that_ask() -> None:
    """ "Vad? Vem? När?" is a header, and a report may be the time that something is told of."""
    plan = read(
        f"Enhetsplan 2024\n\n{PROSE}\nVad ska göras? Vem? När? Hur följer vi upp?\n"
        f"Rusta bryggan Hamnvakten April Avstämning på möte\n"
        "Byta belysning i magasinet Fastighetsgruppen Vecka 20–24 Egenkontroll\n"
        "Måla fyren Fyrvaktaren Senast 1 juni Foto\n\n"
        f"{PROSE}\nNr Uppdrag Ansvarig nämnd Återrapporteras\n"
        f"1 Utreda en ny färjelinje Hamnnämnden Delårsrapport augusti\n"
        f"2 Se över taxorna i gästhamnen Hamnnämnden Årsredovisning\n\n{PROSE}"
    )
    assert [(a.text, a.responsible, a.end) for a in plan.activities] == [
        ("Rusta bryggan. Hur följer vi upp: Avstämning på möte", ("Hamnvakten",), date(2024, 4, 30)),
        ("Byta belysning i magasinet. Hur följer vi upp: Egenkontroll", ("Fastighetsgruppen",), date(2024, 6, 16)),
        ("Måla fyren. Hur följer vi upp: Foto", ("Fyrvaktaren",), date(2024, 6, 1)),
        ("Utreda en ny färjelinje. Återrapporteras: Delårsrapport augusti", ("Hamnnämnden",), date(2024, 8, 31)),
        ("Se över taxorna i gästhamnen. Återrapporteras: Årsredovisning", ("Hamnnämnden",), None),
    ]
