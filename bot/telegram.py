"""Telegram: updates in, messages out, by long polling or by a webhook.

An update is acknowledged when what it says is kept: only then is the next one asked for, or the webhook's request
answered. So nothing is lost where a process is killed, and what comes again is known. python-telegram-bot's own loop
acknowledges first, which is why this one asks for updates itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import logging
import os
import re
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, NoReturn, get_args
from uuid import uuid4
from weakref import WeakValueDictionary

# Read whenever a time is: seconds as a timedelta, which is what the next major version gives; without it each is a
# warning.
os.environ.setdefault("PTB_TIMEDELTA", "1")

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.exc import SQLAlchemyError
from telegram import (
    BotCommand,
    CallbackQuery,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
    Update,
    User,
)
from telegram import Message as Sent
from telegram.constants import ChatAction, ChatType, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter, Defaults, ExtBot
from telegram.request import HTTPXRequest

from bot.commands import NAMES, Name, command_in
from bot.conversation import Conversation, traced
from bot.delivery import Errands, at_work, deliver, resuming, running, until_stopped
from bot.fitting import short
from bot.message import File, Message, Reply, Source
from bot.phrases import cell_of, language_of, page_of, say
from bot.settings import InvalidSettings, Settings, Unusable, required
from bot.state import Verdict
from bot.telegram_people import CODE_HOURS, People
from bot.telegram_text import Page, Span, harmless, pages
from bot.words import words
from ingest.describe import plain
from retrieval.language.swedish import Language

CHAT = "telegram"
PATH = "/telegram"  # of the webhook
UPDATES = ["message", "edited_message", "callback_query"]  # the only ones that are asked for
MENU: tuple[Name, ...] = ("start", "deadlines", "sources", "plan", "scope", "help", "forget")

_ROW = 8  # buttons of sources side by side
_LABEL = 64  # characters on a button
_POLL = 25  # seconds that Telegram waits for something to tell
_TIMEOUT = 20.0  # seconds for any other call: one that is given up may have been obeyed, and would be made twice
_STATUS = 2.0  # seconds that a reply may be kept waiting by telling that it is on its way
_WAITS = (1.0, 2.0, 5.0, 10.0, 30.0)  # seconds before what failed is tried again
_AGAIN = 60.0  # seconds before somebody who was not let in is told so again
_NAME = 100  # characters of a name, or of what an administrator typed, that are told back
_PRESSED = 1000  # buttons that are recognised when they are told of again
_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
_ADMIN = {"approve": "approve", "godkänn": "approve", "godkann": "approve", "deny": "deny", "neka": "deny"}
log = logging.getLogger("plansvar")


# What is passed between Telegram and the core


def to_message(update: Update, me: User) -> Message | None:
    """What somebody wrote as a message of ours; None where it is none, or was said among others and not to us."""
    sent = update.message or update.edited_message
    if sent is None or sent.from_user is None or _is_service(sent):
        return None
    direct = sent.chat.type == ChatType.PRIVATE
    if not direct and sent.chat.type not in (ChatType.GROUP, ChatType.SUPERGROUP):
        return None
    text, forwarded = sent.text or sent.caption or "", sent.forward_origin is not None
    name = re.compile(rf"(^/\w+|(?<!\w))@{re.escape(me.username or '')}(?!\w)", re.IGNORECASE)
    if not direct and (forwarded or not (name.search(text) or _is_reply_to(sent, me))):
        return None
    language = language_of(sent.from_user.language_code)
    text = name.sub(r"\1", text).strip()
    if forwarded:  # somebody else's words: a question perhaps, but no command
        text = f"/{NAMES['ask'][language or 'sv'][0]} {text}" if text else ""
    elif command := re.match(r"/(\w+)", text):
        text = f"/{_TYPED.get(command[1].casefold(), command[1])}{text[command.end() :]}"
    event = f"{CHAT}:{sent.chat.id}:{sent.message_id}"
    if sent.edit_date:
        event += f":{int(sent.edit_date.timestamp())}"
    elif direct and not text and sent.media_group_id:  # an album: one reply to all its pictures
        event = f"{CHAT}:{sent.chat.id}:album:{sent.media_group_id}"
    address = {"chat": str(sent.chat.id)}
    if not direct or sent.edit_date:
        address["reply_to"] = str(sent.message_id)
    return Message(
        event,
        CHAT,
        f"{CHAT}:{sent.from_user.id}",
        f"{CHAT}:{sent.chat.id}",
        _thread(sent, address),
        text,
        direct=direct,
        mentioned=True,
        bot=sent.from_user.is_bot,
        language=language,
        address=address,
    )


def _thread(sent: Sent, address: dict[str, str]) -> str:
    """The thread of a message: its chat, or a topic in it."""
    if not sent.is_topic_message or sent.message_thread_id is None:
        return f"{CHAT}:{sent.chat.id}"
    address["topic"] = str(sent.message_thread_id)
    return f"{CHAT}:{sent.chat.id}:{sent.message_thread_id}"


def _is_service(sent: Sent) -> bool:
    """Whether a message tells of the chat itself (somebody joined, a picture was changed): nobody wrote it."""
    written = (sent.text, sent.caption, sent.effective_attachment)
    return all(each is None for each in written)


def _is_reply_to(sent: Sent, me: User) -> bool:
    to = sent.reply_to_message
    return to is not None and to.from_user is not None and to.from_user.id == me.id and not _is_service(to)


# A command in Telegram's menu has only a to z and _: /glom_mig is "glöm mig".
_TYPED = {plain(word).replace(" ", "_"): word for each in NAMES.values() for words in each.values() for word in words}


def _menu_word(name: Name, language: Language) -> str:
    return plain(NAMES[name][language][0]).replace(" ", "_")


@dataclass(frozen=True, slots=True)
class Post:
    """One message to send: a page of text, or a file; the last page has the buttons."""

    page: Page | None = None
    keyboard: InlineKeyboardMarkup | None = None
    file: File | None = None


def to_payload(reply: Reply, event: str, said: str = "") -> list[Post]:
    """A reply as messages within Telegram's limits, in order. `event` is that of the message it replies to, by which a
    button finds its text again; `said` what that message was, where the chat does not show it."""
    spans = [
        Span(f"› {harmless(said)}\n\n" if said else "", "i"),
        Span(f"{harmless(reply.notice)}\n\n" if reply.notice else "", "i"),
        Span(harmless(reply.text)),
    ]
    posts = [Post(page) for page in pages(spans)]
    if posts and (buttons := list(_buttons(reply, event))):
        posts[-1] = replace(posts[-1], keyboard=InlineKeyboardMarkup(buttons))
    return posts + [Post(file=file) for file in reply.files]


def _buttons(reply: Reply, event: str) -> Iterator[list[InlineKeyboardButton]]:
    """Sources, what to ask next, and feedback. What a button holds has at most 64 bytes, and is looked up in SQL."""
    if reply.answer:
        cited = [
            InlineKeyboardButton(f"[{each.n}]", None, f"source:{reply.answer}:{each.n}") for each in reply.citations
        ]
        yield from (cited[n : n + _ROW] for n in range(0, len(cited), _ROW))
    for n, each in enumerate(reply.suggestions):
        yield [InlineKeyboardButton(short(each.label, _LABEL), None, f"say:{event.removeprefix(f'{CHAT}:')}:{n}")]
    if reply.answer:
        yield [
            InlineKeyboardButton(say(f"button_{verdict}", reply.language), None, f"judge:{reply.answer}:{verdict}")
            for verdict in get_args(Verdict)
        ]


def opened(source: Source, language: Language) -> list[Page]:
    """A source with the words around it, as messages."""
    cited = source.citation
    place = (cited.document, page_of(cited, language), cell_of(cited))
    spans = [
        Span(f"[{cited.n}] {harmless(cited.section)}\n", "b"),
        Span(harmless(", ".join(filter(None, place))) + "\n\n"),
    ]
    if source.before.strip():
        spans.append(Span(f"… {harmless(source.before).strip()}\n", "i"))
    spans.append(Span(harmless(cited.quote).strip(), "blockquote"))
    if source.after.strip():
        spans.append(Span(f"\n{harmless(source.after).strip()} …", "i"))
    if source.link:
        spans.append(Span(f"\n\n{source.link}"))
    return pages(spans)


# The bot


class Telegram:
    """The bot at work: takes updates, answers what they say, and remembers nothing that a restart may not lose."""

    def __init__(self, settings: Settings, conversation: Conversation, bot: ExtBot[None], people: People) -> None:
        self.settings, self.conversation, self.bot, self.people = settings, conversation, bot, people
        self.ready = asyncio.Event()
        self.errands = Errands(CHAT)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._unsent: dict[str, list[Post]] = {}
        self._told: dict[int, float] = {}
        self._pressed: dict[str, None] = {}

    # From start to stop

    async def start(self) -> None:
        """Learn who we are and tell Telegram our commands; waits until it can be reached. InvalidToken where it doesn't
        know us."""
        await self._until_done("reached", self.bot.initialize)
        for language in get_args(Language):
            menu = [BotCommand(_menu_word(name, language), say(f"command_{name}", language)) for name in MENU]
            try:
                await self.bot.set_my_commands(menu, language_code="sv" if language == "sv" else None)
            except TelegramError as error:  # a menu is a courtesy
                log.warning("telegram: the menu was not set: %s", type(error).__name__)
        self.ready.set()

    @contextlib.asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """While this lasts, what a process that stopped left unanswered is answered, once it has been started."""
        try:
            async with self.errands.finished(), running(self._resumed()):
                yield
        finally:
            await self.bot.shutdown()

    async def _resumed(self) -> None:
        await self.ready.wait()
        await resuming(self.conversation, CHAT, self.send)

    async def listen(self, address: str, secret: str) -> None:
        """Start, and have updates posted to an address."""
        try:
            await self.start()
            await self._until_done(
                "told where to post",
                lambda: self.bot.set_webhook(address, secret_token=secret, allowed_updates=UPDATES),
            )
        except InvalidToken:
            log.error("telegram: PLANSVAR_TELEGRAM_TOKEN is not one that Telegram knows")
        except Exception as error:
            log.error("reference %s: telegram was not started\n%s", uuid4().hex[:8], traced(error))

    async def poll(self) -> NoReturn:
        """Ask for updates and take them, until cancelled."""
        await self._until_done("told to be asked", self.bot.delete_webhook)  # with one set, nothing may be asked for
        failed, offset = 0, None
        while True:
            try:
                for update in await self.bot.get_updates(offset, timeout=_POLL, allowed_updates=UPDATES):
                    await self.take(update)
                    offset = update.update_id + 1
                failed = 0
            except InvalidToken:
                raise
            except Exception as error:  # Telegram, the network or the database: all come back
                if failed < len(_WAITS):  # an outage is told of as it begins, not for as long as it lasts
                    log.warning("telegram: no updates: %s", type(error).__name__)
                await asyncio.sleep(_seconds(error, failed))
                failed += 1

    async def _until_done(self, what: str, call: Callable[[], Coroutine[Any, Any, object]]) -> None:
        failed = 0
        while True:
            try:
                await call()
                return
            except InvalidToken:
                raise
            except TelegramError as error:
                log.warning("telegram: not %s: %s", what, error)
                await asyncio.sleep(_seconds(error, failed))
                failed += 1

    # An update

    async def take(self, update: Update) -> None:
        """Take an update: when this returns it may be acknowledged. Raises where it should be delivered again."""
        try:
            if update.callback_query is not None:
                await self._press(update.callback_query)
            else:
                await self._take(update)
        except SQLAlchemyError:
            raise
        except Exception as error:  # it would fail each time it came
            log.error("reference %s: an update was left out\n%s", uuid4().hex[:8], traced(error))

    async def _take(self, update: Update) -> None:
        message, sent = to_message(update, self.bot.bot), update.effective_message
        if message is None or message.bot or sent is None or sent.from_user is None:
            return
        if not await asyncio.to_thread(self.people.may_ask, sent.from_user.id):
            self.errands.begin(self._turn_away(message, sent.from_user))
        elif message.direct and sent.from_user.id in self.people.admins and (word := _admin_word(message.text)):
            self.errands.begin(self._administer(message, *word))
        elif asked := await self._asked(sent):
            self.errands.begin(self._hear(message, *asked))
        elif not (update.edited_message and await self._is_unchanged(sent, message)) and await asyncio.to_thread(
            self.conversation.accept, message
        ):
            self.errands.begin(self._answer(message))

    async def _is_unchanged(self, sent: Sent, message: Message) -> bool:
        """Whether an edit leaves the words as they were: Telegram also tells of a link's preview."""
        kept = await asyncio.to_thread(self.conversation.state.kept, f"{CHAT}:{sent.chat.id}:{sent.message_id}")
        return kept is not None and kept.message.text == message.text

    async def _answer(self, message: Message) -> None:
        """Answer an accepted message, after those before it in its thread: a follow-up leans on what went before."""
        async with self._turns.setdefault(message.thread, asyncio.Lock()):

            async def send(reply: Reply) -> None:
                await self.send(message, reply)

            async def typing() -> None:
                chat, topic = message.address["chat"], _topic(message)
                await self.bot.send_chat_action(chat, ChatAction.TYPING, topic, read_timeout=_STATUS)

            await deliver(self.conversation, message, send, typing, accepted=True)

    async def send(self, message: Message, reply: Reply) -> None:
        """Send a reply to where a message came from. What of it has been sent is not sent again by the next try."""
        pressed = message.text if "pressed" in message.address else ""
        posts = self._unsent.setdefault(message.event, to_payload(reply, message.event, pressed))
        try:
            while posts:
                await self._post(message, posts[0])
                del posts[0]
        except (BadRequest, Forbidden, ChatMigrated) as error:  # the chat is gone, or doesn't want us: no try will help
            log.warning("telegram: a reply was refused: %s", type(error).__name__)
        del self._unsent[message.event]
        if (command := command_in(message.text)) and command.name == "forget":  # what let them in holds their name
            await asyncio.to_thread(self.people.shut_out, int(message.person.removeprefix(f"{CHAT}:")))

    async def _post(self, message: Message, post: Post, markup: ForceReply | None = None) -> Sent:
        """Send one message: without marks where Telegram refuses those, and without buttons where it still does."""
        where: dict[str, Any] = {"message_thread_id": _topic(message)}
        if "reply_to" in message.address:
            to = int(message.address["reply_to"])
            where["reply_parameters"] = ReplyParameters(to, allow_sending_without_reply=True)

        async def made(chat: int | str) -> Sent:
            if post.file is not None:
                return await self.bot.send_document(chat, post.file.content, filename=post.file.name, **where)
            assert post.page is not None
            keyboard = markup or post.keyboard
            try:
                return await self.bot.send_message(chat, post.page.html, ParseMode.HTML, reply_markup=keyboard, **where)
            except BadRequest as error:
                log.warning("telegram: sent without marks: %s", type(error).__name__)
            try:
                return await self.bot.send_message(chat, post.page.plain, reply_markup=keyboard, **where)
            except BadRequest:
                return await self.bot.send_message(chat, post.page.plain, **where)

        try:
            return await made(message.address["chat"])
        except ChatMigrated as moved:  # a group that became a supergroup, with other numbers for its messages
            where.clear()
            return await made(moved.new_chat_id)

    # Buttons

    async def _press(self, query: CallbackQuery) -> None:
        """A button was pressed. It may be told again, and anything can stand in it: who presses says what they like."""
        kind, _, rest = (query.data or "").partition(":")
        key, _, last = rest.rpartition(":")
        if query.message is None:
            return
        message = _pressed(query)
        if not await asyncio.to_thread(self.people.may_ask, query.from_user.id):
            self.errands.begin(self._tell(query, say("telegram_stranger", await self._spoken(message)), alert=True))
        elif kind == "say" and last.isdecimal():
            await self._say(query, message, key, int(last))
        elif query.id in self._pressed:
            return
        elif kind == "source" and last.isdecimal():
            self.errands.begin(self._open(query, message, key, int(last)))
        elif kind == "judge" and (verdict := next((each for each in get_args(Verdict) if each == last), None)):
            self.errands.begin(self._judge(query, message, key, verdict))
        self._pressed[query.id] = None
        while len(self._pressed) > _PRESSED:
            del self._pressed[next(iter(self._pressed))]

    async def _open(self, query: CallbackQuery, message: Message, answer: str, n: int) -> None:
        found = await asyncio.to_thread(self.conversation.source, answer, n, message.person)
        if found is None:
            await self._tell(query, say("answer_gone", await self._spoken(message)))
            return
        await self._tell(query)
        for page in opened(found, await self._spoken(message)):
            await self._post(message, Post(page))

    async def _judge(self, query: CallbackQuery, message: Message, answer: str, verdict: Verdict) -> None:
        language = await self._spoken(message)
        kept = await asyncio.to_thread(self.conversation.feedback, answer, message.person, verdict)
        await self._tell(query, say("thanks" if kept else "answer_gone", language))
        if kept and verdict != "right":
            page = Page(*[say("telegram_words", language, wrong=say("what_is_wrong", language))] * 2)
            asks = await self._post(message, Post(page), ForceReply(selective=True))
            await asyncio.to_thread(self.people.asks, asks.chat.id, asks.message_id, answer, verdict)

    async def _say(self, query: CallbackQuery, message: Message, event: str, n: int) -> None:
        """What a suggestion says becomes a message of the person who pressed it."""
        kept = await asyncio.to_thread(self.conversation.state.kept, f"{CHAT}:{event}")
        choices = kept.reply.suggestions if kept and kept.reply and kept.message.channel == message.channel else ()
        if n >= len(choices):
            self.errands.begin(self._tell(query, say("answer_gone", await self._spoken(message))))
            return
        message = replace(message, text=choices[n].text)
        if await asyncio.to_thread(self.conversation.accept, message):
            self.errands.begin(self._tell(query))
            self.errands.begin(self._answer(message))

    async def _spoken(self, message: Message) -> Language:
        return await asyncio.to_thread(self.conversation.spoken, message)

    async def _tell(self, query: CallbackQuery, words: str | None = None, alert: bool = False) -> None:
        """Acknowledge a button, with some words where there are any."""
        try:
            await self.bot.answer_callback_query(query.id, words, alert)
        except TelegramError as error:  # it was pressed too long ago, which matters to nobody
            log.info("telegram: a button was not acknowledged: %s", type(error).__name__)

    # What only Telegram has: words of feedback, strangers, administrators

    async def _asked(self, sent: Sent) -> tuple[str, Verdict] | None:
        """The answer that a message says something of, where it replies to our question what was wrong."""
        to = sent.reply_to_message
        if to is None or not _is_reply_to(sent, self.bot.bot) or not sent.text:
            return None
        return await asyncio.to_thread(self.people.asked, sent.chat.id, to.message_id)

    async def _hear(self, message: Message, answer: str, verdict: Verdict) -> None:
        kept = await asyncio.to_thread(self.conversation.feedback, answer, message.person, verdict, message.text)
        await self._write(message, say("thanks" if kept else "answer_gone", await self._spoken(message)))

    async def _turn_away(self, message: Message, user: User) -> None:
        """Give somebody who was not let in a code, at most once a minute: the world may write to us."""
        now = asyncio.get_running_loop().time()
        self._told = {id: at for id, at in self._told.items() if at > now - _AGAIN}
        if user.id in self._told:
            return
        self._told[user.id] = now
        language = await self._spoken(message)
        if not message.direct:
            await self._write(message, say("telegram_stranger", language))
            return
        name = f"{user.full_name} (@{user.username})" if user.username else user.full_name
        code = await asyncio.to_thread(self.people.code, user.id, name[:_NAME])
        await self._write(message, say("telegram_code", language, code=code, hours=CODE_HOURS, id=user.id))

    async def _administer(self, message: Message, word: str, rest: str) -> None:
        """Let somebody in, or take that back; without a code or an id, who has been let in."""
        language = await self._spoken(message)
        if not rest:
            found = await asyncio.to_thread(self.people.everybody)
            lines = [say("telegram_people", language), *(f"{each.id}  {harmless(each.name)}" for each in found)]
            await self._write(message, "\n".join(lines) if found else say("telegram_nobody", language))
        elif word == "approve":
            code = harmless(rest[:_NAME])
            person = await asyncio.to_thread(self.people.let_in, code)
            if person is None:
                await self._write(message, say("telegram_no_code", language, code=code, hours=CODE_HOURS))
                return
            await self._write(message, say("telegram_let_in", language, name=harmless(person.name), id=person.id))
            welcome = replace(message, address={"chat": str(person.id)})
            await self._write(welcome, say("telegram_welcome", language))
        else:
            done = rest.isdecimal() and await asyncio.to_thread(self.people.shut_out, int(rest))
            key = "telegram_shut_out" if done else "telegram_not_in"
            await self._write(message, say(key, language, id=harmless(rest[:_NAME])))

    async def _write(self, message: Message, words: str) -> None:
        """Send words of our own, in which what others wrote is harmless already."""
        for page in pages([Span(words)]):
            await self._post(message, Post(page))


