"""Asks workers at a steady pace, as many people would, and measures what each waits for.

    .venv/bin/python benchmarks/load.py QUESTIONS.jsonl [PLAN...] [--rate 25] [--seconds 120] [--workers 2]
        [--database postgresql://…]

Reads and embeds the plans (without any, the database is asked as it is), starts `plansvar serve` that many times over
one database, and asks over loopback as the web page does: a message is kept, answered and kept again. Each question is
misspelt anew, so that no worker has seen it before. It is sent when its time has come, whether or not those before it
were answered. Prints Markdown.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parents[1]))  # beside this file are folders, not packages that are installed

from benchmarks.run import _MAXRSS, _MB, _PLANSVAR, machine, percentile, table

PEOPLE = 400
_PATIENCE = 30.0  # seconds after which a question counts as lost
_SETTINGS = {
    "PLANSVAR_TODAY": "2026-03-01",
    "PLANSVAR_ORGANISATION": "Norrsjö",
    "PLANSVAR_QUESTIONS_PER_MINUTE": "100000",
    "PLANSVAR_LANGUAGE": "en",
}


@dataclass(slots=True)
class Waited:
    """What everybody waited, in seconds: for the first sign, and for the whole answer. `late` is how far behind its
    own time the client sent a question, at most: where that is much, it is the client that was measured."""

    first: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    lost: int = 0
    late: float = 0.0


@dataclass(slots=True)
class Workers:
    """Workers that were started: where each listens, and at the end what they took: seconds of processor in all, and
    megabytes in the largest."""

    addresses: list[tuple[str, int]] = field(default_factory=list)
    processor: float = 0.0
    megabytes: float = 0.0


@contextmanager
def serving(home: Path, workers: int, **settings: str) -> Iterator[Workers]:
    """So many `plansvar serve` over one database, ready; stopped at the end."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PLANSVAR_")}
    environment = kept | _SETTINGS | {"PLANSVAR_HOME": str(home), "PLANSVAR_PORT": "0"} | settings
    started = [
        subprocess.Popen([_PLANSVAR, "serve"], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(workers)
    ]
    found = Workers()
    try:
        for process in started:
            assert process.stdout
            said = process.stdout.readline()
            host, _, port = said.partition("http://")[2].partition("/")[0].partition(":")
            found.addresses.append((host, int(port)))
        yield found
    finally:
        for process in started:
            process.send_signal(signal.SIGTERM)
        for process in started:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            found.processor += usage.ru_utime + usage.ru_stime
            found.megabytes = max(found.megabytes, usage.ru_maxrss * _MAXRSS / _MB)
            if process.stdout:
                process.stdout.close()


def misspelt(question: str, chance: random.Random) -> str:
    """A question with one letter left out of one of its longer words."""
    words = question.split(" ")
    long = [n for n, word in enumerate(words) if len(word) >= 6 and word.isalpha()]
    if long:
        n = chance.choice(long)
        at = chance.randrange(1, len(words[n]))
        words[n] = words[n][:at] + words[n][at + 1 :]
    return " ".join(words)


async def ask(address: tuple[str, int], person: str, event: str, question: str, waited: Waited) -> None:
    """Ask as the page does, by as little code as can be."""
    form = urlencode({"text": question, "event": event, "thread": event})
    head = (
        f"POST /ask HTTP/1.1\r\nHost: {address[0]}\r\nAccept: text/event-stream\r\n"
        f"Cookie: plansvar_visitor={person}\r\nConnection: close\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\n\r\n"
    )
    began, replied, first = time.monotonic(), False, None
    writer = None
    try:
        async with asyncio.timeout(_PATIENCE):
            reader, writer = await asyncio.open_connection(*address, limit=4_000_000)
            writer.write((head + form).encode())
            while line := await reader.readline():
                if line.startswith(b"event: ") and first is None:
                    first = time.monotonic() - began
                replied |= line == b"event: reply\n"
    except (OSError, TimeoutError, ValueError):
        replied = False
    finally:
        if writer:
            writer.close()
    if replied and first is not None:
        waited.first.append(first)
        waited.whole.append(time.monotonic() - began)
    else:
        waited.lost += 1


async def steady(addresses: Sequence[tuple[str, int]], questions: Sequence[str], rate: float, seconds: float) -> Waited:
    """Ask so many questions a second for so long, at the workers in turn; returns when the last is answered or lost."""
    waited, chance, run = Waited(), random.Random(1), secrets.token_hex(4)  # no secret
    began = time.monotonic()
    async with asyncio.TaskGroup() as asking:
        for n in range(round(rate * seconds)):
            await asyncio.sleep(max(0.0, began + n / rate - time.monotonic()))
            waited.late = max(waited.late, time.monotonic() - began - n / rate)
            question = misspelt(questions[n % len(questions)], chance)
            person, event = f"person-{n % PEOPLE:025}", f"{run}-{n:08}"
            asking.create_task(ask(addresses[n % len(addresses)], person, event, question, waited))
    return waited


def until_ready(addresses: Sequence[tuple[str, int]], seconds: float = 60.0) -> None:
    """Return when each worker answers questions; TimeoutError where one doesn't for so long."""
    end = time.monotonic() + seconds
    for address in addresses:
        while True:
            with socket.create_connection(address) as connection:
                connection.sendall(f"GET /ready HTTP/1.0\r\nHost: {address[0]}\r\n\r\n".encode())
                if b" 200 " in connection.recv(100):
                    break
            if time.monotonic() > end:
                raise TimeoutError(f"{address}: not ready after {seconds} s")
            time.sleep(0.2)


def report(waited: Waited, workers: Workers, rate: float, seconds: float) -> str:
    """What was measured, as Markdown."""
    shares = (0.5, 0.95, 0.99, 1.0)
    rows = [
        [name, *(f"{1000 * percentile(each, share):.0f}" for share in shares)]
        for name, each in (("first sign, ms", waited.first), ("whole answer, ms", waited.whole))
    ]
    asked = len(waited.whole) + waited.lost
    told = (
        f"{asked} questions in {seconds:.0f} s ({rate:g} a second) at {len(workers.addresses)} workers",
        f"{waited.lost} lost",
        f"{1000 * workers.processor / max(asked, 1):.0f} ms of the workers' processor for each, their start included",
        f"{workers.megabytes:.0f} MB at most in a worker",
        f"the client was at most {1000 * waited.late:.0f} ms behind",
    )
    return f"{'; '.join(told)}.\n\n{table(['', 'median', '95 %', '99 %', 'most'], rows)}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl")
    parser.add_argument("plans", type=Path, nargs="*", metavar="PLAN")
    parser.add_argument("--rate", type=float, default=25.0, help="questions a second (25)")
    parser.add_argument("--seconds", type=float, default=120.0, help="for how long (120)")
    parser.add_argument("--workers", type=int, default=2, help="how many workers (2)")
    parser.add_argument("--database", help="a PostgreSQL database; an empty SQLite where none is named")
    told = parser.parse_args()
    settings = {"PLANSVAR_DATABASE_URL": told.database} if told.database else {}
    questions = [json.loads(line)["question"] for line in told.questions.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as home:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PLANSVAR_")}
        environment = kept | settings | {"PLANSVAR_HOME": home}
        if told.plans:
            ingest = [str(_PLANSVAR), "ingest", *map(str, told.plans)]
            subprocess.run(ingest, env=environment, check=True, stdout=subprocess.DEVNULL)
        with serving(Path(home), told.workers, **settings) as workers:
            until_ready(workers.addresses)
            asyncio.run(steady(workers.addresses, questions, min(told.rate, 5.0), 4.0))  # every thread has begun
            busy = os.getloadavg()[0]
            waited = asyncio.run(steady(workers.addresses, questions, told.rate, told.seconds))
        print(f"{machine()} Load {busy:.1f} before it began.\n")
        print(report(waited, workers, told.rate, told.seconds))


if __name__ == "__main__":
    main()
