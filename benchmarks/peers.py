"""Measures Plansvar beside what people would build otherwise, on any plans and questions with known answers.

    .venv/bin/python benchmarks/peers.py QUESTIONS.jsonl PLAN... [--today 2021-03-01] [--into docs/benchmarks.md]

Everyone gets the same documents, questions, machine and embedder, one after the other, each in a process of its own
(`peer.py`); the peers in .peers, made on the first run from benchmarks/requirements.txt. Prints Markdown.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.plot import lines_svg
from benchmarks.run import files_in, finished, machine, percentile, put_into, table
from bot.evaluating import read_questions
from ingest.read import read_plan
from retrieval.grading import Gold, evidence_in, is_document

HERE = Path(__file__).parent
_OURS = Path(sys.executable)
_THEIRS = HERE.parent / ".peers" / "bin" / "python"
_SHOWN = (1, 3, 5, 10)
_DEEP = 200  # results looked at where only one plan's count, or as many characters as another's

# Name in the table, engine, embedder, and whether it is drawn; the second is what the others stand beside.
ROWS = (
    ("Plansvar", "plansvar", "adapted", True),
    ("LangChain, Chroma", "langchain", "plain", True),
    ("LlamaIndex", "llamaindex", "plain", True),
    ("Haystack, BM25", "haystack", "plain", True),
    ("Plansvar, embedder not adapted", "plansvar", "plain", False),
    ("LangChain, Chroma, adapted embedder", "langchain", "adapted", False),
    ("LlamaIndex, adapted embedder", "llamaindex", "adapted", False),
)
_BESIDE = ROWS[1][0]


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of one engine; `found` has the texts found for each question, best first, each with its document."""

    indexed: float
    seconds: list[float]
    megabytes: float
    found: list[list[tuple[str, str]]]
    answers: dict[str, Any] | None


def measure(engine: str, embedder: str, job: Path) -> Measured:
    """Run one engine in a process of its own."""
    python = _OURS if engine == "plansvar" else _THEIRS
    done = finished([python, HERE / "peer.py", engine, embedder, job])
    told = json.loads(done.out.splitlines()[-1])
    found = [[(document, text) for document, text in each] for each in told["found"]]
    return Measured(told["indexed"], told["seconds"], done.megabytes, found, told["answers"])


def recall(golds: Sequence[Gold], found: Sequence[Sequence[tuple[str, str]]]) -> float:
    """The share of questions whose evidence is in what was found for them."""
    return statistics.mean(evidence_in(gold, texts) >= 1 for gold, texts in zip(golds, found, strict=True))


def within(texts: Sequence[tuple[str, str]], characters: int) -> Sequence[tuple[str, str]]:
    """The first of some texts that together have no more characters than given; one at least."""
    ends = accumulate(len(text) for _, text in texts)
    return texts[: max(1, sum(end <= characters for end in ends))]


def of_plan(gold: Gold, texts: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    """Those of some texts that are of the documents which hold the answer."""
    return [(name, text) for name, text in texts if any(is_document(key, name) for key in gold.documents)]


def report(golds: Sequence[Gold], everyone: dict[str, Measured]) -> str:
    """The table: a row an engine, what it misses beside the plain one first, whose own misses stand in its row."""
    beside = everyone[_BESIDE]
    room = [sum(len(text) for _, text in each[:5]) for each in beside.found]

    def misses(each: Measured) -> tuple[float, float, float]:
        five = [texts[:5] for texts in each.found]
        same = [within(texts, most) for texts, most in zip(each.found, room, strict=True)]
        told = [of_plan(gold, texts)[:5] for gold, texts in zip(golds, each.found, strict=True)]
        return 1 - recall(golds, five), 1 - recall(golds, same), 1 - recall(golds, told)

    rows = []
    for name, each in everyone.items():
        pairs = zip(misses(each), misses(beside), strict=True)
        beside_it = [
            f"{100 * its:.0f} %" if each is beside or not all_ else f"× {its / all_:.2f}" for its, all_ in pairs
        ]
        found = [f"{100 * recall(golds, [texts[:k] for texts in each.found]):.0f}" for k in _SHOWN]
        characters = statistics.mean(sum(len(text) for _, text in texts[:5]) for texts in each.found)
        times = (1000 * statistics.median(each.seconds), 1000 * percentile(each.seconds, 0.95))
        took = [f"{each.indexed:.0f}", *(f"{time:.0f}" for time in times), f"{each.megabytes:.0f}"]
        rows.append([name, *beside_it, *found, f"{characters:,.0f}", *took])
    header = [
        "",
        "misses at 5",
        "in as many characters",
        "told which plan",
        *(f"recall at {k}, %" for k in _SHOWN),
        "characters in 5",
        "to index, s",
        "a search, median, ms",
        "95th percentile, ms",
        "peak, MB",
    ]
    return table(header, rows)


def answers_report(told: dict[str, Any]) -> str:
    """What Plansvar makes of what it found, in a sentence."""
    right, when, when_not = (
        told[name]["share"] for name in ("right_and_cited", "abstains_when_it_should", "abstains_when_it_should_not")
    )
    silent = f", silent on {100 * when:.0f} % of those it should be silent on" if when is not None else ""
    return (
        f"Plansvar's whole answers: {100 * right:.0f} % right and cited{silent} and on {100 * when_not:.0f} % of the"
        f" others; {1000 * told['seconds_median']:.0f} ms the median,"
        f" {1000 * told['seconds_p95']:.0f} ms the 95th percentile."
    )


def peers_environment() -> None:
    """Make the peers' own environment, unless it is there and as the requirements say."""
    wanted = HERE / "requirements.txt"
    noted = _THEIRS.parents[1] / "installed.txt"
    if noted.exists() and noted.read_text() == wanted.read_text():
        return
    print("Installing the peers into .peers …", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "venv", "--clear", _THEIRS.parents[1]], check=True)
    pip = [str(_THEIRS), "-m", "pip", "--disable-pip-version-check", "-qq", "install", "--only-binary", ":all:"]
    subprocess.run([*pip, "--requirement", str(wanted)], check=True)
    noted.write_text(wanted.read_text())


