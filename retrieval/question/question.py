"""A question understood: its language, the concepts it names, what it asks for, and the dates and years in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from datetime import date

from ingest.describe import plain
from ingest.values import folded
from retrieval.language.cues import PATTERNS, Asks, asked, turns
from retrieval.language.dates import NUMBERS, Dates, counts_from_today, is_moment, limits, number_of
from retrieval.language.lexicon import Lexicon
from retrieval.language.swedish import Language, language
from retrieval.question.aside import WHILE, aside_parted, asked_plainly, subject, without_premise, without_source
from retrieval.question.concepts import PlanWords, concepts_of, lightened, spelled
from retrieval.question.newcomer import CALLED, is_new, of_others, without_arrival
from retrieval.question.scope import NEXT_YEAR
from retrieval.store.search import Concept, terms_of


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `about` is its text without what names the plan; `written` is its language, `language` the one to
    answer in; `unknown` are words that neither the lexicon nor the plan knows, `excluded` is what it says it is not
    about; `of_newcomer` says that the asker is new at work."""

    text: str
    written: Language
    language: Language
    concepts: tuple[Concept, ...]
    asks: frozenset[Asks]
    years: tuple[int, ...] = ()
    dates: Dates | None = None
    numbered: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    unknown_names: tuple[str, ...] = ()
    excluded: tuple[Concept, ...] = ()
    before: str = ""
    about: str = ""
    of_newcomer: bool = False

    @property
    def meaning(self) -> str:
        """What is compared by meaning: the question, after the one it leans on."""
        return f"{self.before} {self.about or self.text}".strip()

    @property
    def things(self) -> list[Concept]:
        """What it names of its own, beside how it asks."""
        return [concept for concept in self.concepts if concept.weight >= 0.9 and not turns(concept.words)]

    def is_told_by(self, *texts: str) -> bool:
        """True where texts say all the things that it names, maybe as a part of a compound."""
        held = terms_of(*texts, least=0.5)
        return all(thing.is_in(held) for thing in self.things)


def calmed(text: str) -> str:
    """A text on one line, with "i fjol" as two words, and in small letters where it is all in capitals, which make no
    word a name."""
    text = _AS_ONE_WORD.sub(r"\1 \2", folded(text))
    return text.casefold() if text.isupper() and len(text.split()) > _ABBREVIATIONS else text


_AS_ONE_WORD = re.compile(r"\b(i)(fjol|år|höst|sommar|vinter)\b", re.IGNORECASE)


