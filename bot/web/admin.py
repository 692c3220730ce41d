"""The administrator's pages: what was read, and what may be done about it. All of it works without JavaScript."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from bot.administering import Administration, Impossible, described
from bot.report import gathered
from bot.settings import InvalidSettings
from bot.web.access import Access, Administering, Visitor, administrator
from bot.web.admin_words import words
from bot.web.pages import form_of, page, refuse
from ingest.plan import Plan
from ingest.readers.files import MAX_BYTES
from ingest.readers.open import SUPPORTED
from retrieval.evidence.naming import plan_name
from retrieval.store.index import UnknownDocument

UPLOAD = "/admin/upload"  # it looks at the size itself, and answers with a page
_BODY = MAX_BYTES + 10_000  # bytes of an upload: a file has a form around it
_LINES = 50  # lines that were not placed and are shown
_WORDS = 300  # characters of one of them, and of a field
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Trouble:
    """What was wrong with what an administrator sent: in our words, and maybe in those of what reads files."""

    words: str
    status: int = 422
    detail: str = ""


# The role is asked for before anything else, so nobody else's body is read.
router = APIRouter(prefix="/admin", include_in_schema=False, dependencies=[Depends(administrator)])


@router.get("")
async def overview(request: Request, visitor: Administering) -> Response:
    """Every plan with what was read of it, and what in the folder could not be read."""
    return await _overview(request, visitor)


@router.post("/upload")
async def upload(request: Request, visitor: Administering) -> Response:
    """A plan's file: a new document, or instead of the one that is named."""
    w = words(visitor.language)
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > _BODY:  # a browser says how much it sends, and sends no more
        return refuse(request, visitor, 413, w.too_large.format(most=MAX_BYTES // _MEGABYTE))
    async with request.form(max_files=1, max_fields=2) as form:
        file, name = form.get("file"), str(form.get("replacing") or "")
        if file is None or isinstance(file, str) or not file.filename:
            return await _again(request, visitor, name, Trouble(w.no_file))
        try:
            result = await asyncio.to_thread(
                _of(request).upload, visitor.user or "", file.filename, file.file, name or None
            )
        except Impossible as error:
            return await _again(request, visitor, name, Trouble(_said(visitor, error)))
    if result.outcome == "failed":
        return await _again(request, visitor, name, Trouble(w.bad_file, detail=result.trouble))
    done = "replaced" if name and result.outcome != "unchanged" else result.outcome
    return _to("/admin/plan", name=result.document, done=done)


@router.get("/plan")
async def plan(request: Request, visitor: Administering, name: str = "") -> Response:
    """One plan: what was read, what was not, what is said of it."""
    return await _plan(request, visitor, name)


@router.post("/plan")
async def describe(request: Request, visitor: Administering) -> Response:
    """What the administrator says of a plan."""
    form = await form_of(request)
    name, fields = (
        form.get("name", ""),
        ("title", "organisation", "unit", "start", "end", "status", "decided", "reference"),
    )
    said = {field: " ".join(form.get(field, "").split())[:_WORDS] for field in fields}
    try:
        await asyncio.to_thread(_of(request).describe, visitor.user or "", name, said)
    except Impossible as error:
        return await _plan(request, visitor, name, Trouble(_said(visitor, error)), said)
    return _to("/admin/plan", name=name, done="saved")


@router.get("/remove")
async def sure(request: Request, visitor: Administering, name: str = "") -> Response:
    """The question whether a plan is to be removed."""
    try:
        document = await asyncio.to_thread(_of(request).document, name)
    except Impossible as error:
        return refuse(request, visitor, 404, _said(visitor, error))
    return _page(request, visitor, "admin_remove.html", document=document, folder=_of(request).settings.plans)


@router.post("/remove")
async def remove(request: Request, visitor: Administering) -> Response:
    """A plan that is to be removed."""
    name = (await form_of(request)).get("name", "")
    try:
        await asyncio.to_thread(_of(request).remove, visitor.user or "", name)
    except Impossible as error:
        return await _overview(request, visitor, Trouble(_said(visitor, error)))
    return _to("/admin", done="removed")


@router.get("/report")
async def report(request: Request, visitor: Administering) -> Response:
    """What readers asked in vain, and what they thought of answers."""
    found = await asyncio.to_thread(gathered, _of(request).state)
    return _page(request, visitor, "admin_report.html", report=found)


@router.get("/people")
async def people(request: Request, visitor: Administering) -> Response:
    """Who was let in by a code, and the form for one."""
    return await _people(request, visitor)


@router.post("/people")
async def pair(request: Request, visitor: Administering) -> Response:
    """Somebody to let in, by their code, or to shut out, by their id."""
    form, administration, who = await form_of(request), _of(request), visitor.user or ""
    try:
        if (id_ := form.get("id", "")).isascii() and id_.isdecimal():
            await asyncio.to_thread(administration.shut_out, who, int(id_))
            return _to("/admin/people", done="shut_out")
        await asyncio.to_thread(administration.let_in, who, form.get("code", "")[:_WORDS])
    except Impossible as error:
        return await _people(request, visitor, Trouble(_said(visitor, error)))
    return _to("/admin/people", done="let_in")


@router.get("/log")
async def log(request: Request, visitor: Administering) -> Response:
    """What administrators did."""
    actions = await asyncio.to_thread(_of(request).actions)
    return _page(request, visitor, "admin_log.html", actions=actions)


@router.post("/leave")
async def leave(request: Request, visitor: Administering) -> Response:
    """The end of somebody's time as an administrator, where they had the token."""
    access: Access = request.app.state.access
    response = RedirectResponse("/", 303)
    access.log_out(response)
    return response


# The pages


async def _overview(request: Request, visitor: Visitor, trouble: Trouble | None = None) -> Response:
    administration = _of(request)

    def find() -> dict[str, Any]:
        documents = administration.index.documents()
        return {"documents": documents, "troubles": administration.files.troubles(), "plan_name": plan_name}

    values = await asyncio.to_thread(find)
    settings = administration.settings
    values |= {"folder": settings.plans, "kinds": ", ".join(SUPPORTED), "most": MAX_BYTES // _MEGABYTE}
    values |= {"embedder": settings.embedder_name}
    return _page(request, visitor, "admin.html", trouble, **values)


async def _plan(
    request: Request, visitor: Visitor, name: str, trouble: Trouble | None = None, said: Mapping[str, str] | None = None
) -> Response:
    administration = _of(request)
    try:
        document = await asyncio.to_thread(administration.document, name)
        read = await asyncio.to_thread(administration.index.plan, document.id)
    except (Impossible, UnknownDocument):  # the latter where it was replaced just now
        return refuse(request, visitor, 404, words(visitor.language).no_document.format(about=name))
    settings = administration.settings
    values = {"document": document, "plan": read, "said": said or described(document), "by_hand": document.said.keys()}
    values |= {"lines": [_line(read, each) for each in read.unplaced[:_LINES]], "name": plan_name(document.description)}
    values |= {"embedder": settings.embedder_name, "kinds": ",".join(SUPPORTED)}
    return _page(request, visitor, "admin_plan.html", trouble, **values)


def _line(plan: Plan, each: Any) -> dict[str, Any]:
    """A line that was not placed: its words, the page they stand on, and why."""
    page = plan.page_at(each.span.start)
    words = plan.text[each.span.start : each.span.end]
    return {"words": words[:_WORDS], "page": page and (page.label or page.number), "why": each.reason}


async def _again(request: Request, visitor: Visitor, name: str, trouble: Trouble) -> Response:
    """The page that a file was sent from, with what was wrong with it."""
    if name:
        return await _plan(request, visitor, name, trouble)
    return await _overview(request, visitor, trouble)


async def _people(request: Request, visitor: Visitor, trouble: Trouble | None = None) -> Response:
    administration = _of(request)
    try:
        found = await asyncio.to_thread(administration.people)
        everybody = await asyncio.to_thread(found.everybody) if found else None
    except InvalidSettings as error:
        return _page(request, visitor, "admin_people.html", Trouble(str(error), 500), people=None)
    return _page(request, visitor, "admin_people.html", trouble, people=everybody)


def _page(request: Request, visitor: Visitor, template: str, trouble: Trouble | None = None, **values: Any) -> Response:
    access: Access = request.app.state.access
    a, done = words(visitor.language), request.query_params.get("done", "") if trouble is None else ""
    values |= {"a": a, "done": getattr(a, f"done_{done}", ""), "trouble": trouble, "when": _when}
    response = page(request, visitor, template, by_code=bool(access.admin_token), **values)
    response.status_code = trouble.status if trouble else 200
    return response


def _when(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).astimezone().strftime("%Y-%m-%d %H:%M")


def _said(visitor: Visitor, error: Impossible) -> str:
    words_: str = getattr(words(visitor.language), error.key)
    return words_.format(about=error.about)


def _to(address: str, **query: str) -> Response:
    return RedirectResponse(f"{address}?{urlencode(query)}", 303)


def _of(request: Request) -> Administration:
    made: Callable[[], Administration] = request.app.state.administration
    return made()
