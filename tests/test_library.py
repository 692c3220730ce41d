"""The plans that can be asked: listed as they are stored, made ready once, forgotten when others are asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import insert

from ingest.plan import Description, Origin, Passage, Plan
from ingest.source import Span
from retrieval.store import schema
from retrieval.store.index import Index, UnknownDocument
from retrieval.store.library import IndexLibrary


def plan(text: str = "Kajerna sopas varje vecka.", organisation: str | None = "Fiskhamnen") -> Plan:
    whole = Origin(None, (Span(0, len(text)),))
    return Plan(Description("En plan", organisation), text, passages=(Passage(text, whole),))


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    index = Index(f"sqlite:///{tmp_path / 'plans.db'}")
    yield index
    index.close()


class Clock:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def names(library: IndexLibrary) -> list[str]:
    return [known.name for known in library.known()]


def test_known(index: Index) -> None:
    """A document is known by its id, its name as stored and its description."""
    id_ = index.store("2031/plan.txt", plan(), "d")
    (known,) = IndexLibrary(index).known()
    assert (known.id, known.name, known.description) == (id_, "2031/plan.txt", plan().description)


def test_changes_are_seen(index: Index) -> None:
    """What is stored, stored anew or removed meanwhile is seen after a moment, and not looked for before."""
    clock = Clock()
    library = IndexLibrary(index, fresh=2.0, clock=clock)
    assert names(library) == []
    index.store("a.txt", plan(), "d")
    clock.now = 1.9
    assert names(library) == []
    clock.now = 2.0
    assert names(library) == ["a.txt"]
    first = library.known()[0].id
    index.store("a.txt", plan("Kajerna sopas varje dag."), "e")
    clock.now = 4.0
    (again,) = library.known()
    assert again.id != first
    assert "dag" in library.searchable(again.id).plan.text
    index.remove("a.txt")
    clock.now = 6.0
    assert names(library) == []


def test_unchanged_is_not_read_again(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list is read again only when it changed."""
    index.store("a.txt", plan(), "d")
    clock = Clock()
    library = IndexLibrary(index, clock=clock)
    known = library.known()
    monkeypatch.setattr(index, "documents", lambda: pytest.fail("read again"))
    clock.now = 9.0
    assert library.known() is known


def test_one_spelling(index: Index) -> None:
    """An organisation whose name lost its diacritics in a file name is the same as one that has them."""
    index.store("a.txt", plan(organisation="Osterangen"), "d")
    index.store("b.txt", plan(organisation="Österängen"), "d")
    index.store("c.txt", plan(organisation=None), "d")
    known = IndexLibrary(index).known()
    assert [each.description.organisation for each in known] == ["Österängen", "Österängen", None]


def test_made_ready_once(index: Index) -> None:
    """A plan is made ready when it is first asked and kept."""
    id_ = index.store("a.txt", plan(), "d")
    library = IndexLibrary(index)
    assert library.searchable(id_) is library.searchable(id_)
    assert library.loaded == 1


def test_threads_wait_for_one(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads that ask for the same plan at once get the same, made ready by one of them."""
    id_ = index.store("a.txt", plan(), "d")
    read, read_plan = threading.Semaphore(0), index.plan

    def slow(document: int) -> Plan:
        read.release()
        time.sleep(0.05)
        return read_plan(document)

    monkeypatch.setattr(index, "plan", slow)
    library = IndexLibrary(index)
    with ThreadPoolExecutor(8) as pool:
        found = set(map(id, pool.map(library.searchable, [id_] * 8)))
    assert len(found) == 1
    assert read.acquire(blocking=False)
    assert not read.acquire(blocking=False)


def test_room(index: Index) -> None:
    """Those asked longest ago make room, and the last one asked stays however large it is."""
    ids = [index.store(f"{n}.txt", plan(), "d") for n in range(3)]
    large = index.store("large.txt", plan("Kajen sopas. Bryggan målas. Fyren lyser. Hamnen är djup."), "d")
    library = IndexLibrary(index, room=2)
    first, second = (library.searchable(id_) for id_ in ids[:2])
    assert library.searchable(ids[0]) is first
    library.searchable(ids[2])  # the second was asked longest ago
    assert library.searchable(ids[0]) is first
    assert library.searchable(ids[1]) is not second
    kept = library.searchable(large)
    assert len(kept.entries) > 2
    assert library.searchable(large) is kept


def test_gone(index: Index) -> None:
    """A document that was removed is unknown, what was read of it is forgotten, and the list is read again at once."""
    clock = Clock()
    library = IndexLibrary(index, clock=clock)
    first, second = (index.store(name, plan(), "d") for name in ("a.txt", "b.txt"))
    assert names(library) == ["a.txt", "b.txt"]
    library.searchable(first)
    index.remove("a.txt")
    index.remove("b.txt")
    with pytest.raises(UnknownDocument):
        library.searchable(second)
    assert names(library) == []
    with pytest.raises(UnknownDocument):
        library.searchable(first)


def test_failure_is_not_kept(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan that could not be read is tried again the next time."""
    id_ = index.store("a.txt", plan(), "d")
    library, read_plan = IndexLibrary(index), index.plan
    monkeypatch.setattr(index, "plan", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        library.searchable(id_)
    monkeypatch.setattr(index, "plan", read_plan)
    assert library.searchable(id_).plan.text == plan().text


def test_a_thousand(index: Index) -> None:
    """With a thousand plans stored, to know them takes a few milliseconds, looking for changes included."""
    columns: dict[str, object] = dict.fromkeys(("digest", "reader", "title"), "x") | {
        "said": {},
        "counts": {},
        "notes": [],
    }
    large = "Kajerna sopas varje vecka. " * 400
    rows = [
        columns | {"name": f"{n}.txt", "revision": str(n), "organisation": f"Ort {n}", "text": large}
        for n in range(1000)
    ]
    with index.write() as connection:
        connection.execute(insert(schema.documents), rows)
    library = IndexLibrary(index, fresh=0.0)
    assert len(library.known()) == 1000
    times = []
    for _ in range(20):
        started = time.perf_counter()
        library.known()
        times.append(time.perf_counter() - started)
    assert min(times) < 0.005
