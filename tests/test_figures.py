"""Flattened tables of figures: what their columns are called and count, and words and times beside the figures."""

from __future__ import annotations

from ingest.plan import Plan
from ingest.read import plan_of
from ingest.source import Line, Source

PROSE = (
    "Nämnden håller kajerna öppna hela året och räknar med fler besökare än förra sommaren.\n"
    "Muddring, läxhjälp, väntjänst och bokbuss köps av föreningar och bolag efter en upphandling som\n"
    "görs vart tredje år, och avgifterna räknas upp med index.\n\n"
)


def read(text: str) -> Plan:
    """A text of a line each, read."""
    items, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            items.append(Line(at + len(line) - len(line.lstrip()), at + len(line.rstrip())))
        at += len(line) + 1
    return plan_of(Source(text, tuple(items)), "verksamhetsplan-2031-lervik.txt")


def rows(table: str) -> list[list[str | None]]:
    """The rows of a table after prose: the label and the cells of each."""
    return [[row.row, *(cell.written for cell in row.cells)] for row in read(PROSE + table).rows]


def columns(table: str) -> list[tuple[str, int | None, str | None]]:
    """What the columns of a table's first row are called, the year and the unit of each."""
    return [(cell.column, cell.year, cell.unit) for cell in read(PROSE + table).rows[0].cells]


def test_parts_by_age_are_columns_of_their_own() -> None:
    """The ages that columns are for are no figures, and take the year of the column that they are parts of."""
    table = (
        "Stadsdel Invånare 2030 varav 0–5 år varav 65 år och äldre\n"
        "Fiskhamnen 12 846 1 104 1 798\nNorra kajen 8 905 748 1 336\n"
        "Tullängen 2 387 215 406\nSumma 24 138 2 067 3 540\n"
    )
    assert columns(table) == [
        ("Invånare 2030", 2030, None),
        ("varav 0–5 år", 2030, None),
        ("varav 65 år och äldre", 2030, None),
    ]
    assert rows(table)[1] == ["Norra kajen", "8 905", "748", "1 336"]


def test_month_stands_before_its_year() -> None:
    """A column may be of a month: its year is the one after it, not the one before."""
    table = (
        "Volymer båtplatser 2031 Utfall okt 2030 varav kvinnor\n"
        "Fiskhamnen, platser 318 327 229\n"
        "Tullängen, platser 139 155 104\n"
    )
    assert columns(table)[:2] == [("2031", 2031, None), ("Utfall okt 2030", 2030, None)]


def test_unit_belongs_to_the_name_that_awaits_it() -> None:
    """Units on the header's last line stand under the names that end in a comma, and hold for no other."""
    table = (
        "Båtklubb Antal bryggor Bidrag 2030, Bidrag 2031,\ntkr tkr\n"
        "Lerviks båtklubb 5 214 231\nTullängens båtklubb 4 186 190\nNorra kajens vänner 3 120 118\nSumma 12 520 539\n"
    )
    assert columns(table) == [
        ("Antal bryggor", None, None),
        ("Bidrag 2030, tkr", 2030, "tkr"),
        ("Bidrag 2031, tkr", 2031, "tkr"),
    ]


def test_places_that_are_compared_are_columns() -> None:
    """A line of names with as many figures under it as there are names but one is a header, whatever it says."""
    table = (
        "Mått Lervik Norrsjö Riket\n"
        "Kostnad per båtplats, kronor 1 365 1 392 1 287\nAndel lediga platser, procent 4,2 3,9 6,1\n"
        "Väntetid till bryggplats, dagar 29 34 52\n"
    )
    first, second, _ = read(PROSE + table).rows
    assert [(cell.column, cell.written, cell.unit) for cell in first.cells] == [
        ("Lervik", "1 365", "kr"),
        ("Norrsjö", "1 392", "kr"),
        ("Riket", "1 287", "kr"),
    ]
    assert second.cells[0].unit == "%"


def test_groups_stand_under_the_header_and_under_sums() -> None:
    """A name right under the header, and one right under a sum, is that of the rows below it, which add up to a sum."""
    table = (
        "Objekt Budget 2031 Plan 2032\nKajenheten\nNy kran 4 200 0\nPollare 300 300\nSumma kaj 4 500 300\n"
        "Båtenheten\nMotorer 520 0\nLinor 140 60\nSumma båt 660 60\nSumma nämnden 5 160 360\n"
    )
    found = read(f"{PROSE}Investeringar, tkr.\n\n{table}")
    assert [(row.parent, row.row) for row in found.rows] == [
        ("Kajenheten", "Ny kran"),
        ("Kajenheten", "Pollare"),
        (None, "Summa kaj"),
        ("Båtenheten", "Motorer"),
        ("Båtenheten", "Linor"),
        (None, "Summa båt"),
        (None, "Summa nämnden"),
    ]
    assert {cell.unit for row in found.rows for cell in row.cells} == {"tkr"}