def years_in(text: str) -> tuple[int, ...]:
    """The years that a text names, all of a span: "2024–2026"."""
    text = _YEARS_SPANNED.sub(lambda found: " ".join(map(str, span_of(found))), text)
    return tuple(dict.fromkeys(int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", text)))


def years_spanned(text: str) -> tuple[int, ...]:
    """The years of the span that a text names; () where it names none."""
    found = _YEARS_SPANNED.search(text)
    return span_of(found) if found else ()


def span_of(found: re.Match[str]) -> tuple[int, ...]:
    first, last = int(found["first"]), int(found["last"])
    last = last if last > 99 else first - first % 100 + last
    return tuple(range(first, last + 1)) if first < last <= first + _LONGEST_SPAN else (first, last)


# The year after this one; what is kept for it is this one's: "till nästa år".
_NEXT = re.compile(rf"(?<!till )(?<!into )(?<!in i )(?<!over to )(?<!for ){NEXT_YEAR.pattern}", re.IGNORECASE)
_LONGEST_SPAN = 10  # years
_YEARS_SPANNED = re.compile(r"(?<!\d)(?P<first>(?:19|20)\d{2})\s*[–—-]\s*(?P<last>(?:(?:19|20)\d|[1-9])\d)(?![\d-])")
_ABBREVIATIONS = 2  # words in capitals that may be nothing else: "LSS", "VP SAM"


def understand(
    text: str,
    lexicon: Lexicon,
    plan: PlanWords,
    year: int | None,
    today: date,
    skip: Iterable[str] = (),
    written: Language | None = None,
) -> Question:
    """The question read against a plan's vocabulary.

    `year` is what "i år" means; `skip` are words already used up (the organisation's name); `written` is the language
    of the text, None for what its words tell.
    """
    new = is_new(text)
    # No word is that long, and to split it takes seconds.
    text = without_arrival(re.sub(rf"(\w{{{_LONGEST_WORD}}})\w+", r"\1", text))
    text = asked_plainly(text)
    dates = limits(without_premise(text), year or today.year, today)
    text = _NEXT.sub(str(year + 1), text) if year and not years_in(text) else text
    spoken = written or language(text)
    used = {plain(word) for word in skip}
    meant, set_aside = aside_parted(subject(spelled(text, lexicon, plan) if spoken == "sv" else text))
    counted_in = _INCLUDED.search(text)
    asks = asked(WHILE.sub("", aside_parted(without_source(_INCLUDED.sub("", text)))[0]))
    asks = of_others(asks, text) if new else asks
    meant = _RANGE.sub(_ranged, meant)
    concepts, unknown, names = concepts_of(meant, spoken, lexicon, plan, year, used)
    if new:
        called, _, _ = concepts_of(CALLED, "sv", lexicon, plan, year, used)
        known = {term for concept in concepts for term in concept.meant}
        concepts += lightened((concept for concept in called if not concept.meant & known), _SELF)
    excluded, _, _ = concepts_of(set_aside, spoken, lexicon, plan, year, used) if set_aside else ([], [], [])
    named = {term for concept in concepts for term in concept.meant}
    if counted_in:
        concepts = [c for c in concepts if c.words not in counted_in[1]]
    if "how_many" in asks and "money" not in asked(_BUDGETED.sub(" ", text)):  # "how many people do we budget for?"
        asks -= {"money"}
        concepts = [concept for concept in concepts if not _BUDGETED.fullmatch(concept.words)]
    if {"target", "council"} <= asks:  # whose target, not what it is of
        council = PATTERNS["council"]
        concepts = [replace(c, weight=min(c.weight, _SIDE)) if council.fullmatch(c.words) else c for c in concepts]
    said = " ".join(found[0] for kind in asks & _OF_PLACE if (found := PATTERNS[kind].search(text)))
    how = {*said.split()}
    concepts = [replace(c, weight=min(c.weight, _SIDE)) if how & {*c.words.split()} else c for c in concepts]
    if _ROOM_FOR.search(text) and (of := THING_LISTED.search(text)):
        concepts = [replace(c, terms={**c.terms, "plats": 1.0}) if of[1] in c.words.split() else c for c in concepts]
    if (gloss := _GLOSS.search(meant)) is not None:  # what only explains what is named before it is no other thing
        before = meant[: gloss.start()]
        concepts = [replace(c, weight=min(c.weight, _SELF)) if c.words not in before else c for c in concepts]
    services = "|".join(re.escape(c.words) for c in concepts if _SERVICE.fullmatch(c.words))
    if services and "activities" not in asked(re.sub(services, " ", text)):
        asks -= {"activities"}
    return Question(
        text=text,
        written=spoken,
        language=spoken,
        concepts=tuple(concepts),
        asks=asks,
        years=years_in(text),
        dates=None if _is_measured(text, asks) else dates,
        numbered=tuple(re.findall(r"(?<![\d.,])\d{1,2}\.\d{1,2}(?:\.\d{1,2})?(?!\d|[.,]\d)", text)),
        unknown=tuple(word for word in unknown if word not in how),
        unknown_names=tuple(names),
        excluded=tuple(concept for concept in excluded if concept.weight >= 0.9 and not concept.meant & named),
        of_newcomer=new,
    )


def _is_measured(text: str, asks: Set[Asks]) -> bool:
    """True where a time "within four months" is part of what is measured, and no days that something is due in."""
    return ("share" in asks or ("target" in asks and "list" not in asks)) and bool(counts_from_today(text))


_COUNT = rf"(?:\d{{1,3}}|{'|'.join(word for word in NUMBERS if word.isalpha() and word not in ('a', 'an'))})"
# From one number to another, as tables have it: "1-3 år" is said "mellan ett och tre år", "one to three".
_RANGE = re.compile(
    rf"\b(?:mellan|between) ({_COUNT}) (?:och|and) ({_COUNT})\b|\b({_COUNT})\s*(?:to|till|–|until)\s*({_COUNT})\b",
    re.IGNORECASE,
)


def _ranged(found: re.Match[str]) -> str:
    return "-".join(str(number_of(number)) for number in found.groups() if number)


def is_telling(words: str) -> bool:
    """False for what says how a comparison is made, not of what: "2020", "utfallet", "up"."""
    return not turns(words) and not is_moment(words)


# What is carried on for people, and is no activity of a plan: "daily activities".
_SERVICE = re.compile(r"[\w -]+ activit(?:y|ies)", re.IGNORECASE)
_GLOSS = re.compile(
    r"(?:,| [–-]|\() ?(?:alltså|dvs\.?|d\.v\.s\.|det vill säga|i\.?e\.?|that is|in other words),? "
    r"(?!(?:hur|vad|vilk|när|how|what|which|when))",
    re.IGNORECASE,
)
# What is counted in what is asked about, and not asked about: "ekonomiskt bistånd inkl. handläggning".
_INCLUDED = re.compile(r"(?<=\w)\W+(?:inkl(?:usive|\.)?|incl(?:uding|\.)?)\s+([^,;:?()]+)", re.IGNORECASE)
_LONGEST_WORD = 60  # letters
# What is told without a word for it: a street by its name ("på Hamnplan 4"), an age by its years.
_OF_PLACE: frozenset[Asks] = frozenset(("address", "street", "age", "authority"))
_SIDE = 0.25  # what a word counts that says how something is asked for
_SELF = 0.45  # what it counts that the asker is new at work
_BUDGETED = re.compile(r"\bbudget\w*", re.IGNORECASE)
# How many there is room for: to count the places is as good.
_ROOM_FOR = re.compile(
    r"\b(?:room|space|places?|plats(?:er)?|utrymme) (?:is there )?(?:for|för|åt)\b"
    r"|\b(?:får|ha(?:r|s)?|få) (?:\w+ )?plats\b|\b(?:ryms|rymmer|accommodate\w*|fits? in)\b",
    re.IGNORECASE,
)
THING_LISTED = re.compile(
    r"\b(?:vilka|lista|hur många|which|list|name|how many)(?: (?:the|alla|all|de|fler|färre|more|fewer))? ([^\W\d_]+)",
    re.IGNORECASE,
)
