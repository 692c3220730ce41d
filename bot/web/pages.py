"""The pages: the chat, the documents, and what their forms send. Everything works without JavaScript too."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextvars import copy_context
from datetime import date
from functools import partial
from typing import Any, Final, ParamSpec, TypeVar, get_args
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from fastapi.sse import format_sse_event

from bot.conversation import Conversation, traced
from bot.deadlines import Deadline
from bot.message import Message, Reply
from bot.phrases import say
from bot.state import Verdict
from bot.web.access import Access, Visiting, Visitor
from bot.web.admin_words import words as admin_words
from bot.web.document import lay_out, place
from bot.web.due import CALENDAR, NoSuchPlan, as_calendar, due
from bot.web.replies import view_of
from bot.web.words import words
from ingest.plan import Plan
from ingest.source import Span
from retrieval.evidence.naming import plan_name
from retrieval.question.scope import Scope
from retrieval.store.index import Document, UnknownDocument

CHAT: Final = "web"
_BEAT = 10.0  # seconds after which a stream that has nothing to say shows that it lives
_WHO = 200  # characters of who is responsible
_ID = re.compile(r"[\w-]{8,64}")  # of an event or a thread, as a page makes them
_VERDICTS: Final[dict[str, Verdict]] = {verdict: verdict for verdict in get_args(Verdict)}
log = logging.getLogger("plansvar")

P = ParamSpec("P")
T = TypeVar("T")

router = APIRouter(include_in_schema=False)


@router.get("/")
async def chat(request: Request, visitor: Visiting) -> Response:
    """The chat page."""
    values = await _greeting(request, visitor)
    return page(request, visitor, "chat.html", **values, exchange=None, thread=new_id())


@router.post("/ask")
async def ask(request: Request, visitor: Visiting) -> Response:
    """A question: a stream of what happens where the page can read one, else the page with the answer."""
    message = _message(await form_of(request), visitor)
    if message is None:
        return refuse(request, visitor, 400, words(visitor.language).bad_request)
    if "text/event-stream" in request.headers.get("accept", ""):
        stream = _answering(request, visitor, message)
        return StreamingResponse(stream, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})
    conversation: Conversation = request.app.state.conversation
    reply = await answering(request, _replied, conversation, message)
    await asyncio.to_thread(conversation.delivered, message)
    exchange = {"question": message.text, "reply": await asyncio.to_thread(_shown, request, visitor, reply)}
    values = await _greeting(request, visitor)
    return page(request, visitor, "chat.html", **values, exchange=exchange, thread=_thread(message))


@router.post("/feedback")
async def feedback(request: Request, visitor: Visiting) -> Response:
    """What somebody thinks of an answer."""
    form = await form_of(request)
    conversation: Conversation = request.app.state.conversation
    verdict, w = _VERDICTS.get(form.get("verdict", "")), words(visitor.language)
    if verdict is None:
        return refuse(request, visitor, 400, w.bad_request)
    kept = await asyncio.to_thread(
        conversation.feedback, form.get("answer", ""), visitor.person, verdict, form.get("words", "")
    )
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"kept": kept}, 200 if kept else 404)
    if not kept:
        return refuse(request, visitor, 404, w.feedback_failed)
    return page(request, visitor, "thanks.html", answer=form.get("answer", ""), verdict=verdict, said="words" in form)


@router.post("/view")
async def view(request: Request, visitor: Visiting) -> Response:
    """A choice of language or theme, kept in a cookie."""
    form = await form_of(request)
    access: Access = request.app.state.access
    language, theme = access.view(request)
    response = RedirectResponse(_inside(form.get("next", "/")), 303)
    access.remember_view(response, form.get("language", language), form.get("theme", theme))
    return response


@router.get("/deadlines")
async def deadlines(request: Request, visitor: Visiting) -> Response:
    """What is due when, in the visitor's own plan unless another is named; `format=ics` gives it as a calendar."""
    conversation: Conversation = request.app.state.conversation
    query = request.query_params
    first = _day(query.get("from")) if query else conversation.asker.answerer.today
    last, who = _day(query.get("to")), query.get("responsible", "").strip()[:_WHO] or None
    library = conversation.asker.library

    def find() -> tuple[list[Deadline], Scope, list[str]]:
        own = conversation.asker.within(conversation.state.person(visitor.person).scope)
        scope = Scope(query.get("organisation") or own.organisation, own.unit, own.year)
        names = dict.fromkeys(filter(None, (each.description.organisation for each in library.known())))
        try:
            return due(conversation, scope, first, last, who), scope, list(names)
        except NoSuchPlan:
            return [], scope, list(names)

    found, scope, names = await asyncio.to_thread(find)
    if query.get("format") == "ics":
        headers = {"Content-Disposition": 'attachment; filename="plansvar.ics"'}
        return Response(as_calendar(conversation, found), media_type=CALENDAR, headers=headers)

    def page_of(deadline: Deadline) -> str:
        page = deadline.source.plan.page_at(deadline.origin.spans[0].start)
        return say("page", visitor.language, page=page.label or page.number) if page else ""

    def where(deadline: Deadline) -> str:
        span = deadline.origin.spans[0]
        return place(deadline.source.known.name, span.start, span.end - span.start)

    asked = {"organisation": scope.organisation, "first": first, "last": last, "who": who}
    return page(
        request, visitor, "deadlines.html", found=found, organisations=names, asked=asked, page_of=page_of, place=where
    )


