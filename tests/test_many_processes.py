"""The whole set as it is run for many, without containers: PostgreSQL, Chroma, two workers, and a proxy before them."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any

import httpx
import pytest
from conftest import PLAN_TEXT
from databases import PostgreSQL
from peers.slack import BOT_TOKEN, SECRET, TEAM, Fault, Slack, signed

from bot.ingesting import INGEST
from bot.state import messages
from retrieval.store.index import Index

pytestmark = pytest.mark.slow

QUESTION = "Vad är målet för andelen rena kajer?"
# The command as it is typed, its Slack on this machine.
COMMAND = """
import sys
from functools import partial
from bot import slack
slack.build = partial(slack.build, api=sys.argv.pop())
from bot.cli import main
main()
"""
NGINX = """
daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    upstream workers {{ {servers} }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://workers; proxy_http_version 1.1; proxy_set_header Host $host; proxy_buffering off;
            proxy_connect_timeout 2s; proxy_next_upstream error timeout http_502 http_503 non_idempotent;
        }}
    }}
}}
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def until(found: Callable[[], Any], seconds: float) -> Any:
    """What `found` gives as soon as it gives something; it may fail until then."""
    end = time.monotonic() + seconds
    while True:
        try:
            if value := found():
                return value
        except httpx.HTTPError:
            pass
        assert time.monotonic() < end, f"nothing after {seconds} s"
        time.sleep(0.2)


