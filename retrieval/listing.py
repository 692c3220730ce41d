"""What is asked of many: the goals of a rung, the rows of a table, the items of a list; all of them, or how many."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.plan import Passage, TableCell, TableRow
from ingest.source import Span
from ingest.values import mended
from retrieval.answer_types import Counted, Draft, Reference, Statement
from retrieval.comparing import table_of
from retrieval.dated import first_within, row_words
from retrieval.dates import NUMBERS, number_of
from retrieval.due import numbered
from retrieval.lookup import TOTAL, row_statement
from retrieval.phrases import say
from retrieval.question import Question, asks_money, turns
from retrieval.rank import Asked, Ranked
from retrieval.search import Concept
from retrieval.swedish import terms


def goals_listed(question: Question, asked: Sequence[Asked]) -> Draft | None:
    """The goals of a rung, or of any under a number, all of them or those on a subject; None where none are asked for.

    Where no rung is named and no number, they are the lowest that the plan is built of: a unit's own, else the board's.
    """
    rung = next((label for label, pattern in _RUNGS if pattern.search(question.text)), None)
    others = {"until"} if rung == "Uppdrag" and question.dates is None else {"activities", "until"}
    if not question.asks & {"list", "how_many", "goals"} or question.asks & others:
        return None
    thing = _asked_for(question)
    of_another = thing is not None and not _RUNG_WORDS.search(thing.words) and not _RUNGS[1][1].search(thing.words)
    if (rung is None and not _GOALS_LISTED.search(question.text)) or (rung == "Uppdrag" and of_another):
        return None
    if (
        "goals" in question.asks
        and not question.asks & {"list", "how_many"}
        and not re.search(r"\b(?:what|vad)\b", question.text, re.I)
    ):
        return None
    subject = {
        t
        for c in question.concepts
        if c.weight >= 0.9 and not _RUNG_WORDS.search(c.words) and not turns(c.words)
        for t, w in c.terms.items()
        if w >= 0.6
    }
    named = [n for one in asked for n in numbered(question, one)]
    if rung is None and subject and not named:
        return None
    on_subject: list[Statement] = []
    elsewhere: list[Statement] = []
    for one in asked:
        plan = one.searchable.plan
        numbers = numbered(question, one)
        labels = {rung} if rung else _rungs_of(one, numbers)
        for n, section in enumerate(plan.sections):
            if section.label not in labels:
                continue
            path = plan.path(n)
            if numbers and not _is_below(numbers, section.number, path, rung is None):
                continue
            text = " ".join(filter(None, (section.number, section.title)))
            own = {term for term, weight in terms(path) if weight >= 0.5}
            statement = Statement(text, (Reference(one.known.id, section.span, path),))
            (on_subject if subject & own else elsewhere).append(statement)
    statements = on_subject if on_subject and not named else on_subject + elsewhere
    if not statements or len(statements) > 40:
        return None
    counted: Counted = "found_commissions" if rung == "Uppdrag" else "found_goals"
    return Draft(tuple(statements[:30]), "lookup", listed=True, more=max(0, len(statements) - 30), counted=counted)


def _asked_for(question: Question) -> Concept | None:
    """The thing that a question asks which of: upphandlingar in "vilka upphandlingar är på gång?"."""
    of = re.search(r"\b(?:vilka|lista|which|list|name)(?: (?:the|alla|all|de))? ([^\W\d_]+)", question.text, re.I)
    named = (c for c in question.concepts if of and of[1] in c.words.split() and c.weight >= 0.9 and not turns(c.words))
    return next(named, None)


def _rungs_of(one: Asked, numbers: Sequence[str]) -> set[str]:
    """The rungs that "our goals" are on: every one below a number that is named, else the lowest of the ladder that
    whoever the plan is of has set."""
    rungs = [label for label, _ in _RUNGS if label != "Uppdrag"]
    if numbers:
        return set(rungs)
    there = {section.label for section in one.searchable.plan.sections}
    own = ("Enhetsmål", "Nämndmål") if one.known.description.unit else ("Nämndmål", "Enhetsmål")
    return {next((label for label in (*own, *rungs) if label in there), own[0])}


def _is_below(numbers: Sequence[str], number: str, path: str, strictly: bool) -> bool:
    """True where a goal stands under one of some numbers; `strictly`: and doesn't have it itself."""
    if strictly and number in numbers:
        return False
    return any(number == each or number.startswith(f"{each}.") for each in numbers) or _is_under(numbers, path)


