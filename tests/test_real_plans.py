"""What is read from real plans, where a folder of them lies beside the repository.

Figures and the names of rows are facts, and so is how many there are of each; no sentence of a plan is repeated here.
They were counted and read in the text by hand.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from test_sample_facts import assert_spans_hold

from ingest.plan import Plan
from ingest.read import read_plan

PLANS = Path(__file__).parents[2] / "shared" / "plans"

pytestmark = pytest.mark.skipif(not PLANS.is_dir(), reason=f"there are no real plans in {PLANS}")


@cache
def plan(number: str) -> Plan:
    return read_plan(next(PLANS.glob(f"{number}*")))


@pytest.mark.parametrize(
    ("number", "indicators", "activities", "budget", "rows"),
    [("000", 0, 0, 0, 0), ("001", 81, 131, 91, 56), ("003", 8, 8, 0, 0)],
)
def test_every_fact_is_counted(number: str, indicators: int, activities: int, budget: int, rows: int) -> None:
    """As many facts of each kind are read as stand in the text."""
    read = plan(number)
    kinds = Counter(row.kind for row in read.rows)
    found = (len(read.indicators), len(read.activities), kinds["budget"], kinds["rows"])
    assert found == (indicators, activities, budget, rows)


@pytest.mark.parametrize("number", ["000", "001", "003"])
def test_spans_are_verbatim_and_apart(number: str) -> None:
    """Each origin cuts words of the text, and no two facts hold the same."""
    assert_spans_hold(plan(number))


@pytest.mark.parametrize("number", ["000", "001", "003"])
def test_nothing_is_left_unplaced(number: str) -> None:
    """Every word belongs to something that was read."""
    assert [(u.reason, plan(number).text[u.span.start : u.span.end]) for u in plan(number).unplaced] == []


def test_the_long_plan_is_read_in_no_time() -> None:
    """88 pages take well under two seconds of one core."""
    path = next(PLANS.glob("001*"))
    taken = []
    for _ in range(2):  # the better of two: others use the machine too
        began = time.process_time()
        read_plan(path)
        taken.append(time.process_time() - began)
    assert min(taken) < 2


def test_pages_are_those_printed() -> None:
    """A page number is known only where the text still shows it."""
    assert [page.label for page in plan("001").pages] == ["16", "26", "81"]
    assert plan("003").pages == ()


@pytest.mark.parametrize(
    ("number", "organisation", "unit", "year", "kind"),
    [
        ("001", "Enskede-Årsta-Vantör", None, 2021, "verksamhetsplan"),
        ("003", "Hägersten-Liljeholmen", "Administrativa avdelningen", 2016, "verksamhetsplan"),
        ("000", "Enskede-Arsta-Vantor", None, 2021, "uppföljning av uppdrag"),
    ],
)
def test_a_plan_is_known_by_its_text_and_its_name(
    number: str, organisation: str, unit: str | None, year: int, kind: str
) -> None:
    """Whose plan it is and for when comes from the text, else the file's name."""
    read = plan(number).description
    assert (read.organisation, read.unit, read.kind) == (organisation, unit, kind)
    assert read.period is not None
    assert read.period.start.year == year


@dataclass(frozen=True)
class Table:
    """A table's name, its columns after the label's, and its rows, "–" for an empty cell."""

    name: str
    columns: str
    rows: str


