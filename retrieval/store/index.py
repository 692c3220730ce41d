"""Where plans are kept: documents, outline, prose and typed facts in SQL, which is the truth.

A document is stored whole or not at all, by any number of processes at once.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from itertools import groupby, starmap
from typing import Any
from uuid import uuid4

from sqlalchemy import URL, Connection, Engine, Row, Table, create_engine, delete, event, func, insert, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from ingest.plan import (
    Activity,
    Description,
    Indicator,
    Origin,
    Outcome,
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
from retrieval.store.alone import alone, in_turn
from retrieval.store.migrations import migrate

Part = Page | Section | Passage | Indicator | Activity | TableRow | TableCell | Unplaced

# What is raised while the database can't be reached. Its message may hold what was asked, so it is not for a log.
AWAY = (OperationalError, InterfaceError, NoConnection)

SYNCHRONOUS = "NORMAL"  # when SQLite waits for the disk: a kill takes nothing, a power cut maybe the last moments
_BATCH = 500  # values in one IN list: every database takes that many
# Of a connection to PostgreSQL, where the URL says nothing else: a server that is gone without a word is noticed within
# seconds, since somebody waits for an answer.
_NOTICING = {
    "connect_timeout": "3",
    "keepalives_idle": "20",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
    "application_name": "plansvar",
}


class UnknownDocument(KeyError):
    """No such document is stored (any more); the argument is the name or id asked for."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of each kind a document holds; `pages` are those whose number is known."""

    pages: int = 0
    sections: int = 0
    passages: int = 0
    indicators: int = 0
    activities: int = 0
    budget: int = 0
    rows: int = 0
    unplaced: int = 0

    @property
    def units(self) -> int:
        """What a search can find: passages and facts, as `units_of` cuts them."""
        return self.passages + self.indicators + self.activities + self.budget + self.rows


@dataclass(frozen=True, slots=True)
class Document:
    """A stored document without its content.

    `name` is what the contract calls `document`. `id` and `revision` are new each time it is stored and never used
    again: what was read under them stays true of them. `digest` is of the file's bytes, `reader` the version of the
    reading code, `said` what the user said of those bytes (as `told` takes it).
    `embedded` units have vectors made by `embedder`.
    """

    id: int
    name: str
    revision: str
    digest: str
    reader: str
    description: Description
    counts: Counts
    said: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    embedder: str | None = None
    embedded: int = 0

    def is_embedded(self, embedder: str) -> bool:
        """Whether every unit has its vector made by that embedder."""
        return self.embedder == embedder and self.embedded >= self.counts.units


