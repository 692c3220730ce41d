"""Nothing leaves the machine: no connection is tried, whatever the environment asks the libraries to send."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.private import keep_private

ROOT = Path(__file__).parents[1]

# Python loads this before anything else. Every way to a socket in Python raises these audit events.
WATCH = """
import os, sys

def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg"):
        with open(os.environ["WATCH_LOG"], "a") as log:
            print(event, arguments, file=log)
        raise OSError(101, "this test has no network")

sys.addaudithook(watch)
"""

TRACING = {
    "LANGSMITH_TRACING": "true",
    "LANGSMITH_API_KEY": "lsv2_x",
    "LANGSMITH_ENDPOINT": "http://192.0.2.1:1984",
    "LANGCHAIN_TRACING_V2": "true",
    "LANGCHAIN_API_KEY": "lsv2_x",
    "LANGCHAIN_ENDPOINT": "http://192.0.2.1:1984",
    "OTEL_EXPORTER_OTLP_ENDPOINT": "http://192.0.2.1:4317",
    "OTEL_TRACES_EXPORTER": "otlp",
    "CHROMA_OTEL_COLLECTION_ENDPOINT": "http://192.0.2.1:4317",
    "CHROMA_OTEL_GRANULARITY": "all",
    "ANONYMIZED_TELEMETRY": "True",
}

COMMANDS = """
import os, sys, time
from bot.private import keep_private
keep_private()
from bot.cli import run
from bot.build import build_index, build_vectors
from bot.settings import read_settings
for typed in (["ingest", sys.argv[1]], ["facts", "--json"], ["documents", "--json"], ["embed"], ["doctor"]):
    assert run(typed) == 0, typed
settings = read_settings()
index = build_index(settings)
document, = index.documents()
assert document.is_embedded(settings.embedder_name)
assert build_vectors(settings, index).search(document, "Hur ofta sopas kajerna?", 3)
time.sleep(0.4)  # tracers send from threads of their own, every quarter of a second
"""


def watched(code: str, tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run Python where every connection fails and is logged, in a folder whose .env asks for telemetry too."""
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "sitecustomize.py").write_text(WATCH)
    (tmp_path / ".env").write_text("ANONYMIZED_TELEMETRY=True\nCHROMA_OTEL_COLLECTION_ENDPOINT=http://192.0.2.1:4317\n")
    environment = os.environ | TRACING
    environment |= {"PYTHONPATH": f"{tmp_path / 'watch'}:{ROOT}", "WATCH_LOG": str(tmp_path / "log")}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)


def test_nothing_is_sent(home: Path, plan_file: Path, tmp_path: Path) -> None:
    """Reading in, embedding, searching and showing try no connection, with tracing asked for in every way."""
    ran = watched(COMMANDS, tmp_path, str(plan_file))
    assert (ran.returncode, ran.stderr.decode()) == (0, "")
    assert not (tmp_path / "log").exists()


def test_the_watch_sees(tmp_path: Path) -> None:
    """A connection that is tried is seen: the test above would fail."""
    ran = watched("import httpx; httpx.get('http://192.0.2.1/')", tmp_path)
    assert ran.returncode == 1
    assert "192.0.2.1" in (tmp_path / "log").read_text()


def test_tracing_is_off() -> None:
    """Whatever the environment says of tracing is taken out of it, and the rest stays."""
    environment = dict(TRACING, PATH="/bin", otel_service_name="x")
    keep_private(environment)
    assert environment["PATH"] == "/bin"
    assert (environment["LANGSMITH_TRACING"], environment["LANGCHAIN_TRACING_V2"]) == ("false", "false")
    assert environment["ANONYMIZED_TELEMETRY"] == "False"
    assert environment["OTEL_SDK_DISABLED"] == "true"
    assert not [name for name, value in environment.items() if "192.0.2.1" in value or "lsv2" in value]
    assert "otel_service_name" not in environment


def test_langchain_does_not_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    """LangChain itself finds tracing off."""
    for name, value in TRACING.items():
        monkeypatch.setenv(name, value)
    keep_private()
    from langsmith.utils import get_env_var, tracing_is_enabled

    get_env_var.cache_clear()  # type: ignore[attr-defined]
    assert not tracing_is_enabled()
