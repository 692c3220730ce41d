"""The same answers on every database: SQLite beside the command, or a PostgreSQL server."""

from __future__ import annotations

import json
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from conftest import SAMPLES, Command
from databases import PostgreSQL
from sqlalchemy import select

from bot.build import build_index, build_vectors
from bot.settings import read_settings
from retrieval.store import schema
from retrieval.store.index import Index

PLANS = sorted(SAMPLES.glob("*.txt"))


@pytest.fixture
def asked(plansvar: Command, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is to be asked: every sample question, as lines of a batch."""
    monkeypatch.setenv("PLANSVAR_TODAY", "2026-03-01")
    monkeypatch.setenv("PLANSVAR_ORGANISATION", "Norrsjö")
    return [
        line
        for name in ("questions.jsonl", "questions-frozen.jsonl")
        for line in (SAMPLES / name).read_text(encoding="utf-8").splitlines()
    ]


def answers(plansvar: Command, file: Path) -> list[dict[str, Any]]:
    """The answers to a batch, without how long they took."""
    ran = plansvar("ask", "--batch", file)
    assert ran.code == 0, ran.err
    return [json.loads(line) | {"seconds": None} for line in ran.out.splitlines()]


@pytest.mark.slow
def test_same_answers(
    plansvar: Command, asked: list[str], postgresql: PostgreSQL, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Every sample question has the same answer on SQLite and on PostgreSQL, by words and by meaning alike."""
    batch = tmp_path / "batch.jsonl"
    batch.write_text("\n".join(asked), encoding="utf-8")
    found: dict[str, list[list[dict[str, Any]]]] = {}
    made: Index | None = None
    opened = ExitStack()
    for kind in ("sqlite", "postgresql"):
        if kind == "postgresql":
            monkeypatch.setenv("PLANSVAR_DATABASE_URL", postgresql.database())
        # Stored in another order, so that nothing leans on it.
        assert plansvar("ingest", "--no-embed", *(PLANS if kind == "sqlite" else PLANS[::-1])).code == 0
        by_words = answers(plansvar, batch)
        index = opened.enter_context(closing(build_index(read_settings())))
        if made is None:
            assert plansvar("embed").code == 0
            made = index
        else:
            copy(made, index)
        found[kind] = [by_words, answers(plansvar, batch)]
    opened.close()
    opened.close()
    by_words, by_meaning = found["sqlite"]
    assert len(by_words) == len(by_meaning) == len(asked)
    assert by_words != by_meaning
    assert found["sqlite"] == found["postgresql"]


def copy(made: Index, index: Index) -> None:
    """Give the plans of an index the vectors that the same plans have in another: they need not be made twice."""
    settings = read_settings()
    vectors = build_vectors(settings, index)
    assert vectors is not None
    for document in index.documents():
        mine = schema.vectors.c.document_id == made.document(document.name).id
        with made.read() as connection:
            kept = connection.execute(select(schema.vectors.c.digest, schema.vectors.c.vector).where(mine))
            index.keep_vectors(document.id, settings.embedder_name, {row.digest: row.vector for row in kept})
        vectors.embed(document)
