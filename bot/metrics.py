"""What Prometheus reads: counted from what is told (`bot/logs.py`), and looked up in SQL when it is asked for."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.logs import told
from bot.state import State
from retrieval.evidence.answer_types import ModelUnavailable

CONTENT_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.3, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics(logging.Handler):
    """The metrics of one process. `waiting` says how many questions wait for a thread to answer them."""

    def __init__(self, state: State, embedder: str, waiting: Callable[[], int]) -> None:
        super().__init__(logging.DEBUG)
        self.registry = registry = CollectorRegistry()
        self.steps = Histogram(
            "plansvar_step_seconds",
            "How long each step took: keep a message, meaning, model, answer, reply as a whole, send it",
            ["step"],
            buckets=_SECONDS,
            registry=registry,
        )
        self.answers = Counter(
            "plansvar_answers",
            "Questions, by what answered them: lookup, extract, model; abstained; failed",
            ["kind"],
            registry=registry,
        )
        self.model_failures = Counter(
            "plansvar_model_failures", "Times that the model's endpoint gave nothing to use", registry=registry
        )
        self.requests = Counter(
            "plansvar_requests", "Requests over HTTP, by the hundreds of their status", ["status"], registry=registry
        )
        self.ingested = Counter(
            "plansvar_ingested", "Files of the plans folder and of administrators, by outcome", ["outcome"],
            registry=registry,
        )  # fmt: skip
        registry.register(_Stored(state, embedder, waiting))

    @contextmanager
    def counting(self) -> Iterator[None]:
        """While this lasts, what this process tells is counted."""
        before, ours = told.level, logging.getLogger("plansvar")  # what is told comes to it too
        told.setLevel(logging.DEBUG)
        ours.addHandler(self)
        try:
            yield
        finally:
            ours.removeHandler(self)
            told.setLevel(before)

    def emit(self, record: logging.LogRecord) -> None:
        facts = getattr(record, "facts", {})
        # Told by what answers, which knows nothing of us: the warning that it went without the model.
        if isinstance(record.args, tuple) and any(isinstance(each, ModelUnavailable) for each in record.args):
            self.model_failures.inc()
        match record.msg:
            case "step":
                self.steps.labels(facts["step"]).observe(facts["seconds"])
            case "answer":
                self.answers.labels(facts["kind"]).inc()
            case "request":
                self.requests.labels(f"{facts['status'] // 100}xx").inc()
            case "ingested":
                self.ingested.labels(facts["outcome"]).inc()

    def page(self) -> bytes:
        """All of it, in Prometheus's own text."""
        return generate_latest(self.registry)


class _Stored(Collector):
    """What the database holds: looked up each time, and missing while it can't be."""

    def __init__(self, state: State, embedder: str, waiting: Callable[[], int]) -> None:
        self.state, self.embedder, self.waiting = state, embedder, waiting

    def describe(self) -> Iterable[GaugeMetricFamily]:
        return ()  # else it would be looked up when it is registered

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield GaugeMetricFamily("plansvar_answering", "Questions that a thread answers, or that wait for one",
                                self.waiting())  # fmt: skip
        try:
            stored, queue = self.state.index.documents(), self.state.waiting()
        except Exception:
            yield GaugeMetricFamily("plansvar_database_up", "Whether the database answers", 0)
            return
        yield GaugeMetricFamily("plansvar_database_up", "Whether the database answers", 1)
        yield GaugeMetricFamily("plansvar_queue", "Messages that were accepted and whose reply is not delivered", queue)
        yield GaugeMetricFamily("plansvar_documents", "Documents that are stored", len(stored))
        entries = sum(each.counts.units for each in stored)
        yield GaugeMetricFamily("plansvar_entries", "Passages and facts that can be found", entries)
        embedded = sum(each.embedded for each in stored if each.embedder == self.embedder)
        yield GaugeMetricFamily("plansvar_entries_embedded", "Those of them that have a vector", embedded)
        unplaced = sum(each.counts.unplaced for each in stored)
        yield GaugeMetricFamily("plansvar_lines_not_placed", "Lines that no fact or passage was made of", unplaced)
