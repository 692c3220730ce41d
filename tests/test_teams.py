"""Plansvar in Teams: the real SDK and the real core, with Microsoft's side played on this machine."""

from __future__ import annotations

import json
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from peers.microsoft import CLIENT, TENANT, Microsoft, activity, new_key

from bot import delivery
from bot.build import build_conversation, build_index
from bot.conversation import Conversation
from bot.message import Message, Reply
from bot.settings import MissingSetting, Settings, read_settings
from bot.state import feedback
from bot.teams import Teams, build, router

GROUP = {"id": "19:grupp@thread.v2", "conversationType": "groupChat", "tenantId": TENANT}
CHANNEL = {"id": "19:kanal@thread.tacv2;messageid=77", "conversationType": "channel", "tenantId": TENANT}
MENTION = [{"type": "mention", "text": "<at>Plansvar</at>", "mentioned": {"id": f"28:{CLIENT}", "name": "Plansvar"}}]


@pytest.fixture
def microsoft() -> Iterator[Microsoft]:
    peer = Microsoft()
    yield peer
    peer.close()


@pytest.fixture
def settings(samples: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The sample plans, and all that Teams needs."""
    for name, value in {
        "TEAMS_CLIENT_ID": CLIENT,
        "TEAMS_CLIENT_SECRET": "hemlig",
        "TEAMS_TENANT_ID": TENANT,
        "PUBLIC_URL": "https://plansvar.example",
        "EMBEDDER": "none",
    }.items():
        monkeypatch.setenv(f"PLANSVAR_{name}", value)
    return read_settings()


@pytest.fixture
def conversation(settings: Settings) -> Iterator[Conversation]:
    index = build_index(settings)
    conversation = build_conversation(settings, index)
    conversation.asker.warm()
    yield conversation
    index.close()


class Served:
    """Our endpoint on a port of its own, and what Teams does with it."""

    def __init__(self, teams: Teams, microsoft: Microsoft) -> None:
        self.teams, self.microsoft = teams, microsoft
        web = FastAPI()
        web.include_router(router(teams))
        listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        self.server = uvicorn.Server(uvicorn.Config(web, log_level="warning", access_log=False, loop="asyncio"))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [listening]}, daemon=True)
        self.thread.start()
        self.count = 0

    def post(self, body: Any, token: str | None = None) -> httpx.Response:
        signed = self.microsoft.token() if token is None else token
        headers = {"Authorization": f"Bearer {signed}"} if signed else {}
        return httpx.post(f"{self.address}/api/messages", json=body, headers=headers, timeout=20)

    def say(self, text: str, **changes: Any) -> httpx.Response:
        self.count += 1
        return self.post(activity(text, self.microsoft.address, **({"id": f"s{self.count}"} | changes)))

    def ask(self, text: str, **changes: Any) -> dict[str, Any]:
        """Say something and wait for the reply."""
        before = len(self.microsoft.messages(0))
        assert self.say(text, **changes).status_code == 200
        return self.microsoft.messages(before + 1)[before]

    def close(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)


def signed(microsoft: Microsoft) -> Callable[[str | list[str], str | None], str]:
    """What signs our own calls, in place of Microsoft's login."""
    return lambda scope, tenant: microsoft.token(aud=scope)


@pytest.fixture
def teams(settings: Settings, conversation: Conversation, microsoft: Microsoft) -> Teams:
    return build(settings, conversation, cloud=microsoft.cloud, token=signed(microsoft))


@pytest.fixture
def served(teams: Teams, microsoft: Microsoft) -> Iterator[Served]:
    served = Served(teams, microsoft)
    yield served
    served.close()


def card_of(message: dict[str, Any]) -> dict[str, Any]:
    return next(each["content"] for each in message["attachments"])


def buttons(message: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The buttons below a message, by what stands on them."""
    sets = [element for element in card_of(message)["body"] if element["type"] == "ActionSet"]
    return {action["title"]: action for each in sets for action in each["actions"]}


def test_answers_a_question_with_citations(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """A question in a personal chat is answered with the figure, its citation, the label and the feedback loop."""
    monkeypatch.setattr(delivery, "SOON", 30.0)  # no status, which would be told of in the answer, on a busy machine
    message = served.ask("Vad är målet för sjukfrånvaron?")
    assert "6,8 %" in message["text"]
    assert message["text"].startswith("Jag är en automatisk assistent")
    [entity] = message["entities"]
    assert entity["additionalType"] == ["AIGeneratedContent"]
    [claim] = entity["citation"]
    assert claim["position"] == 1
    assert claim["appearance"]["abstract"] == "Sjukfrånvaro 6,8 % 6,5 % Tertial"
    assert claim["appearance"]["url"].startswith("https://plansvar.example/documents/")
    assert message["channelData"]["feedbackLoop"] == {"type": "default"}
    assert "Källor" in buttons(message)


def test_takes_retries_once(served: Served, microsoft: Microsoft) -> None:
    """A storm of the same message is acknowledged each time, within a second, and answered once."""

    def post(_: int) -> tuple[int, float]:
        begun = time.monotonic()
        status = served.post(activity("Vad är målet för sjukfrånvaron?", microsoft.address)).status_code
        return status, time.monotonic() - begun

    with ThreadPoolExecutor(8) as threads:
        told = list(threads.map(post, range(16)))
    assert {status for status, _ in told} == {200}
    microsoft.messages(1)
    time.sleep(0.2)
    assert len(microsoft.messages(1)) == 1


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ({}, 200),
        ({"aud": "x"}, 401),
        ({"iss": "https://sts.windows.net/x/"}, 401),
        ({"exp": 1}, 401),
        ({"serviceurl": "https://elsewhere.example"}, 401),
        ({"serviceurl": None}, 401),
        ({"kid": "k2"}, 401),
        ({"key": new_key()}, 401),
    ],
)
def test_lets_only_microsofts_tokens_in(
    served: Served, microsoft: Microsoft, claims: dict[str, Any], status: int
) -> None:
    """A token of another key, audience, issuer or address, or an expired one, is refused."""
    body = activity("hjälp", microsoft.address)
    assert served.post(body, microsoft.token(**claims)).status_code == status


def test_refuses_without_token_or_from_elsewhere(served: Served, microsoft: Microsoft) -> None:
    """No token is 401; with one, another tenant, a guest from one, another channel or nonsense goes no further."""
    here = microsoft.address
    other = {"tenant": {"id": "99999999-0000-0000-0000-000000000000"}}
    alone = activity("hjälp", here)
    del alone["serviceUrl"]
    assert served.post(activity("hjälp", here), "").status_code == 401
    assert served.post(activity("hjälp", here), "x.y.z").status_code == 401
    assert served.post(alone).status_code == 401
    assert served.post(activity("hjälp", here, channelData=other)).status_code == 403
    assert served.post(activity("hjälp", here, channelId="directline")).status_code == 403
    guest = {"id": "29:g", "tenantId": "99999999-0000-0000-0000-000000000000"}
    assert served.post(activity("hjälp", here, **{"from": guest})).status_code == 403
    assert served.post([1]).status_code == 400
    assert not microsoft.sent


def test_slow_keys_hold_up_nothing_else(served: Served, microsoft: Microsoft) -> None:
    """While Microsoft's keys are waited for, the server answers others."""
    microsoft.keys_ready.clear()
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(served.say, "hjälp")
        assert microsoft.asked_for_keys.wait(10)
        assert httpx.get(f"{served.address}/api/messages/x/y").status_code == 404
        assert not waiting.done()
        microsoft.keys_ready.set()
        assert waiting.result().status_code == 200


def test_follows_up_in_group_and_channel_where_it_is_mentioned(served: Served, microsoft: Microsoft) -> None:
    """A mention is no part of the question, the reply goes to the same thread, and other talk is left alone."""
    asked = "<at>Plansvar</at>&nbsp;Vad är målet för sjukfrånvaron?"
    for place in (GROUP, CHANNEL):
        assert "6,8 %" in served.ask(asked, conversation=place, entities=MENTION)["text"]
        assert microsoft.sent[-1][0] == place["id"]
    other = {"id": "29:bo", "aadObjectId": "aad-bo"}
    assert served.say("Hej på er", conversation=GROUP, **{"from": other}).status_code == 200
    time.sleep(0.2)
    assert len(microsoft.messages(2)) == 2


def test_takes_a_button_as_words(served: Served, microsoft: Microsoft) -> None:
    """A button pressed in a group is the person's next message, without a mention and though others have written."""
    first = served.ask("<at>Plansvar</at> börja", conversation=GROUP, entities=MENTION)
    other = {"id": "29:bo", "aadObjectId": "aad-bo"}
    served.say("Jaha", conversation=GROUP, **{"from": other})
    data = buttons(first)["Nästa"]["data"]
    assert "Steg 2 av 5" in served.ask("", conversation=GROUP, value=data)["text"]


def test_shows_sources_to_who_may_see_them(served: Served, microsoft: Microsoft) -> None:
    """The button opens the sources with quote, neighbours and link; not for somebody else in a personal chat."""
    answer = buttons(served.ask("Vad är målet för sjukfrånvaron?"))["Källor"]["data"]["answer"]

    def press(verb: str, **changes: Any) -> dict[str, Any]:
        value = {"action": {"type": "Action.Execute", "verb": verb, "data": {"answer": answer}}}
        invoke = {"type": "invoke", "name": "adaptiveCard/action", "value": value}
        response = served.say("", **invoke, **changes)
        assert response.status_code == 200
        return dict(response.json())

    shown = json.dumps(press("sources")["value"], ensure_ascii=False)
    assert "Sjukfrånvaro 6,8 % 6,5 % Tertial" in shown
    assert "https://plansvar.example/documents/" in shown
    assert press("wrong_source")["value"] == "Tack, det är noterat."
    assert "finns inte kvar" in press("sources", **{"from": {"id": "29:bo", "aadObjectId": "aad-bo"}})["value"]


def test_keeps_feedback_on_the_message_it_is_about(
    served: Served, conversation: Conversation, microsoft: Microsoft
) -> None:
    """A thumb down on an earlier answer, with words, is kept for that answer and not for the last one; which message it
    was under tells nobody who wrote."""
    served.ask("Vad är målet för sjukfrånvaron?")
    first = f"m{len(microsoft.sent)}"
    served.ask("Vad är målet för medarbetarindex?")
    time.sleep(0.3)  # what was sent is noted after it has arrived
    said = {"reaction": "dislike", "feedback": json.dumps({"feedbackText": "fel år"})}
    value = {"actionName": "feedback", "actionValue": said}
    assert served.say("", type="invoke", name="message/submitAction", value=value, replyToId=first).status_code == 200
    with conversation.state.index.read() as connection:
        [row] = connection.execute(feedback.select()).all()
        noted = connection.exec_driver_sql("SELECT * FROM teams_sent").all()
    assert len(noted) == 2
    assert "asa" not in str(noted)
    assert (row.verdict, row.words, row.question) == ("wrong", "fel år", "Vad är målet för sjukfrånvaron?")


def test_sends_the_calendar_as_a_link(served: Served) -> None:
    """Deadlines as a calendar are behind a link that opens without signing in, and that nobody can make up."""
    link = buttons(served.ask("tidsfrister ics"))["Som kalender"]["url"]
    path = link.removeprefix("https://plansvar.example")
    found = httpx.get(served.address + path)
    assert found.text.startswith("BEGIN:VCALENDAR")
    assert found.headers["content-type"].startswith("text/calendar")
    assert httpx.get(served.address + path.replace("messages/", "messages/A")).status_code == 404


def test_welcomes_whoever_adds_the_app(served: Served, microsoft: Microsoft) -> None:
    """Added for oneself it says what it is, once; added to a team it says nothing."""
    assert served.say("", type="installationUpdate", action="add").status_code == 200
    assert "automatisk assistent" in microsoft.messages(1)[0]["text"]
    assert served.say("", type="installationUpdate", action="add", conversation=CHANNEL).status_code == 200
    time.sleep(0.2)
    assert len(microsoft.messages(1)) == 1


def test_streams_a_status_and_then_the_whole(
    served: Served, conversation: Conversation, microsoft: Microsoft, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow answer in a personal chat begins as a stream and ends it; in a group it is only seen to be typing."""
    answer = conversation.reply

    def slow(message: Message) -> Reply:
        time.sleep(0.4)
        return answer(message)

    monkeypatch.setattr(conversation, "reply", slow)
    monkeypatch.setattr(delivery, "SOON", 0.1)
    final = served.ask("Vad är målet för sjukfrånvaron?")
    status = microsoft.sent[0][2]
    assert status["type"] == "typing"
    assert status["text"] == "Letar i planen …"
    assert {"type": "streaminfo", "streamType": "informative", "streamSequence": 1} in status["entities"]
    assert final["id"] == "m1"
    assert {"type": "streaminfo", "streamType": "final", "streamId": "m1"} in final["entities"]
    served.ask("<at>Plansvar</at> hjälp", conversation=GROUP, entities=MENTION)
    typing = microsoft.sent[-2][2]
    assert typing["type"] == "typing"
    assert "entities" not in typing


@pytest.mark.parametrize(
    ("answers", "statuses"),
    [
        ([(429, {"retry-after": "0"}, {})], [429, 201]),
        ([(503, {}, {}), (500, {}, {})], [503, 500, 201]),
        ([(400, {}, {})], [400, 201]),
        ([(413, {}, {})], [413, 201]),
        ([(403, {}, {})], [403]),
    ],
)
def test_bears_with_teams(
    served: Served,
    conversation: Conversation,
    microsoft: Microsoft,
    monkeypatch: pytest.MonkeyPatch,
    answers: list[Any],
    statuses: list[int],
) -> None:
    """Busy or broken, Teams is tried again; what it refuses goes as text alone; where nobody is there, it ends."""
    monkeypatch.setattr(delivery, "_WAITS", (0.05, 0.05, 0.05))
    monkeypatch.setattr(delivery, "SOON", 30.0)  # no status, which would take the first answer, on a busy machine
    microsoft.answers += answers
    served.say("Vad är målet för sjukfrånvaron?")
    deadline = time.monotonic() + 10
    while conversation.state.pending("teams") or len(microsoft.sent) < len(statuses):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert [status for _, status, _ in microsoft.sent] == statuses
    if statuses[0] in (400, 413):
        assert "attachments" not in microsoft.sent[-1][2]
        assert "6,8 %" in microsoft.sent[-1][2]["text"]


def test_names_the_settings_it_lacks(
    settings: Settings, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its settings Teams does not start, and one line names them."""
    monkeypatch.delenv("PLANSVAR_TEAMS_CLIENT_SECRET")
    monkeypatch.delenv("PLANSVAR_TEAMS_TENANT_ID")
    with pytest.raises(MissingSetting) as error:
        build(read_settings(), conversation)
    missing = "PLANSVAR_TEAMS_CLIENT_SECRET, PLANSVAR_TEAMS_TENANT_ID"
    assert str(error.value) == f"Teams needs {missing}: see docs/teams.md"


def test_logs_no_words_of_a_message(served: Served, microsoft: Microsoft, caplog: pytest.LogCaptureFixture) -> None:
    """Neither a question nor a broken activity leaves its words in the log."""
    with caplog.at_level(logging.INFO):
        served.ask("Vad är målet för sjukfrånvaron?")
        served.post(activity("hemlighet", microsoft.address, conversation="hemlighet"))
        served.post(activity("hemlighet", microsoft.address, value="hemlighet", type="invoke", name="hemlighet"))
    assert "sjukfrånvaron" not in caplog.text
    assert "hemlighet" not in caplog.text
