"""Slack: mentions, direct messages, threads, `/plan` and buttons in; blocks, modals and files out.

Over a socket that this process opens (`run`), or posted to the web server (`router`). An event is acknowledged when
the core has kept its message, and answered after that.
"""

from __future__ import annotations

import asyncio
import html
import json
import logging
import re
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from functools import partial
from typing import Any

import aiohttp
from fastapi import APIRouter, Request, Response
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.commands import NAMES
from bot.conversation import Conversation, traced
from bot.delivery import Errands, at_work, deliver, resuming, running, until_stopped
from bot.message import Message, Reply
from bot.phrases import say
from bot.settings import Settings, Unusable, required
from bot.slack_blocks import escaped, source_view, to_payload, told_view, words_view
from bot.slack_members import Members
from retrieval.language.swedish import Language

CHAT = "slack"
PATH = "/slack/events"
_TIMEOUT = 20  # seconds for a call to Slack
_KNOWN = 0.4  # seconds that an acknowledgement waits to learn who asks
_STATUS = 2.0  # seconds for showing that an answer is on its way
_PING = 10.0  # seconds between the socket's pings
_WATCH = 20.0  # seconds between looks at the socket
_CLOSING = 5.0  # seconds that the socket may take to close
_MISSED = 2  # looks without a connection that the SDK gets to mend it by itself
_SUBTYPES = (None, "file_share", "thread_broadcast")  # of messages that somebody wrote
_REFUSED = ("invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "invalid_attachments")

log = logging.getLogger("plansvar")


def _refused(setting: str, error: SlackApiError) -> Unusable:
    """What Slack said of a token; where it said nothing, something is wrong with Slack."""
    said = error.response.get("error")
    return Unusable(f"{setting}: Slack says {said}" if said else f"Slack does not work just now: {setting} unseen")


# From Slack's words to ours


def to_message(body: Mapping[str, Any], team: str, bot: str) -> Message | None:
    """What Slack sends as a message of ours: an event, a slash command or a pressed button; None where it is none.

    `body` is the whole request, `bot` the assistant's own user id. A mention that comes both as `app_mention` and as
    `message` has one channel and time, so it is one message.
    """
    if "command" in body:
        return _commanded(body, team)
    if body.get("type") == "block_actions":
        return _pressed(body, team)
    event: Mapping[str, Any] = body.get("event") or {}
    if event.get("type") not in ("message", "app_mention") or event.get("subtype") not in _SUBTYPES:
        return None
    user, channel, ts = event.get("user"), event.get("channel"), event.get("ts")
    if not (user and channel and ts):
        return None
    thread = event.get("thread_ts") or ts
    written = event.get("text") or ""
    return Message(
        event=f"{CHAT}:{team}:{channel}:{ts}",
        chat=CHAT,
        person=f"{CHAT}:{team}:{user}",
        channel=f"{CHAT}:{team}:{channel}",
        thread=f"{CHAT}:{team}:{channel}:{thread}",
        text=_unmarked(written, bot),
        direct=_is_direct(channel),
        mentioned=event["type"] == "app_mention" or f"<@{bot}>" in written,
        bot="bot_id" in event,
        address={"channel": channel, "user": user, "thread_ts": thread},
    )


def _commanded(body: Mapping[str, Any], team: str) -> Message:
    """A slash command. Slack shows it to nobody else, so its answer is shown to them alone too."""
    user, channel = body["user_id"], body["channel_id"]
    return Message(
        event=f"{CHAT}:{team}:{channel}:/{body['trigger_id']}",
        chat=CHAT,
        person=f"{CHAT}:{team}:{user}",
        channel=f"{CHAT}:{team}:{channel}",
        thread=f"{CHAT}:{team}:{channel}:/{user}",
        text=(body.get("text") or "").strip(),
        direct=_is_direct(channel),
        mentioned=True,
        address={"channel": channel, "user": user, "response_url": body["response_url"]},
    )


def _pressed(body: Mapping[str, Any], team: str) -> Message | None:
    """A pressed suggestion: its text is the person's next message in the thread where it stood."""
    action, user, container = body["actions"][0], body["user"]["id"], body.get("container") or {}
    channel = container.get("channel_id") or (body.get("channel") or {}).get("id")
    if not channel or not action.get("value"):
        return None
    stood = body.get("message") or {}
    thread = stood.get("thread_ts") or stood.get("ts") or container.get("message_ts")
    address = {"channel": channel, "user": user, "said": action["text"]["text"]}
    if container.get("is_ephemeral"):
        thread, address = f"/{user}", address | {"response_url": body["response_url"]}
    else:
        address |= {"thread_ts": thread}
    return Message(
        event=f"{CHAT}:{team}:{channel}:{user}:{action['action_ts']}",
        chat=CHAT,
        person=f"{CHAT}:{team}:{user}",
        channel=f"{CHAT}:{team}:{channel}",
        thread=f"{CHAT}:{team}:{channel}:{thread}",
        text=action["value"],
        direct=_is_direct(channel),
        mentioned=True,
        address=address,
    )


def _is_direct(channel: str) -> bool:
    return channel.startswith("D")


def _unmarked(text: str, bot: str) -> str:
    """A message as it was typed: without our own name, with the words of links and mentions, without markup."""
    text = text.replace(f"<@{bot}>", " ")
    text = re.sub(r"<(?:[@#!]|https?:|mailto:|tel:)[^<>|]*\|([^<>]*)>", r"\1", text)
    text = re.sub(r"<((?:https?|mailto|tel):[^<>|]*)>", r"\1", text)
    text = re.sub(r"<[@#!][^<>]*>", " ", text)
    text = re.sub(r"(?<!\w)([*_~`])(\S(?:[^\n]*?\S)?)\1(?!\w)", r"\2", text)
    return html.unescape(text).strip()


# The app


class Slack:
    """Slack's SDK wired to a conversation: `bolt` takes events, `client` calls Slack."""

    def __init__(self, settings: Settings, conversation: Conversation, api: str) -> None:
        assert settings.slack_bot_token is not None
        assert settings.slack_team is not None
        self.settings, self.conversation, self.team = settings, conversation, settings.slack_team
        self.client = AsyncWebClient(
            settings.slack_bot_token.get_secret_value(),
            base_url=api,
            timeout=_TIMEOUT,
            retry_handlers=[
                AsyncConnectionErrorRetryHandler(2),
                AsyncRateLimitErrorRetryHandler(3),
                AsyncServerErrorRetryHandler(2),
            ],
        )
        self.members = Members(self.client, self.team, settings.slack_guests)
        self.me: AuthorizeResult | None = None
        self.name = ""  # in Slack, once we know who we are
        secret = settings.slack_signing_secret

        async def authorized() -> AuthorizeResult:  # not a method: Bolt fills arguments by their names
            return await self.identify()

        self.bolt = AsyncApp(
            client=AsyncWebClient(base_url=api),  # of Bolt's own; a token here would be in the way of `authorize`
            signing_secret=secret.get_secret_value() if secret else "",
            authorize=authorized,
            process_before_response=True,  # acknowledged when the message is kept, which is when a handler returns
        )
        self.errands = Errands(CHAT)
        self._posted: dict[str, int] = {}  # parts of a reply that are in Slack already, by event
        self._told: set[str] = set()  # who was told that they may not ask
        # Keeping a message does not wait behind answers: it has its own thread, and answering begins when none waits.
        self._intake = ThreadPoolExecutor(1, "slack-intake")
        self._taking = 0
        self._taken = asyncio.Event()
        self._wire()

    def _wire(self) -> None:
        self.bolt.middleware(self._ours)
        self.bolt.error(self._failed)
        for name in ("message", "app_mention"):
            self.bolt.event(name)(self._written)
        self.bolt.event("app_home_opened")(self._opened)
        self.bolt.command(re.compile("^/"))(self._asked)
        self.bolt.action(re.compile("^suggest:"))(self._asked)
        self.bolt.action(re.compile("^source:"))(self._source)
        self.bolt.action(re.compile("^feedback:"))(self._judged)
        self.bolt.view("feedback")(self._worded)

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """While this lasts, Slack can be called, and what a process that stopped left unanswered is answered."""
        resumed = resuming(self.conversation, CHAT, self.send)
        async with aiohttp.ClientSession() as self.client.session, self.errands.finished(), running(resumed):
            yield

    async def identify(self) -> AuthorizeResult:
        """Who we are in Slack. `Unusable` where Slack does not say, and not Slack's own error:
        that one Bolt would acknowledge, and the event would be lost."""
        if self.me is None:
            try:
                found = await self.client.auth_test()
            except SlackApiError as error:
                raise _refused("PLANSVAR_SLACK_BOT_TOKEN", error) from None
            except (aiohttp.ClientError, OSError) as error:
                raise Unusable(f"{self.client.base_url} can't be reached: {type(error).__name__}") from None
            if found["team_id"] != self.team:
                raise Unusable(
                    f"PLANSVAR_SLACK_TEAM is {self.team}, but PLANSVAR_SLACK_BOT_TOKEN is of {found['team_id']}"
                )
            self.name = f"@{found.get('user') or found['user_id']}"
            self.me = AuthorizeResult(
                enterprise_id=found.get("enterprise_id"),
                team_id=self.team,
                bot_user_id=found["user_id"],
                bot_id=found.get("bot_id"),
                bot_token=self.client.token,
            )
        return self.me

    async def _ours(self, context: AsyncBoltContext, next: Any) -> BoltResponse | None:
        """What comes from another workspace goes no further."""
        if context.team_id != self.team:
            return BoltResponse(status=200)
        return await next()  # type: ignore[no-any-return]

    async def _failed(self, error: Exception) -> BoltResponse:
        """Whatever went wrong before a message was kept: Slack will send it again."""
        log.error("an event of Slack was not taken\n%s", traced(error))
        return BoltResponse(status=500)

    # What Slack sends

    async def _written(self, body: dict[str, Any]) -> None:
        message = self._message(body)
        if message is None or not (message.direct or message.mentioned or "thread_ts" in body["event"]):
            return
        await self._take(message)

    async def _asked(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        if message := self._message(body):
            await self._take(message)
        await ack()

    async def _source(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        self.errands.begin(self._open_source(body))

    async def _judged(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        self.errands.begin(self._judge(body))

    async def _worded(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """The words to a judgement, which take the place of the modal's question with thanks."""
        view, user = body["view"], body["user"]["id"]
        asked = json.loads(view["private_metadata"])
        words = view["state"]["values"]["words"]["words"].get("value") or ""
        kept = False
        if (await self.members.of(user)).may_ask:
            kept = await self._in_thread(
                self.conversation.feedback, asked["answer"], self._person(user), asked["verdict"], words
            )
        said = say("thanks" if kept else "nothing_to_judge", asked["language"])
        await ack(response_action="update", view=told_view(view["title"]["text"], said, asked["language"]))

    async def _opened(self, event: dict[str, Any]) -> None:
        """Somebody came to the assistant's own tab: suggest what to ask."""
        if event.get("tab") == "messages":
            self.errands.begin(self._suggest(event["channel"], event["user"]))

    # What comes of it

    def _message(self, body: Mapping[str, Any]) -> Message | None:
        assert self.me is not None
        return to_message(body, self.team, self.me.bot_user_id or "")

    async def _take(self, message: Message) -> None:
        """Keep a message; its answer follows in the background."""
        self._taking += 1
        self._taken.clear()
        try:
            accepted = await self._accepted(message)
        finally:
            self._taking -= 1
            if not self._taking:
                self._taken.set()
        if accepted:
            self.errands.begin(self._answer(accepted))

    async def _accepted(self, message: Message) -> Message | None:
        """A message that is ours to answer, once it is kept."""
        member = await self.members.soon(message.address["user"], _KNOWN)  # None: looked at again before sending
        if member and not member.may_ask:
            if message.direct or message.mentioned:
                self.errands.begin(self._refuse(message))
            return None
        if member:
            message = replace(message, language=member.language)
        return message if await self._in_thread(self.conversation.accept, message) else None

    async def _answer(self, message: Message) -> None:
        await self._taken.wait()
        send, status = partial(self.send, message), partial(self._status, message)
        await deliver(self.conversation, message, send, status, accepted=True)

    async def send(self, message: Message, reply: Reply) -> None:
        """Send a reply to where a message came from, going on where an earlier try failed."""
        address = message.address
        if not (await self.members.of(address["user"])).may_ask:
            await self._refuse(message)
            return
        steps = [partial(self._post, address, payload) for payload in to_payload(reply, address.get("said", ""))]
        steps += [partial(self._upload, address, file, reply.language) for file in reply.files]
        for n, step in enumerate(steps):
            if n >= self._posted.get(message.event, 0):
                await step()
                self._posted[message.event] = n + 1
        self._posted.pop(message.event, None)

    async def _post(self, address: Mapping[str, str], payload: Mapping[str, Any]) -> None:
        if "response_url" in address:
            hook = AsyncWebhookClient(address["response_url"], timeout=_TIMEOUT, session=self.client.session)
            response = await hook.send(**payload, response_type="ephemeral", replace_original=False)
            if response.status_code == 200:
                return
            # Such an address serves for half an hour, and a few messages.
            await self.client.chat_postEphemeral(channel=address["channel"], user=address["user"], **payload)
            return
        post = partial(
            self.client.chat_postMessage,
            channel=address["channel"],
            thread_ts=address["thread_ts"],
            text=payload["text"],
            parse="none",
            mrkdwn=False,
            unfurl_links=False,
            unfurl_media=False,
        )
        try:
            await post(blocks=payload["blocks"])
        except SlackApiError as error:
            if error.response.get("error") not in _REFUSED:
                raise
            log.error("Slack refused blocks: %s", error.response.get("error"))
            await post()

    async def _upload(self, address: Mapping[str, str], file: Any, language: Language) -> None:
        """Send a file along; one that belongs to an answer which one person sees goes to them directly."""
        channel, thread = address["channel"], address.get("thread_ts")
        if thread is None:
            opened = await self.client.conversations_open(users=[address["user"]])
            channel = opened["channel"]["id"]
        await self.client.files_upload_v2(
            channel=channel, thread_ts=thread, filename=file.name, title=file.name, content=file.content
        )
        if thread is None:
            await self._tell(address, say("slack_file", language))

    async def _status(self, message: Message) -> None:
        if thread := message.address.get("thread_ts"):
            said = say("slack_searching", await asyncio.to_thread(self.conversation.spoken, message))
            call = self.client.assistant_threads_setStatus(
                channel_id=message.address["channel"], thread_ts=thread, status=said
            )
            await asyncio.wait_for(call, _STATUS)

    async def _refuse(self, message: Message) -> None:
        """Tell somebody, once, that they may not ask."""
        user = message.address["user"]
        if user not in self._told:
            self._told.add(user)
            await self._tell(message.address, say("slack_guest", (await self.members.of(user)).language or "en"))

    async def _tell(self, address: Mapping[str, str], words: str) -> None:
        """Say something that nobody else sees."""
        if "response_url" in address:
            await self._post(address, {"text": escaped(words)})
            return
        await self.client.chat_postEphemeral(
            channel=address["channel"], user=address["user"], thread_ts=address.get("thread_ts"), text=escaped(words)
        )

    async def _open_source(self, body: Mapping[str, Any]) -> None:
        action, user = body["actions"][0], body["user"]["id"]
        answer, number, language = (action.get("selected_option") or action)["value"].split(" ")
        found = None
        if (await self.members.of(user)).may_ask:
            found = await self._in_thread(self.conversation.source, answer, int(number), self._person(user))
        title = say("slack_source_title", language, n=number)
        view = (
            source_view(found, language) if found else told_view(title, say("no_source", language, n=number), language)
        )
        await self.client.views_open(trigger_id=body["trigger_id"], view=view)

    async def _judge(self, body: Mapping[str, Any]) -> None:
        """Keep a judgement; where it is that something is wrong, ask what."""
        user = body["user"]["id"]
        answer, verdict, language = body["actions"][0]["value"].split(" ")
        kept = False
        if (await self.members.of(user)).may_ask:
            kept = await self._in_thread(self.conversation.feedback, answer, self._person(user), verdict)
        if kept and verdict != "right":
            view = words_view(verdict, {"answer": answer, "verdict": verdict, "language": language}, language)
            await self.client.views_open(trigger_id=body["trigger_id"], view=view)
            return
        container = body["container"]
        address = {"channel": container["channel_id"], "user": user}
        if container.get("is_ephemeral"):
            address["response_url"] = body["response_url"]
        elif thread := (body.get("message") or {}).get("thread_ts"):
            address["thread_ts"] = thread
        await self._tell(address, say("thanks" if kept else "nothing_to_judge", language))

    async def _suggest(self, channel: str, user: str) -> None:
        member = await self.members.of(user)
        if not member.may_ask:
            return
        language = member.language or self.settings.language or "sv"
        goals = say("slack_prompt_goals", language)
        prompts = [
            {"title": say("slack_prompt_tour", language), "message": NAMES["start"][language][0]},
            {"title": say("slack_prompt_due", language), "message": NAMES["deadlines"][language][0]},
            {"title": goals, "message": goals},
            {"title": say("slack_prompt_help", language), "message": NAMES["help"][language][0]},
        ]
        await self.client.assistant_threads_setSuggestedPrompts(
            channel_id=channel, title=say("slack_prompts", language), prompts=prompts
        )

    def _person(self, user: str) -> str:
        return f"{CHAT}:{self.team}:{user}"

    async def _in_thread(self, function: Any, *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._intake, function, *arguments)


def build(settings: Settings, conversation: Conversation, api: str = AsyncWebClient.BASE_URL) -> Slack:
    """Slack wired to a conversation; `MissingSetting` names what is missing."""
    required(settings, "Slack", "slack_bot_token", "slack_team")
    return Slack(settings, conversation, api)


# Socket Mode


def run(app: Slack, tell: Callable[[str], None]) -> None:
    """Answer over a socket until stopped; `tell` is called with the bot's name when it is open. `Unusable` where Slack
    takes no token of ours."""
    until_stopped(serve(app, tell))


async def serve(app: Slack, tell: Callable[[str], None], watch: float = _WATCH, ping: float = _PING) -> None:
    """Answer over a socket until cancelled; `watch` and `ping` are seconds between looks at it."""
    required(app.settings, "Slack", "slack_app_token")
    assert app.settings.slack_app_token is not None
    token = app.settings.slack_app_token.get_secret_value()
    async with app.opened(), at_work(app.conversation):
        await app.identify()
        handler = AsyncSocketModeHandler(app.bolt, token, web_client=app.client, ping_interval=ping)
        client: SocketModeClient = handler.client
        try:
            client.wss_uri = await _address(app.client, token)
            await client.connect()  # type: ignore[no-untyped-call]
            tell(app.name)
            await _watched(client, watch)
        finally:
            with suppress(TimeoutError):  # the SDK may wait for a socket that was only just opened
                await asyncio.wait_for(client.close(), _CLOSING)  # type: ignore[no-untyped-call]


async def _address(client: AsyncWebClient, token: str) -> str:
    """Where the first socket is to be opened: asked here, because the SDK would try a refused token for ever."""
    try:
        return str((await client.apps_connections_open(app_token=token))["url"])
    except SlackApiError as error:
        raise _refused("PLANSVAR_SLACK_APP_TOKEN", error) from None


async def _watched(client: SocketModeClient, every: float) -> None:
    """See that the socket stays open. The SDK mends a lost connection by itself; where it has not after a few looks,
    its own tries hang, and another connection is opened."""
    missed = 0
    while True:
        await asyncio.sleep(every)
        missed = 0 if await client.is_connected() else missed + 1
        if missed > _MISSED:
            log.warning("no connection to Slack for %.0f seconds: another one is opened", missed * every)
            with suppress(Exception):  # tried again at the next look
                await asyncio.wait_for(client.connect_to_new_endpoint(force=True), every)


# HTTP


def router(app: Slack) -> APIRouter:
    """What the web server takes Slack's requests by; `MissingSetting` without what they are signed with."""
    required(app.settings, "Slack", "slack_signing_secret")
    assert app.settings.slack_signing_secret is not None
    handler = AsyncSlackRequestHandler(app.bolt)
    verifier = SignatureVerifier(app.settings.slack_signing_secret.get_secret_value())

    @asynccontextmanager
    async def lifespan(_: object) -> AsyncIterator[None]:
        async with app.opened():
            try:
                await app.identify()
            except Unusable as error:  # the web is of use without Slack, and each event tries again
                log.error("%s", error)
            yield

    router = APIRouter(lifespan=lifespan, include_in_schema=False)

    @router.post(PATH)
    async def events(request: Request) -> Response:
        if not _is_signed(verifier, request.headers, await request.body()):  # Bolt would read it first
            return Response(status_code=401)
        try:
            return await handler.handle(request)
        except (ValueError, AttributeError, TypeError):  # signed, and yet nothing that can be read
            return Response(status_code=400)

    return router


def _is_signed(verifier: SignatureVerifier, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether Slack signed a request, in the last five minutes."""
    stamp, signature = headers.get("X-Slack-Request-Timestamp", ""), headers.get("X-Slack-Signature", "")
    try:
        return verifier.is_valid(body, stamp, signature)
    except (ValueError, TypeError):  # what is no UTF-8, no number or no ASCII was not made by Slack
        return False
