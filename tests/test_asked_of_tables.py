"""What is asked of the rows and columns of a plan's tables, end to end: units, totals, years, how much more."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from test_answer import LEXICON, Plans

from ingest.read import read_plan
from retrieval.answer import Answerer
from retrieval.answerable import is_of_it
from retrieval.evidence.amounts import limit
from retrieval.question.scope import Scope

PLAN = """# Verksamhetsplan 2031

Fiskhamnens stadsdelsnämnd

## 1 Organisation

Avdelningen leder hamnens drift.

| Enhet | Enhetschef | Antal anställda | därav lotsar |
|---|---|---|---|
| Bogsering | Ellen Sund | 31 | 12 |
| Muddring | Olle Berg | 88 | 3 |
| Kajvård | Stina Ek | 63 | 21 |
| Summa | | 182 | 36 |

## 2 Budget 2031 per enhet (tkr)

| Enhet | Intäkter | Personal | Övriga kostnader | Netto |
|---|---|---|---|---|
| Bogsering | 121 400 | 19 800 | 128 900 | 27 300 |
| Muddring | 76 500 | 46 200 | 38 900 | 8 600 |
| Kajvård | 33 900 | 30 700 | 5 100 | 1 900 |
| Summa | 231 800 | 96 700 | 172 900 | 37 800 |

### 2.1 Djupare vatten (tkr)

| Plats | Intäkter | Personal | Övriga kostnader | Netto |
|---|---|---|---|---|
| Bottnar | 40 000 | 26 200 | 19 200 | 5 400 |
| Rännor | 36 500 | 20 000 | 19 700 | 3 200 |
| Summa | 76 500 | 46 200 | 38 900 | 8 600 |

## 3 Nämndens budget (mnkr)

| Verksamhet | Kostnader | Intäkter | Netto VP 2031 | VP 2030 |
|---|---|---|---|---|
| Farleder | 12,0 | 2,0 | 10,0 | 8,0 |
| Fyrar | 25,5 | 0,5 | 25,0 | 26,5 |
| Bryggor | 7,5 | 0,5 | 7,0 | 6,5 |
| Summa | 45,0 | 3,0 | 42,0 | 41,0 |

## 7 Investeringar (mnkr)

| Investering | Netto VP 2031 |
|---|---|
| Stegar | 3,6 |
| Stegar och räcken Kajparken | 0,5 |
| Summa | 4,1 |

## 4 Båtar

Förvaltningen räknar med fler båtar i hamnen.

| Båtar | VP 2031 | VP 2030 |
|---|---|---|
| Roddbåtar | 348 | 336 |
| Segelbåtar | 2 100 | 2 050 |
| Summa båtar | 2 448 | 2 386 |

## 5 Priser

| Pris | 2031 | 2030 |
|---|---|---|
| Dagsplats, per dygn | 2 140 kr | 2 085 kr |
| Växelplats, per dygn | 1 965 kr | 1 920 kr |
| Bogsering nivå 1, per timme | 840 kr | 820 kr |
| Bogsering nivå 4, per timme | 1 310 kr | 1 275 kr |

## 8 Indikatorer

| Indikator | Årsmål | KF:s årsmål | Periodicitet |
|---|---|---|---|
| Antal besök i fyrtornet | 21 000 | 20 000 | År |
| Antal besök på sjöfartsmuseet | 64 000 | 60 000 | År |
| Andel båtar med räddningsväst | 75 % | 90 % | Tertial |
| Nöjda båtägare | 80 % | 80 % | År |

## 9 Enheter med egen kassa

Hamnförvaltningen föreslår följande enheter med egen kassa under året:

- Östra båtklubben
- Norra roddskolan
- Södra roddskolan
- Rökeriet (nytt)

Medlen till rökeriet ökar eftersom ugnen är trasig. Medlen till fyrar minskar på grund av lägre elpris.

## 6 Risker

| Risk | Värde | Åtgärd |
|---|---|---|
| Isgång vid fyren | 12 | Isbrytare i beredskap |
| Brist på lotsar | 16 | Egen lotsutbildning |
| Stöld av båtar | 8 | Vakt om natten |
"""


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    file = tmp_path_factory.mktemp("harbour") / "verksamhetsplan-2031-fiskhamnen.md"
    file.write_text(PLAN, encoding="utf-8")
    return Answerer(Plans({file.name: read_plan(file)}), LEXICON, lambda: date(2031, 3, 1))


def ask(harbour: Answerer, *texts: str) -> str:
    *history, question = texts
    return harbour.answer(question, history, Scope("Fiskhamnen", year=2031)).answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Vad är nettobudgeten för muddringsenheten?", "8 600 tkr"),
        ("vad är kajvårdsenhetens intäkter", "33 900 tkr"),
        ("Vem är chef för bogseringsenheten?", "Ellen Sund"),
    ],
)
def test_unit_called_by_what_it_does(harbour: Answerer, question: str, said: str) -> None:
    """A unit is found in a table that calls it by what it does: "muddringsenheten" is "Muddring"."""
    assert said in ask(harbour, question)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Vilken enhet har högst kostnad för personal?", "Muddring: 46 200 tkr (Personal)"),
        ("Vilken enhet har flest anställda?", "Muddring: 88"),
        ("Which unit has the highest revenue?", "Bogsering: 121 400 tkr"),
        ("hur många anställda har Bogsering", "Antal anställda 31"),
    ],
)
def test_column_named(harbour: Answerer, question: str, said: str) -> None:
    """Of a table's columns the one that is named tells, also what is most."""
    assert said in ask(harbour, question)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Vilken enhet har högst personalkostnad och hur mycket mer än Kajvård är det?", "15 500 tkr"),
        ("Which unit has the most employees and how many more than Bogsering?", "88 − 31 = 57"),
    ],
)
def test_most_and_how_much_more(harbour: Answerer, question: str, said: str) -> None:
    """What is most is set against the row that is named beside it, in the column asked for."""
    assert said in ask(harbour, question)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (("Hur många jobbar på Muddring och hur många är vi totalt?",), ("88", "182")),
        (("What is the net budget of Fyrar, and in total?",), ("25,0 mnkr", "42,0 mnkr")),
        (("Hur många anställda har Bogsering?", "och totalt?"), ("182",)),
        (("How many employees does Bogsering have?", "And for the whole department?"), ("182",)),
    ],
)
def test_part_and_whole(harbour: Answerer, texts: tuple[str, ...], said: tuple[str, ...]) -> None:
    """A row and the total of its table are both told where both are asked for, or the total next."""
    answer = ask(harbour, *texts)
    assert all(each in answer for each in said)


