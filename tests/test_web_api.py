"""The API against its own description, and its answers against the contract."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Command
from fastapi.testclient import TestClient
from serving import serving
from test_web import STREAM, opened, sent_events

QUESTION = "Vad är målet för sjukfrånvaron?"


@pytest.fixture
def client(samples: Path) -> TestClient:  # type: ignore[misc]
    for client, _ in opened():
        yield client


def test_an_answer_is_the_contracts(client: TestClient, plansvar: Command) -> None:
    """The API's answer is what `ask --json` writes, but for the time it took, with the id that was sent."""
    answer = client.post("/api/ask", json={"question": QUESTION, "id": "q1"}).json()
    written = json.loads(plansvar("ask", QUESTION, "--json").out)
    assert answer["id"] == "q1"
    assert {**answer, "id": None, "seconds": 0} == {**written, "seconds": 0}


def test_an_answer_is_streamed_where_that_is_asked_for(client: TestClient) -> None:
    """With Accept: text/event-stream there is a status at once, then the same answer."""
    first, last = sent_events(client.post("/api/ask", json={"question": QUESTION}, headers=STREAM).text)
    assert first == ("status", {"status": "looking"})
    assert last[0] == "answer"
    assert "6,8 %" in last[1]["answer"]


def test_history_and_scope_are_followed(client: TestClient) -> None:
    """A follow-up leans on the questions sent with it, a scope says whose plan is meant, a language how to answer."""
    asked = {"question": "Och i 2025 års plan?", "history": [QUESTION]}
    assert "2025" in client.post("/api/ask", json=asked).json()["answer"]
    scope = {"organisation": "Granvalla-Östmo", "year": 2026}
    cited = client.post("/api/ask", json={"question": QUESTION, "scope": scope}).json()["citations"]
    assert {each["document"] for each in cited} <= {"verksamhetsplan-2026-granvalla-ostmo.txt"}
    assert client.post("/api/ask", json={"question": QUESTION, "language": "en"}).json()["language"] == "en"


@pytest.mark.parametrize(
    ("asked", "field"),
    [({}, "question"), ({"question": ""}, "question"), ({"question": " \n"}, "question"),
     ({"question": "x" * 2001}, "question"), ({"question": 7}, "question"), ({"question": QUESTION, "id": []}, "id"),
     ({"question": QUESTION, "scope": {"year": 31}}, "scope.year"),
     ({"question": QUESTION, "language": "fi"}, "language"),
     ({"question": QUESTION, "history": [QUESTION] * 21}, "history")],
)  # fmt: skip
def test_what_is_no_question_is_named(client: TestClient, asked: dict[str, object], field: str) -> None:
    """What is wrong with a question is told in one line that names the field."""
    response = client.post("/api/ask", json=asked)
    assert response.status_code == 422
    assert response.json()["error"].startswith(f"{field}: ")


@pytest.mark.parametrize("body", [b"", b"{", b"q\xff\xfe", b"[]", b"null", b'{"question": "\\ud800"}'])
def test_what_is_no_json_is_refused(client: TestClient, body: bytes) -> None:
    """A body that can't be read as a question is told in one line, whatever it is."""
    response = client.post("/api/ask", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code in (400, 422)
    assert set(response.json()) == {"error"}


def test_a_program_is_told_to_wait(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond so many questions a minute it is 429, with the seconds to wait."""
    monkeypatch.setenv("PLANSVAR_QUESTIONS_PER_MINUTE", "2")
    for client, _ in opened():
        responses = [client.post("/api/ask", json={"question": QUESTION}) for _ in range(3)]
        assert [response.status_code for response in responses] == [200, 200, 429]
        assert 0 < int(responses[2].headers["retry-after"]) <= 61


def test_documents_are_the_contracts(client: TestClient, plansvar: Command) -> None:
    """The API lists what `documents --json` lists."""
    written = [json.loads(line) for line in plansvar("documents", "--json").out.splitlines()]
    assert client.get("/api/documents").json() == written


def test_deadlines_are_asked_for_by_day_and_body(client: TestClient) -> None:
    """Deadlines come by day, narrowed as asked, as JSON or as a calendar; of an unknown organisation there are none."""
    query = "/api/deadlines?from=2026-03-01&to=2026-03-31&responsible=Kulturnämnden"
    (found,) = client.get(query).json()
    assert (found["due"], found["stands"]) == ("2026-03-31", "activity")
    assert "Kulturnämnden" in found["responsible"]
    calendar = client.get(f"{query}&format=ics")
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert calendar.text.count("BEGIN:VEVENT") == 1
    unknown = client.get("/api/deadlines?organisation=Narnia")
    assert unknown.status_code == 404
    assert "Norrsjö" in unknown.json()["error"]
    assert client.get("/api/deadlines?from=nonsense").json()["error"].startswith("from: ")


def test_without_a_scope_the_deadlines_are_everybodys(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing says whose plan is meant, they are those of each organisation's current plan."""
    monkeypatch.delenv("PLANSVAR_ORGANISATION")
    for client, _ in opened():
        found = client.get("/api/deadlines").json()
        assert {each["organisation"] for each in found} == {"Norrsjö", "Granvalla-Östmo"}
        assert not any("2025" in each["document"] for each in found)


@pytest.mark.slow
@pytest.mark.parametrize("token", ["", "fyren"])
def test_the_api_is_as_it_describes_itself(tmp_path: Path, samples_database: Path, token: str) -> None:
    """Whatever schemathesis thinks of to send, what comes back is what the description promises."""
    shutil.copy(samples_database, tmp_path / "plans.db")
    with serving(tmp_path, **({"PLANSVAR_TOKEN": token} if token else {})) as address:
        ran = subprocess.run(
            [
                str(Path(sys.executable).with_name("schemathesis")),
                *("run", f"{address}/api/openapi.json", "--max-examples", "25", "--seed", "1", "--workers", "1"),
                *("--generation-database", "none", "--no-color"),
                *(("--header", f"Authorization: Bearer {token}") if token else ()),
                *(() if token else ("--exclude-checks", "ignored_auth")),  # without a token there is none to lack
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=500,
        )
    assert ran.returncode == 0, ran.stdout[-6000:]
