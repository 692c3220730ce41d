"""The folder of plans: what is put there is read in, by one of the processes that serve, and embedded.

A file is read when it has been the same for a while, so a half-copied one is left alone. What was made of each is kept
in SQL: a file that could not be read is told of once, and what was removed stays away until its file changes.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Column, Connection, Float, MetaData, String, Table, Text, delete, insert, select

from bot.apart import Closing, Stopped, apart
from bot.build import build_index, build_vectors
from bot.conversation import traced
from bot.ingesting import EMBED, INGEST, READER, Ingested
from bot.ingesting import embed as embed_missing
from bot.ingesting import ingest as take
from bot.logs import tell
from bot.settings import Settings
from bot.state import State
from bot.words import words
from ingest.readers.open import Found, documents_under, left_out_under
from retrieval.store.embed import EmbedderUnavailable
from retrieval.store.index import Index, UnknownDocument
from retrieval.store.migrations import migrate
from retrieval.store.vectors import VectorsUnavailable

KEEP = "keep"  # what one process at a time does, for `Index.alone`
EVERY = 2.0  # seconds between two looks
STILL = 4.0  # seconds that a file has to stay as it is
_READING = 600.0  # seconds that one file may take
_EMBEDDING = 3600.0  # seconds that embedding what is new may take
_LATER = 300.0  # seconds until embedding is tried again after it failed
log = logging.getLogger("plansvar")

metadata = MetaData()

# `mark` tells a file's content from another's without reading it.
files = Table(
    "plan_files",
    metadata,
    Column("name", Text, primary_key=True),
    Column("mark", String(100), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("trouble", Text, nullable=False),
    Column("at", Float, nullable=False),
)
version = Table("plan_files_version", metadata, Column("migration", String(100), primary_key=True))


def m001_create_tables(connection: Connection) -> None:
    metadata.create_all(connection)


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (m001_create_tables,)


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of a file of the folder when it was last read; `mark` is what it looked like then."""

    name: str
    mark: str
    outcome: str
    trouble: str
    at: float


class Files:
    """What became of the folder's files, over the database of an index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        with index.write() as connection:
            migrate(connection, MIGRATIONS, version)

    def all(self) -> dict[str, Seen]:
        """Each file by its name."""
        with self.index.read() as connection:
            return {row.name: Seen(*row) for row in connection.execute(select(files))}

    def troubles(self) -> list[Seen]:
        """The files that were not read, by name."""
        bad = (each for each in self.all().values() if each.outcome in ("failed", "left_out"))
        return sorted(bad, key=lambda each: each.name)

    def note(self, name: str, mark: str, outcome: str, trouble: str = "") -> None:
        """Keep what became of a file."""
        row = {"name": name, "mark": mark, "outcome": outcome, "trouble": trouble, "at": time.time()}
        with self.index.write() as connection:
            connection.execute(delete(files).where(files.c.name == name))
            connection.execute(insert(files), row)

    def forget(self, *names: str) -> None:
        """Forget files that are no longer there."""
        with self.index.write() as connection:
            connection.execute(delete(files).where(files.c.name.in_(names)))


class Watch:
    """Looks into a folder, again and again; `read` reads a file in, `clock` counts seconds."""

    def __init__(
        self,
        folder: Path,
        noted: Files,
        read: Callable[[Found], Ingested],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.folder, self.noted, self.read, self.clock = folder, noted, read, clock
        self._first: dict[str, tuple[str, float]] = {}  # files that are not still yet: since when they look like this
        self._retry: set[str] | None = None  # what failed before this process began is tried once more
        self._missing = False

    def look(self) -> list[Ingested]:
        """Read in what is new and still; returns what became of it."""
        if not self.folder.is_dir():
            if not self._missing:
                log.error("PLANSVAR_PLANS: %s is no folder", self.folder)
            self._missing = True
            return []
        self._missing = False
        known = self.noted.all()
        if self._retry is None:
            self._retry = {name for name, seen in known.items() if seen.outcome == "failed"}
        results = []
        found = {each.name: (each, True) for each in documents_under(self.folder)}
        for each in left_out_under(self.folder):
            found.setdefault(each.name, (each, False))
        for name, (each, readable) in found.items():
            mark = mark_of(each.path)
            if mark is None or (name in known and known[name].mark == mark and name not in self._retry):
                continue
            if not self._is_still(name, mark):
                continue
            result = self.read(each) if readable else Ingested(name, "left_out")
            if mark_of(each.path) != mark:  # written to while it was read
                continue
            self._retry.discard(name)
            del self._first[name]
            self.noted.note(name, mark, result.outcome, result.trouble)
            results.append(result)
        if gone := known.keys() - found.keys():
            self.noted.forget(*gone)
        self._first = {name: since for name, since in self._first.items() if name in found}
        return results

    def _is_still(self, name: str, mark: str) -> bool:
        now = self.clock()
        before, since = self._first.get(name, ("", now))
        if before != mark:
            self._first[name] = (mark, now)
            return False
        return now - since >= STILL


def mark_of(path: Path) -> str | None:
    """What a file looks like from outside, to this version of the reading code; None where it is none."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return f"{READER}:{stat.st_size}:{stat.st_mtime_ns}"