@pytest.mark.parametrize(
    "question", ["vilka risker har vi och vilken är störst?", "What risks are there, and which is the biggest?"]
)
def test_all_and_the_most(harbour: Answerer, question: str) -> None:
    """The largest of some things is told first, then all of them, where both are asked for."""
    first, *others = ask(harbour, question).splitlines()
    assert "Brist på lotsar: 16" in first
    assert [risk for risk in ("Isgång", "Brist", "Stöld") if any(risk in line for line in others)] == [
        "Isgång",
        "Brist",
        "Stöld",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "Fyrar, skillnad netto VP31 mot VP30?",
        "net budget for Fyrar in VP 31 compared with VP 30",
        "Fyrar vp31 jämfört med vp30",
    ],
)
def test_year_by_two_digits(harbour: Answerer, question: str) -> None:
    """A year may be said by its last two digits behind what it is a year of."""
    assert "25,0 − 26,5 = −1,5" in ask(harbour, question)


@pytest.mark.parametrize(
    "question",
    [
        "vilket område ökar mest i kronor jämfört med 2030, och med hur mycket?",
        "vilket verksamhetsområde har ökat mest sedan 2030",
    ],
)
def test_area_that_grows_most(harbour: Answerer, question: str) -> None:
    """The areas are those of the largest budget in kronor, however large a number of boats is."""
    answer = ask(harbour, question)
    assert "Farleder" in answer
    assert "10,0 − 8,0 = 2,0" in answer


@pytest.mark.parametrize(
    "question",
    [
        "hur många roddbåtar budgeterar vi för?",
        "How many rowing boats (roddbåtar) do we budget for, and how many last year?",
    ],
)
def test_counted_in_the_budget(harbour: Answerer, question: str) -> None:
    """How many there are of what is budgeted for is a number of those, and no sum."""
    answer = ask(harbour, question)
    assert "348" in answer
    assert "mnkr" not in answer


@pytest.mark.parametrize(
    "question",
    ["Hur många fler roddbåtar blir det?", "how many more rowing boats (roddbåtar) do we budget for than 2030"],
)
def test_how_many_more(harbour: Answerer, question: str) -> None:
    """How many more there are is told by the row that counts them, not by one of money."""
    assert "348 − 336 = 12" in ask(harbour, question)


@pytest.mark.parametrize(
    ("question", "total"),
    [
        ("Vad kostar fyrar och bryggor tillsammans?", "32,0 mnkr"),
        ("Totala kostnader för farleder och räddningsvästar", ""),
        ("total budget och hur mycket av den är fyrar?", ""),
    ],
)
def test_what_is_added_up(harbour: Answerer, question: str, total: str) -> None:
    """Only rows that the question names each are added up, and no total with what it holds."""
    assert f"Tillsammans: {total}" in ask(harbour, question) if total else "Tillsammans" not in ask(harbour, question)


def test_word_that_only_begins_like_growing(harbour: Answerer) -> None:
    """What a follow-up names is not taken for how it compares, whatever it begins with: "växelplats" doesn't grow."""
    answer = ask(harbour, "Vad kostar en dagsplats per dygn?", "och vad tar den betalt för växelplats då?")
    assert "1 965 kr" in answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Vilken är den största bryggan?", "Bryggor: 7,0 mnkr"),
        ("vilken verksamhet får mest", "Fyrar: 25,0 mnkr"),
    ],
)
def test_largest_of_a_kind(harbour: Answerer, question: str, said: str) -> None:
    """The largest is one of the kind of thing that is asked for, where only some rows are."""
    assert said in ask(harbour, question) or "Störst" not in ask(harbour, question)


def test_no_largest_of_what_is_not_there(harbour: Answerer) -> None:
    """Nothing is called the largest of a kind that a plan knows nothing of."""
    assert "Störst" not in ask(harbour, "Vilken förskola är störst?")


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (("Hur många anställda har Muddring?", "hur många fler är det än Kajvård?"), "88 − 63 = 25"),
        (("How many employees does Muddring have?", "how many more than Bogsering?"), "88 − 31 = 57"),
    ],
)
def test_set_against_what_was_told(harbour: Answerer, texts: tuple[str, ...], said: str) -> None:
    """A follow-up that names one row sets the one told before against it."""
    assert said in ask(harbour, *texts)


def test_least_of_what_the_most_was_asked_of(harbour: Answerer) -> None:
    """ "And the least?" is of the column that the most was asked of."""
    answer = ask(harbour, "Vilken enhet har högst kostnad för personal?", "och lägst?")
    assert "Bogsering: 19 800 tkr (Personal)" in answer


@pytest.mark.parametrize(
    "question",
    ["hur stor andel av de anställda på Kajvård är lotsar", "What share of the staff of Kajvård are lotsar?"],
)
def test_share_that_a_column_is_part_of(harbour: Answerer, question: str) -> None:
    """The share of what a column counts as part of the one before it is told within the row."""
    assert "21 / 63" in ask(harbour, question)


@pytest.mark.parametrize(
    "question",
    [
        "vilka är de två största investeringarna",
        "What are the two largest investments?",
        "vilka är våra största investeringar?",
    ],
)
def test_largest_of_several(harbour: Answerer, question: str) -> None:
    """Several of the largest are told where a question asks for several, the largest first."""
    told = [line for line in ask(harbour, question).splitlines() if line.startswith("•")]
    assert [re.findall(r"\d,\d", line) for line in told] == [["3,6"], ["0,5"]]


def test_next_to_the_largest(harbour: Answerer) -> None:
    """The second largest is told where it is asked for."""
    answer = ask(harbour, "Vilken enhet har näst flest anställda?")
    assert answer.startswith("Kajvård (Organisation): Antal anställda 63")


@pytest.mark.parametrize("question", ["Vilken brygga har flest fiskar?", "Är sjukfrånvaron högst på Bogsering?"])
def test_no_most_of_what_a_table_does_not_tell(harbour: Answerer, question: str) -> None:
    """Nothing is told as the largest of a table that names neither the measure nor the kind of thing asked for."""
    assert "törst" not in ask(harbour, question)


def test_what_is_counted_in(harbour: Answerer) -> None:
    """What is only counted in what is asked about is not asked about."""
    answer = ask(harbour, "hur mycket ökar farleder inkl fyrar jämfört med 2030?")
    assert "10,0 − 8,0 = 2,0" in answer


def test_row_with_no_other_name(harbour: Answerer) -> None:
    """Of two rows of a table the one is told first whose name has nothing that nobody said."""
    first, *_ = ask(harbour, "Vad får stegar av investeringar i parker?").splitlines()
    assert "3,6 mnkr" in first


