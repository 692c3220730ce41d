"""PostgreSQL stopped and started again under a running conversation: told in words, and over when it is back."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import Talk
from databases import PostgreSQL
from fastapi.testclient import TestClient

from bot import conversation as core
from bot.build import build_conversation, build_index
from bot.conversation import Conversation
from bot.delivery import deliver
from bot.message import Reply
from bot.phrases import say
from bot.settings import read_settings
from bot.web.app import build
from ingest.read import read_plan
from retrieval.store.index import AWAY, Index
from retrieval.store.library import FRESH

pytestmark = pytest.mark.slow
QUESTION, ANSWER = "Vad är målet för andelen rena kajer?", "98 %"


@pytest.fixture
def server() -> Iterator[PostgreSQL]:
    server = PostgreSQL()
    yield server
    server.close()


@pytest.fixture
def talking(server: PostgreSQL, home: Path, plan_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Conversation]:
    """A conversation over a plan in a PostgreSQL server, which is not waited for long."""
    monkeypatch.setenv("PLANSVAR_DATABASE_URL", server.database())
    monkeypatch.setenv("PLANSVAR_TODAY", "2031-03-01")
    monkeypatch.setenv("PLANSVAR_EMBEDDER", "none")
    monkeypatch.setattr(core, "_PATIENCE", 0.1)
    index = build_index(read_settings())
    index.store(plan_file.name, read_plan(plan_file, plan_file.name), "d")
    yield build_conversation(read_settings(), index)
    index.close()


def test_in_the_middle_of_a_conversation(
    talking: Conversation, server: PostgreSQL, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever asks meanwhile is told in words, once for each message; whoever asks after it gets the answer."""
    talk = Talk(talking)
    assert ANSWER in talk(QUESTION).text
    server.stop()
    assert talk(QUESTION).text == say("away", "sv")
    assert talk("What is the target for clean quays?").text == say("away", "en")
    twice = talk.message(QUESTION)
    assert [talking.accept(twice) for _ in range(2)] == [True, False]
    overheard = talk.message("Hej alla", thread="slack:T:C:1")
    assert not talking.accept(overheard)
    assert "kajer" not in caplog.text
    server.start()
    assert ANSWER in talk(QUESTION).text
    assert talking.pending("slack") == []


def test_while_a_message_is_answered(talking: Conversation, server: PostgreSQL) -> None:
    """A message that was kept is told of and not answered again; a reply that was sent is not sent again."""
    talk, sent = Talk(talking), list[str]()
    first, second = talk.message(QUESTION), talk.message(QUESTION)

    async def send(reply: Reply) -> None:
        sent.append(reply.text)
        server.stop()

    async def run() -> None:
        assert talking.accept(second)
        await deliver(talking, first, send)  # the server is gone before it can be noted that the reply was sent
        server.stop = lambda: None  # type: ignore[method-assign]
        await deliver(talking, second, send, accepted=True)

    stop = server.stop
    asyncio.run(run())
    server.stop = stop  # type: ignore[method-assign]
    assert ANSWER in sent[0]
    assert sent[1:] == [say("away", "sv")]
    server.start()
    other = build_conversation(talking.settings, talking.asker.library.index)
    assert talking.pending("slack") == []
    assert other.pending("slack") == []


def test_on_the_web(talking: Conversation, server: PostgreSQL) -> None:
    """The page says so and answers after it; the API says so with 503, and so does readiness; the process lives."""
    with TestClient(build(talking.settings, talking), base_url="http://127.0.0.1") as web:
        form = {"text": QUESTION, "event": "event-01", "thread": "thread-1"}
        stream = {"Accept": "text/event-stream"}
        assert ANSWER in web.post("/ask", data=form, headers=stream).text
        server.stop()
        told = web.post("/ask", data=form | {"event": "event-02"}, headers=stream).text
        assert say("away", "sv").split(".")[0] in told
        assert "event: failure" not in told
        time.sleep(FRESH)  # until then what was just read still holds
        page = web.get("/", headers={"Accept-Language": "en"})
        assert (page.status_code, "The database doesn’t answer" in page.text) == (503, True)
        api = web.post("/api/ask", json={"question": QUESTION})
        assert api.status_code == 503
        assert "the database can't be reached" in api.json()["error"]
        assert web.get("/health").status_code == 200
        assert web.get("/ready").status_code == 503
        server.start()
        assert ANSWER in web.post("/ask", data=form | {"event": "event-03"}, headers=stream).text
        assert ANSWER in web.post("/api/ask", json={"question": QUESTION}).text
        assert web.get("/ready").status_code == 200


def test_many_start_at_once(server: PostgreSQL) -> None:
    """Twelve that open a new database at the same moment wait for the one that makes its tables."""
    url = server.database()
    with ThreadPoolExecutor(12) as threads:
        for started in [threads.submit(lambda: Index(url).close()) for _ in range(12)]:
            started.result()


def test_a_lock_goes_with_its_holder(server: PostgreSQL) -> None:
    """Of two, one works alone; the other waits and says so; a server that is started again has no locks left."""
    url = server.database()
    one, two = Index(url), Index(url)
    waited: list[float] = []
    with one.alone("ingest") as mine:
        assert mine
        with two.alone("ingest") as also:
            assert not also
        with two.alone("embed") as other:
            assert other
        late = threading.Timer(0.3, lambda: (server.stop(), server.start()))  # type: ignore[func-returns-value]
        late.start()
        with pytest.raises(AWAY), two.alone("ingest", lambda: waited.append(time.monotonic())):
            pass
        late.join()
        assert waited
        with two.alone("ingest") as now:
            assert now
    one.close()
    two.close()
