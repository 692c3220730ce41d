"""What is asked of each of several plans, and how far apart their figures are."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.apart import Part, asked_apart, figures_apart, undated
from retrieval.lexicon import Lexicon
from retrieval.question import Question, understand


class Everything:
    """A plan that knows every word."""

    def knows(self, term: str) -> bool:
        return True

    def near(self, word: str) -> str | None:
        return None

    def initials(self, capitals: str) -> frozenset[str]:
        return frozenset()

    def within(self, start: str) -> list[str]:
        return []


def asked(text: str) -> Question:
    return understand(text, Lexicon(), Everything(), 2031, date(2031, 1, 1))


@pytest.mark.parametrize(
    ("text", "marks", "parts"),
    [
        (
            "Hur många bilar hade vi 2030 och hur många är det 2031?",
            [("2030",), ("2031",)],
            [
                Part("Hur många bilar hade vi", "Hur många bilar hade vi 2030"),
                Part("Hur många bilar hade vi", "Hur många bilar hade vi 2031"),
            ],
        ),
        (
            "What does lunch cost in Norrsjö and here?",
            [("Norrsjö",), ("here",)],
            [Part("What does lunch cost?", "What does lunch cost?")] * 2,
        ),
        (
            "What did the guides do in Norrsjö, and who opens the harbour here?",
            [("Norrsjö",), ("here",)],
            [
                Part("What did the guides do", "What did the guides do"),
                Part("who opens the harbour?", "who opens the harbour?", "What did the guides do"),
            ],
        ),
    ],
)
def test_asked_apart(text: str, marks: list[tuple[str, ...]], parts: list[Part]) -> None:
    """Each plan is asked what its own clause asks, or the first clause's where its own names nothing."""
    assert asked_apart(text, marks) == parts


def test_figures_apart() -> None:
    """Two quotes' figures are set against one another where they count what the question names, once each."""
    question = asked("Hur många ledamöter har nämnden, och hur stor är skillnaden?")
    apart = figures_apart(question, "Nämnden har 13 ledamöter och 11 ersättare.", "De 11 ledamöter som möts i mars")
    assert apart is not None
    assert (apart.difference, apart.formula) == ("2 ledamöter", "13 − 11")
    assert figures_apart(question, "13 ledamöter, varav 5 ledamöter är nya", "11 ledamöter") is None
    assert figures_apart(question, "Nämnden har 13 ersättare", "Nämnden har 11 ersättare") is None


def test_undated() -> None:
    """A question without its years, and what set them against one another, asks of the thing alone."""
    about = undated(asked("Hur många bilar hade vi 2030 jämfört med 2029?"))
    assert about.text.strip() == "Hur många bilar hade vi ?"
    assert about.years == ()