def test_targets_of_a_follow_up(harbour: Answerer) -> None:
    """A follow-up that names one indicator sets its target against that of the one told before."""
    answer = ask(harbour, "Vad är målet för besök i fyrtornet?", "hur mycket lägre är det än sjöfartsmuseet?")
    assert "64 000 − 21 000" in answer


def test_no_row_is_the_lowest_target(harbour: Answerer) -> None:
    """The lowest target is no row of another table."""
    assert not ask(harbour, "What is the lowest target among our indicators?").startswith("The smallest is")


@pytest.mark.parametrize("question", ["vilka två områden kostar mest", "which two areas get the most money?"])
def test_so_many_of_the_largest(harbour: Answerer, question: str) -> None:
    """As many of the largest are told as are asked for."""
    first, second, *_ = ask(harbour, question).splitlines()
    assert "Fyrar" in first
    assert "Farleder" in second


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("vilka enheter med egen kassa är roddskolor", ["Norra roddskolan", "Södra roddskolan"]),
        ("enheter med egen kassa, vilka av dem är båtklubbar?", ["Östra båtklubben"]),
        ("Vilken enhet med egen kassa är ny?", ["Rökeriet (nytt)"]),
        ("hur många av enheterna med egen kassa är roddskolor", ["2 stycken", "Norra roddskolan", "Södra roddskolan"]),
    ],
)
def test_names_in_a_list(harbour: Answerer, question: str, said: list[str]) -> None:
    """Of the names in a list those are told that say what is asked for beside what the list is of."""
    told = ask(harbour, question)
    assert all(name in told for name in said)
    assert told.count("[") == max(1, len([name for name in said if "stycken" not in name]))


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (("Vad är nettobudgeten för fyrar?", "och förra året?", "hur stor är skillnaden"), "1,5 mnkr mindre"),
        (("Vad är målet för antal besök i fyrtornet?", "vad säger kf"), "20 000"),
    ],
)
def test_follow_up_that_names_nothing(harbour: Answerer, texts: tuple[str, ...], said: str) -> None:
    """A question that only says how it asks is about what the conversation is about, told two turns ago too."""
    assert said in ask(harbour, *texts)


@pytest.mark.parametrize("texts", [("varför minskar fyrar?",), ("Hur mycket minskar fyrar?", "varför")])
def test_why_it_changes(harbour: Answerer, texts: tuple[str, ...]) -> None:
    """Why a row shrinks is told by the sentence that gives a reason for just that."""
    told = ask(harbour, *texts)
    assert "1,5 mnkr mindre" in told
    assert "lägre elpris" in told


def test_no_reason_for_what_is_otherwise(harbour: Answerer) -> None:
    """Where a row grows no reason is looked for why it shrank, nor missed."""
    told = ask(harbour, "varför minskar bryggor?")
    assert "0,5 mnkr mer" in told
    assert "Varför hittar jag inte" not in told


def test_no_reason_of_another_thing(harbour: Answerer) -> None:
    """Why one row changes is not told by what makes another change; that none is found is said."""
    told = ask(harbour, "varför ökar bryggor?")
    assert "0,5 mnkr mer" in told
    assert "ugnen" not in told
    assert "Varför hittar jag inte i planen." in told


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("vilka indikatorer rapporteras varje tertial", "räddningsväst", "fyrtornet"),
        ("Which indicators are reported every year?", "fyrtornet", "räddningsväst"),
        ("vilka nyckeltal följs upp tre gånger om året?", "räddningsväst", "fyrtornet"),
        ("Vissa nyckeltal följs upp tre ggr per år, men vilka tas bara en gång om året?", "fyrtornet", "räddningsväst"),
        ("vilka indikatorer har målet 75 %", "räddningsväst", "sjöfartsmuseet"),
        ("vilka indikatorer har mål över 30 000", "sjöfartsmuseet", "fyrtornet"),
        ("vilka risker har värde 16", "Brist på lotsar", "Stöld"),
    ],
)
def test_listed_on_a_condition(harbour: Answerer, question: str, said: str, unsaid: str) -> None:
    """Of a list those are told that are followed up as often, or have the amount, that a question names."""
    told = ask(harbour, question)
    assert said in told
    assert unsaid not in told


@pytest.mark.parametrize(
    "question",
    [
        "vad är vår budget",
        "hur stor är nämndens budget?",
        "how much money do we have",
        "vad är budgeten totalt",
        "our whole net running budget for 2031, all areas combined?",
        "Vad är nettot sammantaget för alla verksamheter?",
    ],
)
def test_whole_budget(harbour: Answerer, question: str) -> None:
    """How much money there is in all is told by the total of all areas."""
    assert "42,0 mnkr" in ask(harbour, question)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What are our total costs?", "costs 45,0 mnkr"),
        ("Hur stora är intäkterna totalt?", "Intäkter 231 800 tkr"),
        ("How much bigger is the overall net budget than last year?", "net plan 2031 42,0 mnkr, plan 2030 41,0 mnkr"),
    ],
)
def test_side_or_growth_of_the_whole(harbour: Answerer, question: str, first: str) -> None:
    """All costs, all revenue and how much all of it grew are told by the total of all areas."""
    assert first in ask(harbour, question)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What are the costs of fyrar?", "costs 25,5 mnkr ("),
        ("Vilka kostnader har fyrar?", "Kostnader 25,5 mnkr ("),
        ("Kostnaden, inte nettot, för farleder?", "Kostnader 12,0 mnkr ("),
        ("Hur mycket får bryggor in?", "Intäkter 0,5 mnkr ("),
        ("Hur stora är brygganslagen?", "Netto VP 2031 7,0 mnkr ("),
    ],
)
def test_side_of_one_area(harbour: Answerer, question: str, first: str) -> None:
    """The side of a budget that is asked for comes first, of the area that is named alone."""
    told = ask(harbour, question)
    assert first in told
    assert told.count("[") == 1, told


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Which area is at the bottom of the list, and what sum does it get?", "Bryggor: 7,0 mnkr"),
        ("Hur många procent av hela budgeten får farleder?", "(10,0 / 42,0)"),
        ("How many percent of the total budget goes to fyrar?", "(25,0 / 42,0)"),
        ("Farleder, upp eller ner sedan ifjol?", "10,0 − 8,0"),
        ("Får fyrar mer eller mindre än ifjol?", "25,0 − 26,5"),
    ],
)
def test_said_otherwise(harbour: Answerer, question: str, said: str) -> None:
    """The least, a share and a change are asked for in many words."""
    assert said in ask(harbour, question)


def test_budget_of_a_part(harbour: Answerer) -> None:
    """A budget asked of a part is not told by the total."""
    for question in (
        "vad är budgeten för bryggor",
        "hur stor är bryggbudgeten?",
        "vad är budgeten för budgetrådgivning",
    ):
        assert "42,0 mnkr" not in ask(harbour, question)


