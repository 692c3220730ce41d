"""Telegram's messages as ours and ours as Telegram's: what is for us, what fits, and who is let in."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from conftest import Command
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update, User
from telegram.error import RetryAfter

from bot.build import build_conversation, build_index
from bot.commands import command_in
from bot.message import File, Reply, Suggestion
from bot.settings import InvalidSettings, MissingSetting, read_settings
from bot.telegram import MENU, Floods, build, to_message, to_payload
from bot.telegram_people import CODE_HOURS, People
from bot.telegram_text import LIMIT, Span, harmless, pages
from bot.web.endpoints import configured
from retrieval.evidence.answer_types import Citation

ME = User(666, "Plansvar", True, username="plansvar_bot")
ASA = {"id": 77, "is_bot": False, "first_name": "Åsa", "language_code": "sv"}
PRIVATE = {"id": 77, "type": "private"}
GROUP = {"id": -1001234567890, "type": "supergroup", "title": "Kajen"}
OURS = {"message_id": 3, "date": 1, "chat": GROUP, "from": {"id": 666, "is_bot": True, "first_name": "P"}, "text": "?"}
FORWARD = {"type": "hidden_user", "sender_user_name": "Bo", "date": 1}
LONGEST = f"telegram:{GROUP['id']}:{2**31}:{2**32}"


def update(text: str | None = None, kind: str = "message", sender: dict[str, Any] = ASA, **more: Any) -> Update:
    sent = {"message_id": 5, "date": 1, "chat": PRIVATE, "from": sender} | ({"text": text} if text else {}) | more
    return Update.de_json({"update_id": 1, kind: sent}, None)


def test_direct_message() -> None:
    """What somebody writes to the bot alone is a message with ids that begin with the chat's name."""
    message = to_message(update("Vad är målet?"), ME)
    assert message is not None
    assert (message.event, message.person, message.channel) == ("telegram:77:5", "telegram:77", "telegram:77")
    assert (message.text, message.direct, message.language) == ("Vad är målet?", True, "sv")
    assert json.loads(json.dumps(dict(message.address))) == {"chat": "77"}


@pytest.mark.parametrize(
    ("text", "more", "said"),
    [
        ("@plansvar_bot vad är målet?", {}, "vad är målet?"),
        ("Vad är målet, @Plansvar_Bot", {}, "Vad är målet,"),
        ("/tidsfrister@plansvar_bot ics", {}, "/tidsfrister ics"),
        ("och 2025?", {"reply_to_message": OURS}, "och 2025?"),
        (None, {"photo": [], "caption": "@plansvar_bot vad är målet?"}, None),
        ("vad är målet?", {}, None),
        ("/help", {}, None),
        ("/help@other_bot", {}, None),
        ("skriv till @plansvar_bot2", {}, None),
        ("skriv till bo@plansvar_bot", {}, None),
        ("@plansvar_bot vad är målet?", {"forward_origin": FORWARD}, None),
        ("vad är målet?", {"reply_to_message": OURS | {"from": ASA}}, None),
        ("hej", {"reply_to_message": {k: v for k, v in OURS.items() if k != "text"}, "is_topic_message": True}, None),
    ],
)
def test_groups(text: str | None, more: dict[str, Any], said: str | None) -> None:
    """In a group only what names the bot or replies to it is for the bot; the name is taken off."""
    message = to_message(update(text, chat=GROUP, **more), ME)
    if text is None:
        message = to_message(update(None, chat=GROUP, caption=more["caption"]), ME)
        said = "vad är målet?"
    assert (message and message.text) == said
    if message:
        assert not message.direct
        assert message.mentioned
        assert message.address["reply_to"] == "5"


def test_topic_is_a_thread() -> None:
    """A topic of a group is a thread of its own, and is answered there."""
    message = to_message(update("@plansvar_bot hej", chat=GROUP, is_topic_message=True, message_thread_id=9), ME)
    assert message is not None
    assert message.thread == f"telegram:{GROUP['id']}:9"
    assert message.address["topic"] == "9"


@pytest.mark.parametrize("name", MENU)
def test_menu_is_understood(name: str) -> None:
    """Each command of the menu, which has only a to z, is one that the core knows, in its language."""
    from bot.telegram import _menu_word

    for language, other in (("sv", "en"), ("en", "sv")):
        word = _menu_word(name, language)  # type: ignore[arg-type]
        assert word.isascii()
        assert word.replace("_", "").isalpha()
        message = to_message(update(f"/{word}"), ME)
        command = command_in(message.text) if message else None
        assert command is not None
        assert command.name == name
        assert command.language != other


def test_edited_message() -> None:
    """An edit is a message of its own, which is told apart from what it was, and replied to where it stands."""
    first, edited = update("Vad är målet"), update("Vad är målet för HME?", "edited_message", edit_date=1_700_000_000)
    before, after = to_message(first, ME), to_message(edited, ME)
    assert before is not None
    assert after is not None
    assert after.event == f"{before.event}:1700000000"
    assert after.address["reply_to"] == "5"


