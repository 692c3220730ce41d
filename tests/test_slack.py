"""Slack by the real SDK against a small Slack on this machine: what is asked, answered, pressed and refused."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import Command
from peers import slack_limits
from peers.slack import (
    ANNA,
    APP_TOKEN,
    BO,
    BOT,
    BOT_TOKEN,
    CHANNEL,
    CONNECT,
    DIRECT,
    GUEST,
    TEAM,
    Fault,
    Json,
    Slack,
    buttons,
    user,
    words,
)
from pydantic import SecretStr
from slack_sdk.http_retry import FixedValueRetryIntervalCalculator
from slack_sdk.socket_mode.aiohttp import SocketModeClient

from bot.build import build_conversation, build_index
from bot.conversation import Conversation
from bot.message import Message, Reply
from bot.settings import MissingSetting, Settings, Unusable, read_settings
from bot.slack import Slack as App
from bot.slack import build, serve, to_message

QUESTION = "Vad är målet för sjukfrånvaron?"


@pytest.fixture
def settings(samples: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("PLANSVAR_SLACK_BOT_TOKEN", BOT_TOKEN)
    monkeypatch.setenv("PLANSVAR_SLACK_APP_TOKEN", APP_TOKEN)
    monkeypatch.setenv("PLANSVAR_SLACK_TEAM", TEAM)
    monkeypatch.setenv("PLANSVAR_PUBLIC_URL", "https://plan.norrsjo.example")
    return read_settings()


@pytest.fixture
def conversation(settings: Settings) -> Iterator[Conversation]:
    index = build_index(settings)
    yield build_conversation(settings, index)
    index.close()


def built(conversation: Conversation, api: str) -> App:
    """Plansvar in Slack, with the SDK's own tries following each other soon."""
    app = build(conversation.settings, conversation, api)
    for handler in app.client.retry_handlers:
        handler.interval_calculator = FixedValueRetryIntervalCalculator(0.05)
    return app


@contextmanager
def served(conversation: Conversation, slack: Slack, watch: float = 20.0, ping: float = 10.0) -> Iterator[None]:
    """Plansvar in Slack, over a socket, in a thread of its own."""
    loop = asyncio.new_event_loop()
    app = built(conversation, slack.api)
    open_ = threading.Event()
    task = loop.create_task(serve(app, lambda _: open_.set(), watch, ping))

    def run() -> None:
        with pytest.raises(asyncio.CancelledError):
            loop.run_until_complete(task)
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        assert open_.wait(30)
        yield
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join(15)


@pytest.fixture
def app(conversation: Conversation, slack: Slack) -> Iterator[Slack]:
    """Slack with Plansvar in it."""
    with served(conversation, slack):
        yield slack


def test_answers_a_mention_in_its_thread(app: Slack) -> None:
    """A mention comes as two events, and is answered once, in a thread, with sources and a fallback text."""
    mention, message = app.mention(QUESTION)
    app.push(message)
    app.push(mention)
    post = app.wait_posts()[0]
    app.quiet()
    assert len(app.posts()) == 1
    assert post["channel"] == CHANNEL
    assert post["thread_ts"] == mention["event"]["ts"]
    assert "6,8 %" in words(post)
    assert "6,8 %" in post["text"]
    assert next(each["action_id"] for each in buttons(post)) == "source:0"


def answered(app: Slack, text: str = QUESTION, user: str = ANNA, channel: str = DIRECT, thread: str = "") -> Json:
    """What somebody is answered in a direct message."""
    before = len(app.posts())
    app.push(app.message(text, user, channel, thread))
    return app.wait_posts(before + 1)[-1]


def element(payload: Json, action: str) -> Json:
    """What can be pressed in a message, by the beginning of its action."""
    return next(each for each in buttons(payload) if each["action_id"].startswith(action))


# Asking


def test_answers_a_direct_message_in_its_thread(app: Slack) -> None:
    """A direct message begins a thread of its own, and the first reply tells what this is."""
    message = app.message(QUESTION)
    app.push(message)
    post = app.wait_posts()[0]
    assert (post["channel"], post["thread_ts"]) == (DIRECT, message["event"]["ts"])
    assert "automatisk assistent" in words(post)
    assert "6,8 %" in words(post)


