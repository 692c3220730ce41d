"""What is computed for a question: sums, shares within a row, changes from the year before."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from test_answer import LEXICON, Plans
from test_lookup import FACTS, computed, question, row, said

from ingest.plan import TableRow
from ingest.read import read_plan
from retrieval.answer import Answerer
from retrieval.facts.arithmetic import share_within, sum_statement, value_in
from retrieval.facts.extremes import extremes
from retrieval.facts.growth import changes_listed
from retrieval.question.scope import Scope

GENDERS = (("VP 2026", 2026), ("Okt. 2025", 2025), ("varav kvinnor", None), ("varav män", None), ("VP 2025", 2025))
TABLE = (
    row("Muddring", "4,5", "1,2", "3,3", "3,0"),
    row("varav farleder", "2,0", "0,0", "2,0", "0,5"),
    row("Kajer", "10,0", "0,0", "10,0", "15,5"),
    row("Fyr", "1,0", "0,0", "1,0", "1,2"),
    row("Summa", "15,5", "1,2", "14,3", "19,7"),
)


def test_share_of_women() -> None:
    """A share of women is of the column that the two halves add up to."""
    halves = row("Helårsplatser", "262", "254", "170", "84", "250", unit=None, columns=GENDERS)
    statement = share_within(FACTS, halves, question("Hur stor andel är kvinnor?"))
    assert computed(statement) == [("66,9", "170 / 254")]
    assert "Okt. 2025" in said(statement)


@pytest.mark.parametrize("men", [None, "70"])
def test_no_share_of_women(men: str | None) -> None:
    """There is no share where a half is missing, or the halves add up to no column."""
    other = row("Helårsplatser", "262", "254", "170", men, "250", unit=None, columns=GENDERS)
    assert share_within(FACTS, other, question("Hur stor andel är kvinnor?")) is None


def values(*rows: TableRow, text: str = "Vad kostar de tillsammans netto?") -> list:  # type: ignore[type-arg]
    return [value_in(FACTS, each, question(text)) for each in rows]


def test_sum() -> None:
    """Rows are added up in one column, with the formula."""
    statement = sum_statement(values(TABLE[0], TABLE[3]), question("Vad kostar de tillsammans?"))
    assert computed(statement) == [("4,3 mnkr", "3,3 + 1,0")]


def test_no_sum_of_a_part_and_its_whole() -> None:
    """A part is not added to the row that it is counted in already."""
    part = row("varav farleder", "2,0", "0,0", "2,0", parent="Muddring")
    assert sum_statement(values(TABLE[0], part), question("Tillsammans?")) is None


def test_no_sum_of_other_units() -> None:
    """Million and thousand kronor are never added up."""
    assert sum_statement(values(TABLE[0], row("X", "1", "1", "9", unit="tkr")), question("Tillsammans?")) is None


@pytest.mark.parametrize(
    ("text", "name"), [("Vad minskar mest?", "Kajer"), ("Vad ökar mest?", "Muddring"), ("What grows most?", "Muddring")]
)
def test_extreme_change(text: str, name: str) -> None:
    """What grows or shrinks most from the year before is no total and no other row's part."""
    assert said(extremes(FACTS, TABLE, question(text))[0]).startswith(name)


@pytest.mark.parametrize(("text", "name"), [("Vad ökar mest?", "Muddring"), ("Vad ökar mest i procent?", "Bojar")])
def test_extreme_change_in_percent(text: str, name: str) -> None:
    """What grows most does so in its unit, but in percent where that is asked for."""
    buoys = row("Bojar", "0,4", "0,0", "0,4", "0,2")
    assert said(extremes(FACTS, (*TABLE, buoys), question(text))[0]).startswith(name)


def test_changes() -> None:
    """All rows that shrink are told, each with its difference."""
    told = changes_listed(FACTS, TABLE, question("Vilka områden får mindre än förra året?"))
    assert [computed(each)[0] for each in told] == [("5,5 mnkr", "10,0 − 15,5"), ("0,2 mnkr", "1,0 − 1,2")]


