"""Plansvar in Microsoft Teams: its messages as ours, and our replies as its, behind one route of the web server.

Only Microsoft's own tokens are let in, for this app and from Teams, and only the tenant that is set.
"""

from __future__ import annotations

import asyncio
import html
import json
import logging
import re
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from hmac import compare_digest, new
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from httpx import HTTPStatusError
from microsoft_teams.api.activities import InstalledActivity, MessageActivity, TypingActivityInput
from microsoft_teams.api.activities.invoke import AdaptiveCardInvokeActivity
from microsoft_teams.api.activities.invoke.message import MessageSubmitActionInvokeActivity
from microsoft_teams.api.activities.message import MessageActivityInput
from microsoft_teams.api.activities.utils import StripMentionsTextOptions, strip_mentions_text
from microsoft_teams.api.auth import JsonWebToken
from microsoft_teams.api.auth.cloud_environment import PUBLIC, CloudEnvironment
from microsoft_teams.api.auth.credentials import TokenProvider
from microsoft_teams.api.models import ActivityBase, ChannelData
from microsoft_teams.api.models.adaptive_card import AdaptiveCardActionCardResponse, AdaptiveCardActionMessageResponse
from microsoft_teams.apps import ActivityContext, App
from microsoft_teams.apps.events import ActivityEvent, CoreActivity
from microsoft_teams.cards import AdaptiveCard
from microsoft_teams.common import ClientOptions
from pydantic import ValidationError
from sqlalchemy import Column, Float, MetaData, String, Table, Text, delete, insert, select

from bot.conversation import Conversation, traced
from bot.delivery import Errands, deliver, resuming, running
from bot.message import Message, Reply, Source
from bot.phrases import language_of, say
from bot.settings import Settings, required
from bot.state import Kept, Verdict
from bot.teams_cards import SAY, Card, plain_payload, reply_card, to_payload
from bot.teams_door import Door, NotLetIn
from retrieval.store.migrations import migrate

__all__ = ["Teams", "build", "router", "to_message", "to_payload"]

CHAT = "teams"
PATH = "/api/messages"
_TIMEOUT = 20.0  # seconds for a call to Teams
_WAIT = 30.0  # seconds that we wait at most when Teams says when to come back
_GONE = (403, 404)  # the bot was removed, or the conversation is no more: trying again is no use
_REFUSED = (400, 413)  # Teams does not take the message as it is
_DAY = 86_400.0
log = logging.getLogger("plansvar")

# Which answer a message of ours in Teams shows: its feedback comes with nothing but that message's id, which is kept as
# a digest, since the id of a personal chat is a person's.
_metadata = MetaData()
_sent = Table(
    "teams_sent",
    _metadata,
    Column("message", Text, primary_key=True),
    Column("answer", String(32), nullable=False),
    Column("at", Float, nullable=False, index=True),
)
_version = Table("teams_version", MetaData(), Column("migration", String(100), primary_key=True))


# Teams' words as ours


def to_message(activity: MessageActivity | InstalledActivity) -> Message | None:
    """A message, or the app being added for oneself, as ours; None where there is nothing to answer."""
    personal = activity.conversation.conversation_type == "personal"
    language = language_of(activity.locale)
    if isinstance(activity, InstalledActivity):
        if not personal:
            return None
        text, mentioned = "/hjälp" if language == "sv" else "/help", True
    else:
        pressed = activity.value.get(SAY) if isinstance(activity.value, dict) else None
        if activity.value is not None and not (pressed or activity.text):
            return None
        text = str(pressed) if pressed else _said(activity)
        mentioned = personal or bool(pressed) or activity.is_recipient_mentioned()
    tenant, conversation = _tenant(activity), activity.conversation.id
    return Message(
        event=f"{CHAT}:{conversation}:{activity.id}",
        chat=CHAT,
        person=_person(activity),
        channel=f"{CHAT}:{tenant}:{conversation.partition(';messageid=')[0]}",
        thread=f"{CHAT}:{tenant}:{conversation}",
        text=text,
        direct=personal,
        mentioned=mentioned,
        bot=activity.from_.role == "bot" or activity.from_.id.startswith("28:"),
        language=language,
        address={"service": activity.service_url or "", "conversation": conversation},
    )