def test_follows_up_in_a_thread_without_being_named(app: Slack) -> None:
    """In a thread with the assistant a follow-up needs no mention, until somebody else writes there."""
    mention, _ = app.mention(QUESTION)
    thread = mention["event"]["ts"]
    app.push(mention)
    app.wait_posts(1)
    follow = app.message("Och för dag 1–14?", channel=CHANNEL, thread=thread)
    app.push(follow)
    post = app.wait_posts(2)[1]
    assert "dag 1–14" in words(post)
    app.push(app.message("Bra att veta!", BO, CHANNEL, thread))
    app.push(app.message("Ja, eller hur?", ANNA, CHANNEL, thread))
    app.quiet()
    assert len(app.posts()) == 2


def test_leaves_a_channel_alone_that_does_not_name_it(app: Slack) -> None:
    """What people say to each other is neither answered nor looked up."""
    app.push(app.message("Vad är målet för sjukfrånvaron?", channel=CHANNEL))
    app.quiet()
    assert not app.posts()
    assert not app.of("users.info")


def test_answers_a_slash_command_to_its_asker_alone(app: Slack) -> None:
    """`/plan` is answered through its response URL, for nobody else to see, and needs no membership of the channel."""
    ack = app.push(app.command(QUESTION), "slash_commands")
    assert ack.payload is None
    reply = app.wait(lambda: app.of("respond"))[0]
    assert reply["response_type"] == "ephemeral"
    assert "6,8 %" in words(reply)
    assert not app.posts()


def test_a_slash_command_follows_up(app: Slack) -> None:
    """`/plan` after `/plan` is a conversation, though Slack shows no thread."""
    app.push(app.command(QUESTION), "slash_commands")
    app.wait(lambda: app.of("respond"))
    app.push(app.command("Och för dag 1–14?"), "slash_commands")
    assert "dag 1–14" in words(app.wait(lambda: app.of("respond")[1:])[0])


def test_answers_a_slash_command_whose_address_is_used_up(app: Slack) -> None:
    """A response URL that serves no more gives way to a message that only the asker sees."""
    app.faults["respond"] = [Fault(404, "used_url")]
    app.push(app.command(QUESTION), "slash_commands")
    reply = app.wait(lambda: app.of("chat.postEphemeral"))[0]
    assert (reply["channel"], reply["user"]) == (CHANNEL, ANNA)
    assert "6,8 %" in words(reply)


def test_answers_in_the_language_of_the_question(app: Slack) -> None:
    """An English question gets an English answer with English buttons."""
    post = answered(app, "What is our target for sick leave?", BO)
    assert "The 2026 target" in words(post)
    assert "Right" in [each["text"]["text"] for each in buttons(post)]


def test_speaks_the_language_of_the_persons_slack(app: Slack) -> None:
    """A command that is the same word in both languages is answered in the language that Slack is set to."""
    assert "Ask about the plan" in words(answered(app, "", BO))
    assert "Skriv en fråga" in words(answered(app, "", ANNA))


def test_suggests_what_to_ask_in_its_own_tab(app: Slack) -> None:
    """Who opens the assistant's messages is shown at most four things to ask; its home tab shows nothing."""
    app.push(app.event(type="app_home_opened", user=BO, channel=DIRECT, tab="messages", event_ts="1"))
    shown = app.wait(lambda: app.of("assistant.threads.setSuggestedPrompts"))[0]
    assert shown["channel_id"] == DIRECT
    assert 1 <= len(shown["prompts"]) <= 4
    assert {"title": "What is due when?", "message": "deadlines"} in shown["prompts"]
    app.push(app.event(type="app_home_opened", user=BO, channel=DIRECT, tab="home", event_ts="2"))
    app.quiet()
    assert len(app.of("assistant.threads.setSuggestedPrompts")) == 1


@pytest.mark.parametrize("subtype", ["message_changed", "message_deleted", "channel_join", "bot_message"])
def test_takes_no_message_that_nobody_wrote(app: Slack, subtype: str) -> None:
    """Edits, deletions, comings and goings, and other programs' words are acknowledged and left."""
    app.push(app.message(QUESTION, subtype=subtype))
    app.push(app.message(QUESTION, bot_id="B0OTHER"))
    app.push(app.message(QUESTION, user=BOT))
    app.quiet()
    assert not app.posts()