STAFFED = """# Verksamhetsplan 2031 Fiskhamnen

## 1 Stränder

| Strand | Badande 2029 | Prognos 2034 | Andel barn, procent |
|---|---|---|---|
| Norrviken | 6 100 | 7 400 | 12 % |
| Sörviken | 8 300 | 9 000 | 9 % |

## 2 Förvaltningens folk

| Avdelning | Medarbetare | Chefer | Årsarbetare |
|---|---|---|---|
| Muddring | 210 | 9 | 190 |
| Lotsning | 140 | 6 | 120 |
| Stab | 50 | 5 | 48 |
| Summa | 400 | 20 | 358 |

## 3 Kvinnor och män i förvaltningen

| Avdelning | Anställda | Kvinnor | Män |
|---|---|---|---|
| Muddring | 210 | 60 | 150 |
| Lotsning | 140 | 70 | 70 |
| Stab | 50 | 30 | 20 |
| Summa | 400 | 160 | 240 |

## 4 Hamnens drift

| Hamnen, tkr | Kostnader | Intäkter | Netto 2031 | Netto 2030 |
|---|---|---|---|---|
| Muddring | 4 200 | 0 | 4 200 | 3 900 |
| Bogsering | 9 600 | 2 400 | 7 200 | 7 000 |

## 5 Badens folk

| Bad | Anställda 2029 | Anställda 2031 | Anställda 2034 |
|---|---|---|---|
| Klippbadet | 210 | 200 | 190 |
| Strandbadet | 240 | 150 | 220 |
| Kallbadet | 50 | 60 | 70 |
| Summa | 500 | 410 | 480 |

## 6 Bastur

| Pris | 2030 | 2031 |
|---|---|---|
| Vuxen, enstaka besök | 70 kr | 75 kr |
| Årskort vuxen | 2 400 kr | 2 450 kr |
| Barn | 30 kr | 30 kr |
"""


def answerer_of(text: str, folder: Path) -> Answerer:
    """What answers from a plan for 2031 of some text, written into a folder."""
    file = folder / "verksamhetsplan-2031-fiskhamnen.md"
    file.write_text(text, encoding="utf-8")
    return Answerer(Plans({file.name: read_plan(file)}), LEXICON, lambda: date(2031, 3, 1))


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    return answerer_of(STAFFED, tmp_path_factory.mktemp("staffed"))


def ask(answerer: Answerer, question: str) -> str:
    return answerer.answer(question, [], Scope("Fiskhamnen", year=2031)).answer


@pytest.mark.parametrize(
    ("question", "formula"),
    [
        ("skillnad prognos 2034 och badande 2029 Norrviken", "7 400 − 6 100 = 1 300"),
        ("växer Sörviken från 2029 till 2034", "9 000 − 8 300 = 700"),
        ("Vad är skillnaden mellan kostnader och intäkter för Muddring?", "4 200 − 0 = 4 200"),
        ("How much higher are costs than revenue for Bogsering?", "9 600 − 2 400 = 7 200"),
        ("Hur mycket ökar kostnaden för Muddring?", "4 200 − 3 900 = 300"),
    ],
)
def test_two_columns_of_a_row(staffed: Answerer, question: str, formula: str) -> None:
    """A difference is of the two columns that are named, and of numbers in one unit."""
    assert formula in ask(staffed, question)


@pytest.mark.parametrize(
    ("question", "formula"),
    [
        ("How large a share of managers work in dredging?", "9 / 20"),
        ("Hur stor andel av cheferna arbetar i Lotsning?", "6 / 20"),
        ("Hur stor andel av medarbetarna i Lotsning är chefer?", "6 / 140"),
        ("what percentage of staff are men", "240 / 400"),
        ("How large a share of the costs of Bogsering is revenue?", "2 400 / 9 600"),
    ],
)
def test_share_of_the_column_named(staffed: Answerer, question: str, formula: str) -> None:
    """A share is of the columns that are named, and of all where no row is."""
    assert formula in ask(staffed, question)