def _said(activity: MessageActivity) -> str:
    """What somebody wrote, without the mention of this app; others are left as their names."""
    ours = StripMentionsTextOptions(account_id=activity.recipient.id)
    activity = activity.model_copy(update={"text": strip_mentions_text(activity, ours) or ""})
    text = strip_mentions_text(activity, StripMentionsTextOptions(tag_only=True)) or ""
    return re.sub(r"[^\S\n]+", " ", html.unescape(text)).strip()


def _person(activity: ActivityBase) -> str:
    return f"{CHAT}:{_tenant(activity)}:{activity.from_.aad_object_id or activity.from_.id}"


def _tenant(activity: ActivityBase) -> str:
    tenant = activity.channel_data.tenant if activity.channel_data else None
    return (tenant.id if tenant else None) or activity.conversation.tenant_id or ""


# The app


def build(
    settings: Settings,
    conversation: Conversation,
    *,
    cloud: CloudEnvironment = PUBLIC,
    token: TokenProvider | None = None,
) -> Teams:
    """The chat, wired to Microsoft's SDK; `MissingSetting` names what is not set.

    `cloud` says where Microsoft's keys are, `token` what signs our calls in place of the client secret.
    """
    required(settings, "Teams", "teams_client_id", "teams_client_secret", "teams_tenant_id", "public_url")
    return Teams(settings, conversation, cloud, token)


def router(app: Teams) -> APIRouter:
    """Where Teams posts, and fetches the files of replies."""

    @asynccontextmanager
    async def lifespan(_: object) -> AsyncIterator[None]:
        async with app.opened():
            yield

    router = APIRouter(lifespan=lifespan, include_in_schema=False)
    router.post(PATH)(app.receive)
    router.get(PATH + "/{signed}/{name}")(app.file)
    return router


