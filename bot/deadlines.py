"""What is due when: a plan's activities by their last day, and the dates that stand only in its text, told apart."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import quote

from bot.cited import Opened
from bot.message import Table
from bot.phrases import say
from ingest.plan import Activity, Origin
from ingest.source import Span
from ingest.values import dates_in, folded
from retrieval.evidence.answer_types import Reference, Statement
from retrieval.evidence.lookup import activity_statement
from retrieval.evidence.naming import plan_name
from retrieval.language.swedish import STOP_WORDS, Language, stem, tokens

_DUE = re.compile(
    r"\b(?:senast|före|innan|klar\w*|färdig\w*|fastställ\w*|redovisa\w*|rapporter\w*|lämna\w*|beslut\w*|inför\w*|"
    r"öppna\w*|starta\w*|i bruk|ska|fram till)\b",
    re.IGNORECASE,
)
_REPORT = re.compile(r"\b(?:tertialrapport(?:en)? \d|verksamhetsberättelse\w*|årsbokslut\w*)", re.IGNORECASE)
_SETTLED = re.compile(r"\b(?:fastställs|tas fram|beslutas)\b", re.IGNORECASE)
_SUMMARY = 120  # characters of an event's title

COLUMNS = ("due", "start", "what", "responsible", "stands", "organisation", "section", "document", "page", "quote")


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something to be done by a day. `item` is the activity, None where it stands only in the text ("the target is set
    in the first four-month report"): then `due` is the day it names, None where it names none."""

    source: Opened
    item: Activity | None
    words: str
    due: date | None
    start: date | None
    responsible: tuple[str, ...]
    origin: Origin

    @property
    def section(self) -> str:
        return self.source.plan.path(self.origin.section)

    @property
    def heading(self) -> str:
        return self.section.rpartition(" › ")[2]

    def statement(self, language: Language) -> Statement:
        """The deadline as it is told, with what supports it."""
        if self.item is not None:
            return activity_statement(self.source.facts, self.item, language)
        return Statement(self.words, tuple(Reference(self.source.known.id, s, self.section) for s in self.origin.spans))


def deadlines(
    plans: Iterable[Opened], first: date | None = None, last: date | None = None, who: str | None = None
) -> list[Deadline]:
    """The deadlines of some plans by day, those without a day last; `first` and `last` are included, and leave out what
    has no day. `who` is any word of who is responsible, in whatever form."""
    found = [
        each
        for plan in plans
        for each in (*_activities(plan), *_in_text(plan))
        if _within(each, first, last) and (who is None or is_responsible(who, each.responsible))
    ]
    return sorted(found, key=lambda d: (d.due or date.max, d.item is None))


def _within(deadline: Deadline, first: date | None, last: date | None) -> bool:
    if first is None and last is None:
        return True
    due = deadline.due
    return due is not None and (first is None or due >= first) and (last is None or due <= last)


def is_responsible(who: str, responsible: Sequence[str]) -> bool:
    """Whether somebody is among those responsible: "kajenheten" or "kajenhetens" for "Kajenheten"."""
    wanted = {stem(word) for word in tokens(who) if word not in STOP_WORDS}
    return bool(wanted) and any(wanted <= {stem(word) for word in tokens(body)} for body in responsible)


def _activities(source: Opened) -> Iterable[Deadline]:
    for each in source.plan.activities:
        yield Deadline(source, each, each.text, each.end, each.start, each.responsible, each.origin)


def _in_text(source: Opened) -> Iterable[Deadline]:
    """Sentences that say by when something is done, and indicators whose target is still to be set."""
    period = source.known.description.period
    year = period.start.year if period else None
    for passage, span, words in source.sentences():
        if not _DUE.search(words):
            continue
        days = [day for day in dates_in(words, year) if period is None or period.start <= day <= period.end]
        if days or (_REPORT.search(words) and _SETTLED.search(words)):
            yield Deadline(
                source, None, words, min(days, default=None), None, (), Origin(passage.origin.section, (span,))
            )
    for indicator in source.plan.indicators:
        open_ = [cell for cell in (indicator.target, indicator.comment) if cell and _SETTLED.search(cell)]
        if open_ and _REPORT.search(" ".join(open_)):
            words = f"{indicator.name}: {' '.join(open_)}"
            yield Deadline(source, None, words, None, None, (), indicator.origin)


def table_of(found: Sequence[Deadline], language: Language) -> Table:
    """Deadlines as a table."""
    columns = tuple(say(key, language) for key in ("due", "what", "responsible"))
    rows = tuple((str(each.due or ""), each.words, ", ".join(each.responsible)) for each in found)
    return Table(columns, rows)


# Files


def calendar(found: Iterable[Deadline], public_url: str | None, now: datetime) -> bytes:
    """Activities as all-day events on their last day (RFC 5545), without what stands only in the text."""
    from icalendar import Calendar, Event  # takes as long to import as an answer, and few want a file

    book = Calendar()
    book.add("prodid", "-//Plansvar//SV")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    given: set[str] = set()
    for each in found:
        if each.item is None or each.due is None:
            continue
        event = Event()
        # An activity keeps its identity when its plan is read again with another day, so that calendars move it.
        known = each.source.known
        whose = known.description.organisation or known.name
        identity = "\n".join((whose, str(known.description.period), folded(each.words)))
        while identity in given:
            identity += f"\n{each.due}"
        given.add(identity)
        event.add("uid", f"{hashlib.sha256(identity.encode()).hexdigest()[:32]}@plansvar")
        event.add("dtstamp", now.astimezone(UTC))
        event.add("dtstart", each.due)
        event.add("summary", _short(each.words))
        event.add("description", "\n".join(_described(each)))
        event.add("transp", "TRANSPARENT")
        if public_url:
            event.add("url", address(public_url, known.name, each.origin.spans[0]))
        book.add_component(event)
    return bytes(book.to_ical())


def address(public_url: str, document: str, span: Span) -> str:
    """Where the document view shows a span."""
    return f"{public_url.rstrip('/')}/documents/{quote(document, safe='')}?from={span.start}&to={span.end}"


def _described(deadline: Deadline) -> Iterable[str]:
    yield deadline.words
    if deadline.responsible:
        yield ", ".join(deadline.responsible)
    yield plan_name(deadline.source.known.description)
    yield deadline.section


def _short(words: str) -> str:
    return words if len(words) <= _SUMMARY else words[:_SUMMARY].rsplit(" ", 1)[0] + " …"


def row(deadline: Deadline) -> dict[str, object]:
    """A deadline as a row under `COLUMNS`; `stands` is "activity" or "text"."""
    plan, spans = deadline.source.plan, deadline.origin.spans
    page = plan.page_at(spans[0].start) if spans else None
    return {
        "due": deadline.due,
        "start": deadline.start,
        "what": deadline.words,
        "responsible": ", ".join(deadline.responsible),
        "stands": "text" if deadline.item is None else "activity",
        "organisation": deadline.source.known.description.organisation,
        "section": deadline.section,
        "document": deadline.source.known.name,
        "page": page.number if page else None,
        "quote": plan.text[spans[0].start : spans[0].end] if spans else "",
    }
