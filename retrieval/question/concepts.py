"""The concepts that a question names: its words as the lexicon, the plan's own vocabulary and spelling tell them.

Nothing here knows a plan; its vocabulary comes in only to mend spelling and to tell a name from a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from importlib.resources import files
from typing import Protocol

from ingest.describe import plain
from retrieval.language.cues import turns
from retrieval.language.dates import is_moment
from retrieval.language.lexicon import Expansion, Lexicon
from retrieval.language.swedish import ACCENTED, BARE, STOP_WORDS, Language, capitals, parts, spans, stem, terms
from retrieval.language.swedish import known as is_word
from retrieval.store.search import Concept

# Words that say what kind of thing is asked for more than which: they count little when units are ranked.
SOFT = frozenset(
    word
    for line in (files("retrieval") / "lexicon" / "generic.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)
SOFT_STEMS = frozenset(map(stem, SOFT))
_GENERIC_WEIGHT, _UNKNOWN_WEIGHT, _NAME_WEIGHT, _CODE = 0.25, 0.4, 1.3, re.compile(r"^[A-ZÅÄÖ]{2,6}$")


class PlanWords(Protocol):
    """What a question needs to know of the words of the plan it is put to."""

    def knows(self, term: str) -> bool:
        """Whether the plan has a term."""

    def has(self, word: str) -> bool:
        """Whether a plan has a word in this very form."""

    def is_proper(self, word: str) -> bool:
        """Whether a plan has a casefolded word as a name alone."""

    def near(self, word: str) -> str | None:
        """The plan's word that a misspelt one was meant to be."""

    def initials(self, capitals: str) -> frozenset[str]:
        """The terms of the name that a casefolded abbreviation is short for."""

    def within(self, start: str) -> list[str]:
        """The plan's longer terms that begin so."""


# What is asked for, written as the end of what it is asked of: "sjukfrånvaromålet", "kollopengarna".
_HEADED = re.compile(
    r"\b(?:(\w{5,})(mål(?:et|en|sättning\w*)?|siffr(?:an?|or|orna))"
    r"|(\w{3,}?)((?:grejer|grejor|saker|prylar|frågor|pengar)(?:na)?|budget(?:en|ar|arna)?s?|område(?:t|n|na)?s?"
    r"|(?:kostnad|utgift|avgift|intäkt)(?:en|er|erna)?|anslag(?:et|en)?))\b",
    re.IGNORECASE,
)
# A unit called by what it does: "måltidsenheten" is what a table calls "Måltid".
_UNIT_CALLED = re.compile(r"(\w{3,}?)s?(?:enhet|avdelning|sektion)(?:en|er|erna)?s?", re.IGNORECASE)


def _of_unit(concept: Concept, plan: PlanWords) -> Concept:
    """A concept that is a unit's name, for which what the unit does stands too, where the plan has that."""
    does = stem(found[1].casefold()) if (found := _UNIT_CALLED.fullmatch(concept.words)) else ""
    return replace(concept, terms={**concept.terms, does: _UNIT}) if does and plan.knows(does) else concept


_UNIT = 0.95  # what the name of its subject is worth beside a unit's own


_SHORTEST = 4  # letters of what longer words of the plan may begin with


def spelled(text: str, lexicon: Lexicon, plan: PlanWords) -> str:
    """A Swedish text with å, ä and ö where it was typed without them, and with compounds apart that the plan lacks."""
    if text.translate(BARE) == text:
        text = re.sub(r"\b[a-z]{2,}\b", lambda word: _accented(word[0], lexicon, plan), text, flags=re.IGNORECASE)
    return _HEADED.sub(lambda word: _apart(word, lexicon, plan), text)


def _apart(word: re.Match[str], lexicon: Lexicon, plan: PlanWords) -> str:
    """The two parts of a compound that the plan doesn't have, where it or the lexicon has the first."""
    before, head = filter(None, word.groups())
    first = before.removesuffix("s")
    if plan.knows(stem(word[0].casefold())) or stem(word[0].casefold()) in SOFT_STEMS:
        return word[0]
    said = (each.weight == 1.0 and each.end - each.start == len(first) for each in lexicon.expand(first, "sv"))
    return f"{first} {head}" if plan.knows(stem(first.casefold())) or any(said) else word[0]


