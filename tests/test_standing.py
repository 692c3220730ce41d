"""How far a plan has come, as it says itself: decided, by whom and when, or a proposal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from test_answer import LEXICON, Plans

from ingest.describe import decided_in
from ingest.read import read_plan
from retrieval.answer import Answerer

_BODY = "Inledning\nHamnnämnden sköter kajer och en fyr. Nämnden fastställer en plan för kajerna i maj.\n"
_FRONTS = {
    "decided": "Fiskhamnens kommun\nHamnnämnden\nVerksamhetsplan 2031\nAntagen av hamnnämnden 2030-12-12 § 9\n" + _BODY,
    "proposal": "Fiskhamnens kommun\nHamnnämnden\nFörslag till verksamhetsplan 2031\n"
    + _BODY
    + "Planen behandlas av nämnden den 12 december 2030.\n",
    "silent": "Fiskhamnens kommun\nHamnnämnden\nVerksamhetsplan 2031\n" + _BODY,
}


def answer(front: str, question: str, tmp_path: Path) -> str:
    file = tmp_path / "plan.txt"
    file.write_text(_FRONTS[front], "utf-8")
    return Answerer(Plans({"plan.txt": read_plan(file)}), LEXICON, lambda: date(2031, 3, 1)).answer(question).answer


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hamnnämnden\nBeslutad: 2030-12-12\nInnehåll", "Beslutad: 2030-12-12"),
        ("Inledning\nNämnden antog planen den\n12 maj 2030. Den gäller.", "Nämnden antog planen den\n12 maj 2030."),
        ("Planen utgår från fullmäktiges budget, som beslutades den 3 november 2030. Nämnden ses i maj.", None),
        ("Nämnden beslutade den 3 november 2030 om en ny kaj.", None),
    ],
)  # fmt: skip
def test_where_it_says_so(text: str, said: str | None) -> None:
    """A line of the front page or a sentence of the plan says that it is decided; what a council decided is another."""
    found = decided_in(text)
    assert (text[found.start : found.end] if found else None) == said


@pytest.mark.parametrize(
    "question",
    [
        "När antogs planen?",
        "Är verksamhetsplanen beslutad?",
        "Who adopted the plan, and when?",
        "Is the plan only a draft?",
    ],
)
def test_decided(question: str, tmp_path: Path) -> None:
    """Whether, when or by whom a plan was decided is told by the line that says so."""
    told = answer("decided", question, tmp_path)
    assert told.startswith(("Planen är beslutad: Antagen av", "The plan is adopted: “Antagen av"))
    assert "2030-12-12" in told


def test_proposal(tmp_path: Path) -> None:
    """A proposal is told to be one, whatever a question takes for granted."""
    told = answer("proposal", "The board adopted this plan in November 2030, right?", tmp_path)
    assert "Planen behandlas av nämnden den 12 december 2030." in told
    assert "the plan is a proposal, not adopted" in told


@pytest.mark.parametrize(
    "question",
    [
        "När fastställs planen för kajerna?",
        "Vad beslutar nämnden enligt planen?",
        "När måste förslaget till ny kajplan vara klart?",
    ],
)
def test_of_what_it_says(question: str, tmp_path: Path) -> None:
    """What is asked of a thing that the plan tells is no question of the plan itself."""
    assert "Antagen av" not in answer("decided", question, tmp_path)
