"""How much of something a question asks: the most or the least, which of several, or all together."""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.language.cues import PATTERNS, asked, turns
from retrieval.language.dates import PLACES, is_moment
from retrieval.language.swedish import STOP_WORDS, spans, stem
from retrieval.question.concepts import SOFT, SOFT_STEMS
from retrieval.question.question import THING_LISTED, Question
from retrieval.store.search import Concept

# Which of two: "larger" asks for the largest of them.
_MORE = re.compile(r"\b(?:larger|bigger|higher|more|större|högre|mer|fler)\b", re.IGNORECASE)
_LESS = re.compile(r"\b(?:smaller|lower|less|fewer|mindre|lägre|färre)\b", re.IGNORECASE)


def ordering(question: Question) -> Question:
    """A question of which of several has more or less of something, as one of the most or the least."""
    if question.asks & {"largest", "smallest"} or "compare" not in question.asks:
        return question
    more, less = _MORE.search(question.text), _LESS.search(question.text)
    if bool(more) is bool(less):
        return question
    return replace(question, asks=question.asks | {"largest" if more else "smallest"})


# An amount or a share is no kind of thing: "by what amount"; nor does "compare what operations cost" ask which.
_WHICH = re.compile(
    r"\b(?<!compare )(?<!than )(?:vilke[tn]|vilka|which|what)"
    r" (?!(?:belopp|summan?|andel|procent|sum|amounts?|percent)\b)(\w+)",
    re.IGNORECASE,
)


def kind_asked(question: Question) -> str:
    """The kind of thing that a question asks which of: "unit" in "which unit …?"; "" for none."""
    found = _WHICH.search(question.text)
    return found[1] if found else ""


def after_most(question: Question) -> str:
    """What a question asks the most or the least of, after the word that says so, or what the one before asked it of
    ("and the least?"); all that it leans on and says where it asks neither."""
    if not question.asks & {"largest", "smallest"}:
        return f"{question.before} {question.text}"
    patterns = (PATTERNS["largest"], PATTERNS["smallest"])
    found = ((text, p.search(text)) for text in (question.text, question.before) for p in patterns)
    after = (text[word.end() :] for text, word in found if word)
    return next((words for words in after if re.search(r"\w", words)), "")


def unordered(text: str) -> str:
    """A text that asks in which of several something is most or least, as one that asks how much it is."""
    text = re.sub(r"\b(?:flest|färst)\b", "hur många", text, flags=re.IGNORECASE)
    text = re.sub(r"\b(?:the )?(?:most|fewest)\b", "how many", text, flags=re.IGNORECASE)
    for pattern in (PATTERNS["largest"], PATTERNS["smallest"], _MORE, _LESS):
        text = pattern.sub(" ", text)
    return re.sub(r"\s+", " ", text).strip()


_BODIES = r"(?:\w*(?:förvaltning|avdelning|nämnd|enhet|verksamhet|kommun|stadsdel|organisation|bolag)\w*)"
_ALL = re.compile(
    rf"\b(?:totalt|sammanlagt|sammantaget|allt som allt|(?:{_BODIES} )?(?:som helhet|i sin helhet|i stort|överlag)"
    r"|in (?:total|all)|altogether|overall|(?:the )?total"
    r"|(?:alla|all)(?: of (?:us|them))? together|alla tillsammans|(?:the \w+ )?as a whole|all in all|allt ihop"
    r"|everything(?: together)?"
    r"|(?:alla|all)(?: (?:våra|our|of our|the))? (?:verksamhet(?:er|erna|sområden)|områden|services|operations|areas)"
    r"(?: (?:tillsammans|together|combined|ihop|(?:in)?räknade?|included|put together))?"
    rf"|hela (?:{_BODIES}|budgeten)"
    r"|(?:the )?(?:whole|entire) "
    r"(?:department|administration|board|unit|organi[sz]ation|municipality|district|budget))\b",
    re.IGNORECASE,
)


def of_all_together(text: str) -> bool:
    """True where what a text asks last is the same of all together: "… and how many are we in total?"."""
    last = re.split(r"[,;]|\b(?:och|o|and|samt)\b|&", text, flags=re.IGNORECASE)[-1]
    rest = (token.text for token in spans(_ALL.sub(" ", last)))
    return _ALL.search(last) is not None and all(word in STOP_WORDS or word in SOFT for word in rest)


def of_whole_budget(text: str) -> bool:
    """True where a text asks for the money there is, or all costs or revenue, of no part of it: "how large is our
    budget?"."""
    rest = (token.text for token in spans(_ALL.sub(" ", text)))
    of_side = _ALL.search(text) is not None and asked(text) & {"costs", "revenue"}
    return bool(_HAVE.search(text) or of_side) and all(map(_says_no_part, rest))


def _says_no_part(word: str) -> bool:
    """True for a word that names no part of a budget: how it is asked for, when, or that it is all there is."""
    said = word in STOP_WORDS or is_moment(word) or turns(word) or _OF_WHOLE.fullmatch(word)
    of_money = stem(word) in SOFT_STEMS and asked(word) & {"money", "net", "costs", "revenue"}  # not "matbudgeten"
    return bool(said or of_money)


_HAVE = re.compile(
    r"\b\w*budget(?:en|ram\w*)?s?\b|\bnet(?:to\w*)?\b|\b(?:pengar|money)\b(?=.*\b(?:vi|we|oss|us|nämnden|board)\b)",
    re.IGNORECASE,
)
_OF_WHOLE = re.compile(
    r"får|fått|total\w*|stor[at]?|större|år|året|årets|large|big|much|mycket|mkt|get|year|this|before|(?:19|20)\d\d"
    r"|hela|whole|entire|overall|samlade"
    r"|sammanlagda|running|operating|drift\w*|run|things|latter|former|end(?:ed|s)?|slutade"
    r"|last|previous|fjol\w*|förra|föregående|more|mer|bigger"
    r"|(?:stadsdels)?(?:nämnd|förvaltning)ens?|kommunens?|administration|board|district|board's",
    re.IGNORECASE,
)


def without_all(name: str) -> str:
    """A name without what says that it is of all together: "Sick leave, whole department"."""
    return _ALL.sub(" ", name)


def ordinal_of(text: str) -> int:
    """Which of the largest a text asks for, from 1 on: 2 in "näst störst", 3 in "the third largest". 0 for none."""
    found = _ORDINAL.search(text)
    word = found[1].casefold() if found else ""
    return 2 if word == "näst" else next((n for n, words in enumerate(PLACES, 1) if word in words), 0)


_ORDINAL = re.compile(
    rf"\b(näst|{'|'.join(word for words in PLACES for word in words)})[ -](?:\w+st(?:a|e)?|most expensive)\b",
    re.IGNORECASE,
)


def thing_listed(question: Question) -> Concept | None:
    """The thing that a question asks which of, or how many: upphandlingar in "vilka upphandlingar är på gång?"."""
    of = THING_LISTED.search(question.text)
    named = question.things or [c for c in question.concepts if c.weight >= 0.5 and not turns(c.words)]
    return next((thing for thing in named if of and of[1] in thing.words.split()), None)