def _admin_word(text: str) -> tuple[str, str] | None:
    """What an administrator wants done, and to whom."""
    word, _, rest = text.partition(" ")
    wanted = _ADMIN.get(word.removeprefix("/").casefold()) if word.startswith("/") else None
    return (wanted, rest.strip()) if wanted else None


def _pressed(query: CallbackQuery) -> Message:
    """A pressed button as a message without text yet."""
    assert query.message is not None
    chat, address = query.message.chat, {"chat": str(query.message.chat.id), "pressed": "1"}
    direct = chat.type == ChatType.PRIVATE
    thread = _thread(query.message, address) if isinstance(query.message, Sent) else f"{CHAT}:{chat.id}"
    if not direct:
        address["reply_to"] = str(query.message.message_id)
    return Message(
        f"{CHAT}:press:{query.id}",
        CHAT,
        f"{CHAT}:{query.from_user.id}",
        f"{CHAT}:{chat.id}",
        thread,
        "",
        direct=direct,
        mentioned=True,
        language=language_of(query.from_user.language_code),
        address=address,
    )


def _topic(message: Message) -> int | None:
    return int(message.address["topic"]) if "topic" in message.address else None


def _seconds(error: Exception, failed: int) -> float:
    """How long to wait after an error: what Telegram asks for, else longer each time."""
    if isinstance(error, RetryAfter):
        assert isinstance(error.retry_after, timedelta)
        return error.retry_after.total_seconds()
    return _WAITS[min(failed, len(_WAITS) - 1)]