class Index:
    """Plans in a database. `url` is SQLAlchemy's: "sqlite:///…/plans.db" (WAL mode) or "postgresql+psycopg://…".

    While the database can't be reached, whatever is asked of it raises one of `AWAY`; it is reached again by itself.
    """

    def __init__(self, url: URL | str) -> None:
        self.engine = _engine(url)
        with self.write() as connection:
            migrate(connection)

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection to read with."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that others wait for: all of it or, on an exception or a kill, nothing."""
        with self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection

    @contextmanager
    def alone(self, work: str, wait: Callable[[], None] | None = None) -> Iterator[bool]:
        """While this lasts, no other process does the same work on these plans: True, or False where one does.

        With `wait`, that is called where another is at work, and then waited for; it gives True in the end.
        """
        with alone(self.engine, work, wait) as mine:
            yield mine

    def store(
        self, name: str, plan: Plan, digest: str, *, reader: str = "", said: Mapping[str, str] | None = None
    ) -> int:
        """Keep a plan under its document's name instead of any older version of it; returns its id."""
        row = {
            "name": name,
            "revision": uuid4().hex,
            "digest": digest,
            "reader": reader,
            "said": dict(said or {}),
            **_described(plan.description),
            "counts": asdict(_count(plan)),
            "notes": list(plan.notes),
            "embedded": 0,
            "text": plan.text,
        }
        with self.write() as connection:
            in_turn(connection, "store")  # so that ids come into sight in the order in which they are given
            connection.execute(delete(schema.documents).where(schema.documents.c.name == row["name"]))
            result = connection.execute(insert(schema.documents), row)
            id_ = int(result.inserted_primary_key.id)  # type: ignore[union-attr]
            for table, parts in _parts(plan).items():
                if parts:
                    connection.execute(insert(table), [{"document_id": id_, **part} for part in parts])
        return id_

    def remove(self, name: str) -> None:
        """Forget a document and everything made from it in this database."""
        with self.write() as connection:
            id_ = connection.scalar(select(schema.documents.c.id).where(schema.documents.c.name == name))
            if id_ is None:
                raise UnknownDocument(name)
            connection.execute(delete(schema.documents).where(schema.documents.c.id == id_))
            connection.execute(delete(schema.vectors).where(schema.vectors.c.document_id == id_))

    def describe(self, name: str, **said: str) -> int:
        """Put what the user says of a document in place of what was read, as `told` does; returns its new id."""
        document = self.document(name)
        plan = told(self.plan(document.id), said)
        return self.store(name, plan, document.digest, reader=document.reader, said={**document.said, **said})

    def documents(self) -> list[Document]:
        """What is stored, by name, in the same order whatever the database's own is."""
        columns = [column for column in schema.documents.c if column.name != "text"]
        with self.read() as connection:
            found = [_document(row) for row in connection.execute(select(*columns))]
        return sorted(found, key=lambda document: document.name)

    def document(self, name: str) -> Document:
        columns = [column for column in schema.documents.c if column.name != "text"]
        with self.read() as connection:
            row = connection.execute(select(*columns).where(schema.documents.c.name == name)).one_or_none()
        if row is None:
            raise UnknownDocument(name)
        return _document(row)

    def text(self, name: str) -> str:
        """The stored source text, as extracted: what quotes are cut from."""
        with self.read() as connection:
            text = connection.scalar(select(schema.documents.c.text).where(schema.documents.c.name == name))
        if text is None:
            raise UnknownDocument(name)
        return str(text)

    def digest(self, name: str) -> str | None:
        """The digest of the file as stored, None where there is none."""
        with self.read() as connection:
            return connection.scalar(select(schema.documents.c.digest).where(schema.documents.c.name == name))

    def plan(self, id_: int) -> Plan:
        """The plan stored under an id, equal to the one stored.

        The document's own row is read last: parts go with it in one transaction and are never changed, so while it is
        there nothing read before it was missing, whatever others store meanwhile.
        """
        with self.read() as connection:
            rows = {table: _rows(connection, table, id_) for table in schema.PARTS}
            found = connection.execute(select(schema.documents).where(schema.documents.c.id == id_)).one_or_none()
        if found is None:
            raise UnknownDocument(id_)
        cells = {
            position: tuple(map(_cell, group))
            for position, group in groupby(rows[schema.table_cells], key=lambda cell: cell.position)
        }
        return Plan(
            description=_description(found),
            text=found.text,
            pages=tuple(Page(number, label, start, end) for _, number, label, start, end in rows[schema.pages]),
            sections=tuple(
                Section(title, label, number, level, parent, Span(start, end))
                for _, title, label, number, level, parent, start, end in rows[schema.sections]
            ),
            passages=tuple(Passage(text, _origin(section, spans)) for _, text, section, spans in rows[schema.passages]),
            indicators=tuple(
                Indicator(
                    name, own, councils, period, comment, _origin(section, spans), tuple(starmap(Outcome, outcomes))
                )
                for _, name, own, councils, period, comment, section, spans, outcomes in rows[schema.indicators]
            ),
            activities=tuple(
                Activity(text, tuple(responsible), start, end, _origin(section, spans))
                for _, text, responsible, start, end, section, spans in rows[schema.activities]
            ),
            rows=tuple(
                TableRow(kind, table, row, parent, cells.get(n, ()), _origin(section, spans))
                for n, kind, table, row, parent, section, spans in rows[schema.table_rows]
            ),
            unplaced=tuple(Unplaced(Span(start, end), reason) for _, start, end, reason in rows[schema.unplaced]),
            notes=tuple(found.notes),
        )

    def is_embedded(self, id_: int, embedder: str) -> bool:
        """Whether a document is stored under an id, and each of its units has its vector made by an embedder."""
        columns = [column for column in schema.documents.c if column.name != "text"]
        with self.read() as connection:
            row = connection.execute(select(*columns).where(schema.documents.c.id == id_)).one_or_none()
        return row is not None and _document(row).is_embedded(embedder)

    def mark_embedded(self, id_: int, embedder: str, units: int) -> None:
        """Note how many of a document's units have vectors made by an embedder."""
        table = schema.documents
        with self.write() as connection:
            connection.execute(update(table).where(table.c.id == id_).values(embedder=embedder, embedded=units))

    def vectors(self, embedder: str, digests: Iterable[str]) -> dict[str, bytes]:
        """Vectors kept from before, whatever document they were made for, by the digest of the text."""
        table, wanted = schema.vectors, sorted(set(digests))
        # Plans of one family share most of their texts: of a vector that a thousand documents have one row is read.
        first = select(table.c.digest, func.min(table.c.document_id).label("document_id"))
        first = first.where(table.c.embedder == embedder).group_by(table.c.digest)
        found: dict[str, bytes] = {}
        with self.read() as connection:
            for start in range(0, len(wanted), _BATCH):
                some = first.where(table.c.digest.in_(wanted[start : start + _BATCH])).subquery()
                same = (table.c.document_id == some.c.document_id) & (table.c.digest == some.c.digest)
                query = select(table.c.digest, table.c.vector).join(some, same & (table.c.embedder == embedder))
                found.update((digest, vector) for digest, vector in connection.execute(query))
        return found

    def vectors_of(self, id_: int, embedder: str) -> dict[str, bytes]:
        """The vectors kept for a document, by the digest of the text that was embedded."""
        table = schema.vectors
        query = select(table.c.digest, table.c.vector)
        query = query.where(table.c.document_id == id_, table.c.embedder == embedder)
        with self.read() as connection:
            return {row.digest: row.vector for row in connection.execute(query)}

    def keep_vectors(self, id_: int, embedder: str, vectors: Mapping[str, bytes]) -> None:
        """Keep vectors for a document, by the digest of the text that was embedded."""
        table = schema.vectors
        mine = (table.c.document_id == id_) & (table.c.embedder == embedder)
        with self.write() as connection:
            kept = set(connection.scalars(select(table.c.digest).where(mine)))
            new = [
                {"document_id": id_, "embedder": embedder, "digest": digest, "vector": vector}
                for digest, vector in vectors.items()
                if digest not in kept
            ]
            if new:
                connection.execute(insert(table), new)

    def forget_vectors(self) -> None:
        """Forget the vectors of documents that are no longer stored: after their successors have been embedded."""
        with self.write() as connection:
            stored = select(schema.documents.c.id)
            connection.execute(delete(schema.vectors).where(schema.vectors.c.document_id.not_in(stored)))