TABLES = [
    Table(
        "Nämndens ekonomiska förutsättningar",
        "Kostnader | Intäkter | Netto VP 2021 | VP 2020 | VB 2019",
        """
        Nämnd- och förvaltningsadm. | 74,9 | 2,6 | 72,3 | 73,2 | 67,6
        Individ- och familjeomsorg | 369,8 | 81,0 | 288,8 | 274,7 | 264,9
        varav barn och unga | 227,2 | 50,6 | 176,6 | 165,5 | 156,4
        varav vuxna | 58,2 | 12,4 | 45,8 | 45,6 | 45,0
        varav socialpsykiatri | 84,4 | 18,0 | 66,4 | 63,7 | 63,5
        Stadsmiljö drift | 23,1 | 0,0 | 23,1 | 20,4 | 20,6
        Stadsmiljö avskrivningar | 15,1 | 0,0 | 15,1 | 14,1 | 9,9
        Stadsmiljö ränta | 0,6 | 0,0 | 0,6 | 1,2 | 0,6
        Förskola | 627,9 | 42,3 | 585,6 | 576,3 | 553,1
        Äldreomsorg | 899,0 | 141,6 | 757,4 | 747,8 | 748,6
        Stöd och service till personer med funktionsnedsättning | 541,2 | 89,7 | 451,5 | 424,1 | 414,4
        Fritid och kultur | 44,5 | 9,4 | 35,1 | 41,0 | 53,3
        Arbetsmarknadsåtgärder | 34,9 | 10,00 | 24,9 | 23,2 | 25,5
        Ekonomiskt bistånd | 182,3 | 21,0 | 161,3 | 147,6 | 148,9
        varav handläggning | 41,9 | 4,1 | 37,8 | 37,3 | 38,0
        Drift totalt | 2 813,3 | 397,6 | 2 415,7 | 2 343,6 | 2 307,4
        Parkinvesteringar | 21,1 | 0,0 | 21,1 | 18,7 | 18,7
        Maskiner och inventarier | 3,1 | 0,0 | 3,1 | 3,0 | 3,1
        Investeringar totalt | 24,2 | 0,0 | 24,2 | 21,7 | 21,8
        """,
    ),
    Table(
        "Nämnd- och förvaltningsadministration",
        "Kostnader | Intäkter | Netto VP 2021 | VP 2020 | Omslutningsförändring",
        """
        Nämnd | 2,2 | – | 2,2 | 2,2 | –
        Administration | 62,2 | – | 62,2 | 62,4 | –
        Facklig tid | 7,7 | 1,9 | 5,8 | 5,6 | 1,9
        Medborgarkontoret | 2,8 | 0,7 | 2,1 | 3,0 | 0,7
        Summa | 74,9 | 2,6 | 72,3 | 73,2 | 2,6
        """,
    ),
    Table(
        "Individ- och familjeomsorg inkl. socialpsykiatri",
        "Kostnader | Intäkter | Netto VP 2021 | VP 2020 | Omslutningsförändring",
        """
        Barn och unga | 227,8 | 51,2 | 176,6 | 165,5 | 48,9
        Vuxna | 58,2 | 12,4 | 45,8 | 45,6 | 10,2
        Socialpsykiatri | 84,4 | 18,0 | 66,4 | 63,7 | 18,0
        Summa | 370,4 | 81,6 | 288,8 | 274,7 | 77,1
        """,
    ),
    Table(
        "Stadsmiljöverksamhet",
        "Kostnader | Intäkter | Netto VP 2021 | VP 2020 | Omslutningsförändring",
        """
        Parkskötsel | 17,5 | 0,0 | 17,5 | 15,5 | 0,0
        Administration | 5,6 | 0,0 | 5,6 | 4,9 | 0,0
        Avskrivningar | 15,1 | 0,0 | 15,1 | 14,1 | 0,0
        Räntor | 0,6 | 0,0 | 0,6 | 1,2 | 0,0
        Summa | 38,8 | 0,0 | 38,8 | 35,7 | 0,0
        """,
    ),
    Table(
        "Förskoleverksamhet",
        "Kostnader | Intäkter | Netto VP 2021 | VP 2020 | Omslutningsförändring",
        """
        Peng 80 % | 449,1 | 41,9 | 407,2 | 400,3 | 1,0
        Peng - tillägg 3 % | 16,8 | – | 16,8 | 16,5 | –
        Verksamhetsstöd | 37,1 | – | 37,1 | 33,4 | –
        Lokaler | 100,6 | – | 100,6 | 102,9 | –
        Övergripande | 18,1 | – | 18,1 | 17,9 | –
        Öppna förskolan | 6,2 | 0,4 | 5,8 | 5,4 | 0,4
        Summa | 627,9 | 42,3 | 585,6 | 576,3 | 1,4
        """,
    ),
    Table(
        "Förskoleverksamhet",
        "Snitt 2021 (prognos) | Snitt 2020 | VP 2021 | VP 2020",
        """
        Förskola 1-3 år | 1 710 | 1 728 | 1 511 | 1 576
        Förskola 4-5 år | 2 043 | 1 984 | 2 346 | 2 257
        Pedagogisk omsorg 1-3 år | – | – | – | –
        Pedagogisk omsorg 4-5 år | – | – | – | –
        Allmän förskola | – | – | 1 | 2
        Totalt antal barn | 3 753 | 3 709 | 3 858 | 3 835
        """,
    ),
    Table(
        "Förskoleverksamhet",
        "2021 Socioekonomiskt anslag (mnkr) | 2020 Socioekonomiskt anslag (mnkr)",
        """
        Snösätra förskolor | 0,8 | 0,8
        Rågsved förskolor | 0,7 | 0,7
        Örby förskolor | 0,3 | 0,3
        Högdalens förskolor | 0,3 | 0,3
        Hagsätra förskolor | 0,5 | 0,5
        Blåsut - Dalens förskolor | 0,2 | 0,2
        Östberga | 0,3 | 0,3
        Summa | 3,0 | 3,0
        """,
    ),
    Table(
        "Äldreomsorg",
        "Kostnader | Intäkter | Netto VP 2021 | VP 2020 | Omslutningsförändring",
        """
        Vård och omsorg, varav: | 816,7 | 133,7 | 683,0 | 671,1 | 107,4
        Vård och omsorgsboende | 489,2 | 95,6 | 393,6 | 369,2 | –
        Öppen hemtjänst | 226,3 | 19,3 | 207,0 | 206,3 | –
        Servicehus | 84,9 | 18,1 | 66,7 | 78,7 | –
        Dagverksamhet | 11,4 | 0,7 | 10,7 | 10,8 | –
        Biståndsenheten | 28,9 | – | 28,9 | 29,4 | –
        Övergripande | 46,9 | 7,9 | 39,0 | 39,0 | 8,2
        Gemensamt | 6,5 | – | 6,5 | 8,3 | –
        Summa | 899,0 | 141,6 | 757,4 | 747,8 | 115,6
        """,
    ),
    Table(
        "Volymer",
        "VP 2021 | Okt. 2020 | varav kvinnor | varav män | VP 2020",
        """
        Vård och omsorgsboende, helårspersoner | 472 | 462 | 322 | 140 | 486
        Dagtimmar / månad | 37 385 | 41 316 | 29 107 | 12 209 | 39 108
        Nattbesök / månad | 4 036 | 4 524 | 3 303 | 1 221 | 3 597
        Larmkunder / månad | 1 346 | 1 346 | 949 | 397 | 1 398
        Helårspersoner | 146 | 164 | 110 | 54 | 195
        Timmar / månad | 9 131 | 10 694 | 7 374 | 3 320 | 12 349
        Dagvård, antal dagar/månad | 709 | 709 | 531 | 178 | 751
        """,
    ),
    Table(
        "Stöd och service för personer med funktionsnedsättning",
        "Kostnader | Intäkter | Netto VP 2021 | VP 2020 | Omslutningsförändring",
        """
        Verksamheter | 510,6 | 89,7 | 420,9 | 393,9 | 86,6
        Ledning/biståndshandläggning | 27,2 | 0,0 | 27,2 | 26,9 | 0,0
        Svedmyrabadet | 3,4 | 0,0 | 3,4 | 3,3 | 0,0
        Summa | 541,2 | 89,7 | 451,5 | 424,1 | 86,6
        """,
    ),
    Table(
        "Volymer",
        "VP 2021 | varav kvinnor | varav män | VP 2020",
        """
        Eget boende med boendestöd | 98 | 45 | 53 | 94
        Servicebostad | 43 | 18 | 25 | 39
        Gruppbostad | 121 | 44 | 77 | 114
        Barnboende | 8 | 1 | 7 | 6
        Korttidshem | 88 | 33 | 55 | 78
        Daglig verksamhet | 348 | 152 | 196 | 336
        KTT (korttidstillsyn för skolungdom över 12 år enligt LSS) | 44 | 18 | 26 | 49
        LASS-ärenden | 122,3 | 45 | 77 | 126,7
        Summa | 872,3 | 356 | 516 | 842,7
        """,
    ),
    Table(
        "Barn, kultur och fritid",
        "Kostnader | Intäkter | Netto VP 2021 | VP 2020 | Omslutningsförändring",
        """
        Fältassistenter * | 0,0 | 0,0 | 0,0 | 5,4 | 0,0
        Familjens hus | 4,1 | 3,9 | 0,2 | 0,0 | 3,9
        Öppna mötesplatser ** | 28,6 | 3,7 | 24,9 | 26,1 | 3,7
        Kulturaktiviteter och föreningsbidrag | 0,7 | 0,0 | 0,7 | 0,7 | 0,0
        Kollo | 6,8 | 2,0 | 4,8 | 5,0 | 2,0
        Fritid gemensamt | 4,0 | 0,0 | 4,0 | 1,7 | 0,0
        Samhällsservice | 1,8 | 1,3 | 0,5 | 2,1 | 1,3
        Summa | 46,0 | 10,9 | 35,1 | 41,0 | 10,9
        """,
    ),
    Table(
        "Ekonomiskt bistånd och arbetsmarknadsåtgärder",
        "Kostnader | Intäkter | Netto VP 2021 | VP 2020 | Omslutningsförändring",
        """
        Utbetalt bistånd | 140,4 | 16,9 | 123,5 | 110,3 | 12,6
        Handläggning och ledning | 41,9 | 4,1 | 37,8 | 37,3 | 4,1
        Arbetsmarknadsåtgärder | 34,9 | 10,0 | 24,9 | 23,2 | 6,3
        Summa | 217,2 | 31,0 | 186,2 | 170,8 | 23,00
        """,
    ),
    Table(
        "Investeringar",
        "Kostnader | Intäkter | Netto VP 2021 | VP 2020 | Omslutningsförändring",
        """
        Plantanparken Investering | 5,4 | 0,0 | 5,4 | 0,8 | 0,0
        Vårflodsparken Investering | 0,6 | 0,0 | 0,6 | 0,0 | 0,0
        Grynkvarnsparken | 0,0 | 0,0 | 0,0 | 3,0 | 0,0
        Rågdalen | 0,0 | 0,0 | 0,0 | 1,2 | 0,0
        Mindre investeringar | 10,7 | 0,0 | 10,7 | 9,9 | 0,0
        RE Trappor | 3,6 | 0,0 | 3,6 | 0,0 | 0,0
        RE Plantanparken | 0,8 | 0,0 | 0,8 | 0,0 | 0,0
        RE Trappor Murar Grynkvarnsparken | 0,0 | 0,0 | 0,0 | 2,0 | 0,0
        RE Parkvägar Grynkvarnsparken | 0,0 | 0,0 | 0,0 | 1,8 | 0,0
        Summa | 21,1 | 0,0 | 21,1 | 18,7 | 0,0
        """,
    ),
]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: f"{table.name}: {table.columns}")
def test_tables_are_read_cell_by_cell(table: Table) -> None:
    """Every cell of every table of figures is read under its row and column, empty ones as empty."""
    columns = table.columns.split(" | ")
    read = [
        " | ".join([row.row, *(" ".join(cell.written.split()) if cell.written else "–" for cell in row.cells)])
        for row in plan("001").rows
        if row.table == table.name and [cell.column for cell in row.cells] == columns
    ]
    assert read == [line.strip() for line in table.rows.strip().splitlines()]


