"""What is computed from the figures that a sentence tells: how far two are apart, what one was before it grew or
shrank, how much of another one is.

Only where just those figures of one unit are told that can be meant; else nothing is computed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from ingest.values import MONTHS, number_in
from retrieval.evidence.answer_types import Draft, Reference, Sum
from retrieval.evidence.lookup import percentage_points, places, shown, shown_like
from retrieval.evidence.rank import Ranked
from retrieval.facts.extremes import others_named
from retrieval.language.cues import PATTERNS
from retrieval.language.dates import names_year
from retrieval.language.direction import FALLS, RISES
from retrieval.language.phrases import say
from retrieval.language.swedish import STOP_WORDS, spans, stem, terms
from retrieval.question.concepts import SOFT_STEMS
from retrieval.question.marks import year_against
from retrieval.question.question import Question
from retrieval.store.search import terms_of
from retrieval.store.units import Entry


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure of a text: how it is written, its number and unit ("" for a count), and what it is: how much something
    is, by how much it grew or shrank (a `sign` other than 0), or a part of what was told before it."""

    written: str
    number: Decimal
    unit: str
    start: int
    end: int
    sign: int
    is_part: bool


@dataclass(frozen=True, slots=True)
class _Made:
    """What was computed, and how it is said."""

    said: str
    sum: Sum


def reckoned(draft: Draft, question: Question, best: Ranked) -> Draft:
    """A draft that quotes a sentence, with what the question asks to be computed from its figures or from those of it
    and the one beside it; the same draft where that is nothing."""
    if best.hit.kind != "passage" or not draft.statements or "\n" in draft.statements[0].text:
        return draft
    year = best.asked.facts.year
    computes, against = _asked(question, year), year_against(question, year)
    for entries in _beside(best):
        if computes and (made := computes(_quotes(entries), question, year)):
            return _told(draft, question, best, entries, made)
    for entries in _beside(best):
        if against and _is_set_beside(_quotes(entries), best, question, against):
            return _told(draft, question, best, entries)
    return draft


def _quotes(entries: Sequence[Entry]) -> list[str]:
    return [" ".join(entry.words.split()) for entry in entries]


def _told(draft: Draft, question: Question, best: Ranked, entries: Sequence[Entry], made: _Made | None = None) -> Draft:
    """A draft whose first statement quotes all of some sentences, and tells what was computed from them."""
    first = draft.statements[0]
    text, support = first.text, first.support
    for entry, words in zip(entries, _quotes(entries), strict=True):
        if not any(r.span.start <= entry.spans[0].start < r.span.end for r in support):
            text += f" {say('quoted_more', question.language, quote=words)}"
            support += tuple(Reference(best.asked.known.id, s, entry.unit.path) for s in entry.spans)
    text, sums = (f"{text} {made.said}", (made.sum,)) if made else (text, first.computed)
    told = replace(first, text=text, support=support, computed=sums)
    return replace(draft, statements=(told, *draft.statements[1:]), certain=draft.certain or made is not None)


def _asked(
    question: Question, year: int | None
) -> Callable[[Sequence[str], Question, int | None], _Made | None] | None:
    """What computes what a question asks for; None where it asks for nothing to be computed."""
    if "compare" in question.asks and (_HOW_FAR.search(question.text) or year_against(question, year)):
        return _apart
    if "share" in question.asks:
        return _share if _IN_PERCENT.search(question.text) else None
    return _before if question.asks & {"money", "how_many", "number", "price"} else None


_HOW_FAR = re.compile(
    r"\bhur (?:mycket|mkt|många|stor)\b|\bhow (?:much|many|big|large)\b|\b(?:skilj\w*|skillnad\w*|differ\w*)\b", re.I
)
_IN_PERCENT = re.compile(
    r"\b(?:\w*andel\w*|del|procent\w*|percent\w*|share|part|proportion|fraction)\b|%", re.IGNORECASE
)


def _beside(best: Ranked) -> Iterator[Sequence[Entry]]:
    """The best sentence, and it with the one after or before it in its paragraph."""
    entry = best.hit.entry
    members = [each for each in best.asked.searchable.entries if each.unit is entry.unit]
    at = members.index(entry)
    yield members[at : at + 1]
    yield from (members[n : n + 2] for n in (at, at - 1) if 0 <= n < len(members) - 1)


# How far two figures are apart