def test_another_subject(harbour: Answerer) -> None:
    """What is asked of the whole body in the middle of a conversation leans on nothing."""
    assert "42,0 mnkr" in ask(harbour, "Vad är målet för antal besök i fyrtornet?", "vad är vår budget?")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("which risks have a value of 12 or more", ("Isgång", "Brist på lotsar")),
        ("Vilka risker fick exakt 8?", ("Stöld av båtar",)),
        ("Which of the risks are above 14?", ("Brist på lotsar",)),
        ("which areas get more than 8 million net", ("Farleder", "Fyrar")),
        ("vilka verksamheter får minst 25 mnkr", ("Fyrar",)),
        ("hur många indikatorer har mål över 50 000", ("64 000",)),
        ("vilka av KF:s årsmål är 60 000", ("sjöfartsmuseet: 60 000",)),
    ],
)
def test_within_an_amount(harbour: Answerer, question: str, told: tuple[str, ...]) -> None:
    """Of rows and of indicators those are listed whose figure is within the amount that a question names."""
    answer = ask(harbour, question)
    others = {"Isgång", "Brist på lotsar", "Stöld", "Farleder", "Fyrar", "Bryggor", "64 000", "21 000"}
    assert all(each in answer for each in told)
    assert not any(each in answer for each in others if not any(each in one for one in told))


@pytest.mark.parametrize(
    "question", ["who is responsible for IT?", "Vem ansvarar för IT?", "whats up with IT this year"]
)
def test_name_in_capitals(question: str, tmp_path: Path) -> None:
    """A name in capitals that is written as a word that says nothing is looked for as a name: IT."""
    file = tmp_path / "verksamhetsplan-2031-fiskhamnen.md"
    file.write_text(IT, encoding="utf-8")
    answerer = Answerer(Plans({file.name: read_plan(file)}), LEXICON, lambda: date(2031, 3, 1))
    assert "Ellen Sund" in ask(answerer, question)


IT = """# Verksamhetsplan 2031

Fiskhamnens stadsdelsnämnd

## 1 Ansvar

Ansvarig för fyrarna är Olle Berg, som också ansvarar för båtarna. Hen söker personal i år.

För IT ansvarar Ellen Sund. Ansvarig för bryggorna är Stina Ek.
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("which activities does the property manager have", ("Måla taket", "Byta rör")),
        ("What does the harbour engineer have to do?", ("Mäta djupet",)),
        ("vad ska fastighetschefen göra", ("Måla taket", "Byta rör")),
        ("what must be done before the summer, by 30 June", ("Mäta djupet", "Byta rör")),
    ],
)
def test_activities_of_a_role(question: str, told: tuple[str, ...], tmp_path: Path) -> None:
    """A role is known by what its name is made of, in either language, and a season beside a date says when."""
    file = tmp_path / "verksamhetsplan-2031-fiskhamnen.md"
    file.write_text(ROLES, encoding="utf-8")
    answerer = Answerer(Plans({file.name: read_plan(file)}), LEXICON, lambda: date(2031, 3, 1))
    answer = ask(answerer, question)
    assert {each for each in ("Måla taket", "Byta rör", "Mäta djupet", "Utbilda lotsar") if each in answer} == set(told)


@pytest.mark.parametrize(
    "question",
    ["Vilka aktiviteter ska vår egen stadsdelsnämnd leda?", "Which activities does our district board lead?"],
)
def test_activities_of_the_own_board(question: str, tmp_path: Path) -> None:
    """The board is the plan's own, whose whole name nobody says, not those of other districts."""
    file = tmp_path / "verksamhetsplan-2031-fiskhamnen.md"
    theirs = ROLES.replace("Fastighetschef", "Stadsdelsnämnderna").replace("Lotschef", "Fiskhamnens stadsdelsnämnd")
    file.write_text(theirs, encoding="utf-8")
    answer = ask(Answerer(Plans({file.name: read_plan(file)}), LEXICON, lambda: date(2031, 3, 1)), question)
    assert "Utbilda lotsar" in answer
    assert not {each for each in ("Måla taket", "Byta rör", "Mäta djupet") if each in answer}