def _accented(word: str, lexicon: Lexicon, plan: PlanWords) -> str:
    """A word as the plan or the lexicon writes it, where it only lacks the å, ä and ö."""
    low = word.casefold()
    if low in ACCENTED:
        return ACCENTED[low]
    if len(low) < 5 or plan.knows(stem(low)):
        return word
    near = plan.near(low)
    return near if near and near.translate(BARE) == low else lexicon.accented(low) or word


# A Swedish place as it is often written in a chat, without its capital: "i norrby".
_ELSEWHERE = re.compile(
    r"\b(?:i|in|for|för|hos|at)\s+\w{2,}"
    r"(?:by|sta|torp|vik|stad|köping|borg|sjö|holm|näs|hamn|lunda|bro|ryd|hult|arp|valla|sund|fors|tuna|åker)$",
    re.IGNORECASE,
)


def concepts_of(
    text: str, spoken: Language, lexicon: Lexicon, plan: PlanWords, year: int | None, used: set[str]
) -> tuple[list[Concept], list[str], list[str]]:
    """The concepts of a question; its words that nothing knows; and the names among those."""
    by_place: dict[tuple[int, int], Concept] = {}
    for expansion in lexicon.expand(text, spoken):
        words = text[expansion.start : expansion.end]
        if all(plain(w) in used for w in words.split()) or (_CODE.match(words) and plan.initials(words.casefold())):
            continue
        if expansion.weight < 1.0 and words[0].isupper() and plan.is_proper(words.casefold()):
            continue  # a name of the plan's is no other form of a word that is like it
        if expansion.weight < 0.7 and expansion.phrase in SOFT and expansion.phrase in words.casefold():
            continue  # the part of a compound that names no thing: "budgetrådgivning" is no budget
        if spoken == "sv" and expansion.weight < 0.7 and plan.knows(stem(words.casefold())):
            continue  # the plan has the very word: what its parts may mean only blurs it
        if concept := _expanded(expansion, words, spoken, plan):
            place = (expansion.start, expansion.end)
            # Two parts of one compound stand for the whole only as well as either does.
            by_place[place] = by_place[place].or_else(concept) if place in by_place else concept
    concepts = list(by_place.values())
    unknown: list[str] = []
    names: list[str] = []
    abbreviated = {name for name in capitals(text) if plan.knows(name)}
    for token in spans(text):
        written = text[token.start : token.end]
        stop = token.text in STOP_WORDS and not (written.isupper() and token.text in abbreviated)
        if stop or plain(token.text) in used or any(a <= token.start < b for a, b in by_place):
            continue
        found = dict(terms(token.text)) or dict.fromkeys({token.text} & abbreviated, 1.0)
        if not found:
            continue
        if re.match(r"\d{1,2} ?(?:%|procent|percent|per cent)", text[token.start :]):
            concepts.append(Concept(written, found, weight=_GENERIC_WEIGHT))  # what the asker believes, not a name
            continue
        if re.fullmatch(r"(?:19|20)\d\d", token.text):
            concepts.append(Concept(written, found, weight=0.1 if int(token.text) == year else 0.5))
            continue
        first = token.start == 0 or re.search(r"[.?!:]\s*$", text[: token.start])
        capital = written[0].isupper() and (not first or plan.is_proper(token.text))
        name = _CODE.match(written) is not None or capital
        concept = _known(token.text, written, found, name, spoken, plan)
        if concept is None and _ELSEWHERE.search(text[: token.end]) and not is_word(token.text):
            names.append(written)  # a place that the plan doesn't have is not another one misspelt
            continue
        if not _is_generic(token.text):  # a word that says nothing is no other one misspelt
            concept = concept or _mended(token.text, written, name, plan)
        if concept is None and not _is_generic(token.text):
            part_known = any(plan.knows(term) for term in found)
            (names if name and not (part_known and spoken == "sv") else unknown).append(written)
            compound = spoken == "sv" and len(parts(token.text)) > 1
            weight = _NAME_WEIGHT if name else 0.9 if compound else 0.7 if part_known else _UNKNOWN_WEIGHT
            concept = Concept(written, _telling(found), name, weight)
        if concept:
            concepts.append(concept)
    return [_with_verb(_of_unit(concept, plan), plan) for concept in concepts], unknown, names


