"""Measures what other plans in the index cost: right answers lost, wrong plans, table cells, time and memory.

    .venv/bin/python benchmarks/many.py QUESTIONS.jsonl PLAN... [--others 0,10,100,1000] [--today 2026-03-01]
        [--cells 400] [--home FOLDER] [--into docs/benchmarks.md]

The given plans are read first, then as many others as `plans.py` invents, and at each number the given questions are
asked, and as many of the invented plans' own. Each number has an index of its own, grown from a copy of the one before;
`--home` keeps them for a later run. What was embedded once is kept beside this file, by its content. Prints Markdown.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.plans import Invented, made, write
from benchmarks.run import files_in, finished, machine, percentile, put_into, table
from bot.asking import Asker, Query, read_query
from bot.build import build_asker, build_embedder, build_index
from bot.evaluating import evaluate, read_questions
from bot.ingesting import Ingested, found_in, ingest
from bot.settings import Settings, read_settings
from retrieval.evidence.answer_types import Answer
from retrieval.grading import says
from retrieval.store.embed import Named, Remembered
from retrieval.store.units import entries_of

_CACHE = Path(__file__).with_name(".cache") / "vectors.db"


class Kept:
    """An embedder that keeps what it made in a file, by its content, for other runs too."""

    def __init__(self, inner: Named, file: Path) -> None:
        self.name, self._inner = inner.name, inner
        file.parent.mkdir(parents=True, exist_ok=True)
        self._kept = sqlite3.connect(file, isolation_level=None)
        self._kept.execute("CREATE TABLE IF NOT EXISTS vectors (key TEXT PRIMARY KEY, vector BLOB) WITHOUT ROWID")

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        keys = [sha256(f"{self.name}\n{text}".encode()).hexdigest() for text in texts]
        found = {key: blob for key in dict.fromkeys(keys) if (blob := self._of(key)) is not None}
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        if new:
            made = self._inner.embed_documents(list(new.values()))
            found |= {key: np.asarray(each, np.float32).tobytes() for key, each in zip(new, made, strict=True)}
            self._kept.execute("BEGIN")
            self._kept.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", [(k, found[k]) for k in new])
            self._kept.execute("COMMIT")
        return [np.frombuffer(found[key], np.float32).tolist() for key in keys]

    def embed_query(self, text: str) -> list[float]:
        return self._inner.embed_query(text)

    def _of(self, key: str) -> bytes | None:
        row = self._kept.execute("SELECT vector FROM vectors WHERE key = ?", [key]).fetchone()
        return None if row is None else bytes(row[0])


def add(settings: Settings, paths: Sequence[Path]) -> None:
    """Read plans into the index and embed them, but those that are there.

    Their vectors are kept in SQL, where answering reads them, and not copied into Chroma, which it never asks.
    """
    with closing(build_index(settings)) as index:
        for found in found_in(paths):
            told = found if isinstance(found, Ingested) else ingest(index, found, {})
            if told.outcome == "failed":
                raise SystemExit(told.trouble)
        inner = build_embedder(settings)
        if inner is None:
            return
        embedder = Kept(inner, _CACHE)
        for document in index.documents():
            if not document.is_embedded(embedder.name):
                entries = entries_of(index.plan(document.id))
                Remembered(embedder, index, document.id).embed_documents([entry.embedded for entry in entries])
                index.mark_embedded(document.id, embedder.name, document.counts.units)


# In a process of its own: asking, with whatever it takes


@dataclass(frozen=True, slots=True)
class Cell:
    """A question that one cell of an invented plan answers, and what came of it.

    `exact`: the answer says what stands there, and cites that row and column of that plan first; None where no plan
    has it. `wrong_plan`: it cites another plan. `warm` are its seconds, its plan being ready; `first` those of the
    question before it, where that had to read the plan.
    """

    exact: bool | None
    wrong_plan: bool
    first: float | None
    warm: float


def asked(settings: Settings, questions: Path, others: Path, cells: int) -> dict[str, Any]:
    """Ask the given questions, and some of the invented plans'; what came of both."""
    begun = perf_counter()
    with closing(build_index(settings)) as index:
        asker = build_asker(settings, index)
        asker.warm()
        started = perf_counter() - begun
        stored = {document.name for document in index.documents()}
        invented = stored & {file.name for file in others.glob("*.html")}
        given = read_questions(questions)
        grades = list(evaluate(asker, given, None, lambda number, id_: None))
        wrong = sum(bool(_documents(asker.ask(query)) & invented) for _, query in given)
        found = [_cell(asker, *both) for both in _some(others / "questions.jsonl", invented, cells)]
    return {
        "started": started,
        "good": [grade.good for grade in grades if grade.gold.expect],
        "given_seconds": [grade.seconds for grade in grades],
        "wrong_plans": wrong + sum(each.wrong_plan for each in found),
        "exact": [each.exact for each in found if each.exact is not None],
        "first_seconds": [each.first for each in found if each.first is not None],
        "cell_seconds": [each.warm for each in found],
    }


def _documents(answer: Answer) -> set[str]:
    return set() if answer.abstained else {citation.document for citation in answer.citations}


