"""The benchmarks: what they compare and how they write it; and the guard against large steps back."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import guard
from benchmarks.peers import of_plan, recall, within
from benchmarks.plans import identities, invented, made, write
from benchmarks.plot import lines_svg
from benchmarks.run import put_into
from ingest.read import read_plan
from retrieval.grading import Gold

GOLD = Gold("q", "indicator", "sv", "Mål?", ("a.txt",), (("7 %",),), (), ("Andel rena kajer i hamnen är 7 %",))


def test_recall_asks_for_the_evidence_in_the_right_document() -> None:
    """What proves the answer counts where it is found in the document that holds it, and nowhere else."""
    words = "Andel rena kajer i hamnen är 7 %."
    assert recall([GOLD, GOLD], [[("a.txt", words)], [("b.txt", words)]]) == 0.5
    assert of_plan(GOLD, [("b.txt", words), ("a.txt", words)]) == [("a.txt", words)]


def test_texts_are_cut_to_as_many_characters() -> None:
    """As many texts as fit are taken, and never none."""
    texts = [("a", "x" * 10)] * 5
    assert len(within(texts, 25)) == 2
    assert len(within(texts, 3)) == 1


def test_invented_plans_are_the_same_each_time_and_differ() -> None:
    """A seed makes the same plans, however many are made; no two are of the same organisation, unit and year."""
    assert [each.html for each in made(3, seed=7)] == [each.html for each in made(5, seed=7)][:3]
    everybody = identities(1, 1000)
    assert len({each.file for each in everybody}) == 1000
    assert sum(each.unit is None for each in everybody) == 100


@pytest.mark.parametrize("number", [2, 150])
def test_invented_plan_is_read_as_it_was_made(number: int, tmp_path: Path) -> None:
    """Organisation, unit, year and the cells of its key are found in the plan."""
    identity = identities(1, 200)[number]
    each = invented(identity, 1)
    questions = write(tmp_path, [each])
    plan = read_plan(tmp_path / identity.file, identity.file)
    told = plan.description
    assert (told.organisation, told.unit, told.kind) == (identity.organisation, identity.unit, "verksamhetsplan")
    assert told.period is not None
    assert told.period.start.year == identity.year
    names = {i.name for i in plan.indicators} | {r.row for r in plan.rows} | {a.text for a in plan.activities}
    asked = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines()]
    assert {question["cell"]["row"] for question in asked if question["expect"]} <= names
    assert len(names) > (150 if identity.unit is None else 15)


def test_plot_is_well_formed_and_names_its_lines() -> None:
    """The plot is XML with a line and a name for each series."""
    drawn = ElementTree.fromstring(lines_svg("Recall & more", (1, 3), {"Ours": (0.5, 0.75), "Theirs": (0.5, 0.74)}))
    space = "{http://www.w3.org/2000/svg}"
    assert len(drawn.findall(f"{space}polyline")) == 2
    heights = [float(text.get("y", 0)) for text in drawn.findall(f"{space}text") if "s 7" in (text.text or "")]
    assert len(heights) == 2
    assert abs(heights[0] - heights[1]) >= 15


def test_report_takes_the_place_of_the_last(tmp_path: Path) -> None:
    """A report is put between its marks, and what stands around stays."""
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- peers -->\nold\n<!-- /peers -->\nafter\n", encoding="utf-8")
    put_into(page, "peers", "new")
    assert page.read_text(encoding="utf-8") == "before\n<!-- peers -->\n\nnew\n\n<!-- /peers -->\nafter\n"


def test_step_back_is_told() -> None:
    """Twice as long as recorded is a step back, a little longer is none, and what was never recorded is told."""
    told = guard.steps_back({"asking": 4.1, "reading": 2.4, "new": 1.0}, {"asking": 2.0, "reading": 2.0})
    assert [line.partition(":")[0] for line in told] == ["asking", "new"]


@pytest.mark.slow
def test_no_large_step_back() -> None:
    """Nothing takes more than twice what was last recorded, beside plain Python and matrix products."""
    assert guard.compared() == []