# What Slack's text becomes


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (f"<@{BOT}> vad kostar förskolan?", "vad kostar förskolan?"),
        (f"<@{BOT}>", ""),
        ("mer än 5 &lt; 7 &amp; &gt;", "mer än 5 < 7 & >"),
        ("se <https://norrsjo.example/a|planen> nu", "se planen nu"),
        ("se <https://norrsjo.example/a>", "se https://norrsjo.example/a"),
        ("<#C1|ekonomi> och <@U2|bo> och <!here>", "ekonomi och bo och"),
        ("*Vad* är _målet_ för `sjukfrånvaro`?", "Vad är målet för sjukfrånvaro?"),
        ("snitt_per_enhet 3*4*5", "snitt_per_enhet 3*4*5"),
        ("&lt;!channel&gt;", "<!channel>"),
    ],
)
def test_reads_a_message_as_it_was_typed(written: str, read: str) -> None:
    """Slack's markup is taken off, what was typed stays."""
    body = {"event": {"type": "message", "user": ANNA, "channel": DIRECT, "ts": "1.2", "text": written}}
    message = to_message(body, TEAM, BOT)
    assert message
    assert message.text == read


def test_one_message_has_one_event_whatever_delivers_it() -> None:
    """The two events of a mention, and each retry with another event id, are the same message."""
    with Slack() as slack:
        mention, message = slack.mention("hej")
    taken = [to_message(body, TEAM, BOT) for body in (mention, message, mention | {"event_id": "EvAGAIN"})]
    assert {each.event for each in taken if each} == {f"slack:{TEAM}:{CHANNEL}:{mention['event']['ts']}"}
    assert all(each and each.mentioned and not each.direct for each in taken)


# Sources, feedback, suggestions, files


def test_opens_a_source(app: Slack) -> None:
    """A numbered button opens a modal with where it stands, the quote among its neighbours, and a link."""
    post = answered(app)
    body = app.press(element(post, "source:"), post)
    app.push(body, "interactive")
    opened = app.wait(lambda: app.of("views.open"))[0]
    assert opened["trigger_id"] == body["trigger_id"]
    shown = words(opened["view"])
    assert "verksamhetsplan-2026-norrsjo.txt" in shown
    assert "3.2" in shown
    quote = next(b for b in opened["view"]["blocks"] if b["elements"][0]["type"] == "rich_text_quote")
    bold = [each["text"] for each in quote["elements"][0]["elements"] if each.get("style") == {"bold": True}]
    assert bold[0].split()[:2] == ["Sjukfrånvaro", "6,8"]
    link = opened["view"]["blocks"][-1]["elements"][0]["elements"][0]
    assert link["url"].startswith("https://plan.norrsjo.example/documents/")


def test_opens_a_source_chosen_from_a_menu(app: Slack) -> None:
    """Where an answer has more sources than there is room for buttons, they are chosen from a menu."""
    post = answered(app, "tidsfrister")
    menu = element(post, "source:")
    assert menu["type"] == "static_select"
    app.push(app.press(menu, post, option=1), "interactive")
    assert app.wait(lambda: app.of("views.open"))[0]["view"]["title"]["text"] == "Källa 2"


def test_opens_no_source_of_somebody_elses_conversation(app: Slack) -> None:
    """What was said to one person alone opens for nobody else, who is told so."""
    post = answered(app)
    app.push(app.press(element(post, "source:"), post, BO), "interactive")
    view = app.wait(lambda: app.of("views.open"))[0]["view"]
    assert "6,8" not in words(view)
    assert "källa 1" in words(view)


def test_opens_a_source_in_a_channel_for_everybody_there(app: Slack) -> None:
    """What was answered in a channel is everybody's there."""
    mention, _ = app.mention(QUESTION)
    app.push(mention)
    post = app.wait_posts()[0]
    app.push(app.press(element(post, "source:"), post, BO), "interactive")
    assert "6,8" in words(app.wait(lambda: app.of("views.open"))[0]["view"])


def test_keeps_that_an_answer_is_right(app: Slack, conversation: Conversation) -> None:
    """One press keeps it, and thanks are said to who pressed."""
    post = answered(app)
    app.push(app.press(element(post, "feedback:right"), post), "interactive")
    thanks = app.wait(lambda: app.of("chat.postEphemeral"))[0]
    assert (thanks["user"], thanks["thread_ts"]) == (ANNA, post["thread_ts"])
    assert [each.verdict for each in conversation.state.judged()] == ["right"]


