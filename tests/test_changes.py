"""What differs between two years' plans of one body."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from test_apart import asked

from ingest.plan import Description, Indicator, Origin, Period, Plan, Section
from ingest.source import Span
from retrieval.evidence.lookup import Facts
from retrieval.facts.changes import asks_all_changes, asks_changes, asks_lacking, changes, lacking

YEARS = {
    2030: (["Barnen lär sig simma", "Parkerna är rena"], {"Andel simkunniga barn": "80 %", "Antal lekparker": "12"}),
    2031: (["Barnen lär sig simma", "Hamnen lever"], {"Andel simkunniga barn": "85 %", "Antal badbryggor": "3"}),
}


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


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Vad är nytt jämfört med förra årets plan?", ["Nytt 2031: Hamnen lever"]),
        ("what is gone since last year", ["In 2030 but not in 2031: Parkerna är rena"]),
        (
            "What differs between the plans of 2030 and 2031?",
            ["New in 2031: Hamnen lever", "In 2030 but not in 2031: Parkerna är rena",
             "Andel simkunniga barn: 80 % in 2030, 85 % in 2031"],
        ),
    ],
)  # fmt: skip
def test_all_changes(question: str, said: list[str]) -> None:
    """What differs between two plans is the goals that are new or gone and the targets that are others."""
    assert asks_all_changes(question)
    draft = changes(asked(question), facts(2030), facts(2031))
    assert draft is not None
    assert [statement.text for statement in draft.statements] == said


@pytest.mark.parametrize("question", ["Vad är nytt för hamnen?", "Hur har årsmålen ändrats?", "What is new?"])
def test_no_change_of_all(question: str) -> None:
    """What names a kind of thing, or no other plan, asks for no such overview."""
    assert not asks_all_changes(question)


def test_lacking() -> None:
    """What one body's plan has that another's lacks is found by setting the two side by side, and said to be so."""
    here, there = facts(2030), facts(2031)
    there = replace(
        there, year=2030, plan=replace(there.plan, description=replace(there.plan.description, organisation="Norrsjö"))
    )
    question = asked("Vilka nämndmål har vi som de andra saknar?")
    assert asks_lacking(question.text)
    draft = lacking(question, here, there)
    assert draft is not None
    assert [s.text for s in draft.statements] == ["Finns i Fiskhamnen men inte i Norrsjö: Parkerna är rena"]
    assert not asks_lacking("Vilka nämndmål har vi?")


def test_nothing_to_set_beside() -> None:
    """Where one plan has no goals of a rung nothing is said to be new or gone."""
    assert changes(asked("Vilka enhetsmål är nya?"), facts(2030), facts(2031)) is None


def test_nothing_changed() -> None:
    """Where two plans don't differ in what is asked, that is said, and no item with it."""
    draft = changes(asked("Vilka mål är nya?"), facts(2031), replace(facts(2031), year=2032))
    assert draft is not None
    assert (draft.statements, draft.unset) == ((), True)
    assert ("2031" in draft.note, "2032" in draft.note) == (True, True)
