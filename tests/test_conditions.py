"""A question's condition: what is not so, what is lacking, what is new, how far something has come."""

from __future__ import annotations

from datetime import date

import pytest
from test_answer import LEXICON, Plans
from test_apart import Everything

from ingest.read import read_plan
from ingest.source import Span
from retrieval.answer import Answerer
from retrieval.drafting import fact_first
from retrieval.evidence.answer_types import Draft, Reference, Statement
from retrieval.evidence.conditions import asks_new, is_denied, lacked, stays
from retrieval.evidence.status import asked_status
from retrieval.question.question import understand
from retrieval.question.scope import Scope

PLAN = """# Verksamhetsplan 2031

Fiskhamnens stadsdelsnämnd

I Fiskhamnen bor 8 100 personer. Lilla Kajen har 900 invånare.

## 1 Nämndmål Hamnen är trygg

| Indikator | Årsmål | KF:s årsmål | Periodicitet |
|---|---|---|---|
| Andel belysta kajer | 80 % | 90 % | År |
| Antal räddade drunknande | 12 st | 400 st | År |
| Antal fria bryggor | | Tas fram av nämnd | År |
| Andel nöjda besökare | Fastställs 2031 | 70 % | År |

| Aktivitet | Startdatum | Slutdatum | Ansvarig | Status |
|---|---|---|---|---|
| Måla fyren vid inloppet | 2031-01-10 | 2031-02-10 | Driftenheten | Pågående |
| Rensa tång i norra bassängen | 2031-02-01 | 2031-09-30 | Driftenheten | Försenad |
| Bygga ramp för kajaker | 2031-08-01 | 2031-11-30 | Driftenheten | Ej påbörjad |

### Förväntat resultat

Antalet drunkningstillbud är högst 20.

## 2 Läget

Antalet drunkningstillbud var 26 under 2030.

## 3 Budget (mnkr)

| Verksamhet | Kostnader | Intäkter | Netto VP 2031 | VP 2030 |
|---|---|---|---|---|
| Farleder | 12,0 | 2,0 | 10,0 | 8,0 |
| Fyrar | 25,5 | 0,0 | 25,5 | 26,5 |
| Bryggor | 7,5 | 0,5 | 7,0 | 6,5 |
| Summa | 45,0 | 2,5 | 42,5 | 41,0 |

## 4 Avgifter (kr)

| Avgift | 2031 | 2030 |
|---|---|---|
| Båtplats | 900 | 850 |
| Kran | 300 | 300 |
| Tömning | 120 | |
| Slip | 500 | 450 |
"""


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    file = tmp_path_factory.mktemp("harbour") / "verksamhetsplan-2031-fiskhamnen.md"
    file.write_text(PLAN, encoding="utf-8")
    return Answerer(Plans({file.name: read_plan(file)}), LEXICON, lambda: date(2031, 3, 1))


