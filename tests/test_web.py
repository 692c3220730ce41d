"""The pages over HTTP, as a browser without scripts has them, and what holds for every response."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.build import build_conversation, build_index
from bot.conversation import Conversation
from bot.settings import read_settings
from bot.state import messages
from bot.web.app import STATIC, build
from ingest.read import read_plan

FORM = "application/x-www-form-urlencoded"
QUESTION = {"text": "Vad är målet för sjukfrånvaron?", "event": "event-0001", "thread": "thread-0001"}
STREAM = {"Accept": "text/event-stream"}
PLAN = "/documents/verksamhetsplan-2026-norrsjo.txt"

Opened = tuple[TestClient, Conversation]


def opened() -> Iterator[Opened]:
    """The web over the plans of the home that is set, and the conversation it is built on."""
    settings = read_settings()
    index = build_index(settings)
    conversation = build_conversation(settings, index)
    with TestClient(build(settings, conversation), base_url="http://localhost", follow_redirects=False) as client:
        client.headers["Accept-Language"] = "sv-SE,sv;q=0.9,en;q=0.5"
        yield client, conversation
    index.close()


@pytest.fixture
def web(samples: Path) -> Iterator[Opened]:
    """The web over the sample plans."""
    yield from opened()


def sent_events(text: str) -> list[tuple[str, dict[str, Any]]]:
    """A stream of server-sent events, each as its name and data."""
    found = [re.findall(r"^event: (\w+)\ndata: (.+)$", each)[0] for each in text.split("\n\n") if each.strip()]
    return [(name, json.loads(data)) for name, data in found]


def test_a_question_is_answered_without_scripts(web: Opened) -> None:
    """A form that is sent gives the page with the answer, its source as a link, and buttons to judge it."""
    client, _ = web
    page = client.post("/ask", data=QUESTION).text
    assert "<h2><span" in page
    assert "6,8 %" in page
    assert re.search(rf'<a class="cite" href="{PLAN}\?from=\d+&amp;to=\d+#cited" aria-label="Källa 1: ', page)
    assert '<button name="verdict" value="wrong_source">' in page


def test_a_citation_opens_the_document_at_its_words(web: Opened) -> None:
    """The page that a citation links to marks the row it quotes, and nothing else."""
    client, _ = web
    address = re.findall(r'class="cite" href="([^"#]+)#cited"', client.post("/ask", data=QUESTION).text)[0]
    page = client.get(address.replace("&amp;", "&")).text
    assert page.count('id="cited"') == 1
    assert re.findall(r"<mark[^>]*>([^<]*)</mark>", page) == ["Sjukfrånvaro", "6,8 %", "6,5 %", "Tertial"]


def test_a_stream_begins_with_a_status(web: Opened) -> None:
    """A page that can read a stream is told at once that something happens, and then the reply."""
    client, _ = web
    response = client.post("/ask", data=QUESTION, headers=STREAM)
    assert response.headers["content-type"].startswith("text/event-stream")
    (first, status), (second, reply) = sent_events(response.text)
    assert (first, second) == ("status", "reply")
    assert status["text"] == "Letar i planen …"
    assert "6,8 %" in reply["html"]
    assert "[1]" not in reply["spoken"]


@pytest.mark.parametrize("announced", [True, False])
@pytest.mark.parametrize(
    ("path", "kind"),
    [("/ask", FORM), ("/feedback", FORM), ("/api/ask", "application/json"), ("/nothing", "application/json")],
)
def test_too_large_a_body_is_refused_in_a_line(
    web: Opened, caplog: pytest.LogCaptureFixture, path: str, kind: str, announced: bool
) -> None:
    """More than any question takes is 413 in JSON, wherever it is sent, with our headers, and no fault is logged."""
    client, _ = web
    body = b"x" * 1_000_001
    refused = client.post(path, content=body if announced else iter([body]), headers={"Content-Type": kind})
    if announced or path != "/nothing":  # a body that nobody reads has no size
        assert refused.status_code == 413
        assert refused.json()["error"]
    assert refused.headers["X-Content-Type-Options"] == "nosniff"
    assert not [each for each in caplog.records if each.levelno >= logging.WARNING]


def test_a_question_sent_again_gets_the_same_answer(web: Opened) -> None:
    """A page that lost its connection sends the same question again: it is kept and answered once."""
    client, conversation = web
    replies = [sent_events(client.post("/ask", data=QUESTION, headers=STREAM).text)[-1][1]["html"] for _ in range(3)]
    ids = {re.findall(r'name="answer" value="(\w+)"', html)[0] for html in replies}
    assert len(ids) == 1
    with conversation.state.index.read() as connection:
        assert len(connection.execute(messages.select()).all()) == 1


def test_what_a_question_says_is_text(web: Opened) -> None:
    """Markup in a question is shown as it was typed, and does nothing."""
    client, _ = web
    page = client.post("/ask", data={**QUESTION, "text": '<img src=x onerror="alert(1)"> & <b>mål</b>'}).text
    assert "<img" not in page
    assert "&lt;img src=x onerror=&#34;alert(1)&#34;&gt; &amp; &lt;b&gt;" in page


def test_what_a_plan_says_is_text(home: Path, tmp_path: Path) -> None:
    """Markup in a plan is shown as it stands there, in the document and in an answer."""
    file = tmp_path / "farlig.txt"
    file.write_text(
        "Verksamhetsplan 2031\nFiskhamnens stadsdelsnämnd\n\nKajer\n"
        "Kajerna sopas av <script>alert('kaj')</script> varje vecka & <b>natt</b>.\n",
        encoding="utf-8",
    )
    settings = read_settings()
    index = build_index(settings)
    index.store("<b>farlig</b>.txt", read_plan(file, file.name), "d")
    index.close()
    for client, _ in opened():
        pages = [
            client.get("/documents").text,
            client.get("/documents/%3Cb%3Efarlig%3C%2Fb%3E.txt?from=10&to=140").text,
            client.post("/ask", data={**QUESTION, "text": "Hur ofta sopas kajerna?"}).text,
        ]
        for page in pages:
            assert "<script>alert" not in page
            assert "<b>" not in page
        assert "&lt;script&gt;alert(&#39;kaj&#39;)&lt;/script&gt;" in pages[1] + pages[2]


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/"), ("GET", PLAN), ("GET", "/documents"), ("GET", "/deadlines"), ("GET", "/nothing"), ("GET", "/health"),
     ("GET", "/static/plansvar.css"), ("GET", "/api/documents"), ("POST", "/ask"), ("PUT", "/ask"),
     ("GET", "/documents/nothing.pdf")],
)  # fmt: skip
def test_every_response_forbids_what_is_not_ours(web: Opened, method: str, path: str) -> None:
    """Nothing may load from elsewhere, run or be styled from inside a page, be framed, or have its type guessed."""
    headers = web[0].request(method, path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/", PLAN, "/documents", "/deadlines"])
def test_pages_hold_no_script_or_style_and_name_no_other_host(web: Opened, path: str) -> None:
    """What the policy forbids is not in the pages either: no inline script, style or handler, no address elsewhere."""
    page = web[0].get(path).text
    assert not re.search(r"<script(?! src=)|<style|\son\w+=|\sstyle=|javascript:", page)
    assert not re.search(r"https?://", page)


def test_static_files_may_be_kept_for_good(web: Opened) -> None:
    """A static file's address changes with what is in it, so a browser never asks for it twice."""
    client, _ = web
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get("/").text)
    assert {address.split("?")[0].rsplit("/")[-1] for address in addresses} == {file.name for file in STATIC.iterdir()}
    for address in addresses:
        assert re.fullmatch(r"/static/[\w.]+\?\w{12}", address)
        assert "immutable" in client.get(address).headers["cache-control"]