@router.get("/documents")
async def documents(request: Request, visitor: Visiting) -> Response:
    """Which plans there are."""
    conversation: Conversation = request.app.state.conversation
    stored = await asyncio.to_thread(conversation.asker.library.index.documents)
    return page(request, visitor, "documents.html", documents=stored, plan_name=plan_name)


@router.get("/documents/{name:path}")
async def document(request: Request, visitor: Visiting, name: str) -> Response:
    """A plan, with the words between `from` and `to` of its stored text marked."""
    try:
        stored, plan = await asyncio.to_thread(_plan, request, name)
    except UnknownDocument:
        return refuse(request, visitor, 404, words(visitor.language).no_such_document)
    span = _span(request.query_params, len(plan.text))
    shown = await asyncio.to_thread(lay_out, plan, span)

    def render() -> Response:
        return page(request, visitor, "document.html", document=stored, name=plan_name(stored.description), view=shown)

    return await asyncio.to_thread(render)


login = APIRouter(include_in_schema=False)


@login.post("/login")
async def log_in(request: Request) -> Response:
    """The token of somebody who is not in yet."""
    form = await form_of(request)
    access: Access = request.app.state.access
    response = RedirectResponse(_inside(form.get("next", "/")), 303)
    if await access.log_in(request, form.get("token", ""), response):
        return response
    next = _inside(form.get("next", "/"))
    return ask_in(request, wrong=True, next=next, admin=next.startswith("/admin"))


def ask_in(request: Request, wrong: bool = False, next: str = "", admin: bool = False) -> Response:
    """What somebody sees who is not in, or not in as an administrator: the form for the token, where there is a token
    to write. `next` is where they were going."""
    access: Access = request.app.state.access
    language, theme = access.view(request)
    visitor = Visitor("", language, theme)
    path = next or (request.url.path if request.method == "GET" else "/")
    form = bool(access.admin_token if admin else access.token)
    asked = admin_words(language) if admin else words(language)
    response = page(request, visitor, "login.html", wrong=wrong, form=form, next=path, asked=asked)
    response.status_code = 401 if form or not admin else 403
    if response.status_code == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def page(request: Request, visitor: Visitor, template: str, **values: Any) -> Response:
    """A template filled in, in the visitor's language and theme."""
    w = words(visitor.language)
    path = request.url.path if request.method == "GET" else "/"
    here = path + (f"?{request.url.query}" if request.url.query and request.method == "GET" else "")
    values |= {"w": w, "visitor": visitor, "path": path, "here": here, "new_id": new_id}
    values |= {"administration": admin_words(visitor.language).administration}
    return HTMLResponse(request.app.state.templates.get_template(template).render(values))


def sorry(request: Request, status: int, text: str | None = None) -> Response:
    """A page for what can't be done, in the language of whoever asked for it."""
    access: Access = request.app.state.access
    language, theme = access.view(request)
    return refuse(request, Visitor("", language, theme), status, text or words(language).not_found_more)


def refuse(request: Request, visitor: Visitor, status: int, text: str) -> Response:
    response = page(request, visitor, "sorry.html", text=text, status=status)
    response.status_code = status
    return response


def new_id() -> str:
    """An id of an event or a thread."""
    return secrets.token_hex(16)


# A question


