"""The endpoint of a language model, over real HTTP: what is sent, what is read, and what happens when it fails."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from email.utils import formatdate

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage
from peers.scripted_model import Asked, Says, scripted
from pydantic import SecretStr

from retrieval.evidence.answer_types import ModelUnavailable
from retrieval.model.model import EndpointChat

KEY = "sk-very-secret-1234"
MESSAGES = [SystemMessage("Be brief."), HumanMessage("Vad är målet?")]


def ask(url: str, seconds: float = 5.0, **values: object) -> str:
    return EndpointChat(url=url, model="m", seconds=seconds, **values).invoke(MESSAGES).text  # type: ignore[arg-type]


def in_turn(*replies: Says) -> Callable[[Asked], Says]:
    """A script that gives one reply after the other, the last one from then on."""
    left = list(replies)
    return lambda asked: left.pop(0) if len(left) > 1 else left[0]


def test_is_a_langchain_model() -> None:
    """Whoever uses LangChain can use the endpoint as any other chat model, streamed or whole."""
    with scripted(lambda asked: Says(("Sex ", "procent", "."))) as server:
        model = EndpointChat(url=server.url, model="m")
        assert isinstance(model, BaseChatModel)
        assert model.invoke(MESSAGES).text == "Sex procent."
        assert [chunk.text for chunk in model.stream(MESSAGES) if chunk.text] == ["Sex ", "procent", "."]


def test_what_is_sent() -> None:
    """The model's name, both messages and the key are sent, a stream is asked for, and nothing else."""
    with scripted(lambda asked: Says(("ja",))) as server:
        ask(f"{server.url}/", key=SecretStr(KEY))
    (asked,) = server.asked
    assert asked.body == {
        "model": "m",
        "stream": True,
        "temperature": 0,
        "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Vad är målet?"}],
    }
    assert asked.headers["Authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize(
    "says",
    [
        Says(("En ", "rad\u2028", "till [1]."), streamed=False),
        Says(("En ", "rad\u2028", "till [1].")),
        Says(raw='data: {"choices":[{"delta":{"role":"assistant","content":null}}]}\r\n\r\n: still here\n\n'
             'event: message\ndata:{"choices":[]}\n'
             'data: {"choices":[{"delta":{"content":"En rad\u2028till [1]."}}]}\n\ndata: [DONE]\n\n'.encode()),
    ],
    ids=["whole", "streamed", "with what else a server sends"],
)  # fmt: skip
def test_replies_are_read(says: Says) -> None:
    """A reply is read in whatever form servers give it: whole or streamed, with comments, events and empty pieces."""
    with scripted(lambda asked: says) as server:
        assert ask(server.url) == "En rad\u2028till [1]."


