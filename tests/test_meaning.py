"""Likeness in meaning: asked of the vectors where they are all there, done without where they aren't."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.plan import Description, Origin, Passage, Plan
from ingest.source import Span
from retrieval.store.embed import EmbedderUnavailable
from retrieval.store.index import Index
from retrieval.store.meaning import Floats, Meaning
from retrieval.store.units import entries_of
from retrieval.store.vectors import Vectors

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
    text, passages = "", list[Passage]()
    for thing in things:
        passages.append(Passage(thing, Origin(None, (Span(len(text), len(text) + len(thing)),))))
        text += f"{thing}\n"
    return Plan(Description("Plan"), text, passages=tuple(passages))


def likeness(index: Index, letters: Letters, text: str, name: str = "plan.txt") -> list[float] | None:
    """How alike the entries of a document are to a text, asked anew."""
    found = alike(Meaning(index, letters), index, text, name)
    return None if found is None else [float(value) for value in found]


def alike(meaning: Meaning, index: Index, text: str, name: str = "plan.txt") -> Floats | None:
    id_ = index.document(name).id
    return meaning(id_, entries_of(index.plan(id_)), text)


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


def test_every_entry_is_compared(index: Index, vectors: Vectors, letters: Letters) -> None:
    """Each entry gets its cosine similarity, and what says the same has the highest."""
    vectors.add(index.document("plan.txt"))
    found = likeness(index, letters, "Kajen ska sopas")
    assert found is not None
    assert len(found) == len(THINGS)
    assert max(found) == found[1] == pytest.approx(1.0, abs=1e-3)


def test_a_question_is_embedded_once(index: Index, vectors: Vectors, letters: Letters) -> None:
    """The same question put to several plans costs one embedding."""
    index.store("other.txt", plan("Hamnen ska grävas", "Kajen ska rivas"), "e")
    for name in ("plan.txt", "other.txt"):
        vectors.add(index.document(name))
    meaning = Meaning(index, letters)
    assert all(alike(meaning, index, "Kajen", name) is not None for name in ("plan.txt", "other.txt"))
    assert letters.asked == ["Kajen"]


def test_room(index: Index, vectors: Vectors, letters: Letters) -> None:
    """Of more vectors than there is room for, those asked longest ago are read again when they are wanted."""
    index.store("other.txt", plan("Hamnen ska grävas", "Kajen ska rivas"), "e")
    for name in ("plan.txt", "other.txt"):
        vectors.add(index.document(name))
    meaning = Meaning(index, letters, room=3)
    for name in ("plan.txt", "other.txt", "plan.txt"):
        assert alike(meaning, index, "Kajen", name) is not None
        assert list(meaning._ready) == [index.document(name).id]


def test_no_vectors_yet(index: Index, vectors: Vectors, letters: Letters) -> None:
    """A document that is not embedded is like nothing, costs no embedding, and is asked as soon as it is."""
    meaning = Meaning(index, letters)
    assert alike(meaning, index, "Kajen") is None
    assert letters.asked == []
    vectors.add(index.document("plan.txt"))
    assert alike(meaning, index, "Kajen") is not None


def test_chroma_need_not_be_there(index: Index, vectors: Vectors, letters: Letters, tmp_path: Path) -> None:
    """What was embedded once is compared with, whatever became of Chroma."""
    vectors.add(index.document("plan.txt"))
    shutil.rmtree(tmp_path / "chroma")
    assert likeness(index, letters, "Kajen ska sopas") is not None


def test_embedded_by_another(index: Index, vectors: Vectors) -> None:
    """Vectors that another embedder made are not compared with."""
    vectors.add(index.document("plan.txt"))
    other = Letters()
    other.name = "other letters"
    assert likeness(index, other, "Kajen") is None


def test_unknown_document(index: Index, letters: Letters) -> None:
    """A document that is gone is like nothing."""
    assert Meaning(index, letters)(4711, entries_of(plan(*THINGS)), "Kajen") is None


def test_embedder_down(index: Index, vectors: Vectors, letters: Letters, caplog: pytest.LogCaptureFixture) -> None:
    """An embedder that can't be reached costs no answer: words alone rank, and the log says why."""
    vectors.add(index.document("plan.txt"))
    letters.down = True
    meaning = Meaning(index, letters)
    with caplog.at_level(logging.WARNING):
        assert alike(meaning, index, "Kajen") is None
    assert "gone fishing" in caplog.text
    letters.down = False
    assert alike(meaning, index, "Kajen") is not None