def test_columns_have_their_year_and_unit() -> None:
    """Costs and revenue are the plan's year's, comparisons their own; a part is of the column it is a part of."""
    main = plan("001").rows[0]
    assert [(cell.year, cell.unit) for cell in main.cells] == [
        (year, "mnkr") for year in (2021, 2021, 2021, 2020, 2019)
    ]
    volumes = next(row for row in plan("001").rows if row.row.startswith("Dagtimmar"))
    assert [cell.year for cell in volumes.cells] == [2021, 2020, 2020, 2020, 2020]
    assert volumes.parent == "Öppen hemtjänst:"


# Target, council's target and period of each row, by the number of the goal that the table belongs to.
INDICATORS = {
    "1.1": """
        3,3 % | 2,7 % | Tertial
        1,8 % | 1,5 % | Tertial
        75 | – | Tertial
        1,3 % | 1,0 % | Tertial
        44 st | 800 st | Tertial
        800 st | Tas fram av nämnd | Tertial
        80 st | Tas fram av nämnd | Tertial
        180 | Tas fram av nämnd | Tertial
        20 | Tas fram av nämnd | Tertial
        800 st | 9 000 st | Tertial
    """,
    "1.2": """
        79 % | 79 % | År
        90 % | - | År
        73 % | 73 % | År
        73 % | 73 % | År
        88 % | Tas fram av nämnd | År
    """,
    "1.3": """
        33 % | 33 % | Tertial
        88 % | 88 % | År
        16 | 16 | Tertial
        4,9 | 4,9 | Tertial
        3,6 | 3,6 | År
    """,
    "1.3.1": """
        75 % | – | År
        3,6 | – | År
        3,6 | – | År
        3,6 | – | År
        3,6 | – | År
    """,
    "1.4": """
        50 % | Tas fram av nämnd | Tertial
        100 % | 100 % | Tertial
        10 % | Fastställs t1 | Tertial
        75 % | Tas fram av nämnd | Tertial
        90 % | öka | År
        93 % | öka | År
        83 % | 80 % | År
        75 % | 75 % | Tertial
        50 % | Tas fram av nämnd | År
        90 % | 90 % | År
        80 % | 79 % | År
        – | Fastställs 2021 | År
        75 % | Fastställs 2021 | År
        80 % | Tas fram av nämnd | Tertial
        80 % | Tas fram av nämnd | Tertial
        27 | Tas fram av nämnd | År
        640 st | Tas fram av nämnd | År
        0 | Tas fram av nämnd | Tertial
        80 % | Tas fram av nämnd | År
    """,
    "1.5": """
        66 % | Tas fram av nämnd | År
        57 % | Tas fram av nämnd | År
        0 % | Tas fram av nämnd | År
        0 % | Tas fram av nämnd | År
        86 % | 86 % | År
        78 % | 78 % | År
        25 % | Tas fram av nämnd | År
        82 % | Tas fram av nämnd | År
        85 % | Tas fram av nämnd | År
        93 % | 93 % | År
        86 % | 86 % | År
        82 % | 82 % | År
        10 | Max 10 personer | År
    """,
    "2.4": """
        67 % | 67 % | År
        75 % | 75 % | År
        78 % | 76 % | År
        65 % | 65 % | År
    """,
    "2.5": """
        100 % | 100 % | År
        80 % | 80 % | År
        60 % | 60 % | År
        1,8 kg CO2 per kg livsmedel | 1,8 kg CO2 per kg livsmedel | År
        3 GWh | 1945 GWh | År
    """,
    "3.1": """
        100 % | 100 % | Tertial
        100 % | 100 % | Tertial
        +/-1 % | +/- 1 % | År
    """,
    "3.2": """
        81 | 82 | År
        2 % | Tas fram av nämnd | Tertial
        100 % | 90% | År
        80 % | Tas fram av nämnd/styrelse | År
        84 | 84 | År
        9 % | Tas fram av nämnd/styrelse | Tertial
        3 % | Tas fram av nämnd/styrelse | Tertial
    """,
}


