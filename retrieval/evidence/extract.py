"""Prose answered by the few sentences that answer, quoted from their passage."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from ingest.plan import Passage
from ingest.source import Span
from ingest.values import folded, mended
from retrieval.evidence.answer_types import Reference, Statement
from retrieval.evidence.denials import contradicts
from retrieval.evidence.forms import has, insisted, wished
from retrieval.evidence.lookup import Facts
from retrieval.language.cues import Asks, asked
from retrieval.language.phrases import say
from retrieval.language.swedish import stem
from retrieval.question.newcomer import receives
from retrieval.question.question import Question
from retrieval.store.search import Concept, Hit, Searchable
from retrieval.store.units import Entry

_BULLET = r"[•·▪◦●○■\uf0b7\uf0a7\u2023]"
_ITEM = re.compile(rf"\s*(?:{_BULLET}|[-–—] |\d{{1,2}}[.)] |[a-z]\) )")


def prose_statements(
    facts: Facts, searchable: Searchable, hits: Sequence[Hit], question: Question, room: int
) -> list[Statement]:
    """The best sentence with those beside it that it needs, as statements of quoted words; `room` in characters.

    `hits` are passages of this document only, best first, re-scored by form.
    """
    if not hits:
        return []
    best = hits[0].entry
    members = [entry for entry in searchable.entries if entry.unit is best.unit]
    if _is_list(best.unit.item) and ("list" in question.asks or best.words.endswith(":") or _ITEM.match(best.words)):
        told = [best]
        for entry in members:
            if entry is not best and sum(len(each.words) for each in told) + len(entry.words) <= room:
                told.append(entry)
        told.sort(key=lambda entry: entry.number)
    else:
        by_number = {hit.entry.number: hit for hit in hits}
        first, last = _continued(searchable, members, members.index(best), by_number, question, room)
        told = [*(_pointed_at(searchable, members[0]) if first == 0 else ()), *members[first : last + 1]]
    if told[-1].words.endswith((":", ";")):
        told += _announced(searchable, told, room)
    return quoted(facts, told, question)


def _pointed_at(searchable: Searchable, first: Entry) -> list[Entry]:
    """The sentence before a paragraph under the same heading, where the paragraph begins by pointing back at it: the
    end of a page may part them."""
    before = searchable.entries[max(0, first.number - 1)]
    alike = before.unit is not first.unit and (before.unit.path, before.unit.kind) == (first.unit.path, first.unit.kind)
    return [before] if alike and _LEANS.match(first.words) else []


def _announced(searchable: Searchable, told: Sequence[Entry], room: int) -> list[Entry]:
    """The items of the list that the last of some entries announces; none where there is no room for all."""
    last = told[-1]
    after = searchable.entries[last.number + 1 :]
    items = list(takewhile(lambda entry: entry.unit.path == last.unit.path and _ITEM.match(entry.words), after))
    return items if sum(len(entry.words) for entry in (*told, *items)) <= room else []


def _continued(
    searchable: Searchable, members: Sequence[Entry], at: int, hits: Mapping[int, Hit], question: Question, room: int
) -> tuple[int, int]:
    """Where a quote of the sentence `at` begins and ends among the sentences of its passage: it goes on to what the
    question still asks for or names, and with the thought where the next sentence leans on what was said."""
    first = last = at
    if _RUN_IN.fullmatch(members[at].words) and at + 1 < len(members):
        last += 1
    best = hits[members[at].number]
    # A side of a comparison asks for none itself, but its words do, and one figure is wanted of it.
    at_ease = is_open(question) and "compare" not in asked(question.text) and not insisted(question)
    # Who is new wants all that is told of how they are received.
    received = question.of_newcomer and receives(members[at].words)
    most = room if received else _SHORT if at_ease else 0
    if sum(len(entry.words) for entry in members) <= most:
        return 0, len(members) - 1

    def said(first: int, last: int) -> str:
        """The sentences from the first to the last; "" where there are none such, or no room for them."""
        if first < 0 or last >= len(members):
            return ""
        words = " ".join(entry.words for entry in members[first : last + 1])
        return words if len(words) <= room else ""

    for grow in (2, 0):
        for form in () if contradicts(members[at].words, question) else wished(question):
            if not has(form, said(first, last), question):
                wider = ((first, last + 1), (first - 1, last), (first, last + 2))
                first, last = next((each for each in wider if has(form, said(*each), question)), (first, last))
        for _ in range(grow):
            if said(first, last + 1) and last < at + 2 and _adds(hits.get(members[last + 1].number), best):
                last += 1
            if said(first - 1, last) and first > at - 2 and _adds(hits.get(members[first - 1].number), best):
                first -= 1
    if _LEANS.match(members[first].words) and said(first - 1, last):
        first -= 1
    for _ in range(_FURTHER if is_open(question) else 0):
        if said(first, last + 1) and _leans_on(members[last + 1].words, searchable):
            last += 1
    return first, last


def _adds(hit: Hit | None, best: Hit) -> bool:
    """True where a sentence beside the best carries concepts of its own."""
    if hit is None:
        return False
    if any(mine >= _WHOLE and its < _PART for mine, its in zip(hit.shares, best.shares, strict=True)):
        return hit.own > 0.15
    if hit.score < 0.45 * best.score:
        return False
    return any(
        (g > 0.5 * b and g > 0 and hit.own > 0.15) or (g > 1.3 * b and g > 1)
        for g, b in zip(hit.by_concept, best.by_concept, strict=True)
    )


# A heading that stands in the line of its paragraph: "Kompetens. Alla som …".
_RUN_IN = re.compile(r"\W*[A-ZÅÄÖ][\w-]+(?: [\w-]+){0,2}\.")
_WHOLE, _PART = 0.9, 0.3  # of a thing asked about: all of it; less than a compound has
_SHORT = 320  # characters of a paragraph that is told whole
_FURTHER = 2  # sentences at most that are told after the one found because they lean on it
# How a sentence begins that needs the one before. "Det finns …" and its like begin anew.
_LEANS = re.compile(
    r"(?:(?:[A-ZÅÄÖ]\w{1,8} )?(?:[Dd]e(?:ssa|tta|nn[ae])|dem)(?! \w*plan\b)|Därutöver"
    r"|Det(?! (?:finns|fanns|är|ska|kommer|krävs|behövs|går|råder|saknas)\b)|De|Den|Där|Dit|Då"
    r"|Under tiden|Tills dess|I stället|Istället|Året (?:innan|före|dessförinnan)|Motsvarande"
    r"|Därefter|Därför|Han|Hon|Båda|Övriga|Resten|Ökningen|Minskningen"
    r"|Beslut (?:fattas|tas|väntas)(?! om))\b"
    r"(?! \w+a \w+(?:en|et|na|n)\b)"
    # What something was before: "Under 2021 var priset 85 kr."
    r"|(?:Förra året|I fjol|Föregående år|Tidigare|(?:Under |År )?(?:19|20)\d\d) (?:var|låg|kostade)"
    r" (?:det|den|de|pris\w*|avgift\w*|tax\w*|kostnad\w*|siffr\w*)\b"
)
# What a sentence begins with as known: "Motkravet är …", "Åldersgränsen är …".
_DEFINITE = re.compile(r"[A-ZÅÄÖ][a-zåäö]+(?:en|et|an|na)\b")
_RARE = 3.0  # how rare a word is in a plan that can be known from what was just said alone: not who does everything


def leant_on(searchable: Searchable, entry: Entry) -> str:
    """The words of the sentence that one goes on from; "" where it stands by itself."""
    before = searchable.entries[max(0, entry.number - 1)]
    return before.words if before.unit is entry.unit and _LEANS.match(entry.words) else ""


def _leans_on(words: str, searchable: Searchable) -> bool:
    """True where a sentence goes on from the one before: it points back at its beginning ("Detta sker …"), or begins
    with a thing as known that the plan does not name everywhere, a side of what was told ("Syftet är …")."""
    if _LEANS.match(words):
        return True
    begins = _DEFINITE.match(words)
    name = stem(begins[0].casefold()) if begins else ""
    return begins is not None and searchable.rarity(Concept(name, {name: 1.0})) >= _RARE


def is_open(question: Question) -> bool:
    """True where a question asks for more than one figure, time or name: what something is, or several things."""
    return not question.asks & _CLOSED or len(_ASKED.findall(question.text)) > 1


_CLOSED: frozenset[Asks] = frozenset((
    "number", "how_many", "money", "price", "target", "when", "until", "from", "who", "contact", "hours", "open",
    "list",
))  # fmt: skip
_ASKED = re.compile(
    r"\b(?:vem|vems|vad|va|vilk(?:en|et|a)|när|hur|var|vart|varför|who|whose|what|which|when|how|where|why)\b",
    re.IGNORECASE,
)


def _is_list(item: object) -> bool:
    return isinstance(item, Passage) and "\n" in item.text


def quoted(facts: Facts, entries: Sequence[Entry], question: Question) -> list[Statement]:
    """Entries as statements, neighbours in one quote where they stand together."""
    text = facts.plan.text
    quotes: list[tuple[Span, str]] = []
    for entry in entries:
        start, end = entry.spans[0].start, entry.spans[-1].end
        if quotes and end - quotes[-1][0].start <= _QUOTE and not text[quotes[-1][0].end : start].strip():
            quotes[-1] = Span(quotes[-1][0].start, end), quotes[-1][1]
        else:
            quotes.append((Span(start, end), entry.unit.path))
    statements: list[Statement] = []
    for span, section in quotes:
        shown = "\n".join(map(_shown, _lines(text[span.start : span.end])))
        key = "expected" if is_expected(section, question) else "quoted_more" if statements else "quoted"
        statements.append(
            Statement(say(key, question.language, quote=shown), (Reference(facts.document, span, section),))
        )
    return statements


def is_expected(section: str, question: Question) -> bool:
    """True where a question asks how something is, and a section tells what is hoped for."""
    how_it_is = question.asks & _AS_IT_IS and not question.asks & {"target", "council"}
    return bool(how_it_is) and _EXPECTED.search(section) is not None


# What stands under this is no fact yet, though it is written as one: "Sick leave is lower than 8 percent."
_EXPECTED = re.compile(r"(?:^| › )(?:Förvänta\w+ (?:resultat|effekt)\w*|Mål(?:bild|sättning))$", re.IGNORECASE)
_AS_IT_IS: frozenset[Asks] = frozenset(("number", "how_many", "share", "outcome"))
_QUOTE = 780  # characters of one quote


def _lines(quote: str) -> list[str]:
    """A quote's list items each on a line, its prose on one."""
    parts = re.split(rf"\n(?={_ITEM.pattern})", quote)
    return [mended(part) for part in parts if folded(part)]


def _shown(line: str) -> str:
    return re.sub(rf"^\s*{_BULLET}\s*", "– ", line)
