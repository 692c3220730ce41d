"""A short form of benchmarks/load.py: two workers keep a steady pace, and nobody is left without an answer."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path

import pytest

from benchmarks.load import serving, steady, until_ready
from benchmarks.run import percentile

QUESTIONS = Path(__file__).parents[1] / "samples" / "questions.jsonl"


@pytest.mark.slow
def test_steady_pace(tmp_path: Path, samples_database: Path) -> None:
    """Eight questions a second for ten seconds at two workers: none lost, 95 of 100 within two seconds."""
    shutil.copy(samples_database, tmp_path / "plans.db")
    questions = [json.loads(line)["question"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    with serving(tmp_path, 2, PLANSVAR_EMBEDDER="none") as workers:
        until_ready(workers.addresses)
        waited = asyncio.run(steady(workers.addresses, questions, 8.0, 10.0))
    assert (waited.lost, len(waited.whole)) == (0, 80)
    assert percentile(waited.whole, 0.95) <= 2.0, waited