@pytest.mark.parametrize("text", ["glöm mig", "/forget_me", "forget me", "Vad är målet?"])
def test_forwarded_message(text: str) -> None:
    """Somebody else's words, passed on to the bot, are a question and never a command."""
    message = to_message(update(text, forward_origin=FORWARD), ME)
    command = command_in(message.text) if message else None
    assert command is not None
    assert (command.name, command.rest) == ("ask", text)


def test_what_is_no_message() -> None:
    """Service messages, channels and anonymous senders are nobody's message; a program's is marked as one."""
    assert to_message(update(new_chat_title="Kajen"), ME) is None
    assert to_message(update("hej", chat={"id": -5, "type": "channel"}), ME) is None
    assert to_message(update("hej", kind="channel_post"), ME) is None
    assert to_message(Update.de_json({"update_id": 1}, None), ME) is None
    robot = to_message(update("hej", sender=ASA | {"is_bot": True}), ME)
    assert robot is not None
    assert robot.bot


def test_pictures() -> None:
    """A picture's text is what was written; of an album without text all pictures are one message."""
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    written = to_message(update(photo=photo, caption="Vad är målet?", media_group_id="7"), ME)
    assert written is not None
    assert written.text == "Vad är målet?"
    album = [to_message(update(photo=photo, media_group_id="7", message_id=n), ME) for n in (8, 9)]
    assert len({each.event for each in album if each}) == 1


# Text


class Tags(HTMLParser):
    """Reads HTML as Telegram does, and insists that tags are closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


spans = st.lists(
    st.builds(
        Span, st.text(st.sampled_from("ab <>&;\"'\n😀å"), max_size=80), st.sampled_from(["", "b", "i", "blockquote"])
    ),
    max_size=8,
)


@given(spans, st.integers(2, 60))
def test_any_text_is_cut_whole(made: list[Span], limit: int) -> None:
    """Whatever is written, every message is within the limit with its tags closed, and nothing but space is lost."""
    cut = pages(made, limit)
    for page in cut:
        assert 1 <= units(page.plain) <= limit
        assert Tags(page.html).text == page.plain
    whole = "".join(span.text for span in made)
    assert "".join("".join(page.plain.split()) for page in cut) == "".join(whole.split())


@pytest.mark.parametrize(("length", "count"), [(LIMIT - 1, 1), (LIMIT, 1), (LIMIT + 1, 2), (2 * LIMIT, 2)])
@pytest.mark.parametrize("character", ["x", "<", "å"])
def test_at_the_limit(length: int, count: int, character: str) -> None:
    """A message may have 4,096 characters and no more, as they are read and not as they are written."""
    assert len(pages([Span(character * length)])) == count


def test_limit_counts_as_telegram_does() -> None:
    """A character that Telegram counts as two is counted as two."""
    assert len(pages([Span("😀" * 2048)])) == 1
    assert len(pages([Span("😀" * 2049)])) == 2


def test_cut_between_paragraphs() -> None:
    """A text is cut between paragraphs, else lines, else words."""
    assert [page.plain for page in pages([Span("aaa aaa\n\nbbb bbb\nccc")], 14)] == ["aaa aaa", "bbb bbb\nccc"]
    assert [page.plain for page in pages([Span("aaa bbb ccc ddd")], 12)] == ["aaa bbb ccc", "ddd"]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("fråga @kommunen", False),
        ("/forget_me", False),
        ("#plan", False),
        ("info@norrsjo.se", True),
        ("och/eller", True),
        ("https://plan.norrsjo.se/documents/a?from=1", True),
        ("1/2 och 3 / 4", True),
    ],
)
def test_plan_text_calls_nobody(text: str, same: bool) -> None:
    """Names, tags and commands in a plan's text are no links in Telegram; addresses still are."""
    assert (harmless(text) == text) is same
    assert harmless(text).replace("\N{WORD JOINER}", "") == text


# Replies


def citation(n: int) -> Citation:
    return Citation(n, "plan.pdf", "Mål › 3.2", 15, "15", "Sjukfrånvaro 6,8 %")


def test_reply_within_limits() -> None:
    """A long reply with everything is several messages, the buttons under the last text, within Telegram's limits."""
    reply = Reply(
        "<b>öppen & “rad”\n" * 600,
        "sv",
        notice="Jag är <i>automatisk",
        citations=tuple(citation(n) for n in range(1, 21)),
        files=(File("plan.ics", "text/calendar", b"BEGIN"),),
        suggestions=(Suggestion("Målet för " + "å" * 90, "Vad är målet? " * 20),),
        answer="f" * 32,
    )
    posts = to_payload(reply, LONGEST)
    texts = [post for post in posts if post.page]
    assert len(texts) > 2
    assert posts[-1].file is reply.files[0]
    assert [bool(post.keyboard) for post in posts] == [False] * (len(texts) - 1) + [True, False]
    assert all(post.page and units(post.page.plain) <= LIMIT and Tags(post.page.html) for post in texts)
    keyboard = texts[-1].keyboard
    assert keyboard is not None
    buttons = [button for row in keyboard.inline_keyboard for button in row]
    assert len(buttons) == 20 + 1 + 3
    assert max(map(len, keyboard.inline_keyboard)) <= 8
    assert all(1 <= len(str(button.callback_data).encode()) <= 64 for button in buttons)
    assert all(len(button.text) <= 64 for button in buttons)