def _apart(sentences: Sequence[str], question: Question, year: int | None) -> _Made | None:
    """How far the two are apart that some sentences set against each other, of which they tell no more."""
    text = " ".join(sentences)
    if any(named != year and not names_year(text, named, year) for named in question.years):
        return None
    if "council" in question.asks and not PATTERNS["council"].search(text):
        return None  # neither figure is the council's
    figures = [figure for figure in _figures(text) if _is_counted(figure, text, question)]
    for unit in dict.fromkeys(figure.unit for figure in figures):
        alike = [figure for figure in figures if figure.unit == unit and not figure.is_part]
        if len(alike) != 2 or any(figure.sign for figure in alike) or alike[0].number == alike[1].number:
            continue
        if _are_of_years(text, alike, question, year) and _are_set_against(text, alike[0], alike[1], question):
            less, more = sorted(alike, key=lambda figure: figure.number)
            precise = max(more.written, less.written, key=places)
            by = shown_like(more.number - less.number, precise)
            value = _with_unit(by, percentage_points(by, question.language) if unit == "%" else unit)
            formula = f"{more.written} − {less.written}"
            return _Made(say("apart", question.language, difference=value, formula=formula), Sum(value, formula))
    return None


def _is_counted(figure: _Figure, text: str, question: Question) -> bool:
    """False for a number of other things than those that a question asks the number of: "41 cars" for electric cars."""
    noun = _NOUN.match(text[figure.end :])
    asked = _COUNTED.search(question.text)
    things = [thing for thing in question.things if asked and thing.words in asked[1]]
    if figure.unit or not noun or not things or not any(thing.is_in(terms_of(text)) for thing in things):
        return True
    return any(thing.is_in(terms_of(noun[1])) for thing in things)


_NOUN = re.compile(r" ([a-zåäö]{3,}(?:ar|er|or|n))\b")
_COUNTED = re.compile(r"\b(?:antalet|number of) (\w+(?: \w+)?)", re.IGNORECASE)


def _are_of_years(text: str, figures: Sequence[_Figure], question: Question, year: int | None) -> bool:
    """False where a question asks since a year, and a sentence tells its figure of one that is neither that nor now."""
    if year is None or not set(question.years) - {year}:
        return True
    meant = {*question.years, year, year - 1}
    starts = [0, *(found.end() for found in _SENTENCE.finditer(text)), len(text)]
    for figure in figures:
        said = next(text[a:b] for a, b in pairwise(starts) if a <= figure.start < b)
        if (years := {int(found) for found in _YEAR.findall(said)}) and not years & meant:
            return False
    return True


def _are_set_against(text: str, one: _Figure, other: _Figure, question: Question) -> bool:
    """True where a text sets two figures against each other, or tells each of another thing that the question names."""
    between = text[one.end : other.start]
    if others := others_named(question):  # the figures of two things, not of one thing and what it was before
        after = terms_of(_CLAUSE.split(_SENTENCE.split(text[other.end :])[0])[0], least=0.3)
        of_other = any(thing.terms.keys() & after for thing in others)
        return (bool(_AGAINST.search(between)) and of_other) or _are_of_two(text, one, other, question)
    if _AGAINST.search(between) or _goes_to(text, one, other):
        return True
    return _are_of_two(text, one, other, question)


def _are_of_two(text: str, one: _Figure, other: _Figure, question: Question) -> bool:
    """True where a text tells each of two figures of another thing that the question names."""
    between = text[one.end : other.start]
    cut = _SENTENCE.search(between) or _CLAUSE.search(between)
    if cut is None:
        return False
    at, after = one.end + cut.start(), one.end + cut.end()
    if cut[0].startswith("."):
        sentence = text[: one.end].rpartition(". ")[2] + text[one.end : at], _SENTENCE.split(text[after:])[0]
        if any(_tells_earlier(a, b, question) for a, b in (sentence, sentence[::-1])):
            return True
    here, there = terms_of(text[:at], least=0.5), terms_of(_SENTENCE.split(text[after:])[0], least=0.5)
    sides = [(thing.is_in(here), thing.is_in(there)) for thing in question.things]
    return (True, False) in sides and (False, True) in sides


def _tells_earlier(sentence: str, other: str, question: Question) -> bool:
    """True where a sentence tells what was earlier of the thing that the one beside it is about: it names no other."""
    if not _EARLIER.search(sentence) or _EARLIER.search(other):
        return False
    held = terms_of(other, *(word for concept in question.concepts for word in concept.terms))
    words = [token.text.casefold() for token in spans(_OF_WHICH.split(sentence)[0]) if not token.text[0].isdigit()]
    own = [word for word in words if word not in STOP_WORDS | _CARRIES and stem(word) not in SOFT_STEMS]
    return all(any(term in held for term, weight in terms(word) if weight >= 0.9) for word in own)


