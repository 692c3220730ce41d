"""What watches over a server: metrics by step and kind, one line of log for what happens, health part by part."""

from __future__ import annotations

import json
import logging
import socket
from pathlib import Path

import httpx
import pytest
from conftest import Talk
from prometheus_client.parser import text_string_to_metric_families
from serving import serving, web

from bot.conversation import Conversation
from bot.logs import Lines, identified, request_id, tell
from retrieval.evidence.answer_types import ModelUnavailable

TOKEN, ADMIN = "fyr-och-kaj-1897", "fyrvaktare-1898"
PROXY = "10.9.8.7"
QUESTION = {"question": "Vad är målet för sjukfrånvaron?"}
SILENT = {"question": "Vem vann schlagerfestivalen?"}


def measured(page: str) -> dict[str, float]:
    """Each sample of a page of metrics, as Prometheus reads it."""
    return {
        sample.name + "".join(f" {label}" for label in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }


def test_answers_are_counted_by_kind_and_steps_are_timed(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prometheus sees how many questions were looked up and how many the plan was silent on, and how long each took."""
    with web(monkeypatch) as client:
        assert client.post("/api/ask", json=QUESTION).json()["answered_by"] == "lookup"
        assert client.post("/api/ask", json=SILENT).json()["abstained"]
        form = {"text": QUESTION["question"], "event": "event-0001", "thread": "thread-0001"}
        assert client.post("/ask", data=form).status_code == 200
        found = measured(client.get("/metrics").text)
    assert found["plansvar_answers_total lookup"] == 2
    assert found["plansvar_answers_total abstained"] == 1
    assert found["plansvar_step_seconds_count answer"] == 3
    assert found["plansvar_step_seconds_count keep"] == found["plansvar_step_seconds_count reply"] == 1
    assert 0 < found["plansvar_step_seconds_sum answer"] < 60
    assert found["plansvar_requests_total 2xx"] == 3
    assert found["plansvar_documents"] == len(list((Path(__file__).parents[1] / "samples").glob("*.txt")))
    assert found["plansvar_entries"] > 100
    assert found["plansvar_database_up"] == 1
    assert found["plansvar_answering"] == 0


def test_a_model_that_gives_nothing_is_counted(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each warning that an answer went without the model is one failure."""
    with web(monkeypatch) as client:
        logging.getLogger("plansvar").warning("%s", ModelUnavailable("http://127.0.0.1:9: refused"))
        logging.getLogger("plansvar").warning("%s", "something else")
        assert measured(client.get("/metrics").text)["plansvar_model_failures_total"] == 1


def test_the_queue_is_what_was_accepted_and_not_delivered(talk: Talk) -> None:
    """A message that is accepted waits, until its chat has the reply."""
    message = talk.message("Vad är målet för sjukfrånvaron?")
    assert talk.conversation.accept(message)
    assert talk.conversation.state.waiting() == 1
    talk.conversation.reply(message)
    talk.conversation.delivered(message)
    assert talk.conversation.state.waiting() == 0


def test_metrics_are_for_this_machine_or_behind_the_token(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has no token reads them on a machine that is open to itself alone, and under its own name only."""
    with web(monkeypatch, public_url="https://plan.example.org") as client:
        assert client.get("/metrics").status_code == 200
        assert client.get("/metrics", headers={"Host": "plan.example.org"}).status_code == 401
    with web(monkeypatch, token=TOKEN, admin_token=ADMIN) as client:
        assert client.get("/metrics").status_code == 401
        assert client.get("/metrics", headers={"Authorization": "Bearer fyr"}).status_code == 401
        for token in (TOKEN, ADMIN):
            assert client.get("/metrics", headers={"Authorization": f"Bearer {token}"}).status_code == 200
        client.post("/login", data={"token": TOKEN})
        assert client.get("/metrics").status_code == 401  # a visitor's browser is no watchman


def test_metrics_behind_a_proxy_are_the_administrators(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whom the proxy signs in reads them as an administrator only, wherever the proxy stands."""
    with web(monkeypatch, peer="127.0.0.1", proxy="127.0.0.1", admin_group="redaktörer") as client:
        assert client.get("/metrics").status_code == 401
        signed = {"X-Forwarded-User": "asa"}
        assert client.get("/metrics", headers=signed).status_code == 401
        groups = {b"X-Forwarded-User": b"asa", b"X-Forwarded-Groups": "alla, redaktörer".encode()}
        assert client.get("/metrics", headers=groups).status_code == 200


def test_a_database_that_is_gone_is_told(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Metrics, health and readiness answer while the database does not, and say which part it is."""
    with web(monkeypatch) as client:
        conversation: Conversation = client.app.state.conversation  # type: ignore[attr-defined]

        def gone() -> None:
            raise OSError("secret")

        monkeypatch.setattr(conversation.asker.library.index, "documents", gone)
        assert measured(client.get("/metrics").text)["plansvar_database_up"] == 0
        assert client.get("/health").json().items() >= {"status": "ok", "database": "OSError"}.items()
        ready = client.get("/ready")
        assert (ready.status_code, ready.json()["status"]) == (503, "not ready")
        assert "secret" not in ready.text


def test_servers_that_are_set_are_named(
    samples: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Chroma and the model are parts where they are set; without them questions are answered, so it is ready. The log
    says that they are away."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    away = f"http://127.0.0.1:{port}"
    with web(monkeypatch, chroma_url=away, model_url=f"{away}/v1", model_name="fyr") as client:
        while (ready := client.get("/ready")).json()["answers"] != "ok":
            pass
    parts = ready.json()
    assert (ready.status_code, parts["status"]) == (200, "degraded"), parts
    assert "refused" in parts["chroma"]
    warned = [record.__dict__["facts"] for record in caplog.records if record.message == "server"]
    assert {each["server"] for each in warned} == {"chroma", "model"}
    assert "refused" in parts["model"]
    assert (parts["database"], parts["plans"]) == ("ok", "ok")


def test_a_line_of_log_is_json_with_the_request_and_no_question(home: Path) -> None:
    """One line for each thing that happened, which names its request; a question is in it only where that is set."""
    record = logging.LogRecord("plansvar.told", logging.INFO, "", 0, "answer", (), None)
    record.facts = {"kind": "lookup", "seconds": 0.04, "question": "Vad är målet?", "unit": None}
    identified("a1b2c3d4e5")
    line = json.loads(Lines(questions=False, as_json=True).format(record))
    assert line.pop("time").endswith("+00:00")
    assert line == {"level": "info", "message": "answer", "request": "a1b2c3d4e5", "kind": "lookup", "seconds": 0.04}
    assert json.loads(Lines(questions=True, as_json=True).format(record))["question"] == "Vad är målet?"
    assert "målet" not in Lines(questions=False, as_json=False).format(record)
    request_id.set("")


def test_an_exception_is_logged_without_its_words(home: Path) -> None:
    """A library's exception may quote what somebody asked: its type is written, and what we say of it."""
    try:
        raise ValueError("Vad är målet?")
    except ValueError as error:
        info = (ValueError, error, None)
    record = logging.LogRecord("httpx", logging.ERROR, "", 0, "failed", (), info)
    line = json.loads(Lines(questions=True, as_json=True).format(record))
    assert (line["message"], line["trace"], line["logger"]) == ("failed", "ValueError", "httpx")


@pytest.mark.parametrize("given", ["short", "with space and more", "ä" * 12, "x" * 65, 'a"b{c}:12345'])
def test_a_request_id_that_could_forge_a_line_is_not_taken(given: str) -> None:
    """Only what looks like an id is taken from outside; else a new one is made."""
    assert identified(given) != given
    assert identified("from-the-proxy-1") == "from-the-proxy-1"
    request_id.set("")


def test_each_response_names_its_request(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The id in the log is in the response, so that whoever has one finds the other; refusals have one too."""
    with web(monkeypatch) as client:
        assert client.get("/health", headers={"X-Request-ID": "proxy-000123"}).headers["x-request-id"] == "proxy-000123"
        refused = client.get("/", headers={"Host": "elsewhere.example"})
        assert refused.status_code == 400
        assert len(refused.headers["x-request-id"]) == 32


def test_what_is_told_costs_nothing_unheard(caplog: pytest.LogCaptureFixture) -> None:
    """Where nobody listens, nothing is written."""
    tell("answer", kind="lookup", question="Vad är målet?")
    assert not caplog.records


@pytest.mark.slow
def test_a_server_writes_a_line_for_each_thing(
    tmp_path: Path, samples_database: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Without a terminal `plansvar serve` writes JSON to stderr: a request and its answer share an id, no line has the
    question, and what Prometheus and a balancer ask every few seconds is not written."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "plans.db").write_bytes(samples_database.read_bytes())
    with serving(home) as address:
        answer = httpx.post(f"{address}/api/ask", json=QUESTION)
        assert answer.status_code == 200
        assert httpx.get(f"{address}/metrics").status_code == 200
        httpx.get(f"{address}/health")
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    told = [line for line in lines if line.get("request") == answer.headers["x-request-id"]]
    assert [line["message"] for line in told] == ["answer", "request"]
    assert told[1]["path"] == "/api/ask"
    assert "sjukfrånvaron" not in json.dumps(lines, ensure_ascii=False)
    assert not [line for line in lines if line.get("path") in ("/health", "/metrics")]
