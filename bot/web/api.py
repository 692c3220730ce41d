"""The JSON API: the contract's answers, deadlines and documents over HTTP."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from datetime import date
from typing import Annotated, Any, Literal
from uuid import uuid4

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from fastapi.sse import format_sse_event
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot import asking
from bot.asking import LONGEST, Asker, QuestionError, record
from bot.conversation import Conversation, traced
from bot.deadlines import row
from bot.facts import document_record
from bot.web.access import Visiting
from bot.web.due import CALENDAR, NoSuchPlan, as_calendar, due
from bot.web.pages import answering
from retrieval.language.swedish import Language
from retrieval.question.scope import Scope

_MINUTE = 60.0
_KEPT = 10_000  # askers whose pace is remembered
_STREAM = "text/event-stream"
log = logging.getLogger("plansvar")


class AskScope(BaseModel):
    """Whose plan "our" means."""

    organisation: str | None = Field(default=None, max_length=200)
    unit: str | None = Field(default=None, max_length=200)
    year: int | None = Field(default=None, ge=1900, le=2100)


class Ask(BaseModel):
    """A question, as a line of `plansvar ask --batch` has it."""

    question: str = Field(min_length=1, max_length=LONGEST, pattern=r"\S", examples=["Vad är målet för sjukfrånvaron?"])
    id: str | None = Field(default=None, max_length=200, description="comes back with the answer")
    history: list[Annotated[str, Field(max_length=LONGEST)]] = Field(
        default=[], max_length=20, description="the asker's earlier questions, oldest first"
    )
    scope: AskScope = AskScope()
    language: Language | None = Field(default=None, description="of the answer; the question's own without one")


class CitationOut(BaseModel):
    n: int
    document: str
    section: str
    page: int | None
    page_label: str | None
    quote: str
    table: str | None = None
    row: str | None = None
    column: str | None = None


class ComputedOut(BaseModel):
    value: str
    formula: str
    sources: list[int] = Field(alias="from")


class AnswerOut(BaseModel):
    """An answer, as `plansvar ask --json` gives it."""

    id: str | None
    answer: str
    language: Language
    abstained: bool
    answered_by: Literal["lookup", "extract", "model"] | None
    citations: list[CitationOut]
    computed: list[ComputedOut]
    seconds: float


def _as_written(day: object) -> object:
    if isinstance(day, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
        raise ValueError("write a day as 2026-03-31")  # else a number would be taken for seconds since 1970
    return day


Day = Annotated[date, BeforeValidator(_as_written)]


class DeadlinesAsked(BaseModel):
    """Which deadlines; days are included."""

    model_config = ConfigDict(extra="ignore")

    first: Day | None = Field(default=None, alias="from")
    last: Day | None = Field(default=None, alias="to")
    responsible: str | None = Field(default=None, max_length=200)
    organisation: str | None = Field(default=None, max_length=200)
    unit: str | None = Field(default=None, max_length=200)
    year: int | None = Field(default=None, ge=1900, le=2100)
    format: Literal["json", "ics"] = "json"


class DeadlineOut(BaseModel):
    """Something to be done by a day, as an activity or only in the plan's text; `due` is null where no day is named."""

    due: date | None
    start: date | None
    what: str
    responsible: str
    stands: Literal["activity", "text"]
    organisation: str | None
    section: str
    document: str
    page: int | None
    quote: str


class DocumentOut(BaseModel):
    """A document, as `plansvar documents --json` gives it."""

    document: str
    title: str
    organisation: str | None
    unit: str | None
    period: str | None
    status: Literal["proposal", "adopted", "revised"] | None
    pages: int
    sections: int
    passages: int
    indicators: int
    activities: int
    budget: int
    rows: int
    embedded: bool


class Trouble(BaseModel):
    """What was wrong, in one line."""

    error: str