class Set:
    """What runs: each process, and where it listens."""

    def __init__(self, folder: Path, database: str, slack: Slack) -> None:
        self.folder, self.database, self.slack = folder, database, slack
        self.chroma = f"http://127.0.0.1:{free_port()}"
        self.proxy = f"http://127.0.0.1:{free_port()}"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PLANSVAR_")}
        ours = {
            "HOME": str(folder / "home"),
            "DATABASE_URL": database,
            "CHROMA_URL": self.chroma,
            "PORT": "0",
            "TODAY": "2031-03-01",
            "LANGUAGE": "en",
            "QUESTIONS_PER_MINUTE": "1000",
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_TEAM": TEAM,
        }
        self.environment = kept | {f"PLANSVAR_{name}": value for name, value in ours.items()}
        self.running: list[subprocess.Popen[str]] = []

    def start(self, *command: str, **streams: IO[bytes] | int) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            command,
            env=self.environment,
            cwd=Path(__file__).parents[1],
            text=True,
            **streams,  # type: ignore[call-overload]
        )
        self.running.append(process)
        return process  # type: ignore[no-any-return]

    def plansvar(self, *arguments: str, errors: IO[bytes] | int = subprocess.PIPE) -> subprocess.Popen[str]:
        command = (sys.executable, "-c", COMMAND, *arguments, self.slack.api)
        return self.start(*command, stdout=subprocess.PIPE, stderr=errors)

    def start_chroma(self) -> subprocess.Popen[str]:
        chroma, port = str(Path(sys.executable).with_name("chroma")), self.chroma.rpartition(":")[2]
        command = (chroma, "run", "--host", "127.0.0.1", "--port", port, "--path", str(self.folder / "chroma"))
        process = self.start(*command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(lambda: httpx.get(f"{self.chroma}/api/v2/heartbeat").is_success, 30)
        return process

    def start_worker(self) -> tuple[subprocess.Popen[str], str]:
        with (self.folder / "log").open("ab") as log:  # a pipe that nobody reads would fill
            process = self.plansvar("serve", errors=log)
        assert process.stdout
        said = process.stdout.readline()
        assert "http://" in said, said
        return process, f"http://{said.partition('http://')[2].partition('/')[0]}"

    def start_proxy(self, *workers: str) -> None:
        servers = " ".join(f"server {each.removeprefix('http://')} fail_timeout=5s;" for each in workers)
        conf = self.folder / "nginx.conf"
        conf.write_text(NGINX.format(folder=self.folder, servers=servers, port=self.proxy.rpartition(":")[2]))
        self.start("nginx", "-c", str(conf), "-p", str(self.folder), stderr=subprocess.DEVNULL)
        until(lambda: httpx.get(f"{self.proxy}/health").is_success, 10)

    def stop(self) -> None:
        for process in self.running:
            process.terminate()
        for process in self.running:
            process.wait(20)
            for stream in (process.stdout, process.stderr):
                if stream:
                    stream.close()

    # What people do

    def ask(self, n: int) -> str:
        """Ask as the page does, which sends the same question again where its connection breaks; returns the reply."""
        form = {"text": QUESTION, "event": f"event-{n:04}", "thread": f"thread-{n:04}"}
        headers = {"Accept": "text/event-stream", "Cookie": f"plansvar_visitor=person-{n:025}"}

        def reply() -> str:
            said = httpx.post(f"{self.proxy}/ask", data=form, headers=headers, timeout=20).text
            return said.partition("event: reply")[2]

        return str(until(reply, 30))

    def mention(self, n: int) -> None:
        """Mention the assistant in Slack, which posts two events, each again until it is acknowledged."""
        for event in self.slack.mention(f"{QUESTION} {n}"):
            body = json.dumps(event).encode()

            def acknowledged(body: bytes = body) -> bool:
                headers = {"Content-Type": "application/json"} | signed(body, SECRET)
                return httpx.post(f"{self.proxy}/slack/events", content=body, headers=headers, timeout=10).is_success

            until(acknowledged, 30)


@pytest.fixture
def all_(tmp_path: Path, postgresql: PostgreSQL) -> Iterator[Set]:
    """The set, not yet started."""
    if shutil.which("nginx") is None:
        pytest.skip("nginx is not installed")
    with Slack() as slack:
        found = Set(tmp_path, postgresql.database(), slack)
        try:
            yield found
        finally:
            found.stop()


@contextmanager
def opened(database: str) -> Iterator[Index]:
    with closing(Index(database)) as index:
        yield index


def test_many(all_: Set, plan_file: Path) -> None:
    """A plan is read in by one process at a time and seen by every worker within seconds; Chroma may go, a worker may
    be killed, and whoever asks gets one answer."""
    chroma = all_.start_chroma()
    workers = [all_.start_worker() for _ in range(2)]
    all_.start_proxy(*(address for _, address in workers))

    # One writer at a time, and no worker is started again for what it wrote.
    with opened(all_.database) as index:
        with index.alone(INGEST):
            ingest = all_.plansvar("ingest", str(plan_file))
            assert ingest.stderr
            assert "another process is reading" in ingest.stderr.readline()
        assert ingest.wait(60) == 0
        (document,) = index.documents()
        assert document.embedded == document.counts.units
    assert "chroma" in all_.plansvar("doctor").communicate(timeout=60)[0].lower()
    for _, address in workers:
        until(lambda address=address: plan_file.name in httpx.get(f"{address}/api/documents").text, 5)  # type: ignore[misc]
        until(lambda address=address: "98 %" in asked(address), 5)  # type: ignore[misc]
    assert "98 %" in all_.ask(0)

    # Without Chroma a plan is replaced all the same, and the command says what is missing.
    chroma.kill()
    plan_file.write_text(PLAN_TEXT.replace("98 %", "97 %"), encoding="utf-8")
    ingest = all_.plansvar("ingest", str(plan_file))
    assert all_.chroma in ingest.communicate(timeout=60)[1]
    assert ingest.returncode == 2
    doctor = all_.plansvar("doctor")
    assert all_.chroma in doctor.communicate(timeout=60)[0]
    for _, address in workers:
        until(lambda address=address: "97 %" in asked(address), 5)  # type: ignore[misc]

    # Slack takes nothing for a moment, in which a worker is killed that has accepted messages.
    all_.slack.faults["chat.postMessage"] = [Fault(503) for _ in range(1000)]
    with ThreadPoolExecutor(12) as people:
        mentions = [people.submit(all_.mention, n) for n in range(12)]
        asking = [people.submit(all_.ask, n) for n in range(1, 30)]
        for each in mentions:
            each.result(60)
        all_.slack.wait(lambda: len(all_.slack.of("chat.postMessage", served=False)) >= 6, 20)
        workers[0][0].kill()
        workers[0][0].wait()  # a process that nobody has asked after counts as alive
        all_.slack.faults.clear()
        assert all("97 %" in each.result(60) for each in asking)
    all_.slack.wait_posts(12, 40)
    all_.slack.quiet(3.0)
    answered = [post["thread_ts"] for post in all_.slack.posts()]
    assert len(answered) == len(set(answered)) == 12
    with opened(all_.database) as index, index.read() as connection:
        rows = connection.execute(messages.select()).all()
        assert len(rows) == 12 + 30
        assert all(row.reply and row.delivered for row in rows if row.chat == "slack")
    assert "97 %" in all_.ask(99)


def asked(address: str) -> str:
    return httpx.post(f"{address}/api/ask", json={"question": QUESTION}, timeout=20).text