def main() -> None:
    """Measure everyone, print the table, and where asked put it with its plot into a page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl")
    parser.add_argument("plans", type=Path, nargs="+", metavar="PLAN", help="a file, or a folder of plans")
    parser.add_argument("--today", help="the day that stands for today")
    parser.add_argument("--title", default="", help="what was measured, above the table")
    parser.add_argument("--into", type=Path, metavar="PAGE.md", help="put what is printed there, and a plot beside it")
    told = parser.parse_args()
    peers_environment()
    golds, asked = _answerable(told.questions)
    everyone: dict[str, Measured] = {}
    with tempfile.TemporaryDirectory() as folder:
        job = {
            **_documents(files_in(told.plans), Path(folder)),
            "questions": asked,
            "gold": str(told.questions.absolute()),
            "today": told.today,
            "shown": max(_SHOWN),
            "deep": _DEEP,
        }
        file = Path(folder) / "job.json"
        for name, engine, embedder, _ in ROWS:
            file.write_text(json.dumps({**job, "answers": embedder == "adapted"}), encoding="utf-8")
            everyone[name] = measure(engine, embedder, file)
            print(f"{name}: {everyone[name].indexed:.1f} s to index", file=sys.stderr, flush=True)
    answers = everyone[ROWS[0][0]].answers
    said = [
        f"{told.title}{len(golds)} questions that the plans answer, {len(job['files'])} documents. {machine()};"
        f" load {os.getloadavg()[0]:.1f}.",
        report(golds, everyone),
        *([answers_report(answers)] if answers else []),
    ]
    print("\n\n".join(said))
    if told.into:
        picture = told.into.with_name("peers.svg")
        drawn = {
            name: [recall(golds, [texts[:k] for texts in everyone[name].found]) for k in _SHOWN]
            for name, _, _, shown in ROWS
            if shown
        }
        picture.write_text(lines_svg("Evidence found in the first k texts, %", _SHOWN, drawn), encoding="utf-8")
        alt = "Recall of the evidence by how many texts are looked at"
        put_into(told.into, "peers", "\n\n".join([*said, f"![{alt}]({picture.name})"]))


def _answerable(file: Path) -> tuple[list[Gold], list[dict[str, Any]]]:
    """The questions of a file that the plans answer, read and as they stand."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    both = [(gold, json.loads(line)) for (gold, _), line in zip(read_questions(file), lines, strict=True)]
    return [gold for gold, _ in both if gold.expect], [line for gold, line in both if gold.expect]


def _documents(files: Sequence[Path], folder: Path) -> dict[str, dict[str, str]]:
    """Documents for a job: by name, each itself, and where the text extracted from it was put."""
    texts: dict[str, str] = {}
    for n, file in enumerate(files):
        text = folder / f"{n}.txt"
        text.write_text(read_plan(file, file.name).text, encoding="utf-8")
        texts[file.name] = str(text)
    return {"texts": texts, "files": {file.name: str(file.absolute()) for file in files}}


if __name__ == "__main__":
    main()
