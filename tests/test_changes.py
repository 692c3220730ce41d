"""What differs between two years' plans of one body, and what is asked of each of two plans."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.plan import Description, Indicator, Origin, Period, Plan, Section
from ingest.source import Span
from retrieval.apart import Part, asked_apart, figures_apart
from retrieval.changes import asks_changes, changes
from retrieval.lexicon import Lexicon
from retrieval.lookup import Facts
from retrieval.question import Question, understand
from retrieval.scope import Known, Scope, all_of

YEARS = {
    2030: (["Barnen lär sig simma", "Parkerna är rena"], {"Andel simkunniga barn": "80 %", "Antal lekparker": "12"}),
    2031: (["Barnen lär sig simma", "Hamnen lever"], {"Andel simkunniga barn": "85 %", "Antal badbryggor": "3"}),
}


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


def facts(year: int) -> Facts:
    """A plan of Fiskhamnen for a year, its goals and indicators one on a line."""
    goals, indicators = YEARS[year]
    text, sections, rows = "", [], []
    for goal in goals:
        sections.append(Section(goal, "Nämndmål", "", 1, None, Span(len(text), len(text) + len(goal))))
        text += goal + "\n"
    for name, target in indicators.items():
        line = f"{name} {target}"
        origin = Origin(None, (Span(len(text), len(text) + len(line)),))
        rows.append(Indicator(name, target, None, None, None, origin))
        text += line + "\n"
    period = Period(date(year, 1, 1), date(year, 12, 31))
    plan = Plan(
        Description("Plan", "Fiskhamnen", None, "verksamhetsplan", period), text, (), tuple(sections), (), tuple(rows)
    )
    return Facts(year, plan, year)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Vilka nämndmål är nya jämfört med förra året?", ["Nytt 2031: Hamnen lever"]),
        ("Which of the board's goals are gone since last year?", ["In 2030 but not in 2031: Parkerna är rena"]),
        ("Vilka indikatorer finns 2031 men inte 2030?", ["Nytt 2031: Antal badbryggor: 3"]),
        ("Vilka indikatorer finns 2030 men inte 2031?", ["Finns 2030 men inte 2031: Antal lekparker: 12"]),
        ("Which targets were raised?", ["Andel simkunniga barn: 80 % in 2030, 85 % in 2031"]),
        ("Which targets were lowered?", []),
    ],
)
def test_changes(question: str, said: list[str]) -> None:
    """What is new, gone or changed is found by setting two years' goals or indicators side by side."""
    assert asks_changes(question)
    draft = changes(asked(question), facts(2030), facts(2031))
    assert draft is not None
    assert [statement.text for statement in draft.statements] == said


def test_nothing_to_set_beside() -> None:
    """Where one plan has no goals of a rung nothing is said to be new or gone."""
    assert changes(asked("Vilka enhetsmål är nya?"), facts(2030), facts(2031)) is None


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


def test_all_of() -> None:
    """A question that chooses among years is put to every year's plan of the body, one among districts to each."""
    plans = [
        Known(n, name, Description("Plan", name, None, "verksamhetsplan", Period(date(y, 1, 1), date(y, 12, 31))))
        for n, (name, y) in enumerate([("Fiskhamnen", 2030), ("Fiskhamnen", 2031), ("Norrsjö", 2031)])
    ]

    def groups(question: str) -> list[list[int]]:
        every = all_of(question, plans, Scope("Fiskhamnen", None, 2031), date(2031, 3, 1))
        return [[document.id for document in group] for group in every.groups] if every else []

    assert groups("Which year has the highest target for swimming?") == [[0], [1]]
    assert groups("Vilken av stadsdelarna har högst mål?") == [[1], [2]]
    assert groups("Vilket mål är högst?") == []