def test_nothing_to_judge_has_no_feedback() -> None:
    """Only an answer has sources and feedback under it."""
    (post,) = to_payload(Reply("Tack.", "sv"), LONGEST)
    assert post.keyboard is None
    assert to_payload(replace(Reply("", "sv"), files=(File("a", "b", b""),)), LONGEST)[0].file


# Who is let in


@pytest.fixture
def people(samples: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[People]:
    monkeypatch.setenv("PLANSVAR_TELEGRAM_USERS", "77, 78")
    monkeypatch.setenv("PLANSVAR_TELEGRAM_ADMINS", "88")
    index = build_index(read_settings())
    yield People(index, read_settings())
    index.close()


def test_settings_let_in(people: People) -> None:
    """Users and administrators that are set may ask, and nobody else."""
    assert [people.may_ask(id) for id in (77, 78, 88, 99, 7)] == [True, True, True, False, False]
    assert people.admins == {88}


def test_code_is_used_once(people: People) -> None:
    """A code lets one person in, once; asking again gives the same code until it is used."""
    code = people.code(99, "Bo")
    assert people.code(99, "Bo") == code != people.code(98, "Eva")
    assert not people.may_ask(99)
    assert people.let_in(f" {code[:4].lower()}-{code[4:]} ")
    assert people.may_ask(99)
    assert people.let_in(code) is None
    assert [each.name for each in people.everybody()] == ["Bo"]
    assert people.shut_out(99)
    assert not people.may_ask(99)
    assert not people.shut_out(99)


def test_code_grows_old(people: People) -> None:
    """A code of yesterday lets nobody in, and who asks again gets a new one."""
    old = people.code(99, "Bo")
    people.clock = lambda: time.time() + CODE_HOURS * 3600 + 1
    assert people.let_in(old) is None
    assert people.code(99, "Bo") != old


@pytest.mark.parametrize("ids", ["@asa", "77;78", "77 78"])
def test_ids_that_are_none(people: People, monkeypatch: pytest.MonkeyPatch, ids: str) -> None:
    """Ids that can't be read are told by their setting, and let nobody in by mistake."""
    monkeypatch.setenv("PLANSVAR_TELEGRAM_ADMINS", ids)
    with pytest.raises(InvalidSettings, match="PLANSVAR_TELEGRAM_ADMINS"):
        People(people.index, read_settings())


# Put together


def test_missing_token(samples: Path, plansvar: Command) -> None:
    """Without a token the bot doesn't start, and says in one line what to set."""
    ran = plansvar("telegram")
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert "PLANSVAR_TELEGRAM_TOKEN" in ran.err


def test_webhook_settings(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A webhook, which there is where a secret is set, needs a token, the public address, and a fitting secret."""
    index = build_index(read_settings())
    conversation = build_conversation(read_settings(), index)
    assert configured(read_settings(), conversation) == []
    needed = {"TELEGRAM_WEBHOOK_SECRET": "s-3_T", "TELEGRAM_TOKEN": "1:T", "PUBLIC_URL": "https://plan.norrsjo.se/"}
    for name, value in needed.items():
        if name != "TELEGRAM_WEBHOOK_SECRET":
            with pytest.raises(MissingSetting, match=f"PLANSVAR_{name}"):
                configured(read_settings(), conversation)
        monkeypatch.setenv(f"PLANSVAR_{name}", value)
    (router,) = configured(read_settings(), conversation)
    assert [route.path for route in router.routes] == ["/telegram"]  # type: ignore[attr-defined]
    monkeypatch.setenv("PLANSVAR_TELEGRAM_WEBHOOK_SECRET", "with space")
    with pytest.raises(InvalidSettings, match="PLANSVAR_TELEGRAM_WEBHOOK_SECRET"):
        configured(read_settings(), conversation)
    index.close()


def test_token_is_not_logged(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What logs addresses, which hold the token, is quiet, and the token is in no `repr`."""
    monkeypatch.setenv("PLANSVAR_TELEGRAM_TOKEN", "1:HUSH")
    index = build_index(read_settings())
    build(read_settings(), build_conversation(read_settings(), index))
    assert not logging.getLogger("httpx").isEnabledFor(logging.INFO)
    assert "HUSH" not in repr(read_settings())
    index.close()


def test_flood_is_waited_out() -> None:
    """A call that Telegram limits is made again after the time it says; other chats aren't kept waiting."""

    async def run() -> list[str]:
        floods, done = Floods(), []
        limits = [0.2, 0.1]

        async def call(chat: str) -> bool:
            if chat == "busy" and limits:
                raise RetryAfter(limits.pop(0))  # type: ignore[arg-type]
            done.append(chat)
            return True

        def send(chat: str) -> Any:
            return floods.process_request(call, (chat,), {}, "sendMessage", {"chat_id": chat}, None)

        await asyncio.gather(send("busy"), send("calm"))
        return done

    start = time.monotonic()
    assert asyncio.run(run()) == ["calm", "busy"]
    assert time.monotonic() - start >= 0.3