def test_rows_named_as_little(staffed: Answerer) -> None:
    """Of rows of which a question names only a part, each is told, with its own difference."""
    said = ask(staffed, "difference for adults at the saunas (bastur) between 2030 and 2031")
    assert "75 − 70 = 5" in said
    assert "2 450 − 2 400 = 50" in said
    assert "Barn" not in said


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Hur stor andel av de anställda arbetade på Strandbadet 2029?", "240 / 500"),
        ("How many more employees had Strandbadet than Kallbadet in 2029?", "240 − 50"),
        ("Hur många anställda har Strandbadet och Kallbadet tillsammans 2034?", "220 + 70"),
        ("Vilket bad hade flest anställda 2029, och hur många fler än Kallbadet är det?", "240 − 50"),
        ("Hur många fler anställda har Strandbadet än Kallbadet 2031?", "150 − 60"),
    ],
)
def test_year_named(staffed: Answerer, question: str, said: str) -> None:
    """What is computed is of the year that is named."""
    assert said in ask(staffed, question)


@pytest.mark.parametrize(
    "question", ["Hur många fler anställda har Strandbadet än Kallbadet 2037?", "Vilket bad har flest anställda 2037?"]
)
def test_year_that_a_table_lacks(staffed: Answerer, question: str) -> None:
    """Nothing is computed of other years than the one that is named."""
    told = ask(staffed, question)
    assert "−" not in told
    assert "Störst" not in told


@pytest.mark.parametrize("question", ["Hur mycket mer får farleder än 2030?", "Får farleder mer 2031 än 2030?"])
def test_each_plans_own_year(question: str, tmp_path: Path) -> None:
    """Between two plans each tells its own year, though the question names the other's."""
    for year, net in ((2030, "8,0"), (2031, "10,0")):
        text = f"# Verksamhetsplan {year}\n\n| Drift (mnkr) | Netto VP {year} |\n|---|---|\n| Farleder | {net} |\n"
        (tmp_path / f"verksamhetsplan-{year}-fiskhamnen.md").write_text(text, encoding="utf-8")
    plans = Plans({file.name: read_plan(file) for file in tmp_path.iterdir()})
    assert "10,0 − 8,0" in ask(Answerer(plans, LEXICON, lambda: date(2031, 3, 1)), question)


CREWS = """# Verksamhetsplan 2031

## Chefer och övriga anställda per enhet

| Enhet | Chefer | Övriga | Totalt |
|---|---|---|---|
| Lotsningen | 2 | 11 | 13 |
| Muddringen | 1 | 29 | 30 |
| Bärgningen | 2 | 20 | 22 |

## Redovisning av ekonomi

### Förändringar av omsättningen

| Verksamhet | 2031 (mnkr) | 2030 (mnkr) |
|---|---|---|
| Lotsningen | 1,5 | 2,9 |
| Muddringen | 0,4 | 0,3 |

### Driftbudget

| Verksamhet | Kostnader (mnkr) | Intäkter (mnkr) | Netto VP 2031 (mnkr) | VP 2030 (mnkr) |
|---|---|---|---|---|
| Lotsningen | 9,9 | 1,5 | 8,4 | 7,7 |
| Muddringen | 5,0 | 0,4 | 4,6 | 4,9 |
"""


@pytest.fixture(scope="module")
def crewed(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    return answerer_of(CREWS, tmp_path_factory.mktemp("crewed"))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Vilken enhet har flest anställda?", "Störst är Muddringen: 30 (Totalt)"),
        ("Vilken enhet har flest chefer?", "Störst är Lotsningen och Bärgningen: 2 var (Chefer)"),
        ("Which unit has the most managers?", "The largest is Lotsningen and Bärgningen: 2 each (Chefer)"),
    ],
)
def test_most_of_what_columns_add_up_to(crewed: Answerer, question: str, said: str) -> None:
    """What has the most is told by the column that the others add up to, unless one of those is named; and all that
    have as much are."""
    assert said in ask(crewed, question)


