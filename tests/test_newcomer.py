"""Who is new at work: what they say of themselves is not what they ask about, and they are told the whole paragraph;
beside it what a plan puts first, and follow-ups that keep to what they lean on."""

from __future__ import annotations

from datetime import date

import pytest
from test_answer import LEXICON, Plans

from ingest.read import plan_of
from ingest.readers.text import plain
from retrieval.answer import Answerer
from retrieval.question.newcomer import is_new, without_arrival
from retrieval.question.scope import Scope

_TEXT = """Norrsjö stadsdelsnämnd
Verksamhetsplan 2026

Nämndens prioriteringar 2026
Tre frågor går före annat: kajerna, fyren och slussen.

Nytt för året
Sjöräddningen flyttar till hamnen i april.

Öppettider
Hamnkontoret har öppet måndag till fredag klockan 8 till 16.

Ny i hamnen
Den som är nyanställd får en fadder i tre veckor. Första dagen går chefen igenom brandskydd och tystnadsplikt.
Inom en månad ska alla ha gått kursen i knopar.

Bevakning
Bevakningen sköts av Väktarna AB till och med den 30 september 2026.

Fyren
Fyrens lampa byts av Ljus AB till och med den 31 maj 2026.

Avgifter
Avgiften för båtplats var 900 kronor 2025. Avgiften är 950 kronor 2026.

Bryggor
Vi hyr ut 140 platser vid bryggan. Det är 20 fler än 2025.
"""


@pytest.fixture(scope="module")
def harbour() -> Answerer:
    plan = plan_of(plain(_TEXT), "verksamhetsplan-2026-norrsjo.txt")
    return Answerer(Plans({"verksamhetsplan-2026-norrsjo.txt": plan}), LEXICON, lambda: date(2026, 3, 1))


def told(harbour: Answerer, *texts: str) -> str:
    *history, question = texts
    return harbour.answer(question, history, Scope("Norrsjö")).answer


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Jag börjar på torsdag, vem möter mig?", "Jag börjar, vem möter mig?"),
        ("I'm starting next week as a pilot", "I'm starting as a pilot"),
        ("Min första dag är på fredag.", "Min första dag."),
        ("När börjar mötet på torsdag?", "När börjar mötet på torsdag?"),
    ],
)
def test_without_arrival(text: str, left: str) -> None:
    """When a newcomer begins is left out of their question, and nothing of anybody else's."""
    assert without_arrival(text) == left


@pytest.mark.parametrize("text", ["Kan jag börja söka?", "I'm a new manager here", "När startar kursen?"])
def test_is_not_new(text: str) -> None:
    """A start of something else, or a new post, makes no one a newcomer."""
    assert not is_new(text)


@pytest.mark.parametrize(
    "question",
    ["Jag börjar på måndag. Får jag en fadder?", "I start on Monday, do I get a buddy?"],
)
def test_told_whole(harbour: Answerer, question: str) -> None:
    """A newcomer is told all of the paragraph about how they are received, not who is open on Mondays."""
    answer = told(harbour, question)
    assert all(said in answer for said in ("fadder", "brandskydd", "knopar"))
    assert "Hamnkontoret" not in answer


@pytest.mark.parametrize("question", ["Vad är viktigast i år?", "What matters most this year?"])
def test_priorities(harbour: Answerer, question: str) -> None:
    """What a plan puts first itself is told where that is asked of all of it."""
    assert "kajerna, fyren och slussen" in told(harbour, question)


@pytest.mark.parametrize("question", ["Vad ändras för oss i år?", "What changes this year compared with before?"])
def test_news(harbour: Answerer, question: str) -> None:
    """What a plan says is new is told where it is asked what changes, with no figures of money."""
    assert "Sjöräddningen flyttar" in told(harbour, question)


def test_keeps_to_what_it_leans_on(harbour: Answerer) -> None:
    """A follow-up that asks for a time asks it of what it leans on, not of all that has one."""
    answer = told(harbour, "Vilka sköter bevakningen?", "och när går det ut?")
    assert "30 september" in answer
    assert "31 maj" not in answer


def test_why_fewer(harbour: Answerer) -> None:
    """Why something is less is answered with the sentence that says by how much it is more."""
    assert "20 fler" in told(harbour, "Varför har vi färre platser vid bryggan än 2025?")


def test_goes_on(harbour: Answerer) -> None:
    """What finds nothing by itself goes on with what was told, in the same place of the plan."""
    assert "900" in told(harbour, "Vad är avgiften för båtplats?", "Och ett år tidigare?")
