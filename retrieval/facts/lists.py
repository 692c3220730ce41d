"""Lists in prose: the items under a heading, what a sentence announces, and what one counts up itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.plan import Passage
from ingest.source import Span
from ingest.values import mended
from retrieval.evidence.answer_types import Draft, Reference, Statement
from retrieval.evidence.lookup import TOTAL, quote_statement, row_statement
from retrieval.evidence.rank import Asked, Ranked, says_less
from retrieval.facts.due import subject_of
from retrieval.facts.rows import CONDITION, ROWS
from retrieval.language.cues import Asks, turns
from retrieval.language.dates import number_of
from retrieval.question.extent import thing_listed
from retrieval.question.question import Question
from retrieval.store.search import Concept, terms_of
from retrieval.store.units import Entry

# Sentences that are alike


def alike_told(question: Question, ranked: Sequence[Ranked]) -> Draft | None:
    """All sentences of a section that begin as the best one does, where each says what that says of the question:
    "Medel söks för belysning …", "Medel söks för bänkar …"; None where it asks for one of them, or there is but one."""
    if not ranked or ranked[0].hit.kind != "passage" or question.asks & _OF_SOME:
        return None
    best, one = ranked[0].hit.entry, ranked[0].asked
    section, start = best.unit.item.origin.section, best.words.split()[:_ALIKE]
    prose = (e for e in one.searchable.entries if e.unit.kind == "passage")
    here = (e for e in prose if e.unit.item.origin.section == section)
    alike = [e for e in here if e.words.split()[:_ALIKE] == start]
    said = [c for c in question.things if c.is_in(_terms(best.words, 0.5))]
    if len(alike) < _SEVERAL or not all(c.is_in(_terms(e.words, 0.5)) for e in alike for c in said):
        return None
    path = one.searchable.plan.path(section)
    told = [quote_statement(one.facts, _whole(e), path, question.language) for e in alike[:ROWS]]
    return Draft(tuple(told), "extract", listed=True, certain=True, whole=True)


_ALIKE, _SEVERAL = 3, 3  # words that they begin with, sentences
_OF_SOME: frozenset[Asks] = frozenset(("sum", "largest", "smallest", "compare", "when", "who", "why", "yes_no"))


# How something is done


def way_told(question: Question, asked: Sequence[Asked]) -> Draft | None:
    """What a plan says of the way of working toward the one goal whose heading says all that a question names; None
    where it doesn't ask how something is done, or asks for more of it."""
    wanted = [c for c in subject_of(question, asked) if not _DAILY.fullmatch(c.words)]
    if not wanted or not _WAY.search(question.text) or question.asks - {"list", "compare", "activities"}:
        return None
    found = [
        (one, n)
        for one in asked
        for n, section in enumerate(one.searchable.plan.sections)
        if _METHODS.fullmatch(section.title.strip()) and section.parent is not None
        and all(c.is_in(_terms(one.searchable.plan.sections[section.parent].title, 0.5)) for c in wanted)
    ]  # fmt: skip
    if len(found) != 1:
        return None
    one, n = found[0]
    plan, room = one.searchable.plan, _WAY_ROOM
    told: list[Statement] = []
    for passage in (p for p in plan.passages if p.origin.section == n):
        room -= len(passage.text)
        if told and room < 0:
            break
        spans = passage.origin.spans
        told.append(quote_statement(one.facts, Span(spans[0].start, spans[-1].end), plan.path(n), question.language))
    return Draft(tuple(told), "extract", certain=True, whole=True) if told else None


_WAY_ROOM = 900  # characters of all that is told
_METHODS = re.compile(r"(?:våra? )?(?:arbetssätt|metoder|så (?:gör|arbetar) vi)", re.IGNORECASE)
_DAILY = re.compile(
    r"vardag\w*|daglig\w*|dag till dag|arbet\w*|day[- ]to[- ]day|daily(?: life)?|everyday(?: life)?|work", re.IGNORECASE
)
_WAY = re.compile(
    r"\b(?:hur|how)\b(?! (?:stor|hög|låg|lång|mycket|mkt|många|ofta|snart|fort|gick|much|many|often|long|soon|did))"
    r"|\b(?:vad|saker)\b.* gör\w*\b|\bwhat\b.*\bdo(?:es|ing)?\b|\b(?:vilket sätt|what ways?)\b",
    re.IGNORECASE,
)


# What a sentence announces


