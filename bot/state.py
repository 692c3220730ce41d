"""What the chats remember, in SQL beside the plans: messages and their replies, people, feedback, the log of plans.

Alike on SQLite and PostgreSQL. Times are seconds since 1970. A change to a table is also a new migration here.
"""

from __future__ import annotations

import hashlib
import os
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal, TypeVar
from uuid import uuid4

from pydantic import ConfigDict, TypeAdapter
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Float,
    Index,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from bot.message import Message, Reply
from retrieval.language.swedish import Language
from retrieval.question.scope import Scope
from retrieval.store import schema
from retrieval.store.alone import in_turn
from retrieval.store.index import AWAY
from retrieval.store.index import Index as Plans
from retrieval.store.migrations import migrate

Verdict = Literal["right", "wrong", "wrong_source"]

LEASE = 30.0  # seconds that a message is left to a process that says nothing, before another one answers it
EXPIRE = 3000.0  # seconds in which what is too old is erased once, whichever process comes to it first
_DAY = 86_400.0
_TRIES = 5  # of writing what others write at the same moment
_T = TypeVar("_T")

metadata = MetaData()

# A delivery is recognised by a digest, which stays when its message is forgotten and tells nothing of it. `taken` is
# false for what was overheard in a thread: the same words may come again as a mention.
events = Table(
    "chat_events",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("taken", Boolean, nullable=False),
    Column("at", Float, nullable=False, index=True),
)