def _is_set_beside(quotes: Sequence[str], best: Ranked, question: Question, against: int) -> bool:
    """True where the sentence beside the best one tells a figure of the same unit, and of a thing that is asked about,
    for the year that a question sets the plan's own against."""
    own = " ".join(best.hit.entry.words.split())
    year = best.asked.facts.year
    units = {figure.unit for figure in _figures(own)}
    return any(
        names_year(quote, against, year)
        and not names_year(own, against, year)
        and any(figure.unit in units for figure in _figures(quote))
        and (_tells_earlier(quote, own, question) or (question.things and question.is_told_by(quote)))
        for quote in quotes
        if quote != own
    )


def tells_both(text: str) -> bool:
    """True where a text tells what something goes to and what it was: "höjs från 72 till 76 kr"."""
    return any(_goes_to(text, one, other) for one, other in pairwise(_figures(text)))


def _goes_to(text: str, one: _Figure, other: _Figure) -> bool:
    return _FROM.search(text[: one.start]) is not None and text[one.end : other.start].strip().endswith("till")


_AGAINST = re.compile(r"\b(?:mot|jämfört med|jämföra med|i stället för|istället för)\b", re.IGNORECASE)
_FROM = re.compile(r"\bfrån (?:cirka |ca |omkring )?$", re.IGNORECASE)
_SENTENCE = re.compile(r"\. (?=[A-ZÅÄÖ])")
_CLAUSE = re.compile(r", | och | men | medan |; ")
_EARLIER = re.compile(
    r"\b(?:föregående|förra|motsvarande|året (?:innan|dessförinnan)|i fjol|(?:19|20)\d\d)\b"
    r"|^(?:tidigare|dessförinnan|innan dess)\b",
    re.IGNORECASE,
)
# What tells of a figure no more than that it is one, beside the words that questions use so.
_CARRIES = frozenset(("uppgick", "motsvarade", "motsvarande", "kostade", "betalades", "innan", "dess", "dygn", "cirka"))


# What one was before


def _before(sentences: Sequence[str], question: Question, year: int | None) -> _Made | None:
    """What something was the year before, where a sentence tells what it is and by how much that is more or less."""
    if year is None or len(sentences) > 1 or not _asks_year_before(question, year):
        return None
    text = sentences[0]
    figures = [figure for figure in _figures(text) if not figure.is_part]
    now, moved = ([f for f in figures if bool(f.sign) is changes] for changes in (False, True))
    years = {int(found) for found in _YEAR.findall(text)}
    if len(now) != 1 or len(moved) != 1 or now[0].unit != moved[0].unit or not years <= {year, year - 1}:
        return None
    was = now[0].number - moved[0].sign * moved[0].number
    formula = f"{now[0].written} {'−' if moved[0].sign > 0 else '+'} {moved[0].written}"
    value = _with_unit(shown_like(was, max(now[0].written, moved[0].written, key=places)), now[0].unit)
    return _Made(say("year_before", question.language, value=value, formula=formula), Sum(value, formula))


def _asks_year_before(question: Question, year: int) -> bool:
    """True where a question asks of the year before the plan's alone."""
    named = set(question.years) - {year - 1}
    asked = year - 1 in question.years or _YEAR_BEFORE.search(question.text)
    return bool(asked) and not named


