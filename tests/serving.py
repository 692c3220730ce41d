"""What is served: by a process of its own, for tests that need the real thing, or within this one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.build import build_conversation, build_index
from bot.settings import read_settings
from bot.web.app import build


@contextmanager
def serving(home: Path, **settings: str) -> Iterator[str]:
    """The address of a server over a home, by any settings; it is stopped at the end."""
    ours = {
        "PLANSVAR_HOME": str(home),
        "PLANSVAR_PORT": "0",
        "PLANSVAR_TODAY": "2026-03-01",
        "PLANSVAR_ORGANISATION": "Norrsjö",
        "PLANSVAR_EMBEDDER": "none",
        "PLANSVAR_LANGUAGE": "en",
        "PLANSVAR_QUESTIONS_PER_MINUTE": "100000",
    }
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PLANSVAR_")}
    command = [sys.executable, "-c", "from bot.cli import main; main()", "serve"]
    process = subprocess.Popen(
        command, env=environment | ours | settings, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]
    )
    try:
        assert process.stdout
        said = process.stdout.readline()
        assert "http://" in said, said
        yield said.split("http://")[1].split("/")[0].join(("http://", ""))
    finally:
        process.terminate()
        process.wait(20)
        assert process.stdout
        process.stdout.close()


@contextmanager
def application(monkeypatch: pytest.MonkeyPatch, **settings: str) -> Iterator[FastAPI]:
    """The web's application by some settings, not started; a wrong token is told so at once."""
    monkeypatch.setattr("bot.web.access._SLOW", 0.0)
    for name, value in settings.items():
        monkeypatch.setenv(f"PLANSVAR_{name.upper()}", value)
    read = read_settings()
    index = build_index(read)
    yield build(read, build_conversation(read, index))
    index.close()


@contextmanager
def web(
    monkeypatch: pytest.MonkeyPatch, peer: str = "127.0.0.1", host: str = "localhost", **settings: str
) -> Iterator[TestClient]:
    """The same, started, and visited from an address under a name."""
    with (
        application(monkeypatch, **settings) as app,
        TestClient(app, base_url=f"http://{host}", follow_redirects=False, client=(peer, 5000)) as client,
    ):
        yield client
