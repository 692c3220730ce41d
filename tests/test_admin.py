"""The administrator's pages: who is let in, what they do to the plans, and the line that each deed leaves."""

from __future__ import annotations

import html
import io
import json
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from conftest import PLAN_TEXT
from fastapi import FastAPI
from fastapi.testclient import TestClient
from serving import application

from bot import watching
from bot.administering import Impossible, safe_name
from bot.apart import Stopped, apart, stoppable
from bot.conversation import Conversation
from bot.settings import InvalidSettings
from bot.telegram_people import People
from bot.web.access import ADMIN, VISITOR
from bot.web.admin_words import ENGLISH, SWEDISH
from ingest.readers.files import MAX_BYTES

TOKEN, CODE = "fyr-och-kaj-1897", "fyrvaktare-1898"
PROXY = "10.9.8.7"
PLAN = "verksamhetsplan-2026-norrsjo.txt"
GUARDED = [
    ("GET", "/admin"), ("GET", f"/admin/plan?name={PLAN}"), ("POST", "/admin/plan"), ("POST", "/admin/upload"),
    ("GET", f"/admin/remove?name={PLAN}"), ("POST", "/admin/remove"), ("GET", "/admin/report"),
    ("GET", "/admin/people"), ("POST", "/admin/people"), ("GET", "/admin/log"), ("POST", "/admin/leave"),
]  # fmt: skip


@contextmanager
def web(monkeypatch: pytest.MonkeyPatch, peer: str = "127.0.0.1", **settings: str) -> Iterator[TestClient]:
    """The web by some settings, without what runs beside it."""
    with (
        application(monkeypatch, **{"embedder": "none"} | settings) as app,
        stoppable(),
        ThreadPoolExecutor(1) as app.state.answering,
    ):
        yield TestClient(app, base_url="http://localhost", follow_redirects=False, client=(peer, 5000))


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read by this process, which is quicker; a slow test has them read by one of their own."""

    def at_once(work: Callable[..., Any], seconds: float, *arguments: Any) -> Any:
        return work(*arguments)

    monkeypatch.setattr(watching, "apart", at_once)


@pytest.fixture
def admin(samples: Path, here: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A browser of an administrator who wrote the code, and reads English."""
    with web(monkeypatch, admin_token=CODE) as client:
        assert client.post("/login", data={"token": CODE, "next": "/admin"}).headers["location"] == "/admin"
        client.headers["Accept-Language"] = "en"
        yield client


def send(client: TestClient, name: str, content: bytes, **data: str) -> Any:
    return client.post("/admin/upload", files={"file": (name, io.BytesIO(content))}, data=data)


def words(page: str) -> str:
    """What stands on a page, without its markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def log(client: TestClient) -> list[str]:
    """The lines of the log, newest first."""
    rows = re.findall(r"<tr>(.*?)</tr>", client.get("/admin/log").text, re.DOTALL)[1:]
    return [words(row) for row in rows]


# Who is let in


@pytest.mark.parametrize(("method", "path"), GUARDED)
def test_nobody_is_an_administrator_by_default(
    samples: Path, monkeypatch: pytest.MonkeyPatch, method: str, path: str
) -> None:
    """Where neither a token nor a group is set, nothing opens the pages, not even on one's own machine."""
    with web(monkeypatch) as client:
        refused = client.request(method, path)
        assert refused.status_code == 403
        assert "PLANSVAR_ADMIN_TOKEN" in refused.text
        assert 'name="token"' not in refused.text