@pytest.mark.parametrize("goal", INDICATORS)
def test_indicators_are_read_cell_by_cell(goal: str) -> None:
    """Every target of a goal's table is read in its column, empty ones as empty."""
    read = plan("001")
    found = []
    for indicator in read.indicators:
        at = indicator.origin.section
        while at is not None and not read.sections[at].number:
            at = read.sections[at].parent
        if at is not None and read.sections[at].number == goal:
            cells = (indicator.target, indicator.council_target, indicator.period)
            found.append(" | ".join(cell or "–" for cell in cells))
    assert found == [line.strip() for line in INDICATORS[goal].strip().splitlines()]


# By goal: how many activities its table has, and how many of them from which day to which.
ACTIVITIES = [
    ("1.1", 1, [("2021-01-01", "2021-12-31", 1)]),
    ("1.1.1", 3, [("2021-01-01", "2021-12-31", 3)]),
    ("1.2", 1, [("2021-01-01", "2021-12-31", 1)]),
    ("1.2.1", 9, [("2021-01-01", "2021-12-31", 9)]),
    ("1.3", 7, [("2021-01-01", "2021-12-31", 7)]),
    ("1.3.1", 13, [("2021-01-01", "2021-12-31", 13)]),
    ("1.4", 19, [("2021-01-31", "2021-06-30", 1), ("2021-01-01", "2021-12-31", 17), ("2021-01-01", "2021-06-30", 1)]),
    ("1.4.1", 8, [("2021-01-01", "2021-12-31", 8)]),
    ("1.4.2", 7, [("2021-01-01", "2021-12-31", 7)]),
    ("1.5", 20, [("2021-01-01", "2021-12-31", 19), ("2021-01-01", "2021-06-30", 1)]),
    ("1.5.1", 1, [("2021-01-01", "2021-12-31", 1)]),
    ("1.5.2", 3, [("2021-01-01", "2021-12-31", 3)]),
    ("2.2.1", 3, [("2021-01-01", "2021-12-31", 3)]),
    ("2.3.1", 2, [("2021-01-01", "2021-12-31", 2)]),
    ("2.4", 2, [("2021-01-01", "2021-06-30", 1), ("2021-01-01", "2021-12-31", 1)]),
    ("2.5", 4, [("2021-01-01", "2021-12-31", 4)]),
    ("2.5.1", 10, [("2021-01-01", "2021-12-31", 10)]),
    ("2.5.2", 4, [("2021-01-01", "2021-12-31", 4)]),
    ("3.2", 3, [("2021-01-01", "2021-12-31", 3)]),
    ("3.2.1", 4, [("2021-01-01", "2021-12-31", 4)]),
    ("3.2.2", 7, [("2021-01-01", "2021-12-31", 7)]),
]


def test_activities_are_read_with_their_dates() -> None:
    """Every goal has all its activities, each with its first and last day."""
    read = plan("001")
    tables: dict[int | None, list[tuple[str, str]]] = {}
    for activity in read.activities:
        assert activity.start is not None
        assert activity.end is not None
        days = (activity.start.isoformat(), activity.end.isoformat())
        tables.setdefault(activity.origin.section, []).append(days)
    found = []
    for section, days_of in tables.items():
        at = section
        while at is not None and not read.sections[at].number:
            at = read.sections[at].parent
        number = read.sections[at].number if at is not None else ""
        found.append((number, len(days_of), [(*days, count) for days, count in Counter(days_of).items()]))
    assert found == ACTIVITIES