ROLES = """# Verksamhetsplan 2031

Fiskhamnens stadsdelsnämnd

## 1 Aktiviteter

| Aktivitet | Ansvarig | Klart |
|---|---|---|
| Måla taket | Fastighetschef | 2031-09-30 |
| Byta rör | Fastighetschef | 2031-05-31 |
| Mäta djupet | Hamningenjör | 2031-04-30 |
| Utbilda lotsar | Lotschef | 2031-11-30 |
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("which part of the dredging unit's budget is biggest", "Bottnar: 5 400 tkr"),
        ("vilken del av muddringens budget är störst", "Bottnar: 5 400 tkr"),
        ("Which unit has the largest net and what share of the total is that?", "72,2 %"),
        ("vilken enhet har störst netto, och hur mycket av totalen är det", "72,2 %"),
        ("what portion of the net budget goes to fyrar", "59,5 %"),
    ],
)
def test_part_of_a_row(harbour: Answerer, question: str, said: str) -> None:
    """The largest part of an area is looked for in the table that adds up to it, and its share of the total is told."""
    assert said in ask(harbour, question)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Vilken fyr minskar mest?", "Störst"),
        ("Vilken verksamhet får mindre än 2030?", "Bryggor"),
    ],
)
def test_not_what_moves_otherwise(harbour: Answerer, question: str, said: str) -> None:
    """What shrinks, or gets less than the year before, is nothing that is only large, or that grows."""
    assert said not in ask(harbour, question)


@pytest.mark.parametrize(
    "question",
    [
        "Hur ofta mäts nöjda båtägare?",
        "är målet för nöjda båtägare uppnått varje år, och följs det upp per år eller tertial?",
    ],
)
def test_how_often_it_is_followed_up(harbour: Answerer, question: str) -> None:
    """How often an indicator is followed up is told where the question says one way or another that it asks that."""
    assert "Följs upp per År" in ask(harbour, question)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Vad kostar bogsering nivå 4 per timme?", "1 310 kr"),
        ("What is the price per hour of towing (bogsering) nivå 3?", "not in the plan"),
        ("vad kostar bogsering nivå 3 per timme", "står inte i planen"),
    ],
)
def test_number_that_tells_rows_apart(harbour: Answerer, question: str, said: str) -> None:
    """Of rows that a number tells apart none answers for a number that none of them has."""
    assert said in ask(harbour, question)


def test_area_that_gets_less(harbour: Answerer) -> None:
    """Which area gets less than the year before is told by all that do, with their differences."""
    assert "25,0 − 26,5 = −1,5" in ask(harbour, "Vilken verksamhet får mindre än 2030?")


def test_others_called_alike(tmp_path: Path) -> None:
    """A follow-up that asks for the others of an activity is told those that are called alike, and no more."""
    file = tmp_path / "verksamhetsplan-2031-fiskhamnen.md"
    file.write_text(f"{ROLES}| Byta segel på båt Alma | Lotschef | 2031-03-31 |\n| Byta segel på båt Brita | Lotschef "
                    "| 2031-06-15 |\n", encoding="utf-8")  # fmt: skip
    answerer = Answerer(Plans({file.name: read_plan(file)}), LEXICON, lambda: date(2031, 3, 1))
    for first, then in (
        ("när byter Alma segel", "och de andra båtarna?"),
        ("when is Alma's segel due", "and the others?"),
    ):
        answer = ask(answerer, first, then)
        assert "2031-06-15" in answer
        assert "2031-05-31" not in answer


def test_others_told_in_prose(tmp_path: Path) -> None:
    """A follow-up that asks for others is told nothing of what was told, nor what stands under its heading."""
    file = tmp_path / "verksamhetsplan-2031-fiskhamnen.md"
    file.write_text(
        "# Verksamhetsplan 2031 Fiskhamnen\n\n## Bojar\n\nArbetet med bojarna redovisas i höst.\n\n"
        "## Fyrarna\n\nArbetet med fyrarna är inte klart. Det redovisas i maj.\n",
        encoding="utf-8",
    )
    answerer = Answerer(Plans({file.name: read_plan(file)}), LEXICON, lambda: date(2031, 3, 1))
    answer = ask(answerer, "Är arbetet med fyrarna klart?", "Vilka av de andra redovisas också?")
    assert "Arbetet med bojarna" in answer
    assert "fyrarna är inte klart" not in answer
    assert "i maj" not in answer


@pytest.mark.parametrize(
    "question", ["how many more women than men in roddbåt", "hur många fler kvinnor än män har roddbåt"]
)
def test_women_and_men(question: str, tmp_path: Path) -> None:
    """How many more women than men there are is told of the row that counts both."""
    file = tmp_path / "verksamhetsplan-2031-fiskhamnen.md"
    file.write_text(
        "# Verksamhetsplan 2031\n\nFiskhamnens stadsdelsnämnd\n\n## 1 Roddare\n\n| Båt | VP 2031 | varav kvinnor "
        "| varav män | VP 2030 |\n|---|---|---|---|---|\n| Roddbåt | 90 | 52 | 38 | 80 |",
        encoding="utf-8",
    )
    answerer = Answerer(Plans({file.name: read_plan(file)}), LEXICON, lambda: date(2031, 3, 1))
    assert "52 − 38 = 14" in ask(answerer, question)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("vilka investeringar har plan 2033 över 300 tkr", {"Stegar", "Bojlina"}),
        ("vilka investeringar har över 300 tkr 2031?", {"Stegar", "Lyktor", "Pollare"}),
        ("vilka investeringar fortsätter 2033", {"Stegar", "Bojlina"}),
        ("Which investments continue in 2032?", {"Stegar", "Lyktor"}),
        ("vilka investeringar har över 300 tkr 2036?", set()),
    ],
)
def test_rows_of_a_year(tmp_path: Path, question: str, told: set[str]) -> None:
    """Rows are listed by what stands in the column of the year that a question names, none at 0 among them."""
    file = tmp_path / "verksamhetsplan-2031-fiskhamnen.md"
    file.write_text(
        "# Verksamhetsplan 2031\n\nFiskhamnens stadsdelsnämnd\n\n## 1 Investeringar (tkr)\n\n"
        "| Investering | Budget 2031 | Plan 2032 | Plan 2033 |\n|---|---|---|---|\n| Stegar | 900 | 400 | 600 |\n"
        "| Lyktor | 700 | 200 | 0 |\n| Pollare | 400 | 0 | 0 |\n| Bojlina | 0 | 0 | 350 |\n"
        "| Summa | 2 000 | 600 | 950 |",
        encoding="utf-8",
    )
    answer = ask(Answerer(Plans({file.name: read_plan(file)}), LEXICON, lambda: date(2031, 3, 1)), question)
    assert {row for row in ("Stegar", "Lyktor", "Pollare", "Bojlina") if row in answer} == told


@pytest.mark.parametrize(
    "question", ["vilka varv har ett anslag på 0,3 mnkr", "which yards have a grant of 0.3 million", "bidrag 0,3"]
)
def test_amount_of_money(question: str) -> None:
    """What is granted may be an amount that a question names."""
    found = limit(question)
    assert found is not None
    assert found.holds(Decimal("0.3") * (10**6 if found.unit or "million" in question else 1), found.amount)


def test_a_letter_is_no_amount() -> None:
    """A word that begins as a number limits nothing: "and" is not "an"."""
    assert limit("number of oars per boat, what's our target and is it met?") is None


@pytest.mark.parametrize("question", ["how many children under 3 row", "vilka båtar får barn under 12 ro?"])
def test_age_is_no_amount(question: str) -> None:
    """What is said of people is their age, and limits no figures of a table."""
    assert limit(question) is None


def test_thing_of_a_number(tmp_path: Path) -> None:
    """What a question names by its number is told by that number alone; others of it are no answer."""
    file = tmp_path / "verksamhetsplan-2031-fiskhamnen.md"
    file.write_text(
        "# Verksamhetsplan 2031\n\nFiskhamnens stadsdelsnämnd\n\n## Priser\n\n| Pris | 2031 |\n|---|---|\n"
        "| Vinterplats nivå 2, per dygn | 1 240 kr |\n| Vinterplats nivå 4, per dygn | 1 580 kr |",
        encoding="utf-8",
    )
    winter = Answerer(Plans({file.name: read_plan(file)}), LEXICON, lambda: date(2031, 3, 1))
    told = ask(winter, "What does a vinterplats at level 4 cost?")
    assert "1 580 kr" in told
    assert "1 240" not in told
    assert "1 580" not in ask(winter, "What does a vinterplats at level 3 cost?")


@pytest.mark.parametrize("question", ["Vem är ordförande för bogseringsenheten?", "who will chair the bogsering unit"])
def test_person_of_a_role(harbour: Answerer, question: str) -> None:
    """Who has a role is not told by who has another."""
    assert "Ellen Sund" not in ask(harbour, question)


@pytest.mark.parametrize(
    ("question", "is_of"),
    [
        ("Vad kostar en dagsplats per dygn?", True),
        ("Vad kostar en korttidsplats per dygn?", False),
        ("Hur många roddbåtar har vi?", True),
        ("Hur många båtplatser har vi?", False),
    ],
)
def test_what_the_cost_or_the_count_is_of(harbour: Answerer, question: str, is_of: bool) -> None:
    """An entry is about a price or a number asked for where it has the thing that it is the price or the number of."""
    first = harbour.ranking(question, (), Scope("Fiskhamnen", year=2031))[0]
    assert is_of_it(first.hit, first.question) is is_of


UNTOLD = """# Verksamhetsplan 2031