@pytest.mark.parametrize(("method", "path"), GUARDED)
def test_a_visitor_is_no_administrator(samples: Path, monkeypatch: pytest.MonkeyPatch, method: str, path: str) -> None:
    """Who has the visitors' token sees the form for the administrators', and no plan is touched."""
    with web(monkeypatch, token=TOKEN, admin_token=CODE) as client:
        client.post("/login", data={"token": TOKEN})
        assert client.get("/documents").status_code == 200
        assert client.request(method, path).status_code == 401
        assert client.request(method, path, headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 401
        assert "Administration" not in client.get("/documents").text


def test_the_code_makes_an_administrator_and_a_visitor(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The administrators' token lets in to everything; a wrong one to nothing; leaving ends it."""
    with web(monkeypatch, token=TOKEN, admin_token=CODE) as client:
        wrong = client.post("/login", data={"token": "fyrvaktare-1899", "next": "/admin"})
        assert wrong.status_code == 401
        assert 'role="alert"' in wrong.text
        assert 'name="next" value="/admin"' in wrong.text
        client.post("/login", data={"token": CODE, "next": "/admin"})
        assert client.get("/admin").status_code == client.get("/documents").status_code == 200
        assert CODE not in str(client.cookies.jar)
        assert client.post("/admin/leave").status_code == 303
        assert client.get("/admin").status_code == 401
        assert client.get("/documents").status_code == 200


def test_a_program_may_administer_with_the_code(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program sends the administrators' token with each request."""
    with web(monkeypatch, token=TOKEN, admin_token=CODE) as client:
        assert client.get("/admin", headers={"Authorization": f"Bearer {CODE}"}).status_code == 200
        assert client.get("/admin").status_code == 401


def test_a_forged_or_old_pass_makes_no_administrator(admin: TestClient) -> None:
    """The pass holds for the visitor it was given to, for a shift: not longer, with another cookie or another end."""
    given, visitor = admin.cookies[ADMIN], admin.cookies[VISITOR]
    until, _, shown = given.partition(".")
    assert time.time() < int(until) < time.time() + 9 * 3600
    later, cut = f"{int(until) + 1}.{shown}", f"{until}.{shown[:-1]}"
    for forged in (later, cut, f"{until}.", "", ".", f"-1.{shown}", f"²{given}"):
        admin.cookies.clear()
        cookies = {b"Cookie": f"{VISITOR}={visitor}; {ADMIN}={forged}".encode()}
        assert admin.get("/admin", headers=cookies).status_code == 401, forged
    right = {b"Cookie": f"{VISITOR}={visitor}; {ADMIN}={given}".encode()}
    assert admin.get("/admin", headers=right).status_code == 200
    other = TestClient(admin.app, base_url="http://localhost")
    other.get("/")
    other.cookies.set(ADMIN, given)
    assert other.get("/admin").status_code == 401


def test_the_proxys_group_makes_administrators(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whom the proxy says is in the group is one, by name; nobody else, and nobody who comes round the proxy."""
    signed = {"X-Forwarded-User": "asa@norrsjo.example", "X-Forwarded-Groups": "alla,plan-redaktion"}
    with web(monkeypatch, peer=PROXY, proxy=PROXY, admin_group="plan-redaktion") as client:
        page = client.get("/admin", headers=signed)
        assert page.status_code == 200
        assert "Lämna administrationen" not in page.text
        assert client.get("/admin", headers=signed | {"X-Forwarded-Groups": "alla"}).status_code == 403
        assert client.get("/admin", headers=signed | {"X-Forwarded-Groups": "plan-redaktion-2"}).status_code == 403
        twice = [*signed.items(), ("X-Forwarded-Groups", "plan-redaktion")]
        assert client.get("/admin", headers=twice).status_code == 403
        assert client.get("/admin", headers={"X-Forwarded-Groups": "plan-redaktion"}).status_code == 401
    with web(monkeypatch, peer="10.0.0.66", proxy=PROXY, token=TOKEN, admin_group="plan-redaktion") as client:
        round_ = signed | {"Authorization": f"Bearer {TOKEN}"}
        assert client.get("/documents", headers=round_).status_code == 200
        assert client.get("/admin", headers=round_).status_code == 403


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"token": CODE, "admin_token": CODE}, "PLANSVAR_ADMIN_TOKEN"),
        ({"admin_group": "redaktion"}, "PLANSVAR_PROXY"),
        ({"admin_token": CODE, "host": "0.0.0.0"}, "PLANSVAR_TOKEN"),
    ],
)
def test_settings_that_would_open_the_pages_are_refused(
    home: Path, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], named: str
) -> None:
    """The visitors' token can't be the administrators' too, and a group is nothing without the proxy that tells it."""
    with pytest.raises(InvalidSettings, match=named), web(monkeypatch, **settings):
        pass


@pytest.mark.parametrize("origin", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_another_sites_page_can_do_nothing(admin: TestClient, origin: dict[str, str]) -> None:
    """A form on somebody else's page does not work with an administrator's cookie."""
    for method, path in GUARDED:
        if method == "POST":
            refused = admin.post(path, data={"name": PLAN}, headers=origin)
            assert refused.status_code == 403, path
    assert admin.get("/documents").text.count(PLAN)
    assert not log(admin)


# What was read


def test_the_list_shows_what_was_read(admin: TestClient) -> None:
    """Each plan with how much of each kind was read, its status, what was not placed, and whether it is embedded."""
    page = admin.get("/admin")
    assert page.status_code == 200
    expected = json.loads(
        (Path(__file__).parents[1] / "samples/expected/verksamhetsplan-2026-norrsjo.json").read_text()
    )
    row = next(row for row in page.text.split("<tr>") if PLAN in row)
    assert f">{len(expected['indicators'])}<" in row
    assert "Norrsjö, verksamhetsplan 2026" in row
    assert "Search by meaning" in page.text


def test_a_plan_shows_what_could_not_be_placed(admin: TestClient) -> None:
    """Words of the plan that no fact was made of are shown with the reason, as text and not as markup."""
    evil = PLAN_TEXT.replace("Antal livbojar 40 st", "Antal <script>alert(1)</script> 40 st 30 20 10 5")
    sent = send(admin, "fiskhamnen-2031.txt", evil.encode())
    page = admin.get(sent.headers["location"])
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "What was read" in page.text or "This was read" in page.text


def test_the_pages_speak_both_languages() -> None:
    """Every word has both languages, with the same holes."""
    for name in SWEDISH.__dataclass_fields__:
        swedish, english = getattr(SWEDISH, name), getattr(ENGLISH, name)
        assert swedish
        assert english
        assert sorted(re.findall(r"{\w*}", swedish)) == sorted(re.findall(r"{\w*}", english)), name


@pytest.mark.parametrize("path", ["/admin/plan?name=nothing.pdf", "/admin/plan", "/admin/remove?name=../../etc/passwd"])
def test_a_plan_that_is_not_there_is_404(admin: TestClient, path: str) -> None:
    """A document that does not exist is said not to."""
    assert admin.get(path).status_code == 404


# Deeds


def test_a_plan_is_uploaded_and_answers(admin: TestClient) -> None:
    """What is uploaded is read, shown with what was read of it, answered from, and noted."""
    sent = send(admin, "Fiskhamnen 2031.txt", PLAN_TEXT.encode())
    assert sent.status_code == 303
    page = admin.get(sent.headers["location"])
    assert "The plan has been read." in page.text
    asked = {"question": "Vad är målet för andel rena kajer?", "scope": {"organisation": "Fiskhamnen"}}
    assert isinstance(admin.app, FastAPI)
    admin.app.state.conversation.asker.library.fresh = 0.0  # else the list of plans is as it was for a second
    answer = admin.post("/api/ask", json=asked).json()
    assert "98 %" in answer["answer"]
    assert answer["citations"][0]["document"] == "Fiskhamnen 2031.txt"
    (line,) = log(admin)
    assert line.endswith("by the code uploaded Fiskhamnen 2031.txt done")


def test_a_file_that_cannot_be_read_is_told_and_kept_out(admin: TestClient) -> None:
    """A broken file leaves the plans as they were; the page says what to do, and the log that it failed."""
    before = admin.get("/api/documents").json()
    sent = send(admin, "plan.pdf", b"%PDF-1.7 half a file")
    assert sent.status_code == 422
    assert "The file could not be read." in sent.text
    assert "plan.pdf: " in sent.text
    assert ".upload-" not in sent.text
    assert admin.get("/api/documents").json() == before
    assert "failed" in log(admin)[0]


@pytest.mark.parametrize("name", ["plan.exe", "plan", "plan.pdf.html.svg", ".pdf", "../.docx"])
def test_names_that_are_none_are_refused(admin: TestClient, name: str) -> None:
    """A file of a kind that is not read, or without a name, is refused before it is read."""
    assert send(admin, name, PLAN_TEXT.encode()).status_code == 422


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/cron.d/plan.txt", "plan.txt"),
        ("C:\\Users\\asa\\Plan 2026.PDF", "Plan 2026.PDF"),
        ("...plan.txt", "plan.txt"),
        ("~$plan.docx", "plan.docx"),
        ("a\u0000b\u202etxt.pdf", "a b txt.pdf"),
        ("Va\u030ardplan.txt", "Vårdplan.txt"),
        ('"<plan>|?*:".txt', "--plan------.txt"),
        ("x" * 400 + ".pdf", "x" * 146 + ".pdf"),
        ("å" * 400 + ".pdf", "å" * 73 + ".pdf"),
        ("plan . .txt", "plan.txt"),
    ],
)
def test_names_are_made_safe(sent: str, kept: str) -> None:
    """Whatever a browser sends as a name, what is kept is a visible file name of a kind that is read, in no folder."""
    assert safe_name(sent) == kept


def test_no_name_is_no_name() -> None:
    """Where nothing is left of a name there is none."""
    with pytest.raises(Impossible):
        safe_name("...txt")


def test_a_name_that_is_taken_is_not_overwritten(admin: TestClient) -> None:
    """An upload adds; whoever wants to replace says so on the plan's own page."""
    sent = send(admin, PLAN, PLAN_TEXT.encode())
    assert sent.status_code == 422
    assert "is there already" in sent.text


def test_too_large_a_file_is_refused(admin: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """More than can be read is refused by its announced size, before it is taken in."""
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Content-Length": str(2 * MAX_BYTES)}
    refused = admin.post("/admin/upload", content=b"--x", headers=headers)
    assert refused.status_code == 413
    assert "larger than 100 MB" in refused.text


@pytest.mark.parametrize("body", [b"", b"--x", b"--x\r\nContent-Disposition: form-data; name=file\r\n\r\n--x--"])
def test_what_is_no_upload_is_refused(admin: TestClient, body: bytes) -> None:
    """A form without a file, or cut short, is no fault of ours."""
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    assert admin.post("/admin/upload", content=body, headers=headers).status_code in (400, 422)


def test_what_is_said_of_a_plan_holds_when_it_is_replaced(admin: TestClient) -> None:
    """What the administrator sets wins over the file and over the next one; it is marked, noted, and can be emptied."""
    send(admin, "fiskhamnen.txt", PLAN_TEXT.encode())
    said = {
        "name": "fiskhamnen.txt", "title": "Hamnplanen", "organisation": "Fiskhamnen", "unit": "",
        "start": "2031-01-01", "end": "2031-06-30", "status": "adopted", "decided": "2030-12-11",
        "reference": "KN 2030/7",
    }  # fmt: skip
    saved = admin.post("/admin/plan", data=said)
    assert saved.status_code == 303
    page = admin.get(saved.headers["location"]).text
    assert "Saved." in page
    assert page.count("set by hand") == 6
    (document,) = [each for each in admin.get("/api/documents").json() if each["document"] == "fiskhamnen.txt"]
    assert (document["title"], document["period"], document["status"]) == (
        "Hamnplanen",
        "2031-01-01–2031-06-30",
        "adopted",
    )
    changed = PLAN_TEXT.replace("98 %", "97 %").encode()
    replaced = send(admin, "ny version.txt", changed, replacing="fiskhamnen.txt")
    assert replaced.status_code == 303
    (document,) = [each for each in admin.get("/api/documents").json() if each["document"] == "fiskhamnen.txt"]
    assert (document["title"], document["status"]) == ("Hamnplanen", "adopted")
    emptied = admin.post("/admin/plan", data=said | {"status": "", "start": "", "end": ""})
    assert emptied.status_code == 303
    (document,) = [each for each in admin.get("/api/documents").json() if each["document"] == "fiskhamnen.txt"]
    assert (document["status"], document["period"]) == (None, None)
    lines = log(admin)
    assert "status: adopted → –" in lines[0]
    assert [line.split(" by the code ")[1].split()[0] for line in lines] == [
        "changed",
        "replaced",
        "changed",
        "uploaded",
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", " "),
        ("status", "perhaps"),
        ("start", "2031-13-01"),
        ("start", ""),
        ("end", "2001-01-01"),
        ("decided", "x"),
    ],
)
def test_what_cannot_be_is_told(admin: TestClient, field: str, value: str) -> None:
    """A day that is none, half a period or an empty title is refused, and what was written stays in the form."""
    said = {
        "name": PLAN, "title": "Norrsjöplanen", "organisation": "Norrsjö", "unit": "", "start": "2026-01-01",
        "end": "2026-12-31", "status": "", "decided": "", "reference": "N 1",
    }  # fmt: skip
    refused = admin.post("/admin/plan", data=said | {field: value})
    assert refused.status_code == 422
    assert 'role="alert"' in refused.text
    assert 'value="N 1"' in refused.text
    assert not log(admin)


def test_a_plan_is_removed_when_it_is_meant(admin: TestClient) -> None:
    """Removing asks first; then the plan is gone, and the line says so."""
    sure = admin.get("/admin/remove", params={"name": PLAN})
    assert f"Remove {PLAN}?" in sure.text
    assert any(each["document"] == PLAN for each in admin.get("/api/documents").json())
    assert admin.post("/admin/remove", data={"name": PLAN}).headers["location"] == "/admin?done=removed"
    assert not any(each["document"] == PLAN for each in admin.get("/api/documents").json())
    assert admin.post("/admin/remove", data={"name": PLAN}).status_code == 422
    assert len(log(admin)) == 1


def test_what_cannot_be_noted_is_not_done(admin: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the line can't be written the deed does not happen."""
    from bot.administering import Administration

    def full(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Administration, "_noted", full)
    assert admin.post("/admin/remove", data={"name": PLAN}).status_code == 500
    assert any(each["document"] == PLAN for each in admin.get("/api/documents").json())


def test_the_report_shows_no_asker(admin: TestClient) -> None:
    """Unanswered questions and judgements stand by section, escaped, without who asked."""
    visitor = TestClient(admin.app, base_url="http://localhost")
    form = {"text": "Vem vann <b>schlagerfestivalen</b>?", "event": "event-0001", "thread": "thread-0001"}
    visitor.post("/ask", data=form)
    visitor.post("/ask", data=form | {"text": "Vad är målet för sjukfrånvaron?", "event": "event-0002"})
    page = admin.get("/admin/report").text
    assert "1 unanswered questions" in page
    assert "Vem vann &lt;b&gt;schlagerfestivalen&lt;/b&gt;?" in page
    assert "web:" not in page


def test_somebody_is_paired_in_telegram(samples: Path, here: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The administrator writes the code that somebody brings; shutting out takes it back; both are noted by id."""
    with web(monkeypatch, admin_token=CODE, telegram_token="1:x") as client:
        client.post("/login", data={"token": CODE})
        client.headers["Accept-Language"] = "en"
        conversation: Conversation = client.app.state.conversation  # type: ignore[attr-defined]
        people = People(conversation.state.index, conversation.settings)
        code = people.code(71, "Åsa <Fyr>")
        wrong = client.post("/admin/people", data={"code": "ABCDEFGH"})
        assert wrong.status_code == 422
        assert "Nobody was given that code" in wrong.text
        assert not people.may_ask(71)
        assert client.post("/admin/people", data={"code": code.lower()}).status_code == 303
        assert people.may_ask(71)
        assert "Åsa &lt;Fyr&gt;" in client.get("/admin/people").text
        assert client.post("/admin/people", data={"id": "71"}).status_code == 303
        assert not people.may_ask(71)
        assert client.post("/admin/people", data={"id": "71"}).status_code == 422
        told = log(client)
        assert "shut out telegram:71" in told[1]
        assert "let in telegram:71" in told[2]
        assert code not in " ".join(told)


def test_an_administrator_is_noted_by_the_name_that_the_proxy_gives(
    samples: Path, here: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line says who it was."""
    signed = {"X-Forwarded-User": "asa@norrsjo.example", "X-Forwarded-Groups": "redaktion", "Accept-Language": "en"}
    with web(monkeypatch, peer=PROXY, proxy=PROXY, admin_group="redaktion") as client:
        client.headers.update(signed)
        client.post("/admin/remove", data={"name": PLAN})
        assert "asa@norrsjo.example removed" in log(client)[0]


# The folder


def test_an_upload_goes_to_the_folder(
    samples: Path, here: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a folder is watched, what is uploaded is put there once it was read, and removed with its plan."""
    folder = tmp_path / "plans"
    folder.mkdir()
    with web(monkeypatch, admin_token=CODE, plans=str(folder)) as client:
        client.post("/login", data={"token": CODE})
        assert send(client, "fiskhamnen.txt", PLAN_TEXT.encode()).status_code == 303
        assert (folder / "fiskhamnen.txt").read_text(encoding="utf-8") == PLAN_TEXT
        assert send(client, "broken.pdf", b"%PDF-1.7 half").status_code == 422
        assert [each.name for each in folder.iterdir()] == ["fiskhamnen.txt"]
        client.post("/admin/remove", data={"name": "fiskhamnen.txt"})
        assert not list(folder.iterdir())


def test_a_folder_that_may_not_be_written_to_is_told(
    samples: Path, here: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the folder can't be written to, the page says to use the folder itself."""
    with web(monkeypatch, admin_token=CODE, plans=str(tmp_path / "missing")) as client:
        client.post("/login", data={"token": CODE})
        client.headers["Accept-Language"] = "en"
        refused = send(client, "fiskhamnen.txt", PLAN_TEXT.encode())
        assert refused.status_code == 422
        assert "may not write to the folder" in refused.text


def test_a_link_out_of_the_folder_is_not_followed(
    samples: Path, here: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Replacing or removing a plan writes and deletes nothing outside the folder."""
    folder, outside = tmp_path / "plans", tmp_path / "secret.txt"
    folder.mkdir()
    outside.write_text("secret")
    (folder / PLAN).symlink_to(outside)
    with web(monkeypatch, admin_token=CODE, plans=str(folder)) as client:
        client.post("/login", data={"token": CODE})
        assert client.post("/admin/remove", data={"name": PLAN}).status_code == 422
        assert send(client, "x.txt", PLAN_TEXT.encode(), replacing=PLAN).status_code == 422
    assert outside.read_text() == "secret"


# Apart


@pytest.mark.slow
def test_what_crashes_or_never_ends_costs_nothing() -> None:
    """Work in a process of its own may crash, hang or fail: whoever waits for it is told, and goes on."""
    import os

    with stoppable():
        assert apart(len, 30.0, "plan") == 4
        with pytest.raises(Stopped):
            apart(os._exit, 30.0, 3)
        with pytest.raises(Stopped):
            apart(time.sleep, 0.5, 60)
        with pytest.raises(ZeroDivisionError):
            apart(divmod, 30.0, 1, 0)


@pytest.mark.slow
def test_a_plan_is_read_by_a_process_of_its_own(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is outside tests: the file goes to another process, and its plan comes back by the database."""
    with web(monkeypatch, admin_token=CODE) as client:
        client.post("/login", data={"token": CODE})
        assert send(client, "fiskhamnen.txt", PLAN_TEXT.encode()).status_code == 303
        assert any(each["document"] == "fiskhamnen.txt" for each in client.get("/api/documents").json())