_YEAR_BEFORE = re.compile(r"\b(?:året innan|the year before|(?:the )?previous year|föregående år)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


# How much of another one is


def _share(sentences: Sequence[str], question: Question, year: int | None) -> _Made | None:
    """How much of a whole a part is that the question names ("4,6 mnkr, varav 2,2 mnkr till A"), the smaller of the
    only two figures of a sentence, or of two sentences of which one tells the budget that the question names."""
    text = " ".join(sentences)
    figures = [figure for figure in _figures(text) if not figure.sign and figure.unit != "%"]
    wholes = [figure for figure in figures if not figure.is_part]
    parts = [figure for figure in figures if figure.is_part and figure.unit == wholes[0].unit] if wholes else []
    if len(sentences) == 1 and len(wholes) == 1 and parts:
        ends = [*(part.start for part in parts[1:]), len(text)]
        named = [p for p, end in zip(parts, ends, strict=True) if _says_of(text[p.end : end], text, question)]
        pair = (named[0], wholes[0]) if len(named) == 1 else None
    elif len(figures) == 2 and len(wholes) == 2 and wholes[0].unit == wholes[1].unit != "":
        less, more = sorted(wholes, key=lambda figure: figure.number)
        told = _BUDGET.search(question.text) and _BUDGET.search(_SENTENCE.split(text[: more.start])[-1])
        apart = _SENTENCE.search(text[min(less.end, more.end) : max(less.start, more.start)])
        of_one = len(sentences) == 1 and not _AGAINST.search(text) and question.is_told_by(text)
        pair = (less, more) if of_one or (told and apart) else None
    else:
        pair = None
    if pair is None or not 0 < pair[0].number < pair[1].number:
        return None
    percent = shown(pair[0].number / pair[1].number * 100, 1)
    formula = f"{pair[0].written} / {pair[1].written}"
    return _Made(say("share_told", question.language, percent=percent, formula=formula), Sum(percent, formula))


_BUDGET = re.compile(r"\w*budget\w*", re.IGNORECASE)


def _says_of(clause: str, text: str, question: Question) -> bool:
    """True where a clause names a thing that a question does, and the rest of its text does not."""
    held, rest = terms_of(clause, least=0.9), terms_of(text.replace(clause, " "), least=0.9)
    return any(thing.is_in(held) and not thing.is_in(rest) for thing in question.things)


# The figures of a text


def _with_unit(number: str, unit: str) -> str:
    return f"{number} {unit}".strip()


def _figures(text: str) -> list[_Figure]:
    """The figures of a text that count or measure something, each with its unit, in order."""
    found: list[_Figure] = []
    for match in _FIGURE.finditer(text):
        unit = _UNITS.get(match["unit"] or "", match["unit"] or "")
        before, after = text[: match.start()], text[match.end() :]
        if not unit and (_NO_COUNT.search(before) or _NAMES_TIME.match(after) or _YEAR.fullmatch(match["n"])):
            continue
        number = number_in(match["n"])
        if number is None or unit == "år":
            continue
        sentence = _SENTENCE.split(before)[-1]
        fallen, risen = (
            by.search(sentence) or than.match(after) for by, than in ((_FALLEN, _LESS_THAN), (_RISEN, _MORE_THAN))
        )
        sign = -1 if fallen else 1 if risen else 0
        is_part = _OF_WHICH.search(sentence) is not None
        found.append(_Figure(match["n"], number, unit, match.start("n"), match.end(), sign, is_part))
    for n, (one, other) in enumerate(pairwise(found)):  # "from 9 870 to 10 120 kronor"
        if not one.unit and re.fullmatch(r"\s*(?:till|och|eller|respektive)\s*", text[one.end : other.start]):
            found[n] = replace(one, unit=other.unit)
    return found


_UNITS = {"mkr": "mnkr", "kr": "kronor", "procent": "%", "procentenhet": "procentenheter"}
_FIGURE = re.compile(
    r"(?<![\w.,:/–-])(?P<n>(?:\d{1,3}(?: \d{3})+|\d+)(?:,\d+)?)(?![\d/:–-]|[.,]\d)"
    r"(?: ?(?P<unit>mnkr|mkr|tkr|mdkr|kronor|kr|%|procentenhet(?:er)?|procent|poäng|gram|kg|ton|hektar|kvm|kvadratmeter"
    r"|[kMG]Wh|timmar|dagar|dygn|veckor|månader|minuter|meter|kilometer|år)\b)?"
)
# What numbers something, and counts nothing: "tertialrapport 2", "per 14 dagar", "den 3".
_NO_COUNT = re.compile(
    r"(?:\b(?:per|den|klockan|kl\.?|vecka|v\.|nr|nummer|sida?n?|årskurs|§)|\b\w*(?:rapport|bilaga|etapp|plan|punkt|fas|nivå"
    r"|steg|kapitel|avsnitt|tabell|uppdrag|mål|kvartal|tertial|del)) $",
    re.IGNORECASE,
)
_NAMES_TIME = re.compile(rf"(?::?[ae])? (?:{'|'.join(MONTHS)})\b", re.IGNORECASE)
_BY = r" (?:\w+ )?(?:med|om|på) (?:\w+ )?$"
_RISEN = re.compile(rf"\b(?:{RISES}|tillförs){_BY}", re.IGNORECASE)
_FALLEN = re.compile(rf"\b(?:{FALLS}){_BY}", re.IGNORECASE)
_AS_PERCENT = r"(?: (?:eller|\(|,)? ?\d+(?:,\d+)? ?(?:procent|%)\)?,?)?"
_MORE_THAN = re.compile(rf"{_AS_PERCENT}(?: \w+)? (?:mer|fler|högre|dyrare|större) än\b", re.IGNORECASE)
_LESS_THAN = re.compile(rf"{_AS_PERCENT}(?: \w+)? (?:mindre|färre|lägre|billigare) än\b", re.IGNORECASE)
_OF_WHICH = re.compile(r"\b(?:varav|därav|av dessa|av dem)\b", re.IGNORECASE)