class Floods(BaseRateLimiter[None]):
    """Waits, chat by chat, as long as Telegram says after too many messages, and then goes on where it was."""

    def __init__(self) -> None:
        self._free: dict[object, float] = {}

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> Any:
        chat, clock = data.get("chat_id"), asyncio.get_running_loop().time
        while True:
            while (wait := self._free.get(chat, 0.0) - clock()) > 0:
                await asyncio.sleep(wait)
            self._free.pop(chat, None)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as flood:
                self._free[chat] = clock() + _seconds(flood, 0)


# Put together


def build(settings: Settings, conversation: Conversation) -> Telegram:
    """The bot, not yet connected; `MissingSetting` where its token is not set."""
    required(settings, "Telegram", "telegram_token")
    assert settings.telegram_token is not None
    for name in ("httpx", "httpcore"):  # they log addresses, and Telegram's hold the token
        logging.getLogger(name).setLevel(logging.WARNING)
    server = settings.telegram_api.rstrip("/")
    bot: ExtBot[None] = ExtBot(
        settings.telegram_token.get_secret_value(),
        base_url=f"{server}/bot",
        base_file_url=f"{server}/file/bot",
        request=HTTPXRequest(read_timeout=_TIMEOUT, write_timeout=_TIMEOUT, pool_timeout=_TIMEOUT),
        get_updates_request=HTTPXRequest(read_timeout=_TIMEOUT, connection_pool_size=1, pool_timeout=_TIMEOUT),
        defaults=Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True)),
        rate_limiter=Floods(),
    )
    return Telegram(settings, conversation, bot, People(conversation.asker.library.index, settings))