@pytest.mark.parametrize("verdict", ["wrong", "wrong_source"])
def test_asks_what_is_wrong(app: Slack, conversation: Conversation, verdict: str) -> None:
    """The verdict is kept at once; the words that follow in a modal are added to it."""
    post = answered(app)
    pressed = next(each for each in buttons(post) if each["action_id"] == f"feedback:{verdict}")
    app.push(app.press(pressed, post), "interactive")
    view = app.wait(lambda: app.of("views.open"))[0]["view"]
    assert [(each.verdict, each.words) for each in conversation.state.judged()] == [(verdict, "")]
    ack = app.push(app.submit(view, "Det ska vara 6,5 %."), "interactive")
    assert ack.payload["response_action"] == "update"
    assert not slack_limits.view(ack.payload["view"])
    assert [(each.verdict, each.words) for each in conversation.state.judged()] == [(verdict, "Det ska vara 6,5 %.")]


def test_a_suggestion_is_the_persons_next_message(app: Slack) -> None:
    """A pressed button is answered in the same thread, below what it said."""
    post = answered(app)
    suggestion = element(post, "suggest:")
    app.push(app.press(suggestion, post), "interactive")
    reply = app.wait_posts(2)[1]
    assert reply["thread_ts"] == post["thread_ts"]
    assert words(reply).startswith(f"» {suggestion['text']['text']}")


def test_leads_through_the_tour_by_its_button(app: Slack) -> None:
    """Five presses on "next" are the whole tour."""
    post = answered(app, "börja")
    assert "Steg 1 av 5" in words(post)
    for step in range(2, 6):
        app.push(app.press(element(post, "suggest:"), post), "interactive")
        post = app.wait_posts(step)[-1]
        assert f"Steg {step} av 5" in words(post)


def test_a_suggestion_below_a_private_answer_is_answered_privately(app: Slack) -> None:
    """What follows from `/plan` stays between the assistant and its asker."""
    app.push(app.command("börja"), "slash_commands")
    reply = app.wait(lambda: app.of("respond"))[0]
    app.push(app.press(element(reply, "suggest:"), reply), "interactive")
    assert "Steg 2 av 5" in words(app.wait(lambda: app.of("respond")[1:])[0])
    assert not app.posts()


def test_shows_deadlines_as_a_table_with_their_sources(app: Slack) -> None:
    """Deadlines are rows of a table, not said again as text; what only the text says follows."""
    post = answered(app, "tidsfrister")
    table = next(block for block in post["blocks"] if block["type"] == "table")
    assert [cell["text"] for cell in table["rows"][0]] == ["Klart", "Aktivitet", "Ansvarig", "Källa"]
    assert [cell["text"] for cell in table["rows"][1]][-1] == "[1]"
    first = table["rows"][1][1]["text"]
    assert words(post).count(first) == 1
    assert first in post["text"]


def test_sends_deadlines_as_a_calendar(app: Slack) -> None:
    """The calendar is a file in the same thread, once the text is there."""
    post = answered(app, "tidsfrister ics")
    done = app.wait(lambda: app.of("files.completeUploadExternal"))[0]
    assert (done["channel_id"], done["thread_ts"]) == (DIRECT, post["thread_ts"])
    assert app.of("files.getUploadURLExternal")[0]["filename"] == "plansvar.ics"
    assert app.of("upload")[0]["content"].startswith(b"BEGIN:VCALENDAR")


def test_sends_a_file_of_a_private_answer_directly(app: Slack) -> None:
    """A file can't be for one person's eyes in a channel, so it comes in a direct message."""
    app.push(app.command("tidsfrister ics"), "slash_commands")
    assert app.wait(lambda: app.of("files.completeUploadExternal"))[0]["channel_id"] == DIRECT
    assert "direktmeddelande" in app.wait(lambda: app.of("respond")[1:])[0]["text"]


# Who may ask