_GOALS_LISTED = re.compile(
    r"\b(?:vilka|lista|räkna upp|alla|hur många|which|list|name|how many)\b(?:\W+\w+){0,3}?\W+"
    r"(?:mål|målen|delmål\w*|goals|objectives)\b",
    re.IGNORECASE,
)
_RUNG_WORDS = re.compile(
    r"mål|goal|target|objective|kf|fullmäktig|council|nämnd|board|övergripande|overarching|enhet|unit|tre|three",
    re.IGNORECASE,
)
_RUNGS = (
    (
        "KF:s inriktningsmål",
        re.compile(
            r"\binriktningsmål\w*|\b(?:orientation|direction) goals?|\b(?:övergripande|överordnade) mål\w*"
            r"|\boverarching (?:goals?|objectives?)",
            re.IGNORECASE,
        ),
    ),
    ("Uppdrag", re.compile(r"\buppdrag(?:en)?\b|\bcommissions\b|\bassignments\b", re.IGNORECASE)),
    (
        "Nämndmål",
        re.compile(r"\bnämndmål\w*|\bnämndens (?:egna )?mål\b|\bboard(?:'s)? (?:own )?goals?\b", re.IGNORECASE),
    ),
    ("Enhetsmål", re.compile(r"\benhetsmål\w*|\benhetens mål\b|\bunit(?:'s)? goals?\b", re.IGNORECASE)),
    (
        "KF:s mål för verksamhetsområdet",
        re.compile(
            r"\bkf:?s? (?:mål|-mål)\b(?! för (?:\w*frånvaro|\w*index))|\bkf-mål\w*|\barea goals?\b"
            r"|\bmål för verksamhetsområdet",
            re.IGNORECASE,
        ),
    ),
)


# Counts, and what has a number of its own


def indicators_listed(question: Question, asked: Sequence[Asked]) -> Draft | None:
    """The indicators of a plan, under a number or on a subject where one is named; None where a question asks neither
    which nor how many there are."""
    if not question.asks & {"list", "how_many"} or not _INDICATORS_LISTED.search(question.text):
        return None
    of = [(one, item) for one in asked for item in one.searchable.plan.indicators]
    numbers = [n for one in asked for n in numbered(question, one)]
    if numbers:
        of = [(o, i) for o, i in of if _is_under(numbers, o.searchable.plan.path(i.origin.section))]
    subject = [
        c
        for c in question.concepts
        if c.weight >= 0.9 and not _INDICATORS.search(c.words) and not _WHOSE.search(c.words) and not turns(c.words)
    ]
    if subject and not numbers:
        held = {t for c in subject for t, w in c.terms.items() if w >= 0.75}
        named = [(o, i) for o, i in of if held & {t for t, _ in terms(i.name)}]
        of = named or [(o, i) for o, i in of if held & {t for t, _ in terms(o.searchable.plan.path(i.origin.section))}]
    if not of:
        return None
    statements = [
        Statement(": ".join(filter(None, (i.name, i.target))), o.facts.references(i, "Indikator")) for o, i in of[:30]
    ]
    return Draft(tuple(statements), "lookup", listed=True, more=len(of) - len(statements), counted="found_indicators")


def _is_under(numbers: Sequence[str], path: str) -> bool:
    return any(f" {number} " in f" {path} " for number in numbers)


_WHOSE = re.compile(
    r"^(?:avdelning|förvaltning|stadsdelsförvaltning|nämnd|enhet|verksamhet|organisation|plan)(?:en|et)?s?$"
    r"|^(?:our )?(?:department|administration|board|unit|organisation|organization|plan)s?$",
    re.IGNORECASE,
)
_INDICATORS = re.compile(r"\bindikator\w*|\bindicators?\b", re.IGNORECASE)
_INDICATORS_LISTED = re.compile(
    r"\b(?:vilka|lista|räkna upp|alla|hur många|antal\w*|which|list|name|what|how many|number of)\b(?:\W+\w+){0,3}?\W+"
    r"(?:indikator\w*|indicators)\b",
    re.IGNORECASE,
)
_COMMISSION = re.compile(
    r"\b(?:uppdrag|commission|assignment|punkt)(?:et)? (?:nr\.? ?|nummer |number |no\.? ?)?(\d{1,2})\b", re.IGNORECASE
)