def _with_verb(concept: Concept, plan: PlanWords) -> Concept:
    """A concept for which what is done stands beside what it is called, and not as its root alone (`ROOT_WEIGHT`):
    "utbildas" for "utbildning"."""
    verbs = {
        term.removesuffix("ning"): _DONE * weight
        for term, weight in concept.terms.items()
        if term.endswith("ning") and len(term) >= _LONG_ENOUGH
    }
    new = {term: weight for term, weight in verbs.items() if weight > concept.terms.get(term, 0.0) and plan.knows(term)}
    return replace(concept, terms={**concept.terms, **new}) if new else concept


_DONE, _LONG_ENOUGH = 0.9, 9  # what the verb is worth beside the noun; letters, since "tidning" is no "tid"


def _telling(found: dict[str, float]) -> dict[str, float]:
    """What names a thing that the plan lacks, without the part of a compound that names no thing."""
    kept = {term: weight for term, weight in found.items() if weight == 1.0 or term not in SOFT_STEMS}
    return kept if len(kept) > 1 else found


def _is_generic(word: str) -> bool:
    return word in SOFT or turns(word)


def _known(
    word: str, written: str, found: dict[str, float], name: bool, spoken: Language, plan: PlanWords
) -> Concept | None:
    """A word as what the plan knows it for: short for a name, one of its words, or the beginning of some; else None."""
    if (_CODE.match(written) or len(word) <= 4) and (long := plan.initials(word)):
        return Concept(written, found, True, 1.0, ((1.0, tuple(sorted(long))),))
    if any(plan.knows(term) for term, weight in found.items() if weight >= 0.9):
        soft = _is_generic(word) or is_moment(word)
        return Concept(written, found, name, _GENERIC_WEIGHT if soft else _NAME_WEIGHT if name else 1.0)
    start = stem(word)
    goes_on = name or (spoken == "sv" and len(start) >= _SHORTEST)
    if goes_on and word not in SOFT and len(word) >= 5 and (within := plan.within(start)):
        return Concept(written, found | dict.fromkeys(within, 0.9), name, _NAME_WEIGHT if name else 0.9)
    return None


def _mended(word: str, written: str, name: bool, plan: PlanWords) -> Concept | None:
    """A misspelt word as the plan's word that it was meant to be, None for none."""
    mended = plan.near(word) if len(word) > 3 and word.isalpha() else None
    return Concept(written, {t: 0.9 * w for t, w in terms(mended)}, name, 1.0) if mended else None


def _expanded(expansion: Expansion, words: str, spoken: Language, plan: PlanWords) -> Concept | None:
    """A lexicon phrase as a concept: its plan words, those of several words only together, and the words themselves."""
    single: dict[str, float] = {}
    phrases: list[tuple[float, tuple[str, ...]]] = []
    for rank, target in enumerate(expansion.targets):
        content = [token.text for token in spans(target) if token.text not in STOP_WORDS]
        share = expansion.weight * (1.0 - 0.05 * rank)
        if len(content) == 1:
            for term, weight in terms(content[0]):
                single[term] = max(single.get(term, 0.0), share * weight)
        elif content:
            stems = tuple(dict.fromkeys(term for word in content for term, weight in terms(word) if weight == 1.0))
            phrases.append((share, stems))
            for term in stems:
                single[term] = max(single.get(term, 0.0), 0.3 * share)
    own = [token.text for token in spans(words) if token.text not in STOP_WORDS]
    share = 1.0 if len(own) == 1 else _ONE_OF_SEVERAL
    for word in own:
        for term, weight in terms(word):
            if spoken == "sv" or (weight == 1.0 and plan.has(word)):
                single[term] = max(single.get(term, 0.0), share * weight)
    if len(own) > 1 and spoken == "sv":
        phrases.append((1.0, tuple(dict.fromkeys(term for term, weight in terms(words) if weight == 1.0))))
    if not single and not phrases:
        return None
    generic = all(word in SOFT for word in own)
    generic = generic or (len(own) > 1 and all(target in SOFT for target in expansion.targets))  # "running budget"
    soft = generic or turns(words) or is_moment(words)
    return Concept(words, single, weight=_GENERIC_WEIGHT if soft else 1.0, phrases=tuple(phrases))


_ONE_OF_SEVERAL = 0.5  # what a word of a phrase stands for by itself: "på" and "sig" of "samlar på sig" say little


def lightened(concepts: Iterable[Concept], share: float) -> list[Concept]:
    """The same concepts, each counting a share of what it did: those of an earlier question."""
    return [replace(concept, weight=concept.weight * share) for concept in concepts]