def told(plan: Plan, said: Mapping[str, str]) -> Plan:
    """A plan with what the user says of it (field of the description → value) in place of what was read.

    "year" makes it a plan of that whole year, unless it already is of days in that year. Days are written 2026-03-31:
    "decided", and "start" with "end". What is said to be "" is not known.
    """
    changes: dict[str, object] = {key: said[key] or None for key in said.keys() - {"year", "start", "end", "decided"}}
    period = plan.description.period
    if "decided" in said:
        changes["decided"] = date.fromisoformat(said["decided"]) if said["decided"] else None
    if "start" in said and "end" in said:
        days = said["start"] and said["end"]
        changes["period"] = Period(*map(date.fromisoformat, (said["start"], said["end"]))) if days else None
    elif (year := int(said.get("year", 0))) and not (period and period.start.year <= year <= period.end.year):
        changes["period"] = Period(date(year, 1, 1), date(year, 12, 31))
    return plan.described(**changes)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Keep the journal in WAL mode: SQLite itself waits for nobody here, and two may make a new database at once."""
    for _ in range(100):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            time.sleep(0.05)
        else:
            return
    connection.execute("PRAGMA journal_mode = WAL")


def _engine(url: URL | str) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        there = make_url(url)
        return create_engine(there.update_query_dict(_NOTICING | dict(there.query)), pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": 60})

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _: object) -> None:
        connection.isolation_level = None  # the driver would begin transactions late, and not for reading at all
        connection.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
        _write_ahead(connection)
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer that began as a reader could not wait for another writer: it would have to fail.
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _rows(connection: Connection, table: Table, id_: int) -> Sequence[Any]:
    """A document's rows of one table, in order, without the document's id."""
    owner, *columns = table.c
    _, *order = table.primary_key
    return connection.execute(select(*columns).where(owner == id_).order_by(*order)).all()


def _origin(section: int | None, spans: Iterable[tuple[int, int]]) -> Origin:
    return Origin(section, tuple(Span(start, end) for start, end in spans))


def _cell(row: Any) -> TableCell:
    _position, _place, column, year, unit, written, number, start, end = row
    return TableCell(column, year, unit, written, number, None if start is None else Span(start, end))


def _parts(plan: Plan) -> dict[Table, list[dict[str, object]]]:
    """The rows of each table that a plan is made of, without the document's id."""
    whole: dict[Table, Sequence[Part]] = {
        schema.pages: plan.pages,
        schema.sections: plan.sections,
        schema.passages: plan.passages,
        schema.indicators: plan.indicators,
        schema.activities: plan.activities,
        schema.table_rows: plan.rows,
        schema.unplaced: plan.unplaced,
    }
    rows = {
        table: [{"position": n, **_columns(part)} for n, part in enumerate(parts)] for table, parts in whole.items()
    }
    rows[schema.table_cells] = [
        {"position": n, "place": place, **_columns(cell)}
        for n, row in enumerate(plan.rows)
        for place, cell in enumerate(row.cells)
    ]
    return rows