def run(app: Telegram, tell: Callable[[str], None]) -> None:
    """Long polling until stopped; `tell` is called with the bot's name once it listens. `Unusable` where Telegram does
    not know the token."""
    until_stopped(serve(app, tell))


async def serve(app: Telegram, tell: Callable[[str], None]) -> None:
    """Long polling until cancelled."""
    async with app.opened(), at_work(app.conversation):
        try:
            await app.start()
            tell(f"@{app.bot.username}")
            await app.poll()
        except InvalidToken:
            raise Unusable(words().telegram_unknown) from None


def router(app: Telegram) -> APIRouter:
    """Where Telegram posts updates; `MissingSetting` without a secret and an address, which it is told at the start."""
    settings = app.settings
    required(settings, "Telegram", "telegram_webhook_secret", "public_url")
    assert settings.telegram_webhook_secret is not None
    assert settings.public_url is not None
    secret = settings.telegram_webhook_secret.get_secret_value()
    if not re.fullmatch(r"[\w-]{1,256}", secret, re.ASCII):
        raise InvalidSettings("PLANSVAR_TELEGRAM_WEBHOOK_SECRET: 1 to 256 of the characters a-z, A-Z, 0-9, _ and -")
    address = f"{settings.public_url.rstrip('/')}{PATH}"

    @contextlib.asynccontextmanager
    async def lifespan(_: object) -> AsyncIterator[None]:
        async with app.opened(), running(app.listen(address, secret)):  # not waited for: the web is served meanwhile
            yield

    router = APIRouter(lifespan=lifespan, include_in_schema=False)

    @router.post(PATH)
    async def updates(request: Request) -> Response:
        """An update from Telegram: 200 once what it says is kept, else it comes again."""
        if not hmac.compare_digest(request.headers.get(_SECRET, "").encode(), secret.encode()):
            return Response(status_code=403)
        if not app.ready.is_set():
            return Response(status_code=503)
        try:
            told = json.loads(await request.body())
            number = told["update_id"]
        except (ValueError, TypeError, KeyError):
            return Response(status_code=400)
        try:
            update = Update.de_json(told, app.bot)
        except Exception as error:  # of a shape that python-telegram-bot doesn't know, and would not the next time
            log.error("telegram: update %s was left out\n%s", number, traced(error))
            return Response(status_code=200)
        try:
            await app.take(update)
        except SQLAlchemyError as error:
            log.error("reference %s: an update was not kept\n%s", uuid4().hex[:8], traced(error))
            return Response(status_code=503)
        return Response(status_code=200)

    return router