def test_line_above_names_the_table_and_its_unit() -> None:
    """A line that only names what a table holds, and in what unit, is what the table is called."""
    fees = "Avgift 2030 2031\nTimavgift för tillsyn 960 985\nHyra av hamnkran 1 090 1 120\nDuschkort ingen ingen\n"
    found = read(f"{PROSE}Hamnar och kajer, kronor per timme.\n\n{fees}")
    assert {row.table for row in found.rows} == {"Hamnar och kajer"}
    assert found.rows[1].cells[1].unit == "kr"
    assert [cell.written for cell in found.rows[2].cells] == ["ingen", "ingen"]


def test_sum_tells_thousands_from_columns() -> None:
    """Where spaces part thousands and columns alike, the reading is taken by which the printed sums come out; a sum may
    lack what is not added up."""
    table = (
        "Hamn Antal bryggor Båtar 2031, snitt Bidrag, tkr\nFiskhamnen 5 498 610\n"
        "Norra kajen 5 437 4 380\nTullängen 4 316 5 160\n"
        "Summa 14 1 251 10 150\n"
    )
    assert rows(table)[1:3] == [["Norra kajen", "5", "437", "4 380"], ["Tullängen", "4", "316", "5 160"]]
    table = (
        "Hamn Besök 2030 Prognos 2031 Andel barn, procent\n"
        "Fiskhamnen 17 900 18 300 8,6\n"
        "Tullängen 14 300 14 600 7,4\n"
        "Summa 32 200 32 900\n"
    )
    assert rows(table)[-1] == ["Summa", "32 200", "32 900", None]


def test_label_goes_on_under_its_figures() -> None:
    """What stands under a row and begins as no label does is the rest of its label."""
    table = (
        "Nyckeltal Lervik Norrsjö\nHamnar av klass A- och 14 780\n"
        "B-anläggningar\nLån av flytvästar per 1 000 27 31\ninvånare\n"
        "Kostnad för badhus, barn 2 518 2 690\n7–15 år\nBadbesök 3 140 2 650\n"
    )
    assert [row[0] for row in rows(table)] == [
        "Hamnar av klass A- och B-anläggningar",
        "Lån av flytvästar per 1 000 invånare",
        "Kostnad för badhus, barn 7–15 år",
        "Badbesök",
    ]


def test_words_stand_between_label_and_figures() -> None:
    """A column of words after the labels is told from them by words that begin something, or come again and again."""
    table = (
        "Förening Ändamål Bidrag 2031, tkr\nSjöscouterna Fyren Läxhjälp i fem båthus 1 480\n"
        "Röda Korsets lokala krets Väntjänst 2 350\nLerviks hembygdsgille Väntjänst 260\nSumma 4 090\n"
    )
    assert rows(table) == [
        ["Sjöscouterna Fyren", "Läxhjälp i fem båthus", "1 480"],
        ["Röda Korsets lokala krets", "Väntjänst", "2 350"],
        ["Lerviks hembygdsgille", "Väntjänst", "260"],
        ["Summa", None, "4 090"],
    ]


def test_prices_have_the_unit_of_their_row() -> None:
    """What a price is per stands in a column of its own, and tells the unit of the figures beside it."""
    table = (
        "Tjänst, internpris Enhet 2030 2031\n"
        "Bogsering kr/timme 2 041 2 138\n"
        "Kranlyft, tungt kr/lyft 462 486\n"
        "Vinterplats kr/dygn 391 408\n"
    )
    found = read(PROSE + table).rows
    assert [[row.row, *(cell.written for cell in row.cells)] for row in found][1] == [
        "Kranlyft, tungt",
        "kr/lyft",
        "462",
        "486",
    ]
    assert [cell.unit for cell in found[0].cells[1:]] == ["kr", "kr"]


def test_premises_have_address_area_rent_and_day() -> None:
    """The number of a house is the address's and not the area's, and the day that ends a row is a column's."""
    table = (
        "Lokal Adress Yta, kvm Årshyra 2031, tkr Avtalet löper ut\nBåthuset Måsen Hamngatan 4 4 150 11 240 2038-09-30\n"
        "Båthuset Tärnan Kajvägen 19 880 1 730 2035-12-31\nSjöboden Krabban Skeppargränd 7 960 1 580 2037-12-31\n"
        "Rökeriet Skyddad adress 350 930 2038-06-30\n"
    )
    assert rows(table) == [
        ["Båthuset Måsen", "Hamngatan 4", "4 150", "11 240", "2038-09-30"],
        ["Båthuset Tärnan", "Kajvägen 19", "880", "1 730", "2035-12-31"],
        ["Sjöboden Krabban", "Skeppargränd 7", "960", "1 580", "2037-12-31"],
        ["Rökeriet", "Skyddad adress", "350", "930", "2038-06-30"],
    ]


def test_another_header_ends_the_rows() -> None:
    """A header with years, right after the rows of another table, is no row of it, and prose after a sum is none."""
    table = (
        "Avgift, kronor 2030 2031 Ändring\nBryggplats 172 400 179 900 4,4 %\n"
        "Kranlyft 134 100 139 900 4,3 %\nBojplats - 18 000 ny\n"
        "Hamn och kaj, internpris Enhet 2030 2031\nBogsering kr/timme 462 486\n"
        "Vinterplats kr/dygn 391 408\nEl kr/dygn 12 13\n"
    )
    found = rows(table)
    assert found[2:4] == [["Bojplats", "-", "18 000", "ny"], ["Bogsering", "kr/timme", "462", "486"]]
