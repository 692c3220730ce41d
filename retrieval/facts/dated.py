"""What a plan has a time for, whatever it is: rows of its tables, sentences and activities within the days asked about.

Each is told as it stands in the plan, in the order of its time. A question that names a kind of thing ("which leases
run out") keeps to what is of that kind, by its own words, the table's or the heading's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.plan import Activity, Passage, TableRow
from ingest.when import points, times
from retrieval.evidence.answer_types import Draft, Reference, Statement
from retrieval.evidence.lookup import TOTAL, activity_statement, row_statement
from retrieval.evidence.rank import MONEY, OF_ONE, Asked
from retrieval.facts.due import subject_of
from retrieval.language.dates import Dates, asks_undated, names_day, within
from retrieval.language.phrases import say
from retrieval.question.question import Question
from retrieval.store.search import Concept, analysed, either, terms_of
from retrieval.store.units import Entry

_SHOWN = 20
_ENOUGH, _NEARLY = 0.6, 0.75  # how much of what is asked about the best must say, and the others of what that says


@dataclass(frozen=True, slots=True)
class _Dated:
    day: date
    one: Asked
    entry: Entry
    said: float  # how much of what is asked about it says


def dated_listed(question: Question, asked: Sequence[Asked]) -> Draft | None:
    """What has a time within the days that a question limits itself to, or any time where it asks which and when; None
    where it asks for no such list, or nothing in the plan is of the kind that it names."""
    dates = question.dates or (Dates() if {"list", "when"} <= question.asks else None)
    if dates is None or _asks_of_one(question) or asks_undated(question.text):
        return None
    wanted = either(subject_of(question, asked, timed=question.dates is not None), question.text)
    found = [each for one in asked for each in _within(one, dates, wanted)]
    if question.asks & MONEY:  # of "which grants" only what stands in a table is one
        found = [each for each in found if isinstance(each.entry.unit.item, TableRow)]
    if wanted:
        best = max((each.said for each in found), default=0.0)
        found = [each for each in found if each.said >= _NEARLY * best] if best >= _ENOUGH else []
    if not found or (len(found) == 1 and question.dates is None):
        return None
    found.sort(key=lambda each: each.day)
    statements = [_told(each, question) for each in found[:_SHOWN]]
    whole = all(isinstance(each.entry.unit.item, Activity) for each in found)
    return Draft(
        tuple(statements), "lookup", listed=len(found) > 1, more=len(found) - len(statements), certain=True,
        counted="found" if whole else None,
    )  # fmt: skip


def _asks_of_one(question: Question) -> bool:
    """True where something is asked of a thing that has a time, beside what there is then: "what happens in May, and
    who does it" asks for both, and "which grants" for no sum of money."""
    beside = {"who"} if "somebody" not in question.asks else set()
    # "What happens in May" asks for no one thing, but what happens if something is so does.
    beside |= {"described"} if question.dates and not _IF.search(question.text) else set()
    beside |= {"money"} if "list" in question.asks and "number" not in question.asks else set()
    return bool(question.asks & OF_ONE - beside)


_IF = re.compile(r"\b(?:om|ifall|if)\b", re.IGNORECASE)


def _within(one: Asked, dates: Dates, wanted: Sequence[Concept]) -> Iterator[_Dated]:
    """The entries of a plan with a time within some days; a sentence only where something is wanted of it, or where it
    names the very day that is asked about."""
    for entry in one.searchable.entries:
        item = entry.unit.item
        if isinstance(item, Activity):
            day = (item.start if dates.starts else item.end) if within(item, dates) else None
        elif isinstance(item, TableRow):
            told = not TOTAL.match(item.row) and not _is_of_series(item)
            day = first_within(row_words(item, wanted), dates, one.facts.year) if told else None
        elif isinstance(item, Passage) and (
            wanted or (dates.first and names_day(entry.words, dates.first, one.facts.year))
        ):
            day = first_within([entry.words], dates, one.facts.year)
        else:
            day = None
        if day is not None:
            yield _Dated(day, one, entry, said_of(wanted, one, entry))


def _is_of_series(row: TableRow) -> bool:
    """True for the figures of a month or a year, which have no other time than the one they are of."""
    named = next((words for words, _ in points(row.row, 2000)), "")
    return named == row.row.strip() and all(cell.number is not None for cell in row.cells if cell.written)


def row_words(row: TableRow, wanted: Sequence[Concept]) -> list[str]:
    """The words of a row that may tell a time: its cells that are no figures in a column that says what is wanted,
    where one does; else its name and all such cells."""
    cells = [cell for cell in row.cells if cell.written and cell.number is None]
    named = [cell for cell in cells if any(c.is_in(terms_of(cell.column, least=0.5)) for c in wanted)]
    named = [cell for cell in named if times(cell.written or "", _ANY_YEAR)]
    return [cell.written or "" for cell in named] or [row.row, *(cell.written or "" for cell in cells)]


_ANY_YEAR = 2000


def first_within(texts: Iterable[str], dates: Dates, year: int | None) -> date | None:
    """The first day of the first time that some texts name within some days; None where they name none.

    A point of time that is longer than the days ("2026" for March) is not within them; what goes on from one to another
    is where they share any, unless what starts then is asked for.
    """
    if year is None:
        return None
    low, high = dates.first or date.min, dates.last or date.max
    for text in texts:
        for words, (first, last), goes_on in times(text, year):
            if goes_on and dates.starts:
                last = first
            shared = (min(last, high) - max(first, low)).days + 1
            is_within = 2 * shared > (0 if goes_on else (last - first).days)
            if words.casefold() != "vår" and is_within is not dates.outside:
                return first
    return None


def said_of(wanted: Sequence[Concept], one: Asked, entry: Entry) -> float:
    """How much of what is wanted an entry says: in its own words, a row also in its table's name and its columns', and
    all but an activity in the headings they stand under. What its table's name says in a compound, a row is of."""
    item = entry.unit.item
    headings = [] if isinstance(item, Activity) else entry.unit.path.split(" › ")
    tabled = [item.table, *(cell.column for cell in item.cells if cell.written)] if isinstance(item, TableRow) else []
    held = dict.fromkeys(terms_of(*tabled), 1.0)
    for text in (entry.words, *headings[-2:]):
        for term, weight in analysed(text):
            held[term] = max(held.get(term, 0.0), weight)
    worth = [one.searchable.rarity(concept) for concept in wanted]
    gained = sum(each * _share(concept, held) for each, concept in zip(worth, wanted, strict=True))
    return gained / sum(worth) if wanted else 1.0


def _share(concept: Concept, held: dict[str, float]) -> float:
    single = max((weight * held.get(term, 0.0) for term, weight in concept.terms.items()), default=0.0)
    whole = max(
        (weight for weight, words in concept.phrases if all(held.get(w, 0.0) >= 0.5 for w in words)), default=0.0
    )
    return min(1.0, max(single, whole))


def _told(each: _Dated, question: Question) -> Statement:
    item = each.entry.unit.item
    if isinstance(item, Activity):
        return activity_statement(each.one.facts, item, question.language)
    if isinstance(item, TableRow):
        return row_statement(each.one.facts, item, question)
    references = tuple(Reference(each.one.known.id, span, each.entry.unit.path) for span in each.entry.spans)
    words = re.sub(r"^[•–-] ", "", each.entry.words)  # the answer's own list has marks
    return Statement(say("quoted", question.language, quote=words), references)
