"""What the chats remember: kept beside the plans, no longer than it may be, erased when asked."""

from __future__ import annotations

import os
import re
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import PLAN_TEXT, Command, Talk
from sqlalchemy import inspect, select
from sqlalchemy.exc import OperationalError

from bot.message import File, Message, Reply, Suggestion, Table
from bot.state import LEASE, MIGRATIONS, Made, State, audit, metadata, version
from ingest.plan import Description, Plan
from ingest.read import read_plan
from retrieval.evidence.answer_types import Citation
from retrieval.question.scope import Scope
from retrieval.store.index import Index

DAY = 86400.0
EMPTY = Plan(Description("Plan"), "")
TARGET = "Vad är målet för sjukfrånvaron?"
MESSAGE = Message("slack:1", "slack", "slack:anna", "slack:D", "slack:D", "Hej", address={"ts": "1", "ö": "å"})
REPLY = Reply(
    "Svar [1]", "sv", "Notis", (Citation(1, "d", "s", 3, "3", "q", "t", "r", "c", 7),),
    Table(("a", "b"), (("x", "1"),), (1,), frozenset({1})), (File("a.ics", "text/calendar", b"\xff\x00"),),
    (Suggestion("a", "b"),), "answer",
)  # fmt: skip


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def index(database: str) -> Iterator[Index]:
    index = Index(database)
    yield index
    index.close()


@pytest.fixture
def state(index: Index) -> State:
    return State(index, Clock())


def test_tables_are_made_once(index: Index) -> None:
    """A database of plans gets the tables of the chats, and one that has them stays as it is."""
    for _ in range(2):
        state = State(index)
    names = set(inspect(index.engine).get_table_names())
    assert set(metadata.tables) <= names
    with index.read() as connection:
        assert list(connection.scalars(select(version.c.migration))) == [each.__name__ for each in MIGRATIONS]
    assert state.pending("slack") == []


def test_two_processes_make_the_tables(index: Index) -> None:
    """Two that start at the same moment agree who makes the tables."""
    with ThreadPoolExecutor(4) as threads:
        for started in [threads.submit(State, index) for _ in range(4)]:
            started.result()


def test_message_and_reply_are_kept_whole(state: State) -> None:
    """What comes back after a restart is what was written, files and all, without who is told twice."""
    assert state.accept(MESSAGE)
    assert state.finish(MESSAGE, Made(REPLY, "Hej"), "Notis") == REPLY
    assert state.finish(MESSAGE, Made(replace(REPLY, text="Annat")), "Notis") == REPLY
    (back,) = State(state.index, state.clock).pending("slack")
    assert back == MESSAGE
    kept = state.kept(MESSAGE.event)
    assert kept is not None
    assert kept.reply == REPLY
    assert kept.question == "Hej"


def test_pending_belongs_to_whom_takes_it(state: State) -> None:
    """A message left by a process is taken by one other; one of another machine is left to it for a while."""
    assert state.accept(MESSAGE)
    assert state.pending("slack") == []
    second, third = State(state.index, state.clock), State(state.index, state.clock)
    assert second.pending("slack") == [MESSAGE]
    far = State(state.index, state.clock)
    far.worker = "elsewhere:1:abc"
    assert far.pending("slack") == [MESSAGE]
    assert third.pending("slack") == []
    state.clock.now += LEASE + 1  # type: ignore[attr-defined]
    assert third.pending("slack") == [MESSAGE]
    third.delivered(MESSAGE.event)
    assert State(state.index, state.clock).pending("slack") == []


def test_message_of_a_living_process_is_left_to_it(state: State) -> None:
    """What another process of this machine is answering is not taken from it; what it left when it ended is."""
    state.worker = state.worker.replace(f":{os.getpid()}:", f":{os.getppid()}:")
    assert state.accept(MESSAGE)
    assert State(state.index, state.clock).pending("slack") == []
    ended = subprocess.Popen(["true"])
    ended.wait()
    state.worker = state.worker.replace(f":{os.getppid()}:", f":{ended.pid}:")
    assert state.accept(replace(MESSAGE, event="slack:2"))
    assert [each.event for each in State(state.index, state.clock).pending("slack")] == ["slack:2"]


def later(state: State, seconds: float) -> None:
    """Let time pass, for every process that shares the clock."""
    assert isinstance(state.clock, Clock)
    state.clock.now += seconds


def elsewhere(state: State, name: str) -> State:
    """A process on another machine, over the same database and clock."""
    other = State(state.index, state.clock)
    other.worker = f"{name}:1:abc"
    return other