@pytest.mark.parametrize(
    ("question", "formula"),
    [
        ("Får lotsningen mer eller mindre pengar än året innan?", "8,4 − 7,7"),
        ("Hur mycket ändras omsättningen för lotsningen mot året innan?", "1,5 − 2,9"),
    ],
)
def test_row_of_the_budget(crewed: Answerer, question: str, formula: str) -> None:
    """Of rows with one name the one with a net is compared, unless another table is named."""
    assert formula in ask(crewed, question)


GROWING = """# Verksamhetsplan 2031

## Redovisning av ekonomi

### Driftbudget

| Verksamhet | Kostnader (mnkr) | Intäkter (mnkr) | Netto VP 2031 (mnkr) | VP 2030 (mnkr) |
|---|---|---|---|---|
| Lotsning | 9,9 | 1,5 | 8,4 | 7,7 |
| Muddring | 5,0 | 0,4 | 4,6 | 4,2 |
| Bidrag från staten | 0,2 | 0,1 | 0,1 | 0,9 |
| Summa | 15,1 | 2,0 | 13,1 | 12,8 |

### Investeringar

| Projekt | VP 2031 (mnkr) | VP 2030 (mnkr) |
|---|---|---|
| Mindre investeringar | 2,0 | 1,0 |
| Kajer | 3,0 | 9,0 |
| Summa | 5,0 | 10,0 |

### Seglarbidrag

| Bidrag | Budget 2031 (mnkr) | Budget 2030 (mnkr) | Utfall 2030 (mnkr) |
|---|---|---|---|
| Jollestöd | 0,5 | 0,7 | 0,6 |
| Båtstöd | 0,9 | 0,8 | 0,7 |

### Priser

| Pris | 2030 | 2031 | Enhet |
|---|---|---|---|
| Dygnsplats | 140 | 155 kr | per dygn |
| Plats för tält | 80 | 90 kr | per dygn |

### Nyckeltal

| Nyckeltal | Fiskhamnen 2029 | Fiskhamnen 2030 | Liknande kommuner | Riket |
|---|---|---|---|---|
| Kostnad bryggor, kr per båt | 410 | 432 | 400 | 480 |
| Andel hela båtar, procent | 69 | 71 | 70 | 63 |

### Vaktens budget

| Post | Budget 2031 (tkr) | Budget 2030 (tkr) |
|---|---|---|
| Avgifter | 320 | 310 |
| Summa intäkter | 320 | 310 |
| Lön | 240 | 230 |
| Bränsle | 60 | 50 |
| Summa kostnader | 300 | 280 |
"""


