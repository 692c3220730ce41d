"""A question read: what it is compared by, and what of it counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from test_answer import HOME, LEXICON, TODAY, Plans, library

from ingest.read import read_plan
from retrieval.answer import Answerer
from retrieval.evidence.rank import Floats
from retrieval.question.turn import turn_of
from retrieval.store.search import Concept
from retrieval.store.units import Entry


@pytest.mark.parametrize(
    ("question", "compared"),
    [
        ("Vad är målet för sjukfrånvaron i Granvalla-Östmo?", "Vad är målet för sjukfrånvaron?"),
        ("What is Granvalla-Östmo's sick-leave target?", "What is sick-leave target?"),
        ("Vad är målet för sjukfrånvaron?", "Vad är målet för sjukfrånvaron?"),
    ],
)
def test_what_names_the_plan_is_not_compared(question: str, compared: str) -> None:
    """Likeness is asked of a question without the words that chose the plan, which are in its title."""
    asked: set[str] = set()

    def similar(document: int, entries: Sequence[Entry], text: str) -> Floats:
        asked.add(text)
        return np.zeros(len(entries), np.float32)

    Answerer(library(), LEXICON, lambda: date(TODAY.year, 3, 1), similar=similar).ranking(question, (), HOME)
    assert asked == {compared}


READER = Answerer(library(), LEXICON, lambda: date(TODAY.year, 3, 1)).reader


def concepts_after(before: str, question: str) -> tuple[Concept, ...]:
    """What a follow-up names, with what it leans on."""
    turn = turn_of(question, [before], READER.library.known(), HOME, TODAY)
    return READER.understood(turn, READER.ready(turn.chosen.groups[0])).concepts


@pytest.mark.parametrize(
    ("before", "question", "first"),
    [
        ("Vad är målet för sjukfrånvaron för hela nämnden?", "och för medarbetarindex?", "medarbetarindex"),
        ("What is the target for sick leave?", "and for the staff index?", "the staff index"),
    ],
)
def test_instead_of_what_stood_there(before: str, question: str, first: str) -> None:
    """What a follow-up asks for after the same word as the question before counts more than what stood there."""
    assert max(concepts_after(before, question), key=lambda concept: concept.weight).words in first


@pytest.mark.parametrize(
    ("before", "question", "named"),
    [
        ("Vad är målet för sjukfrånvaro?", "och korttids då?", "korttidssjukfrånvaro"),
        ("Vad är målet för sjukfrånvaro?", "och förskolans då?", "förskolans"),
    ],
)
def test_compound_with_what_was_asked_of(before: str, question: str, named: str) -> None:
    """The first part of a compound, said by itself, is read as the whole that it makes with one before."""
    assert named in [concept.words for concept in concepts_after(before, question)]


def test_name_in_place_of_a_name() -> None:
    """What a follow-up names by its name is asked of in place of what was so named before."""
    found = {c.words: c.weight for c in concepts_after("Hur många besök ska Ankarhuset ha?", "och Seglarhuset?")}
    assert found["Seglarhuset"] > 1 > 2 * found["Ankarhuset"]


def test_what_the_question_before_leant_on() -> None:
    """What the question before leaves to the one that it leans on itself counts more than what was asked earlier."""

    def weight(*history: str) -> float:
        turn = turn_of("Blir den ny igen då?", history, READER.library.known(), HOME, TODAY)
        concepts = READER.understood(turn, READER.ready(turn.chosen.groups[0])).concepts
        return next(c.weight for c in concepts if c.words == "bryggan")

    asked = "Är bryggan i hamnen stängd?"
    assert weight(asked, "Varför upphörde den?") > weight(asked, "Vad är målet för sjukfrånvaron?")


_BOENDE = """Fiskhamnens kommun
Verksamhetsplan 2031
Boenden
Boendet stängs, eftersom huset Ankaret säljs.
I Hamnvik sparar vi 3 mnkr.
"""


def test_name_that_was_told(tmp_path: Path) -> None:
    """A follow-up leans on the name of what the answer before told and nobody had asked about; not where it names
    something itself."""
    file = tmp_path / "plan.txt"
    file.write_text(_BOENDE, "utf-8")
    answerer = Answerer(Plans({"plan.txt": read_plan(file)}), LEXICON, lambda: date(2031, 3, 1))

    def named(follow_up: str) -> set[str]:
        best = answerer.ranking(follow_up, ["Vilket boende stängs?"])[0]
        return {concept.words for concept in best.question.concepts}

    assert "Ankaret" in named("Hur mycket sparar vi på det?")
    assert "Ankaret" not in named("Hur mycket sparar vi på det i Hamnvik?")
