"""Plans are stored whole, read back equal, and replaced or removed without a trace."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, func, inspect, select, text

from ingest.plan import (
    Activity,
    Description,
    Indicator,
    Origin,
    Passage,
    Period,
    Plan,
    Section,
    TableCell,
    TableRow,
    Unplaced,
)
from ingest.source import Page, Span
from retrieval.store import schema
from retrieval.store.index import Index, UnknownDocument, told
from retrieval.store.migrations import migrate

EMPTY = Plan(Description("Plan"), "")


@pytest.fixture
def index(database: str) -> Iterator[Index]:
    index = Index(database)
    yield index
    index.close()


def wide(units: int = 3) -> Plan:
    """A plan with every kind of part, split spans, empty cells and exact numbers."""
    text = "Fiskhamnens verksamhetsplan. " * 40
    here = Origin(1, (Span(3, 9),))
    split = Origin(None, (Span(3, 9), Span(20, 31)))
    cells = (
        TableCell("VP 2031", 2031, "mnkr", "12,50", Decimal("12.50"), Span(4, 9)),
        TableCell("VB 2029", 2029, None, None, None, None),
        TableCell("Andel", None, "%", "0,1", Decimal("0.1"), Span(9, 12)),
    )
    return Plan(
        Description(
            "Verksamhetsplan",
            "Fiskhamnens nämnd",
            "Kajenheten",
            "verksamhetsplan",
            Period(date(2031, 1, 1), date(2031, 6, 30)),
            "adopted",
            date(2030, 12, 5),
            "FHN 2030/17",
        ),
        text,
        (Page(1, None, 0, 500), Page(None, "ii", 500, len(text))),
        (Section("Inledning", "", "", 1, None, Span(0, 2)), Section("Rena kajer", "Nämndmål", "1.2", 2, 0, Span(3, 5))),
        tuple(Passage(f"Stycke {n} om tång", split if n % 2 else here) for n in range(units)),
        (Indicator("Andel rena kajer", "98 %", None, "Tertial", "Mäts vid ebb", split),),
        (
            Activity("Sopa kajen", ("Kajenheten", "Hamnkontoret"), date(2031, 3, 1), None, here),
            Activity("", (), None, None, here),
        ),
        (
            TableRow("budget", "Budget", "Kajer", "Drift", cells, split),
            TableRow("rows", "Kajer", "Norra", None, (), here),
            TableRow("rows", "Kajer", "Södra", None, cells[:1], here),
        ),
        (Unplaced(Span(40, 44), "no column"),),
        ("Two pages have no text.",),
    )


# No reader gives NUL, which PostgreSQL has no place for.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
spans = st.builds(Span, st.integers(0, 10**6), st.integers(0, 10**6))
origins = st.builds(Origin, st.none() | st.integers(0, 99), st.lists(spans, max_size=3).map(tuple))
numbers = st.none() | st.decimals(allow_nan=False, allow_infinity=False)
years = st.none() | st.integers(1900, 2100)
cells = st.builds(TableCell, texts, years, st.none() | texts, st.none() | texts, numbers, st.none() | spans)
rows = st.builds(
    TableRow,
    st.sampled_from(["budget", "rows"]),
    texts,
    texts,
    st.none() | texts,
    st.lists(cells, max_size=3).map(tuple),
    origins,
)
activities = st.builds(
    Activity,
    texts,
    st.lists(texts, max_size=2).map(tuple),
    st.none() | st.dates(),
    st.none() | st.dates(),
    origins,
)
plans = st.builds(
    Plan,
    st.builds(Description, texts, st.none() | texts, period=st.none() | st.builds(Period, st.dates(), st.dates())),
    texts,
    rows=st.lists(rows, max_size=4).map(tuple),
    activities=st.lists(activities, max_size=3).map(tuple),
    passages=st.lists(st.builds(Passage, texts, origins), max_size=4).map(tuple),
    notes=st.lists(texts, max_size=2).map(tuple),
)


def test_round_trip(index: Index) -> None:
    """A stored plan comes back equal, numbers with the digits they were written with."""
    plan = wide()
    again = index.plan(index.store("plan.txt", plan, "d"))
    assert again == plan
    assert [str(cell.number) for cell in again.rows[0].cells] == ["12.50", "None", "0.1"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(plan=plans)
def test_round_trip_of_any_plan(index: Index, plan: Plan) -> None:
    """Whatever a plan holds, it comes back equal."""
    assert index.plan(index.store("plan.txt", plan, "d")) == plan


def test_listed(index: Index) -> None:
    """A document is listed with its description, counts, digest and what the user said of it."""
    index.store("b.txt", wide(), "d", reader="r1", said={"unit": "Kajenheten"})
    index.store("a.txt", EMPTY, "e")
    first, second = index.documents()
    assert (first.name, first.counts.units, second.name) == ("a.txt", 0, "b.txt")
    assert second == index.document("b.txt")
    assert second.description == wide().description
    counts = second.counts
    assert (counts.pages, counts.sections, counts.passages, counts.indicators) == (1, 2, 3, 1)
    assert (counts.activities, counts.budget, counts.rows, counts.unplaced, counts.units) == (2, 1, 2, 1, 9)
    assert (second.digest, second.reader, second.said, second.notes) == (
        "d",
        "r1",
        {"unit": "Kajenheten"},
        wide().notes,
    )
    assert index.digest("b.txt") == "d"
    assert index.text("b.txt") == wide().text


def test_replaced(index: Index) -> None:
    """A newer version takes the place of the older, under a new id, and leaves nothing of it."""
    old = index.store("plan.txt", wide(), "d")
    new = index.store("plan.txt", EMPTY, "e")
    assert new != old
    assert [document.id for document in index.documents()] == [new]
    with pytest.raises(UnknownDocument):
        index.plan(old)
    with index.read() as connection:
        assert [connection.scalar(select(func.count()).select_from(table)) for table in schema.PARTS] == [0] * 8


def test_ids_are_never_used_again(index: Index) -> None:
    """A plan read under an id is never another plan later, even when the newest document is removed."""
    old = index.store("plan.txt", EMPTY, "d")
    index.remove("plan.txt")
    assert index.store("plan.txt", EMPTY, "d") > old


def test_removed(index: Index) -> None:
    """A removed document takes its parts and its vectors along."""
    id_ = index.store("plan.txt", wide(), "d")
    index.keep_vectors(id_, "model", {"x": b"1"})
    index.remove("plan.txt")
    assert index.documents() == []
    with index.read() as connection:
        tables = (*schema.PARTS, schema.vectors)
        assert [connection.scalar(select(func.count()).select_from(table)) for table in tables] == [0] * 9


def test_unknown(index: Index) -> None:
    """What isn't stored is refused by name, or has no digest."""
    assert index.digest("plan.txt") is None
    for ask in (index.remove, index.text, index.document):
        with pytest.raises(UnknownDocument, match=r"plan\.txt"):
            ask("plan.txt")