class Teams:
    """Microsoft's SDK wired to a conversation: takes what Teams posts, and sends replies."""

    def __init__(
        self, settings: Settings, conversation: Conversation, cloud: CloudEnvironment, token: TokenProvider | None
    ) -> None:
        assert settings.teams_client_id
        assert settings.teams_client_secret
        assert settings.teams_tenant_id
        assert settings.public_url
        self.settings, self.conversation, self.public = settings, conversation, settings.public_url.rstrip("/")
        self.secret = settings.teams_client_secret.get_secret_value()
        self.sdk = App(
            client_id=settings.teams_client_id,
            client_secret=None if token else self.secret,
            tenant_id=settings.teams_tenant_id,
            token=token,
            cloud=cloud,
            client=ClientOptions(timeout=_TIMEOUT),  # it has none of its own
            http_server_adapter=_Elsewhere(),
            fetch_user_token=False,  # else Microsoft is asked for a user's token before each message
            dangerously_allow_unauthenticated_requests=False,
            telemetry={"agent365": False},
        )
        self.sdk.on_message(self._on_message)
        self.sdk.on_install_add(self._on_install)
        self.sdk.on_message_submit_feedback(self._on_feedback)
        self.sdk.on_card_action(self._on_button)
        self.door = Door(settings.teams_client_id, settings.teams_tenant_id, cloud)
        self.errands = Errands(CHAT)
        self.started = False
        with conversation.state.index.write() as connection:
            migrate(connection, (m001_create_tables,), _version)

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """While this lasts, what a process that stopped left unanswered is answered."""
        async with self.errands.finished(), running(resuming(self.conversation, CHAT, self.send)):
            yield

    async def start(self) -> None:
        """Make the SDK ready, once."""
        if not self.started:
            self.started = True
            await self.sdk.initialize()

    # What Teams posts

    async def receive(self, request: Request) -> Response:
        """An activity: let in or refused, then taken; the reply to a message follows by itself."""
        try:
            body = await request.json()
        except ValueError:
            body = None
        if not isinstance(body, dict):
            return _refusal(400, "not an activity")
        try:
            token = await self.door.check(request.headers.get("authorization", ""), body)
        except NotLetIn as error:
            return _refusal(error.status, str(error))
        await self.start()
        handle = self.sdk.server.on_request
        assert handle is not None
        try:
            event = ActivityEvent(body=CoreActivity.model_validate(body), token=JsonWebToken(token))
            result = await handle(event)
        except ValidationError:
            return _refusal(400, "not an activity")
        except Exception as error:  # what it says may quote what somebody wrote
            reference = uuid4().hex[:8]
            log.error("reference %s: an activity in Teams was not taken\n%s", reference, traced(error))
            return _refusal(500, f"reference {reference}")
        answer = result.body
        if answer is None:
            return Response(status_code=result.status)
        return JSONResponse(answer.model_dump(by_alias=True, exclude_none=True), result.status)

    async def _on_message(self, context: ActivityContext[MessageActivity]) -> None:
        await self._take(to_message(context.activity))

    async def _on_install(self, context: ActivityContext[InstalledActivity]) -> None:
        await self._take(to_message(context.activity))

    async def _take(self, message: Message | None) -> None:
        """Keep a message, and answer it in the background: Teams sends it again after 15 seconds."""
        if message is None or not await asyncio.to_thread(self.conversation.accept, message):
            return
        on_its_way = _Delivery(self, message)
        self.errands.begin(deliver(self.conversation, message, on_its_way.send, on_its_way.status, accepted=True))

    async def _on_feedback(self, context: ActivityContext[MessageSubmitActionInvokeActivity]) -> None:
        said, activity = context.activity.value.action_value, context.activity
        try:
            words = str(json.loads(said.feedback).get("feedbackText") or "")
        except (ValueError, AttributeError):
            words = said.feedback
        verdict: Verdict = "right" if said.reaction == "like" else "wrong"
        answer = await asyncio.to_thread(self._answer_of, activity.conversation.id, activity.reply_to_id or "")
        if answer:
            await asyncio.to_thread(self.conversation.feedback, answer, _person(activity), verdict, words)

    async def _on_button(
        self, context: ActivityContext[AdaptiveCardInvokeActivity]
    ) -> AdaptiveCardActionCardResponse | AdaptiveCardActionMessageResponse:
        """The sources of an answer, shown in its card to who asked for them, or their word that one is wrong."""
        action, person = context.activity.value.action, _person(context.activity)
        answer = str(action.data.get("answer"))
        kept = await asyncio.to_thread(self.conversation.state.answered, answer)
        language = kept.reply.language if kept and kept.reply else language_of(context.activity.locale) or "sv"
        if action.verb == "wrong_source":
            if await asyncio.to_thread(self.conversation.feedback, answer, person, "wrong_source"):
                return AdaptiveCardActionMessageResponse(value=say("thanks", language))
        elif card := await asyncio.to_thread(self._opened, kept, person):
            return AdaptiveCardActionCardResponse(value=AdaptiveCard.model_validate(card))
        return AdaptiveCardActionMessageResponse(value=say("answer_gone", language))

    def _opened(self, kept: Kept | None, person: str) -> Card | None:
        if kept is None or kept.reply is None or not (sources := self._sources(kept.reply, person)):
            return None
        return reply_card(kept.reply, self._addresses(kept.message, kept.reply), sources)

    def _sources(self, reply: Reply, person: str) -> list[Source]:
        if not reply.answer:
            return []
        found = (self.conversation.source(reply.answer, each.n, person) for each in reply.citations)
        return [source for source in found if source]

    # What we send

    async def send(self, message: Message, reply: Reply) -> None:
        """Take a reply to where a message came from."""
        await _Delivery(self, message).send(reply)

    def payload(self, message: Message, reply: Reply) -> list[MessageActivityInput]:
        """A reply as messages, its sources opened and its files where this server has them."""
        return to_payload(reply, self._sources(reply, message.person), self._addresses(message, reply))

    def _addresses(self, message: Message, reply: Reply) -> list[str]:
        return [f"{self.public}{PATH}/{self._signed(message.event)}/{file.name}" for file in reply.files]

    def remember(self, conversation: str, id_: str, answer: str) -> None:
        """Note which answer a message of ours shows, for as long as the answer is kept."""
        now = time.time()
        row = {"message": _digest(conversation, id_), "answer": answer, "at": now}
        old = _sent.c.at < now - self.settings.history_days * _DAY
        with self.conversation.state.index.write() as connection:
            connection.execute(delete(_sent).where(old | (_sent.c.message == row["message"])))
            connection.execute(insert(_sent), row)

    def _answer_of(self, conversation: str, id_: str) -> str | None:
        with self.conversation.state.index.read() as connection:
            found = connection.scalar(select(_sent.c.answer).where(_sent.c.message == _digest(conversation, id_)))
        return str(found) if found else None

    # Files: Teams takes none from an app in channels, so they are fetched by a link that nobody can guess

    def _signed(self, event: str) -> str:
        digest = new(self.secret.encode(), event.encode(), sha256).digest()
        return urlsafe_b64encode(digest + event.encode()).decode().rstrip("=")

    async def file(self, signed: str, name: str) -> Response:
        """A file that was sent with a reply, while the reply is kept."""
        try:
            event = urlsafe_b64decode(signed + "=" * (-len(signed) % 4))[sha256().digest_size :].decode()
        except ValueError:
            return Response(status_code=404)
        kept = None
        if compare_digest(self._signed(event), signed):
            kept = await asyncio.to_thread(self.conversation.state.kept, event)
        files = kept.reply.files if kept and kept.reply else ()
        for each in files:
            if each.name == name:
                return Response(each.content, media_type=each.media_type)
        return Response(status_code=404)