def commission_told(question: Question, asked: Sequence[Asked], ranked: Sequence[Ranked]) -> Draft | None:
    """What a commission is about and what was answered to it, where a question names it by its number, or asks for the
    answer to what is found in it."""
    number = _COMMISSION.search(question.text)
    for one in asked if number else ():
        for n, section in enumerate(one.searchable.plan.sections):
            if section.label == "Uppdrag" and number and section.number == number[1]:
                return _commission(one, n, question)
    if ranked and _REPLY.search(question.text):
        best, plan = ranked[0], ranked[0].asked.searchable.plan
        at = best.hit.entry.unit.item.origin.section
        while at is not None and plan.sections[at].label != "Uppdrag":
            at = plan.sections[at].parent
        if at is not None:
            return _commission(best.asked, at, question)
    return None


_REPLY = re.compile(
    r"\bsvar\w*|\båterkoppl\w*|\banswer\w*|\brepl(?:y|ied)\b|\brespon[ds]\w*|\breport(?:ed)? back\b", re.IGNORECASE
)
_COMMISSION_ROOM = 1200  # characters of an answer; the rest is read by opening the source


def _commission(one: Asked, section: int, question: Question) -> Draft:
    """A commission's words and as much of its answer as a message holds."""
    plan = one.searchable.plan
    path = plan.path(section)
    spans = [s for p in plan.passages if plan.path(p.origin.section).startswith(path) for s in p.origin.spans]
    statements: list[Statement] = []
    room = _COMMISSION_ROOM
    for span in spans:
        room -= span.end - span.start
        if statements and room < 0:
            break
        statements.append(_quoted(one, span, path, question))
    return Draft(
        tuple(statements or [_quoted(one, plan.sections[section].span, path, question)]), "extract", certain=True
    )


def _quoted(one: Asked, span: Span, path: str, question: Question, key: str = "quoted") -> Statement:
    words = mended(one.searchable.plan.text[span.start : span.end])
    return Statement(say(key, question.language, quote=words), (Reference(one.known.id, span, path),))


# Tables


_ROWS = 25  # of a table that are shown; more are counted