def announced(question: Question, ranked: Sequence[Ranked]) -> Draft | None:
    """A sentence among the best and what follows it, where it says how many things do, and so many do: a list, the rows
    of a table, the sections below. None where a question asks for no list."""
    if not question.asks & {"list", "how_many"}:
        return None
    found = ranked[:1] if ranked and enumerates(ranked[0], question) else ranked[:_AMONG]
    among = (each for each in found if each.score >= _NEARLY * ranked[0].score)
    return next((made for best in among if (made := _announced(question, best, ranked))), None)


_AMONG, _NEARLY = 4, 0.85


def _announced(question: Question, best: Ranked, ranked: Sequence[Ranked]) -> Draft | None:
    """The sentence and what follows it, where that is what it says."""
    item, plan = best.hit.entry.unit.item, best.asked.searchable.plan
    if not isinstance(item, Passage) or best.hit.own < 0.25:
        return None
    words = best.hit.entry.words
    if "\n" in item.text:  # it leads to its items itself
        leads = words.endswith(":") and f"{words}\n" in item.text and "list" in question.asks
        return replace(_items([item], best.asked, question), whole=True) if leads else None
    counts = {number_of(n) for n in _ANNOUNCED.findall(words)}
    counts = {n for n in counts if 2 <= n <= 15}
    if not counts and not _FOLLOWING.search(words):
        return None

    def fits(many: int) -> bool:  # "five departments and an office:" has six below
        return many in counts if counts and not words.endswith(":") else many >= 2

    end = item.origin.spans[-1].end
    section = item.origin.section
    path = plan.path(section)
    first = quote_statement(best.asked.facts, _whole(best.hit.entry), path, question.language)
    after = next((p for p in plan.passages if p.origin.section == section and p.origin.spans[0].start >= end), None)
    if after is not None and "\n" in after.text and fits(after.text.count("\n") + 1):
        listed = _items([after], best.asked, question)
        return replace(listed, statements=(first, *listed.statements), whole=True)
    rows = [r for r in plan.rows if r.origin.section == section and r.origin.spans[0].start >= end]
    rows = [r for r in rows if r.table == rows[0].table and not TOTAL.match(r.row)]
    if fits(len(rows)):
        told = [row_statement(best.asked.facts, row, question) for row in rows[:ROWS]]
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


def _whole(entry: Entry) -> Span:
    return Span(entry.spans[0].start, entry.spans[-1].end)


def _terms(text: str, least: float = 0.9) -> set[str]:
    return terms_of(text, least=least)


def _best_of(section: int, one: Asked, ranked: Sequence[Ranked], question: Question) -> Statement | None:
    """What of a section answers best, after its heading: the sentence ranked first, else its first one."""
    plan = one.searchable.plan
    among = [e for e in one.searchable.entries if e.unit.kind == "passage" and e.unit.item.origin.section == section]
    places = {e.number for e in among}
    entry = next((r.hit.entry for r in ranked if r.asked is one and r.hit.entry.number in places), None)
    entry = entry or next(iter(among), None)
    if entry is None:
        return None
    told = quote_statement(one.facts, _whole(entry), plan.path(section), question.language, "quoted_more")
    return replace(told, text=f"{plan.sections[section].title}: {told.text}")


