"""What an administrator does to the stored plans, each step with a line of who did what, when, and how it ended.

The line is written before the deed: what can't be noted is not done, and what was cut short stays there as begun.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import time
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import IO, get_args

from sqlalchemy import Column, Connection, Float, Integer, MetaData, String, Table, Text, insert, select, update

from bot.ingesting import Ingested
from bot.logs import tell
from bot.settings import Settings
from bot.state import State
from bot.telegram_people import LetIn, People
from bot.watching import Files, mark_of, read_in
from ingest.plan import Status
from ingest.readers.open import SUPPORTED, Found
from retrieval.store.index import Document, Index, UnknownDocument
from retrieval.store.migrations import migrate

FIELDS = ("title", "organisation", "unit", "start", "end", "status", "decided", "reference")  # an administrator may say
_LONGEST = 150  # bytes of a file's name: every file system takes that many
_RESERVED = str.maketrans(dict.fromkeys('<>:"|?*', "-"))
_PART = 1024 * 1024  # bytes copied at a time

metadata = MetaData()

actions = Table(
    "admin_actions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Float, nullable=False),
    Column("who", Text, nullable=False),
    Column("action", String(16), nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("outcome", String(16), nullable=False),
    sqlite_autoincrement=True,
)
version = Table("admin_version", metadata, Column("migration", String(100), primary_key=True))


def m001_create_tables(connection: Connection) -> None:
    metadata.create_all(connection)


MIGRATIONS = (m001_create_tables,)


class Impossible(ValueError):
    """What an administrator asks can't be done; `key` names the words that say why, `about` what it is about."""

    def __init__(self, key: str, about: str = "") -> None:
        super().__init__(key, about)
        self.key, self.about = key, about


@dataclass(frozen=True, slots=True)
class Action:
    """A line: `who` is as the proxy names them, "" for somebody with the administrators' token. `outcome` is "begun",
    "done" or "failed"."""

    at: float
    who: str
    action: str
    subject: str
    detail: str
    outcome: str


class Administration:
    """The deeds, over the database of an index. Safe to share between threads."""

    def __init__(self, settings: Settings, index: Index, state: State) -> None:
        self.settings, self.index, self.state = settings, index, state
        self.files = Files(index)
        with index.write() as connection:
            migrate(connection, MIGRATIONS, version)

    # Plans

    def upload(self, who: str, name: str, content: IO[bytes], replacing: str | None = None) -> Ingested:
        """Read a file in, under its own name made safe or instead of a document; `Impossible` says why not.

        Where a folder is watched, the file is put there once it has been read.
        """
        safe = safe_name(name)
        name = self.document(replacing).name if replacing else safe
        if not replacing and self._is_stored(name):
            raise Impossible("name_taken", name)
        action = "replace" if replacing else "upload"
        with self._noted(who, action, name) as line, self._received(name, content) as file:
            result = read_in(self.settings, Found(name, file))
            if result.outcome == "failed":
                line.failed(result.trouble)
            elif self.settings.plans:
                place = self._place(name)
                place.parent.mkdir(parents=True, exist_ok=True)
                os.replace(file, place)
                self.files.note(name, mark_of(place) or "", result.outcome)
        return result

    @contextmanager
    def _received(self, name: str, content: IO[bytes]) -> Iterator[Path]:
        """What was sent, in a hidden folder beside where it is to be; gone afterwards, unless it was moved there."""
        if self.settings.plans:
            self._place(name)
        try:
            folder = Path(tempfile.mkdtemp(prefix=".upload-", dir=self.settings.plans))
        except OSError:
            raise Impossible("folder_closed") from None
        try:
            file = folder / PurePosixPath(name).name
            with file.open("wb") as received:
                shutil.copyfileobj(content, received, _PART)
            yield file
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def describe(self, who: str, name: str, said: Mapping[str, str]) -> None:
        """Put what an administrator says of a document in place of what was read, where it differs."""
        document = self.document(name)
        before = described(document)
        changed = {key: value for key, value in said.items() if value != before[key]}
        if {"start", "end"} & changed.keys():
            changed |= {"start": said["start"], "end": said["end"]}
        _check(said)
        if changed:
            detail = ", ".join(f"{key}: {before[key] or '–'} → {value or '–'}" for key, value in changed.items())
            with self._noted(who, "describe", name, detail):
                self.index.describe(name, **changed)
                self.state.audit()

    def remove(self, who: str, name: str) -> None:
        """Remove a document, and its file from the folder that is watched."""
        self.document(name)
        with self._noted(who, "remove", name):
            if self.settings.plans:
                try:
                    self._place(name).unlink(missing_ok=True)
                except OSError:
                    raise Impossible("folder_closed") from None
                self.files.forget(name)
            self.index.remove(name)
            self.state.audit()

    def document(self, name: str) -> Document:
        """A stored document; `Impossible` where there is none."""
        try:
            return self.index.document(name)
        except UnknownDocument:
            raise Impossible("no_document", name) from None

    def _is_stored(self, name: str) -> bool:
        try:
            self.index.document(name)
        except UnknownDocument:
            return bool(self.settings.plans and self._place(name).exists())
        return True

    def _place(self, name: str) -> Path:
        """Where a document's file is in the folder that is watched, and nowhere else."""
        assert self.settings.plans
        place = self.settings.plans / name
        if not place.resolve().is_relative_to(self.settings.plans.resolve()) or place.is_symlink():
            raise Impossible("folder_closed")
        return place

    # People

    def people(self) -> People | None:
        """Who may use the bot in Telegram; None where there is none."""
        return People(self.index, self.settings) if self.settings.telegram_token else None

    def let_in(self, who: str, code: str) -> LetIn:
        """Let in whoever was given a code."""
        with self._noted(who, "let in", "Telegram") as line:
            people = self.people()
            person = people.let_in(code) if people else None
            if person is None:
                raise Impossible("no_code")
            line.subject = f"telegram:{person.id}"
        return person

    def shut_out(self, who: str, id: int) -> None:
        """Take back what a code gave."""
        with self._noted(who, "shut out", f"telegram:{id}"):
            if not ((people := self.people()) and people.shut_out(id)):
                raise Impossible("not_in")

    # The lines

    def actions(self, most: int = 200) -> list[Action]:
        """What was done last, newest first."""
        a = actions.c
        columns = (a.at, a.who, a.action, a.subject, a.detail, a.outcome)
        with self.index.read() as connection:
            return [Action(*row) for row in connection.execute(select(*columns).order_by(a.id.desc()).limit(most))]

    @contextmanager
    def _noted(self, who: str, action: str, subject: str, detail: str = "") -> Iterator[_Line]:
        line = _Line(subject, detail)
        values = {"at": time.time(), "who": who, "action": action, "outcome": "begun"}
        with self.index.write() as connection:
            result = connection.execute(insert(actions), values | {"subject": subject, "detail": detail})
            id_ = result.inserted_primary_key.id  # type: ignore[union-attr]
        try:
            yield line
        except BaseException as error:
            line.failed(error.key if isinstance(error, Impossible) else type(error).__name__)
            raise
        finally:
            ended: dict[str, object] = {"subject": line.subject, "detail": line.detail, "outcome": line.outcome}
            with self.index.write() as connection:
                connection.execute(update(actions).where(actions.c.id == id_).values(ended))
            tell("administrator", logging.INFO, who=who or None, action=action, **ended)