@pytest.fixture(scope="module")
def growing(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    return answerer_of(GROWING, tmp_path_factory.mktemp("growing"))


@pytest.mark.parametrize(
    ("question", "told", "others"),
    [
        ("Vad ökar mest, muddring eller lotsning?", ["8,4 − 7,7", "4,6 − 4,2"], ["13,1"]),
        ("Muddring eller lotsning: vilken ökar mer, och med hur mycket?", ["8,4 − 7,7", "4,6 − 4,2"], ["13,1"]),
        ("Dredging or piloting: which one grows more, and by how much each?", ["8,4 − 7,7", "4,6 − 4,2"], ["13,1"]),
        ("Hur mycket mer investerar vi än förra året?", ["5,0 − 10,0 = −5,0"], ["2,0"]),
        ("Hur mycket mer blir det till mindre investeringar än förra året?", ["2,0 − 1,0"], ["10,0"]),
        ("Which grant gets less money than last year?", ["0,5 − 0,7"], ["0,1 − 0,9", "Båtstöd"]),
        ("Hur mycket mer får båtstödet i år än vad det faktiskt kostade i fjol?", ["0,9 − 0,7"], ["0,8"]),
        ("Hur mycket mer får båtstödet i år än den verkliga kostnaden i fjol?", ["0,9 − 0,7"], ["0,8"]),
        ("How much more does båtstöd get this year than it really cost last year?", ["0,9 − 0,7"], ["0,8"]),
        ("What share of our whole net budget is spent on dredging?", ["4,6 / 13,1"], ["5,0"]),
        ("Skillnad i pris för dygnsplats mellan 2030 och 2031?", ["155 − 140 = 15"], ["tält"]),
        ("Vad kostar en dygnsplats?", ["155 kr"], ["90"]),
        ("Är kostnaden för bryggor högre än i riket?", ["mindre än Riket (432 − 480 = −48)"], ["400"]),
        ("Do jetties cost more than the national average?", ["less than Riket (432 − 480 = −48)"], ["400"]),
        ("How did the cost of jetties compare with similar municipalities in 2029?", ["410 − 400 = 10"], ["480"]),
        ("Ligger vår andel av hela båtar över snittet i landet?", ["71 − 63"], ["70 %"]),
        ("hur stor andel av hela vaktens budget är lön?", ["240 / 300"], ["320"]),
        ("Ligger bryggorna över eller under snittet i landet?", ["432 − 480 = −48"], ["400"]),
    ],
)
def test_what_is_compared(growing: Answerer, question: str, told: list[str], others: list[str]) -> None:
    """Those that are named are compared, the whole where that is, what is of the kind that is named; nothing else."""
    said = ask(growing, question)
    places = [said.find(each) for each in told]
    assert -1 not in places, said
    assert places == sorted(places)
    assert not any(each in said for each in others), said


def test_share_of_a_whole_named_in_a_compound(tmp_path: Path) -> None:
    """The share that a follow-up asks for is of the row that it names, if only as a part of a compound."""
    file = tmp_path / "plan.html"
    file.write_text(
        "<h1>Verksamhetsplan 2026 för Norrsjö hamnnämnd</h1><h2>Driftbudget</h2>"
        "<table><tr><th>Verksamhet, tkr<th>Budget 2026<tr><td>Muddring<td>400<tr><td>varav farleder<td>100"
        "<tr><td>Kajer<td>600<tr><td>Summa<td>1 000</table>",
        "utf-8",
    )
    made = Answerer(Plans({"plan.html": read_plan(file)}), LEXICON, lambda: date(2026, 3, 1))
    told = made.answer("vad blir det i procent av muddringsbudgeten?", ["Hur mycket går till farleder?"], Scope())
    assert "25,0 %" in told.answer


MEASURES = """# Verksamhetsplan 2031 Fiskhamnen

## 1 Budget per område (mnkr)

| Område | Kostnader | Intäkter | Netto VP 2031 | VP 2030 |
|---|---|---|---|---|
| Bogseringsverksamhet | 42,0 | 2,0 | 40,0 | 38,0 |
| Öppna bogseringen | 5,5 | 0,5 | 5,0 | 5,5 |
| Fyrar och bojar | 25,5 | 0,5 | 25,0 | 26,5 |
| Bojar, kusten | 3,0 | 0,0 | 3,0 | 3,0 |
| Bojar, floden | 4,0 | 0,0 | 4,0 | 4,0 |
| Summa | 80,0 | 3,0 | 77,0 | 77,0 |

## 2 Frånvaro

Sjukfrånvaron bland lotsar är 9,5 procent och bland fyrvakter 6,0 procent. Ett dygn på pråm beräknas kosta 900 kronor \
och på flotte 400 kronor.

## 3 Båtar månad för månad

| Månad | Flickor | Pojkar | Totalt | Totalt 2030 |
|---|---|---|---|---|
| Maj | 40 | 50 | 90 | 95 |
| Juni | 55 | 65 | 120 | 118 |
| Juli | 50 | 58 | 108 | 110 |

## 4 Investeringar (mnkr)

| Investering | 2031 | 2032 | 2033 |
|---|---|---|---|
| Mindre investeringar | 1,5 | 1,0 | 1,0 |
| Ny kaj vid Östra piren | 6,0 | 9,0 | 2,0 |
| Slussport | 2,5 | 0,5 | 0,0 |
| Summa | 10,0 | 10,5 | 3,0 |

## 5 Gästnätter

| Brygga | VP 2031 | Snitt 2031 (prognos) | Snitt 2030 |
|---|---|---|---|
| Norra bryggan | 640 | 600 | 590 |
| Södra bryggan | 410 | 420 | 400 |
| Totalt antal gästnätter | 1 050 | 1 020 | 990 |
"""


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    return answerer_of(MEASURES, tmp_path_factory.mktemp("measured"))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Hur mycket högre är sjukfrånvaron för lotsar än för fyrvakter?", "9,5 − 6,0"),
        ("Hur mycket dyrare är pråm än flotte?", "900 − 400"),
        ("Hur mycket mer får bogseringen än fyrar och bojar?", "40,0 − 25,0"),
        ("Vad får fyrar och bojar och bogseringsverksamheten tillsammans?", "25,0 + 40,0"),
        ("Hur många fler gästnätter har Norra bryggan än Södra bryggan?", "640 − 410"),
    ],
)
def test_of_the_measure_asked_for(measured: Answerer, question: str, said: str) -> None:
    """Rows and figures are set side by side only where they are of what is asked for, and each is named in full; an
    "and" within a name parts nothing."""
    assert said in ask(measured, question)