def test_a_visitor_is_a_random_cookie(web: Opened) -> None:
    """Somebody new gets an id that scripts can't read and other sites can't send; it is not what is stored."""
    client, conversation = web
    cookie = client.get("/").headers["set-cookie"]
    assert re.search(r"plansvar_visitor=[\w-]{32}; HttpOnly; .*SameSite=lax", cookie)
    assert "set-cookie" not in client.get("/").headers
    client.post("/ask", data=QUESTION)
    with conversation.state.index.read() as connection:
        person = connection.execute(messages.select()).one().person
    assert re.fullmatch(r"web:[0-9a-f]{24}", person)
    assert client.cookies["plansvar_visitor"] not in person


def test_a_choice_of_language_and_theme_is_kept(web: Opened) -> None:
    """The page speaks the browser's language until another is chosen, and leads back to where it was chosen."""
    client, _ = web
    assert '<html lang="sv" data-theme="auto">' in client.get("/").text
    response = client.post("/view", data={"language": "en", "next": f"{PLAN}?from=1&to=9"})
    assert (response.status_code, response.headers["location"]) == (303, f"{PLAN}?from=1&to=9")
    client.post("/view", data={"theme": "dark"})
    assert '<html lang="en" data-theme="dark">' in client.get("/").text
    assert (
        "That is not in the plan"
        in client.post("/ask", data={**QUESTION, "text": "What is the capital of France?"}).text
    )


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example/", "https://evil.example", "/\\evil.example", "", "evil", "/\nx"]
)
def test_a_choice_never_leads_elsewhere(web: Opened, elsewhere: str) -> None:
    """Where a form says to go on to another site, it goes on to the first page."""
    assert web[0].post("/view", data={"theme": "dark", "next": elsewhere}).headers["location"] == "/"


