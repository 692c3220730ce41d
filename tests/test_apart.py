"""What is asked of each of several plans, and how far apart their figures are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from retrieval.facts.apart import figures_apart
from retrieval.language.lexicon import Lexicon
from retrieval.question.marks import Part, asked_apart, undated
from retrieval.question.question import Question, understand


class Everything:
    """A plan that knows every word."""

    def knows(self, term: str) -> bool:
        return True

    def has(self, word: str) -> bool:
        return True

    def is_proper(self, word: str) -> bool:
        return False

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
            "Jämför sjukfrånvaron: nämndens plan 2030 mot hamnens avdelningsplan 2031",
            [("2030",), ("2031",)],
            [Part("Jämför sjukfrånvaron", f"Jämför sjukfrånvaron {year}") for year in (2030, 2031)],
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
        (
            "Hur många båtar går vi med i år, och hur många gick vi med 2030?",
            [("i år",), ("2030",)],
            [
                Part("Hur många båtar går vi med", "Hur många båtar går vi med"),
                Part("Hur många båtar går vi med", "Hur många båtar går vi med 2030"),
            ],
        ),
        (
            "Båtvakten: hur fördelas pengarna i planen, och vad säger svaret att man gör?",
            [("planen",), ("svaret",)],
            [
                Part("Båtvakten: hur fördelas pengarna", "Båtvakten: hur fördelas pengarna"),
                Part(
                    "Båtvakten: vad säger att man gör?",
                    "Båtvakten: vad säger att man gör?",
                    "Båtvakten: hur fördelas pengarna",
                ),
            ],
        ),
    ],
)
def test_asked_apart(text: str, marks: list[tuple[str, ...]], parts: list[Part]) -> None:
    """Each plan is asked what its own clause asks, or the first clause's where its own names nothing."""
    assert asked_apart(text, marks) == parts


@pytest.mark.parametrize(
    ("text", "one", "other", "difference", "formula"),
    [
        ("Hur många ledamöter har nämnden?", "Nämnden har 13 ledamöter och 11 ersättare.", "De 11 ledamöter som möts",
         "2 ledamöter", "13 − 11"),
        ("Hur många båtar har vi?", "Arton röda båtar går ut.", "Antalet båtar minskar till 9.", "9 båtar", "18 − 9"),
        ("Hur många färjor går?", "Färjorna blir från fyra till sex.", "Fem färjor går.", "1", "6 − 5"),
        ("Vad kostar en båtplats?", "En båtplats kostar 1 200 kr per år.", "Priset är för en båtplats 900 kronor.",
         "300 kronor", "1 200 − 900"),
        ("Hur snabbt lagas båtarna?", "Vi har två kranar. Båtarna lagas inom fem dagar.", "Båtarna lagas på 8 dagar",
         "3 dagar", "8 − 5"),
        ("How safe are the boats?", "Bland båtarna är 71 procent trygga.", "Båtarna: 60 % är trygga.",
         "11 percentage points", "71 − 60"),
    ],
)  # fmt: skip
def test_figures_apart(text: str, one: str, other: str, difference: str, formula: str) -> None:
    """Two quotes' figures are set against one another, in digits or in words, where they count what the question names,
    or else are the one price, time or share of the sentence about it."""
    question = asked(text)
    if question.language == "en":
        question = replace(asked("Hur trygga är båtarna?"), language="en")
    apart = figures_apart(question, [one], [other])
    assert apart is not None
    assert (apart.difference, apart.formula) == (difference, formula)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("13 ledamöter, varav 5 ledamöter är nya", "11 ledamöter"),
        ("Nämnden har 13 ersättare", "Nämnden har 11 ersättare"),
        ("13 ledamöter", "13 ledamöter"),
        ("Ledamöter får 300 kr per dag", "Ledamöter får 200 kr per timme"),
    ],
)
def test_figures_not_apart(one: str, other: str) -> None:
    """Figures of a kind that a quote has twice, that nobody asked of, that are the same or per something else are not
    set against one another."""
    assert figures_apart(asked("Hur många ledamöter har nämnden?"), [one], [other]) is None


def test_figures_in_a_later_quote() -> None:
    """Where an answer's first quote counts nothing that is asked for, the next may."""
    apart = figures_apart(asked("Hur många båtar?"), ["Båtar är bra.", "Vi har sju båtar."], ["Vi har 4 båtar."])
    assert apart is not None
    assert (apart.first_is_more, apart.quotes) == (True, (1, 0))


def test_undated() -> None:
    """A question without its years, and what set them against one another, asks of the thing alone."""
    about = undated(asked("Hur många bilar hade vi 2030 jämfört med 2029?"))
    assert about.text.strip() == "Hur många bilar hade vi ?"
    assert about.years == ()
