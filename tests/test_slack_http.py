"""Slack's events over HTTP, as the web server takes them: only what Slack signed, and that once."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from peers.slack import ANNA, BOT_TOKEN, CHANNEL, SECRET, TEAM, Fault, Json, Slack, buttons, signed, words

from bot.build import build_conversation, build_index
from bot.conversation import Conversation
from bot.settings import MissingSetting, read_settings
from bot.slack import PATH, build, router
from bot.web.endpoints import configured

QUESTION = "Vad är målet för sjukfrånvaron?"


@pytest.fixture
def conversation(samples: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Conversation]:
    monkeypatch.setenv("PLANSVAR_SLACK_BOT_TOKEN", BOT_TOKEN)
    monkeypatch.setenv("PLANSVAR_SLACK_SIGNING_SECRET", SECRET)
    monkeypatch.setenv("PLANSVAR_SLACK_TEAM", TEAM)
    settings = read_settings()
    index = build_index(settings)
    yield build_conversation(settings, index)
    index.close()


@pytest.fixture
def web(slack: Slack, conversation: Conversation) -> Iterator[TestClient]:
    """A web server with Slack's route."""
    app = FastAPI()
    app.include_router(router(build(conversation.settings, conversation, slack.api)))
    with TestClient(app) as client:
        yield client


def post(web: TestClient, body: Json, **headers: str) -> Any:
    """Slack posts an event."""
    content = json.dumps(body).encode()
    return web.post(PATH, content=content, headers={"Content-Type": "application/json", **signed(content), **headers})


def post_form(web: TestClient, form: dict[str, str]) -> Any:
    """Slack posts a command or something pressed."""
    content = urlencode(form).encode()
    kind = "application/x-www-form-urlencoded"
    return web.post(PATH, content=content, headers={"Content-Type": kind, **signed(content)})


def test_answers_an_event(web: TestClient, slack: Slack) -> None:
    """A signed event is acknowledged with 200 and answered in its thread."""
    mention, _ = slack.mention(QUESTION)
    assert post(web, mention).status_code == 200
    reply = slack.wait_posts()[0]
    assert (reply["channel"], reply["thread_ts"]) == (CHANNEL, mention["event"]["ts"])
    assert "6,8 %" in words(reply)


def test_answers_slacks_question_whether_the_address_is_ours(web: TestClient) -> None:
    """The challenge comes back, as Slack wants it when the address is set."""
    response = post(web, {"type": "url_verification", "challenge": "abc123", "token": "x"})
    assert response.status_code == 200
    assert "abc123" in response.text


def test_answers_a_command_and_what_is_pressed(web: TestClient, slack: Slack) -> None:
    """Forms are taken as events are: a command, a button below its answer, and a modal."""
    assert post_form(web, slack.command(QUESTION)).status_code == 200
    reply = slack.wait(lambda: slack.of("respond"))[0]
    wrong = next(each for each in buttons(reply) if each["action_id"] == "feedback:wrong")
    pressed = slack.press(wrong, reply)
    assert post_form(web, {"payload": json.dumps(pressed)}).status_code == 200
    view = slack.wait(lambda: slack.of("views.open"))[0]["view"]
    response = post_form(web, {"payload": json.dumps(slack.submit(view, "Fel år."))})
    assert response.status_code == 200
    assert response.json()["response_action"] == "update"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "v0=\u00e5"},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "soon"},
        {"X-Slack-Request-Timestamp": str(int(time.time()) + 3600)},
    ],
    ids=["none", "wrong", "empty", "no ASCII", "no time", "no number", "another time"],
)
def test_refuses_what_slack_did_not_sign(
    web: TestClient, slack: Slack, conversation: Conversation, headers: dict[str, str]
) -> None:
    """Without a signature, or with one that does not fit, nothing is taken: 401."""
    content = json.dumps(slack.message(QUESTION)).encode()
    given = {**signed(content), **headers} if headers else {}
    given = {"Content-Type": "application/json", **given}
    raw = {name.encode(): value.encode("latin-1") for name, value in given.items()}
    response = web.post(PATH, content=content, headers=raw)
    assert response.status_code == 401
    slack.quiet()
    assert not slack.posts()
    assert not conversation.state.typed(f"slack:{TEAM}:{ANNA}")


@pytest.mark.parametrize(("secret", "at"), [("another secret", 0), ("", 0), (SECRET, -301), (SECRET, 301)])
def test_refuses_what_was_signed_by_others_or_long_ago(web: TestClient, slack: Slack, secret: str, at: int) -> None:
    """Another secret, or a time more than five minutes off, is refused: 401."""
    content = json.dumps(slack.message(QUESTION)).encode()
    headers = {"Content-Type": "application/json", **signed(content, secret or "x", time.time() + at)}
    assert web.post(PATH, content=content, headers=headers).status_code == 401


def test_refuses_what_was_changed_under_way(web: TestClient, slack: Slack) -> None:
    """A body that is not the one signed is refused: 401."""
    content = json.dumps(slack.message(QUESTION)).encode()
    headers = {"Content-Type": "application/json", **signed(content)}
    assert web.post(PATH, content=content.replace(b"U0ANNA", b"U0EVIL"), headers=headers).status_code == 401


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"[]", b"payload=%7B", b"null"])
def test_refuses_what_is_no_event(web: TestClient, content: bytes) -> None:
    """What can't be read is a fault of who sent it, or is left; it never gets further."""
    response = web.post(PATH, content=content, headers={"Content-Type": "application/json"})
    assert response.status_code in (400, 401)
    signature = signed(content) if content.isascii() else {}
    assert web.post(PATH, content=content, headers=signature).status_code < 500


def test_answers_a_storm_of_retries_once(web: TestClient, slack: Slack) -> None:
    """Each retry is acknowledged, and one answer comes of all of them."""
    mention, message = slack.mention(QUESTION)
    for retry in range(4):
        for body in (mention, message):
            headers = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"} if retry else {}
            assert post(web, body, **headers).status_code == 200
    slack.wait_posts()
    slack.quiet()
    assert len(slack.posts()) == 1


def test_asks_slack_to_send_again_what_was_not_kept(
    web: TestClient, conversation: Conversation, slack: Slack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the database is away the answer is 500, and the retry is answered."""

    def away(_: object) -> bool:
        raise OSError

    message = slack.message(QUESTION)
    with monkeypatch.context() as broken:
        broken.setattr(conversation, "accept", away)
        assert post(web, message).status_code == 500
    assert post(web, message, **{"X-Slack-Retry-Num": "1"}).status_code == 200
    assert "6,8 %" in words(slack.wait_posts()[0])


def test_serves_the_rest_while_slack_is_away(slack: Slack, conversation: Conversation) -> None:
    """A Slack that does not answer at the start keeps nothing from starting; events are taken once it does."""
    slack.faults["auth.test"] = [Fault(error="internal_error")] * 2
    app = FastAPI()
    app.include_router(router(build(conversation.settings, conversation, slack.api)))
    message = slack.message(QUESTION)
    with TestClient(app) as client:
        assert post(client, message).status_code == 500
        assert post(client, message).status_code == 200
        assert "6,8 %" in words(slack.wait_posts()[0])


def test_takes_nothing_where_no_secret_is_set(conversation: Conversation) -> None:
    """Without a signing secret there is no route, since anybody could post to it; half the settings name the rest."""
    settings = conversation.settings
    assert not configured(settings.model_copy(update={"slack_signing_secret": None}), conversation)
    with pytest.raises(MissingSetting, match="PLANSVAR_SLACK_TEAM"):
        configured(settings.model_copy(update={"slack_team": None}), conversation)