def test_described(index: Index) -> None:
    """What the user says of a document replaces what was read, and the rest stays."""
    index.store("plan.txt", wide(), "d", said={"unit": "Kajen"})
    index.describe("plan.txt", organisation="Hamnnämnden", year="2032")
    document = index.document("plan.txt")
    assert document.said == {"unit": "Kajen", "organisation": "Hamnnämnden", "year": "2032"}
    assert (document.description.organisation, str(document.description.period)) == ("Hamnnämnden", "2032")
    assert document.description.reference == wide().description.reference
    assert index.plan(document.id).passages == wide().passages


def test_said_year_keeps_days_within_it() -> None:
    """A plan for half a year stays one when the user names the year."""
    assert told(wide(), {"year": "2031"}) == wide()


def test_vectors_are_kept_until_forgotten(index: Index) -> None:
    """The vectors of an older version serve its successor, by text and embedder, until they are forgotten."""
    old = index.store("plan.txt", wide(), "d")
    index.keep_vectors(old, "model", {"x": b"1", "y": b"2"})
    index.keep_vectors(old, "model", {"x": b"1"})
    new = index.store("plan.txt", wide(), "e")
    assert index.vectors("model", ["x", "z"]) == {"x": b"1"}
    assert index.vectors("other", ["x"]) == {}
    index.keep_vectors(new, "model", {"x": b"1"})
    index.forget_vectors()
    assert index.vectors("model", ["x", "y"]) == {"x": b"1"}


def test_vectors_of_a_document(index: Index) -> None:
    """A document's own vectors are read by themselves, and what many documents have the same of is found once."""
    ids = [index.store(f"{n}.txt", wide(), "d") for n in range(3)]
    for id_ in ids:
        index.keep_vectors(id_, "model", {"x": b"1", f"of {id_}": b"2"})
        index.keep_vectors(id_, "other", {"x": b"3"})
    assert index.vectors_of(ids[1], "model") == {"x": b"1", f"of {ids[1]}": b"2"}
    assert index.vectors_of(max(ids) + 1, "model") == {}
    wanted = ["x", *(f"of {id_}" for id_ in ids)]
    assert index.vectors("model", wanted) == dict.fromkeys(wanted, b"2") | {"x": b"1"}


def test_embedded(index: Index) -> None:
    """A document is embedded when all its units are, with the embedder asked about."""
    id_ = index.store("plan.txt", wide(), "d")
    assert not index.document("plan.txt").is_embedded("model")
    index.mark_embedded(id_, "model", 9)
    assert index.document("plan.txt").is_embedded("model")
    assert not index.document("plan.txt").is_embedded("other")


def test_88_pages_are_read_fast(index: Index) -> None:
    """A plan of some 1,500 passages and facts is read back in well under a tenth of a second of the processor."""
    plan = wide(900)
    plan = Plan(plan.description, plan.text, plan.pages, plan.sections * 100, plan.passages, rows=plan.rows * 200)
    id_ = index.store("plan.txt", plan, "d")
    seconds = []
    for _ in range(5):
        start = time.process_time()
        index.plan(id_)
        seconds.append(time.process_time() - start)
    assert min(seconds) < 0.1


def _store_many(database: str, who: int) -> None:
    index = Index(database)
    for n in range(10):
        index.store("shared.txt", wide(n), f"{who}-{n}")
        index.store(f"{who}.txt", wide(n), f"{n}")


def test_processes_at_once(database: str) -> None:
    """Processes that open a new database and store at the same moment wait for each other and lose nothing."""
    processes = multiprocessing.get_context("spawn")
    workers = [processes.Process(target=_store_many, args=(database, who)) for who in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    index = Index(database)
    documents = index.documents()
    assert [document.name for document in documents] == ["0.txt", "1.txt", "2.txt", "shared.txt"]
    assert all(index.plan(document.id) == wide(9) for document in documents)
    index.close()


def test_older_tables_get_the_columns_of_today() -> None:
    """A database made before outcomes were kept gets their column, and its indicators have none."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        migrate(connection)
        connection.execute(text("ALTER TABLE indicators DROP COLUMN outcomes"))
        connection.execute(text("DELETE FROM schema_version WHERE migration = 'm002_outcomes_of_indicators'"))
        migrate(connection)
        assert "outcomes" in {column["name"] for column in inspect(connection).get_columns("indicators")}
