"""Of which year a text tells, and whether how it was or what was meant."""

from __future__ import annotations

import re

from retrieval.evidence.form_words import HAS_PAST
from retrieval.language.cues import Asks
from retrieval.language.dates import MONTH_NUMBER, names_year
from retrieval.question.question import Question


def tells_year(words: str, question: Question, plan_year: int | None) -> bool:
    """True unless a question asks of other years than its plan's, and a text names none of them."""
    other = other_years(question, plan_year)
    return not other or any(names_year(words, year, plan_year) for year in other)


def tells_month(words: str, question: Question) -> bool:
    """True unless a question asks for a figure of a month that a text does not name."""
    asked = None if question.asks & _OF_DAYS else _OF_MONTH.search(question.text)
    if asked is None:
        return True
    number = MONTH_NUMBER[asked[1].casefold()]
    names = "|".join(name for name, n in MONTH_NUMBER.items() if n == number)
    return re.search(rf"\b(?:{names})\b|-{number:02d}-", words, re.IGNORECASE) is not None


_OF_DAYS: frozenset[Asks] = frozenset(("when", "until", "from", "list", "activities"))
_OF_MONTH = re.compile(rf"\b(?:i|in|under|during|för|for) ({'|'.join(MONTH_NUMBER)})\b", re.IGNORECASE)


def other_years(question: Question, plan_year: int | None) -> list[int]:
    """The years that a question names, where none of them is its plan's."""
    return [] if plan_year is None or plan_year in question.years else list(question.years)


def asks_how_it_was(question: Question) -> bool:
    """True where a question asks how a figure turned out, or is by now, which no target tells."""
    asked = "outcome" in question.asks or any(each.search(question.text) for each in (_WAS, _NOW))
    return asked and not asks_what_was_meant(question)


def asks_what_was_meant(question: Question) -> bool:
    """True where a question asks what is planned, or why or when, not how a figure turned out."""
    return bool(question.asks & {"target", "council", "when", "why", "list"}) or bool(_MEANT.search(question.text))


def tells_beforehand(words: str, question: Question, plan_year: int | None) -> bool:
    """True where a question asks how a year ended, and a text tells it beforehand: the plan is that year's own, or what
    is told is a forecast."""
    if not _HOW_ENDED.search(question.text) or not asks_how_it_was(question):
        return False
    return plan_year in question.years or _FORESEEN.search(words) is not None


_HOW_ENDED = re.compile(
    r"\b(?:slutlig\w*|slutgiltig\w*|reviderad\w*|hela (?:året|(?:19|20)\d\d)|helår\w*|(?:slutet|utgången) av"
    r"|(?:full|whole|entire)(?: of)?(?: the)? (?:year|(?:19|20)\d\d)|final|audited|(?:the )?end of)\b",
    re.IGNORECASE,
)
_FORESEEN = re.compile(r"\b(?:prognos\w*|väntas|beräknas|bedöms|förväntas|delår\w*)\b", re.IGNORECASE)


def tells_how_it_was(words: str) -> bool:
    """True where a text tells how something turned out, or was."""
    return HAS_PAST.search(words) is not None


_MEANT = re.compile(
    r"\b(?:ska|skall|skulle|bör|måste|planera\w*|räkna\w*|vill|tänk\w*|sikta\w*|nå|\w*plan(?:en)?|vp|will|shall|should|must|plan\w*|aim\w*"
    r"|want\w*|expect\w*|need\w*|going to|supposed|minst|högst|max\w*|least|most)\b",
    re.IGNORECASE,
)
_WAS = re.compile(
    r"\b(?:was|were|did|said|got|scored|came|had|felt|answered|turned|blev|hade|svarade|tyckte|sa|sade|uppgav|fick|kom|gick"
    r"|gjorde|nådde|låg|kände|ansåg)\b|\b(?:vad|som|hur \w+|procent|andel(?:en)?|många) var\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:i ?dag|nu|för närvarande|i dagsläget|today|now|currently|at (?:present|the moment))\b", re.IGNORECASE
)
