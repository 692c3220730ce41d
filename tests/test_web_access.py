"""Who is let in: nobody from a network without a token or a proxy, and nobody for what they only say of themselves."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from conftest import Command
from fastapi import APIRouter
from fastapi.testclient import TestClient
from serving import serving, web

from bot.build import build_conversation, build_index
from bot.settings import InvalidSettings, read_settings
from bot.state import messages
from bot.web.app import build

TOKEN = "fyr-och-kaj-1897"
PROXY = "10.9.8.7"
QUESTION = {"text": "Vad är målet för sjukfrånvaron?", "event": "event-0001", "thread": "thread-0001"}
# What may be reached without being let in: whether the process lives, and how a program talks to it.
OPEN = {"/health", "/ready", "/api/openapi.json"}


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "plansvar.example"])
def test_a_network_needs_a_token_or_a_proxy(plansvar: Command, monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    """Beyond this machine the server does not start without one, and one line says what to set."""
    monkeypatch.setenv("PLANSVAR_HOST", host)
    ran = plansvar("serve")
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert f"PLANSVAR_HOST={host}" in ran.err
    assert "PLANSVAR_TOKEN" in ran.err
    assert "PLANSVAR_PROXY" in ran.err


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.8.8.8"])
def test_this_machine_needs_neither(home: Path, monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    """On this machine alone there is nothing to set."""
    monkeypatch.setenv("PLANSVAR_HOST", host)
    settings = read_settings()
    index = build_index(settings)
    assert build(settings, build_conversation(settings, index)).state.access.open
    index.close()


def test_a_proxy_that_is_no_address_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy is an address or a network: a name could be anybody's tomorrow."""
    with (
        pytest.raises(InvalidSettings, match=r"PLANSVAR_PROXY: 'proxy\.example'"),
        web(monkeypatch, proxy="proxy.example"),
    ):
        pass


