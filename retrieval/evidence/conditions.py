"""What a question asks things not to be, to lack, or to be newly: the part of it that turns a list into another one.

A list that such a condition can't be applied to is not the one that was asked for, and is not told.
"""

from __future__ import annotations

import re

from retrieval.evidence.status import asked_status, says_status
from retrieval.language.dates import asks_undated
from retrieval.language.direction import STAYS
from retrieval.question.aside import without_aside
from retrieval.question.question import Question
from retrieval.store.search import terms_of

_LACKS = (
    r"\b(?:(?:har|hade|får|fick) (?:\w+ )?(?:inte|ej)|(?:inte|ej) (?:\w+ ){0,2}?(?:någ(?:on|ot|ra)|nån|nåt)"
    r"|saknar|saknas|utan(?! (?:att|för)\b)|ing(?:en|et|a)|without|lack(?:s|ing)?|missing"
    r"|no(?! (?:later|(?:more|less|fewer) than|matter)\b)|(?:not|n['’]t) (?:\w+ ){0,2}?(?:an?|any))\b"
)
_NOT = r"(?:\b(?:inte|ej|icke|varken|aldrig|not|never|neither)\b|n['’]t\b)"
# "Not until June" and "not earlier" are times; "not only" and "or not" deny nothing.
_NO_DENIAL = (
    r"(?! (?:bara|enbart|endast|only|just)\b| (?:tidigare|senare|earlier|later)(?:\W*$| än| than)"
    r"|[^,.?!]*\b(?:förrän|until|before)\b)"
)
_DENIED = re.compile(rf"(?<!eller )(?<!or )(?:{_LACKS}|{_NOT}){_NO_DENIAL}", re.IGNORECASE)
_LACKED = re.compile(rf"{_LACKS} (?P<what>[^,.?!]+)|(?P<late>[^,.?!]+?) (?:saknas|is missing|are missing)\b", re.I)
# "Not this but that": this "utan" is no "without".
_CONTRASTED = re.compile(r"\b(?:inte|ej|icke)\b[^,.?!]* utan\b(?! att)", re.IGNORECASE)
_SUBORDINATE = re.compile(r"\b(?:att|så|för att|om|that|so|to|if|who|where|där|eller hur)\b", re.IGNORECASE)
# That something is so newly, or as it was, or has got better or worse.
_TURNED = re.compile(
    rf"\b(?:{STAYS})\b|\b(?:är|are|is) (?:(?:helt|alldeles|all|brand) )?(?P<new>nya|nytt|new)\b"
    r"(?=\W*$|[,.]| (?:i|för|sedan|jämfört|this|in|since)\b)"
    r"|\b(?:försämra[dts]\w*|förbättra[dts]\w*|worsened|improved|deteriorated"
    r"|(?:got|gotten|blivit|blev) (?:better|worse|bättre|sämre))\b",
    re.IGNORECASE,
)
_NEW = re.compile(r"\b(?:ny|nya|nytt|nyy?inrätta\w*|new|tillkom\w*)\b", re.IGNORECASE)
_WHICH = re.compile(
    r"\b(?:vilka|vilken|vilket|lista|hur många|finns det|which|what|list|how many|are there)\b", re.IGNORECASE
)


def is_denied(text: str) -> bool:
    """True where a text asks which things are not so, or lack something: "which fees are not raised?"."""
    text = without_aside(text)
    which = _WHICH.search(text)
    found = _DENIED.search(text, which.end()) if which else None
    return found is not None and not _SUBORDINATE.search(text, which.end() if which else 0, found.start())


def lacked(text: str) -> str:
    """What a text says that the things it asks for lack: "no end date"; "" for nothing."""
    lacks = is_denied(text) and not _CONTRASTED.search(text)
    found = _LACKED.search(without_aside(text)) if lacks else None
    return (found["what"] or found["late"]) if found else ""


def asks_new(text: str) -> bool:
    """True where a text asks which things are new."""
    return (found := _TURNED.search(text)) is not None and found["new"] is not None


def is_conditioned(question: Question) -> bool:
    """True where a question asks for those of some things that are not so, lack something, or have come so far."""
    text = question.text
    if not question.asks & {"list", "how_many"} or (question.dates is not None and question.dates.outside):
        return False  # all days but one are days too
    return is_denied(text) or _TURNED.search(text) is not None or _of_activities(text)


def _of_activities(text: str) -> bool:
    """True where a text's condition is one that activities are known by: no date, or how far they have come."""
    return bool(asks_undated(text)) or asked_status(text) is not None


def is_unkept(question: Question) -> bool:
    """True where a question has a condition that no list of goals, indicators, activities or days is kept by."""
    return is_conditioned(question) and not _of_activities(question.text)


def meets(words: str, question: Question) -> bool:
    """True where a text itself says what a question's condition does: that something is not so, or new."""
    text = question.text
    if (status := asked_status(text)) and not is_denied(text):
        return says_status(words, status)
    if is_denied(text):
        return _DENIED.search(words) is not None
    turned = _TURNED.search(text)
    if turned is None:
        return True
    return _NEW.search(words) is not None if turned["new"] else _TURNED.search(words) is not None


def tells(words: str, question: Question) -> bool:
    """True where a text says of all that a question names what its condition does."""
    held = terms_of(words, least=0.5)
    things = [thing for thing in question.things if not _DENIED.search(thing.words)]
    return bool(things) and all(thing.is_in(held) for thing in things) and meets(words, question)


def stays(text: str) -> bool:
    """True where a text asks for what is as it was: "which prices are not changed?"."""
    return _SAME.search(text) is not None or (is_denied(text) and _CHANGED.search(text) is not None)


_CHANGED = re.compile(r"\b(?:för|på)?ändra\w*|\bchang(?:es?|ed|ing)\b", re.IGNORECASE)
_SAME = re.compile(
    r"\b(?:samma|same) (?:\w+ )?(?:som|as) (?:i fjol|förra|föregående|last|the year|in (?:19|20)\d\d|(?:19|20)\d\d)",
    re.I,
)