@pytest.mark.parametrize(
    "question",
    [
        "Hur mycket högre är lönen för lotsar än för bojar?",
        "Hur många fler anställda har bogseringsverksamheten än fyrar och bojar?",
        "Hur mycket mer får bojarna än bogseringsverksamheten?",
        "Hur mycket mer kostar fyrar och bojar per dygn än bogseringsverksamheten?",
        "Hur mycket mer får bogseringsverksamheten än skolan?",
    ],
)
def test_no_difference_of_another_measure(measured: Answerer, question: str) -> None:
    """Nothing is computed from rows that share but a word with the question, or where several are meant as much."""
    assert " − " not in ask(measured, question)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("I vilken månad är det flest båtar?", "Juni: 120"),
        ("Hur många färre båtar är det i maj jämfört med förra året?", "90 − 95 = −5"),
        ("Hur många fler båtar är det i juni än i maj?", "120 − 90"),
        ("Hur många fler gästnätter har Norra bryggan i prognosen än i VP 2031?", "600 − 640"),
        ("Hur många fler gästnätter har Norra bryggan i snitt 2031 än i snitt 2030?", "600 − 590"),
    ],
)
def test_columns_of_all_and_of_a_kind(measured: Answerer, question: str, said: str) -> None:
    """What counts girls and boys alike is compared, and of columns of one year those of the kinds that are named."""
    assert said in ask(measured, question)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Vilken investering är störst?", "Ny kaj vid Östra piren: 6,0 mnkr"),
        ("Vilket år är investeringarna störst?", "10,5 mnkr (2032)"),
        ("Which year are the investments smallest?", "3,0 mnkr (2033)"),
        ("Hur mycket investeras totalt 2031–2033?", "10,0 + 10,5 + 3,0"),
        ("Vad är summan för slussport 2031–2032?", "2,5 + 0,5"),
    ],
)
def test_most_of_a_table_and_of_its_years(measured: Answerer, question: str, said: str) -> None:
    """All rows of a table that is named compete, or its years; the years of a span are added up."""
    assert said in ask(measured, question)


def test_no_most_of_what_rows_are_not(measured: Answerer) -> None:
    """A table that tells of something month by month has no such things in its rows."""
    assert "törst" not in ask(measured, "Vilken båt är störst?")


