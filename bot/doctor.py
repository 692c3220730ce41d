"""What is configured, what of it works, what leaves the machine, and what to do about the rest."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

from sqlalchemy.exc import SQLAlchemyError

from bot.build import build_embedder, build_index, build_model
from bot.chats import CHATS, SLACK, TELEGRAM, Chat
from bot.settings import InvalidSettings, Settings, lacking
from bot.telegram_people import People
from bot.web.access import Access
from bot.words import words
from retrieval.evidence.answer_types import ModelUnavailable
from retrieval.store.embed import EmbedderUnavailable
from retrieval.store.endpoint import shown
from retrieval.store.index import Index
from retrieval.store.vectors import Vectors, VectorsUnavailable

_SECONDS = 10.0  # what a person waits for a model's first word: some load it when they are first asked


@dataclass(frozen=True, slots=True)
class Finding:
    """One part: what it is, whether it works ("ok", "off", "!"), and the words about it."""

    name: str
    state: str
    words: str

    @property
    def well(self) -> bool:
        return self.state != "!"


def examine(settings: Settings) -> list[Finding]:
    """A finding for each part that can be configured."""
    w = words()
    findings = [Finding(w.home, w.well, f"{settings.home} (PLANSVAR_HOME); {w.stays}")]
    database, index = _database(settings)
    findings.append(database)
    embedder = _embedder(settings)
    findings += [embedder, _chroma(settings, index), _model(settings)]
    whose = ", ".join(filter(None, (settings.organisation, settings.unit)))
    findings.append(Finding(w.defaults, w.well, w.default_plan.format(whose=whose) if whose else w.no_default_plan))
    findings += [_web(settings), *(_chat(chat, settings, index) for chat in CHATS)]
    if settings.today:
        findings.append(Finding(w.today, w.well, f"{settings.today}: {w.set_today}"))
    if index:
        index.close()
    return findings


def _database(settings: Settings) -> tuple[Finding, Index | None]:
    w, url = words(), settings.database.render_as_string(hide_password=True)
    try:
        index = build_index(settings)
        count = w.documents_stored.format(count=len(index.documents()))
    except InvalidSettings as error:
        return Finding(w.data, "!", str(error)), None
    except (SQLAlchemyError, OSError) as error:
        trouble = str(getattr(error, "orig", None) or error)
        return Finding(w.data, "!", w.database.format(url=url, trouble=trouble)), None
    where = w.goes.format(what=w.goes_database) if settings.database_url and settings.database.host else w.stays
    return Finding(w.data, w.well, f"{url}: {count}; {where}"), index


def _embedder(settings: Settings) -> Finding:
    w = words()
    try:
        embedder = build_embedder(settings)
        if embedder is None:
            return Finding(w.embedder, w.off, w.embedder_off)
        embedder.embed_query("plan")
    except (EmbedderUnavailable, ImportError, OSError, RuntimeError) as error:
        return Finding(w.embedder, "!", str(error))
    if settings.embedder == "openai":
        url = shown(settings.embedder_url or "")
        return Finding(w.embedder, w.well, f"{settings.embedder_model}, {url}; {w.goes.format(what=w.goes_embedder)}")
    return Finding(w.embedder, w.well, f"{w.embedded_model}; {w.stays}")


def _chroma(settings: Settings, index: Index | None) -> Finding:
    w, place = words(), settings.chroma
    embedder = build_embedder(settings)
    if embedder is None or index is None:
        return Finding(w.chroma, w.off, w.embedder_off if embedder is None else "")
    try:
        Vectors(index, embedder, place).check()
    except VectorsUnavailable as error:
        return Finding(w.chroma, "!", str(error))
    where = w.goes.format(what=w.goes_chroma) if isinstance(place, str) else w.stays
    return Finding(w.chroma, w.well, f"{shown(place) if isinstance(place, str) else place}; {where}")


def _model(settings: Settings) -> Finding:
    w = words()
    model = build_model(settings, min(_SECONDS, settings.model_timeout))
    if model is None:
        return Finding(w.model, w.off, w.model_off)
    url = shown(model.url)
    try:
        with closing(cast(Generator[Any], model.stream("Answer with one word: yes"))) as pieces:
            next(pieces)
    except ModelUnavailable as error:
        trouble = str(error).partition(": ")[2].partition(";")[0]
        return Finding(w.model, "!", w.unreachable.format(url=url, trouble=trouble, setting="PLANSVAR_MODEL_…"))
    return Finding(w.model, w.well, f"{settings.model_name}, {url}; {w.goes.format(what=w.goes_model)}")


def _web(settings: Settings) -> Finding:
    """Where `plansvar serve` listens, and whom it lets in."""
    w = words()
    try:
        access = Access(settings)
    except InvalidSettings as error:
        return Finding(w.web, "!", str(error))
    ways = [
        *([w.lets_in_proxy.format(proxy=settings.proxy, header=settings.proxy_user_header)] if access.proxies else []),
        *([w.lets_in_holders] if access.token else []),
    ]
    return Finding(
        w.web,
        w.well,
        f"{settings.host}:{settings.port}: {', '.join(ways) or w.lets_in_machine}; {w.stays} (plansvar serve)",
    )


def _chat(chat: Chat, settings: Settings, index: Index | None) -> Finding:
    """Whether a chat is set, what it lacks, whom it lets in and what its vendor gets."""
    w, needs = words(), lacking(settings, *chat.needs)
    if not chat.is_named(settings):
        return Finding(chat.title, w.off, w.chat_off.format(chat=chat.name))
    alone = lacking(settings, *chat.alone) if chat.alone is not None else None
    posted = lacking(settings, *chat.posted)
    ways = {f"plansvar {chat.name}": alone, "plansvar serve": posted}
    open_ = [command for command, missing in ways.items() if missing == []]
    troubles = []
    if needs:
        troubles.append(w.chat_needs.format(settings=", ".join(needs)))
    if not open_ or (chat.is_served(settings) and posted):
        lacks = (f"{', '.join(missing)} ({command})" for command, missing in ways.items() if missing)
        troubles.append(w.chat_needs.format(settings=f" {w.or_} ".join(lacks)))
    if not chat.installed:
        troubles.append(w.no_extra.format(chat=chat.title, module=chat.package, extra=chat.name))
    try:
        lets_in = _lets_in(chat, settings, index)
    except InvalidSettings as error:
        troubles.append(str(error))
    if troubles:
        return Finding(chat.title, "!", "; ".join(troubles))
    vendor = urlsplit(settings.telegram_api).hostname if chat is TELEGRAM else chat.vendor
    goes = w.chat_goes.format(vendor=vendor)
    return Finding(chat.title, w.well, f"{', '.join(open_)}; {lets_in}; {goes}")


def _lets_in(chat: Chat, settings: Settings, index: Index | None) -> str:
    w = words()
    if chat is TELEGRAM:
        people = People(index, settings) if index else None
        named, coded = (len(people.named), len(people.everybody())) if people else (0, 0)
        return w.lets_in_people.format(named=named, coded=coded)
    if chat is SLACK:
        guests = w.lets_in_guests if settings.slack_guests else w.lets_in_members
        return guests.format(team=settings.slack_team)
    return w.lets_in_tenant.format(tenant=settings.teams_tenant_id)