Fiskhamnens stadsdelsnämnd

## 1 Förvaltningen

| Avdelning | Leds av | Årsarbetare | Placering |
|---|---|---|---|
| Muddring | Muddringschef | 34,5 | Kajens maskinhus |
| Bogsering | Bogserchef | 12,0 | Strandens kontor |

Bastun vid kontoret har öppet klockan 9–17. Förvaltningen hade 120 anställda den 1 oktober 2030.

## 2 Nämndmål: Hamnen är öppen

Hamnbadet håller öppet även på söndagar.

Nya bryggan vid Norra kajen får 40 lägenheter och byggs ihop, som Holmen och Ekudden.
Rådhyttan på Kajgatan 7 säljer fisk. Badet vid Norra kajen utreds till 2031-03-31.

| Avgift | 2030 | 2031 |
|---|---|---|
| Hyra av kajak, kronor | 110 | 120 |

| Indikator | Årsmål | KF:s årsmål | Periodicitet |
|---|---|---|---|
| Index för nöjda badgäster | 82 | 85 | År |
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Vad heter muddringschefen?", None),
        ("Vilka tider har hamnbadet öppet på söndagar?", None),
        ("hur dags öppnar hamnbadet", None),
        ("Har hamnbadet öppet på söndagar?", "öppet även på söndagar"),
        ("Vilka tider har bastun öppet?", "9–17"),
        ("Vilka öppettider har Rådhyttan?", None),
        ("Vad blir hyran i lägenheterna vid Norra kajen?", None),
        ("Vad är hyran för en kajak 2031?", "120"),
        ("Vilket företag bygger nya bryggan vid Norra kajen?", None),
        ("Vilken adress har Rådhyttan?", "Kajgatan 7"),
        ("Vilken adress har Hamnbadet?", None),
        ("Hur många kvadratmeter har nya bryggan?", None),
        ("Vad blev index för nöjda badgäster 2030?", None),
        ("What was our actual index of badgäster in 2030?", None),
    ],
)
def test_near_but_untold(question: str, said: str | None, tmp_path: Path) -> None:
    """A role without a name, a day without hours and a target without an outcome don't tell who, when or how it was."""
    (tmp_path / "plan.md").write_text(UNTOLD, encoding="utf-8")
    plan = read_plan(tmp_path / "plan.md")
    answer = Answerer(Plans({"plan.md": plan}), LEXICON, lambda: date(2031, 3, 1)).answer(question)
    assert answer.abstained if said is None else said in answer.answer


OUTCOMES = """# Verksamhetsplan 2031

Fiskhamnens stadsdelsnämnd

## 1 Hamnen är trygg

| Indikator | Utfall 2029 | Utfall 2030 | Mål 2031 |
|---|---|---|---|
| Antal grundstötningar i farlederna | 14 | 11 | 8 |
| Sjukfrånvaro, lotsar | 6,1 % | 5,4 % | 5,0 % |
| Andel nöjda besökare i bastun | | | 80 % |
| Andel nöjda besökare i hamnmuseet | 71 % | 77 % | 82 % |

Lotsarna vilar mellan passen och har egna rum i lotsstationen.
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Hur många grundstötningar var det 2029?", "Utfall 2029 för ”Antal grundstötningar i farlederna”: 14."),
        ("Hur hög var lotsarnas sjukfrånvaro 2030?", "Utfall 2030 för ”Sjukfrånvaro, lotsar”: 5,4 %."),
        ("Vad var lotsarnas sjukfrånvaro 2028?", "för 2029, 2030 och 2031, inte för 2028"),
        ("Hur stor andel av besökarna i bastun var nöjda 2030?", None),
    ],
)
def test_outcome_of_an_earlier_year(question: str, said: str | None, tmp_path: Path) -> None:
    """The outcome of the year asked about is told before the target; another thing's is not told in its place."""
    (tmp_path / "plan.md").write_text(OUTCOMES, encoding="utf-8")
    plan = read_plan(tmp_path / "plan.md")
    answer = Answerer(Plans({"plan.md": plan}), LEXICON, lambda: date(2031, 3, 1)).answer(question)
    if said is None:
        assert answer.abstained
    else:
        assert answer.answer.startswith(said) or f" {said}" in answer.answer


PARTS_OF_A_COLUMN = """# Verksamhetsplan 2031

Fiskhamnens stadsdelsnämnd

## 1 Volymer

| Verksamhet | VP 2031 | Okt. 2030 | varav kvinnor | varav män | VP 2030 |
|---|---|---|---|---|---|
| Lotselever | 52 | 48 | 30 | 18 | 50 |
| Fyrvaktare | 9 | 7 | 5 | 4 | 8 |
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Hur många kvinnor är lotselever?", "Okt. 2030 48, varav kvinnor 30 (varav män 18, VP 2031 52, VP 2030 50)"),
        ("Hur många lotselever hade vi i oktober 2030?", "varav kvinnor 30, varav män 18"),
        ("How many fyrvaktare are men?", "plan 2031 9, of which men 4 (of which women 5, October 2030 7"),
    ],
)
def test_of_which_belongs_to_its_column(question: str, said: str, tmp_path: Path) -> None:
    """What "varav" columns are a part of is the column before them, or the one whose figure they add up to."""
    (tmp_path / "plan.md").write_text(PARTS_OF_A_COLUMN, encoding="utf-8")
    plan = read_plan(tmp_path / "plan.md")
    answer = Answerer(Plans({"plan.md": plan}), LEXICON, lambda: date(2031, 3, 1)).answer(question)
    assert said in answer.answer


NET_BELOW_INVESTMENTS = """# Verksamhetsplan 2031

Fiskhamnens hamnnämnd

## 1 Driftbudget (tkr)

| Verksamhet | Kostnader 2031 | Intäkter 2031 | Netto 2031 |
|---|---|---|---|
| Kajer | 46 250 | -45 800 | 450 |
| Fyrar | 30 000 | -9 000 | 21 000 |
| Totalt | 76 250 | -54 800 | 21 450 |

## 2 Investeringsbudget (tkr)

