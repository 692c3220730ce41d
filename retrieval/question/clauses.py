"""The questions that one message asks, and the topic that it gives them."""

from __future__ import annotations

import re

from retrieval.language.cues import PATTERNS
from retrieval.question.aside import WHILE


def topic_of(text: str) -> str:
    """What a text says before it asks: "Kollo:"; "" for nothing."""
    topic = re.match(r"[^:?]{3,60}:(?= )", text)
    return f"{topic[0]} " if topic and not QUESTION_WORD.search(topic[0]) else ""


_CLAUSE = re.compile(
    r"(?:\s*[,;?–-]\s*|\s+)(?:och|and|samt|as well as|&|o|å)?\s*"
    r"(?=\b(?:(?:på|i|för|till|från|inom|av|med|om|in|on|at|for|to|from|by|with|within|of) )?"
    r"(?:hur|vad|vilka|vilken|vilket|vem|när|var|varför|how|what|which|who|when|where|why|whose)\b)",
    re.IGNORECASE,
)


def clauses(text: str) -> list[str]:
    """The questions that one message asks, up to three: "what is planned, and by when?" asks two."""
    if (several := _SEVERAL.match(text)) and not QUESTION_WORD.search(several["topics"]):
        topics = re.split(r"(?<!-),? (?:och|and|samt) |, ", several["topics"])
        if 2 <= len(topics) <= 3:
            return [f"{topic}: {several['asked']}" for topic in topics]
    if _GIVEN.match(text) or WHILE.match(text):
        return [text]
    cuts = [
        m
        for m in _CLAUSE.finditer(text)
        if m.start() > 3 and re.search(r"[,;?&–-]|\b(?:och|and|samt|o|å)\b", m.group(), re.I)
    ]
    pieces, start = [], 0
    for cut in cuts[:3]:
        pieces.append(text[start : cut.start()].strip())
        start = cut.end()
    pieces.append(text[start:].strip())
    pieces = [piece for piece in pieces if piece]
    if len(pieces) > 1 and not QUESTION_WORD.search(pieces[0]) and not PATTERNS["yes_no"].search(pieces[0]):
        topic, *rest = pieces  # "Holiday jobs: how many, and what do they cost?"
        return [f"{topic}: {piece}" for piece in rest]
    return pieces


# What is given first is no question: "Now that the school opens, when …?".
_GIVEN = re.compile(r"(?:nu när|eftersom|om|då|now that|since|given that|if|as)\b", re.IGNORECASE)
# Several subjects, and what is asked of each: "Kollo, lov och dialog – vad av det är planerat till våren?"
_SEVERAL = re.compile(
    r"^(?P<topics>[^?:]{5,120}?)(?: ?[:–—]| -) (?P<asked>(?:vad|vilka|vilken|när|hur|what|which|when|how)\b.+)$",
    re.IGNORECASE,
)
QUESTION_WORD = re.compile(
    r"\b(?:hur|vad|vilka|vilken|vilket|vem|när|var|varför|how|what|which|who|when|where|why|whose|list|lista|name)\b",
    re.IGNORECASE,
)
