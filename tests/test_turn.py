"""A turn of a conversation: the plans that it is about, by its own words or by those of the turn before."""

from __future__ import annotations

from datetime import date

from ingest.plan import Description, Period
from retrieval.question.scope import Scope
from retrieval.question.turn import Turn, turn_of
from retrieval.store.known import Known

PLANS = [
    Known(n, name, Description("Plan", name, None, "verksamhetsplan", Period(date(y, 1, 1), date(y, 12, 31))))
    for n, (name, y) in enumerate([("Fiskhamnen", 2030), ("Fiskhamnen", 2031), ("Norrsjö", 2031)])
]


def turn(text: str, *history: str) -> Turn:
    return turn_of(text, history, PLANS, Scope("Fiskhamnen", None, 2031), date(2031, 3, 1))


def asked(made: Turn) -> list[list[int]]:
    return [[document.id for document in group] for group in made.chosen.groups]


def test_plans_of_the_turn_before() -> None:
    """A follow-up is about the plan that the question before named; what stands by itself is about the asker's own."""
    assert asked(turn("Och för färjorna?", "Vad är budgeten i Norrsjö?")) == [[2]]
    assert asked(turn("Vem ansvarar för bryggornas underhåll i hamnen?", "Vad är budgeten i Norrsjö?")) == [[1]]


def test_year_beside_the_one_before() -> None:
    """ "The year before" is the one before that of the question leant on, where there is a plan of it."""
    assert asked(turn("Och året innan?", "Vad är målet för simkunniga barn 2031?")) == [[0]]
    assert turn("Och året innan?", "Vad är målet för simkunniga barn 2030?").text == "Och året innan?"
    assert asked(turn("När antogs förra årets plan?")) == [[0]]
    assert asked(turn("Vad är nytt mot förra årets plan?")) == [[1]]


def test_theirs_and_ours() -> None:
    """What sets another's plan, which the question before named, against the asker's own is asked of both."""
    assert asked(turn("Hur mycket mer är det än hos oss?", "Vad är budgeten i Norrsjö?")) == [[1], [2]]
    assert asked(turn("Hur mycket mer är det än förra året?", "Vad är budgeten i Norrsjö?")) == [[2]]
    assert asked(turn("Hur många sitter i deras nämnd?", "Vad är budgeten i Norrsjö?")) == [[2]]
    assert asked(turn("Och vår?", "Vad är budgeten i Norrsjö?")) == [[1]]


def test_whose_it_is() -> None:
    """A question that names whose plan it asks, and nothing else, is about what the one before was."""
    before = "Vad är målet för simkunniga barn?"
    assert turn("Vad har Norrsjö för mål?", before).leant_on is not None
    assert turn("Hur många båtar har Norrsjö i hamnen?", before).leant_on is None


def test_parts_lean_on_nothing() -> None:
    """A part of a turn stands by itself; the turn leans on the one before it."""
    made = turn("Och för färjorna?", "Vad är budgeten i Norrsjö?")
    assert made.leant_on is not None
    assert (made.leant_on.text, made.leant_on.chosen) == ("Vad är budgeten i Norrsjö?", made.chosen)
    assert made.part("färjorna").leant_on is None


def test_where_to_look() -> None:
    """What names only the document to look in is no part of what is asked."""
    answer = Known(
        3, "svar", Description("Svar", "Fiskhamnen", None, "uppföljning av uppdrag", PLANS[1].description.period)
    )
    made = turn_of(
        "Vilka köp pågår enligt återkopplingen?",
        (),
        [*PLANS, answer],
        Scope("Fiskhamnen", None, 2031),
        date(2031, 3, 1),
    )
    assert (made.text, asked(made)) == ("Vilka köp pågår?", [[3]])