| Projekt | Budget 2031 | Plan 2032 |
|---|---|---|
| Ny kran | 40 000 | 2 000 |
| Muddring | 5 000 | 1 000 |
| Summa | 45 000 | 3 000 |
"""


@pytest.mark.parametrize("question", ["Hur stor är vår budget 2031?", "What is our total budget?"])
def test_whole_budget_is_no_investments(question: str, tmp_path: Path) -> None:
    """The whole budget is the one of operations, though its net be less than what is invested."""
    (tmp_path / "plan.md").write_text(NET_BELOW_INVESTMENTS, encoding="utf-8")
    plan = read_plan(tmp_path / "plan.md")
    answer = Answerer(Plans({"plan.md": plan}), LEXICON, lambda: date(2031, 3, 1)).answer(question)
    assert "21 450" in answer.answer
    assert "45 000" not in answer.answer


OF_A_DEPARTMENT = """# Verksamhetsplan 2031

Avdelningen för sjövård är en av fem avdelningar inom Fiskhamnens stadsdelsförvaltning.

## Budget

| Verksamhet, mnkr | Kostnader 2031 | Intäkter 2031 | Netto 2031 | Netto 2030 |
|---|---|---|---|---|
| Sjövårdscentral | 48,5 | 6,0 | 42,5 | 41,1 |
| Lotsar | 30,0 | 9,0 | 21,0 | 20,5 |
| Summa | 78,5 | 15,0 | 63,5 | 61,6 |
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Hur stor är sjövårdens budget?", "63,5"),
        ("hur mycket pengar har sjövården totalt och hur mkt mer är det än året innan?", "63,5 − 61,6"),
    ],
)
def test_whole_budget_of_a_department(question: str, said: str, tmp_path: Path) -> None:
    """In a department's plan the money for what it does is that of all of it, not of the row that is called alike."""
    file = tmp_path / "verksamhetsplan-2031-avdelningen-for-sjovard-fiskhamnen.md"
    file.write_text(OF_A_DEPARTMENT, encoding="utf-8")
    answer = Answerer(Plans({file.name: read_plan(file)}), LEXICON, lambda: date(2031, 3, 1)).answer(question)
    assert said in answer.answer


RATES = """# Verksamhetsplan 2031

Fiskhamnens hamnnämnd

## Bryggor

| Brygga | Platser 2031 | Platser 2030 | Hyra 2031 tkr |
|---|---|---|---|
| Norra bryggan | 54 | 54 | 1 215 |
| Södra bryggan | 66 | 68 | 905 |
| Summa | 120 | 122 | 2 120 |

Sjukfrånvaron i hamnen var 7,9 procent under 2030. På Södra bryggan var sjukfrånvaron 10,2 procent.

| Nöjda båtägare, procent | 2030 | Mål 2031 |
|---|---|---|
| Södra bryggan | 81 | 84 |
| Alla bryggor | 79 | 80 |
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Vad är sjukfrånvaron på Norra bryggan?", None),
        ("sjukfrånvaro Norra bryggan 2030?", None),
        ("Hur nöjda är de på Norra bryggan?", None),
        ("What is the satisfaction at Norra bryggan?", None),
        ("Hur lång är kön till Norra bryggan?", None),
        ("How large is the deficit at Norra bryggan?", None),
        ("Hur mycket matsvinn har Norra bryggan?", None),
        ("Vad är målet för Norra bryggan?", None),
        ("Hur många kvinnor jobbar på Norra bryggan?", None),
        ("How many pilots does Norra bryggan have?", None),
        ("Vad är hyran för Norra bryggan?", "1 215"),
        ("How many places does Norra bryggan have?", "54"),
        ("Hur hög är sjukfrånvaron på Södra bryggan?", "10,2"),
        ("Hur nöjda är de på Södra bryggan?", "81"),
    ],
)
def test_rate_of_one_unit(question: str, said: str | None, tmp_path: Path) -> None:
    """No other figure of a unit is told for its sick leave, its queue or its target, nor a share of all for how
    satisfied people are there."""
    (tmp_path / "plan.md").write_text(RATES, encoding="utf-8")
    plan = read_plan(tmp_path / "plan.md")
    answer = Answerer(Plans({"plan.md": plan}), LEXICON, lambda: date(2031, 3, 1)).answer(question)
    if said is None:
        assert not {"54", "66", "45,0", "1 215"} & set(re.findall(r"\d[\d ]*(?:,\d+)?", answer.answer)), answer.answer
    else:
        assert said in answer.answer


PRICES = """# Verksamhetsplan 2031

Fiskhamnens stadsdelsnämnd

## Priser

Priser per gång (kronor)

| Pris | 2031 | 2030 |
|---|---|---|
| Bastu vid kajen, medlem | 40 | 35 |
| Bastu vid kajen, övriga gäster | 90 | 80 |
| Slip, halvdag | 150 | 140 |
| Slip, heldag | 290 | 280 |
| Borttappad grindnyckel | 350 | 300 |
| Grindnyckel, engångsavgift | 410 | 400 |
"""


@pytest.mark.parametrize(
    ("question", "price", "others"),
    [
        ("Vad kostar bastun vid kajen för den som inte är medlem?", "90", "40"),
        ("what does the bastu cost if you aren't a medlem?", "90", "40"),
        ("Vad kostar bastun vid kajen för en medlem?", "40", "90"),
        ("Vad kostar slipen en halv dag?", "150", "290"),
        ("Jag har tappat bort min grindnyckel, vad kostar det?", "350", "410"),
    ],
)
def test_price_of_the_one_meant(tmp_path: Path, question: str, price: str, others: str) -> None:
    """Of rows whose names part by a group, a part or what happened, the one that a question means is told alone: also
    where it says of whom it does not ask."""
    file = tmp_path / "verksamhetsplan-2031-priser.md"
    file.write_text(PRICES, encoding="utf-8")
    answerer = Answerer(Plans({file.name: read_plan(file)}), LEXICON, lambda: date(2031, 3, 1))
    answer = answerer.answer(question).answer
    assert re.search(rf"\b{price}\b", answer)
    assert not re.search(rf"\b{others}\b", answer)


IN_EVERYDAY_WORDS = """# Verksamhetsplan 2031

Fiskhamnens hamnnämnd

## 1 Vad som är nytt

- Lotsbåten Tärnan tas i bruk.
- Kranen får ny hytt.

## 2 Organisation

Hamnen leds av hamndirektören. Lotschefen är hamndirektörens ställföreträdare.

Seglarstugan Ankaret på Kajvägen 4 tar emot gäster alla dagar utom måndag.

Får betar holmen Gråskär från midsommar till mitten av september.

Antalet olyckor var 12 i oktober 2030. I Norra hamnen var antalet 9.

