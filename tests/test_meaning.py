"""Likeness in meaning: asked of the vectors where they are all there, done without where they aren't."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.plan import Description, Origin, Passage, Plan
from ingest.source import Span
from retrieval.embed import EmbedderUnavailable
from retrieval.index import Index
from retrieval.meaning import NEIGHBOURS, Meaning
from retrieval.vectors import Vectors

THINGS = ("Båtarna ska tvättas", "Kajen ska sopas", "Fyren ska lysa", "Tången ska räfsas")


class Letters:
    """An embedder whose vector counts letters, that counts its questions, and that can be down."""

    name = "letters"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.down = False

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self._vector(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        if self.down:
            raise EmbedderUnavailable("letters: gone fishing")
        self.asked.append(text)
        return self._vector(text)

    def _vector(self, text: str) -> list[float]:
        return [0.1 + text.lower().count(letter) for letter in "abdefgiklmnorstuvyåäö"]


def plan(*things: str) -> Plan:
    return Plan(Description("Plan"), "x", passages=tuple(Passage(t, Origin(None, (Span(0, 1),))) for t in things))


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    index = Index(f"sqlite:///{tmp_path / 'plans.db'}")
    index.store("plan.txt", plan(*THINGS), "d")
    yield index
    index.close()


@pytest.fixture
def letters() -> Letters:
    return Letters()


@pytest.fixture
def vectors(index: Index, letters: Letters, tmp_path: Path) -> Vectors:
    return Vectors(index, letters, tmp_path / "chroma")


def test_most_alike_first(index: Index, vectors: Vectors, letters: Letters) -> None:
    """Units come best first with their cosine similarity, and no more of them than count."""
    vectors.add(index.document("plan.txt"))
    likeness = Meaning(index, vectors, letters)(index.document("plan.txt").id, "Kajen ska sopas")
    assert next(iter(likeness)) == "p1"
    assert likeness["p1"] == pytest.approx(1.0, abs=1e-3)
    assert list(likeness.values()) == sorted(likeness.values(), reverse=True)
    assert len(likeness) <= NEIGHBOURS


def test_a_question_is_embedded_once(index: Index, vectors: Vectors, letters: Letters) -> None:
    """The same question put to several plans costs one embedding."""
    index.store("other.txt", plan("Hamnen ska grävas", "Kajen ska rivas"), "e")
    documents = [index.document(name) for name in ("plan.txt", "other.txt")]
    for document in documents:
        vectors.add(document)
    meaning = Meaning(index, vectors, letters)
    assert [bool(meaning(document.id, "Kajen")) for document in documents] == [True, True]
    assert letters.asked == ["Kajen"]


def test_no_vectors_yet(index: Index, vectors: Vectors, letters: Letters) -> None:
    """A document that is not embedded is like nothing, costs no embedding, and is asked as soon as it is."""
    document = index.document("plan.txt")
    meaning = Meaning(index, vectors, letters)
    assert meaning(document.id, "Kajen") == {}
    assert letters.asked == []
    vectors.add(document)
    assert meaning(document.id, "Kajen")


def test_embedded_by_another(index: Index, vectors: Vectors) -> None:
    """Vectors that another embedder made are not compared with."""
    vectors.add(index.document("plan.txt"))
    other = Letters()
    other.name = "other letters"
    assert Meaning(index, vectors, other)(index.document("plan.txt").id, "Kajen") == {}


def test_unknown_document(index: Index, vectors: Vectors, letters: Letters) -> None:
    """A document that is gone is like nothing."""
    assert Meaning(index, vectors, letters)(4711, "Kajen") == {}


def test_embedder_down(index: Index, vectors: Vectors, letters: Letters, caplog: pytest.LogCaptureFixture) -> None:
    """An embedder that can't be reached costs no answer: words alone rank, and the log says why."""
    vectors.add(index.document("plan.txt"))
    letters.down = True
    meaning = Meaning(index, vectors, letters)
    with caplog.at_level(logging.WARNING):
        assert meaning(index.document("plan.txt").id, "Kajen") == {}
    assert "gone fishing" in caplog.text
    letters.down = False
    assert meaning(index.document("plan.txt").id, "Kajen")
