"""Who may in, and who somebody is: loopback alone, a shared token, or a proxy that signs visitors in.

A visitor is known by a random cookie, or by the name that the configured proxy gives; by nothing else that is sent. An
administrator has a token of their own, or is in a group that the proxy names: nobody is one where neither is set.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import ipaddress
import re
import secrets
import time
from dataclasses import dataclass
from typing import Annotated, Literal, get_args
from urllib.parse import urlsplit

from fastapi import Depends, Request, Response
from fastapi.datastructures import Headers
from fastapi.security import HTTPBearer

from bot.settings import InvalidSettings, Settings
from retrieval.language.swedish import Language

Theme = Literal["auto", "light", "dark"]

VISITOR, PASS, VIEW, ADMIN = "plansvar_visitor", "plansvar_pass", "plansvar_view", "plansvar_admin"  # cookies
_DAYS = 30 * 24 * 3600
_SHIFT = 8 * 3600  # seconds that somebody stays an administrator by the token
_SLOW = 0.2  # seconds between two wrong tokens, whoever sends them: a right one does not wait
_ID = re.compile(r"[\w-]{20,64}")

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class NotLetIn(Exception):
    """Somebody who has not shown that they may ask."""


class NoAdministrator(Exception):
    """Somebody who may ask, and has not shown that they may do more."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: an id that the conversation knows them by, and how they want the pages."""

    person: str
    language: Language
    theme: Theme
    user: str | None = None  # as the proxy names them
    admin: bool = False


