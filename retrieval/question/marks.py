"""What a message asks of each of several plans: the words that name a plan or a year taken from those that ask."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.language.swedish import STOP_WORDS, spans, stem
from retrieval.question.clauses import clauses, topic_of
from retrieval.question.leaning import asks_what_is_done
from retrieval.question.question import Question, is_telling
from retrieval.question.scope import AGAINST_YEAR, LAST_YEAR


def year_against(question: Question, year: int | None) -> int | None:
    """The other year that a question sets a plan's against, by its number or as "last year"; None for none."""
    if year is None or "compare" not in question.asks:
        return None
    others = [each for each in question.years if each != year]
    return others[0] if others else year - 1 if LAST_YEAR.search(question.text) else None


_YEARS_NAMED = re.compile(
    rf"{AGAINST_YEAR.pattern}|\b(?:(?:sedan|sen|since|från|from|än|than|mot|to|till|mellan|between) )?"
    rf"(?:(?:19|20)\d\d\b|{LAST_YEAR.pattern})",
    re.IGNORECASE,
)


def undated(question: Question) -> Question:
    """A question without the years that it names: what it is about, to be found in any plan."""
    named = {word for found in _YEARS_NAMED.finditer(question.text) for word in [found[0], *found[0].split()]}
    concepts = [c for c in question.concepts if c.words not in named]
    text, about = (re.sub(r"\s+", " ", _YEARS_NAMED.sub(" ", words)) for words in (question.text, question.about))
    return replace(question, text=text, about=about, concepts=tuple(concepts), years=())


@dataclass(frozen=True, slots=True)
class Part:
    """What a message asks of one of the plans it is about, without what names the plan, that with its year, and the
    clause before that it leans on, "" for none."""

    about: str
    text: str
    after: str = ""


def asked_apart(text: str, marks: Sequence[Sequence[str]]) -> list[Part]:
    """What a message asks of each of several plans, without the words that name them: each in the clause that names it,
    or the same of all. `marks` are those words, plan by plan."""
    every = [mark for each in marks for mark in each]
    pieces = clauses(_PLAN_OF_YEAR.sub(lambda found: found["after"] or found["before"], text))
    bare = [_CHANGED.sub(" ", unmarked(piece, every)) for piece in pieces]
    first = next((piece for piece in bare if _says_something(piece)), unmarked(text, every))
    parts, topic = [], topic_of(first)
    for own in marks:
        others = [mark for mark in every if mark not in own]
        n = next((n for n, piece in enumerate(pieces) if _has(piece, own) and not _has(piece, others)), None)
        about, after = first, ""
        if n is None:
            about = " ".join(piece for piece in bare if _says_something(piece)) or first
        elif not _stems(bare[n]) <= _stems(first) or asks_what_is_done(bare[n]):
            about, after = topic + bare[n], first
        year = next((mark for mark in own if mark.isdigit()), "")
        parts.append(Part(about, f"{about} {year}".strip(), after))
    return parts


def _stems(text: str) -> set[str]:
    """What a text says, in whatever form: "hur många gick vi?" names nothing."""
    words = (token.text for token in spans(text) if token.text not in STOP_WORDS)
    return {stem(word) for word in words if len(word) > 2 and is_telling(word)} - _STOP_STEMS


_STOP_STEMS = frozenset(map(stem, STOP_WORDS))


def is_one_thing(parts: Sequence[Part]) -> bool:
    """True where the same is asked of each plan, however each is asked: "what was …" and "what is …"."""
    return len({tuple(t.text for t in spans(part.about) if t.text not in STOP_WORDS) for part in parts}) == 1


_CHANGED = re.compile(r"\s*\b(?:förändra\w*|ändra[dst]\w*|changed?)\b", re.IGNORECASE)


def _has(piece: str, marks: Sequence[str]) -> bool:
    return any(re.search(rf"\b{re.escape(mark)}\b", piece) for mark in marks)


# A plan named by what it is and its year: "nämndens plan 2030", "the department's 2031 plan".
_PLAN_OF_YEAR = re.compile(
    r"(?:\b(?:enligt|according to|in|i|for|för) )?\b(?:the (?:[\w-]+ )?)?(?:[\w-]+(?:['’]s|s) )?"
    r"(?:[\w-]*plan(?:en)? (?:för |for |from |från )?(?P<after>(?:19|20)\d\d)\b"
    r"|(?P<before>(?:19|20)\d\d) [\w-]*plan\b)",
    re.IGNORECASE,
)
_BEFORE_MARK = (
    r"(?:\b(?:and|och|or|eller|respektive|vs\.?|versus|i|in|hos|at|for|för|år|year|of|av|from|från|to|till|mot|än|than"
    r"|between|mellan|jämfört med|compared (?:to|with)|since|sedan|vp) )*"
)


def unmarked(text: str, marks: Sequence[str]) -> str:
    """A text without the words that name plans, and what joined them to it."""
    for mark in sorted(marks, key=len, reverse=True):
        text = re.sub(rf"{_BEFORE_MARK}\b{re.escape(mark)}(?:['’]?s)?\b", " ", text, flags=re.IGNORECASE)
    text = re.sub(r"\s+", " ", re.sub(r"\s+([,.?!:;])", r"\1", text))
    return re.sub(r"^(?:[\s,.:;?!–-]|(?:och|and|samt|men|but)\b)+|[\s,:;–-]+$", "", text)


def _says_something(text: str) -> bool:
    """True where a text names what it asks about, not only how it asks."""
    return bool(_stems(text))
