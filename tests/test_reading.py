"""A question read: what it is compared by, and what of it counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from test_answer import HOME, LEXICON, TODAY, library

from retrieval.answer import Answerer
from retrieval.rank import Floats
from retrieval.search import Concept
from retrieval.turn import turn_of
from retrieval.units import Entry


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


def concepts_after(before: str, question: str) -> tuple[Concept, ...]:
    """What a follow-up names, with what it leans on."""
    reader = Answerer(library(), LEXICON, lambda: date(TODAY.year, 3, 1)).reader
    turn = turn_of(question, [before], reader.library.known(), HOME, TODAY)
    return reader.understood(turn, reader.ready(turn.chosen.groups[0])).concepts


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