class Access:
    """The rules of one server; `InvalidSettings` where they would leave it open to a network."""

    def __init__(self, settings: Settings) -> None:
        self.token = settings.token.get_secret_value() if settings.token else ""
        self.admin_token = settings.admin_token.get_secret_value() if settings.admin_token else ""
        self.proxies = _networks(settings.proxy or "")
        self.header, self.groups_header = settings.proxy_user_header, settings.proxy_groups_header
        self.admin_group = settings.admin_group
        self.language = settings.language
        address = urlsplit(settings.public_url or "")
        self.secure = address.scheme == "https"
        self.public = address.netloc.lower()
        self.hosts = _hosts(settings.host) | {address.hostname} if _is_loopback(settings.host) else None
        self._wrong = asyncio.Lock()
        if not (_is_loopback(settings.host) or self.token or self.proxies):
            raise InvalidSettings(
                f"PLANSVAR_HOST={settings.host} would open the plans to the network: set PLANSVAR_TOKEN, or "
                "PLANSVAR_PROXY to the address of a proxy that signs visitors in"
            )
        if self.admin_token and self.admin_token == self.token:
            raise InvalidSettings("PLANSVAR_ADMIN_TOKEN: set another than PLANSVAR_TOKEN, which every visitor has")
        if self.admin_group and not self.proxies:
            raise InvalidSettings("PLANSVAR_ADMIN_GROUP needs PLANSVAR_PROXY: the proxy says who is in the group")

    @property
    def administrable(self) -> bool:
        """Whether anybody can be an administrator."""
        return bool(self.admin_token or self.admin_group)

    @property
    def open(self) -> bool:
        """Whether whoever reaches the server may in: on this machine alone, and with nothing set."""
        return not (self.token or self.proxies)

    def knows_host(self, headers: Headers) -> bool:
        """Whether a request names this server: another site may have let its own name point to this machine."""
        if self.hosts is None:
            return True
        try:
            return urlsplit(f"//{headers.get('host', '')}").hostname in self.hosts
        except ValueError:
            return False

    def is_ours(self, headers: Headers) -> bool:
        """Whether a request that changes something comes from our own pages, or from no page at all."""
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is not None:
            return site in ("same-origin", "none")
        from_ = urlsplit(origin or "").netloc.lower()
        return origin is None or (bool(from_) and from_ in (headers.get("host", "").lower(), self.public))

    async def visitor(self, request: Request) -> Visitor:
        """Who sent a request; `NotLetIn` where they have not shown that they may."""
        user = self._signed_in(request)
        if user is None and not self.open and not await self._has_token(request):
            raise NotLetIn
        id_ = request.cookies.get(VISITOR, "")
        if not _ID.fullmatch(id_):
            id_ = secrets.token_urlsafe(24)
            request.state.visitor_id = id_  # a cookie is set with the response
        person = self._person(user, id_)
        language, theme = self.view(request)
        return Visitor(person, language, theme, user, admin=await self._is_administrator(request, person))

    async def may_watch(self, request: Request) -> bool:
        """Whether a request may read the metrics: with a token, as an administrator, or on a machine that is open to
        itself, under a name that is the machine's own."""
        if (token := _bearer(request)) is not None:
            return await self._is_token(token)
        named = urlsplit(f"//{request.headers.get('host', '')}").hostname
        if self.open and named in _hosts("localhost"):
            return True
        try:
            return (await self.visitor(request)).admin
        except NotLetIn:
            return False

    def view(self, request: Request) -> tuple[Language, Theme]:
        """The language and theme that a visitor chose, else what their browser asks for."""
        language, _, theme = request.cookies.get(VIEW, "").partition(".")
        said = language if language in get_args(Language) else _accepted(request.headers.get("accept-language", ""))
        chosen = theme if theme in get_args(Theme) else "auto"
        return said or self.language or "sv", chosen  # type: ignore[return-value]

    def remember_view(self, response: Response, language: str, theme: str) -> None:
        """Keep a visitor's choice of language and theme."""
        self._cookie(response, VIEW, f"{language}.{theme}", 12 * _DAYS)

    def remember_visitor(self, response: Response, id_: str) -> None:
        """Keep the id of somebody new."""
        self._cookie(response, VISITOR, id_, 12 * _DAYS)

    async def log_in(self, request: Request, token: str, response: Response) -> bool:
        """Whether a token is a right one; the response then lets its visitor in, with the administrators' as one."""
        if not await self._is_token(token):
            return False
        id_ = request.cookies.get(VISITOR, "")
        if self.token or not _ID.fullmatch(id_):
            id_ = secrets.token_urlsafe(24)  # new, so that nobody can be made to use an id that somebody else knows
            self._cookie(response, VISITOR, id_, 12 * _DAYS)
        if self.token:
            self._cookie(response, PASS, self._pass(id_), _DAYS)
        if self._is_admin_token(token):
            until = str(int(time.time()) + _SHIFT)
            person = self._person(self._signed_in(request), id_)
            self._cookie(response, ADMIN, f"{until}.{self._admin_pass(until, person)}", _SHIFT)
        return True

    def log_out(self, response: Response) -> None:
        """Make a visitor an administrator no longer."""
        response.delete_cookie(ADMIN, path="/", httponly=True, samesite="lax", secure=self.secure)

    async def _is_token(self, token: str) -> bool:
        ordinary = bool(self.token) and hmac.compare_digest(token.encode(), self.token.encode())
        right = self._is_admin_token(token) or ordinary
        if not right:
            async with self._wrong:
                await asyncio.sleep(_SLOW)
        return right

    def _is_admin_token(self, token: str) -> bool:
        return bool(self.admin_token) and hmac.compare_digest(token.encode(), self.admin_token.encode())

    async def _has_token(self, request: Request) -> bool:
        if (token := _bearer(request)) is not None:
            return await self._is_token(token)
        if not self.token:
            return False
        shown, id_ = request.cookies.get(PASS, ""), request.cookies.get(VISITOR, "")
        return hmac.compare_digest(shown.encode(), self._pass(id_).encode())

    async def _is_administrator(self, request: Request, person: str) -> bool:
        if self.admin_group and self._comes_from_proxy(request):
            named = request.headers.getlist(self.groups_header)
            groups = named[0].encode("latin-1").decode(errors="replace").split(",") if len(named) == 1 else []
            if self._signed_in(request) and self.admin_group in (each.strip() for each in groups):
                return True
        if not self.admin_token:
            return False
        if self._is_admin_token(_bearer(request) or ""):
            return True
        until, _, shown = request.cookies.get(ADMIN, "").partition(".")
        right = hmac.compare_digest(shown.encode(), self._admin_pass(until, person).encode())
        return right and until.isdecimal() and time.time() < int(until)

    @staticmethod
    def _person(user: str | None, id_: str) -> str:
        """What somebody is known by. The cookie is a secret, so what is stored is made from it."""
        return f"web:{user}" if user else f"web:{hashlib.sha256(id_.encode()).hexdigest()[:24]}"

    def _admin_pass(self, until: str, person: str) -> str:
        """What shows that somebody had the administrators' token: for them alone, and until then."""
        return hmac.new(self.admin_token.encode(), f"admin:{until}:{person}".encode(), hashlib.sha256).hexdigest()

    def _pass(self, id_: str) -> str:
        """What shows that a visitor had the token: it holds for them alone, and until the token is changed."""
        return hmac.new(self.token.encode(), f"pass:{id_}".encode(), hashlib.sha256).hexdigest()

    def _comes_from_proxy(self, request: Request) -> bool:
        if not self.proxies or request.client is None:
            return False
        try:
            peer = ipaddress.ip_address(request.client.host)
        except ValueError:
            return False
        peer = getattr(peer, "ipv4_mapped", None) or peer
        return any(peer in network for network in self.proxies)

    def _signed_in(self, request: Request) -> str | None:
        """The user that a proxy names; nobody where the request is not from it, or the name is not one name."""
        named = request.headers.getlist(self.header)
        if len(named) != 1 or not self._comes_from_proxy(request):
            return None
        return named[0].strip() or None

    def _cookie(self, response: Response, name: str, value: str, seconds: int) -> None:
        response.set_cookie(name, value, max_age=seconds, path="/", httponly=True, samesite="lax", secure=self.secure)