# A message waits for its reply here, and is the history of its thread after that. `worker` is the process that
# answers it, and `claimed` when that last said so. `forget` marks the one that asked to be forgotten: it goes when its
# reply is delivered.
messages = Table(
    "chat_messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("event", Text, nullable=False, unique=True),
    Column("chat", String(32), nullable=False),
    Column("person", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("thread", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("direct", Boolean, nullable=False),
    Column("mentioned", Boolean, nullable=False),
    Column("language", String(2)),
    Column("address", JSON, nullable=False),
    Column("at", Float, nullable=False, index=True),
    Column("worker", Text, nullable=False),
    Column("claimed", Float, nullable=False),
    Column("question", Text),
    Column("answer", String(32), unique=True),
    Column("reply", Text),
    Column("delivered", Boolean, nullable=False, default=False),
    Column("forget", Boolean, nullable=False, default=False),
    Index("chat_messages_by_person", "person", "at"),
    Index("chat_messages_by_channel", "channel", "at"),
    Index("chat_messages_by_thread", "thread", "id"),
    Index("chat_messages_pending", "chat", "delivered"),
    sqlite_autoincrement=True,
)

people = Table(
    "chat_people",
    metadata,
    Column("person", Text, primary_key=True),
    Column("language", String(2)),
    Column("organisation", Text),
    Column("unit", Text),
    Column("year", Integer),
    Column("told", Boolean, nullable=False, default=False),
    Column("waiting", Text),
    Column("step", Integer),
    Column("step_event", Text),
    Column("area", Text),
    Column("at", Float, nullable=False),
)

channels = Table(
    "chat_channels",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("organisation", Text),
    Column("unit", Text),
    Column("year", Integer),
    Column("at", Float, nullable=False),
)

# Whose unmentioned messages in a thread are follow-ups; nobody's once somebody else has written there.
threads = Table(
    "chat_threads",
    metadata,
    Column("thread", Text, primary_key=True),
    Column("person", Text, index=True),
    Column("at", Float, nullable=False),
)

feedback = Table(
    "chat_feedback",
    metadata,
    Column("answer", String(32), primary_key=True),
    Column("person", Text, primary_key=True),
    Column("verdict", String(16), nullable=False),
    Column("words", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("said", Text, nullable=False),
    Column("plan", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("at", Float, nullable=False, index=True),
)

unanswered = Table(
    "chat_unanswered",
    metadata,
    Column("answer", String(32), primary_key=True),
    Column("person", Text, nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("plan", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("at", Float, nullable=False, index=True),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Float, nullable=False),
    Column("action", String(16), nullable=False),
    Column("document", Text, nullable=False),
    Column("revision", String(32), nullable=False),
    Column("digest", String(64), nullable=False),
    sqlite_autoincrement=True,
)

# What is done once in a while by one process among many, and when it was.
jobs = Table("chat_jobs", metadata, Column("job", String(32), primary_key=True), Column("at", Float, nullable=False))

version = Table("chat_version", metadata, Column("migration", String(100), primary_key=True))

# What holds something of a person, and the column that names them.
_OF_PERSON = {
    messages: messages.c.person,
    people: people.c.person,
    threads: threads.c.person,
    feedback: feedback.c.person,
    unanswered: unanswered.c.person,
}


def m001_create_tables(connection: Connection) -> None:
    metadata.create_all(connection)


def m002_jobs(connection: Connection) -> None:
    jobs.create(connection)


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (m001_create_tables, m002_jobs)

_replies = TypeAdapter(tuple[Reply], config=ConfigDict(ser_json_bytes="base64", val_json_bytes="base64"))


@dataclass(frozen=True, slots=True)
class Person:
    """What is remembered of somebody: language and scope of their own, whether they were told what this is, the
    question that waits for a scope, and where in the tour of which area they are (`step_event`: the message
    that led there)."""

    language: Language | None = None
    scope: Scope = Scope()
    told: bool = False
    waiting: str | None = None
    step: int | None = None
    step_event: str | None = None
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A message with what it was answered with; `question` is None where it was a command."""

    message: Message
    question: str | None
    reply: Reply | None
    at: float
    number: int


@dataclass(frozen=True, slots=True)
class Made:
    """A reply just made. `question` is what a later one may lean on; `nearest` is the section nearest to it where the
    plan (by its name in `plan`) does not answer it."""

    reply: Reply
    question: str | None = None
    plan: str = ""
    nearest: str | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """What somebody thought of an answer, without who: where it stands, and their words."""

    plan: str
    section: str
    question: str
    said: str
    verdict: Verdict
    words: str


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that a plan does not answer, without who asked: where it was nearest to."""

    plan: str
    section: str
    question: str


class State:
    """Everything remembered, over the database of an index. Safe to share between threads."""

    def __init__(self, index: Plans, clock: Callable[[], float] = time.time) -> None:
        self.index, self.clock = index, clock
        self.worker = f"{_machine()}:{os.getpid()}:{uuid4().hex[:8]}"
        self._reached = clock()  # since when the database could be reached each time
        self._left: set[str] = set()  # events that this process took and gave up for now
        self._unnoted: dict[str, None] = {}  # events whose reply was delivered while it could not
        with index.write() as connection:
            migrate(connection, MIGRATIONS, version)

    # Messages in

    def accept(self, message: Message) -> bool:
        """Keep a message that is to be answered; False where it was kept before or is not for the assistant."""
        return self._written(lambda connection: self._accept(connection, message))

    def _accept(self, connection: Connection, message: Message) -> bool:
        digest, now = hashlib.sha256(message.event.encode()).hexdigest(), self.clock()
        taken = connection.scalar(select(events.c.taken).where(events.c.digest == digest))
        if taken or (taken is not None and not message.mentioned):
            return False
        mine, known = self._is_ours(connection, message, now)
        if not known:
            return False  # of a thread that has nothing to do with us, not even a digest is kept
        if taken is None:
            connection.execute(insert(events), {"digest": digest, "taken": mine, "at": now})
        elif mine:
            connection.execute(update(events).where(events.c.digest == digest).values(taken=True))
        if mine:
            row = {name: getattr(message, name) for name in _MESSAGE if name != "address"}
            row |= {"address": dict(message.address), "at": now, "worker": self.worker, "claimed": now}
            connection.execute(insert(messages), row)
        return mine

    def _written(self, work: Callable[[Connection], _T]) -> _T:
        """What some work gives, in a transaction of its own; done again where another process was there first."""
        for _ in range(_TRIES - 1):
            try:
                with self.index.write() as connection:
                    return work(connection)
            except IntegrityError:  # PostgreSQL: the same row was made between our look and our insert
                continue
        with self.index.write() as connection:
            return work(connection)

    def _is_ours(self, connection: Connection, message: Message, now: float) -> tuple[bool, bool]:
        """Whether a message is for the assistant, and whether its thread is one that the assistant is in."""
        if message.direct:
            return True, True
        here = threads.c.thread == message.thread
        found = connection.execute(select(threads.c.person).where(here)).one_or_none()
        if message.mentioned:
            values = {"person": message.person, "at": now}
            if found is None:
                connection.execute(insert(threads), {"thread": message.thread, **values})
            else:
                connection.execute(update(threads).where(here).values(values))
            return True, True
        if found is None:
            return False, False
        if found.person == message.person:
            return True, True
        connection.execute(update(threads).where(here).values(person=None, at=now))
        return False, True

    def hold(self, chat: str) -> None:
        """Say that this process is still at work on the messages of a chat that it took and did not leave."""
        mine = (messages.c.chat == chat) & (messages.c.worker == self.worker) & ~messages.c.delivered
        with self.index.write() as connection:
            held = update(messages).where(mine & messages.c.event.not_in(self._left))
            connection.execute(held.values(claimed=self.clock()))

    def leave(self, event: str) -> None:
        """Leave a message that this process took: to any that comes to it later, this one too."""
        self._left.add(event)

    def holds(self, event: str) -> bool:
        """Whether a message is not another process's by now; one that is not kept is nobody else's."""
        with self.index.read() as connection:
            worker = connection.scalar(select(messages.c.worker).where(messages.c.event == event))
        return worker in (None, self.worker)

    def pending(self, chat: str) -> list[Message]:
        """Messages of a chat that nobody is answering: accepted, not delivered, and left by the process that took
        them. They are this process's from now on.

        Left is what a process of this machine that ended had taken, and what none has held for a while: for as long
        as it was old then, so that what can't be delivered is tried ever more seldom. A process that could not reach
        the database itself judges no other by its silence.
        """
        try:
            self._note()
            return self._pending(chat)
        except AWAY:
            self._reached = self.clock()
            raise

    def _pending(self, chat: str) -> list[Message]:
        now = self.clock()
        with self.index.write() as connection:
            waiting = (messages.c.chat == chat) & ~messages.c.delivered
            rows = connection.execute(select(messages).where(waiting).order_by(messages.c.id)).all()
            mine = []
            for row in (row for row in rows if self._is_left(row, now)):
                m = messages.c
                still = (m.id == row.id) & (m.worker == row.worker) & (m.claimed == row.claimed)
                taking = update(messages).where(still).values(worker=self.worker, claimed=now)
                if connection.execute(taking).rowcount:
                    mine.append(_message(row))
        self._left.difference_update(message.event for message in mine)
        return mine

    def _is_left(self, row: Row[Any], now: float) -> bool:
        if row.worker == self.worker:
            if row.event not in self._left:
                return False
        elif not _alive(row.worker):
            return True
        return now - row.claimed > max(LEASE, row.claimed - row.at) and now - self._reached >= LEASE

    def kept(self, event: str) -> Kept | None:
        """A message that was accepted, with its reply where there is one."""
        with self.index.read() as connection:
            row = connection.execute(select(messages).where(messages.c.event == event)).one_or_none()
        return _kept(row) if row else None

    def finish(self, message: Message, made: Made, notice: str) -> Reply:
        """Keep the reply to a message, with the notice where the person was not told yet, and the question where it is
        left unanswered: all or nothing. The reply that was kept first is the one that holds."""
        return self._written(lambda connection: self._finish(connection, message, made, notice))

    def _finish(self, connection: Connection, message: Message, made: Made, notice: str) -> Reply:
        this = messages.c.event == message.event
        if earlier := connection.scalar(select(messages.c.reply).where(this)):
            return _reply(earlier)
        reply = replace(made.reply, notice=notice) if notice and self._tell(connection, message) else made.reply
        values = {"reply": _replies.dump_json((reply,)).decode(), "question": made.question, "answer": reply.answer}
        connection.execute(update(messages).where(this).values(values))
        if made.nearest is not None:
            row = {"answer": reply.answer, "person": message.person, "question": made.question, "plan": made.plan}
            connection.execute(insert(unanswered), row | {"section": made.nearest, "at": self.clock()})
        return reply

    def _tell(self, connection: Connection, message: Message) -> bool:
        """True once for each person: who is to be told what this is."""
        mine = people.c.person == message.person
        told = connection.scalar(select(people.c.told).where(mine))
        if told is None:
            values = {"person": message.person, "told": True, "at": self.clock()}
            connection.execute(insert(people), values)
        elif not told:
            connection.execute(update(people).where(mine).values(told=True))
        return not told

    def delivered(self, event: str) -> None:
        """Note that a reply has reached its chat; a message that asked to be forgotten goes with that.

        While the database can't be reached, it is noted later: by the next call of this or of `pending`.
        """
        self._unnoted[event] = None
        try:
            self._note()
        except AWAY:
            self._reached = self.clock()

    def _note(self) -> None:
        events = tuple(self._unnoted)  # other threads may add to it; what is noted twice is noted
        if not events:
            return
        with self.index.write() as connection:
            for event in events:
                this = messages.c.event == event
                connection.execute(delete(messages).where(this & messages.c.forget))
                connection.execute(update(messages).where(this).values(delivered=True))
        for event in events:
            self._unnoted.pop(event, None)

    # What was said before

    def history(self, kept: Kept, most: int, seconds: float) -> list[str]:
        """The person's questions in the same thread before a message, oldest first: at most so many, so old."""
        m = messages.c
        before = (m.thread == kept.message.thread) & (m.person == kept.message.person) & (m.id < kept.number)
        asked = before & m.question.is_not(None) & (m.at >= kept.at - seconds)
        with self.index.read() as connection:
            found = connection.scalars(select(m.question).where(asked).order_by(m.id.desc()).limit(most)).all()
        return [str(question) for question in reversed(found)]

    def last_answer(self, message: Message) -> Kept | None:
        """The last answer in a message's thread that was given to the same person."""
        m = messages.c
        mine = (m.thread == message.thread) & (m.person == message.person) & m.answer.is_not(None)
        with self.index.read() as connection:
            row = connection.execute(select(messages).where(mine).order_by(m.id.desc()).limit(1)).one_or_none()
        return _kept(row) if row else None

    def answered(self, answer: str) -> Kept | None:
        """The message that an answer was given to, by the answer's id."""
        with self.index.read() as connection:
            row = connection.execute(select(messages).where(messages.c.answer == answer)).one_or_none()
        return _kept(row) if row else None

    def typed(self, person: str, most: int = 200) -> list[str]:
        """What a person wrote lately, oldest first: for editing it again in the terminal."""
        m = messages.c
        with self.index.read() as connection:
            query = select(m.text).where(m.person == person).order_by(m.id.desc()).limit(most)
            return list(reversed(connection.scalars(query).all()))

    def counted(self, kept: Kept, seconds: float) -> tuple[int, int]:
        """How many messages the person, and the channel, sent in the time up to a message, itself included."""
        m = messages.c
        until = (m.id <= kept.number) & (m.at > kept.at - seconds)
        with self.index.read() as connection:
            person, channel = (
                connection.scalar(select(func.count()).select_from(messages).where(until & which))
                for which in (m.person == kept.message.person, m.channel == kept.message.channel)
            )
        return person or 0, channel or 0

    def waiting(self) -> int:
        """How many messages of chats were accepted, and their reply not delivered."""
        with self.index.read() as connection:
            query = select(func.count()).select_from(messages).where(~messages.c.delivered & (messages.c.chat != "web"))
            return connection.scalar(query) or 0

    # People and channels

    def person(self, person: str) -> Person:
        with self.index.read() as connection:
            row = connection.execute(select(people).where(people.c.person == person)).one_or_none()
        if row is None:
            return Person()
        scope = Scope(row.organisation, row.unit, row.year)
        return Person(row.language, scope, row.told, row.waiting, row.step, row.step_event, row.area)

    def remember(self, person: str, **values: object) -> None:
        """Keep something of a person: columns of `people`, those not named stay as they are."""
        self._put(people, "person", person, values)

    def channel_scope(self, channel: str) -> Scope:
        with self.index.read() as connection:
            row = connection.execute(select(channels).where(channels.c.channel == channel)).one_or_none()
        return Scope(row.organisation, row.unit, row.year) if row else Scope()

    def set_channel_scope(self, channel: str, scope: Scope) -> None:
        values = {"organisation": scope.organisation, "unit": scope.unit, "year": scope.year}
        self._put(channels, "channel", channel, values)

    def _put(self, table: Table, key: str, value: str, values: Mapping[str, object]) -> None:
        row = dict(values) | {"at": self.clock()}

        def put(connection: Connection) -> None:
            if not connection.execute(update(table).where(table.c[key] == value).values(row)).rowcount:
                connection.execute(insert(table), {key: value, **row})

        self._written(put)

    # What the plan's editor learns

    def judge(self, kept: Kept, person: str, verdict: Verdict, words: str) -> None:
        """Keep what a person thinks of an answer, in place of what they thought of it before."""
        assert kept.reply is not None
        cited = kept.reply.citations
        row = {
            "answer": kept.reply.answer,
            "person": person,
            "verdict": verdict,
            "question": kept.question or kept.message.text,
            "said": kept.reply.text,
            "plan": cited[0].document if cited else "",
            "section": cited[0].section if cited else "",
            "at": self.clock(),
        }
        mine = (feedback.c.answer == kept.reply.answer) & (feedback.c.person == person)

        def put(connection: Connection) -> None:
            before = connection.scalar(select(feedback.c.words).where(mine))
            connection.execute(delete(feedback).where(mine))
            connection.execute(insert(feedback), row | {"words": words or before or ""})

        self._written(put)

    def judged(self) -> list[Judged]:
        """What was thought of answers, oldest first."""
        f = feedback.c
        columns = (f.plan, f.section, f.question, f.said, f.verdict, f.words)
        with self.index.read() as connection:
            return [Judged(*row) for row in connection.execute(select(*columns).order_by(f.at))]

    def unanswered(self) -> list[Unanswered]:
        """Questions that were not answered, oldest first."""
        u = unanswered.c
        with self.index.read() as connection:
            query = select(u.plan, u.section, u.question).order_by(u.at)
            return [Unanswered(*row) for row in connection.execute(query)]

    # Forgetting

    def count(self, person: str) -> dict[str, int]:
        """How many rows of each table are a person's; a message that asks to be forgotten and waits for its reply is
        not counted."""
        with self.index.read() as connection:
            return {
                table.name: connection.scalar(select(func.count()).select_from(table).where(_of(table, person))) or 0
                for table in _OF_PERSON
            }

    def forget(self, person: str, event: str | None = None) -> dict[str, int]:
        """Erase everything of a person; returns how many rows of each table it was.

        `event` is the message that asks for it: it goes when its reply has been delivered.
        """
        with self.index.write() as connection:
            if event is not None:
                asking = messages.c.event == event
                connection.execute(update(messages).where(asking).values(forget=True, text="", question=None))
            return {
                table.name: connection.execute(delete(table).where(_of(table, person))).rowcount for table in _OF_PERSON
            }

    def due(self, job: str, seconds: float) -> bool:
        """Whether a job was not done for so long, by any process: then it is this one's to do."""
        now, this = self.clock(), jobs.c.job == job

        def claim(connection: Connection) -> bool:
            if connection.scalar(select(jobs.c.at).where(this)) is None:
                connection.execute(insert(jobs), {"job": job, "at": now})
                return True
            late = this & (jobs.c.at <= now - seconds)
            return bool(connection.execute(update(jobs).where(late).values(at=now)).rowcount)

        return self._written(claim)

    def expire(self, history_days: int, feedback_days: int) -> dict[str, int]:
        """Erase what is older than it may be kept; returns how many rows of each table it was."""
        now = self.clock()
        history, longer = now - history_days * _DAY, now - feedback_days * _DAY
        limits = {
            events: history,
            messages: history,
            threads: history,
            feedback: longer,
            unanswered: longer,
            people: longer,
            channels: longer,
        }
        with self.index.write() as connection:
            return {
                table.name: connection.execute(delete(table).where(table.c.at < limit)).rowcount
                for table, limit in limits.items()
            }

    # The log of plans

    def audit(self) -> None:
        """Note each document that was stored or removed since this was last called.

        It compares what is stored with what was noted, so that nothing is missed where a process was killed between.
        """
        with self.index.write() as connection:
            in_turn(connection, "audit")
            d = schema.documents.c
            stored = {row.name: row for row in connection.execute(select(d.name, d.revision, d.digest))}
            noted: dict[str, Any] = {}
            for row in connection.execute(select(audit).order_by(audit.c.id)):
                noted[row.document] = row
            for name in sorted(stored.keys() | noted.keys()):
                now, before = stored.get(name), noted.get(name)
                if before is not None and before.action == "removed":
                    before = None
                if now is None:
                    action = "removed" if before is not None else None
                elif before is None:
                    action = "ingested"
                else:
                    action = "replaced" if before.revision != now.revision else None
                if action:
                    of = now if now is not None else noted[name]
                    line = {"action": action, "document": name, "revision": of.revision, "digest": of.digest}
                    connection.execute(insert(audit), line | {"at": self.clock()})


_MESSAGE = tuple(Message.__dataclass_fields__.keys() - {"bot"})


def _of(table: Table, person: str) -> Any:
    mine = _OF_PERSON[table] == person
    return mine & ~messages.c.forget if table is messages else mine


@cache
def _machine() -> str:
    """Where the number of a process says which it is: containers may share a machine's name, and each counts anew."""
    try:
        return f"{socket.gethostname()} {os.readlink('/proc/self/ns/pid')}"
    except OSError:  # no Linux
        return socket.gethostname()


def _alive(worker: str) -> bool:
    """Whether the process that took a message may still be at work: of another machine only the lease can tell."""
    host, pid, _ = worker.rsplit(":", 2)
    if host != _machine():
        return True
    if int(pid) == os.getpid():
        return False  # an earlier one that had our number, or its conversation was closed
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _message(row: Row[Any]) -> Message:
    return Message(**{name: getattr(row, name) for name in _MESSAGE})


def _kept(row: Row[Any]) -> Kept:
    return Kept(_message(row), row.question, _reply(row.reply) if row.reply else None, row.at, row.id)


def _reply(written: str) -> Reply:
    return _replies.validate_json(written)[0]
