"""The tables a plan is kept in, alike on SQLite and PostgreSQL.

What belongs to a document is keyed by its `id` and its `position` in reading order, and goes when the document goes.
Columns are named and ordered as the fields of the plan's own types, an origin being its section and spans ([start, end]
each) and a span its start and end. A change to a table is also a new function in `migrations.py`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Date,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

metadata = MetaData()


class Exact(TypeDecorator[Decimal]):
    """A decimal kept as its digits: SQLite would make it a binary fraction."""

    impl = String(64)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


def _part(name: str, *columns: Column[Any], key: tuple[str, ...] = ("position",)) -> Table:
    """A table whose rows belong to a document, clustered so that a plan is read in one sweep."""
    owner: Column[int] = Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    keys = (Column(part, Integer, primary_key=True, autoincrement=False) for part in key)
    return Table(name, metadata, owner, *keys, *columns, sqlite_with_rowid=False)


def _origin() -> tuple[Column[Any], Column[Any]]:
    return Column("section", Integer), Column("spans", JSON, nullable=False)


# `id` is new each time a document is stored and never used again, so that whatever was read under one id stays true
# of it; `revision` says the same across databases, for Chroma, which outlives them.
documents = Table(
    "documents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("revision", String(32), nullable=False, unique=True),
    Column("digest", String(64), nullable=False),
    Column("reader", String(64), nullable=False),
    Column("said", JSON, nullable=False),
    Column("title", Text, nullable=False),
    Column("organisation", Text),
    Column("unit", Text),
    Column("kind", Text),
    Column("start", Date),
    Column("end", Date),
    Column("status", String(16)),
    Column("decided", Date),
    Column("reference", Text),
    Column("counts", JSON, nullable=False),
    Column("notes", JSON, nullable=False),
    Column("embedder", Text),
    Column("embedded", Integer, nullable=False, default=0),
    Column("text", Text, nullable=False),
    sqlite_autoincrement=True,
)

pages = _part(
    "pages",
    Column("number", Integer),
    Column("label", Text),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)

sections = _part(
    "sections",
    Column("title", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("level", Integer, nullable=False),
    Column("parent", Integer),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)

passages = _part("passages", Column("text", Text, nullable=False), *_origin())

indicators = _part(
    "indicators",
    Column("name", Text, nullable=False),
    Column("target", Text),
    Column("council_target", Text),
    Column("period", Text),
    Column("comment", Text),
    *_origin(),
    Column("outcomes", JSON, nullable=False, server_default="[]"),
)

activities = _part(
    "activities",
    Column("text", Text, nullable=False),
    Column("responsible", JSON, nullable=False),
    Column("start", Date),
    Column("end", Date),
    *_origin(),
)

table_rows = _part(
    "table_rows",
    Column("kind", String(16), nullable=False),
    Column("table", Text, nullable=False),
    Column("row", Text, nullable=False),
    Column("parent", Text),
    *_origin(),
)

table_cells = _part(
    "table_cells",
    Column("column", Text, nullable=False),
    Column("year", Integer),
    Column("unit", Text),
    Column("written", Text),
    Column("number", Exact),
    Column("start", Integer),
    Column("end", Integer),
    key=("position", "place"),
)

unplaced = _part(
    "unplaced",
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("reason", Text, nullable=False),
)

PARTS = (pages, sections, passages, indicators, activities, table_rows, table_cells, unplaced)

# Vectors as 16-bit floats, by what was embedded and with what, so that text seen before is not embedded again. They
# outlive their document until its successor is embedded; hence no foreign key.
vectors = Table(
    "vectors",
    metadata,
    Column("document_id", Integer, primary_key=True, autoincrement=False),
    Column("embedder", String(200), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("vector", LargeBinary, nullable=False),
    Index("vectors_by_text", "embedder", "digest"),
    sqlite_with_rowid=False,
)

schema_version = Table(
    "schema_version",
    metadata,
    Column("migration", String(100), primary_key=True),
)