def test_slow_is_not_silent(state: State) -> None:
    """A process that says it is at work keeps its messages, however long they take; one that stops saying so loses
    them, and learns that before it sends."""
    here, there = elsewhere(state, "here"), elsewhere(state, "there")
    assert here.accept(MESSAGE)
    for _ in range(9):
        later(state, LEASE / 3)
        here.hold("slack")
        assert there.pending("slack") == []
    assert here.holds(MESSAGE.event)
    later(state, 9 * LEASE)
    assert there.pending("slack") == [MESSAGE]
    assert not here.holds(MESSAGE.event)
    assert there.holds(MESSAGE.event)
    here.hold("slack")  # too late: it stays with whom took it
    assert there.holds(MESSAGE.event)


def test_what_could_not_be_sent_is_tried_ever_more_seldom(state: State) -> None:
    """A message that its own process gave up is pending again for any, later each time."""
    here = elsewhere(state, "here")
    assert here.accept(MESSAGE)
    taken = []
    here.leave(MESSAGE.event)
    for tenth in range(90):
        later(state, LEASE / 3)
        here.hold("slack")
        if here.pending("slack"):
            taken.append(tenth)
            here.leave(MESSAGE.event)
    waits = [after - before for before, after in zip([0, *taken], taken, strict=False)]
    assert waits[0] <= 4
    assert 4 <= len(taken) <= 6
    assert waits[1:] == sorted(waits[1:])
    assert waits[-1] > 3 * waits[0]