def read_in(settings: Settings, found: Found) -> Ingested:
    """Read a file in by a process of its own. What was said of an earlier file of its name holds on."""
    try:
        result = apart(_read_in, _READING, settings, found)
    except Closing:
        raise
    except Stopped:
        trouble = words().fault.format(culprit=found.name, trouble=words().reader_stopped)
        result = Ingested(found.name, "failed", " ".join(trouble.split()))
    # The trouble is named by the document: where the folder is on this machine is nobody's business.
    result = replace(result, trouble=result.trouble.replace(f"{found.path.parent}{os.sep}", ""))
    level = logging.WARNING if result.trouble else logging.INFO
    tell("ingested", level, outcome=result.outcome, document=result.document, trouble=result.trouble or None)
    return result


def _read_in(settings: Settings, found: Found) -> Ingested:
    index = build_index(settings)
    try:
        with index.alone(INGEST, lambda: None):
            try:
                said = index.document(found.name).said
            except UnknownDocument:
                said = {}
            result = take(index, found, said)
            State(index).audit()
        return result
    finally:
        index.close()


def embed(settings: Settings) -> str:
    """Make the vectors that are missing; returns what was wrong, in one line, else ""."""
    index = build_index(settings)
    try:
        with index.alone(EMBED) as mine:
            vectors = build_vectors(settings, index) if mine else None
            if vectors:
                embed_missing(index, vectors)
    except (EmbedderUnavailable, VectorsUnavailable) as error:
        return str(error)
    finally:
        index.close()
    return ""


async def keep(settings: Settings, index: Index) -> None:
    """Read in and embed what is new, while no other process does: a task that runs until it is cancelled."""
    keeper: Keeper | None = None
    failed = False
    while True:
        try:
            if keeper is None:
                keeper = await asyncio.to_thread(Keeper, settings, index)
            await asyncio.to_thread(keeper.turn)
            failed = False
        except Exception as error:  # a database that is away for a while: the next time will do
            if not failed:  # what lasts is told of once
                log.error("the plans were not kept up\n%s", traced(error))
            failed = True
        await asyncio.sleep(EVERY)


class Keeper:
    """What one process at a time does to keep the plans."""

    def __init__(self, settings: Settings, index: Index) -> None:
        self.settings, self.index = settings, index
        files = Files(index)
        self.watch = Watch(settings.plans, files, lambda found: read_in(settings, found)) if settings.plans else None
        self._later = 0.0
        self._ids: set[int] = set()  # of what was stored when we looked last

    def turn(self) -> None:
        """One look, and the vectors that are missing after it; nothing while another process is at it."""
        with self.index.alone(KEEP) as mine:
            if mine:
                self._turn()

    def _turn(self) -> None:
        if self.watch:
            self.watch.look()
        name = self.settings.embedder_name
        if self.settings.embedder == "none" or time.monotonic() < self._later:
            return
        stored = self.index.documents()
        ids = {document.id for document in stored}
        # What is embedded anew, or was removed, leaves vectors behind, which are swept then too.
        if self._ids - ids or any(not document.is_embedded(name) for document in stored):
            try:
                trouble = apart(embed, _EMBEDDING, self.settings)
            except Closing:
                return
            except Stopped:
                trouble = words().reader_stopped
            if trouble:
                self._later = time.monotonic() + _LATER
                log.error("not embedded: %s", trouble)
        self._ids = ids