async def _visitor(request: Request) -> Visitor:
    access: Access = request.app.state.access
    return await access.visitor(request)


async def administrator(visitor: Annotated[Visitor, Depends(_visitor)]) -> Visitor:
    """The visitor, where they are an administrator; `NoAdministrator` where not."""
    if not visitor.admin:
        raise NoAdministrator
    return visitor


Visiting = Annotated[Visitor, Depends(_visitor)]
Administering = Annotated[Visitor, Depends(administrator)]
# Says in the API's description what `Access` checks: it lets nobody in or out by itself.
bearer = HTTPBearer(auto_error=False, scheme_name="token", description="PLANSVAR_TOKEN, where one is set")


def _bearer(request: Request) -> str | None:
    """The token that a program sends; None where it sends none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _hosts(host: str) -> frozenset[str | None]:
    return frozenset({"localhost", "127.0.0.1", "::1", host.lower()})


def _networks(said: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(each.strip()) for each in said.split(",") if each.strip())
    except ValueError as error:
        raise InvalidSettings(
            f"PLANSVAR_PROXY: {error}; write addresses or networks, separated by commas (10.0.0.5, 10.1.0.0/16)"
        ) from None


def _accepted(header: str) -> Language | None:
    """The language of ours that a browser asks for first; English for one that asks for neither."""
    asked: list[tuple[float, str]] = []
    for each in header.split(","):
        tag, _, quality = each.strip().partition(";q=")
        try:
            asked.append((-float(quality or 1), tag[:2].lower()))
        except ValueError:
            continue
    ours = [tag for _, tag in sorted(asked, key=lambda each: each[0]) if tag in get_args(Language)]
    if ours:
        return ours[0]  # type: ignore[return-value]
    return "en" if any(tag.isalpha() for _, tag in asked) else None
