"""What those who are new at work say of themselves, which is not what they ask about."""

from __future__ import annotations

import re

from retrieval.language.cues import PATTERNS, Asks

# What plans call them, and what they are given.
CALLED = "nyanställd"
_DAYS = (
    r"(?:(?:mån|tis|ons|tors|fre)dag(?:en)?|(?:mon|tues|wednes|thurs|fri)day|morgon|tomorrow|today|idag"
    r"|(?:nästa|next|this|den här|denna) (?:veckan?|week|månad(?:en)?|month))"
)
_ON = r"(?:(?:,|nu|redan|is|är|on|på|i|from|från(?: och med)?|as of|since|sedan) ?)*"
_ARRIVAL = re.compile(rf" ?(?:\b|(?<=\W)){_ON}\b{_DAYS}\b", re.IGNORECASE)

_DUTIES = re.compile(r"\b(?:aktivitet|uppdrag|åtgärd|activit|assignment|task|deadline)", re.IGNORECASE)

_RECEIVED = re.compile(
    r"nyanställ|\bnya? medarbet|introduktion|inskol|fadder|mentor|handledare|bredvid|första (?:arbets)?(?:dag|veck)",
    re.IGNORECASE,
)


def is_new(text: str) -> bool:
    """True where an asker says that they begin, or have just begun, at work."""
    return PATTERNS["newcomer"].search(text) is not None


def without_arrival(text: str) -> str:
    """A newcomer's text without when they begin ("I start on Monday"), which is no time that is asked about."""
    return _ARRIVAL.sub("", text).strip() if is_new(text) else text


def of_others(asks: frozenset[Asks], text: str) -> frozenset[Asks]:
    """What a newcomer's text asks for, without what is so only of themselves: that they start, and have to do things
    by then."""
    own: set[Asks] = {"from"} if _DUTIES.search(text) else {"from", "activities"}
    return asks - own


def receives(text: str) -> bool:
    """True where a text of a plan tells how those who are new are received."""
    return _RECEIVED.search(text) is not None