async def _answering(request: Request, visitor: Visitor, message: Message) -> AsyncIterator[bytes]:
    """What happens to a question, as server-sent events: a status at once, then the reply, or that there is none."""
    w = words(visitor.language)
    yield _event("status", text=say("searching", visitor.language))
    conversation: Conversation = request.app.state.conversation
    work = answering(request, _answered, request, visitor, message)
    while not (await asyncio.wait({work}, timeout=_BEAT))[0]:
        yield _event("status", text=w.long)
    try:
        html, spoken = work.result()
    except Exception as error:
        reference = uuid4().hex[:8]
        log.error("reference %s: a reply in %s was not shown\n%s", reference, CHAT, traced(error))
        yield _event("failure", text=w.fault.format(reference=reference))
        return
    yield _event("reply", html=html, spoken=spoken)
    await asyncio.to_thread(conversation.delivered, message)


def answering(request: Request, work: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> asyncio.Future[T]:
    """Have something worked out by the threads that answer."""
    run, state = partial(work, *arguments, **named), request.app.state
    state.waiting += 1
    future = asyncio.get_running_loop().run_in_executor(state.answering, copy_context().run, run)
    future.add_done_callback(lambda _: setattr(state, "waiting", state.waiting - 1))
    return future


def _answered(request: Request, visitor: Visitor, message: Message) -> tuple[str, str]:
    """The reply to a message as HTML and as words; a message sent again gets the same one."""
    reply = _replied(request.app.state.conversation, message)
    shown = _shown(request, visitor, reply)
    template = request.app.state.templates.get_template("reply.html")
    html: str = template.render(w=words(visitor.language), reply=shown, new_id=new_id, thread=_thread(message))
    return html, shown.spoken


def _replied(conversation: Conversation, message: Message) -> Reply:
    conversation.accept(message)
    return conversation.reply(message)


def _shown(request: Request, visitor: Visitor, reply: Reply) -> Any:
    conversation: Conversation = request.app.state.conversation
    return view_of(reply, conversation.asker.library, words(visitor.language))


def _message(form: Mapping[str, str], visitor: Visitor) -> Message | None:
    """What a form sends as a message; None where it is none."""
    text, event, thread = form.get("text", "").strip(), form.get("event", ""), form.get("thread", "")
    if not text or not _ID.fullmatch(event) or not _ID.fullmatch(thread):
        return None
    return Message(
        event=f"{visitor.person}:{event}",
        chat=CHAT,
        person=visitor.person,
        channel=visitor.person,
        thread=f"{visitor.person}:{thread}",
        text=text,
        language=visitor.language,
    )


def _thread(message: Message) -> str:
    """A message's thread as its page knows it."""
    return message.thread.rpartition(":")[2]


async def _greeting(request: Request, visitor: Visitor) -> dict[str, Any]:
    """What the chat page says before anybody has asked."""
    conversation: Conversation = request.app.state.conversation
    known = await asyncio.to_thread(conversation.asker.library.known)
    notice = await asyncio.to_thread(conversation.notice, visitor.language) if known else None
    return {"known": known, "notice": notice}


# What comes in


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form; a field that is sent twice counts once, and what is no form has none."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/x-www-form-urlencoded":
        return {}
    try:
        return dict(parse_qsl((await request.body()).decode(), keep_blank_values=True, max_num_fields=20))
    except ValueError:
        return {}


def _inside(address: str) -> str:
    """An address on this server to go on to; the first page for one that is elsewhere."""
    found = urlsplit(address)
    local = address.startswith("/") and not address.startswith(("//", "/\\")) and not (found.scheme or found.netloc)
    return address if local and address.isprintable() else "/"


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return None


def _span(query: Mapping[str, str], length: int) -> Span | None:
    start, end = query.get("from", ""), query.get("to", "")
    if not (start.isdecimal() and end.isdecimal() and len(start) < 12 and len(end) < 12):
        return None
    span = Span(int(start), min(int(end), length))
    return span if span.start < span.end else None


def _plan(request: Request, name: str) -> tuple[Document, Plan]:
    conversation: Conversation = request.app.state.conversation
    library = conversation.asker.library
    stored = library.index.document(name)
    return stored, library.searchable(stored.id).plan


def _event(name: str, **data: str) -> bytes:
    return format_sse_event(event=name, data_str=json.dumps(data, ensure_ascii=False))
