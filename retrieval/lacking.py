"""What a question names and a plan lacks: no figure, time, place or list of another thing is told of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.evidence.forms import says_how
from retrieval.evidence.rank import OF_A_YEAR, Asked, Ranked, sure
from retrieval.language.cues import Asks
from retrieval.language.cues import asked as asks_of
from retrieval.language.swedish import is_definite, parts
from retrieval.question.extent import thing_listed
from retrieval.question.question import Question
from retrieval.store.search import Concept

_OF_SEVERAL: frozenset[Asks] = frozenset(("list", "compare", "largest", "smallest"))
_NAMED = 0.4  # what a concept weighs at least that names something
# Of a concept: more is in it than part of a compound; what a compound has of it; less is such a part, or far off.
_PART, HALF, HELD = 0.65, 0.5, 0.3
_ALIKE = 0.5  # how like a question in meaning, and how likely, one must be that has nothing that it names
_NAMESAKE, _UNSURE = 0.4, 0.3  # and one that has a word of the name alone
_KIND = 0.45  # how like one must be that lacks what is asked which of


def has_nothing(best: Ranked, question: Question) -> bool:
    """True where a question by itself names things, and an entry has none of them, nor is much like it in meaning: of a
    compound that the plan lacks its parts alone are no more ("cykelgarage" of cycling), nor is a word or two of a name
    in English ("disc golf course" of a course)."""
    telling = _named(question)
    if not telling or question.before or question.dates or question.of_newcomer:
        return False
    if "why" in question.asks:  # what happens to other things too is no reason ("why does the library close?")
        telling = [concept for concept in telling if _is_noun(concept.words, question)] or telling
    # No one entry is much like what asks for several.
    alike, likely = (_NAMESAKE, 0.0) if question.asks & _OF_SEVERAL else (_ALIKE, _ALIKE)
    shares = [_share(best, concept) for concept in telling]
    lacked = [not _is_known(concept, [best.asked]) for concept in telling]
    if all(share <= (_PART if lacks else HELD) for share, lacks in zip(shares, lacked, strict=True)):
        figure = bool(question.asks & OF_A_YEAR) and "why" not in question.asks
        # However like "personalomsättning" a sentence on the staff is, its figure is another.
        other = figure and all(lacked) and all(len(parts(concept.words.casefold())) > 1 for concept in telling)
        return other or not _is_alike(best, alike, likely)
    one = len(telling) == 1 or (question.written == "en" and _as_one(telling) in _plain(question))
    return one and min(shares) <= HALF and not _is_alike(best, _NAMESAKE, min(likely, _UNSURE))


def lacks_named(question: Question, ranked: Sequence[Ranked], asked: Sequence[Asked]) -> bool:
    """True where what a question names is no word of the plan, whatever it asks of it, and what is ranked best is not
    much like it: all that it names, or what it asks which of."""
    if not ranked or question.of_newcomer:
        return False
    if question.before:
        return _lacks_own(question, ranked, asked)
    named, best, listed = _named(question), ranked[0], thing_listed(question)
    if question.asks & _OF_SEVERAL and "activities" not in question.asks and has_nothing(best, question):
        return True
    lacked = [concept for concept in named if not _is_known(concept, asked)]
    if listed in lacked and not _is_activity(listed) and _share(best, listed) <= HALF and not _is_alike(best, _KIND):
        return True
    all_lacked = len(lacked) == len(named) and any(_is_noun(concept.words, question) for concept in lacked)
    held = max((_share(best, concept) for concept in named), default=1.0)
    return all_lacked and held <= _PART and not question.dates and not _is_alike(best, _ALIKE)


def _lacks_own(question: Question, ranked: Sequence[Ranked], asked: Sequence[Asked]) -> bool:
    """True where a follow-up names a thing of its own that is no word of the plan, or that nothing ranked best has:
    "and the skate park?" leans on what was told of something else, which would be told again."""
    text = _plain(question)
    own = [concept for concept in _named(question) if concept.words.casefold() in text and not concept.name]
    if not any(_is_known(concept, asked) for concept in own):
        return any(_is_noun(concept.words, question) for concept in own)
    name = _as_one(own)
    definite = len(own) == 1 and is_definite(name) if question.written == "sv" else f"the {name}" in text
    if not definite or f"{name} one" in text:
        return False
    return all(min(_share(each, concept) for concept in own) <= HELD for each in ranked[:_FIRST])


def _is_activity(concept: Concept) -> bool:
    """True for a compound of what plans have many of, whatever it is for: "arbetsmiljöaktiviteter"."""
    return any("activities" in asks_of(each) for each in parts(concept.words.casefold())[-1:])


def _named(question: Question) -> list[Concept]:
    """What a question names, known or not, in the order that it does."""
    text = _plain(question)
    named = (c for c in question.concepts if c.weight >= _NAMED or c.words in question.unknown)
    return sorted((c for c in named if not says_how(c.words)), key=lambda concept: text.find(concept.words.casefold()))


def _plain(question: Question) -> str:
    return question.text.casefold().replace("-", " ")


def _as_one(named: Sequence[Concept]) -> str:
    return " ".join(concept.words.casefold() for concept in named)


def _share(each: Ranked, concept: Concept) -> float:
    """How fully an entry has one of the things that the question it was ranked for names."""
    return each.hit.shares[each.question.concepts.index(concept)]


def _is_noun(words: str, question: Question) -> bool:
    """True for a word that stands as a noun: after an article or a preposition; in Swedish in the definite, or made of
    parts."""
    if _OTHERS.fullmatch(words):
        return False
    if re.search(rf"\b(?:{_BEFORE_NOUN}) {re.escape(words)}\b", question.text, re.IGNORECASE):
        return True
    return question.written == "sv" and (is_definite(words) or len(parts(words.casefold())) > 1)


_BEFORE_NOUN = r"the|an?|for|about|of|in|at|from|our|any|för|om|med|på|i|hos|av|till|och|o|en|ett|vår\w*"
_OTHERS = re.compile(r"others?|rest(?:en)?|övriga", re.IGNORECASE)  # what stands for things told before
_FIRST = 3  # of what is ranked: what is told first, or beside


def _is_alike(best: Ranked, cosine: float, likely: float = 0.0) -> bool:
    """True where an entry is at least so like the question in meaning, and so likely its answer; and where meaning was
    not measured."""
    return best.meant is None or (best.meant.cosine >= cosine and (sure(best) or 0.0) >= likely)


def _is_known(concept: Concept, asked: Sequence[Asked]) -> bool:
    """True where a plan has what stands for all of a concept, and not for a part of a compound alone."""
    most = max(concept.terms.values(), default=0.0)
    whole = [term for term, weight in concept.terms.items() if weight > _PART * most]
    knows = [one.searchable.knows for one in asked]
    phrases = [phrase for _, phrase in concept.phrases if phrase]
    return any(any(map(has, whole)) or any(all(map(has, phrase)) for phrase in phrases) for has in knows)