def test_a_taken_port_is_named(plansvar: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """A port that another program has is named with the settings to change."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("PLANSVAR_PORT", str(port))
        ran = plansvar("serve")
    assert ran.code == 2
    assert f"127.0.0.1:{port}" in ran.err
    assert "PLANSVAR_PORT" in ran.err


def test_every_way_in_is_shut_without_the_token(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the server answers to, it answers 401 to somebody without the token: pages, files of plans, the API."""
    with web(monkeypatch, token=TOKEN) as client:
        seen = set()
        for path, methods in paths(client):
            seen.add(path)
            for method in methods:
                status = client.request(method, path.replace("{name}", "verksamhetsplan-2026-norrsjo.txt")).status_code
                assert (status == 401) is (path not in OPEN), (method, path, status)
        assert {"/", "/ask", "/documents/{name}", "/deadlines", "/api/ask", "/api/openapi.json"} <= seen


def paths(client: TestClient) -> Iterator[tuple[str, set[str]]]:
    """Every path of the application with its methods, those of the API's description too."""
    application = client.app
    described = application.openapi()["paths"]  # type: ignore[attr-defined]
    yield from ((path, {method.upper() for method in methods}) for path, methods in described.items())
    yield from (
        ("/", {"GET"}), ("/ask", {"POST"}), ("/feedback", {"POST"}), ("/view", {"POST"}), ("/documents", {"GET"}),
        ("/documents/{name}", {"GET"}), ("/deadlines", {"GET"}), ("/api/openapi.json", {"GET"}),
        ("/health", {"GET"}), ("/ready", {"GET"}), ("/login", {"POST"}), ("/metrics", {"GET"}),
        ("/admin", {"GET"}), ("/admin/upload", {"POST"}), ("/admin/plan", {"GET", "POST"}),
        ("/admin/remove", {"GET", "POST"}), ("/admin/report", {"GET"}), ("/admin/people", {"GET", "POST"}),
        ("/admin/log", {"GET"}), ("/admin/leave", {"POST"}),
    )  # fmt: skip


def test_the_token_lets_in_by_the_form(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who writes the token in the form is let in, to where they were going; who writes another is told, with 401."""
    with web(monkeypatch, token=TOKEN) as client:
        page = client.get("/documents")
        assert page.status_code == 401
        assert page.headers["www-authenticate"] == "Bearer"
        assert 'name="next" value="/documents"' in page.text
        wrong = client.post("/login", data={"token": "fyr-och-kaj-1898", "next": "/documents"})
        assert wrong.status_code == 401
        assert 'role="alert"' in wrong.text
        assert TOKEN not in wrong.text
        right = client.post("/login", data={"token": TOKEN, "next": "/documents"})
        assert (right.status_code, right.headers["location"]) == (303, "/documents")
        assert TOKEN not in str(right.headers)
        assert client.get("/documents").status_code == 200


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer ", "Bearer fyr", f"Bearer {TOKEN}x", f"Bearer x{TOKEN}", f"Basic {TOKEN}", TOKEN,
     f"Bearer {TOKEN.upper()}", "Bearer å".encode().decode("latin-1")],
)  # fmt: skip
def test_a_wrong_token_is_401(samples: Path, monkeypatch: pytest.MonkeyPatch, authorization: str) -> None:
    """What is nearly the token, or sent in another way, is not it."""
    with web(monkeypatch, token=TOKEN) as client:
        response = client.get("/api/documents", headers={b"Authorization": authorization.encode("latin-1")})
        assert response.status_code == 401
        assert response.headers["www-authenticate"] == "Bearer"


def test_the_right_token_lets_a_program_in(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program sends the token with each request, and gets no cookie to keep for its access."""
    with web(monkeypatch, token=TOKEN) as client:
        response = client.get("/api/documents", headers={"Authorization": f"Bearer {TOKEN}"})
        assert response.status_code == 200
        assert "plansvar_pass" not in response.headers.get("set-cookie", "")


def test_a_forged_pass_is_401(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pass holds for the visitor it was given to: not with another id, nor changed, nor after a change of token."""
    with web(monkeypatch, token=TOKEN) as client:
        client.post("/login", data={"token": TOKEN})
        good = dict(client.cookies)
        assert client.get("/").status_code == 200
        for name, value in (
            ("plansvar_visitor", "A" * 32), ("plansvar_visitor", ""), ("plansvar_pass", "0" * 64),
            ("plansvar_pass", ""),
            ("plansvar_pass", good["plansvar_pass"][:-1] + "å"),
        ):  # fmt: skip
            client.cookies.clear()
            sent = "; ".join(f"{each}={content}" for each, content in (good | {name: value}).items())
            assert client.get("/", headers={b"Cookie": sent.encode()}).status_code == 401
    with web(monkeypatch, token="another-token") as client:
        client.cookies.update(good)
        assert client.get("/").status_code == 401


def test_a_name_from_the_proxy_is_believed(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who the configured proxy signs in is let in, and is the same person from any browser."""
    with web(
        monkeypatch, PROXY, "plansvar.example", public_url="https://plansvar.example", proxy=f"10.0.0.1, {PROXY}/32"
    ) as client:
        named = {"X-Forwarded-User": "anna@norrsjo.example"}
        assert client.post("/ask", data=QUESTION, headers=named).status_code == 200
        state = client.app.state.conversation.state  # type: ignore[attr-defined]
        with state.index.read() as connection:
            assert connection.execute(messages.select()).one().person == "web:anna@norrsjo.example"


@pytest.mark.parametrize("peer", ["10.9.8.6", "127.0.0.1", "::1", "::ffff:10.9.8.6", "testclient"])
@pytest.mark.parametrize("forwarded", [{}, {"X-Forwarded-For": PROXY, "X-Real-IP": PROXY, "Forwarded": f"for={PROXY}"}])
def test_a_name_from_anybody_else_is_401(
    samples: Path, monkeypatch: pytest.MonkeyPatch, peer: str, forwarded: dict[str, str]
) -> None:
    """The header that names a user is worth nothing from elsewhere, whatever else says that it came by the proxy."""
    with web(monkeypatch, peer, proxy=PROXY) as client:
        headers = {"X-Forwarded-User": "anna@norrsjo.example", **forwarded}
        assert client.get("/", headers=headers).status_code == 401
        assert client.get("/api/documents", headers=headers).status_code == 401


@pytest.mark.parametrize(
    "named",
    [[], [("X-Forwarded-User", "")], [("X-Forwarded-User", "  ")], [("X-Forwarded-Email", "anna@norrsjo.example")],
     [("X_Forwarded_User", "anna")], [("X-Forwarded-User", "anna"), ("X-Forwarded-User", "chef")]],
)  # fmt: skip
def test_a_proxy_that_names_nobody_is_401(
    samples: Path, monkeypatch: pytest.MonkeyPatch, named: list[tuple[str, str]]
) -> None:
    """Without a name, with it in another header, or with two of them, it is nobody."""
    with web(monkeypatch, PROXY, proxy=PROXY) as client:
        assert client.get("/", headers=named).status_code == 401


def test_the_header_of_the_proxy_is_a_setting(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another header may name the user, and then the usual one does not."""
    with web(monkeypatch, PROXY, proxy=PROXY, proxy_user_header="X-Auth-Request-Email") as client:
        assert client.get("/", headers={"X-Auth-Request-Email": "anna"}).status_code == 200
        assert client.get("/", headers={"X-Forwarded-User": "anna"}).status_code == 401


def test_a_token_lets_in_beside_a_proxy(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With both set a program may come by the token, and is then not who it says it is."""
    with web(monkeypatch, proxy=PROXY, token=TOKEN) as client:
        headers = {"Authorization": f"Bearer {TOKEN}", "X-Forwarded-User": "anna"}
        assert client.post("/ask", data=QUESTION, headers=headers).status_code == 200
        state = client.app.state.conversation.state  # type: ignore[attr-defined]
        with state.index.read() as connection:
            assert connection.execute(messages.select()).one().person != "web:anna"


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8480", "localhost.evil.example", "127.0.0.1.nip.example", "[", "10.0.0.1"],
)
def test_a_name_that_was_pointed_here_is_refused(samples: Path, monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    """On this machine, a site that lets its own name point here reaches nothing: not even what is open to all."""
    with web(monkeypatch) as client:
        for path in ("/", "/health", "/api/documents", "/static/plansvar.js"):
            assert client.get(path, headers={"Host": host}).status_code == 400


def test_names_of_this_machine_and_the_public_one_are_ours(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine's own names are ours with any port, and so is the public address that is set."""
    with web(monkeypatch, public_url="https://plan.norrsjo.example/") as client:
        for host in ("localhost:8480", "127.0.0.1", "[::1]:8480", "plan.norrsjo.example", "PLAN.norrsjo.example:443"):
            assert client.get("/health", headers={"Host": host}).status_code == 200
        origin = {"Host": "127.0.0.1:8480", "Origin": "https://plan.norrsjo.example"}
        assert client.post("/ask", data=QUESTION, headers=origin).status_code == 200


def test_cookies_are_for_https_where_the_public_address_is(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where visitors come by https, cookies are never sent without it, and browsers are told to keep to it."""
    with web(monkeypatch, public_url="https://localhost") as client:
        response = client.get("/")
        assert "; Secure" in response.headers["set-cookie"]
        assert "max-age" in response.headers["strict-transport-security"]


def test_vendors_endpoints_are_let_in_by_their_own_rules(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A chat's endpoint checks for itself who posts to it: the token is not asked for there."""
    monkeypatch.setenv("PLANSVAR_TOKEN", TOKEN)
    router = APIRouter()

    @router.post("/fyren/events")
    async def events() -> dict[str, bool]:
        return {"taken": True}

    settings = read_settings()
    index = build_index(settings)
    app = build(settings, build_conversation(settings, index), [router])
    with TestClient(app, base_url="http://localhost") as client:
        assert client.post("/fyren/events", headers={"Origin": "https://fyren.example"}).json() == {"taken": True}
        assert client.get("/").status_code == 401
    index.close()


def test_a_wrong_token_costs_time(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wrong tokens wait for one another, so that guessing is slow however many guess; the right one does not wait."""
    with web(monkeypatch, token=TOKEN) as client:
        monkeypatch.setattr("bot.web.access._SLOW", 0.5)
        import time

        began = time.monotonic()
        client.get("/api/documents", headers={"Authorization": "Bearer wrong"})
        slow = time.monotonic() - began
        began = time.monotonic()
        client.get("/api/documents", headers={"Authorization": f"Bearer {TOKEN}"})
        assert time.monotonic() - began < 0.5 <= slow


def test_the_command_serves_behind_a_token(samples: Path) -> None:
    """The command itself, on every address of the machine: 401 for who lacks the token, whatever they say they are."""
    with serving(samples, PLANSVAR_HOST="0.0.0.0", PLANSVAR_TOKEN=TOKEN) as address:
        base = address.replace("0.0.0.0", "127.0.0.1")
        forged = {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-User": "anna", "Authorization": "Bearer wrong"}
        assert httpx.get(f"{base}/api/documents").status_code == 401
        assert httpx.get(f"{base}/api/documents", headers=forged).status_code == 401
        right = httpx.get(f"{base}/", headers={"Authorization": f"Bearer {TOKEN}"})
        assert right.status_code == 200
        assert not re.search("uvicorn", str(right.headers), re.IGNORECASE)