@dataclass(slots=True)
class _Delivery:
    """One reply on its way: tried again, it goes on where it stopped. `stream` is the message that its status began."""

    teams: Teams
    message: Message
    stream: str | None = None
    left: deque[MessageActivityInput] | None = field(default=None)

    async def status(self) -> None:
        """Show that an answer is on its way: in words where Teams streams, which is to one person alone."""
        typing = TypingActivityInput()
        if self.message.direct:
            data = ChannelData(stream_type="informative")
            text = say("searching", await asyncio.to_thread(self.teams.conversation.spoken, self.message))
            typing = typing.with_text(text).with_channel_data(data).add_stream_update()
        sent = await self._post(typing)
        self.stream = sent if self.message.direct else None

    async def send(self, reply: Reply) -> None:
        if self.left is None:
            self.left = deque(await asyncio.to_thread(self.teams.payload, self.message, reply))
        while self.left:
            id_ = await self._show(self.left[0])
            self.left.popleft()
            if reply.answer and id_ and not self.left:
                remember = self.teams.remember
                await asyncio.to_thread(remember, self.message.address["conversation"], id_, reply.answer)

    async def _show(self, message: MessageActivityInput) -> str | None:
        """Send a message, as the end of a stream that was begun; returns its id, None where nobody is there."""
        stream, self.stream = self.stream, None
        if stream:
            final = message.model_copy(deep=True).with_id(stream).add_stream_final()
            try:
                await self._post(final)
            except HTTPStatusError as error:
                if error.response.status_code != 403:
                    self.stream = stream
                    raise
                said = error.response.text.lower()
                if "completed" in said or "cancel" in said:  # it came before, or the person stopped it
                    return stream
            else:
                return stream
        try:
            return await self._post(message)
        except HTTPStatusError as error:
            status = error.response.status_code
            if status in _GONE:
                log.warning("a reply in teams was not wanted: %s", status)
                return None
            if status in _REFUSED:
                log.error("a reply in teams was refused with %s, and sent as text alone", status)
                return await self._post(plain_payload(message))
            raise

    async def _post(self, activity: MessageActivityInput | TypingActivityInput) -> str | None:
        await self.teams.start()
        address = self.message.address
        api = self.teams.sdk.api.from_service_url(address["service"])
        try:
            return (await api.conversations.create_activity(address["conversation"], activity)).id
        except HTTPStatusError as error:
            if error.response.status_code == 429:
                await asyncio.sleep(_after(error))
            raise


class _Elsewhere:
    """The SDK's own server, which we do without: requests come by the web server's route."""

    def register_route(self, method: Any, path: str, handler: Any) -> None: ...

    def serve_static(self, path: str, directory: str) -> None: ...

    async def start(self, port: int) -> None: ...

    async def stop(self) -> None: ...


def m001_create_tables(connection: Any) -> None:
    _metadata.create_all(connection)
    _version.metadata.create_all(connection)


def _digest(conversation: str, id_: str) -> str:
    return sha256(f"{conversation}:{id_}".encode()).hexdigest()


def _after(error: HTTPStatusError) -> float:
    """Seconds that Teams asks us to wait."""
    said = error.response.headers.get("retry-after", "")
    return min(float(said), _WAIT) if said.isdecimal() else 1.0


def _refusal(status: int, why: str) -> Response:
    return JSONResponse({"error": why}, status)
