"""How an older database gets today's tables: small functions, run once each, in order.

A new database gets the tables of `schema.py` at once and counts every migration as done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Table, insert, inspect, select, text

from retrieval.store.alone import in_turn
from retrieval.store.schema import metadata, schema_version


def m001_create_tables(connection: Connection) -> None:
    metadata.create_all(connection)


def m002_outcomes_of_indicators(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE indicators ADD COLUMN outcomes JSON NOT NULL DEFAULT '[]'"))


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (m001_create_tables, m002_outcomes_of_indicators)


def migrate(
    connection: Connection,
    migrations: Sequence[Callable[[Connection], None]] = MIGRATIONS,
    version: Table = schema_version,
) -> None:
    """Bring the tables up to date, in the caller's write transaction; a second process waits, then finds it done.

    The first of `migrations` makes today's tables; `version` notes which are done.
    """
    in_turn(connection, "migrate")
    new = not inspect(connection).has_table(version.name)
    done = set() if new else set(connection.scalars(select(version.c.migration)))
    for migration in migrations:
        if migration.__name__ in done:
            continue
        if not new or migration is migrations[0]:
            migration(connection)
        connection.execute(insert(version), {"migration": migration.__name__})