def _some(questions: Path, documents: set[str], count: int) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """So many questions of the documents that are in, no two of the same words, half of them of whole districts where
    there are units too; each after another one of its plan, which makes that ready."""
    found = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines()]
    found = [each for each in found if each["plan"] in documents]
    random.Random(1).shuffle(found)
    of_plan: dict[str, list[dict[str, Any]]] = {}
    for each in found:
        if each["expect"]:
            of_plan.setdefault(each["plan"], []).append(each)
    once = list({each["question"]: each for each in found}.values())
    unit = [each for each in once if each["plan"].endswith("enheten.html")]
    whole = [each for each in once if not each["plan"].endswith("enheten.html")]
    drawn = [*whole[: count - min(len(unit), count // 2)], *unit[: count // 2]]
    words = {each["question"] for each in drawn}
    return [(next(o for o in of_plan[each["plan"]] if o["question"] not in words), each) for each in drawn]


def _cell(asker: Asker, before: Mapping[str, Any], question: Mapping[str, Any]) -> Cell:
    loaded = asker.library.loaded
    first = asker.ask(_query(before)).seconds
    read = asker.library.loaded > loaded
    answer = asker.ask(_query(question))
    wrong_plan = bool(_documents(answer) - {question["doc"]})
    exact: bool | None = None
    if wanted := question.get("cell"):
        said = all(any(says(answer.answer, words) for words in group) for group in question["expect"])
        cited = {"document": question["doc"], **wanted}
        exact = not answer.abstained and said
        exact = exact and all(getattr(answer.citations[0], name) == value for name, value in cited.items())
    return Cell(exact, wrong_plan, first if read else None, answer.seconds)


def _query(question: Mapping[str, Any]) -> Query:
    return read_query(json.dumps(question).encode())


# The table


def row(others: int, told: Mapping[str, Any], alone: Mapping[str, Any], megabytes: float, load: float) -> list[str]:
    """A row of the table: what is lost beside the given plans alone, then the rest."""
    good, before = statistics.mean(told["good"]), statistics.mean(alone["good"])
    seconds = told["given_seconds"] + told["cell_seconds"]
    return [
        f"{others:,}",
        f"{100 * (before - good):.1f}",
        str(told["wrong_plans"]),
        f"{100 * statistics.mean(told['exact']):.1f} % of {len(told['exact'])}" if told["exact"] else "–",
        f"× {percentile(seconds, 0.95) / percentile(alone['given_seconds'], 0.95):.1f}",
        f"{100 * good:.1f} % of {len(told['good'])}",
        f"{1000 * statistics.median(seconds):.0f}",
        f"{1000 * percentile(seconds, 0.95):.0f}",
        f"{1000 * percentile(told['first_seconds'], 0.95):.0f}" if told["first_seconds"] else "–",
        f"{told['started']:.1f}",
        f"{megabytes:.0f}",
        f"{load:.1f}",
    ]


HEADER = (
    "other plans",
    "points lost",
    "answers from a wrong plan",
    "cells exact",
    "95th percentile",
    "right and cited",
    "an answer, median, ms",
    "95th percentile, ms",
    "95th, plan not read yet, ms",
    "start, s",
    "peak, MB",
    "load",
)


def measured(home: Path, today: str | None, told: argparse.Namespace, others: Path) -> tuple[Any, float]:
    """Ask in a process of its own; what came of it, and its peak memory."""
    settings = {"PLANSVAR_HOME": str(home), **({"PLANSVAR_TODAY": today} if today else {})}
    command = [sys.executable, __file__, str(told.questions), "--ask", "--cells", str(told.cells)]
    done = finished([*command, "--home", str(others)], settings)
    return json.loads(done.out.splitlines()[-1]), done.megabytes


def main() -> None:
    """Measure at each number of other plans, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl")
    parser.add_argument("plans", type=Path, nargs="*", metavar="PLAN", help="a file, or a folder of plans")
    parser.add_argument("--others", default="0,10,100,1000", help="how many other plans (0,10,100,1000)")
    parser.add_argument("--cells", type=int, default=400, help="how many of the invented plans' questions (400)")
    parser.add_argument("--today", help="the day that stands for today")
    parser.add_argument("--home", type=Path, help="keep the index there")
    parser.add_argument("--into", type=Path, metavar="PAGE.md", help="put what is printed there")
    parser.add_argument("--ask", action="store_true", help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.ask:
        print(json.dumps(asked(read_settings(), told.questions, told.home, told.cells)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        home = told.home or Path(temporary)
        numbers = sorted({0, *map(int, told.others.split(","))})
        everything: list[Invented] = list(made(max(numbers)))
        folder = home / "others"
        rows: list[list[str]] = []
        alone: dict[str, Any] | None = None
        before: Path | None = None
        for number in numbers:
            settings = Settings(home=home / str(number))
            if before and not settings.home.exists():
                shutil.copytree(before, settings.home)
            before = settings.home
            some = everything[:number]
            write(folder, some)
            add(settings, [*files_in(told.plans), *(folder / each.identity.file for each in some)])
            load = os.getloadavg()[0]
            found, megabytes = measured(settings.home, told.today, told, folder)
            alone = alone or found
            rows.append(row(number, found, alone, megabytes, load))
            print(" | ".join(rows[-1]), file=sys.stderr, flush=True)
    text = f"{machine()}.\n\n{table(HEADER, rows)}"
    print(text)
    if told.into:
        put_into(told.into, "many", text)


if __name__ == "__main__":
    main()
