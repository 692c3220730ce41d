"""Plans in other forms: contents without leaders, numbers before labels, headers and rows set in other ways."""

from __future__ import annotations

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
        f"{PROSE}\nDet här ska vi göra\n1. Måla bojar (maj, ansvarig hamnchefen)\n2. Laga bryggor (start 6 februari)\n"
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