@pytest.fixture(scope="module")
def undated(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """The same plan without a column for how far its activities have come."""
    file = tmp_path_factory.mktemp("undated") / "verksamhetsplan-2031-fiskhamnen.md"
    words = PLAN.replace(" Status |", "").replace("|---|---|---|---|---|\n| Måla", "|---|---|---|---|\n| Måla")
    for status in ("Pågående", "Försenad", "Ej påbörjad"):
        words = words.replace(f" {status} |", "")
    file.write_text(words, encoding="utf-8")
    return Answerer(Plans({file.name: read_plan(file)}), LEXICON, lambda: date(2031, 3, 1))


def ask(answerer: Answerer, question: str) -> str:
    return answerer.answer(question, (), Scope("Fiskhamnen", year=2031)).answer


@pytest.mark.parametrize(
    ("question", "named", "left_out"),
    [
        ("Vilka indikatorer saknar eget årsmål?", ("fria bryggor", "nöjda besökare"), ("belysta", "drunknande")),
        ("Vilka indikatorer har inget KF-mål?", ("fria bryggor",), ("belysta", "nöjda")),
        ("Which indicators have no council target?", ("fria bryggor",), ("belysta", "nöjda")),
        ("Vilka mål har vi inte satt?", ("fria bryggor", "nöjda besökare"), ("belysta",)),
        ("Vilka verksamheter har inga intäkter?", ("Fyrar",), ("Farleder", "Bryggor", "42,5")),
        ("Vilka avgifter höjs inte?", ("Kran",), ("Båtplats", "Slip")),
        ("Vilka avgifter är oförändrade?", ("Kran",), ("Båtplats", "Slip")),
        ("Vilka avgifter är nya?", ("Tömning",), ("Båtplats", "Slip", "Kran")),
    ],
)
def test_what_lacks_something(
    harbour: Answerer, question: str, named: tuple[str, ...], left_out: tuple[str, ...]
) -> None:
    """What has no target, no revenue or no rise, or is new, is listed; not what has."""
    said = ask(harbour, question)
    assert all(each in said for each in named)
    assert not any(each in said for each in left_out)


@pytest.mark.parametrize(
    "question",
    [
        "Vilka indikatorer försämrades mellan 2029 och 2030?",
        "Vilka aktiviteter är inte bra?",
        "Vilka nämndmål når vi inte?",
        "Vilka avgifter tas inte ut?",
    ],
)
def test_condition_that_no_list_is_kept_by(harbour: Answerer, question: str) -> None:
    """A condition that can't be applied stops the list of all."""
    said = ask(harbour, question)
    assert "•" not in said
    assert "inte säker" in said or "står inte" in said


@pytest.mark.parametrize(
    ("question", "named", "left_out"),
    [
        ("Vilka aktiviteter är försenade?", "tång", ("fyren", "kajaker", "inte om det är gjort")),
        ("Vilka aktiviteter pågår?", "fyren", ("tång", "kajaker", "inte om det är gjort")),
        ("How many activities have not started?", "kajaker", ("tång", "fyren")),
        ("Vad är status för rampen?", "Status: Ej påbörjad", ("fyren",)),
    ],
)
def test_status_in_the_plan(harbour: Answerer, question: str, named: str, left_out: tuple[str, ...]) -> None:
    """How far activities have come is told as the plan's own column says."""
    said = ask(harbour, question)
    assert named in said
    assert not any(each in said for each in left_out)


@pytest.mark.parametrize(
    ("question", "named", "left_out"),
    [
        ("Vilka aktiviteter är försenade?", "fyren", ("tång", "kajaker")),
        ("Vilka aktiviteter pågår?", "tång", ("fyren", "kajaker")),
        ("Vilka aktiviteter är inte påbörjade?", "kajaker", ("tång", "fyren")),
    ],
)
def test_status_by_days(undated: Answerer, question: str, named: str, left_out: tuple[str, ...]) -> None:
    """Without such a column the days tell, and it is said that the plan doesn't say what is done."""
    said = ask(undated, question)
    assert named in said
    assert not any(each in said for each in left_out)
    assert "inte om det är gjort" in said


def test_part_is_not_set_beside_the_whole(harbour: Answerer) -> None:
    """A count that is a small part of the whole city's is told without how much lower it is, unless that is asked."""
    said = ask(harbour, "Vad är målet för räddade drunknande?")
    assert "12 st" in said
    assert "400 st" in said
    assert "lägre" not in said
    assert "388 st lägre" in ask(harbour, "Hur mycket lägre är målet för räddade drunknande än KF:s?")


def test_expected_result_is_told_as_such(harbour: Answerer) -> None:
    """What is hoped for is no fact: it is named so where it is asked how something is."""
    assert ask(harbour, "Hur många drunkningstillbud har vi?").startswith("Förväntat resultat: ")
    assert not ask(harbour, "Vad är målet för drunkningstillbud?").startswith("Förväntat resultat: ")


def test_fact_before_what_is_expected() -> None:
    """Of two sentences that have all that is asked the one that tells how it is comes first."""
    hoped = Statement("Antalet fall är högst 20.", (Reference(1, Span(0, 5), "Hamnen › Förväntat resultat"),))
    fact = Statement("Antalet fall var 26.", (Reference(1, Span(9, 15), "Läget"),))
    question = understand("Hur många fall har vi?", LEXICON, Everything(), 2031, date(2031, 3, 1))
    assert fact_first(Draft((hoped, fact), "extract"), question).statements == (fact, hoped)


def test_inhabitants_of_all(harbour: Answerer) -> None:
    """How many people "we" are is told of the whole, not of the part that is called inhabitants."""
    assert ask(harbour, "Hur många invånare har vi?").startswith("I Fiskhamnen bor 8 100 personer")


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Vilka avgifter höjs inte?", True),
        ("Vilka är inte klara förrän 2032?", False),
        ("Which must be done no later than May?", False),
        ("Vilka mål gäller inte bara oss?", False),
        ("Vilka ska se till att ingen blir utan plats?", False),
        ("Which units have no revenue?", True),
    ],
)
def test_denial(text: str, denied: bool) -> None:
    """What is denied of the things asked for is told from times, from "not only" and from what they are for."""
    assert is_denied(text) is denied


def test_what_is_lacked() -> None:
    """What things lack stands after the word that says so."""
    assert lacked("Vilka risker saknar åtgärd?") == "åtgärd"
    assert lacked("Vilka risker är störst?") == ""
    assert lacked("Vilka beslut tas inte här utan av hamnen?") == ""
    assert asks_new("Vilka priser är nya?")
    assert not asks_new("Jag är ny chef, vilka mål gäller?")
    assert stays("Vilka priser har inte ändrats?")
    assert not stays("Vilka priser har ändrats?")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Vilka är försenade?", "late"),
        ("Vad har inte påbörjats?", "waiting"),
        ("which haven't started yet", "waiting"),
        ("Vilka pågår?", "ongoing"),
        ("Vilka är klara?", "done"),
        ("Vilka är inte klara?", None),
        ("När drar arbetet igång?", None),
    ],
)
def test_status_asked(text: str, status: str | None) -> None:
    """How far something must have come is read from a question; "not done" is no such place."""
    assert asked_status(text) == status