def _columns(part: Part) -> dict[str, object]:
    """A part of a plan as the columns of its table."""
    columns: dict[str, object] = {}
    for name, value in ((each.name, getattr(part, each.name)) for each in fields(part)):
        if name == "origin":
            columns["section"] = value.section
            columns["spans"] = [[span.start, span.end] for span in value.spans]
        elif name == "span":
            columns["start"], columns["end"] = (value.start, value.end) if value else (None, None)
        elif name == "outcomes":
            columns[name] = [[each.column, each.written] for each in value]
        elif name == "responsible":
            columns[name] = list(value)
        elif name != "cells":
            columns[name] = value
    return columns


def _count(plan: Plan) -> Counts:
    budget = sum(row.kind == "budget" for row in plan.rows)
    return Counts(
        pages=sum(page.number is not None for page in plan.pages),
        sections=len(plan.sections),
        passages=len(plan.passages),
        indicators=len(plan.indicators),
        activities=len(plan.activities),
        budget=budget,
        rows=len(plan.rows) - budget,
        unplaced=len(plan.unplaced),
    )


def _described(description: Description) -> dict[str, object]:
    """A description as columns."""
    columns = {each.name: getattr(description, each.name) for each in fields(description)}
    period = columns.pop("period")
    return {**columns, "start": period and period.start, "end": period and period.end}


def _description(row: Row[Any]) -> Description:
    return Description(
        title=row.title,
        organisation=row.organisation,
        unit=row.unit,
        kind=row.kind,
        period=Period(row.start, row.end) if row.start else None,
        status=row.status,
        decided=row.decided,
        reference=row.reference,
    )


def _document(row: Row[Any]) -> Document:
    return Document(
        id=row.id,
        name=row.name,
        revision=row.revision,
        digest=row.digest,
        reader=row.reader,
        description=_description(row),
        counts=Counts(**row.counts),
        said=row.said,
        notes=tuple(row.notes),
        embedder=row.embedder,
        embedded=row.embedded,
    )