# A number of things; time, money and people are told of things, and announce nothing.
_ANNOUNCED = re.compile(
    r"\b(\d{1,2}|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv) (?=\w)(?!eller|år|månad|veck|dag|dygn|timm|minut|gång"
    r"|procent|kronor|kr\b|mnkr|tkr|mkr|meter|barn|person|ledam|ersätt|plats|medarbet|anställ)",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(r"\bföljande\b[^.]*[.:;]?$|[:;]$", re.IGNORECASE)


# Lists in prose


def enumerating_first(question: Question, ranked: Sequence[Ranked]) -> list[Ranked]:
    """What is ranked, before it all a sentence that counts up what a question asks to have listed, beginning with it or
    after a colon: "Upphandlingar som pågår avser lokalvård, måltider och larm"."""
    found = (each for each in ranked[:_DOWN] if enumerates(each, question))
    best = next((each for each in found if each is ranked[0] or not says_less(each, ranked[0])), None)
    return [best, *(each for each in ranked if each is not best)] if best else list(ranked)


_DOWN = 15  # how far down what is ranked a sentence or a list is looked for


# "I upphandlingar ska …": that is said of what is done there.
_WHEREIN = re.compile(r"(?:I|Inom|Vid|På|För|Med|Genom|Av|Om|Under|Efter|Till|Utöver|Utifrån|Enligt)\b")
_ENUMERATION = re.compile(r"[^,.]+,(?: [^,.]+,)* [^,.]+ (?:och|samt|eller) \w")
# What is counted up, and its items: "Fem rustas i år: …", "Våra tre boenden är …".
_COUNTED_UP = re.compile(r"([^,.:]{3,80}?)(?::| (?:är|heter|utgörs av|består av)\b)(.+)", re.DOTALL)
_BETWEEN = re.compile(r", | (?:och|samt) ")


def enumerates(each: Ranked, question: Question) -> bool:
    """True where a sentence counts up what a question asks to have listed, or as many things as it asks for."""
    words, named = each.hit.entry.words, thing_listed(question)
    if "list" not in question.asks or each.hit.kind != "passage" or not _ENUMERATION.search(words):
        return False
    counted = [] if _WHEREIN.match(words) else words.split()[:2]
    up = _COUNTED_UP.match(words)
    counted += up[1].split() if up else []
    counted += words.partition(":")[0].split()[-1:] if ":" in words else []
    if named is not None and named.meant & _terms(" ".join(counted)):
        return True
    many = _so_many(question)
    return up is not None and many > 1 and many in map(number_of, counted) and len(_BETWEEN.split(up[2])) == many


def _so_many(question: Question) -> int:
    """How many things a question says that it asks for: "which five"; 0 where it does not."""
    found = _MANY.search(question.text)
    return number_of(found[1]) if found else 0


_MANY = re.compile(r"\b(?:vilka|which|what|name|nämn)(?: (?:är|are))?(?: (?:the|de|våra|our))? (\w+)", re.IGNORECASE)


def items_listed(question: Question, ranked: Sequence[Ranked]) -> Draft | None:
    """The items of the list whose heading names what a question asks to have listed; None where there is none."""
    # "What is new?" names no thing: a heading says what it asks things to be.
    wanted = question.things or [c for c in question.concepts if _CONDITIONS & c.meant]
    if "list" not in question.asks or not 1 <= len(wanted) <= 2:
        return None
    here = [_terms(each.hit.entry.words) for each in ranked[:_DOWN]]
    wanted = [_as_written(concept, here) for concept in wanted]
    for each in ranked[:_DOWN]:
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


_CONDITIONS = terms_of("ny nytt nyhet")


def _as_written(concept: Concept, here: Sequence[set[str]]) -> Concept:
    """A concept for which its own word stands alone, where a text here has that: what is called so is not what only
    means the same."""
    own = _terms(concept.words)
    if " " in concept.words or not any(own <= held for held in here):
        return concept
    return replace(concept, terms=dict.fromkeys(own, 1.0))


def names_listed(question: Question, asked: Sequence[Asked]) -> Draft | None:
    """The names in a list that its heading, or what announces it, says are what a question asks which of: all of them,
    or those that say what else it names ("which of the units are schools?"); None where there is no such list."""
    wanted = _asked_of(question)
    which = "list" in question.asks or _WHICH_ONE.search(question.text)
    if not wanted or not which or question.asks & {"largest", "smallest"}:
        return None
    found: list[tuple[int, int, Asked, Passage, list[Span]]] = []
    for one in asked:
        for n, passage in enumerate(one.searchable.plan.passages):
            if "\n" in passage.text and (lines := _lines_named(one, n, wanted, question)):
                found.append((-len(lines[0]), len(lines[1]), one, passage, lines[1]))
    if not found:
        return None
    _, _, one, passage, kept = min(found, key=lambda each: each[:2])
    every = [line for span in passage.origin.spans for line in _lines(one.searchable.plan.text, span)]
    if every[-len(kept) :] == kept:  # all there are, or all below a heading among them
        return _items([passage], one, question, len(every) - len(kept))
    path, text = one.searchable.plan.path(passage.origin.section), one.searchable.plan.text
    told = tuple(Statement(_item(text[line.start : line.end]), (Reference(one.known.id, line, path),)) for line in kept)
    several = len(told) > 1
    return Draft(told, "extract", listed=several, counted="found_such" if several else None, certain=True)


def _asked_of(question: Question) -> list[Concept]:
    """What a question names of its own or leans on, and what it asks things to be ("new")."""
    least = 0.45 if question.before else 0.9
    named = [c for c in question.concepts if c.weight >= least and not turns(c.words) and not number_of(c.words)]
    return [*named, *(c for c in question.concepts if c not in named and CONDITION.fullmatch(c.words))] if named else []


def _lines_named(
    one: Asked, n: int, wanted: Sequence[Concept], question: Question
) -> tuple[list[Concept], list[Span]] | None:
    """What of what is asked the heading or the announcement of a list says, and its lines that say the rest; None where
    it is no such list."""
    plan = one.searchable.plan
    passage = plan.passages[n]
    lines = [line for span in passage.origin.spans for line in _lines(plan.text, span)]
    before = re.split(r"(?<=[.!?]) ", plan.passages[n - 1].text)[-1] if n else ""
    if (first := plan.text[lines[0].start : lines[0].end].rstrip()).endswith(":"):
        before, lines = re.split(r"(?<=[.!?])\s", first)[-1], lines[1:]
    if not _are_names([plan.text[line.start : line.end] for line in lines]):
        return None
    heading = plan.sections[passage.origin.section].title if passage.origin.section is not None else ""
    said = _terms(f"{heading} {before}" if _FOLLOWS.search(before) else heading)
    named = [concept for concept in wanted if concept.is_in(said) and not CONDITION.fullmatch(concept.words)]
    rest = [concept for concept in wanted if concept not in named]
    if start := _after_heading(passage, wanted) if len(wanted) == 1 else 0:
        return rest, [line for span in passage.origin.spans for line in _lines(plan.text, span)][start:]
    if not named or not (rest or "list" in question.asks):
        return None
    for least, own in ((0.9, True), (0.9, False), (0.5, False)):  # the very words, what they mean, parts of compounds
        held = [(line, _terms(plan.text[line.start : line.end], least)) for line in lines]
        kept = [line for line, has in held if all(_terms(c.words) <= has if own else c.is_in(has) for c in rest)]
        if kept:
            return named, kept
    return None


def _are_names(lines: Sequence[str]) -> bool:
    """True for names: short lines, none a sentence."""
    return len(lines) >= _FEW and all(
        len(line) <= _NAME and not line.rstrip().endswith((".", ":", ",")) for line in lines
    )


_FEW, _NAME = 3, 70  # names of a list at least, characters of one at most
_FOLLOWS = re.compile(r"[:;]$|\b(?:följande|nedan\w*)\b[^.]*\.?$", re.IGNORECASE)
_WHICH_ONE = re.compile(r"\b(?:vilke[nt]|which|(?:hur många|how many) (?:av|of))\b", re.IGNORECASE)


def _names(heading: str, wanted: Sequence[Concept]) -> bool:
    """True where a heading says each thing wanted."""
    said = _terms(heading)
    return all(said & concept.meant for concept in wanted)


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
                said = "\n".join(_told(plan.text[line.start : line.end]) for line in lines)
                statements.append(Statement(said, (Reference(one.known.id, held, path),)))
    return Draft(tuple(statements), "extract", certain=True)


def _lines(text: str, span: Span) -> list[Span]:
    """The items of a list: its lines, each with those that go on with it after one that was full."""
    lines = [
        Span(span.start + m.start(), span.start + m.end())
        for m in re.finditer(r"[^\n]*\S[^\n]*", text[span.start : span.end])
    ]
    first = next((n for n, line in enumerate(lines) if _BULLET.match(text[line.start : line.end])), None)
    bullets = first is not None
    if first is None:
        lengths = [line.end - line.start for line in lines]
        led = next((n for n, line in enumerate(lines) if text[line.start : line.end].rstrip().endswith(":")), 0)
        first = led + 1 if all(length >= _FULL for length in lengths[:led]) and led else None
    if first and text[lines[first - 1].start : lines[first - 1].end].rstrip().endswith(":"):
        lines = [Span(lines[0].start, lines[first - 1].end), *lines[first:]]  # the sentence that leads to the items
        first = 0
    items: list[Span] = []
    full = False
    for line in lines:
        if bullets and first == 0 and full and not _BULLET.match(text[line.start : line.end]):
            items[-1] = Span(items[-1].start, line.end)
        else:
            items.append(line)
        full = line.end - line.start >= _FULL
    return items


_FULL = 50  # characters of a line that may go on with the next one
_NUMBERED = re.compile(r"\s*\d{1,2}[.)] ")
_BULLET = re.compile(r"^\s*(?:[•·▪◦●○■\uf0b7\uf0a7\u2023*]|[-–—] )\s*")


def _item(line: str) -> str:
    """An item of a list without its bullet."""
    return _BULLET.sub("", mended(line))


def _told(line: str) -> str:
    """An item of a list as it is told; one with a number, and the sentence that leads to the items, without a dash."""
    bare = _NUMBERED.match(line) or (line.rstrip().endswith(":") and not _BULLET.match(line))
    return mended(line) if bare else f"– {_item(line)}"