class TooMany(Exception):
    """More questions than one asker may send; `seconds` until the next."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Pace:
    """How fast each asker may ask: so many questions in any minute."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.most, self.clock = most, clock
        self._asked: dict[str, deque[float]] = {}

    def count(self, asker: str) -> None:
        """Count a question; `TooMany` where it is one too many."""
        now = self.clock()
        times = self._asked.pop(asker, None) or deque()
        while times and times[0] <= now - _MINUTE:
            times.popleft()
        self._asked[asker] = times  # last, so that whoever asked longest ago is forgotten first
        while len(self._asked) > _KEPT:
            del self._asked[next(iter(self._asked))]
        if len(times) >= self.most:
            raise TooMany(times[0] + _MINUTE - now)
        times.append(now)


def _trouble(*codes: int) -> dict[int | str, dict[str, Any]]:
    return {code: {"model": Trouble, "description": _SAYS[code]} for code in codes}


_SAYS = {
    400: "no JSON in UTF-8, or a host that is not ours",
    401: "no token, or a wrong one",
    403: "sent from another site's page",
    404: "no plan of that organisation",
    413: "too large",
    422: "not what is described here",
    429: "too many questions in a minute",
}

router = APIRouter(prefix="/api", responses=_trouble(400, 401))


@router.post(
    "/ask",
    response_model=AnswerOut,
    response_model_exclude_unset=True,
    responses={
        200: {
            "description": "the answer; as a stream, events `status`, then one `answer` with the same JSON, or `error`",
            "content": {_STREAM: {"schema": {"type": "string"}}},
        },
        **_trouble(403, 413, 422, 429),
    },
)
async def ask(request: Request, visitor: Visiting, asked: Ask) -> Response | dict[str, object]:
    """Ask a question. `Accept: text/event-stream` gives a status at once, and then the answer."""
    conversation: Conversation = request.app.state.conversation
    who = visitor.user or (request.client.host if request.client else "")
    request.app.state.pace.count(who)
    query = asking.Query(
        asked.question,
        tuple(asked.history),
        Scope(asked.scope.organisation or None, asked.scope.unit or None, asked.scope.year),
        asked.id,
        asked.language,
    )
    if _STREAM in request.headers.get("accept", ""):
        return StreamingResponse(_streamed(request, conversation.asker, query), media_type=_STREAM)
    try:
        return record(await answering(request, conversation.asker.ask, query), query.id)
    except QuestionError as error:
        return JSONResponse({"error": str(error)}, 422)


async def _streamed(request: Request, asker: Asker, query: asking.Query) -> AsyncIterator[bytes]:
    yield _event("status", {"status": "looking"})
    work = answering(request, asker.ask, query)
    while not (await asyncio.wait({work}, timeout=10.0))[0]:
        yield _event("status", {"status": "looking"})
    try:
        yield _event("answer", record(work.result(), query.id))
    except Exception as error:
        reference = uuid4().hex[:8]
        log.error("reference %s: a question over the API was not answered\n%s", reference, traced(error))
        yield _event("error", {"error": f"reference {reference}"})


@router.get(
    "/deadlines",
    response_model=list[DeadlineOut],
    responses={200: {"content": {CALENDAR: {"schema": {"type": "string"}}}}, **_trouble(404, 422)},
)
async def deadlines(request: Request, visitor: Visiting, asked: Annotated[DeadlinesAsked, Query()]) -> Any:
    """What is due when, by day; `format=ics` gives the activities as a calendar."""
    conversation: Conversation = request.app.state.conversation
    scope = Scope(asked.organisation or None, asked.unit or None, asked.year)
    try:
        found = await asyncio.to_thread(due, conversation, scope, asked.first, asked.last, asked.responsible or None)
    except NoSuchPlan as error:
        return JSONResponse({"error": f"no plan of {asked.organisation}; there are those of {error}"}, 404)
    if asked.format == "ics":
        return Response(as_calendar(conversation, found), media_type=CALENDAR)
    return [row(each) for each in found]


@router.get("/documents", response_model=list[DocumentOut])
async def documents(request: Request, visitor: Visiting) -> list[dict[str, Any]]:
    """The documents that are stored."""
    conversation: Conversation = request.app.state.conversation
    embedder = conversation.settings.embedder_name
    stored = await asyncio.to_thread(conversation.asker.library.index.documents)
    return [document_record(document, embedder) for document in stored]


def _event(name: str, data: object) -> bytes:
    return format_sse_event(event=name, data_str=json.dumps(data, ensure_ascii=False))