def rows_listed(question: Question, ranked: Sequence[Ranked]) -> Draft | None:
    """The rows of the table that answers, all of them or those within the days, above the amount, or with the words
    that a question names; None where it asks for no list, or what answers is no table."""
    if "list" not in question.asks or not ranked or _asks_figures(question):
        return None
    one, table = _table(question, ranked)
    if one is None or len(table) < 2:
        return None
    rows = [row for row in table if not TOTAL.match(row.row)]
    kept = _amounting(_dated(rows, one, question), question)
    if not kept:
        return None
    narrowed = _with_words(kept, question)
    if len(narrowed) == len(rows) > _ROWS:
        return None
    statements = [row_statement(one.facts, row, question) for row in narrowed[:_ROWS]]
    many = len(statements) > 8
    if many and sum(len(s.text) for s in statements) > 3200:
        room = max(80, 3200 // len(statements))
        statements = [Statement(_cut(s.text, room), s.support, s.computed, s.labels) for s in statements]
    return Draft(tuple(statements), "lookup", listed=len(statements) > 1, more=len(narrowed) - len(statements))


def _asks_figures(question: Question) -> bool:
    """True where figures of one thing are asked for, not what there is: "what are the costs of home care?"."""
    of = _FIGURES.search(question.text)
    return of is not None and asks_money(of[1]) and any(c.weight >= 0.9 for c in question.concepts)


_FIGURES = re.compile(
    r"\b(?:what (?:are|were)|vilka är|vilka var|vad är)(?: (?:the|our|de|våra))? (\w+(?: \w+)?)"
    r" (?:of|for|from|in|on|at|av|för|från|i|på)\b",
    re.IGNORECASE,
)


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[:room].rsplit(" ", 1)[0] + " …"


def _table(question: Question, ranked: Sequence[Ranked]) -> tuple[Asked | None, list[TableRow]]:
    """The table that what is ranked first belongs to, by its rows or as the words above it; none where it is another
    kind of thing that answers, or one row alone."""
    best = ranked[0]
    first = best.hit.entry.unit.item
    held: dict[tuple[int, int | None, str], list[Ranked]] = {}
    for each in ranked[:12]:
        row = each.hit.entry.unit.item
        if isinstance(row, TableRow) and each.score >= 0.5 * best.score:
            held.setdefault((each.asked.known.id, row.origin.section, row.table), []).append(each)
    for (document, section, _), members in sorted(held.items(), key=lambda kv: -sum(m.score for m in kv[1])):
        same = document == best.asked.known.id and section == first.origin.section
        if len(members) < (2 if same else 4) or not (same or members[0].score >= 0.9 * best.score):
            continue
        if isinstance(first, TableRow) and same and best.fit >= 0.6 and members[1].score < 0.8 * best.score:
            continue  # one row is meant
        row = members[0].hit.entry.unit.item
        assert isinstance(row, TableRow)
        return members[0].asked, table_of(members[0].asked.facts, row)
    return None, []


def _dated(rows: list[TableRow], one: Asked, question: Question) -> list[TableRow]:
    """The rows with a day within those that a question limits itself to; all where it does not."""
    dates, year = question.dates, one.facts.year
    if dates is None or year is None:
        return rows
    return [row for row in rows if first_within(row_words(row), dates, year)] or rows


_MORE = r"(?:mer än|över|minst|more than|over|above|at least|större än|larger than|högre än|higher than)"
_LESS = r"(?:mindre än|under|högst|less than|below|at most|lägre än|lower than|smaller than)"
_LARGE = {"hundra": 100, "hundred": 100, "tusen": 1000, "thousand": 1000, "miljon": 10**6, "miljoner": 10**6,
          "million": 10**6, "millions": 10**6}  # fmt: skip
_NUMBER = rf"(?:\d[\d ]*(?:,\d+)?|{'|'.join((*NUMBERS, *_LARGE))})"
_TIMES = {"tkr": 1000, "mnkr": 10**6, "mkr": 10**6, "mdkr": 10**9}
_AMOUNT = re.compile(
    rf"\b(?:(?P<more>{_MORE})|{_LESS}) (?P<words>{_NUMBER}(?: (?:{'|'.join(_LARGE)}))*)"
    r" ?(?P<unit>tkr|mnkr|mkr|kr\b|kronor|%|procent|percent|poäng|points?|platser)?",
    re.IGNORECASE,
)


def _amounting(rows: list[TableRow], question: Question) -> list[TableRow]:
    """The rows with an amount above or below the one that a question names; all where it names none."""
    found = _AMOUNT.search(question.text)
    if not found:
        return rows
    amount = Decimal(1)
    for word in re.findall(r"\d[\d ]*(?:,\d+)?|\w+", found["words"].casefold()):
        amount *= NUMBERS.get(word) or _LARGE.get(word) or Decimal(re.sub(r" ", "", word).replace(",", "."))
    limit = amount * _TIMES.get((found["unit"] or "").casefold(), 1)

    def holds(cell: TableCell) -> bool:
        if cell.number is None:
            return False
        number = cell.number * _TIMES.get((cell.unit or "").casefold(), 1)
        return number > limit if found["more"] else number < limit

    return [row for row in rows if (cell := next((c for c in row.cells if c.number is not None), None)) and holds(cell)]


def _with_words(rows: list[TableRow], question: Question) -> list[TableRow]:
    """The rows that hold most of what a question names beside the table itself; all where all hold as much."""
    common = {t for text in (rows[0].table, *(c.column for c in rows[0].cells)) for t, _ in terms(text)}
    held = [0] * len(rows)
    for concept in question.concepts:
        wanted = {t for t, w in concept.terms.items() if w >= 0.75}
        if concept.weight >= 0.9 and not turns(concept.words) and not wanted & common:
            held = [n + _holds(row, concept, wanted) for n, row in zip(held, rows, strict=True)]
    return [row for n, row in zip(held, rows, strict=True) if n == max(held)]


def _holds(row: TableRow, concept: Concept, wanted: set[str]) -> bool:
    texts = (row.row, row.parent or "", *(cell.written or "" for cell in row.cells))
    own = {term for text in texts for term, weight in terms(text) if weight >= 0.5}
    return bool(wanted & own) or any(w >= 0.75 and set(phrase) <= own for w, phrase in concept.phrases)


# What a sentence announces


def announced(question: Question, ranked: Sequence[Ranked]) -> Draft | None:
    """A sentence among the best and what follows it, where it says how many things do, and so many do: a list, the rows
    of a table, the sections below. None where a question asks for no list."""
    if not question.asks & {"list", "how_many"} or not ranked:
        return None
    among = (r for r in ranked[:_AMONG] if r.score >= _NEARLY * ranked[0].score)
    return next((made for best in among if (made := _announced(question, best, ranked))), None)


_AMONG, _NEARLY = 4, 0.85


def _announced(question: Question, best: Ranked, ranked: Sequence[Ranked]) -> Draft | None:
    """The sentence and what follows it, where that is what it says."""
    item, plan = best.hit.entry.unit.item, best.asked.searchable.plan
    if not isinstance(item, Passage) or "\n" in item.text or best.hit.own < 0.25:
        return None
    words = best.hit.entry.words
    counts = {number_of(n) for n in _ANNOUNCED.findall(words)}
    counts = {n for n in counts if 2 <= n <= 15}
    if not counts and not _FOLLOWING.search(words):
        return None

    def fits(many: int) -> bool:
        return many in counts if counts else many >= 2

    end = item.origin.spans[-1].end
    section = item.origin.section
    path = plan.path(section)
    first = _quoted(best.asked, Span(best.hit.entry.spans[0].start, best.hit.entry.spans[-1].end), path, question)
    after = next((p for p in plan.passages if p.origin.section == section and p.origin.spans[0].start >= end), None)
    if after is not None and "\n" in after.text and fits(after.text.count("\n") + 1):
        listed = _items([after], best.asked, question)
        return replace(listed, statements=(first, *listed.statements), whole=True)
    rows = [r for r in plan.rows if r.origin.section == section and r.origin.spans[0].start >= end]
    rows = [r for r in rows if r.table == rows[0].table and not TOTAL.match(r.row)]
    if fits(len(rows)):
        told = [row_statement(best.asked.facts, row, question) for row in rows[:_ROWS]]
        return Draft((first, *told), "lookup", certain=True, whole=True)
    below = [n for n, each in enumerate(plan.sections) if each.parent == section and each.span.start >= end]
    said = _terms(words)
    named = [n for n, each in enumerate(plan.sections) if each.span.start >= end and said & _terms(each.title, 0.5)]
    named = [n for k, n in enumerate(named) if n == named[0] + k]  # one after the other
    below = below if not counts and fits(len(below)) else named if counts and fits(len(named)) else []
    if below:
        told = [s for n in below if (s := _best_of(n, best.asked, ranked, question))]
        return Draft((first, *told), "extract", certain=True, whole=True)
    return None


def _terms(text: str, least: float = 0.9) -> set[str]:
    return {term for term, weight in terms(text) if weight >= least}


def _best_of(section: int, one: Asked, ranked: Sequence[Ranked], question: Question) -> Statement | None:
    """What of a section answers best, after its heading: the sentence ranked first, else its first one."""
    plan = one.searchable.plan
    among = [e for e in one.searchable.entries if e.unit.kind == "passage" and e.unit.item.origin.section == section]
    places = {e.number for e in among}
    entry = next((r.hit.entry for r in ranked if r.asked is one and r.hit.entry.number in places), None)
    entry = entry or next(iter(among), None)
    if entry is None:
        return None
    told = _quoted(one, Span(entry.spans[0].start, entry.spans[-1].end), plan.path(section), question, "quoted_more")
    return replace(told, text=f"{plan.sections[section].title}: {told.text}")


# A number of things; time, money and people are told of things, and announce nothing.
_ANNOUNCED = re.compile(
    r"\b(\d{1,2}|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv) (?=\w)(?!år|månad|veck|dag|dygn|timm|minut|gång"
    r"|procent|kronor|kr\b|mnkr|tkr|mkr|meter|barn|person|ledam|ersätt|plats|medarbet|anställ)",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(r"\bföljande\b[^.]*[.:;]?$|[:;]$", re.IGNORECASE)


# Lists in prose


def enumerating_first(question: Question, ranked: Sequence[Ranked]) -> list[Ranked]:
    """What is ranked, before it all a sentence that begins with what a question asks to have listed and counts it up:
    "Upphandlingar som pågår avser lokalvård, måltider och larm"."""
    best = next((each for each in ranked[:15] if _enumerates(each, question)), None) if ranked else None
    if best is None or "list" not in question.asks or best.score < 0.6 * ranked[0].score:
        return list(ranked)
    return [best, *(each for each in ranked if each is not best)]


_ENUMERATION = re.compile(r"[^,.]+,(?: [^,.]+,)* [^,.]+ (?:och|samt|eller) \w")


def _enumerates(each: Ranked, question: Question) -> bool:
    words = each.hit.entry.words
    start = {term for term, weight in terms(" ".join(words.split()[:2])) if weight >= 0.9}
    named = _asked_for(question)
    return (
        isinstance(each.hit.entry.unit.item, Passage)
        and named is not None
        and any(weight >= 0.75 and term in start for term, weight in named.terms.items())
        and _ENUMERATION.search(words) is not None
    )


def items_listed(question: Question, ranked: Sequence[Ranked]) -> Draft | None:
    """The items of the list whose heading names what a question asks to have listed; None where there is none."""
    if "list" not in question.asks or not ranked:
        return None
    wanted = [c for c in question.concepts if c.weight >= 0.9 and not turns(c.words)]
    if not wanted or len(wanted) > 2:
        return None
    for each in ranked[:15]:
        item, plan = each.hit.entry.unit.item, each.asked.searchable.plan
        if not isinstance(item, Passage) or item.origin.section is None:
            continue
        heading = plan.sections[item.origin.section].title
        lists = [p for p in plan.passages if p.origin.section == item.origin.section and p.text.count("\n") >= 1]
        if lists and _names(heading, wanted):
            return _items(lists, each.asked, question)
        if "\n" in item.text and (after := _after_heading(item, wanted)):
            return _items([item], each.asked, question, after)
    return None


def _names(heading: str, wanted: Sequence[Concept]) -> bool:
    """True where a heading says each thing wanted."""
    said = {t for t, w in terms(heading) if w >= 0.9}
    return all(said & {t for t, w in c.terms.items() if w >= 0.75} for c in wanted)


def _after_heading(item: Passage, wanted: Sequence[Concept]) -> int:
    """Which line of a list is a heading in it that says what is wanted, counted from 1; 0 for none."""
    lines = item.text.split("\n")
    for n, line in enumerate(lines[:-1], 1):
        if len(line.split()) == 1 and any(_names(line, [c]) for c in wanted):
            return n
    return 0


def _items(lists: Sequence[Passage], one: Asked, question: Question, start: int = 0) -> Draft:
    """The lines of some lists, each told; those of one list after a line of it."""
    plan = one.searchable.plan
    statements: list[Statement] = []
    for passage in lists:
        path = plan.path(passage.origin.section)
        for span in passage.origin.spans:
            every = _lines(plan.text, span)
            lines, start = every[start:], max(0, start - len(every))
            if lines:
                held = Span(lines[0].start, lines[-1].end)
                said = "\n".join(f"– {_item(plan.text[line.start : line.end])}" for line in lines)
                statements.append(Statement(said, (Reference(one.known.id, held, path),)))
    return Draft(tuple(statements), "extract", certain=True)


def _lines(text: str, span: Span) -> list[Span]:
    """The items of a list: its lines, each with those that go on with it after one that was full."""
    lines = [
        Span(span.start + m.start(), span.start + m.end())
        for m in re.finditer(r"[^\n]*\S[^\n]*", text[span.start : span.end])
    ]
    items: list[Span] = []
    bulleted = bool(lines) and _BULLET.match(text[lines[0].start : lines[0].end]) is not None
    full = False
    for line in lines:
        if bulleted and full and not _BULLET.match(text[line.start : line.end]):
            items[-1] = Span(items[-1].start, line.end)
        else:
            items.append(line)
        full = line.end - line.start >= _FULL
    return items


_FULL = 50  # characters of a line that may go on with the next one
_BULLET = re.compile(r"^\s*(?:[•·▪◦●○■\uf0b7\uf0a7\u2023*]|[-–—] )\s*")


def _item(line: str) -> str:
    """An item of a list without its bullet."""
    return _BULLET.sub("", mended(line))