class _Line:
    def __init__(self, subject: str, detail: str) -> None:
        self.subject, self.detail, self.outcome = subject, detail, "done"

    def failed(self, why: str) -> None:
        self.outcome, self.detail = "failed", why


def described(document: Document) -> dict[str, str]:
    """What a document is, as a form has it: each of `FIELDS`."""
    says = document.description
    period = says.period
    return {
        "title": says.title,
        "organisation": says.organisation or "",
        "unit": says.unit or "",
        "start": period.start.isoformat() if period else "",
        "end": period.end.isoformat() if period else "",
        "status": says.status or "",
        "decided": says.decided.isoformat() if says.decided else "",
        "reference": says.reference or "",
    }


def _check(said: Mapping[str, str]) -> None:
    """`Impossible` where a description can't be one."""
    if not said["title"]:
        raise Impossible("no_title")
    if said["status"] not in ("", *get_args(Status)):
        raise Impossible("bad_status")
    try:
        days = [date.fromisoformat(said[name]) for name in ("start", "end") if said[name]]
        _ = said["decided"] and date.fromisoformat(said["decided"])
    except ValueError:
        raise Impossible("bad_day") from None
    if len(days) == 1 or days != sorted(days):
        raise Impossible("bad_period")


def safe_name(name: str) -> str:
    """A file's name, whatever a browser sent as one: no folder, nothing hidden, invisible or reserved, not too long, of
    a kind that is read. `Impossible` where nothing is left of it, or its kind is not read."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    name = " ".join("".join(c if c.isprintable() else " " for c in name).translate(_RESERVED).split())
    name = name.lstrip(".~$ ")
    stem, dot, kind = name.rpartition(".")
    if f"{dot}{kind}".lower() not in SUPPORTED:
        raise Impossible("bad_kind", ", ".join(SUPPORTED))
    room = _LONGEST - len(f".{kind}")
    stem = stem.encode()[:room].decode(errors="ignore").rstrip(". ")
    if not stem:
        raise Impossible("no_name")
    return f"{stem}.{kind}"
