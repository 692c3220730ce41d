"""The log of a process that serves: lines of text or of JSON, each with the id of its request, none with a question.

What happens is told once, as a record of the logger `plansvar.told`: the log writes it, the metrics count it. What is
not listened to costs nothing.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from uuid import uuid4

from bot.settings import Settings

# The id of the request, or of the chat's message, that is being answered.
request_id: ContextVar[str] = ContextVar("request_id", default="")

told = logging.getLogger("plansvar.told")
_ID = re.compile(r"[\w-]{8,64}", re.ASCII)
_QUESTION = "question"  # the only fact that holds somebody's words


def tell(what: str, /, level: int = logging.INFO, **facts: object) -> None:
    """Tell that something happened. A fact named `question` is written only where the settings say so."""
    told.log(level, what, extra={"facts": facts})


@contextmanager
def timed(step: str) -> Iterator[None]:
    """Tell how long a step took, for the metrics: at a level that the log leaves out."""
    started = time.perf_counter()
    try:
        yield
    finally:
        tell("step", logging.DEBUG, step=step, seconds=time.perf_counter() - started)


def identified(given: str | None = None) -> str:
    """The id of what begins now: the one given, where it can be an id."""
    id_ = given if given and _ID.fullmatch(given) else uuid4().hex
    request_id.set(id_)
    return id_


def set_up(settings: Settings) -> None:
    """Have this process write its log to stderr: as JSON, unless text is set or somebody sits at a terminal."""
    as_json = settings.log == "json" or (settings.log is None and not sys.stderr.isatty())
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines(settings.log_questions, as_json))
    handler.setLevel(logging.INFO)
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("plansvar").setLevel(logging.INFO)
    logging.captureWarnings(True)


class Lines(logging.Formatter):
    """A record as one line: as JSON, or as words for somebody who looks on, where a trace has lines of its own."""

    def __init__(self, questions: bool, as_json: bool) -> None:
        super().__init__()
        self.questions, self.as_json = questions, as_json

    def format(self, record: logging.LogRecord) -> str:
        facts = {
            name: value
            for name, value in getattr(record, "facts", {}).items()
            if value is not None and (self.questions or name != _QUESTION)
        }
        message, _, trace = record.getMessage().partition("\n")
        if record.exc_info and record.exc_info[0]:  # of a library: what its exception says may quote a question
            trace = record.exc_info[0].__qualname__
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        id_ = request_id.get()
        if not self.as_json:
            written = " ".join(f"{name}={value}" for name, value in facts.items())
            return "\n".join(filter(None, (f"{at} {record.levelname} {message} {written}".rstrip(), trace)))
        line: dict[str, object] = {"time": at, "level": record.levelname.lower(), "message": message}
        line |= {"request": id_} if id_ else {}
        line |= {"logger": record.name} if record.name != told.name else {}
        line |= {"trace": trace} if trace else {}
        return json.dumps(line | facts, ensure_ascii=False, default=str)
