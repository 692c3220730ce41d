"""What a text denies or contradicts of that which a question takes to be so, what it awaits, and what has ended."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.evidence.form_words import SENTENCES
from retrieval.evidence.forms import NAMED, asked_of, is_named, unsaid
from retrieval.language.cues import Asks
from retrieval.language.dates import NUMBERS, number_of
from retrieval.question.question import Question
from retrieval.store.search import Concept, analysed


def denies(words: str, question: Question) -> bool:
    """True where a sentence says of each thing that a question names that it is not so, or no longer: an answer that
    has none of the figure, the time or the person that is asked for."""
    things = [thing for thing in asked_of(question) if thing.words not in question.unknown]
    # What a question says itself denies nothing: that the crane is moved, where it asks what that costs.
    said = (sentence for sentence in SENTENCES.split(words) if is_denial(unsaid(sentence, question)))
    return (bool(things) and any(not _unheld(sentence, things) for sentence in said)) or any(
        contradicts(sentence, question) or awaits(sentence, question) or ends(sentence, question)
        for sentence in SENTENCES.split(words)
    )


def is_denial(sentence: str) -> bool:
    """True where a sentence says that something is not so, no longer, or not yet."""
    return _DENIED.search(sentence) is not None


def awaits(sentence: str, question: Question) -> bool:
    """True where a question takes for granted that there is money, and a sentence says that it is applied for."""
    return "granted" in question.asks and _APPLIED.search(sentence) is not None


def ends(sentence: str, question: Question) -> bool:
    """True where a sentence says of what a question names by its name that it is no longer, or not yet: who leads it,
    and when it opens, no plan tells then; what it costs is another thing."""
    return not question.asks & _OF_FIGURES and any(
        re.search(rf"{_IN}\b{re.escape(name)}s?\b(?:,? [\w-]+){{0,5}}?,? {_ENDED}", sentence, re.IGNORECASE)
        for name in (c.words.removesuffix("s") for c in question.concepts if c.name and c.weight > 1)
    )


_OF_FIGURES: frozenset[Asks] = frozenset(
    ("money", "net", "costs", "cost", "fee", "price", "how_many", "number", "share", "target", "compare")
)
_IN = r"(?<!\bi )(?<!\bpå )(?<!\bvid )(?<!\bfrån )(?<!\btill )"  # what is in a place is not the place
_ENDED = (
    r"(?:stäng(?:s|des|t|d)|avveckla(?:s|des|ts|t|d|de)|lades? ned|läggs ned|lagts ned|nedlag[dt]|upphör(?:de|t)?"
    r"|rivs|revs|såldes|har sålts|finns inte|inte längre|skulle ha \w+|skjut(?:s|its) (?:upp|fram)|sköts (?:upp|fram)"
    r"|senareläg\w+|försena\w*|dröjer|avbr(?:yts|öts|utits|ut(?:en|et|na))|ställ(?:s|ts|des) in|inställd?a?"
    r"|bl(?:ir|ev) inte av|skrinla\w+)\b(?! inte\b|(?: \w+)? (?:i|under) (?:\w+ )?(?:dag|veck|månad|minut|timm)\w+)"
)


def contradicts(sentence: str, question: Question) -> bool:
    """True where a sentence holds each thing that a question names but one, and of that the opposite: it closes, it is
    for all and not only for some; or there are not "only" so many."""
    if question.unknown or question.unknown_names or question.asks & {"hours", "open"}:
        return False
    unheld = _unheld(sentence, question.things)
    if len(unheld) > 1 or len(unheld) == len(question.things):
        return False
    if not unheld:
        so_many = _ONLY_SO_MANY.search(question.text)
        counts = {number_of(number) for number in _NUMBER.findall(sentence)} - {0, 1}
        return so_many is not None and bool(counts) and number_of(so_many[1]) not in counts
    held, only = dict(analysed(sentence)), _ONLY.search(question.text)
    if any(_OPPOSITE.get(term) in held for term in unheld[0].terms):
        return True
    return only is not None and unheld[0].words in question.text[only.end() :] and _EVERY.search(sentence) is not None


# "Nämnden söker 2,4 mnkr", "Medel har sökts": "den som söker bistånd" applies for no money of the board's.
_APPLIED = re.compile(
    r"\b(?:nämnden|förvaltningen|stadsdelen|kommunen|vi|har|ska|avser att|kommer att)(?: \w+){0,8}?"
    r" (?:an)?(?:sök(?:er|a|t|ts)|äska(?:r|ts?)?)\b"
    r"|\b(?:söks|ansöks|äskas) (?:\w+ )?(?:hos|från|ur|av|särskilt|centralt)\b",
    re.IGNORECASE,
)
# What is said instead of what is asked, by its stem.
_OPPOSITE = {"öpp": "stäng", "stäng": "öpp", "frivillig": "obligatorisk", "obligatorisk": "frivillig"}
_ONLY = re.compile(r"\b(?:bara|endast|enbart|only)\b", re.IGNORECASE)
_ONLY_SO_MANY = re.compile(rf"\b(?:bara|endast|enbart|only) (\d+|{'|'.join(NUMBERS)})\b", re.IGNORECASE)
_NUMBER = re.compile(rf"\b(?:\d+|{'|'.join(NUMBERS)})\b", re.IGNORECASE)
_EVERY = re.compile(r"\b(?:hela|alla|samtliga|varje|båda)\b", re.IGNORECASE)


def _unheld(sentence: str, things: Sequence[Concept]) -> list[Concept]:
    """Those of some things that a sentence does not name."""
    held = dict(analysed(sentence))
    return [
        thing
        for thing in things
        if not is_named(thing, held)
        and not any(weight >= NAMED and set(phrase) <= held.keys() for weight, phrase in thing.phrases)
    ]


_DENIED = re.compile(
    r"\b(?:inte|ej|aldrig|ing(?:en|et|a)|utanför|upphör\w*|upphört|stäng(?:s|d|t|des|da)|avskaffa\w*"
    r"|avbr(?:y|ö|u)t\w*|flytta(?:s|ts|des)|skjuts|sköts upp|uppskjut\w+|senarelägg\w*|senarelagd\w*"
    r"|ställ(?:s|ts|des) in|inställ\w+|ta(?:s|gits) bort|uteblir|oförändra\w*)\b",
    re.IGNORECASE,
)
