"""What is computed from the figures that a sentence tells, and where nothing is."""

from __future__ import annotations

from datetime import date

import pytest
from test_answer import LEXICON, Plans

from ingest.read import read_plan
from retrieval.answer import Answerer
from retrieval.evidence.answer_types import Answer
from retrieval.question.scope import Scope

TEXT = """# Verksamhetsplan 2031 Fiskhamnen

## Fyren

Fyren målas om. Målningen beräknas kosta 3,1 mnkr från land, mot 4,5 mnkr från båt.

## Slussen

Slussavgiften höjs från 9 800 till 10 050 kronor per båt och säsong.

## Hamnkontoret

Hamnkontorets budget uppgår till 21,4 mnkr, en minskning med 0,6 mnkr jämfört med föregående år. I den ingår \
12 sommarvakter.

## Bryggorna

Antalet gästnätter vid bryggorna var 640 under maj. Föregående år var gästnätterna 590, varav 300 på helger.

## Muddring

Staten betalar muddringen med 8,0 mnkr, varav 2,0 mnkr går till Norrviken och 5,5 mnkr till Sörviken.

## Isen

Isbrytaren drar 40 liter olja och bogserbåten 25 liter olja per timme. Lotsbåten drar 12 liter olja per timme.

## Bilarna

Hamnen har 41 bilar, och minst 24 elbilar ska rulla vid årets slut.

## Ärendena

Det är fler än i oktober 2029, då antalet båtärenden var 869. I oktober 2028 var motsvarande antal 761.

## Lotsarna

Andelen lotsar är 38 procent, att jämföra med 36 procent året innan. Sju matroser läser till lots.

## Kajen

Kajen är 210 meter lång och lagas för 7,5 mnkr under 2031, med räcken för 0,5 mnkr.

## Bogseringen

Bogseringens intäkter uppgår till 398,0 mnkr netto. Det är 9,2 mnkr eller 2,4 procent mer än 2030.

## Priser

En natt i gästhamnen kostar 310 kr för en segelbåt. Under 2030 var priset 285 kr. Bastun hyrs ut för 640 kr.

Kölhalning kostar 1 900 kr per båt. Under 2030 var priset för vinterplatser 2 400 kr.

## Pengarna

Mastkranen kostar 150 kr för små båtar och 260 kr för stora. Föregående år var priserna 140 kr och 250 kr.
"""


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    file = tmp_path_factory.mktemp("reckoned") / "verksamhetsplan-2031-fiskhamnen.md"
    file.write_text(TEXT, encoding="utf-8")
    return Answerer(Plans({file.name: read_plan(file)}), LEXICON, lambda: date(2031, 3, 1))


def ask(answerer: Answerer, question: str) -> Answer:
    return answerer.answer(question, [], Scope("Fiskhamnen", year=2031))


@pytest.mark.parametrize(
    ("question", "value", "formula"),
    [
        ("hur mycket billigare är det att måla fyren från land än från båt?", "1,4 mnkr", "4,5 − 3,1"),
        ("Hur mycket höjs slussavgiften?", "250 kronor", "10 050 − 9 800"),
        ("Hur många fler gästnätter vid bryggorna var det än förra året?", "50", "640 − 590"),
        ("Vad var hamnkontorets budget året innan, 2030?", "22,0 mnkr", "21,4 + 0,6"),
        ("Hur stor andel av pengarna för muddringen går till Norrviken?", "25,0", "2,0 / 8,0"),
        ("Hur mycket dyrare är en natt i gästhamnen än förra året?", "25 kronor", "310 − 285"),
        ("Är en natt i gästhamnen dyrare än i fjol?", "25 kronor", "310 − 285"),
        ("How much has the slussavgift gone up since last year?", "250 kronor", "10 050 − 9 800"),
        ("Hur mycket går slussavgiften upp?", "250 kronor", "10 050 − 9 800"),
    ],
)
def test_two_figures_of_a_sentence(harbour: Answerer, question: str, value: str, formula: str) -> None:
    """What a question asks to be computed from the only two figures that can be meant is told with its formula."""
    answer = ask(harbour, question)
    assert [(each.value, each.formula) for each in answer.computed] == [(value, formula)]
    assert value in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "Hur mycket mer olja drar isbrytaren än lotsbåten?",  # three figures: which two?
        "Hur mycket minskar hamnkontorets budget?",  # it is told
        "Hur stora är bogseringens intäkter, och hur mycket mer är det än året innan?",  # it is told, in percent too
        "Hur mycket dyrare är kajen än fyren?",  # nothing sets the two sums against each other
        "Hur många fler gästnätter vid bryggorna var det än 2027?",  # it tells of another year
        "Vad kostar det att måla fyren?",
        "Hur mycket ska antalet elbilar öka?",  # one figure is of all cars
        "Hur mycket har antalet båtärenden ökat sedan 2028?",  # the other figure is of no year that counts as now
        "Hur mycket fler lotsar än matroser är det?",  # both figures are of pilots
        "Hur mycket dyrare är kölhalning än förra året?",  # the sentence beside tells of another thing
        "Hur mycket dyrare är mastkranen än förra året?",  # four figures: which two?
        "Hur stor andel av pengarna för muddringen går till Österviken?",
    ],
)
def test_nothing_is_guessed(harbour: Answerer, question: str) -> None:
    """Nothing is computed where another figure may be meant, the change is told, or no such thing is asked."""
    assert ask(harbour, question).computed == ()


def test_the_year_before_as_the_sentence_beside_tells_it(harbour: Answerer) -> None:
    """Where the passage tells the other year, it is quoted, even if it is not sure which figures belong together; and
    it is never said that there is nothing to compare with."""
    for question, then in (
        ("Hur mycket dyrare är en natt i gästhamnen än förra året?", "Under 2030 var priset 285 kr."),
        ("Hur mycket dyrare är mastkranen än förra året?", "Föregående år var priserna 140 kr och 250 kr."),
        ("Är slussavgiften högre än förra året?", "från 9 800 till 10 050 kronor"),
    ):
        answer = ask(harbour, question).answer
        assert then in answer
        assert "att jämföra med" not in answer


def test_another_things_year_before_is_nothing_to_compare_with(harbour: Answerer) -> None:
    """A figure of another thing beside is not told for what the one asked about was."""
    answer = ask(harbour, "Hur mycket dyrare är kölhalning än förra året?").answer
    assert "2 400" not in answer
    assert "För 2030 finns inget här att jämföra med." in answer