MOVING = """# Verksamhetsplan 2031

Fiskhamnens hamnnämnd

## Driftbudget

| Verksamhet | Kostnader (mnkr) | Intäkter (mnkr) | Netto VP 2031 (mnkr) | VP 2030 (mnkr) |
|---|---|---|---|---|
| Lotsning | 19,9 | 1,5 | 18,4 | 17,7 |
| varav isbrytning | 4,0 | 0,0 | 4,0 | 4,6 |
| varav utkik | 15,9 | 1,5 | 14,4 | 13,1 |
| Muddring | 5,0 | 0,4 | 4,6 | 5,2 |
| Kajer | 3,1 | 0,1 | 3,0 | 2,8 |
| Summa | 28,0 | 2,0 | 26,0 | 25,7 |

Muddring minskar med 0,6 mnkr när sanden tar slut. Kajer ökar därför att träet har blivit dyrare.

## Halvår

| Verksamhet | Netto jan-jun 2031 (mnkr) | Netto helår 2031 (mnkr) | Netto helår VP 2030 (mnkr) |
|---|---|---|---|
| Fyrvakt | 5,2 | 9,9 | 9,4 |
| Slussvakt | 2,1 | 4,4 | 4,6 |

## Bidrag

Tabell 3. Riktade hamnbidrag, mnkr

| Bidrag | 2030 (mnkr) | 2031 (mnkr) |
|---|---|---|
| Bojar | 0,5 | 0,4 |
| Räddning | 0,9 | 0,7 |
| Summa | 1,4 | 1,1 |

## Kommentarer

### Bogsering

I budgeten finns en buffert med 3,0 mnkr för oförutsedda stormar.
"""


@pytest.fixture(scope="module")
def moving(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    return answerer_of(MOVING, tmp_path_factory.mktemp("moving"))


@pytest.mark.parametrize(
    ("question", "told", "others"),
    [
        # A comparison is asked for in any words for what rises or falls.
        ("lotsning: how much does it gain net?", ["18,4 − 17,7"], []),
        ("hur mycket har muddringen skurit ner?", ["4,6 − 5,2"], []),
        (
            "Jämfört med 2030, vad ökar mest, kajer eller lotsning, och hur mycket var?",
            ["18,4 − 17,7", "3,0 − 2,8"],
            [],
        ),
        # A part is told of a whole that moves otherwise.
        ("Vilka områden får mindre pengar än förra året?", ["4,0 − 4,6", "4,6 − 5,2"], ["18,4", "13,1"]),
        ("Var minskar budgeten jämfört med 2030? Bortse från muddring.", ["4,0 − 4,6"], ["18,4"]),
        ("Vilka områden får mer pengar än förra året?", ["18,4 − 17,7", "3,0 − 2,8"], ["14,4"]),
        # Whole years are compared, not one and a half.
        ("Hur mycket ökar fyrvakten jämfört med 2030?", ["9,9 − 9,4"], ["5,2"]),
        # The reason is that of the row.
        ("Varför får muddring mindre pengar än 2030?", ["sanden tar slut"], []),
        # A table's number and unit are no part of its name.
        ("How much less do we get in riktade hamnbidrag than in 2030?", ["1,1 − 1,4 = −0,3"], []),
        ("Med vilket belopp minskar hamnbidragen?", ["1,1 − 1,4 = −0,3"], ["0,9"]),
        ("Hur stor procent av alla pengar går till muddring?", ["4,6 / 26,0"], []),
        ("Vilket område har bufferten, och hur stor är den?", ["Bogsering: I budgeten", "3,0 mnkr"], ["26,0"]),
    ],
)
def test_what_moves_and_where(moving: Answerer, question: str, told: list[str], others: list[str]) -> None:
    """What grows or shrinks, by how much, why and where is told of what is asked about, of nothing else."""
    said = ask(moving, question)
    assert [each for each in told if each not in said] == [], said
    assert [each for each in others if each in said] == [], said
