"""Who may do something that only one process at a time should: locks that a killed process sets free.

PostgreSQL's advisory locks hold among any number of machines; SQLite has one machine, and a file beside it will do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from zlib import crc32

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

_OURS = 7_526_827  # any number that is ours in the whole database server


@contextmanager
def alone(engine: Engine, work: str, wait: Callable[[], None] | None = None) -> Iterator[bool]:
    """While this lasts, no other process does the same work on the same database: True, or False where one does.

    With `wait`, that is called where another is at work, and then waited for; it gives True in the end.
    """
    locked = _in_postgresql if engine.dialect.name == "postgresql" else _beside_sqlite
    with locked(engine, work, wait) as mine:
        yield mine


def in_turn(connection: Connection, work: str) -> None:
    """Wait for other processes' transactions that do the same work; SQLite lets no two write at once anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:ours, :work)"), _key(work))


def _key(work: str) -> dict[str, int]:
    return {"ours": _OURS, "work": crc32(work.encode()) - 2**31}


@contextmanager
def _in_postgresql(engine: Engine, work: str, wait: Callable[[], None] | None) -> Iterator[bool]:
    # Of the session, not of a transaction: one that stays open for minutes would keep the server from cleaning up.
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        mine = bool(connection.scalar(text("SELECT pg_try_advisory_lock(:ours, :work)"), _key(work)))
        if not mine and wait:
            wait()
            connection.execute(text("SELECT pg_advisory_lock(:ours, :work)"), _key(work))
            mine = True
        try:
            yield mine
        finally:
            with suppress(SQLAlchemyError):  # a connection that broke has lost its locks already
                if mine:
                    connection.execute(text("SELECT pg_advisory_unlock(:ours, :work)"), _key(work))


@contextmanager
def _beside_sqlite(engine: Engine, work: str, wait: Callable[[], None] | None) -> Iterator[bool]:
    if engine.url.database in (None, "", ":memory:"):  # nobody else can open it
        yield True
        return
    lock = FileLock(f"{engine.url.database}.{work}.lock")
    try:
        lock.acquire(blocking=False)
    except Timeout:
        if not wait:
            yield False
            return
        wait()
        lock.acquire()
    try:
        yield True
    finally:
        lock.release()