def test_connections_are_shared_and_used_again() -> None:
    """Twenty questions, ten at a time, come over few connections; one after the other over a single one."""
    with scripted(lambda asked: Says(("ja",))) as server:
        model = EndpointChat(url=server.url, model="m")
        for _ in range(10):
            model.invoke(MESSAGES)
        assert len({asked.connection for asked in server.asked}) == 1
        with ThreadPoolExecutor(20) as threads:
            list(threads.map(model.invoke, [MESSAGES] * 20))
        assert len(server.asked) == 30
        assert len({asked.connection for asked in server.asked}) <= 20


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_trouble_that_passes_is_waited_for(status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that is busy or restarts is asked again, after a while."""
    monkeypatch.setattr("retrieval.model.model._WAITS", (0.1,))
    with scripted(in_turn(Says(status=status), Says(("ja",)))) as server:
        started = time.monotonic()
        assert ask(server.url) == "ja"
        assert time.monotonic() - started >= 0.1
    assert len(server.asked) == 2


@pytest.mark.parametrize("when", ["1", "date"])
def test_retry_after_is_kept_to(when: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that says when to come back is not asked before, whether it says so in seconds or by the clock."""
    slept: list[float] = []
    monkeypatch.setattr("retrieval.model.model.time.sleep", slept.append)
    header = formatdate(time.time() + 2, usegmt=True) if when == "date" else when
    busy = Says(status=429, headers=(("Retry-After", header),))
    with scripted(in_turn(busy, Says(("ja",)))) as server:
        assert ask(server.url) == "ja"
    (seconds,) = slept
    assert 0.9 <= seconds <= 2  # a date has whole seconds


def test_nobody_waits_for_what_comes_too_late() -> None:
    """A server that asks for more time than there is gets no second question, and the caller an answer at once."""
    with scripted(lambda asked: Says(status=429, headers=(("Retry-After", "60"),))) as server:
        started = time.monotonic()
        with pytest.raises(ModelUnavailable, match="HTTP 429"):
            ask(server.url)
        assert time.monotonic() - started < 1
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", [301, 307, 401, 403, 404, 400])
def test_trouble_that_stays_is_told(status: int) -> None:
    """A refusal is told at once, and a redirection is not followed: the key goes to no other host."""
    says = Says(status=status, headers=(("Location", "http://elsewhere.example/"),))
    with scripted(lambda asked: says) as server, pytest.raises(ModelUnavailable, match=f"HTTP {status}"):
        ask(server.url, key=SecretStr(KEY))
    assert len(server.asked) == 1


def test_server_gives_up_at_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three tries are made, after half a second and two, and no more."""
    slept: list[float] = []
    monkeypatch.setattr("retrieval.model.model.time.sleep", slept.append)
    with scripted(lambda asked: Says(status=503)) as server, pytest.raises(ModelUnavailable, match="HTTP 503"):
        ask(server.url)
    assert len(server.asked) == 3
    assert slept == [0.5, 2.0]


def test_a_setting_that_a_server_refuses_is_left_out() -> None:
    """A server that takes no temperature is asked without one, from then on."""

    def script(asked: Asked) -> Says:
        no = b'{"error": {"message": "Unsupported value: temperature", "param": "temperature"}}'
        return Says(status=400, raw=no) if "temperature" in asked.body else Says(("ja",))

    with scripted(script) as server:
        model = EndpointChat(url=server.url, model="m")
        assert [model.invoke(MESSAGES).text for _ in range(2)] == ["ja", "ja"]
    assert ["temperature" in asked.body for asked in server.asked] == [True, False, False]


@pytest.mark.parametrize(
    "says",
    [
        Says(raw=b"data: {not json\n\ndata: [DONE]\n\n"),
        Says(raw=b'data: {"error": {"message": "out of memory"}}\n\ndata: [DONE]\n\n'),
        Says(raw=b'data: {"choices": [{"delta": {"content": 7}}]}\n\ndata: [DONE]\n\n'),
        Says(raw=b'data: ["choices"]\n\n'),
        Says(raw=b'data: {"choices": [{"delta": {"content": "half"}}]}\n\n'),
        Says(raw=b"data: " + b"x" * 300_000),
        Says(raw=b""),
        Says(raw=b"<html>Welcome!</html>"),
        Says(("half",), cut=True),
        Says(("half",), done=False),
    ],
    ids=["no JSON", "an error", "a number", "a list", "no end", "endless", "nothing", "a page", "cut", "not done"],
)
def test_what_is_no_reply_is_refused(says: Says) -> None:
    """A reply that is broken, cut off or something else is none, and its words are told to nobody."""
    with scripted(lambda asked: says) as server, pytest.raises(ModelUnavailable) as caught:
        ask(server.url)
    assert server.url in str(caught.value)
    assert not any(word in str(caught.value) for word in ("memory", "half", "Welcome", "målet"))


@pytest.mark.parametrize("says", [Says(("a", "b"), stall=30), Says(before=30)], ids=["mid-stream", "at once"])
def test_a_stalled_server_is_given_up(says: Says) -> None:
    """A server that stops talking is left when the time is up."""
    with scripted(lambda asked: says) as server:
        started = time.monotonic()
        with pytest.raises(ModelUnavailable):
            ask(server.url, seconds=0.5)
        assert time.monotonic() - started < 2


def test_a_server_that_drips_is_given_up() -> None:
    """A server that says a little all the time is left when the time is up all the same."""
    with scripted(lambda asked: Says(["x"] * 200, stall=0.05)) as server:
        started = time.monotonic()
        with pytest.raises(ModelUnavailable, match=r"more than 0\.5 s"):
            ask(server.url, seconds=0.5)
        assert time.monotonic() - started < 1.5
        assert server.gone.wait(2)


def test_who_stops_reading_closes_the_connection() -> None:
    """A stream that is left is cancelled: the server sees that nobody listens."""
    with scripted(lambda asked: Says(["x"] * 200, stall=0.05)) as server:
        model = EndpointChat(url=server.url, model="m")
        with closing(model.stream(MESSAGES)) as chunks:  # type: ignore[type-var]
            next(chunks)
        assert server.gone.wait(2)


@pytest.fixture
def closed() -> str:
    """An address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    return f"http://user:hemlig@127.0.0.1:{port}/v1"


def test_key_is_in_no_log_and_no_error(closed: str, caplog: pytest.LogCaptureFixture) -> None:
    """Neither the key nor a password in the URL is logged at any level, or shown by an error or by the model."""
    caplog.set_level(logging.DEBUG)
    said = []
    with scripted(in_turn(Says(status=401), Says(("ja",)))) as server:
        url = server.url.replace("http://", "http://user:hemlig@")
        for where in (url, url, closed):
            model = EndpointChat(url=where, model="m", key=SecretStr(KEY), seconds=0.3)
            said.append(f"{model!r} {model}")
            try:
                model.invoke(MESSAGES)
            except ModelUnavailable as error:
                said += [str(error), repr(error.__cause__), repr(error.__context__)]
    told = "\n".join([*said, *(record.getMessage() for record in caplog.records)])
    assert "127.0.0.1" in told
    assert KEY not in told
    assert "hemlig" not in told


def test_password_in_the_url_signs_the_request() -> None:
    """A server behind a password is reached with the one that stands in its URL."""
    with scripted(lambda asked: Says(("ja",))) as server:
        ask(server.url.replace("http://", "http://user:hemlig@"))
    assert server.asked[0].headers["Authorization"].startswith("Basic ")