@pytest.mark.parametrize("user", [GUEST, CONNECT, "U0NOBODY"])
def test_refuses_guests_and_other_companies(app: Slack, conversation: Conversation, user: str) -> None:
    """A guest is told once that only members are answered; nothing they write is kept."""
    for _ in range(2):
        app.push(app.mention(QUESTION, user)[0])
        app.push(app.message(QUESTION, user))
    app.quiet()
    assert not app.posts()
    assert len(app.of("chat.postEphemeral")) == 1
    assert not conversation.state.typed(f"slack:{TEAM}:{user}")


def test_answers_guests_where_that_is_set(
    slack: Slack, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PLANSVAR_SLACK_GUESTS lets guests and those of other companies ask."""
    monkeypatch.setenv("PLANSVAR_SLACK_GUESTS", "true")
    conversation.settings = read_settings()
    with served(conversation, slack):
        for user in (GUEST, CONNECT):
            assert "6,8 %" in words(answered(slack, user=user))


def test_guests_open_nothing_and_judge_nothing(app: Slack, conversation: Conversation) -> None:
    """What was answered in a channel stays closed to its guests."""
    app.push(app.mention(QUESTION)[0])
    post = app.wait_posts()[0]
    app.push(app.press(element(post, "source:"), post, GUEST), "interactive")
    assert "6,8" not in words(app.wait(lambda: app.of("views.open"))[0]["view"])
    app.push(app.press(element(post, "feedback:wrong"), post, GUEST), "interactive")
    app.push(app.press(element(post, "suggest:"), post, GUEST), "interactive")
    app.quiet()
    assert not conversation.state.judged()
    assert len(app.posts()) == 1


def test_sends_nothing_to_somebody_whom_slack_does_not_tell_of_in_time(app: Slack) -> None:
    """Where Slack is slow to say who asks, the message is kept and acknowledged, and a guest is refused after all."""
    app.faults["users.info"] = [Fault(delay=1.0, serve=True)]
    ack = app.push(app.message(QUESTION, GUEST))
    assert ack.seconds < 1
    app.wait(lambda: app.of("chat.postEphemeral"))
    app.quiet()
    assert not app.posts()


def test_leaves_another_workspace_alone(app: Slack) -> None:
    """An event of a workspace that is not the one set is acknowledged, and nothing comes of it."""
    event = app.message(QUESTION) | {"team_id": "T0ELSE"}
    event["authorizations"] = [event["authorizations"][0] | {"team_id": "T0ELSE"}]
    app.push(event)
    app.push(app.command(QUESTION) | {"team_id": "T0ELSE"}, "slash_commands")
    app.quiet()
    assert not app.posts()
    assert not app.of("respond")


# Once, soon, and whatever happens meanwhile


def test_answers_a_storm_of_retries_once(app: Slack) -> None:
    """The same message, sent many times by both events and with a retry's number, gets one answer."""
    mention, message = app.mention(QUESTION)
    for retry in range(3):
        app.push(mention, retry=retry)
        app.push(message | {"event_id": f"Ev{retry}"}, retry=retry)
    app.push_all([mention, message] * 5)
    app.wait_posts()
    app.quiet()
    assert len(app.posts()) == 1


def test_acknowledges_within_a_second_under_load(app: Slack) -> None:
    """Sixty questions at once are each acknowledged within a second and answered, however long answering takes."""
    asked: set[str] = set()
    slowest = []
    for turn in range(3):  # the best of them, since the machine may be busy with something else
        people = [f"U{turn}{n:04}" for n in range(60)]
        app.users |= {person: user(person) for person in people}
        acks = app.push_all([app.message(QUESTION, person, f"D{person}") for person in people])
        slowest.append(max(ack.seconds for ack in acks))
        asked |= {f"D{person}" for person in people}
        app.wait_posts(len(asked), 90)
        if slowest[-1] < 1:
            break
    app.quiet()
    assert min(slowest) < 1
    assert sorted(post["channel"] for post in app.posts()) == sorted(asked)


def test_shows_that_it_searches(app: Slack, conversation: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that takes longer than a moment is preceded by a status in its thread."""
    quick = conversation.reply

    def slow(message: Message) -> Reply:
        time.sleep(0.3)
        return quick(message)

    monkeypatch.setattr(conversation, "reply", slow)
    monkeypatch.setattr("bot.delivery.SOON", 0.1)
    post = answered(app)
    status = app.of("assistant.threads.setStatus")[0]
    assert (status["channel_id"], status["thread_ts"]) == (DIRECT, post["thread_ts"])
    assert status["status"] == "söker i planen …"


def test_waits_where_slack_says_to(app: Slack) -> None:
    """A 429 is obeyed: the answer comes after the time that Slack names, once."""
    app.faults["chat.postMessage"] = [Fault(429, headers={"Retry-After": "1"})]
    began = time.monotonic()
    answered(app)
    assert time.monotonic() - began >= 1
    app.quiet()
    assert len(app.posts()) == 1


@pytest.mark.parametrize("fault", [Fault(500), Fault(503), Fault(502), Fault(error="internal_error")])
def test_tries_again_after_a_failure_of_slacks(app: Slack, fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    """What Slack fails to take is sent again, and is there once."""
    monkeypatch.setattr("bot.delivery._WAITS", (0.1, 0.1, 0.1))
    app.faults["chat.postMessage"] = [fault]
    answered(app)
    app.quiet()
    assert len(app.posts()) == 1


def test_goes_on_where_sending_failed(app: Slack, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that could not be sent is sent again without saying again what is there."""
    monkeypatch.setattr("bot.delivery._WAITS", (0.1, 0.1, 0.1))
    app.faults["files.getUploadURLExternal"] = [Fault(error="internal_error")]
    answered(app, "tidsfrister ics")
    app.wait(lambda: app.of("files.completeUploadExternal"))
    app.quiet()
    assert len(app.posts()) == 1


def test_says_in_plain_text_what_slack_refuses_as_blocks(app: Slack) -> None:
    """Blocks that Slack does not take give way to the same as text."""
    app.faults["chat.postMessage"] = [Fault(error="invalid_blocks")]
    post = answered(app)
    assert "blocks" not in post
    assert "6,8 %" in post["text"]


def test_opens_another_socket_when_slack_asks_for_it(app: Slack) -> None:
    """Slack's own "disconnect" costs no event: the next one comes over a new socket."""
    before = app.opened
    app.disconnect()
    app.wait(lambda: app.opened > before)
    assert "6,8 %" in words(answered(app))


@pytest.mark.slow
def test_connects_again_when_the_socket_breaks(slack: Slack, conversation: Conversation) -> None:
    """A socket cut in the middle of an answer costs neither the answer nor the next question."""
    with served(conversation, slack, ping=0.5):
        slack.send(slack.message(QUESTION))
        slack.drop()
        slack.connected()
        assert "6,8 %" in words(answered(slack, user=BO))
        slack.quiet()
        assert 1 <= len(slack.posts()) <= 2  # the first was either taken before the cut, or Slack sends it again


@pytest.mark.slow
def test_connects_again_after_slack_was_away(slack: Slack, conversation: Conversation) -> None:
    """While Slack gives no address for a socket it is asked again, until it does."""
    with served(conversation, slack, ping=0.3):
        slack.open_refused = True
        slack.drop()
        slack.wait(lambda: len(slack.of("apps.connections.open", served=False)) >= 2)
        slack.open_refused = False
        slack.connected()
        assert "6,8 %" in words(answered(slack))


@pytest.mark.slow
def test_opens_a_socket_where_the_sdk_does_not(
    slack: Slack, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The watchdog mends a connection that the SDK has given up."""

    async def given_up(_: object) -> None:
        await asyncio.sleep(3600)

    monkeypatch.setattr(SocketModeClient, "monitor_current_session", given_up)
    with served(conversation, slack, watch=0.2, ping=1.0):
        monkeypatch.setattr(SocketModeClient, "receive_messages", given_up)
        before = slack.opened
        slack.disconnect()  # the new session receives nothing, and nobody looks after it
        slack.wait(lambda: slack.opened > before)
        monkeypatch.undo()
        slack.drop()
        slack.connected()
        assert "6,8 %" in words(answered(slack))


@pytest.mark.slow
def test_answers_after_a_restart_what_was_left(slack: Slack, conversation: Conversation, settings: Settings) -> None:
    """A message that was kept when the process stopped is answered by the next one, in its thread."""
    slack.faults["chat.postMessage"] = [Fault(error="internal_error")] * 50
    with served(conversation, slack):
        message = slack.message(QUESTION)
        slack.push(message)
        slack.wait(lambda: slack.of("chat.postMessage", served=False))
    slack.faults.clear()
    again = build_conversation(settings, conversation.asker.library.index)
    with served(again, slack):
        post = slack.wait_posts()[0]
        slack.push(message, retry=1)
        slack.quiet()
    assert post["thread_ts"] == message["event"]["ts"]
    assert len(slack.posts()) == 1


def test_leaves_to_slack_what_could_not_be_kept(
    app: Slack, conversation: Conversation, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A message that the database does not take is not acknowledged, so that Slack sends it again; its words stay out
    of the log."""

    def away(_: object) -> bool:
        raise OSError(f"no database for: {QUESTION}")

    message = app.message(QUESTION)
    with monkeypatch.context() as broken:
        broken.setattr(conversation, "accept", away)
        with pytest.raises(TimeoutError):
            app.push(message, seconds=0.5)
    app.push(message, retry=1)
    assert "6,8 %" in words(app.wait_posts()[0])
    assert "OSError" in caplog.text
    assert QUESTION not in caplog.text


@pytest.mark.slow
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_stops_when_told_to(slack: Slack, settings: Settings, stop: signal.Signals) -> None:
    """A process that is told to stop closes its socket and ends without a word."""
    code = (
        "import sys\nfrom bot.build import *\n"
        "from bot.settings import read_settings\nfrom bot.slack import build, run\n"
        "settings = read_settings()\n"
        "conversation = build_conversation(settings, build_index(settings))\n"
        "run(build(settings, conversation, sys.argv[1]), lambda _: print('up', flush=True))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, slack.api], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout
        assert process.stdout.readline() == "up\n"
        process.send_signal(stop)
        try:
            assert process.communicate(timeout=20) == ("", "")
        finally:
            process.kill()  # one that doesn't stop fails, and keeps nobody waiting
    assert process.returncode == 0
    slack.wait(lambda: not slack.sockets)


# Settings


def test_names_what_is_missing(settings: Settings, conversation: Conversation) -> None:
    """What Slack needs and isn't set is named on one line."""
    bare = settings.model_copy(update={"slack_bot_token": None, "slack_team": None, "slack_app_token": None})
    with pytest.raises(MissingSetting, match=r"^Slack needs PLANSVAR_SLACK_BOT_TOKEN, PLANSVAR_SLACK_TEAM: "):
        build(bare, conversation)


def test_command_names_what_is_missing(samples: Path, plansvar: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """`plansvar slack` without settings says which it lacks, and exits with 2."""
    ran = plansvar("slack")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "PLANSVAR_SLACK_BOT_TOKEN, PLANSVAR_SLACK_TEAM" in ran.err
    monkeypatch.setenv("PLANSVAR_SLACK_BOT_TOKEN", BOT_TOKEN)
    monkeypatch.setenv("PLANSVAR_SLACK_TEAM", TEAM)
    assert "PLANSVAR_SLACK_APP_TOKEN" in plansvar("slack").err


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"slack_bot_token": "xoxb-other"}, "PLANSVAR_SLACK_BOT_TOKEN: Slack says invalid_auth"),
        ({"slack_app_token": "xapp-other"}, "PLANSVAR_SLACK_APP_TOKEN: Slack says invalid_auth"),
        ({"slack_team": "T0ELSE"}, "PLANSVAR_SLACK_TEAM is T0ELSE, but PLANSVAR_SLACK_BOT_TOKEN is of T0NORR"),
    ],
)
def test_says_which_setting_slack_does_not_take(
    slack: Slack, conversation: Conversation, changed: dict[str, str], said: str
) -> None:
    """A token that Slack refuses, or one of another workspace, ends the command at once with its name."""
    values = {name: SecretStr(each) if name.endswith("token") else each for name, each in changed.items()}
    app = build(conversation.settings.model_copy(update=values), conversation, slack.api)
    with pytest.raises(Unusable, match=said):
        asyncio.run(serve(app, lambda _: None))


def test_says_that_slack_is_not_to_be_reached(conversation: Conversation) -> None:
    """Without a network the command ends at once with the address that it tried."""
    app = built(conversation, "http://127.0.0.1:9/api/")
    with pytest.raises(Unusable, match=r"http://127\.0\.0\.1:9/api/ can't be reached"):
        asyncio.run(serve(app, lambda _: None))