### Enhetsmål: Lotsenheten arbetar för att höja svarsfrekvensen i gästenkäten

Fler enkäter delas ut på kajerna. Svarsfrekvensen i gästenkäten följs upp i juni.

## 3 Aktiviteter

| Aktivitet | Startdatum | Slutdatum |
|---|---|---|
| Byta bojar, etapp 1 (40 st) | 2031-02-01 | 2031-05-31 |
| Byta bojar, etapp 2 (55 st) | 2031-08-01 | 2031-11-30 |
| Måla fyren | | |

## 4 Riskanalys

| Risk | Sannolikhet | Konsekvens | Riskvärde |
|---|---|---|---|
| Kollision i dimma | 4 | 4 | 16 |
| Oljespill vid bunkring | 3 | 4 | 12 |
| Strömavbrott på kajen | 2 | 3 | 6 |
"""


def answerer_of(text: str, folder: Path) -> Answerer:
    path = folder / "plan.md"
    path.write_text(text, encoding="utf-8")
    return Answerer(Plans({"plan.md": read_plan(path)}), LEXICON, lambda: date(2031, 3, 1))


@pytest.fixture(scope="module")
def everyday(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    return answerer_of(IN_EVERYDAY_WORDS, tmp_path_factory.mktemp("everyday"))


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("Vad är nytt för oss i år?", "Tärnan", "Gråskär"),
        ("Vem är ersättare för hamndirektören vid frånvaro?", "Lotschefen", "Gråskär"),
        ("who stands in for the harbour director when he is away", "Lotschefen", "Gråskär"),
        ("Vilken gata och vilket nummer ligger Ankaret på?", "Kajvägen 4", "Gråskär"),
        ("street address of Ankaret please", "Kajvägen 4", "Gråskär"),
        ("till vilket datum betar fåren på Gråskär", "mitten av september", "Ankaret"),
        ("antal olyckor i oktober 2030 i Norra hamnen", "var antalet 9", "Ankaret"),
        ("vilken enhet försöker få upp svarsfrekvensen i gästenkäten?", "Lotsenheten arbetar", "Gråskär"),
        ("När pågår andra omgången av bojbytet, byta bojar?", "etapp 2", "etapp 1"),
        ("when does round two of Byta bojar run?", "etapp 2", "etapp 1"),
        ("Vilka aktiviteter saknar datum helt?", "Måla fyren", "Byta bojar"),
        ("Which activities have no date whatsoever?", "Måla fyren", "Byta bojar"),
        ("riskanalysen: vilka av riskerna har värdet 12 eller högre?", "Oljespill", "Strömavbrott"),
    ],
)
def test_asked_in_everyday_words(everyday: Answerer, question: str, said: str, unsaid: str) -> None:
    """A substitute, an address, a stage by its number in words, what has no date: asked as people ask in passing."""
    told = everyday.answer(question).answer
    assert said in told
    assert unsaid not in told


AIMED_AT = """# Verksamhetsplan 2031

Fiskhamnens hamnnämnd

## 1 Lotsning

| Indikator | Årsmål | KF:s årsmål | Periodicitet |
|---|---|---|---|
| Andel bogseringar som är klara inom fyra veckor | 90 % | 85 % | År |
| Andel seglare 15 år som bär flytväst | 70 % | 70 % | Tertial |
| Antal gäster per anställd i Norra hamnen | 12 | 11 | År |
| Andel gästplatser med el | 80 % | 75 % | Tertial |

I Norra hamnen arbetar 64 personer.

Andelen gästplatser med el är 55 procent.

Andelen kvinnor bland lotsarna var 31 procent 2029 och beräknas bli 33 procent 2030. Målet för 2031 är 36 procent.

## 2 Aktiviteter

| Aktivitet | Startdatum | Slutdatum |
|---|---|---|
| Upphandla bogsering | 2031-02-01 | 2031-03-20 |

## 3 Organisation

Hamnen leds av hamndirektören. Lotschefen är också hamndirektörens ställföreträdare.

Nämnden möts den andra tisdagen i månaden och har sju ledamöter.
"""


@pytest.fixture(scope="module")
def aimed_at(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    return answerer_of(AIMED_AT, tmp_path_factory.mktemp("aimed"))


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("Hur stor andel av bogseringarna är klara inom fyra veckor?", "90 %", "Upphandla"),
        ("What share of towing (bogsering) is finished within four weeks?", "90 %", "Upphandla"),
        ("Vilka aktiviteter ska vara klara inom fyra veckor?", "Upphandla", "90 %"),
        ("Flytväst vid 15 års ålder: har vi samma mål som kommunfullmäktige?", "samma", "Upphandla"),
        ("Flytväst at age 15: do we have the same target as the council?", "70 %", "Upphandla"),
        ("Hur många anställda finns i Norra hamnen?", "64", "^Årsmålet"),
        ("Hur många gäster per anställd har Norra hamnen?", "12", "^I Norra"),
        ("Vilka indikatorer följs upp en enda gång per år?", "Antal gäster", "flytväst"),
        ("Some indicators are checked every four months. Which ones just once a year?", "Antal gäster", "flytväst"),
        ("Which indicators are checked three times a year instead of yearly?", "flytväst", "Antal gäster"),
        ("Vem är ersättare för hamndirektören?", "Lotschefen", "tisdagen"),
        ("vem är hamndirektörens ställföreträdare?", "Lotschefen", "tisdagen"),
        ("At what time of the month does the board meet?", "andra tisdagen", "Lotschefen"),
    ],
)
def test_what_is_measured(aimed_at: Answerer, question: str, said: str, unsaid: str) -> None:
    """A time in which something is done, an age and what a figure is measured by are parts of what is measured; how
    often it is followed up is told in many words, and who stands in for somebody by their post."""
    answer = aimed_at.answer(question).answer
    assert said in answer
    assert not re.search(unsaid, answer)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("andel kvinnor bland lotsarna, vad siktar vi på i år och hur såg det ut 2029?", ("36", "31")),
        ("Vad är målet för andelen kvinnor bland lotsarna?", ("36",)),
        ("Andel gästplatser med el: vad ska det vara i år, och vad är det idag?", ("80", "55")),
        ("Andel gästplatser med el, hur många procent är det nu?", ("55",)),
        ("Women among the pilots (lotsarna): what do we aim at, and what was it in 2029?", ("36", "31")),
    ],
)
def test_target_in_prose(aimed_at: Answerer, question: str, said: tuple[str, ...]) -> None:
    """A quote goes on to the target where that is asked for, and what was in another year is told beside it."""
    answer = aimed_at.answer(question).answer
    assert all(re.search(rf"\b{figure}\b", answer) for figure in said)
