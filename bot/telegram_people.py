"""Who may use the Telegram bot, which all the world can write to; and which of its messages wait for a person's words.

Somebody is let in by the settings, or by a code: the bot gives it to who writes, and whoever runs Plansvar, or an
administrator, hands it back. So a name, which anybody can take on Telegram, lets nobody in. Kept in SQL beside what the
other chats remember, and alike on SQLite and PostgreSQL.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import get_args

from sqlalchemy import Column, Connection, Float, MetaData, String, Table, Text, delete, insert, select, update

from bot.settings import PREFIX, InvalidSettings, Settings
from bot.state import Verdict
from retrieval.store.index import Index
from retrieval.store.migrations import migrate

CODE_HOURS = 24
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is mistaken for another when it is read aloud
_ASKED_DAYS = 7.0
_HOUR = 3600.0

metadata = MetaData()

# Who has a code waits to be let in; who has none was let in.
people = Table(
    "telegram_people",
    metadata,
    Column("person", String(32), primary_key=True),
    Column("name", Text, nullable=False),
    Column("code", String(16), unique=True),
    Column("at", Float, nullable=False),
)

# Our messages that ask what is wrong with an answer, by a digest: the reply to one of them is no question.
asked = Table(
    "telegram_asked",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("answer", String(32), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("at", Float, nullable=False),
)

version = Table("telegram_version", metadata, Column("migration", String(100), primary_key=True))


def m001_create_tables(connection: Connection) -> None:
    metadata.create_all(connection)


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (m001_create_tables,)


@dataclass(frozen=True, slots=True)
class LetIn:
    """Somebody who was let in by a code."""

    id: int
    name: str


class People:
    """Who may use the bot, over the database of an index. Safe to share between threads."""

    def __init__(self, index: Index, settings: Settings, clock: Callable[[], float] = time.time) -> None:
        self.index, self.clock = index, clock
        self.admins = _ids("telegram_admins", settings.telegram_admins)
        self.named = self.admins | _ids("telegram_users", settings.telegram_users)
        with index.write() as connection:
            migrate(connection, MIGRATIONS, version)

    def may_ask(self, id: int) -> bool:
        """Whether somebody was let in, by the settings or by a code."""
        if id in self.named:
            return True
        with self.index.read() as connection:
            here = (people.c.person == str(id)) & people.c.code.is_(None)
            return connection.execute(select(people.c.person).where(here)).first() is not None

    def code(self, id: int, name: str) -> str:
        """The code that lets somebody in: the same one until it is a day old."""
        now = self.clock()
        mine = people.c.person == str(id)
        with self.index.write() as connection:
            old = people.c.code.is_not(None) & (people.c.at < now - CODE_HOURS * _HOUR)
            connection.execute(delete(people).where(old))
            if code := connection.scalar(select(people.c.code).where(mine)):
                return str(code)
            code = "".join(secrets.choice(_LETTERS) for _ in range(8))
            row = {"person": str(id), "name": name, "code": code, "at": now}
            connection.execute(delete(people).where(mine))
            connection.execute(insert(people), row)
        return code

    def let_in(self, code: str) -> LetIn | None:
        """Let in who was given a code; None where nobody was, or it is too old."""
        wanted = "".join(code.split()).upper().replace("-", "")
        fits = (people.c.code == wanted) & (people.c.at >= self.clock() - CODE_HOURS * _HOUR)
        with self.index.write() as connection:
            row = connection.execute(select(people.c.person, people.c.name).where(fits)).one_or_none()
            if row is None:
                return None
            connection.execute(update(people).where(fits).values(code=None, at=self.clock()))
        return LetIn(int(row.person), row.name)

    def shut_out(self, id: int) -> bool:
        """Take back what a code gave; False where nothing is to take back."""
        with self.index.write() as connection:
            return bool(connection.execute(delete(people).where(people.c.person == str(id))).rowcount)

    def everybody(self) -> list[LetIn]:
        """Who was let in by a code, the last one last."""
        with self.index.read() as connection:
            query = select(people.c.person, people.c.name).where(people.c.code.is_(None)).order_by(people.c.at)
            return [LetIn(int(row.person), row.name) for row in connection.execute(query)]

    def asks(self, chat: int, message: int, answer: str, verdict: Verdict) -> None:
        """Note that a message of ours asks what is wrong with an answer."""
        now = self.clock()
        with self.index.write() as connection:
            connection.execute(delete(asked).where(asked.c.at < now - _ASKED_DAYS * 24 * _HOUR))
            row = {"digest": _digest(chat, message), "answer": answer, "verdict": verdict, "at": now}
            connection.execute(insert(asked), row)

    def asked(self, chat: int, message: int) -> tuple[str, Verdict] | None:
        """The answer that a message of ours asks about, and what was thought of it; None where it asks nothing."""
        with self.index.read() as connection:
            here = asked.c.digest == _digest(chat, message)
            row = connection.execute(select(asked.c.answer, asked.c.verdict).where(here)).one_or_none()
        return next(((row.answer, each) for each in get_args(Verdict) if each == row.verdict), None) if row else None


def _ids(name: str, written: str | None) -> frozenset[int]:
    try:
        return frozenset(int(each) for each in (written or "").split(",") if each.strip())
    except ValueError:
        setting = f"{PREFIX}{name}".upper()
        raise InvalidSettings(
            f"{setting}: write ids as numbers, separated by commas, such as 1234567,7654321"
        ) from None


def _digest(chat: int, message: int) -> str:
    return hashlib.sha256(f"{chat}:{message}".encode()).hexdigest()
