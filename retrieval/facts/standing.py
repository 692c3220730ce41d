"""How far a plan has come, in its own words: who decided it and when, or that it is a proposal to be decided."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.describe import decided_in
from ingest.source import Span
from ingest.values import dates_in
from retrieval.evidence.answer_types import Draft
from retrieval.evidence.lookup import quote_statement
from retrieval.evidence.rank import Asked
from retrieval.language.cues import turns
from retrieval.language.dates import is_moment
from retrieval.language.sentences import sentences_in
from retrieval.question.question import Question

_HEAD = 4000  # characters of a document that tell what it is
_PLAN = (
    r"(?:(?:verksamhets|nämnd|enhets|avdelnings|års|affärs)?plan(?:en|ens|s)?|vp|dokument(?:et)?|document"
    r"|handling(?:en)?)"
)
_DECIDED = (
    r"(?:antag(?:en|et|its|na)|antogs?|antar?s?|besluta(?:d|de|des|r|s|ts?)|beslut(?:et)?|fastställ(?:d|t|s|er|de|des|ts)|klubba(?:d|de|des|t|ts)"
    r"|godkän(?:d|t|ns|de|des|ts|nande(?:t)?)|adopt(?:ed|ion)?|approv(?:ed?|al)|passed|voted|got|through|igenom|decided|decision|draft|final(?:i[sz]ed)?|proposal|förslag(?:et)?"
    r"|utkast(?:et)?|preliminary?|preliminär|slutlig\w*|slutgiltig\w*|officially?|officiell\w*|status)"
)
_ABOUT_A_PLAN = re.compile(rf"\b{_PLAN}\b", re.IGNORECASE)
_ABOUT_ITS_DECISION = re.compile(rf"\b{_DECIDED}\b", re.IGNORECASE)
_WORD = re.compile(
    rf"{_PLAN}|{_DECIDED}|operational|tog(?:s|it|its)?|fatta(?:de|des|t|ts)|made?|took|taken|gäller|valid|version\w*"
    r"|\w*nämnd(?:en|ens)?|\w*styrelsen?|\w*fullmäktige|boards?|council|committee|politik\w*|datum|date|dag|day"
    r"|nyanställd|nya?|new|started|börjat|färdig\w*|klar|final|still|only|fortfarande|bara|tar|tas|takes?|upp|up",
    re.IGNORECASE,
)
_OF_WHAT_IT_SAYS = re.compile(
    r"^\W*(?:vad|what)\b(?!.*\bstatus\b)|\b(?:enligt|according|varför|why|hur|how)\b", re.IGNORECASE
)
# "Nämnden behandlar planen den 12 december 2030", "Förslag 2030-11-20"
_TREATED = re.compile(r"\bbehandla(?:r|s|de|des|ts)\b", re.IGNORECASE)
_MARKED = re.compile(
    r"^[^\S\n]*((?:Förslag|Utkast)\b[^\n]*\S|[A-ZÅÄÖ]\w*(?:nämnden|styrelsen) \d{4}-\d\d-\d\d)", re.MULTILINE
)


def standing_told(question: Question, asked: Sequence[Asked]) -> Draft | None:
    """Where a plan itself says that it is decided, or a proposal; None where a question asks no such thing of the whole
    plan, or none says it."""
    if not asks_standing(question):
        return None
    for one in asked:
        text, decided = one.searchable.plan.text[:_HEAD], None
        if one.known.description.status != "proposal":
            decided = decided_in(text)
        spans = [decided] if decided else [*_proposed(text)]
        if spans:
            key = "adopted" if decided else "quoted"
            said = [quote_statement(one.facts, span, "", question.language, key) for span in spans]
            return Draft(tuple(said), "lookup", certain=True, whole=True)
    return None


def asks_standing(question: Question) -> bool:
    """True where a question asks whether, when or by whom the plan was decided, and names nothing that it says."""
    text = f"{question.before} {question.text}".strip()
    if _OF_WHAT_IT_SAYS.search(text) or not _ABOUT_A_PLAN.search(text) or not _ABOUT_ITS_DECISION.search(text):
        return False
    named = (word for c in question.concepts if c.weight > _FAINT for word in c.words.split())
    return all(_WORD.fullmatch(word) or is_moment(word) or turns(word) for word in named)


_FAINT = 0.3  # of whose plan it is


def _proposed(text: str) -> Iterator[Span]:
    """The sentence that tells when a plan is or was before its board, and the line that calls it a proposal."""
    for span in sentences_in(text, (Span(0, len(text)),)):
        found = _TREATED.search(text, span.start, span.end)
        if found and dates_in(text[span.start : span.end]):
            # What stands above a sentence on lines of its own is no part of it.
            start = max((m.end() for m in _ABOVE.finditer(text, span.start, found.start())), default=span.start)
            yield Span(start, span.end)
            break
    if found := _MARKED.search(text):
        yield Span(found.start(1), found.end(1))


_ABOVE = re.compile(r"\n\s*(?=[A-ZÅÄÖ])")