@pytest.mark.parametrize(
    "form",
    [{}, {**QUESTION, "text": "  "}, {**QUESTION, "event": "x"}, {**QUESTION, "thread": "a:b/c d e f g h"},
     {"text": "Vad?"}],
)  # fmt: skip
def test_what_is_no_question_is_refused(web: Opened, form: dict[str, str]) -> None:
    """A form without a question, or with ids that a page does not make, is not kept."""
    client, conversation = web
    assert client.post("/ask", data=form).status_code == 400
    with conversation.state.index.read() as connection:
        assert not connection.execute(messages.select()).all()


def test_another_sites_page_can_send_nothing(web: Opened) -> None:
    """A form on another site is refused, by what the browser says of it or by where it comes from."""
    client, _ = web
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"},
                    {"Origin": "null"}):  # fmt: skip
        assert client.post("/ask", data=QUESTION, headers=headers).status_code == 403
    for headers in ({"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}):
        assert client.post("/ask", data=QUESTION, headers=headers).status_code == 200


def test_feedback_is_kept_with_its_words(web: Opened) -> None:
    """A verdict is kept at once, words after it with it; of an answer that is not there nothing is."""
    client, conversation = web
    answer = re.findall(r'name="answer" value="(\w+)"', client.post("/ask", data=QUESTION).text)[0]
    assert 'name="words"' in client.post("/feedback", data={"answer": answer, "verdict": "wrong"}).text
    said = {"answer": answer, "verdict": "wrong", "words": "Ni glömde dag 1–14."}
    assert client.post("/feedback", data=said, headers={"Accept": "application/json"}).json() == {"kept": True}
    with conversation.state.index.read() as connection:
        from bot.state import feedback

        (row,) = connection.execute(feedback.select()).all()
    assert (row.verdict, row.words) == ("wrong", "Ni glömde dag 1–14.")
    assert client.post("/feedback", data={**said, "answer": "0" * 32}).status_code == 404
    assert client.post("/feedback", data={**said, "verdict": "splendid"}).status_code == 400


def test_somebody_elses_answer_can_not_be_judged(web: Opened) -> None:
    """An answer is its asker's: another visitor who knows its id may not judge it."""
    client, _ = web
    answer = re.findall(r'name="answer" value="(\w+)"', client.post("/ask", data=QUESTION).text)[0]
    client.cookies.clear()
    assert client.post("/feedback", data={"answer": answer, "verdict": "right"}).status_code == 404


def test_forgetting_erases_what_was_asked(web: Opened) -> None:
    """“Glöm mig” leaves nothing of the visitor, not even the message that asked for it."""
    client, conversation = web
    client.post("/ask", data=QUESTION)
    page = client.post("/ask", data={**QUESTION, "event": "event-0002", "text": "glöm mig"}).text
    assert "raderat" in page
    with conversation.state.index.read() as connection:
        assert not connection.execute(messages.select()).all()


def test_too_many_questions_are_answered_politely(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond what one person may ask in a minute there is a sentence instead of an answer."""
    monkeypatch.setenv("PLANSVAR_QUESTIONS_PER_MINUTE", "2")
    for client, _ in opened():
        pages = [client.post("/ask", data={**QUESTION, "event": f"event-{n:04}"}).text for n in range(3)]
        assert ["6,8 %" in page for page in pages] == [True, True, False]
        assert "Vänta en minut" in pages[2]


def test_lists_become_tables_with_figures_to_copy(web: Opened) -> None:
    """A budget answer has its rows as a table whose figures say where they are from, and bars to compare them by."""
    client, _ = web
    page = client.post(
        "/ask", data={**QUESTION, "text": "Hur är budgeten för äldreomsorgen jämfört med förra året?"}
    ).text
    copied = re.findall(r'data-copy="([^"]+)"', page)
    assert "401,3 (Äldreomsorg, Netto VP 2026; verksamhetsplan-2026-norrsjo.txt)" in copied
    chart = re.findall(r'role="img" aria-label="([^"]+)"', page)
    assert chart == ["Stapeldiagram: Netto VP 2026: 401,3 mnkr; VP 2025: 393,2 mnkr; VB 2024: 384,6 mnkr"]


def test_a_table_stands_in_place_of_its_list(web: Opened) -> None:
    """What a table says row for row is not said in a list as well."""
    page = web[0].post("/ask", data={**QUESTION, "text": "Vilka aktiviteter ska vara klara i mars?"}).text
    assert page.count("Förvaltningen ska öppna fritidsgården Grottan igen") <= 2  # in the table, and as the quote
    assert page.index("11 aktiviteter") < page.index("<table") < page.index("Källa: Norrsjö")


def test_the_tour_leads_on(web: Opened) -> None:
    """The tour's first step has a button that leads to the next."""
    client, _ = web
    page = client.post("/ask", data={**QUESTION, "text": "start"}).text
    button = re.findall(r'<button name="text" value="([^"]+)">Nästa</button>', page)[0]
    assert "Steg 2 av 5" in client.post("/ask", data={**QUESTION, "event": "event-0002", "text": button}).text


def test_a_calendar_comes_with_the_reply(web: Opened) -> None:
    """Deadlines asked for as a calendar are a file to download, without another request."""
    page = web[0].post("/ask", data={**QUESTION, "text": "tidsfrister ics"}).text
    assert re.search(r'<a href="data:text/calendar;base64,[\w+/=]+" download="plansvar.ics">', page)


def test_deadlines_page(web: Opened) -> None:
    """Deadlines begin today, may be narrowed to days and to who is responsible, and given as a calendar."""
    client, _ = web
    days = re.findall(r'<td class="day">([^<]+)</td>', client.get("/deadlines").text)
    assert days == sorted(days)
    assert days[0] >= "2026-03-01"
    march = client.get("/deadlines?from=2026-03-01&to=2026-03-31&responsible=Kulturnämnden").text
    assert re.findall(r'<td class="day">([^<]+)</td>', march) == ["2026-03-31"]
    calendar = client.get("/deadlines?from=2026-03-01&to=2026-03-31&responsible=Kulturnämnden&format=ics")
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert calendar.text.count("BEGIN:VEVENT") == 1
    assert "Inget har slutdatum då." in client.get("/deadlines?from=2031-01-01").text
    assert client.get("/deadlines?from=nonsense&organisation=Narnia").status_code == 200


def test_documents_page_lists_every_plan(web: Opened) -> None:
    """Every plan is listed with its name, its status and a link that opens it."""
    client, conversation = web
    page = client.get("/documents").text
    assert "Alla som frågar här får läsa alla planer" in page
    for document in conversation.asker.library.index.documents():
        assert f'href="/documents/{document.name}"' in page
        assert client.get(f"/documents/{document.name}").status_code == 200
    assert '<span class="tag proposal">förslag</span>' in page


@pytest.mark.parametrize("query", ["", "?from=5", "?from=9&to=3", "?from=-1&to=4", "?from=x&to=y", "?from=²&to=³",
                                   "?from=1&to=99999999999", "?from=999999&to=9999999"])  # fmt: skip
def test_any_place_opens_the_document(web: Opened, query: str) -> None:
    """A place that is none opens the document without a mark."""
    assert web[0].get(PLAN + query).status_code == 200


def test_health_and_readiness(samples: Path, home: Path) -> None:
    """Live is one thing, ready to answer another, told part by part."""
    for client, conversation in opened():
        assert client.get("/health").json().items() >= {"status": "ok", "database": "ok", "plans": "ok"}.items()
        for _ in range(200):
            if (ready := client.get("/ready")).status_code == 200:
                break
        assert ready.json() == {"status": "ok", "database": "ok", "plans": "ok", "answers": "ok"}
        for document in conversation.asker.library.index.documents():
            conversation.asker.library.index.remove(document.name)
        assert client.get("/ready").status_code == 503
        assert client.get("/ready").json()["plans"] == "none stored"


def test_an_empty_server_says_so(home: Path) -> None:
    """With no plan stored there are pages all the same, and a sentence that says so."""
    for client, _ in opened():
        assert "Ingen plan är inläst än" in client.get("/").text
        assert "Ingen plan är inläst än" in client.get("/documents").text
        assert client.get("/deadlines").status_code == 200
        assert "Inga planer är inlagda än" in client.post("/ask", data=QUESTION).text


def test_a_fault_is_told_by_a_reference(
    web: Opened, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever goes wrong on a page is told as a reference, and logged without what was asked."""
    client, _ = web

    def broken(*_: object) -> None:
        raise RuntimeError(QUESTION["text"])

    monkeypatch.setattr("bot.web.pages.view_of", broken)
    (_, (name, failure)) = sent_events(client.post("/ask", data=QUESTION, headers=STREAM).text)
    assert name == "failure"
    reference = re.findall(r"Referens: (\w{8})", failure["text"])[0]
    response = client.post("/ask", data=QUESTION)
    assert response.status_code == 500
    assert "frame-ancestors" in response.headers["content-security-policy"]
    assert f"reference {reference}" in caplog.text
    assert response.json()["error"] in caplog.text
    assert "sjukfrånvaron" not in caplog.text