def test_who_was_away_judges_nobody(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the database was away for all, nobody takes over what others could only not speak of; what was delivered
    meanwhile is noted and not sent again."""
    here, there = elsewhere(state, "here"), elsewhere(state, "there")
    assert here.accept(MESSAGE)
    write = state.index.write
    monkeypatch.setattr(state.index, "write", lambda: (_ for _ in ()).throw(OperationalError("", {}, Exception())))
    here.delivered(MESSAGE.event)
    for _ in range(9):
        later(state, LEASE)
        with pytest.raises(OperationalError):
            there.pending("slack")
    monkeypatch.setattr(state.index, "write", write)
    later(state, 1.0)
    assert there.pending("slack") == []
    assert here.pending("slack") == []
    later(state, 9 * LEASE)
    assert there.pending("slack") == []


def test_a_job_is_done_by_one(state: State) -> None:
    """Of many processes that come to a job at the same moment one does it, and the next time is a while later."""

    def claims() -> int:
        others = [elsewhere(state, f"machine-{n}") for n in range(6)]
        with ThreadPoolExecutor(6) as pool:
            return sum(pool.map(lambda each: each.due("expire", 60.0), others))

    assert claims() == 1
    later(state, 59.0)
    assert claims() == 0
    later(state, 1.0)
    assert claims() == 1


def test_the_log_is_written_once(state: State) -> None:
    """Processes that note at the same moment what was stored note it once."""
    state.index.store("a.txt", EMPTY, "d1")
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: State(state.index, state.clock).audit(), range(6)))
    with state.index.read() as connection:
        assert list(connection.scalars(select(audit.c.action))) == ["ingested"]


def test_many_at_once(state: State) -> None:
    """Messages of many people accepted at the same moment, each twice: each is kept once."""
    taken: list[str] = []

    def accept(n: int) -> None:
        message = replace(MESSAGE, event=f"slack:{n % 12}", person=f"slack:p{n % 12}")
        if state.accept(message):
            state.remember(message.person, language="sv")
            state.finish(message, Made(replace(REPLY, answer=f"a{n}")), "Notis")
            taken.append(message.event)

    workers = [threading.Thread(target=accept, args=(n,)) for n in range(24)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert sorted(taken) == sorted(f"slack:{n}" for n in range(12))
    assert all(state.person(f"slack:p{n}").told for n in range(12))


def test_many_messages_of_one_person(state: State) -> None:
    """First messages of one person in one thread at the same moment are all kept, and one reply has the notice."""
    told: list[bool] = []

    def talk(n: int) -> None:
        message = replace(MESSAGE, event=f"slack:{n}", direct=False, mentioned=True, thread="slack:C:1")
        assert state.accept(message)
        reply = state.finish(message, Made(replace(REPLY, notice=None, answer=f"a{n}")), "Notis")
        told.append(reply.notice is not None)

    workers = [threading.Thread(target=talk, args=(n,)) for n in range(8)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert sorted(told) == [False] * 7 + [True]


def test_person(state: State) -> None:
    """What is remembered of somebody is changed piece by piece."""
    state.remember("slack:anna", organisation="Norrsjö", year=2026)
    state.remember("slack:anna", language="en", waiting="?")
    person = state.person("slack:anna")
    assert (person.scope, person.language, person.waiting, person.told) == (
        Scope("Norrsjö", None, 2026), "en", "?", False,
    )  # fmt: skip
    state.set_channel_scope("slack:C", Scope("Norrsjö"))
    assert state.channel_scope("slack:C") == Scope("Norrsjö")
    assert state.channel_scope("slack:D") == Scope()


def test_expire(state: State) -> None:
    """Conversations go after their days, feedback and unanswered questions after theirs, to the day."""
    assert state.accept(MESSAGE)
    state.finish(MESSAGE, Made(REPLY, "Hej", "plan", "avsnitt"), "Notis")
    kept = state.kept(MESSAGE.event)
    assert kept is not None
    state.judge(kept, "slack:anna", "wrong", "nej")
    assert state.accept(
        replace(MESSAGE, event="slack:9", direct=False, mentioned=True, channel="slack:C", thread="slack:C:9")
    )
    state.set_channel_scope("slack:C", Scope("Norrsjö"))
    clock = state.clock
    assert isinstance(clock, Clock)
    clock.now += 30 * DAY - 1
    assert not any(state.expire(30, 90).values())
    clock.now += 2
    gone = state.expire(30, 90)
    assert (gone["chat_messages"], gone["chat_events"], gone["chat_threads"]) == (2, 2, 1)
    assert len(state.judged()) == len(state.unanswered()) == 1
    clock.now += 60 * DAY
    gone = state.expire(30, 90)
    assert (gone["chat_feedback"], gone["chat_unanswered"], gone["chat_people"], gone["chat_channels"]) == (1, 1, 1, 1)
    assert not any(state.count("slack:anna").values())


def test_audit(state: State, tmp_path: Path) -> None:
    """Each document stored, replaced and removed leaves a line, whether or not it was noted at once."""
    file = tmp_path / "fiskhamnen-2031.txt"
    file.write_text(PLAN_TEXT, encoding="utf-8")
    plan = read_plan(file, file.name)
    state.index.store("a.txt", plan, "d1")
    state.audit()
    state.audit()
    state.index.store("a.txt", plan, "d2")
    state.index.store("b.txt", plan, "d3")
    state.audit()
    state.index.remove("a.txt")
    state.audit()
    state.index.store("a.txt", plan, "d4")
    state.audit()
    with state.index.read() as connection:
        lines = [
            (row.action, row.document, row.digest) for row in connection.execute(select(audit).order_by(audit.c.id))
        ]
    assert lines == [
        ("ingested", "a.txt", "d1"), ("replaced", "a.txt", "d2"), ("ingested", "b.txt", "d3"),
        ("removed", "a.txt", "d2"), ("ingested", "a.txt", "d4"),
    ]  # fmt: skip


# The command line


def test_ingest_and_remove_are_noted(plansvar: Command, home: Path, plan_file: Path) -> None:
    """The commands that store and remove plans leave a line each."""
    assert plansvar("ingest", "--no-embed", plan_file).code == 0
    assert plansvar("documents", "remove", plan_file.name).code == 0
    index = Index(f"sqlite:///{home / 'plans.db'}")
    with index.read() as connection:
        assert list(connection.scalars(select(audit.c.action).order_by(audit.c.id))) == ["ingested", "removed"]
    index.close()


def test_report(plansvar: Command, talk: Talk) -> None:
    """The editor's page has what was asked in vain and judged, by section, without who; words are no markup."""
    talk(TARGET)
    talk("/fel stämmer *inte* <b>")
    for person in ("slack:T:bo", "slack:T:cia"):
        talk("Vad är målet för antalet isbjörnar?", person)
    out = plansvar("report").out
    assert out.startswith("# What the plan's readers missed")
    assert "2 questions without an answer. Judged: 0 right, 1 wrong, 0 wrong source." in out
    assert "- Unanswered (2 ×): Vad är målet för antalet isbjörnar?" in out
    assert f"- Wrong: {TARGET}" in out
    assert r"  - The reader's words: stämmer \*inte\* \<b\>" in out
    assert re.search(r"^### KF:s inriktningsmål 3 .* stanna hos$", out, re.MULTILINE)
    assert not re.search(r"anna\b(?<!stanna)|slack", out.replace("stanna", ""))


def test_forget(plansvar: Command, talk: Talk) -> None:
    """The operator erases a person's all, and sees the counts before and after; twice does no harm."""
    talk(TARGET)
    first, second = plansvar("forget", "slack:T:anna"), plansvar("forget", "slack:T:anna")
    assert "messages with replies: before 1, after 0" in first.out
    assert "messages with replies: before 0, after 0" in second.out
    assert (first.code, second.code) == (0, 0)


def test_commands_erase_what_is_too_old(plansvar: Command, talk: Talk) -> None:
    """No job need run for what is too old to go: the commands erase it first."""
    clock = talk.conversation.state.clock
    talk.conversation.state.clock = lambda: clock() - 100 * DAY
    talk("Vad är målet för antalet isbjörnar?")
    assert "isbjörnar" not in plansvar("report").out
    assert not any(talk.conversation.state.count("slack:T:anna").values())
